package org.ejgrad.show;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.ejgrad.Value;

/** A matrix as text, such as {@code [0.5, -1; 2, 3]} on one line, rounded for reading and abbreviated when large. */
final class MatrixText {
    private static final MathContext FOUR_DIGITS = new MathContext(4);

    private MatrixText() {}

    static String line(Value value, Detail detail) {
        List<String> rows = rows(value, detail);
        return value.shape().isScalar() ? rows.get(0) : "[" + String.join("; ", rows) + "]";
    }

    /** One line per row, without brackets. */
    static List<String> rows(Value value, Detail detail) {
        int rows = Math.min(value.getNumRows(), detail.rows());
        int columns = Math.min(value.getNumCols(), detail.columns());
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            StringJoiner line = new StringJoiner(", ");
            for (int column = 0; column < columns; column++) {
                line.add(number(value.get(row, column)));
            }
            lines.add(columns < value.getNumCols() ? line.add("…").toString() : line.toString());
        }
        if (rows < value.getNumRows()) {
            lines.add("…");
        }
        return lines;
    }

    /** Four significant digits, without trailing zeros, in plain or scientific notation, whichever is short. */
    static String number(double number) {
        if (number == 0 || Double.isNaN(number) || Double.isInfinite(number)) {
            return number == 0 ? "0" : Double.isNaN(number) ? "NaN" : number > 0 ? "∞" : "-∞";
        }
        BigDecimal rounded = new BigDecimal(number).round(FOUR_DIGITS).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent <= 6) {
            return rounded.toPlainString();
        }
        return rounded.scaleByPowerOfTen(-exponent).toPlainString() + "e" + exponent;
    }
}
