package org.ejgrad.nn;

import java.util.Objects;
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
    private final Cell cell;

    /**
     * A parameter with a first value.
     *
     * @param name the name, such as {@code weight}
     * @param initial the first value; its elements are copied
     */
    public Parameter(String name, ConstMatrix<?> initial) {
        this(name, new Cell(Value.variable(name, initial)));
    }

    private Parameter(String name, Cell cell) {
        this.name = Objects.requireNonNull(name, "name");
        this.cell = cell;
    }

    /**
     * The name, including those of the containers.
     *
     * @return for example {@code 2.weight}
     */
    public String name() {
        return name;
    }

    /**
     * The current variable: build losses from it and ask their gradients for it.
     *
     * @return a variable that stays the same until {@link #set}
     */
    public Value value() {
        return cell.value;
    }

    /**
     * Puts a new variable in the cell.
     *
     * @param matrix the new elements, copied
     * @throws IllegalArgumentException if the shape differs from the current one
     */
    public void set(ConstMatrix<?> matrix) {
        set(Value.constant(matrix));
    }

    /**
     * Puts a new variable in the cell, with the elements of a value; nothing is copied, as values never change.
     *
     * @param elements the new elements
     * @throws IllegalArgumentException if the shape differs from the current one
     */
    public void set(Value elements) {
        Value next = Value.variable(cell.value.label(), elements);
        if (!next.shape().equals(cell.value.shape())) {
            throw new IllegalArgumentException(
                    "set: the parameter " + name + " is " + cell.value.shape() + "; given " + next.shape());
        }
        cell.value = next;
    }

    /**
     * The same cell under the name it has inside a container.
     *
     * @param container the container's name for the part that holds this parameter
     * @return a parameter named {@code container.name}
     */
    public Parameter within(String container) {
        return new Parameter(container + "." + name, cell);
    }

    /** Whether the other is the same cell, under whatever name. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Parameter parameter && parameter.cell == cell;
    }

    /** Consistent with {@link #equals}. */
    @Override
    public int hashCode() {
        return System.identityHashCode(cell);
    }

    /** Name and shape. */
    @Override
    public String toString() {
        return name + " " + cell.value.shape();
    }

    private static final class Cell {
        private volatile Value value;

        Cell(Value value) {
            this.value = value;
        }
    }
}
