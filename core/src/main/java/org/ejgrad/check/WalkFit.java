package org.ejgrad.check;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejml.data.DMatrixRMaj;

/** Compares what deviating walks over a graph give with the claimed gradients; makes so many walks and no more. */
final class WalkFit {
    private static final int MOST = 20000;

    /** How many elements all walks together may pass. */
    private static final long WORK = 100_000_000;

    /** A mistake with one free number needs so many figures that it must meet. */
    private static final int TELLING = 3;

    private final Tape tape;
    private final DeviatingWalk walk;
    private final List<Comparison> comparisons;
    private final boolean[] agrees;
    private final int[] leaves;
    private final BitSet[] below;
    private List<DMatrixRMaj> right = List.of();
    private long left;
    private long looks;

    WalkFit(Tape tape, Value weights, List<Comparison> comparisons, List<Value> variables) {
        this.tape = tape;
        walk = new DeviatingWalk(tape, weights);
        this.comparisons = comparisons;
        agrees = new boolean[comparisons.size()];
        for (int i = 0; i < agrees.length; i++) {
            agrees[i] = comparisons.get(i).agrees();
        }
        leaves = variables.stream()
                .map(tape::position)
                .mapToInt(leaf -> leaf.orElse(-1))
                .toArray();
        below = new BitSet[tape.size()];
        long elements = 1;
        for (int i = 0; i < tape.size(); i++) {
            elements += tape.recorded(i).getNumElements();
            below[i] = new BitSet();
            below[i].set(i);
            for (int input : tape.inputs(i)) {
                below[i].or(below[input]);
            }
        }
        left = Math.min(MOST, WORK / elements);
        looks = WORK / elements;
    }

    Tape tape() {
        return tape;
    }

    List<Comparison> comparisons() {
        return comparisons;
    }

    /** Where a parameter stands on the tape; −1 if the loss does not depend on it. */
    int leaf(int parameter) {
        return leaves[parameter];
    }

    /** Whether a mistake where the results of these nodes go back could touch every wrong parameter. */
    boolean reachesAllWrong(int... nodes) {
        return IntStream.range(0, leaves.length)
                .filter(i -> !agrees[i])
                .allMatch(i -> leaves[i] >= 0 && IntStream.of(nodes).anyMatch(node -> below[node].get(leaves[i])));
    }

    /** Whether a result depends on another, or is it. */
    boolean dependsOn(int node, int other) {
        return below[node].get(other);
    }

    /** Whether what is predicted for the parameters that agree is what they are claimed to be. */
    boolean leavesRight(List<DMatrixRMaj> predicted) {
        return IntStream.range(0, leaves.length)
                .allMatch(i -> !agrees[i] || comparisons.get(i).isMetBy(predicted.get(i)));
    }

    /** The gradient of every parameter, as far as the walk can be made. */
    Optional<List<DMatrixRMaj>> predict(Deviation deviation) {
        Elsewhere.goOn();
        if (left-- <= 0) {
            return Optional.empty();
        }
        try {
            List<DMatrixRMaj> right = right();
            List<Optional<Value>> gradients = walk.run(deviation);
            return Optional.of(IntStream.range(0, leaves.length)
                    .mapToObj(i -> gradient(i, gradients).equals(gradient(i, walk.right()))
                            ? right.get(i)
                            : matrix(i, gradients))
                    .toList());
        } catch (RuntimeException doesNotFit) {
            return Optional.empty();
        }
    }

    private List<DMatrixRMaj> right() {
        if (right.isEmpty()) {
            right = IntStream.range(0, leaves.length)
                    .mapToObj(i -> matrix(i, walk.right()))
                    .toList();
        }
        return right;
    }

    private Optional<Value> gradient(int parameter, List<Optional<Value>> gradients) {
        return leaves[parameter] < 0 ? Optional.empty() : gradients.get(leaves[parameter]);
    }

    private DMatrixRMaj matrix(int parameter, List<Optional<Value>> gradients) {
        Comparison like = comparisons.get(parameter);
        return gradient(parameter, gradients)
                .map(value -> value.matrix().getDDRM())
                .orElseGet(() -> new DMatrixRMaj(like.rows(), like.columns()));
    }

    /** The right gradient of every parameter. */
    List<DMatrixRMaj> truth() {
        return predict(DeviatingWalk.RIGHT)
                .orElseGet(() -> comparisons.stream().map(Comparison::numeric).toList());
    }

    boolean explains(Deviation deviation) {
        return predict(deviation).filter(this::explains).isPresent();
    }

    /** What arrives at a result on the right way back; empty if nothing does. */
    Optional<Value> arriving(int node) {
        return walk.right().get(node);
    }

    /** Whether there has been work enough, and what has not been tried is left. */
    boolean isTired() {
        return looks <= 0;
    }

    /** Figures that need not all be made to be refused. */
    @FunctionalInterface
    interface Prediction {
        double at(int parameter, int element);
    }

    boolean explains(Prediction predicted) {
        if (IntStream.range(0, leaves.length).anyMatch(m -> comparisons.get(m).isFarOff(i -> predicted.at(m, i)))) {
            looks--;
            return false;
        }
        return explains(figures(predicted));
    }

    /** The figures where something was measured; 0 elsewhere. */
    List<DMatrixRMaj> figures(Prediction predicted) {
        return IntStream.range(0, leaves.length)
                .mapToObj(m -> {
                    Comparison c = comparisons.get(m);
                    return c.predict(i -> c.known(i) ? predicted.at(m, i) : 0);
                })
                .toList();
    }

    boolean explains(List<DMatrixRMaj> predicted) {
        if (looks-- <= 0) {
            return false;
        }
        return IntStream.range(0, leaves.length).allMatch(i -> {
            Comparison c = comparisons.get(i);
            return (agrees[i] ? c.isMetBy(predicted.get(i)) : c.isExplainedBy(predicted.get(i)))
                    && c.isFiniteLike(predicted.get(i));
        });
    }

    /** The number k for which start + k·(end − start) explains the claims, if there is one. */
    OptionalDouble factor(Deviation start, Deviation end) {
        Optional<List<DMatrixRMaj>> a = predict(start);
        Optional<List<DMatrixRMaj>> b = predict(end);
        return a.isPresent() && b.isPresent() ? factor(a.get(), b.get()) : OptionalDouble.empty();
    }

    OptionalDouble factor(List<DMatrixRMaj> start, List<DMatrixRMaj> end) {
        double numerator = 0;
        double denominator = 0;
        int telling = 0;
        for (int m = 0; m < leaves.length; m++) {
            Comparison c = comparisons.get(m);
            double unit = Math.max(
                    Double.MIN_NORMAL, Math.max(Comparison.largest(start.get(m)), Comparison.largest(end.get(m))));
            for (int i = 0; i < c.size(); i++) {
                double way = (end.get(m).data[i] - start.get(m).data[i]) / unit;
                if (c.known(i) && Double.isFinite(way)) {
                    numerator += way * (c.claimed(i) - start.get(m).data[i]) / unit;
                    denominator += way * way;
                    telling += Math.abs(way) > 1e-9 ? 1 : 0;
                }
            }
        }
        double k = numerator / denominator;
        if (telling < TELLING || !Double.isFinite(k)) {
            return OptionalDouble.empty();
        }
        List<DMatrixRMaj> predicted = IntStream.range(0, leaves.length)
                .mapToObj(m -> comparisons
                        .get(m)
                        .predict(i -> start.get(m).data[i] + k * (end.get(m).data[i] - start.get(m).data[i])))
                .toList();
        return explains(predicted) ? OptionalDouble.of(k) : OptionalDouble.empty();
    }
}
