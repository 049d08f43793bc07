package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Mistakes in the rule of one operation, somewhere in a larger graph. */
final class PlantedInRules {
    private PlantedInRules() {}

    static Value variable(String label, int rows, int columns, double low, double high) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = low + (high - low) * Randomness.uniform(label.hashCode(), 41, i);
        }
        return Value.variable(label, matrix);
    }

    /** The operation between a linear layer and a loss. */
    private static Planted unary(String name, Mistake expected, UnaryOperator<DMatrixRMaj> forward, Rule.Unary rule) {
        return new Planted(name, expected, () -> {
            Operation operation = Operation.unary("mine", forward, Rule.rule("wrong", rule));
            Value w = variable("w", 3, 3, 0.2, 1.2);
            Value x = Value.constant(variable("x", 4, 3, 0.3, 1.5).matrix());
            Value y = operation.apply(x.mult(w));
            return GradientCheck.of(y.tanh().elementMult(y).mean()).run();
        });
    }

    private static Planted binary(
            String name,
            Mistake expected,
            Function<Value, Value> prepareB,
            java.util.function.BinaryOperator<DMatrixRMaj> forward,
            Rule.Binary ruleOfA,
            Rule.Binary ruleOfB) {
        return new Planted(name, expected, () -> {
            Operation operation =
                    Operation.binary("mine", forward, Rule.rule("first", ruleOfA), Rule.rule("second", ruleOfB));
            Value a = variable("a", 3, 3, 0.2, 1.2);
            Value b = prepareB.apply(variable("b", 3, 3, 0.3, 1.5));
            Value y = operation.apply(a.tanh(), b.square().plus(0.5));
            return GradientCheck.of(y.softplus().elementMult(y).elementSum()).run();
        });
    }

    private static DMatrixRMaj map(DMatrixRMaj x, java.util.function.DoubleUnaryOperator f) {
        return Operation.map(x, f);
    }

    private static DMatrixRMaj softmax(DMatrixRMaj x) {
        return Value.constant(x).softmax(Per.ROW).matrix().getDDRM();
    }

    private static DMatrixRMaj mult(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = new DMatrixRMaj(a.numRows, b.numCols);
        CommonOps_DDRM.mult(a, b, c);
        return c;
    }

    private static DMatrixRMaj times(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = a.copy();
        CommonOps_DDRM.elementMult(a, b, c);
        return c;
    }

    private static DMatrixRMaj addRow(DMatrixRMaj a, DMatrixRMaj row) {
        return Value.constant(a).plus(Value.constant(row)).matrix().getDDRM();
    }

    private static DMatrixRMaj over(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = a.copy();
        CommonOps_DDRM.elementDiv(a, b, c);
        return c;
    }

    static List<Planted> all() {
        List<Planted> all = new ArrayList<>();
        all.add(unary("tanh passes dy on", Mistake.MISSING_FACTOR, x -> map(x, Math::tanh), (x, y, dy) -> dy));
        all.add(unary("exp passes dy on", Mistake.MISSING_FACTOR, x -> map(x, Math::exp), (x, y, dy) -> dy));
        all.add(unary("scale passes dy on", Mistake.MISSING_FACTOR, x -> map(x, v -> v / 7), (x, y, dy) -> dy));
        all.add(unary("square without its 2", Mistake.HALF, x -> map(x, v -> v * v), (x, y, dy) -> dy.elementMult(x)));
        all.add(unary(
                "square root without its ½", Mistake.TWICE, x -> map(x, Math::sqrt), (x, y, dy) -> dy.elementDiv(y)));
        all.add(unary(
                "log multiplies by x",
                Mistake.FACTOR_INVERTED,
                x -> map(x, Math::log),
                (x, y, dy) -> dy.elementMult(x)));
        all.add(unary(
                "tanh at its output",
                Mistake.AT_OUTPUT,
                x -> map(x, Math::tanh),
                (x, y, dy) -> dy.elementMult(y.tanh().square().negative().plus(1))));
        all.add(unary(
                "sigmoid at its output",
                Mistake.AT_OUTPUT,
                x -> map(x, v -> 1 / (1 + Math.exp(-v))),
                (x, y, dy) ->
                        dy.elementMult(y.sigmoid()).elementMult(y.negative().sigmoid())));
        all.add(unary(
                "tanh twice",
                Mistake.FACTOR_TWICE,
                x -> map(x, Math::tanh),
                (x, y, dy) -> dy.elementMult(y.square().negative().plus(1).square())));
        all.add(unary(
                "sine with the wrong sign",
                Mistake.SIGN_FLIPPED,
                x -> map(x, Math::cos),
                (x, y, dy) -> dy.elementMult(Value.constant(map(x.matrix().getDDRM(), Math::sin)))));
        all.add(unary("no gradient", Mistake.ZERO, x -> map(x, Math::tanh), (x, y, dy) -> dy.scale(0)));
        all.add(unary(
                "dy ignored",
                Mistake.UPSTREAM_IGNORED,
                x -> map(x, v -> v * v),
                (x, y, dy) -> x.scale(2).plus(dy.scale(0))));
        all.add(unary(
                "softmax diagonal",
                Mistake.SOFTMAX_DIAGONAL,
                PlantedInRules::softmax,
                (x, y, dy) -> dy.elementMult(y).elementMult(y.negative().plus(1))));
        all.add(unary(
                "softmax without its sum",
                Mistake.MISSING_TERM,
                PlantedInRules::softmax,
                (x, y, dy) -> dy.elementMult(y)));
        all.add(unary(
                "transpose passes dy as it lies",
                Mistake.WRONG_LAYOUT,
                x -> CommonOps_DDRM.transpose(x, null),
                (x, y, dy) -> Value.constant(new DMatrixRMaj(
                        x.getNumRows(), x.getNumCols(), true, dy.matrix().getDDRM().data))));
        all.add(unary(
                "cube with a 2",
                Mistake.CONSTANT_FACTOR,
                x -> map(x, v -> v * v * v),
                (x, y, dy) -> dy.elementMult(x.square()).scale(2)));
        all.add(stale());
        all.add(masks("relu passes dy on", Mistake.MISSING_FACTOR, (x, y, dy) -> dy));
        all.add(masks(
                "relu stops the wrong ones",
                Mistake.MASK_INVERTED,
                (x, y, dy) -> dy.elementMult(x.sign().negative().plus(1).scale(0.5))));
        all.add(binary(
                "product: b not transposed",
                Mistake.NOT_TRANSPOSED,
                b -> b,
                PlantedInRules::mult,
                (a, b, y, dy) -> dy.mult(b),
                (a, b, y, dy) -> a.multTransA(dy)));
        all.add(binary(
                "product: wrong side",
                Mistake.NOT_TRANSPOSED,
                b -> b,
                PlantedInRules::mult,
                (a, b, y, dy) -> dy.multTransB(b),
                (a, b, y, dy) -> dy.multTransB(a)));
        all.add(binary(
                "product: result transposed",
                Mistake.TRANSPOSED,
                b -> b,
                PlantedInRules::mult,
                (a, b, y, dy) -> dy.multTransB(b).transpose(),
                (a, b, y, dy) -> a.multTransA(dy)));
        all.add(binary(
                "elementwise product: operands exchanged",
                Mistake.SWAPPED,
                b -> b,
                PlantedInRules::times,
                (a, b, y, dy) -> dy.elementMult(a),
                (a, b, y, dy) -> dy.elementMult(b)));
        all.add(binary(
                "quotient: sign of the denominator",
                Mistake.SIGN_FLIPPED,
                b -> b,
                PlantedInRules::over,
                (a, b, y, dy) -> dy.elementDiv(b),
                (a, b, y, dy) -> dy.elementMult(y).elementDiv(b)));
        all.add(binary(
                "bias: first row only",
                Mistake.SUM_MISSING,
                b -> b.getRow(0),
                PlantedInRules::addRow,
                (a, b, y, dy) -> dy,
                (a, b, y, dy) -> dy.getRow(0)));
        all.add(binary(
                "bias: last row only",
                Mistake.SUM_MISSING,
                b -> b.getRow(0),
                PlantedInRules::addRow,
                (a, b, y, dy) -> dy,
                (a, b, y, dy) -> dy.getRow(2)));
        all.add(binary(
                "bias: mean of the rows",
                Mistake.SUM_MISSING,
                b -> b.getRow(0),
                PlantedInRules::addRow,
                (a, b, y, dy) -> dy,
                (a, b, y, dy) -> dy.mean(Per.COLUMN)));
        all.add(binary(
                "difference: sign of b",
                Mistake.SIGN_FLIPPED,
                b -> b,
                (a, b) -> Value.constant(a).minus(Value.constant(b)).matrix().getDDRM(),
                (a, b, y, dy) -> dy,
                (a, b, y, dy) -> dy));
        return all;
    }

    /** A rule that keeps the first input it has seen. */
    private static Planted stale() {
        return new Planted("tanh remembers an earlier input", Mistake.STALE, () -> {
            Value old = variable("old", 4, 3, -1, 1).detached();
            Operation operation = Operation.unary(
                    "mine",
                    x -> map(x, Math::tanh),
                    Rule.rule(
                            "stale",
                            (x, y, dy) -> dy.elementMult(
                                    old.tanh().square().negative().plus(1))));
            Value w = variable("w", 3, 3, 0.2, 1.2);
            Value x = Value.constant(variable("x", 4, 3, 0.3, 1.5).matrix());
            return GradientCheck.of(operation.apply(x.mult(w)).square().mean()).run();
        });
    }

    private static Planted masks(String name, Mistake expected, Rule.Unary rule) {
        return new Planted(name, expected, () -> {
            Operation operation = Operation.unary("mine", x -> map(x, v -> Math.max(v, 0)), Rule.rule("wrong", rule));
            Value w = variable("w", 3, 4, -1, 1);
            Value x = Value.constant(variable("x", 4, 3, -1, 1).matrix());
            return GradientCheck.of(operation.apply(x.mult(w)).plus(1).square().mean())
                    .run();
        });
    }
}
