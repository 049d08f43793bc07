package org.ejgrad.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ejgrad.Value;

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

    /**
     * Layers one after the other.
     *
     * @param layers in the order in which they are applied; none at all is the identity
     * @return the composed layer
     */
    public static Sequential of(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    /**
     * The parts.
     *
     * @return an unmodifiable list
     */
    public List<Layer> layers() {
        return layers;
    }

    /**
     * Applies each layer to the result of the one before.
     *
     * @param input a row per example
     * @return the last layer's output
     * @throws IllegalArgumentException if a layer refuses its input; the message begins with the layer's number
     */
    @Override
    public Value forward(Value input) {
        Value value = input;
        for (int i = 0; i < layers.size(); i++) {
            try {
                value = layers.get(i).forward(value);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
            }
        }
        return value;
    }

    /** The parameters of all layers, each name within its layer's number. */
    @Override
    public List<Parameter> parameters() {
        return named(Layer::parameters);
    }

    /** The statistics of all layers, each name within its layer's number. */
    @Override
    public List<Parameter> statistics() {
        return named(Layer::statistics);
    }

    /** The layers' inference layers, one after the other. */
    @Override
    public Layer inference() {
        List<Layer> mapped = new ArrayList<>();
        layers.forEach(layer -> mapped.add(layer.inference()));
        return mapped.equals(layers) ? this : new Sequential(List.copyOf(mapped));
    }

    /** The layers at this position; each layer's number is added to it, so that no two dropouts share a mask. */
    @Override
    public Layer at(long... position) {
        List<Layer> mapped = new ArrayList<>(layers.size());
        boolean changed = false;
        for (int i = 0; i < layers.size(); i++) {
            long[] inner = Arrays.copyOf(position, position.length + 1);
            inner[position.length] = i;
            Layer layer = layers.get(i).at(inner);
            changed |= layer != layers.get(i);
            mapped.add(layer);
        }
        return changed ? new Sequential(List.copyOf(mapped)) : this;
    }

    private List<Parameter> named(Function<Layer, List<Parameter>> part) {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            for (Parameter parameter : part.apply(layers.get(i))) {
                all.add(parameter.within(Integer.toString(i)));
            }
        }
        return List.copyOf(all);
    }

    /** The layers in order. */
    @Override
    public String toString() {
        return "Sequential" + layers;
    }
}
