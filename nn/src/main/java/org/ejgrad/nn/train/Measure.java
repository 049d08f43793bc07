package org.ejgrad.nn.train;

import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** A number that tells a person how good a network's outputs are; it takes no part in training. */
@FunctionalInterface
public interface Measure {
    /**
     * Measures outputs.
     *
     * @param outputs a row per example
     * @param data the examples
     * @return the measurement, a mean over the examples
     */
    double of(ConstMatrix<SimpleMatrix> outputs, Dataset data);

    /**
     * The share of examples whose largest output is at their class; for a single output, whose output is positive
     * exactly if the class is 1.
     *
     * @return a measure from 0 to 1
     */
    static Measure accuracy() {
        return (outputs, data) -> {
            int[] labels = data.labels();
            int right = 0;
            for (int row = 0; row < labels.length; row++) {
                if (predicted(outputs, row) == labels[row]) {
                    right++;
                }
            }
            return (double) right / labels.length;
        };
    }

    private static int predicted(ConstMatrix<SimpleMatrix> outputs, int row) {
        if (outputs.getNumCols() == 1) {
            return outputs.get(row, 0) > 0 ? 1 : 0;
        }
        int best = 0;
        for (int column = 1; column < outputs.getNumCols(); column++) {
            if (outputs.get(row, column) > outputs.get(row, best)) {
                best = column;
            }
        }
        return best;
    }
}
