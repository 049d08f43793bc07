package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.GradientCheck.Settings;
import org.junit.jupiter.api.Test;

/** Where one verdict ends and the next begins, to the last bit. */
class SlopeCheckTest {
    /** What a claim's own rounding is allowed, relative to the larger figure. */
    private static final double ROUNDING = 0x1p-50;

    /** With these bars, what is allowed around a value for a claim is 1 in all. */
    private static final double ONE_FOR_A_CLAIM_OF_1 = 1 - ROUNDING;

    private static final double ONE_FOR_A_CLAIM_OF_2 = 1 - 2 * ROUNDING;
    private static final double ONE_FOR_A_CLAIM_OF_10 = 1 - 10 * ROUNDING;

    private static SlopeCheck check(double center, double tolerance) {
        return new SlopeCheck(center, Noise.least(center), Settings.STANDARD.withTolerance(tolerance));
    }

    private static MeasuredSlope measured(Estimate estimate, double steepest, double noise, Estimate... elsewhere) {
        return new MeasuredSlope(
                estimate, steepest, noise, 0, List.of(elsewhere), Double.POSITIVE_INFINITY, Optional.empty());
    }

    private static Verdict verdict(double tolerance, double value, double bar, double claimed, double scale) {
        return verdict(0, 0, tolerance, value, bar, claimed, scale);
    }

    private static Verdict verdict(
            double center, double noise, double tolerance, double value, double bar, double claimed, double scale) {
        MeasuredSlope measured = measured(new Estimate(value, bar, 1), 0, noise);
        return check(center, tolerance).verdict(measured, claimed, scale, 0);
    }

