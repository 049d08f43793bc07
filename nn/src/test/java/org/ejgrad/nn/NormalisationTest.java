package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejgrad.Derivatives;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

class NormalisationTest {
    private static final Value X = Value.constant(new double[][] {{1, 10}, {3, 10}, {5, 10}});

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    @Test
    void aConstantColumnOrRowGivesZeroWithGradientZero() {
        Value x = Value.variable("x", X);
        Value column = new BatchNorm(2).forward(x).getColumn(1);
        assertArrayEquals(new double[3], elements(column));
        assertArrayEquals(
                new double[] {0, 0, 0},
                elements(column.elementSum().gradients().of(x).getColumn(1)),
                1e-12);
        Value one = Value.variable("x", new double[][] {{7}, {9}});
        Value row = new LayerNorm(1).forward(one);
        assertArrayEquals(new double[2], elements(row));
        assertArrayEquals(new double[2], elements(row.elementSum().gradients().of(one)));
    }

    @Test
    void hugeRowsAreNormalisedBesideOthers() {
        double[][] mixed = {{1e200, -1e200}, {1.5e308, -1.5e308}, {3, 1}, {7, 7}};
        Value x = Value.variable("x", mixed);
        Value normal = LayerNorm.plain(1e-5).forward(x);
        double ordinary = 1 / Math.sqrt(1 + 1e-5);
        assertArrayEquals(new double[] {1, -1, 1, -1, ordinary, -ordinary, 0, 0}, elements(normal), 1e-15);
        Value slope = normal.getColumn(0).elementSum().gradients().of(x);
        assertEquals(1e-5 / 2 * Math.pow(1 + 1e-5, -1.5), slope.get(2, 0), 1e-15);
        assertEquals(0, slope.get(0, 0), 1e-200);
        Value columns =
                new BatchNorm(4).withoutScaling().forward(Value.constant(mixed).transpose());
        assertArrayEquals(elements(normal.transpose()), elements(columns), 1e-15);
        assertEquals(
                new Shape(0, 3),
                new LayerNorm(3).forward(Value.zeros(new Shape(0, 3))).shape());
    }

    /** Whatever their size and ε; the slope is (dy − its mean)/√ε, as ε alone is under the root. */
    @Test
    void equalNumbersOfAnySizeGiveZeroWithASlope() {
        Value upstream = Value.row(3, -1, 7);
        double[] sizes = {Double.MIN_VALUE, 1e-200, 1e-100, 0.1, 5, 1e100, 1e155, 1e160, 1e200, -1e300, 1.7e308};
        for (double epsilon : new double[] {1e-5, 1e-130, 1e-300, Double.MIN_VALUE, 1e200}) {
            double slope = 1 / Math.sqrt(epsilon);
            for (double size : sizes) {
                String which = size + ", epsilon " + epsilon;
                Value equal = Value.row(size, size, size);
                Layer rows = LayerNorm.plain(epsilon);
                Layer columns = new BatchNorm(1, epsilon, 1).withoutScaling();
                for (UnaryOperator<Value> norm : List.<UnaryOperator<Value>>of(
                        rows::forward,
                        x -> columns.forward(x.transpose()).transpose(),
                        x -> columns.at(0).forward(x.transpose()).transpose())) {
                    assertArrayEquals(new double[3], elements(norm.apply(equal)), 0, which);
                    Function<Value, Value> loss = x -> norm.apply(x).dot(upstream);
                    double[] gradient = elements(Derivatives.gradient(loss, equal));
                    assertArrayEquals(new double[] {0, -4 * slope, 4 * slope}, gradient, 1e-14 * slope, which);
                    assertArrayEquals(new double[9], elements(Derivatives.hessian(loss, equal)), 0, which);
                }
                assertEquals(size, columns.statistics().get(0).value().scalar(), which);
                assertEquals(0, columns.statistics().get(1).value().scalar(), which);
            }
        }
    }

