package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;

/** The matrix products against those of EJML, and the same bits whatever stands beside a row. */
class MatrixProductsTest {
    @Property
    void productsEqualThoseOfEjml(
            @ForAll @IntRange(min = 0, max = 40) int m,
            @ForAll @IntRange(min = 0, max = 40) int k,
            @ForAll @IntRange(min = 0, max = 40) int n,
            @ForAll long seed) {
        compare(m, k, n, seed);
    }

    @Property(tries = 100)
    void soDoLongOnes(
            @ForAll @IntRange(min = 1, max = 40) int m,
            @ForAll @IntRange(min = 200, max = 600) int k,
            @ForAll @IntRange(min = 1, max = 90) int n,
            @ForAll long seed) {
        compare(m, k, n, seed);
    }

    private static void compare(int m, int k, int n, long seed) {
        Random random = new Random(seed);
        DMatrixRMaj a = RandomMatrices_DDRM.rectangle(m, k, -1, 1, random);
        DMatrixRMaj b = RandomMatrices_DDRM.rectangle(k, n, -1, 1, random);
        DMatrixRMaj c = new DMatrixRMaj(m, n);
        CommonOps_DDRM.mult(a, b, c);
        assertClose(c, MatrixProducts.mult(a, b));
        assertClose(c, MatrixProducts.multTransA(CommonOps_DDRM.transpose(a, null), b));
        assertClose(c, MatrixProducts.multTransB(a, CommonOps_DDRM.transpose(b, null)));
    }

    @Property(tries = 50)
    void aRowOfAProductHasTheSameBitsWhereverItStands(
            @ForAll @IntRange(min = 4, max = 9) int m, @ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
        Random random = new Random(seed);
        DMatrixRMaj a = RandomMatrices_DDRM.rectangle(m, 13, -1, 1, random);
        DMatrixRMaj b = RandomMatrices_DDRM.rectangle(13, n, -1, 1, random);
        DMatrixRMaj c = MatrixProducts.mult(a, b);
        swapRows(a, 0, m - 1);
        DMatrixRMaj swapped = MatrixProducts.mult(a, b);
        swapRows(c, 0, m - 1);
        assertTrue(MatrixFeatures_DDRM.isIdentical(c, swapped, 0));
    }

    private static void swapRows(DMatrixRMaj matrix, int row, int other) {
        for (int column = 0; column < matrix.numCols; column++) {
            double element = matrix.get(row, column);
            matrix.set(row, column, matrix.get(other, column));
            matrix.set(other, column, element);
        }
    }

    private static void assertClose(DMatrixRMaj expected, DMatrixRMaj actual) {
        assertEquals(expected.numRows, actual.numRows);
        assertEquals(expected.numCols, actual.numCols);
        assertTrue(MatrixFeatures_DDRM.isIdentical(expected, actual, 1e-12), "more than rounding differs");
    }
}
