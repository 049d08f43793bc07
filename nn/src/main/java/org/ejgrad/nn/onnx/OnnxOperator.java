package org.ejgrad.nn.onnx;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ejgrad.Family;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.OperationNames;

/** What ONNX calls our operations: those that treat each row by itself, so that a model takes any number of rows. */
final class OnnxOperator {
    private static final Map<Operation, String> NAMES = Map.ofEntries(
            entry(Value.AFFINE, "Gemm"),
            entry(Value.MULT, "MatMul"),
            entry(Value.PLUS, "Add"),
            entry(Value.MINUS, "Sub"),
            entry(Value.ELEMENT_MULT, "Mul"),
            entry(Value.ELEMENT_DIV, "Div"),
            entry(Value.NEGATIVE, "Neg"),
            entry(Value.RECIPROCAL, "Reciprocal"),
            entry(Value.SQRT, "Sqrt"),
            entry(Value.EXP, "Exp"),
            entry(Value.LOG, "Log"),
            entry(Value.ABS, "Abs"),
            entry(Value.ERF, "Erf"),
            entry(Value.RELU, "Relu"),
            entry(Value.SELU, "Selu"),
            entry(Value.TANH, "Tanh"),
            entry(Value.SIGMOID, "Sigmoid"),
            entry(Value.SOFTPLUS, "Softplus"),
            entry(Value.SOFTSIGN, "Softsign"));

    private static final Map<Operation, String> ALONG_ROWS =
            Map.of(Value.SOFTMAX.of(Per.ROW), "Softmax", Value.LOG_SOFTMAX.of(Per.ROW), "LogSoftmax");

    private static final Map<Family<Double>, String> WITH_ALPHA =
            Map.of(Value.LEAKY_RELU, "LeakyRelu", Value.ELU, "Elu");

    private static final Map<Family<Double>, String> WITH_NUMBER =
            Map.of(Value.SHIFT, "Add", Value.SCALE, "Mul", Value.DIVIDE, "Div", Value.POWER_OF, "Pow");

    /** Those that ONNX composes of others. */
    private static final Map<Operation, Recipe> COMPOSED = Map.ofEntries(
            entry(Value.SQUARE, (graph, x) -> graph.node("Mul", List.of(x, x))),
            entry(Value.RSQRT, (graph, x) -> graph.node("Reciprocal", List.of(graph.node("Sqrt", List.of(x))))),
            entry(Value.SILU, (graph, x) -> graph.node("Mul", List.of(x, graph.node("Sigmoid", List.of(x))))),
            entry(Value.MISH, OnnxOperator::mish),
            entry(Value.LOG_SIGMOID, OnnxOperator::logSigmoid),
            entry(Value.GELU, OnnxOperator::gelu),
            entry(Value.GELU_TANH, OnnxOperator::geluTanh),
            entry(Value.TANHSHRINK, (graph, x) -> graph.node("Sub", List.of(x, graph.node("Tanh", List.of(x))))),
            entry(Value.RELU6, OnnxOperator::relu6),
            entry(Value.HARD_SIGMOID, OnnxOperator::hardSigmoid),
            entry(Value.HARD_SWISH, (graph, x) -> graph.node("Mul", List.of(x, hardSigmoid(graph, x)))),
            entry(
                    Value.SUM.of(Per.ROW),
                    (graph, x) ->
                            graph.node("ReduceSum", List.of(x, graph.integers(1)), OnnxGraph.integer("keepdims", 1))),
            entry(Value.MEAN.of(Per.ROW), OnnxOperator::mean),
            entry(Value.CENTRE.of(Per.ROW), (graph, x) -> graph.node("Sub", List.of(x, mean(graph, x)))));

    /** Those that ONNX Runtime knows for floats only, of others for doubles. */
    private static final Map<Operation, Recipe> COMPOSED_OF_DOUBLES = Map.of(
            Value.SOFTPLUS, OnnxOperator::softplus,
            Value.LOG_SIGMOID, (graph, x) -> negative(graph, softplus(graph, negative(graph, x))),
            Value.MISH, (graph, x) -> graph.node("Mul", List.of(x, graph.node("Tanh", List.of(softplus(graph, x))))),
            Value.SILU, (graph, x) -> graph.node("Div", List.of(x, plus(graph, exp(graph, negative(graph, x)), 1))),
            Value.SOFTSIGN, (graph, x) -> graph.node("Div", List.of(x, plus(graph, graph.node("Abs", List.of(x)), 1))),
            Value.SELU,
                    (graph, x) -> graph.node(
                            "Mul", List.of(elu(graph, x, 1.6732632423543772), graph.number(1.0507009873554805))));

