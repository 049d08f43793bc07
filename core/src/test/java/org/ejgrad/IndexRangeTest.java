package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Index arithmetic at the ends of int: nothing wraps around, and what cannot be is refused in the call's words. */
class IndexRangeTest {
    private static final int[] ENDS = {
        Integer.MIN_VALUE,
        Integer.MIN_VALUE + 1,
        -1_000_000_007,
        -4,
        -1,
        0,
        1,
        4,
        1_000_000_007,
        Integer.MAX_VALUE - 1,
        Integer.MAX_VALUE
    };
    private static final Value X = Value.variable("x", new double[][] {{1, 2, 3}, {4, 5, 6}});

    @Test
    void rollsArePermutations() {
        for (int shift : ENDS) {
            int places = BigInteger.valueOf(shift).mod(BigInteger.valueOf(6)).intValue();
            double[] rolled = elements(X.roll(Per.ALL, shift));
            double[] rows = elements(X.roll(Per.ROW, shift));
            double[] columns = elements(X.roll(Per.COLUMN, shift));
            for (int i = 0; i < 6; i++) {
                assertEquals(1 + i, rolled[(i + places) % 6]);
                assertEquals(1 + i, rows[i / 3 * 3 + (i + places) % 3]);
                assertEquals(1 + i, columns[(i / 3 + places) % 2 * 3 + i % 3]);
            }
            assertArrayEquals(
                    new double[] {1, 1, 1, 1, 1, 1},
                    elements(X.roll(Per.ROW, shift).elementSum().gradients().of(X)));
        }
        assertEquals(
                new Shape(0, 3),
                Value.zeros(new Shape(0, 3)).roll(Per.COLUMN, Integer.MIN_VALUE).shape());
    }

    @Test
    void stepsMayBeLargerThanTheMatrix() {
        assertArrayEquals(new double[] {1, 2, 3}, elements(X.rows(0, 2, Integer.MAX_VALUE)));
        assertArrayEquals(new double[] {1, 4}, elements(X.cols(0, 3, Integer.MAX_VALUE)));
        assertEquals(new Shape(0, 3), X.rows(2, 2, Integer.MAX_VALUE).shape());
    }

    @Test
    void diagonalsAndTrianglesTakeAnyOffset() {
        for (int offset : ENDS) {
            boolean crosses = offset > -2 && offset < 3;
            assertEquals(crosses, X.diagonal(offset).getNumRows() > 0, "diagonal " + offset);
            double[] lower = elements(X.tril(offset));
            double[] upper = elements(X.triu(offset));
            for (int i = 0; i < 6; i++) {
                long place = i % 3 - i / 3;
                assertEquals(place <= offset ? 1 + i : 0, lower[i], "tril " + offset);
                assertEquals(place >= offset ? 1 + i : 0, upper[i], "triu " + offset);
            }
            assertEquals(
                    6,
                    X.diagonal(offset)
                            .elementSum()
                            .plus(X.elementSum())
                            .gradients()
                            .of(X)
                            .matrix()
                            .getNumElements());
        }
    }

    @Test
    void placesThatCannotBeAreRefused() {
        for (int place : new int[] {Integer.MIN_VALUE, -1, 3, Integer.MAX_VALUE}) {
            assertRefused("getRow(2x3, " + place + "): there is no row", () -> X.getRow(place));
            assertRefused("getColumn(2x3, " + place + "): there is no column", () -> X.getColumn(place));
            assertRefused("rowsAt(2x3, [" + place + "]): there is no row", () -> X.rowsAt(place));
            assertRefused("rows(2x3, 0, " + place + ", 1): expected", () -> X.rows(0, place, 1));
            assertRefused("slice(2x3, 0, " + place + ", 0, 1): rows", () -> X.slice(0, place, 0, 1));
            assertRefused("slice(2x3, 0, 1, " + place + ", 1): columns", () -> X.slice(0, 1, place, 1));
        }
        assertRefused("top(2x3, ROW, 2147483647): the count", () -> X.top(Per.ROW, Integer.MAX_VALUE));
    }

    @Test
    void resultsThatNoMatrixHoldsAreRefused() {
        int large = Integer.MAX_VALUE;
        Value column = X.cols(0, 1);
        assertRefused("tile(2x3, 2147483647, 1): the result", () -> X.tile(large, 1));
        assertRefused("tile(2x3, 2147483647, 2147483647): the result", () -> X.tile(large, large));
        assertRefused("tile(2x3, -2147483648, 1): -2147483648 is negative", () -> X.tile(Integer.MIN_VALUE, 1));
        assertRefused("pad(2x3, 2147483647, 2147483647, 0, 0, 0.0): the", () -> X.pad(large, large, 0, 0, 0));
        assertRefused("pad(2x3, 0, 0, 1, -2147483648, 0.0): -2", () -> X.pad(0, 0, 1, Integer.MIN_VALUE, 0));
        assertRefused("diagEmbed(2x1, -2147483648): the result", () -> column.diagEmbed(Integer.MIN_VALUE));
        assertRefused("diagEmbed(2x1, 2147483647): the result", () -> column.diagEmbed(large));
        assertRefused("diagEmbed(2x1, 65536): the result", () -> column.diagEmbed(65536));
        Value noColumns = Value.zeros(new Shape(large, 0));
        Value noRows = Value.zeros(new Shape(0, large));
        assertRefused("concatRows(2147483647x0, 2147483647x0): the", () -> noColumns.concatRows(noColumns));
        assertRefused("concatColumns(0x2147483647, 0x2147483647): the", () -> noRows.concatColumns(noRows));
        assertRefused("kron(0x2147483647, 2x3): the result", () -> noRows.kron(X));
    }

    @Test
    void nothingIsScatteredOrCombined() {
        Value none = Value.variable("none", new DMatrixRMaj(0, 3));
        Value sum = X.scatterAdd(Per.ROW, new int[0][], none).elementSum();
        assertEquals(new Shape(0, 3), sum.gradients().of(none).shape());
        assertEquals(21, sum.scalar());
        assertRefused("variadic(v, -1): a negative number of inputs", () -> {
            Operation.variadic("v", -1, m -> m[0], "f", (i, in, y, dy) -> dy);
            return X;
        });
    }

    @Test
    void joiningAndPartingTakesTimeAsTheNumberOfParts() {
        int n = 100_000;
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            parts.add(Value.variable("x", i));
        }
        Value[] rest = parts.subList(1, n).toArray(new Value[0]);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Value row = parts.get(0).concatColumns(rest);
            Value column = parts.get(0).concatRows(rest);
            Gradients gradients =
                    row.square().elementSum().plus(column.elementSum()).gradients();
            for (int i = 0; i < n; i++) {
                assertEquals(2.0 * i + 1, gradients.of(parts.get(i)).scalar());
            }
        });
    }

    private static double[] elements(Value x) {
        return Arrays.copyOf(x.data().data, x.shape().elements());
    }

    private static void assertRefused(String beginning, Supplier<Value> call) {
        String message = assertThrows(IllegalArgumentException.class, call::get).getMessage();
        assertTrue(message.startsWith(beginning), message);
    }
}
