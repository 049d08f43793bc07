package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where linear algebra begins to refuse, whatever the scale of the matrix; and how good its estimates are. */
class LinearAlgebraBordersTest {
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

    @Test
    void ofElementsEquallyLargeTheFirstIsMadePositive() {
        DMatrixRMaj vectors = new DMatrixRMaj(new double[][] {{-1, 1, 0}, {1, -1, -2}, {0.5, 1, 2}});
        assertTrue(Decompositions.orient(vectors, 0));
        assertFalse(Decompositions.orient(vectors, 1));
        assertTrue(Decompositions.orient(vectors, 2));
        assertArrayEquals(new double[] {1, 1, 0, -1, -1, 2, -0.5, 1, -2}, vectors.data, 1e-300);
        assertFalse(Decompositions.orient(new DMatrixRMaj(2, 1), 0));
    }

    @Test
    void emptyMatricesHaveEmptyFactors() {
        Value empty = Value.zeros(new Shape(0, 0));
        assertEquals(new Shape(0, 0), empty.cholesky().shape());
        assertEquals(new Shape(0, 1), empty.eigSymmetric().values().shape());
        assertEquals(new Shape(0, 0), empty.eigSymmetric().vectors().shape());
        assertEquals(new Shape(0, 1), empty.singularValues().shape());
        assertEquals(new Shape(0, 0), empty.invert().shape());
        assertEquals(1, empty.determinant().scalar());
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
    void triangularSolutionsAreRefused() {
        Value nearlySingular = Value.constant(new double[][] {{1, 0}, {0, 1e-16}});
        Value b = Value.constant(new double[][] {{1}, {1}});
        assertThrows(SingularMatrixException.class, () -> nearlySingular.solveTriangular(Triangle.UPPER, b));
        assertEquals(
                "solveTriangular(2x2, 3x1, UPPER): the numbers of rows 2 and 3 differ",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Value.identity(2).solveTriangular(Triangle.UPPER, Value.zeros(new Shape(3, 1))))
                        .getMessage());
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

    @Test
    void theMeanOfBothTrianglesIsDecomposed() {
        Value a = Value.constant(new double[][] {{4, 1 + 0x1p-42}, {1, 4}});
        assertEquals((1 + 0x1p-43) / 2, a.cholesky().get(1, 0));
    }

    @Test
    void determinantsOfWhatIsNotSquareAreRefusedBeforeNaNIsSeen() {
        Value wide = Value.constant(new double[][] {{1, 2, Double.NaN}, {3, 4, 5}});
        assertEquals(
                "determinant(2x3): the matrix is 2x3; expected a square one",
                assertThrows(IllegalArgumentException.class, wide::determinant).getMessage());
    }

    @Test
    void gapsAreJudgedByTheLargestValue() {
        for (double scale : new double[] {1e-6, 1, 1e6}) {
            DMatrixRMaj close = gaps(scale, scale * (1 - 0.5 * 1e-13), 0.1 * scale);
            DMatrixRMaj apart = gaps(scale, scale * (1 - 4 * 1e-13), 0.1 * scale);
            DMatrixRMaj equal = gaps(3, 3, 1);
            DMatrixRMaj different = gaps(3, 3.1, 1);
            SingularMatrixException tied =
                    assertThrows(SingularMatrixException.class, () -> Gaps.requireDistinct("eig", close));
            assertTrue(tied.getMessage().endsWith("below a gap of " + 1e-13 * scale), tied.getMessage());
            assertTrue(tied.getMessage().startsWith("eig: values 0 and 1 are "), tied.getMessage());
            assertDoesNotThrow(() -> Gaps.requireDistinct("eig", apart));
            assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", close, equal));
            assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", apart, different));
            assertThrows(SingularMatrixException.class, () -> Gaps.requireEqualUpstream("eig", close, different));
            DMatrixRMaj large = gaps(3 * scale, 3 * scale * (1 + 1e-13), 0);
            DMatrixRMaj larger = gaps(3 * scale, 3 * scale * (1 + 1e-11), 0);
            assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", close, large));
            assertThrows(SingularMatrixException.class, () -> Gaps.requireEqualUpstream("eig", close, larger));
            assertDoesNotThrow(() -> Gaps.requireFullRank("svd", gaps(scale, scale * 2e-14)));
            SingularMatrixException deficient = assertThrows(
                    SingularMatrixException.class, () -> Gaps.requireFullRank("svd", gaps(scale, scale * 0.5e-14)));
            assertEquals(0.5e-14, deficient.reciprocalCondition(), 1e-20);
        }
        assertThrows(SingularMatrixException.class, () -> Gaps.requireFullRank("svd", gaps(0, 0)));
        assertDoesNotThrow(() -> Gaps.requireFullRank("svd", gaps(1, SingularMatrixException.LIMIT)));
        DMatrixRMaj gap = gaps(1, 1 - 0x1p-40);
        assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", gaps(2, 2), gaps(1e12, 1e12 - 1)));
        assertThrows(SingularMatrixException.class, () -> Gaps.requireDistinct("eig", gaps(1e13, 1e13 - 1)));
        assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", gap, gaps(1, 0)));
        assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", gaps(2, 2), gaps(1, 1 - 1e-12)));
        assertTrue(assertThrows(
                        SingularMatrixException.class,
                        () -> Gaps.requireEqualUpstream("eig", gaps(5, 2, 2), gaps(1, 3, 4)))
                .getMessage()
                .startsWith("eig: values 1 and 2 are 2.0 and 2.0, a gap of 0.0"));
    }

    @Test
    void partsOfAFactorisationAreWhatTheirOperationsCompute() {
        Value x = Value.variable("x", random(new Random(4), 4, 3));
        Factors.SVD svd = x.svd();
        Factors.Eigen eigen = x.multTransA(x).eigSymmetric();
        for (Value part : List.of(svd.u(), svd.singularValues(), svd.v(), eigen.values(), eigen.vectors())) {
            DMatrixRMaj computed = part.operation().compute(part.inputs().get(0).data());
            assertArrayEquals(part.data().data, computed.data);
        }
    }

    @Test
    void equalSingularValuesHaveNoSlopeOfTheirOwn() {
        Value twice = Value.variable("x", new double[][] {{2, 0}, {0, 2}});
        Value first = twice.singularValues().getRow(0);
        assertThrows(SingularMatrixException.class, first::gradients);
        Samples.assertClose(
                Value.identity(2),
                twice.singularValues().elementSum().gradients().of(twice),
                1e-15);
    }

    /** With a in the second row, the first vector is (1, a/3) and the second (−a/3, 1), to first order. */
    @Test
    void theVectorsOfASingularSquareMatrixTurn() {
        Value x = Value.variable("x", new double[][] {{3, 0}, {0, 0}});
        Value second = x.svd().u().slice(0, 1, 1, 2);
        Samples.assertClose(
                Value.constant(new double[][] {{0, 0}, {-1 / 3.0, 0}}),
                second.gradients().of(x),
                1e-15);
    }

    @Test
    void gradientsOfExponentialsScaleWithTheirUpstream() {
        Value x = Value.variable("x", new double[][] {{0.1, 0.2}, {-0.3, 0.4}});
        Value upstream = Value.constant(new double[][] {{1, -2}, {3, 4}});
        Value gradient = x.matrixExp().gradients(upstream).of(x);
        for (double scale : new double[] {1e-200, 1e200}) {
            Value scaled = x.matrixExp().gradients(upstream.scale(scale)).of(x);
            Samples.assertClose(gradient, scaled.divide(scale), 1e-14);
        }
    }

    private static Value column(double... elements) {
        double[][] rows = new double[elements.length][1];
        for (int i = 0; i < elements.length; i++) {
            rows[i][0] = elements[i];
        }
        return Value.constant(rows);
    }

    private static DMatrixRMaj gaps(double... values) {
        return new DMatrixRMaj(values.length, 1, true, values);
    }
}
