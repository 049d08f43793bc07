package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.TextWidth;

/**
 * How often each class was taken for each class, and the scores that follow from these counts.
 *
 * <p>With tp, fp and fn the true positives, false positives and false negatives of a class: precision is tp/(tp + fp),
 * recall tp/(tp + fn), F1 = 2tp/(2tp + fp + fn) and intersection over union tp/(tp + fp + fn). Where a denominator is 0
 * the score is 0: a class never predicted has precision 0, a class without rows has recall 0.
 */
public final class ConfusionMatrix {
    private static final String CLASSES = "ConfusionMatrix: the number of classes";
    private static final int MOST_CLASSES = 1 << 13;
    private static final int LINE = 80;
    private static final int MOST_LINES = 20;
    private static final int LONGEST_NAME = 16;

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
     * @throws IllegalArgumentException if the lengths differ, there are no rows, an index is not a class, or there are
     *     more than 8192 classes, whose counts would take more than half a GiB
     */
    public static ConfusionMatrix of(int[] actual, int[] predicted, List<String> classNames) {
        List<String> names = Require.elements(classNames, "classNames");
        Require.rows(
                "ConfusionMatrix",
                requireNonNull(actual, "actual").length,
                requireNonNull(predicted, "predicted").length);
        int classes = Require.atMost(names.size(), MOST_CLASSES, CLASSES);
        Require.classes("ConfusionMatrix: actual", actual, classes);
        Require.classes("ConfusionMatrix: predicted", predicted, classes);
        long[][] counts = new long[classes][classes];
        for (int i = 0; i < actual.length; i++) {
            counts[actual[i]][predicted[i]]++;
        }
        return new ConfusionMatrix(counts, names);
    }

    /**
     * Counts predictions of classes named by their index.
     *
     * @throws IllegalArgumentException if the lengths differ, there are no rows, an index is not a class, or there are
     *     more than 8192 classes
     */
    public static ConfusionMatrix of(int[] actual, int[] predicted, int classes) {
        List<String> names = IntStream.range(0, Require.atMost(classes, MOST_CLASSES, CLASSES))
                .mapToObj(Integer::toString)
                .toList();
        return of(actual, predicted, names);
    }

    /**
     * Counts predictions of the rows that count, such as pixels of which somebody knows what they show.
     *
     * @param ignored the label of the rows that do not count
     * @throws IllegalArgumentException if the lengths differ, all rows are ignored, an index is not a class, or there
     *     are more than 8192 classes
     */
    public static ConfusionMatrix ignoring(int ignored, int[] actual, int[] predicted, List<String> classNames) {
        Require.rows(
                "ConfusionMatrix.ignoring",
                requireNonNull(actual, "actual").length,
                requireNonNull(predicted, "predicted").length);
        requireNonNull(classNames, "classNames");
        int[] counted = IntStream.range(0, actual.length)
                .filter(i -> actual[i] != ignored)
                .toArray();
        if (counted.length == 0) {
            throw new IllegalArgumentException("ConfusionMatrix.ignoring: all " + actual.length + " labels are "
                    + ignored + "; expected some that count");
        }
        // Before rows are left out, whose numbers messages tell.
        int[] known = IntStream.range(0, actual.length)
                .map(i -> actual[i] == ignored ? 0 : predicted[i])
                .toArray();
        Require.classes("ConfusionMatrix: actual", actual, classNames.size(), OptionalInt.of(ignored));
        Require.classes("ConfusionMatrix: predicted", known, classNames.size());
        return of(
                IntStream.of(counted).map(i -> actual[i]).toArray(),
                IntStream.of(counted).map(i -> predicted[i]).toArray(),
                classNames);
    }

    /**
     * {@return how many rows of one class were predicted to be of another (or the same)}
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public long count(int actual, int predicted) {
        return counts[known(actual)][known(predicted)];
    }

    /** {@return the names of the k classes} */
    public List<String> classNames() {
        return classNames;
    }

    /** {@return the number of classes k} */
    public int classes() {
        return classNames.size();
    }

    /** {@return the number of rows counted, at least 1} */
    public long total() {
        return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
    }

    /** {@return the share of rows predicted correctly, in [0, 1]} */
    public double accuracy() {
        return (double) truePositives() / total();
    }

    /** {@return the mean recall of the classes that have rows: the accuracy if each had as many} */
    public double balancedAccuracy() {
        int[] occurring =
                IntStream.range(0, classes()).filter(c -> support(c) > 0).toArray();
        return Scores.mean(occurring.length, i -> scores(occurring[i])).recall();
    }

    /**
     * {@return precision, recall and F1 of one class, 0 where the denominator is 0}
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public Scores scores(int label) {
        long truePositives = counts[known(label)][label];
        long predicted = Arrays.stream(counts).mapToLong(row -> row[label]).sum();
        return Scores.of(truePositives, predicted - truePositives, support(label) - truePositives);
    }

    /**
     * {@return the intersection over union of one class, tp/(tp + fp + fn), also called Jaccard index: of the rows that
     * are of the class or predicted to be, the share that is both; 0 where there are none}
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public double intersectionOverUnion(int label) {
        long both = counts[known(label)][label];
        long either = either(label);
        return either == 0 ? 0 : (double) both / either;
    }

    /** {@return the mean of the classes' intersections over unions, of those that occur or are predicted} */
    public double meanIntersectionOverUnion() {
        return IntStream.range(0, classes())
                .filter(c -> either(c) > 0)
                .mapToDouble(this::intersectionOverUnion)
                .average()
                .orElseThrow();
    }

    private long either(int label) {
        return support(label)
                + Arrays.stream(counts).mapToLong(row -> row[label]).sum()
                - counts[label][label];
    }

