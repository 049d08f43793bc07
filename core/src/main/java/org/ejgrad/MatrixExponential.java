package org.ejgrad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * e^A by scaling, a Padé approximation of order 13 and repeated squaring (Higham 2005, "The scaling and squaring method
 * for the matrix exponential revisited").
 */
final class MatrixExponential {
    /** Up to this 1-norm the approximation is exact to double precision. */
    private static final double RADIUS = 5.371920351148152;

    private static final double[] PADE = {
        64764752532480000.0,
        32382376266240000.0,
        7771770303897600.0,
        1187353796428800.0,
        129060195264000.0,
        10559470521600.0,
        670442572800.0,
        33522128640.0,
        1323241920.0,
        40840800.0,
        960960.0,
        16380.0,
        182.0,
        1.0
    };

    private MatrixExponential() {}

    static DMatrixRMaj of(DMatrixRMaj a) {
        Triangular.requireSquare(a);
        double norm = Triangular.norm1(a);
        if (!Double.isFinite(norm)) {
            DMatrixRMaj unknown = ElementKernels.like(a);
            Arrays.fill(unknown.data, Double.NaN);
            return unknown;
        }
        int squarings = Math.max(0, Math.getExponent(norm / RADIUS) + 1);
        DMatrixRMaj y = pade(ElementKernels.map(a, v -> Math.scalb(v, -squarings)));
        for (int i = 0; i < squarings; i++) {
            y = MatrixProducts.mult(y, y);
        }
        return y;
    }

    /** (V − U)⁻¹·(V + U), where V holds the even powers of the polynomial and U the odd ones. */
    private static DMatrixRMaj pade(DMatrixRMaj a) {
        DMatrixRMaj one = CommonOps_DDRM.identity(a.numRows);
        DMatrixRMaj a2 = MatrixProducts.mult(a, a);
        DMatrixRMaj a4 = MatrixProducts.mult(a2, a2);
        DMatrixRMaj a6 = MatrixProducts.mult(a4, a2);
        DMatrixRMaj odd = MatrixProducts.mult(a6, sum(a6, PADE[13], a4, PADE[11], a2, PADE[9], one, 0));
        CommonOps_DDRM.addEquals(odd, sum(a6, PADE[7], a4, PADE[5], a2, PADE[3], one, PADE[1]));
        DMatrixRMaj u = MatrixProducts.mult(a, odd);
        DMatrixRMaj v = MatrixProducts.mult(a6, sum(a6, PADE[12], a4, PADE[10], a2, PADE[8], one, 0));
        CommonOps_DDRM.addEquals(v, sum(a6, PADE[6], a4, PADE[4], a2, PADE[2], one, PADE[0]));
        return LU.of(CommonOps_DDRM.subtract(v, u, null)).solve(CommonOps_DDRM.add(v, u, null));
    }

    private static DMatrixRMaj sum(
            DMatrixRMaj a, double ka, DMatrixRMaj b, double kb, DMatrixRMaj c, double kc, DMatrixRMaj d, double kd) {
        DMatrixRMaj y = ElementKernels.like(a);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = ka * a.data[i] + kb * b.data[i] + kc * c.data[i] + kd * d.data[i];
        }
        return y;
    }
}
