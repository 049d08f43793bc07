package org.ejgrad.examples;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * A trained network and how it came about.
 *
 * @param problem what it learnt
 * @param recipe how
 * @param network the layers, from inputs to logits
 * @param epochs the losses after each epoch
 * @param confusion how it does on the test rows
 * @param seconds how long training took
 */
record Trained(
        Problem problem,
        Recipe recipe,
        Sequential network,
        List<Epoch> epochs,
        ConfusionMatrix confusion,
        double seconds) {
    /**
     * One pass over the training rows.
     *
     * @param number from 1
     * @param trainLoss the mean cross-entropy of the epoch's batches, in nats
     * @param testLoss the mean cross-entropy of the test rows after it
     * @param testAccuracy the share of test rows predicted correctly after it
     */
    record Epoch(int number, double trainLoss, double testLoss, double testAccuracy) {}

    Epoch last() {
        return epochs.get(epochs.size() - 1);
    }

    double accuracy() {
        return confusion.accuracy();
    }

    /** For example {@code 4-16-3 tanh}. */
    String shape() {
        return recipe.shape(problem.train().features(), problem.train().classes());
    }

    int parameterCount() {
        return network.parameters().stream()
                .mapToInt(parameter -> parameter.value().shape().elements())
                .sum();
    }

    /** The probability of each class, a row per row of inputs. */
    ConstMatrix<SimpleMatrix> probabilities(ConstMatrix<?> inputs) {
        return network.inference().forward(Value.constant(inputs)).softmaxRows().matrix();
    }
}
