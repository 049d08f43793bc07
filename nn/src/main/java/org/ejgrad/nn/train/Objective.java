package org.ejgrad.nn.train;

import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Regression;

/** What training makes small: a number computed from a network's outputs and the batch they belong to. */
@FunctionalInterface
public interface Objective {
    /** {@return the loss of a batch, 1x1, the mean over its examples; the outputs have a row per example} */
    Value loss(Value outputs, Dataset batch);

    /** {@return mean softmax cross-entropy of logits against class indices: one class per example} */
    static Objective softmaxCrossEntropy() {
        return (outputs, batch) -> CrossEntropy.fromLogits(outputs, batch.labels());
    }

    /** {@return mean sigmoid cross-entropy of logits against targets from 0 to 1, one column per label} */
    static Objective sigmoidCrossEntropy() {
        return (outputs, batch) -> BinaryCrossEntropy.fromLogits(outputs, Value.constant(batch.targets()));
    }

    /** {@return mean squared error against the targets: regression} */
    static Objective squaredError() {
        return (outputs, batch) -> Regression.squaredError(outputs, Value.constant(batch.targets()));
    }
}
