package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Mistakes beside a penalty on the parameters, and a limit on all elements: what several matrices show together. */
final class Penalties {
    private static final int FEWEST = 4;

    /** A function of a parameter that its penalty's slope may be, and what it is called. */
    private record Term(String text, DoubleUnaryOperator of) {}

    private final List<Comparison> all;
    private final List<Comparison> wrong;

    Penalties(List<Comparison> all, List<Comparison> wrong) {
        this.all = all;
        this.wrong = wrong;
    }

    Optional<Diagnosis> explain() {
        return clipped().or(this::onlyPenalty).or(this::besidePenalty).or(this::otherPenalty);
    }

    /** C = N cut off at one limit, which at least two elements have. */
    private Optional<Diagnosis> clipped() {
        double limit = wrong.stream()
                .mapToDouble(c -> Comparison.largest(c.claimed()))
                .max()
                .orElse(0);
        long at = wrong.stream()
                .flatMapToDouble(c -> Arrays.stream(c.claimed().data))
                .filter(v -> Math.abs(Math.abs(v) - limit) <= 1e-12 * limit)
                .count();
        long below = all.stream().mapToLong(Comparison::size).sum() - at;
        boolean met = wrong.stream()
                .allMatch(c -> c.isExplainedBy(c.predict(i -> Math.max(-limit, Math.min(limit, c.numeric(i))))));
        return at >= 2 && below >= 1 && met
                ? Optional.of(new Diagnosis(
                        Mistake.CLIPPED, Hypotheses.text("The gradient of %s is cut off at ±%.6g.", labels(), limit)))
                : Optional.empty();
    }

    private String labels() {
        return String.join(", ", wrong.stream().map(Comparison::label).toList());
    }

    /** C = a·N + b·w where the function has a penalty, C = a·N where not. */
    private Optional<Diagnosis> besidePenalty() {
        for (Comparison c : wrong) {
            if (c.size() < FEWEST) {
                continue;
            }
            List<Term> terms = List.of(new Term(c.label(), v -> v), new Term("the sign of " + c.label(), Math::signum));
            for (Term term : terms) {
                DMatrixRMaj second = c.predict(i -> term.of.applyAsDouble(c.point().data[i]));
                double[] k = fit(c, c.claimed(), c.numeric(), second);
                DMatrixRMaj predicted = c.predict(i -> k[0] * c.numeric(i) + k[1] * second.data[i]);
                boolean others = wrong.stream()
                        .allMatch(o -> o == c
                                || o.isExplainedBy(o.predict(i -> k[0] * o.numeric(i)))
                                || o.isExplainedBy(o.predict(
                                        i -> k[0] * o.numeric(i) + k[1] * term.of.applyAsDouble(o.point().data[i]))));
                boolean apart = c.telling(c.predict(i -> c.numeric(i) + k[1] * second.data[i])) >= FEWEST;
                if (others && apart && c.telling(predicted) >= FEWEST && c.isMetBy(predicted)) {
                    Mistake mistake = Math.abs(k[0] + 1) < 1e-6
                            ? Mistake.SIGN_FLIPPED
                            : isWhole(k[0])
                                    ? Mistake.MISSING_DIVISION
                                    : isWhole(1 / k[0]) ? Mistake.EXTRA_DIVISION : Mistake.CONSTANT_FACTOR;
                    return Optional.of(new Diagnosis(
                            mistake,
                            Hypotheses.text(
                                    "The gradient of %s is %.7g times what it should be, plus %.6g times %s: beside a"
                                            + " penalty on the parameters, the rest has %s.",
                                    labels(),
                                    k[0],
                                    k[1],
                                    term.text,
                                    mistake == Mistake.SIGN_FLIPPED ? "the wrong sign" : "that factor too many")));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(double factor) {
        return factor > 1.5 && Math.abs(factor - Math.rint(factor)) < 1e-6;
    }

    /** C = k·w wherever it is wrong, with one k, or none for parameters without a penalty: nothing else is left. */
    private Optional<Diagnosis> onlyPenalty() {
        double product = 0;
        double square = 0;
        long off = 0;
        for (Comparison c : wrong) {
            boolean isZero = IntStream.range(0, c.size()).allMatch(i -> c.agrees(i) || c.claimed(i) == 0);
            for (int i = 0; i < c.size(); i++) {
                double w = c.agrees(i) || isZero ? 0 : c.point().data[i];
                product += w == 0 ? 0 : c.claimed(i) * w;
                square += w * w;
                off += w == 0 ? 0 : 1;
            }
        }
        double k = product / square;
        boolean isMet = wrong.stream()
                .allMatch(c -> Stream.of(0.0, k)
                        .map(rate -> c.predict(i -> c.agrees(i) ? c.claimed(i) : rate * c.point().data[i]))
                        .anyMatch(c::isExplainedBy));
        return off >= 2 && k != 0 && isMet && wrong.size() < all.size()
                ? Optional.of(new Diagnosis(
                        Mistake.MISSING_TERM,
                        Hypotheses.text(
                                "Where the gradient of %s is wrong it is %.6g times the parameter, as the slope of a penalty"
                                        + " is, or of a square: what goes back to it otherwise is left out.",
                                labels(), k)))
                : Optional.empty();
    }

    /** C − N = a·w + b·(sign or square of w): one penalty stands for another. */
    private Optional<Diagnosis> otherPenalty() {
        Comparison c = wrong.get(0);
        List<Term> others = List.of(
                new Term("sign", Math::signum), new Term("square", v -> v * v), new Term("cube", v -> v * v * v));
        for (Term other : others) {
            DMatrixRMaj second = c.predict(i -> other.of.applyAsDouble(c.point().data[i]));
            double[] k = fit(c, c.predict(i -> c.claimed(i) - c.numeric(i)), c.point(), second);
            DMatrixRMaj predicted = c.predict(i -> c.numeric(i) + k[0] * c.point().data[i] + k[1] * second.data[i]);
            if (wrong.size() == 1 && c.telling(predicted) >= FEWEST && c.isMetBy(predicted)) {
                return Optional.of(new Diagnosis(
                        other.text.equals("sign") ? Mistake.LASSO_TERM : Mistake.WRONG_SLOPE,
                        Hypotheses.text(
                                "The gradient of %s has %.6g times the %s of the parameter where %.6g times the parameter"
                                        + " belongs: one penalty's slope stands for another's.",
                                c.label(), k[1], other.text, -k[0])));
            }
        }
        return Optional.empty();
    }

    /** The numbers a, b for which a·first + b·second is nearest to the target, at the known elements. */
    private static double[] fit(Comparison c, DMatrixRMaj target, DMatrixRMaj first, DMatrixRMaj second) {
        DMatrixRMaj normal = new DMatrixRMaj(2, 2);
        DMatrixRMaj right = new DMatrixRMaj(2, 1);
        for (int i = 0; i < c.size(); i++) {
            if (c.known(i)) {
                double[] row = {first.data[i], second.data[i]};
                for (int a = 0; a < 2; a++) {
                    right.data[a] += row[a] * target.data[i];
                    for (int b = 0; b < 2; b++) {
                        normal.data[2 * a + b] += row[a] * row[b];
                    }
                }
            }
        }
        DMatrixRMaj solution = new DMatrixRMaj(2, 1);
        return CommonOps_DDRM.solve(normal, right, solution) ? solution.data : new double[] {Double.NaN, Double.NaN};
    }
}
