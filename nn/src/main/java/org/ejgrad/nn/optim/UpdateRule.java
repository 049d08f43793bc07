package org.ejgrad.nn.optim;

import java.util.List;

/**
 * How one step moves the elements of a parameter, and what is remembered of each element until the next.
 *
 * <p>A rule itself remembers nothing; {@link Optimizer} keeps the buffers. To write your own, name the buffers and loop
 * over the elements once.
 */
public interface UpdateRule {
    /**
     * {@return the names of what is remembered of each element between steps, in the order of {@link Elements#buffers}}
     */
    List<String> buffers();

    /**
     * The step to make for every parameter of the rule, with its numbers computed once.
     *
     * @param step how many steps went before, from 0; at 0 the buffers are zeros
     * @param rateFactor what the rule's learning rate is multiplied by
     * @return the step
     * @throws IllegalArgumentException if a schedule gives a value out of range
     */
    Step at(long step, double rateFactor);

    /** {@return what tells this rule from others, for the record of a run: the name and all options} */
    String description();

    /** One step of one parameter. */
    @FunctionalInterface
    interface Step {
        /**
         * Computes the parameter's next elements from its present ones and their gradient, and brings the buffers up to
         * date; it cannot fail.
         */
        void move(Elements elements);
    }

    /**
     * The arrays of one parameter; those of the parameter and of the gradient must not be written to.
     *
     * @param count how many entries count; the arrays may be longer
     * @param parameter the present elements
     * @param gradient their gradient, finite
     * @param next where the next elements go
     * @param buffers what the rule remembers, to be brought up to date
     */
    @SuppressWarnings("ArrayRecordComponent") // the loops need plain arrays
    record Elements(int count, double[] parameter, double[] gradient, double[] next, double[][] buffers) {
        private static final double[] EMPTY = {};

        /** No elements at all. */
        static final Elements NONE = new Elements(0, EMPTY, EMPTY, EMPTY, new double[0][]);
    }
}
