package org.ejgrad.check;

import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Hand.size;
import static org.ejgrad.check.Hand.zip;
import static org.ejgrad.check.Mistake.*;

import java.util.List;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** What is handed over in place of a gradient, and mistakes outside of layers. */
final class SlipsInSteps {
    private SlipsInSteps() {}

    /** Mean squared error of tanh(x·w)·v. */
    private static Slip.Exercise step(long seed, String mistake) {
        int n = size(seed, "n", 5, 8);
        int m = size(seed, "m", 3, 4);
        SimpleMatrix x = random(seed, "x", n, 3, -1.5, 1.5);
        SimpleMatrix w = random(seed, "w", 3, m);
        SimpleMatrix v = random(seed, "v", m, 2);
        SimpleMatrix t = random(seed, "t", n, 2);
        double lr = 0.1;
        SimpleMatrix[] g = gradient(x, w, v, t);
        SimpleMatrix[] c = switch (mistake) {
            case "velocity" -> {
                SimpleMatrix[] before = gradient(x, random(seed, "w old", 3, m), random(seed, "v old", m, 2), t);
                yield both(g, before, (a, b) -> a + 0.9 * b);
            }
            case "velocity of one step" -> {
                SimpleMatrix[] old = before(x, w, v, t, lr);
                yield both(g, gradient(x, old[0], old[1], t), (a, b) -> a + 0.9 * b);
            }
            case "1 - β of momentum" -> both(g, g, (a, b) -> 0.1 * a);
            case "step" -> both(g, g, (a, b) -> -lr * a);
            case "Adam's first step" -> both(g, g, (a, b) -> -0.001 * a / (Math.abs(a) + 1e-8));
            case "Adam's direction" -> both(g, g, (a, b) -> a / (Math.abs(a) + 1e-8));
            case "RMSprop" -> both(g, g, (a, b) -> a / Math.sqrt(0.1 * a * a + 1e-8));
            case "sign" -> both(g, g, (a, b) -> Math.signum(a));
            case "after the step" -> gradient(x, w.minus(g[0].scale(lr)), v.minus(g[1].scale(lr)), t);
            case "before the step" -> {
                SimpleMatrix[] old = before(x, w, v, t, lr);
                yield gradient(x, old[0], old[1], t);
            }
            case "at zero" -> gradient(x, w.scale(0), v.scale(0), t);
            case "v after its step" -> gradient(x, w, v.minus(g[1].scale(lr)), t);
            case "forward differences" -> differences(x, w, v, t, 1e-4, 1);
            case "backward differences" -> differences(x, w, v, t, 1e-3, -1);
            case "float" -> both(g, g, (a, b) -> (float) a);
            case "clipped" -> both(g, g, (a, b) -> Math.max(-0.05, Math.min(0.05, a)));
            case "clipped by norm" -> {
                double norm = Math.sqrt(g[0].elementMult(g[0]).elementSum()
                        + g[1].elementMult(g[1]).elementSum());
                yield both(g, g, (a, b) -> a * 0.1 / norm);
            }
            case "columns reversed" -> new SimpleMatrix[] {reversed(g[0]), g[1]};
            case "accumulated twice" -> both(g, g, Double::sum);
            case "w transposed in memory" -> new SimpleMatrix[] {fortran(g[0]), g[1]};
            case "squared" -> both(g, g, (a, b) -> a * b);
            default -> g;
        };
        return new Slip.Exercise(
                Slip.claims("w", w, c[0], "v", v, c[1]),
                p -> Value.constant(x)
                        .mult(p.get(0))
                        .tanh()
                        .mult(p.get(1))
                        .minus(Value.constant(t))
                        .square()
                        .mean());
    }

    private static SimpleMatrix[] both(SimpleMatrix[] a, SimpleMatrix[] b, java.util.function.DoubleBinaryOperator f) {
        return new SimpleMatrix[] {zip(a[0], b[0], f), zip(a[1], b[1], f)};
    }

    private static SimpleMatrix reversed(SimpleMatrix m) {
        SimpleMatrix r = m.copy();
        for (int k = 0; k < m.getNumCols(); k++) {
            r.insertIntoThis(0, k, m.getColumn(m.getNumCols() - 1 - k));
        }
        return r;
    }

