package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.MatrixFeatures_DDRM;
import org.ejml.dense.row.RandomMatrices_DDRM;
import org.junit.jupiter.api.Test;

class KernelsTest {
    @Property
    void productsEqualThoseOfEjml(
            @ForAll @IntRange(min = 0, max = 40) int m,
            @ForAll @IntRange(min = 0, max = 40) int k,
            @ForAll @IntRange(min = 0, max = 40) int n,
            @ForAll long seed) {
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

    @Test
    void tanhIsWithinTwoUnitsInTheLastPlace() {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double x = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(8) - 6);
            double exact = StrictMath.tanh(x);
            assertEquals(exact, ScalarFunctions.tanh(x), 3 * Math.ulp(exact), () -> "tanh " + x);
        }
        for (double x : new double[] {0.1, 0.3, 0.5, 0.6, 0.624, 0.626, 0.7, 0.9, 1.5, 3}) {
            double exact = preciseTanh(x);
            assertEquals(exact, ScalarFunctions.tanh(x), 2 * Math.ulp(exact), () -> "tanh " + x);
        }
    }

    @Test
    void tanhAtItsEdges() {
        assertEquals(0.0, ScalarFunctions.tanh(0.0));
        assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(ScalarFunctions.tanh(-0.0)));
        assertEquals(1.0, ScalarFunctions.tanh(Double.POSITIVE_INFINITY));
        assertEquals(-1.0, ScalarFunctions.tanh(Double.NEGATIVE_INFINITY));
        assertTrue(Double.isNaN(ScalarFunctions.tanh(Double.NaN)));
        assertEquals(Double.MIN_VALUE, ScalarFunctions.tanh(Double.MIN_VALUE));
    }

    /** tanh x = (e²ˣ − 1)/(e²ˣ + 1) by the power series of e in fifty digits. */
    private static double preciseTanh(double x) {
        MathContext digits = new MathContext(50);
        BigDecimal power = BigDecimal.ONE;
        BigDecimal exp = BigDecimal.ONE;
        for (int k = 1; k < 120; k++) {
            power = power.multiply(new BigDecimal(2 * x)).divide(BigDecimal.valueOf(k), digits);
            exp = exp.add(power, digits);
        }
        return exp.subtract(BigDecimal.ONE)
                .divide(exp.add(BigDecimal.ONE), digits)
                .doubleValue();
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

    @Test
    void positiveElementsAreOnes() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{-2, -0.0, 0, Double.MIN_VALUE, 3, Double.NaN}});
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, Double.NaN}, ElementKernels.positive(x).data);
    }
}
