package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.ejgrad.PlainText;
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
        return holder.getAcquire();
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
        Value next = variable("set", requireNonNull(elements, "elements"));
        while (!holder.claim()) {
            Thread.onSpinWait(); // another thread is replacing several cells, which takes nanoseconds
        }
        holder.setRelease(next);
        holder.release();
    }

    private Value variable(String call, Value elements) {
        Value present = value();
        Value next = Value.variable(present.label(), elements);
        if (!next.shape().equals(present.shape())) {
            throw new IllegalArgumentException(call + ": the parameter " + PlainText.line(name) + " is "
                    + present.shape() + "; given " + next.shape());
        }
        return next;
    }

    /**
     * A value to put in a cell instead of another one.
     *
     * @param present what the next value was computed from
     * @param next the new elements, in the present ones' shape
     */
    public record Replacement(Parameter parameter, Value present, Value next) {
        public Replacement {
            requireNonNull(parameter, "parameter");
            requireNonNull(present, "present");
            requireNonNull(next, "next");
        }
    }

    /**
     * Puts new variables in several cells, provided that each still holds what its new value was computed from: all or
     * none. Of two threads that move one parameter from one value, only one can.
     *
     * @param replacements of cells that are all different
     * @return the new variables, in this order; a cell may hold another one by the time they are looked at
     * @throws IllegalArgumentException if a cell holds another value than the present one, is being replaced at this
     *     moment, is given another shape, or is there twice; no cell has changed
     */
    public static List<Value> replaceAll(List<Replacement> replacements) {
        Replacement[] all = requireNonNull(replacements, "replacements").toArray(new Replacement[0]);
        Value[] variables = new Value[all.length];
        int claimed = 0;
        try {
            for (Replacement each : all) {
                if (each == null) {
                    throw new NullPointerException("replacements[" + claimed + "]");
                }
                variables[claimed] = each.parameter.variable("replaceAll", each.next);
                if (!each.parameter.holder.claim()) {
                    throw stale(each.parameter);
                }
                claimed++;
                if (each.parameter.value() != each.present) {
                    throw stale(each.parameter);
                }
            }
            for (int i = 0; i < claimed; i++) {
                all[i].parameter.holder.setRelease(variables[i]);
            }
            return Collections.unmodifiableList(Arrays.asList(variables));
        } finally {
            for (int i = 0; i < claimed; i++) {
                all[i].parameter.holder.release();
            }
        }
    }

    private static IllegalArgumentException stale(Parameter parameter) {
        return new IllegalArgumentException("replaceAll: the parameter " + parameter
                + " was given another value meanwhile, by another thread or an earlier step; nothing has been changed");
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
        return PlainText.line(name) + " " + value().shape();
    }

    /** The cell, which whoever replaces its value claims for that moment. */
    private static final class Holder extends AtomicReference<Value> {
        private static final long serialVersionUID = 1;

        private final AtomicBoolean claimed = new AtomicBoolean();

        Holder(Value value) {
            super(value);
        }

        boolean claim() {
            return claimed.compareAndSet(false, true);
        }

        void release() {
            claimed.setRelease(false);
        }
    }
}
