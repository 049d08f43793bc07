package org.ejgrad;

import static org.ejgrad.Rule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.Laws;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.laws.Oracles;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each law accepts a right operation and rejects the faults it is there for. */
@Tag("long")
class LawsTest {
    private static final int TRIES = 50;
    private static final UnaryOperator<DMatrixRMaj> SQUARES = m -> Operation.map(m, v -> v * v);
    private static final Rule SLOPE =
            rule("2·x ⊙ dy", (x, y, dy) -> dy.timesOrZero(x).scale(2));
    private static final Operation SQUARE = Operation.unary("square", SQUARES, SLOPE);

    private static OperationCase squares(UnaryOperator<Value> function) {
        return OperationCase.unary(
                        "squares", Matrices.one(Matrices.awayFrom(0)), function, x -> Oracles.map(x, v -> v * v))
                .anyShape()
                .at(3, 9, 6)
                .at(0, 0, 0);
    }

    private static OperationCase squares(Rule wrong) {
        return squares(Operation.unary("square", SQUARES, wrong)::apply);
    }

    private static OperationCase products(BinaryOperator<Value> function) {
        return OperationCase.binary(
                        "products", Matrices.alike(2, Matrices.reals()), function, (a, b) -> a.elementMult(b))
                .refuses(
                        "elementMult\\(1x2, 2x1\\): a row and a column do not broadcast.*",
                        new Shape(1, 2),
                        new Shape(2, 1));
    }

    private static OperationCase ramps(Operation relu) {
        return OperationCase.unary(
                "ramps", Matrices.one(Matrices.awayFrom(0)), relu::apply, x -> Oracles.map(x, v -> Math.max(v, 0)));
    }

    private static Operation relu(DoubleBinaryOperator rule, DoubleBinaryOperator replay) {
        return Operation.unary(
                        "relu",
                        m -> Operation.map(m, v -> Math.max(v, 0)),
                        rule(
                                "",
                                (x, y, dy) -> dy.elementMult(
                                        Value.constant(Oracles.map(x.matrix(), v -> rule.applyAsDouble(v, 0))))))
                .piecewise(m -> Operation.map(m[0], v -> v > 0 ? 1 : 0), (d, m) -> ElementKernels.zip(d, m[0], replay));
    }

    /** A law, what is wrong, and the row with it. */
    private record Planted(Law law, String fault, OperationCase row) {}

