package org.ejgrad.nn.optim;

import java.util.function.LongToDoubleFunction;

/**
 * A number that changes as training goes on, such as the learning rate: a pure function of how many steps went before.
 *
 * <p>A schedule remembers nothing, so a resumed run needs to know only its step. The usual curves are in
 * {@link Schedules}; a lambda is a schedule too.
 */
@FunctionalInterface
public interface Schedule {
    /**
     * The value for one step.
     *
     * @param step how many steps went before, from 0
     * @return the value
     */
    double at(long step);

    /**
     * What tells this schedule from others, for the record of a run.
     *
     * @return the curve and its numbers; {@code custom} for a lambda
     */
    default String description() {
        return "custom";
    }

    /**
     * Always the same value.
     *
     * @param value the value
     * @return a schedule
     */
    static Schedule constant(double value) {
        return new Described(Double.toString(value), step -> value);
    }

    /**
     * A function with the text that tells it from others.
     *
     * @param description the text
     * @param function the value for each step
     * @return a schedule
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
        Options.atLeast("milestone", milestone, 0);
        Options.given("next", next);
        return of(
                description() + " until " + milestone + ", then " + next.description(),
                step -> step < milestone ? at(step) : next.at(step - milestone));
    }

    /**
     * This schedule times a factor.
     *
     * @param factor the factor
     * @return factor · this(e)
     */
    default Schedule times(double factor) {
        return of(factor + "·(" + description() + ")", step -> factor * at(step));
    }

    /**
     * A schedule that can say what it is.
     *
     * @param description the curve and its numbers
     * @param function the value for each step
     */
    record Described(String description, LongToDoubleFunction function) implements Schedule {
        /**
         * Refuses null.
         *
         * @param description the curve and its numbers
         * @param function the value for each step
         */
        public Described {
            Options.given("description", description);
            Options.given("function", function);
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
