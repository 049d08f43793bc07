package org.ejgrad.check;

import static org.ejgrad.check.Hand.addRow;
import static org.ejgrad.check.Hand.columnSums;
import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Hand.labels;
import static org.ejgrad.check.Hand.mask;
import static org.ejgrad.check.Hand.oneHot;
import static org.ejgrad.check.Hand.random;
import static org.ejgrad.check.Hand.rolled;
import static org.ejgrad.check.Hand.sigmoid;
import static org.ejgrad.check.Hand.size;
import static org.ejgrad.check.Hand.softmax;
import static org.ejgrad.check.Hand.step;
import static org.ejgrad.check.Hand.without;
import static org.ejgrad.check.Hand.zip;
import static org.ejgrad.check.Mistake.*;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** A classifier of two layers, with each activation, and with dropout between them. */
final class SlipsInLayers {
    private SlipsInLayers() {}

    private record Activation(UnaryOperator<Value> graph, DoubleUnaryOperator f, DoubleUnaryOperator slope) {}

    private static Activation activation(String name) {
        return switch (name) {
            case "tanh" -> new Activation(Value::tanh, Math::tanh, v -> 1 - Math.tanh(v) * Math.tanh(v));
            case "sigmoid" -> new Activation(Value::sigmoid, Hand::sigmoid, v -> sigmoid(v) * sigmoid(-v));
            case "relu" -> new Activation(Value::relu, v -> Math.max(v, 0), Hand::step);
            case "leaky" -> new Activation(x -> x.leakyRelu(0.1), v -> v > 0 ? v : 0.1 * v, v -> v > 0 ? 1 : 0.1);
            case "elu" ->
                new Activation(
                        x -> x.elu(1.5), v -> v > 0 ? v : 1.5 * Math.expm1(v), v -> v > 0 ? 1 : 1.5 * Math.exp(v));
            case "silu" -> new Activation(Value::silu, v -> v * sigmoid(v), v -> sigmoid(v) * (1 + v * sigmoid(-v)));
            case "softplus" -> new Activation(Value::softplus, v -> Math.log1p(Math.exp(v)), Hand::sigmoid);
            case "softsign" ->
                new Activation(Value::softsign, v -> v / (1 + Math.abs(v)), v -> Math.pow(1 + Math.abs(v), -2));
            case "square" -> new Activation(Value::square, v -> v * v, v -> 2 * v);
            case "sin" -> new Activation(Value::sin, Math::sin, Math::cos);
            case "exp" -> new Activation(x -> x.negative().elementExp(), v -> Math.exp(-v), v -> -Math.exp(-v));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** What a wrong slope is called, as a function of z and of h = f(z). */
    private static double wrongSlope(String mistake, double z, double h, double right) {
        return switch (mistake) {
            case "1 - z²" -> 1 - z * z;
            case "1 - h" -> 1 - h;
            case "h(1-h)" -> h * (1 - h);
            case "1 - h²" -> 1 - h * h;
            case "h" -> h;
            case "h(1+h)" -> h * (1 + h);
            case "z(1-z)" -> z * (1 - z);
            case "1" -> 1;
            case "z" -> z;
            case "step" -> step(z);
            case "sigmoid(z)" -> sigmoid(z);
            case "slope at h" -> step(h);
            case "no alpha" -> z > 0 ? 1 : Math.exp(z);
            case "h + 1" -> z > 0 ? 1 : h + 1;
            case "h" + " below 0" -> z > 0 ? 1 : h;
            case "second term lost" -> sigmoid(z);
            case "first term lost" -> z * sigmoid(z) * sigmoid(-z);
            case "1/(1+|z|)" -> 1 / (1 + Math.abs(z));
            case "cos at output" -> Math.cos(h);
            case "-cos" -> -Math.cos(z);
            case "sin" -> Math.sin(z);
            case "inverted" -> 1 - right;
            case "twice" -> right * right;
            case "1/slope" -> 1 / right;
            case "sign" -> Math.signum(z);
            default -> right;
        };
    }

    private static Slip.Exercise network(long seed, String what) {
        String[] part = what.split(": ");
        String mistake = part.length > 1 ? part[1] : "";
        int n = size(seed, "n", 6, 9);
        int d = size(seed, "d", 3, 4);
        int m = mistake.equals("w2 not transposed") ? 3 : size(seed, "m", 3, 5);
        int k = 3;
        SimpleMatrix x = random(seed, "x", n, d, -1.5, 1.5);
        SimpleMatrix w1 = random(seed, "w1", d, m);
        SimpleMatrix b1 = random(seed, "b1", 1, m);
        SimpleMatrix w2 = random(seed, "w2", m, k);
        SimpleMatrix b2 = random(seed, "b2", 1, k);
        int[] y = labels(seed, n, k);
        Activation f = activation(part[0]);

        SimpleMatrix z1 = addRow(x.mult(w1), b1);
        SimpleMatrix h = each(z1, f.f);
        SimpleMatrix dz2 = softmax(addRow(h.mult(w2), b2)).minus(oneHot(y, k)).divide(n);
        SimpleMatrix input2 = switch (mistake) {
            case "z for h in dW2" -> z1;
            case "h shifted in dW2" -> rolled(h, 1);
            default -> h;
        };
        SimpleMatrix dw2 = input2.transpose().mult(dz2);
        SimpleMatrix back = switch (mistake) {
            case "w2 not transposed" -> w2.transpose();
            case "updated w2" -> w2.minus(dw2.scale(0.1));
            case "updated w2, lr 0.5" -> w2.minus(dw2.scale(0.5));
            case "sign of w2" -> each(w2, Math::signum);
            default -> w2;
        };
        SimpleMatrix dh = dz2.mult(back.transpose());
        SimpleMatrix slope = zip(z1, h, (z, a) -> wrongSlope(mistake, z, a, f.slope.applyAsDouble(z)));
        SimpleMatrix dz1 = switch (mistake) {
            case "guided" -> each(dh, v -> Math.max(v, 0)).elementMult(slope);
            case "deconvolution" -> each(dh, v -> Math.max(v, 0));
            case "h'(dh)" -> dh.elementMult(each(dh, f.slope));
            case "last row dropped in layer 1" -> without(dh.elementMult(slope), n - 1, n);
            case "dh ignored" -> slope;
            default -> dh.elementMult(slope);
        };
        SimpleMatrix dw1 = (mistake.equals("x shifted in dW1") ? rolled(x, 1) : x)
                .transpose()
                .mult(dz1);
        return new Slip.Exercise(
                Slip.claims("w1", w1, dw1, "b1", b1, columnSums(dz1), "w2", w2, dw2, "b2", b2, columnSums(dz2)),
                v -> f.graph
                        .apply(Value.constant(x).affine(v.get(0), v.get(1)))
                        .affine(v.get(2), v.get(3))
                        .logSoftmax(Per.ROW)
                        .selectColumns(y)
                        .mean()
                        .negative());
    }

    /** Σ (relu(x·w1) ⊙ mask · w2 − t)² / n: inverted dropout. */
    private static Slip.Exercise dropout(long seed, String mistake) {
        int n = size(seed, "n", 5, 8);
        int d = size(seed, "d", 3, 4);
        int m = size(seed, "m", 3, 5);
        double keep = 0.5 + 0.25 * size(seed, "keep", 0, 1);
        SimpleMatrix x = random(seed, "x", n, d, -1.5, 1.5);
        SimpleMatrix w1 = random(seed, "w1", d, m);
        SimpleMatrix w2 = random(seed, "w2", m, 2);
        SimpleMatrix t = random(seed, "t", n, 2);
        SimpleMatrix mask = mask(seed, "mask", n, m, keep);
        boolean units = mistake.startsWith("units");
        SimpleMatrix unit = each(mask(seed, "unit", 2, m, keep).getRow(0), v -> v);
        SimpleMatrix used = units ? Hand.like(mask, unit) : mask;

        SimpleMatrix z = x.mult(w1);
        SimpleMatrix a = each(z, Math::tanh);
        SimpleMatrix h = a.elementMult(used);
        SimpleMatrix dy = h.mult(w2).minus(t).scale(2.0 / n);
        SimpleMatrix dw2 =
                (mistake.equals("unmasked h in dW2") ? a : h).transpose().mult(dy);
        SimpleMatrix dh = dy.mult(w2.transpose());
        SimpleMatrix da = dh.elementMult(
                switch (mistake) {
                    case "no mask", "units: no mask" -> each(used, v -> 1);
                    case "another mask" -> mask(seed, "other", n, m, keep);
                    case "mask not scaled" -> each(used, Math::signum);
                    case "mask twice" -> used.elementMult(used);
                    case "mask inverted" -> each(used, v -> 1 - v);
                    case "mask dropped ones" -> each(used, v -> v == 0 ? 1 / keep : 0);
                    case "mask divided" -> each(used, v -> v * keep * keep);
                    case "mask shifted" -> rolled(used, 1);
                    default -> used;
                });
        SimpleMatrix dw1 = x.transpose().mult(da.elementMult(each(a, v -> 1 - v * v)));
        return new Slip.Exercise(
                Slip.claims("w1", w1, dw1, "w2", w2, dw2),
                v -> Value.constant(x)
                        .mult(v.get(0))
                        .tanh()
                        .elementMult(Value.constant(used))
                        .mult(v.get(1))
                        .minus(Value.constant(t))
                        .square()
                        .elementSum()
                        .divide(n));
    }

    private static Slip two(String name, Mistake... fitting) {
        return Slip.of("two layers", SlipsInLayers::network, name, fitting);
    }

    private static Slip drop(String name, Mistake... fitting) {
        return Slip.of("dropout", SlipsInLayers::dropout, name, fitting);
    }

    static List<Slip> all() {
        return List.of(
                two("tanh: 1 - z²", WRONG_SLOPE),
                two("tanh: 1 - h", WRONG_SLOPE),
                two("tanh: h(1-h)", WRONG_SLOPE),
                two("tanh: h", WRONG_SLOPE, AT_OUTPUT),
                two("tanh: 1", MISSING_FACTOR),
                two("tanh: inverted", WRONG_SLOPE, MASK_INVERTED),
                two("tanh: z for h in dW2", OTHER_OPERAND),
                two("tanh: h shifted in dW2", ROWS_MIXED),
                two("tanh: x shifted in dW1", ROWS_MIXED),
                two("tanh: updated w2", UPDATED_WEIGHTS),
                two("tanh: updated w2, lr 0.5", UPDATED_WEIGHTS),
                two("tanh: last row dropped in layer 1", ROWS_LEFT_OUT),
                two("tanh: w2 not transposed", NOT_TRANSPOSED),
                two("tanh: h'(dh)", WRONG_SLOPE, AT_OUTPUT, OTHER_OPERAND),
                two("tanh: dh ignored", UPSTREAM_IGNORED),
                two("tanh: sign of w2", OTHER_OPERAND, WRONG_SLOPE),
                two("sigmoid: h", WRONG_SLOPE, MISSING_TERM),
                two("sigmoid: 1 - h", WRONG_SLOPE, MISSING_TERM),
                two("sigmoid: h(1+h)", WRONG_SLOPE),
                two("sigmoid: 1 - h²", WRONG_SLOPE),
                two("sigmoid: z(1-z)", WRONG_SLOPE),
                two("sigmoid: twice", FACTOR_TWICE),
                two("sigmoid: z for h in dW2", OTHER_OPERAND),
                two("relu: h", WRONG_SLOPE, AT_OUTPUT),
                two("relu: 1", MISSING_FACTOR),
                two("relu: sign", WRONG_SLOPE),
                two("relu: inverted", MASK_INVERTED),
                two("relu: guided", WRONG_SLOPE),
                two("relu: deconvolution", WRONG_SLOPE),
                two("relu: updated w2", UPDATED_WEIGHTS),
                two("leaky: step", WRONG_SLOPE),
                two("leaky: 1", MISSING_FACTOR),
                two("elu: no alpha", WRONG_SLOPE),
                two("elu: h + 1", WRONG_SLOPE),
                two("elu: h below 0", WRONG_SLOPE),
                two("silu: second term lost", WRONG_SLOPE, MISSING_TERM),
                two("silu: first term lost", WRONG_SLOPE, MISSING_TERM),
                two("silu: 1 - h", WRONG_SLOPE),
                two("softplus: h", WRONG_SLOPE, AT_OUTPUT),
                two("softplus: step", WRONG_SLOPE),
                two("softsign: 1/(1+|z|)", WRONG_SLOPE),
                two("square: z", HALF, WRONG_SLOPE),
                two("sin: -cos", SIGN_FLIPPED),
                two("sin: cos at output", AT_OUTPUT),
                two("sin: sin", WRONG_SLOPE),
                two("exp: h", SIGN_FLIPPED, MISSING_FACTOR, WRONG_SLOPE),
                drop("no mask", MISSING_FACTOR),
                drop("units: no mask", MISSING_FACTOR),
                drop("another mask", MASK_REPLACED),
                drop("mask shifted", ROWS_MIXED, MASK_REPLACED),
                drop("mask not scaled", HALF, CONSTANT_FACTOR, WRONG_SLOPE, MASK_REPLACED, OTHER_OPERAND),
                drop("mask twice", FACTOR_TWICE, TWICE, CONSTANT_FACTOR),
                drop("mask inverted", MASK_INVERTED),
                drop("mask dropped ones", MASK_INVERTED, MASK_REPLACED),
                drop("mask divided", EXTRA_DIVISION, WRONG_SLOPE, CONSTANT_FACTOR, MASK_REPLACED, OTHER_OPERAND),
                drop("unmasked h in dW2", OTHER_OPERAND));
    }
}
