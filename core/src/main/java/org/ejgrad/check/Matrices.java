package org.ejgrad.check;

import java.util.Arrays;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** Comparisons and copies of matrices, element by element. */
final class Matrices {
    private Matrices() {}

    /** Equal shape and equal bits, every NaN being equal to every other. */
    static boolean sameBits(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            return false;
        }
        for (int i = 0; i < a.getNumElements(); i++) {
            if (Double.doubleToLongBits(a.data[i]) != Double.doubleToLongBits(b.data[i])) {
                return false;
            }
        }
        return true;
    }

    /** Equal to within a few units in the last place of the largest element. */
    static boolean close(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            return false;
        }
        double largest = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            double magnitude = Math.abs(a.data[i]);
            largest = Double.isFinite(magnitude) ? Math.max(largest, magnitude) : largest;
        }
        for (int i = 0; i < a.getNumElements(); i++) {
            boolean equal = Double.compare(a.data[i], b.data[i]) == 0
                    || Math.abs(a.data[i] - b.data[i]) <= 8 * Math.ulp(largest);
            if (!equal) {
                return false;
            }
        }
        return true;
    }

    /** Random numbers of magnitude ½ to 1½ and either sign, other ones for every seed and purpose. */
    static double[] random(int count, long seed, int purpose) {
        double[] numbers = new double[count];
        Arrays.setAll(numbers, i -> {
            double size = 0.5 + Randomness.uniform(seed, purpose, i);
            return Randomness.bit(seed, purpose + 1, i) ? size : -size;
        });
        return numbers;
    }

    /** A copy of a value's elements, row by row. */
    static double[] elements(Value value) {
        return value.matrix().getDDRM().data.clone();
    }
}
