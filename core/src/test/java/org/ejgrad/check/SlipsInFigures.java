package org.ejgrad.check;

import static org.ejgrad.check.Mistake.*;
import static org.ejgrad.check.SlipsBySurrogate.as;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.SlipsBySurrogate.Data;

/** Mistakes of which nothing is known but figures: in programs that the search for them was not written with. */
final class SlipsInFigures {
    private SlipsInFigures() {}

    /** The right program for "", or one whose gradient has the named mistake. */
    @FunctionalInterface
    private interface Program {
        Value of(Data d, List<Value> p, String wrong);
    }

    /** A program with the mistakes that are made in it. */
    private record Family(String name, Program program, Function<Data, List<Value>> parameters, List<Slip> slips) {
        Family(String name, Program program, Function<Data, List<Value>> parameters) {
            this(name, program, parameters, new ArrayList<>());
        }

        Family with(String wrong, Mistake... fitting) {
            slips.add(SlipsBySurrogate.slip(
                    name + ": " + wrong, (d, p, w) -> program.of(d, p, w ? wrong : ""), parameters, fitting));
            return this;
        }
    }

    /** What has these errors as its slopes. */
    private static Value errors(Value scores, Value e) {
        return scores.elementMult(e.detached()).elementSum();
    }

    private static Value rolled(Value m) {
        return m.roll(Per.COLUMN, 1);
    }

    /** A column of ones, but for the first rows. */
    private static Value rows(int n, int first, double instead) {
        double[][] column = new double[n][1];
        for (int i = 0; i < n; i++) {
            column[i][0] = i < first ? instead : 1;
        }
        return Value.constant(column);
    }

    private static Value poisson(Data d, List<Value> p, String wrong) {
        Value eta = d.fixed("x", d.n(), 4).affine(p.get(0), p.get(1));
        Value rate = eta.elementExp();
        Value counts = d.fixed("k", d.n(), 3).abs();
        Value e = switch (wrong) {
            case "predictor for rate" -> eta.minus(counts);
            case "counts shifted" -> rate.minus(rolled(counts));
            case "counts forgotten" -> rate;
            case "logarithm of the counts" -> rate.minus(counts.plus(1).elementLog());
            case "rate forgotten" -> counts.negative();
            case "softplus for exp" -> eta.softplus().minus(counts);
            case "errors times rate" -> rate.minus(counts).elementMult(rate);
            case "two samples left out" -> rate.minus(counts).elementMult(rows(d.n(), 2, 0));
            case "one sample counted twice" -> rate.minus(counts).elementMult(rows(d.n(), 1, 2));
            case "sum for mean" -> rate.minus(counts).scale(d.n());
            default -> rate.minus(counts);
        };
        return wrong.isEmpty()
                ? rate.minus(eta.elementMult(counts)).elementSum().divide(d.n())
                : errors(eta, e).divide(d.n());
    }

    private static Value softmax(Data d, List<Value> p, String wrong) {
        Value z = d.fixed("x", d.n(), 4).affine(p.get(0), p.get(1));
        Value t = Value.constant(Hand.oneHot(labels(d.n()), 3));
        Value weights = d.fixed("c", d.n(), 1).abs().plus(0.2);
        Value q = z.softmax(Per.ROW);
        Value right = q.minus(t).elementMult(weights);
        Value e = switch (wrong) {
            case "weights forgotten" -> q.minus(t);
            case "weights squared" -> right.elementMult(weights);
            case "weights on the targets only" -> q.minus(t.elementMult(weights));
            case "softmax over the samples" -> z.softmax(Per.COLUMN).minus(t).elementMult(weights);
            case "not normalised" -> z.elementExp().minus(t).elementMult(weights);
            case "σ for softmax" -> z.sigmoid().minus(t).elementMult(weights);
            case "slope of σ again" ->
                right.elementMult(q).elementMult(q.negative().plus(1));
            case "labels of the next row" -> q.minus(rolled(t)).elementMult(weights);
            case "targets doubled" -> q.minus(t.scale(2)).elementMult(weights);
            case "three samples left out" -> right.elementMult(rows(d.n(), 3, 0));
            case "errors squared" -> q.minus(t).square().elementMult(weights);
            default -> right;
        };
        Value loss = z.logSoftmax(Per.ROW).elementMult(t).elementMult(weights).elementSum();
        return wrong.isEmpty() ? loss.divide(-d.n()) : errors(z, e).divide(d.n());
    }

