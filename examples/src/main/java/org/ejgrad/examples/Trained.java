package org.ejgrad.examples;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.train.History;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * A trained network and how it came about.
 *
 * @param problem what it learnt
 * @param recipe how
 * @param network the layers, from inputs to logits
 * @param history the losses of each epoch
 * @param confusion how it does on the test rows
 * @param seconds how long training took
 */
record Trained(
        Problem problem,
        Recipe recipe,
        Sequential network,
        History history,
        ConfusionMatrix confusion,
        double seconds) {
    /** The test rows' mean cross-entropy after the last epoch, in nats. */
    double testLoss() {
        return history.last().validationLoss().orElseThrow();
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
        return network.inference()
                .forward(Value.constant(inputs))
                .softmax(Per.ROW)
                .matrix();
    }
}
