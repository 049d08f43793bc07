package org.ejgrad.check;

import static org.ejgrad.check.Mistake.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** Wrong rules of operations of one's own, as they are written. */
final class SlipsInRules {
    private SlipsInRules() {}

    /** A wrong rule, what it may be called, and a program that applies it, for a seed. */
    record WrongRule(String name, Set<Mistake> fitting, LongFunction<Value> program) {
        CheckReport check(long seed) {
            return GradientCheck.of(program.apply(seed)).run();
        }
    }

    private static Value variable(long seed, String name, int rows, int columns, double low, double high) {
        return Value.variable(name, Hand.random(seed, name, rows, columns, low, high));
    }

    /** Between a linear layer and a loss; the input is between low and high. */
    private static WrongRule rule(
            String name,
            UnaryOperator<DMatrixRMaj> forward,
            double low,
            double high,
            Rule.Unary rule,
            Mistake... fitting) {
        return new WrongRule(name, Set.of(fitting), seed -> {
            Operation operation = Operation.unary("mine", forward, Rule.rule("wrong", rule));
            Value x = variable(seed, "x", 3 + (int) (seed % 3), 4, low, high);
            Value y = operation.apply(x);
            return y.elementMult(y.plus(1)).mean();
        });
    }

    private static WrongRule each(
            String name, DoubleUnaryOperator f, double low, double high, Rule.Unary rule, Mistake... fitting) {
        return rule(name, x -> Operation.map(x, f), low, high, rule, fitting);
    }

    /** An operation that a Value has, with a rule of its own. */
    private static WrongRule of(String name, UnaryOperator<Value> forward, Rule.Unary rule, Mistake... fitting) {
        return rule(name, x -> forward.apply(Value.constant(x)).matrix().getDDRM(), 0.3, 1.7, rule, fitting);
    }

    private static WrongRule square(String name, UnaryOperator<Value> forward, Rule.Unary rule, Mistake... fitting) {
        return new WrongRule(name, Set.of(fitting), seed -> {
            Operation operation = Operation.unary(
                    "mine", x -> forward.apply(Value.constant(x)).matrix().getDDRM(), Rule.rule("wrong", rule));
            Value x =
                    variable(seed, "x", 3, 3, -0.5, 0.5).plus(Value.identity(3).scale(2));
            return operation.apply(x).square().elementSum();
        });
    }

    private static Value not(Value y) {
        return y.negative().plus(1);
    }

