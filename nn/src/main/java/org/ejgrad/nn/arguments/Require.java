package org.ejgrad.nn.arguments;

import java.util.OptionalInt;
import java.util.function.DoublePredicate;
import org.ejgrad.Value;

/** What layers, losses and metrics refuse, and the words: every message names the call, the place and the value. */
public final class Require {
    private Require() {}

    /** {@return the number, positive and finite} */
    public static double positive(String call, String what, double number) {
        return number(number > 0 && !Double.isInfinite(number), call, what, number, "a positive finite number");
    }

    /** {@return the number, at least 0 and finite} */
    public static double notNegative(String call, String what, double number) {
        return number(number >= 0 && !Double.isInfinite(number), call, what, number, "a finite number of at least 0");
    }

    /** {@return the number, from 0 to 1} */
    public static double share(String call, String what, double number) {
        return number(number >= 0 && number <= 1, call, what, number, "a number from 0 to 1");
    }

    /** {@return the number, at least as large as another} */
    public static int atLeast(int least, String call, String what, int number) {
        if (number < least) {
            throw new IllegalArgumentException(call + ": " + what + " is " + number + "; expected at least " + least);
        }
        return number;
    }

    private static double number(boolean fine, String call, String what, double number, String expected) {
        if (!fine) {
            throw new IllegalArgumentException(call + ": " + what + " is " + number + "; expected " + expected);
        }
        return number;
    }

    /** Each element passes a test. */
    public static void each(String call, String what, Value value, DoublePredicate fine, String expected) {
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

    /**
     * Each row is a probability distribution, to within 1e-6.
     *
     * @param remedy the end of the message about a row with another sum, what to do about it
     */
    public static void distributions(String call, String what, Value value, String remedy) {
        each(call, what, value, p -> p >= 0, "a probability of at least 0");
        for (int row = 0; row < value.getNumRows(); row++) {
            double sum = 0;
            for (int column = 0; column < value.getNumCols(); column++) {
                sum += value.get(row, column);
            }
            if (!(Math.abs(sum - 1) <= 1e-6)) {
                throw new IllegalArgumentException(
                        call + ": the " + what + " in row " + row + " sums to " + sum + "; expected 1" + remedy);
            }
        }
    }

    /** Losses never broadcast. */
    public static void sameShape(String call, Value prediction, Value target) {
        if (!prediction.shape().equals(target.shape())) {
            throw new IllegalArgumentException(call + ": the prediction is " + prediction.shape() + " and the target "
                    + target.shape() + "; expected the same shape, losses do not broadcast");
        }
    }

    /** There is a label for each prediction. */
    public static void asMany(String call, int labels, int predictions) {
        if (labels != predictions) {
            throw new IllegalArgumentException(
                    call + ": " + labels + " labels, but " + predictions + " predictions; expected as many");
        }
    }

    /** There is a label for each prediction, and at least one. */
    public static void rows(String call, int labels, int predictions) {
        asMany(call, labels, predictions);
        if (labels == 0) {
            throw new IllegalArgumentException(call + ": 0 rows; expected at least 1");
        }
    }

    /** Each label is a class. */
    public static void classes(String call, int[] labels, int classes) {
        classes(call, labels, classes, OptionalInt.empty());
    }

    /** Each label is a class, or the one that is ignored. */
    public static void classes(String call, int[] labels, int classes, OptionalInt ignored) {
        for (int row = 0; row < labels.length; row++) {
            int label = labels[row];
            if (classes < 1) {
                throw new IllegalArgumentException(call + ": 0 classes; expected at least 1");
            }
            if ((label < 0 || label >= classes) && !(ignored.isPresent() && ignored.getAsInt() == label)) {
                throw new IllegalArgumentException(call + ": row " + row + " has label " + label + "; with " + classes
                        + " classes, expected 0 to " + (classes - 1));
            }
        }
    }
}
