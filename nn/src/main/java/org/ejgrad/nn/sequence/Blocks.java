package org.ejgrad.nn.sequence;

import static org.ejgrad.Operation.Trusted.binary;
import static org.ejgrad.Operation.Trusted.unary;
import static org.ejgrad.Rule.rule;

import java.util.Arrays;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.OperationNames;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Matrices whose blocks lie one below the other, and what is done block by block: example by example, where a block is
 * an example.
 */
final class Blocks {
    private Blocks() {}

    // spotless:off

    /** Each block, of so many rows, transposed. */
    static Value transpose(int rows, Value blocks) {
        return unary(OperationNames.BLOCK_TRANSPOSE, x -> transposed(rows, x),
                rule("dyᵀ of each block", (x, y, dy) -> transpose(x.getNumCols(), dy))).with(rows).apply(blocks);
    }

    /** The product of each pair of blocks, those of the first with so many rows. */
    static Value mult(int rows, Value first, Value second) {
        return binary(OperationNames.BLOCK_MULT, (a, b) -> products(Value.MULT, rows, a, b),
                rule("dy·bᵀ of each block", (a, b, y, dy) -> multOrZero(Value.MULT_OR_ZERO, rows, dy, turned(a, b))),
                rule("aᵀ·dy of each block", (a, b, y, dy) -> timesTransposed(Value.MULT_OR_ZERO, rows, a, y, dy)))
                .with(rows).apply(first, second);
    }

    /** The same in a rule: zeros of a gradient beat infinity and NaN, in the first of them or in both. */
    private static Value multOrZero(Operation product, int rows, Value first, Value second) {
        return binary("blockMultOrZero", (a, b) -> products(product, rows, a, b),
                rule("dy·bᵀ of each block", (a, b, y, dy) -> multOrZero(product, rows, dy, turned(a, b))),
                rule("aᵀ·dy of each block", (a, b, y, dy) -> timesTransposed(Value.MULT_OR_ZEROS, rows, a, y, dy)))
                .with(rows, product).apply(first, second);
    }

    /** aᵀ·dy, as (dyᵀ·a)ᵀ. */
    private static Value timesTransposed(Operation product, int rows, Value a, Value y, Value dy) {
        int columns = y.getNumCols();
        return transpose(columns, multOrZero(product, columns, transpose(rows, dy), a));
    }

    // spotless:on

    /** The transpose of the second, whose blocks have as many rows as the first has columns. */
    private static Value turned(Value a, Value b) {
        return transpose(a.getNumCols(), b);
    }

    private static DMatrixRMaj transposed(int rows, DMatrixRMaj x) {
        DMatrixRMaj y = new DMatrixRMaj(x.numRows / rows * x.numCols, rows);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            int first = row / rows * x.numCols;
            for (int column = 0; column < x.numCols; column++, i++) {
                y.data[(first + column) * rows + row % rows] = x.data[i];
            }
        }
        return y;
    }

    private static DMatrixRMaj products(Operation product, int rows, DMatrixRMaj a, DMatrixRMaj b) {
        int blocks = a.numRows / rows;
        if (b.numRows != blocks * a.numCols || a.numRows != blocks * rows) {
            throw new IllegalArgumentException(
                    "expected " + blocks + " blocks of " + rows + " and of " + a.numCols + " rows");
        }
        if (blocks == 0) {
            return new DMatrixRMaj(0, b.numCols);
        }
        DMatrixRMaj[] products = new DMatrixRMaj[blocks];
        Arrays.setAll(products, i -> product.compute(block(a, i, blocks), block(b, i, blocks)));
        return CommonOps_DDRM.concatRowsMulti(products);
    }

    private static DMatrixRMaj block(DMatrixRMaj x, int i, int blocks) {
        int rows = x.numRows / blocks;
        int length = rows * x.numCols;
        return new DMatrixRMaj(rows, x.numCols, true, Arrays.copyOfRange(x.data, i * length, (i + 1) * length));
    }
}
