package org.ejgrad.check;

import static org.ejgrad.check.Hand.columnSums;
import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Hand.like;
import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Hand.rowSums;
import static org.ejgrad.check.Hand.size;
import static org.ejgrad.check.Hand.throughSoftmax;
import static org.ejgrad.check.Hand.without;
import static org.ejgrad.check.Mistake.*;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Batch and layer normalisation, attention, and a recurrent network. */
final class SlipsInNormalisation {
    private SlipsInNormalisation() {}

    /** Σ tanh(γ ⊙ ẑ + β) ⊙ c with ẑ = (z − mean)/√(variance + ε), z = x·w, over rows or columns. */
    private static Slip.Exercise normalised(long seed, String mistake, boolean batch) {
        int n = size(seed, "n", 5, 8);
        int m = 4;
        double epsilon = 1e-3;
        SimpleMatrix x = random(seed, "x", n, 3, -2, 2);
        SimpleMatrix w = random(seed, "w", 3, m);
        SimpleMatrix gamma = random(seed, "gamma", 1, m, 0.5, 1.5);
        SimpleMatrix beta = random(seed, "beta", 1, m);
        SimpleMatrix c = random(seed, "c", n, m);
        SimpleMatrix z = x.mult(w);
        UnaryOperator<SimpleMatrix> mean =
                v -> like(v, batch ? columnSums(v).divide(n) : rowSums(v).divide(m));
        SimpleMatrix centred = z.minus(mean.apply(z));
        SimpleMatrix inverse = each(mean.apply(centred.elementMult(centred)), v -> 1 / Math.sqrt(v + epsilon));
        SimpleMatrix hat = centred.elementMult(inverse);
        SimpleMatrix y = hat.elementMult(like(hat, gamma)).plus(like(hat, beta));
        SimpleMatrix dy = c.elementMult(each(y, v -> 1 - Math.tanh(v) * Math.tanh(v)));
        SimpleMatrix dGamma = columnSums(dy.elementMult(
                switch (mistake) {
                    case "dγ with z" -> z;
                    case "dγ with z - mean" -> centred;
                    case "dγ with y" -> y;
                    case "dγ like dβ" -> each(z, v -> 1);
                    default -> hat;
                }));
        SimpleMatrix dHat = mistake.equals("γ forgotten") ? dy : dy.elementMult(like(dy, gamma));
        SimpleMatrix spread = hat.elementMult(mean.apply(dHat.elementMult(hat)));
        SimpleMatrix dz = inverse.elementMult(
                switch (mistake) {
                    case "statistics constant" -> dHat;
                    case "mean constant" -> dHat.minus(spread);
                    case "variance constant" -> dHat.minus(mean.apply(dHat));
                    case "variance term added" -> dHat.minus(mean.apply(dHat)).plus(spread);
                    case "variance term twice" -> dHat.minus(mean.apply(dHat)).minus(spread.scale(2));
                    default -> dHat.minus(mean.apply(dHat)).minus(spread);
                });
        dz = switch (mistake) {
            case "no 1/σ" -> dz.elementDiv(inverse);
            case "1/σ²" -> dz.elementMult(inverse);
            default -> dz;
        };
        SimpleMatrix dBeta = mistake.equals("dβ mean") ? columnSums(dy).divide(n) : columnSums(dy);
        Per per = batch ? Per.COLUMN : Per.ROW;
        return new Slip.Exercise(
                Slip.claims("w", w, x.transpose().mult(dz), "gamma", gamma, dGamma, "beta", beta, dBeta), v -> {
                    Value a = Value.constant(x).mult(v.get(0));
                    Value d = a.minus(a.mean(per).broadcastTo(a.shape()));
                    Value s = d.square().mean(per).plus(epsilon).sqrt();
                    return d.elementDiv(s.broadcastTo(a.shape()))
                            .elementMult(v.get(1))
                            .plus(v.get(2))
                            .tanh()
                            .elementMult(Value.constant(c))
                            .elementSum();
                });
    }

    private static Slip.Exercise batch(long seed, String mistake) {
        return normalised(seed, mistake, true);
    }

    private static Slip.Exercise layer(long seed, String mistake) {
        return normalised(seed, mistake, false);
    }

