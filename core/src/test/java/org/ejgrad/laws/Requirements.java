package org.ejgrad.laws;

import static org.ejgrad.laws.Samples.absoluteDot;
import static org.ejgrad.laws.Samples.shape;

import java.util.Arrays;
import java.util.function.Supplier;
import org.ejgrad.Shape;
import org.ejml.simple.SimpleMatrix;

/** Comparisons that throw an {@link AssertionError} which shows both sides. */
final class Requirements {
    /** The largest relative difference between two ways to compute the same numbers. */
    static final double CLOSE = 1e-11;

    private Requirements() {}

    static double norm(SimpleMatrix a) {
        return Math.sqrt(absoluteDot(a, a));
    }

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    /** The message, which may show whole matrices, is written only where it is needed. */
    static void require(boolean condition, Supplier<String> message) {
        if (!condition) {
            throw new AssertionError(message.get());
        }
    }

    static void requireShape(String what, Shape expected, Shape actual) {
        require(expected.equals(actual), () -> what + " is " + actual + "; expected " + expected);
    }

    /** Equal, or both NaN. */
    static boolean same(double a, double b) {
        return a == b || Double.isNaN(a) && Double.isNaN(b);
    }

    static void requireBits(String what, SimpleMatrix expected, SimpleMatrix actual) {
        requireShape(what, shape(expected), shape(actual));
        require(
                Arrays.equals(bits(expected), bits(actual)),
                () -> what + " differs: expected\n" + Texts.of(expected) + "\nbut was\n" + Texts.of(actual));
    }

    /** The same numbers, where only the sign of a zero may differ. */
    static void requireEqual(String what, SimpleMatrix expected, SimpleMatrix actual) {
        requireBits(what, expected.plus(0), actual.plus(0));
    }

    static long[] bits(SimpleMatrix matrix) {
        long[] bits = new long[matrix.getNumElements()];
        Arrays.setAll(bits, i -> Double.doubleToLongBits(matrix.get(i)));
        return bits;
    }

    static void requireClose(String what, SimpleMatrix expected, SimpleMatrix actual) {
        requireClose(what, expected, actual, Math.max(norm(expected), norm(actual)));
    }

    /** Close for the size of what was added up to them, of which less may be left than its roundings. */
    static void requireClose(String what, SimpleMatrix expected, SimpleMatrix actual, double size) {
        requireShape(what, shape(expected), shape(actual));
        double bound = CLOSE * size;
        for (int i = 0; i < expected.getNumElements(); i++) {
            require(
                    same(expected.get(i), actual.get(i)) || Math.abs(expected.get(i) - actual.get(i)) <= bound,
                    () -> what + " differs: expected\n" + Texts.of(expected) + "\nbut was\n" + Texts.of(actual));
        }
    }

    static void requireKnown(String what, SimpleMatrix expected, SimpleMatrix actual, boolean signedZeros) {
        requireShape(what, shape(expected), shape(actual));
        for (int i = 0; i < expected.getNumElements(); i++) {
            double known = expected.get(i);
            double found = actual.get(i);
            boolean special = known == 0 || Double.isNaN(known) || Double.isInfinite(known);
            boolean agree = !special
                    ? Math.abs(known - found) <= 2 * Math.ulp(known)
                    : signedZeros ? Double.compare(known, found) == 0 : same(known, found);
            require(agree, () -> what + " is\n" + Texts.of(actual) + "\nbut should be\n" + Texts.of(expected));
        }
    }
}
