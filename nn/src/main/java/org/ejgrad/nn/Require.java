package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Refuses arguments that are null among others or out of range, naming the argument, its value and what was expected;
 * gives back those that are as required.
 */
public final class Require {
    private Require() {}

    /** {@return an unmodifiable copy of a list, none of whose elements may be null} */
    public static <T> List<T> elements(List<T> list, String name) {
        requireNonNull(list, requireNonNull(name, "name"));
        return IntStream.range(0, list.size())
                .mapToObj(i -> requireNonNull(list.get(i), () -> name + "[" + i + "]"))
                .toList();
    }

    /** {@return an unmodifiable copy of an array, none of whose elements may be null} */
    public static <T> List<T> elements(T[] array, String name) {
        return elements(Arrays.asList(requireNonNull(array, requireNonNull(name, "name"))), name);
    }

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if it is not finite and greater than 0
     */
    public static double positive(double value, String name) {
        return require(value > 0 && value < Double.POSITIVE_INFINITY, value, name, "a finite number greater than 0");
    }

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if it is not finite and at least 0
     */
    public static double notNegative(double value, String name) {
        return require(value >= 0 && value < Double.POSITIVE_INFINITY, value, name, "a finite number, at least 0");
    }

    /**
     * {@return the value, such as a momentum, which must stay below 1}
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public static double fraction(double value, String name) {
        return require(value >= 0 && value < 1, value, name, "a number in [0, 1)");
    }

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public static double share(double value, String name) {
        return require(value >= 0 && value <= 1, value, name, "a number in [0, 1]");
    }

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if it is NaN or infinite
     */
    public static double finite(double value, String name) {
        return require(Double.isFinite(value), value, name, "a finite number");
    }

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if it is less than the least
     */
    public static long atLeast(long value, long least, String name) {
        requireNonNull(name, "name");
        if (value < least) {
            throw new IllegalArgumentException(name + " = " + value + "; expected at least " + least);
        }
        return value;
    }

    private static double require(boolean good, double value, String name, String expected) {
        requireNonNull(name, "name");
        if (!good) {
            throw new IllegalArgumentException(name + " = " + value + "; expected " + expected);
        }
        return value;
    }
}
