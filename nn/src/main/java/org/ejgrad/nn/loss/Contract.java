package org.ejgrad.nn.loss;

import java.util.function.DoublePredicate;
import org.ejgrad.Value;

/** What losses demand of their inputs, and how they say so: every message names the call, the place and the value. */
final class Contract {
    private Contract() {}

    /** Losses never broadcast. */
    static void requireSameShape(String call, Value prediction, Value target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new IllegalArgumentException(call + ": the prediction is " + prediction.shape() + " and the target "
                    + target.shape() + "; expected the same shape, losses do not broadcast");
        }
    }

    static void requireReducible(String call, Value terms, Reduction reduction) {
        boolean mean = reduction != Reduction.NONE && reduction != Reduction.SUM;
        if (mean && terms.shape().elements() == 0) {
            throw new IllegalArgumentException(call + ": mean of 0 elements: the batch is empty");
        }
    }

    static void requireEach(String call, String what, Value value, DoublePredicate fine, String expected) {
        for (int row = 0; row < value.getNumRows(); row++) {
            for (int column = 0; column < value.getNumCols(); column++) {
                double element = value.get(row, column);
                if (!fine.test(element)) {
                    throw new IllegalArgumentException(call + ": the " + what + " at row " + row + ", column " + column
                            + " is " + element + "; expected " + expected);
                }
            }
        }
    }

    static void requireUnitInterval(String call, String what, Value value) {
        requireEach(call, what, value, p -> p >= 0 && p <= 1, "a number from 0 to 1");
    }

    static void requireSigns(String call, Value target) {
        requireEach(call, "target", target, t -> t == 1 || t == -1, "-1 or 1");
    }

    /** Each row is a probability distribution, to within 1e-6. */
    static void requireDistributions(String call, String what, Value value) {
        requireEach(call, what, value, p -> p >= 0, "a probability of at least 0");
        for (int row = 0; row < value.getNumRows(); row++) {
            double sum = 0;
            for (int column = 0; column < value.getNumCols(); column++) {
                sum += value.get(row, column);
            }
            if (!(Math.abs(sum - 1) <= 1e-6)) {
                throw new IllegalArgumentException(call + ": the " + what + " in row " + row + " sums to " + sum
                        + "; expected 1, give the option unchecked() if that is meant");
            }
        }
    }

    static void requireLabels(String call, int[] labels, int rows, int classes, ClassOptions options) {
        if (labels.length != rows) {
            throw new IllegalArgumentException(
                    call + ": " + labels.length + " labels for " + rows + " rows; expected one per row");
        }
        for (int row = 0; row < rows; row++) {
            int label = labels[row];
            if (!options.isIgnored(label) && (label < 0 || label >= classes)) {
                throw new IllegalArgumentException(call + ": the label of row " + row + " is " + label
                        + "; expected 0 to " + (classes - 1) + ", as there are " + classes + " classes");
            }
        }
    }

    static void requireNonNegative(String call, String what, double number) {
        if (!(number >= 0) || Double.isInfinite(number)) {
            throw new IllegalArgumentException(
                    call + ": " + what + " is " + number + "; expected a finite number of at least 0");
        }
    }
}
