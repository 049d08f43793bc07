package org.ejgrad.examples.story;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.TextTable;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.ConstMatrix;

/** What a command tells: each part is printed as soon as it is told, and remembered for a page. */
public final class Story {
    private static final Pattern LINE = Pattern.compile("(.{1,80})(?: +|\\R|$)");

    private final String title;
    private final PrintWriter out;
    private final Map<String, Section> page = new LinkedHashMap<>();
    private final List<Section> chapters = new ArrayList<>();
    private List<Section> parts = new ArrayList<>();

    /**
     * Begins.
     *
     * @param title the page's
     * @param lead what it is about, which is printed
     * @param out where it is printed
     */
    public Story(String title, String lead, PrintWriter out) {
        this.title = requireNonNull(title, "title");
        this.out = requireNonNull(out, "out");
        page.put("title", Section.text(title));
        page.put("lead", Section.text(requireNonNull(lead, "lead")));
        page.put("chapters", json -> Section.list(chapters).write(json));
        out.println(wrapped(lead));
        out.println();
    }

    /**
     * What is printed and stands on no page.
     *
     * @param print prints it
     */
    public void printsOnly(Consumer<PrintWriter> print) {
        requireNonNull(print, "print").accept(out);
    }

    /** A text in lines of up to 80 characters, unless a word is longer. */
    private static String wrapped(String text) {
        return LINE.matcher(text).replaceAll("$1" + System.lineSeparator()).strip();
    }

    /**
     * Begins a chapter on the page; nothing is printed.
     *
     * @param heading its heading
     * @param introduction what to look at, or nothing
     */
    public void chapter(String heading, String introduction) {
        List<Section> own = new ArrayList<>();
        Map<String, Section> chapter = new LinkedHashMap<>();
        chapter.put("heading", Section.text(requireNonNull(heading, "heading")));
        chapter.put("introduction", Section.text(requireNonNull(introduction, "introduction")));
        chapter.put("parts", json -> Section.list(own).write(json));
        chapters.add(Section.object(chapter));
        parts = own;
    }

    /** A part of the chapter, of one under the title if none has begun, whose fields are still to be put. */
    private Map<String, Section> part(String kind) {
        if (chapters.isEmpty()) {
            chapter(title, "");
        }
        Map<String, Section> part = new LinkedHashMap<>();
        part.put("kind", Section.text(kind));
        parts.add(json -> Section.object(part).write(json));
        return part;
    }

    /**
     * A paragraph with numbers in it.
     *
     * @param format as {@link String#format} has it, for the root locale
     * @param parts what stands in it
     */
    public void says(String format, Object... parts) {
        says(filled(requireNonNull(format, "format"), parts));
    }

    static String filled(String format, Object... parts) {
        return String.format(
                Locale.ROOT, format, Require.elements(parts, "parts").toArray());
    }

    /**
     * A paragraph.
     *
     * @param text any text; its lines are broken to be printed
     */
    public void says(String text) {
        Section said = Section.text(requireNonNull(text, "text"));
        part("text").put("text", said);
        out.println(wrapped(text));
    }

    /**
     * A text under a name, as it is.
     *
     * @param name what it is
     * @param text any text; its lines are broken to be printed
     */
    public void quotes(String name, String text) {
        Section named = Section.text(requireNonNull(name, "name"));
        Section quoted = Section.text(requireNonNull(text, "text"));
        Map<String, Section> part = part("quotation");
        part.put("name", named);
        part.put("text", quoted);
        out.printf(Locale.ROOT, "%n== %s%n%n%s%n", name, wrapped(text));
    }

