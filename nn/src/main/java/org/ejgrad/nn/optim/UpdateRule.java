package org.ejgrad.nn.optim;

import java.util.List;

/**
 * How one step moves the elements of a parameter, and what is remembered of each element until the next.
 *
 * <p>A rule itself remembers nothing; {@link Optimizer} keeps the buffers. To write your own, name the buffers and loop
 * over the elements once.
 */
public interface UpdateRule {
    /** {@return the names of what is remembered of each element between steps; {@link Elements} numbers them from 0} */
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
         * date. If it writes a NaN or an infinity, or throws, no parameter and no buffer is changed.
         */
        void move(Elements elements);
    }

    /**
     * The elements of one parameter, row by row, in one step: the present ones and their gradient to read, the next
     * ones to write, and the buffers to bring up to date. Once the step is made it takes no more elements.
     */
    final class Elements {
        private static final double[] NONE = {};
        private static final double[][] NO_BUFFERS = {};

        private final double[] parameter;
        private final double[] gradient;
        private double[][] buffers;
        private double[] next;

        /** Works on arrays that are lent for one step; only the next elements and the buffers are written to. */
        Elements(double[] parameter, double[] gradient, double[] next, double[][] buffers) {
            this.parameter = parameter;
            this.gradient = gradient;
            this.next = next;
            this.buffers = buffers;
        }

        /** {@return how many there are} */
        public int count() {
            return parameter.length;
        }

        /** {@return a present element} */
        public double parameter(int i) {
            return parameter[i];
        }

        /** {@return the gradient of an element, finite} */
        public double gradient(int i) {
            return gradient[i];
        }

        /** Says what an element is after the step. */
        public void next(int i, double value) {
            requireOpen();
            next[i] = value;
        }

        /** {@return what a buffer remembers of an element} */
        public double buffer(int buffer, int i) {
            requireOpen();
            return buffers[buffer][i];
        }

        /** Says what a buffer is to remember of an element. */
        public void buffer(int buffer, int i, double value) {
            requireOpen();
            buffers[buffer][i] = value;
        }

        /** From here on nobody can change the next elements, which are to become a value, or the buffers. */
        void close() {
            next = NONE;
            buffers = NO_BUFFERS;
        }

        private void requireOpen() {
            if (next == NONE) {
                throw new IllegalStateException("Elements: the step is made; expected no use after it");
            }
        }
    }
}
