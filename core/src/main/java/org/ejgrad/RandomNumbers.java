package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.Random;
import java.util.function.DoubleSupplier;
import org.ejml.data.DMatrixRMaj;

/** Matrices of random numbers, by {@link Random}, whose algorithm is part of its specification. */
final class RandomNumbers {
    private RandomNumbers() {}

    static DMatrixRMaj uniform(Shape shape, double low, double high, long seed) {
        if (!(low < high && Double.isFinite(low) && Double.isFinite(high))) {
            throw new IllegalArgumentException("uniform(" + requireNonNull(shape, "shape") + ", " + low + ", " + high
                    + "): expected a finite low below a finite high");
        }
        Random random = new Random(seed);
        // Rounding can make the upper end of what lies below it.
        double unit = Double.isInfinite(high - low) ? 2 : 1;
        double span = high / unit - low / unit;
        return filled(shape, () -> Math.min(unit * (low / unit + span * random.nextDouble()), Math.nextDown(high)));
    }

    static DMatrixRMaj normal(Shape shape, long seed) {
        return filled(shape, new Random(seed)::nextGaussian);
    }

    private static DMatrixRMaj filled(Shape shape, DoubleSupplier numbers) {
        DMatrixRMaj matrix = ElementKernels.zeros(requireNonNull(shape, "shape"));
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = numbers.getAsDouble();
        }
        return matrix;
    }
}
