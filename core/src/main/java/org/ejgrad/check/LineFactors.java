package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Elementary;
import org.ejml.data.DMatrixRMaj;

/** Recognises a matrix whose columns are multiplied or divided by the elements of another parameter, a row. */
final class LineFactors {
    /** What a factor may be of the element of a row, and how it is written. */
    private record Factor(String text, DoubleUnaryOperator of) {}

    private static final List<Factor> FACTORS = List.of(
            new Factor("", v -> v),
            new Factor("e^", Elementary::exp),
            new Factor("e^½", v -> Elementary.exp(v / 2)),
            new Factor("e^−", v -> Elementary.exp(-v)),
            new Factor("the square of ", v -> v * v),
            new Factor("the root of ", Math::sqrt),
            new Factor("σ of ", v -> 1 / (1 + Elementary.exp(-v))));

    private LineFactors() {}

    static Optional<Diagnosis> explain(List<Comparison> all, List<Comparison> wrong) {
        for (Comparison row : all) {
            for (Factor factor : FACTORS) {
                for (boolean missing : new boolean[] {true, false}) {
                    boolean met = wrong.stream()
                            .allMatch(c -> c != row
                                    && isMet(
                                            c,
                                            row,
                                            v -> missing
                                                    ? 1 / factor.of.applyAsDouble(v)
                                                    : factor.of.applyAsDouble(v)));
                    if (row.rows() == 1 && met) {
                        String labels = String.join(
                                ", ", wrong.stream().map(Comparison::label).toList());
                        String which = ", in each column " + factor.text + "the element of " + row.label() + " there.";
                        return Optional.of(new Diagnosis(
                                missing ? Mistake.MISSING_FACTOR : Mistake.MISSING_DIVISION,
                                "In the gradient of " + labels
                                        + (missing
                                                ? " a factor is missing, or a division too many"
                                                : " a division is missing, or a factor too many")
                                        + which));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isMet(Comparison c, Comparison row, DoubleUnaryOperator factor) {
        int columns = c.columns();
        if (c.rows() < 2 || columns < 2 || row.columns() != columns) {
            return false;
        }
        DMatrixRMaj predicted = c.predict(i -> c.numeric(i) * factor.applyAsDouble(row.point().data[i % columns]));
        return c.telling(predicted) >= 3 && c.isMetBy(predicted);
    }
}
