package org.ejgrad.nn.train;

import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Regression;

/** What training makes small: a number computed from a network's outputs and the batch they belong to. */
@FunctionalInterface
public interface Objective {
    /**
     * The loss of a batch.
     *
     * @param outputs the network's outputs, a row per example
     * @param batch the examples
     * @return a 1x1 value, the mean over the examples
     */
    Value loss(Value outputs, Dataset batch);

    /**
     * Mean softmax cross-entropy of logits against class indices.
     *
     * @return the objective of classification with one class per example
     */
    static Objective softmaxCrossEntropy() {
        return (outputs, batch) -> CrossEntropy.fromLogits(outputs, batch.labels());
    }

    /**
     * Mean sigmoid cross-entropy of logits against targets from 0 to 1, one column per label.
     *
     * @return the objective of binary and of multi-label classification
     */
    static Objective sigmoidCrossEntropy() {
        return (outputs, batch) -> BinaryCrossEntropy.fromLogits(outputs, Value.constant(batch.targets()));
    }

    /**
     * Mean squared error against the targets.
     *
     * @return the objective of regression
     */
    static Objective squaredError() {
        return (outputs, batch) -> Regression.squaredError(outputs, Value.constant(batch.targets()));
    }
}
