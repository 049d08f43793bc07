package org.ejgrad;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products with the Vector API: tiles of six rows and two vectors that stay in registers.
 *
 * <p>Every element is one chain of fused multiplications and additions in the order of the inner index, so its bits
 * depend on its row and its column only. At an edge a row or a column is therefore computed twice rather than masked.
 */
final class VectorProducts {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;

    /** How many numbers a vector holds. */
    static final int LANES = SPECIES.length();

    /** How many columns a tile has, and a panel of b that is copied apart. */
    private static final int WIDTH = 2 * LANES;

    private static final int HEIGHT = 6;

    /** How many rows of b are copied at a time: such a panel stays in the nearest cache. */
    private static final int DEPTH = 256;

    /** Up to this size the rows of b are read where they stand. */
    private static final int SMALL = 4096;

    private VectorProducts() {}

    /** Whether vectors are worth it for a product of this shape. */
    static boolean suit(int rows, int columns, boolean transposed) {
        return columns >= LANES && (!transposed || rows >= 4);
    }

    /** Overwrites c with a·b, whose elements are a[i · aDown + k · aAcross] and b[k · bDown + j · bAcross]. */
    static void product(
            double[] a,
            int aDown,
            int aAcross,
            double[] b,
            int bDown,
            int bAcross,
            double[] c,
            int rows,
            int inner,
            int columns) {
        boolean packed = bAcross != 1 || columns > WIDTH && rows > 2 * HEIGHT && inner * columns > SMALL;
        int depth = packed ? Math.min(inner, DEPTH) : inner;
        double[] panel = packed ? new double[depth * WIDTH] : b;
        for (int column = 0; column < columns; column += WIDTH) {
            int first = Math.min(column, columns - LANES);
            int second = Math.min(column + LANES, columns - LANES);
            // The whole of a panel before the next, which may begin with columns of this one.
            for (int k = 0; k < inner; k += depth) {
                int steps = Math.min(depth, inner - k);
                if (packed) {
                    copy(b, k * bDown + first * bAcross, bDown, bAcross, panel, 0, steps);
                    copy(b, k * bDown + second * bAcross, bDown, bAcross, panel, LANES, steps);
                }
                for (int row = 0; row < rows; row += HEIGHT) {
                    tile(
                            a,
                            row * aDown + k * aAcross,
                            aDown,
                            aAcross,
                            panel,
                            packed ? 0 : first,
                            packed ? LANES : second,
                            packed ? WIDTH : bDown,
                            steps,
                            c,
                            row * columns,
                            columns,
                            Math.min(HEIGHT, rows - row) - 1,
                            first,
                            second,
                            k == 0);
                }
            }
        }
    }

    /** Adds a row, which fills a vector at least, to every row of c. */
    static void addToRows(double[] c, double[] row) {
        int whole = row.length - row.length % LANES;
        for (int start = 0; start < c.length; start += row.length) {
            for (int j = 0; j < whole; j += LANES) {
                DoubleVector sum = DoubleVector.fromArray(SPECIES, c, start + j);
                sum.add(DoubleVector.fromArray(SPECIES, row, j)).intoArray(c, start + j);
            }
            for (int j = whole; j < row.length; j++) {
                c[start + j] += row[j];
            }
        }
    }

    /** Copies a vector's width of columns of b into a panel. */
    private static void copy(double[] b, int start, int down, int across, double[] panel, int at, int steps) {
        if (across == 1) {
            for (int k = 0; k < steps; k++) {
                DoubleVector.fromArray(SPECIES, b, start + k * down).intoArray(panel, k * WIDTH + at);
            }
            return;
        }
        for (int j = 0; j < LANES; j += 4) {
            int b0 = start + j * across;
            int b1 = b0 + across;
            int b2 = b1 + across;
            int b3 = b2 + across;
            for (int k = 0, to = at + j; k < steps; k++, to += WIDTH) {
                panel[to] = b[b0 + k];
                panel[to + 1] = b[b1 + k];
                panel[to + 2] = b[b2 + k];
                panel[to + 3] = b[b3 + k];
            }
        }
    }

    /** Adds to six rows and two vectors of c; rows beyond the last are the last one once more. */
    private static void tile(
            double[] a,
            int start,
            int aDown,
            int aAcross,
            double[] b,
            int b0,
            int b1,
            int bDown,
            int steps,
            double[] c,
            int row,
            int columns,
            int last,
            int first,
            int second,
            boolean fresh) {
        int a0 = start;
        int a1 = start + Math.min(1, last) * aDown;
        int a2 = start + Math.min(2, last) * aDown;
        int a3 = start + Math.min(3, last) * aDown;
        int a4 = start + Math.min(4, last) * aDown;
        int a5 = start + last * aDown;
        int c0 = row;
        int c1 = row + Math.min(1, last) * columns;
        int c2 = row + Math.min(2, last) * columns;
        int c3 = row + Math.min(3, last) * columns;
        int c4 = row + Math.min(4, last) * columns;
        int c5 = row + last * columns;
        DoubleVector r0 = fresh ? DoubleVector.zero(SPECIES) : DoubleVector.fromArray(SPECIES, c, c0 + first);
        DoubleVector s0 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c0 + second);
        DoubleVector r1 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c1 + first);
        DoubleVector s1 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c1 + second);
        DoubleVector r2 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c2 + first);
        DoubleVector s2 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c2 + second);
        DoubleVector r3 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c3 + first);
        DoubleVector s3 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c3 + second);
        DoubleVector r4 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c4 + first);
        DoubleVector s4 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c4 + second);
        DoubleVector r5 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c5 + first);
        DoubleVector s5 = fresh ? r0 : DoubleVector.fromArray(SPECIES, c, c5 + second);
        for (int k = 0; k < steps; k++) {
            DoubleVector u = DoubleVector.fromArray(SPECIES, b, b0 + k * bDown);
            DoubleVector v = DoubleVector.fromArray(SPECIES, b, b1 + k * bDown);
            DoubleVector x = DoubleVector.broadcast(SPECIES, a[a0 + k * aAcross]);
            r0 = x.fma(u, r0);
            s0 = x.fma(v, s0);
            x = DoubleVector.broadcast(SPECIES, a[a1 + k * aAcross]);
            r1 = x.fma(u, r1);
            s1 = x.fma(v, s1);
            x = DoubleVector.broadcast(SPECIES, a[a2 + k * aAcross]);
            r2 = x.fma(u, r2);
            s2 = x.fma(v, s2);
            x = DoubleVector.broadcast(SPECIES, a[a3 + k * aAcross]);
            r3 = x.fma(u, r3);
            s3 = x.fma(v, s3);
            x = DoubleVector.broadcast(SPECIES, a[a4 + k * aAcross]);
            r4 = x.fma(u, r4);
            s4 = x.fma(v, s4);
            x = DoubleVector.broadcast(SPECIES, a[a5 + k * aAcross]);
            r5 = x.fma(u, r5);
            s5 = x.fma(v, s5);
        }
        r0.intoArray(c, c0 + first);
        s0.intoArray(c, c0 + second);
        r1.intoArray(c, c1 + first);
        s1.intoArray(c, c1 + second);
        r2.intoArray(c, c2 + first);
        s2.intoArray(c, c2 + second);
        r3.intoArray(c, c3 + first);
        s3.intoArray(c, c3 + second);
        r4.intoArray(c, c4 + first);
        s4.intoArray(c, c4 + second);
        r5.intoArray(c, c5 + first);
        s5.intoArray(c, c5 + second);
    }
}
