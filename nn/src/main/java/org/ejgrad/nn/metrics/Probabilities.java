package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;

/**
 * How good predicted probabilities are, by proper scores: lower is better, and only the true probabilities are best.
 */
public final class Probabilities {
    private Probabilities() {}

    /**
     * Log loss: the mean of −log p of the true class, in nats.
     *
     * @param labels n class indices
     * @param probabilities n × k, each row a probability distribution
     * @return at least 0; infinite if a true class was given probability 0
     * @throws IllegalArgumentException if the rows differ, there are none, an index is not a class, or a row is no
     *     probability distribution
     */
    public static double logLoss(int[] labels, ConstMatrix<?> probabilities) {
        require("logLoss", labels, probabilities);
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < labels.length; i++) {
            sum.add(-Elementary.log(Math.min(probabilities.get(i, labels[i]), 1)));
        }
        return sum.dividedBy(labels.length);
    }

    /**
     * Log loss of two classes: the mean of −log p for label 1 and −log(1 − p) for label 0, in nats.
     *
     * @param labels n labels, 0 or 1
     * @param positive n probabilities of label 1
     * @return at least 0; infinite if a true label was given probability 0
     * @throws IllegalArgumentException if the lengths differ, there are no rows, a label is not 0 or 1, or a
     *     probability is outside [0, 1]
     */
    public static double logLoss(int[] labels, double[] positive) {
        require("logLoss", labels, positive);
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < labels.length; i++) {
            sum.add(labels[i] == 1 ? -Elementary.log(positive[i]) : -Elementary.log1p(-positive[i]));
        }
        return sum.dividedBy(labels.length);
    }

    /**
     * The perplexity e^loss of a mean log loss in nats: among how many equally likely symbols one would be as unsure.
     *
     * @param logLoss at least 0, per symbol
     * @return at least 1; 2 to the power of the {@link #bits}
     * @throws IllegalArgumentException if the loss is negative or NaN
     */
    public static double perplexity(double logLoss) {
        return Elementary.exp(known("perplexity", logLoss));
    }

    /**
     * A mean log loss in bits, per symbol.
     *
     * @param logLoss at least 0, in nats
     * @return loss / ln 2
     * @throws IllegalArgumentException if the loss is negative or NaN
     */
    public static double bits(double logLoss) {
        return known("bits", logLoss) / Elementary.log(2);
    }

    private static double known(String call, double logLoss) {
        if (!(logLoss >= 0)) {
            throw new IllegalArgumentException(call + ": the log loss is " + logLoss + "; expected at least 0");
        }
        return logLoss;
    }

    /**
     * Brier score: the mean over the rows of the squared distance between the probabilities and the one-hot label,
     * Σₖ(pₖ − yₖ)² (Brier 1950).
     *
     * @param labels n class indices
     * @param probabilities n × k, each row a probability distribution
     * @return a number in [0, 2]; for two classes twice the score of {@link #brier(int[], double[])}
     * @throws IllegalArgumentException if the rows differ, there are none, an index is not a class, or a row is no
     *     probability distribution
     */
    public static double brier(int[] labels, ConstMatrix<?> probabilities) {
        require("brier", labels, probabilities);
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < probabilities.getNumCols(); j++) {
                double distance = Math.min(probabilities.get(i, j), 1) - (labels[i] == j ? 1 : 0);
                sum.add(distance * distance);
            }
        }
        return Math.min(sum.dividedBy(labels.length), 2); // rows may sum to a little more than 1
    }

    /**
     * Brier score of two classes: the mean of (p − y)².
     *
     * @param labels n labels, 0 or 1
     * @param positive n probabilities of label 1
     * @return a number in [0, 1]
     * @throws IllegalArgumentException if the lengths differ, there are no rows, a label is not 0 or 1, or a
     *     probability is outside [0, 1]
     */
    public static double brier(int[] labels, double[] positive) {
        require("brier", labels, positive);
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < labels.length; i++) {
            double distance = positive[i] - labels[i];
            sum.add(distance * distance);
        }
        return sum.dividedBy(labels.length);
    }

    static void require(String call, int[] labels, ConstMatrix<?> probabilities) {
        int rows = requireNonNull(probabilities, "probabilities").getNumRows();
        Require.rows(call, requireNonNull(labels, "labels").length, rows);
        Require.classes(call, labels, probabilities.getNumCols());
        Require.distributions(call, "probability", Value.constant(probabilities), "");
    }

    static void require(String call, int[] labels, double[] positive) {
        int rows = requireNonNull(positive, "positive").length;
        Require.rows(call, requireNonNull(labels, "labels").length, rows);
        Require.classes(call, labels, 2);
        Value column = Value.constant(new DMatrixRMaj(positive));
        Require.each(call, "probability", column, p -> p >= 0 && p <= 1, "a number from 0 to 1");
    }
}
