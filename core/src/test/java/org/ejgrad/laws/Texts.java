package org.ejgrad.laws;

import java.util.Collection;
import java.util.stream.Collectors;
import org.ejml.simple.SimpleMatrix;

/** How failures show matrices: all digits, a line each. */
final class Texts {
    private Texts() {}

    static String of(Object value) {
        if (value instanceof SimpleMatrix matrix) {
            return "  " + of(matrix);
        }
        if (value instanceof Collection<?> many) {
            return many.stream().map(Texts::of).collect(Collectors.joining("\n"));
        }
        return String.valueOf(value);
    }

    /** Such as {@code 2x2 [1.0, 2.0; 3.0, 4.0]}. */
    static String of(SimpleMatrix matrix) {
        StringBuilder text = new StringBuilder();
        text.append(Samples.shape(matrix)).append(" [");
        for (int row = 0; row < matrix.getNumRows(); row++) {
            text.append(row == 0 ? "" : "; ");
            for (int column = 0; column < matrix.getNumCols(); column++) {
                text.append(column == 0 ? "" : ", ").append(matrix.get(row, column));
            }
        }
        return text.append("]").toString();
    }
}
