package org.ejgrad.examples.story;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that asks for a page beside what is printed. */
public final class PageOption {
    @Option(names = "--page", description = "write this as a page too; its folder is made if there is none")
    private Optional<Path> page = Optional.empty();

    /** No page. */
    public PageOption() {}

    /**
     * Begins a story for the page that was asked for, if its file can be written.
     *
     * @param title the page's
     * @param lead what it is about, in a sentence or two
     * @param out where it is printed
     * @return a story that has its lead
     * @throws IllegalArgumentException if the file is a folder
     */
    public Story begin(String title, String lead, PrintWriter out) {
        page.ifPresent(file -> Outputs.requireWritable("--page", file));
        return new Story(title, lead, out);
    }

    /**
     * Ends a story: writes the page, if one was asked for, and prints where it is.
     *
     * @param story a whole story
     * @param out where it is printed
     * @throws IOException if the page cannot be written
     */
    public void end(Story story, PrintWriter out) throws IOException {
        requireNonNull(story, "story");
        requireNonNull(out, "out");
        if (page.isPresent()) {
            out.printf(Locale.ROOT, "Page: %s (%d kB)%n", page.get(), story.write(page.get()) / 1000);
        }
        out.flush();
    }
}
