package org.ejgrad.check;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * What a wrong matrix looks like beside the right one, when nothing is known but the two.
 *
 * <p>Each hypothesis predicts the claimed matrix from the measured one; the first whose prediction is met in every
 * element, to within the error bars, is the diagnosis. Simple ones stand first.
 */
final class Hypotheses {
    /** The longest shift that is looked for. */
    private static final int FARTHEST = 64;

    /** What sums in single precision are off by. */
    private static final double SINGLE = 0x1p-21;

    /** Larger whole numbers are taken for a count, as of samples, only if the shape knows them. */
    private static final int LARGEST_COUNT = 1024;

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
            c -> when(c.moved(), Mistake.TRANSPOSED, "is transposed", transposed(c.numeric())));

    /** What is tried when there is no simple explanation. */
    static final List<Hypothesis> FURTHER = List.of(
            Hypotheses::layout,
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
            added(
                    Mistake.WEIGHT_DECAY,
                    "differs by %.6g times the parameter: a weight-decay term is missing on one side, or of another strength there",
                    (c, i) -> c.point().data[i]),
            added(
                    Mistake.LASSO_TERM,
                    "differs by %.6g times the parameter's sign: an L1 term is missing on one side, or of another strength there",
                    (c, i) -> Math.signum(c.point().data[i])),
            Hypotheses::singlePrecision,
            OptimizerSteps::explain,
            Hypotheses::triangle,
            Hypotheses::symmetrised,
            Hypotheses::partlyZero,
            Hypotheses::shifted,
            c -> reordered(c, "rows", c.claimed(), c.numeric()),
            c -> reordered(c, "columns", transposed(c.claimed()), transposed(c.numeric())));

    /** What is said when nothing that is known of the program explains more. */
    static final List<Hypothesis> LAST = List.of(Hypotheses::summed, Hypotheses::oneEntry, Hypotheses::otherFactor);

    private static Hypothesis each(Mistake mistake, String looks, Element wrong) {
        return c -> when(c, mistake, looks, i -> wrong.at(c, i));
    }

    /** The same, if it shows in at least two elements. */
    private static Hypothesis several(Mistake mistake, String looks, Element wrong) {
        return c -> c.telling(c.predict(i -> wrong.at(c, i))) < 2
                ? Optional.empty()
                : when(c, mistake, looks, i -> wrong.at(c, i));
    }

    private static DMatrixRMaj transposed(DMatrixRMaj matrix) {
        return CommonOps_DDRM.transpose(matrix, null);
    }

    static Optional<Diagnosis> when(Comparison c, Mistake mistake, String looks, DMatrixRMaj predicted) {
        return c.isExplainedBy(predicted) ? Optional.of(of(c, mistake, looks)) : Optional.empty();
    }

    static Optional<Diagnosis> when(Comparison c, Mistake mistake, String looks, IntToDoubleFunction predicted) {
        return when(c, mistake, looks, c.predict(predicted));
    }

    static Diagnosis of(Comparison c, Mistake mistake, String looks) {
        return new Diagnosis(mistake, "The gradient of " + c.label() + " " + looks + ".");
    }

    static String text(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }

    private static Optional<Diagnosis> layout(Comparison c) {
        DMatrixRMaj turned = transposed(c.numeric());
        return when(
                c.moved(),
                Mistake.WRONG_LAYOUT,
                "holds the right elements column by column instead of row by row",
                i -> turned.data[i]);
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
        return twentieths >= 1 && Math.abs(norm - twentieths / 20) < 0x1p-30;
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

    /** All claims are floats, as near to the measured figures as floats come. */
    private static Optional<Diagnosis> singlePrecision(Comparison c) {
        double worst = 0;
        boolean near = true;
        double scale = Comparison.largest(c.numeric());
        for (int i = 0; i < c.size(); i++) {
            double apart = Math.abs(c.claimed(i) - c.numeric(i));
            near &= !c.known(i) || (c.claimed(i) == (float) c.claimed(i) && apart <= SINGLE * scale);
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

    private static Optional<Diagnosis> symmetrised(Comparison figures) {
        Comparison c = figures.moved();
        if (c.rows() != c.columns()) {
            return Optional.empty();
        }
        DMatrixRMaj turned = transposed(c.numeric());
        return when(
                        c,
                        Mistake.SYMMETRISED,
                        "is averaged with its own transpose",
                        i -> (c.numeric(i) + turned.data[i]) / 2)
                .or(() -> when(
                        c, Mistake.SYMMETRISED, "is added to its own transpose", i -> c.numeric(i) + turned.data[i]));
    }

    private static Optional<Diagnosis> triangle(Comparison c) {
        int n = c.columns();
        return c.rows() != n
                ? Optional.empty()
                : when(c, Mistake.TRIANGLE_ONLY, "is zero above the diagonal", i -> i / n >= i % n ? c.numeric(i) : 0)
                        .or(() -> when(
                                c,
                                Mistake.TRIANGLE_ONLY,
                                "is zero below the diagonal",
                                i -> i / n <= i % n ? c.numeric(i) : 0));
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
                "is right except for " + where + " that are zero, first [" + zero[0] / c.columns() + ","
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

    private static Optional<Diagnosis> shifted(Comparison figures) {
        Comparison c = figures.moved();
        int n = c.size();
        for (int by = 1; by <= FARTHEST && n > 2; by++) {
            for (int offset : new int[] {by, -by}) {
                String looks = "is shifted by " + by + (by == 1 ? " element" : " elements") + " towards the "
                        + (offset == by ? "start" : "end");
                Optional<Diagnosis> found = when(
                                c, Mistake.SHIFTED, looks, i -> c.numeric(Math.floorMod(i + offset, n)))
                        .or(() -> when(
                                c,
                                Mistake.SHIFTED,
                                looks,
                                i -> i + offset >= 0 && i + offset < n ? c.numeric(i + offset) : 0));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Every row of the claim is another row of the truth. */
    private static Optional<Diagnosis> reordered(Comparison c, String lines, DMatrixRMaj claimed, DMatrixRMaj numeric) {
        int count = numeric.numRows;
        boolean[] taken = new boolean[count];
        boolean moved = false;
        StringBuilder order = new StringBuilder();
        for (int row = 0; row < count; row++) {
            OptionalInt from = IntStream.range(0, count)
                    .filter(other -> !taken[other])
                    .filter(same(claimed, row, numeric))
                    .findFirst();
            if (from.isEmpty()) {
                return Optional.empty();
            }
            taken[from.getAsInt()] = true;
            moved |= from.getAsInt() != row;
            order.append(row == 0 ? "" : " ").append(from.getAsInt());
        }
        return moved
                ? Optional.of(of(c, Mistake.REORDERED, "has its " + lines + " in another order: " + order))
                : Optional.empty();
    }

    /** Which rows of the truth are a row of the claim. */
    private static IntPredicate same(DMatrixRMaj claimed, int row, DMatrixRMaj numeric) {
        double smallest = 0x1p-30 * Comparison.largest(numeric);
        int length = numeric.numCols;
        return other -> IntStream.range(0, length).allMatch(k -> {
            double a = claimed.data[row * length + k];
            double b = numeric.data[other * length + k];
            return Math.abs(a - b) <= Math.max(0x1p-20 * Math.max(Math.abs(a), Math.abs(b)), smallest);
        });
    }

    /** Every element holds the sum over its row, its column or everything. */
    private static Optional<Diagnosis> summed(Comparison figures) {
        Comparison c = figures.moved();
        int columns = c.columns();
        double[] rowSums = new double[c.rows()];
        double[] columnSums = new double[columns];
        double total = 0;
        for (int i = 0; i < c.size(); i++) {
            rowSums[i / columns] += c.numeric(i);
            columnSums[i % columns] += c.numeric(i);
            total += c.numeric(i);
        }
        double sum = total;
        return when(c, Mistake.SUMMED_TOO_MUCH, "holds the sum of its row everywhere", i -> rowSums[i / columns])
                .or(() -> when(
                        c,
                        Mistake.SUMMED_TOO_MUCH,
                        "holds the sum of its column everywhere",
                        i -> columnSums[i % columns]))
                .or(() -> when(c, Mistake.SUMMED_TOO_MUCH, "holds the sum of all its elements everywhere", i -> sum))
                .or(() -> when(
                        c,
                        Mistake.SUMMED_TOO_MUCH,
                        "holds the mean of all its elements everywhere",
                        i -> sum / c.size()));
    }
}
