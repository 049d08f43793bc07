package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.Vectors.dot;
import static org.ejgrad.nn.optim.Vectors.scaled;
import static org.ejgrad.nn.optim.Vectors.sum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejgrad.Shape;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * What L-BFGS knows of the curvature: the last moves and the changes of the gradient along them. It never changes.
 *
 * @param pairs the moves that count, the oldest first
 * @param scale how long the first direction is made, sᵀy/yᵀy of the newest pair
 * @param last the last move and the gradient before it; none before the first
 */
record LbfgsMemory(List<Pair> pairs, double scale, List<Last> last) {
    /** What is known at first: nothing. */
    static final LbfgsMemory EMPTY = new LbfgsMemory(List.of(), 1, List.of());

    /** A pair whose move and change stand at right angles but for this cosine, or at more, does not count. */
    private static final double LEAST_COSINE = 1e-10;

    /**
     * A move with the change of the gradient along it.
     *
     * @param s the move
     * @param y the change
     * @param curvature sᵀy
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Pair(double[] s, double[] y, double curvature) {
        Pair(double[] s, double[] y) {
            this(s, y, dot(y, s));
        }

        /** Whether the function curves upwards along the move, in whatever unit it and the loss are. */
        boolean counts() {
            return curvature > LEAST_COSINE * Math.sqrt(dot(s, s)) * Math.sqrt(dot(y, y));
        }

        /** sᵀy/yᵀy; NaN if a product overflows or vanishes. */
        double scale() {
            double scale = curvature / dot(y, y);
            return scale > 0 && Double.isFinite(curvature) ? scale : Double.NaN;
        }
    }

    /**
     * The last move.
     *
     * @param gradient before it
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Last(double[] gradient, double[] move) {}

    /** With the pair that the last move and the gradient after it make. */
    LbfgsMemory after(double[] gradient, int history) {
        if (last.isEmpty()) {
            return this;
        }
        Pair newest = new Pair(last.get(0).move, sum(gradient, -1, last.get(0).gradient));
        if (!newest.counts()) {
            return this;
        }
        List<Pair> kept = pairs.subList(Math.max(0, pairs.size() + 1 - history), pairs.size());
        List<Pair> more = new ArrayList<>(kept);
        more.add(newest);
        return new LbfgsMemory(List.copyOf(more), newest.scale(), last);
    }

    /** With a move just made. */
    LbfgsMemory moved(double[] gradient, double[] move) {
        return new LbfgsMemory(pairs, scale, List.of(new Last(gradient, move)));
    }

    /** −H·g by two loops over the pairs, the newest first and then the oldest first. */
    double[] direction(double[] gradient) {
        double[] q = scaled(gradient, -1);
        double[] factors = new double[pairs.size()];
        for (int i = pairs.size() - 1; i >= 0; i--) {
            Pair pair = pairs.get(i);
            factors[i] = dot(pair.s, q) / pair.curvature;
            q = sum(q, -factors[i], pair.y);
        }
        double[] direction = scaled(q, scale);
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            double factor = dot(pair.y, direction) / pair.curvature;
            direction = sum(direction, factors[i] - factor, pair.s);
        }
        return direction;
    }

    /** As matrices to be saved: {@code last/gradient}, {@code last/move}, {@code s/0}, {@code y/0}, … */
    NamedMatrices state() {
        Map<String, SimpleMatrix> vectors = new LinkedHashMap<>();
        for (Last one : last) {
            vectors.put("last/gradient", row(one.gradient));
            vectors.put("last/move", row(one.move));
        }
        for (int i = 0; i < pairs.size(); i++) {
            vectors.put("s/" + i, row(pairs.get(i).s));
            vectors.put("y/" + i, row(pairs.get(i).y));
        }
        return NamedMatrices.of(vectors);
    }

    /** The memory that {@link #state} gave for vectors of this size. */
    static LbfgsMemory from(NamedMatrices state, int size) {
        if (state.names().isEmpty()) {
            return EMPTY;
        }
        int count = (state.names().size() - 1) / 2;
        Shape row = new Shape(1, size);
        Map<String, Shape> expected = new LinkedHashMap<>();
        expected.put("last/gradient", row);
        expected.put("last/move", row);
        for (int i = 0; i < count; i++) {
            expected.put("s/" + i, row);
            expected.put("y/" + i, row);
        }
        List<String> differences = state.differencesFrom(expected);
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the optimizer's state", differences);
        }
        List<Pair> pairs = IntStream.range(0, count)
                .mapToObj(i -> new Pair(array(state, "s/" + i), array(state, "y/" + i)))
                .toList();
        Last last = new Last(array(state, "last/gradient"), array(state, "last/move"));
        return new LbfgsMemory(pairs, pairs.isEmpty() ? 1 : pairs.get(count - 1).scale(), List.of(last));
    }

    private static SimpleMatrix row(double[] vector) {
        return SimpleMatrix.wrap(DMatrixRMaj.wrap(1, vector.length, vector));
    }

    private static double[] array(NamedMatrices state, String name) {
        return state.get(name).matrix().getDDRM().data;
    }
}
