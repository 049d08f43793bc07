package org.ejgrad.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