    /** Σ (softmax(q·kᵀ/√d)·v − t)² with q = x·wq, k = x·wk, v = x·wv. */
    private static Slip.Exercise attention(long seed, String mistake) {
        int n = size(seed, "n", 4, 6);
        int d = 3;
        double root = Math.sqrt(d);
        SimpleMatrix x = random(seed, "x", n, d, -1.5, 1.5);
        SimpleMatrix wq = random(seed, "wq", d, d, -1.5, 1.5);
        SimpleMatrix wk = random(seed, "wk", d, d, -1.5, 1.5);
        SimpleMatrix wv = random(seed, "wv", d, d);
        SimpleMatrix t = random(seed, "t", n, d);
        SimpleMatrix q = x.mult(wq);
        SimpleMatrix k = x.mult(wk);
        SimpleMatrix v = x.mult(wv);
        SimpleMatrix a = Hand.softmax(q.mult(k.transpose()).divide(root));
        SimpleMatrix dOut = a.mult(v).minus(t).scale(2);
        SimpleMatrix dv = (mistake.equals("a not transposed") ? a : a.transpose()).mult(dOut);
        SimpleMatrix da = dOut.mult(v.transpose());
        SimpleMatrix ds = switch (mistake) {
            case "wrong softmax axis" ->
                throughSoftmax(a.transpose(), da.transpose()).transpose();
            case "diagonal softmax" -> da.elementMult(a).elementMult(each(a, p -> 1 - p));
            case "softmax without its sum" -> da.elementMult(a);
            case "no softmax" -> da;
            case "axis of the sum wrong" -> a.elementMult(da.minus(like(a, columnSums(a.elementMult(da)))));
            default -> throughSoftmax(a, da);
        };
        ds = ds.divide(mistake.equals("no 1/√d") ? 1 : mistake.equals("1/d") ? d : root);
        SimpleMatrix dq = ds.mult(mistake.equals("q for k") ? q : k);
        SimpleMatrix dk = (mistake.equals("s not transposed") ? ds : ds.transpose()).mult(q);
        SimpleMatrix xt = x.transpose();
        SimpleMatrix dwq = xt.mult(dq);
        SimpleMatrix dwk = xt.mult(dk);
        boolean swap = mistake.equals("q and k exchanged");
        return new Slip.Exercise(
                Slip.claims("wq", wq, swap ? dwk : dwq, "wk", wk, swap ? dwq : dwk, "wv", wv, xt.mult(dv)), p -> {
                    Value in = Value.constant(x);
                    return in.mult(p.get(0))
                            .multTransB(in.mult(p.get(1)))
                            .divide(root)
                            .softmax(Per.ROW)
                            .mult(in.mult(p.get(2)))
                            .minus(Value.constant(t))
                            .square()
                            .elementSum();
                });
    }

    /** Σ (h_T·v − t)² with h_i = tanh(x_i·u + h_(i−1)·w). */
    private static Slip.Exercise recurrent(long seed, String mistake) {
        int steps = 4;
        int n = 3;
        int m = 3;
        SimpleMatrix u = random(seed, "u", 2, m);
        SimpleMatrix w = random(seed, "w", m, m);
        SimpleMatrix v = random(seed, "v", m, 2);
        SimpleMatrix t = random(seed, "t", n, 2);
        SimpleMatrix[] x = new SimpleMatrix[steps];
        SimpleMatrix[] h = new SimpleMatrix[steps + 1];
        h[0] = random(seed, "h0", n, m);
        for (int i = 0; i < steps; i++) {
            x[i] = random(seed, "x" + i, n, 2, -1.5, 1.5);
            h[i + 1] = each(x[i].mult(u).plus(h[i].mult(w)), Math::tanh);
        }
        SimpleMatrix dy = h[steps].mult(v).minus(t).scale(2);
        SimpleMatrix dv = h[steps].transpose().mult(dy);
        SimpleMatrix dh = dy.mult(v.transpose());
        SimpleMatrix du = new SimpleMatrix(2, m);
        SimpleMatrix dw = new SimpleMatrix(m, m);
        int first = switch (mistake) {
            case "last step only" -> steps - 1;
            case "last two steps" -> steps - 2;
            case "first step forgotten" -> 1;
            default -> 0;
        };
        for (int i = steps - 1; i >= first; i--) {
            SimpleMatrix dz = mistake.equals("no tanh slope")
                    ? dh
                    : dh.elementMult(each(h[i + 1], a -> mistake.equals("1 - h") ? 1 - a : 1 - a * a));
            if (mistake.equals("slope of the step before")) {
                dz = dh.elementMult(each(h[i], a -> 1 - a * a));
            }
            SimpleMatrix left = mistake.equals("h_i for h_(i-1)") ? h[i + 1] : h[i];
            du = mistake.equals("u overwritten")
                    ? x[i].transpose().mult(dz)
                    : du.plus(x[i].transpose().mult(dz));
            dw = mistake.equals("w overwritten")
                    ? left.transpose().mult(dz)
                    : dw.plus(left.transpose().mult(dz));
            dh = dz.mult(mistake.equals("w not transposed") ? w : w.transpose());
            if (mistake.equals("mean over steps")) {
                dh = dh.scale(1);
            }
        }
        if (mistake.equals("last row of the batch dropped")) {
            dv = without(h[steps].transpose(), 0, 0).mult(without(dy, n - 1, n));
        }
        return new Slip.Exercise(
                Slip.claims("u", u, mistake.equals("mean over steps") ? du.divide(steps) : du, "w", w, dw, "v", v, dv),
                p -> {
                    Value state = Value.constant(h[0]);
                    for (SimpleMatrix in : x) {
                        state = Value.constant(in)
                                .mult(p.get(0))
                                .plus(state.mult(p.get(1)))
                                .tanh();
                    }
                    return state.mult(p.get(2))
                            .minus(Value.constant(t))
                            .square()
                            .elementSum();
                });
    }

