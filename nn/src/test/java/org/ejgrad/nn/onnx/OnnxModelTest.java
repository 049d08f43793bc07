package org.ejgrad.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Frozen;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Temperature;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.PreparationPlan;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.Unseen;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.model.Outputs;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.sequence.RecurrentCell;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is the network: an interpreter of a few lines gets the same numbers from the file. */
class OnnxModelTest {
    private static final Layer NETWORK = Sequential.of(
            new Dense(3, 5, 1),
            Value::tanh,
            new Dropout(0.5, 1),
            new Dense(5, 4, 2),
            Value::relu,
            Dense.withoutBias(4, 2, Initialiser.xavierUniform(), 3));

    private static GraphProto graph(Layer network, int inputs, Precision precision)
            throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(OnnxModel.of("test", network, inputs, precision))
                .getGraph();
    }

    private static SimpleMatrix matrix(TensorProto tensor) {
        SimpleMatrix matrix = new SimpleMatrix((int) tensor.getDims(0), (int) tensor.getDims(1));
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.set(
                    i,
                    tensor.getDataType() == TensorProto.DataType.DOUBLE_VALUE
                            ? tensor.getDoubleData(i)
                            : tensor.getFloatData(i));
        }
        return matrix;
    }

    private static Map<String, SimpleMatrix> run(GraphProto graph, SimpleMatrix input) {
        return run(graph, Map.of("input", input), Map.of());
    }

    /** Runs a graph with the operators' plain meanings, each operand repeated where it has one row or column. */
    private static Map<String, SimpleMatrix> run(
            GraphProto graph, Map<String, SimpleMatrix> inputs, Map<String, List<String>> texts) {
        Map<String, SimpleMatrix> known = new HashMap<>(inputs);
        Map<String, List<Long>> lists = new HashMap<>();
        Map<String, Integer> blocks = new HashMap<>();
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensor.getDataType() != TensorProto.DataType.INT64_VALUE) {
                assertNull(known.put(tensor.getName(), matrix(tensor)), tensor.getName() + " is named once");
            } else {
                lists.put(tensor.getName(), tensor.getInt64DataList());
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            SimpleMatrix x = known.get(node.getInput(0));
            List<Long> list = lists.getOrDefault(node.getInput(node.getInputCount() > 1 ? 1 : 0), List.of());
            SimpleMatrix y = node.getInputCount() > 1 ? known.get(node.getInput(1)) : x;
            SimpleMatrix result = switch (node.getOpType()) {
                case "MatMul", "Transpose" ->
                    blocks.containsKey(node.getInput(0)) ? ofBlocks(node, x, y, blocks) : x.mult(y);
                case "Gemm" -> zip(x.mult(y), known.get(node.getInput(2)), Double::sum);
                case "Add" -> zip(x, y, Double::sum);
                case "Sub" -> zip(x, y, (u, v) -> u - v);
                case "Mul" -> zip(x, y, (u, v) -> u * v);
                case "Div" -> zip(x, y, (u, v) -> u / v);
                case "Pow" -> zip(x, y, Math::pow);
                case "Identity" -> x;
                case "Neg" -> map(x, v -> -v);
                case "Reciprocal" -> map(x, v -> 1 / v);
                case "Sqrt" -> map(x, Math::sqrt);
                case "Exp" -> map(x, Math::exp);
                case "Abs" -> map(x, Math::abs);
                case "Log" -> map(x, Math::log);
                case "Min" -> zip(x, y, Math::min);
                case "LogSoftmax" -> softmax(x).elementLog();
                case "Cast" -> {
                    assertTrue(
                            List.of(1L, 7L, 11L).contains(node.getAttribute(0).getI()), "float, int64, double");
                    yield x; // here all is of doubles
                }
                case "IsNaN" -> map(x, v -> Double.isNaN(v) ? 1 : 0);
                case "Where" -> {
                    SimpleMatrix otherwise = known.get(node.getInput(2));
                    yield zip(
                            zip(x, y, (is, v) -> is == 1 ? v : 0),
                            zip(x, otherwise, (is, v) -> is == 1 ? 0 : v),
                            Double::sum);
                }
                case "Equal" -> zip(x, y, (u, v) -> u == v ? 1 : 0);
                case "OneHotEncoder" -> x == null ? oneHot(node, texts.get(node.getInput(0))) : oneHot(node, x);
                case "Reshape" -> reshaped(x, list);
                case "Slice" ->
                    x.cols(
                            Math.toIntExact(list.get(0)),
                            Math.toIntExact(lists.get(node.getInput(2)).get(0)));
                case "Concat" ->
                    node.getInputList().stream()
                            .map(known::get)
                            .reduce((left, right) -> left.concatColumns(right))
                            .orElseThrow();
                case "Gather" -> rows(x, y);
                case "Erf" -> Value.constant(x).erf().matrix();
                case "Tanh" -> map(x, Math::tanh);
                case "Sigmoid" -> map(x, v -> 1 / (1 + Math.exp(-v)));
                case "Softplus" -> map(x, v -> Math.log1p(Math.exp(v)));
                case "Relu" -> map(x, v -> Math.max(v, 0));
                case "ReduceMean" -> Value.constant(x).mean(Per.ROW).matrix();
                case "ReduceSum" -> Value.constant(x).sum(Per.ROW).matrix();
                case "Softmax" -> softmax(x);
                default -> throw new AssertionError(node.getOpType());
            };
            if (node.getOpType().equals("Reshape") && list.size() == 3) {
                blocks.put(node.getOutput(0), Math.toIntExact(list.get(1)));
            }
            assertNull(known.put(node.getOutput(0), result), node.getOutput(0) + " is made once");
        }
        return known;
    }

    /** A text that is no category is refused unless it may be zeros. */
    private static SimpleMatrix oneHot(NodeProto node, List<String> texts) {
        List<String> categories = node.getAttribute(0).getStringsList().stream()
                .map(each -> each.toStringUtf8())
                .toList();
        SimpleMatrix rows = new SimpleMatrix(texts.size(), categories.size());
        for (int i = 0; i < texts.size(); i++) {
            int place = categories.indexOf(texts.get(i));
            assertTrue(place >= 0 || node.getAttribute(1).getI() == 1, texts.get(i));
            if (place >= 0) {
                rows.set(i, place, 1);
            }
        }
        return rows;
    }

    /** Of places from 1. */
    private static SimpleMatrix oneHot(NodeProto node, SimpleMatrix places) {
        int count = node.getAttribute(0).getIntsCount();
        SimpleMatrix rows = new SimpleMatrix(places.getNumRows(), count);
        for (int i = 0; i < places.getNumRows(); i++) {
            assertTrue(places.get(i) > 0 || node.getAttribute(1).getI() == 1, "row " + i);
            if (places.get(i) > 0) {
                rows.set(i, (int) places.get(i) - 1, 1);
            }
        }
        return rows;
    }

    /** Of what has three dimensions, whose blocks lie one below the other here, with so many rows each. */
    private static SimpleMatrix ofBlocks(NodeProto node, SimpleMatrix x, SimpleMatrix y, Map<String, Integer> blocks) {
        int rows = blocks.get(node.getInput(0));
        int count = x.getNumRows() / rows;
        boolean isProduct = node.getOpType().equals("MatMul");
        int others = isProduct ? blocks.get(node.getInput(1)) : 0;
        blocks.put(node.getOutput(0), isProduct ? rows : x.getNumCols());
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    SimpleMatrix block = x.rows(i * rows, (i + 1) * rows);
                    return isProduct ? block.mult(y.rows(i * others, (i + 1) * others)) : block.transpose();
                })
                .reduce((above, below) -> above.concatRows(below))
                .orElseThrow();
    }

    private static SimpleMatrix reshaped(SimpleMatrix x, List<Long> shape) {
        assertEquals(List.of(-1L), shape.subList(0, 1));
        SimpleMatrix y = x.copy();
        int columns = Math.toIntExact(shape.get(shape.size() - 1));
        y.reshape(x.getNumElements() / columns, columns);
        return y;
    }

    private static SimpleMatrix zip(SimpleMatrix x, SimpleMatrix y, DoubleBinaryOperator function) {
        int rows = Math.max(x.getNumRows(), y.getNumRows());
        int columns = Math.max(x.getNumCols(), y.getNumCols());
        SimpleMatrix z = new SimpleMatrix(rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                z.set(row, column, function.applyAsDouble(at(x, row, column), at(y, row, column)));
            }
        }
        return z;
    }

    private static double at(SimpleMatrix x, int row, int column) {
        return x.get(x.getNumRows() == 1 ? 0 : row, x.getNumCols() == 1 ? 0 : column);
    }

    private static SimpleMatrix map(SimpleMatrix x, DoubleUnaryOperator function) {
        SimpleMatrix y = x.copy();
        for (int i = 0; i < y.getNumElements(); i++) {
            y.set(i, function.applyAsDouble(y.get(i)));
        }
        return y;
    }

    /** The rows of a table by their numbers, side by side. */
    private static SimpleMatrix rows(SimpleMatrix table, SimpleMatrix numbers) {
        int width = table.getNumCols();
        SimpleMatrix rows = new SimpleMatrix(numbers.getNumRows(), numbers.getNumCols() * width);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.set(i, table.get((int) numbers.get(i / width), i % width));
        }
        return rows;
    }

    private static SimpleMatrix softmax(SimpleMatrix x) {
        SimpleMatrix e = x.elementExp();
        for (int row = 0; row < e.getNumRows(); row++) {
            double sum = e.getRow(row).elementSum();
            for (int column = 0; column < e.getNumCols(); column++) {
                e.set(row, column, e.get(row, column) / sum);
            }
        }
        return e;
    }

    @Test
    void interpretedGivesTheNetworksNumbers() throws InvalidProtocolBufferException {
        RandomStream random = new RandomStream(4);
        SimpleMatrix input = new SimpleMatrix(6, 3);
        for (int i = 0; i < 18; i++) {
            input.set(i, random.nextGaussian());
        }
        Value logits = NETWORK.inference().forward(Value.constant(input));
        for (Precision precision : Precision.values()) {
            Map<String, SimpleMatrix> results = run(graph(NETWORK, 3, precision), input);
            double bar = precision == Precision.FLOAT ? 1e-6 : 1e-15;
            assertTrue(results.get("logits").isIdentical(logits.matrix(), bar), precision.toString());
            assertTrue(
                    results.get("probabilities")
                            .isIdentical(logits.softmax(Per.ROW).matrix(), bar),
                    precision.toString());
        }
    }

    private static Map<String, Layer> layers() {
        BatchNorm trained = new BatchNorm(3);
        trained.at(0).forward(Value.constant(new double[][] {{1, 2, 3}, {5, 4, 0}, {-1, 2, 8}}));
        BatchNorm plain = new BatchNorm(3).withoutScaling();
        plain.at(0).forward(Value.constant(new double[][] {{1, 2, 3}, {5, 4, 0}, {-1, 2, 8}}));
        Value row = Value.constant(new double[][] {{1, -2, 3}});
        Map<String, Layer> layers = new LinkedHashMap<>();
        layers.put("BatchNorm", trained);
        layers.put("BatchNorm without scaling", plain);
        layers.put("LayerNorm", new LayerNorm(3));
        layers.put("LayerNorm.plain", LayerNorm.plain(1e-3));
        layers.put("Temperature", new Temperature(1.7));
        layers.put("minus a row", x -> x.minus(row));
        layers.put("times a row", x -> x.elementMult(row));
        layers.put("over a row", x -> x.elementDiv(row));
        layers.put("a row minus", x -> row.minus(x));
        layers.put("plus a number", x -> x.plus(0.5));
        layers.put("times a 1x1", x -> x.elementMult(Value.constant(0.3)));
        layers.put("scale", x -> x.scale(-2).divide(3));
        layers.put("gelu", Value::gelu);
        layers.put("geluTanh", Value::geluTanh);
        layers.put("silu", Value::silu);
        layers.put("mish", Value::mish);
        layers.put("logSigmoid", Value::logSigmoid);
        layers.put("square", x -> x.square().plus(1).sqrt());
        layers.put("power", x -> x.square().plus(1).elementPower(1.5));
        layers.put("mean of a row", x -> x.minus(x.mean(Per.ROW)));
        layers.put("sum of a row", x -> x.minus(x.sum(Per.ROW)));
        layers.put("centred", x -> Value.CENTRE.of(Per.ROW).apply(x));
        layers.put("over a root", x -> x.square().plus(1).rsqrt());
        layers.put("identity", x -> x);
        layers.put("Recurrent", Recurrent.of(new RecurrentCell(1, 1, 1)));
        layers.put(
                "Recurrent of GRU",
                Sequential.of(
                        Recurrent.of(new GruCell(1, 2, 2)),
                        Recurrent.of(new GruCell(3, 3, 3)).last()));
        layers.put(
                "Recurrent of LSTM",
                Sequential.of(Recurrent.of(new LstmCell(1, 2, 2)), Recurrent.of(new LstmCell(2, 1, 3))));
        Bidirectional both =
                Bidirectional.of(1, Recurrent.of(new GruCell(1, 2, 4)), Recurrent.of(new RecurrentCell(1, 1, 5)));
        layers.put("Bidirectional", Sequential.of(both, new EachStep(3, new Dense(3, 1, 6))));
        layers.put("Bidirectional, last output", both.last());
        layers.put("Attention", new Attention(1, 2, 7));
        layers.put("Attention of two heads", new Attention(1, 4, 8).heads(2).causal());
        layers.put(
                "EachStep", new EachStep(1, Sequential.of(new Dense(1, 4, 1), new LayerNorm(4), new Dense(4, 1, 2))));
        layers.put("Frozen", new Frozen(Sequential.of(new Dense(3, 4, 1), Value::tanh, new Dense(4, 3, 2))));
        Stream.of(Activation.values())
                .filter(each -> each != Activation.SIGMOID && each != Activation.SOFTMAX) // at the end they are more
                .forEach(each -> layers.put("Activation " + each, each));
        return layers;
    }

    static Stream<Arguments> networks() {
        return layers().entrySet().stream()
                .flatMap(each ->
                        IntStream.of(1, 2, 5, 7).mapToObj(rows -> Arguments.of(each.getKey(), rows, each.getValue())));
    }

    /** Between two other layers, alone, and at the end. */
    @ParameterizedTest(name = "{0}, {1} rows")
    @MethodSource("networks")
    void anyNumberOfRowsGivesTheNetworksNumbers(String name, int rows, Layer layer)
            throws InvalidProtocolBufferException {
        RandomStream random = new RandomStream(rows);
        SimpleMatrix input = new SimpleMatrix(rows, 3);
        for (int i = 0; i < 3 * rows; i++) {
            input.set(i, random.nextGaussian());
        }
        List<Layer> networks = List.of(
                Sequential.of(new Dense(3, 3, 1), layer, new Dense(3, 2, 2)),
                layer,
                Sequential.of(new Dense(3, 3, 1), layer));
        for (Layer network : networks) {
            Value logits = network.inference().forward(Value.constant(input));
            Map<String, SimpleMatrix> results = run(graph(network, 3, Precision.DOUBLE), input);
            assertTrue(results.get("logits").isIdentical(logits.matrix(), 1e-12), name);
            assertTrue(
                    results.get("probabilities")
                            .isIdentical(logits.softmax(Per.ROW).matrix(), 1e-12),
                    name);
        }
    }

    @Test
    void embeddingsAreLookedUp() throws InvalidProtocolBufferException {
        Embedding table = new Embedding(5, 2, 1);
        SimpleMatrix input = new SimpleMatrix(new double[][] {{0, 4, 2}, {3, 3, 1}, {1, 0, 0}});
        Value symbols = Value.constant(input);
        for (Layer network : List.of(
                table.padding(3),
                Sequential.of(table, new Dense(6, 2, 1)),
                Sequential.of(Residual.concatenating(Sequential.of(table, Value::tanh)), new Dense(9, 2, 1)))) {
            assertTrue(run(graph(network, 3, Precision.DOUBLE), input)
                    .get("logits")
                    .isIdentical(network.inference().forward(symbols).matrix(), 1e-15));
        }
    }

    /** Softmax of sigmoids is what the model says, so it is what is written. */
    @Test
    void aModelSaysWhatItsOutputsMean() throws InvalidProtocolBufferException {
        SimpleMatrix input = new SimpleMatrix(new double[][] {{1, 2}, {-1, 0}, {0.5, -3}});
        Layer network = Sequential.of(new Dense(2, 3, 1), Activation.SIGMOID);
        Dataset data = Dataset.classification("data", input, new int[3], "a", "b", "c");
        for (Outputs outputs : Outputs.values()) {
            Model model = Model.of(network, Objective.softmaxCrossEntropy(), outputs, data);
            GraphProto graph =
                    ModelProto.parseFrom(OnnxModel.of(model, Precision.DOUBLE)).getGraph();
            Map<String, SimpleMatrix> results = run(graph, input);
            boolean isIdentity = outputs == Outputs.IDENTITY;
            List<String> names = isIdentity ? List.of("predictions") : List.of("logits", "probabilities");
            assertEquals(
                    names,
                    graph.getOutputList().stream().map(each -> each.getName()).toList());
            assertTrue(results.get(names.get(0)).isIdentical(model.outputs(input), 1e-15));
            assertTrue(results.get(names.get(names.size() - 1)).isIdentical(model.probabilities(input), 1e-15));
        }
    }

    /** ONNX Runtime computes it in the profile {@code onnx}. */
    @Test
    void aPreparationIsColumnsByName() throws InvalidProtocolBufferException {
        Table table = Table.of(
                "t",
                List.of("height", "logits", "kind"),
                List.of(List.of("1", "a", "x"), List.of("", "b", "y"), List.of("3", "", "x")));
        Preparation preparation =
                Preparation.classification("kind").missing(Missing.MEAN).fit(table);
        Model model = Model.of(new Dense(4, 2, 1), Objective.softmaxCrossEntropy(), preparation);
        ModelProto written = ModelProto.parseFrom(OnnxModel.of(model, Precision.FLOAT));
        assertEquals("ai.onnx.ml", written.getOpsetImport(1).getDomain());
        GraphProto graph = written.getGraph();
        assertEquals(
                List.of("height 11", "logits_1 8"),
                graph.getInputList().stream()
                        .map(each -> each.getName() + " "
                                + each.getType().getTensorType().getElemType())
                        .toList());
        assertEquals(
                List.of(
                        "IsNaN",
                        "Where",
                        "Sub",
                        "Div",
                        "Cast",
                        "OneHotEncoder",
                        "Reshape",
                        "Cast",
                        "Concat",
                        "Gemm",
                        "Softmax"),
                graph.getNodeList().stream().map(NodeProto::getOpType).toList());
        assertEquals(
                List.of("a", "b", ""),
                graph.getNode(5).getAttribute(0).getStringsList().stream()
                        .map(each -> each.toStringUtf8())
                        .toList());
    }

    /** From cells to predictions, with what is missing, means that are no doubles, and a text that was never seen. */
    @Test
    void aPreparedModelGivesItsPredictions() throws InvalidProtocolBufferException {
        Table table = Table.of(
                "t",
                List.of("height", "colour", "width", "kind"),
                List.of(
                        List.of("1", "a", "7", "x"),
                        List.of("", "b", "0.1", "y"),
                        List.of("1.0000000000000002", "", "2", "x")));
        SimpleMatrix height = new SimpleMatrix(table.numbers("height"));
        PreparationPlan classes = Preparation.classification("kind");
        PreparationPlan numbers = Preparation.regression("width").without("kind");
        for (PreparationPlan plan : List.of(classes, numbers)) {
            boolean isScaled = plan == numbers;
            for (Unseen unseen : Unseen.values()) {
                Preparation preparation =
                        plan.missing(Missing.MEAN).unseen(unseen).fit(table);
                Model model = Model.of(
                        new Dense(preparation.featureNames().size(), preparation.outputs(), 1),
                        isScaled ? Objective.squaredError() : Objective.softmaxCrossEntropy(),
                        preparation);
                GraphProto graph = ModelProto.parseFrom(OnnxModel.of(model, Precision.FLOAT))
                        .getGraph();
                Map<String, SimpleMatrix> results = run(
                        graph,
                        Map.of("height", height, "width", new SimpleMatrix(table.numbers("width"))),
                        Map.of("colour", table.texts("colour")));
                String name = isScaled ? "predictions" : "probabilities";
                SimpleMatrix expected = model.predict(table).values();
                assertTrue(results.get(name).isIdentical(expected, 1e-6), expected + " " + results.get(name));
                int type = graph.getOutput(0).getType().getTensorType().getElemType();
                assertEquals(isScaled ? Precision.DOUBLE.code() : Precision.FLOAT.code(), type);
                NodeProto encoder = graph.getNodeList().stream()
                        .filter(node -> node.getOpType().equals("OneHotEncoder"))
                        .findFirst()
                        .orElseThrow();
                assertEquals(
                        unseen == Unseen.ZEROS ? 1 : 0, encoder.getAttribute(1).getI());
                assertEquals(
                        isScaled ? List.of(1L, 1L, 11L) : List.of(1L, 1L, 1L),
                        graph.getNodeList().stream()
                                .filter(node -> node.getOpType().equals("Cast"))
                                .map(node -> node.getAttribute(0).getI())
                                .toList());
            }
        }
    }

    /** A number is the same category in every spelling, so it is asked for as a number. */
    @Test
    void categoriesThatAreNumbersAreDoubles() throws InvalidProtocolBufferException {
        Table table = Table.of(
                "t",
                List.of("code", "id", "kind"),
                List.of(
                        List.of("1", "12345678901234567890", "x"),
                        List.of("2.50", "12345678901234567891", "y"),
                        List.of("", "12345678901234567890", "x")));
        Table other = Table.of(
                "other",
                List.of("code", "id"),
                List.of(
                        List.of("1.0", "12345678901234567891"),
                        List.of("25e-1", "12345678901234567890"),
                        List.of("NA", "12345678901234567890"),
                        List.of("3", "12345678901234567890")));
        for (Unseen unseen : Unseen.values()) {
            Preparation preparation = Preparation.classification("kind")
                    .categorical("code", "id")
                    .missing(Missing.MEAN)
                    .unseen(unseen)
                    .fit(table);
            Model model = Model.of(new Dense(5, 2, 1), Objective.softmaxCrossEntropy(), preparation);
            GraphProto graph =
                    ModelProto.parseFrom(OnnxModel.of(model, Precision.DOUBLE)).getGraph();
            assertEquals(
                    List.of("code 11", "id 8"),
                    graph.getInputList().stream()
                            .map(each -> each.getName() + " "
                                    + each.getType().getTensorType().getElemType())
                            .toList(),
                    "no double has all digits of an id");
            Table known = unseen == Unseen.ZEROS ? other : other.head(3);
            assertTrue(outputs(graph, known).isIdentical(model.predict(known).values(), 1e-15));
            if (unseen == Unseen.REFUSE) {
                assertThrows(AssertionError.class, () -> outputs(graph, other));
            }
        }
    }

    private static SimpleMatrix outputs(GraphProto graph, Table rows) {
        return run(graph, Map.of("code", new SimpleMatrix(rows.numbers("code"))), Map.of("id", rows.texts("id")))
                .get("probabilities");
    }

    @Test
    void aModelIsWrittenToAFile(@TempDir Path folder) throws IOException {
        Dataset data = Dataset.regression("data", new SimpleMatrix(1, 2), new SimpleMatrix(1, 1));
        Model model = Model.of(new Dense(2, 1, 1), Objective.squaredError(), data);
        Path file = folder.resolve("model.onnx");
        OnnxModel.write(file, model, Precision.FLOAT);
        assertArrayEquals(OnnxModel.of(model, Precision.FLOAT), Files.readAllBytes(file));
    }

    @Test
    void repeatedConstantsAreWrittenAsOneRow() throws InvalidProtocolBufferException {
        Layer network = Sequential.of(new Dense(2, 3, 1), new BatchNorm(3).withoutScaling(), new Dense(3, 2, 2));
        for (TensorProto tensor : graph(network, 2, Precision.FLOAT).getInitializerList()) {
            boolean isWeight = tensor.getName().endsWith("weight");
            assertEquals(isWeight, tensor.getDims(0) > 1, tensor.getName() + " " + tensor.getDimsList());
        }
    }

    @Test
    void namesInsideALayerChangeNothing() {
        Dense first = new Dense(2, 3, 1);
        Dense second = new Dense(3, 2, 2);
        Layer plain = x -> second.forward(first.forward(x).tanh()).plus(x);
        Layer named = x -> second.forward(
                        first.forward(x.traced()).labelled("a").tanh().labelled("h"))
                .plus(x.labelled("inputs"));
        assertArrayEquals(
                OnnxModel.of("test", plain, 2, Precision.DOUBLE), OnnxModel.of("test", named, 2, Precision.DOUBLE));
    }

    @Test
    void oneLogitHasASigmoid() throws InvalidProtocolBufferException {
        Layer network = Sequential.of(new Dense(3, 1, 1));
        SimpleMatrix input = new SimpleMatrix(new double[][] {{1, 2, 3}, {-1, 0, 4}});
        Value logits = network.forward(Value.constant(input));
        Map<String, SimpleMatrix> results = run(graph(network, 3, Precision.DOUBLE), input);
        assertTrue(results.get("probabilities").isIdentical(logits.sigmoid().matrix(), 1e-15));
    }

    @Test
    void labelsHaveASigmoidEach() throws InvalidProtocolBufferException {
        Layer network = new Dense(3, 2, 1);
        SimpleMatrix input = new SimpleMatrix(new double[][] {{1, 2, 3}, {-1, 0, 4}});
        Value logits = network.forward(Value.constant(input));
        GraphProto graph = ModelProto.parseFrom(
                        OnnxModel.of("test", network, 3, Precision.DOUBLE, OnnxModel.Columns.LABELS))
                .getGraph();
        assertTrue(run(graph, input)
                .get("probabilities")
                .isIdentical(logits.sigmoid().matrix(), 1e-15));
    }

    /** A network that ends in probabilities has none of its own computed from them. */
    @Test
    void probabilitiesOfTheNetworkAreTheOutput() throws InvalidProtocolBufferException {
        Dense dense = new Dense(3, 2, 1);
        SimpleMatrix input = new SimpleMatrix(new double[][] {{1, 2, 3}, {-1, 0, 4}});
        Value logits = dense.forward(Value.constant(input));
        Layer softmax = x -> x.softmax(Per.ROW);
        for (Layer last : List.<Layer>of(Value::sigmoid, softmax)) {
            Map<String, SimpleMatrix> results = run(graph(Sequential.of(dense, last), 3, Precision.DOUBLE), input);
            assertTrue(results.get("logits").isIdentical(logits.matrix(), 1e-15));
            assertTrue(results.get("probabilities")
                    .isIdentical(last.forward(logits).matrix(), 1e-15));
        }
    }

    /** The interpreter fails where two things have one name. */
    @Test
    void parametersMayHaveAnyName() throws InvalidProtocolBufferException {
        SimpleMatrix input = new SimpleMatrix(new double[][] {{1, 2}, {-1, 0}});
        for (List<String> names : List.of(
                List.of("input", "logits"),
                List.of("probabilities", "probabilities_1"),
                List.of("n0", "n1"),
                List.of("same", "same"),
                List.of("", "n4"))) {
            Parameter a = new Parameter(names.get(0), new SimpleMatrix(new double[][] {{1, 2}, {3, 4}}));
            Parameter b = new Parameter(names.get(1), new SimpleMatrix(new double[][] {{5, 6}}));
            Layer network = new Layer() {
                @Override
                public Value forward(Value x) {
                    return x.mult(a.value()).tanh().plus(b.value()).tanh().mult(a.value());
                }

                @Override
                public List<Parameter> parameters() {
                    return List.of(a, b);
                }
            };
            Map<String, SimpleMatrix> results = run(graph(network, 2, Precision.DOUBLE), input);
            Value logits = network.forward(Value.constant(input));
            assertTrue(results.get("logits").isIdentical(logits.matrix(), 1e-15), names.toString());
        }
    }

    @Test
    void equalNamesAreNumbered() throws InvalidProtocolBufferException {
        List<Parameter> three = Stream.of(2.0, 3.0, 4.0)
                .map(v -> new Parameter("same", SimpleMatrix.diag(v, 1)))
                .toList();
        Layer network = new Layer() {
            @Override
            public Value forward(Value x) {
                return three.stream().map(Parameter::value).reduce(x, Value::mult);
            }

            @Override
            public List<Parameter> parameters() {
                return three;
            }
        };
        assertEquals(
                List.of("same", "same_1", "same_2"),
                graph(network, 2, Precision.DOUBLE).getInitializerList().stream()
                        .map(TensorProto::getName)
                        .toList());
    }

    /** Where doubles have another. */
    @Test
    void floatsHaveTheirOwnRecipes() throws InvalidProtocolBufferException {
        SimpleMatrix input = new SimpleMatrix(new double[][] {{1, -2}, {0.5, 3}});
        for (Layer layer : List.<Layer>of(Value::mish, Value::logSigmoid, Value::silu, Value::softplus)) {
            Layer network = Sequential.of(new Dense(2, 2, 1), layer, new Dense(2, 2, 2));
            assertTrue(run(graph(network, 2, Precision.FLOAT), input)
                    .get("logits")
                    .isIdentical(network.forward(Value.constant(input)).matrix(), 1e-6));
        }
        assertEquals("float double", Precision.FLOAT + " " + Precision.DOUBLE);
    }

    /** Neither as one row, nor as what has not been repeated. */
    @Test
    void whatIsRepeatedIsRefusedWhereItWouldBeAnother() {
        refused("something else", x -> x.plus(Value.constant(steps(x.getNumRows()))));
        refused("layer 0: the operation ", Sequential.of(x -> {
            Value mean = x.mean(Per.ROW).broadcastTo(x.shape());
            return mean.elementMult(mean);
        }));
        refused(
                "cannot be exported there; expected one of [",
                Sequential.of(x -> x.mean(Per.ROW).broadcastTo(x.shape()).tanh()));
        SimpleMatrix input = new SimpleMatrix(2, 2);
        Dataset data = Dataset.classification("data", input, new int[2], "a", "b");
        Model repeated =
                Model.of(x -> x.mean(Per.ROW).broadcastTo(x.shape()), Objective.squaredError(), Outputs.IDENTITY, data);
        assertTrue(
                Thrown.argument(() -> OnnxModel.of(repeated, Precision.FLOAT)).contains("cannot be exported there"));
        Model constant = Model.of(x -> Value.ones(x.shape()), Objective.squaredError(), Outputs.SOFTMAX, data);
        assertTrue(
                Thrown.argument(() -> OnnxModel.of(constant, Precision.FLOAT)).contains("which depends on it"));
        assertTrue(Thrown.argument(() -> OnnxModel.of("wide", x -> x, Integer.MAX_VALUE, Precision.FLOAT))
                .startsWith("ONNX"));
    }

    private static SimpleMatrix steps(int rows) {
        SimpleMatrix steps = new SimpleMatrix(rows, 2);
        IntStream.range(0, rows).forEach(i -> steps.set(i, 1, i));
        return steps;
    }

    @Test
    void whatDependsOnTheNumberOfRowsIsRefused() {
        refused("something else", x -> x.scale(1.0 / x.getNumRows()));
        refused("depends on it", x -> Value.ones(x.shape()));
        refused("depends on it", x -> x.sum(Per.COLUMN));
        refused(
                "layer 1: ",
                Sequential.of(x -> x.tanh(), x -> x.minus(Value.constant(new double[][] {{1, 2}, {3, 4}}))));
        refused("layer 1: the operation ", Sequential.of(x -> x.tanh(), x -> x.minus(x.mean(Per.COLUMN))));
        refused("layer 0: the operation ", Sequential.of(x -> x.max(Per.ROW).broadcastTo(x.shape())));
    }

    private static void refused(String reason, Layer network) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> OnnxModel.of("rows", network, 2, Precision.FLOAT))
                .getMessage();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void nodesWeightsAndShapesHaveTheirNames() throws InvalidProtocolBufferException {
        GraphProto graph = graph(NETWORK, 3, Precision.FLOAT);
        assertEquals(
                List.of("Gemm", "Tanh", "Gemm", "Relu", "MatMul", "Softmax"),
                graph.getNodeList().stream().map(NodeProto::getOpType).toList(),
                "no dropout in inference");
        assertEquals(
                List.of("0.weight", "0.bias", "3.weight", "3.bias", "5.weight"),
                graph.getInitializerList().stream().map(TensorProto::getName).toList());
        assertEquals("input", graph.getInput(0).getName());
        assertEquals("logits", graph.getOutput(0).getName());
        assertEquals("probabilities", graph.getOutput(1).getName());
        var shape = graph.getInput(0).getType().getTensorType().getShape();
        assertEquals("rows", shape.getDim(0).getDimParam(), "any number of rows");
        assertEquals(3, shape.getDim(1).getDimValue());
    }

    @Test
    void attributesAreWritten() throws InvalidProtocolBufferException {
        Layer network = Sequential.of(new Dense(2, 2, 1), x -> x.leakyRelu(0.25), x -> x.elu(1.5));
        GraphProto graph = graph(network, 2, Precision.FLOAT);
        assertEquals(0.25f, graph.getNode(1).getAttribute(0).getF());
        assertEquals(1.5f, graph.getNode(2).getAttribute(0).getF());
        assertEquals(1, graph.getNode(3).getAttribute(0).getI(), "softmax along each row");
    }

    @Test
    void whatOnnxDoesNotKnowOrWhatMixesRowsIsRefused() {
        Operation doubled = Operation.unary(
                "doubled", x -> Operation.map(x, v -> 2 * v), Rule.rule("2·dy", (x, y, dy) -> dy.scale(2)));
        Layer own = Sequential.of(new Dense(2, 2, 1), x -> doubled.apply(x));
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> OnnxModel.of("own", own, 2, Precision.FLOAT));
        assertTrue(refused.getMessage()
                .startsWith("ONNX: layer 1: the operation doubled cannot be exported; expected one of [abs, affine, "));
        assertThrows(
                IllegalArgumentException.class,
                () -> OnnxModel.of("columns", x -> x.softmax(Per.COLUMN), 2, Precision.FLOAT));
    }

    @Test
    void numbersBeyondFloatsAreRefusedAsFloats() throws InvalidProtocolBufferException {
        Layer large = Dense.withoutBias(new SimpleMatrix(1, 2, true, 1e300, 1));
        assertThrows(IllegalArgumentException.class, () -> OnnxModel.of("large", large, 1, Precision.FLOAT));
        assertArrayEquals(
                new double[] {1e300, 1},
                graph(large, 1, Precision.DOUBLE).getInitializer(0).getDoubleDataList().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    /** What ONNX Runtime has of floats alone is given floats, and makes doubles again. */
    @Test
    void operatorsOfFloatsAloneAreNamed() throws InvalidProtocolBufferException {
        Layer gelu = Sequential.of(new Dense(2, 3, 1), Value::gelu, Value::tanh);
        assertEquals(List.of("Erf"), OnnxModel.floatOnly(OnnxModel.of("m", gelu, 2, Precision.DOUBLE)));
        assertEquals(
                List.of("Gemm", "Div", "Cast 1", "Erf", "Cast 11", "Mul", "Add", "Mul", "Tanh", "Softmax"),
                graph(gelu, 2, Precision.DOUBLE).getNodeList().stream()
                        .map(node -> node.getOpType()
                                + (node.getOpType().equals("Cast")
                                        ? " " + node.getAttribute(0).getI()
                                        : ""))
                        .toList());
        ImageShape shape = new ImageShape(1, 4, 4);
        Layer images = Sequential.of(
                new Conv2d(shape, 1, Window.of(3).padding(1), 1),
                Pool2d.max(shape, Window.of(3).padding(1)),
                Pool2d.average(shape, Window.of(3).padding(1)),
                new ConvTranspose2d(shape, 1, Window.of(1), 1),
                Pool2d.global(Pool2d.Kind.AVERAGE, shape));
        assertEquals(
                List.of("AveragePool", "Conv", "ConvTranspose", "GlobalAveragePool"),
                OnnxModel.floatOnly(OnnxModel.of("m", images, 16, Precision.DOUBLE)));
        assertEquals(List.of(), OnnxModel.floatOnly(OnnxModel.of("m", new Dense(2, 3, 1), 2, Precision.DOUBLE)));
        assertThrows(IllegalArgumentException.class, () -> OnnxModel.floatOnly(new byte[] {1, 2, 3}));
    }

    /** As in a program that depends on nn alone. */
    @Test
    void withoutTheFormatsClassesTheMessageNamesTheDependency() throws ReflectiveOperationException, IOException {
        URL[] places = Pattern.compile(File.pathSeparator)
                .splitAsStream(System.getProperty("java.class.path"))
                .filter(place -> !place.contains("protobuf") && !place.contains("tribuo"))
                .map(place -> url(Path.of(place)))
                .toArray(URL[]::new);
        try (URLClassLoader alone = new URLClassLoader(places, ClassLoader.getPlatformClassLoader())) {
            Method floatOnly = alone.loadClass(OnnxModel.class.getName()).getMethod("floatOnly", byte[].class);
            Throwable thrown = assertThrows(
                            InvocationTargetException.class, () -> floatOnly.invoke(null, (Object) new byte[1]))
                    .getCause();
            assertEquals(
                    "java.lang.IllegalStateException: ONNX: the classes of the format are missing; expected the "
                            + "dependency org.tribuo:tribuo-util-onnx",
                    thrown.toString());
        }
    }

    private static URL url(Path place) {
        try {
            return place.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
