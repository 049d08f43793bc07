package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Intersection over union, ignored rows and top-k accuracy: arithmetic by hand, edges, laws. */
class OverlapTest {
    private static final List<String> NAMES = List.of("sky", "sea", "sand", "snow");

    @Test
    void overlapIsCountedPerClass() {
        // sky: 2 right of 3, 1 predicted elsewhere; sea: 1 of 2, 1 elsewhere; sand: predicted once, never there.
        ConfusionMatrix matrix = ConfusionMatrix.of(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 1, 1, 2}, NAMES);
        assertEquals(2.0 / 3, matrix.intersectionOverUnion(0));
        assertEquals(1.0 / 3, matrix.intersectionOverUnion(1));
        assertEquals(0, matrix.intersectionOverUnion(2));
        assertEquals(0, matrix.intersectionOverUnion(3), "neither there nor predicted");
        assertEquals(1.0 / 3, matrix.meanIntersectionOverUnion(), 1e-15, "of the three that occur or are predicted");
        assertEquals(
                "ConfusionMatrix: there is no class 4; expected 0 to 3",
                assertThrows(IllegalArgumentException.class, () -> matrix.intersectionOverUnion(4))
                        .getMessage());
    }

    @Test
    void ignoredRowsDoNotCount() {
        int[] actual = {0, 255, 1, 255};
        int[] predicted = {0, 3, 2, 0};
        ConfusionMatrix matrix = ConfusionMatrix.ignoring(255, actual, predicted, NAMES);
        assertEquals(2, matrix.total());
        assertEquals(1, matrix.intersectionOverUnion(0));
        assertEquals(1.0 / 3, matrix.meanIntersectionOverUnion(), 1e-15);
        assertEquals(
                "ConfusionMatrix.ignoring: all 2 labels are 7; expected some that count",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ConfusionMatrix.ignoring(7, new int[] {7, 7}, new int[2], NAMES))
                        .getMessage());
        assertEquals(
                "ConfusionMatrix: actual: row 0 has label 255; with 4 classes, expected 0 to 3",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ConfusionMatrix.ignoring(7, new int[] {255}, new int[1], NAMES))
                        .getMessage());
    }

    /** A row is told by its number among all. */
    @Test
    void wrongLabelsBesideIgnoredOnesAreToldByTheirRow() {
        assertEquals(
                "ConfusionMatrix: predicted: row 2 has label 255; with 4 classes, expected 0 to 3",
                Thrown.argument(
                        () -> ConfusionMatrix.ignoring(255, new int[] {0, 255, 1}, new int[] {0, 255, 255}, NAMES)));
        assertEquals(
                "ConfusionMatrix: actual: row 2 has label 9; with 4 classes, expected 0 to 3",
                Thrown.argument(
                        () -> ConfusionMatrix.ignoring(255, new int[] {0, 255, 9}, new int[] {0, 255, 1}, NAMES)));
    }

    /** IoU = F1/(2 − F1) of each class, between 0 and F1. */
    @Property
    void overlapFollowsFromF1(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 3) Integer> labels, @ForAll long seed) {
        RandomStream random = new RandomStream(seed);
        int[] actual = labels.stream().mapToInt(Integer::intValue).toArray();
        int[] predicted = Arrays.stream(actual)
                .map(label -> random.nextInt(3) == 0 ? random.nextInt(4) : label)
                .toArray();
        ConfusionMatrix matrix = ConfusionMatrix.of(actual, predicted, NAMES);
        double sum = 0;
        int seen = 0;
        for (int c = 0; c < 4; c++) {
            double f1 = matrix.scores(c).f1();
            assertEquals(f1 / (2 - f1), matrix.intersectionOverUnion(c), 1e-15);
            int label = c;
            boolean occurs = Arrays.stream(actual).anyMatch(l -> l == label)
                    || Arrays.stream(predicted).anyMatch(l -> l == label);
            sum += occurs ? matrix.intersectionOverUnion(c) : 0;
            seen += occurs ? 1 : 0;
        }
        assertEquals(sum / seen, matrix.meanIntersectionOverUnion(), 1e-15);
        assertEquals(1, ConfusionMatrix.of(actual, actual, NAMES).meanIntersectionOverUnion());
    }

    @Test
    void topAccuracyByHand() {
        SimpleMatrix scores = new SimpleMatrix(new double[][] {{3, 2, 1}, {1, 2, 3}, {2, 2, 2}});
        int[] actual = {0, 1, 2};
        assertEquals(1.0 / 3, Classification.topAccuracy(actual, scores, 1));
        assertEquals(2.0 / 3, Classification.topAccuracy(actual, scores, 2), "of a tie the first come first");
        assertEquals(1, Classification.topAccuracy(actual, scores, 3));
        assertEquals(1, Classification.topAccuracy(actual, scores, 9));
        assertEquals(
                "topAccuracy: k = 0; expected at least 1",
                assertThrows(IllegalArgumentException.class, () -> Classification.topAccuracy(actual, scores, 0))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Classification.topAccuracy(new int[1], new SimpleMatrix(1, 1, true, Double.NaN), 1));
        assertThrows(IllegalArgumentException.class, () -> Classification.topAccuracy(new int[] {3, 0, 0}, scores, 1));
    }

    /** One of the largest k, as sorting finds them; for 1 it is the accuracy; more classes are never worse. */
    @Property
    void topAccuracyGrowsToOne(@ForAll @IntRange(min = 2, max = 6) int classes, @ForAll long seed) {
        RandomStream random = new RandomStream(seed);
        SimpleMatrix scores = Initialiser.normal(1).matrix(20, classes, random);
        int[] actual = new int[20];
        Arrays.setAll(actual, i -> random.nextInt(classes));
        double before = 0;
        for (int k = 1; k <= classes; k++) {
            int right = 0;
            for (int row = 0; row < 20; row++) {
                double[] sorted = scores.getRow(row).getDDRM().data.clone();
                Arrays.sort(sorted);
                right += scores.get(row, actual[row]) >= sorted[classes - k] ? 1 : 0;
            }
            double share = Classification.topAccuracy(actual, scores, k);
            assertEquals(right / 20.0, share);
            assertTrue(share >= before);
            before = share;
        }
        assertEquals(1, before);
        assertEquals(Classification.accuracy(actual, scores), Classification.topAccuracy(actual, scores, 1));
    }
}
