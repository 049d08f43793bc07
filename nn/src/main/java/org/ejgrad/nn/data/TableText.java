package org.ejgrad.nn.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.TextWidth;

/** Texts in columns, no line longer than 80 characters. */
final class TableText {
    static final int WIDTH = 80;
    private static final int WIDEST = 20;
    private static final int MOST_ROWS = 60;
    private static final int FIRST_ROWS = 10;

    /** More columns are never looked at, for they do not fit. */
    private static final int MOST_COLUMNS = WIDTH / 2;

    private TableText() {}

    /** How many rows of so many are shown unless somebody asks for more. */
    static int shown(int size) {
        return size > MOST_ROWS ? FIRST_ROWS : size;
    }

    /** The first rows of a table under its names; columns that do not fit are left out before the last. */
    static String of(Table table, int rows) {
        int all = table.names().size();
        List<List<String>> columns = new ArrayList<>();
        for (int j = 0; j < Math.min(all, MOST_COLUMNS); j++) {
            columns.add(column(table, table.names().get(j), rows));
        }
        List<String> last = all == 0 ? List.of() : column(table, table.name(-1), rows);
        boolean isWide = all > MOST_COLUMNS || width(columns) > WIDTH;
        List<String> dots = Collections.nCopies(rows + 1, "…");
        List<List<String>> chosen = columns;
        for (int fitting = columns.size() - 1; isWide; fitting--) {
            chosen = new ArrayList<>(columns.subList(0, fitting));
            chosen.addAll(List.of(dots, last));
            isWide = fitting > 0 && width(chosen) > WIDTH;
        }
        List<List<String>> shown = chosen;
        List<List<String>> lines = IntStream.rangeClosed(0, rows)
                .mapToObj(i -> shown.stream().map(column -> column.get(i)).toList())
                .toList();
        String text = aligned(lines);
        return rows == table.size() ? text : text + "\n… " + Figures.counted(table.size() - rows, "more row");
    }

    private static List<String> column(Table table, String name, int rows) {
        List<String> texts = new ArrayList<>();
        texts.add(printable(name, WIDEST));
        for (int i = 0; i < rows; i++) {
            texts.add(printable(table.written(i, name), WIDEST));
        }
        boolean isNumber = table.kind(name) == ColumnKind.NUMBER;
        int width = isNumber ? widest(texts) : 0;
        return texts.stream().map(text -> TextWidth.padding(text, width) + text).toList();
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(TextWidth::of).max().orElse(0);
    }

    private static int width(List<List<String>> columns) {
        return columns.stream().mapToInt(column -> widest(column) + 2).sum() - 2;
    }

    /** A text in one line, without what would steer a terminal, cut where it is wider than a number of columns. */
    static String printable(String text, int longest) {
        return TextWidth.cut(PlainText.line(text), longest);
    }

    /** Lines of texts, each as wide as the widest in its place and two more; the end of a line is cut. */
    static String aligned(List<List<String>> lines) {
        int columns = lines.get(0).size();
        int[] widths = IntStream.range(0, columns)
                .map(j -> lines.stream()
                        .mapToInt(line -> TextWidth.of(line.get(j)))
                        .max()
                        .orElse(0))
                .toArray();
        List<String> texts = new ArrayList<>();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int j = 0; j < columns; j++) {
                String cell = line.get(j);
                text.append(cell).append(TextWidth.padding(cell, widths[j] + 2));
            }
            texts.add(printable(text.toString().stripTrailing(), WIDTH));
        }
        return String.join("\n", texts);
    }
}
