package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every layer: the laws in its input, the gradient checker on its parameters. */
class LayerGradientsTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 12);

    /** Layers of any number of rows of three columns, by name. */
    private static final Map<String, Layer> LAYERS = new TreeMap<>(Map.ofEntries(
            Map.entry("Dense", new Dense(3, 2, 1)),
            Map.entry("Dense without bias", Dense.withoutBias(3, 4, Initialiser.heNormal(), 2)),
            Map.entry("Dropout", new Dropout(0.4, 3).at(7)),
            Map.entry("LayerNorm", shaken(new LayerNorm(3))),
            Map.entry("LayerNorm plain", LayerNorm.plain(0.01)),
            Map.entry("BatchNorm", shaken(new BatchNorm(3))),
            Map.entry(
                    "BatchNorm after training",
                    trained(shaken(new BatchNorm(3, 1e-3, 0.5))).inference()),
            Map.entry("Residual", Residual.of(Sequential.of(new Dense(3, 3, 4), Value::tanh))),
            Map.entry("Residual beside", Residual.concatenating(new Dense(3, 2, 5))),
            Map.entry("Temperature", new Temperature(1.75)),
            Map.entry("Sequential", Sequential.of(new Dense(3, 4, 6), Value::silu, new Dense(4, 2, 7))),
            Map.entry("softmax", x -> x.softmax(Per.ROW)),
            Map.entry("logSoftmax", x -> x.logSoftmax(Per.ROW)),
            Map.entry("softplus", Value::softplus),
            Map.entry("sigmoid", Value::sigmoid),
            Map.entry("gelu", Value::gelu)));

    /** max(x, 0)², an operation that core does not know, by the factories that are open to everybody. */
    private static final Operation SQUARED_RELU = Operation.unary(
            "squaredRelu",
            x -> Operation.map(x, v -> v > 0 ? v * v : v <= 0 ? 0 : Double.NaN),
            Rule.rule("2·relu(x) ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.relu().scale(2))));

    /** The same layer with parameters away from ones and zeros. */
    private static <L extends Layer> L shaken(L layer) {
        RandomStream random = new RandomStream(11);
        for (Parameter parameter : layer.parameters()) {
            SimpleMatrix matrix = parameter.value().matrix();
            for (int i = 0; i < matrix.getNumElements(); i++) {
                matrix.set(i, matrix.get(i) + 0.5 * random.nextGaussian());
            }
            parameter.set(matrix);
        }
        return layer;
    }

    private static BatchNorm trained(BatchNorm layer) {
        layer.at(0).forward(batch(5));
        return layer;
    }

    private static Value batch(long seed) {
        return Value.constant(Initialiser.normal(2).matrix(4, 3, new RandomStream(seed)));
    }

    @TestFactory
    Stream<DynamicNode> everyLawInTheInput() {
        return LAYERS.entrySet().stream().flatMap(entry -> {
            OperationCase row = OperationCase.unary(
                            entry.getKey(),
                            Matrices.distinct(new org.ejgrad.Shape(4, 3)).map(List::of),
                            entry.getValue()::forward,
                            x -> entry.getValue().forward(Value.constant(x)).matrix())
                    .upToOrder(2);
            return Stream.of(Law.values())
                    .filter(law -> law != Law.FORWARD_EQUALS_ORACLE)
                    // What depends on parameters is never a constant.
                    .filter(law -> law != Law.CONSTANTS_FOLD
                            || entry.getValue().parameters().isEmpty())
                    .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES)));
        });
    }

    @TestFactory
    Stream<DynamicNode> theParametersGradients() {
        return LAYERS.entrySet().stream()
                .filter(entry -> !entry.getValue().parameters().isEmpty())
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Layer layer = entry.getValue();
                    Map<String, Value> parameters = new TreeMap<>();
                    layer.parameters().forEach(p -> parameters.put(p.name(), p.value()));
                    Value loss = layer.forward(Value.variable("x", batch(9)))
                            .square()
                            .elementSum();
                    CheckReport report = GradientCheck.of(parameters, loss).run();
                    report.requirePassed();
                    int entries = parameters.values().stream()
                            .mapToInt(value -> value.shape().elements())
                            .sum();
                    assertEquals(entries, report.entries().size());
                }));
    }

    @Test
    void tablesProductsAndPenalties() {
        Embedding table = new Embedding(5, 3, 1);
        Bilinear product = new Bilinear(3, 2, 2);
        Value y = Value.constant(Initialiser.normal(1).matrix(4, 2, new RandomStream(3)));
        Value rows = table.rows(4, 0, 4, 2);
        Value scores = product.forward(rows, y);
        List<Parameter> all = new ArrayList<>(table.parameters());
        all.addAll(product.parameters());
        Value loss =
                scores.square().elementSum().plus(Penalty.l2(all, 0.3)).plus(Penalty.l1(product.parameters(), 0.7));
        GradientCheck.of(loss).run().requirePassed();
    }

    @Test
    void anOperationOfOnesOwnObeysTheLaws() {
        OperationCase row = OperationCase.unary(
                        "squaredRelu",
                        Matrices.one(Matrices.awayFrom(0)),
                        SQUARED_RELU::apply,
                        x -> org.ejgrad.laws.Oracles.map(x, v -> v > 0 ? v * v : 0))
                .at(3, 9, 6)
                .at(0, 0, 0)
                .at(-2, 0, 0)
                .at(Double.NaN, Double.NaN, Double.NaN)
                .anyShape();
        for (Law law : Law.values()) {
            law.check(row, TRIES);
        }
        assertEquals("2·relu(x) ⊙ dy", SQUARED_RELU.rules().get(0).formula());
    }
}
