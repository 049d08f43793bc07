package org.ejgrad.check;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** What is met at several places where operations are computed with the decisions that they took at the point. */
final class Met {
    /** Results that far apart, in units in the last place of the largest, are not the same. */
    private static final double APART = 8;

    private final int places;
    private final BitSet kinkCrossed = new BitSet();
    private final Map<Integer, String> inconsistencies = new HashMap<>();

    Met(int places) {
        this.places = places;
    }

    /** Whether an operation that is at its kink decided otherwise at a place. */
    boolean kinkCrossed(int place) {
        return kinkCrossed.get(place);
    }

    /** An operation whose frozen and free results differ at a place although its decisions do not, if there is one. */
    Optional<String> inconsistency(int place) {
        return Optional.ofNullable(inconsistencies.get(place));
    }

    /**
     * Compares the decisions of an operation, or of a part of it, with those that it took at the point.
     *
     * @param kinks the elements of the whole, of so many columns, that are at a kink
     * @return the places where they are the same
     */
    BitSet compare(Slice slice, DMatrixRMaj frozen, DMatrixRMaj free, BitSet kinks, int columns) {
        BitSet same = new BitSet();
        same.set(0, places);
        for (int e = differing(frozen, free, 0); e >= 0; e = differing(frozen, free, e + 1)) {
            int place = slice.place(e, free.numCols);
            same.clear(place);
            if (free.data[e] != frozen.data[e] && kinks.get(slice.element(e, columns))) {
                kinkCrossed.set(place);
            }
        }
        return same;
    }

    /** Notes at which of some places two results of an operation are not the same. */
    void compare(Slice slice, BitSet among, DMatrixRMaj frozen, DMatrixRMaj free, Object operation) {
        for (int e = differing(frozen, free, 0); e >= 0; e = differing(frozen, free, e + 1)) {
            int place = slice.place(e, free.numCols);
            if (among.get(place)
                    && !(Math.abs(frozen.data[e] - free.data[e]) <= APART * Math.ulp(largest(slice, place, frozen)))) {
                inconsistencies.putIfAbsent(
                        place,
                        operation + ": replayed with the decisions it would take itself, it gives another result");
            }
        }
    }

    /** The first element from one on whose bits are others; −1 if there is none. */
    private static int differing(DMatrixRMaj a, DMatrixRMaj b, int from) {
        int after = Arrays.mismatch(a.data, from, a.data.length, b.data, from, b.data.length);
        return after < 0 ? -1 : from + after;
    }

    /** The size of the largest finite element at a place. */
    private static double largest(Slice slice, int place, DMatrixRMaj matrix) {
        return IntStream.range(0, matrix.data.length)
                .filter(e -> slice.place(e, matrix.numCols) == place)
                .mapToDouble(e -> Math.abs(matrix.data[e]))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
    }
}