    private static int[] labels(int n) {
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i * i % 5 % 3;
        }
        return labels;
    }

    /** Squared hinge with a penalty. */
    private static Value margins(Data d, List<Value> p, String wrong) {
        Value s = d.fixed("x", d.n(), 4).affine(p.get(0), p.get(1));
        Value y = d.fixed("y", d.n(), 2).sign();
        Value m = s.elementMult(y).negative().plus(1);
        Value e = switch (wrong) {
            case "no margin" -> m.elementMult(y).scale(-2);
            case "step for the margin" -> m.relu().sign().elementMult(y).scale(-2);
            case "hinge of the other side" -> m.negative().relu().elementMult(y).scale(-2);
            case "labels forgotten" -> m.relu().scale(-2);
            case "wrong sign" -> m.relu().elementMult(y).scale(2);
            default -> m.relu().elementMult(y).scale(-2);
        };
        Value penalty = p.get(wrong.equals("penalty on the bias") ? 1 : 0)
                .square()
                .elementSum()
                .scale(0.05);
        Value loss = wrong.isEmpty() ? m.relu().square().elementSum() : errors(s, e);
        return loss.divide(d.n()).plus(wrong.equals("no penalty") ? penalty.detached() : penalty);
    }

    /** A factorisation of which some entries are known. */
    private static Value factors(Data d, List<Value> p, String wrong) {
        Value u = p.get(0);
        Value v = p.get(1);
        Value known = d.fixed("known", 5, 5).relu().sign();
        Value uv = u.multTransB(v);
        Value r = uv.minus(d.fixed("t", 5, 5)).elementMult(known);
        Value e = switch (wrong) {
            case "unknown entries too" -> uv.minus(d.fixed("t", 5, 5));
            case "errors transposed" -> r.transpose();
            case "signs of the errors" -> r.sign();
            default -> r;
        };
        return switch (wrong) {
            case "" -> r.square().elementSum().scale(0.5);
            case "u held fixed" -> errors(u.detached().multTransB(v), r);
            case "2 in v" ->
                errors(u.multTransB(v.detached()), r).plus(errors(u.detached().multTransB(v), r.scale(2)));
            case "v of u's step" ->
                errors(u.multTransB(v.detached()), r)
                        .plus(errors(u.minus(r.mult(v).scale(0.1)).detached().multTransB(v), r));
            default -> errors(uv, e);
        };
    }

    /** Three layers with biases, tanh and softplus. */
    private static Value layers(Data d, List<Value> p, String wrong) {
        Value x = d.fixed("x", d.n(), 3);
        Value a = x.affine(p.get(0), p.get(1));
        Value h = wrong.equals("slope of tanh left out") ? as(a.tanh(), a) : a.tanh();
        h = wrong.equals("1 - h for 1 - h²")
                ? as(h, h.detached().negative().plus(1).elementMult(a))
                : h;
        Value b = h.affine(p.get(2), p.get(3));
        Value g = switch (wrong) {
            case "slope of softplus left out" -> as(b.softplus(), b);
            case "step for the slope of softplus" -> as(b.softplus(), b.relu());
            case "slope of softplus twice" ->
                as(b.softplus(), b.sigmoid().square().detached().elementMult(b));
            case "unit masked backwards" ->
                as(b.softplus(), b.softplus().elementMult(Value.constant(new double[][] {{1, 0, 1, 1}})));
            case "rows lost behind softplus" -> as(b.softplus(), b.softplus().elementMult(rows(d.n(), 2, 0)));
            default -> b.softplus();
        };
        Value z = wrong.equals("signs of w3") ? signs(g, p) : g.affine(p.get(4), p.get(5));
        Value r = z.minus(d.fixed("t", d.n(), 2));
        return switch (wrong) {
            case "targets of the next row" ->
                errors(z, z.minus(rolled(d.fixed("t", d.n(), 2)))).divide(d.n());
            case "two samples left out" ->
                errors(z, r.elementMult(rows(d.n(), 2, 0))).divide(d.n());
            case "w3 as if z were g" ->
                errors(b.detached().mult(p.get(4)), r)
                        .plus(errors(g.mult(p.get(4).detached()).plus(p.get(5)), r))
                        .divide(d.n());
            default -> r.square().elementSum().divide(2 * d.n());
        };
    }

    private static Value signs(Value g, List<Value> p) {
        Value right = g.affine(p.get(4), p.get(5));
        Value back = g.mult(p.get(4).sign().detached())
                .plus(g.detached().mult(p.get(4)))
                .plus(p.get(5));
        return as(right, back);
    }

    private static Value recurrent(Data d, List<Value> p, String wrong) {
        Value h = d.fixed("h", d.n(), 3);
        for (int i = 0; i < 3; i++) {
            Value x = d.fixed("x" + i, d.n(), 2);
            Value w =
                    wrong.equals("w of the last step only") && i < 2 ? p.get(1).detached() : p.get(1);
            Value u =
                    wrong.equals("u of the first step only") && i > 0 ? p.get(0).detached() : p.get(0);
            Value b =
                    wrong.equals("b of the last step only") && i < 2 ? p.get(2).detached() : p.get(2);
            Value old = wrong.equals("no way back in time") ? h.detached() : h;
            Value z = x.mult(u).plus(old.mult(w)).plus(b);
            h = switch (wrong) {
                case "slope left out" -> as(z.sigmoid(), z);
                case "tanh's slope" ->
                    as(
                            z.sigmoid(),
                            z.sigmoid().square().negative().plus(1).detached().elementMult(z));
                default -> z.sigmoid();
            };
        }
        Value z = h.mult(p.get(3));
        return z.minus(d.fixed("t", d.n(), 2)).square().mean();
    }

    private static Value centres(Data d, List<Value> p, String wrong) {
        Value x = d.fixed("x", 6, 2);
        Value c = p.get(0);
        Value a = p.get(1);
        Value y = Value.constant(new double[1][1]);
        for (int i = 0; i < 6; i++) {
            Value r = c.minus(x.getRow(i));
            Value q = r.square().sum(Per.ROW);
            q = wrong.equals("2 of the square") ? as(q, q.scale(0.5)) : q;
            q = wrong.equals("sign of the difference") ? as(q, q.negative()) : q;
            Value s = q.scale(-0.6);
            Value k = wrong.equals("slope of exp left out") ? as(s.elementExp(), s) : s.elementExp();
            k = wrong.equals("width left out") ? as(k, k.detached().elementMult(q.negative())) : k;
            Value used = wrong.equals("a left out")
                    ? as(a.elementMult(k), k.plus(a.elementMult(k.detached())))
                    : a.elementMult(k);
            Value e = used.elementSum().minus(d.fixed("t", 6, 1).getRow(i));
            boolean skipped = wrong.equals("last sample left out") && i == 5;
            y = y.plus(skipped ? e.square().detached() : e.square());
        }
        return y;
    }

    private static Value normalised(Data d, List<Value> p, String wrong) {
        Value z = d.fixed("x", d.n(), 3).mult(p.get(0));
        Value mean = z.mean(Per.COLUMN).broadcastTo(z.shape());
        Value c = z.minus(wrong.equals("mean held fixed") || wrong.equals("both held fixed") ? mean.detached() : mean);
        Value s = c.square().mean(Per.COLUMN).sqrt().broadcastTo(z.shape());
        Value hat = c.elementDiv(
                wrong.equals("deviation held fixed") || wrong.equals("both held fixed") ? s.detached() : s);
        hat = wrong.equals("deviation left out") ? as(hat, hat.elementMult(s.detached())) : hat;
        Value gamma = p.get(1);
        Value y = switch (wrong) {
            case "gamma left out" ->
                as(hat.elementMult(gamma), hat.plus(hat.detached().elementMult(gamma)));
            case "gamma with what is not normalised" ->
                as(
                        hat.elementMult(gamma),
                        hat.elementMult(gamma.detached()).plus(z.detached().elementMult(gamma)));
            case "gamma like beta" ->
                as(hat.elementMult(gamma), hat.elementMult(gamma.detached()).plus(gamma));
            default -> hat.elementMult(gamma);
        };
        Value beta = wrong.equals("beta by its mean") ? as(p.get(2), p.get(2).divide(d.n())) : p.get(2);
        return y.plus(beta).sigmoid().elementMult(d.fixed("k", d.n(), 4)).elementSum();
    }

    static List<Slip> all() {
        List<Slip> all = new ArrayList<>();
        List.of(
                        new Family(
                                        "Poisson",
                                        SlipsInFigures::poisson,
                                        d -> List.of(d.variable("w", 4, 3), d.variable("b", 1, 3)))
                                .with("predictor for rate", MISSING_FACTOR, WRONG_SLOPE)
                                .with("counts shifted", ROWS_MIXED, LINEAR_TERM)
                                .with("counts forgotten", MISSING_TERM, LINEAR_TERM)
                                .with("logarithm of the counts", OTHER_OPERAND, LINEAR_TERM)
                                .with("rate forgotten", MISSING_TERM, INDEPENDENT)
                                .with("softplus for exp", WRONG_SLOPE)
                                .with("errors times rate", WRONG_SLOPE, FACTOR_TWICE)
                                .with("two samples left out", ROWS_LEFT_OUT)
                                .with("one sample counted twice", ROWS_LEFT_OUT, COUNTED_TWICE)
                                .with("sum for mean", MISSING_DIVISION),
                        new Family(
                                        "weighted softmax",
                                        SlipsInFigures::softmax,
                                        d -> List.of(d.variable("w", 4, 3), d.variable("b", 1, 3)))
                                .with("weights forgotten", MISSING_FACTOR, OTHER_FUNCTION, ROWS_LEFT_OUT)
                                .with("weights squared", FACTOR_TWICE, OTHER_FUNCTION, ROWS_LEFT_OUT)
                                .with("weights on the targets only", MISSING_FACTOR, OTHER_FUNCTION, ROWS_LEFT_OUT)
                                .with("softmax over the samples", WRONG_AXIS)
                                .with("not normalised", NOT_NORMALISED)
                                .with("σ for softmax", WRONG_SLOPE)
                                .with("slope of σ again", WRONG_SLOPE, FACTOR_TWICE)
                                .with("labels of the next row", ROWS_MIXED, LINEAR_TERM)
                                .with("targets doubled", TWICE, LINEAR_TERM)
                                .with("three samples left out", ROWS_LEFT_OUT)
                                .with("errors squared", SQUARED, WRONG_SLOPE),
                        new Family(
                                        "squared hinge",
                                        SlipsInFigures::margins,
                                        d -> List.of(d.variable("w", 4, 2), d.variable("b", 1, 2)))
                                .with("no margin", MISSING_FACTOR, WRONG_SLOPE)
                                .with("step for the margin", HARD_CHOICE, WRONG_SLOPE)
                                .with("hinge of the other side", SIGN_FLIPPED, WRONG_SLOPE, OTHER_FUNCTION)
                                .with("labels forgotten", MISSING_FACTOR, OTHER_OPERAND, OTHER_FUNCTION)
                                .with("wrong sign", SIGN_FLIPPED)
                                .with("penalty on the bias", WEIGHT_DECAY)
                                .with("no penalty", WEIGHT_DECAY, MISSING_TERM),
                        new Family(
                                        "factorisation",
                                        SlipsInFigures::factors,
                                        d -> List.of(d.variable("u", 5, 2), d.variable("v", 5, 2)))
                                .with("unknown entries too", MISSING_FACTOR, OTHER_FUNCTION)
                                .with("errors transposed", NOT_TRANSPOSED)
                                .with("signs of the errors", HARD_CHOICE, WRONG_SLOPE)
                                .with("u held fixed", ZERO)
                                .with("2 in v", TWICE)
                                .with("v of u's step", UPDATED_WEIGHTS, STALE),
                        new Family(
                                        "three layers with biases",
                                        SlipsInFigures::layers,
                                        d -> List.of(
                                                d.variable("w1", 3, 4),
                                                d.variable("b1", 1, 4),
                                                d.variable("w2", 4, 4),
                                                d.variable("b2", 1, 4),
                                                d.variable("w3", 4, 2),
                                                d.variable("b3", 1, 2)))
                                .with("slope of tanh left out", MISSING_FACTOR)
                                .with("1 - h for 1 - h²", WRONG_SLOPE)
                                .with("slope of softplus left out", MISSING_FACTOR)
                                .with("step for the slope of softplus", WRONG_SLOPE)
                                .with("slope of softplus twice", FACTOR_TWICE, WRONG_SLOPE)
                                .with("unit masked backwards", MASK_REPLACED, PARTLY_ZERO)
                                .with("rows lost behind softplus", ROWS_LEFT_OUT)
                                .with("signs of w3", OTHER_OPERAND, WRONG_SLOPE)
                                .with("targets of the next row", ROWS_MIXED, LINEAR_TERM, OTHER_FUNCTION)
                                .with("two samples left out", ROWS_LEFT_OUT, OTHER_FUNCTION)
                                .with("w3 as if z were g", OTHER_OPERAND),
                        new Family(
                                        "recurrent with σ",
                                        SlipsInFigures::recurrent,
                                        d -> List.of(
                                                d.variable("u", 2, 3),
                                                d.variable("w", 3, 3),
                                                d.variable("b", 1, 3),
                                                d.variable("v", 3, 2)))
                                .with("w of the last step only", OVERWRITTEN, MISSING_TERM)
                                .with("u of the first step only", OVERWRITTEN, MISSING_TERM)
                                .with("b of the last step only", OVERWRITTEN, MISSING_TERM, BACK_THROUGH)
                                .with("no way back in time", BACK_THROUGH, MISSING_TERM)
                                .with("slope left out", MISSING_FACTOR, WRONG_SLOPE)
                                .with("tanh's slope", WRONG_SLOPE),
                        new Family(
                                        "centres",
                                        SlipsInFigures::centres,
                                        d -> List.of(d.variable("c", 4, 2), d.variable("a", 4, 1)))
                                .with("2 of the square", HALF)
                                .with("sign of the difference", SIGN_FLIPPED)
                                .with("slope of exp left out", MISSING_FACTOR, WRONG_SLOPE)
                                .with("width left out", CONSTANT_FACTOR)
                                .with("a left out", MISSING_FACTOR, MISSING_DIVISION, OTHER_OPERAND)
                                .with("last sample left out", ROWS_LEFT_OUT, OTHER_FUNCTION),
                        new Family(
                                        "normalised batch",
                                        SlipsInFigures::normalised,
                                        d -> List.of(
                                                d.variable("w", 3, 4),
                                                d.variable("gamma", 1, 4),
                                                d.variable("beta", 1, 4)))
                                .with("mean held fixed", MISSING_TERM)
                                .with("deviation held fixed", MISSING_TERM)
                                .with("both held fixed", MISSING_TERM)
                                .with("deviation left out", MISSING_DIVISION, MISSING_FACTOR)
                                .with("gamma left out", MISSING_FACTOR)
                                .with("gamma with what is not normalised", OTHER_OPERAND, MISSING_DIVISION)
                                .with("gamma like beta", SWAPPED, MISSING_FACTOR)
                                .with("beta by its mean", EXTRA_DIVISION))
                .forEach(family -> all.addAll(family.slips));
        return all;
    }
}
