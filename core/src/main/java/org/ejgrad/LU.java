package org.ejgrad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.lu.LUDecompositionAlt_DDRM;

/**
 * A square matrix factored by elimination with row exchanges, from which equations, inverses and determinants are
 * computed.
 *
 * <p>The factorisation is EJML's, of the matrix without its units. EJML reports success with infinities on a singular
 * matrix; here {@link #invertible} refuses one, with its condition.
 */
final class LU {
    private static final double LN2 = Elementary.log(2);
    /** Of the power method; for scales a factor of 2 is near enough. */
    private static final int BEST_UNITS_STEPS = 50;
    /** Of the matrix without its units; the determinant keeps eleven digits. */
    private static final double SMALL_PIVOT = 0x1p-16;

    private final DMatrixRMaj a;
    private final int size;
    private final Equilibrated scaled;
    private final DMatrixRMaj factors;
    private final int[] order;
    /** Whether L·U is the scaled matrix with its columns turned round: a lower triangle is then an upper one. */
    private final boolean reversed;
    /** The determinant without its power of two, from 1/√2 to √2 or 0, and that power. */
    private final double fraction;

    private final int exponent;

    private LU(DMatrixRMaj a, Equilibrated scaled, DMatrixRMaj factors, int[] order, boolean reversed) {
        this.a = a;
        this.size = order.length;
        this.scaled = scaled;
        this.factors = factors;
        this.order = order;
        this.reversed = reversed;
        double product = reversed && size % 4 > 1 ? -parity() : parity();
        int power = scaled.exponent();
        for (int i = 0; i < size; i++) {
            product *= pivot(i);
            int shift = product == 0 ? 0 : Math.getExponent(product * Math.sqrt(2));
            product = Math.scalb(product, -shift);
            power += shift;
        }
        this.fraction = product + 0.0; // not -0
        this.exponent = power;
    }

    /** In units in which it keeps its digits; refuses a matrix that is not square. */
    static LU of(DMatrixRMaj a) {
        LU usual = of(a, Equilibrated.of(Triangular.requireSquare(a)));
        for (int i = 0; i < a.numRows; i++) {
            if (Math.abs(usual.pivot(i)) < SMALL_PIVOT) {
                return usual.inBetterUnits();
            }
        }
        return usual;
    }

    /** Row i of L·U is row order[i] of the scaled matrix. */
    private static LU of(DMatrixRMaj a, Equilibrated scaled) {
        if (a.numRows == 0) {
            return new LU(a, scaled, a, new int[0], false);
        }
        int size = a.numRows;
        boolean isLower = Triangular.isLower(a);
        LUDecompositionAlt_DDRM decomposition = new LUDecompositionAlt_DDRM();
        decomposition.decompose(
                isLower
                        ? IndexKernels.take(scaled.matrix(), Shape.of(a), 0, (i, j) -> i * size + size - 1 - j)
                        : scaled.matrix().copy());
        return new LU(
                a,
                scaled,
                decomposition.getLU(),
                decomposition.getRowPivotV(null).clone(),
                isLower);
    }

    /** Refuses elements that are not finite. */
    static LU ofFinite(DMatrixRMaj a) {
        Triangular.requireFinite(a);
        return of(a);
    }

    /** Refuses a matrix that is singular in any units. */
    LU invertible() {
        if (scaledReciprocalCondition() >= SingularMatrixException.LIMIT) {
            return this;
        }
        LU better = inBetterUnits();
        for (int i = 0; i < size; i++) {
            if (better.pivot(i) == 0) {
                throw new SingularMatrixException("the matrix is singular: pivot " + i + " is 0", 0);
            }
        }
        Triangular.requireCondition(better.scaledReciprocalCondition());
        return better;
    }

    /**
     * The same in units in which it is better conditioned, if there are any. Where a pivot is small, elimination may
     * have drowned small elements that matter in larger ones that do not, so an inverse is taken where those that
     * matter are about 1.
     */
    private LU inBetterUnits() {
        LU best = ElementKernels.isFinite(a)
                ? scaled.matched().map(units -> of(a, units).inBestUnits()).orElse(this)
                : this;
        double condition = best.scaledReciprocalCondition();
        return condition >= SingularMatrixException.LIMIT && condition > scaledReciprocalCondition() ? best : this;
    }

