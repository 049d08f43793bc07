package org.ejgrad.nn;

import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Groups of numbers, each in a unit of its own in which squares neither overflow nor vanish: what normalisations
 * compute with.
 *
 * <p>The units are powers of two, 1 for all numbers of usual size, so they cost no digits.
 *
 * @param input the numbers in their units
 * @param per what a group is
 * @param mean of each group, in its unit
 * @param unit a number per group
 * @param epsilon ε in squared units, a number per group
 */
record Units(Value input, Per per, Value mean, Value unit, Value epsilon) {
    private static final double LARGE = 1e100;

    /** Beside such an ε small numbers do no harm: (variance + ε)^(−5/2) of a second derivative is still a double. */
    private static final double LEAST_EPSILON = 1e-120;

    /** No unit is smaller, so that ε in squared units stays finite. */
    private static final int LEAST_EXPONENT = -500;

    static Units of(Value input, Per per, double epsilon) {
        double largest = largest(input);
        boolean isUsual = largest <= LARGE && epsilon >= LEAST_EPSILON;
        if (isUsual) {
            Value one = Value.constant(1);
            return new Units(input, per, input.mean(per), one, Value.constant(epsilon));
        }
        Value sizes = input.detached().abs().max(per);
        Value unit = each(sizes, size -> Double.isFinite(size) ? power(size) : 1);
        Value scaled = input.elementDiv(unit);
        return new Units(scaled, per, scaled.mean(per), unit, each(unit, u -> epsilon / u / u));
    }

    /** (x − mean)/√(variance + ε), which has no unit. */
    Value normal() {
        Value centred = input.minus(mean);
        return centred.elementMult(centred.square().mean(per).plus(epsilon).rsqrt());
    }

    /** The mean of each group in the input's own unit, detached as the variance is. */
    Value plainMean() {
        return mean.detached().elementMult(unit);
    }

    /** The variance of each group, Σ (x − mean)²/(n − ddof). */
    Value variance(int ddof) {
        return input.detached().variance(per, ddof).elementMult(unit).elementMult(unit);
    }

    /** The size of the largest number, 0 if there is none; NaN if one is. */
    private static double largest(Value input) {
        return input.reading(matrix -> {
            double largest = 0;
            for (double element : matrix.data) {
                largest = Math.max(largest, Math.abs(element));
            }
            return largest;
        });
    }

    /** The power of two not above a size, or the least unit. */
    private static double power(double size) {
        return Math.scalb(1.0, Math.max(Math.getExponent(size), LEAST_EXPONENT));
    }

    private static Value each(Value sizes, DoubleUnaryOperator function) {
        Shape shape = sizes.shape();
        DMatrixRMaj result = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int i = 0; i < result.data.length; i++) {
            result.data[i] = function.applyAsDouble(sizes.get(i / shape.columns(), i % shape.columns()));
        }
        return Value.adopting(result);
    }
}
