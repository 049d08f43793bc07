package org.ejgrad;

/**
 * The number digits·2^exponent, which neither overflows nor underflows.
 *
 * @param digits from 1 to 2 in size, or 0, infinite or NaN
 * @param exponent 0 unless the digits are from 1 to 2 in size
 */
record Wide(double digits, long exponent) {
    static final Wide ZERO = new Wide(0, 0);
    static final Wide ONE = new Wide(1, 0);

    /** No double is as far from 1 as 2 to this power. */
    private static final long FAR = 5000;

    static Wide of(double number) {
        return Math.abs(number) < Double.MIN_NORMAL ? normal(Math.scalb(number, 64), -64) : normal(number, 0);
    }

    private static Wide normal(double digits, long exponent) {
        if (digits == 0 || !Double.isFinite(digits)) {
            return new Wide(digits, 0);
        }
        int surplus = Math.getExponent(digits);
        return new Wide(Math.scalb(digits, -surplus), exponent + surplus);
    }

    Wide times(Wide b) {
        return normal(digits * b.digits, exponent + b.exponent);
    }

    /** The product, and 0 if this is 0, even against ∞ and NaN. */
    Wide timesOrZero(Wide b) {
        return digits == 0 ? ZERO : times(b);
    }

    Wide plus(Wide b) {
        if (digits == 0 || b.digits == 0) {
            return digits == 0 ? b : this;
        }
        long shift = b.exponent - exponent;
        return shift > 0 ? b.plus(this) : normal(digits + Math.scalb(b.digits, (int) Math.max(shift, -FAR)), exponent);
    }

    private Wide over(Wide b) {
        return normal(digits / b.digits, exponent - b.exponent);
    }

    /** {@return a/bⁿ, right where bⁿ or a/b is no normal number} */
    static double quotient(double a, double b, int n) {
        double power = b;
        for (int k = 1; k < n; k++) {
            power *= b;
        }
        boolean isNormal = Math.abs(power) >= Double.MIN_NORMAL && Math.abs(power) <= Double.MAX_VALUE;
        if (isNormal || b == 0 || !Double.isFinite(b)) {
            return a / power;
        }
        Wide quotient = of(a);
        for (int k = 0; k < n; k++) {
            quotient = quotient.over(of(b));
        }
        return quotient.value();
    }

    /** {@return the nearest double} */
    double value() {
        return Math.scalb(digits, (int) Math.max(-FAR, Math.min(exponent, FAR)));
    }
}
