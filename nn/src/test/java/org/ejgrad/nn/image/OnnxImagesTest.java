package org.ejgrad.nn.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.onnx.OnnxModel;
import org.ejgrad.nn.onnx.Precision;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Exported layers for images: what their operators mean, in nested loops, is what the layers compute. */
class OnnxImagesTest {
    private static final ImageShape IMAGE = new ImageShape(2, 4, 3);

    /** Numbers with any number of sizes. */
    private record Tensor(int[] sizes, double... data) {
        static Tensor of(SimpleMatrix matrix) {
            return new Tensor(
                    new int[] {matrix.getNumRows(), matrix.getNumCols()},
                    matrix.getDDRM().data.clone());
        }

        /** A row per index of the first size. */
        SimpleMatrix rows() {
            return new SimpleMatrix(sizes[0], data.length / sizes[0], true, data);
        }

        ImageShape image() {
            return new ImageShape(sizes[1], sizes[2], sizes[3]);
        }

        Tensor images(SimpleMatrix rows, ImageShape shape) {
            int[] made = {sizes[0], shape.channels(), shape.height(), shape.width()};
            return new Tensor(made, rows.getDDRM().data.clone());
        }

        Tensor reshaped(List<Long> wished) {
            int[] next = wished.stream().mapToInt(Math::toIntExact).toArray();
            int known = -Arrays.stream(next).reduce(1, (a, b) -> a * b);
            for (int i = 0; i < next.length; i++) {
                next[i] = next[i] < 0 ? data.length / known : next[i];
            }
            assertEquals(data.length, Arrays.stream(next).reduce(1, (a, b) -> a * b));
            return new Tensor(next, data);
        }

        /** The last two sizes swapped. */
        Tensor turned() {
            int n = sizes.length;
            int rows = sizes[n - 2];
            int columns = sizes[n - 1];
            double[] moved = new double[data.length];
            for (int i = 0; i < data.length; i++) {
                int block = i / (rows * columns);
                int at = i % (rows * columns);
                moved[block * rows * columns + at % columns * rows + at / columns] = data[i];
            }
            int[] next = sizes.clone();
            next[n - 2] = columns;
            next[n - 1] = rows;
            return new Tensor(next, moved);
        }

        /** Row by row with a row that is the same for all. */
        Tensor with(Tensor row, DoubleBinaryOperator function) {
            double[] made = new double[data.length];
            Arrays.setAll(made, i -> function.applyAsDouble(data[i], row.data[i % row.data.length]));
            return new Tensor(sizes, made);
        }
    }

    private static GraphProto graph(Layer network, int inputs) throws InvalidProtocolBufferException {
        return ModelProto.parseFrom(OnnxModel.of("images", network, inputs, Precision.DOUBLE))
                .getGraph();
    }

    private static Map<String, int[]> attributes(NodeProto node) {
        Map<String, int[]> all = new HashMap<>();
        for (AttributeProto each : node.getAttributeList()) {
            List<Long> list =
                    each.getType() == AttributeProto.AttributeType.INT ? List.of(each.getI()) : each.getIntsList();
            all.put(each.getName(), list.stream().mapToInt(Math::toIntExact).toArray());
        }
        return all;
    }

    private static Window window(Map<String, int[]> attributes) {
        int[] kernel = attributes.get("kernel_shape");
        int[] pads = attributes.get("pads");
        int[] dilations = attributes.getOrDefault("dilations", new int[] {1, 1});
        assertEquals(pads[0] + " " + pads[1], pads[2] + " " + pads[3]);
        return Window.of(kernel[0], kernel[1])
                .stride(attributes.get("strides")[0], attributes.get("strides")[1])
                .padding(pads[0], pads[1])
                .dilation(dilations[0], dilations[1]);
    }

    private static Tensor convolved(NodeProto node, Tensor x, Tensor weight, Optional<Tensor> bias) {
        Map<String, int[]> attributes = attributes(node);
        Window window = window(attributes);
        assertArrayEquals(attributes.get("kernel_shape"), Arrays.copyOfRange(weight.sizes, 2, 4));
        int groups = attributes.get("group")[0];
        SimpleMatrix filters = weight.rows().transpose();
        Optional<SimpleMatrix> row = bias.map(b -> new SimpleMatrix(1, b.data.length, true, b.data));
        if (node.getOpType().equals("Conv")) {
            Conv2d layer = Conv2d.of(x.image(), window, groups, filters, row);
            return x.images(Loops.convolved(layer, x.rows()), layer.output());
        }
        int[] more = attributes.get("output_padding");
        ImageShape output = new ImageShape(
                weight.sizes[1] * groups,
                (int) window.vertical().reach(x.sizes[2]) + more[0],
                (int) window.horizontal().reach(x.sizes[3]) + more[1]);
        ConvTranspose2d layer = ConvTranspose2d.of(x.image(), output, window, groups, filters, row);
        return x.images(Loops.transposed(layer, x.rows()), output);
    }

    private static Tensor pooled(Tensor x, Pool2d layer) {
        return x.images(Loops.pooled(layer, x.rows()), layer.output());
    }