    /** Operators whose operands ONNX repeats along rows and columns by itself. */
    private static final Set<Operation> BROADCASTING =
            Set.of(Value.PLUS, Value.MINUS, Value.ELEMENT_MULT, Value.ELEMENT_DIV);

    /** Writes an operation of one input as several nodes and gives the name of the last. */
    @FunctionalInterface
    private interface Recipe {
        String write(OnnxGraph graph, String x);
    }

    private OnnxOperator() {}

    /** Whether operands may be smaller than the result. */
    static boolean broadcasts(Operation operation) {
        return BROADCASTING.contains(operation);
    }

    /** Writes what an operation of ours made and gives the name of the result; nothing where it is not known here. */
    static Optional<String> write(OnnxGraph graph, Value value, List<String> inputs) {
        Operation operation = value.operation();
        if (Value.CONCAT_COLUMNS.contains(operation)) {
            return Optional.of(graph.node("Concat", inputs, OnnxGraph.integer("axis", 1)));
        }
        if (Value.RESHAPE.contains(operation)) {
            return Optional.of(graph.node("Reshape", List.of(inputs.get(0), graph.integers(-1, value.getNumCols()))));
        }
        if (Value.SLICE.contains(operation)) {
            return columns(graph, value, inputs.get(0));
        }
        if (operation.name().equals(OperationNames.BLOCK_MULT)) {
            String made =
                    graph.node("MatMul", List.of(blocks(graph, value, 0, inputs), blocks(graph, value, 1, inputs)));
            return Optional.of(graph.node("Reshape", List.of(made, graph.integers(-1, value.getNumCols()))));
        }
        if (operation.name().equals(OperationNames.BLOCK_TRANSPOSE)) {
            String made = graph.node(
                    "Transpose", List.of(blocks(graph, value, 0, inputs)), OnnxGraph.integers("perm", 0, 2, 1));
            return Optional.of(graph.node("Reshape", List.of(made, graph.integers(-1, value.getNumCols()))));
        }
        Recipe ofDoubles = graph.hasDoubles() ? COMPOSED_OF_DOUBLES.get(operation) : null;
        if (ofDoubles != null) {
            return Optional.of(ofDoubles.write(graph, inputs.get(0)));
        }
        String name = NAMES.get(operation);
        if (name != null) {
            return Optional.of(graph.node(name, inputs));
        }
        String alongRows = ALONG_ROWS.get(operation);
        if (alongRows != null) {
            return Optional.of(graph.node(alongRows, inputs, OnnxGraph.integer("axis", 1)));
        }
        Recipe recipe = COMPOSED.get(operation);
        if (recipe != null) {
            return Optional.of(recipe.write(graph, inputs.get(0)));
        }
        return parameterised(graph, operation, inputs.get(0));
    }

    /** An input whose blocks lie one below the other, which ONNX has in a third dimension. */
    private static String blocks(OnnxGraph graph, Value value, int index, List<String> inputs) {
        Value input = value.inputs().get(index);
        int count = value.inputs().get(0).getNumRows()
                / (Integer) value.operation().parameters().get(0);
        return graph.node(
                "Reshape",
                List.of(inputs.get(index), graph.integers(-1, input.getNumRows() / count, input.getNumCols())));
    }

    /** Some columns of all rows. */
    private static Optional<String> columns(OnnxGraph graph, Value slice, String x) {
        if (slice.getNumRows() != slice.inputs().get(0).getNumRows()) {
            return Optional.empty();
        }
        int from = (Integer) slice.operation().parameters().get(2);
        int to = (Integer) slice.operation().parameters().get(3);
        return Optional.of(
                graph.node("Slice", List.of(x, graph.integers(from), graph.integers(to), graph.integers(1))));
    }

    private static Optional<String> parameterised(OnnxGraph graph, Operation operation, String x) {
        if (graph.hasDoubles() && Value.ELU.contains(operation)) {
            return Optional.of(elu(graph, x, parameter(operation)));
        }
        if (graph.hasDoubles() && Value.LEAKY_RELU.contains(operation)) {
            String below = graph.node("Mul", List.of(below(graph, x), graph.number(parameter(operation))));
            return Optional.of(graph.node("Sub", List.of(relu(graph, x), below)));
        }
        for (Map.Entry<Family<Double>, String> each : WITH_ALPHA.entrySet()) {
            if (each.getKey().contains(operation)) {
                return Optional.of(
                        graph.node(each.getValue(), List.of(x), OnnxGraph.number("alpha", parameter(operation))));
            }
        }
        for (Map.Entry<Family<Double>, String> each : WITH_NUMBER.entrySet()) {
            if (each.getKey().contains(operation)) {
                return Optional.of(graph.node(each.getValue(), List.of(x, graph.number(parameter(operation)))));
            }
        }
        return Optional.empty();
    }