    private static SimpleMatrix fortran(SimpleMatrix m) {
        SimpleMatrix turned = m.transpose();
        SimpleMatrix r = m.copy();
        for (int i = 0; i < m.getNumElements(); i++) {
            r.set(i, turned.get(i));
        }
        return r;
    }

    private static double loss(SimpleMatrix x, SimpleMatrix w, SimpleMatrix v, SimpleMatrix t) {
        SimpleMatrix r = each(x.mult(w), Math::tanh).mult(v).minus(t);
        return r.elementMult(r).elementSum() / r.getNumElements();
    }

    private static SimpleMatrix[] gradient(SimpleMatrix x, SimpleMatrix w, SimpleMatrix v, SimpleMatrix t) {
        SimpleMatrix h = each(x.mult(w), Math::tanh);
        SimpleMatrix r = h.mult(v).minus(t);
        SimpleMatrix dy = r.scale(2.0 / r.getNumElements());
        SimpleMatrix dz = dy.mult(v.transpose()).elementMult(each(h, a -> 1 - a * a));
        return new SimpleMatrix[] {x.transpose().mult(dz), h.transpose().mult(dy)};
    }

    /** The weights from which one step of gradient descent leads to these. */
    private static SimpleMatrix[] before(SimpleMatrix x, SimpleMatrix w, SimpleMatrix v, SimpleMatrix t, double rate) {
        SimpleMatrix[] old = {w, v};
        for (int i = 0; i < 300; i++) {
            SimpleMatrix[] g = gradient(x, old[0], old[1], t);
            old = new SimpleMatrix[] {w.plus(g[0].scale(rate)), v.plus(g[1].scale(rate))};
        }
        return old;
    }

    private static SimpleMatrix[] differences(
            SimpleMatrix x, SimpleMatrix w, SimpleMatrix v, SimpleMatrix t, double h, int side) {
        SimpleMatrix[] at = {w.copy(), v.copy()};
        SimpleMatrix[] g = {w.copy(), v.copy()};
        double center = loss(x, w, v, t);
        for (int k = 0; k < 2; k++) {
            for (int i = 0; i < g[k].getNumElements(); i++) {
                double old = at[k].get(i);
                at[k].set(i, old + side * h);
                g[k].set(i, (loss(x, at[0], at[1], t) - center) / (side * h));
                at[k].set(i, old);
            }
        }
        return g;
    }

    /** Rows of a table looked up by index, some of them twice: Σ (tanh(e[ids]·v) ⊙ c). */
    private static Slip.Exercise embedding(long seed, String mistake) {
        int size = 5;
        int[] ids = {1, 3, 1, 0, 3, 3};
        SimpleMatrix e = random(seed, "e", size, 3);
        SimpleMatrix v = random(seed, "v", 3, 2);
        SimpleMatrix c = random(seed, "c", ids.length, 2);
        SimpleMatrix rows = new SimpleMatrix(ids.length, 3);
        for (int i = 0; i < ids.length; i++) {
            rows.insertIntoThis(i, 0, e.getRow(ids[i]));
        }
        SimpleMatrix y = each(rows.mult(v), Math::tanh);
        SimpleMatrix dy = c.elementMult(each(y, a -> 1 - a * a));
        SimpleMatrix dRows = dy.mult(v.transpose());
        SimpleMatrix de = new SimpleMatrix(size, 3);
        boolean[] seen = new boolean[size];
        int[] counts = {1, 2, 1, 3, 1};
        for (int i = 0; i < ids.length; i++) {
            int to = mistake.equals("off by one") ? (ids[i] + 1) % size : ids[i];
            boolean skip = mistake.equals("first kept") && seen[to];
            SimpleMatrix row = mistake.equals("averaged") ? dRows.getRow(i).divide(counts[ids[i]]) : dRows.getRow(i);
            if (!skip) {
                de.insertIntoThis(
                        to,
                        0,
                        mistake.equals("overwritten") ? row : de.getRow(to).plus(row));
            }
            seen[to] = true;
        }
        return new Slip.Exercise(
                Slip.claims("e", e, de, "v", v, rows.transpose().mult(dy)),
                p -> p.get(0)
                        .rowsAt(ids)
                        .mult(p.get(1))
                        .tanh()
                        .elementMult(Value.constant(c))
                        .elementSum());
    }

