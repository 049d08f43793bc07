package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.same;
import static org.ejgrad.check.Elsewhere.with;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Reads off what stands for the input of a layer of which nothing but the weights' gradient is wrong. With the weights
 * zero, the errors that arrive do not depend on what stands before: what does is the input that they are multiplied
 * with.
 */
final class LayerInputs {
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
