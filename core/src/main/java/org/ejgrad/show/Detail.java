package org.ejgrad.show;

import java.util.List;
import org.ejgrad.MatrixText;
import org.ejgrad.Value;

/** What a drawing shows beside operations, labels and shapes. */
record Detail(boolean values, boolean gradients, boolean formulas, int rows, int columns) {
    static final Detail NAMES_AND_SHAPES = new Detail(false, false, false, 6, 6);

    Detail withValues() {
        return new Detail(true, gradients, formulas, rows, columns);
    }

    Detail withGradients() {
        return new Detail(values, true, formulas, rows, columns);
    }

    Detail withFormulas() {
        return new Detail(values, gradients, true, rows, columns);
    }

    Detail abbreviatedTo(int shownRows, int shownColumns) {
        return new Detail(values, gradients, formulas, shownRows, shownColumns);
    }

    /** A matrix on one line. */
    String line(Value value) {
        return value.reading(matrix -> MatrixText.line(matrix, rows, columns));
    }

    /** A line per row of a matrix. */
    List<String> rows(Value value) {
        return value.reading(matrix -> MatrixText.rows(matrix, rows, columns));
    }
}
