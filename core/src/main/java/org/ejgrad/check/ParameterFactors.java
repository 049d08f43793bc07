package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Elementary;

/** Recognises a gradient that is multiplied or divided, element by element, by a slope at the parameter itself. */
final class ParameterFactors {
    private record Factor(String text, DoubleUnaryOperator of) {}

    private static final List<Factor> FACTORS = List.of(
            new Factor("e^", Elementary::exp),
            new Factor("the square of ", v -> v * v),
            new Factor("", v -> v),
            new Factor("2·", v -> 2 * v),
            new Factor("1 + the square of ", v -> 1 + v * v),
            new Factor("1 − the square of ", v -> 1 - v * v),
            new Factor("1 − tanh² of ", v -> 1 - Elementary.tanh(v) * Elementary.tanh(v)),
            new Factor("tanh of ", Elementary::tanh),
            new Factor("σ of ", v -> 1 / (1 + Elementary.exp(-v))),
            new Factor("the slope of σ at ", v -> 1 / (1 + Elementary.exp(-v)) / (1 + Elementary.exp(v))),
            new Factor("cos of ", Elementary::cos),
            new Factor("sin of ", Elementary::sin),
            new Factor("the root of ", Math::sqrt),
            new Factor("the logarithm of ", Elementary::log));

    private ParameterFactors() {}

    static Optional<Diagnosis> explain(Comparison c) {
        for (Factor factor : FACTORS) {
            DoubleUnaryOperator f = factor.of;
            String what = factor.text + c.label();
            Mistake times = factor.text.isEmpty() ? Mistake.TIMES_PARAMETER : Mistake.WRONG_SLOPE;
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
