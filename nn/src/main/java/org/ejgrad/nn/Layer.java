package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * A function from a batch of rows to a batch of rows, with what it learns.
 *
 * <p>It is a functional interface, so an activation is a method reference, {@code Value::tanh}, or an
 * {@link Activation}. There is no training mode: {@link #inference()} is another layer, and so is the one that
 * {@link #at} gives for one step of training.
 */
@FunctionalInterface
public interface Layer {
    /** {@return the layer applied to an input with a row per example; a row per example too} */
    Value forward(Value input);

    /** {@return what the layer learns, each parameter once, an unmodifiable list; empty by default} */
    default List<Parameter> parameters() {
        return List.of();
    }

    /**
     * What the layer remembers without learning it by gradients, such as the running mean of a batch normalisation. It
     * is saved with the parameters; no optimizer sees it.
     *
     * @return an unmodifiable list, empty by default
     */
    default List<Parameter> statistics() {
        return List.of();
    }

    /**
     * What tells this layer from others, for the record of a run: the name and all options, but not what it has learnt.
     *
     * @return {@code custom} by default, as for a lambda
     */
    default String description() {
        return "custom";
    }

    /**
     * {@return the layers, their shapes and how much they learn, as a table to print}
     *
     * @param inputs how many columns go in
     * @throws IllegalArgumentException if a layer refuses so many
     */
    default Summary summary(int inputs) {
        return Summary.of(this, inputs);
    }

    /**
     * The layer as it is used after training: dropout's is the identity, batch normalisation's uses its running
     * statistics. What it makes of a constant is a constant and remembers no graph; of a variable, as in training.
     *
     * @return a layer that shares this one's parameters; by default the same function, this layer itself if it has none
     */
    default Layer inference() {
        boolean isFunction = Require.elements(parameters(), "the layer's parameters()")
                        .isEmpty()
                && Require.elements(statistics(), "the layer's statistics()").isEmpty();
        return isFunction ? this : new Inference(this);
    }

    /**
     * The layer as it is used in one step of training. Dropout draws its mask for this position, batch normalisation
     * moves its running statistics; the same position gives the same numbers again, so nothing has to be remembered
     * between steps.
     *
     * @param position which step, such as (epoch, batch)
     * @return a layer that shares this one's parameters; by default this layer itself
     */
    default Layer at(long... position) {
        requireNonNull(position, "position");
        return this;
    }
}
