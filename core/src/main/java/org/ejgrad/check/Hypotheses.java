package org.ejgrad.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * What a wrong matrix looks like beside the right one, when nothing is known but the two.
 *
 * <p>Each hypothesis predicts the claimed matrix from the measured one; the first whose prediction is met in every
 * element, to within the error bars, is the diagnosis. Simple ones stand first.
 */
final class Hypotheses {
    /** What sums in single precision are off by. */
    private static final double SINGLE = 0x1p-21;

    /** Larger whole numbers are taken for a count, as of samples, only if the shape knows them. */
    private static final int LARGEST_COUNT = 1024;

    /** So large, every number looks round. */
    private static final double LARGEST_NORM = 0x1p20;

    private Hypotheses() {}

    /** A guess at what happened: a diagnosis if the claim is explained. */
    @FunctionalInterface
    interface Hypothesis {
        Optional<Diagnosis> test(Comparison c);
    }

    /** What a wrong element is, given the measured matrix. */
    @FunctionalInterface
    private interface Element {
        double at(Comparison c, int i);
    }

    /** What is tried before anything is looked at more closely. */
    static final List<Hypothesis> SIMPLE = List.of(
            each(Mistake.ZERO, "is zero", (c, i) -> 0),
            each(Mistake.SIGN_FLIPPED, "has the wrong sign", (c, i) -> -c.numeric(i)),
            each(
                    Mistake.TWICE,
                    "is twice what it should be: a factor ½ is missing, or it was accumulated twice",
                    (c, i) -> 2 * c.numeric(i)),
            each(
                    Mistake.HALF,
                    "is half of what it should be: a factor 2 is missing, as of a square",
                    (c, i) -> c.numeric(i) / 2),
            Rearranged::transposed);

    /** What is tried when there is no simple explanation. */
    static final List<Hypothesis> FURTHER = List.of(
            Rearranged::layout,
            Hypotheses::integerFactor,
            several(Mistake.ABSOLUTE, "has lost its signs", (c, i) -> Math.abs(c.numeric(i))),
            several(Mistake.SQUARED, "is squared", (c, i) -> c.numeric(i) * c.numeric(i)),
            several(
                    Mistake.TIMES_PARAMETER,
                    "is multiplied by the parameter itself",
                    (c, i) -> c.numeric(i) * c.point().data[i]),
            Hypotheses::rescaled,
            ParameterFactors::explain,
            added(Mistake.OFFSET, "is off by the same %.6g everywhere", (c, i) -> 1),
            Hypotheses::decay,
            added(
                    Mistake.LASSO_TERM,
                    "differs by %.6g times the parameter's sign: an L1 term is missing on one side, or of another strength there",
                    (c, i) -> Math.signum(c.point().data[i])),
            Hypotheses::singlePrecision,
            Rearranged::summed,
            OptimizerSteps::explain,
            Rearranged::triangle,
            Rearranged::symmetrised,
            Hypotheses::partlyZero,
            Rearranged::shifted,
            Rearranged::reordered);

    /** What is said when nothing that is known of the program explains more. */
    static final List<Hypothesis> LAST = List.of(Hypotheses::oneEntry, Hypotheses::otherFactor);

    private static Hypothesis each(Mistake mistake, String looks, Element wrong) {
        return c -> when(c, mistake, looks, i -> wrong.at(c, i));
    }

    /** The same, if it shows in at least two elements. */
    private static Hypothesis several(Mistake mistake, String looks, Element wrong) {
        return c -> c.telling(c.predict(i -> wrong.at(c, i))) < 2
                ? Optional.empty()
                : when(c, mistake, looks, i -> wrong.at(c, i));
    }

    static Optional<Diagnosis> when(Comparison c, Mistake mistake, String looks, DMatrixRMaj predicted) {
        return c.isExplainedBy(predicted) ? Optional.of(of(c, mistake, looks)) : Optional.empty();
    }

    static Optional<Diagnosis> when(Comparison c, Mistake mistake, String looks, IntToDoubleFunction predicted) {
        return c.isFarOff(predicted) ? Optional.empty() : when(c, mistake, looks, c.predict(predicted));
    }

