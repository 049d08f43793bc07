package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.CsvCells.Cell;
import org.ejml.simple.SimpleMatrix;

/**
 * What a CSV file looks like, and how to read it: into a {@link Table} of whatever the file holds, or, where it holds
 * only numbers and a target, straight into a {@link Dataset}.
 *
 * <p>Reading is the same in every locale. The text is UTF-8, quoted as RFC 4180 says; lines end in LF, CRLF or CR;
 * blank lines are passed over. A number is written as {@code -12.5e3}: no {@code 1d}, {@code 0x1p3}, {@code 1,500.0},
 * {@code inf} or {@code NaN}; where commas are decimal, as {@code -12,5e3}, without points.
 *
 * <p>{@link #read} is strict besides: every column but the target's is a number, without blanks around it, in every
 * row. Nothing is guessed, skipped or filled in; what does not fit is refused with file, line and cell.
 *
 * @param separator the character between cells
 * @param header whether the first row names the columns
 * @param decimalComma whether numbers have a decimal comma instead of a point
 * @param missing how a missing cell of a {@link Table} is written, besides nothing, in capitals or not
 * @param target the target column's number from 0, or −1 for the last
 * @param classNames the classes in the order of their indices, none to number them as the file does. A label is a name
 *     or, where no name is a numeral, an index; a name that is a numeral is met by its number, 1 by 1.0
 * @param regression whether the target is a number to predict rather than a class
 * @param limits what is too much
 */
