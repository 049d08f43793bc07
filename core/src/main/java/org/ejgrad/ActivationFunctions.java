package org.ejgrad;

import java.util.function.DoubleUnaryOperator;

/**
 * The functions between the layers of a network and their first and second derivatives ("slope" and "bend"), each
 * written so that its exponential is never larger than 1 and no sum loses digits; near a zero by {@link NearZero}.
 *
 * <p>Throughout e is e^(−|x|). A slope s with s(x) + s(−x) = 1 is computed below 0.
 */
final class ActivationFunctions {
    private ActivationFunctions() {}

    /** √(8/π), and that times 0.044715: the constants of GELU's tanh form in σ, Hendrycks and Gimpel 2016. */
    static final DoubleDouble STEEPNESS = new DoubleDouble(1.5957691216057308, -9.96930880911092e-17);

    static final DoubleDouble CUBIC = new DoubleDouble(0.07135481627260025, -6.175149918155315e-19);

    /** The two constants of SELU, Klambauer et al. 2017, and their product. */
    static final double SELU_SCALE = 1.0507009873554805;

    static final double SELU_SCALE_ALPHA = 1.7580993408473768;

    /** Beyond this 1 + e⁻ˣ is 1, also beside x. */
    private static final double FAR = 50;

    // ---- σ ----------------------------------------------------------------------------------------------------------

    static double sigmoid(double x) {
        if (x >= 0) {
            return 1 / (1 + Elementary.exp(-x));
        }
        double e = Elementary.exp(x);
        return e / (1 + e);
    }

    /** dy·σ(x)·σ(−x): 1 − σ would lose all digits where σ is close to 1. */
    static double sigmoidGradient(double x, double dy) {
        double e = Elementary.exp(-Math.abs(x));
        return dy == 0 ? 0 : dy * (e / (1 + e * (2 + e)));
    }

    /** ln(1 + eˣ), without overflow and without losing small results. */
    static double softplus(double x) {
        return Math.max(x, 0) + Elementary.log1p(Elementary.exp(-Math.abs(x)));
    }

    /** σ(x)·σ(−x). */
    static double bell(double x) {
        return sigmoidGradient(x, 1);
    }

    /** ln(1 + e^(k·x))/k, with the digits that k·x and the quotient lose. */
    static double softplus(double k, double x) {
        double z = k * x;
        if (z == Double.POSITIVE_INFINITY) {
            return x;
        }
        double all = softplus(z);
        double quotient = all / k;
        double lost = Math.fma(-quotient, k, all) + sigmoid(z) * Math.fma(k, x, -z);
        return Double.isFinite(lost) ? quotient + lost / k : quotient;
    }

    /** f(k·x), with the digits that k·x loses, where f′/f is known. */
    static double ofProduct(double k, double x, DoubleUnaryOperator f, DoubleUnaryOperator relativeSlope) {
        double z = k * x;
        double value = f.applyAsDouble(z);
        return Double.isInfinite(z) ? value : value + value * (relativeSlope.applyAsDouble(z) * Math.fma(k, x, -z));
    }

    // ---- silu -------------------------------------------------------------------------------------------------------

    /** x·σ(x). */
    static double silu(double x) {
        if (x >= 0) {
            return x / (1 + Elementary.exp(-x));
        }
        if (x < -FAR) {
            return ScalarFunctions.timesExp(x, 0, x, 0);
        }
        DoubleDouble k = new DoubleDouble(x, 0).over(DoubleDouble.sum(1, Elementary.exp(x)));
        return ScalarFunctions.timesExp(k.high(), k.low(), x, 0);
    }

    /** σ(x) + x·σ(x)σ(−x) = e(1 + e + x)/(1 + e)². */
    static double siluSlope(double x) {
        if (x > 0) {
            return 1 - siluSlope(-x);
        }
        if (NearZero.SILU_SLOPE.holds(x)) {
            return NearZero.SILU_SLOPE.at(x);
        }
        if (x < -FAR) {
            return ScalarFunctions.timesExp(1 + x, 0, x, 0);
        }
        double e = Elementary.exp(x);
        return e * ((1 + x) + e) / squareOf1Plus(e);
    }

