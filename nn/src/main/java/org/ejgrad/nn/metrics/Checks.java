package org.ejgrad.nn.metrics;

import org.ejml.simple.ConstMatrix;

/** What the metrics refuse, and the words they refuse it with. */
final class Checks {
    private static final double SUM_TOLERANCE = 1e-6;

    private Checks() {}

    static void sameRows(String call, int expected, int found) {
        if (expected != found) {
            throw new IllegalArgumentException(
                    call + ": " + expected + " labels, but " + found + " predictions; expected as many");
        }
        if (expected == 0) {
            throw new IllegalArgumentException(call + ": 0 rows; expected at least 1");
        }
    }

    static void label(String call, int row, int label, int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException(call + ": 0 classes; expected at least 1");
        }
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException(call + ": row " + row + " has label " + label + "; with " + classes
                    + " classes, expected 0 to " + (classes - 1));
        }
    }

    static void probability(String call, int row, int column, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(call + ": row " + row + ", column " + column + " is " + probability
                    + "; expected a probability in [0, 1]");
        }
    }

    static void distributions(String call, ConstMatrix<?> probabilities) {
        for (int i = 0; i < probabilities.getNumRows(); i++) {
            double sum = 0;
            for (int j = 0; j < probabilities.getNumCols(); j++) {
                probability(call, i, j, probabilities.get(i, j));
                sum += probabilities.get(i, j);
            }
            if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException(
                        call + ": the probabilities of row " + i + " sum to " + sum + "; expected 1");
            }
        }
    }
}
