package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;

/**
 * One step of a recurrent network: the state after a step, from the state before it and the step's features.
 *
 * <p>The part that does not depend on the state is a method of its own, {@link #project}, so that {@link Recurrent} can
 * compute it for many steps in one product. The state is a matrix with a row per example; a state of one row is that of
 * every example.
 */
public interface Cell {
    /** {@return how many columns a step has} */
    int features();

    /** {@return how many columns the output of a step has} */
    int hidden();

    /** {@return how many columns the state has; as many as the output by default} */
    default int stateColumns() {
        return hidden();
    }

    /** {@return what the cell learns, an unmodifiable list} */
    List<Parameter> parameters();

    /**
     * What a step needs of its features.
     *
     * @param features a row per step, in any order of steps and examples
     * @return a row for each
     */
    Value project(Value features);

    /**
     * The state after a step.
     *
     * @param projected what {@link #project} made of the step's features, a row per example
     * @param state the state before the step, a row per example or one for all
     * @return a row per example
     */
    Value next(Value projected, Value state);

    /** {@return what a step gives out, of the state after it; the state itself by default} */
    default Value output(Value state) {
        return requireNonNull(state, "state");
    }

    /** {@return the state before the first step unless another is given: one row of zeros} */
    default Value start() {
        return Value.zeros(new Shape(1, stateColumns()));
    }

    /**
     * One step.
     *
     * @param features of the step, a row per example
     * @param state before the step, a row per example or one for all
     * @return the state after the step
     * @throws IllegalArgumentException if the features or the state have another shape
     */
    default Value step(Value features, Value state) {
        requireNonNull(state, "state");
        if (requireNonNull(features, "features").getNumCols() != features()) {
            throw new IllegalArgumentException(
                    this + ": the step is " + features.shape() + "; expected " + features() + " columns");
        }
        return next(project(features), fitting(state, features.getNumRows()));
    }

    /**
     * {@return the state itself}
     *
     * @param rows how many examples there are
     * @throws IllegalArgumentException if it is no state of so many
     */
    default Value fitting(Value state, int rows) {
        Shape all = new Shape(rows, stateColumns());
        Shape one = new Shape(1, stateColumns());
        Shape found = requireNonNull(state, "state").shape();
        if (!found.equals(all) && !found.equals(one)) {
            throw new IllegalArgumentException(this + ": the state is " + found + "; expected " + all + ", or " + one
                    + " for every example alike");
        }
        return state;
    }
}