    /** σ(x)σ(−x)(2 − x·tanh(x/2)) = e(2 − |x| + e(2 + |x|))/(1 + e)³. */
    static double siluBend(double x) {
        double size = Math.abs(x);
        if (NearZero.SILU_BEND.holds(size)) {
            return NearZero.SILU_BEND.at(size);
        }
        if (size > FAR) {
            return ScalarFunctions.timesExp(2 - size, 0, -size, 0);
        }
        double e = Elementary.exp(-size);
        return e * Math.fma(e, 2 + size, 2 - size) / cubeOf1Plus(e);
    }

    private static double squareOf1Plus(double e) {
        return Math.fma(e, 2 + e, 1);
    }

    private static double cubeOf1Plus(double e) {
        return Math.fma(e, Math.fma(e, 3 + e, 3), 1);
    }

    // ---- mish -------------------------------------------------------------------------------------------------------

    /** x·tanh(ln(1 + eˣ)), which is x·(1 + 2e)/d above 0 and x·e(2 + e)/(e² + 2e + 2) below, see {@link #mishPart}. */
    static double mish(double x) {
        if (x < -FAR) {
            return ScalarFunctions.timesExp(x, 0, x, 0);
        }
        double e = Elementary.exp(-Math.abs(x));
        if (x >= 0) {
            return e == 0 || x == 0 ? x : Math.fma(-x, 2 * e * e / mishPart(e), x);
        }
        DoubleDouble sum = DoubleDouble.sum(2, e);
        DoubleDouble k = sum.over(sum.times(e).plus(2)).times(x);
        return ScalarFunctions.timesExp(k.high(), k.low(), x, 0);
    }

    /** d = 1 + 2e + 2e². */
    private static double mishPart(double e) {
        return Math.fma(2 * e, 1 + e, 1);
    }

    /** 1 + 2e²(2x(1 + e) − d)/d² above 0, e(4(1 + x)(1 + e) + 2e + 4e² + e³)/(2 + 2e + e²)² below. */
    static double mishSlope(double x) {
        if (NearZero.MISH_SLOPE.holds(x)) {
            return NearZero.MISH_SLOPE.at(x);
        }
        if (x < -FAR) {
            return ScalarFunctions.timesExp(1 + x, 0, x, 0);
        }
        double e = Elementary.exp(-Math.abs(x));
        if (x > 0) {
            double d = mishPart(e);
            return e == 0 ? 1 : 1 + 2 * e * e * (2 * x * (1 + e) - d) / (d * d);
        }
        double k = 4 * (1 + x);
        double square = Math.fma(e, 8 + e * (8 + e * (4 + e)), 4);
        return e * (Math.fma(e, (2 + k) + e * (4 + e), k) / square);
    }

    /**
     * 4e²(2 − 2x + (6 − 3x)e + (8 + 2x)e² + (4 + 2x)e³)/(1 + 2e + 2e²)³ above 0, 4e(4 + 2x + (8 + 2x)e + (6 − 3x)e² +
     * (2 − 2x)e³)/(2 + 2e + e²)³ below.
     */
    static double mishBend(double x) {
        if (NearZero.MISH_BEND_ABOVE.holds(x)) {
            return NearZero.MISH_BEND_ABOVE.at(x);
        }
        if (NearZero.MISH_BEND_BELOW.holds(x)) {
            return NearZero.MISH_BEND_BELOW.at(x);
        }
        if (Math.abs(x) > FAR) {
            return x > 0 ? ScalarFunctions.timesExp(8 - 8 * x, 0, -2 * x, 0) : ScalarFunctions.timesExp(2 + x, 0, x, 0);
        }
        double e = Elementary.exp(-Math.abs(x));
        if (x > 0) {
            double cube = Math.fma(e, 6 + e * (18 + e * (32 + e * (36 + e * (24 + 8 * e)))), 1);
            double inner = Math.fma(e, Math.fma(e, 4 + 2 * x, 8 + 2 * x), 6 - 3 * x);
            return ScalarFunctions.timesExp(4 * Math.fma(e, inner, 2 - 2 * x) / cube, 0, -2 * x, 0);
        }
        double cube = Math.fma(e, 24 + e * (36 + e * (32 + e * (18 + e * (6 + e)))), 8);
        double inner = Math.fma(e, Math.fma(e, 2 - 2 * x, 6 - 3 * x), 8 + 2 * x);
        return ScalarFunctions.timesExp(4 * Math.fma(e, inner, 4 + 2 * x) / cube, 0, x, 0);
    }