    private static Slip norm(boolean batch, String name, Mistake... fitting) {
        return Slip.of(
                "normalisation", batch ? SlipsInNormalisation::batch : SlipsInNormalisation::layer, name, fitting);
    }

    private static Slip heed(String name, Mistake... fitting) {
        return Slip.of("attention", SlipsInNormalisation::attention, name, fitting);
    }

    private static Slip recur(String name, Mistake... fitting) {
        return Slip.of("recurrent", SlipsInNormalisation::recurrent, name, fitting);
    }

    static List<Slip> all() {
        return List.of(
                norm(true, "dγ with z", OTHER_OPERAND),
                norm(true, "dγ with z - mean", OTHER_OPERAND),
                norm(true, "dγ with y", OTHER_OPERAND),
                norm(true, "dγ like dβ", MISSING_FACTOR, OTHER_OPERAND),
                norm(true, "γ forgotten", MISSING_FACTOR),
                norm(true, "statistics constant", MISSING_TERM, OVERWRITTEN),
                norm(true, "mean constant", MISSING_TERM, OVERWRITTEN),
                norm(true, "variance constant", MISSING_TERM, OVERWRITTEN),
                norm(true, "variance term added", SIGN_FLIPPED),
                norm(true, "variance term twice", TWICE, COUNTED_TWICE),
                norm(true, "no 1/σ", MISSING_FACTOR, MISSING_DIVISION),
                norm(true, "dβ mean", SUM_MISSING, EXTRA_DIVISION),
                norm(false, "dγ with z", OTHER_OPERAND),
                norm(false, "γ forgotten", MISSING_FACTOR),
                norm(false, "statistics constant", MISSING_TERM, OVERWRITTEN),
                norm(false, "mean constant", MISSING_TERM, OVERWRITTEN),
                norm(false, "variance constant", MISSING_TERM, OVERWRITTEN),
                norm(false, "variance term added", SIGN_FLIPPED),
                heed("wrong softmax axis", WRONG_AXIS),
                heed("diagonal softmax", SOFTMAX_DIAGONAL),
                heed("softmax without its sum", MISSING_TERM),
                heed("no softmax", MISSING_FACTOR),
                heed("axis of the sum wrong", WRONG_AXIS),
                heed("no 1/√d", MISSING_FACTOR, CONSTANT_FACTOR, MISSING_DIVISION),
                heed("1/d", FACTOR_TWICE, CONSTANT_FACTOR, EXTRA_DIVISION),
                heed("a not transposed", NOT_TRANSPOSED),
                heed("s not transposed", NOT_TRANSPOSED, WRONG_LAYOUT, TRANSPOSED),
                heed("q for k", SWAPPED, OTHER_OPERAND),
                heed("q and k exchanged", SWAPPED),
                recur("last step only", MISSING_TERM, OVERWRITTEN),
                recur("last two steps", MISSING_TERM),
                recur("first step forgotten", OVERWRITTEN, MISSING_TERM),
                recur("no tanh slope", MISSING_FACTOR),
                recur("1 - h", WRONG_SLOPE),
                recur("h_i for h_(i-1)", OTHER_OPERAND),
                recur("u overwritten", OVERWRITTEN),
                recur("w overwritten", OVERWRITTEN),
                recur("w not transposed", NOT_TRANSPOSED),
                recur("mean over steps", EXTRA_DIVISION),
                recur("last row of the batch dropped", ROWS_LEFT_OUT));
    }
}
