package org.ejgrad.nn.loss;

import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
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

    private static Operation loss(boolean total, double divisor) {
        return Operation.of("sigmoidCrossEntropy", m -> loss(m[0], m[1], m[2], total, divisor),
                new Rule("dy ⊙ (b ⊙ σ(z) − a ⊙ σ(−z))", (in, y, dy) ->
                        gradient(divisor).apply(in.get(0), in.get(1), in.get(2), dy)),
                new Rule("dy ⊙ softplus(−z)", (in, y, dy) ->
                        in.get(0).negative().softplus().elementMult(dy.divide(divisor))),
                new Rule("dy ⊙ softplus(z)", (in, y, dy) ->
                        in.get(0).softplus().elementMult(dy.divide(divisor))));
    }

    /** dy ⊙ (b ⊙ σ(z) − a ⊙ σ(−z)), itself an operation with derivatives. */
    private static Operation gradient(double divisor) {
        return Operation.of("sigmoidCrossEntropyGradient", m -> gradient(m[0], m[1], m[2], m[3], divisor),
                new Rule("dy ⊙ dx ⊙ (a + b) ⊙ σ(z) ⊙ σ(−z)", (in, y, dy) -> {
                    Value slope = in.get(0).sigmoid().elementMult(in.get(0).negative().sigmoid());
                    return dy.elementMult(slope.elementMult(in.get(1).plus(in.get(2))))
                            .elementMult(in.get(3).divide(divisor));
                }),
                new Rule("−dy ⊙ dx ⊙ σ(−z)", (in, y, dy) ->
                        dy.elementMult(in.get(0).negative().sigmoid())
                                .elementMult(in.get(3).divide(divisor).negative())),
                new Rule("dy ⊙ dx ⊙ σ(z)", (in, y, dy) ->
                        dy.elementMult(in.get(0).sigmoid()).elementMult(in.get(3).divide(divisor))),
                new Rule("Σ dy ⊙ (b ⊙ σ(z) − a ⊙ σ(−z))", (in, y, dy) -> {
                    Value ones = Value.ones(in.get(3).shape());
                    Value unit = gradient(divisor).apply(in.get(0), in.get(1), in.get(2), ones);
                    return dy.elementMult(unit).sumTo(in.get(3).shape());
                }));
    }

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

    private static DMatrixRMaj gradient(DMatrixRMaj z, DMatrixRMaj a, DMatrixRMaj b, DMatrixRMaj dy, double divisor) {
        DMatrixRMaj dz = new DMatrixRMaj(z.numRows, z.numCols);
        boolean total = dy.numRows * dy.numCols == 1;
        for (int i = 0; i < dz.data.length; i++) {
            dz.data[i] = dy.data[total ? 0 : i] / divisor * slope(z.data[i], a.data[i], b.data[i]);
        }
        return dz;
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
