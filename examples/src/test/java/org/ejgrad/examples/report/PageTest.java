package org.ejgrad.examples.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A page is whole, and nothing in its data can end a script early. */
class PageTest {
    @Test
    void isFilledWithEveryPart() throws IOException {
        String page = Page.of("tour.html", "{}");
        assertFalse(page.matches("(?s).*\\{\\{[\\w.]+}}.*"), "a part is left open");
        assertTrue(page.contains("Chart.js") && page.contains("dagre") && page.contains("function drawGraph"));
    }

    @Test
    void dataCannotEndTheScriptItStandsIn() throws IOException {
        String page = Page.of("tour.html", "{\"name\":\"</script><script>alert(1)\"}");
        assertTrue(page.contains("{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\"}"));
        int opened = page.split("<script", -1).length;
        assertEquals(opened, page.split("</script>", -1).length);
    }

    @Test
    void aMissingTemplateIsNamed() {
        FileNotFoundException missing = assertThrows(FileNotFoundException.class, () -> Page.of("none.html", "{}"));
        assertEquals("the resource none.html is missing", missing.getMessage());
    }

    @Test
    void sectionsBecomeOneObject() throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("text", Section.text("a \"b\""));
        sections.put("number", Section.number(0.1));
        sections.put("texts", Section.texts(List.of("x", "y")));
        assertEquals("{\"text\":\"a \\\"b\\\"\",\"number\":0.1,\"texts\":[\"x\",\"y\"]}", Section.json(sections));
    }
}