    /**
     * The condition number is smallest where columns are multiplied by the positive eigenvector x of |A⁻¹|·|A| and rows
     * divided by |A|·x; that of a triangular matrix may come down from 2ⁿ (Bauer 1963, "Optimally scaled matrices").
     */
    private LU inBestUnits() {
        if (fraction == 0) {
            return this;
        }
        DMatrixRMaj absolute = ElementKernels.map(scaled.matrix(), Math::abs);
        DMatrixRMaj inverse = ElementKernels.map(solveScaled(CommonOps_DDRM.identity(size)), Math::abs);
        DMatrixRMaj x = new DMatrixRMaj(size, 1);
        Arrays.fill(x.data, 1);
        for (int step = 0; step < BEST_UNITS_STEPS; step++) {
            x = MatrixProducts.mult(inverse, MatrixProducts.mult(absolute, x));
            x = Equilibrated.shifted(x, -Equilibrated.exponentOfLargest(x));
        }
        return of(a, scaled.further(MatrixProducts.mult(absolute, x), x));
    }

    /** An estimate of 1/(‖A‖₁·‖A⁻¹‖₁) of the matrix without its units; 1 for an empty matrix. */
    double scaledReciprocalCondition() {
        return Triangular.reciprocalCondition(
                size, Triangular.norm1(scaled.matrix()), this::solveScaled, this::solveScaledTransposed);
    }

    /** The same of the matrix as it was given. */
    double reciprocalCondition() {
        Equilibrated unit = scaled.dividedBy(Equilibrated.exponentOfLargest(a));
        return Triangular.reciprocalCondition(
                size,
                Triangular.norm1(unit.original()),
                b -> unit.solve(this::solveScaled, b),
                b -> unit.solveTransposed(this::solveScaledTransposed, b));
    }

    /** The matrix without its units, and evenly scaled so that its determinant is 0 or from 1/√2 to √2. */
    Equilibrated ofUnitDeterminant() {
        return fraction == 0 ? scaled : scaled.evenly(exponent - scaled.exponent());
    }

    /** A⁻¹·b. */
    DMatrixRMaj solve(DMatrixRMaj b) {
        return scaled.solve(this::solveScaled, b);
    }

    /** A⁻ᵀ·b. */
    DMatrixRMaj solveTransposed(DMatrixRMaj b) {
        return scaled.solveTransposed(this::solveScaledTransposed, b);
    }

    /** A⁻¹. */
    DMatrixRMaj inverse() {
        DMatrixRMaj inverse = solveScaled(CommonOps_DDRM.identity(size));
        return Equilibrated.shifted(inverse, scaled.columns(), scaled.rows(), -1);
    }

    private DMatrixRMaj solveScaled(DMatrixRMaj b) {
        DMatrixRMaj x = new DMatrixRMaj(size, b.numCols);
        for (int row = 0; row < size; row++) {
            System.arraycopy(b.data, order[row] * b.numCols, x.data, row * b.numCols, b.numCols);
        }
        Triangular.solve(Triangle.UNIT_LOWER, false, factors, x);
        Triangular.solve(Triangle.UPPER, false, factors, x);
        return reversed ? upsideDown(x) : x;
    }

    private DMatrixRMaj solveScaledTransposed(DMatrixRMaj b) {
        DMatrixRMaj z = reversed ? upsideDown(b) : b.copy();
        Triangular.solve(Triangle.UPPER, true, factors, z);
        Triangular.solve(Triangle.UNIT_LOWER, true, factors, z);
        DMatrixRMaj x = new DMatrixRMaj(size, b.numCols);
        for (int row = 0; row < size; row++) {
            System.arraycopy(z.data, row * b.numCols, x.data, order[row] * b.numCols, b.numCols);
        }
        return x;
    }

    private static DMatrixRMaj upsideDown(DMatrixRMaj x) {
        return IndexKernels.take(x, Shape.of(x), 0, (i, j) -> (x.numRows - 1 - i) * x.numCols + j);
    }

    double determinant() {
        return Math.scalb(fraction, exponent);
    }

    /** ln |det A|. */
    double logDeterminant() {
        double absolute = Math.abs(determinant());
        return absolute >= Double.MIN_NORMAL && absolute <= Double.MAX_VALUE
                ? Elementary.log(absolute)
                : Elementary.log(Math.abs(fraction)) + exponent * LN2;
    }

    /** The sign of the determinant. */
    double sign() {
        return Math.signum(fraction);
    }

    private double pivot(int i) {
        return factors.data[i * size + i];
    }

    /** 1 if the order of the rows is an even permutation, else −1. */
    private int parity() {
        boolean[] seen = new boolean[size];
        int parity = 1;
        for (int start = 0; start < size; start++) {
            for (int i = order[start]; !seen[start] && i != start; i = order[i]) {
                seen[i] = true;
                parity = -parity;
            }
        }
        return parity;
    }
}
