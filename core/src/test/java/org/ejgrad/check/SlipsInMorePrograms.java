package org.ejgrad.check;

import static org.ejgrad.check.Mistake.*;
import static org.ejgrad.check.SlipsBySurrogate.as;
import static org.ejgrad.check.SlipsBySurrogate.slip;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.SlipsBySurrogate.Data;

/** Mistakes in kernels, mixtures, convolutions by patches, control, and layers in a row. */
final class SlipsInMorePrograms {
    private SlipsInMorePrograms() {}

    private static List<Value> three(Data d) {
        return List.of(d.variable("w1", 3, 4), d.variable("w2", 4, 4), d.variable("w3", 4, 2));
    }

    private static Value deep(Data d, List<Value> p, String wrong) {
        Value a = d.fixed("x", d.n(), 3).mult(p.get(0));
        Value h = wrong.equals("first") ? as(a.tanh(), a) : a.tanh();
        Value b = h.mult(p.get(1));
        Value g = wrong.equals("second")
                ? as(b.sigmoid(), b.tanh())
                : wrong.equals("cut") ? b.sigmoid().detached() : b.sigmoid();
        Value skip = wrong.equals("skip") ? h.detached() : h;
        return g.plus(skip)
                .mult(p.get(2))
                .minus(d.fixed("t", d.n(), 2))
                .square()
                .mean();
    }