    static Diagnosis of(Comparison c, Mistake mistake, String looks) {
        return new Diagnosis(
                mistake,
                "The gradient of " + c.label() + (c.isJudged() ? " " : ", as far as it was judged, ") + looks + ".");
    }

    static String text(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }

    /** C = n·N or N/n for a whole number n, a small one or one that the shapes know. */
    static Optional<Diagnosis> integerFactor(Comparison c) {
        int strongest = c.strongest();
        double factor = c.claimed(strongest) / c.numeric(strongest);
        double whole = Math.rint(factor);
        if (c.isSharp(strongest) && whole >= 3 && isCount(c, whole)) {
            return when(
                    c,
                    Mistake.MISSING_DIVISION,
                    text("is %.0f times too large: a division by %.0f is missing%s", whole, whole, meaning(c, whole)),
                    i -> whole * c.numeric(i));
        }
        double divisor = Math.rint(1 / factor);
        if (c.isSharp(strongest) && divisor >= 3 && isCount(c, divisor)) {
            return when(
                    c,
                    Mistake.EXTRA_DIVISION,
                    text(
                            "is %.0f times too small: it is divided by %.0f once too often%s",
                            divisor, divisor, meaning(c, divisor)),
                    i -> c.numeric(i) / divisor);
        }
        return Optional.empty();
    }

    private static boolean isCount(Comparison c, double whole) {
        return whole <= LARGEST_COUNT || !meaning(c, whole).isEmpty();
    }

    private static String meaning(Comparison c, double number) {
        return number == c.size()
                ? ", its number of elements"
                : number == c.rows() ? ", its number of rows" : number == c.columns() ? ", its number of columns" : "";
    }

    static Optional<Diagnosis> otherFactor(Comparison c) {
        int strongest = c.strongest();
        double factor = c.claimed(strongest) / c.numeric(strongest);
        double excess = (c.claimed(strongest) - c.numeric(strongest)) / c.numeric(strongest);
        String looks = Math.abs(excess) < 1e-4
                ? text("is off by the same %.2g of its size in every element", excess)
                : text("is %.9g times what it should be, in every element%s", factor, Factors.meaning(factor));
        return c.size() < 2 || !Double.isFinite(factor) || !c.isSharp(strongest)
                ? Optional.empty()
                : when(c, Mistake.CONSTANT_FACTOR, looks, i -> factor * c.numeric(i));
    }

    private static Optional<Diagnosis> rescaled(Comparison c) {
        double claimed = norm(DoubleStream.of(c.claimed().data));
        double measured = norm(DoubleStream.of(c.numeric().data));
        return c.size() > 1 && isRoundNorm(claimed)
                ? when(
                        c,
                        Mistake.RESCALED,
                        text("points the right way, but is rescaled to the norm %.6g, as by clipping", claimed),
                        i -> c.numeric(i) * (claimed / measured))
                : Optional.empty();
    }

    static double norm(DoubleStream elements) {
        return Math.sqrt(elements.map(v -> v * v).sum());
    }

    /** Whether a norm is one that people choose. */
    static boolean isRoundNorm(double norm) {
        double twentieths = Math.rint(norm * 20);
        return twentieths >= 1 && norm < LARGEST_NORM && Math.abs(norm - twentieths / 20) < 0x1p-30;
    }

    /** C = N + k·B for a known pattern B. */
    private static Hypothesis added(Mistake mistake, String looks, Element pattern) {
        return c -> {
            double numerator = 0;
            double denominator = 0;
            for (int i = 0; i < c.size(); i++) {
                if (c.known(i)) {
                    double p = pattern.at(c, i);
                    numerator += (c.claimed(i) - c.numeric(i)) * p;
                    denominator += p * p;
                }
            }
            double amount = numerator / denominator;
            DMatrixRMaj predicted = c.predict(i -> c.numeric(i) + amount * pattern.at(c, i));
            return Double.isFinite(amount) && c.telling(predicted) >= 3
                    ? when(c, mistake, text(looks, amount), predicted)
                    : Optional.empty();
        };
    }

