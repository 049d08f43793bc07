package org.ejgrad.check;

import java.util.Arrays;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Supplier;
import org.ejml.simple.SimpleMatrix;

/** Matrix arithmetic as students write backpropagation with it. */
final class Hand {
    /** Parameters that stand, under their names, for the random ones. */
    private static final ThreadLocal<Map<String, SimpleMatrix>> MOVED = ThreadLocal.withInitial(Map::of);

    private Hand() {}

    /** What is computed with other parameters than the random ones. */
    static <T> T with(Map<String, SimpleMatrix> parameters, Supplier<T> computed) {
        MOVED.set(parameters);
        try {
            return computed.get();
        } finally {
            MOVED.remove();
        }
    }

    /** Uniform between two bounds, a pure function of the seed and the name. */
    static SimpleMatrix random(long seed, String name, int rows, int columns, double low, double high) {
        if (MOVED.get().containsKey(name)) {
            return MOVED.get().get(name);
        }
        SimpleMatrix m = new SimpleMatrix(rows, columns);
        for (int i = 0; i < m.getNumElements(); i++) {
            m.set(i, low + (high - low) * Randomness.uniform(seed, name.hashCode(), i));
        }
        return m;
    }

    static SimpleMatrix random(long seed, String name, int rows, int columns) {
        return random(seed, name, rows, columns, -1, 1);
    }

    /** A whole number from low to high, both included. */
    static int size(long seed, String name, int low, int high) {
        return low + (int) ((high - low + 1) * Randomness.uniform(seed, name.hashCode(), 77));
    }

    static int[] labels(long seed, int rows, int classes) {
        int[] labels = new int[rows];
        Arrays.setAll(labels, i -> i < classes ? i : (int) (classes * Randomness.uniform(seed, 78, i)));
        return labels;
    }

    static SimpleMatrix oneHot(int[] labels, int classes) {
        SimpleMatrix t = new SimpleMatrix(labels.length, classes);
        for (int i = 0; i < labels.length; i++) {
            t.set(i, labels[i], 1);
        }
        return t;
    }

    static SimpleMatrix each(SimpleMatrix m, DoubleUnaryOperator f) {
        SimpleMatrix result = m.copy();
        for (int i = 0; i < m.getNumElements(); i++) {
            result.set(i, f.applyAsDouble(m.get(i)));
        }
        return result;
    }

    static SimpleMatrix zip(SimpleMatrix a, SimpleMatrix b, DoubleBinaryOperator f) {
        SimpleMatrix result = a.copy();
        for (int i = 0; i < a.getNumElements(); i++) {
            result.set(i, f.applyAsDouble(a.get(i), b.get(i)));
        }
        return result;
    }

    static SimpleMatrix columnSums(SimpleMatrix m) {
        return SimpleMatrix.filled(1, m.getNumRows(), 1).mult(m);
    }

    static SimpleMatrix rowSums(SimpleMatrix m) {
        return m.mult(SimpleMatrix.filled(m.getNumCols(), 1, 1));
    }

    /** A row or a column repeated to the shape of another matrix. */
    static SimpleMatrix like(SimpleMatrix other, SimpleMatrix line) {
        return line.getNumRows() == 1
                ? SimpleMatrix.filled(other.getNumRows(), 1, 1).mult(line)
                : line.mult(SimpleMatrix.filled(1, other.getNumCols(), 1));
    }

    static SimpleMatrix addRow(SimpleMatrix m, SimpleMatrix row) {
        return m.plus(like(m, row));
    }

    static SimpleMatrix softmax(SimpleMatrix z) {
        SimpleMatrix e = each(z, Math::exp);
        return e.elementDiv(like(e, rowSums(e)));
    }

    /** The gradient arriving at a softmax, taken back to its input. */
    static SimpleMatrix throughSoftmax(SimpleMatrix p, SimpleMatrix dp) {
        return p.elementMult(dp.minus(like(p, rowSums(p.elementMult(dp)))));
    }

    static SimpleMatrix argmax(SimpleMatrix z) {
        SimpleMatrix hard = new SimpleMatrix(z.getNumRows(), z.getNumCols());
        for (int i = 0; i < z.getNumRows(); i++) {
            int best = 0;
            for (int k = 1; k < z.getNumCols(); k++) {
                best = z.get(i, k) > z.get(i, best) ? k : best;
            }
            hard.set(i, best, 1);
        }
        return hard;
    }

    static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    static double step(double v) {
        return v > 0 ? 1 : 0;
    }

    /** Some rows set to zero. */
    static SimpleMatrix without(SimpleMatrix m, int from, int to) {
        SimpleMatrix kept = m.copy();
        for (int i = from; i < to; i++) {
            for (int k = 0; k < m.getNumCols(); k++) {
                kept.set(i, k, 0);
            }
        }
        return kept;
    }

    /** Row i holds what row i + by held. */
    static SimpleMatrix rolled(SimpleMatrix m, int by) {
        SimpleMatrix moved = m.copy();
        for (int i = 0; i < m.getNumRows(); i++) {
            moved.insertIntoThis(i, 0, m.getRow(Math.floorMod(i + by, m.getNumRows())));
        }
        return moved;
    }

    /** A mask of zeros and 1/keep, with at least one of each in every column. */
    static SimpleMatrix mask(long seed, String name, int rows, int columns, double keep) {
        SimpleMatrix m = each(random(seed, name, rows, columns, 0, 1), v -> v < keep ? 1 / keep : 0);
        for (int k = 0; k < columns; k++) {
            m.set(k % rows, k, 0);
            m.set((k + 1) % rows, k, 1 / keep);
        }
        return m;
    }
}
