package org.ejgrad;

/** The results of factorisations that have several parts; each part is a {@link Value} and can be differentiated. */
public final class Factors {
    private Factors() {}

    /**
     * A = Q·R.
     *
     * @param q orthonormal columns: rows x min(rows, columns)
     * @param r upper triangular with a positive diagonal: min(rows, columns) x columns
     */
    public record QR(Value q, Value r) {}

    /**
     * A = V·diag(values)·Vᵀ of a symmetric matrix.
     *
     * @param values the eigenvalues in ascending order, a column
     * @param vectors the eigenvectors, one column for each value, of length 1, with their largest element positive
     */
    public record Eigen(Value values, Value vectors) {}

    /**
     * A = U·diag(singularValues)·Vᵀ.
     *
     * @param u the left singular vectors: rows x min(rows, columns)
     * @param singularValues in descending order, a column
     * @param v the right singular vectors, their largest elements positive: columns x min(rows, columns)
     */
    public record SVD(Value u, Value singularValues, Value v) {}

    /**
     * det A = sign·e^logarithm, without overflow.
     *
     * @param sign −1 or 1, a constant
     * @param logarithm ln |det A|, 1x1
     */
    public record LogDeterminant(double sign, Value logarithm) {}
}
