package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** A layer that stands in several places has its parameters once, under the name of the first place. */
class SharedLayersTest {
    private static List<String> names(List<Parameter> parameters) {
        return parameters.stream().map(Parameter::name).toList();
    }

    @Test
    void parametersOfASharedLayerAreListedOnce() {
        Dense d = new Dense(3, 3, 1);
        assertEquals(List.of("0.weight", "0.bias"), names(Sequential.of(d, d).parameters()));
        assertEquals(
                List.of("0.weight", "0.bias", "2.weight", "2.bias"),
                names(Sequential.of(d, Value::tanh, new Dense(3, 3, 2), d, Residual.of(d))
                        .parameters()));
        assertEquals(
                List.of("0.0.weight", "0.0.bias", "1.1.weight", "1.1.bias"),
                names(Sequential.of(
                                Sequential.of(d, Value::tanh),
                                Residual.concatenating(Sequential.of(d, new Dense(3, 3, 2))),
                                d)
                        .parameters()));
        Embedding table = new Embedding(4, 2, 1);
        assertEquals(
                List.of("0.weight"),
                names(Sequential.of(table, table.padding(0)).parameters()));
    }

    @Test
    void statisticsOfASharedLayerAreListedOnce() {
        BatchNorm norm = new BatchNorm(3);
        Sequential network = Sequential.of(norm, Value::tanh, Residual.of(norm));
        assertEquals(List.of("0.mean", "0.variance"), names(network.statistics()));
        assertEquals(List.of("0.weight", "0.bias"), names(network.inference().parameters()));
    }

    @Test
    void aSharedLayerIsSavedLoadedAndTrainedOnce() {
        Dense d = Dense.withoutBias(new SimpleMatrix(1, 1, true, 3.0));
        Sequential network = Sequential.of(d, d);
        NamedMatrices saved = Weights.of(network);
        assertEquals("[0.weight 1x1]", saved.toString());
        // The loss w²·x has slope 2wx.
        Value x = Value.constant(1);
        Optimizer.of(network.parameters(), Sgd.rate(0.5))
                .step(network.forward(x).gradients());
        assertEquals(3 - 0.5 * 6, d.weight().value().scalar());
        Dense other = Dense.withoutBias(new SimpleMatrix(1, 1));
        Weights.into(Sequential.of(other, other), saved, Weights.Numbers.FINITE);
        assertArrayEquals(
                new double[] {9},
                Sequential.of(other, other).forward(x).matrix().getDDRM().data);
    }
}
