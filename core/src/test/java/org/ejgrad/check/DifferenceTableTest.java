package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Cell;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.junit.jupiter.api.Test;

/** The table of difference quotients: its formulas, and which of its estimates it believes. */
class DifferenceTableTest {
    /** A line of a number so small that rounding it does nothing to the value. */
    private static LineFunction line(DoubleUnaryOperator function) {
        return new LineFunction() {
            @Override
            public double at(double t) {
                return function.applyAsDouble(t);
            }

            @Override
            public double size() {
                return 0;
            }
        };
    }

    private static DifferenceTable table(Side side, double noise, DoubleUnaryOperator function, double... steps) {
        Stencil stencil = new Stencil(line(function), function.applyAsDouble(0));
        for (double step : steps) {
            stencil.add(step);
        }
        return new DifferenceTable(stencil, side, new Noise(noise, 0, false));
    }

    @Test
    void anExtrapolationRemovesOnePowerOfTheStep() {
        assertEquals(new Cell(6, 2, 6), new Cell(5, 1, 99).extrapolated(new Cell(2, 2, 99), 4));
        assertEquals(new Cell(-1, 8, 14), new Cell(3, 2, 99).extrapolated(new Cell(5, 1, 99), 1.5));
    }

    @Test
    void anErrorIsNoiseFromAFifthOn() {
        assertTrue(new Cell(0, 1, 5).isNoisy());
        assertFalse(new Cell(0, Math.nextDown(1), 5).isNoisy());
    }

    @Test
    void onlyANumberIsAnEstimate() {
        assertFalse(Estimate.NONE.exists());
        assertTrue(new Estimate(0, 0, 1).exists());
    }

    @Test
    void estimatesDifferBeyondTheSumOfTheirBars() {
        Estimate one = new Estimate(1, 0.25, 1);
        assertFalse(one.differsFrom(new Estimate(2, 0.75, 1)));
        assertTrue(one.differsFrom(new Estimate(Math.nextUp(2), 0.75, 1)));
        assertFalse(one.differsFrom(new Estimate(0, 0.75, 1)));
        assertTrue(one.differsFrom(new Estimate(-Double.MIN_VALUE, Math.nextDown(0.75), 1)));
        assertFalse(one.differsFrom(Estimate.NONE));
    }

    @Test
    void anEstimateIsWithinAPartOfItself() {
        assertTrue(new Estimate(-4, 1, 1).isWithin(0.25));
        assertFalse(new Estimate(-4, Math.nextUp(1), 1).isWithin(0.25));
        assertEquals(new Estimate(3, 7, 2), new Estimate(3, 5, 2).withBar(7));
    }

    @Test
    void twoRowsMakeAnEstimateAndOneDoesNot() {
        double noise = 0x1p-20;
        DifferenceTable one = table(Side.BOTH, noise, t -> 3 * t, 1);
        assertSame(Estimate.NONE, one.best());
        assertEquals(1, one.size());
        // The quotient at 1/2 has the noise 2n/1, and agrees with the one before: four times that.
        DifferenceTable two = table(Side.BOTH, noise, t -> 3 * t, 1, 0.5);
        assertEquals(new Estimate(3, 8 * noise, 0.5), two.best());
        assertEquals(2, two.size());
        assertEquals(
                new Estimate(3, 16 * noise, 0.5),
                table(Side.LEFT, noise, t -> 3 * t, 1, 0.5).best());
        assertEquals(
                new Estimate(3, 16 * noise, 0.5),
                table(Side.RIGHT, noise, t -> 3 * t, 1, 0.5).best());
    }

    @Test
    void ofEqualErrorsTheFinestCounts() {
        assertEquals(
                new Estimate(0, 0, 0.25),
                table(Side.BOTH, 0, t -> 0, 1, 0.5, 0.25).best());
    }

    @Test
    void theCoarsestRowsCanBeAskedAlone() {
        DifferenceTable table = table(Side.BOTH, 0x1p-20, t -> 3 * t, 4, 2, 1, 0.5);
        assertSame(Estimate.NONE, table.best(1));
        assertEquals(new Estimate(3, 2 * 0x1p-20, 2), table.best(2));
        assertEquals(new Estimate(3, 2 * 0x1p-20, 2), table.best());
    }

    @Test
    void rowsAreCountedByTheirSteps() {
        DifferenceTable table = table(Side.BOTH, 0, t -> t, 4, 2, 1);
        assertEquals(0, table.rowsAbove(4));
        assertEquals(1, table.rowsAbove(Math.nextDown(4)));
        assertEquals(1, table.rowsAbove(2));
        assertEquals(3, table.rowsAbove(0));
        assertEquals(0, table.rowOf(4));
        assertEquals(2, table.rowOf(1));
        assertEquals(-1, table.rowOf(3));
    }

