package org.ejgrad;

/**
 * Functions of one or two numbers that Java lacks or computes slowly: without cancellation, without overflow, and with
 * their limits at ±∞.
 */
final class ScalarFunctions {
    private ScalarFunctions() {}

    static final double LN_2 = Math.log(2);

    /** φ(0) = 1/√(2π). */
    static final double PHI_AT_0 = 1 / Math.sqrt(2 * Math.PI);

    /** The two constants of GELU's tanh form, Hendrycks and Gimpel 2016: v = STEEPNESS·(x + CUBIC·x³). */
    static final double STEEPNESS = 2 * Math.sqrt(2 / Math.PI);

    static final double CUBIC = 0.044715;

    /** The two constants of SELU, Klambauer et al. 2017. */
    static final double SELU_ALPHA = 1.6732632423543772;

    static final double SELU_SCALE = 1.0507009873554805;

    // ---- exponentials, powers and logarithms ------------------------------------------------------------------------

    /**
     * tanh x within 2 units in the last place, several times as fast as {@link Math#tanh}: x + x³·P(x²)/Q(x²) near 0
     * with the rational approximation of Moshier's Cephes library (1989), 1 − 2/(e²ˣ + 1) elsewhere.
     */
    static double tanh(double x) {
        double size = Math.abs(x);
        if (size >= 0.625) {
            return Math.copySign(1 - 2 / (Math.exp(2 * size) + 1), x);
        }
        if (size < 0x1p-28) {
            return x;
        }
        double z = x * x;
        double p = (-0.9643991794250523 * z - 99.28772310019185) * z - 1614.6876844170845;
        double q = ((z + 112.81167849163293) * z + 2235.4883906010045) * z + 4844.063053251255;
        return x + x * (z * (p / q));
    }

    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Math.exp(-x));
        }
        double e = Math.exp(x);
        return e / (1 + e);
    }

    /** ln(1 + eˣ), without overflow and without losing small results. */
    static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    /** xᵖ, with the square root's own signs at −0 and 1 to any power. */
    static double power(double x, double p) {
        if (p == 2) {
            return x * x;
        }
        if (p == 0.5) {
            return Math.sqrt(x);
        }
        if (p == -0.5) {
            return 1 / Math.sqrt(x);
        }
        return x == 1 ? 1 : Math.pow(x, p);
    }

    /** xᵖ·ln x, and 0 where x = 0 and p ≥ 0. */
    static double powerLog(double x, double p) {
        return x == 0 && p >= 0 ? 0 : power(x, p) * Math.log(x);
    }

    /** ln(eᵃ + eᵇ), without overflow. */
    static double logAddExp(double a, double b) {
        return a == b ? a + LN_2 : Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    /** a·ln b, and 0 where a = 0 unless b is NaN. */
    static double xlogy(double a, double b) {
        return a == 0 && !Double.isNaN(b) ? 0 : a * Math.log(b);
    }

    // ---- inverse hyperbolic functions -------------------------------------------------------------------------------

    /** Beyond this the terms left out are below the rounding error. */
    private static final double LARGE = 0x1p28;

    static double asinh(double x) {
        double a = Math.abs(x);
        double y = a > LARGE ? Math.log(a) + LN_2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(y, x);
    }

    /** NaN below 1. */
    static double acosh(double x) {
        double t = x - 1;
        return x > LARGE ? Math.log(x) + LN_2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    /** ±∞ at ±1, NaN beyond. */
    static double atanh(double x) {
        return 0.5 * (Math.log1p(x) - Math.log1p(-x));
    }

    // ---- activations ------------------------------------------------------------------------------------------------

    static double silu(double x) {
        return weighted(x, sigmoid(x));
    }

    static double siluSlope(double x) {
        double s = sigmoid(x);
        return s + weighted(x, s * sigmoid(-x));
    }

    /** tanh(softplus x) = w/(w + 2) with w = eˣ(eˣ + 2). */
    static double mish(double x) {
        return weighted(x, Math.tanh(softplus(x)));
    }

    static double mishSlope(double x) {
        double t = Math.tanh(softplus(x));
        return t + weighted(x, (1 - t * t) * sigmoid(x));
    }

    static double gelu(double x) {
        return weighted(x, normal(x));
    }

    static double geluSlope(double x) {
        return normal(x) + weighted(x, PHI_AT_0 * Math.exp(-0.5 * x * x));
    }

    static double geluTanh(double x) {
        return weighted(x, sigmoid(STEEPNESS * (x + CUBIC * x * x * x)));
    }

    static double geluTanhSlope(double x) {
        double v = STEEPNESS * (x + CUBIC * x * x * x);
        double slope = STEEPNESS * (1 + 3 * CUBIC * x * x);
        double s = sigmoid(v);
        return s + weighted(x, weighted(slope, s * sigmoid(-v)));
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
