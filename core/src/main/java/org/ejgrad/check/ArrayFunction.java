package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Somebody else's function of an array. */
final class ArrayFunction extends TestedFunction {
    private final ToDoubleFunction<double[]> function;
    private Optional<String> mutation = Optional.empty();

    ArrayFunction(ToDoubleFunction<double[]> function, List<Block> blocks, double[] point) {
        super(blocks, point);
        this.function = function;
    }

    @Override
    double compute(double[] x, int block) {
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

    /** What the function changed in its argument, if it did. */
    Optional<String> mutation() {
        return mutation;
    }
}
