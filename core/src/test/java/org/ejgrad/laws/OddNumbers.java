package org.ejgrad.laws;

import java.util.Random;

/** Numbers of all types, many of them special: zeros, NaN, infinities, the ends of the range. */
final class OddNumbers {
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        -1,
        0.5,
        2,
        3,
        1e-3,
        0.1,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        1e308,
        -1e308,
        Double.MAX_VALUE,
        Double.MIN_VALUE,
        1e-300,
        1e9
    };
    private static final int[] FAR = {
        Integer.MIN_VALUE, Integer.MIN_VALUE + 1, Integer.MAX_VALUE, Integer.MAX_VALUE - 1, 46341, 65536, 1 << 30, -7
    };

    private final Random random;

    OddNumbers(Random random) {
        this.random = random;
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    /** A number of a primitive type or its wrapper, or a truth value. */
    Object of(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return random.nextBoolean();
        }
        if (type == int.class || type == Integer.class) {
            return integer();
        }
        if (type == long.class || type == Long.class) {
            return oneIn(8) ? (oneIn(2) ? Long.MIN_VALUE : Long.MAX_VALUE) : (long) integer();
        }
        if (type == byte.class) {
            return (byte) integer();
        }
        if (type == char.class) {
            return (char) (oneIn(2) ? ',' : random.nextInt(1 << 16));
        }
        return type == float.class ? (Object) (float) real() : (Object) real();
    }

    /** Mostly small, sometimes at the ends. */
    int integer() {
        return oneIn(6) ? FAR[random.nextInt(FAR.length)] : random.nextInt(7) - 1;
    }

    /** Mostly eighths, often special. */
    double real() {
        return oneIn(3) ? NUMBERS[random.nextInt(NUMBERS.length)] : Math.rint(random.nextGaussian() * 8) / 8;
    }
}
