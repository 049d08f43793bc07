package org.ejgrad.nn;

import java.util.List;
import org.ejgrad.Value;

/**
 * Penalties on parameters, to be added to a loss before it is differentiated.
 *
 * <p>All given parameters count, biases too, unless {@link #withoutBiases} leaves them out. Under plain gradient
 * descent the L2 penalty with factor λ acts as a weight decay of 2λ; with adaptive optimizers the two differ.
 */
public final class Penalty {
    private Penalty() {}

    /**
     * λ·Σ |w|, with slope 0 at 0.
     *
     * @param parameters what to keep small
     * @param factor λ, at least 0
     * @return 1x1
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public static Value l1(List<Parameter> parameters, double factor) {
        requireFactor("l1", factor);
        Value sum = Value.constant(0);
        for (Parameter parameter : parameters) {
            sum = sum.plus(parameter.value().abs().elementSum());
        }
        return sum.scale(factor);
    }

    /**
     * λ·Σ w².
     *
     * @param parameters what to keep small
     * @param factor λ, at least 0
     * @return 1x1
     * @throws IllegalArgumentException if the factor is negative or not finite
     */
    public static Value l2(List<Parameter> parameters, double factor) {
        requireFactor("l2", factor);
        Value sum = Value.constant(0);
        for (Parameter parameter : parameters) {
            sum = sum.plus(parameter.value().square().elementSum());
        }
        return sum.scale(factor);
    }

    /**
     * The parameters that are not called {@code bias}.
     *
     * @param parameters of a network
     * @return those whose name does not end in {@code bias}
     */
    public static List<Parameter> withoutBiases(List<Parameter> parameters) {
        return parameters.stream()
                .filter(parameter ->
                        !parameter.name().equals("bias") && !parameter.name().endsWith(".bias"))
                .toList();
    }

    private static void requireFactor(String call, double factor) {
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    "Penalty." + call + ": the factor is " + factor + "; expected a finite number of at least 0");
        }
    }
}
