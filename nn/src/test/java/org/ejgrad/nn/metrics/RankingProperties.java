package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;

/** The areas equal their definitions, counted pair by pair and threshold by threshold. */
class RankingProperties {
    /** Row i's label and score from one number: few scores, so that there are many ties. */
    private static int[] labels(List<Integer> rows) {
        return rows.stream().mapToInt(row -> row % 2).toArray();
    }

    private static double[] scores(List<Integer> rows) {
        return rows.stream().mapToDouble(row -> row / 2 / 4.0).toArray();
    }

    @Property
    void rocAucIsTheShareOfPairsInTheRightOrder(
            @ForAll @Size(min = 2, max = 60) List<@IntRange(max = 19) Integer> rows) {
        int[] labels = labels(rows);
        double[] scores = scores(rows);
        double won = 0;
        long pairs = 0;
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < labels.length; j++) {
                if (labels[i] == 1 && labels[j] == 0) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }
        Assume.that(pairs > 0);
        assertEquals(won / pairs, Ranking.rocAuc(labels, scores));
    }

    @Property
    void averagePrecisionIsTheSumOverThresholds(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 19) Integer> rows) {
        int[] labels = labels(rows);
        double[] scores = scores(rows);
        double positives = Arrays.stream(labels).sum();
        Assume.that(positives > 0);
        double sum = 0;
        double recallBefore = 0;
        for (double threshold = 2.25; threshold >= 0; threshold -= 0.25) {
            double right = 0;
            double predicted = 0;
            for (int i = 0; i < labels.length; i++) {
                predicted += scores[i] >= threshold ? 1 : 0;
                right += scores[i] >= threshold ? labels[i] : 0;
            }
            sum += predicted == 0 ? 0 : (right / positives - recallBefore) * right / predicted;
            recallBefore = right / positives;
        }
        assertEquals(sum, Ranking.averagePrecision(labels, scores), 1e-12);
    }

    @Property
    void onlyTheOrderOfTheScoresCounts(@ForAll @Size(min = 2, max = 40) List<@IntRange(max = 19) Integer> rows) {
        int[] labels = labels(rows);
        Assume.that(Arrays.stream(labels).distinct().count() == 2);
        double[] scores = scores(rows);
        double[] stretched = Arrays.stream(scores).map(Math::exp).toArray();
        double[] reversed = Arrays.stream(scores).map(x -> -x).toArray();
        assertEquals(Ranking.rocAuc(labels, scores), Ranking.rocAuc(labels, stretched));
        assertEquals(1 - Ranking.rocAuc(labels, scores), Ranking.rocAuc(labels, reversed), 1e-15);
        assertEquals(Ranking.averagePrecision(labels, scores), Ranking.averagePrecision(labels, stretched));
    }

    @Example
    void byHand() {
        int[] labels = {0, 0, 1, 1};
        double[] scores = {0.1, 0.4, 0.35, 0.8};
        assertEquals(0.75, Ranking.rocAuc(labels, scores));
        assertEquals(5 / 6.0, Ranking.averagePrecision(labels, scores), 1e-15);
        double[] infinite = {Double.NEGATIVE_INFINITY, -0.0, 0.0, Double.POSITIVE_INFINITY};
        assertEquals(0.875, Ranking.rocAuc(labels, infinite), "0 and -0 tie");
        assertEquals(1, Ranking.averagePrecision(new int[] {1}, new double[] {3}));
    }

    @Example
    void severalClassesAreAveraged() {
        SimpleMatrix scores = new SimpleMatrix(
                new double[][] {{0.6, 0.3, 0.1}, {0.5, 0.4, 0.1}, {0.7, 0.2, 0.1}, {0.2, 0.2, 0.6}, {0.3, 0.3, 0.4}});
        // Class 0 against others: 0.6 and 0.7 against 0.5, 0.2, 0.3; class 1: 0.4, 0.3 against 0.3, 0.2, 0.2; class 2:
        // 0.6.
        assertEquals((1 + 5.5 / 6 + 1) / 3, Ranking.rocAuc(new int[] {0, 1, 0, 2, 1}, scores), 1e-15);
    }

    @Example
    void undefinedAreasAreRefused() {
        assertEquals(
                "rocAuc: all 3 labels are 1; expected some of both",
                Thrown.argument(() -> Ranking.rocAuc(new int[] {1, 1, 1}, new double[3])));
        assertEquals(
                "rocAuc: all 1 labels are 0; expected some of both",
                Thrown.argument(() -> Ranking.rocAuc(new int[1], new double[1])));
        assertEquals(
                "averagePrecision: none of the 2 labels is 1; expected at least one",
                Thrown.argument(() -> Ranking.averagePrecision(new int[2], new double[2])));
        assertEquals(
                "rocAuc: row 1 has label 2; with 2 classes, expected 0 to 1",
                Thrown.argument(() -> Ranking.rocAuc(new int[] {0, 2}, new double[2])));
        assertEquals(
                "rocAuc: the score of row 1 is NaN",
                Thrown.argument(() -> Ranking.rocAuc(new int[] {0, 1}, new double[] {0, Double.NaN})));
        assertEquals(
                "averagePrecision: 2 labels, but 1 predictions; expected as many",
                Thrown.argument(() -> Ranking.averagePrecision(new int[2], new double[1])));
        assertEquals(
                "rocAuc: 0 classes; expected at least 1",
                Thrown.argument(() -> Ranking.rocAuc(new int[1], new SimpleMatrix(1, 0))));
        assertEquals(
                "rocAuc: 3 labels, but 2 predictions; expected as many",
                Thrown.argument(() -> Ranking.rocAuc(new int[3], new SimpleMatrix(2, 3))));
        assertEquals(
                "rocAuc: row 1 has label 3; with 3 classes, expected 0 to 2",
                Thrown.argument(() -> Ranking.rocAuc(new int[] {0, 3}, new SimpleMatrix(2, 3))));
        SimpleMatrix scores = new SimpleMatrix(2, 3);
        scores.set(1, 2, Double.NaN);
        assertEquals(
                "rocAuc: the score at row 1, column 2 is NaN; expected a number",
                Thrown.argument(() -> Ranking.rocAuc(new int[] {0, 1}, scores)));
        assertEquals(
                "rocAuc: no row has label 2; expected at least one of each of 3 classes",
                Thrown.argument(() -> Ranking.rocAuc(new int[] {0, 1}, new SimpleMatrix(2, 3))));
        assertEquals(
                "rocAuc: the number of classes = 1; expected at least 2",
                Thrown.argument(() -> Ranking.rocAuc(new int[2], new SimpleMatrix(2, 1))));
    }
}
