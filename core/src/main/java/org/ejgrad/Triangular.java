package org.ejgrad;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Substitution in triangular matrices, and how well conditioned a matrix is that one can solve with. */
final class Triangular {
    private Triangular() {}

    /**
     * Replaces b by T⁻¹·b, or by T⁻ᵀ·b, where T is a triangle of the square matrix a. Works on rows of b, which lie
     * together in memory.
     */
    static void solve(Triangle triangle, boolean transposed, DMatrixRMaj a, DMatrixRMaj b) {
        int size = a.numRows;
        boolean downwards = triangle.isLower() != transposed;
        for (int step = 0; step < size; step++) {
            int i = downwards ? step : size - 1 - step;
            int first = downwards ? 0 : i + 1;
            int last = downwards ? i : size;
            for (int k = first; k < last; k++) {
                double factor = transposed ? a.data[k * size + i] : a.data[i * size + k];
                for (int j = 0; j < b.numCols; j++) {
                    b.data[i * b.numCols + j] -= factor * b.data[k * b.numCols + j];
                }
            }
            for (int j = 0; j < b.numCols && !triangle.isUnit(); j++) {
                b.data[i * b.numCols + j] /= a.data[i * size + i];
            }
        }
    }

    /**
     * T⁻¹·b. Only a 0 on the diagonal makes a triangular matrix singular: in the right units it is as well conditioned
     * as one likes, and substitution, which no units change, is as exact as in those.
     */
    static DMatrixRMaj solve(Triangle triangle, DMatrixRMaj a, DMatrixRMaj b) {
        requireSquare(a);
        requireFinite(a);
        requireRows(a, b);
        for (int i = 0; i < a.numRows && !triangle.isUnit(); i++) {
            if (a.data[i * a.numRows + i] == 0) {
                throw new SingularMatrixException("the matrix is singular: element " + i + " of its diagonal is 0", 0);
            }
        }
        Equilibrated scaled = Equilibrated.of(part(triangle, a));
        Triangle full = triangle.isLower() ? Triangle.LOWER : Triangle.UPPER;
        return scaled.solve(z -> solved(full, false, scaled.matrix(), z), b);
    }

    /** An estimate of 1/(‖T‖₁·‖T⁻¹‖₁); 1 for an empty matrix. */
    static double reciprocalCondition(Triangle triangle, DMatrixRMaj a) {
        return reciprocalCondition(
                a.numRows,
                norm1(part(triangle, a)),
                b -> solved(triangle, false, a, b),
                b -> solved(triangle, true, a, b));
    }

    /** The same of any matrix of this size and 1-norm that one can solve with. */
    static double reciprocalCondition(
            int size, double norm, UnaryOperator<DMatrixRMaj> solve, UnaryOperator<DMatrixRMaj> solveTransposed) {
        if (size == 0) {
            return 1;
        }
        double product = norm * inverseNorm1(size, solve, solveTransposed);
        return Double.isNaN(product) ? 0 : 1 / product;
    }

    private static DMatrixRMaj solved(Triangle triangle, boolean transposed, DMatrixRMaj a, DMatrixRMaj b) {
        DMatrixRMaj x = b.copy();
        solve(triangle, transposed, a, x);
        return x;
    }

    private static DMatrixRMaj part(Triangle triangle, DMatrixRMaj a) {
        DMatrixRMaj t = triangle.isLower() ? keep(a, Integer.MIN_VALUE, 0) : keep(a, 0, Integer.MAX_VALUE);
        for (int i = 0; i < t.numRows && triangle.isUnit(); i++) {
            t.data[i * t.numRows + i] = 1;
        }
        return t;
    }

    static boolean isLower(DMatrixRMaj a) {
        return IntStream.range(0, a.getNumElements()).allMatch(i -> a.data[i] == 0 || i % a.numCols <= i / a.numCols);
    }

    /** The elements with from ≤ column − row ≤ to, and zeros. */
    static DMatrixRMaj keep(DMatrixRMaj a, int from, int to) {
        DMatrixRMaj y = ElementKernels.like(a);
        for (int row = 0, i = 0; row < a.numRows; row++) {
            for (int column = 0; column < a.numCols; column++, i++) {
                y.data[i] = column - row >= from && column - row <= to ? a.data[i] : 0;
            }
        }
        return y;
    }

    // ---- condition --------------------------------------------------------------------------------------------------

