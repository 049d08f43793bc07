package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** Makes labels wrong on purpose, to see what a loss or a network makes of it. */
public final class LabelNoise {
    private static final double SUM_TOLERANCE = 1e-9;
    private static final long MOST_ENTRIES = 1L << 27;

    private LabelNoise() {}

    /**
     * Replaces each label, with the same probability, by another class, all others equally likely.
     *
     * @param data a classification data set
     * @param rate the probability that a label becomes wrong, in [0, 1]
     * @param seed the same seed gives the same labels
     * @return the same rows with class indices as targets
     * @throws IllegalArgumentException if the rate is outside [0, 1] or NaN, or is above 0 with a single class
     * @throws IllegalStateException if this is a regression data set
     */
    public static Dataset symmetric(Dataset data, double rate, long seed) {
        return byMatrix(data, symmetricMatrix(requireNonNull(data, "data").classes(), rate), seed);
    }

    /**
     * Replaces each label by a class drawn from the label's row of a transition matrix.
     *
     * @param data a classification data set
     * @param transition k × k, entry (i, j) the probability that class i is labelled j. Not modified.
     * @param seed the same seed gives the same labels
     * @return the same rows with class indices as targets
     * @throws IllegalArgumentException if the matrix is not k × k or a row of it is no probability distribution
     * @throws IllegalStateException if this is a regression data set
     */
    public static Dataset byMatrix(Dataset data, ConstMatrix<?> transition, long seed) {
        requireNonNull(transition, "transition");
        int[] labels = requireNonNull(data, "data").labels();
        requireTransition(transition, data.classes());
        RandomStream random = new RandomStream(seed, "label noise".hashCode());
        for (int i = 0; i < labels.length; i++) {
            labels[i] = draw(transition, labels[i], random.nextDouble());
        }
        return data.withLabels(labels);
    }

    /**
     * The transition matrix of symmetric noise: 1 − rate on the diagonal, rate/(k − 1) elsewhere.
     *
     * @param classes the number of classes k, at least 1
     * @param rate the probability that a label becomes wrong, in [0, 1]
     * @return k × k, each row a probability distribution
     * @throws IllegalArgumentException if the rate is outside [0, 1] or NaN, or is above 0 with a single class
     * @throws ResourceLimitException if k² exceeds 2²⁷ entries (1 GiB)
     */
    public static SimpleMatrix symmetricMatrix(int classes, double rate) {
        Require.share(rate, "label noise: rate");
        if (classes < 1 || (classes == 1 && rate > 0)) {
            throw new IllegalArgumentException(
                    "label noise: " + classes + " classes; expected at least 2 for a rate above 0");
        }
        if ((long) classes * classes > MOST_ENTRIES) {
            throw new ResourceLimitException("label noise: a transition matrix of " + classes
                    + " classes takes more than " + MOST_ENTRIES + " entries");
        }
        SimpleMatrix matrix = new SimpleMatrix(classes, classes);
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                matrix.set(i, j, i == j ? 1 - rate : rate / (classes - 1));
            }
        }
        return matrix;
    }

    private static int draw(ConstMatrix<?> transition, int label, double uniform) {
        double sum = 0;
        int drawn = label;
        for (int j = 0; j < transition.getNumCols(); j++) {
            double probability = transition.get(label, j);
            if (probability > 0) {
                drawn = j;
                sum += probability;
                if (uniform < sum) {
                    break;
                }
            }
        }
        return drawn;
    }

    private static void requireTransition(ConstMatrix<?> transition, int classes) {
        if (transition.getNumRows() != classes || transition.getNumCols() != classes) {
            throw new IllegalArgumentException("label noise: the transition matrix is " + transition.getNumRows() + "x"
                    + transition.getNumCols() + "; expected " + classes + "x" + classes);
        }
        for (int i = 0; i < classes; i++) {
            double sum = 0;
            for (int j = 0; j < classes; j++) {
                double probability = transition.get(i, j);
                if (!(probability >= 0 && probability <= 1)) {
                    throw new IllegalArgumentException("label noise: entry (" + i + ", " + j
                            + ") of the transition matrix is " + probability + "; expected a number in [0, 1]");
                }
                sum += probability;
            }
            if (Math.abs(sum - 1) > SUM_TOLERANCE) {
                throw new IllegalArgumentException(
                        "label noise: row " + i + " of the transition matrix sums to " + sum + "; expected 1");
            }
        }
    }
}
