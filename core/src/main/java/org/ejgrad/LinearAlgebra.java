package org.ejgrad;

import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.of;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Products, transposition, triangles and diagonals, with their derivatives.
 *
 * <p>The three matrix products are closed under differentiation: the rules of each need only the other two, and no
 * transposed copy is ever made.
 */
final class LinearAlgebra {
    private LinearAlgebra() {}

    // spotless:off

    static final Operation MULT = binary("mult", Kernels::mult,
            rule("dy·bᵀ", (a, b, y, dy) -> dy.multTransB(b)),
            rule("aᵀ·dy", (a, b, y, dy) -> a.multTransA(dy)));

    static final Operation MULT_TRANS_A = binary("multTransA", Kernels::multTransA,
            rule("b·dyᵀ", (a, b, y, dy) -> b.multTransB(dy)),
            rule("a·dy", (a, b, y, dy) -> a.mult(dy)));

    static final Operation MULT_TRANS_B = binary("multTransB", Kernels::multTransB,
            rule("dy·b", (a, b, y, dy) -> dy.mult(b)),
            rule("dyᵀ·a", (a, b, y, dy) -> dy.multTransA(a)));

    static final Operation TRANSPOSE =
            unary("transpose", x -> CommonOps_DDRM.transpose(x, null), rule("dyᵀ", (x, y, dy) -> dy.transpose()));

    /** x·w + b with the row b added to every row: a dense layer in one operation. */
    static final Operation AFFINE = of("affine", m -> Kernels.affine(m[0], m[1], m[2]),
            new Rule("dy·wᵀ", (in, y, dy) -> dy.multTransB(in.get(1))),
            new Rule("xᵀ·dy", (in, y, dy) -> in.get(0).multTransA(dy)),
            new Rule("sum of dy's rows", (in, y, dy) -> dy.sumCols()));

    /** Each of the next two is the other's derivative. */
    static Operation diagonal(int offset) {
        return unary("diagonal", x -> Diagonals.extract(x, offset),
                rule("dy on that diagonal, 0 elsewhere", (x, y, dy) -> diagEmbed(offset, x.shape()).apply(dy))).with(offset);
    }

    /** Zeros of the given shape with the elements of a row or column on a diagonal. */
    static Operation diagEmbed(int offset, Shape shape) {
        return unary("diagEmbed", x -> Diagonals.embed(x, offset, shape),
                rule("that diagonal of dy", (x, y, dy) ->
                        x.getNumRows() == 1 ? dy.diagonal(offset).transpose() : dy.diagonal(offset))).with(offset, shape);
    }

    static Operation tril(int offset) {
        return unary("tril", x -> Triangular.keep(x, Integer.MIN_VALUE, offset),
                rule("the same part of dy", (x, y, dy) -> dy.tril(offset))).with(offset);
    }

    static Operation triu(int offset) {
        return unary("triu", x -> Triangular.keep(x, offset, Integer.MAX_VALUE),
                rule("the same part of dy", (x, y, dy) -> dy.triu(offset))).with(offset);
    }

    static final Operation KRON = binary("kron", (a, b) ->
                    CommonOps_DDRM.kron(a, b, Shape.of(a).times(Shape.of(b)).newMatrix()),
            rule("⟨block of dy, b⟩ for each block", (a, b, y, dy) ->
                    blockProducts(a.shape()).apply(dy, b)),
            rule("Σ aᵢⱼ·(block ij of dy)", (a, b, y, dy) -> blockSum(b.shape()).apply(dy, a)));

    /** ⟨block ij of a, b⟩, for a matrix a of blocks of b's shape. */
    static Operation blockProducts(Shape blocks) {
        return binary("blockProducts", (a, b) -> Diagonals.blockProducts(a, b, blocks),
                rule("dy ⊗ b", (a, b, y, dy) -> dy.kron(b)),
                rule("Σ dyᵢⱼ·(block ij of a)", (a, b, y, dy) -> blockSum(b.shape()).apply(a, dy))).with(blocks);
    }

    /** Σ bᵢⱼ·(block ij of a), for a matrix a of blocks of the given shape. */
    static Operation blockSum(Shape block) {
        return binary("blockSum", (a, b) -> Diagonals.blockSum(a, b, block),
                rule("b ⊗ dy", (a, b, y, dy) -> b.kron(dy)),
                rule("⟨block ij of a, dy⟩", (a, b, y, dy) -> blockProducts(b.shape()).apply(a, dy))).with(block);
    }

    // spotless:on

    /** A row or column as a column. */
    static Value column(Value x) {
        if (x.getNumRows() != 1 && x.getNumCols() != 1) {
            throw new IllegalArgumentException("outer(" + x.shape() + "): expected a row or a column");
        }
        return x.getNumCols() == 1 ? x : x.transpose();
    }
}
