package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * Losses for labels of which some are wrong. l is the cross-entropy of a row, p = softmax of its logits, c its label;
 * the mean divides by the number of rows. Logits have a row per example and a column per class, the result is 1x1, or a
 * column with {@link Reduction#NONE}.
 */
public final class NoisyLabels {
    /** With exponents above, the generalised cross-entropy is the cross-entropy to the last digit. */
    private static final double NEGLIGIBLE = -0x1p-54;

    private NoisyLabels() {}

    /**
     * Soft bootstrapping (Reed et al. 2014), the "self-correcting" loss: cross-entropy with the targets β·t + (1 −
     * β)·p, half label and half the network's own belief.
     *
     * @param beta β, how far the labels are trusted, from 0 to 1
     * @throws IllegalArgumentException if a label is not a class or β is not from 0 to 1
     */
    public static Value bootstrapSoft(Value logits, int[] labels, double beta, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        String call = "NoisyLabels.bootstrapSoft";
        Require.share(beta, call + ": beta");
        Value labelled = crossEntropies(call, logits, labels);
        Value entropies = SoftmaxCrossEntropy.ROWS.apply(logits, logits.softmax(Per.ROW));
        return reduction.of(call, weighted(beta, labelled, 1 - beta, entropies));
    }

    /**
     * Hard bootstrapping (Reed et al. 2014): cross-entropy with the targets β·t + (1 − β)·(one-hot row of the class
     * that the network prefers); the preference is not differentiated, and the first of equal logits is preferred.
     *
     * @param beta β, how far the labels are trusted, from 0 to 1
     * @throws IllegalArgumentException if a label is not a class or β is not from 0 to 1
     */
    public static Value bootstrapHard(Value logits, int[] labels, double beta, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        String call = "NoisyLabels.bootstrapHard";
        Require.share(beta, call + ": beta");
        Value preferred = oneHot(call, requireNonNull(logits, "logits"), logits.argMax(Per.ROW));
        Value targets = oneHot(call, logits, labels).scale(beta).plus(preferred.scale(1 - beta));
        return reduction.of(call, SoftmaxCrossEntropy.ROWS.apply(logits, targets));
    }

    /**
     * Generalised cross-entropy (Zhang and Sabuncu 2018): (1 − p_c^q)/q, between the cross-entropy (q → 0) and the
     * absolute error (q = 1).
     *
     * @param q the exponent, above 0 and at most 1
     * @throws IllegalArgumentException if a label is not a class or q is not above 0 and at most 1
     */
    public static Value generalised(Value logits, int[] labels, double q, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        Require.share(q, "NoisyLabels.generalised: q");
        if (q == 0) {
            throw new IllegalArgumentException("NoisyLabels.generalised: q is 0; expected above 0 and at most 1");
        }
        Value losses = crossEntropies("NoisyLabels.generalised", logits, labels);
        Value exponents = losses.scale(-q);
        Value powers = exponents.expm1().divide(-q);
        return reduction.of(
                "NoisyLabels.generalised", exponents.greaterThan(NEGLIGIBLE).where(losses, powers));
    }

    /**
     * Symmetric cross-entropy (Wang et al. 2019): α·l + β·(−A)·(1 − p_c), the cross-entropy plus its reverse, in which
     * ln 0 is taken as A.
     *
     * @param alpha the factor of the cross-entropy, at least 0
     * @param beta the factor of the reverse cross-entropy, at least 0
     * @param lowestLog A, below 0, such as −4
     * @throws IllegalArgumentException if a label is not a class, a factor is negative or A is not below 0
     */
    public static Value symmetric(
            Value logits, int[] labels, double alpha, double beta, double lowestLog, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        Value losses = crossEntropies("NoisyLabels.symmetric", logits, labels);
        Require.notNegative(alpha, "NoisyLabels.symmetric: alpha");
        Require.notNegative(beta, "NoisyLabels.symmetric: beta");
        if (!(lowestLog < 0) || Double.isInfinite(lowestLog)) {
            throw new IllegalArgumentException("NoisyLabels.symmetric: the lowest logarithm is " + lowestLog
                    + "; expected a finite number below 0");
        }
        Value reverse = losses.negative().expm1().scale(lowestLog);
        return reduction.of("NoisyLabels.symmetric", weighted(alpha, losses, beta, reverse));
    }

    /**
     * Forward correction (Patrini et al. 2017): −ln Σᵢ pᵢ·Tᵢᴄ, the likelihood of the label when Tᵢⱼ is the probability
     * that class i is labelled j.
     *
     * @param noise T, classes x classes, each row a distribution
     * @throws IllegalArgumentException if a label is not a class, or T is not square with a distribution in each row
     */
    public static Value forwardCorrected(Value logits, int[] labels, ConstMatrix<?> noise, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        String call = "NoisyLabels.forwardCorrected";
        int classes = requireNonNull(logits, "logits").getNumCols();
        Require.asMany(call, requireNonNull(labels, "labels").length, logits.getNumRows());
        Require.classes(call, labels, classes);
        Value transitions = Value.constant(requireNonNull(noise, "noise"));
        if (transitions.getNumRows() != classes || transitions.getNumCols() != classes) {
            throw new IllegalArgumentException(
                    call + ": the noise is " + transitions.shape() + "; expected " + classes + "x" + classes);
        }
        Require.distributions(call, "noise", transitions, "");
        Value logs = transitions.elementLog().transpose().rowsAt(labels);
        Value likelihood = logits.logSoftmax(Per.ROW).plus(logs).logSumExp(Per.ROW);
        return reduction.of(call, RowTotals.divergencesOf(likelihood.negative(), Value.ones(likelihood.shape())));
    }

    /** a·x + b·y; a factor of 0 leaves its part out, which may be infinite. */
    private static Value weighted(double a, Value x, double b, Value y) {
        return a == 0 ? y.scale(b) : b == 0 ? x.scale(a) : x.scale(a).plus(y.scale(b));
    }

    private static Value crossEntropies(String call, Value logits, int[] labels) {
        return SoftmaxCrossEntropy.ROWS.apply(logits, oneHot(call, requireNonNull(logits, "logits"), labels));
    }

    private static Value oneHot(String call, Value logits, int... labels) {
        return ClassOptions.DEFAULT.oneHot(call, logits, labels);
    }
}
