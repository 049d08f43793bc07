package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** The claimed gradient and the true one at points of one's choice. */
final class Elsewhere {
    /** So many entries of a block are looked at. */
    private static final int MOST = 64;

    /** How near to each other two gradients must be, beside the largest entry, to be the same. */
    private static final double SAME = 1e-6;

    private final TestedFunction function;
    private final double[] point;

    Elsewhere(TestedFunction function) {
        this.function = function;
        point = function.point();
    }

    double[] point() {
        return point.clone();
    }

    /** Entries of these blocks, of large ones some. */
    static int[] entries(List<Block> blocks) {
        return blocks.stream()
                .flatMapToInt(block -> {
                    int size = block.shape().elements();
                    int shown = Math.min(size, MOST);
                    return IntStream.range(0, shown).map(i -> block.offset() + (int) ((long) i * size / shown));
                })
                .toArray();
    }

    /** The point with a part of it moved, given what each of its elements becomes. */
    static double[] with(double[] at, Block part, IntToDoubleFunction element) {
        double[] moved = at.clone();
        for (int i = 0; i < part.shape().elements(); i++) {
            moved[part.offset() + i] = element.applyAsDouble(i);
        }
        return moved;
    }

    /** The point with parts of it moved at random. */
    double[] near(List<Block> parts, int number) {
        double[] at = point;
        for (Block part : parts) {
            at = with(at, part, i -> {
                double x = point[part.offset() + i];
                return x + Math.max(1, Math.abs(x)) * random(number, part.offset() + i) / 2;
            });
        }
        return at;
    }

    /** Between −1 and 1. */
    static double random(int number, int i) {
        return 2 * Randomness.uniform(number, 47, i) - 1;
    }

    /** What is claimed; NaN where that is not known. */
    double[] claim(double[] at, int... entries) {
        return function.claimedAt(at)
                .map(all -> Arrays.stream(entries).mapToDouble(i -> all[i]).toArray())
                .orElseGet(() -> {
                    double[] unknown = new double[entries.length];
                    Arrays.fill(unknown, Double.NaN);
                    return unknown;
                });
    }

    double[] truth(double[] at, int... entries) {
        return Arrays.stream(entries).mapToDouble(i -> slope(function, at, i)).toArray();
    }

    /**
     * Ends a search that is not waited for.
     *
     * @throws CancellationException if this thread has been interrupted
     */
    static void goOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the check was interrupted");
        }
    }

    /** One entry of the gradient at any point, to about ten digits. */
    static double slope(TestedFunction function, double[] at, int i) {
        goOn();
        double h = Math.scalb(1.0, -9 + Math.max(0, Math.getExponent(at[i])));
        double[] x = at.clone();
        return derivative(
                t -> {
                    x[i] = at[i] + t;
                    return function.evaluate(x);
                },
                h);
    }

    /** By values at two distances, of which the nearer is h. */
    static double derivative(DoubleUnaryOperator f, double h) {
        double near = f.applyAsDouble(h) - f.applyAsDouble(-h);
        double far = f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h);
        return (8 * near - far) / (12 * h);
    }

    static double largest(double[] gradient) {
        return Arrays.stream(gradient).map(Math::abs).max().orElse(0);
    }

    /** Beside something infinite, nothing is. */
    static boolean same(double[] a, double[] b, double scale) {
        return Double.isFinite(scale)
                && IntStream.range(0, a.length).allMatch(i -> Math.abs(a[i] - b[i]) <= SAME * scale);
    }

    static boolean same(double[] a, double[] b) {
        return same(a, b, Math.max(largest(a), largest(b)));
    }

    /** a + k·b. */
    static double[] plus(double[] a, double k, double... b) {
        double[] sum = a.clone();
        Arrays.setAll(sum, i -> a[i] + k * b[i]);
        return sum;
    }
}
