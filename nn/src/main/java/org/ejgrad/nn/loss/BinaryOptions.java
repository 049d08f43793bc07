package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Rule.rule;

import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

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
     * @throws IllegalArgumentException if a weight is negative, infinite or NaN
     */
    public BinaryOptions {
        requireNonNull(positiveWeight, "positiveWeight");
        requireNonNull(elementWeight, "elementWeight");
        requireNonNull(reduction, "reduction");
        Require.each(
                "BinaryOptions",
                "positive weight",
                positiveWeight,
                BinaryOptions::isWeight,
                "a finite number, at least 0");
        Require.each(
                "BinaryOptions",
                "element weight",
                elementWeight,
                BinaryOptions::isWeight,
                "a finite number, at least 0");
    }

    private static boolean isWeight(double weight) {
        return weight >= 0 && weight < Double.POSITIVE_INFINITY;
    }

    /** Refuses weights that do not broadcast to the prediction's shape. */
    void requireFitting(String call, Shape prediction) {
        requireFitting(call, "positive", positiveWeight.shape(), prediction);
        requireFitting(call, "element", elementWeight.shape(), prediction);
    }

    private static void requireFitting(String call, String which, Shape weight, Shape prediction) {
        if (!weight.broadcastsTo(prediction)) {
            throw new IllegalArgumentException(call + ": the " + which + " weight is " + weight
                    + " and the prediction " + prediction
                    + "; expected a weight of 1x1, a row or column as long, or the same shape");
        }
    }

    /** {@return these options with a factor for the positive outcome of all elements} */
    public BinaryOptions positiveWeight(double weight) {
        return positiveWeight(Value.constant(weight));
    }

    /**
     * {@return these options with factors for the positive outcome: 1x1, a row, a column, or in the prediction's shape}
     */
    public BinaryOptions positiveWeight(Value weight) {
        return new BinaryOptions(requireNonNull(weight, "weight"), elementWeight, reduction, checked);
    }

    /** {@return these options with a factor for each term: 1x1, a row, a column, or in the prediction's shape} */
    public BinaryOptions elementWeight(Value weight) {
        return new BinaryOptions(positiveWeight, requireNonNull(weight, "weight"), reduction, checked);
    }

    /** {@return these options with another way to make the terms one number} */
    public BinaryOptions reduction(Reduction reduction) {
        return new BinaryOptions(positiveWeight, elementWeight, reduction, checked);
    }

    /** {@return these options without the check that targets and probabilities lie in [0, 1]} */
    public BinaryOptions unchecked() {
        return new BinaryOptions(positiveWeight, elementWeight, reduction, false);
    }

    private static final Operation COMPLEMENT = Trusted.unary(
                    "complement", x -> Operation.map(x, v -> 1 - v), rule("−dy", (x, y, dy) -> dy.negative()))
            .meaning(in -> in.get(0).negative().plus(1));

    /** Target probability times weight: the mass of the positive outcome. */
    Value positive(Value targets) {
        return weighted(times(targets, positiveWeight));
    }

    /** One minus target probability, times weight: the mass of the negative outcome. */
    Value negative(Value targets) {
        return weighted(COMPLEMENT.apply(targets));
    }

    private Value weighted(Value masses) {
        return times(masses, applied());
    }

    /** The element weights, or others in the same ratios where only these count. */
    private Value applied() {
        double unit = reduction.unit(() -> elementWeight);
        return unit == 1 ? elementWeight : elementWeight.scale(unit);
    }

    /** A factor of 1 is no node of the graph. */
    private static Value times(Value masses, Value weight) {
        return isOne(weight) ? masses : masses.elementMult(weight);
    }

    private static boolean isOne(Value weight) {
        return weight.isConstant() && weight.shape().isScalar() && weight.scalar() == 1;
    }

    /** What the sum of the terms is divided by, as a value: it depends on the weights if they are variable. */
    Value divisor(Shape shape) {
        Value weights = isOne(elementWeight)
                ? Value.constant(shape.elements())
                : applied().broadcastTo(shape).elementSum();
        return reduction == Reduction.WEIGHTED_MEAN && weights.scalar() != 0
                ? weights
                : Value.constant(reduction.divisor(shape.elements(), weights.scalar(), shape.rows()));
    }

    /** The reduction of terms that carry their weights already. */
    Value reduce(String call, Value terms) {
        reduction.requireTerms(call, terms);
        if (reduction == Reduction.NONE) {
            return terms;
        }
        return Reduction.mean(terms, divisor(terms.shape()));
    }
}
