package org.ejgrad.testing;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejgrad.check.GradientCheck;

/**
 * A function of an array with its hand-written gradient, and a point at which to compare them.
 *
 * <pre>{@code
 * FunctionWithGradient product =
 *         new FunctionWithGradient(v -> v[0] * v[1], v -> new double[] {v[1], v[0]}, new double[] {2, 3});
 * GradientAssertions.assertGradient(product.check());
 * }</pre>
 *
 * @param function the function; it must not change its argument
 * @param gradient from a point to the partial derivatives there, one per element
 * @param point where to check; copied
 */
public record FunctionWithGradient(
        ToDoubleFunction<double[]> function, Function<double[], double[]> gradient, double[] point) {
    public FunctionWithGradient {
        requireNonNull(function, "function");
        requireNonNull(gradient, "gradient");
        point = requireNonNull(point, "point").clone();
    }

    /** {@return a copy of the point} */
    @Override
    public double[] point() {
        return point.clone();
    }

    /**
     * {@return a check of the gradient at the point}
     *
     * @throws IllegalArgumentException if the gradient there has another length than the point, or is null
     */
    public GradientCheck check() {
        return GradientCheck.ofFunction(function, point, x -> {
            double[] claimed = gradient.apply(x);
            if (claimed == null) {
                throw new IllegalArgumentException("the gradient returned null; expected one number per element");
            }
            return claimed;
        });
    }
}
