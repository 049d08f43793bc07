package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values, conventions and refusals of the algebra of matrices; the laws and the condition check its derivatives. */
class AlgebraTest {
    private static final Value SINGULAR = Value.constant(new double[][] {{1, 2}, {2, 4}});

    /** A zero of a solution is a number like others: 0·NaN is NaN, as in a product. */
    @Test
    void whatArrivesAtASolutionOfZeroIsNotLost() {
        Value a = Value.variable("a", new double[][] {{2, 1}, {0, 3}});
        Value b = Value.variable("b", new double[][] {{0}, {0}});
        Value arriving = Value.column(Double.NaN, 1);
        assertTrue(Double.isNaN(a.solve(b).gradients(arriving).of(a).get(0, 1)));
        Value triangular = a.solveTriangular(Triangle.UPPER, b);
        assertTrue(Double.isNaN(triangular.gradients(arriving).of(a).get(0, 1)));
        Value tall = Value.variable("tall", new double[][] {{2, 1}, {0, 3}, {1, 1}});
        assertTrue(Double.isNaN(tall.solve(Value.zeros(new Shape(3, 1)))
                .gradients(arriving)
                .of(tall)
                .get(0, 1)));
    }

    // ---- singular matrices ------------------------------------------------------------------------------------------

    @Test
    void aSingularMatrixIsRefusedWithItsPivot() {
        var refusal = assertThrows(SingularMatrixException.class, SINGULAR::invert);
        assertEquals("invert(2x2): the matrix is singular: pivot 1 is 0", refusal.getMessage());
        assertEquals(0, refusal.reciprocalCondition());
        assertThrows(SingularMatrixException.class, () -> SINGULAR.solve(Value.identity(2)));
        assertThrows(SingularMatrixException.class, SINGULAR::logDeterminant);
        assertThrows(SingularMatrixException.class, SINGULAR::signLogDeterminant);
        assertThrows(SingularMatrixException.class, SINGULAR::qr);
        assertThrows(SingularMatrixException.class, () -> SINGULAR.matrixPower(-1));
        assertThrows(
                SingularMatrixException.class,
                () -> SINGULAR.cols(0, 1)
                        .concatColumns(SINGULAR.cols(0, 1))
                        .concatRows(Value.ones(new Shape(1, 2)))
                        .scale(0)
                        .pseudoInverse());
        var triangular = assertThrows(
                SingularMatrixException.class,
                () -> SINGULAR.tril(-1).solveTriangular(Triangle.LOWER, Value.identity(2)));
        assertEquals(
                "solveTriangular(2x2, 2x2, LOWER): the matrix is singular: element 0 of its diagonal is 0",
                triangular.getMessage());
    }

    @Test
    void aBadlyConditionedMatrixIsRefusedWithItsCondition() {
        Value a = Value.constant(new double[][] {{1, 1}, {1, 1 + 1e-15}});
        var refusal = assertThrows(SingularMatrixException.class, a::invert);
        assertEquals(1e-15 / 4, refusal.reciprocalCondition(), 1e-15 / 20);
        assertTrue(refusal.getMessage().contains("reciprocal condition number is about 2."), refusal.getMessage());
        assertEquals(refusal.reciprocalCondition(), a.reciprocalCondition());
    }

    @Test
    void theConditionEstimateIsNeverFarBelowTheCondition() {
        Random random = new Random(1);
        for (int trial = 0; trial < 200; trial++) {
            Value a = Samples.random(random, 1 + trial % 8, 1 + trial % 8);
            double exact = 1
                    / (Triangular.norm1(a.data()) * Triangular.norm1(a.invert().data()));
            double estimate = a.reciprocalCondition();
            assertTrue(estimate >= exact * 0.999999 && estimate <= 3 * exact, estimate + " for " + exact);
        }
        assertEquals(1, Value.identity(0).reciprocalCondition());
        assertEquals(0, SINGULAR.reciprocalCondition());
        assertEquals(
                1, Value.identity(3).concatRows(Value.zeros(new Shape(1, 3))).reciprocalCondition());
    }