    @Test
    void unevenStepsCountHalfTheirWidth() {
        LineFunction uneven = new LineFunction() {
            @Override
            public double at(double t) {
                return 3 * step(t);
            }

            @Override
            public double step(double t) {
                return t > 0 ? 1.5 * t : t;
            }
        };
        Stencil stencil = new Stencil(uneven, 0);
        stencil.add(1);
        stencil.add(0.5);
        Noise silent = new Noise(0, 0, false);
        assertEquals(0, new DifferenceTable(stencil, Side.BOTH, silent).rowOf(1.25));
        assertEquals(0, new DifferenceTable(stencil, Side.LEFT, silent).rowOf(1));
        assertEquals(0, new DifferenceTable(stencil, Side.RIGHT, silent).rowOf(1.5));
        for (Side side : Side.values()) {
            assertEquals(3, new DifferenceTable(stencil, side, silent).best().value(), 1e-14);
        }
    }

    @Test
    void stepsBeyondAHoleOfTheDomainDoNotCount() {
        DoubleUnaryOperator hole = t -> t == 1 ? Double.NaN : 2 * t;
        assertEquals(2, table(Side.BOTH, 0, hole, 4, 2, 1, 0.5, 0.25).size());
        assertEquals(2, table(Side.RIGHT, 0, hole, 4, 2, 1, 0.5, 0.25).size());
        assertEquals(5, table(Side.LEFT, 0, hole, 4, 2, 1, 0.5, 0.25).size());
        DoubleUnaryOperator leftHole = t -> t == -1 ? Double.NaN : 2 * t;
        assertEquals(2, table(Side.BOTH, 0, leftHole, 4, 2, 1, 0.5, 0.25).size());
        assertEquals(2, table(Side.LEFT, 0, leftHole, 4, 2, 1, 0.5, 0.25).size());
        assertEquals(5, table(Side.RIGHT, 0, leftHole, 4, 2, 1, 0.5, 0.25).size());
        assertEquals(0, table(Side.BOTH, 0, t -> Double.NaN, 4, 2).size());
    }

    @Test
    void eachSideHasItsOwnSlope() {
        DoubleUnaryOperator corner = t -> t < 0 ? 2 * t + t * t : 5 * t + t * t;
        double[] steps = {0.25, 0.125, 0.0625, 0.03125};
        Estimate left = table(Side.LEFT, 0, corner, steps).best();
        Estimate right = table(Side.RIGHT, 0, corner, steps).best();
        assertEquals(2, left.value(), left.bar());
        assertEquals(5, right.value(), right.bar());
        assertTrue(left.bar() < 1e-12 && right.bar() < 1e-12, left + " and " + right);
    }

    @Test
    void aSlopeOfHighOrderIsExtrapolatedFromAllRows() {
        // Seven extrapolations of a polynomial of degree 17 leave rounding errors alone.
        DoubleUnaryOperator curve = t -> {
            double sum = 0;
            double power = t;
            for (int k = 0; k < 8; k++, power *= t * t) {
                sum += (k + 1) * power;
            }
            return sum;
        };
        double[] steps = {1, 0.5, 0.25, 0.125, 0.0625, 0.03125, 0.015625, 0.0078125, 0.00390625};
        Estimate best = table(Side.BOTH, 0, curve, steps).best();
        assertEquals(1, best.value(), best.bar());
        assertTrue(best.bar() < 1e-11, best.toString());
    }

    /** Whether an estimate at the step 2 stands when the quotient at 1 is off. */
    private static boolean stands(double off) {
        DoubleUnaryOperator kinked = t -> Math.abs(t) == 1 ? t * (1 + off) : t;
        return table(Side.BOTH, 0x1p-10, kinked, 4, 2, 1).best().step() == 2;
    }

    @Test
    void anEstimateIsContradictedBeyondFourTimesItsErrorAndTheNoiseOfTheFinerQuotient() {
        // The quotient at 2 has the noise and error n/2, that at 1 the noise n.
        double allowed = 6 * 0x1p-10;
        assertTrue(stands(allowed));
        assertFalse(stands(allowed + 0x1p-52));
        assertTrue(stands(-allowed));
        assertFalse(stands(-allowed - 0x1p-52));
    }

