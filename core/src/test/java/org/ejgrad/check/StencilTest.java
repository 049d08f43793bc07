package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.Stencil.Row;
import org.junit.jupiter.api.Test;

/** The values beside a point: where they stand, what slopes they make and how noisy they are. */
class StencilTest {
    private static final Noise SILENT = new Noise(0, 0, false);

    /** A line of a number of the given size, whose points are rounded outwards to quarters on the right. */
    private static LineFunction line(DoubleUnaryOperator function, double size) {
        return new LineFunction() {
            @Override
            public double at(double t) {
                return function.applyAsDouble(t);
            }

            @Override
            public double step(double t) {
                return t > 0 ? Math.ceil(4 * t) / 4 : t;
            }

            @Override
            public double size() {
                return size;
            }
        };
    }

    private static Stencil stencil(DoubleUnaryOperator function, double center, double... steps) {
        Stencil stencil = new Stencil(line(function, 0), center);
        for (double step : steps) {
            stencil.add(step);
        }
        return stencil;
    }

    @Test
    void aRowHoldsTheStepsThatRoundingLeaves() {
        Stencil stencil = stencil(t -> 10 + 2 * t, 10, 0.3);
        assertEquals(List.of(new Row(0.3, 0.3, 0.5, 9.4, 10.6)), stencil.rows());
        assertEquals(10, stencil.center());
    }

    @Test
    void rowsStandFromTheLargestStepToTheSmallest() {
        Stencil stencil = stencil(t -> t, 0, 2, 0.5, 4, 1);
        assertEquals(
                List.of(4.0, 2.0, 1.0, 0.5),
                stencil.rows().stream().map(Row::step).toList());
        assertSame(stencil.rows().get(3), stencil.finest());
    }

    @Test
    void aSideIsThereIfItsValueIsFiniteAndItsStepIsNotZero() {
        Row both = new Row(1, 1, 1, 5, 6);
        assertTrue(both.hasLeft() && both.hasRight() && both.hasBoth());
        for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Row right = new Row(1, 1, 1, value, 6);
            assertTrue(!right.hasLeft() && right.hasRight() && !right.hasBoth());
            Row left = new Row(1, 1, 1, 5, value);
            assertTrue(left.hasLeft() && !left.hasRight() && !left.hasBoth());
        }
        assertFalse(new Row(1, 0, 1, 5, 6).hasLeft());
        assertTrue(new Row(1, Double.MIN_VALUE, 1, 5, 6).hasLeft());
        assertFalse(new Row(1, 1, 0, 5, 6).hasRight());
        assertTrue(new Row(1, 1, Double.MIN_VALUE, 5, 6).hasRight());
    }

    @Test
    void slopesAreThoseOfTheRoundedSteps() {
        Row row = new Row(1, 0.5, 2, 3, 14);
        assertEquals(4, row.slopeToLeft(5));
        assertEquals(4.5, row.slopeToRight(5));
    }

    @Test
    void theSteepestIsTheLargestSlopeToEitherSideAboutAStep() {
        Stencil stencil = stencil(t -> t < 0 ? -3 * t * t : 2 * t * t, 0, 4, 2, 1);
        assertEquals(12, stencil.steepest(1));
        assertEquals(12, stencil.steepest(64));
        assertEquals(0, stencil.steepest(Math.nextUp(64.0)));
        assertEquals(12, stencil.steepest(4.0 / 256));
        assertEquals(6, stencil.steepest(Math.nextDown(4.0 / 256)));
        assertEquals(
                12, stencil.steepest(1.0 / 1024), "of the smallest steps that move it, if none about this one does");
        assertEquals(8, stencil(t -> t < 0 ? t : -2 * t * t, 0, 4, 2).steepest(1));
    }

    @Test
    void whereThereIsNoValueThereIsNoSlope() {
        assertEquals(2, stencil(t -> t < 0 ? Double.NaN : 2 * t, 0, 1).steepest(1));
        assertEquals(2, stencil(t -> t > 0 ? Double.NaN : 2 * t, 0, 1).steepest(1));
        assertEquals(0, stencil(t -> Double.NaN, 0, 1).steepest(1));
    }

    @Test
    void theNoiseIsAtLeastThatOfTheLine() {
        Stencil stencil = stencil(t -> 3 + t, 3, 1);
        assertEquals(0.25, stencil.noise(stencil.finest(), new Noise(0.25, 0, false)));
    }

    @Test
    void theNoiseIsAtLeastHalfAUnitOfTheLargerValue() {
        assertEquals(6 * Noise.UNIT, noise(t -> t < 0 ? -6 : 5, 0));
        assertEquals(7 * Noise.UNIT, noise(t -> t < 0 ? -6 : 7, 0));
        assertEquals(6 * Noise.UNIT, noise(t -> t < 0 ? -6 : Double.NaN, 0));
        assertEquals(5 * Noise.UNIT, noise(t -> t < 0 ? Double.NaN : 5, 0));
        assertEquals(0, noise(t -> Double.NaN, 0));
    }

    @Test
    void theNoiseIsAtLeastWhatRoundingOfTheArgumentDoes() {
        assertEquals(3 * 100 * Noise.UNIT, noise(t -> t < 0 ? 3 * t : 2 * t, 100));
        assertEquals(3 * 100 * Noise.UNIT, noise(t -> t < 0 ? 2 * t : -3 * t, 100));
        assertEquals(2 * 100 * Noise.UNIT, noise(t -> t < 0 ? Double.NaN : 2 * t, 100));
        assertEquals(2 * 100 * Noise.UNIT, noise(t -> t > 0 ? Double.NaN : 2 * t, 100));
    }

    private static double noise(DoubleUnaryOperator function, double size) {
        Stencil stencil = new Stencil(line(function, size), 0);
        stencil.add(1);
        return stencil.noise(stencil.finest(), SILENT);
    }

    @Test
    void theArgumentsHalfUnitIsNoNoiseThatIsHeard() {
        Stencil stencil = new Stencil(line(t -> 3 * t, 1e9), 0);
        stencil.add(0.5);
        Row row = stencil.finest();
        assertEquals(3 * 1e9 * Noise.UNIT, stencil.noise(row, SILENT));
        assertEquals(1.5 * Noise.UNIT, stencil.heard(row, SILENT));
        assertEquals(0.25, stencil.heard(row, new Noise(0.25, 0, false)));
    }
}
