package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * Entropy, cross-entropy and divergence of distributions, one per row, with 0·ln 0 = 0: p is what is, q what is
 * believed.
 *
 * <p>The result is 1x1, or a column with {@link Reduction#NONE}, or the elements' terms where they are reduced
 * themselves. Results are in nats; {@link #bits} converts. H(p, q) = H(p) + KL(p ‖ q), and H(p) has nothing to learn
 * from when p is fixed, so that the cross-entropy and the divergence have the same gradient with respect to q.
 */
public final class Information {
    private Information() {}

    /**
     * The entropy H(p) = −Σ p·ln p of each row (Shannon 1948).
     *
     * @param options reduction, and whether distributions are checked
     * @throws IllegalArgumentException if a row is not a distribution to within 1e-6, or there are weights, smoothing
     *     or an ignored label
     */
    public static Value entropy(Value p, ClassOptions options) {
        require("Information.entropy", p, p, options);
        return options.reduction().of("Information.entropy", RowTotals.ofNegative(StructuralZeros.xlogy(p, p)));
    }

    /**
     * The cross-entropy H(p, q) = −Σ p·ln q of each row.
     *
     * @param options reduction, and whether distributions are checked
     * @throws IllegalArgumentException if the shapes differ, a row is not a distribution to within 1e-6, or there are
     *     weights, smoothing or an ignored label
     */
    public static Value crossEntropy(Value p, Value q, ClassOptions options) {
        require("Information.crossEntropy", p, q, options);
        return options.reduction().of("Information.crossEntropy", RowTotals.ofNegative(StructuralZeros.xlogy(p, q)));
    }

    /**
     * The divergence KL(p ‖ q) = Σ p·(ln p − ln q) of each row (Kullback and Leibler 1951).
     *
     * @param options reduction, and whether distributions are checked
     * @throws IllegalArgumentException if the shapes differ, a row is not a distribution to within 1e-6, or there are
     *     weights, smoothing or an ignored label
     */
    public static Value divergence(Value p, Value q, ClassOptions options) {
        require("Information.divergence", p, q, options);
        Value terms = StructuralZeros.xlogy(p, p).minus(StructuralZeros.xlogy(p, q));
        return options.reduction().of("Information.divergence", RowTotals.divergencesOf(terms, p));
    }

    /**
     * The terms p·(ln p − ln q) of the divergence, from ln q as logSoftmax gives it.
     *
     * @param logQ logarithms of probabilities
     * @param p probabilities, in the same shape
     * @param reduction of the elements' terms: {@link Reduction#ROW_MEAN} gives the mean divergence of the rows,
     *     {@link Reduction#MEAN} divides by the number of elements
     * @throws IllegalArgumentException if the shapes differ, a probability is negative or a logarithm above 0
     */
    public static Value divergenceFromLog(Value logQ, Value p, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        Require.sameShape("Information.divergenceFromLog", requireNonNull(logQ, "logQ"), requireNonNull(p, "p"));
        Require.each("Information.divergenceFromLog", "target", p, v -> v >= 0, "at least 0");
        requireLogarithms("Information.divergenceFromLog", logQ);
        Value logs = StructuralZeros.beside(p, logQ);
        Value terms = StructuralZeros.xlogy(p, p).minus(p.timesOrZero(logs));
        return reduced("Information.divergenceFromLog", terms, p, reduction);
    }

    /**
     * The terms p·(ln p − ln q) of the divergence, from ln q and ln p; constantly 0 where p is 0.
     *
     * @param logQ logarithms of probabilities
     * @param logP logarithms of probabilities, in the same shape
     * @param reduction as for {@link #divergenceFromLog}
     * @throws IllegalArgumentException if the shapes differ or a logarithm is above 0
     */
    public static Value divergenceOfLogs(Value logQ, Value logP, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        Require.sameShape("Information.divergenceOfLogs", requireNonNull(logQ, "logQ"), requireNonNull(logP, "logP"));
        requireLogarithms("Information.divergenceOfLogs", logQ);
        requireLogarithms("Information.divergenceOfLogs", logP);
        Value mass = logP.detached().elementExp();
        Value impossible = mass.greaterThan(0).negative().plus(1);
        Value zeros = Value.zeros(logP.shape());
        Value p = impossible.where(zeros, logP);
        Value q = impossible.where(zeros, logQ);
        return reduced("Information.divergenceOfLogs", p.elementExp().elementMult(p.minus(q)), mass, reduction);
    }

    /** A term may be below 0, the total of distributions may not. */
    private static Value reduced(String call, Value terms, Value p, Reduction reduction) {
        if (reduction == Reduction.NONE) {
            return terms;
        }
        reduction.requireTerms(call, terms);
        int elements = terms.shape().elements();
        Value total = RowTotals.divergencesOf(terms.reshape(1, elements), p.reshape(1, elements));
        Value divisor = Value.constant(reduction.divisor(elements, elements, terms.getNumRows()));
        return Reduction.mean(total, () -> terms, divisor);
    }

    /** {@return nats as bits: x / ln 2} */
    public static Value bits(Value nats) {
        return requireNonNull(nats, "nats").divide(Elementary.log(2));
    }

    /** ln p ≤ 0, to within a rounding error; NaN makes NaN. */
    private static void requireLogarithms(String call, Value logs) {
        Require.each(call, "logarithm", logs, l -> !(l > 1e-6), "that of a probability, at most 0");
    }

    private static void require(String call, Value p, Value q, ClassOptions options) {
        requireNonNull(p, "p");
        Require.sameShape(call, requireNonNull(q, "q"), p);
        requireNonNull(options, "options").requireNoLabels(call, "distributions have no labels");
        options.requireDistributions(call, "probability", p);
        options.requireDistributions(call, "probability", q);
    }
}
