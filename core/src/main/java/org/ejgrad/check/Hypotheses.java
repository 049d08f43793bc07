package org.ejgrad.check;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private Hypotheses() {}

    /** A guess at what happened: a diagnosis if the claim is explained. */
    @FunctionalInterface
    interface Hypothesis {
        Optional<Diagnosis> test(Comparison e);
    }

    /** What is tried before anything is looked at more closely. */
    static final List<Hypothesis> SIMPLE = List.of(
            e -> when(e, e.predict(i -> 0), Mistake.ZERO, "is zero"),
            e -> when(e, e.predict(i -> -e.numeric(i)), Mistake.SIGN_FLIPPED, "has the wrong sign"),
            e -> when(
                    e,
                    e.predict(i -> 2 * e.numeric(i)),
                    Mistake.TWICE,
                    "is twice what it should be: a factor ½ is" + " missing, or it was accumulated twice"),
            e -> when(
                    e,
                    e.predict(i -> e.numeric(i) / 2),
                    Mistake.HALF,
                    "is half of what it should be: a factor 2 is" + " missing, as of a square"),
            e -> when(e, CommonOps_DDRM.transpose(e.numeric(), null), Mistake.TRANSPOSED, "is transposed"));

    /** What is tried when there is no simple explanation. */
    static final List<Hypothesis> FURTHER = List.of(
            Hypotheses::layout,
            Hypotheses::integerFactor,
            e -> when(e, e.predict(i -> Math.abs(e.numeric(i))), Mistake.ABSOLUTE, "has lost its signs"),
            e -> when(e, e.predict(i -> e.numeric(i) * e.numeric(i)), Mistake.SQUARED, "is squared"),
            e -> when(
                    e,
                    e.predict(i -> e.numeric(i) * e.point().data[i]),
                    Mistake.TIMES_PARAMETER,
                    "is multiplied by the parameter itself"),
            Hypotheses::rescaled,
            Hypotheses::otherFactor,
            e -> added(e, i -> 1, Mistake.OFFSET, "is off by the same %.6g everywhere"),
            e -> added(
                    e,
                    i -> e.point().data[i],
                    Mistake.WEIGHT_DECAY,
                    "differs by %.6g times the parameter: a weight-decay term is in the gradient or in the function, not in both"),
            e -> added(
                    e,
                    i -> Math.signum(e.point().data[i]),
                    Mistake.LASSO_TERM,
                    "differs by %.6g times the parameter's sign: an L1 term is in the gradient or in the function, not in both"),
            Hypotheses::singlePrecision,
            Hypotheses::clipped,
            Hypotheses::triangle,
            Hypotheses::oneEntry,
            Hypotheses::symmetrised,
            Hypotheses::partlyZero,
            Hypotheses::shifted,
            e -> reordered(e, "rows", e.claimed(), e.numeric()),
            e -> reordered(
                    e,
                    "columns",
                    CommonOps_DDRM.transpose(e.claimed(), null),
                    CommonOps_DDRM.transpose(e.numeric(), null)),
            Hypotheses::summed);

    private static Optional<Diagnosis> when(Comparison e, DMatrixRMaj predicted, Mistake mistake, String looks) {
        return e.isExplainedBy(predicted) ? Optional.of(of(e, mistake, looks)) : Optional.empty();
    }

    private static Diagnosis of(Comparison e, Mistake mistake, String looks) {
        return new Diagnosis(mistake, "The gradient of " + e.label() + " " + looks + ".");
    }

    private static String text(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }

    private static Optional<Diagnosis> layout(Comparison e) {
        DMatrixRMaj turned = CommonOps_DDRM.transpose(e.numeric(), null);
        return when(
                e,
                e.predict(i -> turned.data[i]),
                Mistake.WRONG_LAYOUT,
                "holds the right elements column by column instead of row by row");
    }

    /** C = n·N or N/n for a whole number n. */
    private static Optional<Diagnosis> integerFactor(Comparison e) {
        int strongest = e.strongest();
        double factor = e.claimed(strongest) / e.numeric(strongest);
        double whole = Math.rint(factor);
        if (whole >= 3 && Double.isFinite(whole)) {
            return when(
                    e,
                    e.predict(i -> whole * e.numeric(i)),
                    Mistake.MISSING_DIVISION,
                    text("is %.0f times too large: a division by %.0f is missing%s", whole, whole, meaning(e, whole)));
        }
        double divisor = Math.rint(1 / factor);
        if (divisor >= 3) {
            return when(
                    e,
                    e.predict(i -> e.numeric(i) / divisor),
                    Mistake.EXTRA_DIVISION,
                    text(
                            "is %.0f times too small: it is divided by %.0f once too often%s",
                            divisor, divisor, meaning(e, divisor)));
        }
        return Optional.empty();
    }

    private static String meaning(Comparison e, double number) {
        return number == e.size()
                ? ", its number of elements"
                : number == e.rows() ? ", its number of rows" : number == e.columns() ? ", its number of columns" : "";
    }

    private static Optional<Diagnosis> otherFactor(Comparison e) {
        int strongest = e.strongest();
        double factor = e.claimed(strongest) / e.numeric(strongest);
        return e.size() < 2 || !Double.isFinite(factor)
                ? Optional.empty()
                : when(
                        e,
                        e.predict(i -> factor * e.numeric(i)),
                        Mistake.CONSTANT_FACTOR,
                        text("is %.9g times what it should be, in every element", factor));
    }

    private static Optional<Diagnosis> rescaled(Comparison e) {
        double claimed =
                Math.sqrt(DoubleStream.of(e.claimed().data).map(v -> v * v).sum());
        double measured =
                Math.sqrt(DoubleStream.of(e.numeric().data).map(v -> v * v).sum());
        double twentieths = Math.rint(claimed * 20);
        boolean round = twentieths >= 1 && Math.abs(claimed - twentieths / 20) < 0x1p-30;
        return e.size() > 1 && round
                ? when(
                        e,
                        e.predict(i -> e.numeric(i) * (claimed / measured)),
                        Mistake.RESCALED,
                        text("points the right way, but is rescaled to the norm %.6g, as by clipping", claimed))
                : Optional.empty();
    }

    /** C = N + c·B for a known pattern B. */
    private static Optional<Diagnosis> added(
            Comparison e, java.util.function.IntToDoubleFunction pattern, Mistake mistake, String looks) {
        double numerator = 0;
        double denominator = 0;
        int carriers = 0;
        for (int i = 0; i < e.size(); i++) {
            if (e.known(i)) {
                double p = pattern.applyAsDouble(i);
                numerator += (e.claimed(i) - e.numeric(i)) * p;
                denominator += p * p;
                carriers += p != 0 ? 1 : 0;
            }
        }
        double amount = numerator / denominator;
        return carriers < 3 || !Double.isFinite(amount)
                ? Optional.empty()
                : when(
                        e,
                        e.predict(i -> e.numeric(i) + amount * pattern.applyAsDouble(i)),
                        mistake,
                        text(looks, amount));
    }

    private static Optional<Diagnosis> singlePrecision(Comparison e) {
        double worst = 0;
        boolean rounded = true;
        for (int i = 0; i < e.size(); i++) {
            rounded &= e.claimed(i) == (float) e.claimed(i);
            worst = Math.max(worst, Math.abs(e.claimed(i) - e.numeric(i)) / Math.abs(e.numeric(i)));
        }
        return rounded && worst < 0x1p-10
                ? Optional.of(of(
                        e,
                        Mistake.SINGLE_PRECISION,
                        text("has single precision only: it is off by up to %.1e of its elements", worst)))
                : Optional.empty();
    }

    private static Optional<Diagnosis> clipped(Comparison e) {
        double limit = Comparison.largest(e.claimed());
        return e.size() < 3
                ? Optional.empty()
                : when(
                        e,
                        e.predict(i -> Math.max(-limit, Math.min(limit, e.numeric(i)))),
                        Mistake.CLIPPED,
                        text("is cut off at ±%.6g", limit));
    }

    private static Optional<Diagnosis> oneEntry(Comparison e) {
        int[] wrong = IntStream.range(0, e.size()).filter(i -> !e.agrees(i)).toArray();
        if (wrong.length != 1 || e.size() < 3) {
            return Optional.empty();
        }
        int at = wrong[0];
        return Optional.of(of(
                e,
                Mistake.ONE_ENTRY,
                text(
                        "is wrong in one element only, [%d,%d]: %.9g instead of %.9g",
                        at / e.columns(), at % e.columns(), e.claimed(at), e.numeric(at))));
    }

    private static Optional<Diagnosis> symmetrised(Comparison e) {
        if (e.rows() != e.columns()) {
            return Optional.empty();
        }
        DMatrixRMaj turned = CommonOps_DDRM.transpose(e.numeric(), null);
        return when(
                        e,
                        e.predict(i -> (e.numeric(i) + turned.data[i]) / 2),
                        Mistake.SYMMETRISED,
                        "is averaged with its own transpose")
                .or(() -> when(
                        e,
                        e.predict(i -> e.numeric(i) + turned.data[i]),
                        Mistake.SYMMETRISED,
                        "is added to its own transpose"));
    }

    private static Optional<Diagnosis> triangle(Comparison e) {
        int n = e.columns();
        return e.rows() != n
                ? Optional.empty()
                : when(
                                e,
                                e.predict(i -> i / n >= i % n ? e.numeric(i) : 0),
                                Mistake.TRIANGLE_ONLY,
                                "is zero above the diagonal")
                        .or(() -> when(
                                e,
                                e.predict(i -> i / n <= i % n ? e.numeric(i) : 0),
                                Mistake.TRIANGLE_ONLY,
                                "is zero below the diagonal"));
    }

    private static Optional<Diagnosis> partlyZero(Comparison e) {
        int[] zero = IntStream.range(0, e.size())
                .filter(i -> e.claimed(i) == 0 && !e.agrees(i))
                .toArray();
        if (zero.length == 0) {
            return Optional.empty();
        }
        boolean rows = wholeLines(e, zero, true);
        boolean columns = wholeLines(e, zero, false);
        String where = rows ? "whole rows" : columns ? "whole columns" : zero.length + " of " + e.size() + " elements";
        return when(
                e,
                e.predict(i -> e.claimed(i) == 0 ? 0 : e.numeric(i)),
                Mistake.PARTLY_ZERO,
                "is right except for " + where + " that are zero, first [" + zero[0] / e.columns() + ","
                        + zero[0] % e.columns() + "]");
    }

    private static boolean wholeLines(Comparison e, int[] zero, boolean rows) {
        int length = rows ? e.columns() : e.rows();
        return length > 1
                && IntStream.of(zero)
                        .mapToObj(i -> rows ? i / e.columns() : i % e.columns())
                        .collect(java.util.stream.Collectors.groupingBy(
                                line -> line, java.util.stream.Collectors.counting()))
                        .values()
                        .stream()
                        .allMatch(count -> count == length);
    }

    private static Optional<Diagnosis> shifted(Comparison e) {
        int n = e.size();
        for (int by = 1; by <= FARTHEST && n > 2; by++) {
            for (int offset : new int[] {by, -by}) {
                String looks = "is shifted by " + by + (by == 1 ? " element" : " elements") + " towards the "
                        + (offset == by ? "start" : "end");
                Optional<Diagnosis> found = when(
                                e, e.predict(i -> e.numeric(Math.floorMod(i + offset, n))), Mistake.SHIFTED, looks)
                        .or(() -> when(
                                e,
                                e.predict(i -> i + offset >= 0 && i + offset < n ? e.numeric(i + offset) : 0),
                                Mistake.SHIFTED,
                                looks));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Every row of the claim is another row of the truth. */
    private static Optional<Diagnosis> reordered(Comparison e, String lines, DMatrixRMaj claimed, DMatrixRMaj numeric) {
        int count = numeric.numRows;
        int length = numeric.numCols;
        double smallest = 0x1p-30 * Comparison.largest(numeric);
        boolean[] taken = new boolean[count];
        boolean moved = false;
        StringBuilder order = new StringBuilder();
        for (int row = 0; row < count; row++) {
            int from = -1;
            for (int other = 0; other < count && from < 0; other++) {
                boolean same = !taken[other];
                for (int k = 0; k < length && same; k++) {
                    double a = claimed.data[row * length + k];
                    double b = numeric.data[other * length + k];
                    double larger = Math.max(Math.abs(a), Math.abs(b));
                    same = Math.abs(a - b) <= Math.max(0x1p-20 * larger, smallest);
                }
                from = same ? other : -1;
            }
            if (from < 0) {
                return Optional.empty();
            }
            taken[from] = true;
            moved |= from != row;
            order.append(row == 0 ? "" : " ").append(from);
        }
        return moved
                ? Optional.of(of(e, Mistake.REORDERED, "has its " + lines + " in another order: " + order))
                : Optional.empty();
    }

    /** Every element holds the sum over its row, its column or everything. */
    private static Optional<Diagnosis> summed(Comparison e) {
        int columns = e.columns();
        double[] rowSums = new double[e.rows()];
        double[] columnSums = new double[columns];
        double total = 0;
        for (int i = 0; i < e.size(); i++) {
            rowSums[i / columns] += e.numeric(i);
            columnSums[i % columns] += e.numeric(i);
            total += e.numeric(i);
        }
        double sum = total;
        return when(
                        e,
                        e.predict(i -> rowSums[i / columns]),
                        Mistake.SUMMED_TOO_MUCH,
                        "holds the sum of its row everywhere")
                .or(() -> when(
                        e,
                        e.predict(i -> columnSums[i % columns]),
                        Mistake.SUMMED_TOO_MUCH,
                        "holds the sum of its column everywhere"))
                .or(() -> when(
                        e,
                        e.predict(i -> sum),
                        Mistake.SUMMED_TOO_MUCH,
                        "holds the sum of all its elements everywhere"))
                .or(() -> when(
                        e,
                        e.predict(i -> sum / e.size()),
                        Mistake.SUMMED_TOO_MUCH,
                        "holds the mean of all its elements everywhere"));
    }
}
