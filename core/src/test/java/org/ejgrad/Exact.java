package org.ejgrad;

import java.util.Arrays;
import java.util.Comparator;

/** Textbook linear algebra on {@link HyperDual} numbers, for comparing with. */
final class Exact {
    private Exact() {}

    static HyperDual[][] identity(int size) {
        HyperDual[][] y = zeros(size, size);
        for (int i = 0; i < size; i++) {
            y[i][i] = HyperDual.ONE;
        }
        return y;
    }

    static HyperDual[][] zeros(int rows, int columns) {
        HyperDual[][] y = new HyperDual[rows][columns];
        for (HyperDual[] row : y) {
            Arrays.fill(row, HyperDual.ZERO);
        }
        return y;
    }

    static HyperDual[][] constant(Value x) {
        HyperDual[][] y = zeros(x.getNumRows(), x.getNumCols());
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                y[i][j] = HyperDual.of(x.get(i, j));
            }
        }
        return y;
    }

    static HyperDual[][] transpose(HyperDual[][] a) {
        HyperDual[][] y = zeros(a[0].length, a.length);
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < a.length; j++) {
                y[i][j] = a[j][i];
            }
        }
        return y;
    }

    static HyperDual[][] mult(HyperDual[][] a, HyperDual[][] b) {
        HyperDual[][] y = zeros(a.length, b[0].length);
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    y[i][j] = y[i][j].plus(a[i][k].times(b[k][j]));
                }
            }
        }
        return y;
    }

    static HyperDual[][] symmetric(HyperDual[][] a) {
        HyperDual[][] y = zeros(a.length, a.length);
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y.length; j++) {
                y[i][j] = a[i][j].plus(a[j][i]).times(HyperDual.of(0.5));
            }
        }
        return y;
    }

    /** Gauss and Jordan with row exchanges: a⁻¹·b, and the determinant in the last place of an extra row. */
    private static HyperDual eliminate(HyperDual[][] a, HyperDual[][] b) {
        HyperDual determinant = HyperDual.ONE;
        for (int k = 0; k < a.length; k++) {
            int pivot = k;
            for (int i = k + 1; i < a.length; i++) {
                pivot = a[i][k].value().abs().compareTo(a[pivot][k].value().abs()) > 0 ? i : pivot;
            }
            if (pivot != k) {
                swap(a, k, pivot);
                swap(b, k, pivot);
                determinant = determinant.negative();
            }
            determinant = determinant.times(a[k][k]);
            for (int i = 0; i < a.length; i++) {
                HyperDual factor = a[i][k].over(a[k][k]);
                for (int j = 0; j < a.length && i != k; j++) {
                    a[i][j] = a[i][j].minus(factor.times(a[k][j]));
                }
                for (int j = 0; j < b[0].length && i != k; j++) {
                    b[i][j] = b[i][j].minus(factor.times(b[k][j]));
                }
            }
        }
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[i].length; j++) {
                b[i][j] = b[i][j].over(a[i][i]);
            }
        }
        return determinant;
    }

    private static void swap(HyperDual[][] a, int i, int j) {
        HyperDual[] row = a[i];
        a[i] = a[j];
        a[j] = row;
    }

    private static HyperDual[][] copy(HyperDual[][] a) {
        return Arrays.stream(a).map(HyperDual[]::clone).toArray(HyperDual[][]::new);
    }

    static HyperDual[][] solve(HyperDual[][] a, HyperDual[][] b) {
        HyperDual[][] x = copy(b);
        eliminate(copy(a), x);
        return x;
    }

    static HyperDual determinant(HyperDual[][] a) {
        return eliminate(copy(a), identity(a.length));
    }

    /** By the normal equations, which 70 digits make harmless. */
    static HyperDual[][] leastSquares(HyperDual[][] a, HyperDual[][] b) {
        return solve(mult(transpose(a), a), mult(transpose(a), b));
    }

    static HyperDual[][] smallestNorm(HyperDual[][] a, HyperDual[][] b) {
        return mult(transpose(a), solve(mult(a, transpose(a)), b));
    }

    static HyperDual[][] lower(HyperDual[][] a) {
        HyperDual[][] y = copy(a);
        for (int i = 0; i < y.length; i++) {
            Arrays.fill(y[i], i + 1, y.length, HyperDual.ZERO);
        }
        return y;
    }

    static HyperDual[][] cholesky(HyperDual[][] a) {
        HyperDual[][] l = zeros(a.length, a.length);
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                HyperDual rest = a[i][j];
                for (int k = 0; k < j; k++) {
                    rest = rest.minus(l[i][k].times(l[j][k]));
                }
                l[i][j] = i == j ? rest.sqrt() : rest.over(l[j][j]);
            }
        }
        return l;
    }

    /** r is the transposed Cholesky factor of aᵀ·a, and q = a·r⁻¹. */
    static HyperDual[][] r(HyperDual[][] a) {
        return transpose(cholesky(mult(transpose(a), a)));
    }

    static HyperDual[][] q(HyperDual[][] a) {
        return transpose(solve(transpose(r(a)), transpose(a)));
    }

    /** Eigenvalues, ascending, and vectors oriented as those of the library. */
    record Eigen(HyperDual[] values, HyperDual[][] vectors) {
        /** Jacobi's rotations. */
        static Eigen of(HyperDual[][] symmetric) {
            HyperDual[][] a = copy(symmetric);
            HyperDual[][] v = identity(a.length);
            for (int sweep = 0; sweep < 30 && !isDiagonal(a); sweep++) {
                for (int p = 0; p < a.length; p++) {
                    for (int q = p + 1; q < a.length; q++) {
                        rotate(a, v, p, q);
                    }
                }
            }
            Integer[] order = new Integer[a.length];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparing(i -> a[i][i].value()));
            HyperDual[] values = new HyperDual[a.length];
            HyperDual[][] vectors = zeros(a.length, a.length);
            for (int j = 0; j < a.length; j++) {
                values[j] = a[order[j]][order[j]];
                HyperDual largest = HyperDual.ZERO;
                for (HyperDual[] row : v) {
                    HyperDual element = row[order[j]];
                    largest = element.abs().value().compareTo(largest.abs().value()) > 0 ? element : largest;
                }
                for (int i = 0; i < a.length; i++) {
                    vectors[i][j] = largest.value().signum() < 0 ? v[i][order[j]].negative() : v[i][order[j]];
                }
            }
            return new Eigen(values, vectors);
        }

        private static boolean isDiagonal(HyperDual[][] a) {
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < a.length; j++) {
                    if (i != j && !a[i][j].isSmall()) {
                        return false;
                    }
                }
            }
            return true;
        }

        private static void rotate(HyperDual[][] a, HyperDual[][] v, int p, int q) {
            HyperDual difference = a[q][q].minus(a[p][p]);
            HyperDual twice = a[p][q].plus(a[p][q]);
            HyperDual root =
                    difference.times(difference).plus(twice.times(twice)).sqrt();
            HyperDual tan = twice.over(difference.abs().plus(root));
            tan = difference.value().signum() < 0 ? tan.negative() : tan;
            HyperDual cos =
                    HyperDual.ONE.over(tan.times(tan).plus(HyperDual.ONE).sqrt());
            HyperDual sin = tan.times(cos);
            for (int k = 0; k < a.length; k++) {
                turn(a, k, p, k, q, cos, sin);
                turn(v, k, p, k, q, cos, sin);
            }
            for (int k = 0; k < a.length; k++) {
                turn(a, p, k, q, k, cos, sin);
            }
        }

        private static void turn(
                HyperDual[][] a, int row0, int column0, int row1, int column1, HyperDual cos, HyperDual sin) {
            HyperDual x = a[row0][column0];
            HyperDual y = a[row1][column1];
            a[row0][column0] = x.times(cos).minus(y.times(sin));
            a[row1][column1] = x.times(sin).plus(y.times(cos));
        }
    }

    /** The power series of the exponential. */
    static HyperDual[][] exponential(HyperDual[][] a) {
        HyperDual[][] sum = identity(a.length);
        HyperDual[][] term = sum;
        for (int k = 1; k < 70; k++) {
            term = mult(term, a);
            for (int i = 0; i < a.length; i++) {
                for (int j = 0; j < a.length; j++) {
                    term[i][j] = term[i][j].over(HyperDual.of(k));
                    sum[i][j] = sum[i][j].plus(term[i][j]);
                }
            }
            sum = copy(sum);
        }
        return sum;
    }
}
