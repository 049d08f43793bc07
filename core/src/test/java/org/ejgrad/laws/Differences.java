package org.ejgrad.laws;

import java.util.function.DoubleUnaryOperator;

/**
 * Numerical derivatives of functions of one number, by two central differences of tenth order.
 *
 * <p>A difference reaches 5·{@value #STEP} to each side, so the function must be smooth there.
 */
final class Differences {
    private static final double STEP = 1.0 / 128;

    /** The weights of f(h) − f(−h), f(2h) − f(−2h), ... for the derivative; the error is h¹⁰·f⁽¹¹⁾/2772. */
    private static final double[] WEIGHTS = {5.0 / 6, -5.0 / 21, 5.0 / 84, -5.0 / 504, 1.0 / 1260};

    private Differences() {}

    /**
     * A derivative and how far it may be from the truth.
     *
     * @param slope the derivative
     * @param error a cautious bound of its error
     */
    record Estimate(double slope, double error) {}

    /** The derivative at 0. */
    static Estimate derivative(DoubleUnaryOperator function) {
        double[] rises = new double[2 * WEIGHTS.length + 1];
        double size = 0;
        for (int halves : new int[] {1, 2, 3, 4, 5, 6, 8, 10}) {
            double ahead = function.applyAsDouble(halves * STEP / 2);
            double behind = function.applyAsDouble(-halves * STEP / 2);
            rises[halves] = ahead - behind;
            size = halves == 2 ? Math.max(Math.abs(ahead), Math.abs(behind)) : size;
        }
        double coarse = difference(rises, 2) / STEP;
        double fine = difference(rises, 1) / (STEP / 2);
        return new Estimate(fine, 4 * Math.abs(coarse - fine) + size * 1e-13 / STEP);
    }

    private static double difference(double[] rises, int every) {
        double sum = 0;
        for (int i = WEIGHTS.length; i >= 1; i--) {
            sum += WEIGHTS[i - 1] * rises[i * every];
        }
        return sum;
    }
}
