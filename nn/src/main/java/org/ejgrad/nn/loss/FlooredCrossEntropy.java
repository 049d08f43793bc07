package org.ejgrad.nn.loss;

import org.ejgrad.Elementary;
import org.ejgrad.Value;

/**
 * Binary cross-entropy of probabilities p with masses a of the positive and b of the negative outcome, with PyTorch's
 * guards: −a·max(ln p, −100) − b·max(ln(1 − p), −100), and the slope (b·p − a·(1 − p)) / max(p·(1 − p), 10⁻¹²).
 *
 * <p>Value and slope agree wherever no guard acts. At p = 0 against a target of 1 the value is 100 and the slope −10¹²,
 * finite but large.
 */
final class FlooredCrossEntropy extends BinaryLoss {
    static final FlooredCrossEntropy LOSS = new FlooredCrossEntropy();

    private static final double LOWEST_LOG = -100;
    private static final double LEAST_VARIANCE = 1e-12;

    private FlooredCrossEntropy() {
        super(
                "flooredCrossEntropy",
                "(b ⊙ x − a ⊙ (1 − x)) ⊘ max(x ⊙ (1 − x), 10⁻¹²)",
                "−max(ln x, −100)",
                "−max(ln(1 − x), −100)");
    }

    @Override
    double loss(double p, double a, double b) {
        boolean isSound = p >= 0 && p <= 1;
        double positive = a == 0 && isSound ? 0 : -a * Math.max(Elementary.log(p), LOWEST_LOG);
        double negative = b == 0 && isSound ? 0 : -b * Math.max(Elementary.log1p(-p), LOWEST_LOG);
        return positive + negative;
    }

    @Override
    double slope(double p, double a, double b) {
        return (b * p - a * (1 - p)) / Math.max(p * (1 - p), LEAST_VARIANCE);
    }

    @Override
    Value slope(Value p, Value a, Value b) {
        Value other = p.negative().plus(1);
        Value difference = b.elementMult(p).minus(a.elementMult(other));
        return difference.elementDiv(p.elementMult(other).clamp(LEAST_VARIANCE, 1));
    }

    @Override
    Value slopeByPositive(Value p, Value a) {
        return p.elementLog().clamp(LOWEST_LOG, 0).negative();
    }

    @Override
    Value slopeByNegative(Value p, Value b) {
        return p.negative().log1p().clamp(LOWEST_LOG, 0).negative();
    }
}
