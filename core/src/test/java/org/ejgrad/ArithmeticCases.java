package org.ejgrad;

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
import static org.ejgrad.laws.Oracles.fill;
import static org.ejgrad.laws.Oracles.map;
import static org.ejgrad.laws.Oracles.zip;

import java.util.List;
import org.ejgrad.laws.OperationCase;

/** The rows of tests for {@link Arithmetic}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class ArithmeticCases {
    private static final Shape ROW = new Shape(1, 3);
    private static final Shape COLUMN = new Shape(2, 1);
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double INF = POSITIVE_INFINITY;

    private ArithmeticCases() {}

    /** How every operation that broadcasts refuses a row against a column, and shapes that do not meet. */
    static OperationCase broadcasts(String name, OperationCase row) {
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
        broadcasts("elementMult", binary("elementMult(Value)", broadcasting(reals(), reals()), Value::elementMult,
                (a, b) -> zip(a, b, (u, v) -> u * v)))
            .at(2, 3, 6, 3, 2).at(0, INF, NaN, INF, 0),
        broadcasts("elementDiv", binary("elementDiv(Value)", broadcasting(reals(), awayFrom(0)), Value::elementDiv,
                (a, b) -> zip(a, b, (u, v) -> u / v)))
            .at(6, 2, 3, 0.5, -1.5).at(1, 0, INF, INF, -INF).at(0, 0, NaN, INF, NaN).at(-1, 0, -INF, INF, INF).at(INF, INF, NaN, 0, NaN),
        binary("timesOrZero(Value)", alike(awayFrom(0), reals()), Value::timesOrZero, (a, b) -> zip(a, b, (u, v) -> u * v)).anyShape()
            .at(2, 3, 6, 3, 2).at(0, INF, 0, INF, 0).at(0, NaN, 0, NaN, 0),
        binary("Arithmetic.TIMES_OR_ZEROS", alike(awayFrom(0), awayFrom(0)), Arithmetic.TIMES_OR_ZEROS::apply,
                (a, b) -> zip(a, b, (u, v) -> u * v)).anyShape()
            .at(2, 3, 6, 3, 2).at(0, INF, 0, INF, 0).at(NaN, 0, 0, 0, NaN),
        binary("overOrZero(Value)", alike(awayFrom(0), awayFrom(0)), Value::overOrZero, (a, b) -> zip(a, b, (u, v) -> u / v)).anyShape()
            .at(6, 2, 3, 0.5, -1.5).at(0, 0, 0, INF, 0),
        binary("Arithmetic.overPower(int,boolean)", alike(reals(), awayFrom(0)), (a, b) -> Arithmetic.overPower(2, false).apply(a, b),
                (a, b) -> zip(a, b, (u, v) -> u / (v * v))).anyShape()
            .at(12, 2, 3, 0.25, -3).at(0, 0, NaN, INF, NaN).at(1, INF, 0, 0, -0.0),
        unary("nanOutside(double,double)", one(reals()), x -> x.nanOutside(-9, 9), x -> x.copy()).anyShape()
            .at(9, 9, 1).at(10, NaN, 1),
        binary("dot(Value)", alike(2, reals()), Value::dot, (a, b) -> fill(1, 1, (i, j) -> a.elementMult(b).elementSum()))
            .at(2, 3, 6, 3, 2).refuses("dot\\(2x3, 3x2\\): the shapes 2x3 and 3x2 differ .*", WIDE, TALL),

        // ---- powers of two values and logarithms of sums and products
        broadcasts("elementPower", binary("elementPower(Value)", broadcasting(positive(), reals()), Value::elementPower,
                (a, b) -> zip(a, b, Math::pow)))
            .at(2, 3, 8, 12, 8 * Math.log(2)).at(0, 0, 1, 0, 0).at(0, 1, 0, 1, 0).at(0, 2, 0, 0, 0).at(0, -1, INF, -INF, -INF)
            .at(-2, 2, 4, -4, NaN).at(1, NaN, 1, NaN, 0),
        unary("elementPowerOf(double)", one(reals()), x -> x.elementPowerOf(0.3), x -> map(x, v -> Math.pow(0.3, v))).anyShape()
            .at(0, 1, Math.log(0.3)),
        binary("Arithmetic.POWER_LOG", alike(positive(), reals()), Arithmetic.POWER_LOG::apply,
                (a, b) -> zip(a, b, (u, v) -> Math.pow(u, v) * Math.log(u))).anyShape()
            .at(1, 3, 0, 1, 0).at(0, 0, 0, INF, 0).at(0, 2, 0, 0, 0),
        binary("Arithmetic.POWER_SLOPE", alike(positive(), reals()), Arithmetic.POWER_SLOPE::apply,
                (a, b) -> zip(a, b, (u, v) -> v * Math.pow(u, v - 1))).anyShape()
            .at(1, 3, 3, 6, 1).at(0, 0, 0, 0, INF).at(0, 2, 0, 2, 0),
        binary("Arithmetic.POWER_BEND", alike(positive(), reals()), Arithmetic.POWER_BEND::apply,
                (a, b) -> zip(a, b, (u, v) -> v * (v - 1) * Math.pow(u, v - 2))).anyShape()
            .at(1, 3, 6, 6, 5).at(2, 0, 0, 0, -0.25),
        binary("Arithmetic.POWER_TWIST", alike(positive(), reals()), Arithmetic.POWER_TWIST::apply,
                (a, b) -> zip(a, b, (u, v) -> Math.pow(u, v - 1) * (1 + v * Math.log(u)))).anyShape()
            .at(1, 3, 1, 5, 0).at(0, 0, INF, -INF, -INF).at(0, 3, 0, 0, 0),
        binary("Arithmetic.POWER_LOG_SQUARE", alike(positive(), reals()), Arithmetic.POWER_LOG_SQUARE::apply,
                (a, b) -> zip(a, b, (u, v) -> Math.pow(u, v) * Math.pow(Math.log(u), 2))).anyShape()
            .at(1, 3, 0, 0, 0).at(0, 3, 0, 0, 0),
        broadcasts("logAddExp", binary("logAddExp(Value)", broadcasting(reals(), reals()), Value::logAddExp,
                (a, b) -> zip(a, b, (u, v) -> Math.log(Math.exp(u) + Math.exp(v)))))
            .at(1000, 1000, 1000 + Math.log(2), 0.5, 0.5).at(-INF, 0, 0, 0, 1).at(INF, 1, INF, 1, 0).at(-INF, -INF, -INF, NaN, NaN),
        binary("Arithmetic.SIGMOID_OF_DIFFERENCE", alike(reals(), reals()), Arithmetic.SIGMOID_OF_DIFFERENCE::apply,
                (a, b) -> zip(a, b, (u, v) -> 1 / (1 + Math.exp(v - u)))).anyShape()
            .at(3, 3, 0.5, 0.25, -0.25).at(INF, 3, 1, 0, 0).at(1e308, -1e308, 1, 0, 0).at(INF, INF, NaN, NaN, NaN),
        binary("Arithmetic.BELL_OF_DIFFERENCE", alike(reals(), reals()), Arithmetic.BELL_OF_DIFFERENCE::apply,
                (a, b) -> zip(a, b, (u, v) -> 1 / (2 + Math.exp(v - u) + Math.exp(u - v)))).anyShape()
            .at(3, 3, 0.25, 0, 0).at(-INF, 3, 0, 0, 0),
        broadcasts("xlogy", binary("xlogy(Value)", broadcasting(positive(), positive()), Value::xlogy,
                (a, b) -> zip(a, b, (u, v) -> u * Math.log(v))))
            .at(0, 0, 0, 0, 0).at(0, 1, 0, 0, 0).at(2, 0, -INF, -INF, INF).at(2, -1, NaN, NaN, NaN),
        binary("Arithmetic.XLOGY_SLOPE", alike(reals(), positive()), Arithmetic.XLOGY_SLOPE::apply,
                (a, b) -> zip(a, b, (u, v) -> Math.log(v))).anyShape()
            .at(0, 0, 0, 0, INF).at(1, 0, -INF, 0, INF),
        broadcasts("atan2", binary("atan2(Value)", broadcasting(awayFrom(0), reals()), Value::atan2, (a, b) -> zip(a, b, Math::atan2)))
            .at(1, 0, Math.PI / 2, 0, -1).at(0, 1, 0, 1, 0).at(0, 0, 0, 0, 0)
            .at(1e-200, 1e-200, Math.PI / 4, 5e199, -5e199).at(1e200, 1e200, Math.PI / 4, 5e-201, -5e-201)
            .at(1, INF, 0, 0, 0),
        binary("Arithmetic.ATAN2_SLOPE", alike(awayFrom(0), reals()), Arithmetic.ATAN2_SLOPE::apply,
                (a, b) -> zip(a, b, (u, v) -> v / (u * u + v * v))).anyShape()
            .at(1, 1, 0.5, -0.5, 0).at(0, 0, 0, 0, 0).at(0, 2, 0.5, 0, -0.25).at(NaN, 0, NaN, NaN, NaN),
        binary("Arithmetic.ATAN2_BEND", alike(awayFrom(0), reals()), Arithmetic.ATAN2_BEND::apply,
                (a, b) -> zip(a, b, (u, v) -> -2 * u * v / Math.pow(u * u + v * v, 2))).anyShape()
            .at(1, 1, -0.5, 0.5, 0.5).at(0, 0, 0, 0, 0).at(1, INF, 0, 0, 0),
        binary("Arithmetic.ATAN2_TWIST", alike(awayFrom(0), reals()), Arithmetic.ATAN2_TWIST::apply,
                (a, b) -> zip(a, b, (u, v) -> (u * u - v * v) / Math.pow(u * u + v * v, 2))).anyShape()
            .at(1, 1, 0, 0.5, -0.5).at(0, 0, 0, 0, 0).at(1, INF, 0, 0, 0)
    );
    // spotless:on
}