    private static double parameter(Operation operation) {
        return (Double) operation.parameters().get(0);
    }

    private static String mean(OnnxGraph graph, String x) {
        return graph.node("ReduceMean", List.of(x), OnnxGraph.integers("axes", 1), OnnxGraph.integer("keepdims", 1));
    }

    private static String relu(OnnxGraph graph, String x) {
        return graph.node("Relu", List.of(x));
    }

    private static String negative(OnnxGraph graph, String x) {
        return graph.node("Neg", List.of(x));
    }

    private static String exp(OnnxGraph graph, String x) {
        return graph.node("Exp", List.of(x));
    }

    private static String plus(OnnxGraph graph, String x, double number) {
        return graph.node("Add", List.of(x, graph.number(number)));
    }

    /** How far x is below 0. */
    private static String below(OnnxGraph graph, String x) {
        return relu(graph, negative(graph, x));
    }

    /** min(max(x, 0), 6). */
    private static String relu6(OnnxGraph graph, String x) {
        return graph.node("Min", List.of(relu(graph, x), graph.number(6)));
    }

    private static String hardSigmoid(OnnxGraph graph, String x) {
        return graph.node("Div", List.of(relu6(graph, plus(graph, x, 3)), graph.number(6)));
    }

    /** max(x, 0) + ln(1 + e^(−|x|)). */
    private static String softplus(OnnxGraph graph, String x) {
        String small = exp(graph, negative(graph, graph.node("Abs", List.of(x))));
        return graph.node("Add", List.of(relu(graph, x), graph.node("Log", List.of(plus(graph, small, 1)))));
    }

    /** max(x, 0) + α(e^min(x, 0) − 1). */
    private static String elu(OnnxGraph graph, String x, double alpha) {
        String grown = plus(graph, exp(graph, negative(graph, below(graph, x))), -1);
        return graph.node("Add", List.of(relu(graph, x), graph.node("Mul", List.of(grown, graph.number(alpha)))));
    }

    /** x·tanh(softplus x). */
    private static String mish(OnnxGraph graph, String x) {
        return graph.node("Mul", List.of(x, graph.node("Tanh", List.of(graph.node("Softplus", List.of(x))))));
    }

    /** −softplus(−x). */
    private static String logSigmoid(OnnxGraph graph, String x) {
        return negative(graph, graph.node("Softplus", List.of(negative(graph, x))));
    }

    /** ½x·(1 + erf(x/√2)). */
    private static String gelu(OnnxGraph graph, String x) {
        String erf = graph.node("Erf", List.of(graph.node("Div", List.of(x, graph.number(Math.sqrt(2))))));
        return halved(graph, x, erf);
    }

    /** ½x·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
    private static String geluTanh(OnnxGraph graph, String x) {
        String square = graph.node("Mul", List.of(x, x));
        String share =
                graph.node("Add", List.of(graph.node("Mul", List.of(square, graph.number(0.044715))), graph.number(1)));
        String scaled = graph.node("Mul", List.of(x, graph.number(Math.sqrt(2 / Math.PI))));
        return halved(graph, x, graph.node("Tanh", List.of(graph.node("Mul", List.of(scaled, share)))));
    }

    /** ½x·(1 + y). */
    private static String halved(OnnxGraph graph, String x, String y) {
        String half = graph.node("Mul", List.of(x, graph.number(0.5)));
        return graph.node("Mul", List.of(half, graph.node("Add", List.of(y, graph.number(1)))));
    }

    /** The names of the operations that are known here, for a message. */
    static List<String> known() {
        return Stream.of(
                        NAMES.keySet().stream().map(Operation::toString),
                        ALONG_ROWS.keySet().stream().map(Operation::toString),
                        COMPOSED.keySet().stream().map(Operation::toString),
                        Stream.of("leakyRelu", "elu", "scale", "divide", "elementPower", "cols", "concatColumns"),
                        Stream.of("reshape"))
                .flatMap(names -> names)
                .sorted()
                .toList();
    }
}
