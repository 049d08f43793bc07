package org.ejgrad.check;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** What a wrong matrix looks like that has the right one's elements in other places, or sums of them. */
final class Rearranged {
    /** The longest shift that is looked for. */
    private static final int FARTHEST = 64;

    private Rearranged() {}

    /** With the bars of the elements that a prediction from the turned matrix has. */
    private static Comparison turned(Comparison c) {
        DMatrixRMaj bars = transposed(c.bars());
        return c.withBars(i -> bars.data[i]);
    }

    private static DMatrixRMaj transposed(DMatrixRMaj matrix) {
        return CommonOps_DDRM.transpose(matrix, null);
    }

    static Optional<Diagnosis> transposed(Comparison c) {
        return Hypotheses.when(turned(c), Mistake.TRANSPOSED, "is transposed", transposed(c.numeric()));
    }

    static Optional<Diagnosis> layout(Comparison c) {
        DMatrixRMaj turned = transposed(c.numeric());
        return Hypotheses.when(
                turned(c),
                Mistake.WRONG_LAYOUT,
                "holds the right elements column by column instead of row by row",
                i -> turned.data[i]);
    }

    static Optional<Diagnosis> symmetrised(Comparison figures) {
        if (figures.rows() != figures.columns()) {
            return Optional.empty();
        }
        Comparison c = turned(figures);
        DMatrixRMaj turned = transposed(c.numeric());
        return Hypotheses.when(
                        c,
                        Mistake.SYMMETRISED,
                        "is averaged with its own transpose",
                        i -> (c.numeric(i) + turned.data[i]) / 2)
                .or(() -> Hypotheses.when(
                        c, Mistake.SYMMETRISED, "is added to its own transpose", i -> c.numeric(i) + turned.data[i]));
    }

    static Optional<Diagnosis> triangle(Comparison c) {
        int n = c.columns();
        return c.rows() != n
                ? Optional.empty()
                : Hypotheses.when(
                                c,
                                Mistake.TRIANGLE_ONLY,
                                "is zero above the diagonal",
                                i -> i / n >= i % n ? c.numeric(i) : 0)
                        .or(() -> Hypotheses.when(
                                c,
                                Mistake.TRIANGLE_ONLY,
                                "is zero below the diagonal",
                                i -> i / n <= i % n ? c.numeric(i) : 0));
    }

    static Optional<Diagnosis> shifted(Comparison figures) {
        int n = figures.size();
        for (int by = 1; by <= FARTHEST && n > 2; by++) {
            for (int offset : new int[] {by, -by}) {
                Comparison c = figures.withBars(i -> figures.bars().data[Math.floorMod(i + offset, n)]);
                String looks = "is shifted by " + by + (by == 1 ? " element" : " elements") + " towards the "
                        + (offset == by ? "start" : "end");
                Optional<Diagnosis> found = Hypotheses.when(
                                c, Mistake.SHIFTED, looks, i -> c.numeric(Math.floorMod(i + offset, n)))
                        .or(() -> Hypotheses.when(
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

    static Optional<Diagnosis> reordered(Comparison c) {
        return reordered(c, "rows", c.claimed(), c.numeric())
                .or(() -> reordered(c, "columns", transposed(c.claimed()), transposed(c.numeric())));
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
                ? Optional.of(Hypotheses.of(c, Mistake.REORDERED, "has its " + lines + " in another order: " + order))
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
    static Optional<Diagnosis> summed(Comparison c) {
        int columns = c.columns();
        return summed(c, "sum of its row", i -> i / columns, 1)
                .or(() -> summed(c, "sum of its column", i -> i % columns, 1))
                .or(() -> summed(c, "sum of all its elements", i -> 0, 1))
                .or(() -> summed(c, "mean of all its elements", i -> 0, c.size()));
    }

    static Optional<Diagnosis> summed(Comparison c, String of, IntUnaryOperator line, int count) {
        double[] sums = new double[c.size()];
        double[] bars = new double[c.size()];
        for (int i = 0; i < c.size(); i++) {
            sums[line.applyAsInt(i)] += c.numeric(i) / count;
            bars[line.applyAsInt(i)] += c.bars().data[i] / count;
        }
        return Hypotheses.when(
                c.withBars(i -> bars[line.applyAsInt(i)]),
                Mistake.SUMMED_TOO_MUCH,
                "holds the " + of + " everywhere",
                i -> sums[line.applyAsInt(i)]);
    }
}
