package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** GradientClipping limits what it says and keeps the direction. */
class GradientClippingTest {
    private final Value a = Value.variable("a", new SimpleMatrix(1, 2));
    private final Value b = Value.variable("b", new SimpleMatrix(1, 1));

    private Gradients gradients(double a0, double a1, double b0) {
        Value loss = a.elementMult(Value.constant(new double[][] {{a0, a1}}))
                .elementSum()
                .plus(b.scale(b0));
        return loss.gradients();
    }

    @Property(tries = 300)
    void theNormIsLimitedAndTheDirectionKept(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a0,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a1,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double b0,
            @ForAll @DoubleRange(min = 0.01, max = 1e3) double limit) {
        Gradients before = gradients(a0, a1, b0);
        GradientClipping.Clipped clipped = GradientClipping.byNorm(before, limit);
        double largest = Math.max(Math.abs(a0), Math.max(Math.abs(a1), Math.abs(b0)));
        assertTrue(clipped.norm() >= largest * (1 - 1e-15), "not less than an element");
        assertTrue(clipped.norm() <= 1.7321 * largest, "nor more than √3 of the largest");
        double after = GradientClipping.norm(clipped.gradients(), 2);
        assertTrue(after <= limit, () -> after + " > " + limit);
        if (clipped.norm() + 1e-6 <= limit) {
            assertSame(before, clipped.gradients());
        } else {
            assertEquals(limit * clipped.norm() / (clipped.norm() + 1e-6), after, 1e-12 * limit);
        }
    }

    @Test
    void theNormNeitherOverflowsNorVanishes() {
        assertEquals(Math.sqrt(2) * 1e200, GradientClipping.norm(gradients(1e200, 0, 1e200), 2), 1e186);
        assertEquals(5e-200, GradientClipping.norm(gradients(3e-200, 4e-200, 0), 2), 1e-214);
        assertEquals(12, GradientClipping.norm(gradients(3, -4, 5), 1), 1e-14);
        assertEquals(5, GradientClipping.norm(gradients(3, -4, 5), Double.POSITIVE_INFINITY));
        assertEquals(0, GradientClipping.norm(gradients(0, 0, 0), 2));
        assertEquals(Double.POSITIVE_INFINITY, GradientClipping.norm(gradients(1, Double.NEGATIVE_INFINITY, 0), 2));
        assertTrue(Double.isNaN(GradientClipping.norm(gradients(Double.NaN, Double.NEGATIVE_INFINITY, 0), 2)));
        assertTrue(Double.isNaN(GradientClipping.norm(gradients(1, 0, Double.NaN), Double.POSITIVE_INFINITY)));
    }

    @Test
    void elementsAreLimited() {
        Gradients clipped = GradientClipping.byValue(gradients(-7, 0.5, Double.NaN), 2);
        assertEquals(-2, clipped.of(a).get(0, 0));
        assertEquals(0.5, clipped.of(a).get(0, 1));
        assertTrue(Double.isNaN(clipped.of(b).scalar()));
    }

    /** The gradient of a clipped gradient is that of the gradient where it was not clipped, and 0 where it was. */
    @Test
    void clippingByValueCanBeDifferentiated() {
        Value x = Value.variable("x", new double[][] {{1, 3}});
        Gradients slope = x.square().elementSum().gradients(Gradients.Option.DIFFERENTIABLE); // 2x = 2, 6
        Value clipped = GradientClipping.byValue(slope, 4).of(x);
        Gradients second = clipped.elementSum().gradients();
        assertEquals(4, clipped.get(0, 1));
        assertEquals(2, second.of(x).get(0, 0));
        assertEquals(0, second.of(x).get(0, 1));
    }

    @Test
    void badLimitsAreNamed() {
        Gradients gradients = gradients(1, 2, 3);
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> GradientClipping.byNorm(gradients, bad))
                    .toString()
                    .contains("limit = " + bad));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> GradientClipping.byValue(gradients, bad))
                    .toString()
                    .contains("limit = " + bad));
        }
        for (double bad : new double[] {0, -1, Double.NaN}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> GradientClipping.norm(gradients, bad))
                    .toString()
                    .contains("p = " + bad));
        }
    }
}
