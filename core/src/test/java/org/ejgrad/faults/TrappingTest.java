package org.ejgrad.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejgrad.Derivatives;
import org.ejgrad.Gradients;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFinite.Direction;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** On trapping values the first operation that makes an infinity or NaN of finite numbers throws, naming its place. */
class TrappingTest {
    private static Value x(double... row) {
        return NonFinite.trapping(Value.variable("x", new double[][] {row}));
    }

    private static NonFinite trapped(Executable call) {
        return assertThrows(NonFiniteException.class, call).origin().orElseThrow();
    }

    @Test
    void theOperationThrowsAtOnce() {
        Value x = x(1, 0);
        NonFinite origin = trapped(() -> x.reciprocal().reciprocal());
        assertEquals("reciprocal", origin.operation().name());
        assertEquals(Direction.FORWARD, origin.direction());
        assertEquals(1, origin.column());
        assertTrue(origin.madeAt().contains("TrappingTest.java"), origin.madeAt());
        assertEquals("x", origin.inputs().get(0).name());
        trapped(() -> x.detached().elementLog());
        trapped(() -> Value.constant(1).elementDiv(x));
        assertEquals(0, Value.variable("x", 0).reciprocal().reciprocal().scalar());
    }

    @Test
    void theRuleThrowsAtOnce() {
        Value x = x(4, 0);
        Value roots = x.sqrt();
        NonFinite origin = trapped(() -> roots.elementSum().gradients());
        assertEquals(Direction.BACKWARD, origin.direction());
        assertEquals("sqrt", origin.operation().name());
        assertEquals("dy ⊘ (2y)", origin.formula());
        assertEquals(1, origin.column());
        assertTrue(origin.madeAt().contains("TrappingTest.java"), origin.madeAt());
        trapped(() -> roots.elementSum().gradients(Gradients.Option.DIFFERENTIABLE));
        trapped(() -> Derivatives.gradient(v -> v.sqrt().elementSum(), x));
    }

    @Test
    void sumsOfGradientsThrow() {
        Value x = x(0.1);
        Value two = x.scale(1e308).plus(x.scale(1e308));
        NonFinite origin = trapped(() -> two.gradients());
        assertEquals("the sum of what its uses hand it", origin.formula());
        assertEquals("x", origin.label());
        Value three = x.scale(5e307).plus(x.scale(5e307)).plus(x.scale(1e308));
        assertEquals(
                "the sum of what its uses hand it",
                trapped(() -> three.gradients()).formula());
    }

    /** Also where the function alone traps its argument, and where it is used under its own name before. */
    @Test
    void itsGradientIsThatOfTheValue() {
        Value zero = Value.constant(0);
        trapped(() -> Derivatives.hessian(v -> NonFinite.trapping(v).elementPower(1.5), zero));
        Value x = Value.variable("x", 0.1);
        Value big = x.scale(1e308);
        Value last = NonFinite.trapping(x).scale(1e308);
        assertEquals(
                "the sum of what its uses hand it",
                trapped(() -> big.plus(last).gradients()).formula());
        assertEquals(5e307, big.plus(last.scale(-0.5)).gradients().of(x).scalar());
        Value root = Value.variable("y", 0).sqrt();
        assertEquals(
                "dy ⊘ (2y)",
                trapped(() -> root.plus(NonFinite.trapping(root)).gradients()).formula());
    }

    @Test
    void whatWasNotFiniteBeforeIsNoFault() {
        Value x = x(1, 2);
        Value mask = Value.constant(new double[][] {{0, Double.NEGATIVE_INFINITY}});
        assertEquals(1, x.plus(mask).softmax(Per.ROW).get(0, 0));
        x.plus(mask).softmax(Per.ROW).square().elementSum().gradients();
        assertTrue(Double.isNaN(x(Double.NaN).square().scalar()));
        Value chosen = x.greaterThan(1).where(x, Value.zeros(x.shape()));
        assertEquals(2, chosen.elementSum().gradients().of(x).shape().columns());
    }
}
