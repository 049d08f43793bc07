package org.ejgrad;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * A product of matrices in a rule: what a gradient is multiplied by may be hidden by a mask, so a zero of the gradient
 * beats infinity and NaN. These products are closed under derivatives, so it does in derivatives of every order.
 *
 * @param turnsA whether a is transposed; then b is not
 * @param turnsB whether b is transposed
 * @param isGradientA whether a zero of a wins
 * @param isGradientB whether a zero of b wins
 */
record GradientProduct(boolean turnsA, boolean turnsB, boolean isGradientA, boolean isGradientB) {
    /** dy·b. */
    static final GradientProduct LEFT = new GradientProduct(false, false, true, false);

    /** dy·bᵀ. */
    static final GradientProduct LEFT_TRANS_B = new GradientProduct(false, true, true, false);

    /** dyᵀ·b. */
    static final GradientProduct LEFT_TRANS_A = new GradientProduct(true, false, true, false);

    /** a·dy. */
    static final GradientProduct RIGHT = new GradientProduct(false, false, false, true);

    /** a·dyᵀ. */
    static final GradientProduct RIGHT_TRANS_B = new GradientProduct(false, true, false, true);

    /** aᵀ·dy. */
    static final GradientProduct RIGHT_TRANS_A = new GradientProduct(true, false, false, true);

    /** The derivative by a: of b and dy where a is transposed, otherwise of dy and b. */
    GradientProduct byA() {
        return turnsA
                ? new GradientProduct(turnsB, true, isGradientB, true)
                : new GradientProduct(false, !turnsB, true, isGradientB);
    }

    /** The derivative by b: of dy and a where b is transposed, otherwise of a and dy. */
    GradientProduct byB() {
        return turnsB
                ? new GradientProduct(true, turnsA, true, isGradientA)
                : new GradientProduct(!turnsA, false, isGradientA, true);
    }

    String formula() {
        return turnsA ? "aᵀ·b" : turnsB ? "a·bᵀ" : "a·b";
    }

    /** The quick product or, where that makes infinity or NaN, the careful one. */
    DMatrixRMaj compute(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj quick = turnsA
                ? MatrixProducts.multTransA(a, b)
                : turnsB ? MatrixProducts.multTransB(a, b) : MatrixProducts.mult(a, b);
        return ElementKernels.isFinite(quick)
                ? quick
                : careful(
                        turnsA ? CommonOps_DDRM.transpose(a, null) : a, turnsB ? CommonOps_DDRM.transpose(b, null) : b);
    }

    private DMatrixRMaj careful(DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj c = ElementKernels.zeros(a.numRows, b.numCols);
        for (int i = 0; i < c.getNumElements(); i++) {
            for (int k = 0; k < a.numCols; k++) {
                double u = a.data[i / c.numCols * a.numCols + k];
                double v = b.data[k * b.numCols + i % c.numCols];
                c.data[i] += (isGradientA && u == 0) || (isGradientB && v == 0) ? 0 : u * v;
            }
        }
        return c;
    }
}