    @Test
    void figuresThatDifferByTheBarAgree() {
        assertEquals(new Verdict.Agree(0.5), verdict(0.5, 1, ONE_FOR_A_CLAIM_OF_2, 2, 0));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 1, ONE_FOR_A_CLAIM_OF_2, Math.nextUp(2), 0));
    }

    @Test
    void aBarMayBeTheToleranceTimesTheLargerFigure() {
        assertEquals(new Verdict.Agree(0.5), verdict(0.5, 2, ONE_FOR_A_CLAIM_OF_2, 1, 0));
        assertInstanceOf(Verdict.CannotTell.class, verdict(Math.nextDown(0.5), 2, ONE_FOR_A_CLAIM_OF_2, 1, 1));
    }

    @Test
    void exactZerosAgreeExactly() {
        assertEquals(new Verdict.Agree(0), verdict(0.5, 0, 0, 0, 1));
    }

    @Test
    void aBarUpToATenthOfTheFiguresRefutes() {
        assertEquals(new Verdict.Disagree(10), verdict(0.5, 1, ONE_FOR_A_CLAIM_OF_10, 10, 0));
        assertEquals(new Verdict.Disagree(0.1), verdict(0.5, 10, ONE_FOR_A_CLAIM_OF_10, 1, 0));
        assertEquals(new Verdict.Disagree(8), verdict(0.5, 0.5, 0, 4, 0));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 1, ONE_FOR_A_CLAIM_OF_10 + 0x1p-51, 10, 0));
    }

    @Test
    void onlyADifferenceOfMoreThanFourBarsRefutes() {
        // What is allowed around 64 for a claim of 64 + 4·1 is 1.
        double bar = 1 - 68 * ROUNDING;
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 64, bar, 68, 0));
        assertInstanceOf(Verdict.Disagree.class, verdict(0.5, 64, bar, 68 + 0x1p-40, 0));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 68, bar, 64, 0));
        assertInstanceOf(Verdict.Disagree.class, verdict(0.5, 68 + 0x1p-40, bar, 64, 0));
    }

    @Test
    void aTenthOfABillionthOfTheFiguresDoesNotRefute() {
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 1, 0, 1 + 0.99e-10, 0));
        assertInstanceOf(Verdict.Disagree.class, verdict(0.5, 1, 0, 1 + 1.01e-10, 0));
    }

    @Test
    void aClaimThatIsTheSlopeOfLargerStepsIsNotRefuted() {
        assertInstanceOf(Verdict.Disagree.class, elsewhere(3, new Estimate(2, 0.1, 8)));
        assertEquals(
                "the claim is the slope at larger steps, but the function has finer features; smooth or scale the"
                        + " function, or check at a point where it is calmer",
                elsewhere(3, new Estimate(9, 0.1, 8), new Estimate(2.75, 0.25, 4))
                        .detail());
        assertInstanceOf(Verdict.Disagree.class, elsewhere(3, new Estimate(2.5, 0.25, 4)));
        // A wide one says nothing: up to a tenth of the larger figure, which is 10.
        assertInstanceOf(Verdict.CannotTell.class, elsewhere(3, new Estimate(2.5, 1, 4)));
        assertInstanceOf(Verdict.Disagree.class, elsewhere(3, new Estimate(2.5, Math.nextUp(1), 4)));
    }

    /** The verdict on a claim where the slope is 10, and others had settled before. */
    private static Verdict elsewhere(double claimed, Estimate... others) {
        return check(0, 0.5).verdict(measured(new Estimate(10, 0, 1), 0, 0, others), claimed, 0, 0);
    }

    @Test
    void inDoubtTheBarReachesToAllThatTheSlopeWasTakenFor() {
        Estimate slope = new Estimate(10, 0.5, 1);
        assertEquals(slope, measured(slope, 0, 0).inDoubt());
        assertEquals(
                new Estimate(10, 8.25, 1),
                measured(slope, 0, 0, new Estimate(12, 0.25, 1), new Estimate(2, 0.25, 1), new Estimate(11, 0, 1))
                        .inDoubt());
        assertEquals(slope, measured(slope, 0, 0, new Estimate(10.25, 0.125, 1)).inDoubt());
    }

    @Test
    void theTermsOfTheClaimMayRound() {
        MeasuredSlope measured = measured(new Estimate(1, 0, 1), 0, 0);
        assertEquals(new Verdict.Agree((1 + 64) * ROUNDING), check(0, 0.5).verdict(measured, 1, 0, 64));
        assertInstanceOf(Verdict.Agree.class, check(0, 0.5).verdict(measured, 1 + 64 * ROUNDING, 0, 64));
        assertInstanceOf(Verdict.CannotTell.class, check(0, 0.5).verdict(measured, 1 + 66 * ROUNDING, 0, 64));
    }

    @Test
    void aBarUpToTheToleranceTimesTheLargestSlopeIsNegligible() {
        assertEquals(new Verdict.Negligible(1, 4), verdict(0.25, 1, ONE_FOR_A_CLAIM_OF_1, 1, 4));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.25, 1, ONE_FOR_A_CLAIM_OF_1, 1, Math.nextDown(4)));
        MeasuredSlope lively = measured(new Estimate(1, ONE_FOR_A_CLAIM_OF_1, 1), 4, 0);
        assertEquals(new Verdict.Negligible(1, 4), check(0, 0.25).verdict(lively, 1, 3, 0));
        assertEquals(new Verdict.Negligible(1, 5), check(0, 0.25).verdict(lively, 1, 5, 0));
    }

    @Test
    void zeroIsZeroWhereNothingMoves() {
        assertEquals(new Verdict.Negligible(0.5, 0), verdict(0.5, 0, 0.5, 0, 0));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.25, 0, 0.5, 0, 1));
    }

    @Test
    void aBarIsNarrowUpToTheToleranceTimesTheSlopes() {
        assertTrue(check(0, 0.25).isNarrow(new Estimate(1, 1, 1), 4));
        assertFalse(check(0, 0.25).isNarrow(new Estimate(1, Math.nextUp(1), 1), 4));
        assertFalse(check(0, 0.25).acceptsAnySubgradient());
        assertTrue(new SlopeCheck(0, Noise.least(0), Settings.STANDARD.withAnySubgradient()).acceptsAnySubgradient());
    }

    @Test
    void aVerdictThatIsThereAlreadyStands() {
        Verdict singular = new Verdict.Singular(-1);
        MeasuredSlope finding = measured(new Estimate(1, 0, 1), 1, 0).with(singular);
        assertSame(singular, check(0, 0.5).verdict(finding, 1, 1, 0));
    }

    @Test
    void withoutAnEstimateNothingIsSaid() {
        MeasuredSlope none = measured(Estimate.NONE, 1, 0);
        assertEquals(
                "the difference quotients do not settle at any step; check at a point where the function is calmer",
                check(0, 0.5).verdict(none, 1, 1, 0).detail());
    }

    @Test
    void whoCannotTellSaysHowManyDigitsThereAre() {
        assertEquals(
                "the value 5.00 trembles by 2.0e-03, and the differences that were tried tell 2 digits of the slope; check"
                        + " at a point where the slope is larger, the function calmer or the sum has less cancellation",
                verdict(5, 0.002, 1e-9, 1, 0.002, 1, 1).detail());
        String none = verdict(5, 0.002, 1e-9, 0.5, 5, 1, 1).detail();
        assertTrue(none.contains("tell 0 digits"), none);
        String four = verdict(5, 0.002, 1e-9, 30, 0.002, 30, 1).detail();
        assertTrue(four.contains("tell 4 digits"), four);
    }

    @Test
    void aValueTenThousandTimesItsSlopeDwarfsIt() {
        assertFalse(dwarfs(20_000));
        assertTrue(dwarfs(Math.nextUp(20_000)));
        assertTrue(dwarfs(-30_000));
    }

    private static boolean dwarfs(double center) {
        return verdict(center, 1, 1e-9, 2, 0.5, 2, 2).detail().contains("leave out the large constant part");
    }

    @Test
    void aClaimAtAKinkMayLeaveBothSlopesByTheBar() {
        assertEquals(new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.FREE), between(-1, 1, 1.25, 0.25));
        assertEquals(new Verdict.KinkOut(-1, 1), between(-1, 1, Math.nextUp(1.25), 0.25));
        assertEquals(new Verdict.KinkIn(1, -1, Verdict.KinkIn.Choice.FREE), between(1, -1, -1.25, 0.25));
        assertEquals(new Verdict.KinkOut(1, -1), between(1, -1, Math.nextDown(-1.25), 0.25));
        assertEquals(new Verdict.KinkOut(1, -1), between(1, -1, Double.NaN, 0.25));
    }

    /** The bar is that of both sides together. */
    private static Verdict between(double left, double right, double claimed, double bar) {
        return SlopeCheck.between(new Estimate(left, bar * 0.25, 1), new Estimate(right, bar - bar * 0.25, 1), claimed);
    }

    @Test
    void atAnEdgeTheBarMayBeATenThousandthOfTheScale() {
        assertEquals(1, 1e-4 * 1e4);
        Estimate slope = new Estimate(1, ONE_FOR_A_CLAIM_OF_1, 1);
        assertEquals(
                new Verdict.Edge(Side.RIGHT, 1, ONE_FOR_A_CLAIM_OF_1, true),
                SlopeCheck.edge(Side.RIGHT, slope, 1, 1e4));
        assertEquals(
                "the function is defined to the left only, and its slope there does not settle;"
                        + " check at a point inside the domain",
                SlopeCheck.edge(Side.LEFT, slope, 1, 9999).detail());
        assertEquals(
                new Verdict.Edge(Side.LEFT, 1, 0.5, false),
                SlopeCheck.edge(Side.LEFT, new Estimate(1, 0.5, 1), -1e4, 0));
    }

    @Test
    void atAnEdgeTheClaimMayDifferByTheBar() {
        Estimate slope = new Estimate(1, ONE_FOR_A_CLAIM_OF_2, 1);
        assertEquals(
                new Verdict.Edge(Side.RIGHT, 1, ONE_FOR_A_CLAIM_OF_2, true),
                SlopeCheck.edge(Side.RIGHT, slope, 2, 1e5));
        assertEquals(
                new Verdict.Edge(Side.RIGHT, 1, ONE_FOR_A_CLAIM_OF_2, false),
                SlopeCheck.edge(Side.RIGHT, slope, Math.nextUp(2), 1e5));
    }

    @Test
    void aClaimBeyondTheBarIsMeasuredAgain() {
        assertFalse(SlopeCheck.isDoubtful(new Estimate(1, ONE_FOR_A_CLAIM_OF_2, 1), 2));
        assertTrue(SlopeCheck.isDoubtful(new Estimate(1, ONE_FOR_A_CLAIM_OF_2, 1), Math.nextUp(2)));
        assertTrue(SlopeCheck.isDoubtful(Estimate.NONE, 2));
    }

    @Test
    void exponentsAreSingularBelowMinusTwoTenths() {
        assertTrue(SlopeCheck.isSingular(Math.nextDown(-0.2)));
        assertFalse(SlopeCheck.isSingular(-0.2));
        assertFalse(SlopeCheck.isSingular(Double.NaN));
    }

    private static MeasuredSlope measured(DoubleUnaryOperator function, double x, double claimed) {
        ArrayFunction one = new ArrayFunction(v -> function.applyAsDouble(v[0]), x);
        LineFunction line = one.entry(one.blocks().get(0), 0);
        return check(function.applyAsDouble(x), 1e-6).measureAlone(line, claimed);
    }

    @Test
    void atAKinkTheFigureIsTheSlopeThatTheClaimIsNearerTo() {
        assertEquals(-1, measured(Math::abs, 0, -0.1).estimate().value(), 1e-9);
        assertEquals(1, measured(Math::abs, 0, 0.1).estimate().value(), 1e-9);
        assertEquals(1, measured(Math::abs, 0, 0).estimate().value(), 1e-9);
        assertEquals(
                Optional.of(new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.FREE)),
                measured(Math::abs, 0, 0.1).verdict());
    }

    @Test
    void theSideOfAKinkThatNoiseHidesIsNotTold() {
        MeasuredSlope hidden = measured(t -> Math.abs(t) + 1e6, 0, 0.5);
        String detail = hidden.verdict().orElseThrow().detail();
        assertTrue(detail.startsWith("there is a kink within "), detail);
        assertTrue(detail.contains("slopes -1.00000 | 1.00000, and the noise hides on which side"), detail);
    }

    @Test
    void slopesBesideAKinkMustBeKnownToWithinTheTolerance() {
        DoubleUnaryOperator crest = t -> Math.cos(30 * t) + 6e-4 * Math.abs(t);
        String detail = measured(crest, 0, 1e-4).verdict().orElseThrow().detail();
        assertTrue(detail.startsWith("the slopes beside the kink, -0.000600001 ± "), detail);
        assertEquals("kink-out", measured(crest, 0, 1).verdict().orElseThrow().name());
        DoubleUnaryOperator sharper = t -> Math.cos(t) + 1e-2 * Math.abs(t);
        assertEquals(
                "kink-in", measured(sharper, 0, 0.5e-2).verdict().orElseThrow().name());
    }

    @Test
    void stepsAreNotRefutedByTheSlopeBetweenThem() {
        assertEquals(
                "the values move in steps, and between two of them the slope is 0; check the function before it is"
                        + " rounded",
                measured(Math::floor, 5000.3, 1).verdict().orElseThrow().detail());
        MeasuredSlope zero = measured(Math::floor, 5000.3, 0);
        assertTrue(zero.verdict().isEmpty());
        assertEquals(0, zero.estimate().value());
        String single =
                measured(t -> (float) (t * t), 1.1, 2.2).verdict().orElseThrow().detail();
        assertTrue(single.startsWith("the values stand still for about "), single);
        assertFalse(measured(t -> (float) (t * t), 1.1, 2.2).estimate().exists());
    }

    @Test
    void whatIsNotANumberIsSaidFirst() {
        assertEquals(
                Optional.of(new Verdict.NonFinite("the claimed slope is NaN")),
                measured(t -> t < 0 ? Double.NaN : t, 0, Double.NaN).verdict());
        assertEquals(
                Optional.of(new Verdict.NonFinite("the claimed slope is infinite")),
                measured(Math::sin, 1, Double.POSITIVE_INFINITY).verdict());
        assertEquals(
                Optional.of(new Verdict.NonFinite("the function is not finite on either side of the point")),
                measured(t -> t == 1 ? 5 : Double.NaN, 1, 0).verdict());
    }

    @Test
    void theSideThatAnEdgeLeavesIsNamed() {
        DoubleUnaryOperator right = t -> t < 0 ? Double.NaN : Math.exp(t);
        Verdict.Edge edge = assertInstanceOf(
                Verdict.Edge.class, measured(right, 0, 1).verdict().orElseThrow());
        assertEquals(Side.RIGHT, edge.side());
        assertEquals(1, edge.slope(), edge.bar());
        assertTrue(edge.agrees());
        Verdict.Edge left = assertInstanceOf(
                Verdict.Edge.class,
                measured(t -> t > 0 ? Double.NaN : Math.exp(t), 0, 2).verdict().orElseThrow());
        assertEquals(Side.LEFT, left.side());
        assertFalse(left.agrees());
        assertEquals(
                Optional.of(new Verdict.NonFinite("the claimed slope is infinite")),
                measured(right, 0, Double.POSITIVE_INFINITY).verdict());
    }

    @Test
    void quotientsThatGrowWithoutLimitAreSingular() {
        for (double claimed : new double[] {0, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertEquals(-0.5, exponent(Math::sqrt, claimed), 1e-6);
            assertEquals(-0.5, exponent(t -> Math.sqrt(-t), claimed), 1e-6);
            assertEquals(-0.5, exponent(t -> Math.sqrt(Math.abs(t)), claimed), 1e-6);
            assertEquals(-0.75, exponent(t -> 3 - Math.pow(Math.abs(t), 0.25), claimed), 1e-3);
        }
        assertEquals(-0.5, exponent(t -> Math.signum(t) * Math.sqrt(Math.abs(t)), Double.POSITIVE_INFINITY), 1e-6);
    }

    private static double exponent(DoubleUnaryOperator function, double claimed) {
        MeasuredSlope found = measured(function, 0, claimed);
        assertFalse(found.estimate().exists(), "there is no slope");
        return assertInstanceOf(Verdict.Singular.class, found.verdict().orElseThrow())
                .exponent();
    }

    @Test
    void whatWasTakenForTheSlopeAtLargerStepsIsKept() {
        DoubleUnaryOperator wave = t -> t + Math.sin(8 * Math.PI * t);
        MeasuredSlope found = measured(wave, 2024.3, 1);
        assertTrue(found.elsewhere().stream().anyMatch(other -> !SlopeCheck.isDoubtful(other, 1)), found.toString());
        assertTrue(measured(Math::sin, 1, Math.cos(1)).elsewhere().isEmpty());
        assertTrue(found.steepest() > 8, found.toString());
    }

    @Test
    void aWideBarIsMadeNarrowerByLargerSteps() {
        // Of 1e8 + sin 1, differences at the step where the noise takes over give few digits, larger ones more.
        MeasuredSlope found = measured(t -> 1e8 + Math.sin(t), 1, Math.cos(1));
        assertEquals(Math.cos(1), found.estimate().value(), found.estimate().bar());
        ArrayFunction one = new ArrayFunction(v -> 1e8 + Math.sin(v[0]), 1);
        LineFunction line = one.entry(one.blocks().get(0), 0);
        double center = 1e8 + Math.sin(1);
        double first = LineSamples.along(line, center, Noise.along(line, center))
                .slope()
                .bar();
        assertTrue(found.estimate().bar() < first, found.estimate().bar() + " is not narrower than " + first);
    }
}
