package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** Class labels in their two spellings, indices 0 … k − 1 and rows of k numbers, and the ways between them. */
public final class Labels {
    /** As many classes are counted one by one. */
    static final int MOST_CLASSES = 1 << 24;

    private static final long MOST_ENTRIES = 1L << 27;

    private Labels() {}

    /**
     * One row per label, 1 in the label's column and 0 elsewhere.
     *
     * @param labels n class indices
     * @param classes the number of classes k
     * @return n × k
     * @throws IllegalArgumentException if a label is not in 0 … k − 1
     * @throws ResourceLimitException if n·k exceeds 2²⁷ entries (1 GiB)
     */
    public static SimpleMatrix oneHot(int[] labels, int classes) {
        require(labels, classes);
        if ((long) labels.length * classes > MOST_ENTRIES) {
            throw new ResourceLimitException("oneHot: " + labels.length + " rows of " + classes + " classes take "
                    + (long) labels.length * classes * Double.BYTES + " bytes; at most " + MOST_ENTRIES * Double.BYTES
                    + " are allowed. Use class indices instead");
        }
        return ClassOptions.DEFAULT.oneHot(labels, classes);
    }

    /**
     * The class index of each one-hot row.
     *
     * @param oneHot n × k, one 1 and otherwise 0 in each row
     * @return n indices
     * @throws IllegalArgumentException if a row is not one-hot
     */
    public static int[] indices(ConstMatrix<?> oneHot) {
        int[] labels = new int[requireNonNull(oneHot, "oneHot").getNumRows()];
        for (int i = 0; i < labels.length; i++) {
            int found = -1;
            for (int j = 0; j < oneHot.getNumCols(); j++) {
                double entry = oneHot.get(i, j);
                if (entry == 0) {
                    continue;
                }
                if (entry != 1 || found >= 0) {
                    throw new IllegalArgumentException("indices: row " + i + " is not one-hot: column " + j + " holds "
                            + entry + (found >= 0 ? " and column " + found + " holds 1" : "")
                            + "; expected a single 1, otherwise 0");
                }
                found = j;
            }
            if (found < 0) {
                throw new IllegalArgumentException("indices: row " + i + " is not one-hot: it holds no 1");
            }
            labels[i] = found;
        }
        return labels;
    }

    /**
     * Label smoothing: each target moves the share ε of its weight to the uniform distribution, y·(1 − ε) + ε/k
     * (Szegedy et al. 2016).
     *
     * @param rows n × k one-hot or soft rows. Not modified.
     * @param epsilon the share, in [0, 1]
     * @return n × k, each row with the same sum as before if that was 1
     * @throws IllegalArgumentException if ε is outside [0, 1] or NaN, or there are no columns
     */
    public static SimpleMatrix smooth(ConstMatrix<?> rows, double epsilon) {
        Require.share(epsilon, "smooth: epsilon");
        int classes = requireNonNull(rows, "rows").getNumCols();
        if (classes == 0) {
            throw new IllegalArgumentException("smooth: the rows have 0 columns; expected at least 1");
        }
        SimpleMatrix smoothed = new SimpleMatrix(rows.getNumRows(), classes);
        for (int i = 0; i < rows.getNumRows(); i++) {
            for (int j = 0; j < classes; j++) {
                smoothed.set(i, j, rows.get(i, j) * (1 - epsilon) + epsilon / classes);
            }
        }
        return smoothed;
    }

    /**
     * How many labels each class has.
     *
     * @param labels class indices
     * @param classes the number of classes k
     * @return k counts
     * @throws IllegalArgumentException if a label is not in 0 … k − 1
     * @throws ResourceLimitException if k exceeds 2²⁴
     */
    public static int[] counts(int[] labels, int classes) {
        require(labels, classes);
        if (classes > MOST_CLASSES) {
            throw new ResourceLimitException(
                    "counts: the number of classes = " + classes + "; at most " + MOST_CLASSES + " are allowed");
        }
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    private static void require(int[] labels, int classes) {
        requireNonNull(labels, "labels");
        Require.atLeast(classes, 1, "the number of classes");
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(outOfRange(i, labels[i], classes));
            }
        }
    }

    static String outOfRange(int row, Object label, int classes) {
        return "row " + row + " has label " + label + "; with " + classes + " classes, expected an integer from 0 to "
                + (classes - 1);
    }
}
