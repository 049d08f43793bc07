package org.ejgrad;

import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/**
 * Cholesky, QR, eigenvalue and singular value factorisations, with their derivatives.
 *
 * <p>Each part of a factorisation is an operation of its own; a rule that needs other parts factors again, once. A
 * symmetric matrix is taken to stay symmetric when it changes, so its gradient is symmetric too.
 *
 * <p>Eigenvectors turn the faster the closer two eigenvalues are, like 1/(λj − λi); where a gap is below
 * {@link #SMALLEST_GAP} of the largest value their derivative does not exist, and asking for it throws. The same holds
 * for singular vectors.
 */
final class Factorizations {
    static final double SMALLEST_GAP = 1e-13;

    private Factorizations() {}

    // spotless:off

    /** Murray (2016), "Differentiation of the Cholesky decomposition", section 5. */
    static final Operation CHOLESKY = unary("cholesky", Decompositions::cholesky,
            rule("y⁻ᵀ·Φ(yᵀ·dy)·y⁻¹, symmetrised; Φ keeps the lower triangle and halves the diagonal", (x, y, dy) ->
                    symmetric(congruence(y.transpose(), halfLower(y.multTransA(dy.tril(0)))))));

    /** Seeger et al. (2017), "Auto-differentiating linear algebra", with r = yᵀ·x as a value of its own. */
    static final Operation QR_Q = unary("qr", x -> Decompositions.QR.of(x).fullRank().q(),
            rule("(dy − y·C(dyᵀ·y))·r⁻ᵀ; C copies the lower triangle above the diagonal", (x, y, dy) ->
                    divideRight(dy.minus(y.mult(copyLower(dy.multTransA(y)))), y.multTransA(x))));

    static final Operation EIGENVALUES = unary("eigSymmetric", x -> Decompositions.Eigen.of(x).values(),
            rule("v·diag(dy)·vᵀ", (x, y, dy) -> {
                Gaps.requireEqualUpstream("eigenvalues", y, dy);
                Value v = eigen(x).vectors();
                return v.elementMult(dy.transpose()).multTransB(v);
            })).with("values");

    static final Operation EIGENVECTORS = unary("eigSymmetric", x -> Decompositions.Eigen.of(x).vectors(),
            rule("y·(F ⊙ yᵀ·dy)·yᵀ, symmetrised; Fij = 1/(λj − λi)", (x, y, dy) -> {
                Value f = Gaps.reciprocals("eigenvectors", eigen(x).values(), 1);
                return symmetric(y.mult(f.elementMult(y.multTransA(dy))).multTransB(y));
            })).with("vectors");

    static final Operation SINGULAR_VALUES = unary("singularValues", x -> Decompositions.SVD.of(x).values(),
            rule("u·diag(dy)·vᵀ", (x, y, dy) -> {
                Gaps.requireEqualUpstream("singularValues", y, dy);
                Factors.SVD of = svd(x);
                return of.u().elementMult(dy.elementMult(Gaps.positive(y)).transpose()).multTransB(of.v());
            }));

    /** Townsend (2016), "Differentiating the singular value decomposition". */
    static final Operation LEFT_VECTORS = unary("svd", x -> Decompositions.SVD.of(x).u(),
            rule("y·(F ⊙ (yᵀ·dy − dyᵀ·y))·s·vᵀ + (dy − y·yᵀ·dy)·s⁻¹·vᵀ; Fij = 1/(sj² − si²)",
                    (x, y, dy) -> {
                        Factors.SVD of = svd(x);
                        return singularVectors(of.singularValues(), y, of.v(), dy);
                    })).with("u");

    static final Operation RIGHT_VECTORS = unary("svd", x -> Decompositions.SVD.of(x).v(),
            rule("(y·(F ⊙ (yᵀ·dy − dyᵀ·y))·s·uᵀ + (dy − y·yᵀ·dy)·s⁻¹·uᵀ)ᵀ; Fij = 1/(sj² − si²)",
                    (x, y, dy) -> {
                        Factors.SVD of = svd(x);
                        return singularVectors(of.singularValues(), y, of.u(), dy).transpose();
                    })).with("v");

    // spotless:on

    /** Factors once; each part is an operation of its own, whose value is then known. */
    static Factors.Eigen eigen(Value x) {
        Decompositions.Eigen parts = factored(EIGENVALUES, Decompositions.Eigen::of, x);
        return new Factors.Eigen(
                Value.known(EIGENVALUES, parts.values(), x), Value.known(EIGENVECTORS, parts.vectors(), x));
    }

    /** The same. */
    static Factors.SVD svd(Value x) {
        Decompositions.SVD parts = factored(LEFT_VECTORS, Decompositions.SVD::of, x);
        return new Factors.SVD(
                Value.known(LEFT_VECTORS, parts.u(), x),
                Value.known(SINGULAR_VALUES, parts.values(), x),
                Value.known(RIGHT_VECTORS, parts.v(), x));
    }

    private static <T> T factored(Operation named, Function<DMatrixRMaj, T> factors, Value x) {
        try {
            return factors.apply(x.data());
        } catch (RuntimeException e) {
            throw named.named(e, x.data());
        }
    }

    // ---- parts of the rules -----------------------------------------------------------------------------------------

    private static Value symmetric(Value x) {
        return x.plus(x.transpose()).divide(2);
    }

    /** Φ: the lower triangle with half its diagonal. */
    private static Value halfLower(Value x) {
        return x.tril(0).plus(x.tril(-1)).divide(2);
    }

    /** C: the lower triangle and, above the diagonal, its mirror image. */
    private static Value copyLower(Value x) {
        return x.tril(0).plus(x.tril(-1).transpose());
    }

    /** u⁻¹·x·u⁻ᵀ for an upper triangular u. */
    private static Value congruence(Value u, Value x) {
        return divideRight(u.solveTriangular(Triangle.UPPER, x), u);
    }

    /** x·r⁻ᵀ for an upper triangular r. */
    private static Value divideRight(Value x, Value r) {
        return r.solveTriangular(Triangle.UPPER, x.transpose()).transpose();
    }

    /** The gradient through one side's vectors u; s are the singular values, v the other side's vectors. */
    private static Value singularVectors(Value s, Value u, Value v, Value du) {
        Value turn = u.multTransA(du);
        Value inside = Gaps.reciprocals("singular vectors", s, 2).elementMult(turn.minus(turn.transpose()));
        Value gradient = u.mult(inside.elementMult(s.transpose()));
        if (u.getNumRows() > u.getNumCols()) {
            Gaps.requireFullRank("singular vectors", s);
            gradient = gradient.plus(du.minus(u.mult(turn)).elementDiv(s.transpose()));
        }
        return gradient.multTransB(v);
    }
}
