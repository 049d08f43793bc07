package org.ejgrad;

import static org.ejgrad.Kernels.plus;

/**
 * Functions of one or two numbers that Java lacks or computes slowly, and their slopes: without cancellation, without
 * overflow or underflow on the way, and with their limits at ±∞.
 *
 * <p>A "slope" is a first derivative, a "bend" a second one.
 */
final class ScalarFunctions {
    private ScalarFunctions() {}

    static final double LN_2 = 0.6931471805599453;

    private static final double LN_2_LOW = 2.3190468138462996e-17;

    /** log₂e and log₁₀e. */
    static final double LOG_2_OF_E = 1.4426950408889634;

    static final double LOG_10_OF_E = 0.4342944819032518;

    /** Beyond this 1 + x² is x². */
    private static final double LARGE = 0x1p28;

    // ---- exponentials and powers ------------------------------------------------------------------------------------

    /** (k + kLow)·e^(x + xLow), right even where e^x alone would be too large or too small. */
    static double timesExp(double k, double kLow, double x, double xLow) {
        if (Math.abs(x) < 700) {
            double e = Elementary.exp(x);
            return Math.fma(k, e, e * (kLow + k * xLow));
        }
        if (x < -2000) {
            return Math.copySign(0, k);
        }
        double root = Elementary.exp(0.5 * x);
        return (root * (k + (kLow + k * xLow))) * root;
    }

    /** k·e^(x/s). */
    static double timesExpOfQuotient(double k, double x, double s) {
        double q = x / s;
        return timesExp(k, 0, q, Math.fma(-q, s, x) / s);
    }

    /** k·(e^(x/s) − 1), close to 0 the line k/s·x. */
    static double timesExpm1OfQuotient(double k, double x, double s) {
        double q = x / s;
        return Math.abs(q) < 0x1p-54 ? k / s * x : k * Elementary.expm1(q);
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
        return x == 1 ? 1 : Elementary.pow(x, p);
    }

    /** k·x^(p − n): where the difference must be rounded, x to the rest is 1 + rest·ln x. */
    static double timesPower(double k, double x, double p, double n) {
        DoubleDouble difference = DoubleDouble.sum(p, -n);
        double e = difference.high();
        double y = power(x, e);
        if (k == 0 || Double.isNaN(y)) {
            return k == 0 ? 0 : y;
        }
        boolean exact = difference.low() == 0 || x == 0 || Double.isInfinite(e);
        double rest = exact ? 0 : difference.low() * Elementary.log(Math.abs(x));
        if (Math.abs(y) >= Double.MIN_NORMAL && Math.abs(y) <= Double.MAX_VALUE) {
            return k * Math.fma(y, rest, y);
        }
        double root = Elementary.pow(Math.abs(x), 0.5 * e);
        if (x != 0 && root > 0 && root <= Double.MAX_VALUE) {
            return Math.copySign(1, y) * ((k * Math.fma(root, rest, root)) * root);
        }
        double part = Elementary.pow(Math.abs(x), 0.25 * e);
        if (x != 0 && part > 0 && part <= Double.MAX_VALUE) {
            return Math.copySign(1, y) * (k * Math.fma(part, rest, part) * part * part * part);
        }
        return (y == 0 ? Math.signum(k) : k) * y;
    }

    /** aᵇ·ln a, and 0 where a = 0 and b ≥ 0. */
    static double powerLog(double a, double b) {
        return a == 0 && b >= 0 ? 0 : timesFinitePower(Elementary.log(a), a, b);
    }

    /** b·a^(b−1), the slope of aᵇ in a. */
    static double powerSlope(double a, double b) {
        return timesPower(b, a, b, 1);
    }

    /** b·(b − 1)·a^(b−2). */
    static double powerBend(double a, double b) {
        return timesPower(b * (b - 1), a, b, 2);
    }

