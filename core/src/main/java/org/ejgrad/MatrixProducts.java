package org.ejgrad;

import static org.ejgrad.Kernels.plus;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The three matrix products a·b, aᵀ·b and a·bᵀ, as one sum over strides.
 *
 * <p>Wide results are built row by row: Java's compiler vectorises {@code row[j] + a0·b0[j] + … + a7·b7[j]} when every
 * array starts at its own element 0, so the rows of b are first copied apart. Narrow results are built in blocks of two
 * rows and four columns that stay in registers. Both are several times as fast as the usual triple loop on one thread.
 *
 * <p>The terms of an element are added one by one in the order of the inner index: it has the same bits whatever rows
 * and columns it stands among.
 */
final class MatrixProducts {
    /** From this many columns on, vectorised rows win over blocks in registers (measured on JDK 17 and 25). */
    private static final int WIDE = 24;

    /** So many terms are added to all elements before the next ones, which until then stay in the nearest caches. */
    private static final int DEPTH = 256;

    static final boolean VECTOR = Kernels.inUse() == Kernels.VECTOR;

    private MatrixProducts() {}

    /** a·b. */
    static DMatrixRMaj mult(DMatrixRMaj a, DMatrixRMaj b) {
        requireInner(a.numCols, b.numRows);
        return product(direct(a), direct(b), a.numRows, a.numCols, b.numCols);
    }

    /** aᵀ·b. */
    static DMatrixRMaj multTransA(DMatrixRMaj a, DMatrixRMaj b) {
        requireInner(a.numRows, b.numRows);
        return product(transposed(a), direct(b), a.numCols, a.numRows, b.numCols);
    }

    /** a·bᵀ. */
    static DMatrixRMaj multTransB(DMatrixRMaj a, DMatrixRMaj b) {
        requireInner(a.numCols, b.numCols);
        return product(direct(a), transposed(b), a.numRows, a.numCols, b.numRows);
    }

    /** x·w with the row b added to each row. */
    static DMatrixRMaj affine(DMatrixRMaj x, DMatrixRMaj w, DMatrixRMaj b) {
        if (b.numRows != 1 || b.numCols != w.numCols) {
            throw new IllegalArgumentException("the bias is " + b.numRows + "x" + b.numCols + "; expected 1x"
                    + w.numCols + ", one number per column of the weights");
        }
        return plusRow(mult(x, w), b);
    }

    /** The sum itself, with a row added to each of its rows. */
    static DMatrixRMaj plusRow(DMatrixRMaj c, DMatrixRMaj b) {
        if (VECTOR && b.numCols >= VectorProducts.LANES) {
            VectorProducts.addToRows(c.data, b.data);
            return c;
        }
        for (int start = 0; start < c.data.length; start += b.data.length) {
            addRow(c.data, start, b.data);
        }
        return c;
    }

    private static void addRow(double[] sum, int start, double[] row) {
        for (int j = 0; j < row.length; j++) {
            sum[start + j] += row[j];
        }
    }

    private static void requireInner(int left, int right) {
        if (left != right) {
            throw new IllegalArgumentException("the inner dimensions " + left + " and " + right + " differ");
        }
    }

    /** A matrix whose element (i, j) is {@code data[i · down + j · across]}: transposing exchanges the strides. */
    static final class Strided {
        final double[] data;
        final int down;
        final int across;

        Strided(double[] data, int down, int across) {
            this.data = data;
            this.down = down;
            this.across = across;
        }

        Strided transposed() {
            return new Strided(data, across, down);
        }
    }

    static Strided direct(DMatrixRMaj x) {
        return new Strided(x.data, x.numCols, 1);
    }

    private static Strided transposed(DMatrixRMaj x) {
        return new Strided(x.data, 1, x.numCols);
    }

    static DMatrixRMaj product(Strided a, Strided b, int rows, int inner, int columns) {
        DMatrixRMaj c = ElementKernels.zeros(rows, columns);
        if (VECTOR && VectorProducts.suit(rows, columns, b.across != 1)) {
            VectorProducts.product(a.data, a.down, a.across, b.data, b.down, b.across, c.data, rows, inner, columns);
        } else if (b.across == 1 && ThinProducts.suit(rows, inner, columns)) {
            ThinProducts.product(a, b, c, inner);
        } else if (a.down == 1 && ThinProducts.suit(columns, inner, rows)) {
            return turned(product(b.transposed(), a.transposed(), columns, inner, rows));
        } else if (columns >= WIDE && rows >= 4) {
            for (int k = 0; k < inner; k += DEPTH) {
                byRows(a, rows(b, k, Math.min(inner - k, DEPTH), columns), c, k);
            }
        } else if (a.down == 1 && a.across > 1 && rows >= WIDE && columns >= 4) {
            return turned(product(b.transposed(), a.transposed(), columns, inner, rows));
        } else {
            byBlocks(a, b, c, inner);
        }
        return c;
    }

