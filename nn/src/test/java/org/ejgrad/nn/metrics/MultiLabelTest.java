package org.ejgrad.nn.metrics;

import static org.ejgrad.nn.metrics.ConfusionMatrixTest.assertScores;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Scores of several labels at once, by hand. */
class MultiLabelTest {
    private static final SimpleMatrix TARGETS =
            new SimpleMatrix(new double[][] {{1, 0, 0}, {1, 1, 0}, {0, 1, 0}, {0, 0, 0}});
    private static final SimpleMatrix PREDICTIONS =
            new SimpleMatrix(new double[][] {{1, 0, 0}, {1, 0, 0}, {1, 1, 0}, {0, 0, 0}});

    @Test
    void byHand() {
        MultiLabel scores = MultiLabel.of(TARGETS, PREDICTIONS);
        assertEquals(0.5, scores.subsetAccuracy());
        assertEquals(1, MultiLabel.of(TARGETS, TARGETS).subsetAccuracy());
        assertEquals(2 / 12.0, scores.hammingLoss());
        assertEquals(10 / 12.0, scores.labelAccuracy(), 1e-15);
        assertEquals(0.75, scores.labelAccuracy(0));
        assertEquals(0.75, scores.labelAccuracy(1));
        assertEquals(1, scores.labelAccuracy(2));
        assertScores(2 / 3.0, 1, 0.8, scores.scores(0));
        assertScores(1, 0.5, 2 / 3.0, scores.scores(1));
        assertScores(0, 0, 0, scores.scores(2));
        assertScores(3 / 4.0, 3 / 4.0, 3 / 4.0, scores.micro());
        assertScores(5 / 9.0, 0.5, (0.8 + 2 / 3.0) / 3, scores.macro());
    }

    @Test
    void scoresBecomePredictionsAboveAThreshold() {
        SimpleMatrix logits = new SimpleMatrix(new double[][] {{-1, 0, 0.1}, {5, -0.0, Double.NEGATIVE_INFINITY}});
        assertArrayEquals(
                new double[][] {{0, 0, 1}, {1, 0, 0}},
                MultiLabel.above(logits, 0).toArray2());
        assertArrayEquals(
                new double[][] {{0, 0, 0}, {1, 0, 0}},
                MultiLabel.above(logits, 0.5).toArray2());
        logits.set(1, 2, Double.NaN);
        assertEquals(
                "above: the score at row 1, column 2 is NaN; expected a number",
                Thrown.argument(() -> MultiLabel.above(logits, 0)));
        assertEquals("above: the threshold is NaN", Thrown.argument(() -> MultiLabel.above(TARGETS, Double.NaN)));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals(
                "MultiLabel: the targets are 4x3, but the predictions 4x2",
                Thrown.argument(() -> MultiLabel.of(TARGETS, new SimpleMatrix(4, 2))));
        assertEquals(
                "MultiLabel: the targets are 0x3; expected at least 1x1",
                Thrown.argument(() -> MultiLabel.of(new SimpleMatrix(0, 3), new SimpleMatrix(0, 3))));
        SimpleMatrix soft = PREDICTIONS.copy();
        soft.set(3, 2, 0.5);
        assertEquals(
                "MultiLabel: the prediction at row 3, column 2 is 0.5; expected 0 or 1",
                Thrown.argument(() -> MultiLabel.of(TARGETS, soft)));
        assertEquals(
                "MultiLabel: the target at row 3, column 2 is 0.5; expected 0 or 1",
                Thrown.argument(() -> MultiLabel.of(soft, TARGETS)));
        MultiLabel scores = MultiLabel.of(TARGETS, PREDICTIONS);
        assertEquals("MultiLabel: there is no label 3; expected 0 to 2", Thrown.argument(() -> scores.scores(3)));
        assertEquals(
                "MultiLabel: there is no label -1; expected 0 to 2", Thrown.argument(() -> scores.labelAccuracy(-1)));
    }
}
