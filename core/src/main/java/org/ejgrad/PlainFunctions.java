package org.ejgrad;

import static org.ejgrad.Kernels.plus;

/**
 * Elementary functions of arrays in plain Java, to about one unit in the last place.
 *
 * <p>Java's compiler vectorises a loop without branches, calls and bits of numbers. So each function goes over its
 * array several times: a polynomial in a loop of that kind, then a short loop for what is left, which also computes the
 * rare elements outside one by one. An element has the same bits wherever it stands.
 */
final class PlainFunctions {
    /** 1.5·2⁵²: what is added to it is rounded to an integer, which then stands in the last bits. */
    static final double ROUNDING = 0x1.8p52;

    /** ln 2 in two parts, the first so short that its product with an exponent is exact. */
    static final double LN_2_HIGH = 0x1.62e42feep-1;

    static final double LN_2_LOW = 0x1.a39ef35793c76p-33;

    /** Up to this size eˣ and e⁻ˣ are neither subnormal nor infinite. */
    static final double LARGEST_EXPONENT = 708;

    /** What brings √2 − 1 to ½, from where on numbers are rounded up. */
    private static final double FROM_SQRT_2_LESS_1 = 1.5 - 1.4142135623730951;

    /** The bits of 1 and of √½. */
    static final long ONE = 0x3ff0000000000000L;

    static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;

    /** From this size of 2x on tanh x is ±1. */
    static final double TANH_IS_ONE = 44;

    private static final boolean STRICT = Elementary.isStrict();

    private PlainFunctions() {}

    /** x/ln 2, rounded to an integer k, on top of {@link #ROUNDING}. */
    private static double exponent(double x) {
        return plus(ROUNDING, x, ScalarFunctions.LOG_2_OF_E);
    }

    /** 2ᵏ of that k. */
    private static double power(double exponent) {
        return Double.longBitsToDouble((Double.doubleToRawLongBits(exponent) + 1023) << 52);
    }

    /** eʳ − 1 by Taylor's polynomial, where r = x − k·ln 2 is at most ½·ln 2 in size; its rounding is made good. */
    private static double expm1OfRest(double x) {
        double k = exponent(x) - ROUNDING;
        double high = plus(x, -k, LN_2_HIGH);
        double low = k * LN_2_LOW;
        double r = high - low;
        double p = 1 / 6227020800.0;
        p = plus(1 / 479001600.0, p, r);
        p = plus(1 / 39916800.0, p, r);
        p = plus(1 / 3628800.0, p, r);
        p = plus(1 / 362880.0, p, r);
        p = plus(1 / 40320.0, p, r);
        p = plus(1 / 5040.0, p, r);
        p = plus(1 / 720.0, p, r);
        p = plus(1 / 120.0, p, r);
        p = plus(1 / 24.0, p, r);
        p = plus(1 / 6.0, p, r);
        p = plus(0.5, p, r);
        return high + plus(-low, p, r * r);
    }

