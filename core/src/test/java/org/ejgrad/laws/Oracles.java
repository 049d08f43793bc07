package org.ejgrad.laws;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejml.simple.SimpleMatrix;

/** Plain arithmetic on matrices, written with loops only, to compare operations with. */
public final class Oracles {
    private Oracles() {}

    /** A number for each place of a matrix. */
    @FunctionalInterface
    public interface Element {
        /**
         * The number at one place.
         *
         * @param row from 0
         * @param column from 0
         * @return the number
         */
        double at(int row, int column);
    }

    /**
     * A matrix from a formula for its elements.
     *
     * @param rows how many rows
     * @param columns how many columns
     * @param element the formula
     * @return a new matrix
     */
    public static SimpleMatrix fill(int rows, int columns, Element element) {
        SimpleMatrix result = new SimpleMatrix(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result.set(row, column, element.at(row, column));
            }
        }
        return result;
    }

    /**
     * A function applied to each element.
     *
     * @param x a matrix
     * @param function from an element to an element
     * @return a new matrix of x's shape
     */
    public static SimpleMatrix map(SimpleMatrix x, DoubleUnaryOperator function) {
        return fill(x.getNumRows(), x.getNumCols(), (i, j) -> function.applyAsDouble(x.get(i, j)));
    }

    /**
     * A function applied to each pair of elements; a size of 1 is repeated.
     *
     * @param a a matrix
     * @param b a matrix, each of whose sizes equals a's, or one of the two is 1
     * @param function from two elements to an element
     * @return a new matrix
     */
    public static SimpleMatrix zip(SimpleMatrix a, SimpleMatrix b, DoubleBinaryOperator function) {
        int rows = a.getNumRows() == 1 ? b.getNumRows() : a.getNumRows();
        int columns = a.getNumCols() == 1 ? b.getNumCols() : a.getNumCols();
        return fill(rows, columns, (i, j) -> function.applyAsDouble(repeated(a, i, j), repeated(b, i, j)));
    }

    private static double repeated(SimpleMatrix x, int row, int column) {
        return x.get(x.getNumRows() == 1 ? 0 : row, x.getNumCols() == 1 ? 0 : column);
    }

    /**
     * A number for the whole matrix, as a 1x1 matrix.
     *
     * @param x a matrix
     * @param function from all elements, in row-major order, to a number
     * @return 1x1
     */
    public static SimpleMatrix all(SimpleMatrix x, ToDoubleFunction<double[]> function) {
        double[] elements = new double[x.getNumElements()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = x.get(i);
        }
        double result = function.applyAsDouble(elements);
        return fill(1, 1, (i, j) -> result);
    }

    /**
     * A number for each row, as a column.
     *
     * @param x a matrix
     * @param function from a row's elements to a number
     * @return rows x 1
     */
    public static SimpleMatrix perRow(SimpleMatrix x, ToDoubleFunction<double[]> function) {
        return fill(x.getNumRows(), 1, (i, j) -> function.applyAsDouble(row(x, i)));
    }

    /**
     * A number for each column, as a row.
     *
     * @param x a matrix
     * @param function from a column's elements to a number
     * @return 1 x columns
     */
    public static SimpleMatrix perColumn(SimpleMatrix x, ToDoubleFunction<double[]> function) {
        return perRow(x.transpose(), function).transpose();
    }

    /**
     * Each row replaced by a row of the same length.
     *
     * @param x a matrix
     * @param function from a row's elements to as many new ones
     * @return a new matrix of x's shape
     */
    public static SimpleMatrix eachRow(SimpleMatrix x, Function<double[], double[]> function) {
        SimpleMatrix result = new SimpleMatrix(x.getNumRows(), x.getNumCols());
        for (int i = 0; i < x.getNumRows(); i++) {
            double[] replaced = function.apply(row(x, i));
            for (int j = 0; j < replaced.length; j++) {
                result.set(i, j, replaced[j]);
            }
        }
        return result;
    }

    /**
     * Each column replaced by a column of the same length.
     *
     * @param x a matrix
     * @param function from a column's elements to as many new ones
     * @return a new matrix of x's shape
     */
    public static SimpleMatrix eachColumn(SimpleMatrix x, Function<double[], double[]> function) {
        return eachRow(x.transpose(), function).transpose();
    }

    private static double[] row(SimpleMatrix x, int row) {
        double[] elements = new double[x.getNumCols()];
        for (int j = 0; j < elements.length; j++) {
            elements[j] = x.get(row, j);
        }
        return elements;
    }
}
