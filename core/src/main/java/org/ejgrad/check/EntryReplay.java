package org.ejgrad.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * A tape along entries of one leaf, of which only what they move is computed, to the same bits as the whole, at several
 * places at once, each of which is an entry at another value: a column for each place while operations go column by
 * column; then the rows that move, each of them for all places of an entry, while they go row by row; and from there on
 * all, place by place.
 */
final class EntryReplay {
    /** So many numbers of rows are gathered at once, which stay in the nearer caches. */
    private static final int GATHERED = 1 << 15;

    private final Tape tape;
    private final int leaf;
    private final int[] results;
    private final boolean[] inColumn;
    private final boolean[] inRows;

    /** Totals of rows; the rows are computed as the others are. */
    private final boolean[] inTotal;

    /** What moves in the column and feeds operations by rows, or whole; what moves in rows and is needed whole. */
    private final int[] columnsToRows;

    private final int[] columnsToWhole;
    private final int[] rowsToWhole;

    /** The most columns of what is computed by rows. */
    private final int widest;

    /** What moves in columns only and, of some places, what moves in rows only. */
    private final DMatrixRMaj[] parts;

    /** The rows of totals, as recorded and at one place. */
    private final DMatrixRMaj[] recordedRows;

    private final DMatrixRMaj[] rowsOfTotals;

    /** The matrices at one place: recorded ones, results, and copies into which parts are written. */
    private final DMatrixRMaj[] whole;

    /** How an operation, or a part of it, is computed. */
    @FunctionalInterface
    interface Computation {
        DMatrixRMaj of(int node, Slice slice, DMatrixRMaj... arguments);
    }

    /** A replay of these results, inputs before results, which are all that the leaf moves. */
    EntryReplay(Tape tape, int leaf, int... results) {
        this.tape = tape;
        this.leaf = leaf;
        this.results = results;
        whole = tape.recorded();
        inColumn = new boolean[whole.length];
        inRows = new boolean[whole.length];
        inTotal = new boolean[whole.length];
        recordedRows = new DMatrixRMaj[whole.length];
        rowsOfTotals = new DMatrixRMaj[whole.length];
        parts = new DMatrixRMaj[whole.length];
        boolean[] isMoved = new boolean[whole.length];
        isMoved[leaf] = true;
        inColumn[leaf] = true;
        int numRows = -1;
        int numCols = 1;
        for (int i : results) {
            isMoved[i] = true;
            inColumn[i] = staysIn(i, tape.byColumn(i), isMoved, inColumn);
            recordedRows[i] = tape.rowsOfTotal(i).orElse(tape.recorded(i));
            boolean byRow = !inColumn[i]
                    && (numRows < 0 || numRows == recordedRows[i].numRows)
                    && staysIn(i, tape.byRow(i), isMoved, inColumn, inRows);
            inTotal[i] = byRow && tape.rowsOfTotal(i).isPresent();
            inRows[i] = byRow && !inTotal[i];
            if (byRow) {
                numRows = recordedRows[i].numRows;
                numCols = Math.max(numCols, recordedRows[i].numCols);
                rowsOfTotals[i] = inTotal[i] ? recordedRows[i].copy() : recordedRows[i];
            }
        }
        columnsToRows = moving(inColumn, feeding(i -> inRows[i] || inTotal[i]));
        columnsToWhole = moving(inColumn, feeding(this::isWhole));
        rowsToWhole = moving(inRows, feeding(this::isWhole));
        for (int i : columnsToRows) {
            numCols = Math.max(numCols, tape.recorded(i).numCols);
        }
        widest = numCols;
        IntStream.concat(IntStream.of(columnsToWhole), IntStream.of(rowsToWhole))
                .forEach(i -> whole[i] = tape.recorded(i).copy());
    }

