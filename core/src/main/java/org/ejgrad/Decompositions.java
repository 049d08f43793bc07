package org.ejgrad;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.SingularOps_DDRM;
import org.ejml.dense.row.decomposition.qr.QRDecompositionHouseholderColumn_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * EJML's factorisations with their freedom taken away: signs and order are fixed, so that every result is a function of
 * the matrix, smooth where its derivative is defined.
 */
final class Decompositions {
    private Decompositions() {}

    /**
     * Orthonormal columns q and upper triangular r with a positive diagonal, where the columns of the factored matrix
     * have lost their units: they are those of q·r times powers of two.
     */
    record QR(DMatrixRMaj q, DMatrixRMaj r, Equilibrated columns) {
        /** Of a matrix with at least as many rows as columns, and of full rank. */
        static QR of(DMatrixRMaj a) {
            Triangular.requireFinite(a);
            if (a.numRows < a.numCols) {
                throw new IllegalArgumentException(
                        "a " + a.numRows + "x" + a.numCols + " matrix has more columns than rows");
            }
            Equilibrated columns = Equilibrated.ofColumns(a);
            if (a.numCols == 0) {
                return new QR(a.copy(), new DMatrixRMaj(0, 0), columns);
            }
            QRDecompositionHouseholderColumn_DDRM decomposition = new QRDecompositionHouseholderColumn_DDRM();
            decomposition.decompose(columns.matrix().copy());
            DMatrixRMaj q = decomposition.getQ(null, true);
            DMatrixRMaj r = decomposition.getR(null, true);
            for (int i = 0; i < r.numRows; i++) {
                if (r.get(i, i) < 0) {
                    CommonOps_DDRM.scaleCol(-1, q, i);
                    CommonOps_DDRM.scaleRow(-1, r, i);
                }
            }
            return new QR(q, r, columns);
        }

        /** That of the triangular factor with the units of its columns. */
        double reciprocalCondition() {
            int exponent = Equilibrated.exponentOfLargest(columns.original());
            int[] rows = new int[r.numRows];
            Arrays.fill(rows, -exponent);
            return Triangular.reciprocalCondition(Triangle.UPPER, Equilibrated.shifted(r, rows, columns.columns(), 1));
        }

        QR fullRank() {
            for (int i = 0; i < r.numRows; i++) {
                if (r.get(i, i) == 0) {
                    throw new SingularMatrixException("the columns depend on each other: pivot " + i + " is 0", 0);
                }
            }
            Triangular.requireCondition(Triangular.reciprocalCondition(Triangle.UPPER, r));
            return this;
        }

        /** a⁺·b. */
        DMatrixRMaj solve(DMatrixRMaj b) {
            return columns.solve(
                    z -> {
                        DMatrixRMaj x = MatrixProducts.multTransA(q, z);
                        Triangular.solve(Triangle.UPPER, false, r, x);
                        return x;
                    },
                    b);
        }

        /** aᵀ⁺·b. */
        DMatrixRMaj solveTransposed(DMatrixRMaj b) {
            return columns.solveTransposed(
                    z -> {
                        DMatrixRMaj x = z.copy();
                        Triangular.solve(Triangle.UPPER, true, r, x);
                        return MatrixProducts.mult(q, x);
                    },
                    b);
        }
    }

    /** The x of smallest norm among those that bring a·x closest to b: a⁺·b for a of full rank. */
    static DMatrixRMaj solve(DMatrixRMaj a, DMatrixRMaj b) {
        Triangular.requireRows(a, b);
        if (a.numRows == a.numCols) {
            return LU.ofFinite(a).invertible().solve(b);
        }
        return a.numRows > a.numCols
                ? QR.of(a).fullRank().solve(b)
                : QR.of(CommonOps_DDRM.transpose(a, null)).fullRank().solveTransposed(b);
    }

    static DMatrixRMaj invert(DMatrixRMaj a) {
        return LU.ofFinite(a).invertible().inverse();
    }