    /** a^(b−1)·(1 + b·ln a), the slope of aᵇ in both. */
    static double powerTwist(double a, double b) {
        if (b == 0) {
            return timesPower(1, a, b, 1);
        }
        if (a == 0 && b > 1) {
            return 0;
        }
        double t = Math.fma(b, Elementary.log(a), 1);
        if (Math.abs(t) < 0.5) {
            t = DoubleDouble.log(a).times(b).plus(1).rounded();
        }
        return timesPower(t, a, b, 1);
    }

    /** aᵇ·ln² a, and 0 where a = 0 and b &gt; 0. */
    static double powerLogSquare(double a, double b) {
        double log = Elementary.log(a);
        return a == 0 && b >= 0 ? 0 : timesFinitePower(log * log, a, b);
    }

    /** k·aᵇ, infinite where aᵇ is: a value that overflows has no finite slope in b. */
    private static double timesFinitePower(double k, double a, double b) {
        double y = power(a, b);
        return Double.isInfinite(y) ? k * y : timesPower(k, a, b, 0);
    }

    // ---- logarithms -------------------------------------------------------------------------------------------------

    /** Exact for powers of two. */
    static double log2(double x) {
        if (!(x > 0 && x <= Double.MAX_VALUE)) {
            return Elementary.log(x);
        }
        boolean subnormal = x < Double.MIN_NORMAL;
        double scaled = subnormal ? x * 0x1p54 : x;
        int exponent = Math.getExponent(scaled);
        double m = Math.scalb(scaled, -exponent);
        if (m > 1.5) {
            m *= 0.5;
            exponent++;
        }
        return (subnormal ? exponent - 54 : exponent) + Elementary.log(m) * LOG_2_OF_E;
    }

    /** ln(x/(1 − x)), around ½ as ln(1 + (2x − 1)/(1 − x)), whose numerator is exact. */
    static double logit(double x) {
        if (x < 0.25 || x > 0.75) {
            return Elementary.log(x) - Elementary.log1p(-x);
        }
        double numerator = 2 * x - 1;
        DoubleDouble denominator = DoubleDouble.sum(1, -x);
        double q = numerator / denominator.high();
        double rest = Math.fma(-q, denominator.high(), numerator) - q * denominator.low();
        return Elementary.log1p(q) + rest / x;
    }

    /** 1/(x(1 − x)), NaN outside of 0 ≤ x ≤ 1. */
    static double logitSlope(double x) {
        return x < 0 || x > 1 ? Double.NaN : 1 / Math.fma(-x, x, x);
    }

    /** (2x − 1)/(x(1 − x))². */
    static double logitBend(double x) {
        double w = Math.fma(-x, x, x);
        return x < 0 || x > 1 ? Double.NaN : (2 * x - 1) / w / w;
    }

    /** a·ln b, and 0 where a = 0 unless b is NaN. */
    static double xlogy(double a, double b) {
        return a == 0 && !Double.isNaN(b) ? 0 : a * Elementary.log(b);
    }

    /** ln(eᵃ + eᵇ), without overflow; where the two parts cancel, from eᵃ + eᵇ − 1 in 32 digits. */
    static double logAddExp(double a, double b) {
        double max = Math.max(a, b);
        double min = Math.min(a, b);
        if (a == b) {
            return (a + LN_2) + LN_2_LOW;
        }
        double part = Elementary.log1p(expOfDifference(min, max));
        if (max < 0 && part > -0.125 * max && part < -16 * max) {
            DoubleDouble excess = DoubleDouble.expm1(max).plus(DoubleDouble.exp(min));
            return Elementary.log1p(excess.high()) + excess.low() / (1 + excess.high());
        }
        return max + part;
    }

    /** σ(a − b), with the digits that the difference loses. */
    static double sigmoidOfDifference(double a, double b) {
        double e = expOfDifference(Math.min(a, b), Math.max(a, b));
        return a >= b ? 1 / (1 + e) : e / (1 + e);
    }

    /** σ(a − b)·σ(b − a). */
    static double bellOfDifference(double a, double b) {
        double e = expOfDifference(Math.min(a, b), Math.max(a, b));
        return e / Math.fma(e, 2 + e, 1);
    }

