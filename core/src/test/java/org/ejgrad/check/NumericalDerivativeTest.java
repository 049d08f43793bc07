package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejgrad.Shape;
import org.junit.jupiter.api.Test;

/** Measured derivatives from both sides and from either, with the figures that lead to them. */
class NumericalDerivativeTest {
    @Test
    void eachSideIsMeasuredAlone() {
        assertEquals(-3, NumericalDerivative.left(t -> Math.abs(t - 5) * 3, 5).value(), 1e-9);
        assertEquals(3, NumericalDerivative.right(t -> Math.abs(t - 5) * 3, 5).value(), 1e-9);
    }

    @Test
    void theFirstStepIsAboutAnEighthOfThePowerOfTwoBelow() {
        NumericalDerivative measured = NumericalDerivative.of(t -> t * t, 5);
        assertEquals(10, measured.value(), measured.bar());
        assertEquals(4 * Steps.part(1), measured.step(), 1e-15, "the second step from a reach of 4");
        assertTrue(measured.noise() >= 25 * 0x1p-53 && measured.noise() < 2 * 25 * 0x1p-53, "" + measured.noise());
        // Value, noise, four rows of two points, and three looks that confirm.
        assertEquals(1 + 8 + 2 * 4 + 2 * 3, measured.evaluations());
        assertTrue(measured.bar() < 1e-12);
    }

    /** The slope is 0 if the steps are meant, and 1 or 2.2 if somebody has rounded: no bar could contain both. */
    @Test
    void valuesThatMoveInStepsHaveNoSlope() {
        for (NumericalDerivative measured : List.of(
                NumericalDerivative.of(t -> Math.rint(1e6 * t) / 1e6, 0.3),
                NumericalDerivative.left(t -> Math.rint(1e6 * t) / 1e6, 0.3),
                NumericalDerivative.of(t -> (float) (t * t), 1.1))) {
            assertTrue(Double.isNaN(measured.value()), measured.toString());
            assertEquals(Double.POSITIVE_INFINITY, measured.bar());
            assertTrue(measured.noise() > 1e-8, "" + measured.noise());
        }
        NumericalDerivative wide = NumericalDerivative.of(t -> Math.rint(100 * t) / 100, 0.3012);
        assertEquals(0, wide.value(), wide.bar());
        assertTrue(wide.bar() < 1e-9, wide.toString());
    }

    @Test
    void theTextIsTheValueWithItsBar() {
        assertEquals("2.50000000000000 ± 1.2e-05", new NumericalDerivative(2.5, 1.2e-5, 1, 0, 9).toString());
    }

    @Test
    void aNumberIsOneBlockOfOneElement() {
        assertEquals(new Block("x", Shape.SCALAR, 0), Block.row(1));
        assertEquals(List.of(Block.row(1)), new ArrayFunction(v -> v[0], 3).blocks());
    }
}