    /** Functions of a row of numbers, element by element. */
    private static Slip.Exercise row(long seed, String mistake) {
        SimpleMatrix x = random(seed, "x", 1, 6, 0.4, 1.6);
        SimpleMatrix c = random(seed, "c", 1, 6);
        Function<Value, Value> f = p -> switch (mistake) {
            case "degrees" -> p.scale(40).scale(Math.PI / 180).sin();
            case "quotient: plus" -> p.sin().elementDiv(p.square().plus(1));
            case "quotient: no square" -> p.sin().elementDiv(p.square().plus(1));
            case "product: both slopes" -> p.sin().elementMult(p.elementExp());
            case "product: one term" -> p.sin().elementMult(p.elementExp());
            case "power: no exponent" -> p.elementPower(3);
            case "power: exponent kept" -> p.elementPower(3);
            case "log: base 10" -> p.log10();
            case "root: no half" -> p.sqrt();
            case "chain: inner forgotten" -> p.square().sin();
            case "log-sum-exp: exp" -> p.elementExp();
            case "tan: 1 + x²" -> p.tan();
            default -> p.square().plus(1).elementLog();
        };
        SimpleMatrix d = each(x, v -> switch (mistake) {
            case "degrees" -> 40 * Math.cos(40 * v * Math.PI / 180);
            case "quotient: plus" -> (Math.cos(v) * (v * v + 1) + Math.sin(v) * 2 * v) / Math.pow(v * v + 1, 2);
            case "quotient: no square" -> (Math.cos(v) * (v * v + 1) - Math.sin(v) * 2 * v) / (v * v + 1);
            case "product: both slopes" -> Math.cos(v) * Math.exp(v);
            case "product: one term" -> Math.sin(v) * Math.exp(v);
            case "power: no exponent" -> v * v;
            case "power: exponent kept" -> 3 * v * v * v;
            case "log: base 10" -> 1 / v;
            case "root: no half" -> 1 / Math.sqrt(v);
            case "chain: inner forgotten" -> Math.cos(v * v);
            case "log-sum-exp: exp" -> v * Math.exp(v);
            case "tan: 1 + x²" -> 1 + v * v;
            case "log: inner forgotten" -> 1 / (v * v + 1);
            default -> throw new IllegalArgumentException(mistake);
        });
        return new Slip.Exercise(
                Slip.claims("x", x, d.elementMult(c)),
                p -> f.apply(p.get(0)).elementMult(Value.constant(c)).elementSum());
    }

    /** A row of the Hessian of Σ log(1 + e^(x·A)) + ½ xᵀBx checked as the gradient of one partial derivative. */
    private static Slip.Exercise hessian(long seed, String mistake) {
        int n = size(seed, "n", 4, 6);
        SimpleMatrix x = random(seed, "x", 1, n);
        SimpleMatrix a = random(seed, "A", n, 7);
        SimpleMatrix b = random(seed, "B", n, n);
        int i = size(seed, "i", 0, n - 1);
        SimpleMatrix z = x.mult(a);
        SimpleMatrix bend = each(z, v -> Hand.sigmoid(v) * Hand.sigmoid(-v));
        SimpleMatrix h = a.elementMult(Hand.like(a, bend)).mult(a.transpose());
        SimpleMatrix symmetric = b.plus(b.transpose()).scale(0.5);
        SimpleMatrix row = h.getRow(i).plus(symmetric.getRow(i));
        row = switch (mistake) {
            case "Gauss-Newton" -> h.getRow(i);
            case "B for its symmetric part" -> h.getRow(i).plus(b.getRow(i));
            case "no ½" -> h.getRow(i).plus(symmetric.getRow(i).scale(2));
            case "another row" -> h.getRow((i + 1) % n).plus(symmetric.getRow((i + 1) % n));
            case "diagonal only" -> zip(row, row, (p, q) -> p).elementMult(unit(n, i));
            case "no slope of σ" -> a.mult(a.transpose()).getRow(i).plus(symmetric.getRow(i));
            case "σ for its slope" ->
                a.elementMult(Hand.like(a, each(z, Hand::sigmoid)))
                        .mult(a.transpose())
                        .getRow(i)
                        .plus(symmetric.getRow(i));
            default -> row;
        };
        return new Slip.Exercise(
                Slip.claims("x", x, row),
                p -> p.get(0)
                        .mult(Value.constant(a))
                        .sigmoid()
                        .multTransB(Value.constant(a.getRow(i)))
                        .plus(p.get(0).multTransB(Value.constant(symmetric.getRow(i)))));
    }

