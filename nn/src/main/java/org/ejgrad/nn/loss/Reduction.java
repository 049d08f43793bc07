package org.ejgrad.nn.loss;

import java.util.function.Supplier;
import org.ejgrad.Value;

/**
 * How the terms of a loss become one number.
 *
 * <p>A loss has a term per row (categorical losses) or per element (all others). The two means differ in their
 * denominator only, and only where terms carry weights or are ignored.
 */
public enum Reduction {
    /** The terms themselves: a column, one number per row, or a matrix in the prediction's shape. */
    NONE,
    /** Σ of the terms. */
    SUM,
    /** Σ of the terms / how many of them count: rows with an ignored label do not. */
    MEAN,
    /** Σ of the terms / Σ of the weights that were applied to them; without weights the same as {@link #MEAN}. */
    WEIGHTED_MEAN,
    /** Σ of the terms / the number of rows: the mean over examples of a loss that has a term per element. */
    ROW_MEAN;

    /** What the sum of the terms is divided by; a sum of nothing stays 0. */
    double divisor(double counted, double weights, int rows) {
        double divisor = switch (this) {
            case NONE, SUM -> 1;
            case MEAN -> counted;
            case WEIGHTED_MEAN -> weights;
            case ROW_MEAN -> rows;
        };
        return divisor == 0 ? 1 : divisor;
    }

    /**
     * What weights are to be multiplied by before they are added, where only their ratios count: a power of two that
     * brings the largest near 1 if it is far from there, so that neither their sum overflows nor digits are lost.
     */
    double unit(Supplier<Value> weights) {
        double size = this == WEIGHTED_MEAN ? weights.get().detached().normF().scalar() : 0;
        int exponent = Math.getExponent(size);
        return size > 0 && Math.abs(exponent) > 500 ? Math.scalb(1.0, -exponent) : 1;
    }

    /** The reduction of unweighted terms. */
    Value of(String call, Value terms) {
        requireTerms(call, terms);
        return switch (this) {
            case NONE -> terms;
            case SUM -> terms.elementSum();
            case MEAN, WEIGHTED_MEAN -> terms.mean();
            case ROW_MEAN -> mean(terms, Value.constant(terms.getNumRows()));
        };
    }

    /** The sum of the terms over a 1x1 divisor, or the sum of their quotients where only they are finite. */
    static Value mean(Value terms, Value divisor) {
        return mean(terms.elementSum(), () -> terms, divisor);
    }

    /** The same where the sum has been found in another way. */
    static Value mean(Value sum, Supplier<Value> terms, Value divisor) {
        return Double.isInfinite(sum.scalar()) ? terms.get().elementDiv(divisor).elementSum() : sum.elementDiv(divisor);
    }

    /** Refuses a mean of nothing. */
    void requireTerms(String call, Value terms) {
        if (this != NONE && this != SUM && terms.shape().elements() == 0) {
            throw new IllegalArgumentException(call + ": mean of 0 elements: the batch is empty");
        }
    }
}
