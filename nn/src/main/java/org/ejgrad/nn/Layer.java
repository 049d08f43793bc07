package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.ejgrad.Value;

/**
 * A function from a batch of rows to a batch of rows, with what it learns.
 *
 * <p>It is a functional interface, so an activation is a method reference, {@code Value::tanh}, or an
 * {@link Activation}. There is no training mode: {@link #inference()} is another layer, and so is the one that
 * {@link #at} gives for one step of training.
 *
 * <p>A layer of one's own that holds others says in {@link #map} what it would be with others in their place; its
 * parameters, their names, its inference and all else follow:
 *
 * <pre>{@code
 * record Gated(Layer value, Layer gate) implements Layer {
 *     public Value forward(Value input) {
 *         return value.forward(input).elementMult(gate.forward(input).sigmoid());
 *     }
 *
 *     public Layer map(BiFunction<String, Layer, Layer> change) {
 *         return new Gated(change.apply("value", value), change.apply("gate", gate));
 *     }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Layer {
    /** {@return the layer applied to an input with a row per example; a row per example too} */
    Value forward(Value input);

    /**
     * This layer with other layers in the place of those inside.
     *
     * @param change gives for the name and the layer the one to put there, which may be the same; a layer inside whose
     *     name is empty stands for the whole: its parameters keep their names, its position stays
     * @return by default this layer itself, which has none inside
     */
    default Layer map(BiFunction<String, Layer, Layer> change) {
        requireNonNull(change, "change");
        return this;
    }

    /**
     * {@return what the layer learns, an unmodifiable list; by default the parameters of the layers inside, each within
     * its layer's name, and one that several share once, under its first name}
     */
    default List<Parameter> parameters() {
        return Children.named(this, Layer::parameters, "parameters()");
    }

    /**
     * What the layer remembers without learning it by gradients, such as the running mean of a batch normalisation. It
     * is saved with the parameters; no optimizer sees it.
     *
     * @return an unmodifiable list, by default of the layers inside, named in the same way
     */
    default List<Parameter> statistics() {
        return Children.named(this, Layer::statistics, "statistics()");
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
     * @return a layer that shares this one's parameters; by default the same function of the inference layers inside,
     *     this layer itself if it has neither layers inside nor anything to learn
     */
    default Layer inference() {
        Layer inner = Children.mapped(this, (name, child) -> Children.returned(child.inference(), name, "inference()"));
        Set<Parameter> own = new HashSet<>(Children.all(this));
        Children.of(this).values().forEach(child -> Children.all(child).forEach(own::remove));
        return own.isEmpty() ? inner : new Inference(inner);
    }

    /**
     * The layer as it is used in one step of training. Dropout draws its mask for this position, batch normalisation
     * moves its running statistics; the same position gives the same numbers again, so nothing has to be remembered
     * between steps.
     *
     * @param position which step, such as (epoch, batch)
     * @return a layer that shares this one's parameters; by default that of the layers inside at this position, to
     *     which each one's place among them is added, so that no two dropouts share a mask
     */
    default Layer at(long... position) {
        return Children.at(this, requireNonNull(position, "position"));
    }
}
