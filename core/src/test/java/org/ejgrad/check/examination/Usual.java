package org.ejgrad.check.examination;

import java.util.function.DoubleUnaryOperator;

/** The usual gradient check: one central difference with step 1e-6, allowed 1e-5 and a thousandth. */
final class Usual {
    private static final double STEP = 1e-6;
    private static final double ABSOLUTE = 1e-5;
    private static final double RELATIVE = 1e-3;

    private Usual() {}

    static double slope(DoubleUnaryOperator f, double x) {
        return (f.applyAsDouble(x + STEP) - f.applyAsDouble(x - STEP)) / (2 * STEP);
    }

    static boolean accepts(double claim, double numeric) {
        return Math.abs(claim - numeric) <= ABSOLUTE + RELATIVE * Math.abs(numeric);
    }
}
