package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** Scores of predictions of several yes-or-no labels per row. */
public final class MultiLabel {
    private final int rows;
    private final long[] truePositives;
    private final long[] falsePositives;
    private final long[] falseNegatives;
    private final int allRight;

    private MultiLabel(Value targets, Value predictions) {
        Value missed = targets.minus(predictions);
        rows = targets.getNumRows();
        truePositives = columnSums(targets.elementMult(predictions));
        falsePositives = columnSums(missed.negative().relu());
        falseNegatives = columnSums(missed.relu());
        allRight = rows - (int) missed.abs().max(Per.ROW).elementSum().scalar();
    }

    /**
     * Compares predictions with targets.
     *
     * @param targets n × k entries 0 and 1, n and k at least 1
     * @param predictions n × k entries 0 and 1, as from {@link #above}
     * @throws IllegalArgumentException if the shapes differ, are empty, or an entry is neither 0 nor 1
     */
    public static MultiLabel of(ConstMatrix<?> targets, ConstMatrix<?> predictions) {
        Value expected = Value.constant(requireNonNull(targets, "targets"));
        Value found = Value.constant(requireNonNull(predictions, "predictions"));
        if (!expected.shape().equals(found.shape())) {
            throw new IllegalArgumentException(
                    "MultiLabel: the targets are " + expected.shape() + ", but the predictions " + found.shape());
        }
        if (expected.shape().elements() == 0) {
            throw new IllegalArgumentException(
                    "MultiLabel: the targets are " + expected.shape() + "; expected at least 1x1");
        }
        Require.each("MultiLabel", "target", expected, entry -> entry == 0 || entry == 1, "0 or 1");
        Require.each("MultiLabel", "prediction", found, entry -> entry == 0 || entry == 1, "0 or 1");
        return new MultiLabel(expected, found);
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
        Value values = Value.constant(requireNonNull(scores, "scores"));
        Require.each("above", "score", values, score -> !Double.isNaN(score), "a number");
        return values.greaterThan(threshold).matrix();
    }

    /** {@return the share of rows with every label right, in [0, 1]} */
    public double subsetAccuracy() {
        return (double) allRight / rows;
    }

    /** {@return the share of right labels among all labels of all rows, 1 − {@link #hammingLoss}} */
    public double labelAccuracy() {
        long all = (long) rows * truePositives.length;
        return (double) (all - wrong()) / all;
    }

    /**
     * {@return the share of rows with the label of one column right, in [0, 1]}
     *
     * @throws IllegalArgumentException if there is no such label
     */
    public double labelAccuracy(int label) {
        known(label);
        return (double) (rows - falsePositives[label] - falseNegatives[label]) / rows;
    }

    /** {@return the Hamming loss: the share of wrong labels among all labels of all rows, in [0, 1]} */
    public double hammingLoss() {
        return (double) wrong() / ((long) rows * truePositives.length);
    }

    /**
     * {@return precision, recall and F1 of the label of one column, 0 where the denominator is 0}
     *
     * @throws IllegalArgumentException if there is no such label
     */
    public Scores scores(int label) {
        known(label);
        return Scores.of(truePositives[label], falsePositives[label], falseNegatives[label]);
    }

    /** {@return the scores of the counts summed over all labels, 0 where the denominator is 0} */
    public Scores micro() {
        return Scores.of(sum(truePositives), sum(falsePositives), sum(falseNegatives));
    }

    /** {@return the unweighted means of the labels' scores; F1 is the mean of the F1 scores} */
    public Scores macro() {
        return Scores.mean(truePositives.length, this::scores);
    }

    private long wrong() {
        return sum(falsePositives) + sum(falseNegatives);
    }

    private void known(int label) {
        if (label < 0 || label >= truePositives.length) {
            throw new IllegalArgumentException(
                    "MultiLabel: there is no label " + label + "; expected 0 to " + (truePositives.length - 1));
        }
    }

    private static long[] columnSums(Value counts) {
        return IntStream.range(0, counts.getNumCols())
                .mapToLong(j -> (long) counts.getColumn(j).elementSum().scalar())
                .toArray();
    }

    private static long sum(long[] counts) {
        return Arrays.stream(counts).sum();
    }
}
