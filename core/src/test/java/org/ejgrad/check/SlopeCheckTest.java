package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.SlopeCheck.MeasuredSlope;
import org.junit.jupiter.api.Test;

/** Where one verdict ends and the next begins, to the last bit. */
class SlopeCheckTest {
    /** What a claim's own rounding is allowed, relative to the larger figure. */
    private static final double ROUNDING = 0x1p-50;

    /** With these bars, what is allowed around a value for a claim is 1 in all. */
    private static final double ONE_FOR_A_CLAIM_OF_1 = 1 - ROUNDING;

    private static final double ONE_FOR_A_CLAIM_OF_2 = 1 - 2 * ROUNDING;
    private static final double ONE_FOR_A_CLAIM_OF_10 = 1 - 10 * ROUNDING;

    private static Verdict verdict(double tolerance, double value, double bar, double claimed, double scale) {
        return verdict(new SlopeCheck(0, 0, tolerance), value, bar, claimed, scale);
    }

    private static Verdict verdict(SlopeCheck check, double value, double bar, double claimed, double scale) {
        return check.verdict(new MeasuredSlope(new Estimate(value, bar, 1), 0, Optional.empty()), claimed, scale);
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
    void aBarUpToAThousandthOfTheToleranceTimesTheScaleIsNegligible() {
        assertEquals(1, 0.5 * 1e-3 * 2000);
        assertEquals(new Verdict.Negligible(1, 2000), verdict(0.5, 1, ONE_FOR_A_CLAIM_OF_1, 1, 2000));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 1, ONE_FOR_A_CLAIM_OF_1, 1, 1999.99));
        MeasuredSlope lively = new MeasuredSlope(new Estimate(1, ONE_FOR_A_CLAIM_OF_1, 1), 2000, Optional.empty());
        assertEquals(new Verdict.Negligible(1, 2000), new SlopeCheck(0, 0, 0.5).verdict(lively, 1, 5));
    }

    @Test
    void zeroIsZeroWhereNothingMoves() {
        assertEquals(new Verdict.Negligible(0.5, 0), verdict(0.5, 0, 0.5, 0, 0));
        assertInstanceOf(Verdict.CannotTell.class, verdict(0.5, 0, 0.5, 0, 1));
    }

    @Test
    void aVerdictThatIsThereAlreadyStands() {
        Verdict singular = new Verdict.Singular(-1);
        MeasuredSlope finding = new MeasuredSlope(new Estimate(1, 0, 1), 1, Optional.of(singular));
        assertSame(singular, new SlopeCheck(0, 0, 0.5).verdict(finding, 1, 1));
    }

    @Test
    void withoutAnEstimateNothingIsSaid() {
        MeasuredSlope none = new MeasuredSlope(Estimate.NONE, 1, Optional.empty());
        assertEquals(
                "the difference quotients do not settle at any step; check at a point where the function is calmer",
                new SlopeCheck(0, 0, 0.5).verdict(none, 1, 1).detail());
    }

    @Test
    void whoCannotTellSaysHowManyDigitsThereAre() {
        assertEquals(
                "the value 5.00 trembles by 2.0e-03, so no differences in double can give more than 2 digits here;"
                        + " check at a point where the slope is larger or the sum has less cancellation",
                verdict(new SlopeCheck(5, 0.002, 1e-9), 1, 0.002, 1, 1).detail());
        String none = verdict(new SlopeCheck(5, 0.002, 1e-9), 0.5, 5, 1, 1).detail();
        assertTrue(none.contains("more than 0 digits here"), none);
        String four = verdict(new SlopeCheck(5, 0.002, 1e-9), 30, 0.002, 30, 1).detail();
        assertTrue(four.contains("more than 4 digits here"), four);
    }

    @Test
    void aValueTenThousandTimesItsSlopeDwarfsIt() {
        assertFalse(dwarfs(20_000));
        assertTrue(dwarfs(Math.nextUp(20_000)));
        assertTrue(dwarfs(-30_000));
    }

    private static boolean dwarfs(double center) {
        return verdict(new SlopeCheck(center, 1, 1e-9), 2, 0.5, 2, 2)
                .detail()
                .contains("leave out the large constant part");
    }

    @Test
    void aClaimAtAKinkMayLeaveBothSlopesByTheBar() {
        assertEquals(new Verdict.KinkIn(-1, 1, false), between(-1, 1, 1.25, 0.25));
        assertEquals(new Verdict.KinkOut(-1, 1), between(-1, 1, Math.nextUp(1.25), 0.25));
        assertEquals(new Verdict.KinkIn(1, -1, false), between(1, -1, -1.25, 0.25));
        assertEquals(new Verdict.KinkOut(1, -1), between(1, -1, Math.nextDown(-1.25), 0.25));
        assertEquals(new Verdict.KinkOut(1, -1), between(1, -1, Double.NaN, 0.25));
    }

    /** The bar is that of both sides together. */
    private static Verdict between(double left, double right, double claimed, double bar) {
        return SlopeCheck.between(new Estimate(left, bar * 0.25, 1), new Estimate(right, bar - bar * 0.25, 1), claimed);
    }

    @Test
    void theConventionIsTheSlopeOfSmallestMagnitude() {
        assertTrue(follows(-1, 1, 0, 0));
        assertFalse(follows(-1, 1, 0.5, 0));
        assertTrue(follows(1, 2, 1, 0));
        assertFalse(follows(1, 2, 2, 0));
        assertTrue(follows(-2, -1, -1, 0));
        assertFalse(follows(-2, -1, -2, 0));
    }

    @Test
    void theConventionIsMetWithinTheBarAndTheClaimsRounding() {
        assertTrue(follows(1, 3, 0, 1), "one bar away");
        assertFalse(follows(1, 3, Math.nextUp(2), 1 - 0x1p-40));
        assertTrue(follows(1, 3, 2, 1));
        assertTrue(follows(4, 9, 4 + 4 * ROUNDING, 0));
        assertFalse(follows(4, 9, 4 + 8 * ROUNDING, 0));
    }

    private static boolean follows(double left, double right, double claimed, double bar) {
        return assertInstanceOf(Verdict.KinkIn.class, between(left, right, claimed, bar))
                .followsConvention();
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
    void ofTwoEstimatesThatAgreeTheFirstRefutesWhatIsFarOff() {
        Estimate first = new Estimate(1, 0.25, 4);
        Estimate second = new Estimate(2, 0.75, 3);
        assertSame(second, SlopeCheck.reconciled(first, second, 26));
        assertSame(first, SlopeCheck.reconciled(first, second, Math.nextUp(26)));
        assertSame(second, SlopeCheck.reconciled(first, second, -24));
        assertSame(first, SlopeCheck.reconciled(first, second, Math.nextDown(-24)));
    }

    @Test
    void ofTwoEstimatesThatDifferTheMuchFinerCountsIfItIsClear() {
        Estimate first = new Estimate(1, 0.25, 4);
        Estimate clear = new Estimate(2, 0.02, Math.nextDown(1));
        assertSame(clear, SlopeCheck.reconciled(first, clear, 0));
        assertSame(Estimate.NONE, SlopeCheck.reconciled(first, new Estimate(2, 0.02, 1), 0));
        assertSame(Estimate.NONE, SlopeCheck.reconciled(first, new Estimate(2, Math.nextUp(0.02), 0.5), 0));
        Estimate barely = new Estimate(-2, 0.02, 0.5);
        assertSame(barely, SlopeCheck.reconciled(first, barely, 0));
        assertSame(Estimate.NONE, SlopeCheck.reconciled(first, new Estimate(2, Math.nextDown(0.75), 0.5), 0));
    }

    @Test
    void withoutAFirstOrSecondEstimateTheSecondStands() {
        Estimate one = new Estimate(1, 0.25, 4);
        assertSame(one, SlopeCheck.reconciled(Estimate.NONE, one, 1));
        assertSame(Estimate.NONE, SlopeCheck.reconciled(one, Estimate.NONE, 1e9));
    }

    @Test
    void theSharperOfTwoEstimatesThatAgreeIsTaken() {
        Estimate first = new Estimate(1, 0.5, 1);
        Estimate sharper = new Estimate(1.75, 0.25, 2);
        assertSame(sharper, SlopeCheck.narrower(first, sharper));
        assertSame(first, SlopeCheck.narrower(first, new Estimate(Math.nextUp(1.75), 0.25, 2)));
        assertSame(first, SlopeCheck.narrower(first, new Estimate(1, 0.5, 2)));
        assertSame(first, SlopeCheck.narrower(first, Estimate.NONE));
        assertSame(first, SlopeCheck.narrower(first, new Estimate(-5, 0.25, 2)));
    }

    @Test
    void exponentsAreSharpBelowThreeTenthsAndSingularBelowMinusTwo() {
        assertTrue(SlopeCheck.isSharp(Math.nextDown(0.3)));
        assertFalse(SlopeCheck.isSharp(0.3));
        assertFalse(SlopeCheck.isSharp(Double.NaN));
        assertTrue(SlopeCheck.isSingular(Math.nextDown(-0.2)));
        assertFalse(SlopeCheck.isSingular(-0.2));
        assertFalse(SlopeCheck.isSingular(Double.NaN));
    }

    /** A function with the given figures at ±2⁻¹² and ±2⁻²⁴ of a reach of 4. */
    private static LineFunction figures(double far, double near) {
        return new LineFunction() {
            @Override
            public double at(double t) {
                return Math.abs(t) == 0x1p-10 ? far : Math.abs(t) == 0x1p-22 && t > 0 ? near : Double.NaN;
            }

            @Override
            public double reach() {
                return 4;
            }
        };
    }

    @Test
    void growthIsTheExponentOfTheQuotients() {
        SlopeCheck check = new SlopeCheck(1, 0x1p-20, 1e-9);
        assertEquals(-0.5, check.growth(figures(1 + 0x1p-9, 1 + 0x1p-15), 1), 1e-12);
        assertEquals(-0.5, check.growth(figures(1 + 0x1p-9, 1 - 0x1p-15), 1), 1e-12);
        assertEquals(-1, check.growth(figures(1 - 0x1p-9, 1 + 0x1p-9), 1), 1e-12);
        assertEquals(0, check.growth(figures(2, 1 + 0x1p-12), 1), 1e-12);
        assertTrue(Double.isNaN(check.growth(figures(2, 1 + 0x1p-12), -1)));
    }

    @Test
    void growthNeedsAFigureAboveTheNoise() {
        SlopeCheck check = new SlopeCheck(1, 0x1p-20, 1e-9);
        assertTrue(Double.isNaN(check.growth(figures(2, 1 + 0x1p-16), 1)));
        assertEquals(1 / 3.0, check.growth(figures(2, 1 + 0x1p-16 + 0x1p-52), 1), 1e-9);
        assertTrue(Double.isNaN(check.growth(figures(1, 1 + 0x1p-9), 1)), "back at the value: a wave");
    }
}
