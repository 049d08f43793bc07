package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.TextWidth;

/**
 * What a table holds, column by column; printed, a line each.
 *
 * @param name of the table
 * @param rows how many
 * @param columns what each holds
 */
public record TableDescription(String name, int rows, List<Column> columns) {
    private static final int MOST_COUNTED = 20;
    private static final int LONGEST_NAME = 20;
    private static final int LONGEST_VALUE = 24;
    private static final int DIGITS = 6;

    /** What the columns between the names and the values take. */
    private static final int BETWEEN = 30;

    /** A description. */
    public TableDescription {
        requireNonNull(name, "name");
        columns = Require.elements(columns, "columns");
    }

    /**
     * A column of a table.
     *
     * @param name its name
     * @param kind whether it holds numbers
     * @param missing how many cells are missing
     * @param different how many different values the others have; 1 and 1.0 are one number, and two texts
     * @param counts the most frequent values, at most 20, and how often each occurs, the most frequent first
     * @param least the smallest number, NaN where there is none
     * @param greatest the largest number, NaN where there is none
     * @param mean of the numbers, NaN where there is none
     */
    public record Column(
            String name,
            ColumnKind kind,
            int missing,
            int different,
            Map<String, Integer> counts,
            double least,
            double greatest,
            double mean) {
        /** A column. */
        public Column {
            requireNonNull(name, "name");
            requireNonNull(kind, "kind");
            counts = Require.entries(counts, "counts");
        }

        private static Column of(Table table, String name) {
            ColumnKind kind = table.kind(name);
            Map<String, Integer> all = new HashMap<>();
            Map<BigDecimal, String> spellings = new HashMap<>();
            List<String> texts = table.texts(name);
            List<String> labels = kind == ColumnKind.NUMBER ? table.labels(name) : List.of();
            for (int i = 0; i < texts.size(); i++) {
                String text = texts.get(i);
                String value = kind == ColumnKind.TEXT
                        ? text
                        : ClassLabels.numeral(labels.get(i))
                                .map(number -> spellings.computeIfAbsent(number, first -> text))
                                .orElse(text);
                all.merge(value, 1, Integer::sum);
            }
            Integer missing = all.remove("");
            Comparator<Map.Entry<String, Integer>> order = Comparator.comparing(
                            (Map.Entry<String, Integer> entry) -> -entry.getValue())
                    .thenComparing(Map.Entry.comparingByKey());
            TreeSet<Map.Entry<String, Integer>> first = new TreeSet<>(order);
            for (Map.Entry<String, Integer> entry : all.entrySet()) {
                first.add(entry);
                if (first.size() > MOST_COUNTED) {
                    first.pollLast();
                }
            }
            Map<String, Integer> counts = new LinkedHashMap<>();
            first.forEach(entry -> counts.put(entry.getKey(), entry.getValue()));
            double[] numbers = kind == ColumnKind.TEXT
                    ? new double[0]
                    : Arrays.stream(table.numbers(name))
                            .filter(number -> !Double.isNaN(number))
                            .toArray();
            return new Column(
                    name,
                    kind,
                    missing == null ? 0 : missing,
                    all.size(),
                    counts,
                    Arrays.stream(numbers).min().orElse(Double.NaN),
                    Arrays.stream(numbers).max().orElse(Double.NaN),
                    numbers.length == 0
                            ? Double.NaN
                            : Standardizer.Column.of(numbers).average());
        }

        /** For example {@code weight: number, 3 missing, 7 different, 0.5 … 9, mean 4.25}. */
        @Override
        public String toString() {
            return shownName() + ": " + kindName() + ", " + missing + " missing, " + different + " different, "
                    + (kind == ColumnKind.NUMBER ? range(TableText.WIDTH).get(0) : values());
        }

        private String kindName() {
            return kind == ColumnKind.NUMBER ? "number" : "text";
        }

        private String shownName() {
            return TableText.printable(name, LONGEST_NAME);
        }

        /** A line, or two where the range and the mean are wider than what is left. */
        private List<List<String>> lines(int left) {
            List<String> values = kind == ColumnKind.NUMBER ? range(left) : List.of(values());
            List<List<String>> lines = new ArrayList<>();
            lines.add(List.of(
                    shownName(), kindName(), Integer.toString(missing), Integer.toString(different), values.get(0)));
            values.stream().skip(1).forEach(more -> lines.add(List.of("", "", "", "", more)));
            return lines;
        }

        private List<String> range(int left) {
            if (Double.isNaN(mean)) {
                return List.of("");
            }
            String range = Figures.rounded(least, DIGITS) + " … " + Figures.rounded(greatest, DIGITS) + ",";
            String average = "mean " + Figures.rounded(mean, DIGITS);
            String both = range + " " + average;
            return both.length() <= left ? List.of(both) : List.of(range, average);
        }

        private String values() {
            List<String> values = new ArrayList<>();
            counts.forEach((text, count) -> values.add(TableText.printable(text, LONGEST_VALUE) + " " + count));
            return String.join(", ", values) + (different > counts.size() ? ", …" : "");
        }
    }

    static TableDescription of(Table table) {
        List<Column> columns =
                table.names().stream().map(name -> Column.of(table, name)).toList();
        return new TableDescription(table.name(), table.size(), columns);
    }

    /** {@return lines of at most 80 characters: rows and columns, then each column} */
    @Override
    public String toString() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("column", "kind", "missing", "different", "values"));
        int names = columns.stream()
                .mapToInt(column -> TextWidth.of(column.shownName()))
                .reduce(lines.get(0).get(0).length(), Math::max);
        columns.forEach(column -> lines.addAll(column.lines(TableText.WIDTH - names - BETWEEN)));
        String sizes = Figures.counted(rows, "row") + ", " + Figures.counted(columns.size(), "column");
        return TableText.printable(name + ": " + sizes, TableText.WIDTH) + "\n" + TableText.aligned(lines);
    }
}
