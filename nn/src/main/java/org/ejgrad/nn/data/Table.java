package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Nearest;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.StrictJson;

/**
 * Rows of named columns as a file holds them: numbers, texts and missing cells. {@link CsvFormat#table} reads one, a
 * {@link Preparation} makes matrices of it.
 *
 * <p>A cell is missing if, without the blanks around it, it is empty, {@code ?}, or {@code NA}, {@code N/A},
 * {@code NaN} or {@code null} in capitals or small letters. Blanks around a cell never count.
 *
 * <p>A table never changes. Parts of it share its cells, and name them in messages by their places in the file.
 */
public final class Table {
    private final TableCells cells;
    private final int[] rows;
    private final int[] columns;
    private final List<String> names;
    private final Map<String, Integer> positions = new HashMap<>();

    private Table(TableCells cells, int[] rows, int[] columns, List<String> names) {
        this.cells = cells;
        this.rows = rows;
        this.columns = columns;
        this.names = names;
        for (int j = 0; j < columns.length; j++) {
            positions.put(names.get(j), j);
        }
    }

    /** All of the cells, with a different name for each column. */
    static Table of(TableCells cells, List<String> names) {
        int[] rows = IntStream.range(0, cells.rows()).toArray();
        return new Table(cells, rows, IntStream.range(0, cells.columns()).toArray(), names);
    }

