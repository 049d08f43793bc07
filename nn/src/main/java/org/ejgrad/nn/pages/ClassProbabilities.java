package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** What a trained network's outputs say of each class. */
final class ClassProbabilities {
    private ClassProbabilities() {}

    /** A row per row of inputs: softmax of a logit per class, or sigmoid of one logit for the second of two classes. */
    static SimpleMatrix of(Layer network, ConstMatrix<?> inputs, int classes) {
        Value outputs = outputs(network, inputs);
        if (classes == 2 && outputs.getNumCols() == 1) {
            Value positive = outputs.sigmoid();
            return Value.constant(1).minus(positive).concatColumns(positive).matrix();
        }
        if (outputs.getNumCols() != classes) {
            throw new IllegalArgumentException("the network returned " + outputs.shape() + " for " + classes
                    + " classes; expected a logit for each, or one for two");
        }
        return outputs.softmax(Per.ROW).matrix();
    }

    /** What a network makes of some rows after training. */
    static Value outputs(Layer network, ConstMatrix<?> inputs) {
        Layer trained = requireNonNull(network.inference(), "what the network's inference() returned");
        Value outputs = trained.forward(Value.constant(inputs));
        if (outputs == null || outputs.getNumRows() != inputs.getNumRows()) {
            throw new IllegalArgumentException("of " + inputs.getNumRows() + " rows the network made "
                    + (outputs == null ? "null" : outputs.shape()) + "; expected a row for each");
        }
        return outputs;
    }
}
