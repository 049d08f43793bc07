package org.ejgrad;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The elements of e^A that a formula gives, because few of A's elements take part in them.
 *
 * <p>Take A as a graph with an edge from i to j where element (i, j) is not 0. Element (i, j) of e^A is made of the
 * paths from i to j: it is 0 if there is none, e^aᵢᵢ for j = i if i is on no cycle, and aᵢⱼ·(e^aⱼⱼ − e^aᵢᵢ)/(aⱼⱼ − aᵢᵢ)
 * if the edge is the only path between two such places. Of a triangular matrix these are the diagonal and what is next
 * to it (Al-Mohy and Higham 2009, section 2), but the order of rows does not matter here.
 */
final class ExactExponentials {
    private final DMatrixRMaj a;
    /** Row and column of each element known. */
    private final List<int[]> known;

    private ExactExponentials(DMatrixRMaj a, List<int[]> known) {
        this.a = a;
        this.known = known;
    }

    static ExactExponentials of(DMatrixRMaj a) {
        int size = a.numRows;
        BitSet[] from = new BitSet[size];
        for (int i = 0; i < size; i++) {
            from[i] = new BitSet(size);
            for (int j = 0; j < size; j++) {
                from[i].set(j, i != j && a.data[i * size + j] != 0);
            }
        }
        close(from);
        BitSet[] to = transposed(from);
        List<int[]> known = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                boolean onCycle = from[i].get(i) || from[j].get(j);
                if (i == j ? !onCycle : !from[i].get(j) || (!onCycle && !from[i].intersects(to[j]))) {
                    known.add(new int[] {i, j});
                }
            }
        }
        return new ExactExponentials(a, known);
    }

    /** Adds all that can be reached in several steps (Warshall). */
    private static void close(BitSet[] from) {
        for (int k = 0; k < from.length; k++) {
            for (BitSet reached : from) {
                if (reached.get(k)) {
                    reached.or(from[k]);
                }
            }
        }
    }

    private static BitSet[] transposed(BitSet[] from) {
        BitSet[] to = new BitSet[from.length];
        for (int j = 0; j < to.length; j++) {
            to[j] = new BitSet(to.length);
            for (int i = 0; i < to.length; i++) {
                to[j].set(i, from[i].get(j));
            }
        }
        return to;
    }

    /** Writes the elements known into y, an approximation of the exponential of A·2^shift. */
    void putRight(DMatrixRMaj y, int shift) {
        int size = a.numRows;
        for (int[] at : known) {
            double x = Math.scalb(a.data[at[0] * size + at[0]], shift);
            double edge = Math.scalb(a.data[at[0] * size + at[1]], shift);
            double z = Math.scalb(a.data[at[1] * size + at[1]], shift);
            y.data[at[0] * size + at[1]] = at[0] == at[1] ? Elementary.exp(x) : edge == 0 ? 0 : across(x, edge, z);
        }
    }

    /** edge·(e^z − e^x)/(z − x), without cancellation, and without overflow but of the result. */
    private static double across(double x, double edge, double z) {
        double high = Math.max(x, z);
        double halfGap = high / 2 - Math.min(x, z) / 2;
        double slope = halfGap == 0 ? edge : -Elementary.expm1(-2 * halfGap) / halfGap / 2 * edge;
        double exponential = Elementary.exp(high);
        if (exponential >= Double.MIN_NORMAL && exponential <= Double.MAX_VALUE) {
            return slope * exponential;
        }
        double root = Elementary.exp(high / 2);
        return root <= Double.MAX_VALUE ? root * slope * root : Math.copySign(Double.POSITIVE_INFINITY, edge);
    }
}
