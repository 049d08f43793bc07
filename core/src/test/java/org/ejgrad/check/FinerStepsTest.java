package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.junit.jupiter.api.Test;

/** How far the bar of an estimate reaches when much finer quotients contradict it. */
class FinerStepsTest {
    private static final Estimate ONE = new Estimate(1, 1e-3, 1);

    private static double bar(DoubleUnaryOperator function, double noise, double... steps) {
        Stencil stencil = new Stencil(function::applyAsDouble, function.applyAsDouble(0));
        stencil.add(steps);
        Estimate reached = FinerSteps.reached(ONE, stencil, new Noise(noise, 0, false));
        assertEquals(ONE, reached.withBar(ONE.bar()), "only the bar may be another");
        return reached.bar();
    }

    /** A slope of 3/2 within 1/64 of the point, of 1 further away. */
    private static double steeperHere(double t) {
        return t + 0.5 * Math.max(-0x1p-6, Math.min(t, 0x1p-6));
    }

    @Test
    void theBarReachesTheFinestQuotient() {
        assertEquals(0.5, bar(FinerStepsTest::steeperHere, 0, 1, 0x1p-10, 0x1p-16), 1e-12);
        assertEquals(0.5, bar(FinerStepsTest::steeperHere, 0, 1, 0x1p-5, 0x1p-10, 0x1p-16), 1e-12);
    }

    @Test
    void beyondTheLastThatIsClearOfNoiseTheNearestCounts() {
        double noise = 0x1p-20;
        assertEquals(0.5 + 4.0 / 16, bar(FinerStepsTest::steeperHere, noise, 1, 0x1p-10, 0x1p-16), 1e-12);
        assertEquals(0.5 + 4.0 / 16, bar(FinerStepsTest::steeperHere, noise, 1, 0x1p-10, 0x1p-16, 0x1p-18), 1e-12);
    }

    @Test
    void quotientsThatComeBackToTheEstimateLeaveItsBar() {
        DoubleUnaryOperator bump = t -> t + (Math.abs(t) > 0x1p-8 && Math.abs(t) < 0x1p-4 ? t / 2 : 0);
        assertEquals(1e-3, bar(bump, 0, 1, 0x1p-5, 0x1p-10), 1e-12);
    }

    @Test
    void noiseShowsInTheFinestValuesAsWell() {
        DoubleUnaryOperator trembling = t -> t + (t == 0 ? 0 : Math.copySign(0x1p-12, t));
        assertEquals(1e-3, bar(trembling, 0, 1, 0x1p-5, 0x1p-10), 0);
    }

    @Test
    void theBendThatLargerStepsShowIsNoContradiction() {
        assertEquals(1e-3, bar(t -> t + t * t * t, 0, 1, 0x1p-4, 0x1p-10), 0);
        assertEquals(0.5, bar(t -> steeperHere(t) + t * t * t / 8, 0, 1, 0x1p-10, 0x1p-16), 1e-6);
    }

    @Test
    void stepsOfAboutTheEstimatesOwnSayNothingOfIt() {
        assertEquals(1e-3, bar(t -> t + 0.5 * Math.max(-0.25, Math.min(t, 0.25)), 0, 1, 0x1p-3), 0);
    }

    @Test
    void quotientsOnOneSideAloneAreLeftOut() {
        DoubleUnaryOperator edge = t -> t < -0.5 ? Double.NaN : steeperHere(t);
        assertEquals(0.5, bar(edge, 0, 1, 0x1p-10, 0x1p-16), 1e-12);
        DoubleUnaryOperator right = t -> t < 0 ? Double.NaN : steeperHere(t);
        assertEquals(1e-3, bar(right, 0, 1, 0x1p-10), 0);
    }
}
