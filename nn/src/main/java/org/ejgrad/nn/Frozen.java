package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.BiFunction;
import org.ejgrad.Value;

/**
 * A layer that learns no more, in a network that does: always as after training, without dropout and with the running
 * statistics that it has. What it makes of a constant is a constant, so that nothing is recorded for it.
 *
 * <p>Its parameters are among the {@link #statistics}: they are saved, and no optimizer sees them. They keep the names
 * they have inside.
 *
 * @param layer that has learnt
 */
public record Frozen(Layer layer) implements Layer {
    public Frozen {
        requireNonNull(layer, "layer");
    }

    @Override
    public Value forward(Value input) {
        Layer trained = requireNonNull(layer.inference(), "what the layer's inference() returned");
        return requireNonNull(trained.forward(requireNonNull(input, "input")), "what the frozen layer returned");
    }

    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new Frozen(Children.changed(change, "", layer));
    }

    /** None. */
    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    /** All that the layer has learnt and remembers. */
    @Override
    public List<Parameter> statistics() {
        return Children.all(layer);
    }

    /** Itself: nothing in it depends on the step. */
    @Override
    public Layer at(long... position) {
        requireNonNull(position, "position");
        return this;
    }

    /** For example {@code Frozen(Dense(4, 4))}. */
    @Override
    public String description() {
        return "Frozen(" + layer.description() + ")";
    }

    /** For example {@code Frozen(Dense(4, 4))}. */
    @Override
    public String toString() {
        return "Frozen(" + LayerNames.of(layer) + ")";
    }
}
