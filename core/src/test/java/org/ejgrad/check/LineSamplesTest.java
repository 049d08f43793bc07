package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.junit.jupiter.api.Test;

/** Looks along a line from far to near: when they end, and what they say of the slope. */
class LineSamplesTest {
    private final List<Double> asked = new ArrayList<>();

    /** A line of a direction: reach and size are 1. */
    private LineSamples along(DoubleUnaryOperator function) {
        LineFunction line = t -> {
            asked.add(t);
            return function.applyAsDouble(t);
        };
        return LineSamples.along(line, function.applyAsDouble(0), Noise.least(function.applyAsDouble(0)));
    }

    /** A line of one number. */
    private static LineSamples at(double x, DoubleUnaryOperator function) {
        LineFunction line = entry(x, function);
        double center = line.at(0);
        return LineSamples.along(line, center, Noise.along(line, center));
    }

    private static LineFunction entry(double x, DoubleUnaryOperator function) {
        return new ArrayFunction(v -> function.applyAsDouble(v[0]), x).entry(Block.row(1), 0);
    }

    private static List<Double> steps(LineSamples samples) {
        return samples.stencil().rows().stream().map(Stencil.Row::step).toList();
    }

    @Test
    void stepsShrinkByAboutFourAndHaveNoCommonMeasure() {
        for (int n = 0; n < 60; n++) {
            double irregular = Math.scalb(Steps.part(n), 3 + 2 * n);
            assertTrue(irregular >= 0.8 && irregular <= 1.2 + 1e-5, n + ": " + irregular);
            double bits = irregular * 0x1p20;
            assertEquals(Math.rint(bits), bits, "few bits");
            assertEquals(1, Math.floorMod((long) bits, 2), "an odd number of the smallest");
            assertTrue(n == 0 || Steps.part(n) != Steps.part(n - 1) / 4);
        }
        assertTrue(Steps.part(0) > 0.1 && Steps.part(0) < 0.15);
    }

    @Test
    void aPolynomialNeedsFourRowsAndThreeLooksThatConfirm() {
        LineSamples samples = along(t -> 1 + 3 * t + t * t);
        assertEquals(7, samples.stencil().rows().size());
        assertEquals(14, asked.size());
        List<Double> steps = steps(samples);
        for (int n = 0; n < 4; n++) {
            assertEquals(Steps.part(n), steps.get(n));
        }
        for (int k = 1; k <= 3; k++) {
            double part = steps.get(3 + k) / steps.get(3) * Math.scalb(1.0, 7 * k);
            assertTrue(part > 0.8 && part < 1.25, k + ": " + part);
        }
        Estimate slope = samples.slope();
        assertEquals(3, slope.value(), slope.bar());
        assertTrue(slope.bar() < 3e-11, slope.toString());
        assertFalse(samples.isKinked());
        assertEquals(List.of(), samples.overruled());
    }

    @Test
    void finerFeaturesAreLookedAtUntilTheyAreGone() {
        for (double fast : new double[] {1e2, 1e4, 1e6, 1e8}) {
            LineSamples samples = at(0.3, t -> t + Math.sin(fast * t) / fast);
            double exact = 1 + Math.cos(fast * 0.3);
            Estimate slope = samples.slope();
            assertEquals(exact, slope.value(), slope.bar(), "" + fast);
        }
        LineSamples fine = at(0, t -> t + 1e-3 * Math.sin(1e6 * t));
        assertEquals(1001, fine.slope().value(), fine.slope().bar());
        assertTrue(
                fine.overruled().stream().anyMatch(other -> Math.abs(other.value() - 1) <= other.bar()),
                "the slope at larger steps is remembered: " + fine.overruled());
    }

    @Test
    void stepsBecomeAsSmallAsTheNumberThatIsVaried() {
        for (double x : new double[] {1e-10, 1e-30, 1e-100, 1e-300}) {
            LineSamples samples = at(x, Math::log);
            assertEquals(1 / x, samples.slope().value(), samples.slope().bar());
            assertTrue(samples.slope().bar() < 1e-6 / x, x + ": " + samples.slope());
            assertTrue(samples.stencil().rows().size() <= 90);
        }
        List<Double> steps = steps(at(1e-30, Math::log));
        assertTrue(steps.stream().noneMatch(step -> step < 0x1p-33 && step > 1e-30), "nothing between: " + steps);
    }

    /** A function whose quotients change as much at every step. */
    private static double restless(double t) {
        return t == 0 ? 0 : t * (1 + Math.sin(2 * Math.log(Math.abs(t))));
    }

