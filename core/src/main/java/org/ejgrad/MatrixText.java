package org.ejgrad;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** A matrix as text, such as {@code [0.5, -1; 2, 3]} on one line, rounded for reading and abbreviated when large. */
public final class MatrixText {
    private static final int DIGITS = 4;
    private static final int DIGITS_OF_A_VALUE = 6;

    /** Of more rows or columns a value shows the first and the last three. */
    private static final int MOST_SHOWN = 8;

    private static final int AT_EACH_END = 3;

    private MatrixText() {}

    /** {@return all in brackets, the rows separated by semicolons; a 1x1 matrix without brackets} */
    public static String line(DMatrixRMaj matrix, int mostRows, int mostColumns) {
        List<String> rows = rows(matrix, mostRows, mostColumns);
        return matrix.numRows == 1 && matrix.numCols == 1 ? String.join("", rows) : "[" + String.join("; ", rows) + "]";
    }

    /** {@return a line per row, without brackets; dots stand for rows and columns beyond the most that are shown} */
    public static List<String> rows(DMatrixRMaj matrix, int mostRows, int mostColumns) {
        int rows = Math.min(MatrixCopies.complete(matrix).numRows, mostRows);
        int columns = Math.min(matrix.numCols, mostColumns);
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringJoiner line = new StringJoiner(", ");
            for (int column = 0; column < columns; column++) {
                line.add(number(matrix.data[row * matrix.numCols + column]));
            }
            lines.add(columns < matrix.numCols ? line.add("…").toString() : line.toString());
        }
        if (rows < matrix.numRows) {
            lines.add("…");
        }
        return lines;
    }

    /** A line per row, all columns of one width; of a large matrix the corners. */
    static List<String> corners(DMatrixRMaj matrix) {
        List<List<String>> cells = new ArrayList<>();
        for (int row : shown(matrix.numRows)) {
            List<String> line = new ArrayList<>();
            for (int column : shown(matrix.numCols)) {
                boolean isLeftOut = row < 0 || column < 0;
                line.add(isLeftOut ? "…" : number(matrix.data[row * matrix.numCols + column], DIGITS_OF_A_VALUE));
            }
            cells.add(line);
        }
        int width = cells.stream()
                .flatMap(List::stream)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        return cells.stream()
                .map(line -> {
                    StringJoiner text = new StringJoiner("  ", "  ", "");
                    line.forEach(cell -> text.add(" ".repeat(width - cell.length()) + cell));
                    return text.toString();
                })
                .toList();
    }

    /** The indices that are shown; -1 stands for all between. */
    private static int[] shown(int count) {
        return count <= MOST_SHOWN
                ? IntStream.range(0, count).toArray()
                : IntStream.concat(
                                IntStream.concat(IntStream.range(0, AT_EACH_END), IntStream.of(-1)),
                                IntStream.range(count - AT_EACH_END, count))
                        .toArray();
    }

    /** {@return four significant digits, without trailing zeros, plain or with an exponent, whichever is short} */
    public static String number(double number) {
        return number(number, DIGITS);
    }

    private static String number(double number, int digits) {
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return number == 0 ? "0" : Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(digits)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent <= 6) {
            return rounded.toPlainString();
        }
        return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