    static List<Slip> all() {
        return List.of(
                slip(
                        "three layers: first slope left out",
                        (d, p, w) -> deep(d, p, w ? "first" : ""),
                        SlipsInMorePrograms::three,
                        MISSING_FACTOR),
                slip(
                        "three layers: tanh's slope for σ's",
                        (d, p, w) -> deep(d, p, w ? "second" : ""),
                        SlipsInMorePrograms::three,
                        WRONG_SLOPE),
                slip(
                        "three layers: skip forgotten",
                        (d, p, w) -> deep(d, p, w ? "skip" : ""),
                        SlipsInMorePrograms::three,
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "three layers: branch cut",
                        (d, p, w) -> deep(d, p, w ? "cut" : ""),
                        SlipsInMorePrograms::three,
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "RBF: 2 of the square lost",
                        (d, p, w) -> {
                            Value r = p.get(0).minus(d.fixed("c", 4, 3));
                            Value q = r.square().sum(Per.ROW);
                            Value k = (w ? as(q, q.scale(0.5)) : q).scale(-0.7).elementExp();
                            return k.elementMult(d.fixed("a", 4, 1)).elementSum();
                        },
                        d -> List.of(d.variable("x", 4, 3)),
                        HALF),
                slip(
                        "RBF: exponential forgotten",
                        (d, p, w) -> {
                            Value q = p.get(0)
                                    .minus(d.fixed("c", 4, 3))
                                    .square()
                                    .sum(Per.ROW)
                                    .scale(-0.7);
                            return (w ? as(q.elementExp(), q) : q.elementExp())
                                    .elementMult(d.fixed("a", 4, 1))
                                    .elementSum();
                        },
                        d -> List.of(d.variable("x", 4, 3)),
                        MISSING_FACTOR,
                        LINES_SCALED),
                slip(
                        "mixture: responsibilities forgotten",
                        (d, p, w) -> {
                            Value l = d.fixed("x", d.n(), 3)
                                    .mult(p.get(0))
                                    .square()
                                    .scale(-0.5);
                            Value s = l.logSumExp(Per.ROW);
                            return (w ? as(s, l.mean(Per.ROW)) : s).elementSum().negative();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        EXTRA_DIVISION,
                        MISSING_FACTOR,
                        WRONG_SLOPE),
                slip(
                        "mixture: responsibilities over samples",
                        (d, p, w) -> {
                            Value l = d.fixed("x", d.n(), 3)
                                    .mult(p.get(0))
                                    .square()
                                    .scale(-0.5);
                            Value s = l.logSumExp(Per.ROW);
                            Value other = l.softmax(Per.COLUMN)
                                    .detached()
                                    .elementMult(l)
                                    .sum(Per.ROW);
                            return (w ? as(s, other) : s).elementSum().negative();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        WRONG_AXIS),
                slip(
                        "patches: the overlap overwritten",
                        (d, p, w) -> {
                            Value x = p.get(0);
                            Value first = x.rows(0, 4).mult(d.fixed("k", 3, 2));
                            Value second = (w ? x.detached() : x).rows(1, 5).mult(d.fixed("k2", 3, 2));
                            return first.plus(second)
                                    .tanh()
                                    .elementMult(d.fixed("c", 4, 2))
                                    .elementSum();
                        },
                        d -> List.of(d.variable("x", 5, 3)),
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "Huber as a square",
                        (d, p, w) -> {
                            Value r = d.fixed("x", d.n(), 3).mult(p.get(0)).scale(2);
                            Value c = r.clamp(-1, 1);
                            Value huber = c.elementMult(r.minus(c.scale(0.5)));
                            return (w ? as(huber, r.square().scale(0.5)) : huber).mean();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        WRONG_SLOPE,
                        MISSING_FACTOR,
                        OTHER_OPERAND),
                slip(
                        "KL: sign of the entropy",
                        (d, p, w) -> {
                            Value m = p.get(0);
                            Value s = p.get(1);
                            Value e = w
                                    ? as(s.elementSum().negative(), s.elementSum())
                                    : s.elementSum().negative();
                            return m.square()
                                    .elementSum()
                                    .plus(s.elementExp().elementSum())
                                    .plus(e)
                                    .scale(0.5);
                        },
                        d -> List.of(d.variable("m", 3, 2), d.variable("s", 3, 2)),
                        SIGN_FLIPPED,
                        MISSING_FACTOR,
                        OFFSET),
                slip(
                        "KL: exp(s) for s",
                        (d, p, w) -> {
                            Value s = p.get(1);
                            Value t = w ? as(s.elementExp(), s) : s.elementExp();
                            return p.get(0)
                                    .square()
                                    .elementSum()
                                    .plus(t.elementSum())
                                    .minus(s.elementSum())
                                    .scale(0.5);
                        },
                        d -> List.of(d.variable("m", 3, 2), d.variable("s", 3, 2)),
                        ZERO,
                        MISSING_FACTOR),
                slip(
                        "quadratic form: one half only",
                        (d, p, w) -> {
                            Value x = p.get(0);
                            Value a = d.fixed("A", 4, 4);
                            return (w ? x.detached() : x).mult(a).multTransB(x).elementSum();
                        },
                        d -> List.of(d.variable("x", 1, 4)),
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "quadratic form: 2·x·A though A is not symmetric",
                        (d, p, w) -> {
                            Value x = p.get(0);
                            Value a = d.fixed("A", 4, 4);
                            Value f = x.mult(a).multTransB(x);
                            return (w ? x.mult(a).detached().multTransB(x).scale(2) : f).elementSum();
                        },
                        d -> List.of(d.variable("x", 1, 4)),
                        NOT_TRANSPOSED,
                        COUNTED_TWICE,
                        OVERWRITTEN,
                        OTHER_OPERAND),
                slip(
                        "log-determinant: inverse not transposed",
                        (d, p, w) -> {
                            Value a = p.get(0).plus(Value.identity(3).scale(3));
                            Value f = a.invert().elementMult(d.fixed("c", 3, 3)).elementSum();
                            return w
                                    ? a.transpose()
                                            .invert()
                                            .elementMult(d.fixed("c", 3, 3))
                                            .elementSum()
                                    : f;
                        },
                        d -> List.of(d.variable("a", 3, 3)),
                        NOT_TRANSPOSED,
                        TRANSPOSED),
                slip(
                        "gate: σ for tanh",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3);
                            Value c = x.mult(p.get(1));
                            Value t = w ? as(c.tanh(), c.sigmoid()) : c.tanh();
                            return x.mult(p.get(0))
                                    .sigmoid()
                                    .elementMult(t)
                                    .square()
                                    .mean();
                        },
                        d -> List.of(d.variable("a", 3, 2), d.variable("b", 3, 2)),
                        WRONG_SLOPE),
                slip(
                        "gate: not opened backwards",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3);
                            Value g = x.mult(p.get(0)).sigmoid();
                            Value t = x.mult(p.get(1)).tanh();
                            Value y = g.elementMult(t);
                            return (w ? as(y, t.plus(g.elementMult(t.detached()))) : y)
                                    .square()
                                    .mean();
                        },
                        d -> List.of(d.variable("a", 3, 2), d.variable("b", 3, 2)),
                        MISSING_FACTOR,
                        OTHER_OPERAND),
                slip(
                        "smooth maximum: weights held fixed",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value s = x.softmax(Per.ROW);
                            return (w ? s.detached() : s).elementMult(x).elementSum();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "power: base for exponent",
                        (d, p, w) -> {
                            Value x = p.get(0).abs().plus(0.5);
                            Value y = x.elementPower(2.5);
                            return (w ? as(y, x.elementPower(1.5)) : y)
                                    .elementMult(d.fixed("c", 2, 4))
                                    .elementSum();
                        },
                        d -> List.of(d.variable("x", 2, 4)),
                        WRONG_SLOPE,
                        MISSING_FACTOR),
                slip(
                        "variance: by n for n − 1",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value v = x.variance(Per.COLUMN, 1);
                            return (w ? as(v, x.variance(Per.COLUMN, 0)) : v)
                                    .sqrt()
                                    .elementSum();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        CONSTANT_FACTOR),
                slip(
                        "distance: root forgotten",
                        (d, p, w) -> {
                            Value q = d.fixed("x", d.n(), 3)
                                    .mult(p.get(0))
                                    .square()
                                    .sum(Per.ROW);
                            return (w ? as(q.sqrt(), q) : q.sqrt()).elementSum();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        MISSING_FACTOR));
    }
}
