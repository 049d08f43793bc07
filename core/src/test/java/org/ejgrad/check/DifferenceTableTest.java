package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Cell;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.junit.jupiter.api.Test;

/** The table of difference quotients: its formulas, when it ends, and what it makes of functions that mislead. */
class DifferenceTableTest {
    private static final double UNIT = 0x1p-53;

    private int calls;

    private DifferenceTable table(DoubleUnaryOperator function, double noise, Side side) {
        calls = 0;
        LineFunction line = t -> {
            calls++;
            return function.applyAsDouble(t);
        };
        return new DifferenceTable(line, function.applyAsDouble(0), noise, side);
    }

    private DifferenceTable table(DoubleUnaryOperator function) {
        return table(function, 0, Side.BOTH);
    }

    @Test
    void anExtrapolationRemovesOnePowerOfTheStep() {
        assertEquals(new Cell(6, 2, 6), new Cell(5, 1, 99).extrapolated(new Cell(2, 2, 99), 4));
        assertEquals(new Cell(-1, 8, 14), new Cell(3, 2, 99).extrapolated(new Cell(5, 1, 99), 1.5));
    }

    @Test
    void anEstimateIsContradictedBeyondFourTimesBothErrors() {
        Cell coarse = new Cell(1, 0, 0.125);
        assertFalse(coarse.isContradictedBy(new Cell(2, 0, 0.125)));
        assertTrue(coarse.isContradictedBy(new Cell(Math.nextUp(2), 0, 0.125)));
        assertFalse(new Cell(1, 0, 0).isContradictedBy(new Cell(1, 0, 0)));
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
    void fourRowsAndALookBetweenThemSuffice() {
        assertEquals(new Estimate(0, 0, 0.125), table(t -> 0).fill(1, 0));
        assertEquals(10, calls);
        Estimate narrow = table(t -> t).fill(1, 4 * UNIT);
        assertEquals(new Estimate(1, 4 * UNIT, 0.125), narrow);
        assertEquals(10, calls);
    }

    @Test
    void rowsThatAreNoBetterBecauseOfNoiseEndTheTable() {
        // Every quotient of t is 1 with an error of half a unit, so the third row after the first good one is the last.
        assertEquals(new Estimate(1, 4 * UNIT, 0.0625), table(t -> t).fill(1, Math.nextDown(4 * UNIT)));
        assertEquals(12, calls);
    }

    @Test
    void aFunctionThatNeverSettlesIsLeftAfterTwentyTwoRows() {
        DifferenceTable table = table(t -> Math.getExponent(t) % 2 == 0 ? t : -t);
        table.fill(1, 1e-9);
        assertEquals(44, calls);
    }

    @Test
    void aFunctionThatIsNowhereFiniteIsLeftAfterFortyFiveSteps() {
        DifferenceTable table = table(t -> Double.POSITIVE_INFINITY);
        assertSame(Estimate.NONE, table.fill(1, 1e-9));
        assertEquals(90, calls);
        assertTrue(table.lostLeft());
        assertTrue(table.lostRight());
        assertEquals(0, table.steepest());
    }

    @Test
    void twoRowsMakeAnEstimateAndOneDoesNot() {
        assertEquals(
                new Estimate(1, 4 * UNIT, 0x1p-44),
                table(t -> Math.abs(t) > 0x1p-43 ? Double.NaN : t).fill(1, 0));
        assertSame(
                Estimate.NONE,
                table(t -> Math.abs(t) > 0x1p-44 ? Double.NaN : t).fill(1, 0));
    }

    @Test
    void theSideWhereTheFunctionEndsIsNamed() {
        DifferenceTable right = table(t -> t < 0 ? Double.NaN : t);
        assertSame(Estimate.NONE, right.fill(1, 0));
        assertTrue(right.lostLeft());
        assertFalse(right.lostRight());
        DifferenceTable left = table(t -> t > 0 ? Double.NaN : t);
        assertSame(Estimate.NONE, left.fill(1, 0));
        assertFalse(left.lostLeft());
        assertTrue(left.lostRight());
        DifferenceTable near = table(t -> t > 0.25 ? Double.NaN : t);
        assertTrue(near.fill(1, 0).exists());
        assertFalse(near.lostRight());
    }

    @Test
    void stepsBeyondAHoleOfTheDomainDoNotCount() {
        DoubleUnaryOperator curve = t -> t + t * t * t + (Math.abs(t) >= 0.5 ? 1000 * t * t : 0);
        DifferenceTable whole = table(t -> Math.abs(t) == 0.25 ? Double.NaN : curve.applyAsDouble(t));
        DifferenceTable inner = table(curve);
        assertEquals(inner.fill(0.125, 1e-9), whole.fill(1, 1e-9));
        assertEquals(inner.steepest(), whole.steepest());
        assertEquals(1 + 0x1p-6, whole.steepest());
    }

    @Test
    void theSteepestIsTheLargestSlopeOfAnyChord() {
        DifferenceTable chord = table(t -> 3 * t);
        chord.fill(1, 1e-9);
        assertEquals(3, chord.steepest());
        DifferenceTable bend = table(t -> 0.5 * t * t);
        bend.fill(2, 1e-9);
        assertEquals(2, bend.steepest(), "f(2) + f(-2) = 4 over the step 2");
    }

    /** Between 0 at every multiple of 1 and of ½, slope ¼ at the former. */
    private static double wave(double t) {
        double d = t - Math.rint(t);
        return d * (0.25 - d * d);
    }

    @Test
    void wavesThatAllStepsSkipAreSeenByTheLookBetween() {
        Estimate estimate = table(t -> t + wave(64 * t)).fill(1, 1e-9);
        assertEquals(17, estimate.value(), estimate.bar());
        assertTrue(estimate.step() < 1 / 128.0, estimate.toString());
    }

    /** A curve whose last look, at 5/64 of the last of four steps, is off by the factor 1 + δ. */
    private int callsWithALastLookOffBy(double delta, double noise, Side side, DoubleUnaryOperator curve) {
        double fine = 5 / 512.0;
        DifferenceTable table = table(t -> Math.abs(t) == fine ? t * (1 + delta) : curve.applyAsDouble(t), noise, side);
        table.fill(1, 1);
        return calls;
    }

    @Test
    void theLastLookMayDifferByNoiseTheBarAndTwiceTheTruncation() {
        double noise = 0x1p-26;
        double c = 0x1p-3;
        // Quotients 1 + ch²; the best estimate is row 2, column 2: noise (16·6 + 3)/15 = 6.6. The quotient at 1/8 is
        // c/64 off, at 5/64 of that (5/64)² times less.
        double allowed = 4 * (noise * 512 / 5 + 4 * 6.6 * noise) + 2 * c / 64 * 25 / 4096;
        assertEquals(10, callsWithALastLookOffBy(allowed * (1 - 1e-5), noise, Side.BOTH, t -> t + c * t * t * t));
        assertTrue(callsWithALastLookOffBy(allowed * (1 + 1e-5), noise, Side.BOTH, t -> t + c * t * t * t) > 10);
        assertTrue(callsWithALastLookOffBy(-allowed * (1 + 1e-5), noise, Side.BOTH, t -> t + c * t * t * t) > 10);
    }

    @Test
    void onOneSideTheTruncationShrinksLikeTheStep() {
        double noise = 0x1p-20;
        double c = 0x1p-4;
        // Quotients 1 + ch with noise 2/h; the best is row 2, column 2: (4·(2·8 + 4) + (2·4 + 2))/3 = 30.
        double allowed = 4 * (noise * 2 * 512 / 5 + 4 * 30 * noise) + 2 * c / 8 * 5 / 64;
        for (Side side : new Side[] {Side.LEFT, Side.RIGHT}) {
            assertEquals(5, callsWithALastLookOffBy(allowed * (1 - 1e-5), noise, side, t -> t + c * t * t));
            assertTrue(callsWithALastLookOffBy(allowed * (1 + 1e-5), noise, side, t -> t + c * t * t) > 5);
        }
    }

    @Test
    void eachSideHasItsOwnSlope() {
        DoubleUnaryOperator corner = t -> t < 0 ? 2 * t + t * t : 5 * t + t * t;
        Estimate left = table(corner, 0, Side.LEFT).fill(1, 1e-9);
        Estimate right = table(corner, 0, Side.RIGHT).fill(1, 1e-9);
        assertEquals(2, left.value(), left.bar());
        assertEquals(5, right.value(), right.bar());
        assertTrue(left.bar() < 1e-9 && right.bar() < 1e-9);
    }

    @Test
    void theStepIsTheOneThatTheRoundedPointsMake() {
        LineFunction coarse = new LineFunction() {
            @Override
            public double at(double t) {
                return 3 * step(t);
            }

            @Override
            public double step(double t) {
                return t + (t > 0 ? 0x1p-20 : -0x1p-21);
            }
        };
        for (Side side : Side.values()) {
            assertEquals(
                    3, new DifferenceTable(coarse, 0, 0, side).fill(1, 1e-12).value(), 1e-14);
        }
    }

    @Test
    void bendsAreMeasuredOnBothSides() {
        assertEquals(1, exponent(t -> 2 * t + 3 * t * t), 1e-9);
        assertEquals(0, exponent(t -> Math.abs(t) + t), 1e-9);
        assertEquals(-1, exponent(t -> t < 0 ? 1 : 3), 1e-9);
        assertEquals(-0.5, exponent(t -> 7 + Math.sqrt(Math.abs(t))), 1e-3);
        assertTrue(Double.isNaN(exponent(t -> 2 * t)));
        assertTrue(Double.isNaN(exponent(t -> t > 0x1p-12 ? 1 + t : t)), "a jump beside the point");
    }

    private double exponent(DoubleUnaryOperator function) {
        DifferenceTable table = table(function);
        table.fill(1, 0);
        return table.bendExponent();
    }
}
