package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Recognises one sample that is left out, counted twice or labelled otherwise: what it gives to the gradient of a
 * layer's weights is a column times a row, of rank one.
 */
final class RankOne {
    private static final int LARGEST_BATCH = 64;
    /** So many figures must follow from the others. */
    private static final int FEWEST = 4;

    private static final double CLOSE = 1e-6;

    private RankOne() {}

    static Optional<Diagnosis> explain(List<Comparison> all, List<Comparison> wrong) {
        return wrong.size() == all.size() ? sample(wrong) : term(all, wrong);
    }

    /** If the first matrix alone is wrong, and by a column times a row. */
    private static Optional<Diagnosis> term(List<Comparison> all, List<Comparison> wrong) {
        Comparison c = wrong.get(0);
        return wrong.size() == 1 && c == all.get(0) && (c.rows() - 1) * (c.columns() - 1) >= FEWEST && isRankOne(c, 1)
                ? Optional.of(Hypotheses.of(
                        c,
                        Mistake.MISSING_TERM,
                        "differs from the right one by a column times a row, and "
                                + (all.stream().allMatch(Comparison::isJudged)
                                        ? "all others agree"
                                        : "nothing else was found wrong")
                                + ": as if, in what goes back to it, a term that is the same for all samples were missing or another, such as"
                                + " that of a mean which is subtracted, or what goes back to one sample"))
                : Optional.empty();
    }

    /** If every wrong matrix has the gradient of its bias below it, and both together show one sample. */
    private static Optional<Diagnosis> sample(List<Comparison> wrong) {
        List<Comparison> layers = layers(wrong);
        if (layers.isEmpty() || layers.stream().noneMatch(c -> (c.rows() - 1) * (c.columns() - 1) >= FEWEST)) {
            return Optional.empty();
        }
        String labels = String.join(", ", wrong.stream().map(Comparison::label).toList());
        if (isMet(layers, 1)) {
            return Optional.of(new Diagnosis(
                    Mistake.ROWS_LEFT_OUT,
                    "The gradient of " + labels
                            + " differs from the right one by a column times a row, as if one sample"
                            + " of the batch were left out, counted twice, or had another label, or samples of two"
                            + " classes each other's."));
        }
        return IntStream.rangeClosed(2, LARGEST_BATCH)
                .filter(n -> isMet(layers, n / (n - 1.0)))
                .mapToObj(n -> new Diagnosis(
                        Mistake.ROWS_LEFT_OUT,
                        "The gradient of " + labels + " looks as if one of " + n
                                + " samples were left out, and the mean taken over the others: times " + (n - 1) + "/"
                                + n
                                + ", it differs from the right one by a column times a row."))
                .findFirst();
    }

    /** Each matrix with the row that follows it as its last row; none if one has no such row. */
    private static List<Comparison> layers(List<Comparison> wrong) {
        List<Comparison> layers = new ArrayList<>();
        for (int i = 0; i < wrong.size(); i += 2) {
            boolean paired = i + 1 < wrong.size()
                    && wrong.get(i).rows() > 1
                    && wrong.get(i + 1).rows() == 1
                    && wrong.get(i + 1).columns() == wrong.get(i).columns();
            if (!paired) {
                return List.of();
            }
            Comparison w = wrong.get(i);
            Comparison b = wrong.get(i + 1);
            layers.add(new Comparison(
                    w.label(),
                    below(w.claimed(), b.claimed()),
                    below(w.numeric(), b.numeric()),
                    below(w.bars(), b.bars()),
                    below(w.point(), b.point())));
        }
        return layers;
    }

    private static DMatrixRMaj below(DMatrixRMaj above, DMatrixRMaj row) {
        DMatrixRMaj both = new DMatrixRMaj(above.numRows + 1, above.numCols);
        CommonOps_DDRM.concatRows(above, row, both);
        return both;
    }

    private static boolean isMet(List<Comparison> layers, double factor) {
        return layers.stream().allMatch(c -> isRankOne(c, factor));
    }

    private static boolean isRankOne(Comparison c, double factor) {
        DMatrixRMaj apart = c.predict(i -> c.known(i) ? c.claimed(i) - factor * c.numeric(i) : Double.NaN);
        int pivot = 0;
        double bar = 0;
        for (int i = 0; i < c.size(); i++) {
            pivot = Math.abs(apart.data[i]) > Math.abs(apart.data[pivot]) ? i : pivot;
            bar = Math.max(bar, c.bars().data[i]);
        }
        double largest = Math.abs(apart.data[pivot]);
        int columns = c.columns();
        for (int i = 0; i < c.size(); i++) {
            double product = apart.data[i / columns * columns + pivot % columns]
                    * apart.data[pivot / columns * columns + i % columns]
                    / apart.data[pivot];
            if (!(Math.abs(product - apart.data[i]) <= CLOSE * largest + 16 * bar)) {
                return false;
            }
        }
        return largest > 1e4 * bar;
    }
}
