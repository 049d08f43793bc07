package org.ejgrad.check.examination;

import org.ejgrad.Value;

/** A node of an ejgrad graph, of any shape; operations are elementwise. */
record Drawn(Value node) implements Num {
    static Value node(Num b) {
        return ((Drawn) b).node;
    }

    private static Num of(Value value) {
        return new Drawn(value);
    }

    /** A decision in Java would not be in the graph. */
    @Override
    public double value() {
        throw new UnsupportedOperationException("decides in Java");
    }

    @Override
    public Num plus(Num b) {
        return of(node.plus(node(b)));
    }

    @Override
    public Num plus(double k) {
        return of(node.plus(k));
    }

    @Override
    public Num times(Num b) {
        return of(node.elementMult(node(b)));
    }

    @Override
    public Num times(double k) {
        return of(node.scale(k));
    }

    @Override
    public Num over(Num b) {
        return of(node.elementDiv(node(b)));
    }

    @Override
    public Num over(double k) {
        return of(node.divide(k));
    }

    @Override
    public Num sqrt() {
        return of(node.sqrt());
    }

    @Override
    public Num exp() {
        return of(node.elementExp());
    }

    @Override
    public Num log() {
        return of(node.elementLog());
    }

    @Override
    public Num sin() {
        return of(node.sin());
    }

    @Override
    public Num cos() {
        return of(node.cos());
    }

    @Override
    public Num tanh() {
        return of(node.tanh());
    }

    @Override
    public Num pow(double p) {
        return of(node.elementPower(p));
    }

    @Override
    public Num max(Num b) {
        return of(node.maximum(node(b)));
    }

    @Override
    public Num max(double k) {
        return of(node.maximum(k));
    }

    @Override
    public Num min(Num b) {
        return of(node.minimum(node(b)));
    }

    @Override
    public Num min(double k) {
        return of(node.minimum(k));
    }

    @Override
    public Num floor() {
        return of(node.floor());
    }

    @Override
    public Num rint() {
        return of(node.round());
    }

    @Override
    public Num toFloat() {
        throw new UnsupportedOperationException("single precision");
    }

    @Override
    public Num constant(double k) {
        return of(Value.filled(node.shape(), k));
    }

    @Override
    public Num minus(Num b) {
        return of(node.minus(node(b)));
    }

    @Override
    public Num minus(double k) {
        return of(node.minus(k));
    }

    @Override
    public Num negative() {
        return of(node.negative());
    }

    @Override
    public Num reciprocal() {
        return of(node.reciprocal());
    }

    @Override
    public Num square() {
        return of(node.square());
    }

    @Override
    public Num relu() {
        return of(node.relu());
    }

    @Override
    public Num abs() {
        return of(node.abs());
    }

    @Override
    public Num sigmoid() {
        return of(node.sigmoid());
    }

    @Override
    public Num clamp(double low, double high) {
        return of(node.clamp(low, high));
    }
}
