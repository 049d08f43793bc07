package org.ejgrad.nn.loss;

import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.OperationNames;

/**
 * Sigmoid and binary cross-entropy in one operation: −a·ln σ(z) − b·ln σ(−z) for each element, with logits z, masses a
 * of the positive and b of the negative outcome.
 *
 * <p>A mass of zero is structural: it contributes nothing, even against an infinite logarithm. Value and slope b·σ(z) −
 * a·σ(−z) are finite for finite logits.
 */
final class SigmoidCrossEntropy extends BinaryLoss {
    static final SigmoidCrossEntropy LOSS = new SigmoidCrossEntropy();

    private SigmoidCrossEntropy() {
        super(OperationNames.SIGMOID_CROSS_ENTROPY, "(b ⊙ σ(x) − a ⊙ σ(−x))", "softplus(−x)", "softplus(x)");
    }

    @Override
    double loss(double z, double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double tail = Elementary.log1p(Elementary.exp(-Math.abs(z)));
        double positive = a == 0 ? 0 : a * (Math.max(-z, 0) + tail);
        double negative = b == 0 ? 0 : b * (Math.max(z, 0) + tail);
        return positive + negative;
    }

    @Override
    double slope(double z, double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double e = Elementary.exp(-Math.abs(z));
        double large = 1 / (1 + e);
        double small = e / (1 + e);
        return z > 0 ? b * large - a * small : b * small - a * large;
    }

    @Override
    Value slope(Value z, Value a, Value b) {
        return b.timesOrZero(z.sigmoid()).minus(a.timesOrZero(z.negative().sigmoid()));
    }

    @Override
    Value slopeInShort(Value z, Value a, Value b) {
        return a.plus(b).elementMult(z.sigmoid()).minus(a);
    }

    @Override
    Value slopeByPositive(Value z, Value a) {
        return StructuralZeros.beside(a, z.negative().softplus());
    }

    @Override
    Value slopeByNegative(Value z, Value b) {
        return StructuralZeros.beside(b, z.softplus());
    }
}
