package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.function.ToDoubleFunction;
import org.ejgrad.nn.arguments.Require;
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
     * @throws IllegalArgumentException if a size is negative, or such a matrix cannot fit in memory
     */
    SimpleMatrix matrix(int rows, int columns, RandomStream random);

    /** {@return all elements 0} */
    static Initialiser zeros() {
        return constant(0);
    }

    /** {@return all elements this number} */
    static Initialiser constant(double number) {
        return (rows, columns, random) -> filled(rows, columns, random, source -> number);
    }

    /**
     * Uniform in [low, high).
     *
     * @throws IllegalArgumentException if the bounds are not finite or low exceeds high
     */
    static Initialiser uniform(double low, double high) {
        if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
            throw new IllegalArgumentException(
                    "uniform(" + low + ", " + high + "): expected two finite bounds in increasing order");
        }
        return (rows, columns, random) -> filled(rows, columns, random, source -> source.nextDouble(low, high));
    }

    /**
     * Normal with mean 0.
     *
     * @param deviation the standard deviation
     * @throws IllegalArgumentException if the deviation is negative or not finite
     */
    static Initialiser normal(double deviation) {
        Require.notNegative(deviation, "normal: the standard deviation");
        return (rows, columns, random) -> filled(rows, columns, random, source -> deviation * source.nextGaussian());
    }

    /** Uniform in ±√(6/(fan-in + fan-out)), for layers before tanh, sigmoid or softmax (Glorot and Bengio 2010). */
    static Initialiser xavierUniform() {
        return (rows, columns, random) ->
                within(root(6, (double) rows + columns)).matrix(rows, columns, random);
    }

    /**
     * Normal with variance 2/(fan-in + fan-out), for layers before tanh, sigmoid or softmax (Glorot and Bengio 2010).
     */
    static Initialiser xavierNormal() {
        return (rows, columns, random) ->
                normal(root(2, (double) rows + columns)).matrix(rows, columns, random);
    }

    /** Uniform in ±√(6/fan-in), for layers before relu and its kin (He et al. 2015). */
    static Initialiser heUniform() {
        return (rows, columns, random) -> within(root(6, rows)).matrix(rows, columns, random);
    }

    /** Normal with variance 2/fan-in, for layers before relu and its kin (He et al. 2015). */
    static Initialiser heNormal() {
        return (rows, columns, random) -> normal(root(2, rows)).matrix(rows, columns, random);
    }

    private static Initialiser within(double bound) {
        return uniform(-bound, bound);
    }

    private static SimpleMatrix filled(
            int rows, int columns, RandomStream random, ToDoubleFunction<RandomStream> next) {
        requireNonNull(random, "random");
        SimpleMatrix matrix = empty(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.set(i, next.applyAsDouble(random));
        }
        return matrix;
    }

    private static SimpleMatrix empty(int rows, int columns) {
        String call = "matrix(" + rows + ", " + columns + ")";
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException(call + ": expected sizes that are at least 0");
        }
        Require.memory(call, rows, columns, 1);
        return new SimpleMatrix(rows, columns);
    }

    /** √(share/fan), 0 for a matrix that nothing goes into. */
    private static double root(double share, double fan) {
        return fan <= 0 ? 0 : Math.sqrt(share / fan);
    }
}
