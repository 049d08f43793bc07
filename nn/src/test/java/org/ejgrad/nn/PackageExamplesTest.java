package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.junit.jupiter.api.Test;

/** Runs the examples in the descriptions of the packages for layers and losses. */
class PackageExamplesTest {
    @Test
    void layers() {
        Layer network = Sequential.of(new Dense(2, 8, 1), Value::tanh, new Dense(8, 1, 2));
        Value x = Value.constant(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Value xor = Value.constant(new double[][] {{0}, {1}, {1}, {0}});
        Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.05));
        for (int step = 0; step < 200; step++) {
            Value loss = BinaryCrossEntropy.fromLogits(network.at(step).forward(x), xor);
            optimizer.step(loss.gradients());
        }
        double sure = network.inference().forward(x).sigmoid().get(1, 0);
        assertTrue(sure > 0.9, "sure to " + sure);
    }

    @Test
    void losses() {
        Value logits = Value.variable("logits", new double[][] {{2, 1, 0}, {0, 1, 3}});
        Value byIndex = CrossEntropy.fromLogits(logits, 0, 2);
        Value weighted = CrossEntropy.fromLogits(
                logits, new int[] {0, 2}, ClassOptions.DEFAULT.weights(1, 1, 5).reduction(Reduction.WEIGHTED_MEAN));
        Value soft = Value.constant(new double[][] {{0.9, 0.1, 0}, {0, 0, 1}});
        Value rows = CrossEntropy.fromLogits(logits, soft, ClassOptions.DEFAULT.reduction(Reduction.NONE));
        Value slope = byIndex.gradients().of(logits);
        double first = Math.log(1 + Math.exp(-1) + Math.exp(-2));
        double second = Math.log(1 + Math.exp(-2) + Math.exp(-3));
        assertEquals((first + second) / 2, byIndex.scalar(), 1e-15);
        assertEquals((first + 5 * second) / 6, weighted.scalar(), 1e-15);
        assertEquals(first + 0.1, rows.get(0, 0), 1e-15);
        assertEquals((Math.exp(-first) - 1) / 2, slope.get(0, 0), 1e-15);
    }
}
