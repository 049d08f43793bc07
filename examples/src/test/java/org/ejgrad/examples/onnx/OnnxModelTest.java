package org.ejgrad.examples.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

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

    /** Runs a graph of the operators that the network above needs. */
    private static Map<String, SimpleMatrix> run(GraphProto graph, SimpleMatrix input) {
        Map<String, SimpleMatrix> known = new HashMap<>(Map.of("input", input));
        graph.getInitializerList().forEach(tensor -> known.put(tensor.getName(), matrix(tensor)));
        for (NodeProto node : graph.getNodeList()) {
            SimpleMatrix x = known.get(node.getInput(0));
            SimpleMatrix y = switch (node.getOpType()) {
                case "Gemm" -> {
                    SimpleMatrix product = x.mult(known.get(node.getInput(1)));
                    SimpleMatrix bias = known.get(node.getInput(2));
                    for (int row = 0; row < product.getNumRows(); row++) {
                        for (int column = 0; column < product.getNumCols(); column++) {
                            product.set(row, column, product.get(row, column) + bias.get(0, column));
                        }
                    }
                    yield product;
                }
                case "MatMul" -> x.mult(known.get(node.getInput(1)));
                case "Tanh" -> map(x, Math::tanh);
                case "Relu" -> map(x, v -> Math.max(v, 0));
                case "Softmax" -> softmax(x);
                default -> throw new AssertionError(node.getOpType());
            };
            known.put(node.getOutput(0), y);
        }
        return known;
    }

    private static SimpleMatrix map(SimpleMatrix x, DoubleUnaryOperator function) {
        SimpleMatrix y = x.copy();
        for (int i = 0; i < y.getNumElements(); i++) {
            y.set(i, function.applyAsDouble(y.get(i)));
        }
        return y;
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
        assertTrue(refused.getMessage().startsWith("ONNX: the operation doubled cannot be exported"));
        assertThrows(
                IllegalArgumentException.class,
                () -> OnnxModel.of("columns", x -> x.softmax(Per.COLUMN), 2, Precision.FLOAT));
        assertThrows(IllegalArgumentException.class, () -> OnnxModel.of("shifted", x -> x.plus(1), 2, Precision.FLOAT));
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
}
