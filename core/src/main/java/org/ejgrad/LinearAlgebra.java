package org.ejgrad;

import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.of;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Products and transposition, with their derivatives.
 *
 * <p>The three products are closed under differentiation: the rules of each need only the other two, and no transposed
 * copy is ever made.
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
    // spotless:on
}
