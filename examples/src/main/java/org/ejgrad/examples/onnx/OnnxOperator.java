package org.ejgrad.examples.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.Map;
import org.ejgrad.Family;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Value;

/** What ONNX calls our operations: those that treat each row by itself, so that a model takes any number of rows. */
final class OnnxOperator {
    private static final Map<Operation, String> NAMES = Map.ofEntries(
            Map.entry(Value.AFFINE, "Gemm"),
            Map.entry(Value.MULT, "MatMul"),
            Map.entry(Value.PLUS, "Add"),
            Map.entry(Value.MINUS, "Sub"),
            Map.entry(Value.ELEMENT_MULT, "Mul"),
            Map.entry(Value.NEGATIVE, "Neg"),
            Map.entry(Value.RELU, "Relu"),
            Map.entry(Value.SELU, "Selu"),
            Map.entry(Value.TANH, "Tanh"),
            Map.entry(Value.SIGMOID, "Sigmoid"),
            Map.entry(Value.SOFTPLUS, "Softplus"),
            Map.entry(Value.SOFTSIGN, "Softsign"),
            Map.entry(Value.SOFTMAX.of(Per.ROW), "Softmax"),
            Map.entry(Value.LOG_SOFTMAX.of(Per.ROW), "LogSoftmax"));

    private static final Map<Family<Double>, String> WITH_ALPHA =
            Map.of(Value.LEAKY_RELU, "LeakyRelu", Value.ELU, "Elu");

    private OnnxOperator() {}

    /** A node that applies an operation of ours; its inputs and its output are still to be named. */
    static NodeProto.Builder node(Operation operation) {
        for (Map.Entry<Family<Double>, String> each : WITH_ALPHA.entrySet()) {
            if (each.getKey().contains(operation)) {
                Double alpha = (Double) operation.parameters().get(0);
                return NodeProto.newBuilder().setOpType(each.getValue()).addAttribute(number("alpha", alpha));
            }
        }
        if (!NAMES.containsKey(operation)) {
            throw new IllegalArgumentException("ONNX: the operation " + operation
                    + " cannot be exported; expected one of "
                    + NAMES.keySet().stream().map(Operation::toString).sorted().toList() + ", leakyRelu or elu");
        }
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(NAMES.getOrDefault(operation, ""));
        boolean isPerRow = Value.SOFTMAX.contains(operation) || Value.LOG_SOFTMAX.contains(operation);
        return isPerRow ? node.addAttribute(alongRows()) : node;
    }

    private static AttributeProto number(String name, double number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) number)
                .build();
    }

    private static AttributeProto alongRows() {
        return AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1)
                .build();
    }
}
