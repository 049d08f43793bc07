package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Proper scores of probabilities, by hand and at their edges. */
class ProbabilitiesTest {
    private static final SimpleMatrix ROWS =
            new SimpleMatrix(new double[][] {{0.7, 0.2, 0.1}, {0.1, 0.8, 0.1}, {0.3, 0.3, 0.4}});
    private static final int[] LABELS = {0, 1, 1};

    @Test
    void byHand() {
        assertEquals(-(Math.log(0.7) + Math.log(0.8) + Math.log(0.3)) / 3, Probabilities.logLoss(LABELS, ROWS), 1e-15);
        assertEquals((0.14 + 0.06 + 0.74) / 3, Probabilities.brier(LABELS, ROWS), 1e-15);
        int[] binary = {1, 0};
        double[] positive = {0.9, 0.3};
        assertEquals(-(Math.log(0.9) + Math.log(0.7)) / 2, Probabilities.logLoss(binary, positive), 1e-15);
        assertEquals((0.01 + 0.09) / 2, Probabilities.brier(binary, positive), 1e-15);
    }

    @Test
    void twoColumnsAgreeWithOneProbability() {
        int[] labels = {1, 0, 1};
        double[] positive = {0.9, 0.3, 0.25};
        SimpleMatrix rows = new SimpleMatrix(new double[][] {{0.1, 0.9}, {0.7, 0.3}, {0.75, 0.25}});
        assertEquals(Probabilities.logLoss(labels, positive), Probabilities.logLoss(labels, rows), 1e-15);
        assertEquals(2 * Probabilities.brier(labels, positive), Probabilities.brier(labels, rows), 1e-15);
    }

    @Test
    void certaintyIsFreeWhenRightAndInfinitelyDearWhenWrong() {
        SimpleMatrix certain = SimpleMatrix.identity(2);
        assertEquals(0.0, Probabilities.logLoss(new int[] {0, 1}, certain));
        assertEquals(Double.POSITIVE_INFINITY, Probabilities.logLoss(new int[] {1, 1}, certain));
        assertEquals(0.0, Probabilities.logLoss(new int[] {1, 0}, new double[] {1, 0}));
        assertEquals(Double.POSITIVE_INFINITY, Probabilities.logLoss(new int[] {0}, new double[] {1}));
        assertEquals(1e-20, Probabilities.logLoss(new int[] {0}, new double[] {1e-20}), 1e-35);
        assertEquals(2, Probabilities.brier(new int[] {1, 0}, certain));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(
                        "logLoss: 2 labels, but 3 predictions; expected as many",
                        () -> Probabilities.logLoss(new int[2], ROWS)),
                refusal("brier: 0 rows; expected at least 1", () -> Probabilities.brier(new int[0], new double[0])),
                refusal(
                        "logLoss: row 2 has label 3; with 3 classes, expected 0 to 2",
                        () -> Probabilities.logLoss(new int[] {0, 0, 3}, ROWS)),
                refusal(
                        "brier: row 0 has label 2; with 2 classes, expected 0 to 1",
                        () -> Probabilities.brier(new int[] {2}, new double[] {0.5})),
                refusal(
                        "logLoss: the probability at row 0, column 0 is 1.5; expected a number from 0 to 1",
                        () -> Probabilities.logLoss(new int[1], new double[] {1.5})),
                refusal(
                        "brier: the probability at row 0, column 1 is NaN; expected a probability of at least 0",
                        () -> Probabilities.brier(new int[1], new SimpleMatrix(new double[][] {{0.5, Double.NaN}}))),
                refusal(
                        "brier: the probability at row 0, column 1 is -0.5; expected a probability of at least 0",
                        () -> Probabilities.brier(new int[1], new SimpleMatrix(new double[][] {{0.5, -0.5}}))),
                refusal(
                        "logLoss: the probability in row 0 sums to 0.75; expected 1",
                        () -> Probabilities.logLoss(new int[1], new SimpleMatrix(new double[][] {{0.5, 0.25}}))),
                refusal(
                        "Calibration: 2 labels, but 3 predictions; expected as many",
                        () -> Calibration.ofPredictedClass(new int[2], ROWS, 5)),
                refusal(
                        "Calibration: the probability at row 0, column 0 is -0.5; expected a number from 0 to 1",
                        () -> Calibration.ofPositiveClass(new int[1], new double[] {-0.5}, 5)),
                refusal(
                        "Calibration: the number of bins = 0; expected at least 1",
                        () -> Calibration.ofPositiveClass(new int[1], new double[1], 0)),
                refusal(
                        "Calibration: the number of bins = 2147483647; expected at most 1048576",
                        () -> Calibration.ofPositiveClass(new int[1], new double[1], Integer.MAX_VALUE)),
                refusal(
                        "Calibration: the probability in row 0 sums to 0.75; expected 1",
                        () -> Calibration.ofPredictedClass(
                                new int[1], new SimpleMatrix(new double[][] {{0.5, 0.25}}), 5)),
                refusal(
                        "Calibration: row 1 has label 3; with 3 classes, expected 0 to 2",
                        () -> Calibration.ofPredictedClass(new int[] {0, 3, 0}, ROWS, 5)));
    }

    private static Arguments refusal(String words, Executable call) {
        return Arguments.of(words, call);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatIsNoProbabilityIsRefused(String words, Executable call) {
        assertEquals(words, Thrown.argument(call));
    }
}
