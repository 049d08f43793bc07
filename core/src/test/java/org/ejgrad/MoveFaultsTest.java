package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Sizes, places and parameters that moves, reductions and activations refuse, in words that name the call. */
class MoveFaultsTest {
    private static final Value X = Value.variable("x", new double[][] {{1, 2, 3}, {4, 5, 6}});

    private static void refused(String message, Executable call) {
        String operands = "; the operands? (is|are) x( and (x|constant))*$";
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, call).getMessage().replaceAll(operands, ""));
    }

    @Test
    void sizesThatNoMatrixHas() {
        refused(
                "tile(2x3, 1000000, 1000000): the result would have 2000000x3000000 elements; at most 2147483647 fit in one matrix",
                () -> X.tile(1000000, 1000000));
        refused(
                "tile(2x3, 2147483647, 0): the result would have 4294967294x0 elements; at most 2147483647 fit in one matrix",
                () -> X.tile(Integer.MAX_VALUE, 0));
        refused(
                "pad(2x3, 2147483647, 0, 0, 0, 0.0): the result would have 2147483649x3 elements; at most 2147483647 fit in one matrix",
                () -> X.pad(Integer.MAX_VALUE, 0, 0, 0, 0));
        refused(
                "pad(2x3, 0, 2147483647, 0, 0, 0.0): the result would have 2147483649x3 elements; at most 2147483647 fit in one matrix",
                () -> X.pad(0, Integer.MAX_VALUE, 0, 0, 0));
        refused(
                "pad(2x3, 0, 0, 1, 2147483644, 0.0): the result would have 2x2147483648 elements; at most 2147483647 fit in one matrix",
                () -> X.pad(0, 0, 1, Integer.MAX_VALUE - 3, 0));
        assertEquals(
                new Shape(Integer.MAX_VALUE, 0),
                Value.zeros(new Shape(1, 0)).tile(Integer.MAX_VALUE, 1).shape());
        assertEquals(
                new Shape(0, Integer.MAX_VALUE),
                Value.zeros(new Shape(0, 1)).tile(1, Integer.MAX_VALUE).shape());
        refused("tile(2x3, -1, 2): -1 is negative", () -> X.tile(-1, 2));
        refused("pad(2x3, 0, 0, 0, -3, 1.0): -3 is negative", () -> X.pad(0, 0, 0, -3, 1));
    }

    @Test
    void placesThatDoNotExist() {
        refused("rows(2x3, 0, 2, 0): expected 0 <= from <= to <= 2 and a step from 1 on", () -> X.rows(0, 2, 0));
        refused("cols(2x3, 2, 1, 1): expected 0 <= from <= to <= 3 and a step from 1 on", () -> X.cols(2, 1, 1));
        refused("rowsAt(2x3, [-1]): there is no row -1; expected 0 to 1", () -> X.rowsAt(-1));
        refused("top(2x3, ROW, -1): the count is -1; expected 0 to 3", () -> X.top(Per.ROW, -1));
        refused(
                "gather(2x3, ROW): row 1 of the index has 2 numbers; expected 1",
                () -> X.gather(Per.ROW, new int[][] {{0}, {0, 1}}));
    }

    @Test
    void theFirstAndLastPlacesExist() {
        Samples.assertClose(X, X.rows(0, 2, 1), 0);
        Samples.assertClose(X, X.cols(0, 3, 1), 0);
        assertEquals(new Shape(0, 3), X.rows(2, 2, 1).shape());
        Samples.assertClose(Value.constant(new double[][] {{2}, {5}}), X.cols(1, 3, 2), 0);
        Value six = Value.constant(new double[][] {{1, 2, 3, 4, 5, 6}});
        Samples.assertClose(Value.constant(new double[][] {{2, 4, 6}}), six.cols(1, 6, 2), 0);
        Samples.assertClose(X.cols(1, 3, 1), X.clamp(2, 6).cols(1, 3, 1), 0);
        assertEquals(new Shape(7, 10), X.pad(1, 4, 2, 5, 0).shape());
        assertEquals(6, X.pad(1, 4, 2, 5, 0).get(2, 4));
    }

    @Test
    void theLeastParametersAreAccepted() {
        Samples.assertClose(Value.filled(X.shape(), 2), X.clamp(2, 2), 0);
        Samples.assertClose(X, X.softshrink(0), 0);
        Samples.assertClose(X, X.hardshrink(0), 0);
        Samples.assertClose(Value.constant(21), X.norm(1), 0);
    }

    @Test
    void parametersOutOfRange() {
        refused("clamp(2x3, 2.0, 1.0): the low bound must not exceed the high one", () -> X.clamp(2, 1));
        refused(
                "clampOpen(2x3, NaN, 1.0): the low bound must not exceed the high one",
                () -> X.clampOpen(Double.NaN, 1));
        refused("softshrink(2x3, -1.0): expected a number from 0 on", () -> X.softshrink(-1));
        refused("hardshrink(2x3, NaN): expected a number from 0 on", () -> X.hardshrink(Double.NaN));
        refused("norm(2x3, 0.5): expected p of at least 1", () -> X.norm(0.5));
        refused("norm(2x3, ROW, NaN): expected p of at least 1", () -> X.norm(Per.ROW, Double.NaN));
        refused(
                "variance(2x3, COLUMN, 2): ddof 2 of 2 elements; expected more than ddof, and ddof not negative",
                () -> X.variance(Per.COLUMN, 2));
        refused(
                "standardDeviation(2x3, -1): ddof -1 of 6 elements; expected more than ddof, and ddof not negative",
                () -> X.standardDeviation(-1));
        refused(
                "where(2x3, 1x1, 1x1): the condition at row 0, column 1 is 2.0; expected 0 or 1",
                () -> X.where(Value.constant(1), Value.constant(2)));
    }

    @Test
    void argMaxIsTheFirstAndNaNTheLargest() {
        Value x = Value.constant(new double[][] {{1, 3, 3}, {Double.NaN, 9, Double.NaN}});
        assertArrayEquals(new int[] {1, 0}, x.argMax(Per.ROW));
        assertArrayEquals(new int[] {1, 1, 1}, x.argMax(Per.COLUMN));
        assertArrayEquals(new int[] {}, Value.zeros(new Shape(0, 0)).argMax(Per.ROW));
        refused(
                "argMax(2x0, ROW): argmax of 0 elements",
                () -> Value.zeros(new Shape(2, 0)).argMax(Per.ROW));
        refused(
                "argMax(0x2, COLUMN): argmax of 0 elements",
                () -> Value.zeros(new Shape(0, 2)).argMax(Per.COLUMN));
        assertArrayEquals(new int[0], Value.zeros(new Shape(0, 2)).argMax(Per.ROW));
    }
}
