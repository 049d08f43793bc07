package org.ejgrad;

/**
 * The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt and its complement, which Java lacks, and what is made of them: the
 * normal distribution's Φ in gelu, and the slopes.
 *
 * <p>Around 0 there is the power series, elsewhere e^(x²)·erfc x = P(u)/(1 + 2x) with a polynomial P of u = (x −
 * 5/2)/(x + 5/2), which is smooth on all of 0 ≤ x ≤ ∞. The quotient and x² keep the digits that rounding would lose,
 * since the exponential magnifies them.
 */
final class ErrorFunction {
    private ErrorFunction() {}

    /** 2/√π, the slope of erf at 0. */
    static final double SLOPE_AT_0 = 1.1283791670955126;

    private static final double SLOPE_AT_0_LOW = 1.533545961316588e-17;

    /** φ(0) = 1/√(2π). */
    static final double PHI_AT_0 = 0.3989422804014327;

    private static final DoubleDouble PHI = new DoubleDouble(PHI_AT_0, -2.49232720227773e-17);

    private static final DoubleDouble ROOT_OF_2 = new DoubleDouble(1.4142135623730951, -9.667293313452913e-17);

    /** √(π/2), what e^(x²/2)·erfc(x/√2) is to be multiplied by to give Mills' ratio (1 − Φ(x))/φ(x). */
    private static final DoubleDouble ROOT_OF_HALF_PI = new DoubleDouble(1.2533141373155003, -9.164289990229583e-17);

    /** Beyond this e^(−x²/2) is below every double. */
    private static final double FAR = 40;

    /** P(0), and below it the coefficients of u, u², and so on. */
    private static final DoubleDouble FIRST = new DoubleDouble(1.2648381843668615, 2.1744795775396315e-17);

    private static final double[] COEFFICIENTS = {
        -0.12235676308240419,
        -0.09902453957360216,
        0.15762991902320458,
        -0.1029670560385432,
        0.032760893269135345,
        0.0009318928164427126,
        -0.004382078347621523,
        0.0004918658268269714,
        0.0006321244006225361,
        -8.847936112179403e-05,
        -0.0001135226367074738,
        6.266682759919725e-06,
        2.2700332991628405e-05,
        2.606709964161528e-06,
        -4.2187390050659465e-06,
        -1.5805245884810942e-06,
        5.270409559594571e-07,
        5.270148327423134e-07,
        3.478511515136028e-08,
        -1.200914724882597e-07,
        -4.3026097246583856e-08,
        1.632305577726144e-08,
        1.189460341903311e-08,
        -4.4520802068819967e-10,
        -1.367036855443056e-09,
        -1.5845133139202165e-10
    };

    /** The factors of x²ⁿ in (√π/2·erf x)/x: (−1)ⁿ/(n!·(2n + 1)). */
    private static final double[] SERIES = series();

    private static double[] series() {
        double[] series = new double[16];
        double factorial = 1;
        for (int n = 0; n < series.length; n++) {
            series[n] = 1 / (factorial * (2 * n + 1));
            factorial *= -(n + 1);
        }
        return series;
    }

    // ---- erf and erfc -----------------------------------------------------------------------------------------------

    /** erf x, from −1 to 1. */
    static double erf(double x) {
        if (Math.abs(x) < 0.5) {
            return Math.fma(x, SLOPE_AT_0, x * (SLOPE_AT_0_LOW + SLOPE_AT_0 * afterFirst(x * x)));
        }
        return x > 0 ? 1 - erfcOfPositive(x) : erfcOfPositive(-x) - 1;
    }

    /** 1 − erf x, from 2 to 0, without cancellation. */
    static double erfc(double x) {
        if (x < 0.5) {
            return 1 - erf(x);
        }
        return erfcOfPositive(x);
    }

    /** 2/√π·e^(−x²). */
    static double erfSlope(double x) {
        DoubleDouble square = DoubleDouble.product(x, x);
        return ScalarFunctions.timesExp(SLOPE_AT_0, SLOPE_AT_0_LOW, -square.high(), -square.low());
    }

    /** −4x/√π·e^(−x²). */
    static double erfBend(double x) {
        DoubleDouble square = DoubleDouble.product(x, x);
        double k = -2 * SLOPE_AT_0 * x;
        return ScalarFunctions.timesExp(k, Math.fma(-2 * SLOPE_AT_0, x, -k), -square.high(), -square.low());
    }

    private static double erfcOfPositive(double x) {
        if (x > FAR) {
            return 0;
        }
        DoubleDouble q = quotient((x - 2.5) / (x + 2.5), DoubleDouble.sum(1, 2 * x));
        DoubleDouble square = DoubleDouble.product(x, x);
        return ScalarFunctions.timesExp(q.high(), q.low(), -square.high(), -square.low());
    }

    // ---- the normal distribution ------------------------------------------------------------------------------------

    /** x·Φ(x). */
    static double gelu(double x) {
        if (Math.abs(x) > FAR) {
            return x > 0 ? x : -0.0;
        }
        DoubleDouble square = DoubleDouble.product(x, x);
        if (x >= -0.5 && x <= 1) {
            double half = 0.5 * square.high();
            return x * Math.fma(x, PHI_AT_0 + PHI_AT_0 * afterFirst(half), 0.5);
        }
        double k = x > 0 ? 0.5 : 0.5 * x;
        DoubleDouble q = tailOfNormal(Math.abs(x));
        double kq = k * q.high();
        double low = Math.fma(k, q.high(), -kq) + k * q.low();
        double tail = ScalarFunctions.timesExp(kq, low, -0.5 * square.high(), -0.5 * square.low());
        return x > 0 ? Math.fma(-x, tail, x) : tail;
    }

    /** Φ(x) + x·φ(x), for x &lt; 0 as φ(x)·(Φ(x)/φ(x) + x). */
    static double geluSlope(double x) {
        if (x > 0) {
            return 1 - geluSlope(-x);
        }
        if (NearZero.GELU_SLOPE.holds(x)) {
            return NearZero.GELU_SLOPE.at(x);
        }
        if (x < -FAR) {
            return 0;
        }
        DoubleDouble square = DoubleDouble.product(x, x);
        DoubleDouble k = tailOfNormal(-x).times(ROOT_OF_HALF_PI).plus(x).times(PHI);
        return ScalarFunctions.timesExp(k.high(), k.low(), -0.5 * square.high(), -0.5 * square.low());
    }

    /** φ(x)·(2 − x²). */
    static double geluBend(double x) {
        DoubleDouble square = DoubleDouble.product(x, x);
        double k = PHI_AT_0 * Math.fma(-x, x, 2);
        return ScalarFunctions.timesExp(k, 0, -0.5 * square.high(), -0.5 * square.low());
    }

    /** e^(x²/2)·erfc(x/√2) for x ≥ 0. */
    private static DoubleDouble tailOfNormal(double x) {
        double middle = 2.5 * ROOT_OF_2.high();
        return quotient((x - middle) / (x + middle), ROOT_OF_2.times(x).plus(1));
    }

    /** P(u)/w. */
    private static DoubleDouble quotient(double u, DoubleDouble w) {
        double sum = 0;
        for (int i = COEFFICIENTS.length - 1; i >= 0; i--) {
            sum = sum * u + COEFFICIENTS[i];
        }
        return DoubleDouble.sum(FIRST.high(), FIRST.low() + u * sum).over(w);
    }

    /** What follows the 1 in the power series. */
    private static double afterFirst(double z) {
        double sum = 0;
        for (int n = SERIES.length - 1; n > 0; n--) {
            sum = sum * z + SERIES[n];
        }
        return sum * z;
    }
}