    /** Of full rank. */
    static DMatrixRMaj pseudoInverse(DMatrixRMaj a) {
        return a.numRows == a.numCols ? invert(a) : solve(a, CommonOps_DDRM.identity(a.numRows));
    }

    /** Σ vᵢ·uᵢᵀ/sᵢ for the singular values larger than the tolerance times the largest. */
    static DMatrixRMaj truncatedPseudoInverse(DMatrixRMaj a, double tolerance) {
        Triangular.requireFinite(a);
        int exponent = Equilibrated.exponentOfLargest(a);
        SVD of = SVD.of(Equilibrated.shifted(a, -exponent));
        DMatrixRMaj v = of.v.copy();
        for (int i = 0; i < v.numCols; i++) {
            double s = of.values.data[i];
            CommonOps_DDRM.scaleCol(s > tolerance * of.values.data[0] ? 1 / s : 0, v, i);
        }
        return Equilibrated.shifted(MatrixProducts.multTransB(v, of.u), -exponent);
    }

    /** I − Σ uᵢ·uᵢᵀ for the singular values larger than the tolerance times the largest. */
    static DMatrixRMaj outside(DMatrixRMaj a, double tolerance) {
        SVD of = SVD.of(a);
        DMatrixRMaj u = of.u.copy();
        for (int i = 0; i < u.numCols; i++) {
            CommonOps_DDRM.scaleCol(of.values.data[i] > tolerance * of.values.data[0] ? 1 : 0, u, i);
        }
        return CommonOps_DDRM.subtract(CommonOps_DDRM.identity(a.numRows), MatrixProducts.multTransB(u, u), null);
    }

    /** NaN if an element is NaN. */
    static DMatrixRMaj determinant(DMatrixRMaj a) {
        Triangular.requireSquare(a);
        return scalar(
                Arrays.stream(a.data).anyMatch(Double::isNaN)
                        ? Double.NaN
                        : LU.of(a).determinant());
    }

    static DMatrixRMaj logDeterminant(DMatrixRMaj a) {
        LU factors = invertible(a);
        if (factors.sign() < 0) {
            throw new IllegalArgumentException("the determinant is negative; signLogDeterminant gives its sign and "
                    + "the logarithm of its absolute value");
        }
        return scalar(factors.logDeterminant());
    }

    static DMatrixRMaj logAbsDeterminant(DMatrixRMaj a) {
        return scalar(invertible(a).logDeterminant());
    }

    static LU invertible(DMatrixRMaj a) {
        return LU.ofFinite(a).invertible();
    }

    /**
     * 1/(‖A‖₁·‖A⁻¹‖₁), estimated, of the matrix as given; of a matrix that is not square, that of its triangular
     * factor.
     */
    static double reciprocalCondition(DMatrixRMaj a) {
        Triangular.requireFinite(a);
        if (a.numRows == a.numCols) {
            return LU.of(a).reciprocalCondition();
        }
        return QR.of(a.numRows > a.numCols ? a : CommonOps_DDRM.transpose(a, null))
                .reciprocalCondition();
    }

    /** The lower triangular l with a positive diagonal and l·lᵀ = a. */
    static DMatrixRMaj cholesky(DMatrixRMaj a) {
        Triangular.requireSymmetric(a);
        if (a.numRows == 0) {
            return a.copy();
        }
        Equilibrated scaled = Equilibrated.symmetric(a);
        DMatrixRMaj symmetric = symmetric(scaled.matrix());
        CholeskyDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.chol(a.numRows, true);
        if (!decomposition.decompose(symmetric.copy())) {
            int order = IntStream.range(1, a.numRows)
                    .filter(size -> !decomposition.decompose(CommonOps_DDRM.extract(symmetric, 0, size, 0, size)))
                    .findFirst()
                    .orElse(a.numRows);
            throw new SingularMatrixException(
                    "the matrix is not positive definite: its leading " + order + "x" + order + " part is not", 0);
        }
        return Equilibrated.shifted(decomposition.getT(null), scaled.rows(), new int[a.numRows], 1);
    }

