package org.ejgrad.nn.optim;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.List;
import org.ejgrad.Value;

/** Arithmetic on vectors as plain arrays, all of one length. */
final class Vectors {
    private Vectors() {}

    /** Σ aᵢ·bᵢ, summed in order. */
    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** A new vector a + factor·b. */
    static double[] sum(double[] a, double factor, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + factor * b[i]);
        return sum;
    }

    /** A new vector factor·a. */
    static double[] scaled(double[] a, double factor) {
        return Arrays.stream(a).map(element -> factor * element).toArray();
    }

    /** The size of the largest element; NaN if there is one. */
    static double largest(double[] a) {
        return Arrays.stream(a).map(Math::abs).reduce(0, Math::max);
    }

    /** Σ |aᵢ|, summed in order. */
    static double sumOfSizes(double[] a) {
        return Arrays.stream(a).map(Math::abs).reduce(0, Double::sum);
    }

    /** The elements of all values, one after the other, as a new vector. */
    static double[] joined(List<Value> values) {
        int size = values.stream().mapToInt(value -> value.shape().elements()).reduce(0, Math::addExact);
        DoubleBuffer all = DoubleBuffer.allocate(size);
        values.forEach(value -> value.reading(matrix -> all.put(matrix.data)));
        return all.array();
    }
}
