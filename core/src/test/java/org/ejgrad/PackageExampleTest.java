package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The example in the package's description. */
class PackageExampleTest {
    @Test
    void aSlopeItsDerivativeAndAStepDownhill() {
        Value x = Value.constant(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Value y = Value.constant(new double[][] {{1}, {0}, {1}});
        Value w = Value.variable("w", new double[][] {{0.5}, {-0.25}});

        Value loss = x.mult(w).minus(y).square().mean();
        Value slope = loss.gradients(Gradients.Option.DIFFERENTIABLE).of(w);
        Value curve = slope.elementSum().gradients().of(w);
        Value lower = w.minus(slope.scale(0.01));

        Value byHand = x.multTransA(x.mult(w).minus(y)).scale(2.0 / 3);
        assertEquals(byHand.get(0, 0), slope.get(0, 0), 1e-12);
        assertEquals(byHand.get(1, 0), slope.get(1, 0), 1e-12);
        assertEquals(2.0 / 3 * (35 + 44), curve.get(0, 0), 1e-12);
        assertEquals(2.0 / 3 * (44 + 56), curve.get(1, 0), 1e-12);
        assertTrue(x.mult(lower).minus(y).square().mean().scalar() < loss.scalar());
    }
}
