package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Recognises one sample that is left out, counted twice or labelled otherwise: what it gives to the gradient of a
 * layer's weights is a column times a row, of rank one.
 */
final class RankOne {
    private static final int LARGEST_BATCH = 64;
    private static final double CLOSE = 1e-6;

    private RankOne() {}

    static Optional<Diagnosis> explain(List<Comparison> wrong) {
        boolean tells = wrong.stream()
                .anyMatch(c -> c.rows() > 1 && c.columns() > 1 && (c.rows() - 1) * (c.columns() - 1) >= 4);
        if (!tells) {
            return Optional.empty();
        }
        String labels = String.join(", ", wrong.stream().map(Comparison::label).toList());
        if (isMet(wrong, 1)) {
            return Optional.of(new Diagnosis(
                    Mistake.ROWS_LEFT_OUT,
                    "The gradient of " + labels
                            + " differs from the right one by a column times a row, as if one sample"
                            + " of the batch were left out, counted twice, or had another label."));
        }
        return IntStream.rangeClosed(2, LARGEST_BATCH)
                .filter(n -> isMet(wrong, n / (n - 1.0)))
                .mapToObj(n -> new Diagnosis(
                        Mistake.ROWS_LEFT_OUT,
                        "The gradient of " + labels + " looks as if one of " + n
                                + " samples were left out, and the mean taken over the others: times " + (n - 1) + "/"
                                + n
                                + ", it differs from the right one by a column times a row."))
                .findFirst();
    }

    private static boolean isMet(List<Comparison> wrong, double factor) {
        return wrong.stream().allMatch(c -> isRankOne(c, factor));
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
