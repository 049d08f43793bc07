package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Linear algebra does not depend on units: rows and columns times powers of two change the result by the powers they
 * should, and no digit of it, up to the ends of the range of numbers.
 */
class UnitsTest {
    private static final int TRIES = 40;
    private static final double CLOSE = 1e-11;

    // ---- rows and columns in units of their own ---------------------------------------------------------------------

    /** The result's rows go with −columns of A and its columns with −rows, and so does the gradient's inverse. */
    @Test
    void inversesTakeTheInverseUnits() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIES; trial++) {
            int size = 1 + trial % 5;
            Value a = wellConditioned(random, size);
            int[] rows = exponents(random, size, 400);
            int[] columns = exponents(random, size, 400);
            Value scaled = shifted(a, rows, columns, 1);
            assertSame("invert", shifted(a.invert(), columns, rows, -1), scaled.invert());
            assertSame("pseudoInverse", shifted(a.invert(), columns, rows, -1), scaled.pseudoInverse());
            Value b = Samples.random(random, size, 2);
            int[] none = new int[2];
            assertSame("solve", shifted(a.solve(b), columns, none, -1), scaled.solve(shifted(b, rows, none, 1)));
            double logarithm = a.signLogDeterminant().logarithm().scalar() + Math.log(2) * (sum(rows) + sum(columns));
            assertEquals(
                    logarithm,
                    scaled.signLogDeterminant().logarithm().scalar(),
                    1e-13 * Math.max(1, Math.abs(logarithm)));
            assertEquals(
                    a.signLogDeterminant().sign(), scaled.signLogDeterminant().sign());
            for (Triangle triangle : Triangle.values()) {
                if (!triangle.isUnit()) {
                    assertSame(
                            "solveTriangular",
                            shifted(a.solveTriangular(triangle, b), columns, none, -1),
                            scaled.solveTriangular(triangle, shifted(b, rows, none, 1)));
                }
            }
        }
    }

    @Test
    void gradientsOfInversesTakeTheirUnitsToo() {
        Random random = new Random(2);
        for (int trial = 0; trial < TRIES; trial++) {
            int size = 1 + trial % 4;
            Value a = wellConditioned(random, size);
            int[] rows = exponents(random, size, 400);
            int[] columns = exponents(random, size, 400);
            Value upstream = Samples.random(random, size, size);
            Value g = gradient(Value::invert, a, upstream);
            Value scaled = shifted(a, rows, columns, 1);
            assertSame(
                    "invert",
                    shifted(g, rows, columns, -1),
                    gradient(Value::invert, scaled, shifted(upstream, columns, rows, 1)));
            assertSame(
                    "signLogDeterminant",
                    shifted(a.invert().transpose(), rows, columns, -1),
                    gradient(x -> x.signLogDeterminant().logarithm(), scaled, Value.ones(Shape.SCALAR)));
        }
    }

    @Test
    void determinantsAndCofactorsTakeTheProductOfTheUnits() {
        Random random = new Random(3);
        for (int trial = 0; trial < TRIES; trial++) {
            int size = 1 + trial % 5;
            Value a = trial % 3 == 0 ? singular(random, size) : wellConditioned(random, size);
            int[] rows = exponents(random, size, 100);
            int[] columns = exponents(random, size, 100);
            rows[0] -= sum(rows) + sum(columns); // keeps the determinant, but not the products on the way
            Value scaled = shifted(a, rows, columns, 1);
            if (trial % 3 != 0) {
                assertSame("determinant", a.determinant(), scaled.determinant());
            }
            Value cofactors = gradient(Value::determinant, a, Value.ones(Shape.SCALAR));
            Value actual = gradient(Value::determinant, scaled, Value.ones(Shape.SCALAR));
            assertNear("cofactors", cofactors, shifted(actual, rows, columns, 1));
        }
    }

    @Test
    void covariancesInMixedUnitsAreFactored() {
        Random random = new Random(4);
        for (int trial = 0; trial < TRIES; trial++) {
            int size = 1 + trial % 5;
            Value a = Samples.positiveDefinite(random, size);
            int[] units = exponents(random, size, 400);
            Value scaled = shifted(a, units, units, 1);
            int[] none = new int[size];
            assertSame("cholesky", shifted(a.cholesky(), units, none, 1), scaled.cholesky());
            Value upstream = Samples.random(random, size, size);
            assertSame(
                    "cholesky's gradient",
                    shifted(gradient(Value::cholesky, a, upstream), units, units, -1),
                    gradient(Value::cholesky, scaled, shifted(upstream, units, none, -1)));
            assertSame("invert", shifted(a.invert(), units, units, -1), scaled.invert());
            assertEquals(
                    a.logDeterminant().scalar() + 2 * Math.log(2) * sum(units),
                    scaled.logDeterminant().scalar(),
                    1e-13 * 2000);
        }
    }

    @Test
    void leastSquaresWeighsRowsButNotColumns() {
        Random random = new Random(5);
        for (int trial = 0; trial < TRIES; trial++) {
            int columns = 1 + trial % 4;
            Value a = Samples.random(random, columns + 2, columns);
            Value b = Samples.random(random, columns + 2, 2);
            int[] units = exponents(random, columns, 400);
            int[] none = new int[columns + 2];
            Value scaled = shifted(a, none, units, 1);
            assertNear("tall", a.solve(b), shifted(scaled.solve(b), units, new int[2], 1));
            Value c = Samples.random(random, columns, 2);
            assertNear("wide", a.transpose().solve(c), scaled.transpose().solve(shifted(c, units, new int[2], 1)));
            assertNear("pseudoInverse", a.pseudoInverse(), shifted(scaled.pseudoInverse(), units, none, 1));
            assertNear("q", a.qr().q(), scaled.qr().q());
            assertNear("r", a.qr().r(), shifted(scaled.qr().r(), new int[columns], units, -1));
        }
    }

    // ---- all elements in one unit -----------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(ints = {-1000, -650, 650, 1000})
    void factorsOfHugeAndTinyMatricesAreThoseOfTheirMultiples(int unit) {
        Random random = new Random(6);
        for (int size = 1; size <= 5; size++) {
            Value a = Samples.positiveDefinite(random, size);
            Value tall = Samples.random(random, size + 1, size);
            UnaryOperator<Value> up = x -> shifted(x, unit);
            assertSame(
                    "values",
                    up.apply(a.eigSymmetric().values()),
                    up.apply(a).eigSymmetric().values());
            assertSame(
                    "vectors",
                    a.eigSymmetric().vectors(),
                    up.apply(a).eigSymmetric().vectors());
            assertSame(
                    "singularValues",
                    up.apply(tall.singularValues()),
                    up.apply(tall).singularValues());
            assertSame("u", tall.svd().u(), up.apply(tall).svd().u());
            assertSame("v", tall.svd().v(), up.apply(tall).svd().v());
            assertEquals(a.reciprocalCondition(), up.apply(a).reciprocalCondition());
            assertEquals(tall.reciprocalCondition(), up.apply(tall).reciprocalCondition(), 1e-14);
            assertSame(
                    "truncatedPseudoInverse",
                    shifted(tall.truncatedPseudoInverse(1e-9), -unit),
                    up.apply(tall).truncatedPseudoInverse(1e-9));
            for (Function<Value, Value> part : List.<Function<Value, Value>>of(
                    x -> x.svd().u(), x -> x.svd().v(), x -> x.qr().q())) {
                assertGradientFalls(part, tall, unit);
            }
            assertGradientFalls(x -> x.eigSymmetric().vectors(), a, unit);
            assertSame(
                    "singularValues' gradient",
                    gradient(Value::singularValues, tall, Value.ones(new Shape(size, 1))),
                    gradient(Value::singularValues, up.apply(tall), Value.ones(new Shape(size, 1))));
        }
    }

    /** Of a result that does not depend on the unit. */
    private static void assertGradientFalls(Function<Value, Value> function, Value a, int unit) {
        Value upstream = Samples.random(
                new Random(7), function.apply(a).getNumRows(), function.apply(a).getNumCols());
        assertSame(
                "gradient",
                shifted(gradient(function, a, upstream), -unit),
                gradient(function, shifted(a, unit), upstream));
    }

    @ParameterizedTest
    @ValueSource(ints = {-300, 300})
    void gradientsOfPseudoInversesFallTwice(int unit) {
        Value tall = Samples.random(new Random(8), 4, 2);
        Value rankOne = tall.getColumn(0).multTransB(Samples.random(new Random(9), 3, 1));
        Value upstream = Samples.random(new Random(10), 2, 4);
        assertNear(
                "tall",
                gradient(Value::pseudoInverse, tall, upstream),
                shifted(gradient(Value::pseudoInverse, shifted(tall, unit), upstream), 2 * unit));
        Value other = Samples.random(new Random(10), 3, 4);
        assertNear(
                "rank one",
                gradient(x -> x.truncatedPseudoInverse(1e-9), rankOne, other),
                shifted(gradient(x -> x.truncatedPseudoInverse(1e-9), shifted(rankOne, unit), other), 2 * unit));
    }

    @Test
    void theLargestNumbersHaveAConditionAndSingularValues() {
        Value a = Value.constant(new double[][] {{1e308, 1e308}, {1e308, -1e308}});
        assertEquals(0.5, a.reciprocalCondition());
        assertEquals(Math.sqrt(2) * 1e308, a.singularValues().get(0, 0), 1e293);
        assertEquals(Math.sqrt(2) * 1e308, a.singularValues().get(1, 0), 1e293);
        assertEquals(5e-309, a.invert().get(0, 0), 1e-323);
        Value b = Value.constant(new double[][] {{1.7e308, 1e308}, {1e308, 1.7e308}});
        assertEquals(0.7 / 2.7, b.reciprocalCondition(), 1e-15);
        assertEquals(2 * Math.log(1e308) + Math.log(1.89), b.logDeterminant().scalar(), 1e-12);
        Value c = Value.constant(new double[][] {{2e-310, 1e-310}, {1e-310, 2e-310}});
        assertEquals(1 / 3.0, c.reciprocalCondition(), 1e-12);
        assertEquals(2 * Math.log(1e-310) + Math.log(3), c.logDeterminant().scalar(), 1e-11);
        assertEquals(1, c.solve(c).get(0, 0), 1e-12);
    }

    // ---- what is singular in any units ------------------------------------------------------------------------------

    @Test
    void unitsDoNotHideASingularMatrix() {
        Random random = new Random(11);
        for (int trial = 0; trial < TRIES; trial++) {
            int size = 2 + trial % 4;
            Value a = singular(random, size);
            Value scaled = shifted(a, exponents(random, size, 400), exponents(random, size, 400), 1);
            assertThrows(SingularMatrixException.class, scaled::invert);
            assertThrows(SingularMatrixException.class, scaled::signLogDeterminant);
            assertThrows(SingularMatrixException.class, () -> scaled.solve(Value.identity(size)));
        }
    }

    @Test
    void aRefusalNamesTheConditionInTheBestUnits() {
        Value hilbert = Value.constant(hilbert(14));
        var refusal = assertThrows(SingularMatrixException.class, hilbert::invert);
        assertTrue(
                refusal.getMessage().contains("scaled, its reciprocal condition number is about"),
                refusal.getMessage());
        assertTrue(refusal.reciprocalCondition() < 1e-16);
    }

    /** Its condition number is 2ⁿ, but not in units in which what is above the diagonal is small. */
    @ParameterizedTest
    @ValueSource(ints = {20, 60, 200})
    void aTriangularMatrixIsAsGoodAsItsDiagonal(int size) {
        DMatrixRMaj t = new DMatrixRMaj(size, size);
        for (int i = 0; i < size; i++) {
            for (int j = i; j < size; j++) {
                t.set(i, j, i == j ? 1 : -1);
            }
        }
        Value a = Value.constant(t);
        Value ones = Value.ones(new Shape(size, 1));
        assertEquals(Math.scalb(1.0, size - 1), a.solve(ones).get(0, 0));
        assertEquals(
                Math.scalb(1.0, size - 1),
                a.solveTriangular(Triangle.UPPER, ones).get(0, 0));
        assertEquals(0, a.logDeterminant().scalar());
    }

    @Test
    void symmetryIsJudgedInTheUnitsOfTheRows() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Value.constant(new double[][] {{1e12, 1}, {2, 1}}).cholesky());
        assertThrows(
                IllegalArgumentException.class,
                () -> Value.constant(new double[][] {{1e12, 0, 0}, {0, 1e-12, 1e-13}, {0, 2e-13, 1e-12}})
                        .eigSymmetric());
        assertEquals(
                1e6,
                Value.constant(new double[][] {{1e12, 1}, {1 + 1e-7, 1}})
                        .cholesky()
                        .get(0, 0));
    }

    // ---- exact figures ----------------------------------------------------------------------------------------------

    /** Hilbert matrices in mixed units, against 70 digits: errors grow with the condition number and nothing else. */
    @Test
    void hilbertMatricesInMixedUnitsAreAsExactAsTheirCondition() {
        for (int size = 2; size <= 8; size++) {
            int[] units = exponents(new Random(size), size, 40);
            Value a = shifted(Value.constant(hilbert(size)), units, units, 1);
            HyperDual[][] exact = Exact.solve(Exact.constant(a), Exact.identity(size));
            double condition = 1 / Value.constant(hilbert(size)).reciprocalCondition();
            Value inverse = a.invert();
            Value viaCholesky = inverseByCholesky(a);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    double truth = exact[i][j].value().doubleValue();
                    double bound = Math.abs(truth) * condition * 0x1p-50;
                    assertEquals(truth, inverse.get(i, j), bound);
                    assertEquals(truth, viaCholesky.get(i, j), bound);
                }
            }
        }
    }

    private static Value inverseByCholesky(Value a) {
        Value half = a.cholesky().solveTriangular(Triangle.LOWER, Value.identity(a.getNumRows()));
        return half.multTransA(half);
    }

    private static double[][] hilbert(int size) {
        double[][] a = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                a[i][j] = 1.0 / (i + j + 1);
            }
        }
        return a;
    }

    // ---- parts ------------------------------------------------------------------------------------------------------

    private static Value wellConditioned(Random random, int size) {
        return Samples.random(random, size, size).plus(Value.identity(size).scale(size + 3));
    }

    /** Integers, the last row the sum of the others; 0 if it is the only one. */
    private static Value singular(Random random, int size) {
        double[][] a = new double[size][size];
        for (int i = 0; i < size - 1; i++) {
            for (int j = 0; j < size; j++) {
                a[i][j] = random.nextInt(9) - 4 + (i == j ? 9 : 0);
                a[size - 1][j] += a[i][j];
            }
        }
        return Value.constant(a);
    }

    private static Value gradient(Function<Value, Value> function, Value at, Value upstream) {
        Value x = Value.variable("x", at);
        return function.apply(x).gradients(upstream).of(x);
    }

    private static int[] exponents(Random random, int size, int largest) {
        return random.ints(size, -largest, largest + 1).toArray();
    }

    private static int sum(int[] exponents) {
        return java.util.Arrays.stream(exponents).sum();
    }

    private static Value shifted(Value x, int[] rows, int[] columns, int sign) {
        return Value.adopting(Equilibrated.shifted(x.data(), rows, columns, sign));
    }

    private static Value shifted(Value x, int exponent) {
        return Value.adopting(Equilibrated.shifted(x.data(), exponent));
    }

    /** Element by element, as the units of elements differ. */
    private static void assertSame(String what, Value expected, Value actual) {
        assertEquals(expected.shape(), actual.shape());
        for (int i = 0; i < expected.shape().elements(); i++) {
            double e = expected.data().data[i];
            double a = actual.data().data[i];
            assertTrue(Math.abs(e - a) <= CLOSE * Math.abs(e) + Double.MIN_NORMAL, what + ": " + e + " but was " + a);
        }
    }

    private static void assertNear(String what, Value expected, Value actual) {
        assertTrue(
                expected.minus(actual).normF().scalar()
                        <= CLOSE * Math.max(1, expected.normF().scalar()),
                () -> what + ": " + expected + " but was " + actual);
    }
}
