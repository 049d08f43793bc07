package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/** Predicted classes and how many of them are right. */
public final class Classification {
    private Classification() {}

    /**
     * The class with the largest score in each row, the first of several; one column is a single score per row,
     * positive for class 1.
     *
     * @param scores n × k logits or probabilities, or n × 1 logits of class 1
     * @return n class indices
     * @throws IllegalArgumentException if a score is NaN or there are no columns
     */
    public static int[] predictions(ConstMatrix<?> scores) {
        if (requireNonNull(scores, "scores").getNumCols() == 0) {
            throw new IllegalArgumentException("predictions: the scores have 0 columns; expected at least 1");
        }
        Value values = Value.constant(scores);
        Require.each("predictions", "score", values, score -> !Double.isNaN(score), "a number");
        return scores.getNumCols() > 1
                ? values.argMax(Per.ROW)
                : IntStream.range(0, scores.getNumRows())
                        .map(row -> scores.get(row, 0) > 0 ? 1 : 0)
                        .toArray();
    }

    /**
     * The share of rows predicted correctly.
     *
     * @param actual n true class indices
     * @param predicted n predicted class indices
     * @return a number in [0, 1]
     * @throws IllegalArgumentException if the lengths differ or there are no rows
     */
    public static double accuracy(int[] actual, int[] predicted) {
        Require.rows(
                "accuracy", requireNonNull(actual, "actual").length, requireNonNull(predicted, "predicted").length);
        int right = 0;
        for (int i = 0; i < actual.length; i++) {
            right += actual[i] == predicted[i] ? 1 : 0;
        }
        return (double) right / actual.length;
    }

    /**
     * The share of rows whose largest score is that of the true class.
     *
     * @param actual n true class indices
     * @param scores n × k logits or probabilities, or n × 1 logits of class 1
     * @return a number in [0, 1]
     * @throws IllegalArgumentException if the lengths differ, there are no rows, or a score is NaN
     */
    public static double accuracy(int[] actual, ConstMatrix<?> scores) {
        return accuracy(requireNonNull(actual, "actual"), predictions(scores));
    }

    /**
     * The share of rows whose true class is among those with the k largest scores; of equal scores the first classes
     * come first, so that k = 1 is {@link #accuracy(int[], ConstMatrix)}.
     *
     * @param actual n true class indices
     * @param scores n × c logits or probabilities, a column per class
     * @param k how many classes count, from 1; with all of them every row is right
     * @return a number in [0, 1]
     * @throws IllegalArgumentException if the lengths differ, there are no rows, an index is not a class, a score is
     *     NaN, or k is less than 1
     */
    public static double topAccuracy(int[] actual, ConstMatrix<?> scores, int k) {
        requireNonNull(scores, "scores");
        Require.rows("topAccuracy", requireNonNull(actual, "actual").length, scores.getNumRows());
        Require.classes("topAccuracy", actual, scores.getNumCols());
        Require.each("topAccuracy", "score", Value.constant(scores), score -> !Double.isNaN(score), "a number");
        Require.atLeast(k, 1, "topAccuracy: k");
        long right = IntStream.range(0, actual.length)
                .filter(row -> before(scores, row, actual[row]) < k)
                .count();
        return (double) right / actual.length;
    }

    /** How many classes come before one in the order of a row's scores. */
    private static long before(ConstMatrix<?> scores, int row, int label) {
        double own = scores.get(row, label);
        return IntStream.range(0, scores.getNumCols())
                .filter(c -> scores.get(row, c) > own || (scores.get(row, c) == own && c < label))
                .count();
    }
}