    /** The largest sum of absolute values of a column. */
    static double norm1(DMatrixRMaj a) {
        double largest = 0;
        for (int column = 0; column < a.numCols; column++) {
            double sum = 0;
            for (int row = 0; row < a.numRows; row++) {
                sum += Math.abs(a.data[row * a.numCols + column]);
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }

    /**
     * An estimate of ‖A⁻¹‖₁ from a few solutions with A and Aᵀ: never too large but for rounding, seldom below a third
     * (Hager 1984; Higham 1988, "FORTRAN codes for estimating the one-norm"). The slope of ‖A⁻¹·x‖₁ at x, times x, is
     * ‖A⁻¹·x‖₁ itself, so that a slope no steeper than that ends the search.
     */
    static double inverseNorm1(int size, UnaryOperator<DMatrixRMaj> solve, UnaryOperator<DMatrixRMaj> solveTransposed) {
        DMatrixRMaj x = new DMatrixRMaj(size, 1);
        Arrays.fill(x.data, 1.0 / size);
        double estimate = 0;
        for (DMatrixRMaj y = solve.apply(x); norm1(y) > estimate; y = solve.apply(x)) {
            estimate = norm1(y);
            DMatrixRMaj slope = solveTransposed.apply(ElementKernels.map(y, v -> v >= 0 ? 1 : -1));
            int steepest = steepest(slope);
            if (Math.abs(slope.data[steepest]) <= estimate) {
                break;
            }
            x = new DMatrixRMaj(size, 1);
            x.data[steepest] = 1;
        }
        double sign = 1;
        for (int i = 0; i < size; i++) {
            x.data[i] = sign * (1 + (double) i / Math.max(1, size - 1));
            sign = -sign;
        }
        return Math.max(estimate, 2 * norm1(solve.apply(x)) / (3 * size));
    }

    private static int steepest(DMatrixRMaj x) {
        int best = 0;
        for (int i = 1; i < x.numRows; i++) {
            if (Math.abs(x.data[i]) > Math.abs(x.data[best])) {
                best = i;
            }
        }
        return best;
    }

    // ---- refusals ---------------------------------------------------------------------------------------------------

    static void requireCondition(double reciprocalCondition) {
        if (!(reciprocalCondition >= SingularMatrixException.LIMIT)) {
            throw new SingularMatrixException(
                    "the matrix is singular to working precision: scaled, its reciprocal condition number is about "
                            + reciprocalCondition + "; at least " + SingularMatrixException.LIMIT + " is needed",
                    reciprocalCondition);
        }
    }

    static DMatrixRMaj requireSquare(DMatrixRMaj a) {
        if (a.numRows != a.numCols) {
            throw new IllegalArgumentException(
                    "the matrix is " + a.numRows + "x" + a.numCols + "; expected a square one");
        }
        return a;
    }

    static void requireRows(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows) {
            throw new IllegalArgumentException("the numbers of rows " + a.numRows + " and " + b.numRows + " differ");
        }
    }

    static void requireFinite(DMatrixRMaj a) {
        int i = ElementKernels.firstNonFinite(a);
        if (i >= 0) {
            throw new IllegalArgumentException("element (" + i / a.numCols + ", " + i % a.numCols + ") is " + a.data[i]
                    + "; expected finite elements");
        }
    }

    /** Refuses a matrix that is not symmetric within 1e-12 of the largest elements of the rows, without their units. */
    static void requireSymmetric(DMatrixRMaj a) {
        requireSquare(a);
        requireFinite(a);
        if (isSymmetric(a)) {
            return;
        }
        DMatrixRMaj scaled = Equilibrated.symmetric(a).matrix();
        double[] largest = new double[a.numRows];
        for (int row = 0; row < a.numRows; row++) {
            for (int column = 0; column < a.numCols; column++) {
                double v = Math.abs(scaled.data[row * a.numCols + column]);
                largest[row] = Math.max(largest[row], v);
                largest[column] = Math.max(largest[column], v);
            }
        }
        for (int row = 0; row < a.numRows; row++) {
            for (int column = 0; column < row; column++) {
                int below = row * a.numCols + column;
                int above = column * a.numCols + row;
                if (Math.abs(scaled.data[below] - scaled.data[above])
                        > 1e-12 * Math.sqrt(largest[row] * largest[column])) {
                    throw new IllegalArgumentException(
                            "element (" + row + ", " + column + ") is " + a.data[below] + " but (" + column + ", " + row
                                    + ") is " + a.data[above] + "; expected a symmetric matrix");
                }
            }
        }
    }

    /** Whether the usual case is at hand, in which there is nothing to judge. */
    private static boolean isSymmetric(DMatrixRMaj a) {
        for (int row = 0; row < a.numRows; row++) {
            for (int column = 0; column < row; column++) {
                if (a.data[row * a.numCols + column] != a.data[column * a.numCols + row]) {
                    return false;
                }
            }
        }
        return true;
    }
}
