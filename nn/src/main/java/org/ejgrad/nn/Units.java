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
 * <p>The units are powers of two, 1 for all numbers of usual size, so they cost no digits. Else the unit is the size of
 * the group's largest distance from its mean, or of √ε if that is larger: so that a group of equal numbers has a unit
 * too, whatever their size.
 *
 * @param input the numbers, or what they exceed a number of the group by, in their units
 * @param per what a group is
 * @param mean of each group of the input, in its unit
 * @param centre the mean of each group of the numbers, detached as the variance is
 * @param unit a number per group
 * @param epsilon ε in squared units, a number per group
 */
record Units(Value input, Per per, Value mean, Value centre, Value unit, Value epsilon) {
    private static final double LARGE = 1e100;

    /** Beside such an ε small numbers do no harm: (variance + ε)^(−5/2) of a second derivative is still a double. */
    private static final double LEAST_EPSILON = 1e-120;

    static Units of(Value input, Per per, double epsilon) {
        double largest = largest(input);
        boolean isUsual = largest <= LARGE && epsilon >= LEAST_EPSILON;
        if (isUsual) {
            Value mean = input.mean(per);
            return new Units(input, per, mean, mean.detached(), Value.constant(1), Value.constant(epsilon));
        }
        // Distances may be twice as long as the longest number.
        double factor = largest > Double.MAX_VALUE / 4 ? 0.25 : 1;
        Value scaled = input.scale(factor);
        Value centre = scaled.mean(per);
        Value distances = scaled.minus(centre);
        double least = power(factor * Math.sqrt(epsilon));
        Value unit = each(
                distances.detached().abs().max(per),
                size -> Double.isFinite(size) ? Math.max(power(size), least) : factor);
        Value inUnits = distances.elementDiv(unit);
        return new Units(
                inUnits,
                per,
                inUnits.mean(per),
                centre.detached().divide(factor),
                each(unit, u -> u / factor),
                each(unit, u -> factor / u * epsilon * (factor / u)));
    }

    /** (x − mean)/√(variance + ε), which has no unit. */
    Value normal() {
        Value centred = input.minus(mean);
        return centred.elementMult(centred.square().mean(per).plus(epsilon).rsqrt());
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

    /** The power of two not above a size that is no subnormal number. */
    private static double power(double size) {
        return Math.scalb(1.0, Math.getExponent(size));
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
