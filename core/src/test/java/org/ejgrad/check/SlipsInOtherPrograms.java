package org.ejgrad.check;

import static org.ejgrad.check.Mistake.*;
import static org.ejgrad.check.SlipsBySurrogate.as;
import static org.ejgrad.check.SlipsBySurrogate.slip;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.SlipsBySurrogate.Data;

/** Mistakes in generative models, margins, gates and pooling. */
final class SlipsInOtherPrograms {
    private SlipsInOtherPrograms() {}

    private static List<Value> gates(Data d) {
        return List.of(d.variable("wz", 3, 3), d.variable("uz", 3, 3), d.variable("wh", 3, 3), d.variable("uh", 3, 3));
    }

    private static Value gru(Data d, List<Value> p, String wrong) {
        Value x = d.fixed("x", d.n(), 3);
        Value h = d.fixed("h", d.n(), 3);
        for (int i = 0; i < 2; i++) {
            Value z = x.mult(p.get(0)).plus(h.mult(p.get(1))).sigmoid();
            Value c = x.mult(p.get(2)).plus(h.mult(p.get(3))).tanh();
            Value keep = z.negative().plus(1);
            keep = wrong.equals("1 - z") ? keep.detached() : keep;
            Value old = wrong.equals("old state") ? h.detached() : h;
            h = keep.elementMult(old).plus(z.elementMult(wrong.equals("candidate") ? c.detached() : c));
        }
        return h.minus(d.fixed("t", d.n(), 3)).square().mean();
    }