    static void exp(double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = expm1OfRest(x[i]);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = exp(x[i], y[i]);
        }
    }

    /** eˣ of which eʳ − 1 is known. */
    private static double exp(double x, double rest) {
        return Math.abs(x) <= LARGEST_EXPONENT && !STRICT ? (1 + rest) * power(exponent(x)) : Elementary.exp(x);
    }

    /** e^(−|x|). */
    private static void expOfMinus(double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = expm1OfRest(-Math.abs(x[i]));
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = exp(-Math.abs(x[i]), y[i]);
        }
    }

    /** 1/(1 + e) where x &gt; 0, otherwise e/(1 + e), with e = e^(−|x|). */
    static void sigmoid(double[] x, double[] y) {
        expOfMinus(x, y);
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.max(y[i], isAbove(x[i])) / (1 + y[i]);
        }
    }

    /** 1 where x &gt; 0, 0 where x ≤ 0, NaN where x is NaN, without a branch: no processor foresees the sign of x. */
    private static double isAbove(double x) {
        return Math.min(Math.max(x * 0x1p1000 * 0x1p1000, 0), 1);
    }

    /** dy where x &gt; 0, else 0; NaN where x is NaN unless dy is 0. */
    static void gate(double[] x, double[] dy, double[] dx) {
        for (int i = 0; i < dx.length; i++) {
            dx[i] = dy[i] * isAbove(x[i]) + 0.0;
        }
        if (ElementKernels.firstNonFinite(dx, dx.length) < 0) {
            return;
        }
        for (int i = 0; i < dx.length; i++) {
            dx[i] = x[i] > 0 ? dy[i] : x[i] <= 0 || dy[i] == 0 ? 0 : Double.NaN;
        }
    }

    /** max(x, 0) + ln(1 + e) with e = e^(−|x|); where 1 + e exceeds √2, half of it is taken. */
    static void softplus(double[] x, double[] y) {
        expOfMinus(x, y);
        for (int i = 0; i < y.length; i++) {
            double k = y[i] + FROM_SQRT_2_LESS_1 + ROUNDING - ROUNDING;
            double half = 0.5 * k;
            y[i] = Math.max(x[i], 0) + logOfParts(k, y[i] * (1 - half) - half);
        }
    }

    /** k·ln 2 + ln(1 + f), as in FDLIBM's e_log.c, for 1 + f from √½ to √2. */
    private static double logOfParts(double k, double f) {
        double s = f / (2 + f);
        double z = s * s;
        double p = 0.14798198605116586;
        p = plus(0.15313837699209373, p, z);
        p = plus(0.1818357216161805, p, z);
        p = plus(0.22222198432149784, p, z);
        p = plus(0.2857142874366239, p, z);
        p = plus(0.3999999999940942, p, z);
        p = plus(0.6666666666666735, p, z);
        double half = 0.5 * (f * f);
        double part = s * (half + p * z) + k * LN_2_LOW;
        return k * LN_2_HIGH - ((half - part) - f);
    }

    /** The logarithm of x = 2ᵏ·m, where the exponent of x·√2 gives an m from √½ to √2. */
    static void log(double[] x, double[] y) {
        double[] k = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            long bits = Double.doubleToRawLongBits(x[i]);
            long exponent = ((bits + (ONE - SQRT_HALF)) >> 52) - 1023;
            k[i] = exponent;
            y[i] = Double.longBitsToDouble(bits - (exponent << 52)) - 1;
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = logOfParts(k[i], y[i]);
        }
        for (int i = 0; i < y.length; i++) {
            if (!(x[i] <= Double.MAX_VALUE && x[i] >= Double.MIN_NORMAL)) {
                y[i] = Elementary.log(x[i]);
            }
        }
    }

    /** E/(E + 2) with E = e^(2|x|) − 1, which takes the sign of x. */
    static void tanh(double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = expm1OfRest(Math.min(2 * Math.abs(x[i]), TANH_IS_ONE));
        }
        for (int i = 0; i < y.length; i++) {
            double twice = 2 * Math.abs(x[i]);
            double power = power(exponent(twice < TANH_IS_ONE ? twice : TANH_IS_ONE));
            y[i] = Math.copySign(plus(power - 1, power, y[i]), x[i]);
        }
        for (int i = 0; i < y.length; i++) {
            y[i] = y[i] / (Math.abs(y[i]) + 2);
        }
    }

    /** dy ⊙ k²·σ(kx)·σ(−kx): the gradient of sigmoid for k = 1, of tanh for k = 2. */
    static void bell(double k, double[] x, double[] dy, double[] dx) {
        for (int i = 0; i < dx.length; i++) {
            dx[i] = expm1OfRest(-k * Math.abs(x[i]));
        }
        boolean isInside = true;
        for (int i = 0; i < dx.length; i++) {
            double size = k * Math.abs(x[i]);
            dx[i] = (1 + dx[i]) * power(exponent(-size));
            isInside &= size <= LARGEST_EXPONENT;
        }
        for (int i = 0; i < dx.length; i++) {
            dx[i] = dy[i] * (k * k * dx[i] / plus(1, dx[i], 2 + dx[i])) + 0.0;
        }
        for (int i = isInside ? dx.length : 0; i < dx.length; i++) {
            if (!(k * Math.abs(x[i]) <= LARGEST_EXPONENT)) {
                dx[i] = dy[i] == 0 ? 0 : dy[i] * bellOutside(k, x[i]);
            }
        }
    }

    /** k²·e^(−k|x|), without losing digits where the power alone is subnormal. */
    static double bellOutside(double k, double x) {
        return ScalarFunctions.timesExp(k * k, 0, -k * Math.abs(x), 0);
    }
}
