package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;

/** Perfect predictions score exactly 1, whatever the number of rows and classes; no predictions score more. */
class PerfectPredictionsProperties {
    private static int[] each(int n, IntUnaryOperator number) {
        int[] numbers = new int[n];
        Arrays.setAll(numbers, number);
        return numbers;
    }

    @Example
    void rankings() {
        for (int n = 2; n <= 1000; n++) {
            int positives = n / 2;
            int[] labels = each(n, row -> row < positives ? 1 : 0);
            double[] scores = new double[n];
            Arrays.setAll(scores, row -> -row);
            assertEquals(1, Ranking.averagePrecision(labels, scores), "average precision of " + n);
            assertEquals(1, Ranking.averagePrecision(each(n, row -> 1), scores), "average precision of all " + n);
            assertEquals(1, Ranking.rocAuc(labels, scores), "area of " + n);
        }
        for (int classes = 2; classes <= 100; classes++) {
            int[] labels = each(2 * classes, row -> row / 2);
            SimpleMatrix scores = new SimpleMatrix(2 * classes, classes);
            for (int row = 0; row < labels.length; row++) {
                scores.set(row, labels[row], 0.1);
            }
            assertEquals(1, Ranking.rocAuc(labels, scores), classes + " classes");
            assertEquals(1, Classification.accuracy(labels, scores), classes + " classes");
        }
    }

    @Example
    void confusionMatrices() {
        for (int classes = 1; classes <= 1000; classes = classes < 130 ? classes + 1 : classes + 97) {
            int[] labels = each(classes, row -> row);
            ConfusionMatrix matrix = ConfusionMatrix.of(labels, labels, classes);
            assertEquals(new Scores(1, 1, 1), matrix.macro(), classes + " classes");
            assertEquals(new Scores(1, 1, 1), matrix.micro(), classes + " classes");
            assertEquals(1, matrix.balancedAccuracy(), classes + " classes");
            assertEquals(1, matrix.accuracy(), classes + " classes");
        }
    }

    @Example
    void severalLabels() {
        for (int labels = 1; labels <= 1000; labels = labels < 130 ? labels + 1 : labels + 97) {
            SimpleMatrix targets = SimpleMatrix.filled(3, labels, 1);
            MultiLabel scores = MultiLabel.of(targets, targets);
            assertEquals(new Scores(1, 1, 1), scores.macro(), labels + " labels");
            assertEquals(new Scores(1, 1, 1), scores.micro(), labels + " labels");
            assertEquals(1, scores.labelAccuracy());
            assertEquals(1, scores.subsetAccuracy());
            assertEquals(0, scores.hammingLoss());
        }
    }

    @Example
    void equalScoresHaveThatMean() {
        for (int k = 2; k <= 100; k++) {
            int classes = k;
            int[] actual = each(3 * classes, row -> row / 3);
            int[] predicted = each(3 * classes, row -> row % 3 == 0 ? (row / 3 + 1) % classes : row / 3);
            Scores macro = ConfusionMatrix.of(actual, predicted, classes).macro();
            assertEquals(new Scores(2 / 3.0, 2 / 3.0, 2 / 3.0), macro, classes + " classes");
        }
    }

    @Property(tries = 200)
    void noFigureLeavesTheUnitInterval(
            @ForAll @IntRange(min = 2, max = 60) int n,
            @ForAll @IntRange(min = 1, max = 12) int classes,
            @ForAll long seed) {
        RandomStream random = new RandomStream(seed);
        int[] actual = each(n, row -> random.nextInt(classes));
        int[] predicted = each(n, row -> random.nextInt(8) == 0 ? random.nextInt(classes) : actual[row]);
        ConfusionMatrix matrix = ConfusionMatrix.of(actual, predicted, classes);
        Scores macro = matrix.macro();
        SimpleMatrix rows = new SimpleMatrix(n, classes);
        for (int row = 0; row < n; row++) {
            double confidence = random.nextDouble();
            for (int j = 0; j < classes; j++) {
                rows.set(row, j, (1 - confidence) / classes + (predicted[row] == j ? confidence : 0));
            }
        }
        Calibration calibration = Calibration.ofPredictedClass(actual, rows, 15);
        int[] binary = each(n, row -> row == 0 || actual[row] == predicted[row] ? 1 : 0);
        double[] scores = new double[n];
        Arrays.setAll(scores, row -> random.nextInt(5));
        for (double figure : List.of(
                matrix.accuracy(),
                macro.precision(),
                macro.recall(),
                macro.f1(),
                matrix.micro().f1(),
                calibration.expectedError(),
                calibration.largestError(),
                Probabilities.brier(actual, rows) / 2,
                Ranking.averagePrecision(binary, scores))) {
            assertTrue(figure >= 0 && figure <= 1, () -> "a figure of " + figure);
        }
        calibration.bins().forEach(bin -> assertTrue(bin.predicted() >= bin.low() && bin.predicted() <= bin.high()));
    }

    @Example
    void probabilitiesThatAreARoundingErrorTooLargeCountAsOne() {
        SimpleMatrix rows = new SimpleMatrix(
                Collections.nCopies(7, new double[] {1 + 9e-7, 0}).toArray(double[][]::new));
        assertEquals(0, Probabilities.logLoss(new int[7], rows));
        assertEquals(0, Probabilities.brier(new int[7], rows));
        assertEquals(2, Probabilities.brier(each(7, row -> 1), rows));
        assertEquals(
                List.of(new Calibration.Bin(0.9, 1, 7, 1, 1)),
                Calibration.ofPredictedClass(new int[7], rows, 10).bins());
    }

    @Example
    void theMeanLossOfEqualRowsIsTheLossOfOne() {
        for (int n = 1; n <= 1000; n++) {
            double[] positive = new double[n];
            Arrays.fill(positive, 0.3);
            int[] labels = each(n, row -> 1);
            assertEquals(-Math.log(0.3), Probabilities.logLoss(labels, positive), "log loss of " + n);
            assertEquals(0.7 * 0.7, Probabilities.brier(labels, positive), "Brier score of " + n);
        }
    }
}
