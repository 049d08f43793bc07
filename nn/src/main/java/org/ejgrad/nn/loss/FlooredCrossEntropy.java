package org.ejgrad.nn.loss;

import static org.ejgrad.Rule.rule;

import org.ejgrad.Elementary;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Binary cross-entropy of probabilities p with masses a of the positive and b of the negative outcome, with PyTorch's
 * guards: −a·max(ln p, −100) − b·max(ln(1 − p), −100), and the gradient (b·p − a·(1 − p)) / max(p·(1 − p), 10⁻¹²).
 *
 * <p>Value and gradient agree wherever no guard acts. At p = 0 against a target of 1 the value is 100 and the gradient
 * −10¹², finite but large.
 */
final class FlooredCrossEntropy {
    private FlooredCrossEntropy() {}

    private static final double LOWEST_LOG = -100;
    private static final double LEAST_VARIANCE = 1e-12;

    // spotless:off

    static final Operation ELEMENTS = Trusted.of("flooredCrossEntropy", m -> loss(m[0], m[1], m[2]),
            rule("dy ⊙ (b ⊙ p − a ⊙ (1 − p)) ⊘ max(p ⊙ (1 − p), 10⁻¹²)", (p, a, b, y, dy) -> {
                Value other = p.negative().plus(1);
                Value slope = b.elementMult(p).minus(a.elementMult(other));
                return dy.timesOrZero(slope.elementDiv(p.elementMult(other).clamp(LEAST_VARIANCE, 1)));
            }),
            rule("−dy ⊙ max(ln p, −100)", (p, a, b, y, dy) ->
                    dy.timesOrZero(p.elementLog().clamp(LOWEST_LOG, 0).negative())),
            rule("−dy ⊙ max(ln(1 − p), −100)", (p, a, b, y, dy) ->
                    dy.timesOrZero(p.negative().log1p().clamp(LOWEST_LOG, 0).negative())));

    // spotless:on

    private static DMatrixRMaj loss(DMatrixRMaj p, DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj y = new DMatrixRMaj(p.numRows, p.numCols);
        for (int i = 0; i < p.numRows * p.numCols; i++) {
            double positive = -a.data[i] * Math.max(Elementary.log(p.data[i]), LOWEST_LOG);
            double negative = -b.data[i] * Math.max(Elementary.log1p(-p.data[i]), LOWEST_LOG);
            y.data[i] = positive + negative;
        }
        return y;
    }
}