    /** e^(a − b) for a ≤ b. */
    private static double expOfDifference(double a, double b) {
        DoubleDouble d = DoubleDouble.sum(a, -b);
        return timesExp(1, 0, d.high(), d.low());
    }

    // ---- circular functions -----------------------------------------------------------------------------------------

    /** 1/√(1 − x²). */
    static double asinSlope(double x) {
        return 1 / Math.sqrt(Math.fma(-x, x, 1));
    }

    /** x/(1 − x²)^(3/2). */
    static double asinBend(double x) {
        double w = Math.fma(-x, x, 1);
        return x / (w * Math.sqrt(w));
    }

    /** 1/(1 + x²). */
    static double atanSlope(double x) {
        return Math.abs(x) > LARGE ? 1 / x / x : 1 / Math.fma(x, x, 1);
    }

    /** −2x/(1 + x²)². */
    static double atanBend(double x) {
        double w = Math.fma(x, x, 1);
        return Math.abs(x) > LARGE ? -2 / x / x / x : -2 * x / (w * w);
    }

    /** b/(a² + b²), the slope of atan2(a, b) in a; 0 at the origin. */
    static double atan2Slope(double a, double b) {
        if (b == 0 || Double.isInfinite(a) != Double.isInfinite(b)) {
            return Double.isNaN(a + b) ? Double.NaN : 0;
        }
        int scale = Math.max(exponent(a), exponent(b));
        int own = exponent(b);
        return Math.scalb(Math.scalb(b, -own) / squareSum(a, b, scale).high(), own - 2 * scale);
    }

    /** −2ab/(a² + b²)², its slope in a. */
    static double atan2Bend(double a, double b) {
        if (a == 0 || b == 0 || Double.isInfinite(a) != Double.isInfinite(b)) {
            return Double.isNaN(a + b) ? Double.NaN : 0;
        }
        int scale = Math.max(exponent(a), exponent(b));
        DoubleDouble w = squareSum(a, b, scale);
        DoubleDouble product = DoubleDouble.product(-2 * Math.scalb(a, -exponent(a)), Math.scalb(b, -exponent(b)));
        return Math.scalb(product.over(w.times(w)).rounded(), exponent(a) + exponent(b) - 4 * scale);
    }

    /** (a² − b²)/(a² + b²)², its slope in b. */
    static double atan2Twist(double a, double b) {
        if ((a == 0 && b == 0) || Double.isInfinite(a) != Double.isInfinite(b)) {
            return Double.isNaN(a + b) ? Double.NaN : 0;
        }
        int scale = Math.max(exponent(a), exponent(b));
        DoubleDouble w = squareSum(a, b, scale);
        DoubleDouble difference =
                scaledSquare(a, scale).plus(scaledSquare(b, scale).negative());
        return Math.scalb(difference.over(w.times(w)).rounded(), -2 * scale);
    }

    /** (a² + b²)/4^scale. */
    private static DoubleDouble squareSum(double a, double b, int scale) {
        return scaledSquare(a, scale).plus(scaledSquare(b, scale));
    }

    private static DoubleDouble scaledSquare(double a, int scale) {
        double scaled = Math.scalb(a, -scale);
        return DoubleDouble.product(scaled, scaled);
    }

    /** The power of two of x ≠ 0, that of subnormal numbers too. */
    private static int exponent(double x) {
        return Math.abs(x) < Double.MIN_NORMAL ? Math.getExponent(x * 0x1p54) - 54 : Math.getExponent(x);
    }

    // ---- hyperbolic functions ---------------------------------------------------------------------------------------

    /** tanh x within 2 units in the last place, several times as fast as {@link Math#tanh}. */
    static double tanh(double x) {
        return tanhIsOutside(x) ? tanhOutside(x) : tanhInside(x);
    }

    static final double TANH_INSIDE = 0.875;

    /** Whether e²ˣ is needed; the sign of a zero too is kept there. */
    static boolean tanhIsOutside(double x) {
        return !(Math.abs(x) < TANH_INSIDE) || x == 0;
    }

