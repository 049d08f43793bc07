package org.ejgrad.nn;

import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;

/**
 * Activations as layers: {@code Activations::tanh}, or {@code Activations.leakyRelu(0.01)} where there is a parameter.
 *
 * <p>Most are methods of {@link Value}, so that {@code Value::tanh} is a layer too. {@link #squaredRelu} is defined
 * here, with the factories that are open to everybody, as an example of an operation of one's own.
 */
public final class Activations {
    private Activations() {}

    private static final Operation SQUARED_RELU = Operation.unary(
            "squaredRelu",
            x -> Operation.map(x, v -> v > 0 ? v * v : v <= 0 ? 0 : Double.NaN),
            Rule.rule("2·relu(x) ⊙ dy", (x, y, dy) -> x.relu().scale(2).elementMult(dy)));

    /**
     * max(x, 0)², an operation that core does not know (So et al. 2021).
     *
     * @param x any value
     * @return in this shape
     */
    public static Value squaredRelu(Value x) {
        return SQUARED_RELU.apply(x);
    }

    /**
     * x itself, for a layer without activation.
     *
     * @param x any value
     * @return x
     */
    public static Value identity(Value x) {
        return x;
    }

    /**
     * max(x, 0), with slope 0 at 0.
     *
     * @param x any value
     * @return in this shape
     */
    public static Value relu(Value x) {
        return x.relu();
    }

    /**
     * tanh x.
     *
     * @param x any value
     * @return in this shape
     */
    public static Value tanh(Value x) {
        return x.tanh();
    }

    /**
     * σ(x) = 1/(1 + e⁻ˣ).
     *
     * @param x any value
     * @return in this shape
     */
    public static Value sigmoid(Value x) {
        return x.sigmoid();
    }

    /**
     * ln(1 + eˣ).
     *
     * @param x any value
     * @return in this shape
     */
    public static Value softplus(Value x) {
        return x.softplus();
    }

    /**
     * eˣ / Σ eˣ in each row. Training wants the logits: see the losses from logits.
     *
     * @param x a row per example
     * @return in this shape, each row summing to 1
     */
    public static Value softmax(Value x) {
        return x.softmaxRows();
    }

    /**
     * x − ln Σ eˣ in each row.
     *
     * @param x a row per example
     * @return in this shape
     */
    public static Value logSoftmax(Value x) {
        return x.logSoftmaxRows();
    }

    /**
     * x where it is positive, else slope·x.
     *
     * @param negativeSlope of the part below 0
     * @return a layer
     */
    public static Layer leakyRelu(double negativeSlope) {
        return x -> x.leakyRelu(negativeSlope);
    }

    /**
     * x where it is positive, else α·(eˣ − 1) (Clevert et al. 2015).
     *
     * @param alpha α, how far below 0 it can go
     * @return a layer
     */
    public static Layer elu(double alpha) {
        return x -> x.elu(alpha);
    }

    /**
     * x·Φ(x) with the normal distribution function Φ (Hendrycks and Gimpel 2016).
     *
     * @param x any value
     * @return in this shape
     */
    public static Value gelu(Value x) {
        return x.gelu();
    }

    /**
     * x·σ(x), also known as swish (Elfwing et al. 2017).
     *
     * @param x any value
     * @return in this shape
     */
    public static Value silu(Value x) {
        return x.silu();
    }
}
