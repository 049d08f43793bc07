package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * Layers one after the other.
 *
 * <p>The parameters of the first layer are called {@code 0.weight}, {@code 0.bias}, those of the next {@code 1.…}.
 */
public final class Sequential implements Layer {
    private final List<Layer> layers;

    private Sequential(List<Layer> layers) {
        this.layers = layers;
    }

    /** {@return layers one after the other, in the order in which they are applied; none at all is the identity} */
    public static Sequential of(Layer... layers) {
        return new Sequential(Require.elements(layers, "layers"));
    }

    /**
     * {@return dense layers with an activation after each but the last, whose outputs are as they come, such as logits}
     *
     * <p>Weights begin as suits the activation, those of the last layer as {@link Dense#Dense(int, int, long)} has
     * them.
     *
     * @param activation what follows each hidden layer
     * @param seed determines the weights, together with the place of each layer
     * @param widths of the inputs, of each hidden layer if there are any, and of the outputs
     * @throws IllegalArgumentException if there are fewer than two widths, one is less than 1, or the weights cannot
     *     fit in memory
     */
    public static Sequential dense(Activation activation, long seed, int... widths) {
        requireNonNull(activation, "activation");
        int last = requireNonNull(widths, "widths").length - 1;
        if (last < 1) {
            throw new IllegalArgumentException("Sequential.dense: the widths are " + Arrays.toString(widths)
                    + "; expected at least those of the inputs and of the outputs");
        }
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < last; i++) {
            layers.add(new Dense(widths[i - 1], widths[i], activation.initialiser(), seed + layers.size()));
            layers.add(activation);
        }
        layers.add(new Dense(widths[last - 1], widths[last], seed + layers.size()));
        return of(layers.toArray(Layer[]::new));
    }

    /** {@return the parts, as an unmodifiable list} */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Applies each layer to the result of the one before. If one refuses, a batch normalisation before it has already
     * moved its running statistics; a trainer puts them back.
     *
     * @param input a row per example
     * @return the last layer's output
     * @throws IllegalArgumentException if a layer refuses its input; the message begins with the layer's number
     */
    @Override
    public Value forward(Value input) {
        Value value = requireNonNull(input, "input");
        for (int i = 0; i < layers.size(); i++) {
            try {
                value = layers.get(i).forward(value);
                if (value == null) {
                    throw new IllegalArgumentException("forward returned null; expected a value");
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
            }
        }
        return value;
    }

    /** The layers are called by their numbers. */
    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        requireNonNull(change, "change");
        List<Layer> mapped = IntStream.range(0, layers.size())
                .mapToObj(i -> Children.changed(change, Integer.toString(i), layers.get(i)))
                .toList();
        return mapped.equals(layers) ? this : new Sequential(mapped);
    }

    /** The descriptions of the layers in order. */
    @Override
    public String description() {
        return "Sequential" + layers.stream().map(Layer::description).toList();
    }

    /** The layers in order; a method reference by the operation that it applies, such as {@code tanh}. */
    @Override
    public String toString() {
        return "Sequential" + layers.stream().map(LayerNames::of).toList();
    }
}