    /** The transpose, of which a row is the column as it is. */
    private static DMatrixRMaj turned(DMatrixRMaj x) {
        if (x.numRows != 1) {
            return CommonOps_DDRM.transpose(x, null);
        }
        x.reshape(x.numCols, 1);
        return x;
    }

    /** Adds the terms of these rows of b, from one on. */
    static void byRows(Strided a, double[][] rowsOfB, DMatrixRMaj c, int first) {
        int columns = c.numCols;
        int inner = rowsOfB.length;
        double[] row = new double[columns];
        for (int i = 0; i < c.numRows; i++) {
            System.arraycopy(c.data, i * columns, row, 0, columns);
            int at = i * a.down + first * a.across;
            int k = 0;
            for (; k + 7 < inner; k += 8, at += 8 * a.across) {
                addEight(row, a.data, at, a.across, rowsOfB, k);
            }
            if (k + 3 < inner) {
                addFour(row, a.data, at, a.across, rowsOfB, k);
                k += 4;
                at += 4 * a.across;
            }
            for (; k < inner; k++, at += a.across) {
                addOne(row, a.data[at], rowsOfB[k]);
            }
            System.arraycopy(row, 0, c.data, i * columns, columns);
        }
    }

    private static double[][] rows(Strided b, int first, int inner, int columns) {
        if (b.across != 1) {
            return columnsAsRows(b, first, inner, columns);
        }
        double[][] rows = new double[inner][];
        for (int k = 0; k < inner; k++) {
            int start = (first + k) * b.down;
            rows[k] = Arrays.copyOfRange(b.data, start, start + columns);
        }
        return rows;
    }

    /** The same of a transposed matrix, whose columns have their elements side by side. */
    private static double[][] columnsAsRows(Strided b, int first, int inner, int columns) {
        double[][] rows = new double[inner][columns];
        for (int j = 0; j < columns; j++) {
            for (int k = 0, at = j * b.across + first; k < inner; k++, at++) {
                rows[k][j] = b.data[at];
            }
        }
        return rows;
    }

    private static void addEight(double[] row, double[] a, int at, int step, double[][] b, int k) {
        double a0 = a[at];
        double a1 = a[at + step];
        double a2 = a[at + 2 * step];
        double a3 = a[at + 3 * step];
        double a4 = a[at + 4 * step];
        double a5 = a[at + 5 * step];
        double a6 = a[at + 6 * step];
        double a7 = a[at + 7 * step];
        double[] b0 = b[k];
        double[] b1 = b[k + 1];
        double[] b2 = b[k + 2];
        double[] b3 = b[k + 3];
        double[] b4 = b[k + 4];
        double[] b5 = b[k + 5];
        double[] b6 = b[k + 6];
        double[] b7 = b[k + 7];
        for (int j = 0; j < row.length; j++) {
            double four = plus(plus(plus(plus(row[j], a0, b0[j]), a1, b1[j]), a2, b2[j]), a3, b3[j]);
            row[j] = plus(plus(plus(plus(four, a4, b4[j]), a5, b5[j]), a6, b6[j]), a7, b7[j]);
        }
    }

    private static void addFour(double[] row, double[] a, int at, int step, double[][] b, int k) {
        double a0 = a[at];
        double a1 = a[at + step];
        double a2 = a[at + 2 * step];
        double a3 = a[at + 3 * step];
        double[] b0 = b[k];
        double[] b1 = b[k + 1];
        double[] b2 = b[k + 2];
        double[] b3 = b[k + 3];
        for (int j = 0; j < row.length; j++) {
            row[j] = plus(plus(plus(plus(row[j], a0, b0[j]), a1, b1[j]), a2, b2[j]), a3, b3[j]);
        }
    }

    private static void addOne(double[] row, double a, double[] b) {
        for (int j = 0; j < row.length; j++) {
            row[j] = plus(row[j], a, b[j]);
        }
    }

