package org.ejgrad.check;

import org.ejml.data.DMatrixRMaj;

/**
 * A tape along one entry of one leaf, of which only what that moves is computed: where an operation goes column by
 * column, one column, to the same bits as the whole.
 */
final class ColumnReplay {
    /** In place of a column: the whole matrix. */
    static final int ALL = -1;

    private final Tape tape;
    private final int leaf;
    private final int row;
    private final int column;
    private final int[] results;

    /** The matrices as they are now; of those that differ in the column only, as of the last time one was asked for. */
    private final DMatrixRMaj[] whole;

    private final boolean[] isStale;

    /** The column of matrices that differ in it only, and of unmoved ones that an operation needs it of; else null. */
    private final DMatrixRMaj[] columns;

    private final boolean[] staysInColumn;

    /** How an operation, or one column of it, is computed. */
    @FunctionalInterface
    interface Computation {
        DMatrixRMaj of(int node, int column, DMatrixRMaj... arguments);
    }

    /** A replay of these results, inputs before results, which are all that the leaf moves. */
    ColumnReplay(Tape tape, int leaf, int entry, int... results) {
        this.tape = tape;
        this.leaf = leaf;
        this.results = results;
        int columnsOfLeaf = tape.recorded(leaf).numCols;
        row = entry / columnsOfLeaf;
        column = entry % columnsOfLeaf;
        whole = tape.recorded();
        isStale = new boolean[whole.length];
        columns = new DMatrixRMaj[whole.length];
        columns[leaf] = of(whole[leaf], column);
        boolean[] isMoved = new boolean[whole.length];
        staysInColumn = new boolean[whole.length];
        isMoved[leaf] = true;
        staysInColumn[leaf] = true;
        for (int i : results) {
            isMoved[i] = true;
            staysInColumn[i] = staysInColumn(i, isMoved);
        }
    }

    /** Whether of an operation's inputs, and so of its result, no other column has moved. */
    private boolean staysInColumn(int i, boolean... isMoved) {
        int[] inputs = tape.inputs(i);
        for (int k = 0; k < inputs.length; k++) {
            if (isMoved[inputs[k]] && !(staysInColumn[inputs[k]] && tape.sliced(i)[k])) {
                return false;
            }
        }
        return true;
    }

    /** The root where the entry has this value. */
    DMatrixRMaj root(double value, Computation computation) {
        columns[leaf].data[row] = value;
        isStale[leaf] = true;
        for (int i : results) {
            if (staysInColumn[i]) {
                columns[i] = computation.of(i, column, arguments(i));
                isStale[i] = true;
            } else {
                whole[i] = computation.of(i, ALL, arguments(i));
            }
        }
        return whole(tape.size() - 1);
    }

    private DMatrixRMaj[] arguments(int i) {
        int[] inputs = tape.inputs(i);
        DMatrixRMaj[] arguments = new DMatrixRMaj[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            arguments[k] = staysInColumn[i] && tape.sliced(i)[k] ? column(inputs[k]) : whole(inputs[k]);
        }
        return arguments;
    }

    private DMatrixRMaj column(int i) {
        if (columns[i] == null) {
            columns[i] = of(whole[i], column);
        }
        return columns[i];
    }

    private DMatrixRMaj whole(int i) {
        if (isStale[i]) {
            isStale[i] = false;
            if (whole[i] == tape.recorded(i)) {
                whole[i] = whole[i].copy();
            }
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
