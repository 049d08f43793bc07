package org.ejgrad;

import static org.ejgrad.Kernels.plus;

import org.ejgrad.MatrixProducts.Strided;
import org.ejml.data.DMatrixRMaj;

/** Products of one row, or of few terms, for which it does not pay to copy anything. */
final class ThinProducts {
    /** From this many columns on, a loop over them wins over one over the terms. */
    private static final int SEVERAL = 8;

    private ThinProducts() {}

    static boolean suit(int rows, int inner, int columns) {
        return columns >= SEVERAL && (rows == 1 || inner < 4);
    }

    /** Adds a·b, where the rows of b have their elements side by side. */
    static void product(Strided a, Strided b, DMatrixRMaj c, int inner) {
        for (int i = 0; i < c.numRows; i++) {
            int k = 0;
            for (; k + 3 < inner; k += 4) {
                addFour(c, i, a, b, k);
            }
            if (k + 1 < inner) {
                addTwo(c, i, a, b, k);
                k += 2;
            }
            if (k < inner) {
                addOne(c, i, a, b, k);
            }
        }
    }

    private static void addFour(DMatrixRMaj c, int i, Strided a, Strided b, int k) {
        double[] sum = c.data;
        double[] y = b.data;
        int at = i * a.down + k * a.across;
        double a0 = a.data[at];
        double a1 = a.data[at + a.across];
        double a2 = a.data[at + 2 * a.across];
        double a3 = a.data[at + 3 * a.across];
        int to = i * c.numCols;
        int b0 = k * b.down;
        int b1 = b0 + b.down;
        int b2 = b1 + b.down;
        int b3 = b2 + b.down;
        for (int j = 0; j < c.numCols; j++) {
            sum[to + j] =
                    plus(plus(plus(plus(sum[to + j], a0, y[b0 + j]), a1, y[b1 + j]), a2, y[b2 + j]), a3, y[b3 + j]);
        }
    }

    private static void addTwo(DMatrixRMaj c, int i, Strided a, Strided b, int k) {
        double[] sum = c.data;
        double[] y = b.data;
        int at = i * a.down + k * a.across;
        double a0 = a.data[at];
        double a1 = a.data[at + a.across];
        int to = i * c.numCols;
        int b0 = k * b.down;
        int b1 = b0 + b.down;
        for (int j = 0; j < c.numCols; j++) {
            sum[to + j] = plus(plus(sum[to + j], a0, y[b0 + j]), a1, y[b1 + j]);
        }
    }

    private static void addOne(DMatrixRMaj c, int i, Strided a, Strided b, int k) {
        double[] sum = c.data;
        double[] y = b.data;
        double factor = a.data[i * a.down + k * a.across];
        int to = i * c.numCols;
        int from = k * b.down;
        for (int j = 0; j < c.numCols; j++) {
            sum[to + j] = plus(sum[to + j], factor, y[from + j]);
        }
    }
}
