package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/** Diagonals and blocks of matrices: where their elements lie. */
final class Diagonals {
    private Diagonals() {}

    /** The elements with column − row = offset, as a column. */
    static DMatrixRMaj extract(DMatrixRMaj x, int offset) {
        DMatrixRMaj y = new DMatrixRMaj(length(x.numRows, x.numCols, offset), 1);
        for (int i = 0; i < y.numRows; i++) {
            y.data[i] = x.data[position(i, x.numCols, offset)];
        }
        return y;
    }

    /** Zeros with the elements of x where column − row = offset. */
    static DMatrixRMaj embed(DMatrixRMaj x, int offset, Shape shape) {
        if (x.numRows != 1 && x.numCols != 1) {
            throw new IllegalArgumentException("expected a row or a column");
        }
        int length = length(shape.rows(), shape.columns(), offset);
        if (x.getNumElements() != length) {
            throw new IllegalArgumentException(
                    x.getNumElements() + " elements for a diagonal of " + length + " in a " + shape + " matrix");
        }
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int i = 0; i < length; i++) {
            y.data[position(i, y.numCols, offset)] = x.data[i];
        }
        return y;
    }

    private static int length(int rows, int columns, int offset) {
        long length = offset >= 0 ? Math.min(rows, (long) columns - offset) : Math.min((long) rows + offset, columns);
        return (int) Math.max(0, length);
    }

    private static int position(int i, int columns, int offset) {
        int row = i + Math.max(0, -offset);
        int column = i + Math.max(0, offset);
        return row * columns + column;
    }

    /** ⟨block ij of a, b⟩ for each of rows x columns blocks. */
    static DMatrixRMaj blockProducts(DMatrixRMaj a, DMatrixRMaj b, Shape blocks) {
        DMatrixRMaj y = new DMatrixRMaj(blocks.rows(), blocks.columns());
        requireBlocks(a, blocks, new Shape(b.numRows, b.numCols));
        for (int row = 0, i = 0; row < a.numRows; row++) {
            for (int column = 0; column < a.numCols; column++, i++) {
                y.data[row / b.numRows * y.numCols + column / b.numCols] +=
                        a.data[i] * b.data[row % b.numRows * b.numCols + column % b.numCols];
            }
        }
        return y;
    }

    /** Σ bᵢⱼ·(block ij of a). */
    static DMatrixRMaj blockSum(DMatrixRMaj a, DMatrixRMaj b, Shape block) {
        DMatrixRMaj y = new DMatrixRMaj(block.rows(), block.columns());
        requireBlocks(a, new Shape(b.numRows, b.numCols), block);
        for (int row = 0, i = 0; row < a.numRows; row++) {
            for (int column = 0; column < a.numCols; column++, i++) {
                y.data[row % y.numRows * y.numCols + column % y.numCols] +=
                        a.data[i] * b.data[row / y.numRows * b.numCols + column / y.numCols];
            }
        }
        return y;
    }

    private static void requireBlocks(DMatrixRMaj a, Shape blocks, Shape block) {
        if (a.numRows != blocks.rows() * block.rows() || a.numCols != blocks.columns() * block.columns()) {
            throw new IllegalArgumentException(
                    "a " + a.numRows + "x" + a.numCols + " matrix has not " + blocks + " blocks of " + block);
        }
    }
}