    /**
     * Shares, such as how much each place of a sequence looks at each.
     *
     * @param caption what they show
     * @param names of the rows, and of the columns
     * @param shares from 0 to 1, a row and a column per name
     */
    public void weighs(String caption, List<String> names, ConstMatrix<?> shares) {
        requireNonNull(caption, "caption");
        List<String> places = Require.elements(names, "names");
        if (requireNonNull(shares, "shares").getNumRows() != places.size() || shares.getNumCols() != places.size()) {
            throw new IllegalArgumentException("Story.weighs: the shares are " + shares.getNumRows() + "x"
                    + shares.getNumCols() + "; expected a row and a column for each of " + places.size() + " names");
        }
        List<Section> rows = new ArrayList<>();
        out.printf(Locale.ROOT, "%n%s%n%n     %s%n", wrapped(caption), String.join("     ", places));
        for (int from = 0; from < places.size(); from++) {
            int row = from;
            double[] numbers = IntStream.range(0, places.size())
                    .mapToDouble(to -> shares.get(row, to))
                    .toArray();
            rows.add(Section.numbers(numbers));
            out.print(places.get(from));
            Arrays.stream(numbers).forEach(share -> out.printf(Locale.ROOT, "  %.2f", share));
            out.println();
        }
        Map<String, Section> part = part("shares");
        part.put("caption", Section.text(caption));
        part.put("names", Section.texts(places));
        part.put("rows", Section.list(rows));
    }

    /**
     * Pictures, which are only on the page.
     *
     * @param pictures a row of them
     */
    public void shows(Pictures pictures) {
        Section shown = requireNonNull(pictures, "pictures");
        part("pictures").put("pictures", shown);
    }

    /**
     * A comparison: a table, a picture per measure with each run, and how often each treatment did better than nothing.
     *
     * @param comparison treatments side by side
     * @param better the measures to ask about, and what is better
     */
    public void compares(Comparison comparison, Map<String, Comparison.Order> better) {
        requireNonNull(comparison, "comparison");
        Map<String, Comparison.Order> asked = Require.entries(better, "better");
        Map<String, Section> against = new LinkedHashMap<>();
        asked.forEach(
                (measure, order) -> against.put(measure, Section.rows(comparison.againstNothing(measure, order))));
        Map<String, Section> part = part("comparison");
        part.put("comparison", comparison);
        part.put("against", Section.object(against));
        comparison.print(out);
        out.println();
        asked.forEach((measure, order) -> comparison.printAgainstNothing(out, measure, order));
        out.println();
    }

    /**
     * Curves, which are only on the page.
     *
     * @param name what is measured
     * @param curves a number after each epoch, by name
     */
    public void draws(String name, Map<String, double[]> curves) {
        Map<String, Section> all = new LinkedHashMap<>();
        Require.entries(curves, "curves").forEach((curve, numbers) -> all.put(curve, Section.numbers(numbers)));
        Section measured = Section.text(requireNonNull(name, "name"));
        Map<String, Section> part = part("curves");
        part.put("name", measured);
        part.put("curves", Section.object(all));
    }

    /**
     * A table, which is only on the page.
     *
     * @param headings of its columns, the first of which names the rows
     * @param rows its cells
     */
    public void tabulates(List<String> headings, List<List<String>> rows) {
        Section columns = Section.texts(Require.elements(headings, "headings"));
        List<List<String>> all = Require.elements(rows, "rows");
        all.forEach(row -> Require.elements(row, "one of the rows"));
        Section cells = Section.rows(all);
        Map<String, Section> part = part("table");
        part.put("headings", columns);
        part.put("rows", cells);
    }

    /**
     * A table, which is printed too.
     *
     * @param headings of its columns, the first of which names the rows
     * @param rows its cells
     */
    public void prints(List<String> headings, List<List<String>> rows) {
        tabulates(headings, rows);
        List<List<String>> all = new ArrayList<>(List.of(headings));
        all.addAll(rows);
        out.println(TextTable.of(all));
    }

    /**
     * Writes the page; at every instant the file is the page that was there before or this one.
     *
     * @param file where to; its folder is made if there is none
     * @return the number of bytes
     * @throws IOException if it cannot be written
     */
    public long write(Path file) throws IOException {
        return Page.write(file, Story.class, "story.html", Section.json(page));
    }
}
