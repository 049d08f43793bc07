package org.ejgrad.nn.optim;

import org.ejgrad.Elementary;

/** The quotients that adaptive steps are made of, where both sides may vanish. */
final class Quotients {
    /** A root of squares below this has lost digits, as its squares lie near the least doubles, 5e-324. */
    private static final double LEAST_ROOT = 1e-145;

    /** A mean below this may have lost digits: one more decay or weight and it is subnormal. */
    private static final double LEAST_MEAN = 1e-290;

    private Quotients() {}

    /**
     * Whether some quotient by a root + ε may need {@link #overRoot}; if not, a plain loop does, which the JVM turns
     * into vector instructions.
     */
    static boolean areDelicate(double epsilon, double size) {
        return epsilon < LEAST_ROOT || !Double.isFinite(size);
    }

    /** The same of {@link #over}. */
    static boolean areDelicateMeans(double epsilon, double size) {
        return epsilon < LEAST_MEAN || !Double.isFinite(size);
    }

    /**
     * a/b, where b is √(squares) + ε: 0 for 0/0, and NaN where the squares of a gradient that is not 0 are lost and ε
     * is too small to make up for them.
     */
    static double overRoot(double a, double b, double gradient) {
        return b >= LEAST_ROOT ? a / b : small(a, b, gradient);
    }

    /** The same where a and b have the gradient's own size. */
    static double over(double a, double b, double gradient) {
        return b >= LEAST_MEAN ? a / b : small(a, b, gradient);
    }

    private static double small(double a, double b, double gradient) {
        if (gradient != 0) {
            return Double.NaN;
        }
        return a == 0 ? a : a / b;
    }

    /** 1 − xⁿ for x in [0, 1), to the last digits near 1 too. */
    static double oneMinusPower(double x, double n) {
        return -Elementary.expm1(n * Elementary.log(x));
    }
}
