package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elimination does not drown the small elements that decide in large ones that do not. */
class LUTest {
    private static final int TRIES = 500;
    private static final MathContext DIGITS = new MathContext(70);

    private enum Form {
        LOWER,
        UPPER,
        /** Of a lower triangle with its rows and columns in any order. */
        MIXED
    }

    @Test
    void aSmallPivotBesideLargeElementsCounts() {
        Value a = Value.constant(new double[][] {{1, 0, 0}, {1, 1e-17, 0}, {3, 0.7, 1}});
        for (Value x : new Value[] {a, a.transpose()}) {
            assertEquals(1e-17, x.determinant().scalar());
            assertEquals(1, x.signLogDeterminant().sign());
            assertEquals(Math.log(1e-17), x.signLogDeterminant().logarithm().scalar(), 1e-14);
            assertTrue(x.reciprocalCondition() > 1e-19 && x.reciprocalCondition() < 1e-17);
        }
        assertClose(a.solveTriangular(Triangle.LOWER, Value.identity(3)), a.invert());
        assertClose(a.transpose().invert().elementMult(a.determinant()), Derivatives.gradient(Value::determinant, a));
    }

    /** Elements from 1e-30 to 1e30. */
    @Test
    void determinantsOfTrianglesAreTheProductsOfTheirDiagonals() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIES; trial++) {
            for (Form form : Form.values()) {
                int size = 1 + random.nextInt(6);
                Value lower = Samples.random(random, size, size)
                        .elementMult(exponents(random, size).elementPowerOf(10))
                        .tril(0);
                int[] rows = form == Form.MIXED ? order(random, size) : order(null, size);
                int[] columns = form == Form.MIXED ? order(random, size) : order(null, size);
                Value a = form == Form.UPPER
                        ? lower.transpose()
                        : lower.rowsAt(rows).colsAt(columns);
                BigDecimal product = BigDecimal.ONE;
                for (int i = 0; i < size; i++) {
                    product = product.multiply(new BigDecimal(lower.get(i, i)), DIGITS);
                }
                double exact = product.doubleValue() * parity(rows) * parity(columns);
                assertEquals(exact, a.determinant().scalar(), 1e-14 * Math.abs(exact), a::toString);
                if (form == Form.LOWER) {
                    assertClose(lower.solveTriangular(Triangle.LOWER, Value.identity(size)), lower.invert());
                }
            }
        }
    }

    /** Their units drift apart by a factor of 2 and more with each row. */
    @ParameterizedTest
    @ValueSource(ints = {30, 100, 300})
    void largeTrianglesAreSingularOnlyWithAZeroOnTheirDiagonal(int size) {
        Value lower = Samples.random(new Random(size), size, size).tril(-1).plus(Value.identity(size));
        for (Value a : new Value[] {
            lower,
            lower.transpose(),
            lower.scale(1000).plus(Value.identity(size).scale(-999))
        }) {
            assertEquals(1, a.determinant().scalar());
            assertEquals(0, a.signLogDeterminant().logarithm().scalar());
            assertEquals(size, a.solve(a).trace().scalar(), 1e-12 * size);
        }
        Value hole = lower.minus(Value.identity(size).slice(0, size, 0, 1).pad(0, 0, 0, size - 1, 0));
        assertEquals(0, hole.determinant().scalar());
        assertThrows(SingularMatrixException.class, hole::invert);
    }

    /** [a 0; c d] where nothing of d is as large as c. */
    @Test
    void determinantsOfBlocksAreThoseOfTheBlocksOnTheDiagonal() {
        Random random = new Random(2);
        for (int trial = 0; trial < TRIES; trial++) {
            Value a = wellConditioned(random);
            Value d = wellConditioned(random).scale(Math.pow(10, -random.nextInt(30)));
            Value c = Samples.random(random, 2, 2)
                    .elementMult(exponents(random, 2).elementPowerOf(10));
            Value below = c.concatColumns(d);
            Value all = a.concatColumns(Value.zeros(new Shape(2, 2))).concatRows(below);
            double exact = a.determinant().scalar() * d.determinant().scalar();
            assertEquals(exact, all.determinant().scalar(), 1e-11 * Math.abs(exact), all::toString);
            assertEquals(exact, all.transpose().determinant().scalar(), 1e-11 * Math.abs(exact), all::toString);
        }
    }

    private static void assertClose(Value expected, Value actual) {
        Value error = actual.minus(expected).abs().overOrZero(expected);
        assertTrue(error.abs().elementMax().scalar() < 1e-12, () -> "expected\n" + expected + "but\n" + actual);
    }

    private static Value exponents(Random random, int size) {
        double[][] exponents = new double[size][size];
        for (double[] row : exponents) {
            Arrays.setAll(row, j -> random.nextInt(61) - 30);
        }
        return Value.constant(exponents);
    }

    private static Value wellConditioned(Random random) {
        return Samples.random(random, 2, 2)
                .qr()
                .q()
                .plus(Samples.random(random, 2, 2).scale(0.2));
    }

    private static int[] order(Random random, int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int j = random == null ? i : random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static int parity(int[] order) {
        int parity = 1;
        for (int i = 0; i < order.length; i++) {
            for (int j = 0; j < i; j++) {
                parity = order[j] > order[i] ? -parity : parity;
            }
        }
        return parity;
    }
}
