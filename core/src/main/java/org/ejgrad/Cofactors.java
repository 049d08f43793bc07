package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/**
 * The matrix of cofactors, the derivative of the determinant, also of a singular matrix.
 *
 * <p>Of an invertible matrix it is det(x)·x⁻ᵀ. Of a singular one it is the derivative of a program for the determinant
 * that never divides by a small number. With the orthogonal u and v of x's singular value decomposition, kept constant,
 * uᵀ·x·v = [a b; c d], where a holds the large singular values and d those near 0; then det x = ± det a · det(d −
 * c·a⁻¹·b), and the small last determinant is a polynomial (Faddeev–LeVerrier). The program is exact in the
 * neighbourhood, so derivatives of every order are right.
 */
final class Cofactors {
    private static final double SMALL = 1e-8;

    private Cofactors() {}

    /** The cofactors of x, whose determinant is known. */
    static Value of(Value x, Value determinant) {
        double det = determinant.scalar();
        if (Double.isNaN(det) || !Double.isFinite(Triangular.norm1(x.data()))) {
            return Value.filled(x.shape(), Double.NaN);
        }
        boolean normal = Math.abs(det) >= Double.MIN_NORMAL && Math.abs(det) <= Double.MAX_VALUE;
        if (normal && LU.of(x.data()).reciprocalCondition() >= SingularMatrixException.LIMIT) {
            return x.invert().transpose().elementMult(determinant);
        }
        double norm = Triangular.norm1(x.data());
        double scale = norm > 0 ? Math.scalb(1.0, Math.getExponent(norm)) : 1;
        return Derivatives.gradient(Cofactors::determinant, x.divide(scale)).scale(Math.pow(scale, x.getNumRows() - 1));
    }

    /** The determinant of a matrix of norm 1 to 2, or of zeros, without division by a small number. */
    private static Value determinant(Value x) {
        int size = x.getNumRows();
        if (size <= 2) {
            return polynomial(x);
        }
        Decompositions.SVD svd = Decompositions.SVD.of(x.data());
        Value turned = Value.constant(svd.u()).multTransA(x).mult(Value.constant(svd.v()));
        double sign = LU.of(svd.u()).sign() * LU.of(svd.v()).sign();
        int large = count(svd.values());
        Value a = turned.slice(0, large, 0, large);
        Value b = turned.slice(0, large, large, size);
        Value c = turned.slice(large, size, 0, large);
        Value d = turned.slice(large, size, large, size);
        Value leading = Inverses.LOG_ABS_DETERMINANT.apply(a).elementExp().scale(sign);
        return leading.elementMult(polynomial(d.minus(c.mult(a.solve(b)))));
    }

    private static int count(DMatrixRMaj values) {
        int large = 0;
        while (large < values.numRows && values.data[large] > SMALL * values.data[0]) {
            large++;
        }
        return large;
    }

    /** The determinant as a polynomial in the elements. */
    private static Value polynomial(Value x) {
        int size = x.getNumRows();
        Value identity = Value.identity(size);
        Value m = identity;
        Value coefficient = Value.ones(Shape.SCALAR);
        for (int k = 1; k <= size; k++) {
            Value product = x.mult(m);
            coefficient = product.trace().divide(-k);
            m = product.plus(identity.elementMult(coefficient));
        }
        return size % 2 == 0 ? coefficient : coefficient.negative();
    }
}
