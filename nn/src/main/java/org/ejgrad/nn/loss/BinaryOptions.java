package org.ejgrad.nn.loss;

import java.util.Objects;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * What a binary (or multi-label) loss can be asked for, beyond predictions and targets.
 *
 * <p>The weights may be 1x1, a row with a number per column, a column with a number per row, or have the prediction's
 * shape. They are the only things that broadcast in a loss.
 *
 * @param positiveWeight a factor for the positive part of each term, against imbalance
 * @param elementWeight a factor for each term
 * @param reduction how the terms become one number; {@link Reduction#WEIGHTED_MEAN} divides by Σ of the element weights
 * @param checked whether targets and probabilities must lie in [0, 1]
 */
public record BinaryOptions(Value positiveWeight, Value elementWeight, Reduction reduction, boolean checked) {
    private static final Value ONE = Value.constant(1);

    /** No weights, the mean over all elements, targets checked. */
    public static final BinaryOptions DEFAULT = new BinaryOptions(ONE, ONE, Reduction.MEAN, true);

    /**
     * Refuses negative weights.
     *
     * @param positiveWeight a factor for the positive part of each term
     * @param elementWeight a factor for each term
     * @param reduction how the terms become one number
     * @param checked whether targets and probabilities must lie in [0, 1]
     * @throws IllegalArgumentException if a weight is negative or NaN
     */
    public BinaryOptions {
        Objects.requireNonNull(reduction, "reduction");
        Contract.requireEach("BinaryOptions", "positive weight", positiveWeight, w -> w >= 0, "at least 0");
        Contract.requireEach("BinaryOptions", "element weight", elementWeight, w -> w >= 0, "at least 0");
    }

    /**
     * These options with a factor for the positive outcome of all elements.
     *
     * @param weight the factor
     * @return new options
     */
    public BinaryOptions positiveWeight(double weight) {
        return positiveWeight(Value.constant(weight));
    }

    /**
     * These options with factors for the positive outcome.
     *
     * @param weight 1x1, a row, a column, or the prediction's shape
     * @return new options
     */
    public BinaryOptions positiveWeight(Value weight) {
        return new BinaryOptions(weight, elementWeight, reduction, checked);
    }

    /**
     * These options with a factor for each term.
     *
     * @param weight 1x1, a row, a column, or the prediction's shape
     * @return new options
     */
    public BinaryOptions elementWeight(Value weight) {
        return new BinaryOptions(positiveWeight, weight, reduction, checked);
    }

    /**
     * These options with another reduction.
     *
     * @param other how the terms become one number
     * @return new options
     */
    public BinaryOptions reduction(Reduction other) {
        return new BinaryOptions(positiveWeight, elementWeight, other, checked);
    }

    /**
     * These options without the check that targets and probabilities lie in [0, 1].
     *
     * @return new options
     */
    public BinaryOptions unchecked() {
        return new BinaryOptions(positiveWeight, elementWeight, reduction, false);
    }

    /** Target probability times weight: the mass of the positive outcome. */
    Value positive(Value targets) {
        return weighted(positiveWeight == ONE ? targets : targets.elementMult(positiveWeight));
    }

    /** One minus target probability, times weight: the mass of the negative outcome. */
    Value negative(Value targets) {
        return weighted(Masses.complement(targets));
    }

    /** Terms times their weights. */
    Value weighted(Value terms) {
        return elementWeight == ONE ? terms : terms.elementMult(elementWeight);
    }

    /** What the sum of the terms is divided by. */
    double divisor(Shape shape) {
        double weights = elementWeight == ONE
                ? shape.elements()
                : elementWeight.broadcastTo(shape).elementSum().scalar();
        return reduction.divisor(shape.elements(), weights, shape.rows());
    }

    /** The reduction of terms that carry their weights already. */
    Value reduce(String call, Value terms) {
        Contract.requireReducible(call, terms, reduction);
        return reduction == Reduction.NONE ? terms : terms.elementSum().divide(divisor(terms.shape()));
    }
}
