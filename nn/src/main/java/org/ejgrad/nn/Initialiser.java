package org.ejgrad.nn;

import org.ejml.simple.SimpleMatrix;

/**
 * How a weight matrix begins.
 *
 * <p>Weights are inputs x outputs here, so the fan-in of a matrix is its number of rows and the fan-out its number of
 * columns. All randomness comes from the {@link RandomStream}: the same seed gives the same bits everywhere.
 */
@FunctionalInterface
public interface Initialiser {
    /**
     * A first matrix.
     *
     * @param rows the fan-in
     * @param columns the fan-out
     * @param random where the numbers come from
     * @return a new rows x columns matrix
     */
    SimpleMatrix matrix(int rows, int columns, RandomStream random);

    /**
     * All elements 0.
     *
     * @return the initialiser
     */
    static Initialiser zeros() {
        return (rows, columns, random) -> new SimpleMatrix(rows, columns);
    }

    /**
     * All elements alike.
     *
     * @param number each element
     * @return the initialiser
     */
    static Initialiser constant(double number) {
        return (rows, columns, random) -> {
            SimpleMatrix matrix = new SimpleMatrix(rows, columns);
            matrix.fill(number);
            return matrix;
        };
    }

    /**
     * Uniform in [low, high).
     *
     * @param low the smallest element
     * @param high the bound above
     * @return the initialiser
     * @throws IllegalArgumentException if the bounds are not finite or low exceeds high
     */
    static Initialiser uniform(double low, double high) {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException(
                    "uniform(" + low + ", " + high + "): expected two finite bounds in increasing order");
        }
        return (rows, columns, random) -> {
            SimpleMatrix matrix = new SimpleMatrix(rows, columns);
            for (int i = 0; i < rows * columns; i++) {
                matrix.set(i, random.nextDouble(low, high));
            }
            return matrix;
        };
    }

    /**
     * Normal with mean 0.
     *
     * @param deviation the standard deviation
     * @return the initialiser
     * @throws IllegalArgumentException if the deviation is negative or not finite
     */
    static Initialiser normal(double deviation) {
        if (!Double.isFinite(deviation) || deviation < 0) {
            throw new IllegalArgumentException(
                    "normal(" + deviation + "): expected a finite standard deviation of at least 0");
        }
        return (rows, columns, random) -> {
            SimpleMatrix matrix = new SimpleMatrix(rows, columns);
            for (int i = 0; i < rows * columns; i++) {
                matrix.set(i, deviation * random.nextGaussian());
            }
            return matrix;
        };
    }

    /**
     * Uniform in ±√(6/(fan-in + fan-out)), for layers before tanh, sigmoid or softmax (Glorot and Bengio 2010).
     *
     * @return the initialiser
     */
    static Initialiser xavierUniform() {
        return (rows, columns, random) -> {
            double bound = rows + columns == 0 ? 0 : Math.sqrt(6.0 / (rows + columns));
            return uniform(-bound, bound).matrix(rows, columns, random);
        };
    }

    /**
     * Normal with variance 2/(fan-in + fan-out), for layers before tanh, sigmoid or softmax (Glorot and Bengio 2010).
     *
     * @return the initialiser
     */
    static Initialiser xavierNormal() {
        return (rows, columns, random) -> normal(rows + columns == 0 ? 0 : Math.sqrt(2.0 / (rows + columns)))
                .matrix(rows, columns, random);
    }

    /**
     * Uniform in ±√(6/fan-in), for layers before relu and its kin (He et al. 2015).
     *
     * @return the initialiser
     */
    static Initialiser heUniform() {
        return (rows, columns, random) -> {
            double bound = rows == 0 ? 0 : Math.sqrt(6.0 / rows);
            return uniform(-bound, bound).matrix(rows, columns, random);
        };
    }

    /**
     * Normal with variance 2/fan-in, for layers before relu and its kin (He et al. 2015).
     *
     * @return the initialiser
     */
    static Initialiser heNormal() {
        return (rows, columns, random) ->
                normal(rows == 0 ? 0 : Math.sqrt(2.0 / rows)).matrix(rows, columns, random);
    }
}
