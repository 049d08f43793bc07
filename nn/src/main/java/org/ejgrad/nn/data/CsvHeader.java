package org.ejgrad.nn.data;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejgrad.nn.data.CsvCells.Cell;

/**
 * The first row of a CSV file as names of columns; a row of data in its place is never taken for names.
 *
 * <p>Each cell is looked at with those below it. A text above numbers is a name. A missing cell, a number above
 * numbers, and a text that is met below it again, are data. It is the majority that decides.
 *
 * @param row the first row
 * @param cells the rows below
 */
record CsvHeader(List<Cell> row, TableCells cells) {
    /** How a missing number is written, in small letters. */
    private static final Set<String> MISSING =
            Set.of("", "na", "n/a", "nan", "null", "none", "?", "-", "inf", "-inf", "infinity", "-infinity");

    private static final String REMEDY =
            "; read a file without one by withoutHeader(), one with such names by withHeader()";

    /**
     * The names of the columns.
     *
     * @param isChecked whether a row that looks like data is refused
     * @param isData whether a cell is known to be data by other means, by its number from 0
     */
    List<String> names(boolean isChecked, IntPredicate isData) throws DatasetFormatException {
        if (isChecked) {
            requireNames(isData);
        }
        Set<String> seen = new HashSet<>();
        for (Cell cell : row) {
            if (isChecked && cell.text().isBlank()) {
                throw cell.fault("the column has no name; expected one, or none by withHeader(). If it numbers "
                        + "the rows, pandas leaves it out by index=False, R by row.names=FALSE");
            }
            if (!seen.add(name(cell))) {
                throw cell.fault("a second column is named " + CsvFormat.quoted(name(cell)) + "; expected other names");
            }
        }
        return row.stream().map(CsvHeader::name).toList();
    }

    /** As it stands there, or as of a file without a header. */
    private static String name(Cell cell) {
        return cell.text().isBlank() ? "x" + (cell.column() - 1) : cell.text().strip();
    }

    private void requireNames(IntPredicate isData) throws DatasetFormatException {
        if (row.stream().allMatch(cell -> isNumber(cell.text()))) {
            throw row.get(0).fault("the header holds only numbers" + REMEDY);
        }
        int names = 0;
        int numbers = 0;
        int texts = 0;
        for (int j = 0; j < row.size(); j++) {
            String text = row.get(j).text().strip();
            if (isNumber(text)) {
                numbers += cells.isNumeric(j) ? 1 : 0;
            } else if (isMissing(text) || isData.test(j) || (!cells.isNumeric(j) && isBelow(text, j))) {
                texts++;
            } else if (cells.isNumeric(j) && hasValue(j)) {
                names++;
            }
        }
        if (numbers + texts > names && !(texts == 0 && areCounted())) {
            throw row.get(0).fault("the header looks like a row of data" + REMEDY);
        }
    }

    private boolean isBelow(String text, int column) {
        return IntStream.range(0, cells.rows())
                .anyMatch(i -> cells.text(i, column).equalsIgnoreCase(text));
    }

    private boolean hasValue(int column) {
        return IntStream.range(0, cells.rows())
                .anyMatch(i -> !cells.text(i, column).isEmpty());
    }

    /**
     * Whether the numbers among the names count: 0, 1, … or 1, 2, … as programs name what has no name, or three years.
     */
    private boolean areCounted() {
        List<String> numbers = row.stream()
                .map(cell -> cell.text().strip())
                .filter(this::isNumber)
                .toList();
        return IntStream.of(0, 1, firstOf(numbers))
                .anyMatch(first -> numbers.size() > (first > 1 ? 2 : 1)
                        && IntStream.range(0, numbers.size())
                                .allMatch(i -> numbers.get(i).equals(Integer.toString(first + i))));
    }

    private static int firstOf(List<String> numbers) {
        return !numbers.isEmpty() && numbers.get(0).matches("[1-9][0-9]{0,8}") ? Integer.parseInt(numbers.get(0)) : 0;
    }

    private boolean isNumber(String text) {
        return !Double.isNaN(cells.numerals().value(text.strip()));
    }

    private static boolean isMissing(String text) {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }
}
