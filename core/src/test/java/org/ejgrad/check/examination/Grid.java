package org.ejgrad.check.examination;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** A matrix of numbers, with linear algebra from the textbook. */
record Grid(Num[][] numbers) implements Mat {
    private static Num[][] of(Mat b) {
        return ((Grid) b).numbers;
    }

    Num number() {
        return numbers[0][0];
    }

    @Override
    public int rows() {
        return numbers.length;
    }

    @Override
    public int columns() {
        return numbers[0].length;
    }

    @Override
    public Mat map(UnaryOperator<Num> f) {
        Num[][] y = new Num[rows()][columns()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                y[i][j] = f.apply(numbers[i][j]);
            }
        }
        return new Grid(y);
    }

    private Mat pairwise(Mat b, BinaryOperator<Num> f) {
        Num[][] other = of(b);
        int rows = Math.max(rows(), b.rows());
        int columns = Math.max(columns(), b.columns());
        Num[][] y = new Num[rows][columns];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                Num left = numbers[rows() == 1 ? 0 : i][columns() == 1 ? 0 : j];
                y[i][j] = f.apply(left, other[b.rows() == 1 ? 0 : i][b.columns() == 1 ? 0 : j]);
            }
        }
        return new Grid(y);
    }

    @Override
    public Mat plus(Mat b) {
        return pairwise(b, Num::plus);
    }

    @Override
    public Mat minus(Mat b) {
        return pairwise(b, Num::minus);
    }

    @Override
    public Mat times(Mat b) {
        return pairwise(b, Num::times);
    }

    @Override
    public Mat over(Mat b) {
        return pairwise(b, Num::over);
    }

    @Override
    public Mat mult(Mat b) {
        Num[][] other = of(b);
        Num[][] y = new Num[rows()][b.columns()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                Num sum = numbers[i][0].times(other[0][j]);
                for (int k = 1; k < columns(); k++) {
                    sum = sum.plus(numbers[i][k].times(other[k][j]));
                }
                y[i][j] = sum;
            }
        }
        return new Grid(y);
    }

    @Override
    public Mat transpose() {
        Num[][] y = new Num[columns()][rows()];
        for (int i = 0; i < rows(); i++) {
            for (int j = 0; j < columns(); j++) {
                y[j][i] = numbers[i][j];
            }
        }
        return new Grid(y);
    }

    @Override
    public Mat sum() {
        return ((Grid) rowSums().transpose()).rowSums();
    }

    @Override
    public Mat rowSums() {
        Num[][] y = new Num[rows()][1];
        for (int i = 0; i < rows(); i++) {
            Num sum = numbers[i][0];
            for (int j = 1; j < columns(); j++) {
                sum = sum.plus(numbers[i][j]);
            }
            y[i][0] = sum;
        }
        return new Grid(y);
    }

    @Override
    public Mat inverse() {
        double[][] identity = new double[rows()][rows()];
        for (int i = 0; i < rows(); i++) {
            identity[i][i] = 1;
        }
        return solve(constant(identity));
    }

    @Override
    public Mat solve(Mat b) {
        Num[][] a = copy(numbers);
        Num[][] y = copy(of(b));
        eliminate(a, y);
        for (int i = rows() - 1; i >= 0; i--) {
            for (int j = 0; j < y[i].length; j++) {
                Num sum = y[i][j];
                for (int k = i + 1; k < rows(); k++) {
                    sum = sum.minus(a[i][k].times(y[k][j]));
                }
                y[i][j] = sum.over(a[i][i]);
            }
        }
        return new Grid(y);
    }

    @Override
    public Mat determinant() {
        Num[][] a = copy(numbers);
        double sign = eliminate(a, new Num[rows()][0]);
        Num product = a[0][0].times(sign);
        for (int i = 1; i < rows(); i++) {
            product = product.times(a[i][i]);
        }
        return new Grid(new Num[][] {{product}});
    }

    private static Num[][] copy(Num[][] a) {
        Num[][] y = a.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] = a[i].clone();
        }
        return y;
    }

    /** Makes a upper triangular and does the same to b; −1 if the rows were exchanged an odd number of times. */
    private static double eliminate(Num[][] a, Num[][] b) {
        double sign = 1;
        for (int k = 0; k < a.length; k++) {
            int pivot = k;
            for (int i = k + 1; i < a.length; i++) {
                pivot = Math.abs(a[i][k].value()) > Math.abs(a[pivot][k].value()) ? i : pivot;
            }
            sign = pivot == k ? sign : -sign;
            exchange(a, k, pivot);
            exchange(b, k, pivot);
            for (int i = k + 1; i < a.length; i++) {
                Num factor = a[i][k].over(a[k][k]);
                for (int j = k; j < a.length; j++) {
                    a[i][j] = a[i][j].minus(factor.times(a[k][j]));
                }
                for (int j = 0; j < b[i].length; j++) {
                    b[i][j] = b[i][j].minus(factor.times(b[k][j]));
                }
            }
        }
        return sign;
    }

    private static void exchange(Num[][] a, int i, int j) {
        Num[] row = a[i];
        a[i] = a[j];
        a[j] = row;
    }

    @Override
    public Mat cholesky() {
        int n = rows();
        Num zero = numbers[0][0].constant(0);
        Num[][] y = new Num[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Num sum = numbers[i][j];
                for (int k = 0; k < j && j <= i; k++) {
                    sum = sum.minus(y[i][k].times(y[j][k]));
                }
                y[i][j] = j > i ? zero : j == i ? sum.sqrt() : sum.over(y[j][j]);
            }
        }
        return new Grid(y);
    }

    @Override
    public Mat gram() {
        return mult(transpose());
    }

    @Override
    public Mat softmax() {
        Mat powers = map(Num::exp);
        return powers.over(powers.rowSums());
    }

    @Override
    public Mat constant(double[][] constants) {
        Num[][] y = new Num[constants.length][constants[0].length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < y[i].length; j++) {
                y[i][j] = numbers[0][0].constant(constants[i][j]);
            }
        }
        return new Grid(y);
    }
}