    /** A unit of the distances, not of the numbers: these differ by the last digit only. */
    @Test
    void hugeNumbersThatHardlyDifferAreNormalised() {
        for (double size : new double[] {1e160, 1e200, 0x1p1023}) {
            double more = size + Math.ulp(size);
            Value x = Value.row(size, size, more, more);
            assertArrayEquals(new double[] {-1, -1, 1, 1}, elements(new LayerNorm(4).forward(x)), 1e-15, size + "");
        }
        Value opposed = Value.row(Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE);
        double unit = Math.sqrt(0.5);
        assertArrayEquals(new double[] {2 * unit, -unit, -unit}, elements(new LayerNorm(3).forward(opposed)), 1e-15);
    }

    @Test
    void forwardAloneMovesNoStatistics() {
        BatchNorm layer = new BatchNorm(2);
        layer.forward(X);
        assertArrayEquals(new double[2], elements(layer.statistics().get(0).value()));
        assertArrayEquals(
                new double[] {1, 1}, elements(layer.statistics().get(1).value()));
    }

    @Test
    void aStepMovesTheStatisticsByTheMomentum() {
        BatchNorm layer = new BatchNorm(2, 1e-5, 0.25);
        layer.at(0).forward(X);
        assertArrayEquals(
                new double[] {0.75, 2.5}, elements(layer.statistics().get(0).value()), 1e-15);
        assertArrayEquals(
                new double[] {0.75 + 0.25 * 4, 0.75},
                elements(layer.statistics().get(1).value()),
                1e-15);
    }

    @Test
    void averagingGivesThePlainMeanOfAllBatches() {
        BatchNorm layer = BatchNorm.averaging(2, 1e-5);
        layer.at(0).forward(X);
        layer.at(1).forward(X.plus(2));
        layer.at(2).forward(X.plus(4));
        assertArrayEquals(
                new double[] {5, 12}, elements(layer.statistics().get(0).value()), 1e-14);
        assertArrayEquals(
                new double[] {4, 0}, elements(layer.statistics().get(1).value()), 1e-14);
        assertEquals(3, layer.statistics().get(2).value().scalar());
    }

    @Test
    void inferenceUsesTheRunningStatisticsOnAnyNumberOfRows() {
        BatchNorm layer = BatchNorm.averaging(2, 1e-5).withoutScaling();
        layer.at(0).forward(X);
        Value one = layer.inference().forward(Value.constant(new double[][] {{5, 11}}));
        assertArrayEquals(new double[] {2 / Math.sqrt(4 + 1e-5), 1 / Math.sqrt(1e-5)}, elements(one), 1e-12);
        assertEquals(0, layer.parameters().size());
    }

    @Test
    void inferenceIsOfTheSameLayer() {
        BatchNorm norm = new BatchNorm(2);
        assertSame(norm.inference(), norm.at(1).inference());
        for (Layer each : List.of(norm.inference(), norm.inference().map((name, layer) -> layer), norm.at(1))) {
            assertEquals(norm.statistics(), each.statistics());
            assertEquals(norm.description(), each.description());
        }
        assertEquals("Dense(2, 2)", new Dense(2, 2, 0).inference().toString());
        Value x = Value.ones(new Shape(2, 3));
        for (Layer each : List.of(norm, norm.inference(), norm.at(1), norm.withoutScaling())) {
            assertEquals("BatchNorm(2): the input is 2x3; expected 2 columns", Thrown.argument(() -> each.forward(x)));
        }
    }

    @Test
    void aNetworkPassesStepsAndStatisticsOn() {
        BatchNorm norm = new BatchNorm(2);
        Sequential network = Sequential.of(Residual.of(norm), new Dense(2, 1, 1));
        network.at(3).forward(X);
        assertEquals("[0.mean 1x2, 0.variance 1x2]", network.statistics().toString());
        assertEquals(0.3, norm.statistics().get(0).value().get(0, 0), 1e-15);
    }