    private boolean isWhole(int i) {
        return !inColumn[i] && !inRows[i] && !inTotal[i];
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

    /** How many places should be computed at once at most. */
    int mostPlaces() {
        return Math.max(1, GATHERED / Math.max(1, tape.recorded(leaf).numRows));
    }

    /** What is made of the root at each place, where the entry of this number has this value. */
    double[] roots(int[] entries, double[] values, Computation computation, ToDoubleFunction<DMatrixRMaj> made) {
        DMatrixRMaj point = tape.recorded(leaf);
        int places = values.length;
        Slice.Columns columns = Slice.Columns.of(entries, point.numCols);
        parts[leaf] = columns.of(point);
        for (int place = 0; place < places; place++) {
            parts[leaf].data[entries[place] / point.numCols * places + place] = values[place];
        }
        for (int i : results) {
            if (inColumn[i]) {
                parts[i] = computation.of(
                        i,
                        columns,
                        arguments(i, tape.byColumn(i), k -> inColumn[k] ? parts[k] : columns.of(tape.recorded(k))));
            }
        }
        BitSet[] moved = new BitSet[places];
        Arrays.setAll(moved, place -> moved(columns, place, columnsToRows));
        double[] roots = new double[places];
        for (int place = 0; place < places; ) {
            BitSet together = (BitSet) moved[place].clone();
            int end = place + 1;
            for (; end < places && entries[end] == entries[place]; end++) {
                if ((long) (end - place) * together.cardinality() * widest > GATHERED) {
                    break;
                }
                together.or(moved[end]);
            }
            Slice.Rows rows = new Slice.Rows(together.stream().toArray(), place, end - place);
            if (!together.isEmpty()) {
                replay(columns, rows, computation);
            }
            for (; place < end; place++) {
                boolean isStill = moved[place].isEmpty()
                        && moved(columns, place, columnsToWhole).isEmpty();
                roots[place] = isStill
                        ? made.applyAsDouble(tape.recorded(tape.size() - 1))
                        : root(columns, rows, place, computation, made);
            }
        }
        return roots;
    }

    /** The inputs of an operation, the sliced ones in part. */
    private DMatrixRMaj[] arguments(int i, boolean[] sliced, IntFunction<DMatrixRMaj> part) {
        int[] inputs = tape.inputs(i);
        DMatrixRMaj[] arguments = new DMatrixRMaj[inputs.length];
        for (int k = 0; k < inputs.length; k++) {
            arguments[k] = sliced[k] ? part.apply(inputs[k]) : tape.recorded(inputs[k]);
        }
        return arguments;
    }

    /** The rows in which any of these moves at a place. */
    private BitSet moved(Slice.Columns columns, int place, int... of) {
        BitSet moved = new BitSet();
        for (int i : of) {
            columns.addMoved(parts[i], place, tape.recorded(i), moved);
        }
        return moved;
    }

    /** Computes the rows that move. */
    private void replay(Slice.Columns columns, Slice.Rows rows, Computation computation) {
        DMatrixRMaj[] gathered = new DMatrixRMaj[parts.length];
        for (int i : results) {
            if (inRows[i] || inTotal[i]) {
                Optional<DMatrixRMaj> again = again(i, columns, rows);
                if (again.isPresent()) {
                    parts[i] = again.get();
                    continue;
                }
                DMatrixRMaj[] arguments = arguments(i, tape.byRow(i), k -> {
                    if (inRows[k]) {
                        return parts[k];
                    }
                    if (gathered[k] == null) {
                        gathered[k] = rows.of(tape.recorded(k));
                        if (inColumn[k]) {
                            columns.write(parts[k], rows, gathered[k]);
                        }
                    }
                    return gathered[k];
                });
                parts[i] = inTotal[i] ? tape.computeRows(i, arguments) : computation.of(i, rows, arguments);
            }
        }
    }

    /**
     * The rows of a product by the quicker way, if a column of its first input is what moves, and there is such a way.
     */
    private Optional<DMatrixRMaj> again(int i, Slice.Columns columns, Slice.Rows rows) {
        int first = tape.inputs(i)[0];
        return inRows[i] && inColumn[first]
                ? tape.node(i)
                        .operation()
                        .rowsAgain()
                        .map(way -> way.apply(
                                columns.column(rows.first()),
                                rows.numbers(),
                                columns.of(parts[first], rows),
                                tape.arguments(i, tape.recorded())))
                : Optional.empty();
    }

    /** Computes the rest at a place, of copies into which what moves there is written for that time. */
    private double root(
            Slice.Columns columns,
            Slice.Rows rows,
            int place,
            Computation computation,
            ToDoubleFunction<DMatrixRMaj> made) {
        try {
            for (int i : columnsToWhole) {
                columns.write(parts[i], place, whole[i]);
            }
            for (int i : rowsToWhole) {
                rows.write(parts[i], place, whole[i]);
            }
            for (int i : results) {
                if (inTotal[i]) {
                    rows.write(parts[i], place, rowsOfTotals[i]);
                    whole[i] = tape.total(i, rowsOfTotals[i]);
                    rows.restore(recordedRows[i], rowsOfTotals[i]);
                } else if (isWhole(i)) {
                    whole[i] = computation.of(i, new Slice.Whole(place), tape.arguments(i, whole));
                }
            }
            return made.applyAsDouble(whole[whole.length - 1]);
        } finally {
            for (int i : columnsToWhole) {
                columns.restore(tape.recorded(i), place, whole[i]);
            }
            for (int i : rowsToWhole) {
                rows.restore(tape.recorded(i), whole[i]);
            }
        }
    }
}
