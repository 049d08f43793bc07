package org.ejgrad.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Family;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejml.data.DMatrixRMaj;

/**
 * Layers for images under the names that ONNX has for them, instead of the products and moves of which they are made
 * here. In between, a row is an array of channels x height x width.
 */
final class OnnxImages {
    private static final Family<Conv2d> CONVOLUTION = Family.of(layer ->
            shaped("conv2d", 1, layer.output().columns(), 1 + layer.parameters().size()));
    private static final Family<ConvTranspose2d> TRANSPOSED = Family.of(layer -> shaped(
            "convTranspose2d",
            1,
            layer.output().columns(),
            1 + layer.parameters().size()));
    private static final Family<Pool2d> POOLING =
            Family.of(layer -> shaped("pool2d", 1, layer.output().columns(), 1));
    private static final Family<ImageShape> TO_PIXELS =
            Family.of(shape -> shaped("toPixels", shape.pixels(), shape.channels(), 1));
    private static final Family<ImageShape> TO_IMAGES =
            Family.of(shape -> shaped("toImages", 1.0 / shape.pixels(), shape.columns(), 1));

    private OnnxImages() {}

    /** An operation of which only the shape of the result is right: so many rows per row of the first input. */
    private static Operation shaped(String name, double rows, int columns, int inputs) {
        Rule none = new Rule("0", (in, y, dy) -> Value.zeros(in.get(0).shape()));
        Rule[] rules = new Rule[inputs];
        Arrays.fill(rules, none);
        return Operation.of(name, in -> new DMatrixRMaj((int) Math.rint(in[0].numRows * rows), columns), rules);
    }

    /** The layer with these operations in the place of its own; nothing for one that is not for images. */
    static Optional<Layer> recording(Layer layer) {
        if (layer instanceof Conv2d convolution) {
            return Optional.of(x -> applied(CONVOLUTION.of(convolution), x, convolution));
        }
        if (layer instanceof ConvTranspose2d transposed) {
            return Optional.of(x -> applied(TRANSPOSED.of(transposed), x, transposed));
        }
        if (layer instanceof Pool2d pooling) {
            return Optional.of(x -> applied(POOLING.of(pooling), x, pooling));
        }
        if (layer instanceof PerPixel each) {
            Layer inner = OnnxLayers.recording(each.inner());
            return Optional.of(x -> TO_IMAGES
                    .of(each.shape())
                    .apply(inner.forward(TO_PIXELS.of(each.shape()).apply(x))));
        }
        return Optional.empty();
    }

    private static Value applied(Operation operation, Value x, Layer layer) {
        List<Value> inputs = new ArrayList<>(List.of(x));
        layer.parameters().forEach(each -> inputs.add(each.value()));
        return operation.apply(inputs.toArray(Value[]::new));
    }

    /** Writes such an operation and gives the name of its result; nothing where it is another. */
    static Optional<String> write(OnnxGraph graph, Value value, List<String> inputs) {
        Operation operation = value.operation();
        if (CONVOLUTION.contains(operation)) {
            Conv2d layer = (Conv2d) operation.parameters().get(0);
            long[] weight = {layer.output().channels(), layer.input().channels() / layer.groups()};
            return Optional.of(convolved(graph, "Conv", layer.input(), layer.window(), layer.groups(), weight, inputs));
        }
        if (TRANSPOSED.contains(operation)) {
            ConvTranspose2d layer = (ConvTranspose2d) operation.parameters().get(0);
            long[] weight = {layer.input().channels(), layer.output().channels() / layer.groups()};
            return Optional.of(convolved(
                    graph,
                    "ConvTranspose",
                    layer.input(),
                    layer.window(),
                    layer.groups(),
                    weight,
                    inputs,
                    OnnxGraph.integers(
                            "output_padding",
                            more(
                                    layer.input().height(),
                                    layer.output().height(),
                                    layer.window().vertical()),
                            more(
                                    layer.input().width(),
                                    layer.output().width(),
                                    layer.window().horizontal()))));
        }
        if (POOLING.contains(operation)) {
            return Optional.of(pooled(graph, (Pool2d) operation.parameters().get(0), inputs.get(0)));
        }
        if (TO_PIXELS.contains(operation)) {
            ImageShape shape = (ImageShape) operation.parameters().get(0);
            return Optional.of(turned(graph, inputs.get(0), shape.channels(), shape.pixels(), shape.channels()));
        }
        if (TO_IMAGES.contains(operation)) {
            ImageShape shape = (ImageShape) operation.parameters().get(0);
            return Optional.of(turned(graph, inputs.get(0), shape.pixels(), shape.channels(), shape.columns()));
        }
        return Optional.empty();
    }