    @Test
    void withoutASizeTheLeastStepEndsTheLooks() {
        LineSamples samples = along(LineSamplesTest::restless);
        assertTrue(samples.stencil().rows().size() <= 90);
        assertTrue(samples.stencil().finest().step() >= 0x1p-44);
        assertTrue(
                samples.stencil().finest().step() < 0x1p-40,
                "" + samples.stencil().finest());
    }

    @Test
    void ninetyRowsAreEnough() {
        LineFunction endless = new LineFunction() {
            @Override
            public double at(double t) {
                return restless(t);
            }

            @Override
            public double size() {
                return 0;
            }

            @Override
            public double least() {
                return Double.MIN_NORMAL;
            }
        };
        int rows =
                LineSamples.along(endless, 0, Noise.least(0)).stencil().rows().size();
        assertTrue(rows >= 90 && rows <= 93, rows + " rows");
    }

    @Test
    void noiseIsListenedToOnce() {
        LineSamples samples = along(t -> t * t);
        int before = asked.size();
        Noise first = samples.noise();
        samples.listen();
        int after = asked.size();
        assertFalse(samples.listen(), "nothing new");
        assertEquals(after, asked.size());
        assertTrue(after == before || after == before + 8, (after - before) + " values");
        assertTrue(samples.noise().level() >= first.level());
    }

    @Test
    void louderNoiseThanWasThoughtIsNew() {
        DoubleUnaryOperator loud = t -> t + 1e-3 * Math.sin(1e30 * t);
        LineFunction line = loud::applyAsDouble;
        LineSamples samples = LineSamples.along(line, 0, Noise.least(0));
        samples.listen();
        assertTrue(samples.noise().level() > 1e-4, samples.noise().toString());
        assertFalse(samples.listen());
        Estimate slope = samples.slope();
        assertTrue(slope.bar() > 1e-3, slope.toString());
        assertEquals(1, slope.value(), slope.bar());
    }

    @Test
    void furtherNoiseIsThatBesideTheFinestStep() {
        // Quiet within 2⁻³⁰ of the point, loud beyond.
        LineSamples samples = along(t -> t + (Math.abs(t) > 0x1p-30 ? 1e-6 * Math.sin(1e30 * t) : 0));
        samples.listenFurther();
        double near = samples.noise().level();
        samples.lookAround(1, false);
        samples.listenFurther();
        assertTrue(samples.noise().level() >= near);
        LineSamples calm = along(t -> 1 + t);
        calm.listenFurther();
        assertTrue(calm.noise().level() < 0x1p-51, calm.noise().toString());
    }

    @Test
    void fourLooksAroundAreTakenFromFurtherAwayAndBetween() {
        LineSamples samples = along(t -> t);
        int before = samples.stencil().rows().size();
        samples.lookAround(0x1p-10, false);
        assertEquals(before + 4, samples.stencil().rows().size());
        for (double far : new double[] {7.6417, 3.5683, 1.7793, 0.5411}) {
            assertTrue(steps(samples).contains(0x1p-10 * far), far + " times the step");
        }
    }

    @Test
    void whatIsLeftAtFineStepsIsHeardAsNoise() {
        DoubleUnaryOperator jitter = t -> 2 * t + (Math.abs(t) < 0x1p-12 ? 1e-9 * Math.signum(t) : 0);
        LineSamples samples = along(jitter);
        double before = samples.noise().level();
        samples.hear();
        assertTrue(samples.noise().level() >= before);
        LineSamples exact = along(t -> 2 * t);
        Noise silent = exact.noise();
        exact.hear();
        assertTrue(
                exact.noise().level() <= Math.max(silent.level(), 1e-20),
                exact.noise().toString());
    }

    @Test
    void aKinkHasTwoSlopesThatDifferByMoreThanATrifle() {
        assertTrue(along(Math::abs).isKinked());
        assertTrue(along(t -> Math.max(t, 0) + Math.sin(t)).isKinked());
        assertTrue(along(t -> t + 1.1e-6 * Math.max(t, 0)).isKinked());
        assertFalse(along(t -> t + 0.9e-6 * Math.max(t, 0)).isKinked());
        assertTrue(along(t -> -t - 1.1e-6 * Math.max(-t, 0)).isKinked());
        assertFalse(along(t -> -t + 0.9e-6 * Math.max(-t, 0)).isKinked());
        assertFalse(along(t -> t * Math.abs(t)).isKinked());
        assertFalse(along(t -> t < 0 ? Double.NaN : t).isKinked());
        assertFalse(along(t -> t > 0 ? Double.NaN : t).isKinked());
    }

