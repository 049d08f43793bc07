package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The noise of functions whose noise is known, and where it is listened to. */
class NoiseTest {
    /** Where values are taken, in parts of the width: written down again, as a change of them should be meant. */
    private static final double[] PLACES = {0.2119, 0.4519, 0.6927, 0.9161, -0.3371, -0.5479, -0.7411, -0.9731};

    private static final double LEAST = 0x1p-44;

    /** The first width; each next one is 2⁹ times as wide. */
    private static final double FIRST = 16 * LEAST;

    private final List<Double> asked = new ArrayList<>();

    private LineFunction line(double reach, DoubleUnaryOperator function) {
        return new LineFunction() {
            @Override
            public double at(double t) {
                asked.add(t);
                return function.applyAsDouble(t);
            }

            @Override
            public double reach() {
                return reach;
            }
        };
    }

    private static List<Double> places(double... widths) {
        return Arrays.stream(widths)
                .boxed()
                .flatMap(width ->
                        Arrays.stream(PLACES).map(place -> place * width).boxed())
                .toList();
    }

    @Test
    void aParabolaThatTurnsAtThePointIsNoNoise() {
        double[] values = new double[8];
        Arrays.setAll(values, i -> 3 - 2 * PLACES[i] + 5 * Math.abs(PLACES[i]) + 7 * PLACES[i] * PLACES[i]);
        assertTrue(Noise.besideParabolas(PLACES, values) < 1e-14);
        assertEquals(0, Noise.besideParabolas(PLACES, new double[8]));
        double[] equal = new double[8];
        Arrays.fill(equal, -4);
        assertTrue(Noise.besideParabolas(PLACES, equal) < 1e-14);
    }

    @Test
    void whatAParabolaLeavesIsNoise() {
        double[] places = {1, 2, 3, 4, -1, -2, -3, -4};
        // An odd function without a linear part: nothing of it is in the four shapes. Σ = 10 over 8 − 4 degrees.
        double[] odd = {2, -1, 0, 0, -2, 1, 0, 0};
        assertEquals(Math.sqrt(10 / 4.0), Noise.besideParabolas(places, odd), 1e-14);
        double[] withShapes = new double[8];
        Arrays.setAll(
                withShapes,
                i -> 1e-100 * (odd[i] + 40 - 3 * places[i] + 2 * Math.abs(places[i]) + places[i] * places[i]));
        assertEquals(1e-100 * Math.sqrt(10 / 4.0), Noise.besideParabolas(places, withShapes), 1e-112);
    }

    @Test
    void placesThatRoundingMakesEqualAreHarmless() {
        assertEquals(
                Math.sqrt(8 / 4.0),
                Noise.besideParabolas(new double[8], new double[] {1, -1, 1, -1, 1, -1, 1, -1}),
                1e-14);
    }

    @Test
    void theLeastIsHalfAUnitInTheLastPlace() {
        assertEquals(new Noise(8.1 * 0x1p-53, 0, false), Noise.least(-8.1));
        assertEquals(new Noise(0.75, 3, true), new Noise(0.5, 3, true).atLeast(0.75));
        assertEquals(new Noise(0.5, 3, true), new Noise(0.5, 3, true).atLeast(0.25));
    }

    @Test
    void eightPlacesAroundThePointAreListenedTo() {
        Noise noise = Noise.along(line(1, t -> 1 + t), 1);
        assertEquals(places(FIRST), asked);
        assertEquals(0, noise.still());
        assertTrue(noise.level() >= 0x1p-53 && noise.level() < 0x1p-52, noise.toString());
    }

    @Test
    void theLevelIsWhatTheParabolasLeave() {
        DoubleUnaryOperator loud = t -> 5 + 0.25 * Math.cos(1e30 * t);
        double[] values = Arrays.stream(PLACES)
                .map(place -> loud.applyAsDouble(FIRST * place) - 5)
                .toArray();
        assertEquals(new Noise(Noise.besideParabolas(PLACES, values), 0, false), Noise.along(line(1, loud), 5));
    }