    private static SimpleMatrix unit(int n, int i) {
        SimpleMatrix e = new SimpleMatrix(1, n);
        e.set(i, 1);
        return e;
    }

    private static Slip step(String name, Mistake... fitting) {
        return Slip.of("steps for gradients", SlipsInSteps::step, name, fitting);
    }

    private static Slip table(String name, Mistake... fitting) {
        return Slip.of("embedding, Hessian", SlipsInSteps::embedding, name, fitting);
    }

    private static Slip bend(String name, Mistake... fitting) {
        return Slip.of("embedding, Hessian", SlipsInSteps::hessian, name, fitting);
    }

    private static Slip calculus(String name, Mistake... fitting) {
        return Slip.of("calculus", SlipsInSteps::row, name, fitting);
    }

    static List<Slip> all() {
        return List.of(
                step("velocity", OPTIMIZER_STEP, UNKNOWN),
                step("velocity of one step", OPTIMIZER_STEP),
                step("1 - β of momentum", CONSTANT_FACTOR, OPTIMIZER_STEP, EXTRA_DIVISION),
                step("step", CONSTANT_FACTOR, OPTIMIZER_STEP),
                step("Adam's first step", OPTIMIZER_STEP),
                step("Adam's direction", OPTIMIZER_STEP),
                step("RMSprop", OPTIMIZER_STEP),
                step("sign", OPTIMIZER_STEP),
                step("after the step", STALE),
                step("before the step", STALE),
                step("at zero", STALE, ZERO),
                step("v after its step", STALE),
                step("forward differences", FORWARD_DIFFERENCES),
                step("backward differences", FORWARD_DIFFERENCES),
                step("float", SINGLE_PRECISION),
                step("clipped", CLIPPED, OPTIMIZER_STEP),
                step("clipped by norm", RESCALED, CONSTANT_FACTOR),
                step("columns reversed", REORDERED),
                step("accumulated twice", TWICE),
                step("w transposed in memory", WRONG_LAYOUT, TRANSPOSED),
                step("squared", SQUARED),
                table("overwritten", OVERWRITTEN, ROWS_LEFT_OUT),
                table("first kept", OVERWRITTEN, ROWS_LEFT_OUT),
                table("off by one", REORDERED, SHIFTED),
                table("averaged", OVERWRITTEN, SUM_MISSING, LINES_SCALED),
                bend("Gauss-Newton", MISSING_TERM, OVERWRITTEN),
                bend("no ½", TWICE, COUNTED_TWICE),
                bend("another row", UNKNOWN),
                bend("diagonal only", PARTLY_ZERO),
                bend("no slope of σ", MISSING_FACTOR),
                bend("σ for its slope", WRONG_SLOPE, MISSING_TERM),
                calculus("degrees", MISSING_FACTOR, CONSTANT_FACTOR),
                calculus("quotient: plus", SIGN_FLIPPED),
                calculus("quotient: no square", MISSING_FACTOR, FACTOR_INVERTED, MISSING_DIVISION, WRONG_SLOPE),
                calculus("product: both slopes", OVERWRITTEN, MISSING_TERM),
                calculus("product: one term", OVERWRITTEN, MISSING_TERM),
                calculus("power: no exponent", WRONG_SLOPE, MISSING_FACTOR, EXTRA_DIVISION),
                calculus("power: exponent kept", WRONG_SLOPE, TIMES_PARAMETER),
                calculus("log: base 10", WRONG_SLOPE, CONSTANT_FACTOR),
                calculus("root: no half", TWICE),
                calculus("chain: inner forgotten", MISSING_FACTOR),
                calculus("log-sum-exp: exp", TIMES_PARAMETER, WRONG_SLOPE),
                calculus("tan: 1 + x²", WRONG_SLOPE),
                calculus("log: inner forgotten", MISSING_FACTOR));
    }
}
