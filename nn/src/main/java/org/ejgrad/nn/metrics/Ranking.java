package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import org.ejgrad.Elementary;
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
    private static final double LN_2 = 0.6931471805599453;

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
        Require.atLeast(classes, 2, "rocAuc: the number of classes");
        Require.each("rocAuc", "score", Value.constant(scores), score -> !Double.isNaN(score), "a number");
        for (int c = 0; c < classes; c++) {
            int missing = c;
            if (Arrays.stream(labels).noneMatch(label -> label == missing)) {
                throw new IllegalArgumentException(
                        "rocAuc: no row has label " + c + "; expected at least one of each of " + classes + " classes");
            }
        }
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

    /**
     * The normalised discounted cumulative gain (Järvelin and Kekäläinen 2002): Σ (2^relevance − 1)/log₂(1 + place) of
     * the first places by the scores, divided by that of the best order. Items of equal scores share the mean of the
     * gains that they would have in all orders (McSherry and Najork 2008).
     *
     * @param relevances of n items, from 0 to 1000
     * @param scores n scores
     * @param places how many of the first places count, at least 1
     * @return a number in [0, 1]; 0 if nothing is relevant
     * @throws IllegalArgumentException if the lengths differ, there are no items, a relevance is out of range, a score
     *     is NaN, or there is not at least 1 place
     */
    public static double ndcg(double[] relevances, double[] scores, int places) {
        int items = requireNonNull(relevances, "relevances").length;
        Require.rows("ndcg", items, requireNonNull(scores, "scores").length);
        Require.atLeast(places, 1, "ndcg: the number of places");
        Require.each("ndcg", "relevance", Value.row(relevances), r -> r >= 0 && r <= 1000, "0 to 1000");
        double best = gain(relevances, relevances, places);
        return best == 0 ? 0 : Math.min(gain(relevances, scores, places) / best, 1);
    }

    /** 2^relevance − 1. */
    private static double gain(double relevance) {
        return relevance < 1 ? Elementary.expm1(relevance * LN_2) : Elementary.pow(2, relevance) - 1;
    }

    private static double gain(double[] relevances, double[] scores, int places) {
        Integer[] order = descending("ndcg", scores);
        CompensatedSum total = new CompensatedSum();
        for (int from = 0; from < Math.min(order.length, places); ) {
            int to = endOfTie(order, scores, from);
            CompensatedSum gains = new CompensatedSum();
            CompensatedSum shares = new CompensatedSum();
            for (int i = from; i < to; i++) {
                gains.add(gain(relevances[order[i]]));
                shares.add(i < places ? Elementary.log(2) / Elementary.log(i + 2) : 0);
            }
            total.add(gains.dividedBy(to - from) * shares.total());
            from = to;
        }
        return total.total();
    }

    private static Integer[] descending(String call, int[] labels, double[] scores) {
        Require.rows(call, requireNonNull(labels, "labels").length, requireNonNull(scores, "scores").length);
        Require.classes(call, labels, 2);
        return descending(call, scores);
    }

    private static Integer[] descending(String call, double[] scores) {
        Integer[] order = new Integer[scores.length];
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
