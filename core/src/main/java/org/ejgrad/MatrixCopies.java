package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** Copies of what callers give, with arrays exactly as long as they have elements. */
final class MatrixCopies {
    private MatrixCopies() {}

    static DMatrixRMaj of(ConstMatrix<?> matrix, String call) {
        if (!requireNonNull(matrix, "matrix").getType().isReal()) {
            throw Calls.refusal(
                    "the matrix is complex (" + matrix.getType() + "); expected a real one",
                    call,
                    new Shape(matrix.getNumRows(), matrix.getNumCols()));
        }
        if (matrix instanceof SimpleMatrix simple) {
            return of(simple.getDDRM());
        }
        DMatrixRMaj copy = new DMatrixRMaj(matrix.getNumRows(), matrix.getNumCols());
        for (int row = 0, i = 0; row < copy.numRows; row++) {
            for (int column = 0; column < copy.numCols; column++, i++) {
                copy.data[i] = matrix.get(row, column);
            }
        }
        return copy;
    }

    static DMatrixRMaj of(DMatrixRMaj matrix) {
        double[] elements = Arrays.copyOf(complete(matrix).data, matrix.numRows * matrix.numCols);
        return new DMatrixRMaj(matrix.numRows, matrix.numCols, true, elements);
    }

    /** The matrix itself, which has all of its elements in its array. */
    static DMatrixRMaj complete(DMatrixRMaj matrix) {
        int elements = Shape.of(requireNonNull(matrix, "matrix")).elements();
        if (matrix.data.length < elements) {
            throw new IllegalArgumentException("a " + Shape.of(matrix) + " matrix has an array of " + matrix.data.length
                    + " numbers; expected " + elements);
        }
        return matrix;
    }

    /** The matrix itself if its array is exactly as long as it has elements, otherwise a copy. */
    static DMatrixRMaj exact(DMatrixRMaj matrix) {
        boolean hasSize = requireNonNull(matrix, "matrix").numRows >= 0 && matrix.numCols >= 0;
        return hasSize && matrix.data.length == (long) matrix.numRows * matrix.numCols ? matrix : of(matrix);
    }

    static DMatrixRMaj of(double[][] rows, String call) {
        int columns = requireNonNull(rows, "rows").length == 0 ? 0 : requireNonNull(rows[0], "rows[0]").length;
        DMatrixRMaj copy = new DMatrixRMaj(rows.length, columns);
        for (int row = 0; row < rows.length; row++) {
            if (requireNonNull(rows[row], "rows[" + row + "]").length != columns) {
                throw new IllegalArgumentException(call + ": ragged rows: row 0 has " + columns + " elements, row "
                        + row + " has " + rows[row].length);
            }
            System.arraycopy(rows[row], 0, copy.data, row * columns, columns);
        }
        return copy;
    }
}
