package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What a wrong matrix looks like beside the right one, from both sides of every border. */
class HypothesesTest {
    private static final String UNKNOWN = "UNKNOWN: No usual mistake explains the figures.";
    private static final double[][] SQUARE = {{1, -2, 5}, {0.25, 3, 7}, {-4, 0.5, 11}};

    private static DMatrixRMaj row(double... elements) {
        return new DMatrixRMaj(1, elements.length, true, elements);
    }

    private static String say(DMatrixRMaj claimed, DMatrixRMaj numeric) {
        DMatrixRMaj zeros = new DMatrixRMaj(numeric.numRows, numeric.numCols);
        Comparison comparison = new Comparison("w", claimed, numeric, zeros, zeros);
        return new MistakeSearch(List.of(comparison))
                .fromFigures()
                .map(diagnosis ->
                        diagnosis.mistake() == Mistake.UNKNOWN ? UNKNOWN : diagnosis.mistake() + ": " + diagnosis)
                .orElse("nothing");
    }

    /** What is said of a square matrix whose elements are given in place of the right ones. */
    private static String square(IntToDoubleFunction claimed) {
        DMatrixRMaj wrong = new DMatrixRMaj(3, 3);
        Arrays.setAll(wrong.data, claimed);
        return say(wrong, new DMatrixRMaj(SQUARE));
    }

    private static double at(int i) {
        return SQUARE[i / 3][i % 3];
    }

    private static double turned(int i) {
        return SQUARE[i % 3][i / 3];
    }

    @Test
    void wholeFactorsFromThreeOnMeanADivision() {
        String gradient = "The gradient of w is ";
        assertEquals(
                "MISSING_DIVISION: " + gradient + "3 times too large: a division by 3 is missing, its number of"
                        + " elements.",
                say(row(3, -6, 15), row(1, -2, 5)));
        assertEquals(
                "EXTRA_DIVISION: " + gradient + "3 times too small: it is divided by 3 once too often, its number of"
                        + " elements.",
                say(row(1, -2, 5), row(3, -6, 15)));
        DMatrixRMaj wide = new DMatrixRMaj(new double[][] {{1, 2, 3, 5}, {-3, 1, 0.5, 7}, {8, -1, 2, 4}});
        DMatrixRMaj threefold = comparison(wide).predict(i -> 3 * wide.data[i]);
        DMatrixRMaj fourfold = comparison(wide).predict(i -> 4 * wide.data[i]);
        assertTrue(say(threefold, wide).endsWith("by 3 is missing, its number of rows."));
        assertTrue(say(fourfold, wide).endsWith("by 4 is missing, its number of columns."));
        assertEquals(
                "CONSTANT_FACTOR: " + gradient + "3.00000100 times what it should be, in every element.",
                say(row(3.000001, -6.000002, 15.000005), row(1, -2, 5)));
        assertEquals(UNKNOWN, say(row(1, -2), row(0, 0)));
    }

    private static Comparison comparison(DMatrixRMaj matrix) {
        return new Comparison("w", matrix, matrix, matrix, matrix);
    }

    @Test
    void aFactorNeedsTwoElements() {
        assertEquals(
                "CONSTANT_FACTOR: The gradient of w is 0.730000000 times what it should be, in every element.",
                say(row(0.73, 1.46), row(1, 2)));
        assertEquals(UNKNOWN, say(row(0.73), row(1)));
        assertEquals(UNKNOWN, say(row(1), row(0.73)));
    }

    @Test
    void aRoundNormIsAMultipleOfATwentieth() {
        String rescaled = "RESCALED: The gradient of w points the right way, but is rescaled to the norm ";
        assertEquals(rescaled + "0.0500000, as by clipping.", say(row(0.05, 0), row(0.32, 0)));
        assertEquals(rescaled + "1.00000, as by clipping.", say(row(1 + 0x1p-31, 0), row(0.32, 0)));
        assertTrue(say(row(1 + 0x1p-30, 0), row(0.32, 0)).startsWith("CONSTANT_FACTOR"));
        assertTrue(say(row(0x1p-32, 0), row(0.32 * 0x1p-32, 0)).startsWith("CONSTANT_FACTOR"));
    }

    @Test
    void anOffsetNeedsThreeElements() {
        assertEquals(
                "OFFSET: The gradient of w is off by the same 0.500000 everywhere.",
                say(row(1.5, -1.5, 5.5), row(1, -2, 5)));
        assertEquals(UNKNOWN, say(row(1.5, -1.5), row(1, -2)));
    }

