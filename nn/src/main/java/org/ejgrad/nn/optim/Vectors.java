package org.ejgrad.nn.optim;

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
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + factor * b[i];
        }
        return sum;
    }

    /** A new vector factor·a. */
    static double[] scaled(double[] a, double factor) {
        double[] scaled = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            scaled[i] = factor * a[i];
        }
        return scaled;
    }

    /** The size of the largest element; NaN if there is one. */
    static double largest(double[] a) {
        double largest = 0;
        for (double element : a) {
            largest = Math.max(largest, Math.abs(element));
        }
        return largest;
    }

    /** Σ |aᵢ|. */
    static double sumOfSizes(double[] a) {
        double sum = 0;
        for (double element : a) {
            sum += Math.abs(element);
        }
        return sum;
    }
}
