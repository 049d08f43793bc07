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

    /** Writes a page. */
    @FunctionalInterface
    public interface Writer {
        /**
         * Writes it.
         *
         * @param file where to
         * @return the number of bytes
         * @throws IOException if it cannot be written
         */
        long write(Path file) throws IOException;
    }

    /**
     * Makes the folder of the page that was asked for, before anything is computed for it.
     *
     * @throws IllegalArgumentException if the file is a folder
     */
    public void requireWritable() {
        page.ifPresent(file -> Outputs.requireWritable("--page", file));
    }

    /**
     * Writes the page, if one was asked for, and prints where it is.
     *
     * @param writer writes it
     * @param out where it is printed
     * @throws IOException if the page cannot be written
     */
    public void write(Writer writer, PrintWriter out) throws IOException {
        requireNonNull(writer, "writer");
        requireNonNull(out, "out");
        if (page.isPresent()) {
            out.printf(Locale.ROOT, "Page: %s (%d kB)%n", page.get(), writer.write(page.get()) / 1000);
        }
        out.flush();
    }

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
        requireWritable();
        return new Story(title, lead, out);
    }
}
