package org.ejgrad.check.examination;

import java.util.function.UnaryOperator;

/** A matrix in one of several algebras, see {@link Num}; rows, columns and single numbers are broadcast. */
interface Mat {
    int rows();

    int columns();

    Mat map(UnaryOperator<Num> f);

    Mat plus(Mat b);

    Mat minus(Mat b);

    /** Elementwise. */
    Mat times(Mat b);

    /** Elementwise. */
    Mat over(Mat b);

    Mat mult(Mat b);

    Mat transpose();

    Mat sum();

    /** A column of the sums of each row. */
    Mat rowSums();

    Mat inverse();

    /** this⁻¹·b. */
    Mat solve(Mat b);

    Mat determinant();

    /** Lower triangular, of a symmetric matrix. */
    Mat cholesky();

    /** this·thisᵀ. */
    Mat gram();

    Mat softmax();

    Mat constant(double[][] numbers);

    default Mat columnSums() {
        return transpose().rowSums().transpose();
    }

    default Mat scale(double k) {
        return map(x -> x.times(k));
    }

    default Mat square() {
        return map(Num::square);
    }

    default Mat tanh() {
        return map(Num::tanh);
    }
}
