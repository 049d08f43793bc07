package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * How well scores put the positive rows before the negative ones, whatever the threshold.
 *
 * <p>Labels are 1 for positive and 0 for negative; larger scores mean more positive, and only their order counts, so
 * logits do as well as probabilities. Without both kinds of rows the figures are undefined and refused.
 */
public final class Ranking {
    private Ranking() {}

    /**
     * The area under the receiver operating characteristic: the probability that a random positive row scores higher
     * than a random negative one, ties counting half.
     *
     * @param labels n labels, 0 or 1, at least one of each
     * @param scores n scores
     * @return a number in [0, 1], 1/2 for a coin
     * @throws IllegalArgumentException if the lengths differ, a label is not 0 or 1, a score is NaN, or all labels
     *     agree
     */
    public static double rocAuc(int[] labels, double[] scores) {
        Integer[] order = descending("rocAuc", labels, scores);
        long positives = Arrays.stream(labels).sum();
        long negatives = labels.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException("rocAuc: all " + labels.length + " labels are "
                    + (positives == 0 ? 0 : 1) + "; expected some of both");
        }
        long halvesWon = 0;
        long negativesAbove = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTie(order, scores, from);
            long tiedPositives = positives(order, labels, from, to);
            long tiedNegatives = to - from - tiedPositives;
            halvesWon += tiedPositives * (2 * (negatives - negativesAbove) - tiedNegatives);
            negativesAbove += tiedNegatives;
            from = to;
        }
        return (double) halvesWon / (2 * positives * negatives);
    }

    /**
     * The mean over the classes of the area for "this class or another", by that class's scores.
     *
     * @param labels n class indices, at least one of each class
     * @param scores n × k scores
     * @return a number in [0, 1]
     * @throws IllegalArgumentException if the rows differ, an index is not a class, a score is NaN, or a class is
     *     missing or the only one
     */
    public static double rocAuc(int[] labels, ConstMatrix<?> scores) {
        int classes = requireNonNull(scores, "scores").getNumCols();
        Require.rows("rocAuc", requireNonNull(labels, "labels").length, scores.getNumRows());
        Require.classes("rocAuc", labels, classes);
        Require.each("rocAuc", "score", Value.constant(scores), score -> !Double.isNaN(score), "a number");
        CompensatedSum sum = new CompensatedSum();
        for (int c = 0; c < classes; c++) {
            int positive = c;
            int[] own = Arrays.stream(labels)
                    .map(label -> label == positive ? 1 : 0)
                    .toArray();
            double[] column = new double[labels.length];
            Arrays.setAll(column, row -> scores.get(row, positive));
            sum.add(rocAuc(own, column));
        }
        return sum.dividedBy(classes);
    }

    /**
     * Average precision: the sum over the thresholds, from high to low, of the gain in recall times the precision.
     *
     * @param labels n labels, 0 or 1, at least one 1
     * @param scores n scores
     * @return a number in (0, 1]; a coin gets about the share of positive rows
     * @throws IllegalArgumentException if the lengths differ, a label is not 0 or 1, a score is NaN, or no label is 1
     */
    public static double averagePrecision(int[] labels, double[] scores) {
        Integer[] order = descending("averagePrecision", labels, scores);
        long positives = Arrays.stream(labels).sum();
        if (positives == 0) {
            throw new IllegalArgumentException(
                    "averagePrecision: none of the " + labels.length + " labels is 1; expected at least one");
        }
        CompensatedSum sum = new CompensatedSum();
        long found = 0;
        for (int from = 0; from < order.length; ) {
            int to = endOfTie(order, scores, from);
            long tied = positives(order, labels, from, to);
            found += tied;
            sum.add((double) tied * ((double) found / to));
            from = to;
        }
        return sum.dividedBy((double) positives);
    }

    private static Integer[] descending(String call, int[] labels, double[] scores) {
        Require.rows(call, requireNonNull(labels, "labels").length, requireNonNull(scores, "scores").length);
        Require.classes(call, labels, 2);
        Integer[] order = new Integer[labels.length];
        for (int i = 0; i < order.length; i++) {
            if (Double.isNaN(scores[i])) {
                throw new IllegalArgumentException(call + ": the score of row " + i + " is NaN");
            }
            order[i] = i;
        }
        Arrays.sort(order, Comparator.comparingDouble(row -> -scores[row]));
        return order;
    }

    private static int endOfTie(Integer[] order, double[] scores, int from) {
        int to = from + 1;
        while (to < order.length && scores[order[to]] == scores[order[from]]) {
            to++;
        }
        return to;
    }

    private static long positives(Integer[] order, int[] labels, int from, int to) {
        return Arrays.stream(order, from, to).mapToLong(row -> labels[row]).sum();
    }
}
