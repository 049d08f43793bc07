package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import org.ejgrad.Value;

/**
 * A layer with a way around it: x + f(x) (He et al. 2016), or x beside f(x).
 *
 * <p>The parameters keep the names they have inside.
 */
public final class Residual implements Layer {
    private final Layer inner;
    private final boolean isSum;

    private Residual(Layer inner, boolean isSum) {
        this.inner = requireNonNull(inner, "inner");
        this.isSum = isSum;
    }

    /** {@return the layer x + f(x), of a layer f whose output has its input's shape} */
    public static Residual of(Layer inner) {
        return new Residual(inner, true);
    }

    /** {@return the layer that gives the columns of x, then those of f(x)} */
    public static Residual concatenating(Layer inner) {
        return new Residual(inner, false);
    }

    /** {@return the layer f} */
    public Layer inner() {
        return inner;
    }

    /** {@return whether it gives x beside f(x), not their sum} */
    public boolean isConcatenating() {
        return !isSum;
    }

    private static Value sum(Value x, Value y) {
        if (!x.shape().equals(y.shape())) {
            throw new IllegalArgumentException("Residual: the inner layer turned " + x.shape() + " into " + y.shape()
                    + "; expected the same shape");
        }
        return x.plus(y);
    }

    /** What is refused after the inner layer's turn leaves its running statistics moved, as in a sequence of layers. */
    @Override
    public Value forward(Value input) {
        Value output = inner.forward(requireNonNull(input, "input"));
        if (output == null) {
            throw new IllegalArgumentException("Residual: the inner layer returned null; expected a value");
        }
        return isSum ? sum(input, output) : input.concatColumns(output);
    }

    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new Residual(Children.changed(change, "", inner), isSum);
    }

    /** For example {@code Residual(Dense(4, 4))}, with {@code concatenating} where it is so. */
    @Override
    public String description() {
        return "Residual(" + (isSum ? "" : "concatenating ") + inner.description() + ")";
    }

    /** For example {@code Residual(Dense(4, 4))}. */
    @Override
    public String toString() {
        return "Residual(" + LayerNames.of(inner) + ")";
    }
}
