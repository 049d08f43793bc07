package org.ejgrad.examples.remedies;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Penalty;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;

/**
 * What is done against over-fitting.
 *
 * @param name what the table calls it
 * @param dropout the probability of a hidden unit to be dropped
 * @param penalty on the weights, added to the loss
 * @param patience how many epochs without progress on the validation rows are accepted
 */
record Remedy(String name, double dropout, Function<List<Parameter>, Value> penalty, int patience) {
    private static final int HIDDEN = 64;

    static Remedy nothing() {
        return new Remedy("nothing", 0, weights -> Value.constant(0), Integer.MAX_VALUE);
    }

    Remedy named(String other) {
        return new Remedy(other, dropout, penalty, patience);
    }

    Remedy dropout(double probability) {
        return new Remedy(name, probability, penalty, patience);
    }

    Remedy l1(double factor) {
        return new Remedy(name, dropout, weights -> Penalty.l1(weights, factor), patience);
    }

    Remedy l2(double factor) {
        return new Remedy(name, dropout, weights -> Penalty.l2(weights, factor), patience);
    }

    Remedy patience(int epochs) {
        return new Remedy(name, dropout, penalty, epochs);
    }

    /** Two hidden layers, far more than the data need. */
    Sequential network(int inputs, int classes, long seed) {
        List<Layer> layers = new ArrayList<>();
        int width = inputs;
        for (int i = 0; i < 2; i++) {
            layers.add(new Dense(width, HIDDEN, Initialiser.heUniform(), seed + i));
            layers.add(Value::relu);
            layers.add(new Dropout(dropout, seed));
            width = HIDDEN;
        }
        layers.add(new Dense(width, classes, seed + 2));
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    Objective objective(Sequential network) {
        List<Parameter> weights = Penalty.withoutBiases(network.parameters());
        return (logits, batch) ->
                CrossEntropy.fromLogits(logits, batch.labels()).plus(penalty.apply(weights));
    }

    /** The cross-entropy without the penalty. */
    static Measure loss() {
        return (logits, data) ->
                CrossEntropy.fromLogits(Value.constant(logits), data.labels()).scalar();
    }
}
