package org.ejgrad.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import org.ejgrad.SingularMatrixException;
import org.ejgrad.Triangle;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A refused call names its operands where one of them has a name, and their lines where they are traced. */
class OperandsTest {
    private final Value x = Value.variable("x", new double[4][3]);
    private final Value w = Value.variable("w", new double[1][2]);

    private static String refusal(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void labelsFollowTheReason() {
        assertEquals(
                "mult(4x3, 1x2): the inner dimensions 3 and 1 differ; the operands are x and w",
                refusal(() -> x.mult(w)));
        assertEquals(
                "dot(4x3, 1x2): the shapes 4x3 and 1x2 differ and neither is 1x1, a row or a column that fits the other"
                        + "; the operands are x and w",
                refusal(() -> x.dot(w)));
        assertTrue(refusal(() -> x.plus(w)).endsWith("; the operands are x and w"));
        assertTrue(refusal(() -> x.scale(2).mult(w)).endsWith("; the operands are scale(2.0) and w"));
        assertTrue(refusal(() -> w.invert()).endsWith("; the operand is w"));
    }

    /** What is not a number, not square, not symmetric, singular or cannot be differentiated. */
    @Test
    void factorizationsNameTheirOperand() {
        Value nan =
                Value.variable("A", new double[][] {{Double.NaN, 1}, {1, 2}}).traced();
        Value wide = Value.variable("A", new double[][] {{1, 2}}).traced();
        Value skew = Value.variable("A", new double[][] {{1, 2}, {3, 4}}).traced();
        Value singular = Value.variable("A", new double[][] {{1, 2}, {2, 4}}).traced();
        for (Value a : List.of(nan, wide, skew, singular)) {
            List<Supplier<Object>> calls = List.of(
                    a::cholesky,
                    a::qr,
                    a::eigSymmetric,
                    a::singularValues,
                    a::svd,
                    a::determinant,
                    a::logDeterminant,
                    a::signLogDeterminant,
                    a::invert,
                    a::pseudoInverse,
                    () -> a.truncatedPseudoInverse(1e-9),
                    a::matrixExp,
                    () -> a.solve(a),
                    () -> a.solveTriangular(Triangle.UPPER, a));
            for (Supplier<Object> call : calls) {
                try {
                    call.get();
                } catch (IllegalArgumentException | ArithmeticException e) {
                    assertNamesA(e.getMessage());
                }
            }
        }
        assertNamesA(
                assertThrows(SingularMatrixException.class, singular::invert).getMessage());
        assertNamesA(assertThrows(SingularMatrixException.class, singular::qr).getMessage());
        Value tied = Value.variable("A", new double[][] {{2, 0}, {0, 2}}).traced();
        Value loss = tied.eigSymmetric().vectors().elementSum();
        assertNamesA(assertThrows(SingularMatrixException.class, loss::gradients)
                .getSuppressed()[0]
                .getMessage());
    }

    private static void assertNamesA(String message) {
        assertTrue(
                message.matches("(?s)[^;]*.*; the operands? (is|are) A \\(made at .*OperandsTest.java:\\d+\\).*"),
                message);
    }

    @Test
    void withoutLabelsNothingFollows() {
        Value a = Value.constant(new double[4][3]);
        assertEquals("mult(4x3, 4x3): the inner dimensions 3 and 4 differ", refusal(() -> a.mult(a)));
    }

    @Test
    void linesFollowTheNamesOfTracedOperands() {
        String message = refusal(() -> x.traced().tanh().mult(w));
        assertTrue(
                message.matches(
                        "mult\\(4x3, 1x2\\): .* differ; the operands are tanh \\(made at .*OperandsTest.java:\\d+\\)\\) and w"),
                message);
    }
}