    /**
     * C = N + k·w. Where N is at a right angle to w, as before a normalisation, that is as well what goes back through
     * the norm; and k is then no number that people choose.
     */
    private static Optional<Diagnosis> decay(Comparison c) {
        return added(Mistake.WEIGHT_DECAY, "%.9g", (k, i) -> k.point().data[i])
                .test(c)
                .map(found -> {
                    double along = 0;
                    double amount = 0;
                    double square = 0;
                    double right = 0;
                    for (int i = 0; i < c.size(); i++) {
                        double w = c.known(i) ? c.point().data[i] : 0;
                        double n = c.known(i) ? c.numeric(i) : 0;
                        along += w * n;
                        amount += w * (c.known(i) ? c.claimed(i) - n : 0);
                        square += w * w;
                        right += n * n;
                    }
                    double k = amount / square;
                    boolean isRight = Math.abs(along) <= 1e-6 * Math.sqrt(square * right);
                    boolean isChosen = Math.abs(k / Double.parseDouble(text("%.2e", k)) - 1) < 1e-7;
                    String term = "a weight-decay term is missing on one side, or of another strength there";
                    String norm = "what goes back through a norm that the parameter is divided by is left out, has the"
                            + " wrong sign or another factor";
                    String looks = text("differs by %.6g times the parameter: ", k);
                    return isRight && !(isChosen && k > 0)
                            ? of(
                                    c,
                                    Mistake.MISSING_TERM,
                                    looks + norm + ", as the gradient has no part along the parameter")
                            : of(c, Mistake.WEIGHT_DECAY, looks + term + (isRight || !isChosen ? "; or " + norm : ""));
                });
    }

    /** All claims are floats, as near to the measured figures as floats come. */
    private static Optional<Diagnosis> singlePrecision(Comparison c) {
        double worst = 0;
        boolean near = true;
        double scale = Comparison.largest(c.numeric());
        for (int i = 0; i < c.size(); i++) {
            double apart = Math.abs(c.claimed(i) - c.numeric(i));
            boolean isLost = c.claimed(i) == 0 && !c.agrees(i);
            near &= !c.known(i) || (c.claimed(i) == (float) c.claimed(i) && apart <= SINGLE * scale && !isLost);
            worst = c.known(i) ? Math.max(worst, apart / Math.abs(c.numeric(i))) : worst;
        }
        return near
                ? Optional.of(of(
                        c,
                        Mistake.SINGLE_PRECISION,
                        text("has single precision only: it is off by up to %.1e of its elements", worst)))
                : Optional.empty();
    }

    private static Optional<Diagnosis> oneEntry(Comparison c) {
        int[] wrong = IntStream.range(0, c.size()).filter(i -> !c.agrees(i)).toArray();
        if (wrong.length != 1 || c.size() < 3) {
            return Optional.empty();
        }
        int at = wrong[0];
        return Optional.of(of(
                c,
                Mistake.ONE_ENTRY,
                text(
                        "is wrong in one element only, [%d,%d]: %.9g instead of %.9g",
                        at / c.columns(), at % c.columns(), c.claimed(at), c.numeric(at))));
    }

    private static Optional<Diagnosis> partlyZero(Comparison c) {
        int[] zero = IntStream.range(0, c.size())
                .filter(i -> c.claimed(i) == 0 && !c.agrees(i))
                .toArray();
        if (zero.length == 0) {
            return Optional.empty();
        }
        boolean rows = wholeLines(c, zero, true);
        boolean columns = wholeLines(c, zero, false);
        String where = rows ? "whole rows" : columns ? "whole columns" : zero.length + " of " + c.size() + " elements";
        return when(
                c,
                Mistake.PARTLY_ZERO,
                "is right except for " + where
                        + " that are zero, first [" + zero[0] / c.columns() + ","
                        + zero[0] % c.columns() + "]",
                i -> c.claimed(i) == 0 ? 0 : c.numeric(i));
    }

    private static boolean wholeLines(Comparison c, int[] zero, boolean rows) {
        int length = rows ? c.columns() : c.rows();
        return length > 1
                && IntStream.of(zero)
                        .boxed()
                        .collect(groupingBy(i -> rows ? i / c.columns() : i % c.columns(), counting()))
                        .values()
                        .stream()
                        .allMatch(count -> count == length);
    }
}
