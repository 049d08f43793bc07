package org.ejgrad.examples.articles;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.Regression;

/** Cross-entropy against squared error where a sigmoid is saturated on the wrong side. */
final class Saturation {
    private Saturation() {}

    static Chapter chapter() {
        return new Chapter(
                "Squared error against cross-entropy at saturation",
                "y = 1, but the logit z is far on the wrong side. \"Rapid convergence\" (A2) is a matter of slopes:\n"
                        + "the slope of the cross-entropy is σ(z) − y, that of (σ(z) − y)²/2 has a factor σ(z)·σ(−z) more.",
                List.of(
                        Figure.of("saturation/cross-entropy", "z = −10: slope of the cross-entropy", logistic(-10)),
                        Figure.of("saturation/squared", "z = −10: slope of the squared error", squared(-10)),
                        Figure.of("saturation/ratio", "z = −10: how many times steeper", ratio(-10))
                                .note(
                                        "a wrong answer of which the network is sure is hardly corrected by squared error"),
                        Figure.of("saturation/ratio-5", "z = −5: how many times steeper", ratio(-5)),
                        Figure.of("saturation/ratio-1", "z = −1: how many times steeper", ratio(-1)),
                        Figure.of("saturation/ratio-0", "z = 0: how many times steeper", ratio(0))
                                .note("speed of the gradient, not a guarantee of convergence")));
    }

    private static Value logistic(double logit) {
        Value z = Value.variable("z", logit);
        return BinaryCrossEntropy.fromLogits(z, Value.constant(1)).gradients().of(z);
    }

    private static Value squared(double logit) {
        Value z = Value.variable("z", logit);
        return Regression.squaredError(z.sigmoid(), Value.constant(1))
                .scale(0.5)
                .gradients()
                .of(z);
    }

    private static Value ratio(double logit) {
        return logistic(logit).elementDiv(squared(logit));
    }
}