    private static Stream<Planted> planted() {
        int[] calls = {0};
        return Stream.of(
                new Planted(
                        Law.FORWARD_EQUALS_ORACLE,
                        "a value off by 1e-9",
                        squares(x -> x.square().scale(1 + 1e-9))),
                new Planted(
                        Law.FORWARD_EQUALS_ORACLE,
                        "a value of another shape",
                        squares(x -> x.square().elementSum())),
                new Planted(
                        Law.NOTHING_MUTATED,
                        "squares in place",
                        squares(Trusted.unary(
                                "square",
                                m -> {
                                    for (int i = 0; i < m.data.length; i++) {
                                        m.data[i] *= m.data[i];
                                    }
                                    return m.copy();
                                },
                                SLOPE)::apply)),
                new Planted(
                        Law.NOTHING_MUTATED,
                        "a rule that scales the upstream gradient in place",
                        squares(rule("", (x, y, dy) -> {
                            for (int i = 0; i < dy.data().data.length; i++) {
                                dy.data().data[i] *= 2;
                            }
                            return dy.elementMult(x);
                        }))),
                new Planted(
                        Law.REPEATABLE,
                        "a value that grows from call to call",
                        squares(x -> x.square().scale(1 + 1e-15 * calls[0]++))),
                new Planted(
                        Law.REPEATABLE,
                        "a gradient that grows from call to call",
                        squares(rule("", (x, y, dy) -> dy.elementMult(x).scale(2 + 1e-15 * calls[0]++)))),
                new Planted(
                        Law.CONSTANTS_FOLD,
                        "a variable from a constant",
                        squares(x -> Value.variable("y", x).square())),
                new Planted(
                        Law.CONSTANTS_FOLD,
                        "constants treated apart",
                        squares(x -> x.isConstant() ? x.square().scale(1 + 1e-15) : x.square())),
                new Planted(
                        Law.CONSTANTS_FOLD,
                        "a gradient that depends on what else is variable",
                        products((a, b) -> b.isConstant()
                                ? a.elementMult(b)
                                        .minus(a.plus(b).scale(1e-15))
                                        .plus(a.plus(b).detached().scale(1e-15))
                                : a.elementMult(b))),
                new Planted(
                        Law.NAMES_CHANGE_NOTHING,
                        "a value that depends on a name",
                        squares(x ->
                                x.label().startsWith("another") ? x.square().scale(1 + 1e-15) : x.square())),
                new Planted(
                        Law.NAMES_CHANGE_NOTHING,
                        "a gradient that depends on a name",
                        squares(x ->
                                x.label().startsWith("another") ? x.detached().elementMult(x) : x.square())),
                new Planted(
                        Law.NAMES_CHANGE_NOTHING,
                        "an argument forgotten when traced",
                        squares(x -> x.madeAt().isEmpty() || x.isVariable()
                                ? x.square()
                                : x.detached().square())),
                new Planted(
                        Law.FIRST_DERIVATIVE,
                        "sign",
                        squares(rule("", (x, y, dy) -> dy.elementMult(x).scale(-2)))),
                new Planted(Law.FIRST_DERIVATIVE, "factor", squares(rule("", (x, y, dy) -> dy.elementMult(x)))),
                new Planted(
                        Law.FIRST_DERIVATIVE,
                        "one part in a million",
                        squares(rule("", (x, y, dy) -> dy.elementMult(x).scale(2 + 2e-6)))),
                new Planted(
                        Law.FIRST_DERIVATIVE,
                        "stale value",
                        squares(rule(
                                "", (x, y, dy) -> dy.elementMult(x.plus(0.001)).scale(2)))),
                new Planted(
                        Law.FIRST_DERIVATIVE,
                        "wrong shape",
                        squares(rule(
                                "", (x, y, dy) -> dy.elementMult(x).scale(2).elementSum()))),
                new Planted(
                        Law.FIRST_DERIVATIVE,
                        "missing sum",
                        OperationCase.binary(
                                "row",
                                Matrices.matrix(Matrices.reals()).map(m -> List.of(m, m.getRow(0))),
                                (a, b) -> a.plus(b.broadcastTo(a.shape())
                                        .scale(1.0 / a.getNumRows())
                                        .plus(b.broadcastTo(a.shape())
                                                .detached()
                                                .scale(1 - 1.0 / a.getNumRows()))),
                                (a, b) -> Oracles.zip(a, b, Double::sum))),
                new Planted(
                        Law.FIRST_DERIVATIVE,
                        "transposed",
                        OperationCase.unary(
                                "turned",
                                Matrices.square(Matrices.reals()).map(List::of),
                                Operation.unary("turned", m -> m.copy(), rule("", (x, y, dy) -> dy.transpose()))::apply,
                                x -> x)),
                new Planted(
                        Law.SECOND_DERIVATIVE,
                        "a term without history",
                        squares(rule(
                                "", (x, y, dy) -> dy.elementMult(x.detached()).scale(2)))),
                new Planted(
                        Law.THIRD_DERIVATIVE,
                        "a second derivative without history",
                        squares(Operation.unary(
                                "cube",
                                m -> Operation.map(m, v -> v * v * v),
                                rule(
                                        "3·x² ⊙ dy",
                                        (x, y, dy) -> dy.elementMult(Operation.unary(
                                                                "square",
                                                                SQUARES,
                                                                rule(
                                                                        "",
                                                                        (u, v, dv) -> dv.elementMult(u.detached())
                                                                                .scale(2)))
                                                        .apply(x))
                                                .scale(3)))::apply)),
                new Planted(
                        Law.LINEAR_IN_UPSTREAM,
                        "an upstream gradient squared",
                        squares(rule(
                                "", (x, y, dy) -> dy.square().elementMult(x).scale(2)))),
                new Planted(
                        Law.LINEAR_IN_UPSTREAM,
                        "an upstream gradient replaced by ones",
                        squares(rule("", (x, y, dy) -> x.scale(2)))),
                new Planted(
                        Law.LINEAR_IN_UPSTREAM,
                        "a constant added",
                        squares(rule(
                                "", (x, y, dy) -> dy.elementMult(x).scale(2).plus(1e-6)))),
                new Planted(
                        Law.ADJOINT,
                        "an upstream gradient without history",
                        squares(rule(
                                "", (x, y, dy) -> dy.detached().elementMult(x).scale(2)))),
                new Planted(
                        Law.HESSIAN_SYMMETRIC,
                        "a factor in one of two rules",
                        products(Operation.binary(
                                "product",
                                (a, b) -> ElementKernels.zip(a, b, (u, v) -> u * v),
                                rule("", (a, b, y, dy) -> dy.elementMult(b)),
                                rule("", (a, b, y, dy) -> dy.elementMult(a).scale(2)))::apply)),
                new Planted(
                        Law.USES_ADD,
                        "one of two uses written over",
                        products((a, b) -> a.elementMult(a == b ? b.detached() : b))),
                new Planted(
                        Law.FROZEN_REPLAY,
                        "another number at the kink's right",
                        ramps(relu((v, zero) -> v > 0 ? 1 : 0, (d, v) -> d == 1 ? v * (1 + 1e-15) : 0))),
                new Planted(
                        Law.FROZEN_REPLAY,
                        "another slope at the kink than in the replay",
                        ramps(relu((v, zero) -> v >= 0 ? 1 : 0, (d, v) -> d == 1 ? v : 0))),
                new Planted(
                        Law.COLUMNWISE,
                        "another last bit among other columns",
                        squares(Operation.unary(
                                        "square",
                                        m -> Operation.map(m, v -> m.numCols > 1 ? v * v * (1 + 0x1p-52) : v * v),
                                        rule("", (x, y, dy) -> dy.timesOrZero(x).scale(2)))
                                .columnwise(0)::apply)),
                new Planted(
                        Law.ROWWISE,
                        "another last bit among other rows",
                        squares(Operation.unary(
                                        "square",
                                        m -> Operation.map(m, v -> m.numRows > 1 ? v * v * (1 + 0x1p-52) : v * v),
                                        rule("", (x, y, dy) -> dy.timesOrZero(x).scale(2)))
                                .rowwise(0)::apply)),
                new Planted(
                        Law.ROWWISE,
                        "another last bit in the total of rows",
                        squares(Operation.unary(
                                        "square",
                                        m -> Operation.map(m, v -> v * v),
                                        rule("", (x, y, dy) -> dy.timesOrZero(x).scale(2)))
                                .totalOf(Value.SQUARE, m -> Operation.map(m, v -> v * (1 + 0x1p-52)))::apply)),
                new Planted(
                        Law.MASKS_HIDE,
                        "a slope of infinity that meets a gradient of zero",
                        squares(rule("", (x, y, dy) -> dy.elementMult(x).scale(2)))),
                new Planted(
                        Law.MASKS_HIDE,
                        "a second slope that meets a gradient of zero",
                        squares(rule(
                                "",
                                (x, y, dy) -> dy.timesOrZero(Operation.unary(
                                                "twice",
                                                m -> Operation.map(m, v -> 2 * v),
                                                rule(
                                                        "",
                                                        (u, v, dv) -> dv.elementMult(
                                                                u.minus(u).plus(2))))
                                        .apply(x))))),
                new Planted(
                        Law.MASKS_HIDE_FROM_SLOPES,
                        "a gradient of zero that meets infinity on the way to a second slope",
                        squares(rule(
                                "",
                                (x, y, dy) -> Operation.binary(
                                                "timesOrZero",
                                                ElementKernels::timesOrZero,
                                                rule("", (a, b, z, dz) -> dz.timesOrZero(b)),
                                                rule(
                                                        "",
                                                        (a, b, z, dz) -> dz.elementMult(
                                                                a.elementMult(b).elementDiv(b))))
                                        .apply(dy, x)
                                        .scale(2)))),
                new Planted(
                        Law.EDGES,
                        "half a slope at 0",
                        squares(rule(
                                "",
                                (x, y, dy) -> dy.elementMult(x.scale(2)
                                        .plus(Value.constant(Oracles.map(x.matrix(), v -> v == 0 ? 0.5 : 0))))))),
                new Planted(
                        Law.EDGES,
                        "three units in the last place",
                        squares(x -> x.square().scale(1 + 7e-16))),
                new Planted(
                        Law.EDGES,
                        "a negative zero",
                        squares(
                                Operation.unary("square", m -> Operation.map(m, v -> v == 0 ? -0.0 : v * v), SLOPE)
                                        ::apply)),
                new Planted(Law.SHAPES, "a row and a column broadcast in silence", products((a, b) -> {
                    Shape shape = new Shape(
                            Math.max(a.getNumRows(), b.getNumRows()), Math.max(a.getNumCols(), b.getNumCols()));
                    return a.broadcastTo(shape).elementMult(b.broadcastTo(shape));
                })),
                new Planted(Law.SHAPES, "a refusal in other words", products((a, b) -> {
                    if (!a.shape().equals(b.shape())) {
                        throw new IllegalArgumentException("no");
                    }
                    return a.elementMult(b);
                })),
                new Planted(
                        Law.SHAPES,
                        "an empty matrix refused",
                        squares(x -> x.square().plus(x.mean()).minus(x.mean()))));
    }