    @Test
    void aTrifleOfAKinkWidensTheBar() {
        Estimate slope = along(t -> t + 0.5e-6 * Math.max(t, 0)).slope();
        assertTrue(slope.bar() >= 0.5e-6 * (1 - 1e-6), slope.toString());
        assertTrue(along(t -> t).slope().bar() < 1e-11);
    }

    @Test
    void theSlopeBesideAKinkIsThatOfItsSide() {
        for (double distance : new double[] {1e-3, 1e-5, 1e-7, 1e-9, 1e-11}) {
            Estimate right = at(distance, t -> Math.max(t, 0)).slope();
            assertEquals(1, right.value(), right.bar());
            assertTrue(right.bar() < 1e-12, distance + ": " + right);
            Estimate left = at(-distance, t -> Math.max(t, 0)).slope();
            assertEquals(0, left.value(), left.bar());
            assertTrue(left.bar() < 1e-12, distance + ": " + left);
            Estimate both = at(1 - distance, t -> Math.abs(t - 1)).slope();
            assertEquals(-1, both.value(), both.bar());
        }
    }

    @Test
    void theSharperSideIsTakenWhereTheyAgree() {
        LineSamples samples = at(1e-5, t -> Math.max(t, 0));
        Estimate both = samples.table(Side.BOTH).best();
        Estimate right = samples.table(Side.RIGHT).best();
        assertTrue(right.bar() < both.bar());
        assertTrue(samples.slope().bar() <= both.bar());
    }

    @Test
    void theBarIsNoNarrowerThanRoundingOfThePoint() {
        // f'' = 2 and the point is 2²⁰ ± half a unit: that alone moves the slope.
        LineSamples samples = at(0x1p20, t -> t * t);
        assertTrue(
                samples.slope().bar() >= 2 * Noise.UNIT * 0x1p21 * 0.99,
                samples.slope().toString());
        LineSamples line = at(1, t -> 5 * t);
        assertTrue(
                line.slope().bar() >= 2 * Noise.UNIT * 5 * (1 - 1e-6),
                line.slope().toString());
    }

    @Test
    void aSmallJumpNearbyLeavesTheWiderBarOfLargerSteps() {
        // Between here and the first step the function jumps a little, as a table with linear parts does.
        LineSamples samples = at(1, t -> t + (Math.abs(t - 1) > 1e-6 ? 1e-9 * Math.signum(t - 1) : 0));
        Estimate slope = samples.slope();
        assertEquals(1, slope.value(), slope.bar());
    }

    @Test
    void bendsTellAKinkFromASmoothFunctionAndFromAJump() {
        assertEquals(0, along(Math::abs).bendExponent(), 1e-6);
        assertEquals(-0.5, along(t -> 7 + Math.sqrt(Math.abs(t))).bendExponent(), 1e-3);
        assertEquals(1, along(t -> t * t).bendExponent(), 1e-6);
        assertTrue(Double.isNaN(along(t -> 2 * t).bendExponent()));
        assertTrue(Double.isNaN(along(t -> t < 0 ? Double.NaN : t * t).bendExponent()));
    }

    /** What a function does at far larger steps than those of the estimate says nothing of its slopes here. */
    @Test
    void theClearestSlopeIsThatAboutTheStepOfTheEstimate() {
        LineSamples samples = along(t -> 3 * t + t * t);
        Estimate slope = samples.slope();
        assertEquals(3.1, samples.clearest(slope), 0.1);
        assertEquals(0, samples.clearest(new Estimate(1, 1, 1e9)));
        LineSamples steep = along(t -> Math.exp(1000 * t));
        assertTrue(steep.clearest(steep.slope()) < 1e7, () -> steep.clearest(steep.slope()) + "");
        assertEquals(1000, steep.slope().value(), steep.slope().bar());
        assertTrue(steep.slope().isWithin(1e-6), () -> steep.slope() + "");
    }

    @Test
    void oneSideIsEnoughForATable() {
        LineSamples edge = along(t -> t < 0 ? Double.NaN : Math.exp(t));
        assertFalse(edge.table(Side.BOTH).best().exists());
        assertFalse(edge.table(Side.LEFT).best().exists());
        Estimate right = edge.table(Side.RIGHT).best();
        assertEquals(1, right.value(), right.bar());
        assertFalse(edge.slope().exists());
    }
}
