package org.ejgrad.check;

import static org.ejgrad.check.Hand.columnSums;
import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Hand.like;
import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Hand.rolled;
import static org.ejgrad.check.Hand.size;
import static org.ejgrad.check.Hand.without;
import static org.ejgrad.check.Hand.zip;
import static org.ejgrad.check.Mistake.*;

import java.util.List;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Logistic regression, least squares and kin, and a learnt spread. */
final class SlipsInRegression {
    private SlipsInRegression() {}

    /** −mean (t·log p + (1 − t)·log(1 − p)) with p = σ(x·w + b). */
    private static Slip.Exercise logistic(long seed, String mistake) {
        int n = size(seed, "n", 6, 10);
        int d = size(seed, "d", 3, 5);
        SimpleMatrix x = random(seed, "x", n, d, -1.5, 1.5);
        SimpleMatrix w = random(seed, "w", d, 1);
        SimpleMatrix b = random(seed, "b", 1, 1);
        SimpleMatrix t = each(random(seed, "t", n, 1), Hand::step);
        t.set(0, 0);
        t.set(1, 1); // twice, as labels in turn would be inverted by a shift
        t.set(2, 1);
        SimpleMatrix z = x.mult(w).plus(b.get(0));
        SimpleMatrix p = each(z, Hand::sigmoid);
        SimpleMatrix dz = switch (mistake) {
            case "(p-y)p(1-p)" -> p.minus(t).elementMult(each(p, v -> v * (1 - v)));
            case "-1/1 labels" -> p.minus(each(t, v -> 2 * v - 1));
            case "no sigmoid" -> z.minus(t);
            case "hard decision" -> each(z, Hand::step).minus(t);
            case "(p-y)/(p(1-p))" -> p.minus(t).elementDiv(each(p, v -> v * (1 - v)));
            case "second term lost" -> zip(p, t, (q, a) -> -a * (1 - q));
            case "first term lost" -> zip(p, t, (q, a) -> (1 - a) * q);
            case "y - p" -> t.minus(p);
            case "p + y" -> p.plus(t);
            case "tanh for sigmoid" -> each(z, Math::tanh).minus(t);
            case "labels shifted" -> p.minus(rolled(t, 1));
            case "last sample dropped" -> without(p.minus(t), n - 1, n);
            case "1 - p for p" -> each(p, v -> 1 - v).minus(t);
            default -> p.minus(t);
        };
        dz = dz.divide(mistake.equals("no 1/n") ? 1 : n);
        SimpleMatrix db = mistake.equals("b forgotten") ? new SimpleMatrix(1, 1) : columnSums(dz);
        return new Slip.Exercise(Slip.claims("w", w, x.transpose().mult(dz), "b", b, db), v -> {
            Value q = Value.constant(x).affine(v.get(0), v.get(1)).sigmoid();
            Value positive = q.elementLog().elementMult(Value.constant(t));
            Value negative = q.negative().plus(1).elementLog().elementMult(Value.constant(each(t, a -> 1 - a)));
            return positive.plus(negative).mean().negative();
        });
    }

    /** The sum over x·w − t of a loss of residuals, divided by n. */
    private static Slip.Exercise residuals(long seed, String what) {
        String[] part = what.split(": ");
        String mistake = part.length > 1 ? part[1] : "";
        int n = size(seed, "n", 6, 9);
        int d = size(seed, "d", 3, 4);
        SimpleMatrix x = random(seed, "x", n, d, -1.5, 1.5);
        SimpleMatrix w = random(seed, "w", d, 2);
        SimpleMatrix t = random(seed, "t", n, 2, -3, 3);
        SimpleMatrix r = x.mult(w).minus(t);
        double k = 0.8;
        SimpleMatrix slope = switch (part[0]) {
            case "squared" -> r.scale(2);
            case "absolute" -> each(r, Math::signum);
            case "log-cosh" -> each(r, Math::tanh);
            default -> each(r, v -> Math.max(-k, Math.min(k, v)));
        };
        SimpleMatrix dr = switch (mistake) {
            case "no 2" -> r;
            case "wrong sign" -> slope.negative();
            case "targets forgotten" -> x.mult(w).scale(2);
            case "targets added" -> x.mult(w).plus(t).scale(2);
            case "linear part lost" -> r;
            case "linear part without its k" -> each(r, v -> Math.abs(v) <= k ? v : Math.signum(v));
            case "linear part zero" -> each(r, v -> Math.abs(v) <= k ? v : 0);
            case "sign everywhere" -> each(r, Math::signum);
            case "residual for its sign" -> r;
            case "1 for the sign" -> each(r, v -> 1);
            case "absolute residual" -> each(r, Math::abs).scale(2);
            case "1 - tanh²" -> each(r, v -> 1 - Math.tanh(v) * Math.tanh(v));
            case "residual squared" -> r.elementMult(r);
            case "targets shifted" -> r.plus(t).minus(rolled(t, 1)).scale(2);
            default -> slope;
        };
        dr = dr.divide(mistake.equals("mean over all") ? 2 * n : n);
        SimpleMatrix left = mistake.equals("rows of x shifted") ? rolled(x, 1) : x;
        return new Slip.Exercise(Slip.claims("w", w, left.transpose().mult(dr)), v -> {
            Value e = Value.constant(x).mult(v.get(0)).minus(Value.constant(t));
            Value each = switch (part[0]) {
                case "squared" -> e.square();
                case "absolute" -> e.abs();
                case "log-cosh" -> e.cosh().elementLog();
                default ->
                    e.abs()
                            .lessThan(k)
                            .where(e.square().scale(0.5), e.abs().scale(k).minus(k * k / 2));
            };
            return each.elementSum().divide(n);
        });
    }

