package org.ejgrad.nn.lint;

import static java.util.Objects.requireNonNull;

import org.ejgrad.PlainText;

/**
 * A usual mistake that a graph seems to contain.
 *
 * @param pitfall which one
 * @param place the operation and shape where it was seen, or the name of a parameter
 */
public record Warning(Pitfall pitfall, String place) {
    /** Refuses null. */
    public Warning {
        requireNonNull(pitfall, "pitfall");
        requireNonNull(place, "place");
    }

    /** The usual mistakes, each with what it does and what to write instead. */
    public enum Pitfall {
        /** A softmax whose result is taken for logits. */
        SOFTMAX_TWICE("the softmax cross-entropy takes logits, but is given probabilities: the loss cannot fall below "
                + "ln(1 + (K − 1)/e); leave the softmax out"),
        /** A sigmoid whose result is taken for logits. */
        SIGMOID_TWICE("the sigmoid cross-entropy takes logits, but is given probabilities; leave the sigmoid out"),
        /** The logarithm of a softmax. */
        LOG_OF_SOFTMAX("the logarithm of a softmax is −∞ where a probability underflows; write logSoftmax"),
        /** The logarithm of a sigmoid. */
        LOG_OF_SIGMOID("the logarithm of a sigmoid is −∞ where it underflows; write logSigmoid"),
        /** A logarithm that is kept from zero by adding a small number. */
        LOG_PLUS_EPSILON(
                "a small number added before a logarithm hides errors and bends the gradient; compute the loss "
                        + "from logits"),
        /** A column and a row of one length, combined to a square. */
        OUTER_BROADCAST(
                "a column of n and a row of n are combined to n x n; if n pairs are meant, transpose one of them"),
        /** A parameter that takes no part in the loss. */
        UNREACHED_PARAMETER("the loss does not depend on this parameter: it will never learn"),
        /** A mean of a single number. */
        MEAN_OF_ONE("the mean of a single number does nothing; was a loss per row (Reduction.NONE) meant?"),
        /** A column of relu's result that is zero for every row. */
        DEAD_RELU("this hidden unit is 0 for every row, so its weights get no gradient; try other initial weights, a "
                + "smaller learning rate or a leaky relu"),
        /** Dropout in a network that is evaluated. */
        DROPOUT_IN_EVALUATION("dropout is active in an evaluation; use network.inference()");

        private final String advice;

        Pitfall(String advice) {
            this.advice = advice;
        }

        /** {@return what it does and what to write instead, in a sentence} */
        public String advice() {
            return advice;
        }
    }

    /** Place and advice. */
    @Override
    public String toString() {
        return PlainText.line(place) + ": " + pitfall.advice();
    }
}
