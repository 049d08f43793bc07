package org.ejgrad.nn.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often each class was taken for each class, and the scores that follow from these counts.
 *
 * <p>With tp, fp and fn the true positives, false positives and false negatives of a class: precision is tp/(tp + fp),
 * recall tp/(tp + fn), and F1 = 2tp/(2tp + fp + fn). Where a denominator is 0 the score is 0: a class never predicted
 * has precision 0, a class without rows has recall 0.
 */
public final class ConfusionMatrix {
    private final long[][] counts;
    private final List<String> classNames;

    private ConfusionMatrix(long[][] counts, List<String> classNames) {
        this.counts = counts;
        this.classNames = classNames;
    }

    /**
     * Counts predictions.
     *
     * @param actual the true class index of each row
     * @param predicted the predicted class index of each row
     * @param classNames the classes in the order of their indices
     * @return the confusion matrix
     * @throws IllegalArgumentException if the lengths differ, there are no rows, or an index is not a class
     */
    public static ConfusionMatrix of(int[] actual, int[] predicted, List<String> classNames) {
        Checks.sameRows("ConfusionMatrix", actual.length, predicted.length);
        int classes = classNames.size();
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            Checks.label("ConfusionMatrix: actual", i, actual[i], classes);
            Checks.label("ConfusionMatrix: predicted", i, predicted[i], classes);
            counts[actual[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts, List.copyOf(classNames));
    }

    /**
     * Counts predictions of classes named by their index.
     *
     * @param actual the true class index of each row
     * @param predicted the predicted class index of each row
     * @param classes the number of classes
     * @return the confusion matrix
     * @throws IllegalArgumentException if the lengths differ, there are no rows, or an index is not a class
     */
    public static ConfusionMatrix of(int[] actual, int[] predicted, int classes) {
        return of(
                actual,
                predicted,
                IntStream.range(0, classes).mapToObj(Integer::toString).toList());
    }

    /**
     * How many rows of one class were predicted to be of another (or the same).
     *
     * @param actual the true class
     * @param predicted the predicted class
     * @return the count
     * @throws IllegalArgumentException if there is no such class
     */
    public long count(int actual, int predicted) {
        return counts[known(actual)][known(predicted)];
    }

    /**
     * The names of the classes.
     *
     * @return k names
     */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * The number of classes.
     *
     * @return k
     */
    public int classes() {
        return classNames.size();
    }

    /**
     * The number of rows counted.
     *
     * @return at least 1
     */
    public long total() {
        return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
    }

    /**
     * The share of rows predicted correctly.
     *
     * @return a number in [0, 1]
     */
    public double accuracy() {
        return (double) truePositives() / total();
    }

    /**
     * The mean of the classes' recalls, which is the accuracy if every class had the same number of rows.
     *
     * @return a number in [0, 1]
     */
    public double balancedAccuracy() {
        return macro().recall();
    }

    /**
     * Precision, recall and F1 of one class.
     *
     * @param label the class
     * @return the scores, 0 where the denominator is 0
     * @throws IllegalArgumentException if there is no such class
     */
    public Scores scores(int label) {
        long truePositives = counts[known(label)][label];
        long predicted = Arrays.stream(counts).mapToLong(row -> row[label]).sum();
        return Scores.of(truePositives, predicted - truePositives, support(label) - truePositives);
    }

    /**
     * How many rows one class has.
     *
     * @param label the class
     * @return the count
     * @throws IllegalArgumentException if there is no such class
     */
    public long support(int label) {
        return Arrays.stream(counts[known(label)]).sum();
    }

    /**
     * The unweighted means of the classes' precisions, recalls and F1 scores.
     *
     * @return the means; F1 is the mean of the F1 scores, not that of the mean precision and recall
     */
    public Scores macro() {
        double precision = 0;
        double recall = 0;
        double f1 = 0;
        for (int c = 0; c < classes(); c++) {
            Scores scores = scores(c);
            precision += scores.precision() / classes();
            recall += scores.recall() / classes();
            f1 += scores.f1() / classes();
        }
        return new Scores(precision, recall, f1);
    }

    /**
     * The scores of the counts summed over all classes; with one label per row all three equal the accuracy.
     *
     * @return the scores
     */
    public Scores micro() {
        long wrong = total() - truePositives();
        return Scores.of(truePositives(), wrong, wrong);
    }

    /**
     * The table, one line per true class, with precision, recall and F1, and the accuracy below.
     *
     * @return several lines, aligned
     */
    @Override
    public String toString() {
        int[] widths = new int[classes()];
        for (int c = 0; c < classes(); c++) {
            int column = c;
            widths[c] = Math.max(
                    classNames.get(c).length(),
                    Arrays.stream(counts)
                            .mapToInt(row -> Long.toString(row[column]).length())
                            .max()
                            .orElse(1));
        }
        String corner = "actual \\ predicted";
        int first = Math.max(
                corner.length(),
                classNames.stream().mapToInt(String::length).max().orElse(0));
        StringBuilder text = new StringBuilder(left(corner, first));
        for (int c = 0; c < classes(); c++) {
            text.append("  ").append(right(classNames.get(c), widths[c]));
        }
        text.append("  |  precision  recall      F1\n");
        for (int c = 0; c < classes(); c++) {
            text.append(left(classNames.get(c), first));
            for (int other = 0; other < classes(); other++) {
                text.append("  ").append(right(Long.toString(counts[c][other]), widths[other]));
            }
            Scores scores = scores(c);
            text.append(String.format(
                    Locale.ROOT, "  |     %.4f  %.4f  %.4f%n", scores.precision(), scores.recall(), scores.f1()));
        }
        return text.append(String.format(Locale.ROOT, "accuracy %.4f (%d of %d)", accuracy(), truePositives(), total()))
                .toString()
                .replace("\r\n", "\n");
    }

    private long truePositives() {
        return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
    }

    private int known(int label) {
        if (label < 0 || label >= classes()) {
            throw new IllegalArgumentException(
                    "ConfusionMatrix: there is no class " + label + "; expected 0 to " + (classes() - 1));
        }
        return label;
    }

    private static String left(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