    @Test
    void elementsThatAreNotFiniteAreRefused() {
        Value a = Value.constant(new double[][] {{1, 0}, {Double.NaN, 1}});
        var refusal = assertThrows(IllegalArgumentException.class, a::invert);
        assertEquals("invert(2x2): element (1, 0) is NaN; expected finite elements", refusal.getMessage());
        assertThrows(IllegalArgumentException.class, a::cholesky);
        assertThrows(IllegalArgumentException.class, a::eigSymmetric);
        assertThrows(IllegalArgumentException.class, a::singularValues);
        assertThrows(IllegalArgumentException.class, a::qr);
        assertThrows(IllegalArgumentException.class, a::logDeterminant);
        assertThrows(IllegalArgumentException.class, a::reciprocalCondition);
        assertThrows(IllegalArgumentException.class, () -> a.solveTriangular(Triangle.LOWER, Value.identity(2)));
        assertTrue(Double.isNaN(a.determinant().scalar()));
        assertTrue(Double.isNaN(a.matrixExp().get(0, 0)));
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        Value wide = Value.zeros(new Shape(2, 3));
        for (UnaryOperator<Value> method : java.util.List.<UnaryOperator<Value>>of(
                Value::invert,
                Value::determinant,
                Value::logDeterminant,
                Value::cholesky,
                Value::matrixExp,
                x -> x.matrixPower(0),
                x -> x.eigSymmetric().values(),
                x -> x.solveTriangular(Triangle.UPPER, x))) {
            var refusal = assertThrows(IllegalArgumentException.class, () -> method.apply(wide));
            assertTrue(refusal.getMessage().endsWith("the matrix is 2x3; expected a square one"), refusal.getMessage());
        }
        var rows = assertThrows(IllegalArgumentException.class, () -> wide.solve(Value.identity(3)));
        assertEquals("solve(2x3, 3x3): the numbers of rows 2 and 3 differ", rows.getMessage());
        assertThrows(IllegalArgumentException.class, () -> wide.diagEmbed(0));
        assertThrows(IllegalArgumentException.class, () -> wide.outer(Value.ones(new Shape(1, 2))));
    }

    // ---- equations --------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"4, 4", "6, 3", "3, 6", "1, 1", "0, 0"})
    void solutionsSatisfyTheirEquations(int rows, int columns) {
        Random random = new Random(2);
        Value a = Samples.random(random, rows, columns);
        Value b = Samples.random(random, rows, 2);
        Value x = a.solve(b);
        Samples.assertClose(a.multTransA(b), a.multTransA(a.mult(x)), 1e-12);
        Value pseudoInverse = a.pseudoInverse();
        Samples.assertClose(pseudoInverse.mult(b), x, 1e-12);
        Samples.assertClose(pseudoInverse, pseudoInverse.mult(a).mult(pseudoInverse), 1e-12);
        Samples.assertClose(pseudoInverse.mult(a), pseudoInverse.mult(a).transpose(), 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"LOWER", "UPPER", "UNIT_LOWER", "UNIT_UPPER"})
    void triangularSolutionsReadTheirTriangleOnly(Triangle triangle) {
        Random random = new Random(3);
        Value full = Value.variable("a", Samples.random(random, 4, 4));
        Value b = Samples.random(random, 4, 3);
        Value t =
                part(triangle, full.detached()).plus(triangle.isUnit() ? Value.identity(4) : Value.zeros(full.shape()));
        Value x = full.solveTriangular(triangle, b);
        Samples.assertClose(b, t.mult(x), 1e-12);
        Samples.assertClose(b, t.transpose().mult(full.transpose().solveTriangular(triangle.transpose(), b)), 1e-12);
        Value gradient = x.elementSum().gradients().of(full);
        Samples.assertClose(part(triangle, gradient), gradient, 0);
    }

    private static Value part(Triangle triangle, Value x) {
        return triangle.isLower() ? x.tril(triangle.isUnit() ? -1 : 0) : x.triu(triangle.isUnit() ? 1 : 0);
    }

