package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Value;
import org.ejml.simple.ConstMatrix;

/**
 * A named cell that holds the current value of something a network learns.
 *
 * <p>The cell holds a variable; a step of an optimizer puts a new variable in it. Values never change, so a graph
 * recorded before the step stays correct. A container gives its children's parameters longer names with
 * {@link #within}; all names of one cell are the same parameter.
 */
public final class Parameter {
    private final String name;
    private final Holder holder;

    /**
     * A parameter with a first value.
     *
     * @param name the name, such as {@code weight}
     * @param initial the first value; its elements are copied
     */
    public Parameter(String name, ConstMatrix<?> initial) {
        this(name, new Holder(Value.variable(requireNonNull(name, "name"), requireNonNull(initial, "initial"))));
    }

    private Parameter(String name, Holder holder) {
        this.name = name;
        this.holder = holder;
    }

    /** {@return the name, including those of the containers, such as {@code 2.weight}} */
    public String name() {
        return name;
    }

    /** {@return the current variable until {@link #set}: build losses from it and ask their gradients for it} */
    public Value value() {
        return holder.value;
    }

    /**
     * Puts a new variable in the cell.
     *
     * @param matrix the new elements, copied
     * @throws IllegalArgumentException if the shape differs from the current one
     */
    public void set(ConstMatrix<?> matrix) {
        set(Value.constant(requireNonNull(matrix, "matrix")));
    }

    /**
     * Puts a new variable in the cell, with the elements of a value; nothing is copied, as values never change.
     *
     * @param elements the new elements
     * @throws IllegalArgumentException if the shape differs from the current one
     */
    public void set(Value elements) {
        Value next = Value.variable(value().label(), requireNonNull(elements, "elements"));
        if (!next.shape().equals(value().shape())) {
            throw new IllegalArgumentException(
                    "set: the parameter " + name + " is " + value().shape() + "; given " + next.shape());
        }
        holder.value = next;
    }

    /** {@return the same cell under the name that it has inside a container, {@code container.name}} */
    public Parameter within(String container) {
        return new Parameter(requireNonNull(container, "container") + "." + name, holder);
    }

    /** Whether the other is the same cell, under whatever name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Parameter parameter && parameter.holder == holder;
    }

    /** Consistent with {@link #equals}. */
    @Override
    public int hashCode() {
        return System.identityHashCode(holder);
    }

    /** Name and shape. */
    @Override
    public String toString() {
        return name + " " + value().shape();
    }

    private static final class Holder {
        private volatile Value value;

        Holder(Value value) {
            this.value = value;
        }
    }
}