    /** Eigenvalues in ascending order as a column; vectors of length 1 whose largest element is positive. */
    record Eigen(DMatrixRMaj values, DMatrixRMaj vectors) {
        static Eigen of(DMatrixRMaj a) {
            Triangular.requireSymmetric(a);
            int exponent = Equilibrated.exponentOfLargest(a);
            int size = a.numRows;
            Eigen sorted = new Eigen(new DMatrixRMaj(size, 1), new DMatrixRMaj(size, size));
            if (size == 0) {
                return sorted;
            }
            EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(size, true, true);
            if (!decomposition.decompose(symmetric(Equilibrated.shifted(a, -exponent)))) {
                throw new ArithmeticException("the eigenvalue iteration did not converge");
            }
            int[] order = IntStream.range(0, size)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> decomposition.getEigenvalue(i).real))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int i = 0; i < size; i++) {
                sorted.values.data[i] = Math.scalb(decomposition.getEigenvalue(order[i]).real, exponent);
                CommonOps_DDRM.insert(decomposition.getEigenVector(order[i]), sorted.vectors, 0, i);
                orient(sorted.vectors, i);
            }
            return sorted;
        }
    }

    /** The thin factors; singular values in descending order as a column; largest elements of v positive. */
    record SVD(DMatrixRMaj u, DMatrixRMaj values, DMatrixRMaj v) {
        /** How many values are more than a hundredth of the largest. */
        int largeValues() {
            int large = 0;
            while (large < values.numRows && values.data[large] > 0.01 * values.data[0]) {
                large++;
            }
            return large;
        }

        static SVD of(DMatrixRMaj a) {
            Triangular.requireFinite(a);
            int rank = Math.min(a.numRows, a.numCols);
            if (rank == 0) {
                return new SVD(new DMatrixRMaj(a.numRows, 0), new DMatrixRMaj(0, 1), new DMatrixRMaj(a.numCols, 0));
            }
            SingularValueDecomposition_F64<DMatrixRMaj> decomposition =
                    DecompositionFactory_DDRM.svd(a.numRows, a.numCols, true, true, true);
            int exponent = Equilibrated.exponentOfLargest(a);
            if (!decomposition.decompose(Equilibrated.shifted(a, -exponent))) {
                throw new ArithmeticException("the singular value iteration did not converge");
            }
            DMatrixRMaj u = decomposition.getU(null, false);
            DMatrixRMaj w = decomposition.getW(null);
            DMatrixRMaj v = decomposition.getV(null, false);
            SingularOps_DDRM.descendingOrder(u, false, w, v, false);
            DMatrixRMaj values = new DMatrixRMaj(rank, 1);
            for (int i = 0; i < rank; i++) {
                values.data[i] = Math.scalb(w.get(i, i), exponent);
                if (orient(v, i)) {
                    CommonOps_DDRM.scaleCol(-1, u, i);
                }
            }
            return new SVD(u, values, v);
        }
    }

    /** Makes the largest element of a column positive; true if that changed its sign. */
    static boolean orient(DMatrixRMaj vectors, int column) {
        double largest = 0;
        for (int row = 0; row < vectors.numRows; row++) {
            double v = vectors.get(row, column);
            if (Math.abs(v) > Math.abs(largest)) {
                largest = v;
            }
        }
        if (largest < 0) {
            CommonOps_DDRM.scaleCol(-1, vectors, column);
        }
        return largest < 0;
    }

    /** (a + aᵀ)/2 of a matrix that is symmetric but for rounding. */
    private static DMatrixRMaj symmetric(DMatrixRMaj a) {
        DMatrixRMaj mean = CommonOps_DDRM.transpose(a, null);
        for (int i = 0; i < mean.data.length; i++) {
            mean.data[i] = mean.data[i] / 2 + a.data[i] / 2;
        }
        return mean;
    }

    static DMatrixRMaj scalar(double value) {
        return new DMatrixRMaj(new double[][] {{value}});
    }
}
