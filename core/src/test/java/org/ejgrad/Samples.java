package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;

/** Samples for tests, and their comparison. */
final class Samples {
    private Samples() {}

    /** Independent standard normal elements. */
    static Value random(Random random, int rows, int columns) {
        double[][] elements = new double[rows][columns];
        for (double[] row : elements) {
            for (int i = 0; i < columns; i++) {
                row[i] = random.nextGaussian();
            }
        }
        return rows == 0 ? Value.zeros(new Shape(0, columns)) : Value.constant(elements);
    }

    /** Symmetric, with eigenvalues of at least 1/2. */
    static Value positiveDefinite(Random random, int size) {
        Value a = random(random, size, size);
        return a.multTransB(a).plus(Value.identity(size).scale(0.5));
    }

    /** Equal but for the tolerance times the largest element. */
    static void assertClose(Value expected, Value actual, double tolerance) {
        assertEquals(expected.shape(), actual.shape());
        double largest = 0;
        double worst = 0;
        for (int i = 0; i < expected.shape().elements(); i++) {
            largest = Math.max(largest, Math.abs(expected.data().data[i]));
            worst = Math.max(worst, Math.abs(expected.data().data[i] - actual.data().data[i]));
        }
        assertTrue(worst <= tolerance * Math.max(largest, 1), () -> "expected " + expected + "but was " + actual);
    }
}
