package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.function.LongToDoubleFunction;
import org.ejgrad.nn.arguments.Require;

/**
 * A number that changes as training goes on, such as the learning rate: a pure function of how many steps went before.
 *
 * <p>A schedule remembers nothing, so a resumed run needs to know only its step. The usual curves are in
 * {@link Schedules}; a lambda is a schedule too.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * {@return the value for one step}
     *
     * @param step how many steps went before, from 0
     */
    double at(long step);

    /** {@return what tells this schedule from others, for the record of a run; {@code custom} for a lambda} */
    default String description() {
        return "custom";
    }

    /** {@return a schedule that always has the same value} */
    static Schedule constant(double value) {
        return new Constant(value);
    }

    /**
     * {@return a function as a schedule, with the text that tells it from others}
     *
     * @param function the value for each step
     */
    static Schedule of(String description, LongToDoubleFunction function) {
        return new Described(description, function);
    }

    /**
     * This schedule up to a step, and another one from there on, which counts from its own 0.
     *
     * @param milestone the first step of the next schedule
     * @param next what follows
     * @return this(e) for e &lt; milestone, else next(e − milestone)
     * @throws IllegalArgumentException if the milestone is negative
     */
    default Schedule then(long milestone, Schedule next) {
        Require.atLeast(milestone, 0, "milestone");
        requireNonNull(next, "next");
        return of(
                description() + " until " + milestone + ", then " + next.description(),
                step -> step < milestone ? at(step) : next.at(step - milestone));
    }

    /** {@return this schedule times a factor, factor · this(e)} */
    default Schedule times(double factor) {
        return of(factor + "·(" + description() + ")", step -> factor * at(step));
    }

    /**
     * A schedule that never changes.
     *
     * @param value its value at every step
     */
    record Constant(double value) implements Schedule {
        @Override
        public double at(long step) {
            return value;
        }

        @Override
        public String description() {
            return Double.toString(value);
        }
    }

    /**
     * A schedule that can say what it is.
     *
     * @param description the curve and its numbers
     * @param function the value for each step
     */
    record Described(String description, LongToDoubleFunction function) implements Schedule {
        public Described {
            requireNonNull(description, "description");
            requireNonNull(function, "function");
        }

        @Override
        public double at(long step) {
            return function.applyAsDouble(step);
        }

        /** The description. */
        @Override
        public String toString() {
            return description;
        }
    }
}