    /**
     * {@return a table of texts, such as a program has at hand to predict from}
     *
     * @param name what messages call it; they count its rows and columns from 1
     * @param names the columns, all different
     * @param rows the texts of each row, one per column; numbers are written as {@code -12.5e3}
     * @throws IllegalArgumentException if two names are equal, a row has another number of texts, or a text is no
     *     Unicode
     */
    public static Table of(String name, List<String> names, List<List<String>> rows) {
        requireNonNull(name, "name");
        List<String> columns = Require.elements(names, "names");
        if (Set.copyOf(columns).size() < columns.size()) {
            throw new IllegalArgumentException(PlainText.line(name) + ": two columns have one name; the names are "
                    + PlainText.line(columns.toString()));
        }
        TableCells cells = new TableCells(name, new Numerals(false), CsvFormat.DEFAULT.missing(), columns.size());
        for (List<String> each : Require.elements(rows, "rows")) {
            int number = cells.rows() + 1;
            List<String> row = Require.elements(each, "rows[" + cells.rows() + "]");
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(PlainText.line(name) + ":" + number + ": the row has "
                        + Figures.counted(row.size(), "cell") + "; expected " + columns.size());
            }
            if (!row.stream().allMatch(StrictJson::isUnicode)) {
                throw new IllegalArgumentException(PlainText.line(name) + ":" + number
                        + ": a text holds half of a surrogate pair, which is not valid Unicode");
            }
            cells.add(number, row);
        }
        return of(cells.complete(), columns);
    }

    // ---- what there is ----------------------------------------------------------------------------------------------

    /** {@return what messages call it, the file} */
    public String name() {
        return cells.file();
    }

    /** {@return the number of rows} */
    public int size() {
        return rows.length;
    }

    /** {@return the columns, all different, in their order} */
    public List<String> names() {
        return names;
    }

    /**
     * {@return the name of a column by its position}
     *
     * @param position from 0; negative ones count from the end, −1 is the last
     * @throws IllegalArgumentException if there is no such column
     */
    public String name(int position) {
        if (position < -names.size() || position >= names.size()) {
            throw new IllegalArgumentException(PlainText.line(name()) + ": there is no column " + position
                    + "; expected 0 to " + (names.size() - 1) + ", or -1 (last) to -" + names.size());
        }
        return names.get(position < 0 ? position + names.size() : position);
    }

    /**
     * {@return whether a column holds numbers, in all rows of this table in which it is not missing}
     *
     * @param column its name
     * @throws IllegalArgumentException if there is no such column
     */
    public ColumnKind kind(String column) {
        int number = column(column);
        boolean isNumeric = cells.isNumeric(number)
                || IntStream.of(rows).allMatch(row -> cells.numerals().isNumberOrNone(cells.text(row, number)));
        return isNumeric ? ColumnKind.NUMBER : ColumnKind.TEXT;
    }

    /**
     * {@return the cells of a column without the blanks around them, "" for missing ones}
     *
     * @param column its name
     * @throws IllegalArgumentException if there is no such column
     */
    public List<String> texts(String column) {
        int number = column(column);
        return IntStream.of(rows).mapToObj(row -> cells.text(row, number)).toList();
    }

    /**
     * {@return the numbers of a column, NaN for missing ones}
     *
     * @param column its name
     * @throws IllegalArgumentException if there is no such column, or a cell is neither missing nor a number
     */
    public double[] numbers(String column) {
        int number = column(column);
        double[] numbers = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            String text = cells.text(rows[i], number);
            numbers[i] = text.isEmpty() ? Double.NaN : cells.numerals().value(text);
            if (Double.isNaN(numbers[i]) && !text.isEmpty()) {
                throw new IllegalArgumentException(PlainText.line(cells.place(rows[i], number)) + ": "
                        + cells.numerals().fault(text) + " in column " + CsvFormat.quoted(column)
                        + (cells.numerals().isLikeANumber(text)
                                ? ""
                                : "; mend it, or say withMissing what stands for a missing cell"));
            }
        }
        return numbers;
    }

    /**
     * The different texts of a column as names of classes: numbers by their size, each once in the spelling that came
     * first, then other texts by the alphabet. Missing cells are none.
     *
     * @param column its name
     * @return the texts; numbers have a decimal point
     * @throws IllegalArgumentException if there is no such column
     * @throws ResourceLimitException if there are more than 65,536
     */
    public List<String> classes(String column) {
        Map<BigDecimal, String> numbers = new TreeMap<>();
        Set<String> others = new TreeSet<>();
        for (String label : labels(column)) {
            Optional<BigDecimal> number = ClassLabels.numeral(label);
            number.ifPresentOrElse(value -> numbers.putIfAbsent(value, label), () -> others.add(label));
            if (numbers.size() + others.size() > ClassLabels.MOST_CLASSES) {
                throw new ResourceLimitException(name() + ": more than " + ClassLabels.MOST_CLASSES
                        + " different labels in the target column " + CsvFormat.quoted(column));
            }
        }
        others.remove("");
        return Stream.concat(numbers.values().stream(), others.stream()).toList();
    }

    /** The texts of a column; numbers have a decimal point whatever the file. */
    List<String> labels(String column) {
        Numerals numerals = cells.numerals();
        return texts(column).stream()
                .map(text ->
                        numerals.decimalComma() && !Double.isNaN(numerals.value(text)) ? numerals.plain(text) : text)
                .toList();
    }

    // ---- parts of it ------------------------------------------------------------------------------------------------

    /**
     * Some of the rows, in the order asked for; a row may be taken several times.
     *
     * @param rows row numbers from 0
     * @return a table of those rows
     * @throws IllegalArgumentException if there is no such row
     */
    public Table rows(int... rows) {
        int[] taken = requireNonNull(rows, "rows").clone();
        for (int i = 0; i < taken.length; i++) {
            if (taken[i] < 0 || taken[i] >= size()) {
                throw new IllegalArgumentException(
                        PlainText.line(name()) + ": there is no row " + taken[i] + "; expected 0 to " + (size() - 1));
            }
            taken[i] = this.rows[taken[i]];
        }
        return new Table(cells, taken, columns, names);
    }

    /**
     * {@return the first rows; printed, they stand in columns}
     *
     * @param n how many, or all if there are fewer
     * @throws IllegalArgumentException if n is negative
     */
    public Table head(int n) {
        return rows(IntStream.range(0, Math.min(Require.atLeast(n, 0, "head: n"), size()))
                .toArray());
    }

    /**
     * {@return the first rows in columns of at most 80 characters, and how many more there are}
     *
     * @param n how many, or all if there are fewer
     * @throws IllegalArgumentException if n is negative
     */
    public String text(int n) {
        return TableText.of(this, Math.min(Require.atLeast(n, 0, "text: n"), size()));
    }

    /**
     * {@return only these columns, in this order}
     *
     * @param columns their names, all different
     * @throws IllegalArgumentException if there is no such column, or one is given twice
     */
    public Table select(String... columns) {
        List<String> selected = Require.elements(columns, "columns");
        if (Set.copyOf(names(selected)).size() < selected.size()) {
            throw new IllegalArgumentException(PlainText.line(name()) + ": a column is selected twice: " + selected);
        }
        return new Table(cells, rows, selected.stream().mapToInt(this::column).toArray(), selected);
    }

    /**
     * {@return the other columns}
     *
     * @param columns names of columns to leave out
     * @throws IllegalArgumentException if there is no such column
     */
    public Table without(String... columns) {
        Set<String> left = Set.copyOf(names(Require.elements(columns, "columns")));
        return select(names.stream().filter(name -> !left.contains(name)).toArray(String[]::new));
    }

    /**
     * {@return the rows in which none of some columns is missing}
     *
     * @param columns their names; none for all of the columns
     * @throws IllegalArgumentException if there is no such column
     */
    public Table complete(String... columns) {
        return rows(completeRows(Require.elements(columns, "columns")));
    }

    int[] completeRows(List<String> columns) {
        int[] numbers = (columns.isEmpty() ? names : columns)
                .stream().mapToInt(this::column).toArray();
        return IntStream.range(0, size())
                .filter(i -> IntStream.of(numbers)
                        .noneMatch(column -> cells.text(rows[i], column).isEmpty()))
                .toArray();
    }

    // ---- in words ---------------------------------------------------------------------------------------------------

    /** {@return what the columns hold: kinds, missing cells, different values, ranges; to be printed or asked} */
    public TableDescription describe() {
        return TableDescription.of(this);
    }

    /** {@return the rows in columns of at most 80 characters, the first ten of more than sixty} */
    @Override
    public String toString() {
        return text(TableText.shown(size()));
    }

    // ---- for this package -------------------------------------------------------------------------------------------

    TableCells cells() {
        return cells;
    }

    /** These names, all of which are columns. */
    List<String> names(List<String> wanted) {
        wanted.forEach(this::column);
        return wanted;
    }

    boolean has(String column) {
        return positions.containsKey(column);
    }

    /** The first row in which a cell is missing, or −1. */
    int firstMissing(String column) {
        int number = column(column);
        return IntStream.range(0, size())
                .filter(i -> cells.text(rows[i], number).isEmpty())
                .findFirst()
                .orElse(-1);
    }

    /** File, line and number of a cell. */
    String place(int row, String column) {
        return cells.place(rows[row], column(column));
    }

    IllegalArgumentException missing(int row, String column) {
        return fault(row, column, " is missing; expected a value in every row, or another policy for missing cells");
    }

    IllegalArgumentException fault(int row, String column, String reason) {
        return new IllegalArgumentException(PlainText.line(place(row, column)) + ": "
                + CsvFormat.quoted(written(row, column)) + " in column " + CsvFormat.quoted(column) + reason);
    }

    /** A cell as it was written, but for the blanks around it. */
    String written(int row, String column) {
        return cells.raw(rows[row], column(column)).strip();
    }

    private int column(String name) {
        Integer position = positions.get(requireNonNull(name, "column"));
        if (position == null) {
            String meant = Nearest.question(name, names);
            throw new IllegalArgumentException(
                    PlainText.line(name()) + ": there is no column " + CsvFormat.quoted(name) + meant
                            + (meant.isEmpty() ? "; the" : " The") + " columns are "
                            + CsvFormat.shortened(String.join(", ", names)));
        }
        return columns[position];
    }
}