    static List<WrongRule> all() {
        List<WrongRule> all = new ArrayList<>();
        all.add(each("tanh: 1 - x²", Math::tanh, -1, 1, (x, y, dy) -> dy.elementMult(not(x.square())), WRONG_SLOPE));
        all.add(each("tanh: 1 - y", Math::tanh, -1, 1, (x, y, dy) -> dy.elementMult(not(y)), WRONG_SLOPE));
        all.add(each(
                "tanh: y(1-y)", Math::tanh, -1, 1, (x, y, dy) -> dy.elementMult(y.elementMult(not(y))), WRONG_SLOPE));
        all.add(each("tanh: dy", Math::tanh, -1, 1, (x, y, dy) -> dy, MISSING_FACTOR));
        all.add(each(
                "sigmoid: x(1-x)",
                Hand::sigmoid,
                -1,
                1,
                (x, y, dy) -> dy.elementMult(x.elementMult(not(x))),
                WRONG_SLOPE));
        all.add(each("sigmoid: y", Hand::sigmoid, -1, 1, (x, y, dy) -> dy.elementMult(y), WRONG_SLOPE));
        all.add(each(
                "sigmoid: y(1+y)",
                Hand::sigmoid,
                -1,
                1,
                (x, y, dy) -> dy.elementMult(y.elementMult(y.plus(1))),
                WRONG_SLOPE));
        all.add(each(
                "sigmoid: 1-y²", Hand::sigmoid, -1, 1, (x, y, dy) -> dy.elementMult(not(y.square())), WRONG_SLOPE));
        all.add(each(
                "silu: σ",
                v -> v * Hand.sigmoid(v),
                -2,
                2,
                (x, y, dy) -> dy.elementMult(x.sigmoid()),
                WRONG_SLOPE,
                MISSING_TERM));
        all.add(each(
                "silu: xσ(1-σ)",
                v -> v * Hand.sigmoid(v),
                -2,
                2,
                (x, y, dy) -> dy.elementMult(x).elementMult(x.sigmoid()).elementMult(not(x.sigmoid())),
                WRONG_SLOPE,
                MISSING_TERM));
        all.add(each("softplus: y", v -> Math.log1p(Math.exp(v)), -2, 2, (x, y, dy) -> dy.elementMult(y), WRONG_SLOPE));
        all.add(each(
                "softplus: tanh",
                v -> Math.log1p(Math.exp(v)),
                -2,
                2,
                (x, y, dy) -> dy.elementMult(x.tanh()),
                WRONG_SLOPE));
        all.add(each("relu: y", v -> Math.max(v, 0), -1, 1, (x, y, dy) -> dy.elementMult(y), WRONG_SLOPE));
        all.add(each("relu: sign", v -> Math.max(v, 0), -1, 1, (x, y, dy) -> dy.elementMult(x.sign()), WRONG_SLOPE));
        all.add(each(
                "leaky: step",
                v -> v > 0 ? v : 0.1 * v,
                -1,
                1,
                (x, y, dy) -> dy.elementMult(x.greaterThan(0)),
                WRONG_SLOPE));
        all.add(each(
                "elu: e^x everywhere",
                v -> v > 0 ? v : Math.expm1(v),
                -1,
                1,
                (x, y, dy) -> dy.elementMult(x.elementExp()),
                WRONG_SLOPE));
        all.add(each(
                "gelu: Φ",
                v -> Value.constant(v).gelu().scalar(),
                -2,
                2,
                (x, y, dy) ->
                        dy.elementMult(x.scale(Math.sqrt(0.5)).erf().plus(1).scale(0.5)),
                WRONG_SLOPE,
                MISSING_TERM));
        all.add(each("log: 1/y", Math::log, 1.5, 3, (x, y, dy) -> dy.elementDiv(y), AT_OUTPUT, WRONG_SLOPE));
        all.add(each("log: x", Math::log, 0.5, 3, (x, y, dy) -> dy.elementMult(x), FACTOR_INVERTED, WRONG_SLOPE));
        all.add(each("sqrt: 1/(2x)", Math::sqrt, 0.5, 3, (x, y, dy) -> dy.elementDiv(x.scale(2)), WRONG_SLOPE));
        all.add(each(
                "exp: x e^x", Math::exp, -1, 1, (x, y, dy) -> dy.elementMult(y).elementMult(x), WRONG_SLOPE));
        all.add(each(
                "sin: -cos",
                Math::sin,
                -1,
                1,
                (x, y, dy) -> dy.elementMult(x.cos()).negative(),
                SIGN_FLIPPED));
        all.add(each("cos: sin", Math::cos, -1, 1, (x, y, dy) -> dy.elementMult(x.sin()), SIGN_FLIPPED));
        all.add(each(
                "cube: 3x",
                v -> v * v * v,
                0.5,
                2,
                (x, y, dy) -> dy.elementMult(x).scale(3),
                WRONG_SLOPE,
                MISSING_FACTOR));
        all.add(each("square: x²", v -> v * v, 0.5, 2, (x, y, dy) -> dy.elementMult(y), WRONG_SLOPE));
        all.add(each(
                "reciprocal: -y",
                v -> 1 / v,
                0.5,
                2,
                (x, y, dy) -> dy.elementMult(y).negative(),
                WRONG_SLOPE));
        all.add(each(
                "atan: 1/(1-x²)", Math::atan, 0.2, 0.8, (x, y, dy) -> dy.elementDiv(not(x.square())), WRONG_SLOPE));
        all.add(each(
                "degrees",
                v -> Math.sin(Math.toRadians(40 * v)),
                0.2,
                2,
                (x, y, dy) -> dy.elementMult(x.scale(40 * Math.PI / 180).cos()).scale(40),
                CONSTANT_FACTOR));
        all.add(each("square: dy ignored", v -> v * v, 0.5, 2, (x, y, dy) -> x.scale(2), UPSTREAM_IGNORED));
        all.add(of(
                "softmax: other axis",
                v -> v.softmax(Per.ROW),
                (x, y, dy) ->
                        y.elementMult(dy.minus(y.elementMult(dy).sum(Per.COLUMN).broadcastTo(y.shape()))),
                WRONG_AXIS));
        all.add(of(
                "softmax: plus",
                v -> v.softmax(Per.ROW),
                (x, y, dy) ->
                        y.elementMult(dy.plus(y.elementMult(dy).sum(Per.ROW).broadcastTo(y.shape()))),
                SIGN_FLIPPED));
        all.add(of(
                "softmax: without y",
                v -> v.softmax(Per.ROW),
                (x, y, dy) -> dy.minus(y.elementMult(dy).sum(Per.ROW).broadcastTo(y.shape())),
                MISSING_FACTOR));
        all.add(of(
                "softmax: diagonal",
                v -> v.softmax(Per.ROW),
                (x, y, dy) -> dy.elementMult(y).elementMult(not(y)),
                SOFTMAX_DIAGONAL));
        all.add(of("softmax: dy·y", v -> v.softmax(Per.ROW), (x, y, dy) -> dy.elementMult(y), MISSING_TERM));
        all.add(of(
                "log-softmax: other axis",
                v -> v.logSoftmax(Per.ROW),
                (x, y, dy) ->
                        dy.minus(y.elementExp().elementMult(dy.sum(Per.COLUMN).broadcastTo(y.shape()))),
                WRONG_AXIS));
        all.add(of(
                "rows by their norm: no projection",
                v -> v.elementDiv(v.norm(Per.ROW, 2)),
                (x, y, dy) -> dy.elementDiv(x.norm(Per.ROW, 2)),
                MISSING_TERM));
        all.add(of(
                "rows by their sum: no projection",
                v -> v.elementDiv(v.sum(Per.ROW)),
                (x, y, dy) -> dy.elementDiv(x.sum(Per.ROW)),
                MISSING_TERM));
        all.add(of(
                "standardised columns: statistics constant",
                v -> v.minus(v.mean(Per.COLUMN)).elementDiv(v.standardDeviation(Per.COLUMN, 0)),
                (x, y, dy) -> dy.elementDiv(x.standardDeviation(Per.COLUMN, 0)),
                MISSING_TERM));
        all.add(of("centred rows: dy", v -> v.minus(v.mean(Per.ROW)), (x, y, dy) -> dy, MISSING_FACTOR));
        all.add(of("running sum: forwards", v -> v.cumSum(Per.ROW), (x, y, dy) -> dy.cumSum(Per.ROW), REORDERED));
        all.add(of(
                "sum of rows: mean",
                v -> v.sum(Per.ROW),
                (x, y, dy) -> dy.broadcastTo(x.shape()).divide(4),
                EXTRA_DIVISION));
        all.add(of("maximum: to all", v -> v.max(Per.ROW), (x, y, dy) -> dy.broadcastTo(x.shape()), MISSING_FACTOR));
        all.add(of(
                "log-sum-exp: e^x",
                v -> v.logSumExp(Per.ROW),
                (x, y, dy) -> x.elementExp().elementMult(dy),
                NOT_NORMALISED));
        all.add(of(
                "norm of rows: not divided",
                v -> v.norm(Per.ROW, 2),
                (x, y, dy) -> x.elementMult(dy),
                MISSING_DIVISION));
        all.add(of("roll: same way", v -> v.roll(Per.ROW, 1), (x, y, dy) -> dy.roll(Per.ROW, 1), SHIFTED, REORDERED));
        all.add(square(
                "inverse: not transposed",
                Value::invert,
                (x, y, dy) -> y.mult(dy).mult(y).negative(),
                NOT_TRANSPOSED));
        all.add(square(
                "inverse: one factor",
                Value::invert,
                (x, y, dy) -> y.transpose().mult(dy).negative(),
                MISSING_FACTOR));
        all.add(square(
                "inverse: sign",
                Value::invert,
                (x, y, dy) -> y.transpose().mult(dy).mult(y.transpose()),
                SIGN_FLIPPED));
        all.add(square(
                "square of a matrix: one term",
                v -> v.mult(v),
                (x, y, dy) -> x.transpose().mult(dy),
                MISSING_TERM));
        return all;
    }
}
