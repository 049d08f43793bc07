package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exponentials of matrices far from normal, and their first and second derivatives, against 70 digits. */
class MatrixExponentialTest {
    private static final boolean TABLE = Boolean.getBoolean("ejgrad.table");
    private static final double POSITIVE_INFINITY = Double.POSITIVE_INFINITY;

    /** Matrices whose norm says little about their powers. */
    static List<double[][]> difficult() {
        return List.of(
                new double[][] {{1, 1.2e9}, {0, 1}},
                new double[][] {{1, 0}, {-3e12, 1.5}},
                new double[][] {{1, 1e8}, {0, -1}},
                new double[][] {{1, 1e8}, {0, 1 + 1e-9}},
                new double[][] {{-1000, 0}, {0, -1}},
                new double[][] {{-700, 1e5}, {0, -20}},
                new double[][] {{0, 1e10, 3}, {0, 0, -2e7}, {0, 0, 0}},
                new double[][] {{1, 0, 0}, {1e10, -3, 0}, {2, 1e8, 4}},
                new double[][] {{0, 1e6}, {-1e-6, 0}},
                new double[][] {{1e9, 1e9}, {-1e9, -1e9}},
                new double[][] {{-0.5, 3e7, 0}, {0, 0.2, 1}, {0, -1, 0.2}},
                new double[][] {{4.68, -6.08e7}, {0, -0.797}});
    }

