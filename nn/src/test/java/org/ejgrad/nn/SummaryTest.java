package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What a network and its optimizer say of themselves. */
class SummaryTest {
    private static final Dense HIDDEN = new Dense(4, 4, 1);

    @Test
    void methodReferencesAreCalledByTheirOperation() {
        SimpleMatrix weights = SimpleMatrix.identity(4);
        Sequential network = Sequential.of(
                HIDDEN,
                Value::tanh,
                x -> x.leakyRelu(0.1),
                x -> x.mult(Value.constant(weights)),
                x -> x.scale(2).tanh(),
                x -> x,
                Residual.of(Value::sigmoid));
        assertEquals(
                "Sequential[Dense(4, 4), tanh, leakyRelu(0.1), layer, layer, layer, Residual(sigmoid)]",
                network.toString());
    }

    @Test
    void aSummaryIsATableWithTheTotal() {
        Sequential network = Sequential.of(
                HIDDEN, Value::relu, new Dropout(0.5, 1), new BatchNorm(4), HIDDEN, x -> x.softmax(Per.ROW));
        Summary summary = network.summary(4);
        assertEquals(28, summary.parameters());
        assertEquals(new Summary.Line("Dense(4, 4)", 4, 20), summary.lines().get(4));
        assertEquals(
                List.of("Dense(4, 4)", "relu", "Dropout(0.5)", "BatchNorm(4)", "Dense(4, 4)", "softmax(ROW)"),
                summary.lines().stream().map(Summary.Line::layer).toList());
        assertEquals(
                List.of(
                        "layer        columns  parameters",
                        "input              4",
                        "Dense(4, 2)        2          10",
                        "10 parameters"),
                new Dense(4, 2, 1)
                        .summary(4)
                        .toString()
                        .lines()
                        .map(String::stripTrailing)
                        .toList());
    }

    @Test
    void aSummaryOfOtherInputsIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> HIDDEN.summary(3));
        assertThrows(IllegalArgumentException.class, () -> HIDDEN.summary(0));
    }

    @Test
    void anOptimizerSaysItsRuleAndHowFarItIs() {
        Dense layer = new Dense(1, 1, 1);
        Optimizer optimizer = Optimizer.of(layer.parameters(), Adam.rate(0.01));
        optimizer.step(layer.forward(Value.constant(2)).square().gradients());
        assertEquals("Optimizer[" + Adam.rate(0.01).description() + ", 2 parameters, 1 steps]", optimizer.toString());
    }
}
