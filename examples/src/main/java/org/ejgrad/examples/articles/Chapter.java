package org.ejgrad.examples.articles;

import java.io.PrintWriter;
import java.util.List;

/**
 * Figures that belong together, an article's or a demonstration's.
 *
 * @param title what it is about
 * @param introduction what to look at, line by line
 * @param figures the rows
 */
record Chapter(String title, String introduction, List<Figure> figures) {
    void print(PrintWriter out) {
        out.println("== " + title);
        introduction.lines().forEach(line -> out.println("   " + line));
        out.println();
        figures.forEach(figure -> out.println(figure.text()));
        out.println();
    }
}
