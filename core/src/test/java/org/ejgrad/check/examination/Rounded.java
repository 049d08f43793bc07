package org.ejgrad.check.examination;

import java.util.function.UnaryOperator;

/** A double and its derivative as forward differentiation rounds it. */
record Rounded(double value, double slope) implements Num {
    static double value(UnaryOperator<Num> f, double x) {
        return f.apply(new Rounded(x, 1)).value();
    }

    private static Rounded of(Num b) {
        return (Rounded) b;
    }

    @Override
    public Num plus(Num b) {
        return new Rounded(value + of(b).value, slope + of(b).slope);
    }

    @Override
    public Num plus(double k) {
        return new Rounded(value + k, slope);
    }

    @Override
    public Num times(Num b) {
        return new Rounded(value * of(b).value, slope * of(b).value + value * of(b).slope);
    }

    @Override
    public Num times(double k) {
        return new Rounded(value * k, slope * k);
    }

    @Override
    public Num over(Num b) {
        double y = value / of(b).value;
        return new Rounded(y, (slope - y * of(b).slope) / of(b).value);
    }

    @Override
    public Num over(double k) {
        return new Rounded(value / k, slope / k);
    }

    @Override
    public Num sqrt() {
        double y = Math.sqrt(value);
        return new Rounded(y, slope / (2 * y));
    }

    @Override
    public Num exp() {
        double y = Math.exp(value);
        return new Rounded(y, slope * y);
    }

    @Override
    public Num log() {
        return new Rounded(Math.log(value), slope / value);
    }

    @Override
    public Num sin() {
        return new Rounded(Math.sin(value), slope * Math.cos(value));
    }

    @Override
    public Num cos() {
        return new Rounded(Math.cos(value), -slope * Math.sin(value));
    }

    @Override
    public Num tanh() {
        double y = Math.tanh(value);
        return new Rounded(y, slope * (1 - y * y));
    }

    @Override
    public Num pow(double p) {
        return new Rounded(Math.pow(value, p), slope * p * Math.pow(value, p - 1));
    }

    @Override
    public Num max(Num b) {
        return of(b).value > value ? b : this;
    }

    @Override
    public Num floor() {
        return new Rounded(Math.floor(value), 0);
    }

    @Override
    public Num rint() {
        return new Rounded(Math.rint(value), 0);
    }

    @Override
    public Num toFloat() {
        return new Rounded((float) value, (float) slope);
    }

    @Override
    public Num constant(double k) {
        return new Rounded(k, 0);
    }

    @Override
    public Num abs() {
        return new Rounded(Math.abs(value), value < 0 ? -slope : slope);
    }

    @Override
    public Num minus(Num b) {
        return new Rounded(value - of(b).value, slope - of(b).slope);
    }
}
