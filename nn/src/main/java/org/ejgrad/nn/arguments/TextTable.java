package org.ejgrad.nn.arguments;

import java.util.List;
import org.ejgrad.PlainText;

/** Cells of text in columns, for people: the first column to the left, the others to the right. */
public final class TextTable {
    private static final int BETWEEN = 2;

    private TextTable() {}

    /** {@return a line per row; each column is as wide as its longest cell} */
    public static String of(List<List<String>> rows) {
        List<List<String>> all = Require.elements(rows, "rows").stream()
                .map(row -> Require.elements(row, "one of the rows"))
                .map(row -> row.stream().map(PlainText::line).toList())
                .toList();
        StringBuilder text = new StringBuilder();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                String padding = TextWidth.padding(row.get(column), width(all, column));
                line.append(column == 0 ? "" : " ".repeat(BETWEEN) + padding)
                        .append(row.get(column))
                        .append(column == 0 ? padding : "");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> TextWidth.of(row.get(column)))
                .max()
                .orElse(0);
    }
}
