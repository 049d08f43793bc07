package org.ejgrad.nn.metrics;

import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** Scores of predictions of several yes-or-no labels per row. */
public final class MultiLabel {
    private final int rows;
    private final long[] truePositives;
    private final long[] falsePositives;
    private final long[] falseNegatives;
    private int allRight;

    private MultiLabel(ConstMatrix<?> targets, ConstMatrix<?> predictions) {
        rows = targets.getNumRows();
        int labels = targets.getNumCols();
        truePositives = new long[labels];
        falsePositives = new long[labels];
        falseNegatives = new long[labels];
        for (int i = 0; i < rows; i++) {
            boolean right = true;
            for (int j = 0; j < labels; j++) {
                boolean actual = isOne("targets", targets, i, j);
                boolean predicted = isOne("predictions", predictions, i, j);
                truePositives[j] += actual && predicted ? 1 : 0;
                falsePositives[j] += !actual && predicted ? 1 : 0;
                falseNegatives[j] += actual && !predicted ? 1 : 0;
                right &= actual == predicted;
            }
            allRight += right ? 1 : 0;
        }
    }

    /**
     * Compares predictions with targets.
     *
     * @param targets n × k entries 0 and 1, n and k at least 1
     * @param predictions n × k entries 0 and 1, as from {@link #above}
     * @return the scores
     * @throws IllegalArgumentException if the shapes differ, are empty, or an entry is neither 0 nor 1
     */
    public static MultiLabel of(ConstMatrix<?> targets, ConstMatrix<?> predictions) {
        int rows = targets.getNumRows();
        int labels = targets.getNumCols();
        if (rows != predictions.getNumRows() || labels != predictions.getNumCols()) {
            throw new IllegalArgumentException("MultiLabel: the targets are " + rows + "x" + labels
                    + ", but the predictions " + predictions.getNumRows() + "x" + predictions.getNumCols());
        }
        if (rows == 0 || labels == 0) {
            throw new IllegalArgumentException(
                    "MultiLabel: the targets are " + rows + "x" + labels + "; expected at least 1x1");
        }
        return new MultiLabel(targets, predictions);
    }

    /**
     * Predictions from scores: 1 where the score exceeds a threshold, otherwise 0.
     *
     * @param scores n × k logits or probabilities
     * @param threshold 0 for logits, 1/2 for probabilities
     * @return n × k
     * @throws IllegalArgumentException if a score or the threshold is NaN
     */
    public static SimpleMatrix above(ConstMatrix<?> scores, double threshold) {
        if (Double.isNaN(threshold)) {
            throw new IllegalArgumentException("above: the threshold is NaN");
        }
        SimpleMatrix predictions = new SimpleMatrix(scores.getNumRows(), scores.getNumCols());
        for (int i = 0; i < scores.getNumRows(); i++) {
            for (int j = 0; j < scores.getNumCols(); j++) {
                if (Double.isNaN(scores.get(i, j))) {
                    throw new IllegalArgumentException("above: row " + i + ", column " + j + " is NaN");
                }
                predictions.set(i, j, scores.get(i, j) > threshold ? 1 : 0);
            }
        }
        return predictions;
    }

    /**
     * The share of rows with every label right.
     *
     * @return a number in [0, 1]
     */
    public double subsetAccuracy() {
        return (double) allRight / rows;
    }

    /**
     * The share of right labels among all labels of all rows.
     *
     * @return a number in [0, 1], 1 − {@link #hammingLoss}
     */
    public double labelAccuracy() {
        return 1 - hammingLoss();
    }

    /**
     * The share of rows with one particular label right.
     *
     * @param label the label's column
     * @return a number in [0, 1]
     * @throws IllegalArgumentException if there is no such label
     */
    public double labelAccuracy(int label) {
        known(label);
        return (double) (rows - falsePositives[label] - falseNegatives[label]) / rows;
    }

    /**
     * Hamming loss: the share of wrong labels among all labels of all rows.
     *
     * @return a number in [0, 1]
     */
    public double hammingLoss() {
        return (double) (sum(falsePositives) + sum(falseNegatives)) / ((long) rows * truePositives.length);
    }

    /**
     * Precision, recall and F1 of one label.
     *
     * @param label the label's column
     * @return the scores, 0 where the denominator is 0
     * @throws IllegalArgumentException if there is no such label
     */
    public Scores scores(int label) {
        known(label);
        return Scores.of(truePositives[label], falsePositives[label], falseNegatives[label]);
    }

    /**
     * The scores of the counts summed over all labels.
     *
     * @return the scores, 0 where the denominator is 0
     */
    public Scores micro() {
        return Scores.of(sum(truePositives), sum(falsePositives), sum(falseNegatives));
    }

    /**
     * The unweighted means of the labels' scores.
     *
     * @return the means; F1 is the mean of the F1 scores
     */
    public Scores macro() {
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        for (int j = 0; j < truePositives.length; j++) {
            Scores scores = scores(j);
            precision += scores.precision() / truePositives.length;
            recall += scores.recall() / truePositives.length;
            f1 += scores.f1() / truePositives.length;
        }
        return new Scores(precision, recall, f1);
    }

    private void known(int label) {
        if (label < 0 || label >= truePositives.length) {
            throw new IllegalArgumentException(
                    "MultiLabel: there is no label " + label + "; expected 0 to " + (truePositives.length - 1));
        }
    }

    private static boolean isOne(String part, ConstMatrix<?> matrix, int row, int column) {
        double entry = matrix.get(row, column);
        if (entry != 0 && entry != 1) {
            throw new IllegalArgumentException("MultiLabel: row " + row + ", column " + column + " of the " + part
                    + " is " + entry + "; expected 0 or 1");
        }
        return entry == 1;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
