package org.ejgrad.nn.loss;

import org.ejgrad.Value;

/**
 * Entropy, cross-entropy and divergence of distributions, one per row, with 0·ln 0 = 0.
 *
 * <p>Results are in nats; {@link #bits} converts. H(p, q) = H(p) + KL(p ‖ q), and H(p) has nothing to learn from when p
 * is fixed, so that the cross-entropy and the divergence have the same gradient with respect to q.
 */
public final class Information {
    private Information() {}

    /**
     * The entropy H(p) = −Σ p·ln p of each row (Shannon 1948).
     *
     * @param p a distribution per row
     * @param options reduction, and whether distributions are checked
     * @return 1x1, or a column with {@link Reduction#NONE}
     * @throws IllegalArgumentException if a row is not a distribution to within 1e-6
     */
    public static Value entropy(Value p, ClassOptions options) {
        require("Information.entropy", p, options);
        return options.reduction()
                .of("Information.entropy", p.xlogy(p).sumRows().negative());
    }

    /**
     * The cross-entropy H(p, q) = −Σ p·ln q of each row.
     *
     * @param p a distribution per row: what is
     * @param q a distribution per row: what is believed
     * @param options reduction, and whether distributions are checked
     * @return 1x1, or a column with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a row is not a distribution to within 1e-6
     */
    public static Value crossEntropy(Value p, Value q, ClassOptions options) {
        Contract.requireSameShape("Information.crossEntropy", q, p);
        require("Information.crossEntropy", p, options);
        require("Information.crossEntropy", q, options);
        return options.reduction()
                .of("Information.crossEntropy", p.xlogy(q).sumRows().negative());
    }

    /**
     * The divergence KL(p ‖ q) = Σ p·(ln p − ln q) of each row (Kullback and Leibler 1951).
     *
     * @param p a distribution per row: what is
     * @param q a distribution per row: what is believed
     * @param options reduction, and whether distributions are checked
     * @return 1x1, or a column with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a row is not a distribution to within 1e-6
     */
    public static Value divergence(Value p, Value q, ClassOptions options) {
        Contract.requireSameShape("Information.divergence", q, p);
        require("Information.divergence", p, options);
        require("Information.divergence", q, options);
        return options.reduction()
                .of("Information.divergence", p.xlogy(p).minus(p.xlogy(q)).sumRows());
    }

    /**
     * The terms p·(ln p − ln q) of the divergence, from ln q as logSoftmax gives it.
     *
     * @param logQ logarithms of probabilities
     * @param p probabilities, in the same shape
     * @param reduction of the elements' terms: {@link Reduction#ROW_MEAN} gives the mean divergence of the rows,
     *     {@link Reduction#MEAN} divides by the number of elements
     * @return 1x1, or the elements' terms with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a probability is negative
     */
    public static Value divergenceFromLog(Value logQ, Value p, Reduction reduction) {
        Contract.requireSameShape("Information.divergenceFromLog", logQ, p);
        Contract.requireEach("Information.divergenceFromLog", "target", p, v -> v >= 0, "at least 0");
        return reduction.of("Information.divergenceFromLog", p.xlogy(p).minus(Masses.times(p, logQ)));
    }

    /**
     * The terms p·(ln p − ln q) of the divergence, from ln q and ln p.
     *
     * @param logQ logarithms of probabilities
     * @param logP logarithms of probabilities, in the same shape
     * @param reduction as for {@link #divergenceFromLog}
     * @return 1x1, or the elements' terms with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value divergenceOfLogs(Value logQ, Value logP, Reduction reduction) {
        Contract.requireSameShape("Information.divergenceOfLogs", logQ, logP);
        return reduction.of("Information.divergenceOfLogs", Masses.times(logP.elementExp(), logP.minus(logQ)));
    }

    /**
     * Nats as bits: x / ln 2.
     *
     * @param nats any of the results here
     * @return in the same shape
     */
    public static Value bits(Value nats) {
        return nats.divide(Math.log(2));
    }

    private static void require(String call, Value p, ClassOptions options) {
        if (options.checked()) {
            Contract.requireDistributions(call, "probability", p);
        }
    }
}
