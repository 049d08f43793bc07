package org.ejgrad.check;

/**
 * How much a function's value trembles: the standard deviation of its rounding errors near a point.
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
    static double estimate(Line line, double value) {
        double floor = UNIT * Math.abs(value);
        double width = line.reach() * 0x1.0p-30;
        for (int attempt = 0; attempt < 3; attempt++) {
            double[] values = new double[POINTS];
            boolean finite = true;
            int repeated = 0;
            for (int i = 0; i < POINTS; i++) {
                values[i] = i == POINTS / 2 ? value : line.at((i - POINTS / 2) * width);
                finite &= Double.isFinite(values[i]);
                repeated += i > 0 && values[i] == values[i - 1] ? 1 : 0;
            }
            if (!finite) {
                width /= 64;
            } else if (2 * repeated > POINTS) {
                if (attempt > 0 && repeated == POINTS - 1) {
                    return floor;
                }
                width *= 128;
            } else {
                return Math.max(floor, fromDifferences(values, floor));
            }
        }
        return floor;
    }

    /** σ_k² = (k!)²/(2k)! · mean (Δᵏf)²; taken where three successive σ agree and the differences change sign. */
    private static double fromDifferences(double[] values, double floor) {
        double[] differences = values.clone();
        double[] sigma = new double[POINTS];
        boolean[] signChange = new boolean[POINTS];
        double gamma = 1;
        for (int k = 1; k < POINTS; k++) {
            gamma *= k / (2.0 * (2 * k - 1));
            double sum = 0;
            boolean positive = false;
            boolean negative = false;
            int count = POINTS - k;
            for (int i = 0; i < count; i++) {
                differences[i] = differences[i + 1] - differences[i];
                sum += differences[i] * differences[i];
                positive |= differences[i] > 0;
                negative |= differences[i] < 0;
            }
            sigma[k] = Math.sqrt(gamma * sum / count);
            signChange[k] = positive && negative;
        }
        for (int k = 1; k + 2 < POINTS; k++) {
            double largest = Math.max(sigma[k], Math.max(sigma[k + 1], sigma[k + 2]));
            double smallest = Math.min(sigma[k], Math.min(sigma[k + 1], sigma[k + 2]));
            if (largest <= 4 * smallest && signChange[k]) {
                return sigma[k];
            }
        }
        double last = Math.min(sigma[POINTS - 1], Math.min(sigma[POINTS - 2], sigma[POINTS - 3]));
        return last < 1e3 * floor ? last : floor;
    }
}
