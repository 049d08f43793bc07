package org.ejgrad.nn.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.ejgrad.nn.data.CsvCells.Cell;

/** The first row of a CSV file as names of columns; a row of data in its place is never taken for names. */
record CsvHeader(List<Cell> row, int target) {
    /** How a missing number is written, in small letters. */
    private static final Set<String> MISSING =
            Set.of("", "na", "n/a", "nan", "null", "none", "?", "-", "inf", "-inf", "infinity", "-infinity");

    /**
     * The names of the columns other than the target's.
     *
     * @param isTarget whether a text could stand in the target's column of a row of data
     */
    List<String> features(Predicate<String> isTarget) throws DatasetFormatException {
        requireNames(isTarget);
        Set<String> seen = new HashSet<>();
        List<String> features = new ArrayList<>();
        for (Cell cell : row) {
            if (cell.text().isBlank()) {
                throw cell.fault("the column has no name");
            }
            if (!seen.add(cell.text())) {
                throw cell.fault("a second column is named " + CsvFormat.quoted(cell));
            }
            if (cell.column() - 1 != target) {
                features.add(cell.text());
            }
        }
        return features;
    }

    /** Features of data are numbers or missing, so a row without any is no data, whatever its target. */
    private void requireNames(Predicate<String> isTarget) throws DatasetFormatException {
        if (row.stream().allMatch(cell -> isNumber(cell.text()))) {
            throw row.get(0).fault("the header holds only numbers; read a file without one by withoutHeader()");
        }
        List<String> others = row.stream()
                .filter(cell -> cell.column() - 1 != target)
                .map(Cell::text)
                .toList();
        String label = row.get(target).text();
        boolean isData =
                others.isEmpty() || others.stream().anyMatch(text -> isNumber(text.strip()) || isMissing(text));
        if (!isTarget.test(label) && !isMissing(label)) {
            isData = !others.isEmpty() && others.stream().allMatch(CsvHeader::isNumber) && !areCounted(others);
        }
        if (isData) {
            throw row.get(0).fault("the header looks like a row of data; read a file without one by withoutHeader()");
        }
    }

    /** Whether the columns are named 0, 1, 2, … or 1, 2, 3, …, as programs name those that have no names. */
    private static boolean areCounted(List<String> names) {
        return names.size() > 1
                && IntStream.of(0, 1)
                        .anyMatch(first -> IntStream.range(0, names.size())
                                .allMatch(i -> names.get(i).equals(Integer.toString(first + i))));
    }

    private static boolean isNumber(String text) {
        return ClassLabels.NUMBER.matcher(text).matches();
    }

    private static boolean isMissing(String text) {
        return MISSING.contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
