package org.ejgrad;

import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.ejgrad.Arithmetic.broadcast;
import static org.ejgrad.ArithmeticCases.broadcasts;
import static org.ejgrad.FunctionCases.row;
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

/** The rows of tests for {@link Choices}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class ChoiceCases {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double INF = POSITIVE_INFINITY;

    private ChoiceCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- bounds
        row("clamp(double,double)", awayFrom(-1, 1.5), x -> x.clamp(-1, 1.5), v -> Math.max(-1, Math.min(v, 1.5)))
            .at(-1, -1, 1).at(1.5, 1.5, 1).at(-2, -1, 0).at(INF, 1.5, 0).at(NaN, NaN, NaN),
        row("clamp(double,double) from below", awayFrom(-1), x -> x.clamp(-1, INF), v -> Math.max(-1, v))
            .at(-INF, -1, 0).at(INF, INF, 1),
        row("clampOpen(double,double)", awayFrom(-1, 1.5), x -> x.clampOpen(-1, 1.5), v -> Math.max(-1, Math.min(v, 1.5)))
            .at(-1, -1, 0).at(1.5, 1.5, 0).at(0, 0, 1).at(NaN, NaN, NaN),
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
        row("maximum(double)", awayFrom(1), x -> x.maximum(1), v -> Math.max(v, 1))
            .at(1, 1, 0).at(2, 2, 1).at(NaN, NaN, NaN),
        row("minimum(double)", awayFrom(1), x -> x.minimum(1), v -> Math.min(v, 1))
            .at(1, 1, 0).at(0, 0, 1).at(NaN, NaN, NaN),

        // ---- comparisons
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

        // ---- masks
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
            .at(0, 5, 0, 0, 0).at(1, 5, 5, 0, 1).at(-1, INF, 0, 0, 0).at(NaN, 1, NaN, 0, NaN).at(NaN, 0, 0, 0, NaN)
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
