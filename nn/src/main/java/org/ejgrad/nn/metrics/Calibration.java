package org.ejgrad.nn.metrics;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * Whether predicted probabilities come true: of the rows predicted with 80 %, are 80 % right?
 *
 * <p>The rows are sorted into bins of equal width by their probability; a probability on a border belongs to the upper
 * bin, 1 to the last. Bins without rows are left out.
 */
public final class Calibration {
    private static final String COUNT = "Calibration: the number of bins";
    private static final int MOST_BINS = 1 << 20;

    private final List<Bin> bins;
    private final int rows;

    /**
     * The rows whose probability lies in one interval.
     *
     * @param low the interval's lower end
     * @param high the interval's upper end
     * @param rows how many rows there are, at least 1
     * @param predicted the mean of their probabilities
     * @param observed the share of them that came true
     */
    public record Bin(double low, double high, int rows, double predicted, double observed) {
        /** {@return how far the prediction is from what came true, |predicted − observed|} */
        public double error() {
            return Math.abs(predicted - observed);
        }
    }

    private Calibration(double[] probabilities, boolean[] cameTrue, int count) {
        Require.atLeast(count, 1, COUNT);
        Require.atMost(count, MOST_BINS, COUNT);
        SortedMap<Integer, Filling> filled = new TreeMap<>();
        for (int i = 0; i < probabilities.length; i++) {
            filled.computeIfAbsent(bin(probabilities[i], count), bin -> new Filling())
                    .add(probabilities[i], cameTrue[i]);
        }
        bins = filled.entrySet().stream()
                .map(bin -> bin.getValue().asBin(bin.getKey(), count))
                .toList();
        rows = probabilities.length;
    }

    /** The last bin whose lower end, as it is rounded, the probability reaches. */
    private static int bin(double probability, int count) {
        int bin = Math.min((int) (probability * count), count - 1);
        if (probability < border(bin, count)) {
            return bin - 1;
        }
        return bin + 1 < count && probability >= border(bin + 1, count) ? bin + 1 : bin;
    }

    private static double border(int bin, int count) {
        return (double) bin / count;
    }

    /** The rows of one bin so far. */
    private static final class Filling {
        private final CompensatedSum predicted = new CompensatedSum();
        private int rows;
        private int cameTrue;

        void add(double probability, boolean isTrue) {
            predicted.add(probability);
            rows++;
            cameTrue += isTrue ? 1 : 0;
        }

        Bin asBin(int bin, int count) {
            return new Bin(
                    border(bin, count),
                    border(bin + 1, count),
                    rows,
                    predicted.dividedBy(rows),
                    (double) cameTrue / rows);
        }
    }

    /**
     * The calibration of the predicted class: its probability against whether it is the true class.
     *
     * @param labels n class indices
     * @param probabilities n × k, each row a probability distribution; the first largest entry is the prediction
     * @param bins the number of bins, from 1 to 2²⁰; 10 or 15 are usual
     * @throws IllegalArgumentException if the rows differ, there are none, an index is not a class, a row is no
     *     probability distribution, or the number of bins is out of range
     */
    public static Calibration ofPredictedClass(int[] labels, ConstMatrix<?> probabilities, int bins) {
        Probabilities.require("Calibration", labels, probabilities);
        int[] predicted = Value.constant(probabilities).argMax(Per.ROW);
        double[] confidences = new double[labels.length];
        boolean[] right = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            confidences[i] = Math.min(probabilities.get(i, predicted[i]), 1); // it may be a rounding error more
            right[i] = predicted[i] == labels[i];
        }
        return new Calibration(confidences, right, bins);
    }

    /**
     * The calibration of the positive class of two: its probability against whether the label is 1.
     *
     * @param labels n labels, 0 or 1
     * @param positive n probabilities of label 1
     * @param bins the number of bins, from 1 to 2²⁰
     * @throws IllegalArgumentException if the lengths differ, there are no rows, a label is not 0 or 1, a probability
     *     is outside [0, 1], or the number of bins is out of range
     */
    public static Calibration ofPositiveClass(int[] labels, double[] positive, int bins) {
        Probabilities.require("Calibration", labels, positive);
        boolean[] cameTrue = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            cameTrue[i] = labels[i] == 1;
        }
        return new Calibration(positive, cameTrue, bins);
    }

    /** {@return the reliability curve: the bins that have rows, at least one, from low to high} */
    public List<Bin> bins() {
        return bins;
    }

    /**
     * {@return the expected calibration error in [0, 1]: the mean of the bins' errors, weighted by their rows (Naeini
     * et al. 2015)}
     */
    public double expectedError() {
        CompensatedSum sum = new CompensatedSum();
        bins.forEach(bin -> sum.add(bin.error() * bin.rows()));
        return sum.dividedBy(rows);
    }

    /** {@return the largest of the bins' errors, in [0, 1]} */
    public double largestError() {
        return bins.stream().mapToDouble(Bin::error).max().orElse(0);
    }

    /** The curve as a table, one line per bin, and the expected error below. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("  probability    rows  predicted  observed\n");
        for (Bin bin : bins) {
            text.append(String.format(
                    Locale.ROOT,
                    "%.3f - %.3f  %6d     %.4f    %.4f\n",
                    bin.low(),
                    bin.high(),
                    bin.rows(),
                    bin.predicted(),
                    bin.observed()));
        }
        return text.append(String.format(Locale.ROOT, "expected calibration error %.4f", expectedError()))
                .toString();
    }
}