    private static double[] logits(GraphProto graph, SimpleMatrix input) {
        Map<String, Tensor> known = new HashMap<>(Map.of("input", Tensor.of(input)));
        Map<String, List<Long>> lists = new HashMap<>();
        for (TensorProto each : graph.getInitializerList()) {
            int[] sizes = each.getDimsList().stream().mapToInt(Math::toIntExact).toArray();
            double[] data =
                    each.getDoubleDataList().stream().mapToDouble(d -> d).toArray();
            lists.put(each.getName(), each.getInt64DataList());
            known.put(each.getName(), new Tensor(sizes, data));
        }
        for (NodeProto node : graph.getNodeList()) {
            List<Tensor> in = new ArrayList<>();
            node.getInputList().forEach(name -> in.add(known.get(name)));
            Tensor x = in.get(0);
            known.put(
                    node.getOutput(0),
                    switch (node.getOpType()) {
                        case "Reshape" -> x.reshaped(lists.get(node.getInput(1)));
                        case "Flatten" -> x.reshaped(List.of((long) x.sizes[0], -1L));
                        case "Transpose" -> x.turned();
                        case "Conv", "ConvTranspose" ->
                            convolved(node, x, in.get(1), in.size() > 2 ? Optional.of(in.get(2)) : Optional.empty());
                        case "MaxPool" -> pooled(x, Pool2d.max(x.image(), window(attributes(node))));
                        case "AveragePool" -> {
                            assertEquals(1, attributes(node).get("count_include_pad")[0]);
                            yield pooled(x, Pool2d.average(x.image(), window(attributes(node))));
                        }
                        case "GlobalMaxPool" -> pooled(x, Pool2d.global(Pool2d.Kind.MAX, x.image()));
                        case "GlobalAveragePool" -> pooled(x, Pool2d.global(Pool2d.Kind.AVERAGE, x.image()));
                        case "Sub" -> x.with(in.get(1), (a, b) -> a - b);
                        case "Mul" -> x.with(in.get(1), (a, b) -> a * b);
                        case "Add" -> x.with(in.get(1), Double::sum);
                        case "Relu" -> x.with(x, (a, b) -> Math.max(a, 0));
                        case "Cast" -> x; // here all is of doubles
                        case "Softmax", "Sigmoid" -> x; // what follows the logits
                        default -> throw new AssertionError(node.getOpType());
                    });
        }
        return known.get("logits").data;
    }

    private static void requireSame(Layer network) throws InvalidProtocolBufferException {
        SimpleMatrix x = Initialiser.normal(1).matrix(3, IMAGE.columns(), new RandomStream(5));
        SimpleMatrix ours = network.inference().forward(Value.constant(x)).matrix();
        assertArrayEquals(ours.getDDRM().data, logits(graph(network, IMAGE.columns()), x), 1e-12);
    }

    /** Another layer after it reads what it has made. */
    @TestFactory
    Stream<DynamicTest> everyLayerWithEveryOption() {
        return ImageLayersTest.layers().entrySet().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.getKey(), () -> requireSame(Sequential.of(each.getValue(), Activation.RELU))));
    }

    @Test
    void wholeNetworks() throws InvalidProtocolBufferException {
        Conv2d edges = new Conv2d(IMAGE, 3, Window.of(2), 1);
        PerPixel normalised = PerPixel.of(edges.output(), new BatchNorm(3));
        Sequential network =
                Sequential.of(edges, normalised, Activation.RELU, Pool2d.max(edges.output(), Window.of(2)));
        network.at(1).forward(Value.constant(Initialiser.normal(1).matrix(9, IMAGE.columns(), new RandomStream(2))));
        requireSame(network);
        requireSame(Sequential.of(PerPixel.of(IMAGE, PerPixel.of(new ImageShape(2, 1, 1), new BatchNorm(2)))));
    }

    @Test
    void operatorsAndWeightsHaveTheirNames() throws InvalidProtocolBufferException {
        Conv2d edges = new Conv2d(new ImageShape(1, 6, 6), 2, Window.of(3).padding(1), 1);
        Pool2d smaller = Pool2d.max(edges.output(), Window.of(2).stride(2));
        GraphProto graph = graph(
                Sequential.of(
                        edges,
                        Activation.RELU,
                        smaller,
                        new Dense(smaller.output().columns(), 3, 2)),
                36);
        assertEquals(
                List.of(
                        "Transpose",
                        "Reshape",
                        "Reshape",
                        "Reshape",
                        "Cast",
                        "Cast",
                        "Cast",
                        "Conv",
                        "Cast",
                        "Flatten",
                        "Relu",
                        "Reshape",
                        "MaxPool",
                        "Flatten",
                        "Gemm",
                        "Softmax"),
                graph.getNodeList().stream().map(NodeProto::getOpType).toList());
        List<String> names =
                graph.getInitializerList().stream().map(TensorProto::getName).toList();
        assertTrue(names.containsAll(List.of("0.weight", "0.bias", "3.weight", "3.bias")), names.toString());
    }
}
