package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

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

    /**
     * {@return what tells this objective from others, for the record of a run: the loss and all its options;
     * {@code custom} for a lambda}
     */
    default String description() {
        return "custom";
    }

    /**
     * {@return a function as an objective, with the text that tells it from others}
     *
     * @param loss the loss of each batch
     */
    static Objective of(String description, Objective loss) {
        return new Described(description, requireNonNull(loss, "loss"));
    }

    /**
     * An objective that can say what it is.
     *
     * @param description the loss and its options
     * @param function the loss of each batch
     */
    record Described(String description, Objective function) implements Objective {
        public Described {
            requireNonNull(description, "description");
            requireNonNull(function, "function");
        }

        @Override
        public Value loss(Value outputs, Dataset batch) {
            return function.loss(requireNonNull(outputs, "outputs"), requireNonNull(batch, "batch"));
        }
    }

    /**
     * {@return mean softmax cross-entropy of logits against class indices: one class per example; as
     * {@link Dataset#labels}, it refuses regression data sets by an IllegalStateException}
     */
    static Objective softmaxCrossEntropy() {
        return of(
                "softmaxCrossEntropy",
                (outputs, batch) -> CrossEntropy.fromLogits(
                        requireNonNull(outputs, "outputs"),
                        requireNonNull(batch, "batch").labels()));
    }

    /** {@return mean sigmoid cross-entropy of logits against targets from 0 to 1, one column per label} */
    static Objective sigmoidCrossEntropy() {
        return of(
                "sigmoidCrossEntropy",
                (outputs, batch) -> BinaryCrossEntropy.fromLogits(
                        requireNonNull(outputs, "outputs"),
                        Value.constant(requireNonNull(batch, "batch").targets())));
    }

    /** {@return mean squared error against the targets: regression} */
    static Objective squaredError() {
        return of(
                "squaredError",
                (outputs, batch) -> Regression.squaredError(
                        requireNonNull(outputs, "outputs"),
                        Value.constant(requireNonNull(batch, "batch").targets())));
    }
}
