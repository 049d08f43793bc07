package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values, conventions and refusals of factorisations and determinants, and where they have no derivative. */
class FactorizationsTest {
    // ---- determinants -----------------------------------------------------------------------------------------------

    @Test
    void theDeterminantOfASingularMatrixHasItsCofactorsAsGradient() {
        Value a = Value.variable("a", new double[][] {{1, 2}, {2, 4}});
        assertEquals(0.0, a.determinant().scalar());
        assertArrayEquals(
                new double[] {4, -2, -2, 1}, a.determinant().gradients().of(a).data().data);

        Value rankTwo = Value.variable("a", new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}});
        assertArrayEquals(
                new double[] {-3, 6, -3, 6, -12, 6, -3, 6, -3},
                rankTwo.determinant().gradients().of(rankTwo).data().data,
                1e-13);

        Value rankOne = Value.variable("a", new double[][] {{1, 2, 3}, {2, 4, 6}, {3, 6, 9}});
        assertArrayEquals(
                new double[9], rankOne.determinant().gradients().of(rankOne).data().data, 1e-13);

        Value zero = Value.variable("a", new double[4][4]);
        assertArrayEquals(
                new double[16], zero.determinant().gradients().of(zero).data().data);
        Value one = Value.variable("a", 0);
        assertEquals(1, one.determinant().gradients().of(one).scalar());
    }

    /** Those of the first cofactor, x22·x33 − x23·x32, and of the first of them that is not 0, x33. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15, 0})
    void derivativesOfCofactorsStayExactNextToASingularMatrix(double distance) {
        double last = 9 + distance;
        Value x = Value.variable("x", new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, last}});
        Value second = slope(slope(x.determinant(), x).slice(0, 1, 0, 1), x);
        assertArrayEquals(new double[] {0, 0, 0, 0, last, -8, 0, -6, 5}, second.data().data, 1e-13);
        assertArrayEquals(
                new double[] {0, 0, 0, 0, 0, 0, 0, 0, 1},
                slope(second.slice(1, 2, 1, 2), x).data().data,
                1e-13);
    }

    @Test
    void theCofactorOfANumberIsConstant() {
        Value x = Value.variable("x", 0.001);
        Value slope = slope(x.determinant(), x);
        assertEquals(1, slope.scalar());
        assertEquals(0, slope(slope, x).scalar());
    }

    private static Value slope(Value y, Value x) {
        return y.gradients(Gradients.Option.DIFFERENTIABLE).of(x);
    }

    @Test
    void determinantsThatUnderflowOrOverflowKeepTheirCofactors() {
        for (double size : new double[] {1e-120, 1e120}) {
            Value a = Value.variable("a", Value.identity(3).scale(size));
            double cofactor = a.determinant().gradients().of(a).get(1, 1);
            assertEquals(1, cofactor / (size * size), 1e-14);
        }
    }

    @Test
    void cofactorsOfElementsThatAreNotFiniteAreUnknown() {
        for (double special : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Value a = Value.variable("a", new double[][] {{special, 0, 0}, {0, 1, 0}, {0, 0, 1}});
            assertTrue(Double.isNaN(a.determinant().gradients().of(a).get(1, 1)));
        }
    }

    @Test
    void determinantsOfEmptyAndOfLargeMatrices() {
        assertEquals(1, Value.identity(0).determinant().scalar());
        assertEquals(0, Value.identity(0).logDeterminant().scalar());
        Value large = Value.identity(400).scale(1e-3);
        assertEquals(400 * Math.log(1e-3), large.logDeterminant().scalar(), 1e-9);
        Value flipped = Value.constant(new double[][] {{0, 2}, {3, 0}});
        assertEquals(-6, flipped.determinant().scalar(), 1e-15);
        assertEquals(-1, flipped.signLogDeterminant().sign());
        assertEquals(Math.log(6), flipped.signLogDeterminant().logarithm().scalar(), 1e-15);
        var refusal = assertThrows(IllegalArgumentException.class, flipped::logDeterminant);
        assertTrue(refusal.getMessage().startsWith("logDeterminant(2x2): the determinant is negative"));
    }

    @Test
    void determinantsOfWhatIsNotSquareAreRefusedBeforeNaNIsSeen() {
        Value wide = Value.constant(new double[][] {{1, 2, Double.NaN}, {3, 4, 5}});
        assertEquals(
                "determinant(2x3): the matrix is 2x3; expected a square one",
                assertThrows(IllegalArgumentException.class, wide::determinant).getMessage());
    }

    // ---- factors ----------------------------------------------------------------------------------------------------

    @Test
    void choleskyRefusesWhatIsNotSymmetricOrNotPositiveDefinite() {
        Value indefinite = Value.constant(new double[][] {{4, 0, 0}, {0, 1, 2}, {0, 2, 1}});
        var refusal = assertThrows(SingularMatrixException.class, indefinite::cholesky);
        assertEquals(
                "cholesky(3x3): the matrix is not positive definite: its leading 3x3 part is not",
                refusal.getMessage());
        Value first = Value.constant(new double[][] {{-1, 0}, {0, 1}});
        assertTrue(assertThrows(SingularMatrixException.class, first::cholesky)
                .getMessage()
                .endsWith("its leading 1x1 part is not"));
        Value asymmetric = Value.constant(new double[][] {{4, 1}, {1 + 1e-11, 4}});
        assertTrue(assertThrows(IllegalArgumentException.class, asymmetric::cholesky)
                .getMessage()
                .endsWith("expected a symmetric matrix"));
        Value rounded = Value.constant(new double[][] {{4, 1}, {1 + 1e-13, 4}});
        assertEquals(2, rounded.cholesky().get(0, 0));
    }

    @Test
    void theMeanOfBothTrianglesIsDecomposed() {
        Value a = Value.constant(new double[][] {{4, 1 + 0x1p-42}, {1, 4}});
        assertEquals((1 + 0x1p-43) / 2, a.cholesky().get(1, 0));
    }

    @Test
    void symmetricMatricesHaveSymmetricGradients() {
        Value a = Value.variable("a", Samples.positiveDefinite(new Random(4), 4));
        Value weights = Samples.random(new Random(5), 4, 4);
        for (Value y : new Value[] {a.cholesky(), a.eigSymmetric().vectors()}) {
            Value gradient = y.dot(weights).gradients().of(a);
            Samples.assertClose(gradient, gradient.transpose(), 0);
        }
        Value l = a.cholesky();
        Samples.assertClose(a, l.multTransB(l), 1e-13);
        Samples.assertClose(l.tril(0), l, 0);
    }

    @ParameterizedTest
    @CsvSource({"4, 4", "6, 3", "3, 6", "0, 0"})
    void factorsMultiplyToTheMatrix(int rows, int columns) {
        Value a = Samples.random(new Random(6), rows, columns);
        int rank = Math.min(rows, columns);
        Value.QR qr = a.qr();
        Samples.assertClose(a, qr.q().mult(qr.r()), 1e-13);
        Samples.assertClose(Value.identity(rank), qr.q().multTransA(qr.q()), 1e-13);
        Value.SVD svd = a.svd();
        Samples.assertClose(
                a, svd.u().elementMult(svd.singularValues().transpose()).multTransB(svd.v()), 1e-13);
        Samples.assertClose(svd.singularValues(), a.singularValues(), 0);
        for (int i = 0; i < rank; i++) {
            assertTrue(qr.r().get(i, i) > 0);
            assertTrue(i == 0
                    || svd.singularValues().get(i, 0) < svd.singularValues().get(i - 1, 0));
            assertTrue(svd.v().getColumn(i).elementMax().scalar()
                    > svd.v().getColumn(i).negative().elementMax().scalar());
        }
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

    /** Every factorisation of 0x0, 0x3, 3x0 and 1x1 matrices, twice differentiated. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 3", "3, 0", "0, 1", "1, 0", "1, 1"})
    void theSmallestMatricesAreDifferentiatedTwice(int rows, int columns) {
        List<Function<Value, Value>> anyShape = List.of(
                Value::singularValues,
                x -> x.svd().u(),
                x -> x.svd().v(),
                x -> x.qr().q(),
                x -> x.qr().r(),
                Value::pseudoInverse,
                x -> x.truncatedPseudoInverse(1e-9),
                x -> x.solve(Value.ones(new Shape(rows, 2))));
        List<Function<Value, Value>> ofSquares = List.of(
                Value::invert,
                Value::determinant,
                Value::logDeterminant,
                x -> x.signLogDeterminant().logarithm(),
                Value::cholesky,
                x -> x.eigSymmetric().values(),
                x -> x.eigSymmetric().vectors(),
                Value::matrixExp,
                x -> x.matrixPower(3),
                x -> x.matrixPower(-2),
                x -> x.solveTriangular(Triangle.LOWER, Value.ones(new Shape(rows, 2))),
                x -> x.solveTriangular(Triangle.UNIT_UPPER, Value.ones(new Shape(rows, 2))));
        for (Function<Value, Value> function : rows == columns ? concat(anyShape, ofSquares) : anyShape) {
            Value x = Value.variable("x", Value.filled(new Shape(rows, columns), 4));
            Value y = function.apply(x);
            Gradients slopes = y.gradients(Value.ones(y.shape()), Gradients.Option.DIFFERENTIABLE);
            Value first = slopes.of(x);
            assertEquals(x.shape(), first.shape());
            if (!first.isConstant()) {
                Gradients curvatures = first.gradients(Value.ones(first.shape()));
                assertEquals(x.shape(), curvatures.orZero(x).shape());
            }
        }
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        return Stream.concat(a.stream(), b.stream()).toList();
    }

    @Test
    void aKernelThatDoesNotConvergeNamesTheCall() {
        RuntimeException named =
                Calls.named(new ArithmeticException("did not converge"), "svd", List.of(), new DMatrixRMaj(2, 3));
        assertEquals("svd(2x3): did not converge", named.getMessage());
    }

    @Test
    void partsOfAFactorisationAreWhatTheirOperationsCompute() {
        Value x = Value.variable("x", Samples.random(new Random(4), 4, 3));
        Value.SVD svd = x.svd();
        Value.Eigen eigen = x.multTransA(x).eigSymmetric();
        for (Value part : List.of(svd.u(), svd.singularValues(), svd.v(), eigen.values(), eigen.vectors())) {
            DMatrixRMaj computed = part.operation().compute(part.inputs().get(0).data());
            assertArrayEquals(part.data().data, computed.data);
        }
    }

    @Test
    void eigenvaluesAreSortedAndTheirVectorsOriented() {
        Value a = Samples.positiveDefinite(new Random(7), 5)
                .minus(Value.identity(5).scale(2));
        Value.Eigen eigen = a.eigSymmetric();
        Samples.assertClose(
                a.mult(eigen.vectors()),
                eigen.vectors().elementMult(eigen.values().transpose()),
                1e-13);
        for (int i = 0; i < 5; i++) {
            assertTrue(i == 0 || eigen.values().get(i, 0) > eigen.values().get(i - 1, 0));
            Value vector = eigen.vectors().getColumn(i);
            assertTrue(vector.elementMax().scalar()
                    > vector.negative().elementMax().scalar());
        }
    }

    @Test
    void equalEigenvaluesHaveOnlySymmetricDerivatives() {
        Value a = Value.variable("a", new double[][] {{2, 0, 0}, {0, 1, 0}, {0, 0, 1}});
        Value values = a.eigSymmetric().values();
        Samples.assertClose(Value.identity(3), values.elementSum().gradients().of(a), 1e-15);
        var values01 = assertThrows(
                SingularMatrixException.class,
                () -> values.getRow(0).elementSum().gradients().of(a));
        assertTrue(values01.getMessage().startsWith("eigenvalues: values 0 and 1 are 1.0 and 1.0, a gap of 0.0"));
        var vectors = assertThrows(
                SingularMatrixException.class,
                () -> a.eigSymmetric().vectors().elementSum().gradients().of(a));
        assertTrue(vectors.getMessage().contains("a gap of 0.0"), vectors.getMessage());
        assertThrows(
                SingularMatrixException.class,
                () -> a.svd().u().elementSum().gradients().of(a));
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

    @Test
    void aZeroSingularValueHasTheSlopeZero() {
        Value zero = Value.variable("a", new double[3][2]);
        Samples.assertClose(
                Value.zeros(zero.shape()),
                zero.singularValues().elementSum().gradients().of(zero),
                0);
        Value rankOne = Value.variable("a", new double[][] {{3, 0}, {0, 0}});
        Samples.assertClose(
                Value.constant(new double[][] {{1, 0}, {0, 0}}),
                rankOne.singularValues().elementSum().gradients().of(rankOne),
                1e-15);
        Value tall = Value.variable("a", new double[][] {{3, 0}, {0, 0}, {0, 0}});
        var refusal = assertThrows(
                SingularMatrixException.class,
                () -> tall.svd().u().elementSum().gradients().of(tall));
        assertTrue(refusal.getMessage().contains("the smallest singular value is 0.0"), refusal.getMessage());
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
}
