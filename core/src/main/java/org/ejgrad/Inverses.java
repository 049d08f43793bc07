package org.ejgrad;

import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Equations, inverses, determinants and the exponential, with their derivatives.
 *
 * <p>The formulas are those of Giles (2008), "An extended collection of matrix derivative results"; that of least
 * squares is from Golub and Pereyra (1973); that of the exponential from Mathias (1996), "A chain rule for matrix
 * functions".
 */
final class Inverses {
    private Inverses() {}

    // spotless:off

    static final Operation INVERT = unary("invert", Decompositions::invert,
            rule("−yᵀ·dy·yᵀ", (x, y, dy) -> y.multTransA(dy).multTransB(y).negative()));

    /** a⁺·b: exact for a square, least squares for a tall, of minimum norm for a wide a. */
    static final Operation SOLVE = binary("solve", Decompositions::solve,
            rule("−g·yᵀ + (b − a·y)·(a⁺·g)ᵀ + (aᵀ⁺·y)·(dy − aᵀ·g)ᵀ, g = aᵀ⁺·dy", Inverses::solveGradient),
            rule("aᵀ⁺·dy", (a, b, y, dy) -> a.transpose().solve(dy)));

    /** The solution with b = i, the identity. */
    static final Operation PSEUDO_INVERSE = unary("pseudoInverse", Inverses::pseudoInverse,
            rule("−g·yᵀ + (i − x·y)·(x⁺·g)ᵀ + (xᵀ⁺·y)·(dy − xᵀ·g)ᵀ, g = xᵀ⁺·dy", (x, y, dy) ->
                    solveGradient(x, Value.identity(x.getNumRows()), y, dy)));

    static Operation solveTriangular(Triangle triangle) {
        return binary("solveTriangular", (a, b) -> Triangular.solve(triangle, a, b),
                rule("the triangle of −(a⁻ᵀ·dy)·yᵀ", (a, b, y, dy) ->
                        triangle.of(a.transpose().solveTriangular(triangle.transpose(), dy).multTransB(y)).negative()),
                rule("a⁻ᵀ·dy", (a, b, y, dy) -> a.transpose().solveTriangular(triangle.transpose(), dy))).with(triangle);
    }

    static final Operation DETERMINANT = unary("determinant", Decompositions::determinant,
            rule("dy·(cofactors of x), y·x⁻ᵀ if x is invertible", (x, y, dy) -> Cofactors.of(x, y).elementMult(dy)));

    static final Operation LOG_DETERMINANT = unary("logDeterminant", Decompositions::logDeterminant,
            rule("dy·x⁻ᵀ", (x, y, dy) -> x.invert().transpose().elementMult(dy)));

    static final Operation LOG_ABS_DETERMINANT = unary("signLogDeterminant", Decompositions::logAbsDeterminant,
            rule("dy·x⁻ᵀ", (x, y, dy) -> x.invert().transpose().elementMult(dy)));

    /** x⁰, which does not depend on x. */
    static final Operation ZEROTH_POWER = unary("matrixPower", Inverses::identity,
            rule("0", (x, y, dy) -> Value.zeros(x.shape()))).with(0);

    static final Operation MATRIX_EXP = unary("matrixExp", MatrixExponential::of,
            rule("the upper right block of exp [xᵀ dy; 0 xᵀ]", Inverses::exponentialGradient));

    // spotless:on

    private static DMatrixRMaj pseudoInverse(DMatrixRMaj x) {
        return Decompositions.solve(x, CommonOps_DDRM.identity(x.numRows));
    }

    private static DMatrixRMaj identity(DMatrixRMaj x) {
        Triangular.requireSquare(x);
        return CommonOps_DDRM.identity(x.numRows);
    }

    /** Only a tall matrix leaves a residual, and only a wide one has a null space. */
    private static Value solveGradient(Value a, Value b, Value y, Value dy) {
        Value g = a.transpose().solve(dy);
        Value exact = g.multTransB(y).negative();
        if (a.getNumRows() > a.getNumCols()) {
            return exact.plus(b.minus(a.mult(y)).multTransB(a.solve(g)));
        }
        if (a.getNumRows() < a.getNumCols()) {
            return exact.plus(a.transpose().solve(y).multTransB(dy.minus(a.multTransA(g))));
        }
        return exact;
    }

    /** The block is linear in dy, so dy is scaled to x's size first: then neither drowns the other. */
    private static Value exponentialGradient(Value x, Value y, Value dy) {
        int size = x.getNumRows();
        double ratio = Triangular.norm1(x.data()) / Triangular.norm1(dy.data());
        double scale = ratio > 0 && Double.isFinite(ratio) ? ratio : 1;
        Value across = x.transpose().concatColumns(dy.scale(scale));
        Value below = Value.zeros(x.shape()).concatColumns(x.transpose());
        return across.concatRows(below)
                .matrixExp()
                .slice(0, size, size, 2 * size)
                .divide(scale);
    }

    /** xⁿ. */
    static Value power(Value x, int n) {
        if (n == 0) {
            return ZEROTH_POWER.apply(x);
        }
        if (x.getNumRows() != x.getNumCols()) {
            throw new IllegalArgumentException("matrixPower(" + x.shape() + ", " + n + "): the matrix is " + x.shape()
                    + "; expected a square one");
        }
        return n < 0 ? positivePower(x.invert(), -(long) n) : positivePower(x, n);
    }

    /** By repeated squaring. */
    private static Value positivePower(Value x, long n) {
        if (n == 1) {
            return x;
        }
        Value root = positivePower(x, n / 2);
        Value square = root.mult(root);
        return n % 2 == 0 ? square : square.mult(x);
    }
}
