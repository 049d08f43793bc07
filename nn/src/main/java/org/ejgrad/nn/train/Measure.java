package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Classification;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** A number that tells a person how good a network's outputs are; it takes no part in training. */
@FunctionalInterface
public interface Measure {
    /**
     * {@return the measurement of whole sets: all rows of an epoch, or all of the validation set}
     *
     * @param outputs a row per example, without NaN
     * @param data the examples
     */
    double of(ConstMatrix<SimpleMatrix> outputs, Dataset data);

    /**
     * {@return the share of examples whose largest output is at their class; for a single output, whose output is
     * positive exactly if the class is 1; outputs that are NaN are refused, and, as by {@link Dataset#labels},
     * regression data sets}
     */
    static Measure accuracy() {
        return (outputs, data) -> {
            requireNonNull(outputs, "outputs");
            return Classification.accuracy(requireNonNull(data, "data").labels(), outputs);
        };
    }
}
