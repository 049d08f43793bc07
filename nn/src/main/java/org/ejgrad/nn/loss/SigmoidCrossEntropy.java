package org.ejgrad.nn.loss;

import static org.ejgrad.Rule.rule;

import org.ejgrad.Operation;
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
    static final Operation ELEMENTS = loss(false, 1).with("elements");

    /** The sum of all elements' losses, divided by a number. */
    static Operation total(double divisor) {
        return loss(true, divisor).with("total", divisor);
    }

    private static Operation loss(boolean total, double n) {
        return Operation.of(OperationNames.SIGMOID_CROSS_ENTROPY, m -> loss(m[0], m[1], m[2], total, n),
                rule("dy ⊙ (b ⊙ σ(z) − a ⊙ σ(−z))/n", (z, a, b, y, dy) ->
                        dy.divide(n).timesOrZero(SLOPE.apply(z, a, b))),
                rule("dy ⊙ softplus(−z)/n", (z, a, b, y, dy) -> dy.divide(n).timesOrZero(z.negative().softplus())),
                rule("dy ⊙ softplus(z)/n", (z, a, b, y, dy) -> dy.divide(n).timesOrZero(z.softplus())));
    }

    /** b ⊙ σ(z) − a ⊙ σ(−z), itself an operation with derivatives. */
    private static final Operation SLOPE = Operation.of("sigmoidCrossEntropySlope", m -> slope(m[0], m[1], m[2]),
            rule("dy ⊙ (a + b) ⊙ σ(z) ⊙ σ(−z)", (z, a, b, y, dy) ->
                    dy.timesOrZero(a.plus(b).timesOrZero(z.sigmoid().elementMult(z.negative().sigmoid())))),
            rule("−dy ⊙ σ(−z)", (z, a, b, y, dy) -> dy.timesOrZero(z.negative().sigmoid().negative())),
            rule("dy ⊙ σ(z)", (z, a, b, y, dy) -> dy.timesOrZero(z.sigmoid())));

    // spotless:on

    private static DMatrixRMaj loss(DMatrixRMaj z, DMatrixRMaj a, DMatrixRMaj b, boolean total, double divisor) {
        SoftmaxCrossEntropy.requireMasses(z, a);
        SoftmaxCrossEntropy.requireMasses(z, b);
        DMatrixRMaj losses = new DMatrixRMaj(z.numRows, z.numCols);
        double sum = 0;
        for (int i = 0; i < z.numRows * z.numCols; i++) {
            losses.data[i] = loss(z.data[i], a.data[i], b.data[i]);
            sum += losses.data[i];
        }
        return total ? new DMatrixRMaj(new double[][] {{sum / divisor}}) : losses;
    }

    private static double loss(double z, double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double tail = Math.log1p(Math.exp(-Math.abs(z)));
        double positive = a == 0 ? 0 : a * (Math.max(-z, 0) + tail);
        double negative = b == 0 ? 0 : b * (Math.max(z, 0) + tail);
        return positive + negative;
    }

    private static DMatrixRMaj slope(DMatrixRMaj z, DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj slope = new DMatrixRMaj(z.numRows, z.numCols);
        for (int i = 0; i < slope.data.length; i++) {
            slope.data[i] = slope(z.data[i], a.data[i], b.data[i]);
        }
        return slope;
    }

    private static double slope(double z, double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double e = Math.exp(-Math.abs(z));
        double large = 1 / (1 + e);
        double small = e / (1 + e);
        return z > 0 ? b * large - a * small : b * small - a * large;
    }
}
