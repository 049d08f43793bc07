package org.ejgrad.nn;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

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
        return sum("Penalty.l1", parameters, factor, Value::abs);
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
        return sum("Penalty.l2", parameters, factor, Value::square);
    }

    /**
     * {@return the parameters that are not called {@code bias}, or {@code bias_} and more as those of recurrent cells,
     * in whatever container}
     */
    public static List<Parameter> withoutBiases(List<Parameter> parameters) {
        return Require.elements(parameters, "parameters").stream()
                .filter(parameter -> !isBias(parameter.name()))
                .toList();
    }

    private static boolean isBias(String name) {
        String own = name.substring(name.lastIndexOf('.') + 1);
        return own.equals("bias") || own.startsWith("bias_");
    }

    private static Value sum(String call, List<Parameter> parameters, double factor, UnaryOperator<Value> term) {
        Require.notNegative(factor, call + ": the factor");
        Value sum = Value.constant(0);
        for (Parameter parameter : Require.elements(parameters, "parameters")) {
            sum = sum.plus(term.apply(parameter.value()).elementSum());
        }
        return sum.scale(factor);
    }
}
