package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Counts, scores by hand, and zero where nothing was counted. */
class ConfusionMatrixTest {
    private static final int[] ACTUAL = {0, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    private static final int[] PREDICTED = {0, 0, 0, 1, 1, 1, 0, 2, 1, 0};

    private static ConfusionMatrix matrix() {
        return ConfusionMatrix.of(ACTUAL, PREDICTED, List.of("cat", "dog", "elephant"));
    }

    @Test
    void countsByHand() {
        long[][] expected = {{3, 1, 0}, {1, 2, 0}, {1, 1, 1}};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(expected[i][j], matrix().count(i, j));
            }
        }
        assertEquals(10, matrix().total());
        assertEquals(3, matrix().support(2));
        assertEquals(3, matrix().classes());
        assertEquals(
                List.of("0", "1", "2"), ConfusionMatrix.of(ACTUAL, PREDICTED, 3).classNames());
    }

    @Test
    void scoresByHand() {
        assertEquals(0.6, matrix().accuracy());
        assertEquals(0.6, Classification.accuracy(ACTUAL, PREDICTED));
        assertScores(3 / 5.0, 3 / 4.0, 2 / 3.0, matrix().scores(0));
        assertScores(2 / 4.0, 2 / 3.0, 4 / 7.0, matrix().scores(1));
        assertScores(1, 1 / 3.0, 1 / 2.0, matrix().scores(2));
        assertScores(0.7, 7 / 12.0, (2 / 3.0 + 4 / 7.0 + 0.5) / 3, matrix().macro());
        assertScores(0.6, 0.6, 0.6, matrix().micro());
        assertEquals(7 / 12.0, matrix().balancedAccuracy(), 1e-15);
    }

    /** As scikit-learn's balanced_accuracy_score, which knows no class that does not occur. */
    @Test
    void aClassWithoutRowsHasNoPartInTheBalancedAccuracy() {
        assertEquals(1, ConfusionMatrix.of(new int[] {1}, new int[] {1}, 2).balancedAccuracy());
        assertEquals(
                0.5,
                ConfusionMatrix.of(new int[] {0, 0, 2}, new int[] {0, 0, 0}, 4).balancedAccuracy());
        assertEquals(
                0.25,
                ConfusionMatrix.of(new int[] {0, 0, 2}, new int[] {0, 3, 3}, 4).balancedAccuracy());
    }

    @Test
    void aDivisionByZeroGivesZero() {
        ConfusionMatrix never = ConfusionMatrix.of(new int[] {0, 0, 2}, new int[] {0, 0, 0}, 4);
        assertScores(2 / 3.0, 1, 0.8, never.scores(0));
        assertScores(0, 0, 0, never.scores(1));
        assertScores(0, 0, 0, never.scores(2));
        assertScores(0, 0, 0, never.scores(3));
        assertEquals(0.2, never.macro().f1(), 1e-15);
        assertEquals(0.25, never.macro().recall());
        assertScores(0, 0, 0, Scores.of(0, 0, 0));
        assertScores(0, 0, 0, Scores.of(0, 3, 0));
    }

    @Test
    void theTableIsAlignedInEveryLocale() {
        String expected = """
                actual \\ predicted  cat  dog  elephant  |  precision  recall      F1
                cat                   3    1         0  |     0.6000  0.7500  0.6667
                dog                   1    2         0  |     0.5000  0.6667  0.5714
                elephant              1    1         1  |     1.0000  0.3333  0.5000
                accuracy 0.6000 (6 of 10)""";
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("en-US", "de-DE", "ar-EG-u-nu-arab")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(expected, matrix().toString());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void columnsAreAsWideAsTheirCounts() {
        int[] rows = new int[12_345];
        rows[0] = 1;
        assertEquals("""
                actual \\ predicted      a  b  |  precision  recall      F1
                a                   12344  0  |     1.0000  1.0000  1.0000
                b                       0  1  |     1.0000  1.0000  1.0000
                accuracy 1.0000 (12345 of 12345)""", ConfusionMatrix.of(rows, rows, List.of("a", "b")).toString());
    }

    @Test
    void aTableTooWideIsAListOfMistakes() {
        List<String> names = List.of("setosa of the northern hills", "b", "c", "d", "e", "f", "g", "h");
        int[] actual = {0, 0, 0, 1, 2, 3, 4, 5, 6, 7};
        int[] predicted = {0, 2, 2, 1, 2, 0, 4, 5, 6, 7};
        assertEquals("""
                class                rows  precision  recall      F1  most often taken for
                setosa of the n…        3     0.5000  0.3333  0.4000  c (2)
                b                       1     1.0000  1.0000  1.0000
                c                       1     0.3333  1.0000  0.5000
                d                       1     0.0000  0.0000  0.0000  setosa of the n… (1)
                e                       1     1.0000  1.0000  1.0000
                f                       1     1.0000  1.0000  1.0000
                g                       1     1.0000  1.0000  1.0000
                h                       1     1.0000  1.0000  1.0000
                accuracy 0.7000 (7 of 10)""", ConfusionMatrix.of(actual, predicted, names).toString());
    }

    /** Names that differ only at their end, only in their middle, and by a letter beyond what is shown of either. */
    @Test
    void namesAreShortenedSoThatTheyStayDifferent() {
        List<String> ends = names("a long name of a class, number ", "");
        List<String> middles = names("a long name of ", " of many classes");
        List<String> pairs = names("a class with ten 🌍🌍 and ", " more words to be read");
        assertEquals("a long n…umber 7", listed(ends, 7));
        assertEquals("8 a long name o…", listed(middles, 7));
        assertEquals("30 a class with…", listed(pairs, 29));
        assertEquals("🌍🌍🌍🌍🌍🌍🌍…", listed(List.of("🌍".repeat(20), "b", "c", "d", "e", "f", "g"), 0));
    }

    private static List<String> names(String before, String after) {
        return IntStream.range(0, 40).mapToObj(i -> before + i + after).toList();
    }

    /** What the list calls a class that is taken for the next one; all names of the list differ. */
    private static String listed(List<String> names, int label) {
        int[] actual = IntStream.range(0, names.size()).toArray();
        int[] predicted = actual.clone();
        predicted[label] = label + 1;
        List<String> lines =
                ConfusionMatrix.of(actual, predicted, names).toString().lines().toList();
        List<String> shown = lines.stream()
                .skip(1)
                .filter(line -> line.contains("0000  "))
                .map(line -> line.substring(0, line.offsetByCodePoints(0, 16)).strip())
                .toList();
        assertEquals(shown.size(), Set.copyOf(shown).size(), shown.toString());
        return shown.get(IntStream.range(0, shown.size())
                .filter(i -> lines.get(i + 1).endsWith(" (1)"))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void ofManyClassesThoseWithMostMistakesAreListed() {
        int[] actual = IntStream.range(0, 500).toArray();
        int[] predicted = actual.clone();
        predicted[137] = 3;
        List<String> lines =
                ConfusionMatrix.of(actual, predicted, 500).toString().lines().toList();
        assertTrue(lines.stream().allMatch(line -> line.length() <= 80), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.matches("137 .* 3 \\(1\\)")), lines.toString());
        assertEquals("these are the 20 with most mistakes of 500 classes", lines.get(21));
        assertEquals("accuracy 0.9980 (499 of 500)", lines.get(22));
    }

    @Test
    void theLargestScoreIsThePrediction() {
        SimpleMatrix scores =
                new SimpleMatrix(new double[][] {{1, 3, 2}, {5, 5, 5}, {-1, Double.NEGATIVE_INFINITY, -0.5}});
        assertArrayEquals(new int[] {1, 0, 2}, Classification.predictions(scores));
        assertEquals(2 / 3.0, Classification.accuracy(new int[] {1, 1, 2}, scores));
        assertArrayEquals(
                new int[] {1, 0, 0, 1}, Classification.predictions(new SimpleMatrix(new double[] {0.1, 0, -3, 1e300})));
        scores.set(2, 0, Double.NaN);
        assertEquals(
                "predictions: the score at row 2, column 0 is NaN; expected a number",
                Thrown.argument(() -> Classification.predictions(scores)));
        assertEquals(
                "predictions: the score at row 0, column 0 is NaN; expected a number",
                Thrown.argument(() -> Classification.predictions(new SimpleMatrix(new double[] {Double.NaN}))));
        assertEquals(
                "predictions: the scores have 0 columns; expected at least 1",
                Thrown.argument(() -> Classification.predictions(new SimpleMatrix(3, 0))));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals(
                "accuracy: 3 labels, but 2 predictions; expected as many",
                Thrown.argument(() -> Classification.accuracy(new int[3], new int[2])));
        assertEquals(
                "accuracy: 0 rows; expected at least 1",
                Thrown.argument(() -> Classification.accuracy(new int[0], new int[0])));
        assertEquals(
                "ConfusionMatrix: 0 rows; expected at least 1",
                Thrown.argument(() -> ConfusionMatrix.of(new int[0], new int[0], 3)));
        assertEquals(
                "ConfusionMatrix: actual: row 1 has label 3; with 3 classes, expected 0 to 2",
                Thrown.argument(() -> ConfusionMatrix.of(new int[] {0, 3}, new int[2], 3)));
        assertEquals(
                "ConfusionMatrix: predicted: row 0 has label -1; with 3 classes, expected 0 to 2",
                Thrown.argument(() -> ConfusionMatrix.of(new int[2], new int[] {-1, 0}, 3)));
        assertEquals(
                "ConfusionMatrix: the number of classes = 2147483647; expected at most 8192",
                Thrown.argument(() -> ConfusionMatrix.of(new int[2], new int[2], Integer.MAX_VALUE)));
        assertEquals(
                "ConfusionMatrix: the number of classes = 8193; expected at most 8192",
                Thrown.argument(() -> ConfusionMatrix.of(new int[2], new int[2], Collections.nCopies(8193, "same"))));
        assertEquals(
                "ConfusionMatrix: there is no class 3; expected 0 to 2", Thrown.argument(() -> matrix().scores(3)));
        assertEquals(
                "ConfusionMatrix: there is no class -1; expected 0 to 2", Thrown.argument(() -> matrix().count(0, -1)));
        assertEquals(
                "Scores: the counts are 1, -1, 0; expected none below 0", Thrown.argument(() -> Scores.of(1, -1, 0)));
    }

    static void assertScores(double precision, double recall, double f1, Scores scores) {
        assertEquals(precision, scores.precision(), 1e-15, "precision");
        assertEquals(recall, scores.recall(), 1e-15, "recall");
        assertEquals(f1, scores.f1(), 1e-15, "F1");
    }
}
