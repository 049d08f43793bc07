package org.ejgrad.check;

import org.ejml.data.DMatrixRMaj;

/**
 * A tape with one entry of one leaf moved, of which only what that changes is computed: where an operation goes column
 * by column, one column, to the same bits as the whole.
 */
final class ColumnReplay {
    /** In place of a column: the whole matrix. */
    static final int ALL = -1;

    private final Tape tape;
    private final int leaf;
    private final int row;
    private final int column;

    /** The matrices as they are now; of those that differ in the column only, null until one is asked for. */
    private final DMatrixRMaj[] whole;

    /** The column, of matrices that differ in it only; otherwise null. */
    private final DMatrixRMaj[] columns;

    /** How an operation, or one column of it, is computed. */
    @FunctionalInterface
    interface Computation {
        DMatrixRMaj of(int node, int column, DMatrixRMaj... arguments);
    }

    ColumnReplay(Tape tape, int leaf, int entry) {
        this.tape = tape;
        this.leaf = leaf;
        this.row = entry / tape.recorded(leaf).numCols;
        this.column = entry % tape.recorded(leaf).numCols;
        this.whole = tape.recorded();
        this.columns = new DMatrixRMaj[tape.size()];
    }

    /** The root where the entry has this value. */
    DMatrixRMaj root(double value, int[] results, Computation computation) {
        DMatrixRMaj moved = of(tape.recorded(leaf), column);
        moved.data[row] = value;
        move(leaf, moved);
        for (int i : results) {
            if (staysInColumn(i)) {
                move(i, computation.of(i, column, arguments(i, true)));
            } else {
                whole[i] = computation.of(i, ALL, arguments(i, false));
            }
        }
        return whole(tape.size() - 1);
    }

    private void move(int i, DMatrixRMaj moved) {
        columns[i] = moved;
        whole[i] = null;
    }

    /** Whether of an operation's inputs, and so of its result, no other column has moved. */
    private boolean staysInColumn(int i) {
        int[] inputs = tape.inputs(i);
        for (int k = 0; k < inputs.length; k++) {
            boolean isColumn = columns[inputs[k]] != null;
            boolean isMoved = isColumn || whole[inputs[k]] != tape.recorded(inputs[k]);
            if (isMoved && !(isColumn && tape.sliced(i)[k])) {
                return false;
            }
        }
        return true;
    }

    private DMatrixRMaj[] arguments(int i, boolean inColumn) {
        int[] inputs = tape.inputs(i);
        DMatrixRMaj[] arguments = new DMatrixRMaj[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            arguments[k] = inColumn && tape.sliced(i)[k] ? column(inputs[k]) : whole(inputs[k]);
        }
        return arguments;
    }

    private DMatrixRMaj column(int i) {
        return columns[i] != null ? columns[i] : of(whole[i], column);
    }

    private DMatrixRMaj whole(int i) {
        if (whole[i] == null) {
            whole[i] = tape.recorded(i).copy();
            for (int r = 0, at = column; r < whole[i].numRows; r++, at += whole[i].numCols) {
                whole[i].data[at] = columns[i].data[r];
            }
        }
        return whole[i];
    }

    /** One column of a matrix, or all of it. */
    static DMatrixRMaj of(DMatrixRMaj matrix, int column) {
        if (column == ALL) {
            return matrix;
        }
        DMatrixRMaj one = new DMatrixRMaj(matrix.numRows, 1);
        for (int r = 0, at = column; r < one.numRows; r++, at += matrix.numCols) {
            one.data[r] = matrix.data[at];
        }
        return one;
    }
}
