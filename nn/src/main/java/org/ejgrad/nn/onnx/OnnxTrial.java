package org.ejgrad.nn.onnx;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.model.Outputs;
import org.ejgrad.show.Graph;
import org.ejgrad.show.Node;

/**
 * A network applied to a number of rows, and the graph that this records as a model's nodes.
 *
 * <p>A matrix that was repeated for every row is written as the one row that it was, since ONNX repeats it by itself.
 */
final class OnnxTrial {
    static final String INPUT = "input";
    static final String LOGITS = "logits";
    static final String PROBABILITIES = "probabilities";
    static final String PREDICTIONS = "predictions";

    private final Layer network;
    private final int rows;
    private final Value input;
    private final Value outputs;

    /** What is computed, with its name; each thing from those before it. */
    private final Map<Value, String> results = new LinkedHashMap<>();

    private final Map<Value, String> layers = new HashMap<>();

    /** What is written of a value. */
    private record Written(String name, Shape shape) {}

    /** A classifier: what ends in a sigmoid or a softmax ends in probabilities, of anything else they are taken. */
    OnnxTrial(Layer network, int inputs, int rows, OnnxModel.Columns columns) {
        this(network, inputs, rows);
        Operation last = outputs.operation();
        if (last == Value.SIGMOID || last == Value.SOFTMAX.of(Per.ROW)) {
            results.put(outputs.inputs().get(0), LOGITS);
            results.put(outputs, PROBABILITIES);
        } else {
            results.put(outputs, LOGITS);
            results.put(
                    columns == OnnxModel.Columns.LABELS || outputs.getNumCols() == 1
                            ? outputs.sigmoid()
                            : outputs.softmax(Per.ROW),
                    PROBABILITIES);
        }
        requireRows();
    }

    /** A network whose outputs mean what a model says, under this name where they are no logits. */
    OnnxTrial(Layer network, int inputs, int rows, Outputs meaning, String name) {
        this(network, inputs, rows);
        if (meaning == Outputs.IDENTITY) {
            results.put(outputs, name);
        } else {
            results.put(outputs, LOGITS);
            results.put(meaning.apply(outputs), PROBABILITIES);
        }
        requireRows();
    }

    private OnnxTrial(Layer network, int inputs, int rows) {
        this.network = network;
        this.rows = rows;
        this.input = Value.variable(INPUT, Value.zeros(new Shape(rows, inputs)));
        this.outputs = applied();
    }

    private void requireRows() {
        Value first = results.keySet().iterator().next();
        if (first.getNumRows() != rows
                || Graph.of(first).nodes().stream()
                        .noneMatch(node -> node.value().equals(input))) {
            throw new IllegalArgumentException("ONNX: of " + rows + " rows the network makes " + first.shape()
                    + "; expected a row for each, which depends on it");
        }
    }

    /** The names of what is computed. */
    Collection<String> results() {
        return results.values();
    }

    int inputColumns() {
        return input.getNumCols();
    }

    int outputColumns() {
        return outputs.getNumCols();
    }

    /** Applies the network layer by layer, to know which layer recorded what. */
    private Value applied() {
        Layer inference = OnnxLayers.recording(network);
        if (!(inference instanceof Sequential sequential)) {
            return requireNonNull(inference.forward(input), "what the network's forward() returned");
        }
        Value value = input;
        List<Layer> parts = sequential.layers();
        for (int i = 0; i < parts.size(); i++) {
            try {
                value = requireNonNull(parts.get(i).forward(value), "what layer " + i + " returned");
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("layer " + i + ": " + e.getMessage(), e);
            }
            String layer = "layer " + i + ": ";
            Graph.of(value).nodes().forEach(node -> layers.putIfAbsent(node.value(), layer));
        }
        return value;
    }