    @Test
    void singlePrecisionIsOffByNoMoreThanSumsOfFloats() {
        String single = "SINGLE_PRECISION: The gradient of w has single precision only: it is off by up to ";
        assertEquals(single + "4.8e-07 of its elements.", say(row(1 + 0x1p-21, 2, 4 + 0x1p-21), row(1, 2, 4)));
        assertEquals(UNKNOWN, say(row(1 + 0x1p-18, 2, 4 + 0x1p-21), row(1, 2, 4)));
        assertEquals(UNKNOWN, say(row(1 + 0x1p-21 + 0x1p-40, 2, 4 + 0x1p-21), row(1, 2, 4)));
        assertEquals(UNKNOWN, say(row(1 + 0x1p-11, 2, 4 + 0x1p-11), row(1, 2, 4)));
    }

    @Test
    void whatIsAddedShowsInThreeElements() {
        assertEquals(
                "OFFSET: The gradient of w is off by the same 0.500000 everywhere.",
                say(row(1.5, -1.5, 3.5), row(1, -2, 3)));
        double tiny = 1.8e-13;
        DMatrixRMaj right = row(0, 0.25, 0.125, 0);
        Comparison two = new Comparison(
                "w", row(tiny, 0.25, 0.125, -tiny), right, new DMatrixRMaj(1, 4), row(800, 0.5, 1, -800));
        assertEquals(
                Mistake.UNKNOWN,
                new MistakeSearch(List.of(two)).fromFigures().orElseThrow().mistake());
    }

    @Test
    void clippingNeedsThreeElements() {
        assertEquals("CLIPPED: The gradient of w is cut off at ±2.00000.", say(row(1, -2, 2), row(1, -2, 5)));
        assertEquals(UNKNOWN, say(row(1, -2), row(1, -3)));
        assertTrue(
                say(row(1, -2, 4), row(1, -2, 5)).startsWith("ONE_ENTRY"), "one entry at the limit may be wrong alone");
    }

    @Test
    void oneElementIsNamedAmongThree() {
        assertEquals(
                "ONE_ENTRY: The gradient of w is wrong in one element only, [0,2]: 6.50000000 instead of 5.00000000.",
                say(row(1, -2, 6.5), row(1, -2, 5)));
        assertEquals(UNKNOWN, say(row(1, 6.5), row(1, 5)));
    }

    @Test
    void trianglesAndSymmetricPartsAreRecognised() {
        assertEquals(
                "TRIANGLE_ONLY: The gradient of w is zero above the diagonal.", square(i -> i % 3 > i / 3 ? 0 : at(i)));
        assertEquals(
                "TRIANGLE_ONLY: The gradient of w is zero below the diagonal.", square(i -> i % 3 < i / 3 ? 0 : at(i)));
        assertEquals(
                "SYMMETRISED: The gradient of w is averaged with its own transpose.",
                square(i -> (at(i) + turned(i)) / 2));
        assertEquals("SYMMETRISED: The gradient of w is added to its own transpose.", square(i -> at(i) + turned(i)));
    }

    @Test
    void zerosAreCountedByRowsColumnsOrElements() {
        String right = "PARTLY_ZERO: The gradient of w is right except for ";
        assertEquals(right + "whole rows that are zero, first [1,0].", square(i -> i / 3 == 1 ? 0 : at(i)));
        assertEquals(right + "whole columns that are zero, first [0,1].", square(i -> i % 3 == 1 ? 0 : at(i)));
        assertEquals(right + "whole columns that are zero, first [0,1].", square(i -> i % 3 > 0 ? 0 : at(i)));
        assertEquals(right + "2 of 9 elements that are zero, first [0,1].", square(i -> i == 1 || i == 5 ? 0 : at(i)));
        assertEquals(right + "3 of 9 elements that are zero, first [0,0].", square(i -> i % 3 == i / 3 ? 0 : at(i)));
        assertEquals(
                right + "2 of 5 elements that are zero, first [0,1].", say(row(1, 0, 3, 0, 7), row(1, 2, 3, 5, 7)));
        DMatrixRMaj wide = new DMatrixRMaj(2, 3, true, 1, 2, 3, 5, 7, 11);
        assertEquals(
                right + "whole rows that are zero, first [1,0].",
                say(new DMatrixRMaj(2, 3, true, 1, 2, 3, 0, 0, 0), wide));
        assertEquals(
                right + "whole columns that are zero, first [0,1].",
                say(new DMatrixRMaj(2, 3, true, 1, 0, 3, 5, 0, 11), wide));
        DMatrixRMaj column = new DMatrixRMaj(5, 1, true, 1, 2, 3, 5, 7);
        assertEquals(
                right + "2 of 5 elements that are zero, first [1,0].",
                say(new DMatrixRMaj(5, 1, true, 1, 0, 3, 0, 7), column));
    }