    private static void byBlocks(Strided a, Strided b, DMatrixRMaj c, int inner) {
        int wide = c.numCols - c.numCols % 4;
        int i = 0;
        for (; i + 1 < c.numRows; i += 2) {
            for (int j = 0; j < wide; j += 4) {
                block(a, b, c, inner, i, j);
            }
        }
        for (; i < c.numRows; i++) {
            for (int j = 0; j < wide; j += 4) {
                fourOf(b.transposed(), a.transposed(), c.data, inner, j, i, i * c.numCols + j, 1);
            }
        }
        for (int j = wide; j < c.numCols; j++) {
            int row = 0;
            for (; row + 3 < c.numRows; row += 4) {
                fourOf(a, b, c.data, inner, row, j, row * c.numCols + j, c.numCols);
            }
            for (; row < c.numRows; row++) {
                c.data[row * c.numCols + j] = dot(a, b, inner, row, j);
            }
        }
    }

    /** Four rows of one column, from row i on and of column j, to places of c that are a step apart. */
    private static void fourOf(Strided a, Strided b, double[] c, int inner, int i, int j, int first, int step) {
        double[] x = a.data;
        double[] y = b.data;
        int r0 = i * a.down;
        int r1 = r0 + a.down;
        int r2 = r1 + a.down;
        int r3 = r2 + a.down;
        int at = j * b.across;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        if (a.across == 1 && b.down == 1) { // the same side by side, whose bounds the compiler checks at once
            for (int k = 0; k < inner; k++) {
                double factor = y[at + k];
                s0 = plus(s0, x[r0 + k], factor);
                s1 = plus(s1, x[r1 + k], factor);
                s2 = plus(s2, x[r2 + k], factor);
                s3 = plus(s3, x[r3 + k], factor);
            }
        } else {
            for (int k = 0, right = 0; k < inner; k++, right += a.across, at += b.down) {
                double factor = y[at];
                s0 = plus(s0, x[r0 + right], factor);
                s1 = plus(s1, x[r1 + right], factor);
                s2 = plus(s2, x[r2 + right], factor);
                s3 = plus(s3, x[r3 + right], factor);
            }
        }
        c[first] = s0;
        c[first + step] = s1;
        c[first + 2 * step] = s2;
        c[first + 3 * step] = s3;
    }

    /** Two rows by four columns of the result. */
    private static void block(Strided a, Strided b, DMatrixRMaj c, int inner, int i, int j) {
        double[] x = a.data;
        double[] y = b.data;
        int upper = i * a.down;
        int lower = upper + a.down;
        int at = j * b.across;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        if (b.across == 1) { // the same at constant distances, whose bounds the compiler checks at once
            for (int k = 0; k < inner; k++, upper += a.across, lower += a.across, at += b.down) {
                double u = x[upper];
                double v = x[lower];
                double b0 = y[at];
                double b1 = y[at + 1];
                double b2 = y[at + 2];
                double b3 = y[at + 3];
                s0 = plus(s0, u, b0);
                s1 = plus(s1, u, b1);
                s2 = plus(s2, u, b2);
                s3 = plus(s3, u, b3);
                t0 = plus(t0, v, b0);
                t1 = plus(t1, v, b1);
                t2 = plus(t2, v, b2);
                t3 = plus(t3, v, b3);
            }
        } else {
            for (int k = 0; k < inner; k++, upper += a.across, lower += a.across, at += b.down) {
                double u = x[upper];
                double v = x[lower];
                double b0 = y[at];
                double b1 = y[at + b.across];
                double b2 = y[at + 2 * b.across];
                double b3 = y[at + 3 * b.across];
                s0 = plus(s0, u, b0);
                s1 = plus(s1, u, b1);
                s2 = plus(s2, u, b2);
                s3 = plus(s3, u, b3);
                t0 = plus(t0, v, b0);
                t1 = plus(t1, v, b1);
                t2 = plus(t2, v, b2);
                t3 = plus(t3, v, b3);
            }
        }
        int first = i * c.numCols + j;
        c.data[first] = s0;
        c.data[first + 1] = s1;
        c.data[first + 2] = s2;
        c.data[first + 3] = s3;
        int second = first + c.numCols;
        c.data[second] = t0;
        c.data[second + 1] = t1;
        c.data[second + 2] = t2;
        c.data[second + 3] = t3;
    }

    private static double dot(Strided a, Strided b, int inner, int i, int j) {
        double sum = 0;
        int left = i * a.down;
        int right = j * b.across;
        for (int k = 0; k < inner; k++, left += a.across, right += b.down) {
            sum = plus(sum, a.data[left], b.data[right]);
        }
        return sum;
    }
}
