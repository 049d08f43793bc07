package org.ejgrad;

import static org.ejgrad.Kernels.plus;
import static org.ejgrad.MatrixProducts.byRows;
import static org.ejgrad.MatrixProducts.direct;
import static org.ejgrad.MatrixProducts.plusRow;
import static org.ejgrad.MatrixProducts.product;

import org.ejml.data.DMatrixRMaj;

/** Products again, of which one element of the first matrix has moved, see {@link RowsAgain}. */
final class ProductsAgain {
    private ProductsAgain() {}

    /** Some rows of x·w with the row b added to each. */
    static DMatrixRMaj affine(int column, int[] rows, DMatrixRMaj moved, DMatrixRMaj... inputs) {
        return plusRow(mult(column, rows, moved, inputs), inputs[2]);
    }

    /** Some rows of a·b. */
    static DMatrixRMaj mult(int column, int[] rows, DMatrixRMaj moved, DMatrixRMaj... inputs) {
        DMatrixRMaj a = inputs[0];
        DMatrixRMaj b = inputs[1];
        int numbers = moved.numCols;
        int width = b.numCols;
        if (MatrixProducts.VECTOR && VectorProducts.suit(numbers, width, false)) {
            DMatrixRMaj each = taken(a, rows, numbers, 0, a.numCols);
            for (int i = 0, at = column; i < moved.data.length; i++, at += a.numCols) {
                each.data[at] = moved.data[i];
            }
            return MatrixProducts.mult(each, b);
        }
        // The terms before that column are the same for all numbers; after it, all numbers stand side by side.
        DMatrixRMaj before = product(direct(taken(a, rows, 1, 0, column)), direct(b), rows.length, column, width);
        DMatrixRMaj c = new DMatrixRMaj(rows.length, numbers * width);
        for (int i = 0, to = 0; i < moved.data.length; i++) {
            for (int j = 0; j < width; j++, to++) {
                double sum = before.data[i / numbers * width + j];
                c.data[to] = plus(sum, moved.data[i], b.data[column * width + j]);
            }
        }
        DMatrixRMaj after = taken(a, rows, 1, column + 1, a.numCols);
        double[][] repeated = new double[after.numCols][c.numCols];
        for (int k = 0; k < repeated.length; k++) {
            for (int to = 0; to < c.numCols; to += width) {
                System.arraycopy(b.data, (column + 1 + k) * width, repeated[k], to, width);
            }
        }
        byRows(direct(after), repeated, c, 0);
        return new DMatrixRMaj(rows.length * numbers, width, true, c.data);
    }

    /** Some columns of rows, each so many times. */
    private static DMatrixRMaj taken(DMatrixRMaj a, int[] rows, int times, int from, int to) {
        DMatrixRMaj taken = new DMatrixRMaj(rows.length * times, to - from);
        for (int i = 0; i < taken.numRows; i++) {
            int start = rows[i / times] * a.numCols + from;
            System.arraycopy(a.data, start, taken.data, i * taken.numCols, taken.numCols);
        }
        return taken;
    }
}