    static List<Slip> all() {
        return List.of(
                slip(
                        "VAE: no slope of ½ in σ = exp(s/2)",
                        (d, p, w) -> {
                            Value s = w
                                    ? as(p.get(1).scale(0.5), p.get(1))
                                    : p.get(1).scale(0.5);
                            Value z = p.get(0).plus(s.elementExp().elementMult(d.fixed("e", 4, 3)));
                            return z.mult(d.fixed("v", 3, 2))
                                    .minus(d.fixed("t", 4, 2))
                                    .square()
                                    .elementSum();
                        },
                        d -> List.of(d.variable("m", 4, 3), d.variable("s", 4, 3)),
                        MISSING_FACTOR,
                        TWICE),
                slip(
                        "VAE: noise forgotten",
                        (d, p, w) -> {
                            Value sigma = p.get(1).elementExp();
                            Value e = d.fixed("e", 4, 3);
                            Value z = p.get(0).plus(w ? as(sigma.elementMult(e), sigma) : sigma.elementMult(e));
                            return z.mult(d.fixed("v", 3, 2))
                                    .minus(d.fixed("t", 4, 2))
                                    .square()
                                    .elementSum();
                        },
                        d -> List.of(d.variable("m", 4, 3), d.variable("s", 4, 3)),
                        MISSING_FACTOR),
                slip(
                        "hinge: all margins count",
                        (d, p, w) -> {
                            Value m = d.fixed("x", d.n(), 3)
                                    .mult(p.get(0))
                                    .elementMult(d.fixed("y", d.n(), 2).sign())
                                    .negative()
                                    .plus(1);
                            return (w ? m : m.relu()).mean();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        MISSING_FACTOR,
                        STALE),
                slip(
                        "squared hinge: no margin",
                        (d, p, w) -> {
                            Value m = d.fixed("x", d.n(), 3)
                                    .mult(p.get(0))
                                    .elementMult(d.fixed("y", d.n(), 2).sign())
                                    .negative()
                                    .plus(1);
                            Value r = m.relu();
                            return (w ? as(r.square(), r.scale(2)) : r.square()).mean();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        WRONG_SLOPE,
                        STALE),
                slip(
                        "labels of the hinge forgotten",
                        (d, p, w) -> {
                            Value s = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value y = d.fixed("y", d.n(), 2).sign();
                            Value sy = s.elementMult(y);
                            return (w ? as(sy, s) : sy)
                                    .negative()
                                    .plus(1)
                                    .relu()
                                    .mean();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        MISSING_FACTOR,
                        OTHER_OPERAND),
                slip(
                        "cosine: norms constant",
                        (d, p, w) -> {
                            Value a = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value b = d.fixed("b", d.n(), 4);
                            Value norm = a.norm(Per.ROW, 2);
                            return a.elementMult(b)
                                    .sum(Per.ROW)
                                    .elementDiv(w ? norm.detached() : norm)
                                    .mean();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        MISSING_TERM,
                        OVERWRITTEN),
                slip(
                        "Poisson: rate for log rate",
                        (d, p, w) -> {
                            Value eta = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value rate = w ? as(eta.elementExp(), eta) : eta.elementExp();
                            return rate.minus(eta.elementMult(
                                            d.fixed("k", d.n(), 2).abs()))
                                    .mean();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        MISSING_FACTOR,
                        STALE),
                slip(
                        "Poisson: counts forgotten",
                        (d, p, w) -> {
                            Value eta = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value second =
                                    eta.elementMult(d.fixed("k", d.n(), 2).abs());
                            return eta.elementExp()
                                    .minus(w ? second.detached() : second)
                                    .mean();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        MISSING_TERM,
                        OVERWRITTEN),
                slip(
                        "residual: branch scaled",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value branch = x.tanh();
                            Value y = x.plus(w ? as(branch, branch.scale(0.5)) : branch);
                            return y.mult(p.get(1)).square().mean();
                        },
                        SlipsBySurrogate::two,
                        HALF,
                        CONSTANT_FACTOR),
                slip(
                        "GELU by its sigmoid",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value y = w
                                    ? as(x.gelu(), x.elementMult(x.scale(1.702).sigmoid()))
                                    : x.gelu();
                            return y.mult(p.get(1)).square().mean();
                        },
                        SlipsBySurrogate::two,
                        WRONG_SLOPE),
                slip(
                        "GELU by tanh",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            return (w ? as(x.gelu(), x.geluTanh()) : x.gelu())
                                    .mult(p.get(1))
                                    .square()
                                    .mean();
                        },
                        SlipsBySurrogate::two,
                        WRONG_SLOPE),
                slip(
                        "mish: only its tanh",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value y = w
                                    ? as(
                                            x.mish(),
                                            x.elementMult(x.softplus().tanh().detached()))
                                    : x.mish();
                            return y.mult(p.get(1)).square().mean();
                        },
                        SlipsBySurrogate::two,
                        WRONG_SLOPE,
                        MISSING_TERM),
                slip(
                        "relu6: no upper bound",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0)).scale(9);
                            return (w ? as(x.relu6(), x.relu()) : x.relu6())
                                    .mult(p.get(1))
                                    .square()
                                    .mean();
                        },
                        SlipsBySurrogate::two,
                        WRONG_SLOPE),
                slip(
                        "clamp: straight through",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            return (w ? as(x.clamp(-0.5, 0.5), x) : x.clamp(-0.5, 0.5))
                                    .mult(p.get(1))
                                    .square()
                                    .mean();
                        },
                        SlipsBySurrogate::two,
                        MISSING_FACTOR),
                slip(
                        "maximum pooled to all",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value m = x.max(Per.ROW);
                            return (w ? as(m, x.sum(Per.ROW)) : m).square().mean();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        MISSING_FACTOR,
                        SUMMED_TOO_MUCH),
                slip(
                        "maximum pooled evenly",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value m = x.max(Per.ROW);
                            return (w ? as(m, x.mean(Per.ROW)) : m).square().mean();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        MISSING_FACTOR,
                        EXTRA_DIVISION,
                        WRONG_SLOPE),
                slip(
                        "tied autoencoder: decoder only",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3);
                            Value h = x.mult(w ? p.get(0).detached() : p.get(0)).tanh();
                            return h.multTransB(p.get(0)).minus(x).square().mean();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "GRU: 1 - z held fixed",
                        (d, p, w) -> gru(d, p, w ? "1 - z" : ""),
                        SlipsInOtherPrograms::gates,
                        MISSING_TERM,
                        OVERWRITTEN),
                slip(
                        "GRU: old state held fixed",
                        (d, p, w) -> gru(d, p, w ? "old state" : ""),
                        SlipsInOtherPrograms::gates,
                        MISSING_TERM,
                        OVERWRITTEN),
                slip(
                        "GRU: candidate held fixed",
                        (d, p, w) -> gru(d, p, w ? "candidate" : ""),
                        SlipsInOtherPrograms::gates,
                        ZERO,
                        MISSING_TERM),
                slip(
                        "factorisation: factors exchanged",
                        (d, p, w) -> {
                            Value u = p.get(0);
                            Value v = p.get(1);
                            Value uv = u.multTransB(v);
                            Value t = d.fixed("t", 4, 4);
                            Value r = uv.minus(t);
                            return w
                                    ? r.detached()
                                            .transpose()
                                            .elementMult(uv)
                                            .elementSum()
                                            .scale(2)
                                    : r.square().elementSum();
                        },
                        d -> List.of(d.variable("u", 4, 2), d.variable("v", 4, 2)),
                        NOT_TRANSPOSED,
                        OTHER_OPERAND),
                slip(
                        "triplet: anchor forgotten",
                        (d, p, w) -> {
                            Value a = d.fixed("a", d.n(), 3).mult(p.get(0));
                            Value b = d.fixed("b", d.n(), 3).mult(p.get(0));
                            return (w ? a.detached() : a).minus(b).square().elementSum();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        OVERWRITTEN,
                        MISSING_TERM),
                slip(
                        "focal: weight held fixed",
                        (d, p, w) -> {
                            Value q = d.fixed("x", d.n(), 3).mult(p.get(0)).sigmoid();
                            Value weight = q.negative().plus(1).square();
                            return (w ? weight.detached() : weight)
                                    .elementMult(q.elementLog())
                                    .mean()
                                    .negative();
                        },
                        d -> List.of(d.variable("w", 3, 2)),
                        MISSING_TERM,
                        OVERWRITTEN),
                slip(
                        "log-sum-exp: the largest alone",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value l = x.logSumExp(Per.ROW);
                            return (w ? as(l, x.max(Per.ROW)) : l).square().mean();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        HARD_CHOICE),
                slip(
                        "standardised: divided by the variance",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value c = x.minus(x.mean(Per.COLUMN));
                            Value s = c.square().mean(Per.COLUMN).sqrt().detached();
                            Value right = c.elementDiv(s.broadcastTo(c.shape()));
                            Value y = w ? as(right, c.elementDiv(s.square().broadcastTo(c.shape()))) : right;
                            return y.tanh().elementMult(d.fixed("k", d.n(), 4)).elementSum();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        FACTOR_TWICE,
                        MISSING_FACTOR,
                        OTHER_OPERAND,
                        LINES_SCALED),
                slip(
                        "one class frozen",
                        (d, p, w) -> {
                            Value z = d.fixed("x", d.n(), 3).mult(p.get(0));
                            Value l = z.logSoftmax(Per.ROW);
                            Value mask = Value.constant(new double[][] {{1, 1, 0, 1}});
                            Value used = w ? as(z, z.elementMult(mask)) : z;
                            return used.logSoftmax(Per.ROW)
                                    .getColumn(1)
                                    .mean()
                                    .negative()
                                    .plus(l.detached().elementSum().scale(0));
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        PARTLY_ZERO,
                        ROWS_LEFT_OUT),
                slip(
                        "penalty on the wrong matrix",
                        (d, p, w) -> {
                            Value y = d.fixed("x", d.n(), 3)
                                    .mult(p.get(0))
                                    .tanh()
                                    .mult(p.get(1))
                                    .square()
                                    .mean();
                            return y.plus(p.get(w ? 1 : 0).square().elementSum().scale(0.05));
                        },
                        SlipsBySurrogate::two,
                        WEIGHT_DECAY),
                slip(
                        "mean for the sum over steps",
                        (d, p, w) -> {
                            Value x = d.fixed("x", d.n(), 3).mult(p.get(0)).tanh();
                            Value s = x.sum(Per.COLUMN);
                            return (w ? as(s, s.divide(d.n())) : s).square().elementSum();
                        },
                        d -> List.of(d.variable("w", 3, 4)),
                        EXTRA_DIVISION));
    }
}
