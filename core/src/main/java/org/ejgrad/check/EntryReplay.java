package org.ejgrad.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A tape along one entry of one leaf, of which only what that moves is computed, to the same bits as the whole: one
 * column while operations go column by column, for several values of the entry at once; then some rows while they go
 * row by row; and from there on all.
 */
final class EntryReplay {
    private final Tape tape;
    private final int leaf;
    private final int row;
    private final int column;
    private final int[] results;
    private final boolean[] inColumn;
    private final boolean[] inRows;

    /** What moves in the column only, for all values; what moves in rows only, for one. */
    private final DMatrixRMaj[] parts;

    /** The moving rows of other matrices, of which those that move in the column are written anew for each value. */
    private final DMatrixRMaj[] gathered;

    /** The matrices at one value: recorded ones, results, and copies into which parts are written. */
    private final DMatrixRMaj[] whole;

    /** What moves in the column and feeds operations by rows, or whole; what moves in rows and is needed whole. */
    private final int[] columnsToRows;

    private final int[] columnsToWhole;
    private final int[] rowsToWhole;

    private Slice.Column columns = new Slice.Column(0, 0);
    private Slice.Rows rows = new Slice.Rows();

    /** How an operation, or a part of it, is computed. */
    @FunctionalInterface
    interface Computation {
        DMatrixRMaj of(int node, Slice slice, DMatrixRMaj... arguments);
    }

    /** A replay of these results, inputs before results, which are all that the leaf moves. */
    EntryReplay(Tape tape, int leaf, int entry, int... results) {
        this.tape = tape;
        this.leaf = leaf;
        this.results = results;
        row = entry / tape.recorded(leaf).numCols;
        column = entry % tape.recorded(leaf).numCols;
        whole = tape.recorded();
        inColumn = new boolean[whole.length];
        inRows = new boolean[whole.length];
        parts = new DMatrixRMaj[whole.length];
        gathered = new DMatrixRMaj[whole.length];
        boolean[] isMoved = new boolean[whole.length];
        isMoved[leaf] = true;
        inColumn[leaf] = true;
        int numRows = -1;
        for (int i : results) {
            isMoved[i] = true;
            inColumn[i] = staysIn(i, tape.byColumn(i), isMoved, inColumn);
            inRows[i] = !inColumn[i]
                    && (numRows < 0 || numRows == tape.recorded(i).numRows)
                    && staysIn(i, tape.byRow(i), isMoved, inColumn, inRows);
            numRows = inRows[i] ? tape.recorded(i).numRows : numRows;
        }
        columnsToRows = moving(inColumn, feeding(i -> inRows[i]));
        columnsToWhole = moving(inColumn, feeding(i -> !inColumn[i] && !inRows[i]));
        rowsToWhole = moving(inRows, feeding(i -> !inColumn[i] && !inRows[i]));
    }

    /** What feeds results of a kind; the root, whatever it is, feeds who asks for it. */
    private BitSet feeding(IntPredicate kind) {
        BitSet feeding = new BitSet();
        IntStream.of(results)
                .filter(kind)
                .flatMap(i -> IntStream.of(tape.inputs(i)))
                .forEach(feeding::set);
        feeding.set(tape.size() - 1);
        return feeding;
    }

    private static int[] moving(boolean[] way, BitSet among) {
        return among.stream().filter(i -> way[i]).toArray();
    }

    /** Whether all inputs of an operation that move are sliced, and each moves in one of these ways. */
    private boolean staysIn(int i, boolean[] sliced, boolean[] isMoved, boolean[]... ways) {
        int[] inputs = tape.inputs(i);
        for (int k = 0; k < inputs.length; k++) {
            int input = inputs[k];
            if (isMoved[input] && !(sliced[k] && Stream.of(ways).anyMatch(way -> way[input]))) {
                return false;
            }
        }
        return true;
    }

    /** What is made of the root where the entry has these values. */
    double[] roots(double[] values, Computation computation, ToDoubleFunction<DMatrixRMaj> made) {
        int root = tape.size() - 1;
        columns = new Slice.Column(column, values.length);
        parts[leaf] = columns.of(tape.recorded(leaf));
        System.arraycopy(values, 0, parts[leaf].data, row * values.length, values.length);
        for (int i : results) {
            if (inColumn[i]) {
                parts[i] = computation.of(i, columns, arguments(i, tape.byColumn(i), this::column));
            }
        }
        double[] roots = new double[values.length];
        if (isStill()) {
            Arrays.fill(roots, made.applyAsDouble(tape.recorded(root)));
            return roots;
        }
        gather();
        for (int place = 0; place < values.length; place++) {
            write(place);
            for (int i : results) {
                if (inRows[i]) {
                    parts[i] = computation.of(i, rows, arguments(i, tape.byRow(i), this::rows));
                    if (whole[i] != tape.recorded(i)) {
                        rows.write(parts[i], whole[i]);
                    }
                } else if (!inColumn[i]) {
                    whole[i] = computation.of(i, Slice.WHOLE, tape.arguments(i, whole));
                }
            }
            roots[place] = made.applyAsDouble(whole[root]);
        }
        return roots;
    }

    /** The inputs of an operation, the sliced ones in part. */
    private DMatrixRMaj[] arguments(int i, boolean[] sliced, IntFunction<DMatrixRMaj> part) {
        int[] inputs = tape.inputs(i);
        DMatrixRMaj[] arguments = new DMatrixRMaj[inputs.length];
        Arrays.setAll(arguments, k -> sliced[k] ? part.apply(inputs[k]) : tape.recorded(inputs[k]));
        return arguments;
    }

    private DMatrixRMaj column(int i) {
        return inColumn[i] ? parts[i] : columns.of(tape.recorded(i));
    }

    private DMatrixRMaj rows(int i) {
        if (inRows[i]) {
            return parts[i];
        }
        if (gathered[i] == null) {
            gathered[i] = rows.of(tape.recorded(i));
        }
        return gathered[i];
    }

    /** Whether, for none of the values, anything has moved that operations need which do not go by columns. */
    private boolean isStill() {
        return IntStream.concat(IntStream.of(columnsToRows), IntStream.of(columnsToWhole))
                .allMatch(i -> rowsThatMove(i).length == 0);
    }

    private int[] rowsThatMove(int... of) {
        BitSet moved = new BitSet();
        for (int i : of) {
            columns.addMoved(parts[i], tape.recorded(i), moved);
        }
        return moved.stream().toArray();
    }

    /** Makes room for the rows that move, and for what is needed whole. */
    private void gather() {
        int[] moved = rowsThatMove(columnsToRows);
        Slice.Rows now = new Slice.Rows(moved.length == 0 ? new int[] {0} : moved);
        if (!now.areThose(rows)) {
            rows = now;
            Arrays.fill(gathered, null);
            for (int i : columnsToRows) {
                gathered[i] = rows.of(tape.recorded(i));
            }
            for (int i : rowsToWhole) {
                whole[i] = tape.recorded(i).copy();
            }
            for (int i : columnsToWhole) {
                whole[i] = tape.recorded(i).copy();
            }
        }
    }

    /** Writes the columns at one of the values. */
    private void write(int place) {
        for (int i : columnsToRows) {
            columns.write(parts[i], place, gathered[i], rows.numbers());
        }
        for (int i : columnsToWhole) {
            columns.write(parts[i], place, whole[i]);
        }
    }
}
