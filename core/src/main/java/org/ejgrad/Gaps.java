package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/** The distances between eigenvalues or singular values, on which the derivatives of their vectors depend. */
final class Gaps {
    private Gaps() {}

    /**
     * 1/(wjᵖ − wiᵖ) at row i and column j, and 0 on the diagonal, for p = 1 or 2.
     *
     * @throws SingularMatrixException if two values coincide
     */
    static Value reciprocals(String what, Value values, int power) {
        DMatrixRMaj w = values.data();
        for (int i = 1; i < w.numRows; i++) {
            if (tied(w, i - 1, i)) {
                throw new SingularMatrixException(
                        what + ": values " + (i - 1) + " and " + i + " are " + w.data[i - 1] + " and " + w.data[i]
                                + ", a gap of " + gap(w, i - 1, i) + "; the vectors have no derivative below a gap of "
                                + Factorizations.SMALLEST_GAP * largest(w),
                        0);
            }
        }
        Shape square = new Shape(w.numRows, w.numRows);
        Value one = Value.identity(w.numRows);
        Value across = values.transpose().broadcastTo(square);
        Value down = values.broadcastTo(square);
        Value difference = across.minus(down);
        Value gaps = power == 1 ? difference : difference.elementMult(across.plus(down));
        return Value.ones(square).minus(one).elementDiv(gaps.plus(one));
    }

    /** Refuses to give two equal values different weights: which of them is which is not defined. */
    static void requireEqualUpstream(String what, Value values, Value upstream) {
        DMatrixRMaj w = values.data();
        DMatrixRMaj g = upstream.data();
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

    /** Refuses a smallest singular value of 0, to working precision. */
    static void requireFullRank(String what, Value singularValues) {
        DMatrixRMaj s = singularValues.data();
        double smallest = s.data[s.numRows - 1];
        if (!(smallest >= SingularMatrixException.LIMIT * largest(s)) || smallest == 0) {
            throw new SingularMatrixException(
                    what + ": the smallest singular value is " + smallest + "; expected at least "
                            + SingularMatrixException.LIMIT + " of the largest, " + largest(s),
                    smallest / largest(s));
        }
    }

    /** 1 where a singular value is positive, 0 where it is 0 to working precision: a kink like that of |x| at 0. */
    static Value positive(Value singularValues) {
        double smallest = largest(singularValues.data()) * SingularMatrixException.LIMIT;
        return Value.constant(Operation.map(singularValues.data(), s -> s > smallest ? 1 : 0));
    }

    private static boolean tied(DMatrixRMaj w, int i, int j) {
        return gap(w, i, j) <= Factorizations.SMALLEST_GAP * largest(w);
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