    @Test
    void shiftsOfUpTo64PlacesAreFound() {
        String shifted = "SHIFTED: The gradient of w is shifted by ";
        assertEquals(shifted + "1 element towards the start.", say(row(-2, 5, 1), row(1, -2, 5)));
        assertEquals(shifted + "1 element towards the end.", say(row(0, 1, -2, 5), row(1, -2, 5, 3)));
        assertEquals(shifted + "2 elements towards the start.", say(row(5, 3, 0, 0), row(1, -2, 5, 3)));
        assertEquals(shifted + "64 elements towards the end.", shiftedBy(64));
        assertEquals(UNKNOWN, shiftedBy(65));
        assertEquals(
                "REORDERED: The gradient of w has its columns in another order: 1 0.", say(row(-2, 1), row(1, -2)));
    }

    private static String shiftedBy(int places) {
        double[] right = new double[150];
        double[] wrong = new double[150];
        Arrays.setAll(right, i -> i * i + 1);
        System.arraycopy(right, 0, wrong, places, 150 - places);
        return say(row(wrong), row(right));
    }

    @Test
    void reorderedLinesMayBeOffByOneInAMillion() {
        String rows = "REORDERED: The gradient of w has its rows in another order: 2 1 0.";
        double[] order = {-4, 0.5, 11, 0.25, 3, 7, 1, -2, 5};
        assertEquals(rows, square(i -> order[i]));
        double[][] right = {{1, 0.375}, {0, -0.75}};
        DMatrixRMaj numeric = new DMatrixRMaj(right);
        String swapped = "REORDERED: The gradient of w has its rows in another order: 1 0.";
        assertEquals(swapped, say(new DMatrixRMaj(2, 2, true, 0, -0.75, 1 - 0x1p-20, 0.375), numeric));
        assertEquals(UNKNOWN, say(new DMatrixRMaj(2, 2, true, 0, -0.75, 1 - 0x1p-19, 0.375), numeric));
        assertEquals(swapped, say(new DMatrixRMaj(2, 2, true, 0x1p-30, -0.75, 1, 0.375), numeric));
        assertEquals(UNKNOWN, say(new DMatrixRMaj(2, 2, true, 0x1p-29, -0.75, 1, 0.375), numeric));
        assertEquals(
                UNKNOWN, say(new DMatrixRMaj(2, 2, true, 1 - 0x1p-21 - 0x1p-45, 0.375, 0, -0.75 - 0x1p-22), numeric));
        assertEquals(UNKNOWN, say(row(1 - 0x1p-21 - 0x1p-45, 0.375 + 0x1p-23), row(1, 0.375)));
        DMatrixRMaj large = new DMatrixRMaj(2, 2, true, 1024, 3, 0, -5);
        assertEquals(swapped, say(new DMatrixRMaj(2, 2, true, 0x1p-20, -5, 1024, 3), large));
        assertEquals(UNKNOWN, say(new DMatrixRMaj(2, 2, true, 0x1p-19, -5, 1024, 3), large));
        double close = -0.75 * (1 - 0x1p-20);
        assertEquals(swapped, say(new DMatrixRMaj(2, 2, true, 0, close, 1, 0.375), numeric));
        assertEquals(
                swapped,
                say(new DMatrixRMaj(2, 2, true, 0, -0.75, 1, 0.375), new DMatrixRMaj(2, 2, true, 1, 0.375, 0, close)));
    }

    @Test
    void sumsInsteadOfElementsAreRecognised() {
        String holds = "SUMMED_TOO_MUCH: The gradient of w holds the ";
        double[] rowSums = {4, 10.25, 7.5};
        double[] columnSums = {-2.75, 1.5, 23};
        assertEquals(holds + "sum of its row everywhere.", square(i -> rowSums[i / 3]));
        assertEquals(holds + "sum of its column everywhere.", square(i -> columnSums[i % 3]));
        assertEquals(holds + "sum of all its elements everywhere.", square(i -> 21.75));
        assertEquals(holds + "mean of all its elements everywhere.", square(i -> 21.75 / 9));
    }
}
