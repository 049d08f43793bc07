package org.ejgrad.nn.arguments;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What is as required comes back; everything else is refused with its name, its value and what was expected. */
class RequireTest {
    private static final double INFINITE = Double.POSITIVE_INFINITY;

    @Test
    void numbersAtTheBoundsAreTaken() {
        assertEquals(Double.MIN_VALUE, Require.positive(Double.MIN_VALUE, "x"));
        assertEquals(0, Require.notNegative(0, "x"));
        assertEquals(0, Require.fraction(0, "x"));
        assertEquals(1, Require.share(1, "x"));
        assertEquals(-Double.MAX_VALUE, Require.finite(-Double.MAX_VALUE, "x"));
        assertEquals(3, Require.atLeast(3, 3, "x"));
        assertEquals(3, Require.atMost(3, 3, "x"));
    }

    @Test
    void numbersBeyondThemAreRefused() {
        for (double bad : new double[] {0, -1, INFINITE, Double.NaN}) {
            refused("x = " + bad + "; expected a finite number greater than 0", () -> Require.positive(bad, "x"));
        }
        for (double bad : new double[] {-Double.MIN_VALUE, INFINITE, Double.NaN}) {
            refused("x = " + bad + "; expected a finite number, at least 0", () -> Require.notNegative(bad, "x"));
        }
        for (double bad : new double[] {-Double.MIN_VALUE, 1, Double.NaN}) {
            refused("x = " + bad + "; expected a number in [0, 1)", () -> Require.fraction(bad, "x"));
        }
        for (double bad : new double[] {-Double.MIN_VALUE, Math.nextUp(1.0), Double.NaN}) {
            refused("x = " + bad + "; expected a number in [0, 1]", () -> Require.share(bad, "x"));
        }
        for (double bad : new double[] {-INFINITE, INFINITE, Double.NaN}) {
            refused("x = " + bad + "; expected a finite number", () -> Require.finite(bad, "x"));
        }
        refused("x = 2; expected at least 3", () -> Require.atLeast(2, 3, "x"));
        refused("x = 4; expected at most 3", () -> Require.atMost(4, 3, "x"));
    }

    @Test
    void aMatrixMayTakeAllMemory() {
        int all = (int) (Runtime.getRuntime().maxMemory() / (8 * 512)); // memory comes in pages
        assertDoesNotThrow(() -> Require.memory("f", 1, 512, all));
        String more = assertThrows(IllegalArgumentException.class, () -> Require.memory("f", 1, 512, all + 1))
                .getMessage();
        assertTrue(more.startsWith("f: " + (all + 1) + " times a 1x512 matrix takes "), more);
        String longest = assertThrows(
                        IllegalArgumentException.class, () -> Require.memory("f", 1, Integer.MAX_VALUE - 8, 1 << 28))
                .getMessage();
        assertTrue(longest.contains(" bytes, more than the whole memory"), longest);
    }

    @Test
    void aListIsCopiedAndHasNoNull() {
        List<String> list = Arrays.asList("a", "b");
        List<String> copy = Require.elements(list, "list");
        list.set(0, "c");
        assertEquals(List.of("a", "b"), copy);
        list.set(1, null);
        refusedNull("list[1]", () -> Require.elements(list, "list"));
        refusedNull("list", () -> Require.elements((List<?>) null, "list"));
        refusedNull("array", () -> Require.elements((String[]) null, "array"));
        refusedNull("array[0]", () -> Require.elements(new String[1], "array"));
    }

    private static void refusedNull(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