    /** Σ ½(r/σ)² + log σ with r = x·m − t and σ = exp s, a row. */
    private static Slip.Exercise gaussian(long seed, String mistake) {
        int n = size(seed, "n", 6, 9);
        SimpleMatrix x = random(seed, "x", n, 3);
        SimpleMatrix t = random(seed, "t", n, 4);
        SimpleMatrix m = random(seed, "m", 3, 4);
        SimpleMatrix s = random(seed, "s", 1, 4, -0.8, 0.8);
        SimpleMatrix sigma = each(s, Math::exp);
        SimpleMatrix r = x.mult(m).minus(t);
        SimpleMatrix q = r.elementDiv(like(r, sigma));
        SimpleMatrix dm = x.transpose().mult(mistake.equals("σ for σ²") ? q : q.elementDiv(like(r, sigma)));
        SimpleMatrix dSigma = columnSums(q.elementMult(q)).negative().plus(n).elementDiv(sigma);
        SimpleMatrix ds = switch (mistake) {
            case "log σ chain" -> dSigma;
            case "no log σ" -> dSigma.elementMult(sigma).minus(n);
            case "one log σ" -> dSigma.elementMult(sigma).minus(n - 1);
            case "chain twice" -> dSigma.elementMult(sigma).elementMult(sigma);
            case "sign of the square" -> columnSums(q.elementMult(q)).plus(n);
            case "variance" -> dSigma.elementMult(sigma).scale(0.5);
            default -> dSigma.elementMult(sigma);
        };
        return new Slip.Exercise(Slip.claims("m", m, dm, "s", s, ds), v -> {
            Value z = Value.constant(x)
                    .mult(v.get(0))
                    .minus(Value.constant(t))
                    .elementDiv(v.get(1).elementExp());
            return z.square().elementSum().scale(0.5).plus(v.get(1).elementSum().scale(n));
        });
    }

    private static Slip bce(String name, Mistake... fitting) {
        return Slip.of("logistic regression", SlipsInRegression::logistic, name, fitting);
    }

    private static Slip of(String name, Mistake... fitting) {
        return Slip.of("regression", SlipsInRegression::residuals, name, fitting);
    }

    private static Slip spread(String name, Mistake... fitting) {
        return Slip.of("regression", SlipsInRegression::gaussian, name, fitting);
    }

    static List<Slip> all() {
        return List.of(
                bce("(p-y)p(1-p)", WRONG_SLOPE, FACTOR_TWICE),
                bce("-1/1 labels", OTHER_OPERAND, WRONG_SLOPE),
                bce("no sigmoid", WRONG_SLOPE, MISSING_FACTOR),
                bce("hard decision", HARD_CHOICE),
                bce("(p-y)/(p(1-p))", MISSING_FACTOR, FACTOR_INVERTED),
                bce("second term lost", MISSING_TERM, OVERWRITTEN),
                bce("first term lost", MISSING_TERM, OVERWRITTEN),
                bce("y - p", SIGN_FLIPPED),
                bce("p + y", SIGN_FLIPPED),
                bce("tanh for sigmoid", WRONG_SLOPE),
                bce("labels shifted", ROWS_MIXED),
                bce("last sample dropped", ROWS_LEFT_OUT),
                bce("1 - p for p", STALE, WRONG_SLOPE, OTHER_OPERAND),
                bce("no 1/n", MISSING_DIVISION),
                bce("b forgotten", ZERO),
                of("squared: no 2", HALF),
                of("squared: wrong sign", SIGN_FLIPPED),
                of("squared: targets added", SIGN_FLIPPED),
                of("squared: targets forgotten", MISSING_TERM, OTHER_OPERAND, WRONG_SLOPE),
                of("squared: mean over all", HALF, EXTRA_DIVISION),
                of("squared: absolute residual", WRONG_SLOPE),
                of("squared: residual squared", WRONG_SLOPE, AT_OUTPUT),
                of("squared: targets shifted", ROWS_MIXED),
                of("squared: rows of x shifted", ROWS_MIXED),
                of("huber: linear part lost", MISSING_FACTOR, WRONG_SLOPE, OTHER_OPERAND),
                of("huber: linear part without its k", WRONG_SLOPE, MISSING_FACTOR),
                of("huber: linear part zero", WRONG_SLOPE, MISSING_TERM, OVERWRITTEN),
                of("huber: sign everywhere", WRONG_SLOPE),
                of("absolute: residual for its sign", WRONG_SLOPE, MISSING_FACTOR, AT_OUTPUT),
                of("absolute: 1 for the sign", MISSING_FACTOR, WRONG_SLOPE),
                of("log-cosh: 1 - tanh²", WRONG_SLOPE),
                spread("log σ chain", MISSING_FACTOR),
                spread("no log σ", OVERWRITTEN, MISSING_TERM, OFFSET),
                spread("one log σ", OFFSET, MISSING_FACTOR),
                spread("chain twice", FACTOR_TWICE, WRONG_SLOPE, MISSING_FACTOR),
                spread("σ for σ²", MISSING_DIVISION, MISSING_FACTOR, WRONG_SLOPE),
                spread("sign of the square", SIGN_FLIPPED),
                spread("variance", HALF));
    }
}
