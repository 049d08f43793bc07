package org.ejgrad.examples.lessons;

import java.io.PrintWriter;
import java.util.Locale;

/** What a lesson is written on. */
record Board(PrintWriter out) {
    /** Lines, with figures where the text says {@code %.3f}, in every locale the same. */
    void write(String text, Object... figures) {
        out.print(String.format(Locale.ROOT, text, figures));
    }
}
