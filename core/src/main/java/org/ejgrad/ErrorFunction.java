package org.ejgrad;

/**
 * The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt and its complement, which Java lacks.
 *
 * <p>Small arguments take the series with positive terms, Abramowitz and Stegun 7.1.6; others the Chebyshev expansion
 * of (1 + 2x)·e^(x²)·erfc x in u = (x − 5/2)/(x + 5/2), which is smooth on all of 0 ≤ x ≤ ∞. Both are right to a few
 * units in the last place, erfc in its far tail too.
 */
final class ErrorFunction {
    private ErrorFunction() {}

    /** 2/√π, the slope of erf at 0. */
    static final double SLOPE_AT_0 = 2 / Math.sqrt(Math.PI);

    private static final double[] COEFFICIENTS = {
        1.1771189339755783,
        0.01421274082732332,
        -0.10037710257743795,
        0.04838422197495771,
        -0.012607425531069104,
        0.0016421555334706595,
        5.2927052289800504e-05,
        -5.106088378409827e-05,
        2.371428558502003e-06,
        1.5839410905182581e-06,
        -1.2483958211750847e-07,
        -6.04565732133604e-08,
        4.0925941245210135e-09,
        2.7374094237187243e-09,
        -4.5886933716003754e-11,
        -1.3187750369729465e-10,
        -8.268090806120331e-12,
        5.9379251241790284e-12,
        1.0596357288540175e-12,
        -1.9892259921437084e-13,
        -8.474653109110982e-14,
        -2.518334370166951e-16,
        4.974971993791261e-15,
        7.988345428788568e-16,
        -1.7595071895673927e-16,
        -8.156341907511675e-17,
        -3.54232097176149e-18
    };

    /** erf x, from −1 to 1. */
    static double erf(double x) {
        if (Math.abs(x) < 1) {
            return series(x);
        }
        return x > 0 ? 1 - tail(x) : tail(-x) - 1;
    }

    /** 1 − erf x, from 2 to 0, without cancellation. */
    static double erfc(double x) {
        if (Math.abs(x) < 0.5) {
            return 1 - series(x);
        }
        return x > 0 ? tail(x) : 2 - tail(-x);
    }

    private static double series(double x) {
        double sum = 0;
        double term = x;
        for (int n = 0; Math.abs(term) > 1e-18 * Math.abs(sum); n++) {
            sum += term;
            term *= 2 * x * x / (2 * n + 3);
        }
        return SLOPE_AT_0 * Math.exp(-x * x) * sum;
    }

    /** erfc x for x ≥ 0, the sum of the expansion by Clenshaw's recurrence. */
    private static double tail(double x) {
        if (x > 27.5) {
            return 0;
        }
        double u = (x - 2.5) / (x + 2.5);
        double next = 0;
        double afterNext = 0;
        for (int i = COEFFICIENTS.length - 1; i > 0; i--) {
            double current = 2 * u * next - afterNext + COEFFICIENTS[i];
            afterNext = next;
            next = current;
        }
        return exponentialOfMinusSquare(x) * (u * next - afterNext + COEFFICIENTS[0]) / (1 + 2 * x);
    }

    /** e^(−x²), with x² split so that its rounding error is not magnified by the exponential. */
    private static double exponentialOfMinusSquare(double x) {
        double high = (float) x;
        return Math.exp(-high * high) * Math.exp((high - x) * (high + x));
    }
}
