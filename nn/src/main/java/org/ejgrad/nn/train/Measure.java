package org.ejgrad.nn.train;

import java.util.stream.IntStream;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Classification;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** A number that tells a person how good a network's outputs are; it takes no part in training. */
@FunctionalInterface
public interface Measure {
    /**
     * {@return the measurement, a mean over the examples}
     *
     * @param outputs a row per example
     * @param data the examples
     */
    double of(ConstMatrix<SimpleMatrix> outputs, Dataset data);

    /**
     * {@return the share of examples whose largest output is at their class; for a single output, whose output is
     * positive exactly if the class is 1; NaN where an output is NaN}
     */
    static Measure accuracy() {
        return (outputs, data) ->
                IntStream.range(0, outputs.getNumElements()).anyMatch(i -> Double.isNaN(outputs.get(i)))
                        ? Double.NaN
                        : Classification.accuracy(data.labels(), outputs);
    }
}
