package org.ejgrad.nn.loss;

import static org.ejgrad.Rule.rule;

import java.util.function.IntToDoubleFunction;
import org.ejgrad.Elementary;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.OperationNames;
import org.ejml.data.DMatrixRMaj;

/**
 * Sigmoid and binary cross-entropy in one operation: −a·ln σ(z) − b·ln σ(−z) for each element, with logits z, masses a
 * of the positive and b of the negative outcome.
 *
 * <p>A mass is a target probability times its weight. A mass of zero is structural: it contributes nothing, even
 * against an infinite logarithm. Value and gradient b·σ(z) − a·σ(−z) are each one pass and finite for finite logits.
 */
final class SigmoidCrossEntropy {
    private SigmoidCrossEntropy() {}

    // spotless:off

    /** The loss of each element, in the logits' shape. */
    static final Operation ELEMENTS = loss(false, elements -> 1).with("elements");

    /** The sum of all elements' losses. */
    static final Operation SUM = loss(true, elements -> 1).with("sum");

    /** The mean of all elements' losses. */
    static final Operation MEAN = loss(true, elements -> elements).with("mean");

    /** The sum of all elements' losses, divided by a number. */
    static Operation total(double divisor) {
        return loss(true, elements -> divisor).with("total", divisor);
    }

    private static Operation loss(boolean total, IntToDoubleFunction n) {
        Operation gradient = gradient(n);
        return Trusted.of(OperationNames.SIGMOID_CROSS_ENTROPY, m -> loss(m[0], m[1], m[2], total, n),
                rule("dy ⊙ (b ⊙ σ(z) − a ⊙ σ(−z))/n", (z, a, b, y, dy) -> gradient.apply(z, a, b, dy)),
                rule("dy ⊙ softplus(−z)/n", (z, a, b, y, dy) ->
                        share(dy, z, n).timesOrZero(StructuralZeros.beside(a, z.negative().softplus()))),
                rule("dy ⊙ softplus(z)/n", (z, a, b, y, dy) ->
                        share(dy, z, n).timesOrZero(StructuralZeros.beside(b, z.softplus()))));
    }

    /** g ⊙ (b ⊙ σ(z) − a ⊙ σ(−z))/n, itself an operation with derivatives; g has the logits' shape or is 1x1. */
    private static Operation gradient(IntToDoubleFunction n) {
        return Trusted.of("sigmoidCrossEntropyGradient", m -> gradient(m[0], m[1], m[2], m[3], n),
                ofFour("dy ⊙ g ⊙ (a + b) ⊙ σ(z) ⊙ σ(−z)/n", (z, a, b, g, dy) -> dy.timesOrZero(share(g, z, n).timesOrZero(
                        a.plus(b).timesOrZero(z.sigmoid().elementMult(z.negative().sigmoid()))))),
                ofFour("−dy ⊙ g ⊙ σ(−z)/n", (z, a, b, g, dy) ->
                        dy.timesOrZero(share(g, z, n).timesOrZero(z.negative().sigmoid().negative()))),
                ofFour("dy ⊙ g ⊙ σ(z)/n", (z, a, b, g, dy) -> dy.timesOrZero(share(g, z, n).timesOrZero(z.sigmoid()))),
                ofFour("Σ dy ⊙ (b ⊙ σ(z) − a ⊙ σ(−z))/n", (z, a, b, g, dy) -> {
                    Value slope = gradient(n).apply(z, a, b, Value.ones(g.shape()));
                    return dy.timesOrZero(slope).sumTo(g.shape());
                }));
    }

    /** The part of an upstream gradient that each element of the logits receives. */
    private static Value share(Value dy, Value z, IntToDoubleFunction n) {
        return dy.divide(n.applyAsDouble(z.shape().elements()));
    }

    // spotless:on

    private static DMatrixRMaj loss(
            DMatrixRMaj z, DMatrixRMaj a, DMatrixRMaj b, boolean total, IntToDoubleFunction divisor) {
        SoftmaxCrossEntropy.requireMasses(z, a);
        SoftmaxCrossEntropy.requireMasses(z, b);
        DMatrixRMaj losses = new DMatrixRMaj(z.numRows, z.numCols);
        double sum = 0;
        for (int i = 0; i < z.numRows * z.numCols; i++) {
            losses.data[i] = loss(z.data[i], a.data[i], b.data[i]);
            sum += losses.data[i];
        }
        return total ? SoftmaxCrossEntropy.mean(sum, losses, divisor.applyAsDouble(z.getNumElements())) : losses;
    }

    private static double loss(double z, double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double tail = Elementary.log1p(Elementary.exp(-Math.abs(z)));
        double positive = a == 0 ? 0 : a * (Math.max(-z, 0) + tail);
        double negative = b == 0 ? 0 : b * (Math.max(z, 0) + tail);
        return positive + negative;
    }

    /** The rule for one of four inputs, which does not ask for the output. */
    private interface OfFour {
        Value gradient(Value z, Value a, Value b, Value g, Value dy);
    }

    private static Rule ofFour(String formula, OfFour rule) {
        return new Rule(formula, (in, y, dy) -> rule.gradient(in.get(0), in.get(1), in.get(2), in.get(3), dy));
    }

    private static DMatrixRMaj gradient(
            DMatrixRMaj z, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj g, IntToDoubleFunction n) {
        double parts = n.applyAsDouble(z.getNumElements());
        DMatrixRMaj gradient = new DMatrixRMaj(z.numRows, z.numCols);
        boolean total = g.getNumElements() == 1;
        for (int i = 0; i < gradient.data.length; i++) {
            double share = g.data[total ? 0 : i] / parts;
            gradient.data[i] = share == 0 ? 0 : share * slope(z.data[i], a.data[i], b.data[i]);
        }
        return gradient;
    }

    private static double slope(double z, double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double e = Elementary.exp(-Math.abs(z));
        double large = 1 / (1 + e);
        double small = e / (1 + e);
        return z > 0 ? b * large - a * small : b * small - a * large;
    }
}
