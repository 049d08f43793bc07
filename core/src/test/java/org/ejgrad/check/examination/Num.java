package org.ejgrad.check.examination;

/**
 * A number in one of several algebras: a function written once on it can be computed in double, differentiated exactly,
 * or recorded as a graph. All operands of an expression come from one algebra.
 */
interface Num {
    /** {@return the number as a double, for decisions; a graph has none} */
    double value();

    Num plus(Num b);

    Num plus(double k);

    Num times(Num b);

    Num times(double k);

    Num over(Num b);

    Num sqrt();

    Num exp();

    Num log();

    Num sin();

    Num cos();

    Num tanh();

    Num pow(double p);

    /** The larger one. */
    Num max(Num b);

    Num floor();

    /** The nearest whole number. */
    Num rint();

    /** Rounded to single precision. */
    Num toFloat();

    /** A constant in the same algebra. */
    Num constant(double k);

    default Num negative() {
        return times(-1);
    }

    default Num minus(Num b) {
        return plus(b.negative());
    }

    default Num minus(double k) {
        return plus(-k);
    }

    default Num over(double k) {
        return over(constant(k));
    }

    default Num reciprocal() {
        return constant(1).over(this);
    }

    default Num square() {
        return times(this);
    }

    default Num min(Num b) {
        return negative().max(b.negative()).negative();
    }

    default Num max(double k) {
        return max(constant(k));
    }

    default Num min(double k) {
        return min(constant(k));
    }

    default Num relu() {
        return max(0);
    }

    default Num abs() {
        return max(negative());
    }

    default Num sigmoid() {
        return negative().exp().plus(1).reciprocal();
    }

    default Num clamp(double low, double high) {
        return max(low).min(high);
    }
}
