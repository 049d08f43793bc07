package org.ejgrad.examples.sequences;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.PageOption;
import org.ejgrad.nn.arguments.TextTable;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.SimpleMatrix;

/**
 * What a toy shows, in the terminal and on a page.
 *
 * @param title of the page
 * @param sentences that its figures say
 * @param headings of the table
 * @param rows of the table
 * @param texts a name and a text each
 * @param looks how much each place of a sequence looks at each, if it does
 */
record Toy(
        String title,
        List<String> sentences,
        List<String> headings,
        List<List<String>> rows,
        List<List<String>> texts,
        Optional<Looks> looks) {
    private static final Pattern LINE = Pattern.compile("(.{1,80})(?: +|\\R|$)");

    Toy {
        sentences = List.copyOf(sentences);
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
        texts = List.copyOf(texts);
    }

    /**
     * A picture of attention.
     *
     * @param caption what it shows
     * @param symbols of the sequence
     * @param weights from each place, in a row, to each
     */
    record Looks(String caption, List<String> symbols, SimpleMatrix weights) {
        Looks {
            symbols = List.copyOf(symbols);
        }
    }

    /** Of the means of a comparison, a row per treatment. */
    static Toy of(String title, List<String> sentences, String corner, Comparison comparison, Optional<Looks> looks) {
        List<String> headings = new ArrayList<>(List.of(corner));
        headings.addAll(comparison.measures());
        List<List<String>> rows = new ArrayList<>();
        for (Treatment treatment : comparison.treatments()) {
            List<String> row = new ArrayList<>(List.of(treatment.name()));
            comparison
                    .measures()
                    .forEach(measure ->
                            row.add(String.format(Locale.ROOT, "%.4f", comparison.mean(treatment.name(), measure))));
            rows.add(row);
        }
        return new Toy(title, sentences, headings, rows, List.of(), looks);
    }

    /** A text in lines of up to 80 characters, unless a word is longer. */
    private static String wrapped(String text) {
        return LINE.matcher(text).replaceAll("$1" + System.lineSeparator()).strip();
    }

    private void print(PrintWriter out) {
        sentences.forEach(sentence -> out.println(wrapped(sentence)));
        out.println();
        List<List<String>> table = new ArrayList<>(List.of(headings));
        table.addAll(rows);
        out.print(TextTable.of(table));
        texts.forEach(text -> out.printf(Locale.ROOT, "%n== %s%n%n%s%n", text.get(0), wrapped(text.get(1))));
        looks.ifPresent(each -> {
            out.printf(Locale.ROOT, "%n%s%n%n     %s%n", wrapped(each.caption), String.join("     ", each.symbols));
            for (int from = 0; from < each.symbols.size(); from++) {
                StringBuilder line = new StringBuilder(each.symbols.get(from));
                for (int to = 0; to < each.symbols.size(); to++) {
                    line.append(String.format(Locale.ROOT, "  %.2f", each.weights.get(from, to)));
                }
                out.println(line);
            }
        });
    }

    /** Prints it, and writes the page if one is asked for. */
    void tell(PageOption page, PrintWriter out) throws IOException {
        print(out);
        page.write(this::write, out);
    }

    private long write(Path file) throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("title", Section.text(title));
        sections.put("sentences", Section.texts(sentences));
        sections.put("headings", Section.texts(headings));
        sections.put("rows", Section.rows(rows));
        sections.put("texts", Section.rows(texts));
        sections.put("caption", Section.text(looks.map(Looks::caption).orElse("")));
        sections.put("symbols", Section.texts(looks.map(Looks::symbols).orElse(List.of())));
        sections.put("weights", Section.rows(looks.map(Toy::written).orElse(List.of())));
        return Page.write(file, Toy.class, "toy.html", Section.json(sections));
    }

    private static List<List<String>> written(Looks looks) {
        int places = looks.symbols.size();
        return IntStream.range(0, places)
                .mapToObj(from -> IntStream.range(0, places)
                        .mapToObj(to -> String.format(Locale.ROOT, "%.4f", looks.weights.get(from, to)))
                        .toList())
                .toList();
    }
}