public record CsvFormat(
        char separator,
        Header header,
        boolean decimalComma,
        List<String> missing,
        int target,
        List<String> classNames,
        boolean regression,
        Limits limits) {
    private static final List<String> MISSING = List.of("na", "n/a", "nan", "null", "?");

    /** Comma-separated with a header, to be read as a {@link #table}. */
    public static final CsvFormat DEFAULT = numbers();

    private static final String OTHER_SEPARATORS = ";\t|,";
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

    /** What the first row of a file is. */
    public enum Header {
        /** The names of the columns; refused where it looks like a row of data. */
        CHECKED,
        /** The names of the columns, whatever it looks like, such as 2022, 2021, 2020. */
        GIVEN,
        /** A row of data: the columns are x0, x1, … */
        NONE
    }

    public CsvFormat {
        requireNonNull(header, "header");
        missing = Require.elements(missing, "missing");
        classNames = Require.elements(classNames, "classNames");
        requireNonNull(limits, "limits");
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException(
                    "CsvFormat: the separator is a quote or a line end; expected a comma or the like");
        }
        if (decimalComma && separator == ',') {
            throw new IllegalArgumentException(
                    "CsvFormat: both the separator and the decimal mark are a comma; expected another separator");
        }
        if (target < -1) {
            throw new IllegalArgumentException(
                    "CsvFormat: the target column is " + target + "; expected a column number from 0, or -1 (last)");
        }
        if (regression && !classNames.isEmpty()) {
            throw new IllegalArgumentException("CsvFormat: a regression has no class names, found " + classNames);
        }
        if (classNames.size() > ClassLabels.MOST_CLASSES) {
            throw new ResourceLimitException("CsvFormat: " + classNames.size() + " classes; at most "
                    + ClassLabels.MOST_CLASSES + " are allowed");
        }
    }

    /**
     * {@return comma-separated with a header, the class in the last column, as an index or a class name}
     *
     * @param classNames the classes in the order of their indices; none to take the indices as names, 0 up to the
     *     largest in the file
     */
    public static CsvFormat classification(String... classNames) {
        return new CsvFormat(
                ',',
                Header.CHECKED,
                false,
                MISSING,
                -1,
                Require.elements(classNames, "classNames"),
                false,
                Limits.DEFAULT);
    }

    /** {@return comma-separated with a header, the number to predict in the last column} */
    public static CsvFormat numbers() {
        return new CsvFormat(',', Header.CHECKED, false, MISSING, -1, List.of(), true, Limits.DEFAULT);
    }

    /**
     * {@return the same with another separator}
     *
     * @param other the character between cells
     */
    public CsvFormat withSeparator(char other) {
        return new CsvFormat(other, header, decimalComma, missing, target, classNames, regression, limits);
    }

    /** {@return the same with numbers like {@code 1,5}; another separator than a comma must have been given before} */
    public CsvFormat withDecimalComma() {
        return new CsvFormat(separator, header, true, missing, target, classNames, regression, limits);
    }

    /**
     * {@return the same with more texts for a missing cell, such as {@code -} or {@code -999}}
     *
     * @param texts as they are written, in capitals or not, without blanks around them
     */
    public CsvFormat withMissing(String... texts) {
        List<String> all = new ArrayList<>(missing);
        all.addAll(Require.elements(texts, "texts"));
        return new CsvFormat(separator, header, decimalComma, all, target, classNames, regression, limits);
    }

    /** {@return the same without a header row: the columns are x0, x1, …} */
    public CsvFormat withoutHeader() {
        return withHeader(Header.NONE);
    }

    /**
     * {@return the same whose first row names the columns even if it looks like a row of data; without a name the
     * fourth is x3}
     */
    public CsvFormat withHeader() {
        return withHeader(Header.GIVEN);
    }

    private CsvFormat withHeader(Header other) {
        return new CsvFormat(separator, other, decimalComma, missing, target, classNames, regression, limits);
    }

    private boolean hasNames() {
        return header != Header.NONE;
    }

    /**
     * {@return the same with the target in another column}
     *
     * @param column the column's number from 0, or −1 for the last
     */
    public CsvFormat withTarget(int column) {
        return new CsvFormat(separator, header, decimalComma, missing, column, classNames, regression, limits);
    }

    /**
     * {@return the same with other limits}
     *
     * @param limits what is too much
     */
    public CsvFormat withLimits(Limits limits) {
        return new CsvFormat(separator, header, decimalComma, missing, target, classNames, regression, limits);
    }

    /**
     * Reads a file as it is, decompressing it if its name ends in {@code .gz}. The target and the class names of this
     * format have no part in it.
     *
     * @param path the file
     * @return its rows and columns, at least one row
     * @throws IOException if the file is missing, unreadable, or ({@link DatasetFormatException}) not of this form
     * @throws ResourceLimitException if the file exceeds the limits
     */
    public Table table(Path path) throws IOException {
        try (InputStream file = DataFiles.open(path, limits)) {
            return table(path.toString(), file);
        }
    }

    /**
     * Reads a stream to its end as it is, decompressing it if its name ends in {@code .gz}. The stream is not closed.
     *
     * @param name what messages call it
     * @param stream the file's bytes
     * @return its rows and columns, at least one row
     * @throws IOException if reading fails, or ({@link DatasetFormatException}) this is not of this form
     * @throws ResourceLimitException if the file exceeds the limits
     */
    public Table table(String name, InputStream stream) throws IOException {
        return table(name, stream, row -> column -> false);
    }

    /** Tells by the first row which of its cells are known to be data. */
    @FunctionalInterface
    private interface KnownData {
        IntPredicate of(List<Cell> row) throws IOException;
    }

    private Table table(String name, InputStream stream, KnownData known) throws IOException {
        try (InputStream content = DataFiles.open(name, stream, limits);
                CsvCells rows = new CsvCells(name, content, separator, limits)) {
            List<Cell> first = first(name, rows);
            TableCells cells = new TableCells(name, new Numerals(decimalComma), missing, first.size());
            IntPredicate isData = known.of(first);
            for (List<Cell> row = hasNames() ? rows.next() : first; !row.isEmpty(); row = rows.next()) {
                requireCells(row, first.size());
                limits.requireRows(cells.rows() + 1, name);
                cells.add(row.get(0).line(), row.stream().map(Cell::text).toList());
            }
            List<String> names = hasNames()
                    ? new CsvHeader(first, cells).names(header == Header.CHECKED, isData)
                    : IntStream.range(0, first.size()).mapToObj(j -> "x" + j).toList();
            if (cells.rows() == 0) {
                throw new DatasetFormatException(name, "0 data rows; expected at least 1");
            }
            return Table.of(cells.complete(), names);
        }
    }

    /**
     * Reads a file, decompressing it if its name ends in {@code .gz}.
     *
     * @param path the file
     * @return the data set, named as the file
     * @throws IOException if the file is missing, unreadable, or ({@link DatasetFormatException}) not of this format
     * @throws ResourceLimitException if the file exceeds the limits
     */
    public Dataset read(Path path) throws IOException {
        try (InputStream file = DataFiles.open(path, limits)) {
            return read(path.toString(), file);
        }
    }

    /**
     * Reads a stream to its end, decompressing it if its name ends in {@code .gz}. The stream is not closed.
     *
     * @param name what messages call it
     * @param stream the file's bytes
     * @return the data set, named as the file
     * @throws IOException if reading fails, or ({@link DatasetFormatException}) this is not of this format
     * @throws ResourceLimitException if the file exceeds the limits
     */
    public Dataset read(String name, InputStream stream) throws IOException {
        ClassLabels labels = new ClassLabels(classNames);
        Table table = table(name, stream, row -> {
            int targetColumn = targetColumn(name, row.size());
            boolean isLabel = isLabel(row.get(targetColumn).text(), labels);
            return column -> column == targetColumn && isLabel;
        });
        TableCells cells = table.cells();
        int targetColumn = targetColumn(name, cells.columns());
        long numbers = (long) cells.rows() * cells.columns();
        if (numbers > MOST_NUMBERS) {
            throw new ResourceLimitException(name + ": more than " + MOST_NUMBERS + " numbers");
        }
        SimpleMatrix inputs = new SimpleMatrix(cells.rows(), cells.columns() - 1);
        SimpleMatrix targets = new SimpleMatrix(cells.rows(), 1);
        for (int i = 0; i < cells.rows(); i++) {
            for (int j = 0; j < cells.columns(); j++) {
                if (j != targetColumn) {
                    inputs.set(i, j < targetColumn ? j : j - 1, number(cells, i, j));
                } else {
                    targets.set(i, 0, regression ? number(cells, i, j) : label(cells, i, j, labels));
                }
            }
        }
        List<String> features = new ArrayList<>(hasNames() ? table.names() : List.of());
        if (hasNames()) {
            features.remove(targetColumn);
        }
        return Dataset.owning(name, inputs, targets, features, classNames(targets));
    }

    /**
     * The different labels in a file, to be given to {@link #classification}: numbers by their size, each once in the
     * spelling that came first, then texts by the alphabet.
     *
     * @param path the file
     * @return the labels of its target column, whatever class names this format has
     * @throws IOException if the file is missing, unreadable, or ({@link DatasetFormatException}) not of this format
     * @throws ResourceLimitException if the file exceeds the limits, or has more than 65,536 different labels
     */
    public List<String> labelsIn(Path path) throws IOException {
        Table table = table(path);
        String column =
                table.names().get(targetColumn(path.toString(), table.names().size()));
        int missing = table.firstMissing(column);
        if (missing >= 0) {
            throw new DatasetFormatException(table.place(missing, column), "the label is missing");
        }
        return table.classes(column);
    }

    private List<Cell> first(String name, CsvCells cells) throws IOException {
        List<Cell> first = cells.next();
        if (first.isEmpty()) {
            throw new DatasetFormatException(name, "the file is empty");
        }
        String text = first.get(0).text();
        if (first.size() == 1 && text.chars().anyMatch(c -> OTHER_SEPARATORS.indexOf(c) >= 0)) {
            throw first.get(0)
                    .fault("one column, " + quoted(text) + "; is the separator right? It is '" + separator
                            + "', another is given by withSeparator");
        }
        return first;
    }

    private int targetColumn(String name, int columns) throws DatasetFormatException {
        if (target >= columns) {
            throw new DatasetFormatException(
                    name,
                    "column " + target + " is the target, but the first row has " + Figures.counted(columns, "cell"));
        }
        return target < 0 ? columns - 1 : target;
    }

    /** Whether a text could be the label of a row of data, if only but for capitals and spaces. */
    private boolean isLabel(String text, ClassLabels labels) {
        return !regression
                && (labels.index(text).isPresent()
                        || classNames.stream().anyMatch(name -> name.strip().equalsIgnoreCase(text.strip())));
    }

    private static void requireCells(List<Cell> row, int columns) throws DatasetFormatException {
        if (row.size() != columns) {
            throw row.get(Math.min(row.size(), columns + 1) - 1)
                    .fault("the row has " + Figures.counted(row.size(), "cell") + "; expected " + columns
                            + " as in the first row");
        }
    }

    /** Those given, or the class indices up to the largest that occurs. */
    private List<String> classNames(SimpleMatrix targets) {
        return regression || !classNames.isEmpty()
                ? classNames
                : IntStream.rangeClosed(0, (int) targets.elementMax())
                        .mapToObj(Integer::toString)
                        .toList();
    }

    private static double label(TableCells cells, int row, int column, ClassLabels labels) throws IOException {
        String text = cells.raw(row, column);
        OptionalInt index = labels.index(text);
        if (index.isEmpty()) {
            String found = ClassLabels.NUMBER.matcher(text).matches()
                    ? "the label is " + quoted(text)
                    : text.isEmpty() ? "the label is missing" : quoted(text);
            throw new DatasetFormatException(cells.place(row, column), found + "; expected " + labels.expected());
        }
        return index.getAsInt();
    }

    private static double number(TableCells cells, int row, int column) throws IOException {
        String text = cells.raw(row, column);
        double number = cells.numerals().value(text);
        if (Double.isNaN(number)) {
            throw new DatasetFormatException(
                    cells.place(row, column), cells.numerals().fault(text));
        }
        return number;
    }

    static String quoted(String text) {
        return "\"" + shortened(text) + "\"";
    }

    static String shortened(String text) {
        String line = PlainText.of(text.replaceAll("[\n\r]+", " "));
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
