package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import org.ejgrad.Value;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;

/**
 * A layer applied to each step of sequences by itself, all of them as the rows of one batch.
 *
 * <p>The parameters keep the names they have inside.
 *
 * @param features how many columns a step has
 * @param layer takes and gives a row per step
 */
public record EachStep(int features, Layer layer) implements Layer {
    public EachStep {
        Require.atLeast(features, 1, "EachStep: the number of features");
        requireNonNull(layer, "layer");
    }

    /**
     * What the layer makes of the steps, side by side.
     *
     * @param input a row per example, the steps' features side by side
     * @throws IllegalArgumentException if the columns are no steps of so many features, or the layer refuses or loses
     *     one
     */
    @Override
    public Value forward(Value input) {
        int steps = Steps.count(this, input, features);
        return Steps.inRows(input, features, rows -> {
            Value made = layer.forward(rows);
            if (made == null || made.getNumRows() != input.getNumRows() * steps) {
                throw new IllegalArgumentException(this + ": the layer turned " + rows.shape() + " into "
                        + (made == null ? "null" : made.shape()) + "; expected as many rows");
            }
            return made;
        });
    }

    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new EachStep(features, Children.changed(change, "", layer));
    }

    /** For example {@code EachStep(64, Dense(64, 30))}. */
    @Override
    public String description() {
        return "EachStep(" + features + ", " + layer.description() + ")";
    }

    /** For example {@code EachStep(64)}. */
    @Override
    public String toString() {
        return "EachStep(" + features + ")";
    }
}
