package org.ejgrad;

/** The inverse hyperbolic functions, which Java lacks, without cancellation near 0 and without overflow. */
final class Hyperbolic {
    private Hyperbolic() {}

    /** Beyond this the terms left out are below the rounding error. */
    private static final double LARGE = 0x1p28;

    static double asinh(double x) {
        double a = Math.abs(x);
        double y = a > LARGE ? Math.log(a) + Kernels.LN_2 : Math.log1p(a + a * a / (1 + Math.sqrt(a * a + 1)));
        return Math.copySign(y, x);
    }

    /** NaN below 1. */
    static double acosh(double x) {
        double t = x - 1;
        return x > LARGE ? Math.log(x) + Kernels.LN_2 : Math.log1p(t + Math.sqrt(2 * t + t * t));
    }

    /** ±∞ at ±1, NaN beyond. */
    static double atanh(double x) {
        return 0.5 * (Math.log1p(x) - Math.log1p(-x));
    }
}
