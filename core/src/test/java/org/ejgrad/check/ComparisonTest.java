package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** When a prediction is the claim, and when it says more than that the claim is right. */
class ComparisonTest {
    private static final double BAR = 0x1p-20;

    private static DMatrixRMaj row(double... elements) {
        return new DMatrixRMaj(1, elements.length, true, elements);
    }

    /** One claimed and one measured figure. */
    private static Comparison of(double claimed, double numeric, double bar) {
        return new Comparison("w", row(claimed), row(numeric), row(bar), row(0));
    }

    private static Comparison numeric(double... numeric) {
        return new Comparison(
                "w", row(numeric), row(numeric), row(new double[numeric.length]), row(new double[numeric.length]));
    }

    @Test
    void aPredictionMayMissTheClaimByFourBarsAndATenMillionth() {
        double allowed = 4 * BAR + 1e-7 + 1e-12 * (1 + 4 * BAR);
        assertTrue(of(1 + 4 * BAR + 1e-7, 2, BAR).isMetBy(row(1)));
        assertTrue(of(1 - 4 * BAR - 1e-7, 2, BAR).isMetBy(row(1)));
        assertFalse(of(1 + allowed + 1e-9, 2, BAR).isMetBy(row(1)));
        assertFalse(of(1 - allowed - 1e-9, 2, BAR).isMetBy(row(1)));
        assertTrue(of(0, 0, 0).isMetBy(row(0)));
    }

    @Test
    void barsAreStretchedAsTheClaimExceedsTheTruth() {
        double apart = 2000 * 4 * BAR;
        assertTrue(of(1000 + apart, 0.5, BAR).isMetBy(row(1000)));
        assertFalse(of(1000 + 1.02 * apart, 0.5, BAR).isMetBy(row(1000)));
        assertFalse(of(0.5 + 8 * BAR, 1000, BAR).isMetBy(row(0.5)));
    }

    @Test
    void unknownElementsAndUnknownPredictionsRefuteNothing() {
        assertTrue(of(7, Double.NaN, 0).isMetBy(row(3)));
        assertTrue(of(7, 1, 0).isMetBy(row(Double.NaN)));
        assertFalse(of(7, 1, 0).isMetBy(row(3)));
        assertFalse(of(Double.NaN, 1, 0).isMetBy(row(3)));
        assertTrue(of(7, Double.NaN, 0).agrees());
    }

    @Test
    void anInfiniteBarAllowsNothing() {
        assertFalse(of(7, 3, Double.POSITIVE_INFINITY).agrees());
        assertFalse(of(7, 3, Double.POSITIVE_INFINITY).isMetBy(row(3)));
    }

    @Test
    void aPredictionOfAnotherShapeIsNotTheClaim() {
        Comparison comparison = numeric(1, 1);
        assertFalse(comparison.isMetBy(new DMatrixRMaj(new double[][] {{1}, {1}})));
        assertFalse(comparison.isMetBy(row(1, 1, 1)));
        assertTrue(comparison.isMetBy(row(1, 1)));
    }

    @Test
    void onlyAPredictionThatDiffersFromTheTruthExplains() {
        assertFalse(of(1, 1, 0).isExplainedBy(row(1)));
        assertFalse(of(2, 1, 0).isExplainedBy(row(1)));
        assertTrue(of(2, 1, 0).isExplainedBy(row(2)));
        assertFalse(of(0, 4 * BAR, BAR).isExplainedBy(row(0)));
        assertTrue(of(0, 4 * BAR * (1 + 1e-11), BAR).isExplainedBy(row(0)));
        assertFalse(of(1, 1 + 4 * BAR, BAR).isExplainedBy(row(1)));
        assertFalse(of(1, 1 + 4 * BAR + 0.99e-12, BAR).isExplainedBy(row(1)));
        assertTrue(of(1, 1 + 4 * BAR + 1.01e-12, BAR).isExplainedBy(row(1)));
    }

    @Test
    void aClaimAgreesWithinFourBars() {
        assertTrue(of(0, 4 * BAR, BAR).agrees());
        assertFalse(of(0, Math.nextUp(4 * BAR), BAR).agrees());
        assertTrue(of(1, 1 - 4 * BAR - 0.9e-12, BAR).agrees());
        assertFalse(of(1, 1 - 4 * BAR - 1.1e-12, BAR).agrees());
        assertTrue(numeric(1, 2).agrees());
        Comparison second = new Comparison("w", row(1, 2), row(1, 3), row(0, 0), row(0, 0));
        assertTrue(second.agrees(0));
        assertFalse(second.agrees(1));
        assertFalse(second.agrees());
    }

    @Test
    void theStrongestElementIsTheFirstOfLargestKnownMagnitude() {
        assertEquals(1, numeric(1, -3, 3, 2).strongest());
        assertEquals(0, numeric(2, -2).strongest());
        assertEquals(2, numeric(Double.NaN, -1, 4).strongest());
        assertEquals(0, numeric(3, Double.NaN, 1).strongest());
    }

    @Test
    void theLargestMagnitudeLeavesOutNaN() {
        assertEquals(3, Comparison.largest(row(1, -3, Double.NaN, 2)));
        assertEquals(0, Comparison.largest(row(Double.NaN)));
        assertEquals(0, Comparison.largest(new DMatrixRMaj(0, 2)));
    }

    @Test
    void aPredictionIsMadeElementByElement() {
        DMatrixRMaj predicted = numeric(1, 2, 3).predict(i -> 10.0 * i);
        assertEquals(1, predicted.numRows);
        assertArrayEquals(new double[] {0, 10, 20}, predicted.data);
    }
}
