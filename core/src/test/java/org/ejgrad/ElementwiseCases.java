package org.ejgrad;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.awayFrom;
import static org.ejgrad.laws.Matrices.broadcasting;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.positive;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.map;
import static org.ejgrad.laws.Oracles.zip;

import java.util.List;
import org.ejgrad.laws.OperationCase;

/** The rows of tests for {@link Elementwise}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class ElementwiseCases {
    private static final Shape ROW = new Shape(1, 3);
    private static final Shape COLUMN = new Shape(2, 1);
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double INF = POSITIVE_INFINITY;

    private ElementwiseCases() {}

    /** How every operation that broadcasts refuses a row against a column, and shapes that do not meet. */
    private static OperationCase broadcasts(String name, OperationCase row) {
        return row.refuses(
                        name + "\\(1x3, 2x1\\): a row and a column do not broadcast; .*write broadcastTo\\(2, 3\\)",
                        ROW,
                        COLUMN)
                .refuses(name + "\\(2x3, 3x2\\): the shapes 2x3 and 3x2 differ and neither .*", WIDE, TALL);
    }

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- arithmetic
        broadcasts("plus", binary("plus(Value)", broadcasting(reals(), reals()), Value::plus, (a, b) -> zip(a, b, (u, v) -> u + v)))
            .at(1, 2, 3, 1, 1).at(INF, -INF, NaN, 1, 1),
        unary("plus(double)", one(reals()), x -> x.plus(1.5), x -> map(x, v -> v + 1.5)).anyShape()
            .at(2, 3.5, 1).at(NaN, NaN, 1),
        broadcasts("minus", binary("minus(Value)", broadcasting(reals(), reals()), Value::minus, (a, b) -> zip(a, b, (u, v) -> u - v)))
            .at(1, 2, -1, 1, -1).at(INF, INF, NaN, 1, -1),
        unary("minus(double)", one(reals()), x -> x.minus(1.5), x -> map(x, v -> v - 1.5)).anyShape()
            .at(2, 0.5, 1),
        unary("scale(double)", one(reals()), x -> x.scale(-2.5), x -> map(x, v -> -2.5 * v)).anyShape()
            .at(2, -5, -2.5).at(INF, -INF, -2.5),
        unary("divide(double)", one(reals()), x -> x.divide(-0.3), x -> map(x, v -> v / -0.3)).anyShape()
            .at(3, -10, 1 / -0.3),
        unary("negative()", one(reals()), Value::negative, x -> map(x, v -> -v)).anyShape()
            .at(0, -0.0, -1).at(INF, -INF, -1),
        broadcasts("elementMult", binary("elementMult(Value)", broadcasting(reals(), reals()), Value::elementMult, (a, b) -> zip(a, b, (u, v) -> u * v)))
            .at(2, 3, 6, 3, 2).at(0, INF, NaN, INF, 0),
        broadcasts("elementDiv", binary("elementDiv(Value)", broadcasting(reals(), awayFrom(0)), Value::elementDiv, (a, b) -> zip(a, b, (u, v) -> u / v)))
            .at(6, 2, 3, 0.5, -1.5).at(1, 0, INF, INF, -INF).at(0, 0, NaN, INF, NaN).at(-1, 0, -INF, INF, INF).at(INF, INF, NaN, 0, NaN),

        // ---- powers, exponential, logarithm
        unary("square()", one(reals()), Value::square, x -> map(x, v -> v * v)).anyShape()
            .at(0, 0, 0).at(-3, 9, -6).at(1e200, INF, 2e200),
        unary("sqrt()", one(positive()), Value::sqrt, x -> map(x, Math::sqrt)).anyShape()
            .at(0, 0, INF).at(-0.0, -0.0, -INF).at(4, 2, 0.25).at(-1, NaN, NaN).at(INF, INF, 0),
        unary("elementExp()", one(reals()), Value::elementExp, x -> map(x, Math::exp)).anyShape()
            .at(0, 1, 1).at(710, INF, INF).at(-1000, 0, 0).at(NEGATIVE_INFINITY, 0, 0),
        unary("elementLog()", one(positive()), Value::elementLog, x -> map(x, Math::log)).anyShape()
            .at(1, 0, 1).at(0, -INF, INF).at(INF, INF, 0),
        unary("elementPower(double)", one(positive()), x -> x.elementPower(-1.7), x -> map(x, v -> Math.pow(v, -1.7))).anyShape()
            .at(1, 1, -1.7),
        unary("elementPower(double) cube", one(reals()), x -> x.elementPower(3), x -> map(x, v -> v * v * v)).anyShape()
            .at(0, 0, 0).at(-2, -8, 12),
        unary("elementPower(double) root", one(positive()), x -> x.elementPower(0.5), x -> map(x, Math::sqrt)).anyShape()
            .at(-2, NaN, NaN).at(0, 0, INF),

        // ---- activations
        unary("tanh()", one(reals()), Value::tanh, x -> map(x, Math::tanh)).anyShape()
            .at(0, 0, 1).at(1000, 1, 0).at(-1000, -1, 0).at(INF, 1, 0),
        binary("Elementwise.TANH_GRADIENT", alike(reals(), reals()), Elementwise.TANH_GRADIENT::apply, (y, d) -> zip(y, d, (u, v) -> v * (1 - u * u)))
            .at(0, 2, 2, 0, 1).at(1, 3, 0, -6, 0).anyShape(),
        unary("sigmoid()", one(reals()), Value::sigmoid, x -> map(x, v -> 1 / (1 + Math.exp(-v)))).anyShape()
            .at(0, 0.5, 0.25).at(40, 1, 4.248354255291589e-18).at(1000, 1, 0).at(-1000, 0, 0).at(INF, 1, 0).at(-INF, 0, 0),
        binary("Elementwise.SIGMOID_GRADIENT", alike(reals(), reals()), Elementwise.SIGMOID_GRADIENT::apply,
                (x, d) -> zip(x, d, (u, v) -> v * Math.exp(-u) / Math.pow(1 + Math.exp(-u), 2)))
            .at(0, 1, 0.25, 0, 0.25).at(1000, 1, 0, 0, 0).anyShape(),
        unary("softplus()", one(reals()), Value::softplus, x -> map(x, v -> Math.log(1 + Math.exp(v)))).anyShape()
            .at(0, Math.log(2), 0.5).at(21, 21.000000000758256, 0.9999999992417439).at(1000, 1000, 1).at(-1000, 0, 0).at(INF, INF, 1),
        unary("relu()", one(awayFrom(0)), Value::relu, x -> map(x, v -> Math.max(v, 0))).anyShape()
            .at(0, 0, 0).at(-0.0, 0, 0).at(2, 2, 1).at(-2, 0, 0).at(NaN, NaN, NaN),
        binary("Elementwise.GATE", alike(awayFrom(0), reals()), Elementwise.GATE::apply, (x, a) -> zip(x, a, (u, v) -> u > 0 ? v : 0)).anyShape()
            .at(0, 5, 0, 0, 0).at(1, 5, 5, 0, 1).at(-1, INF, 0, 0, 0).at(NaN, 1, NaN, 0, NaN),
        unary("abs()", one(awayFrom(0)), Value::abs, x -> map(x, Math::abs)).anyShape()
            .at(0, 0, 0).at(-2, 2, -1).at(2, 2, 1).at(NaN, NaN, NaN),
        unary("sign()", one(awayFrom(0)), Value::sign, x -> map(x, Math::signum)).anyShape()
            .at(0, 0, 0).at(-2, -1, 0).at(2, 1, 0)
    );
    // spotless:on
}