    /** Shifts and factors of the input do not change what a normalisation gives, as long as ε does not count. */
    @Test
    void normalisationsAreRightAtEveryScale() {
        double[][] rows = {{1, -1, 4}, {3, 5, -2}, {-7, 2, 2}, {0.5, 0, 1}};
        Value x = Value.constant(rows);
        for (Layer layer : List.of(LayerNorm.plain(Double.MIN_VALUE), new BatchNorm(3, Double.MIN_VALUE, 0.1))) {
            Value wanted = layer.forward(x);
            for (int exponent : new int[] {-480, -420, 0, 330, 340, 600, 1020}) {
                Value scaled = Value.variable("x", x.scale(Math.scalb(1.0, exponent)));
                Value y = layer.forward(scaled);

                assertArrayEquals(elements(wanted), elements(y), 1e-14, layer + " at 2^" + exponent);
                Value slope = y.elementMult(x).elementSum().gradients().of(scaled);
                Value plain = Value.variable("x", x);
                Value usual = layer.forward(plain)
                        .elementMult(x)
                        .elementSum()
                        .gradients()
                        .of(plain);
                assertArrayEquals(elements(usual), elements(slope.scale(Math.scalb(1.0, exponent))), 1e-13, "slope");
            }
        }
        // A small row beside a large one keeps its own scale.
        Value both = LayerNorm.plain(1e-5).forward(Value.constant(new double[][] {{1e200, -1e200}, {1, -1}}));
        double usual = 1 / Math.sqrt(1 + 1e-5);
        assertArrayEquals(new double[] {1, -1, usual, -usual}, elements(both), 1e-15);
    }

    @Test
    void runningStatisticsAreRightOrAsBefore() {
        BatchNorm layer = new BatchNorm(1, 1e-5, 0.5);
        layer.at(0).forward(Value.constant(new double[][] {{1e153}, {-1e153}, {1e153}, {-1e153}}));
        assertEquals(0, layer.statistics().get(0).value().scalar());
        assertEquals(0.5 * 4e306 / 3, layer.statistics().get(1).value().scalar(), 1e292);
        Value before = layer.statistics().get(1).value();
        String message = assertThrows(
                        NonFiniteException.class,
                        () -> layer.at(1).forward(Value.constant(new double[][] {{1e200}, {-1e200}})))
                .getMessage();
        assertEquals(
                "BatchNorm(1): the variance of column 0 is too large for a double; the running statistics are "
                        + "unchanged. Standardised inputs may help",
                message);
        assertSame(before, layer.statistics().get(1).value());
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Value output = layer.at(2).forward(Value.constant(new double[][] {{1}, {none}}));
            assertTrue(Double.isNaN(output.get(1, 0)), "NaN in, NaN out");
        }
        assertSame(before, layer.statistics().get(1).value());
    }

    @Test
    void twoThreadsLoseNoBatch() throws InterruptedException {
        BatchNorm layer = BatchNorm.averaging(1, 1e-5);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            threads.add(new Thread(() -> {
                for (int step = 0; step < 500; step++) {
                    layer.at(step).forward(Value.constant(new double[][] {{1}, {3}}));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1000, layer.statistics().get(2).value().scalar());
        assertEquals(2, layer.statistics().get(0).value().scalar(), 1e-12);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        BatchNorm layer = new BatchNorm(2);
        assertEquals(
                "BatchNorm(2): the batch has 1 rows; expected at least 2, the variance of fewer means nothing; "
                        + "inference() takes any number, and withoutPartial() of Batches or Trainer leaves out a last "
                        + "batch that is smaller than the others",
                assertThrows(IllegalArgumentException.class, () -> layer.forward(X.getRow(0)))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> layer.inference().forward(X.getColumn(0)));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm(0));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm(2, 0, 0.1));
        assertThrows(IllegalArgumentException.class, () -> new BatchNorm(2, 1e-5, 1.5));
        assertThrows(IllegalArgumentException.class, () -> new LayerNorm(2, Double.NaN));
        IllegalArgumentException failed =
                assertThrows(IllegalArgumentException.class, () -> layer.at(0).forward(X.getRow(0)));
        assertEquals(0, layer.statistics().get(0).value().get(0, 0), failed.getMessage());
    }
}
