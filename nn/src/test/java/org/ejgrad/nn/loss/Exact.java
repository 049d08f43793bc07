package org.ejgrad.nn.loss;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exponential and logarithm to fifty digits, to measure double results against. */
final class Exact {
    static final MathContext DIGITS = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final MathContext MORE = new MathContext(70, RoundingMode.HALF_EVEN);
    static final BigDecimal ONE = BigDecimal.ONE;

    private Exact() {}

    static BigDecimal of(double number) {
        return new BigDecimal(number);
    }

    /** eˣ by halving x until it is small, Taylor's series, and squaring as often. */
    static BigDecimal exp(BigDecimal x) {
        int halvings = Math.max(0, x.precision() - x.scale()) * 4 + 8;
        BigDecimal small = x.divide(BigDecimal.valueOf(2).pow(halvings), MORE);
        BigDecimal term = ONE;
        BigDecimal sum = ONE;
        for (int k = 1; k < 60; k++) {
            term = term.multiply(small, MORE).divide(BigDecimal.valueOf(k), MORE);
            sum = sum.add(term, MORE);
            if (term.signum() == 0 || term.precision() - term.scale() < -75) {
                break;
            }
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, MORE);
        }
        return sum.round(DIGITS);
    }

    /** ln x by Newton's steps for eʸ = x from the double logarithm; exact enough near 1, where ln x is small. */
    static BigDecimal ln(BigDecimal x) {
        int exponent = x.precision() - x.scale();
        BigDecimal mantissa = x.scaleByPowerOfTen(-exponent);
        BigDecimal y = of(Math.log(mantissa.doubleValue()));
        for (int i = 0; i < 3; i++) {
            BigDecimal e = exp(y);
            y = y.add(mantissa.subtract(e).multiply(BigDecimal.valueOf(2)).divide(mantissa.add(e), MORE), MORE);
        }
        return exponent == 0 ? y.round(DIGITS) : y.add(LN_10.multiply(BigDecimal.valueOf(exponent)), DIGITS);
    }

    private static final BigDecimal LN_10 =
            new BigDecimal("2.302585092994045684017991454684364207601101488628772976033327900967572609677");

    /** eˣ − 1, by its series where x is tiny. */
    static BigDecimal expm1(BigDecimal x) {
        if (x.abs().compareTo(new BigDecimal("1e-12")) > 0) {
            return exp(x).subtract(ONE);
        }
        BigDecimal term = x;
        BigDecimal sum = x;
        for (int k = 2; k < 8; k++) {
            term = term.multiply(x, MORE).divide(BigDecimal.valueOf(k), MORE);
            sum = sum.add(term, MORE);
        }
        return sum.round(DIGITS);
    }

    /** ln(1 + x), by its series where x is tiny. */
    static BigDecimal log1p(BigDecimal x) {
        if (x.abs().compareTo(new BigDecimal("1e-12")) > 0) {
            return ln(ONE.add(x, MORE));
        }
        BigDecimal power = x;
        BigDecimal sum = x;
        for (int k = 2; k < 8; k++) {
            power = power.multiply(x, MORE).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(k), MORE), MORE);
        }
        return sum.round(DIGITS);
    }

    /** ln(1 + eˣ). */
    static BigDecimal softplus(BigDecimal x) {
        return x.signum() > 0 ? x.add(log1p(exp(x.negate())), DIGITS) : log1p(exp(x));
    }

    /** 1/(1 + e⁻ˣ). */
    static BigDecimal sigmoid(BigDecimal x) {
        return x.signum() > 0
                ? ONE.divide(ONE.add(exp(x.negate()), MORE), DIGITS)
                : exp(x).divide(ONE.add(exp(x), MORE), DIGITS);
    }

    /** By how many units in the last place a double is off. */
    static double ulps(double got, BigDecimal want) {
        double rounded = want.doubleValue();
        if (Double.isInfinite(rounded) || Double.isInfinite(got) || Double.isNaN(got)) {
            return got == rounded ? 0 : Double.POSITIVE_INFINITY;
        }
        return of(got).subtract(want)
                .abs()
                .divide(of(Math.ulp(rounded)), MathContext.DECIMAL32)
                .doubleValue();
    }
}
