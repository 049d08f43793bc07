package org.ejgrad;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * A matrix without its units: rows and columns are divided by powers of two until the largest element of each is about
 * 1, which is exact. What is still ill-conditioned then is so in any units.
 *
 * <p>Element (i, j) of the original is that of {@link #matrix} times 2^(rows[i] + columns[j]). Halving the exponents of
 * all rows and columns at once finds the same scales for a symmetric matrix's rows and columns (Ruiz 2001, "A scaling
 * algorithm to equilibrate both rows and columns norms in matrices").
 */
final class Equilibrated {
    /** An exponent below that of any number; that of zero. */
    private static final int NONE = -1_000_000;
    /** Numbers of up to this exponent are solved for as they are; there is room for 37 digits of growth. */
    private static final int COMFORTABLE = 900;

    private final DMatrixRMaj matrix;
    private final int[] rows;
    private final int[] columns;

    private Equilibrated(DMatrixRMaj matrix, int[] rows, int[] columns) {
        this.matrix = matrix;
        this.rows = rows;
        this.columns = columns;
    }

    /** Of rows and columns; a matrix with elements that are not finite is left as it is. */
    static Equilibrated of(DMatrixRMaj a) {
        int[] rows = new int[a.numRows];
        int[] columns = new int[a.numCols];
        if (!ElementKernels.isFinite(a)) {
            return new Equilibrated(a, rows, columns);
        }
        int[] exponents = exponents(a);
        for (boolean raised = true; raised; ) {
            int[] ofRows = largestOfRows(exponents, rows, columns);
            int[] ofColumns = largestOfColumns(exponents, rows, columns);
            boolean rowsRaised = raise(rows, ofRows, 2);
            raised = raise(columns, ofColumns, 2) || rowsRaised;
        }
        raise(columns, largestOfColumns(exponents, rows, columns), 1);
        raise(rows, largestOfRows(exponents, rows, columns), 1);
        return new Equilibrated(shifted(a, rows, columns, -1), rows, columns);
    }

    /** Of the columns only, where rows are weighed against each other, as in least squares. */
    static Equilibrated ofColumns(DMatrixRMaj a) {
        int[] rows = new int[a.numRows];
        int[] columns = new int[a.numCols];
        raise(columns, largestOfColumns(exponents(a), rows, columns), 1);
        return new Equilibrated(shifted(a, rows, columns, -1), rows, columns);
    }

    /** Of a finite square matrix, with the same exponents for row i and column i. */
    static Equilibrated symmetric(DMatrixRMaj a) {
        int[] both = new int[a.numRows];
        int[] exponents = exponents(a);
        for (boolean raised = true; raised; ) {
            int[] ofRows = largestOfRows(exponents, both, both);
            int[] ofColumns = largestOfColumns(exponents, both, both);
            Arrays.setAll(ofRows, i -> Math.max(ofRows[i], ofColumns[i]));
            raised = raise(both, ofRows, 2);
        }
        return new Equilibrated(shifted(a, both, both, -1), both, both);
    }

    /** Every element times 2^exponent. */
    static DMatrixRMaj shifted(DMatrixRMaj a, int exponent) {
        return exponent == 0 ? a.copy() : ElementKernels.map(a, v -> shifted(v, exponent));
    }

    /** The matrix without its units. */
    DMatrixRMaj matrix() {
        return matrix;
    }

    /** Of each row, the exponent it was divided by. */
    int[] rows() {
        return rows;
    }

    /** Of each column, the exponent it was divided by. */
    int[] columns() {
        return columns;
    }

    /** The sum of all exponents: the determinant of the original is that of {@link #matrix} times 2 to this power. */
    int exponent() {
        return Arrays.stream(rows).sum() + Arrays.stream(columns).sum();
    }

    /** The original divided by 2^exponent, its scales told apart in the same way. */
    Equilibrated dividedBy(int exponent) {
        return new Equilibrated(
                matrix, Arrays.stream(rows).map(i -> i - exponent).toArray(), columns);
    }

    /** The same with the determinant of {@link #matrix} divided by 2^exponent, a part in each row. */
    Equilibrated evenly(int exponent) {
        int[] parts = new int[rows.length];
        Arrays.setAll(parts, i -> Math.floorDiv(exponent + i, rows.length));
        int[] shifted = new int[rows.length];
        Arrays.setAll(shifted, i -> rows[i] + parts[i]);
        return new Equilibrated(shifted(matrix, parts, new int[columns.length], -1), shifted, columns);
    }

    /** Rows also divided, and columns multiplied, by powers of two next to positive vectors. */
    Equilibrated further(DMatrixRMaj ofRows, DMatrixRMaj ofColumns) {
        int[] down = new int[rows.length];
        int[] across = new int[columns.length];
        Arrays.setAll(down, i -> Math.max(exponent(ofRows.data[i]), -COMFORTABLE));
        Arrays.setAll(across, j -> -Math.max(exponent(ofColumns.data[j]), -COMFORTABLE));
        return further(down, across);
    }

    private Equilibrated further(int[] down, int[] across) {
        return new Equilibrated(shifted(matrix, down, across, -1), plus(rows, down), plus(columns, across));
    }

    /**
     * Rows and columns of a finite square matrix scaled further, such that one place of each row and column, all in
     * different ones, holds about 1 and no element is larger: the places whose product is the largest of the
     * determinant. Nothing if each of its products is 0.
     *
     * <p>Units found that way know which elements matter: in a lower triangular matrix they are those of the diagonal,
     * however small (Olschowka and Neumaier 1996, "A new pivoting strategy for Gaussian elimination"). The places are
     * found row by row, along the shortest path to a column that is free, in the exponents that are missing to 1 (Kuhn
     * 1955, "The Hungarian method for the assignment problem").
     */
    Optional<Equilibrated> matched() {
        int size = rows.length;
        int[] exponents = exponents(matrix);
        int[] down = new int[size];
        int[] across = new int[size + 1];
        int[] owner = new int[size + 1]; // of each column, the row that holds it; the last stands for a new row
        Arrays.fill(owner, -1);
        for (int row = 0; row < size; row++) {
            int[] distance = new int[size];
            int[] before = new int[size];
            boolean[] reached = new boolean[size + 1];
            Arrays.fill(distance, Integer.MAX_VALUE);
            int column = size;
            for (owner[size] = row; owner[column] >= 0; ) {
                reached[column] = true;
                int nearest = -1;
                for (int j = 0; j < size; j++) {
                    int i = owner[column];
                    int missing = down[i] + across[j] - exponents[i * size + j];
                    if (!reached[j] && missing < distance[j]) {
                        distance[j] = missing;
                        before[j] = column;
                    }
                    if (!reached[j] && (nearest < 0 || distance[j] < distance[nearest])) {
                        nearest = j;
                    }
                }
                int step = distance[nearest];
                if (step > -NONE / 2) {
                    return Optional.empty();
                }
                for (int j = 0; j <= size; j++) {
                    if (reached[j]) {
                        down[owner[j]] -= step;
                        across[j] += step;
                    } else if (j < size) {
                        distance[j] -= step;
                    }
                }
                column = nearest;
            }
            for (; column < size; column = before[column]) {
                owner[column] = owner[before[column]];
            }
        }
        return Optional.of(further(down, Arrays.copyOf(across, size)));
    }

    /** The matrix with its units. */
    DMatrixRMaj original() {
        return shifted(matrix, rows, columns, 1);
    }

    /** A⁻¹·b, where {@code solve} multiplies by the inverse of {@link #matrix}. */
    DMatrixRMaj solve(UnaryOperator<DMatrixRMaj> solve, DMatrixRMaj b) {
        return solve(rows, columns, solve, b);
    }

    /** A⁻ᵀ·b, where {@code solve} multiplies by the transposed inverse of {@link #matrix}. */
    DMatrixRMaj solveTransposed(UnaryOperator<DMatrixRMaj> solve, DMatrixRMaj b) {
        return solve(columns, rows, solve, b);
    }

    /** Columns of b that are too large or too small once they have lost the units are shifted meanwhile. */
    private static DMatrixRMaj solve(int[] before, int[] after, UnaryOperator<DMatrixRMaj> solve, DMatrixRMaj b) {
        int[] shift = largestOfColumns(exponents(b), before, new int[b.numCols]);
        for (int j = 0; j < shift.length; j++) {
            shift[j] = shift[j] == NONE ? 0 : shift[j] - Math.max(-COMFORTABLE, Math.min(shift[j], COMFORTABLE));
        }
        int[] back = Arrays.stream(shift).map(e -> -e).toArray();
        return shifted(solve.apply(shifted(b, before, shift, -1)), after, back, -1);
    }

    // ---- exponents --------------------------------------------------------------------------------------------------

    /** Element (i, j) times 2^(sign·(rows[i] + columns[j])). */
    static DMatrixRMaj shifted(DMatrixRMaj a, int[] rows, int[] columns, int sign) {
        if (a.numRows != rows.length || a.numCols != columns.length) {
            throw new IllegalArgumentException(
                    "a " + Shape.of(a) + " matrix; expected " + rows.length + "x" + columns.length);
        }
        DMatrixRMaj y = new DMatrixRMaj(a.numRows, a.numCols);
        for (int i = 0, at = 0; i < a.numRows; i++) {
            for (int j = 0; j < a.numCols; j++, at++) {
                y.data[at] = shifted(a.data[at], sign * (rows[i] + columns[j]));
            }
        }
        return y;
    }

    /**
     * v·2^exponent, by one multiplication where the power of two is a normal number: several times as fast as scalb.
     */
    private static double shifted(double v, int exponent) {
        return exponent >= Double.MIN_EXPONENT && exponent <= Double.MAX_EXPONENT
                ? v * Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << 52)
                : Math.scalb(v, exponent);
    }

    /** The exponent of the largest finite element, 0 if there is none but zeros. */
    static int exponentOfLargest(DMatrixRMaj a) {
        double largest = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            double v = Math.abs(a.data[i]);
            largest = v > largest && v <= Double.MAX_VALUE ? v : largest;
        }
        return largest == 0 ? 0 : exponent(largest);
    }

    /** The e with 2ᵉ ≤ |v| < 2ᵉ⁺¹; none of zero and of what is not finite. */
    static int exponent(double v) {
        int exponent = Math.getExponent(v);
        if (exponent >= Double.MIN_EXPONENT) {
            return exponent > Double.MAX_EXPONENT ? NONE : exponent;
        }
        return v == 0 ? NONE : Math.getExponent(v * 0x1p60) - 60;
    }

    private static int[] exponents(DMatrixRMaj a) {
        int[] exponents = new int[a.getNumElements()];
        for (int i = 0; i < exponents.length; i++) {
            exponents[i] = exponent(a.data[i]);
        }
        return exponents;
    }

    private static int[] largestOfRows(int[] exponents, int[] rows, int[] columns) {
        int[] largest = new int[rows.length];
        for (int i = 0, at = 0; i < rows.length; i++) {
            int most = NONE;
            for (int j = 0; j < columns.length; j++, at++) {
                most = Math.max(most, exponents[at] - columns[j]);
            }
            largest[i] = none(most - rows[i]);
        }
        return largest;
    }

    private static int[] largestOfColumns(int[] exponents, int[] rows, int[] columns) {
        int[] largest = new int[columns.length];
        Arrays.fill(largest, NONE);
        for (int i = 0, at = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++, at++) {
                largest[j] = Math.max(largest[j], exponents[at] - rows[i]);
            }
        }
        Arrays.setAll(largest, j -> none(largest[j] - columns[j]));
        return largest;
    }

    /** An exponent that no number has, even in other units, is that of zero. */
    private static int none(int exponent) {
        return exponent < NONE / 2 ? NONE : exponent;
    }

    private static int[] plus(int[] a, int[] b) {
        int[] sum = new int[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }

    /** Adds a part of the largest exponent of each row or column to its scale; whether that changed one. */
    private static boolean raise(int[] scales, int[] largest, int part) {
        boolean raised = false;
        for (int i = 0; i < scales.length; i++) {
            int more = largest[i] == NONE ? 0 : largest[i] / part;
            scales[i] += more;
            raised |= more != 0;
        }
        return raised;
    }
}