    /** How many pixels an output has beyond the fewest. */
    private static long more(int input, int output, Window.Axis axis) {
        return output
                - ((input - 1L) * axis.stride() - 2L * axis.padding() + (long) axis.dilation() * (axis.size() - 1) + 1);
    }

    private static String convolved(
            OnnxGraph graph,
            String operator,
            ImageShape shape,
            Window window,
            int groups,
            long[] weight,
            List<String> inputs,
            AttributeProto... more) {
        String turned = graph.node("Transpose", List.of(inputs.get(1)), OnnxGraph.integers("perm", 1, 0));
        long down = window.vertical().size();
        long right = window.horizontal().size();
        List<String> given = new ArrayList<>(List.of(
                images(graph, inputs.get(0), shape),
                graph.node("Reshape", List.of(turned, graph.integers(weight[0], weight[1], down, right)))));
        if (inputs.size() > 2) {
            given.add(graph.node("Reshape", List.of(inputs.get(2), graph.integers(-1))));
        }
        List<AttributeProto> attributes = new ArrayList<>(attributes(window, true));
        attributes.add(OnnxGraph.integer("group", groups));
        attributes.addAll(List.of(more));
        return rows(graph, graph.node(operator, given, attributes.toArray(AttributeProto[]::new)));
    }

    /** Of this version of the operators the mean knows no dilation: there it is a convolution per channel. */
    private static String pooled(OnnxGraph graph, Pool2d layer, String x) {
        Window window = layer.window();
        ImageShape shape = layer.input();
        boolean isMax = layer.kind() == Pool2d.Kind.MAX;
        if (window.equals(Window.of(shape.height(), shape.width()))) {
            return rows(
                    graph, graph.node(isMax ? "GlobalMaxPool" : "GlobalAveragePool", List.of(images(graph, x, shape))));
        }
        boolean isDense =
                window.vertical().dilation() == 1 && window.horizontal().dilation() == 1;
        if (!isMax && !isDense) {
            int taps = window.vertical().size() * window.horizontal().size();
            String weight = graph.fresh();
            graph.initializer(weight, Value.filled(new org.ejgrad.Shape(taps, shape.channels()), 1.0 / taps));
            long[] filters = {shape.channels(), 1};
            return convolved(graph, "Conv", shape, window, shape.channels(), filters, List.of(x, weight));
        }
        List<AttributeProto> attributes = new ArrayList<>(attributes(window, isMax));
        if (!isMax) {
            attributes.add(OnnxGraph.integer("count_include_pad", 1));
        }
        return rows(
                graph,
                graph.node(
                        isMax ? "MaxPool" : "AveragePool",
                        List.of(images(graph, x, shape)),
                        attributes.toArray(AttributeProto[]::new)));
    }

    private static List<AttributeProto> attributes(Window window, boolean hasDilation) {
        Window.Axis v = window.vertical();
        Window.Axis h = window.horizontal();
        List<AttributeProto> attributes = new ArrayList<>(List.of(
                OnnxGraph.integers("kernel_shape", v.size(), h.size()),
                OnnxGraph.integers("strides", v.stride(), h.stride()),
                OnnxGraph.integers("pads", v.padding(), h.padding(), v.padding(), h.padding())));
        if (hasDilation) {
            attributes.add(OnnxGraph.integers("dilations", v.dilation(), h.dilation()));
        }
        return attributes;
    }

    private static String images(OnnxGraph graph, String rows, ImageShape shape) {
        return graph.node(
                "Reshape", List.of(rows, graph.integers(-1, shape.channels(), shape.height(), shape.width())));
    }

    private static String rows(OnnxGraph graph, String images) {
        return graph.node("Flatten", List.of(images), OnnxGraph.integer("axis", 1));
    }

    /** Blocks of so many rows and columns, each turned around. */
    private static String turned(OnnxGraph graph, String x, int rows, int columns, int width) {
        String blocks = graph.node("Reshape", List.of(x, graph.integers(-1, rows, columns)));
        String turned = graph.node("Transpose", List.of(blocks), OnnxGraph.integers("perm", 0, 2, 1));
        return graph.node("Reshape", List.of(turned, graph.integers(-1, width)));
    }
}
