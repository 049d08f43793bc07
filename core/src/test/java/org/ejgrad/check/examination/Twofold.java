package org.ejgrad.check.examination;

/**
 * A number of about 31 digits, the unevaluated sum of two doubles, with the elementary functions: what exact
 * derivatives are computed with. Written apart from the library's own class, so that no slip is shared.
 *
 * @param high the number, rounded
 * @param low what the rounding lost
 */
record Twofold(double high, double low) {
    static final Twofold ZERO = new Twofold(0, 0);
    static final Twofold ONE = new Twofold(1, 0);

    /** π/2 and ln 2, each the sum of three doubles. */
    private static final double HALF_PI = 1.5707963267948966;

    private static final double HALF_PI_2 = 6.123233995736766e-17;
    private static final double HALF_PI_3 = -1.4973849048591698e-33;
    private static final double LN_2 = 0.6931471805599453;
    private static final double LN_2_2 = 2.3190468138462996e-17;
    private static final double LN_2_3 = 5.707708438416212e-34;

    private static final int HALVINGS = 6;
    private static final double NEAR_ONE = 1e-2;

    static Twofold of(double number) {
        return new Twofold(number, 0);
    }

    /** a + b without error. */
    private static Twofold sum(double a, double b) {
        double s = a + b;
        double t = s - a;
        return new Twofold(s, (a - (s - t)) + (b - t));
    }

    /** a·b without error. */
    private static Twofold product(double a, double b) {
        double p = a * b;
        return new Twofold(p, Math.fma(a, b, -p));
    }

    /** a + b where |a| ≥ |b|. */
    private static Twofold normal(double a, double b) {
        double s = a + b;
        return new Twofold(s, b - (s - a));
    }

    Twofold plus(Twofold b) {
        Twofold s = sum(high, b.high);
        if (!Double.isFinite(s.high)) {
            return of(s.high);
        }
        Twofold t = sum(low, b.low);
        s = normal(s.high, s.low + t.high);
        return normal(s.high, s.low + t.low);
    }

    Twofold plus(double b) {
        return plus(of(b));
    }

    Twofold minus(Twofold b) {
        return plus(b.negative());
    }

    Twofold negative() {
        return new Twofold(-high, -low);
    }

    Twofold times(Twofold b) {
        Twofold p = product(high, b.high);
        if (!Double.isFinite(p.high) || p.high == 0) {
            return of(p.high);
        }
        return normal(p.high, p.low + (high * b.low + low * b.high));
    }

    Twofold times(double b) {
        return times(of(b));
    }

    Twofold over(Twofold b) {
        double q = high / b.high;
        if (!Double.isFinite(q) || q == 0) {
            return of(q);
        }
        Twofold rest = minus(b.times(q));
        double q2 = rest.high / b.high;
        rest = rest.minus(b.times(q2));
        Twofold s = normal(q, q2);
        return s.plus(rest.high / b.high);
    }

    /** this·2ᵏ. */
    Twofold scaled(int k) {
        return new Twofold(Math.scalb(high, k), Math.scalb(low, k));
    }

    /** −1, 0 or 1; 0 and −0 are equal. */
    int compareTo(Twofold b) {
        return (int) Math.signum(high == b.high ? low - b.low : high - b.high);
    }

    boolean isZero() {
        return high == 0;
    }

    Twofold floor() {
        double whole = Math.floor(high);
        return whole == high ? normal(whole, Math.floor(low)) : of(whole);
    }

    Twofold sqrt() {
        if (!(high > 0)) {
            return of(Math.sqrt(high));
        }
        int k = Math.getExponent(high) / 2 * 2;
        Twofold x = scaled(-k);
        Twofold y = of(Math.sqrt(x.high));
        for (int i = 0; i < 2; i++) {
            y = y.plus(x.over(y)).times(0.5);
        }
        return y.scaled(k / 2);
    }

