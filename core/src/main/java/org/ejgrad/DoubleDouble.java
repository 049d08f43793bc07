package org.ejgrad;

/**
 * A number of 32 digits, the unevaluated sum of two doubles (Dekker 1971): for the few places where what is left of a
 * difference must be right to all 16 digits.
 *
 * @param high the number, rounded
 * @param low what the rounding lost
 */
record DoubleDouble(double high, double low) {
    /** ln 2 in three parts. */
    private static final DoubleDouble LN_2 = new DoubleDouble(0.6931471805599453, 2.3190468138462996e-17);

    private static final double LN_2_REST = 5.707708438416212e-34;

    /** a + b, exactly (Knuth 1969). */
    static DoubleDouble sum(double a, double b) {
        double s = a + b;
        double t = s - a;
        return new DoubleDouble(s, (a - (s - t)) + (b - t));
    }

    /** a·b, exactly unless the product underflows. */
    static DoubleDouble product(double a, double b) {
        double p = a * b;
        return new DoubleDouble(p, Math.fma(a, b, -p));
    }

    DoubleDouble plus(double b) {
        return plus(new DoubleDouble(b, 0));
    }

    DoubleDouble plus(DoubleDouble b) {
        DoubleDouble s = sum(high, b.high);
        DoubleDouble t = sum(low, b.low);
        s = ordered(s.high, s.low + t.high);
        return ordered(s.high, s.low + t.low);
    }

    DoubleDouble times(double b) {
        return times(new DoubleDouble(b, 0));
    }

    DoubleDouble times(DoubleDouble b) {
        DoubleDouble p = product(high, b.high);
        return ordered(p.high, p.low + (high * b.low + low * b.high));
    }

    /** The quotient, right to about 30 digits, by a number that is neither huge nor tiny. */
    DoubleDouble over(DoubleDouble b) {
        double inverse = 1 / b.high;
        double q = high * inverse;
        double rest = Math.fma(-q, b.high, high) + (low - q * b.low);
        return ordered(q, rest * inverse);
    }

    DoubleDouble negative() {
        return new DoubleDouble(-high, -low);
    }

    double rounded() {
        return high + low;
    }

    /** eˣ. */
    static DoubleDouble exp(double x) {
        double k = Math.rint(x / LN_2.high);
        return reducedExpm1(x, k).plus(1).times(Math.scalb(1.0, (int) k));
    }

    /** eˣ − 1. */
    static DoubleDouble expm1(double x) {
        return Math.abs(x) < 0.3 ? reducedExpm1(x, 0) : exp(x).plus(-1);
    }

    /** eʳ − 1 of r = x − k·ln 2: Taylor's series of r/16, and e²ʳ − 1 = u(u + 2) four times. */
    private static DoubleDouble reducedExpm1(double x, double k) {
        DoubleDouble r =
                product(-k, LN_2.high).plus(x).plus(product(-k, LN_2.low)).plus(-k * LN_2_REST);
        DoubleDouble m = r.times(0x1p-4);
        DoubleDouble sum = new DoubleDouble(1, 0);
        for (int n = 15; n > 1; n--) {
            sum = m.times(sum).over(new DoubleDouble(n, 0)).plus(1);
        }
        DoubleDouble u = m.times(sum);
        for (int i = 0; i < 4; i++) {
            u = u.times(u.plus(2));
        }
        return u;
    }

    /** ln x by one step of Newton's method. */
    static DoubleDouble log(double x) {
        double y = Elementary.log(x);
        DoubleDouble d = Math.abs(y) < 0.3
                ? expm1(-y).times(x).plus(x - 1)
                : exp(-y).times(x).plus(-1);
        return d.plus(d.times(d).times(-0.5)).plus(y);
    }

    /** The sum of two numbers of which the first is larger. */
    private static DoubleDouble ordered(double a, double b) {
        double s = a + b;
        return new DoubleDouble(s, b - (s - a));
    }
}
