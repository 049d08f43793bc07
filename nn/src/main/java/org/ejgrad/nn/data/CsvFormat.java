package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.CsvCells.Cell;
import org.ejml.simple.SimpleMatrix;

/**
 * What a CSV file looks like, and how to read it into a {@link Dataset}: one row per example, the target in one of the
 * columns, every other column a number.
 *
 * <p>Reading is strict and the same in every locale. The text is UTF-8, quoted as RFC 4180 says; lines end in LF, CRLF
 * or CR. A number is written as {@code -12.5e3}: no spaces, no {@code 1d}, {@code 0x1p3}, {@code 1,5}, {@code inf} or
 * {@code NaN}. Nothing is guessed, skipped or filled in except blank lines; what does not fit is refused with file,
 * line and cell.
 *
 * @param separator the character between cells
 * @param header whether the first row names the columns
 * @param target the target column's number from 0, or −1 for the last
 * @param classNames the classes in the order of their indices, none to number them as the file does
 * @param regression whether the target is a number to predict rather than a class
 * @param limits what is too much
 */
public record CsvFormat(
        char separator, boolean header, int target, List<String> classNames, boolean regression, Limits limits) {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");
    private static final int MOST_CLASSES = 1 << 16;

    public CsvFormat {
        classNames = Require.elements(classNames, "classNames");
        requireNonNull(limits, "limits");
        if (separator == '"' || separator == '\n' || separator == '\r') {
            throw new IllegalArgumentException(
                    "CsvFormat: the separator is a quote or a line end; expected a comma or the like");
        }
        if (target < -1) {
            throw new IllegalArgumentException(
                    "CsvFormat: the target column is " + target + "; expected a column number from 0, or -1 (last)");
        }
        if (regression && !classNames.isEmpty()) {
            throw new IllegalArgumentException("CsvFormat: a regression has no class names, found " + classNames);
        }
        if (classNames.size() > MOST_CLASSES) {
            throw new ResourceLimitException(
                    "CsvFormat: " + classNames.size() + " classes; at most " + MOST_CLASSES + " are allowed");
        }
    }

    /**
     * {@return comma-separated with a header, the class in the last column, as an index or a class name}
     *
     * @param classNames the classes in the order of their indices; none to take the indices as names, 0 up to the
     *     largest in the file
     */
    public static CsvFormat classification(String... classNames) {
        return new CsvFormat(',', true, -1, Require.elements(classNames, "classNames"), false, Limits.standard());
    }

    /** {@return comma-separated with a header, the number to predict in the last column} */
    public static CsvFormat numbers() {
        return new CsvFormat(',', true, -1, List.of(), true, Limits.standard());
    }

    /**
     * {@return the same with another separator}
     *
     * @param other the character between cells
     */
    public CsvFormat withSeparator(char other) {
        return new CsvFormat(other, header, target, classNames, regression, limits);
    }

    /** {@return the same without a header row} */
    public CsvFormat withoutHeader() {
        return new CsvFormat(separator, false, target, classNames, regression, limits);
    }

    /**
     * {@return the same with the target in another column}
     *
     * @param column the column's number from 0, or −1 for the last
     */
    public CsvFormat withTarget(int column) {
        return new CsvFormat(separator, header, column, classNames, regression, limits);
    }

    /**
     * {@return the same with other limits}
     *
     * @param limits what is too much
     */
    public CsvFormat withLimits(Limits limits) {
        return new CsvFormat(separator, header, target, classNames, regression, limits);
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
        try (InputStream file = DataFiles.open(path)) {
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
        try (InputStream content = DataFiles.open(name, stream, limits)) {
            return readContent(name, content);
        }
    }

    private Dataset readContent(String name, InputStream content) throws IOException {
        try (CsvCells cells = new CsvCells(name, content, separator, limits)) {
            List<Cell> row = cells.next();
            if (row.isEmpty()) {
                throw new DatasetFormatException(name, "the file is empty");
            }
            int columns = row.size();
            int targetColumn = target < 0 ? columns - 1 : target;
            if (targetColumn >= columns) {
                throw new DatasetFormatException(
                        name, "column " + target + " is the target, but the first row has " + columns + " cells");
            }
            List<String> features = List.of();
            if (header) {
                features = features(row, targetColumn);
                row = cells.next();
            }
            return rows(name, cells, row, columns, targetColumn, features);
        }
    }

    /** Reads the rows, with the target put last. */
    private Dataset rows(
            String name, CsvCells cells, List<Cell> first, int columns, int targetColumn, List<String> features)
            throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (List<Cell> row = first; !row.isEmpty(); row = cells.next()) {
            if (row.size() != columns) {
                throw row.get(Math.min(row.size(), columns + 1) - 1)
                        .fault("the row has " + row.size() + " cells; expected " + columns + " as in the first row");
            }
            limits.requireRows(rows.size() + 1, name);
            if ((long) columns * (rows.size() + 1) > Integer.MAX_VALUE - 8) {
                throw new ResourceLimitException(name + ": more than " + (Integer.MAX_VALUE - 8) + " numbers");
            }
            double[] numbers = new double[columns];
            for (int j = 0; j < columns; j++) {
                boolean isTarget = j == targetColumn;
                int to = isTarget ? columns - 1 : j < targetColumn ? j : j - 1;
                numbers[to] = isTarget && !regression ? label(row.get(j)) : number(row.get(j));
            }
            rows.add(numbers);
        }
        if (rows.isEmpty()) {
            throw new DatasetFormatException(name, "0 data rows; expected at least 1");
        }
        SimpleMatrix all = new SimpleMatrix(rows.toArray(double[][]::new));
        SimpleMatrix targets = all.getColumn(columns - 1);
        return Dataset.owning(name, all.cols(0, columns - 1), targets, features, classNames(targets));
    }

    /** Those given, or the class indices up to the largest that occurs. */
    private List<String> classNames(SimpleMatrix targets) {
        return regression || !classNames.isEmpty()
                ? classNames
                : IntStream.rangeClosed(0, (int) targets.elementMax())
                        .mapToObj(Integer::toString)
                        .toList();
    }

    private static List<String> features(List<Cell> row, int targetColumn) throws IOException {
        Set<String> seen = new HashSet<>();
        List<String> features = new ArrayList<>();
        for (Cell cell : row) {
            if (cell.text().isBlank()) {
                throw cell.fault("the column has no name");
            }
            if (!seen.add(cell.text())) {
                throw cell.fault("a second column is named " + quoted(cell));
            }
            if (cell.column() - 1 != targetColumn) {
                features.add(cell.text());
            }
        }
        if (row.stream().allMatch(cell -> NUMBER.matcher(cell.text()).matches())) {
            throw row.get(0).fault("the header holds only numbers; read a file without one by withoutHeader()");
        }
        return features;
    }

    private double label(Cell cell) throws IOException {
        int named = classNames.indexOf(cell.text());
        if (named >= 0) {
            return named;
        }
        int classes = classNames.isEmpty() ? MOST_CLASSES : classNames.size();
        String expected = "expected an integer from 0 to " + (classes - 1)
                + (classNames.isEmpty() ? "" : " or one of " + shortened(classNames.toString()));
        if (!NUMBER.matcher(cell.text()).matches()) {
            throw cell.fault((cell.text().isEmpty() ? "the label is missing" : quoted(cell)) + "; " + expected);
        }
        double label = Double.parseDouble(cell.text());
        if (label != Math.rint(label) || label < 0 || label >= classes) {
            throw cell.fault("the label is " + quoted(cell) + "; " + expected);
        }
        return label;
    }

    private static double number(Cell cell) throws IOException {
        if (cell.text().isEmpty()) {
            throw cell.fault("the cell is blank; expected a number");
        }
        if (!NUMBER.matcher(cell.text()).matches()) {
            throw cell.fault(quoted(cell) + " is not a number; expected one like -12.5e3");
        }
        double number = Double.parseDouble(cell.text());
        if (Double.isInfinite(number)) {
            throw cell.fault(quoted(cell) + " is too large for a double");
        }
        return number;
    }

    private static String quoted(Cell cell) {
        return "\"" + shortened(cell.text()) + "\"";
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