    /** eʳ − 1 of |r| < 0.4: Taylor's series of r/64, doubled six times by u(u + 2). */
    private static Twofold smallExpm1(Twofold r) {
        Twofold h = r.scaled(-HALVINGS);
        Twofold u = ZERO;
        for (int n = 13; n >= 1; n--) {
            u = u.plus(1).times(h).over(of(n));
        }
        for (int i = 0; i < HALVINGS; i++) {
            u = u.times(u.plus(2));
        }
        return u;
    }

    /** this − k·(a + b + c). */
    private Twofold reduced(double k, double a, double b, double c) {
        return plus(product(-k, a)).plus(product(-k, b)).plus(-k * c);
    }

    Twofold exp() {
        if (high > 709.7) {
            return of(Math.exp(high));
        }
        if (high < -745) {
            return ZERO;
        }
        double k = Math.rint(high / LN_2);
        Twofold y = smallExpm1(reduced(k, LN_2, LN_2_2, LN_2_3)).plus(1);
        int half = (int) k / 2;
        return y.scaled(half).scaled((int) k - half);
    }

    Twofold expm1() {
        return Math.abs(high) < 0.3 ? smallExpm1(this) : exp().plus(-1);
    }

    Twofold log() {
        if (!(high > 0) || Double.isInfinite(high)) {
            return of(Math.log(high));
        }
        if (Math.abs(high - 1) < NEAR_ONE) {
            return logNearOne();
        }
        int k = Math.getExponent(high);
        Twofold m = scaled(-k);
        if (m.high > 1.4) {
            m = m.scaled(-1);
            k++;
        }
        Twofold y = of(Math.log(m.high));
        for (int i = 0; i < 2; i++) {
            y = y.plus(m.times(y.negative().exp()).plus(-1));
        }
        return k == 0 ? y : y.reduced(-k, LN_2, LN_2_2, LN_2_3);
    }

    /** 2·artanh z of z = (x − 1)/(x + 1), by its series, so that small results have all their digits. */
    private Twofold logNearOne() {
        Twofold z = plus(-1).over(plus(1));
        Twofold square = z.times(z);
        Twofold y = ZERO;
        for (int n = 15; n >= 1; n -= 2) {
            y = y.times(square).plus(ONE.over(of(n)));
        }
        return y.times(z).times(2);
    }

    Twofold sin() {
        double k = Math.rint(high / HALF_PI);
        return turned(k);
    }

    Twofold cos() {
        double k = Math.rint(high / HALF_PI);
        return turned(k, 1);
    }

    private Twofold turned(double k) {
        return turned(k, 0);
    }

    /** sin(this + ahead·π/2), where k·π/2 is near this. */
    private Twofold turned(double k, int ahead) {
        Twofold r = reduced(k, HALF_PI, HALF_PI_2, HALF_PI_3);
        int quadrant = (int) ((((long) k + ahead) % 4 + 4) % 4);
        Twofold y = quadrant % 2 == 0 ? smallSin(r) : smallCos(r);
        return quadrant < 2 ? y : y.negative();
    }

    private static Twofold smallSin(Twofold r) {
        Twofold square = r.times(r);
        Twofold y = ONE;
        for (int n = 29; n >= 3; n -= 2) {
            y = ONE.minus(y.times(square).over(of((double) n * (n - 1))));
        }
        return y.times(r);
    }

    private static Twofold smallCos(Twofold r) {
        Twofold square = r.times(r);
        Twofold y = ONE;
        for (int n = 28; n >= 2; n -= 2) {
            y = ONE.minus(y.times(square).over(of((double) n * (n - 1))));
        }
        return y;
    }

    Twofold tanh() {
        if (Math.abs(high) > 40) {
            return of(Math.signum(high));
        }
        Twofold m = times(2).expm1();
        return m.over(m.plus(2));
    }

    /** thisᵖ; of whole p by products, so that the sign of this does not matter. */
    Twofold pow(double p) {
        if (p == Math.rint(p) && Math.abs(p) <= 64) {
            Twofold y = ONE;
            for (int i = 0; i < Math.abs(p); i++) {
                y = y.times(this);
            }
            return p < 0 ? ONE.over(y) : y;
        }
        return isZero() ? of(Math.pow(0, p)) : log().times(p).exp();
    }

    double toDouble() {
        return high + low;
    }
}
