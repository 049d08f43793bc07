package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** When two matrices count as equal. */
class MatricesTest {
    private static DMatrixRMaj row(double... elements) {
        return new DMatrixRMaj(1, elements.length, true, elements);
    }

    private static DMatrixRMaj column(double... elements) {
        return new DMatrixRMaj(elements.length, 1, true, elements);
    }

    @Test
    void sameBitsTellZerosApartButNoNaNs() {
        assertTrue(Matrices.sameBits(row(1, Double.NaN), row(1, Double.longBitsToDouble(0x7ff8000000000001L))));
        assertFalse(Matrices.sameBits(row(0.0), row(-0.0)));
        assertFalse(Matrices.sameBits(row(1, 2), row(1, 3)));
    }

    @Test
    void matricesOfOtherShapesAreNeitherTheSameNorClose() {
        assertFalse(Matrices.sameBits(row(1, 2), column(1, 2)));
        assertFalse(Matrices.sameBits(row(1, 2), row(1, 2, 3)));
        assertFalse(Matrices.close(row(1, 2), column(1, 2)));
        assertFalse(Matrices.close(row(1, 2), row(1, 2, 3)));
    }

    @Test
    void closeMeansEightUnitsInTheLastPlaceOfTheLargestElement() {
        double unit = Math.ulp(1.5);
        assertTrue(Matrices.close(row(0.25, -1.5), row(0.25 + 8 * unit, -1.5)));
        assertFalse(Matrices.close(row(0.25, -1.5), row(0.25 + 9 * unit, -1.5)));
        assertFalse(Matrices.close(row(1), row(-1)));
    }

    @Test
    void elementsThatAreNotFiniteMustBeEqualAndSetNoScale() {
        double infinity = Double.POSITIVE_INFINITY;
        assertTrue(Matrices.close(row(infinity, Double.NaN, 1), row(infinity, Double.NaN, 1)));
        assertFalse(Matrices.close(row(infinity, 1), row(infinity, 1.5)));
        assertFalse(Matrices.close(row(infinity), row(-infinity)));
        assertFalse(Matrices.close(row(Double.NaN), row(1)));
    }

    @Test
    void randomNumbersHaveEitherSignAndMagnitudesAroundOne() {
        double[] numbers = Matrices.random(1000, 5, 3);
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(0.5 + Randomness.uniform(5, 3, i), Math.abs(numbers[i]));
            assertEquals(Randomness.bit(5, 4, i), numbers[i] > 0);
        }
        double mean = Arrays.stream(numbers).map(Math::abs).average().orElseThrow();
        assertEquals(1, mean, 0.05);
        long positive = Arrays.stream(numbers).filter(v -> v > 0).count();
        assertEquals(500, positive, 80);
    }

    @Test
    void elementsAreACopyRowByRow() {
        Value value = Value.constant(new double[][] {{1, 2}, {3, 4}});
        double[] elements = Matrices.elements(value);
        assertArrayEquals(new double[] {1, 2, 3, 4}, elements);
        elements[0] = 9;
        assertEquals(1, value.get(0, 0));
    }
}
