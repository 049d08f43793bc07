package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class NetworkCheckTest {
    private static final Value POINTS = Value.constant(new double[][] {{0, 1}, {1, 0}, {1, 1}});

    private static List<String> names(CheckReport report) {
        return report.entries().stream().map(CheckedEntry::parameter).distinct().toList();
    }

    private static String refusal(Layer network, Value loss) {
        return assertThrows(IllegalArgumentException.class, () -> NetworkCheck.of(network, loss))
                .getMessage();
    }

    @Test
    void theReportSpeaksOfTheNetworksParameters() {
        Layer network = Sequential.of(new Dense(2, 3, 1), Value::tanh, new Dense(3, 1, 2));
        CheckReport report = NetworkCheck.of(
                        network, network.forward(POINTS).square().mean())
                .run();
        report.requirePassed();
        assertEquals(List.of("0.weight", "0.bias", "2.weight", "2.bias"), names(report));
        assertEquals(13, report.entries().size());
    }

    @Test
    void aSharedLayerIsCheckedOnce() {
        Dense shared = new Dense(2, 2, 1);
        Layer network = Sequential.of(shared, Value::tanh, shared);
        CheckReport report =
                NetworkCheck.of(network, network.forward(POINTS).mean()).run();
        report.requirePassed();
        assertEquals(List.of("0.weight", "0.bias"), names(report));
    }

    @Test
    void equalNamesAreNumbered() {
        Parameter one = new Parameter("weight", new SimpleMatrix(new double[][] {{1}, {2}}));
        Parameter other = new Parameter("weight", new SimpleMatrix(new double[][] {{3}}));
        Parameter third = new Parameter("weight", new SimpleMatrix(new double[][] {{4}}));
        Layer layer = new Layer() {
            @Override
            public Value forward(Value input) {
                return input.mult(one.value()).mult(other.value()).mult(third.value());
            }

            @Override
            public List<Parameter> parameters() {
                return List.of(one, other, one, third);
            }
        };
        assertEquals(
                List.of("weight", "weight#2", "weight#3"),
                names(NetworkCheck.of(layer, layer.forward(POINTS)).run().requirePassed()));
    }

    @Test
    void aWrongRuleIsFoundInsideTheNetwork() {
        Operation wrong = Operation.unary(
                "wrong", x -> Operation.map(x, v -> v * v), Rule.rule("x ⊙ dy", (x, y, dy) -> dy.timesOrZero(x)));
        Layer network = Sequential.of(new Dense(2, 2, 1), wrong::apply);
        CheckReport report =
                NetworkCheck.of(network, network.forward(POINTS).mean()).run();
        assertTrue(report.refuted());
        assertTrue(report.toString().contains("0.weight["), report.toString());
    }

    @Test
    void aLossWithoutAParameterIsRefused() {
        Layer network = Sequential.of(new Dense(2, 2, 1), new Dense(2, 1, 2));
        Value loss = network.forward(POINTS).mean();
        Layer longer = Sequential.of(network, new Dense(1, 1, 3));
        assertEquals(
                "NetworkCheck.of: the loss does not depend on 1.weight, 1.bias; expected one computed from all"
                        + " parameters of the network as they are now",
                refusal(longer, loss));
        network.parameters().get(0).set(new SimpleMatrix(2, 2));
        assertTrue(refusal(network, loss).contains("does not depend on 0.weight; expected"));
        assertTrue(refusal(network, Value.constant(1)).contains("0.weight, 0.bias, 1.weight, 1.bias"));
        assertTrue(refusal(Value::tanh, loss).contains("the network has no parameters; expected at least one"));
    }
}