    @TestFactory
    Stream<DynamicTest> everyLawRejectsItsFaults() {
        return planted()
                .map(planted -> DynamicTest.dynamicTest(
                        planted.law() + ": " + planted.fault(),
                        () -> assertThrows(
                                AssertionError.class, () -> planted.law().check(planted.row(), TRIES))));
    }

    @Test
    void everyLawHasAFault() {
        assertEquals(
                List.of(Law.values()),
                planted().map(Planted::law).distinct().sorted().toList());
    }

    @Test
    void rightOperationsObeyEveryLaw() {
        Laws.check(squares(SQUARE::apply), TRIES);
        Laws.check(products(Value::elementMult), TRIES);
        Laws.check(ramps(relu((v, zero) -> v > 0 ? 1 : 0, (d, v) -> d == 1 ? v : 0)), TRIES);
    }

    /** Nothing is empty here, as a mean needs an element: every try fails. */
    @Test
    void failuresAreShrunkAndShown() {
        Operation wrong = Operation.unary(
                "square", SQUARES, rule("", (x, y, dy) -> dy.elementMult(x).scale(-2)));
        for (int i = 0; i < 20; i++) {
            OperationCase row = OperationCase.unary(
                    "mean square " + i,
                    Matrices.one(Matrices.awayFrom(0)),
                    x -> wrong.apply(x).mean(),
                    x -> Oracles.fill(1, 1, (j, k) -> x.elementMult(x).elementSum() / x.getNumElements()));
            String message = assertThrows(AssertionError.class, () -> Law.FIRST_DERIVATIVE.check(row, TRIES))
                    .getMessage();
            assertTrue(
                    message.matches("first derivative of " + row.name()
                            + ": try 1 of -Dejgrad.seed=-?\\d+ with seed -?\\d+ fails for\n  1x1 \\[-?0\\.25.*\\]\n"
                            + "(?s)the slope along a random direction is .* but differences give .*"),
                    message);
        }
    }
}
