package org.ejgrad.examples.images;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;

/** A page of pictures with a heading, what was found, and how to look at them. */
final class ImagesPage {
    private ImagesPage() {}

    static long write(Path file, String title, String said, String explained, List<Pictures> pictures)
            throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("title", Section.text(title));
        sections.put("said", Section.text(said));
        sections.put("explained", Section.text(explained));
        sections.put("classes", Section.texts(Shapes.CLASSES));
        sections.put("unknown", Section.number(Shapes.UNKNOWN));
        sections.put("pictures", Pictures.all(pictures));
        return Page.write(file, ImagesPage.class, "images.html", Section.json(sections));
    }
}