    /** x − x·z·P(z)/Q(z) with z = x²: Lambert's fraction x/(1 + z/(3 + z/(5 + ... z/19))). */
    static double tanhInside(double x) {
        double z = x * x;
        double p = plus(218243025, plus(16081065, plus(289575, z + 1430, z), z), z);
        double q = plus(654729075, plus(310134825, plus(18918900, plus(315315, z + 1485, z), z), z), z);
        return x - x * (z * p / q);
    }

    /** 1 − 2/(e²ˣ + 1). */
    static double tanhOutside(double x) {
        return x == 0 ? x : Math.copySign(1 - 2 / (Elementary.exp(2 * Math.abs(x)) + 1), x);
    }

    /** From this size on, e^(−2|x|) alone may be subnormal. */
    private static final double TANH_TINY = 300;

    /** 4e/(1 + e)² with e = e^(−2|x|), which is 1 − tanh² x. */
    private static double tanhSlopeOutside(double x) {
        double size = Math.abs(x);
        if (size > TANH_TINY) {
            return timesExp(4, 0, -2 * size, 0);
        }
        double e = Elementary.exp(-2 * size);
        return 4 * e / (1 + e * (2 + e));
    }

    /** −2·tanh x·(1 − tanh² x). */
    static double tanhBend(double x) {
        double y = tanh(x);
        return -2 * y * (tanhIsOutside(x) ? tanhSlopeOutside(x) : 1 - y * y);
    }

    /** x − tanh x, below 1 by Lambert's fraction too. */
    static double tanhshrink(double x) {
        double size = Math.abs(x);
        if (size >= 1) {
            return Math.copySign((size - 1) + 2 / (Elementary.exp(2 * size) + 1), x);
        }
        DoubleDouble z = DoubleDouble.product(x, x);
        double fraction = 19;
        for (int k = 17; k >= 5; k -= 2) {
            fraction = k + z.high() / fraction;
        }
        return z.times(x)
                .over(DoubleDouble.sum(3, z.high()).plus(z.high() / fraction))
                .rounded();
    }

    static double asinh(double x) {
        double a = Math.abs(x);
        double y = a > LARGE ? Elementary.log(a) + LN_2 : Elementary.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(y, x);
    }

    /** 1/√(1 + x²). */
    static double asinhSlope(double x) {
        return Math.abs(x) > LARGE ? 1 / Math.abs(x) : 1 / Math.sqrt(Math.fma(x, x, 1));
    }

    /** −x/(1 + x²)^(3/2). */
    static double asinhBend(double x) {
        double w = Math.fma(x, x, 1);
        return Math.abs(x) > LARGE ? -1 / x / Math.abs(x) : -x / (w * Math.sqrt(w));
    }

    /** NaN below 1. */
    static double acosh(double x) {
        double t = x - 1;
        return x > LARGE
                ? Elementary.log(x) + LN_2
                : x < 1 ? Double.NaN : Elementary.log1p(t + Math.sqrt(2 * t + t * t));
    }

    /** 1/√(x² − 1). */
    static double acoshSlope(double x) {
        return x > LARGE ? 1 / x : x < 1 ? Double.NaN : 1 / Math.sqrt(Math.fma(x, x, -1));
    }

    /** −x/(x² − 1)^(3/2). */
    static double acoshBend(double x) {
        double w = Math.fma(x, x, -1);
        return x > LARGE ? -1 / x / x : x < 1 ? Double.NaN : -x / (w * Math.sqrt(w));
    }

    /** ±∞ at ±1, NaN beyond. */
    static double atanh(double x) {
        return 0.5 * (Elementary.log1p(x) - Elementary.log1p(-x));
    }

    /** 1/(1 − x²), NaN beyond ±1. */
    static double atanhSlope(double x) {
        return Math.abs(x) > 1 ? Double.NaN : 1 / Math.fma(-x, x, 1);
    }

    /** 2x/(1 − x²)². */
    static double atanhBend(double x) {
        double w = Math.fma(-x, x, 1);
        return Math.abs(x) > 1 ? Double.NaN : 2 * x / (w * w);
    }
}
