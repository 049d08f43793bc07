package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ValueTest {
    @Test
    void gradientsCanBeDifferentiatedAgain() {
        Value x = Value.variable("x", 3);
        Value cube = x.elementMult(x).elementMult(x);
        Value slope = cube.gradients(Gradients.Option.DIFFERENTIABLE).of(x);
        assertEquals(27, slope.scalar());
        assertEquals(18, slope.gradients().of(x).scalar());
    }

    @Test
    void errorsNameTheCall() {
        Value a = Value.constant(new double[4][3]);
        Value b = Value.constant(new double[1][2]);
        Exception error = assertThrows(IllegalArgumentException.class, () -> a.mult(b));
        assertEquals("mult(4x3, 1x2): the inner dimensions 3 and 1 differ", error.getMessage());
    }
}
