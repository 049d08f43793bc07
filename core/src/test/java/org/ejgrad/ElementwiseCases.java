package org.ejgrad;

import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.ejgrad.Arithmetic.broadcast;
import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.awayFrom;
import static org.ejgrad.laws.Matrices.broadcasting;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.positive;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.of;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.fill;
import static org.ejgrad.laws.Oracles.map;
import static org.ejgrad.laws.Oracles.zip;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

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
        broadcasts("elementMult", binary("elementMult(Value)", broadcasting(reals(), reals()), Value::elementMult,
                (a, b) -> zip(a, b, (u, v) -> u * v)))
            .at(2, 3, 6, 3, 2).at(0, INF, NaN, INF, 0),
        broadcasts("elementDiv", binary("elementDiv(Value)", broadcasting(reals(), awayFrom(0)), Value::elementDiv,
                (a, b) -> zip(a, b, (u, v) -> u / v)))
            .at(6, 2, 3, 0.5, -1.5).at(1, 0, INF, INF, -INF).at(0, 0, NaN, INF, NaN).at(-1, 0, -INF, INF, INF).at(INF, INF, NaN, 0, NaN),
        binary("timesOrZero(Value)", alike(awayFrom(0), reals()), Value::timesOrZero, (a, b) -> zip(a, b, (u, v) -> u * v)).anyShape()
            .at(2, 3, 6, 3, 2).at(0, INF, 0, INF, 0).at(0, NaN, 0, NaN, 0),
        binary("overOrZero(Value)", alike(awayFrom(0), awayFrom(0)), Value::overOrZero, (a, b) -> zip(a, b, (u, v) -> u / v)).anyShape()
            .at(6, 2, 3, 0.5, -1.5).at(0, 0, 0, INF, 0),

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
        broadcasts("logAddExp", binary("logAddExp(Value)", broadcasting(reals(), reals()), Value::logAddExp,
                (a, b) -> zip(a, b, (u, v) -> Math.log(Math.exp(u) + Math.exp(v)))))
            .at(1000, 1000, 1000 + Math.log(2), 0.5, 0.5).at(-INF, 0, 0, 0, 1).at(INF, 1, INF, 1, 0).at(-INF, -INF, -INF, NaN, NaN),
        broadcasts("xlogy", binary("xlogy(Value)", broadcasting(positive(), positive()), Value::xlogy,
                (a, b) -> zip(a, b, (u, v) -> u * Math.log(v))))
            .at(0, 0, 0, 0, 0).at(0, 1, 0, 0, 0).at(2, 0, -INF, -INF, INF).at(2, -1, NaN, NaN, NaN),
        binary("Arithmetic.XLOGY_SLOPE", alike(reals(), positive()), Arithmetic.XLOGY_SLOPE::apply,
                (a, b) -> zip(a, b, (u, v) -> Math.log(v))).anyShape()
            .at(0, 0, 0, 0, INF).at(1, 0, -INF, 0, INF),
        broadcasts("atan2", binary("atan2(Value)", broadcasting(awayFrom(0), reals()), Value::atan2, (a, b) -> zip(a, b, Math::atan2)))
            .at(1, 0, Math.PI / 2, 0, -1).at(0, 1, 0, 1, 0).at(0, 0, 0, 0, 0),

        // ---- choices
        broadcasts("maximum", of("maximum(Value)", unequal(), in -> in.get(0).maximum(in.get(1)),
                in -> zip(in.get(0), in.get(1), Math::max)))
            .at(1, 2, 2, 0, 1).at(3, 3, 3, 0.5, 0.5).at(NaN, 1, NaN, NaN, NaN).at(INF, INF, INF, 0.5, 0.5),
        broadcasts("minimum", of("minimum(Value)", unequal(), in -> in.get(0).minimum(in.get(1)),
                in -> zip(in.get(0), in.get(1), Math::min)))
            .at(1, 2, 1, 1, 0).at(3, 3, 3, 0.5, 0.5).at(1, NaN, NaN, NaN, NaN),
        unary("maximum(Value) constant", one(awayFrom(0)), x -> x.maximum(Value.zeros(x.shape())),
                x -> map(x, v -> Math.max(v, 0))).anyShape()
            .at(0, 0, 0).at(1, 1, 1),
        unary("minimum(Value) constant", one(awayFrom(0)), x -> Value.zeros(x.shape()).minimum(x),
                x -> map(x, v -> Math.min(v, 0))).anyShape()
            .at(0, 0, 0).at(-1, -1, 1),
        of("Choices.larger(double)", unequal(), in -> broadcast(Choices.larger(0.25), in.get(0), in.get(1)),
                in -> zip(in.get(0), in.get(1), (u, v) -> u > v ? 1 : 0))
            .at(3, 3, 0.25, 0, 0).at(NaN, 3, NaN, NaN, NaN).refuses("larger\\(2x3, 3x2, 0.25\\): .*", WIDE, TALL),
        broadcasts("greaterThan", of("greaterThan(Value)", unequal(), in -> in.get(0).greaterThan(in.get(1)),
                in -> zip(in.get(0), in.get(1), (u, v) -> u > v ? 1 : 0)))
            .at(3, 3, 0, 0, 0).at(4, 3, 1, 0, 0),
        broadcasts("lessThan", of("lessThan(Value)", unequal(), in -> in.get(0).lessThan(in.get(1)),
                in -> zip(in.get(0), in.get(1), (u, v) -> u < v ? 1 : 0)))
            .at(3, 3, 0, 0, 0).at(2, 3, 1, 0, 0),
        unary("greaterThan(double)", one(awayFrom(1)), x -> x.greaterThan(1), x -> map(x, v -> v > 1 ? 1 : 0)).anyShape()
            .at(1, 0, 0).at(NaN, NaN, NaN),
        unary("lessThan(double)", one(awayFrom(1)), x -> x.lessThan(1), x -> map(x, v -> v < 1 ? 1 : 0)).anyShape()
            .at(1, 0, 0).at(0, 1, 0),
        binary("where(Value,Value)", broadcasting(awayFrom(0), reals()), (a, b) -> a.greaterThan(0).where(b, a),
                (a, b) -> zip(a, b, (u, v) -> u > 0 ? v : u)).anyShape()
            .at(4, 5, 5, 0, 1).at(-2, 5, -2, 1, 0).at(-2, NaN, -2, 1, 0)
            .refuses("where\\(2x3, 3x2, 2x3\\): the shapes 2x3 and 3x2 differ .*", WIDE, TALL),
        unary("where(Value,Value) logarithm", one(positive()), x -> x.greaterThan(0).where(x.elementLog(), Value.constant(0)),
                x -> map(x, Math::log)).anyShape()
            .at(0, 0, 0).at(-1, 0, 0).at(1, 0, 1),
        of("Choices.WHERE", alike(reals(), reals()).map(in -> List.of(
                        corner(new Shape(in.get(0).getNumRows(), in.get(0).getNumCols())), in.get(0), in.get(1))),
                in -> Choices.WHERE.apply(in.get(0).round(), in.get(1), in.get(2)),
                in -> fill(in.get(0).getNumRows(), in.get(0).getNumCols(), (i, j) -> in.get(i + j == 0 ? 1 : 2).get(i, j)))
            .edge(List.of(number(1), number(3), number(INF)), number(3), number(0), number(1), number(0))
            .refuses("where\\(2x3, 3x2, 2x3\\): the shapes differ", WIDE, TALL, WIDE),
        unary("maskedFill(Value,double)", one(reals()), x -> x.maskedFill(Value.constant(corner(x.shape())), -7),
                x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> i + j == 0 ? -7 : x.get(i, j)))
            .at(3, -7, 0).anyShape(),
        binary("Choices.GATE", alike(awayFrom(0), reals()), Choices.GATE::apply, (x, a) -> zip(x, a, (u, v) -> u > 0 ? v : 0)).anyShape()
            .at(0, 5, 0, 0, 0).at(1, 5, 5, 0, 1).at(-1, INF, 0, 0, 0).at(NaN, 1, NaN, 0, NaN).at(NaN, 0, 0, 0, NaN),
        unary("nanOutside(double,double)", one(reals()), x -> x.nanOutside(-9, 9), x -> x.copy()).anyShape()
            .at(9, 9, 1).at(10, NaN, 1)
    );
    // spotless:on

    /** Two inputs that broadcast and are nowhere equal: one has even multiples of a step, the other odd ones. */
    private static Arbitrary<List<SimpleMatrix>> unequal() {
        return broadcasting(grid(0), grid(1));
    }

    private static Arbitrary<Double> grid(int offset) {
        return Arbitraries.integers().between(-4, 4).map(i -> 0.25 * (2 * i + offset) + 0.03125);
    }

    private static SimpleMatrix number(double number) {
        return fill(1, 1, (i, j) -> number);
    }

    /** 1 at the first place, 0 elsewhere. */
    private static SimpleMatrix corner(Shape shape) {
        return fill(shape.rows(), shape.columns(), (i, j) -> i + j == 0 ? 1 : 0);
    }
}
