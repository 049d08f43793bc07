package org.ejgrad.examples.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.IdentityHashMap;
import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.show.Graph;
import org.ejgrad.show.Node;

/**
 * A classifier as an ONNX model with the input {@code input} (a row per example) and the outputs {@code logits} and
 * {@code probabilities}.
 *
 * <p>A layer is any function, so there is no list of layers to look at: the network is applied to two rows, and the
 * graph which that records is written down, node by node.
 */
public final class OnnxModel {
    private static final int VERSION_OF_FORMAT = 8;
    private static final int VERSION_OF_OPERATORS = 13;

    private OnnxModel() {}

    /**
     * The model of a network.
     *
     * @param name what the model is to be called
     * @param network a classifier; its {@code inference()} is exported
     * @param inputs how many columns it takes
     * @param precision of its numbers
     * @return the bytes of an {@code .onnx} file
     * @throws IllegalArgumentException if the network uses an operation that is not known here
     */
    public static byte[] of(String name, Layer network, int inputs, Precision precision) {
        Value input = Value.variable("input", Value.zeros(new Shape(2, inputs)));
        Value logits = network.inference().forward(input);
        Value probabilities = logits.softmax(Per.ROW);
        Map<Value, String> names = names(network);
        names.put(input, "input");
        names.put(logits, "logits");
        names.put(probabilities, "probabilities");

        GraphProto.Builder graph = GraphProto.newBuilder().setName(name);
        graph.addInput(rows("input", inputs, precision));
        graph.addOutput(rows("logits", logits.getNumCols(), precision));
        graph.addOutput(rows("probabilities", logits.getNumCols(), precision));
        for (Node node : Graph.of(probabilities).nodes()) {
            if (node.value() != input) {
                add(graph, node.value(), names, precision);
            }
        }
        return ModelProto.newBuilder()
                .setIrVersion(VERSION_OF_FORMAT)
                .setProducerName("ejgrad")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(VERSION_OF_OPERATORS))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static Map<Value, String> names(Layer network) {
        Map<Value, String> names = new IdentityHashMap<>();
        network.parameters().forEach(parameter -> put(names, parameter));
        network.statistics().forEach(parameter -> put(names, parameter));
        return names;
    }

    private static void put(Map<Value, String> names, Parameter parameter) {
        names.put(parameter.value(), parameter.name());
    }

    private static void add(GraphProto.Builder graph, Value value, Map<Value, String> names, Precision precision) {
        String name = names.computeIfAbsent(value, each -> "n" + names.size());
        if (value.inputs().isEmpty()) {
            graph.addInitializer(precision.tensor(name, value));
            return;
        }
        var node = OnnxOperator.node(value.operation()).setName(name).addOutput(name);
        value.inputs().forEach(each -> node.addInput(names.getOrDefault(each, "")));
        graph.addNode(node);
    }

    /** Any number of rows. */
    private static ValueInfoProto rows(String name, int columns, Precision precision) {
        TensorShapeProto shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("rows"))
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(columns))
                .build();
        TypeProto.Tensor tensor = TypeProto.Tensor.newBuilder()
                .setElemType(precision.code())
                .setShape(shape)
                .build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
