package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.same;
import static org.ejgrad.check.Elsewhere.with;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Reads off what stands for the input of a layer of which nothing but the weights' gradient is wrong. With the weights
 * zero, the errors that arrive do not depend on what stands before: what does is the input that they are multiplied
 * with.
 */
final class LayerInputs {
    private static final int POINTS = 4;

    private final Elsewhere elsewhere;
    private final List<Block> blocks;
    private final Block w;
    private final int[] own;
    private final double[] start;

    private LayerInputs(Elsewhere elsewhere, List<Block> blocks, Block w) {
        this.elsewhere = elsewhere;
        this.blocks = blocks;
        this.w = w;
        own = Elsewhere.entries(List.of(w));
        start = with(elsewhere.point(), w, i -> 0);
    }

    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong) {
        return wrong.size() == 1 && wrong.get(0).shape().elements() > 1
                ? new LayerInputs(elsewhere, blocks, wrong.get(0)).explain()
                : Optional.empty();
    }

    private double[] truth(double[] at) {
        return elsewhere.truth(at, own);
    }

    private double[] claim(double[] at) {
        return elsewhere.claim(at, own);
    }

    private Optional<Diagnosis> explain() {
        return Layers.bias(blocks, w).flatMap(this::besideBias).or(this::before);
    }

    /**
     * With the weights zero, other biases change the errors of all samples alike, beside what is due to their targets.
     * For each unit, what the weights get from this is the sum of the inputs.
     */
    private Optional<Diagnosis> besideBias(Block bias) {
        double[][] right = new double[POINTS][];
        double[][] claimed = new double[POINTS][];
        double[][] apart = new double[POINTS][];
        for (int k = 0; k < POINTS; k++) {
            double[] there = elsewhere.near(List.of(bias), k + 1);
            double[] at = with(start, bias, i -> there[bias.offset() + i]);
            right[k] = truth(at);
            claimed[k] = claim(at);
            apart[k] = plus(claimed[k], -1, right[k]);
        }
        boolean isTurned = Layers.isTurned(w.shape(), bias.shape());
        boolean isAdded = largest(elsewhere.truth(start, Elsewhere.entries(List.of(bias)))) > 1e-3 * largest(right[0]);
        if (!isAdded || w.shape().elements() > own.length || isOneSum(isTurned, right)) {
            return Optional.empty();
        }
        String where = "Where " + w.label() + " is zero, and " + bias.label() + " changes the errors of all samples, ";
        if (isOneSum(isTurned, claimed)) {
            return said(where + "the sum of the inputs that the claim for " + w.label()
                    + " goes by is zero: they are used less their mean, or with errors less theirs.");
        }
        return isOneSum(isTurned, apart)
                ? Optional.of(new Diagnosis(
                        Mistake.ROWS_MIXED,
                        where + "the sum of the inputs that the claim for " + w.label()
                                + " goes by is right: they meet the errors of other samples, as in rows in another order, or"
                                + " errors are wrong that cancel in their sum."))
                : Optional.empty();
    }

    /** Whether what each unit gets has the same proportions at all points. */
    private boolean isOneSum(boolean isTurned, double[]... points) {
        int columns = w.shape().columns();
        int units = isTurned ? w.shape().rows() : columns;
        double most =
                Arrays.stream(points).mapToDouble(Elsewhere::largest).max().orElse(0);
        return IntStream.range(0, units).allMatch(unit -> {
            int[] column = IntStream.range(0, own.length)
                    .filter(i -> (isTurned ? i / columns : i % columns) == unit)
                    .toArray();
            double[] first = points[0];
            int strongest =
                    IntStream.of(column).reduce(column[0], (a, b) -> Math.abs(first[b]) > Math.abs(first[a]) ? b : a);
            return Arrays.stream(points)
                    .allMatch(point -> IntStream.of(column)
                            .allMatch(i -> Math.abs(point[i] * first[strongest] - first[i] * point[strongest])
                                    <= 1e-5 * most * most));
        });
    }

    private Optional<Diagnosis> before() {
        double[] n = truth(start);
        double[] g = claim(start);
        if (largest(n) <= 1e-3 * largest(truth(elsewhere.point())) || same(g, n)) {
            return Optional.empty();
        }
        if (largest(g) <= 1e-3 * largest(n)) {
            return Optional.empty(); // as at a kink
        }
        String where = "Where " + w.label() + " is zero, so that no errors depend on its input, ";
        List<Block> before = blocks.subList(0, blocks.indexOf(w));
        for (int k = before.size() - 1; k >= 0; k--) {
            Block other = before.get(k);
            double[] there = elsewhere.near(List.of(other), 1);
            double[] at = with(start, other, i -> there[other.offset() + i]);
            boolean bends = !same(truth(at), n);
            boolean moves = !same(claim(at), g);
            if (bends && !moves) {
                return said(where + "the claim for it does not change with " + other.label()
                        + ", the gradient does: what does not depend on that stands for the input, such as the data or the"
                        + " value of an earlier layer, or of one behind "
                        + w.label() + ".");
            }
            if (moves && !bends) {
                return said(where + "the claim for it changes with " + other.label()
                        + ", the gradient does not: another value, such as that of a layer behind "
                        + other.label() + ", stands for the input.");
            }
        }
        for (Block other : before) {
            if (isLinear(other, this::claim) && !isLinear(other, this::truth)) {
                return said(where + "the claim for it changes in proportion to " + other.label()
                        + ", the gradient does not: a value before a function, such as the activation or a"
                        + " normalisation, stands for the input.");
            }
        }
        return Optional.empty();
    }

    /** Whether a gradient is a number times a block, and its bias, plus another number. */
    private boolean isLinear(Block other, UnaryOperator<double[]> gradient) {
        double[] one = gradient.apply(scaled(other, 1));
        double[] two = gradient.apply(scaled(other, 2));
        double[] three = gradient.apply(scaled(other, 3));
        return !same(one, two) && same(plus(one, 1, three), plus(two, 1, two));
    }

    private double[] scaled(Block other, double factor) {
        double[] point = elsewhere.point();
        double[] at = with(start, other, i -> factor * point[other.offset() + i]);
        Optional<Block> bias = Layers.bias(blocks, other);
        return bias.isPresent()
                ? with(at, bias.get(), i -> factor * point[bias.get().offset() + i])
                : at;
    }

    private static Optional<Diagnosis> said(String text) {
        return Optional.of(new Diagnosis(Mistake.OTHER_OPERAND, text));
    }
}
