package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/** Any function of an array: all that is known of it are its values. */
final class ArrayFunction extends TestedFunction {
    private final ToDoubleFunction<double[]> function;
    private final Optional<UnaryOperator<double[]>> gradient;
    private boolean isGradientLost;
    private Optional<String> mutation = Optional.empty();

    /**
     * A function of matrices that stand in one array.
     *
     * @param gradient what is claimed at any point, if more is known than at one
     */
    ArrayFunction(
            ToDoubleFunction<double[]> function,
            Optional<UnaryOperator<double[]>> gradient,
            List<Block> blocks,
            double[] point) {
        super(blocks, point);
        this.function = function;
        this.gradient = gradient;
    }

    ArrayFunction(ToDoubleFunction<double[]> function, double... point) {
        this(function, Optional.empty(), List.of(Block.row(point.length)), point);
    }

    @Override
    double compute(double[] x, List<Block> moved) {
        double[] given = x.clone();
        double value = function.applyAsDouble(given);
        for (int i = 0; i < x.length && mutation.isEmpty(); i++) {
            if (Double.doubleToLongBits(given[i]) != Double.doubleToLongBits(x[i])) {
                mutation = Optional.of("the function changed element " + i + " of its argument from " + x[i] + " to "
                        + given[i] + " (of " + Arrays.toString(Arrays.copyOf(x, Math.min(4, x.length))) + " ...)");
            }
        }
        return value;
    }

    /** A claim that fails once is not asked for again. */
    @Override
    Optional<double[]> claimedAt(double[] x) {
        try {
            return gradient.filter(any -> !isGradientLost)
                    .map(g -> g.apply(x.clone()))
                    .filter(g -> g.length == x.length)
                    .map(double[]::clone);
        } catch (RuntimeException failed) {
            isGradientLost = true;
            return Optional.empty();
        }
    }

    /** What the function changed in its argument, if it did. */
    Optional<String> mutation() {
        return mutation;
    }

    /** A foreign function may remember its calls. */
    @Override
    boolean isShared() {
        return false;
    }

    @Override
    ArrayFunction copy() {
        return new ArrayFunction(function, gradient, blocks(), point());
    }

    @Override
    boolean knowsKinks() {
        return false;
    }

    /** Nothing is known of one line from another. */
    @Override
    Noise noise(double[] u, double center) {
        return Noise.least(center);
    }

    @Override
    MeasuredSlope measure(SlopeCheck check, LineFunction line, Supplier<double[]> u, double claimed) {
        return check.measureAlone(line, claimed);
    }
}