    /** Writes everything that the results depend on. */
    void write(OnnxGraph graph) {
        Map<Value, String> parameters = new HashMap<>();
        Stream.concat(
                        Require.elements(network.parameters(), "the network's parameters()").stream(),
                        Require.elements(network.statistics(), "the network's statistics()").stream())
                .forEach(each -> parameters.computeIfAbsent(each.value(), value -> graph.unique(each.name())));
        new Writing(graph, parameters).run();
    }

    /** One pass over the graph. */
    private final class Writing {
        private final OnnxGraph graph;
        private final Map<Value, String> parameters;
        private final Map<Value, Written> written = new HashMap<>();
        private final Map<Value, Written> firstRows = new HashMap<>();

        Writing(OnnxGraph graph, Map<Value, String> parameters) {
            this.graph = graph;
            this.parameters = parameters;
            written.put(input, new Written(INPUT, input.shape()));
        }

        void run() {
            String copy = results.get(input);
            if (copy != null) {
                graph.named(copy, "Identity", List.of(INPUT));
                written.put(input, new Written(copy, input.shape()));
            }
            List<Value> all = List.copyOf(results.keySet());
            for (Node node : Graph.of(all.get(all.size() - 1)).nodes()) {
                Value value = node.value();
                boolean isOperation = !value.inputs().isEmpty() && !isRepeated(value);
                if (isOperation) {
                    add(value);
                }
            }
            all.forEach(each -> require(written.containsKey(each), each));
        }

        private void add(Value value) {
            List<Written> operands = new ArrayList<>();
            value.inputs().forEach(each -> operands.add(operand(each, value)));
            List<String> names = operands.stream().map(Written::name).toList();
            String name = OnnxLayers.write(graph, value, names)
                    .or(() -> OnnxImages.write(graph, value, names))
                    .or(() -> OnnxOperator.write(graph, value, names))
                    .orElseThrow(() -> refusal(value));
            if (OnnxOperator.broadcasts(value.operation())) {
                int most = operands.stream()
                        .mapToInt(each -> each.shape().rows())
                        .max()
                        .orElse(0);
                int widest = operands.stream()
                        .mapToInt(each -> each.shape().columns())
                        .max()
                        .orElse(0);
                require(new Shape(most, widest).equals(value.shape()), value);
            }
            String given = results.getOrDefault(value, name);
            if (!given.equals(name)) {
                graph.renameLast(given);
            }
            written.put(value, new Written(given, value.shape()));
        }

        private Written operand(Value operand, Value user) {
            Written known = written.get(operand);
            if (known != null) {
                return known;
            }
            if (isRepeated(operand)) {
                require(OnnxOperator.broadcasts(user.operation()), operand);
                return operand(operand.inputs().get(0), user);
            }
            if (OnnxOperator.broadcasts(user.operation()) && isOneRowRepeated(operand)) {
                return firstRows.computeIfAbsent(operand, each -> initializer(each.getRow(0), graph.fresh()));
            }
            String name = parameters.getOrDefault(operand, "");
            Written initializer = initializer(operand, name.isEmpty() ? graph.fresh() : name);
            written.put(operand, initializer);
            return initializer;
        }

        private Written initializer(Value matrix, String name) {
            graph.initializer(name, matrix);
            return new Written(name, matrix.shape());
        }

        private void require(boolean isKnown, Value value) {
            if (!isKnown) {
                throw refusal(value);
            }
        }

        private IllegalArgumentException refusal(Value value) {
            return new IllegalArgumentException("ONNX: " + layers.getOrDefault(value, "") + "the operation "
                    + value.operation() + " cannot be exported" + (isRepeated(value) ? " there" : "")
                    + "; expected one of " + OnnxOperator.known());
        }
    }

    private static boolean isRepeated(Value value) {
        return Value.BROADCAST_TO.contains(value.operation());
    }

    /** Whether all rows of a constant are alike: a row that was repeated for each example, pixel or step. */
    private static boolean isOneRowRepeated(Value constant) {
        for (int row = 1; row < constant.getNumRows(); row++) {
            for (int column = 0; column < constant.getNumCols(); column++) {
                if (Double.compare(constant.get(row, column), constant.get(0, column)) != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
