package org.ejgrad.check.examination;

import java.util.function.UnaryOperator;

/**
 * A number and its derivative, both of about 31 digits.
 *
 * @param side 1 for the derivative to the right, −1 to the left, wherever a choice between equal numbers matters
 */
record Exact(Twofold number, Twofold slope, int side) implements Num {
    /** The derivative of f at x to one side. */
    static Twofold slope(UnaryOperator<Num> f, double x, int side) {
        return of(f.apply(new Exact(Twofold.of(x), Twofold.ONE, side))).slope;
    }

    static Exact of(Num b) {
        return (Exact) b;
    }

    private Exact with(Twofold y, Twofold dy) {
        return new Exact(y, dy, side);
    }

    /** A function's value, and the chain rule. */
    private Exact chain(Twofold y, Twofold derivative) {
        return with(y, slope.isZero() ? Twofold.ZERO : slope.times(derivative));
    }

    @Override
    public double value() {
        return number.toDouble();
    }

    @Override
    public Num plus(Num b) {
        return with(number.plus(of(b).number), slope.plus(of(b).slope));
    }

    @Override
    public Num plus(double k) {
        return with(number.plus(k), slope);
    }

    @Override
    public Num times(Num b) {
        return with(number.times(of(b).number), slope.times(of(b).number).plus(number.times(of(b).slope)));
    }

    @Override
    public Num times(double k) {
        return with(number.times(k), slope.times(k));
    }

    @Override
    public Num over(Num b) {
        Twofold y = number.over(of(b).number);
        return with(y, slope.minus(y.times(of(b).slope)).over(of(b).number));
    }

    @Override
    public Num sqrt() {
        Twofold y = number.sqrt();
        return chain(y, Twofold.ONE.over(y.times(2)));
    }

    @Override
    public Num exp() {
        Twofold y = number.exp();
        return chain(y, y);
    }

    @Override
    public Num log() {
        return with(number.log(), slope.over(number));
    }

    @Override
    public Num sin() {
        return chain(number.sin(), number.cos());
    }

    @Override
    public Num cos() {
        return chain(number.cos(), number.sin().negative());
    }

    /** The slope is 4/(eˣ + e⁻ˣ)², which loses nothing where tanh is nearly 1. */
    @Override
    public Num tanh() {
        Twofold inverse = Twofold.of(2).over(number.exp().plus(number.negative().exp()));
        return chain(number.tanh(), inverse.times(inverse));
    }

    @Override
    public Num pow(double p) {
        Twofold y = number.pow(p);
        // In general p - 1 is rounded.
        boolean isWhole = p == Math.rint(p) || number.isZero();
        return chain(y, isWhole ? number.pow(p - 1).times(p) : y.times(p).over(number));
    }

    @Override
    public Num max(Num b) {
        int order = number.compareTo(of(b).number);
        if (order == 0) {
            order = side * slope.compareTo(of(b).slope);
        }
        return order < 0 ? b : this;
    }

    @Override
    public Num floor() {
        return with(number.floor(), Twofold.ZERO);
    }

    @Override
    public Num rint() {
        return with(number.plus(0.5).floor(), Twofold.ZERO);
    }

    /** What is meant, not what single precision makes of it. */
    @Override
    public Num toFloat() {
        return this;
    }

    @Override
    public Num constant(double k) {
        return with(Twofold.of(k), Twofold.ZERO);
    }
}
