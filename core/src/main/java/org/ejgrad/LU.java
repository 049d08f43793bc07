package org.ejgrad;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;

/**
 * A square matrix factored by elimination with row exchanges, from which equations, inverses and determinants are
 * computed.
 *
 * <p>The factorisation is EJML's. EJML reports success with infinities on a singular matrix; here {@link #invertible}
 * refuses one, with its condition.
 */
final class LU {
    private final int size;
    private final DMatrixRMaj factors;
    private final int[] order;
    private final double norm;

    private LU(int size, DMatrixRMaj factors, int[] order, double norm) {
        this.size = size;
        this.factors = factors;
        this.order = order;
        this.norm = norm;
    }

    /** Row i of L·U is row order[i] of the matrix. */
    static LU of(DMatrixRMaj a) {
        Triangular.requireSquare(a);
        int size = a.numRows;
        if (size == 0) {
            return new LU(0, a, new int[0], 0);
        }
        LUDecompositionAlt_DDRM decomposition = new LUDecompositionAlt_DDRM();
        decomposition.decompose(a.copy());
        int[] order = decomposition.getRowPivotV(null).clone();
        return new LU(size, decomposition.getLU(), order, Triangular.norm1(a));
    }

    /** Refuses elements that are not finite. */
    static LU ofFinite(DMatrixRMaj a) {
        Triangular.requireFinite(a);
        return of(a);
    }

    /** Refuses a matrix that is singular to working precision. */
    LU invertible() {
        for (int i = 0; i < size; i++) {
            if (pivot(i) == 0) {
                throw new SingularMatrixException("the matrix is singular: pivot " + i + " is 0", 0);
            }
        }
        Triangular.requireCondition(reciprocalCondition());
        return this;
    }

    /** An estimate of 1/(‖A‖₁·‖A⁻¹‖₁); 1 for an empty matrix. */
    double reciprocalCondition() {
        return Triangular.reciprocalCondition(size, norm, this::solve, this::solveTransposed);
    }

    /** A⁻¹·b. */
    DMatrixRMaj solve(DMatrixRMaj b) {
        DMatrixRMaj x = new DMatrixRMaj(size, b.numCols);
        for (int row = 0; row < size; row++) {
            System.arraycopy(b.data, order[row] * b.numCols, x.data, row * b.numCols, b.numCols);
        }
        Triangular.solve(Triangle.UNIT_LOWER, false, factors, x);
        Triangular.solve(Triangle.UPPER, false, factors, x);
        return x;
    }

    /** A⁻ᵀ·b. */
    DMatrixRMaj solveTransposed(DMatrixRMaj b) {
        DMatrixRMaj z = b.copy();
        Triangular.solve(Triangle.UPPER, true, factors, z);
        Triangular.solve(Triangle.UNIT_LOWER, true, factors, z);
        DMatrixRMaj x = new DMatrixRMaj(size, b.numCols);
        for (int row = 0; row < size; row++) {
            System.arraycopy(z.data, row * b.numCols, x.data, order[row] * b.numCols, b.numCols);
        }
        return x;
    }

    double determinant() {
        double product = parity();
        for (int i = 0; i < size; i++) {
            product *= pivot(i);
        }
        return product + 0.0; // not -0
    }

    /** ln |det A|. */
    double logDeterminant() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += Math.log(Math.abs(pivot(i)));
        }
        return sum;
    }

    /** The sign of the determinant. */
    double sign() {
        double sign = parity();
        for (int i = 0; i < size; i++) {
            sign *= Math.signum(pivot(i));
        }
        return sign;
    }

    private double pivot(int i) {
        return factors.data[i * size + i];
    }

    /** 1 if the order of the rows is an even permutation, else −1. */
    private int parity() {
        boolean[] seen = new boolean[size];
        int parity = 1;
        for (int start = 0; start < size; start++) {
            for (int i = order[start]; !seen[start] && i != start; i = order[i]) {
                seen[i] = true;
                parity = -parity;
            }
        }
        return parity;
    }
}
