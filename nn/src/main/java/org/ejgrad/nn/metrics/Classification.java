package org.ejgrad.nn.metrics;

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
        if (scores.getNumCols() == 0) {
            throw new IllegalArgumentException("predictions: the scores have 0 columns; expected at least 1");
        }
        int[] predicted = new int[scores.getNumRows()];
        for (int i = 0; i < predicted.length; i++) {
            int best = 0;
            for (int j = 0; j < scores.getNumCols(); j++) {
                if (Double.isNaN(scores.get(i, j))) {
                    throw new IllegalArgumentException("predictions: row " + i + ", column " + j + " is NaN");
                }
                best = scores.get(i, j) > scores.get(i, best) ? j : best;
            }
            predicted[i] = scores.getNumCols() > 1 ? best : scores.get(i, 0) > 0 ? 1 : 0;
        }
        return predicted;
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
        Checks.sameRows("accuracy", actual.length, predicted.length);
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
        return accuracy(actual, predictions(scores));
    }
}
