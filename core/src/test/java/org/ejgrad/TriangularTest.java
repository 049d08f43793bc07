package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How good estimates of the condition are, and where a matrix is refused, whatever its scale. */
class TriangularTest {
    private static DMatrixRMaj random(Random random, int rows, int columns) {
        DMatrixRMaj x = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = random.nextGaussian();
        }
        return x;
    }

    private static DMatrixRMaj inverse(DMatrixRMaj a) {
        DMatrixRMaj inverse = new DMatrixRMaj(a.numRows, a.numCols);
        assertTrue(CommonOps_DDRM.invert(a, inverse));
        return inverse;
    }

    /** At most 1 but for rounding: the estimate of ‖A⁻¹‖ is never too large. */
    private static double exactOverEstimate(double estimate, DMatrixRMaj a) {
        return 1 / (Triangular.norm1(a) * Triangular.norm1(inverse(a))) / estimate;
    }

    @Test
    void conditionEstimatesAreMostOftenExact() {
        Random random = new Random(1);
        int exact = 0;
        for (int i = 0; i < 300; i++) {
            DMatrixRMaj a = random(random, 1 + i % 6, 1 + i % 6);
            double ratio = exactOverEstimate(LU.of(a).reciprocalCondition(), a);
            assertTrue(ratio < 1 + 1e-9 && ratio > 0.3, "ratio " + ratio + " for " + a);
            exact += ratio > 1 - 1e-9 ? 1 : 0;
        }
        assertTrue(exact >= 265, "only " + exact + " of 300 estimates are exact");
    }

    /** The solutions with equal and with alternating weights, on which the estimate begins and ends. */
    @Test
    void conditionEstimatesSeeThroughCancellation() {
        for (int size : new int[] {3, 4, 6, 7}) {
            // A⁻¹ maps the vector of ones to 0, so that the first step of the estimate sees nothing.
            DMatrixRMaj inverse = new DMatrixRMaj(size, size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    inverse.set(i, j, (i == j ? 1e-3 : 0) + 1e3 * (i + 1) * (j % 2 == 0 ? 1 : -1));
                }
            }
            double found = Triangular.inverseNorm1(
                    size, b -> MatrixProducts.mult(inverse, b), b -> MatrixProducts.multTransA(inverse, b));
            double norm = Triangular.norm1(inverse);
            assertTrue(found > 0.3 * norm && found <= norm * (1 + 1e-12), size + ": " + found + " of " + norm);
        }
    }

    /** Inverses whose norm is estimated by hand: the climb from vertex to vertex, its ties, and the last look. */
    @Test
    void conditionEstimatesClimb() {
        // from (½, ½) the slope is (2, 2) and |y| = 2: no step is steeper
        assertEquals(2, inverseNorm(new double[][] {{3, 1}, {-1, 1}}));
        // the alternating vector (1, −2) gives |(7, −4)|·2/6
        assertEquals(11 / 3.0, inverseNorm(new double[][] {{3, -2}, {0, 2}}));
        // of two equally steep vertices the first is tried, which is no better than the middle
        assertEquals(4, inverseNorm(new double[][] {{0, 2, 1, -2}, {0, 1, 3, 3}, {2, 1, -3, 0}, {2, -3, 3, 0}}));
        // a vertex gives 8, the alternating vector (1, −4/3, 5/3, −2) less
        assertEquals(8, inverseNorm(new double[][] {{-2, 1, 1, -2}, {-1, 1, 0, 2}, {1, -3, 1, -3}, {3, 0, -1, 1}}));
    }

    private static double inverseNorm(double[][] rows) {
        DMatrixRMaj inverse = new DMatrixRMaj(rows);
        return Triangular.inverseNorm1(
                rows.length, b -> MatrixProducts.mult(inverse, b), b -> MatrixProducts.multTransA(inverse, b));
    }

    @ParameterizedTest
    @EnumSource
    void triangularConditionEstimatesReadTheirTriangle(Triangle triangle) {
        Random random = new Random(2);
        for (int size = 1; size <= 5; size++) {
            DMatrixRMaj a = random(random, size, size);
            for (int i = 0; i < size; i++) {
                a.set(i, i, 3 + i);
            }
            DMatrixRMaj part = new DMatrixRMaj(size, size);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    boolean inside = triangle.isLower() ? j < i : j > i;
                    part.set(i, j, i == j ? triangle.isUnit() ? 1 : a.get(i, i) : inside ? a.get(i, j) : 0);
                }
            }
            double ratio = exactOverEstimate(Triangular.reciprocalCondition(triangle, a), part);
            assertTrue(ratio < 1 + 1e-9 && ratio > 0.5, triangle + ": " + ratio);
        }
        assertEquals(1, Triangular.reciprocalCondition(triangle, new DMatrixRMaj(0, 0)));
    }

    @Test
    void theLimitOfTheConditionIsAccepted() {
        assertDoesNotThrow(() -> Triangular.requireCondition(SingularMatrixException.LIMIT));
        double below = Math.nextDown(SingularMatrixException.LIMIT);
        assertThrows(SingularMatrixException.class, () -> Triangular.requireCondition(below));
        assertThrows(SingularMatrixException.class, () -> Triangular.requireCondition(Double.NaN));
    }

    @Test
    void transposedSystemsAreSolved() {
        Random random = new Random(3);
        for (int size = 1; size <= 5; size++) {
            DMatrixRMaj a = random(random, size, size);
            DMatrixRMaj b = random(random, size, 3);
            DMatrixRMaj x = LU.of(a).solveTransposed(b);
            assertArrayEquals(b.data, MatrixProducts.multTransA(a, x).data, 1e-10);
        }
    }

    @Test
    void symmetryIsJudgedByTheLargestElement() {
        for (double scale : new double[] {1e-8, 1, 1e8}) {
            assertDoesNotThrow(() -> Triangular.requireSymmetric(nearlySymmetric(scale, 0.9e-12)));
            assertThrows(
                    IllegalArgumentException.class, () -> Triangular.requireSymmetric(nearlySymmetric(scale, 1.1e-12)));
        }
        assertDoesNotThrow(() -> Triangular.requireSymmetric(nearlySymmetric(1, 1e-12)));
    }

    private static DMatrixRMaj nearlySymmetric(double scale, double difference) {
        return new DMatrixRMaj(new double[][] {{scale, 0, 0}, {scale * difference, scale, 0}, {0, 0, scale}});
    }
}
