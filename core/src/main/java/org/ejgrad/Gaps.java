package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/** The distances between eigenvalues or singular values, on which the derivatives of their vectors depend. */
final class Gaps {
    /** Below this gap, in units of the largest value, two values count as one. */
    private static final double SMALLEST = 1e-13;

    private Gaps() {}

    /** Refuses values that coincide: their vectors have no derivative. */
    static void requireDistinct(String what, DMatrixRMaj w) {
        for (int i = 1; i < w.numRows; i++) {
            if (tied(w, i - 1, i)) {
                throw new SingularMatrixException(
                        what + ": values " + (i - 1) + " and " + i + " are " + w.data[i - 1] + " and " + w.data[i]
                                + ", a gap of " + gap(w, i - 1, i) + "; the vectors have no derivative below a gap of "
                                + SMALLEST * largest(w),
                        0);
            }
        }
    }

    /** Refuses to give two equal values different weights g: which of them is which is not defined. */
    static void requireEqualUpstream(String what, DMatrixRMaj w, DMatrixRMaj g) {
        for (int i = 1; i < w.numRows; i++) {
            if (tied(w, i - 1, i) && Math.abs(g.data[i] - g.data[i - 1]) > 1e-12 * largest(g)) {
                throw new SingularMatrixException(
                        what + ": values " + (i - 1) + " and " + i + " are " + w.data[i - 1] + " and " + w.data[i]
                                + ", a gap of " + gap(w, i - 1, i) + "; only their sum has a derivative, and the "
                                + "upstream gradients " + g.data[i - 1] + " and " + g.data[i] + " differ",
                        0);
            }
        }
    }

    /** Refuses a smallest singular value of 0, to working precision; there may be none. */
    static void requireFullRank(String what, DMatrixRMaj s) {
        if (s.numRows == 0) {
            return;
        }
        double smallest = s.data[s.numRows - 1];
        if (!(smallest >= SingularMatrixException.LIMIT * largest(s)) || smallest == 0) {
            throw new SingularMatrixException(
                    what + ": the smallest singular value is " + smallest + "; expected at least "
                            + SingularMatrixException.LIMIT + " of the largest, " + largest(s),
                    smallest / largest(s));
        }
    }

    /** 1 where a singular value is positive, 0 where it is 0 to working precision: a kink like that of |x| at 0. */
    static DMatrixRMaj positive(DMatrixRMaj singularValues) {
        double smallest = largest(singularValues) * SingularMatrixException.LIMIT;
        return ElementKernels.map(singularValues, s -> s > smallest ? 1 : 0);
    }

    private static boolean tied(DMatrixRMaj w, int i, int j) {
        return gap(w, i, j) <= SMALLEST * largest(w);
    }

    private static double gap(DMatrixRMaj w, int i, int j) {
        return Math.abs(w.data[j] - w.data[i]);
    }

    private static double largest(DMatrixRMaj w) {
        double largest = 0;
        for (int i = 0; i < w.getNumElements(); i++) {
            largest = Math.max(largest, Math.abs(w.data[i]));
        }
        return largest;
    }
}