    /**
     * {@return how many rows one class has}
     *
     * @throws IllegalArgumentException if there is no such class
     */
    public long support(int label) {
        return Arrays.stream(counts[known(label)]).sum();
    }

    /**
     * {@return the unweighted means of all classes' precisions, recalls and F1 scores, of one without rows or
     * predictions too; F1 is the mean of the F1 scores, not that of the mean precision and recall}
     */
    public Scores macro() {
        return Scores.mean(classes(), this::scores);
    }

    /**
     * {@return the scores of the counts summed over all classes; with one label per row all three equal the accuracy}
     */
    public Scores micro() {
        long wrong = total() - truePositives();
        return Scores.of(truePositives(), wrong, wrong);
    }

    /**
     * The table, one line per true class, with precision, recall and F1, and the accuracy below. Where its lines would
     * be longer than 80 characters, each class only with that for which it was most often taken; of more than twenty
     * classes those with most mistakes.
     */
    @Override
    public String toString() {
        String table = table();
        return (TextWidth.of(table.substring(0, table.indexOf('\n'))) <= LINE ? table : list())
                + String.format(Locale.ROOT, "accuracy %.4f (%d of %d)", accuracy(), truePositives(), total());
    }

    private String table() {
        String corner = "actual \\ predicted";
        List<String> shown = shownNames();
        int first = longest(Stream.concat(Stream.of(corner), shown.stream()));
        int[] columns = IntStream.range(0, Math.min(classes(), LINE))
                .mapToObj(c -> Stream.concat(
                        Stream.of(shown.get(c)), Arrays.stream(counts).map(row -> Long.toString(row[c]))))
                .mapToInt(cells -> 2 + longest(cells))
                .toArray();
        StringBuilder text = new StringBuilder(corner + TextWidth.padding(corner, first));
        for (int c = 0; c < columns.length; c++) {
            text.append(TextWidth.padding(shown.get(c), columns[c])).append(shown.get(c));
        }
        text.append("  |  precision  recall      F1\n");
        for (int c = 0; c < columns.length; c++) {
            text.append(shown.get(c)).append(TextWidth.padding(shown.get(c), first));
            for (int other = 0; other < columns.length; other++) {
                String count = Long.toString(counts[c][other]);
                text.append(TextWidth.padding(count, columns[other])).append(count);
            }
            Scores scores = scores(c);
            text.append(String.format(
                    Locale.ROOT, "  |     %.4f  %.4f  %.4f\n", scores.precision(), scores.recall(), scores.f1()));
        }
        return text.toString();
    }

    private String list() {
        List<String> names = shortened(shownNames());
        String line = "%s  %7s  %9s  %6s  %6s  %s";
        StringBuilder text = new StringBuilder(String.format(
                        Locale.ROOT,
                        line,
                        filled("class"),
                        "rows",
                        "precision",
                        "recall",
                        "F1",
                        "most often taken for"))
                .append('\n');
        int[] worst = IntStream.range(0, classes())
                .boxed()
                .sorted(Comparator.comparingLong(c -> counts[c][c] - support(c)))
                .limit(MOST_LINES)
                .sorted()
                .mapToInt(c -> c)
                .toArray();
        for (int c : worst) {
            Scores scores = scores(c);
            List<String> figures = Stream.of(scores.precision(), scores.recall(), scores.f1())
                    .map(score -> String.format(Locale.ROOT, "%.4f", score))
                    .toList();
            text.append(String.format(
                            Locale.ROOT,
                            line,
                            filled(names.get(c)),
                            support(c),
                            figures.get(0),
                            figures.get(1),
                            figures.get(2),
                            takenFor(c, names))
                    .stripTrailing());
            text.append('\n');
        }
        if (classes() > worst.length) {
            text.append("these are the ").append(worst.length).append(" with most mistakes of ");
            text.append(classes()).append(" classes\n");
        }
        return text.toString();
    }

    /** The other class for which a class was most often taken, and how often; empty if it never was. */
    private String takenFor(int label, List<String> names) {
        return IntStream.range(0, classes())
                .filter(other -> other != label && counts[label][other] > 0)
                .boxed()
                .max(Comparator.comparingLong((Integer other) -> counts[label][other])
                        .thenComparing(Comparator.reverseOrder()))
                .map(other -> names.get(other) + " (" + counts[label][other] + ")")
                .orElse("");
    }

    private List<String> shownNames() {
        return classNames.stream().map(PlainText::line).toList();
    }

    private static String filled(String name) {
        return name + TextWidth.padding(name, LONGEST_NAME);
    }

    /** Cut at the end, or in the middle, or numbered: names that differ stay different. */
    private static List<String> shortened(List<String> names) {
        long different = names.stream().distinct().count();
        return Stream.of(
                        names.stream().map(name -> TextWidth.cut(name, LONGEST_NAME)),
                        names.stream().map(ConfusionMatrix::cutInTheMiddle))
                .map(Stream::toList)
                .filter(cut -> cut.stream().distinct().count() == different)
                .findFirst()
                .orElseGet(() -> IntStream.range(0, names.size())
                        .mapToObj(c -> TextWidth.cut((c + 1) + " " + names.get(c), LONGEST_NAME))
                        .toList());
    }

    private static String cutInTheMiddle(String name) {
        if (TextWidth.of(name) <= LONGEST_NAME) {
            return name;
        }
        int half = (LONGEST_NAME - 1) / 2;
        int end = name.length();
        while (TextWidth.of(name.substring(name.offsetByCodePoints(end, -1))) <= half) {
            end = name.offsetByCodePoints(end, -1);
        }
        return TextWidth.cut(name, LONGEST_NAME - half) + name.substring(end);
    }

    private static int longest(Stream<String> texts) {
        return texts.mapToInt(TextWidth::of).max().orElse(0);
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
}