    @Test
    void thePlacesAreThoseThatRoundingLeaves() {
        LineFunction coarse = new LineFunction() {
            @Override
            public double at(double t) {
                return Math.pow(step(t) / FIRST, 2);
            }

            @Override
            public double step(double t) {
                return FIRST * Math.rint(16 * t / FIRST) / 16;
            }
        };
        assertTrue(Noise.along(coarse, 0).level() < 1e-14);
    }

    @Test
    void whereNothingMovesEverFurtherWidthsAreTried() {
        assertEquals(Noise.least(3), Noise.along(line(1, t -> 3), 3));
        assertEquals(places(FIRST, 0x1p-31, 0x1p-13, 1), asked);
        asked.clear();
        assertEquals(Noise.least(3), Noise.along(line(0x1p20, t -> 3), 3));
        assertEquals(places(FIRST, 0x1p-31, 0x1p-13, 0x1p14, 0x1p20), asked);
    }

    @Test
    void widthsGoUpToTheReach() {
        Noise.along(line(0x1p-13, t -> 3), 3);
        assertEquals(places(FIRST, 0x1p-31, 0x1p-13), asked);
        asked.clear();
        Noise.along(line(Math.nextUp(0x1p-13), t -> 3), 3);
        assertEquals(32, asked.size());
    }

    @Test
    void whereAValueIsNotFiniteNothingIsHeard() {
        assertEquals(Noise.least(2), Noise.along(line(1, t -> Double.NaN), 2));
        assertEquals(places(FIRST), asked);
        DoubleUnaryOperator pole = t -> t == FIRST * -0.7411 ? Double.POSITIVE_INFINITY : 2 + Math.cos(1e30 * t);
        assertEquals(Noise.least(2), Noise.along(line(1, pole), 2));
    }

    @Test
    void aKinkBeyondAStretchWithoutChangeIsNoNoise() {
        assertEquals(Noise.least(3), Noise.along(line(1, t -> 3 + Math.max(0, Math.abs(t) - 0x1p-25)), 3));
        assertEquals(Noise.least(3), Noise.along(line(1, t -> 3 + Math.max(0, t - 0x1p-25)), 3));
    }

    /** A staircase of steps of this width and height, with the point in the middle of one. */
    private Noise staircase(double reach, double width, double height, double center) {
        return Noise.along(line(reach, t -> center + height * Math.rint(t / width)), center);
    }

    @Test
    void largeWideStepsAreTheFunctionsOwn() {
        // 2⁻¹³ is wider than 2⁻¹⁶ of the reach, and 1e-6 higher than 2⁻²² of the value.
        assertEquals(new Noise(3 * 0x1p-53, 0, true), staircase(1, 0x1p-13, 1, 3));
        assertEquals(new Noise(3 * 0x1p-53, 0, true), staircase(1, 0x1p-13, 1e-6, 3));
        assertEquals(new Noise(3 * 0x1p-53, 0, true), staircase(2, 0x1p-13, 1, 3));
    }

    @Test
    void stepsOnOneSideOnlyAreSteps() {
        for (int side : new int[] {-1, 1}) {
            DoubleUnaryOperator half = t -> side * t > 0 ? Math.rint(t / 0x1p-13) : 0;
            assertTrue(Noise.along(line(1, half), 0).isFlat(), "side " + side);
        }
    }

    private static void assertStill(double width, Noise noise) {
        assertTrue(noise.still() >= width / 2 && noise.still() <= width, noise + ", treads of " + width);
    }

    @Test
    void narrowStepsAreNoise() {
        // Treads of 2⁻²⁴ are narrower than 2⁻¹⁶ of the reach.
        Noise narrow = staircase(1, 0x1p-24, 1, 3);
        assertFalse(narrow.isFlat());
        assertStill(0x1p-24, narrow);
        assertEquals(0.5, narrow.level());
        Noise ofLargeReach = staircase(4, 0x1p-22, 1, 0);
        assertFalse(ofLargeReach.isFlat());
        assertStill(0x1p-22, ofLargeReach);
    }

