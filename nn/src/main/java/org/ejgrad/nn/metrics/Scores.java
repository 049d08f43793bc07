package org.ejgrad.nn.metrics;

import java.util.function.IntFunction;

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
        return new Scores(
                ratio(truePositives, truePositives + falsePositives),
                ratio(truePositives, truePositives + falseNegatives),
                ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives));
    }

    /** The unweighted means of several scores. */
    static Scores mean(int count, IntFunction<Scores> scores) {
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        for (int i = 0; i < count; i++) {
            Scores one = scores.apply(i);
            precision += one.precision() / count;
            recall += one.recall() / count;
            f1 += one.f1() / count;
        }
        return new Scores(precision, recall, f1);
    }

    private static double ratio(long numerator, long denominator) {
        return denominator == 0 ? 0 : (double) numerator / denominator;
    }
}
