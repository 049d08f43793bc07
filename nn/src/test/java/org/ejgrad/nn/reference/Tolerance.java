package org.ejgrad.nn.reference;

/**
 * When two numbers count as equal: |got − want| ≤ absolute + relative·|want|, or both NaN, or the same infinity.
 *
 * @param relative the factor of |want|
 * @param absolute the slack near zero
 */
public record Tolerance(double relative, double absolute) {
    boolean close(double got, double want) {
        return got == want
                || Double.isNaN(got) && Double.isNaN(want)
                || Math.abs(got - want) <= absolute + relative * Math.abs(want) && Double.isFinite(want);
    }

    /** The difference as a share of the one that is allowed. */
    double share(double got, double want) {
        return got == want || !Double.isFinite(want)
                ? 0
                : Math.abs(got - want) / (absolute + relative * Math.abs(want));
    }

    Tolerance absolute(double other) {
        return new Tolerance(relative, other);
    }

    /** The tolerance of second derivatives, which grows with the largest entry of the wanted matrix. */
    static Tolerance second(double[][] want) {
        double scale = 1;
        for (double[] row : want) {
            for (double element : row) {
                scale = Double.isFinite(element) ? Math.max(scale, Math.abs(element)) : scale;
            }
        }
        return new Tolerance(1e-7, 1e-9 * scale);
    }
}
