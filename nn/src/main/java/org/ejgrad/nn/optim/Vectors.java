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

    /** The place of the first element that is not finite, or −1. */
    static int firstNonFinite(double[] a) {
        // 0·x is a zero for a finite x and NaN otherwise; four sums, so that the processor need not wait for one.
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int whole = a.length & -4;
        for (int i = 0; i < whole; i += 4) {
            s0 += 0 * a[i];
            s1 += 0 * a[i + 1];
            s2 += 0 * a[i + 2];
            s3 += 0 * a[i + 3];
        }
        int from = s0 + s1 + s2 + s3 == 0 ? whole : 0;
        for (int i = from; i < a.length; i++) {
            if (!Double.isFinite(a[i])) {
                return i;
            }
        }
        return -1;
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