    @Test
    void anyFinerQuotientCanContradict() {
        DoubleUnaryOperator far = t -> Math.abs(t) == 0.5 ? 2 * t : t;
        assertEquals(2, table(Side.BOTH, 0x1p-10, far, 4, 2, 1).best().step());
        assertEquals(0.5, table(Side.BOTH, 0x1p-10, far, 4, 2, 1, 0.5).best().step());
    }

    @Test
    void aFinerQuotientMayKeepWhatIsLeftOfTheTruncation() {
        double noise = 0x1p-26;
        double c = 0x1p-10;
        // Quotients 1 + ch²; the best at 1 is column 2 with the noise (16·1.5 + 0.75)/15; at ½ the noise is 2n. The
        // quotient at 1 is c off; at ½ a quarter of that, and twice as much is allowed.
        double allowed = 4 * (1.65 * noise + 2 * noise) + 2 * c / 4;
        for (int sign : new int[] {-1, 1}) {
            assertEquals(1, stepOf(Side.BOTH, noise, t -> t + c * t * t * t, sign * allowed * (1 - 1e-5)));
            assertTrue(stepOf(Side.BOTH, noise, t -> t + c * t * t * t, sign * allowed * (1 + 1e-5)) != 1);
        }
    }

    @Test
    void onOneSideTheTruncationShrinksLikeTheStep() {
        double noise = 0x1p-26;
        double c = 0x1p-10;
        // Quotients 1 + ch with the noise 2n/h; column 2 at 1 has (4·5 + 2.5)/3 = 7.5 of it.
        double allowed = 4 * (7.5 * noise + 4 * noise) + 2 * c / 2;
        for (Side side : new Side[] {Side.LEFT, Side.RIGHT}) {
            assertEquals(1, stepOf(side, noise, t -> t + c * t * Math.abs(t), allowed * (1 - 1e-5)));
            assertTrue(stepOf(side, noise, t -> t + c * t * Math.abs(t), allowed * (1 + 1e-5)) != 1);
        }
    }

    /** The step of the best estimate of a curve of slope 1, if the quotient at ½ is 1 + off. */
    private static double stepOf(Side side, double noise, DoubleUnaryOperator curve, double off) {
        DoubleUnaryOperator bent = t -> Math.abs(t) == 0.5 ? t * (1 + off) : curve.applyAsDouble(t);
        return table(side, noise, bent, 4, 2, 1, 0.5).best().step();
    }

    @Test
    void aTableHasStalledWhenItsLastTwoRowsAreNoBetterThanTheBestBefore() {
        DoubleUnaryOperator noisy = t -> t;
        assertFalse(table(Side.BOTH, 0x1p-20, noisy, 8, 4, 2).hasStalled());
        assertTrue(table(Side.BOTH, 0x1p-20, noisy, 8, 4, 2, 1).hasStalled());
        assertTrue(table(Side.BOTH, 0x1p-20, noisy, 8, 4, 2, 1).noiseHasTakenOver());
        assertTrue(table(Side.BOTH, 0, t -> 0, 8, 4, 2, 1).hasStalled(), "as good is no better");
        DoubleUnaryOperator smooth = t -> t + t * t * t / 64;
        assertFalse(table(Side.BOTH, 0x1p-40, smooth, 8, 4, 2, 1).hasStalled());
        assertFalse(table(Side.BOTH, 0x1p-40, smooth, 8, 4, 2, 1).noiseHasTakenOver());
        assertFalse(table(Side.BOTH, 0x1p-20, noisy, new double[0]).hasStalled());
    }

    @Test
    void oneBetterRowOfTheLastTwoIsNoStall() {
        // The quotients 1, 1.5 and 3 become worse, the next one is as the last.
        DoubleUnaryOperator last = t -> t * (Math.abs(t) >= 8 ? 1 : Math.abs(t) >= 4 ? 1.5 : 3);
        assertFalse(table(Side.BOTH, 0x1p-40, last, 8, 4, 2, 1).hasStalled());
        assertFalse(table(Side.BOTH, 0x1p-40, last, 16, 8, 4, 2).noiseHasTakenOver());
    }

    @Test
    void aFunctionThatBecomesWorseIsNotNoisy() {
        DoubleUnaryOperator wild = t -> t * (Math.abs(t) >= 4 ? 1 : Math.abs(t) == 2 ? 5 : -3);
        DifferenceTable table = table(Side.BOTH, 0x1p-20, wild, 8, 4, 2, 1);
        assertTrue(table.hasStalled());
        assertFalse(table.noiseHasTakenOver());
    }
}
