package org.ejgrad.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/** Recognises a gradient that is multiplied or divided, element by element, by a slope at the parameter itself. */
final class ParameterFactors {
    private static final Map<String, DoubleUnaryOperator> FACTORS = new LinkedHashMap<>();

    static {
        FACTORS.put("e^", Math::exp);
        FACTORS.put("the square of ", v -> v * v);
        FACTORS.put("", v -> v);
        FACTORS.put("2·", v -> 2 * v);
        FACTORS.put("1 + the square of ", v -> 1 + v * v);
        FACTORS.put("1 − the square of ", v -> 1 - v * v);
        FACTORS.put("1 − tanh² of ", v -> 1 - Math.tanh(v) * Math.tanh(v));
        FACTORS.put("tanh of ", Math::tanh);
        FACTORS.put("σ of ", v -> 1 / (1 + Math.exp(-v)));
        FACTORS.put("the slope of σ at ", v -> 1 / (1 + Math.exp(-v)) / (1 + Math.exp(v)));
        FACTORS.put("cos of ", Math::cos);
        FACTORS.put("sin of ", Math::sin);
        FACTORS.put("the root of ", Math::sqrt);
        FACTORS.put("the logarithm of ", Math::log);
    }

    private ParameterFactors() {}

    static Optional<Diagnosis> explain(Comparison c) {
        for (Map.Entry<String, DoubleUnaryOperator> factor : FACTORS.entrySet()) {
            DoubleUnaryOperator f = factor.getValue();
            String what = factor.getKey() + c.label();
            Mistake times = factor.getKey().isEmpty() ? Mistake.TIMES_PARAMETER : Mistake.WRONG_SLOPE;
            Optional<Diagnosis> found = test(c, f, times, "is multiplied by " + what)
                    .or(() -> test(
                            c,
                            v -> 1 / f.applyAsDouble(v),
                            Mistake.MISSING_FACTOR,
                            "is divided by " + what + ": that factor is missing, or a division too many"));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Diagnosis> test(Comparison c, DoubleUnaryOperator factor, Mistake mistake, String looks) {
        var predicted = c.predict(i -> c.numeric(i) * factor.applyAsDouble(c.point().data[i]));
        return c.telling(predicted) < 3 ? Optional.empty() : Hypotheses.when(c, mistake, looks, predicted);
    }
}
