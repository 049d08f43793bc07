package org.ejgrad;

import static org.ejgrad.Operation.unary;
import static org.ejgrad.Operation.variadic;
import static org.ejgrad.Rule.rule;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The operations that cut blocks out of matrices and join them, with their derivatives; {@link Moves} has the others
 * that only move elements.
 */
final class Reshaping {
    private Reshaping() {}

    // spotless:off

    /** The element of each row in the column that the index names: a column of as many numbers as rows. */
    static Operation select(int[] columns) {
        return unary("selectColumns", x -> select(x, columns),
                rule("dy at the selected places, 0 elsewhere", (x, y, dy) -> scatter(columns, x.shape()).apply(dy)));
    }

    static Operation scatter(int[] columns, Shape shape) {
        return unary("scatterColumns", x -> scatter(x, columns, shape),
                rule("dy at the places written to", (x, y, dy) -> select(columns).apply(dy)));
    }

    static Operation slice(int row0, int row1, int column0, int column1) {
        return unary("slice", x -> slice(x, row0, row1, column0, column1),
                rule("dy in place, 0 around it", (x, y, dy) -> embed(row0, column0, x.shape()).apply(dy)))
                .with(row0, row1, column0, column1);
    }

    /** Zeros of the given shape with x at a place in it. */
    static Operation embed(int row, int column, Shape shape) {
        return unary("embed", x -> embed(x, row, column, shape),
                rule("the part of dy at that place", (x, y, dy) ->
                        dy.slice(row, row + x.getNumRows(), column, column + x.getNumCols())))
                .with(row, column, shape);
    }

    static Operation concatRows(int count) {
        return variadic("concatRows", count,
                Reshaping::below,
                "the rows of dy that came from this input",
                (index, inputs, y, dy) -> {
                    int start = 0;
                    for (int i = 0; i < index; i++) {
                        start += inputs.get(i).getNumRows();
                    }
                    return dy.rows(start, start + inputs.get(index).getNumRows());
                });
    }

    static Operation concatColumns(int count) {
        return variadic("concatColumns", count,
                Reshaping::beside,
                "the columns of dy that came from this input",
                (index, inputs, y, dy) -> {
                    int start = 0;
                    for (int i = 0; i < index; i++) {
                        start += inputs.get(i).getNumCols();
                    }
                    return dy.cols(start, start + inputs.get(index).getNumCols());
                });
    }

    // spotless:on

    // ---- forward ----------------------------------------------------------------------------------------------------

    private static DMatrixRMaj select(DMatrixRMaj x, int[] columns) {
        if (columns.length != x.numRows) {
            throw new IllegalArgumentException(columns.length + " column numbers for " + x.numRows + " rows");
        }
        DMatrixRMaj y = new DMatrixRMaj(x.numRows, 1);
        for (int row = 0; row < x.numRows; row++) {
            if (columns[row] < 0 || columns[row] >= x.numCols) {
                throw new IllegalArgumentException(
                        "row " + row + " selects column " + columns[row] + "; expected 0 to " + (x.numCols - 1));
            }
            y.data[row] = x.data[row * x.numCols + columns[row]];
        }
        return y;
    }

    private static DMatrixRMaj scatter(DMatrixRMaj x, int[] columns, Shape shape) {
        if (x.numCols != 1 || x.numRows != columns.length || x.numRows != shape.rows()) {
            throw new IllegalArgumentException(
                    columns.length + " column numbers for " + shape.rows() + " rows; expected a column of as many");
        }
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0; row < x.numRows; row++) {
            y.data[row * y.numCols + columns[row]] = x.data[row];
        }
        return y;
    }

    private static DMatrixRMaj slice(DMatrixRMaj x, int row0, int row1, int column0, int column1) {
        requireRange("rows", row0, row1, x.numRows);
        requireRange("columns", column0, column1, x.numCols);
        DMatrixRMaj y = new DMatrixRMaj(row1 - row0, column1 - column0);
        for (int row = row0; row < row1; row++) {
            System.arraycopy(x.data, row * x.numCols + column0, y.data, (row - row0) * y.numCols, y.numCols);
        }
        return y;
    }

    private static DMatrixRMaj embed(DMatrixRMaj x, int row0, int column0, Shape shape) {
        requireRange("rows", row0, row0 + x.numRows, shape.rows());
        requireRange("columns", column0, column0 + x.numCols, shape.columns());
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0; row < x.numRows; row++) {
            System.arraycopy(x.data, row * x.numCols, y.data, (row0 + row) * y.numCols + column0, x.numCols);
        }
        return y;
    }

    /** Unlike EJML's own concatenation it refuses what does not fit instead of filling up with zeros. */
    private static DMatrixRMaj below(DMatrixRMaj... parts) {
        for (int i = 1; i < parts.length; i++) {
            requireAlike("columns", parts[0].numCols, i, parts[i].numCols);
        }
        return CommonOps_DDRM.concatRowsMulti(parts);
    }

    private static DMatrixRMaj beside(DMatrixRMaj... parts) {
        for (int i = 1; i < parts.length; i++) {
            requireAlike("rows", parts[0].numRows, i, parts[i].numRows);
        }
        return CommonOps_DDRM.concatColumnsMulti(parts);
    }

    private static void requireAlike(String what, int first, int index, int other) {
        if (first != other) {
            throw new IllegalArgumentException(
                    "input " + index + " has " + other + " " + what + "; expected " + first + ", as input 0 has");
        }
    }

    private static void requireRange(String what, int from, int to, int size) {
        if (from < 0 || to < from || to > size) {
            throw new IllegalArgumentException(
                    what + " " + from + " (inclusive) to " + to + " (exclusive) are not within 0 to " + size);
        }
    }
}
