package org.ejgrad;

/** The smooth activations and their slopes as plain numbers, without cancellation and with their limits at ±∞. */
final class Smooth {
    private Smooth() {}

    /** φ(0) = 1/√(2π). */
    static final double PHI_AT_0 = 1 / Math.sqrt(2 * Math.PI);

    /** The two constants of GELU's tanh form, Hendrycks and Gimpel 2016: v = STEEPNESS·(x + CUBIC·x³). */
    static final double STEEPNESS = 2 * Math.sqrt(2 / Math.PI);

    static final double CUBIC = 0.044715;

    static double silu(double x) {
        return weighted(x, Kernels.sigmoid(x));
    }

    static double siluSlope(double x) {
        double s = Kernels.sigmoid(x);
        return s + weighted(x, s * Kernels.sigmoid(-x));
    }

    /** tanh(softplus x) = w/(w + 2) with w = eˣ(eˣ + 2). */
    static double mish(double x) {
        return weighted(x, Math.tanh(Kernels.softplus(x)));
    }

    static double mishSlope(double x) {
        double t = Math.tanh(Kernels.softplus(x));
        return t + weighted(x, (1 - t * t) * Kernels.sigmoid(x));
    }

    static double gelu(double x) {
        return weighted(x, normal(x));
    }

    static double geluSlope(double x) {
        return normal(x) + weighted(x, PHI_AT_0 * Math.exp(-0.5 * x * x));
    }

    static double geluTanh(double x) {
        return weighted(x, Kernels.sigmoid(STEEPNESS * (x + CUBIC * x * x * x)));
    }

    static double geluTanhSlope(double x) {
        double v = STEEPNESS * (x + CUBIC * x * x * x);
        double slope = STEEPNESS * (1 + 3 * CUBIC * x * x);
        double s = Kernels.sigmoid(v);
        return s + weighted(x, weighted(slope, s * Kernels.sigmoid(-v)));
    }

    static double softsign(double x) {
        return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    }

    /** Φ(x), the normal distribution function. */
    private static double normal(double x) {
        return 0.5 * ErrorFunction.erfc(-x / Math.sqrt(2));
    }

    /** x times a weight that vanishes faster than x grows. */
    private static double weighted(double x, double weight) {
        return weight == 0 ? 0 * Math.signum(x) : x * weight;
    }
}
