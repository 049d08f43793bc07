package org.ejgrad.check;

import java.util.Arrays;

/**
 * The noise of a function's value: the standard deviation of its rounding errors near a point.
 *
 * <p>The estimate comes from a table of differences over points so close together that a smooth function is nearly
 * linear there: high differences of the smooth part vanish and those of the noise remain (Hamming; Moré and Wild,
 * "Estimating computational noise", SIAM J. Sci. Comput. 2011).
 */
final class Noise {
    /** Half the distance between 1 and the next double. */
    static final double UNIT = 0x1.0p-53;

    private static final int POINTS = 7;

    private Noise() {}

    /** The noise along the line near t = 0, at least half a unit in the last place of the value. */
    static double estimate(LineFunction line, double value) {
        double floor = UNIT * Math.abs(value);
        double width = line.reach() * 0x1.0p-30;
        for (int attempt = 0; attempt < 3; attempt++) {
            double[] values = new double[POINTS];
            int repeated = 0;
            for (int i = 0; i < POINTS; i++) {
                values[i] = i == POINTS / 2 ? value : line.at((i - POINTS / 2) * width);
                repeated += i > 0 && values[i] == values[i - 1] ? 1 : 0;
            }
            if (!Arrays.stream(values).allMatch(Double::isFinite)) {
                width /= 64;
            } else if (attempt > 0 && repeated == POINTS - 1) {
                return floor;
            } else if (repeated >= 4) {
                width *= 128;
            } else {
                return Math.max(floor, fromDifferences(values, floor));
            }
        }
        return floor;
    }

    /** σ_k² = (k!)²/(2k)! · mean (Δᵏf)²; taken where three successive σ agree and the differences change sign. */
    static double fromDifferences(double[] values, double floor) {
        double[] differences = values.clone();
        double[] sigma = new double[values.length];
        boolean[] signChange = new boolean[values.length];
        double gamma = 1;
        for (int k = 1; k < values.length; k++) {
            gamma *= k / (2.0 * (2 * k - 1));
            double[] before = differences;
            differences = new double[before.length - 1];
            Arrays.setAll(differences, i -> before[i + 1] - before[i]);
            sigma[k] = Math.sqrt(
                    gamma * Arrays.stream(differences).map(d -> d * d).average().orElseThrow());
            signChange[k] = Arrays.stream(differences).anyMatch(d -> d > 0)
                    && Arrays.stream(differences).anyMatch(d -> d < 0);
        }
        for (int k = 1; k + 2 < values.length; k++) {
            if (signChange[k] && agree(sigma[k], sigma[k + 1], sigma[k + 2])) {
                return sigma[k];
            }
        }
        int last = values.length - 1;
        double least = Math.min(sigma[last], Math.min(sigma[last - 1], sigma[last - 2]));
        return least < 1e3 * floor ? least : floor;
    }

    /** Whether three figures are within a factor 4. */
    static boolean agree(double a, double b, double c) {
        return Math.max(a, Math.max(b, c)) <= 4 * Math.min(a, Math.min(b, c));
    }
}
