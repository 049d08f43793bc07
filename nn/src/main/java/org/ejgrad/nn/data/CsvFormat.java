package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
 * @param header whether the first row names the columns; one that looks like a row of data is refused
 * @param target the target column's number from 0, or −1 for the last
 * @param classNames the classes in the order of their indices, none to number them as the file does. A label is a name
 *     or, where no name is a numeral, an index; a name that is a numeral is met by its number, 1 by 1.0
 * @param regression whether the target is a number to predict rather than a class
 * @param limits what is too much
 */
public record CsvFormat(
        char separator, boolean header, int target, List<String> classNames, boolean regression, Limits limits) {
    private static final String OTHER_SEPARATORS = ";\t|,";

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
        try (InputStream file = DataFiles.open(path);
                InputStream content = DataFiles.open(path.toString(), file, limits);
                CsvCells cells = new CsvCells(path.toString(), content, separator, limits)) {
            return labels(path.toString(), cells);
        }
    }

    private List<String> labels(String name, CsvCells cells) throws IOException {
        List<Cell> first = first(name, cells);
        int column = targetColumn(name, first);
        if (header) {
            new CsvHeader(first, column).features(text -> true);
        }
        Map<BigDecimal, String> numbers = new TreeMap<>();
        Set<String> texts = new TreeSet<>();
        int count = 0;
        for (List<Cell> row = header ? cells.next() : first; !row.isEmpty(); row = cells.next()) {
            requireCells(row, first.size());
            limits.requireRows(++count, name);
            String label = row.get(column).text();
            Optional<BigDecimal> number = ClassLabels.numeral(label);
            number.ifPresentOrElse(value -> numbers.putIfAbsent(value, label), () -> texts.add(label));
            if (label.isBlank()) {
                throw row.get(column).fault("the label is missing");
            }
            if (numbers.size() + texts.size() > ClassLabels.MOST_CLASSES) {
                throw new ResourceLimitException(
                        name + ": more than " + ClassLabels.MOST_CLASSES + " different labels in the target column");
            }
        }
        return Stream.concat(numbers.values().stream(), texts.stream()).toList();
    }

    private Dataset readContent(String name, InputStream content) throws IOException {
        try (CsvCells cells = new CsvCells(name, content, separator, limits)) {
            List<Cell> row = first(name, cells);
            int columns = row.size();
            int targetColumn = targetColumn(name, row);
            ClassLabels labels = new ClassLabels(classNames);
            List<String> features = List.of();
            if (header) {
                features = new CsvHeader(row, targetColumn).features(text -> isTarget(text, labels));
                row = cells.next();
            }
            return rows(name, cells, row, new CsvTable(columns, targetColumn), labels, features);
        }
    }

    private List<Cell> first(String name, CsvCells cells) throws IOException {
        List<Cell> first = cells.next();
        if (first.isEmpty()) {
            throw new DatasetFormatException(name, "the file is empty");
        }
        String text = first.get(0).text();
        if (first.size() == 1 && text.chars().anyMatch(c -> OTHER_SEPARATORS.indexOf(c) >= 0)) {
            throw first.get(0)
                    .fault("one column, " + quoted(first.get(0)) + "; is the separator right? It is '" + separator
                            + "', another is given by withSeparator");
        }
        return first;
    }

    private int targetColumn(String name, List<Cell> first) throws DatasetFormatException {
        if (target >= first.size()) {
            throw new DatasetFormatException(
                    name, "column " + target + " is the target, but the first row has " + first.size() + " cells");
        }
        return target < 0 ? first.size() - 1 : target;
    }

    /** Whether a text could be the target of a row of data, if only but for capitals and spaces. */
    private boolean isTarget(String text, ClassLabels labels) {
        return regression
                ? ClassLabels.NUMBER.matcher(text).matches()
                : labels.index(text).isPresent()
                        || classNames.stream().anyMatch(name -> name.strip().equalsIgnoreCase(text.strip()));
    }

    private static void requireCells(List<Cell> row, int columns) throws DatasetFormatException {
        if (row.size() != columns) {
            throw row.get(Math.min(row.size(), columns + 1) - 1)
                    .fault("the row has " + row.size() + " cells; expected " + columns + " as in the first row");
        }
    }

    private Dataset rows(
            String name, CsvCells cells, List<Cell> first, CsvTable table, ClassLabels labels, List<String> features)
            throws IOException {
        for (List<Cell> row = first; !row.isEmpty(); row = cells.next()) {
            requireCells(row, table.columns());
            limits.requireRows(table.rows() + 1, name);
            table.begin(name);
            for (int j = 0; j < table.columns(); j++) {
                boolean isLabel = j == table.target() && !regression;
                table.put(j, isLabel ? label(row.get(j), labels) : number(row.get(j)));
            }
        }
        if (table.rows() == 0) {
            throw new DatasetFormatException(name, "0 data rows; expected at least 1");
        }
        SimpleMatrix targets = table.targets();
        return Dataset.owning(name, table.inputs(), targets, features, classNames(targets));
    }

    /** Those given, or the class indices up to the largest that occurs. */
    private List<String> classNames(SimpleMatrix targets) {
        return regression || !classNames.isEmpty()
                ? classNames
                : IntStream.rangeClosed(0, (int) targets.elementMax())
                        .mapToObj(Integer::toString)
                        .toList();
    }

    private static double label(Cell cell, ClassLabels labels) throws IOException {
        OptionalInt index = labels.index(cell.text());
        if (index.isEmpty()) {
            String found = ClassLabels.NUMBER.matcher(cell.text()).matches()
                    ? "the label is " + quoted(cell)
                    : cell.text().isEmpty() ? "the label is missing" : quoted(cell);
            throw cell.fault(found + "; expected " + labels.expected());
        }
        return index.getAsInt();
    }

    private static double number(Cell cell) throws IOException {
        if (cell.text().isEmpty()) {
            throw cell.fault("the cell is blank; expected a number");
        }
        if (!ClassLabels.NUMBER.matcher(cell.text()).matches()) {
            throw cell.fault(quoted(cell) + " is not a number; expected one like -12.5e3");
        }
        double number = Double.parseDouble(cell.text());
        if (Double.isInfinite(number)) {
            throw cell.fault(quoted(cell) + " is too large for a double");
        }
        return number;
    }

    static String quoted(Cell cell) {
        return "\"" + shortened(cell.text()) + "\"";
    }

    static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