    @ParameterizedTest
    @MethodSource("difficult")
    void difficultMatricesAreExact(double[][] elements) {
        Value a = Value.variable("a", elements);
        int size = elements.length;
        Value direction = Samples.random(new Random(2), size, size);
        Value weights = Samples.random(new Random(3), size, size);
        Value y = a.matrixExp();
        Value g = y.dot(weights).gradients(Gradients.Option.DIFFERENTIABLE).of(a);
        Value h = g.dot(direction).gradients().of(a);
        double[] errors = new double[3];
        double[] norms = new double[3];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                HyperDual[][] exact = exponential(a, direction, i, j);
                HyperDual sum = HyperDual.ZERO;
                for (int k = 0; k < size; k++) {
                    for (int l = 0; l < size; l++) {
                        sum = sum.plus(exact[k][l].times(HyperDual.of(weights.get(k, l))));
                    }
                }
                add(errors, norms, 0, exact[i][j].value().doubleValue(), y.get(i, j));
                add(errors, norms, 1, sum.s().doubleValue(), g.get(i, j));
                add(errors, norms, 2, sum.st().doubleValue(), h.get(i, j));
            }
        }
        if (TABLE) {
            System.out.printf(
                    "%s: %.2g %.2g %.2g%n", a, errors[0] / norms[0], errors[1] / norms[1], errors[2] / norms[2]);
        }
        assertTrue(errors[0] <= 2e-15 * norms[0], "value " + errors[0] / norms[0]);
        assertTrue(errors[1] <= 2e-14 * norms[1], "gradient " + errors[1] / norms[1]);
        assertTrue(errors[2] <= 2e-13 * norms[2], "second derivative " + errors[2] / norms[2]);
    }

    private static void add(double[] errors, double[] norms, int order, double expected, double actual) {
        errors[order] = Math.max(errors[order], Math.abs(expected - actual));
        norms[order] = Math.max(norms[order], Math.abs(expected));
    }

    /** By its series, of a part small enough, and squaring. */
    private static HyperDual[][] exponential(Value a, Value direction, int i, int j) {
        int halvings = Math.max(0, 1 + Math.getExponent(a.abs().elementSum().scalar()));
        double part = Math.scalb(1.0, -halvings);
        HyperDual[][] x = Exact.zeros(a.getNumRows(), a.getNumRows());
        for (int k = 0; k < x.length; k++) {
            for (int l = 0; l < x.length; l++) {
                x[k][l] = HyperDual.of(a.get(k, l) * part, k == i && l == j ? part : 0, direction.get(k, l) * part);
            }
        }
        HyperDual[][] y = Exact.exponential(x);
        for (int k = 0; k < halvings; k++) {
            y = Exact.mult(y, y);
            for (HyperDual[] row : y) {
                Arrays.setAll(row, column -> withPlainZeros(row[column]));
            }
        }
        return y;
    }

    /** The scale of a zero doubles with each squaring, and so would the time to add it. */
    private static HyperDual withPlainZeros(HyperDual x) {
        return new HyperDual(plainZero(x.value()), plainZero(x.s()), plainZero(x.t()), plainZero(x.st()));
    }

    private static BigDecimal plainZero(BigDecimal x) {
        return x.signum() == 0 ? BigDecimal.ZERO : x;
    }

    // ---- what leaves the range of numbers ---------------------------------------------------------------------------

    @Test
    void zerosStayZerosBesideInfinity() {
        assertElements(exponential(new double[][] {{1000, 0}, {0, -1000}}), POSITIVE_INFINITY, 0, 0, 0);
        assertElements(exponential(new double[][] {{700, 0}, {0, -700}}), Math.exp(700), 0, 0, Math.exp(-700));
        assertElements(
                exponential(new double[][] {{1e308, 0}, {1, -1e308}}), POSITIVE_INFINITY, 0, POSITIVE_INFINITY, 0);
        assertElements(exponential(new double[][] {{0, 1e300}, {0, 0}}), 1, 1e300, 0, 1);
        assertElements(exponential(new double[][] {{0, 0}, {-1.7e308, 0}}), 1, 0, -1.7e308, 1);
        assertElements(exponential(new double[][] {{1e200, 1e200}, {-1e200, -1e200}}), 1e200, 1e200, -1e200, -1e200);
        assertElements(
                exponential(new double[][] {{0, 1e200, 0}, {0, 0, 1e200}, {0, 0, 0}}),
                1,
                1e200,
                POSITIVE_INFINITY,
                0,
                1,
                1e200,
                0,
                0,
                1);
        double e = Math.E;
        assertElements(
                exponential(new double[][] {{1, 1e200, 0}, {0, 1, 1e200}, {0, 0, 1}}),
                e,
                e * 1e200,
                POSITIVE_INFINITY,
                0,
                e,
                e * 1e200,
                0,
                0,
                e);
    }

    @Test
    void signsOfInfinityAreThoseOfTheRotation() {
        Value y = exponential(new double[][] {{1000, 2000}, {-2000, 1000}});
        assertElements(
                y,
                POSITIVE_INFINITY * Math.signum(Math.cos(2000)),
                POSITIVE_INFINITY * Math.signum(Math.sin(2000)),
                -POSITIVE_INFINITY * Math.signum(Math.sin(2000)),
                POSITIVE_INFINITY * Math.signum(Math.cos(2000)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 30, 300, 1000, 1020})
    void hugeMatricesAreNeverUnknown(int exponent) {
        Random random = new Random(exponent);
        for (int trial = 0; trial < 20; trial++) {
            int size = 1 + trial % 4;
            double[][] elements = new double[size][size];
            for (double[] row : elements) {
                for (int i = 0; i < size; i++) {
                    row[i] = random.nextInt(3) == 0 ? 0 : Math.scalb(random.nextGaussian(), exponent);
                }
            }
            Value a = Value.variable("a", elements);
            Value y = a.matrixExp();
            Value gradient = y.gradients(Value.ones(y.shape())).of(a);
            for (int i = 0; i < size * size; i++) {
                assertFalse(Double.isNaN(y.data().data[i]), () -> a + " gives " + y);
                assertFalse(Double.isNaN(gradient.data().data[i]), () -> a + " has the gradient " + gradient);
            }
        }
    }

    @Test
    void aMaskedExponentialHasNoGradient() {
        Value a = Value.variable("a", new double[][] {{Double.NaN, 0}, {0, POSITIVE_INFINITY}});
        Value zero = Value.zeros(a.shape());
        Samples.assertClose(
                zero, zero.where(a.matrixExp(), zero).elementSum().gradients().of(a), 0);
        Value determinant = Value.zeros(Shape.SCALAR).where(a.determinant(), Value.zeros(Shape.SCALAR));
        Samples.assertClose(zero, determinant.gradients().of(a), 0);
    }

    private static Value exponential(double[][] elements) {
        return Value.constant(elements).matrixExp();
    }

    private static void assertElements(Value y, double... expected) {
        for (int i = 0; i < expected.length; i++) {
            double actual = y.data().data[i];
            assertEquals(expected[i], actual, Double.isInfinite(expected[i]) ? 0 : Math.abs(expected[i]) * 1e-15);
        }
    }
}
