package org.ejgrad.nn.arguments;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import org.ejgrad.Value;

/**
 * What nn refuses, and the words: a message names the argument or the call, the value, its place and what was expected.
 */
public final class Require {
    /** The longest array of this JVM's kind. */
    private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    private Require() {}

    /** {@return an unmodifiable copy of a list, none of whose elements may be null} */
    public static <T> List<T> elements(List<T> list, String name) {
        requireNonNull(list, requireNonNull(name, "name"));
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == null) {
                throw new NullPointerException(name + "[" + i + "]");
            }
        }
        return List.copyOf(list);
    }

    /** {@return an unmodifiable copy of an array, none of whose elements may be null} */
    public static <T> List<T> elements(T[] array, String name) {
        return elements(Arrays.asList(requireNonNull(array, requireNonNull(name, "name"))), name);
    }

    /** {@return an unmodifiable copy of a map in its order, none of whose keys and values may be null} */
    public static <V> Map<String, V> entries(Map<String, V> map, String name) {
        Map<String, V> copy = new LinkedHashMap<>();
        requireNonNull(map, requireNonNull(name, "name"))
                .forEach((key, value) -> copy.put(
                        requireNonNull(key, () -> name + ": a key"),
                        requireNonNull(value, () -> name + "[" + key + "]")));
        return Collections.unmodifiableMap(copy);
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

    /**
     * {@return the value}
     *
     * @throws IllegalArgumentException if it is less than the least
     */
    public static int atLeast(int value, int least, String name) {
        return (int) atLeast((long) value, least, name);
    }

    /**
     * {@return the value, of which memory depends}
     *
     * @throws IllegalArgumentException if it is greater than the most
     */
    public static int atMost(int value, int most, String name) {
        requireNonNull(name, "name");
        if (value > most) {
            throw new IllegalArgumentException(name + " = " + value + "; expected at most " + most);
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

    /**
     * Matrices of a size fit in the memory of this JVM, so that what is far too large is refused before it is tried.
     *
     * @param call what the message begins with
     * @param rows at least 0
     * @param columns at least 0
     * @param matrices how many of this size are needed at once
     */
    public static void memory(String call, int rows, int columns, int matrices) {
        long elements = (long) rows * columns;
        if (elements > MOST_ELEMENTS) {
            throw new IllegalArgumentException(call + ": a " + rows + "x" + columns + " matrix has " + elements
                    + " elements; at most " + MOST_ELEMENTS + " fit in one matrix");
        }
        long bytes = 8 * elements * matrices;
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            String which = matrices == 1 ? "a " : matrices + " times a ";
            throw new IllegalArgumentException(call + ": " + which + rows + "x" + columns + " matrix takes " + bytes
                    + " bytes, more than the whole memory of this JVM, " + most + "; give it more with -Xmx");
        }
    }

    // ---- predictions and labels -------------------------------------------------------------------------------------

    /** Each element passes a test. */
    public static void each(String call, String what, Value value, DoublePredicate fine, String expected) {
        requireNonNull(value, "value");
        requireNonNull(fine, "fine");
        value.reading(x -> {
            for (int i = 0; i < x.data.length; i++) {
                if (!fine.test(x.data[i])) {
                    throw new IllegalArgumentException(call + ": the " + what + " at row " + i / x.numCols + ", column "
                            + i % x.numCols + " is " + x.data[i] + "; expected " + expected);
                }
            }
            return x;
        });
    }

    /**
     * Each row is a probability distribution, to within 1e-6.
     *
     * @param remedy the end of the message about a row with another sum, what to do about it
     */
    public static void distributions(String call, String what, Value value, String remedy) {
        requireNonNull(value, "value");
        each(call, what, value, p -> p >= 0, "a probability of at least 0");
        for (int row = 0; row < value.getNumRows(); row++) {
            double sum = 0;
            for (int column = 0; column < value.getNumCols(); column++) {
                sum += value.get(row, column);
            }
            if (!(Math.abs(sum - 1) <= 1e-6)) {
                throw new IllegalArgumentException(
                        call + ": the " + what + " in row " + row + " sums to " + sum + "; expected 1" + remedy);
            }
        }
    }

    /** Losses never broadcast. */
    public static void sameShape(String call, Value prediction, Value target) {
        if (!requireNonNull(prediction, "prediction")
                .shape()
                .equals(requireNonNull(target, "target").shape())) {
            throw new IllegalArgumentException(call + ": the prediction is " + prediction.shape() + " and the target "
                    + target.shape() + "; expected the same shape, losses do not broadcast");
        }
    }

    /**
     * {@return what a user's function returned}
     *
     * @param like what it was given, whose shape it has to keep
     * @throws IllegalArgumentException if it is null or has another shape
     */
    public static Value returned(String call, String function, Value returned, Value like) {
        requireNonNull(like, "like");
        if (returned == null || !returned.shape().equals(like.shape())) {
            throw new IllegalArgumentException(call + ": " + function + " returned "
                    + (returned == null ? "null" : returned.shape()) + "; expected " + like.shape());
        }
        return returned;
    }

    /** There is a label for each prediction. */
    public static void asMany(String call, int labels, int predictions) {
        if (labels != predictions) {
            throw new IllegalArgumentException(
                    call + ": " + labels + " labels, but " + predictions + " predictions; expected as many");
        }
    }

    /** There is a label for each prediction, and at least one. */
    public static void rows(String call, int labels, int predictions) {
        asMany(call, labels, predictions);
        if (labels == 0) {
            throw new IllegalArgumentException(call + ": 0 rows; expected at least 1");
        }
    }

    /** Each label is a class. */
    public static void classes(String call, int[] labels, int classes) {
        classes(call, labels, classes, OptionalInt.empty());
    }

    /** Each label is a class, or the one that is ignored. */
    public static void classes(String call, int[] labels, int classes, OptionalInt ignored) {
        requireNonNull(ignored, "ignored");
        for (int row = 0; row < requireNonNull(labels, "labels").length; row++) {
            int label = labels[row];
            if (classes < 1) {
                throw new IllegalArgumentException(call + ": 0 classes; expected at least 1");
            }
            if ((label < 0 || label >= classes) && !(ignored.isPresent() && ignored.getAsInt() == label)) {
                throw new IllegalArgumentException(call + ": row " + row + " has label " + label + "; with " + classes
                        + " classes, expected 0 to " + (classes - 1));
            }
        }
    }
}