    @Test
    void lowStepsAreNoise() {
        Noise low = staircase(1, 0x1p-15, 1e-12, 3);
        assertFalse(low.isFlat());
        assertStill(0x1p-15, low);
        assertEquals(5e-13, low.level(), 1e-15);
        assertFalse(staircase(1, 0x1p-13, 1e-3, 1e9).isFlat(), "low beside the value");
        assertTrue(staircase(1, 0x1p-13, 1e-3, 1e3).isFlat());
    }

    @Test
    void stepsThatNarrowComeFromRoundingInDouble() {
        // Treads of 2⁻³³; 2⁻⁴⁴ of the reach are 2⁻³² or 2⁻³⁵.
        assertEquals(0, staircase(0x1p12, 0x1p-33, 1, 3).still());
        assertStill(0x1p-33, staircase(0x1p9, 0x1p-33, 1, 3));
    }

    @Test
    void stepsThatLowComeFromRoundingInDouble() {
        // Up to four units in the last place of the value or of the reach: an inner sum may be as large.
        for (double large : new double[] {1, 8}) {
            double units = 4 * Math.ulp(large);
            assertEquals(0, staircase(large, 0x1p-15, units, 0).still());
            assertEquals(units / 2, staircase(large, 0x1p-15, units, 0).level());
            assertEquals(0, staircase(1, 0x1p-15, units, large).still());
            assertStill(0x1p-15, staircase(large, 0x1p-15, 1.5 * units, 0));
            assertStill(0x1p-15, staircase(1, 0x1p-15, 1.5 * units, large));
        }
    }

    @Test
    void aStepIsAsWideWhereverThePointIsOnIt() {
        for (double place : new double[] {-0.499999999, -0.3, 0, 0.4, 0.4999999999}) {
            DoubleUnaryOperator stairs = t -> 1e-9 * Math.rint(t / 0x1p-15 + place);
            double center = stairs.applyAsDouble(0);
            double still = Noise.along(line(1, stairs), center).still();
            assertTrue(still >= 0x1p-17 && still <= 0x1p-15, place + ": " + still);
        }
    }

    @Test
    void ofTwoDistancesTheLouderCounts() {
        Noise before = new Noise(0.5, 0, false);
        LineFunction quiet = line(1, t -> 1 + t);
        assertEquals(before, before.orAt(0x1p-10, quiet, 1));
        assertEquals(places(0x1p-10), asked);
        Noise further = before.orAt(0x1p-10, line(1, t -> 1 + 100 * Math.cos(1e30 * t)), 1);
        assertTrue(further.level() > 10, further.toString());
        assertEquals(new Noise(0.5, 3, false), new Noise(0.5, 3, false).orAt(0x1p-10, quiet, 1));
        Noise steps = before.orAt(0x1p-31, line(1, t -> 3 + 1e-12 * Math.rint(t / 0x1p-15)), 3);
        assertEquals(0.5, steps.level());
        assertStill(0x1p-15, steps);
        Noise flat = new Noise(0.5, 0, true);
        assertEquals(flat, flat.orAt(0x1p-10, line(1, t -> 1 + 100 * Math.cos(1e30 * t)), 1));
    }

    @Test
    void singlePrecisionIsSeen() {
        double x = 1.1;
        ArrayFunction square = new ArrayFunction(v -> (float) (v[0] * v[0]), x);
        Noise noise = Noise.along(square.entry(Block.row(1), 0), (float) (x * x));
        assertTrue(noise.level() > 0x1p-27 && noise.level() < 0x1p-22, noise.toString());
        assertTrue(noise.hidesSteps());
    }

    @Test
    void doublePrecisionIsNotTakenForSteps() {
        ArrayFunction root = new ArrayFunction(v -> Math.sqrt(v[0]), 1e6);
        Noise noise = Noise.along(root.entry(Block.row(1), 0), 1e3);
        assertFalse(noise.hidesSteps());
        assertTrue(noise.level() < 2e-13, noise.toString());
    }
}
