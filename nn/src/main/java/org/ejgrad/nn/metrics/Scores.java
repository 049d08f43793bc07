package org.ejgrad.nn.metrics;

import java.util.function.IntFunction;
import org.ejgrad.nn.arguments.CompensatedSum;

/**
 * Precision, recall and their harmonic mean F1.
 *
 * @param precision the share of the rows predicted positive that are positive
 * @param recall the share of the positive rows that were predicted positive
 * @param f1 2·precision·recall/(precision + recall)
 */
public record Scores(double precision, double recall, double f1) {
    /**
     * The scores of counts.
     *
     * @param truePositives positive rows predicted positive
     * @param falsePositives negative rows predicted positive
     * @param falseNegatives positive rows predicted negative
     * @return the scores; a score is 0 where its denominator is 0
     * @throws IllegalArgumentException if a count is negative
     */
    public static Scores of(long truePositives, long falsePositives, long falseNegatives) {
        if (truePositives < 0 || falsePositives < 0 || falseNegatives < 0) {
            throw new IllegalArgumentException("Scores: the counts are " + truePositives + ", " + falsePositives + ", "
                    + falseNegatives + "; expected none below 0");
        }
        double right = (double) truePositives;
        double invented = (double) falsePositives;
        double missed = (double) falseNegatives;
        return new Scores(share(right, invented), share(right, missed), share(right, (invented + missed) / 2));
    }

    /** The unweighted means of several scores. */
    static Scores mean(int count, IntFunction<Scores> scores) {
        CompensatedSum precision = new CompensatedSum();
        CompensatedSum recall = new CompensatedSum();
        CompensatedSum f1 = new CompensatedSum();
        for (int i = 0; i < count; i++) {
            Scores one = scores.apply(i);
            precision.add(one.precision());
            recall.add(one.recall());
            f1.add(one.f1());
        }
        return new Scores(precision.dividedBy(count), recall.dividedBy(count), f1.dividedBy(count));
    }

    /** right/(right + wrong) in doubles: the sum of two counts may be no long. */
    private static double share(double right, double wrong) {
        return right == 0 ? 0 : right / (right + wrong);
    }
}
