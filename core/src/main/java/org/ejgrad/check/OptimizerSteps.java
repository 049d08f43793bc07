package org.ejgrad.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Recognises what an optimizer makes of a gradient in its first step, up to the learning rate. */
final class OptimizerSteps {
    private static final Map<String, DoubleUnaryOperator> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("its sign, as a step by signs alone is", Math::signum);
        for (double epsilon : new double[] {1e-8, 1e-7, 1e-6, 1e-5, 1e-3, 1e-10, 1e-15}) {
            String small = epsilon + "";
            STEPS.put("g/(|g| + " + small + "), as Adam's first step is", g -> g / (Math.abs(g) + epsilon));
            for (double rest : new double[] {0.1, 0.01, 0.001, 1}) {
                String square = rest == 1 ? "g²" : rest + "·g²";
                STEPS.put(
                        "g/√(" + square + " + " + small + "), as RMSprop's or Adagrad's first step is",
                        g -> g / Math.sqrt(rest * g * g + epsilon));
                STEPS.put(
                        "g/(√(" + square + ") + " + small + "), as RMSprop's or Adagrad's first step is",
                        g -> g / (Math.sqrt(rest * g * g) + epsilon));
            }
        }
    }

    private OptimizerSteps() {}

    static Optional<Diagnosis> explain(Comparison c) {
        int strongest = c.strongest();
        for (Map.Entry<String, DoubleUnaryOperator> step : STEPS.entrySet()) {
            DoubleUnaryOperator f = step.getValue();
            double rate = c.claimed(strongest) / f.applyAsDouble(c.numeric(strongest));
            var predicted = c.predict(i -> c.numeric(i) == 0 ? 0 : rate * f.applyAsDouble(c.numeric(i)));
            if (c.isSharp(strongest) && rate != 0 && c.telling(predicted) >= 3 && c.isMetBy(predicted)) {
                return Optional.of(Hypotheses.of(
                        c,
                        Mistake.OPTIMIZER_STEP,
                        Hypotheses.text("is %.6g times %s, with g for what it should be", rate, step.getKey())));
            }
        }
        return Optional.empty();
    }
}
