package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * Focal loss (Lin et al. 2017): cross-entropy l with a factor (1 − p)^γ that takes weight from rows which are already
 * right, p = e⁻ˡ being the probability of the true outcome. With γ = 0 it is the cross-entropy.
 *
 * <p>The result is 1x1, or has a term per element (per row of labels) with {@link Reduction#NONE}. 1 − p is computed as
 * −expm1(−l), which keeps its digits where p is close to 1.
 */
public final class Focal {
    private static final String BINARY = "Focal.binary";
    private static final String CATEGORICAL = "Focal.categorical";

    /** e⁻ˡ is 0 above. */
    private static final double LARGEST_LOSS = 746;

    private Focal() {}

    /**
     * The mean focal loss of yes-or-no targets.
     *
     * @param logits a row per example, a column per label
     * @param targets 0 or 1, in the same shape
     * @param gamma γ, at least 0
     * @throws IllegalArgumentException if the shapes differ, a target is neither 0 nor 1, or γ is negative
     */
    public static Value binary(Value logits, Value targets, double gamma) {
        return binary(logits, targets, gamma, Reduction.MEAN);
    }

    /**
     * The focal loss of yes-or-no targets, several labels at once if there are several columns.
     *
     * @param logits a row per example, a column per label
     * @param targets 0 or 1, in the same shape
     * @param gamma γ, at least 0
     * @param reduction how the elements' terms become one number; the mean divides by the number of elements
     * @throws IllegalArgumentException if the shapes differ, a target is neither 0 nor 1, or γ is negative
     */
    public static Value binary(Value logits, Value targets, double gamma, Reduction reduction) {
        return requireNonNull(reduction, "reduction").of(BINARY, terms(logits, targets, gamma));
    }

    /**
     * The focal loss of yes-or-no targets with a factor α for the positive and 1 − α for the negative outcome.
     *
     * @param logits a row per example, a column per label
     * @param targets 0 or 1, in the same shape
     * @param gamma γ, at least 0
     * @param alpha α, from 0 to 1
     * @param reduction how the elements' terms become one number; the mean divides by the number of elements
     * @throws IllegalArgumentException if the shapes differ, a target is neither 0 nor 1, γ is negative or α is not
     *     from 0 to 1
     */
    public static Value binary(Value logits, Value targets, double gamma, double alpha, Reduction reduction) {
        Require.share(alpha, BINARY + ": alpha");
        Value terms = terms(logits, targets, gamma);
        Value factors = targets.scale(alpha).plus(targets.negative().plus(1).scale(1 - alpha));
        return requireNonNull(reduction, "reduction").of(BINARY, factors.timesOrZero(terms));
    }

    private static Value terms(Value logits, Value targets, double gamma) {
        Require.sameShape(BINARY, requireNonNull(logits, "logits"), requireNonNull(targets, "targets"));
        Require.each(BINARY, "target", targets, t -> t == 0 || t == 1, "0 or 1");
        return focus(
                BINARY,
                SigmoidCrossEntropy.LOSS.elements(
                        logits, targets, targets.negative().plus(1)),
                gamma);
    }

    /**
     * The mean focal loss of labelled rows.
     *
     * @param logits a row per example, a column per class
     * @param labels the class of each row
     * @param gamma γ, at least 0
     * @throws IllegalArgumentException if a label is not a class or γ is negative
     */
    public static Value categorical(Value logits, int[] labels, double gamma) {
        return categorical(logits, labels, gamma, ClassOptions.DEFAULT);
    }

    /**
     * The focal loss of labelled rows.
     *
     * @param logits a row per example, a column per class
     * @param labels the class of each row, or the ignored label
     * @param gamma γ, at least 0
     * @param options class weights (the α of each class), ignored label, reduction; label smoothing has no meaning here
     * @throws IllegalArgumentException if a label is not a class, γ is negative, or there is label smoothing
     */
    public static Value categorical(Value logits, int[] labels, double gamma, ClassOptions options) {
        requireNonNull(logits, "logits");
        requireNonNull(labels, "labels");
        requireNonNull(options, "options")
                .requireNoSmoothing(
                        CATEGORICAL, "the probability of the true class is not defined for smoothed labels");
        ClassOptions.Targets targets = options.targets(CATEGORICAL, logits, labels);
        Value plain = options.oneHot(CATEGORICAL, logits, labels);
        Value rows = focus(CATEGORICAL, SoftmaxCrossEntropy.ROWS.apply(logits, plain), gamma);
        return targets.reduce(targets.masses().sum(Per.ROW).timesOrZero(rows), options.reduction());
    }

    private static Value focus(String call, Value terms, double gamma) {
        Require.notNegative(gamma, call + ": gamma");
        return gamma == 0 ? terms : factors(terms, gamma).elementMult(terms);
    }

    /** (1 − p)^γ, a constant 1 where p is 0 as a double: there l may be so large that γ·l is none. */
    private static Value factors(Value terms, double gamma) {
        Value factors = terms.negative().expm1().negative().elementPower(gamma);
        Value impossible = terms.detached().greaterThan(LARGEST_LOSS);
        return impossible.where(Value.ones(terms.shape()), factors);
    }
}