    @Test
    void triangularSolutionsAreRefused() {
        Value singular = Value.constant(new double[][] {{1, 3}, {0, 0}});
        Value b = Value.constant(new double[][] {{1}, {1}});
        assertThrows(SingularMatrixException.class, () -> singular.solveTriangular(Triangle.UPPER, b));
        assertEquals(
                "solveTriangular(2x2, 3x1, UPPER): the numbers of rows 2 and 3 differ",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Value.identity(2).solveTriangular(Triangle.UPPER, Value.zeros(new Shape(3, 1))))
                        .getMessage());
    }

    // ---- diagonals, products, powers --------------------------------------------------------------------------------

    @Test
    void namesMeanWhatTheyMeanInEjml() {
        SimpleMatrix a = Samples.random(new Random(8), 3, 4).matrix();
        SimpleMatrix b = Samples.random(new Random(9), 2, 3).matrix();
        SimpleMatrix row = a.getRow(1);
        Samples.assertClose(Value.constant(a.kron(b)), Value.constant(a).kron(Value.constant(b)), 0);
        Samples.assertClose(Value.constant(a.diag()), Value.constant(a).diag(), 0);
        Samples.assertClose(Value.constant(row.diag()), Value.constant(row).diag(), 0);
        SimpleMatrix square = a.cols(0, 3);
        assertEquals(square.trace(), Value.constant(square).trace().scalar());
        assertEquals(square.determinant(), Value.constant(square).determinant().scalar(), 1e-15);
        Samples.assertClose(
                Value.constant(square.invert()), Value.constant(square).invert(), 1e-13);
        Samples.assertClose(
                Value.constant(row.transpose().mult(row)), Value.constant(row).outer(Value.constant(row)), 0);
        Samples.assertClose(Value.identity(4), Value.constant(SimpleMatrix.identity(4)), 0);
    }

    @Test
    void diagonalsAndTrianglesCountFromTheMainDiagonal() {
        Value a = Value.constant(new double[][] {{1, 2, 3}, {4, 5, 6}});
        assertArrayEquals(new double[] {2, 6}, a.diagonal(1).data().data);
        assertArrayEquals(new double[] {4}, a.diagonal(-1).data().data);
        assertEquals(new Shape(0, 1), a.diagonal(3).shape());
        assertEquals(new Shape(0, 1), a.diagonal(Integer.MIN_VALUE).shape());
        assertArrayEquals(new double[] {1, 0, 0, 4, 5, 0}, a.tril(0).data().data);
        assertArrayEquals(new double[] {0, 2, 3, 0, 0, 6}, a.triu(1).data().data);
        assertArrayEquals(
                new double[] {0, 0, 0, 7, 0, 0, 0, 8, 0},
                Value.constant(new double[][] {{7, 8}}).diagEmbed(-1).data().data);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3, -1, 0, 1, 2, 7, 12})
    void powersAreRepeatedProducts(int n) {
        Value a = Samples.random(new Random(10), 3, 3);
        Value factor = n < 0 ? a.invert() : a;
        Value product = Value.identity(3);
        for (int i = 0; i < Math.abs(n); i++) {
            product = product.mult(factor);
        }
        Samples.assertClose(product, a.matrixPower(n), 1e-12);
    }

    @Test
    void exponentialsHaveTheirClosedForms() {
        Value nilpotent = Value.constant(new double[][] {{0, 1, 0}, {0, 0, 2}, {0, 0, 0}});
        Samples.assertClose(
                Value.constant(new double[][] {{1, 1, 1}, {0, 1, 2}, {0, 0, 1}}), nilpotent.matrixExp(), 1e-15);
        for (double angle : new double[] {0, 1e-9, 1, 5.3, 5.4, 100}) {
            Value turn = Value.constant(new double[][] {{0, -angle}, {angle, 0}});
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            Samples.assertClose(
                    Value.constant(new double[][] {{c, -s}, {s, c}}), turn.matrixExp(), 1e-15 * Math.max(4, angle));
        }
        Value a = Samples.random(new Random(11), 4, 4);
        Samples.assertClose(Value.identity(4), a.matrixExp().mult(a.negative().matrixExp()), 1e-12);
        assertEquals(Math.exp(-700), Value.constant(-700).matrixExp().scalar(), Math.exp(-700) * 1e-12);
        assertEquals(new Shape(0, 0), Value.identity(0).matrixExp().shape());
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
}