    // ---- gelu in its tanh form --------------------------------------------------------------------------------------

    /** x·σ(v). */
    static double geluTanh(double x) {
        if (Math.abs(x) > FAR) {
            return x > 0 ? x : -0.0;
        }
        DoubleDouble v = cubic(x, 1).times(x);
        if (x >= 0) {
            return x / (1 + ScalarFunctions.timesExp(1, 0, -v.high(), -v.low()));
        }
        DoubleDouble k = new DoubleDouble(x, 0).over(DoubleDouble.sum(1, Elementary.exp(v.high())));
        return ScalarFunctions.timesExp(k.high(), k.low(), v.high(), v.low());
    }

    /** σ(v) + x·σ(v)σ(−v)v′ = e(1 + e + x·v′)/(1 + e)² with e = eᵛ. */
    static double geluTanhSlope(double x) {
        if (x > 0) {
            return 1 - geluTanhSlope(-x);
        }
        if (NearZero.GELU_TANH_SLOPE.holds(x)) {
            return NearZero.GELU_TANH_SLOPE.at(x);
        }
        if (x < -FAR) {
            return 0;
        }
        DoubleDouble v = cubic(x, 1).times(x);
        double e = ScalarFunctions.timesExp(1, 0, v.high(), v.low());
        double inner = cubic(x, 3).times(x).plus(1).plus(e).rounded();
        return ScalarFunctions.timesExp(inner / squareOf1Plus(e), 0, v.high(), v.low());
    }

    /**
     * σ(v)σ(−v)(2v′ + x(v″ − v′²·tanh(v/2))) = e(p − q + e(p + q))/(1 + e)³ with e = e^(−|v|), p = 2v′ + x·v″ and q =
     * |x|·v′².
     */
    static double geluTanhBend(double x) {
        double size = Math.abs(x);
        if (NearZero.GELU_TANH_BEND.holds(size)) {
            return NearZero.GELU_TANH_BEND.at(size);
        }
        if (size > FAR) {
            return 0;
        }
        DoubleDouble v = cubic(size, 1).times(size);
        DoubleDouble slope = cubic(size, 3);
        DoubleDouble p = cubic(size, 6).times(2);
        DoubleDouble q = slope.times(slope).times(size);
        double e = ScalarFunctions.timesExp(1, 0, -v.high(), -v.low());
        double inner = p.plus(q).times(e).plus(p).plus(q.negative()).rounded();
        return ScalarFunctions.timesExp(inner / cubeOf1Plus(e), 0, -v.high(), -v.low());
    }

    /** √(8/π)·(1 + n·0.044715x²): v/x for n = 1, v′ for n = 3. */
    private static DoubleDouble cubic(double x, int n) {
        return DoubleDouble.product(x, x).times(CUBIC).times(n).plus(STEEPNESS);
    }

    // ---- softsign ---------------------------------------------------------------------------------------------------

    static double softsign(double x) {
        return Double.isInfinite(x) ? Math.signum(x) : x / (1 + Math.abs(x));
    }
}
