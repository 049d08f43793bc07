package org.ejgrad.examples.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.ejgrad.Operation;
import org.ejgrad.Shape;

/** What ONNX calls our operations: those that treat each row by itself, so that a model takes any number of rows. */
final class OnnxOperator {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("affine", "Gemm"),
            Map.entry("mult", "MatMul"),
            Map.entry("plus", "Add"),
            Map.entry("minus", "Sub"),
            Map.entry("elementMult", "Mul"),
            Map.entry("negative", "Neg"),
            Map.entry("relu", "Relu"),
            Map.entry("leakyRelu", "LeakyRelu"),
            Map.entry("elu", "Elu"),
            Map.entry("selu", "Selu"),
            Map.entry("tanh", "Tanh"),
            Map.entry("sigmoid", "Sigmoid"),
            Map.entry("softplus", "Softplus"),
            Map.entry("softsign", "Softsign"),
            Map.entry("softmax", "Softmax"),
            Map.entry("logSoftmax", "LogSoftmax"));

    private OnnxOperator() {}

    /** A node that applies an operation of ours; its inputs and its output are still to be named. */
    static NodeProto.Builder node(Operation operation) {
        NodeProto.Builder node = NodeProto.newBuilder();
        List<Object> parameters = operation.parameters();
        switch (operation.name()) {
            case "leakyRelu", "elu" -> node.addAttribute(number("alpha", (Double) parameters.get(0)));
            case "softmax", "logSoftmax" -> {
                require(operation, parameters.get(0) instanceof Shape group && group.columns() == 1);
                node.addAttribute(axis());
            }
            default -> require(operation, parameters.isEmpty() && NAMES.containsKey(operation.name()));
        }
        return node.setOpType(NAMES.getOrDefault(operation.name(), ""));
    }

    private static void require(Operation operation, boolean known) {
        if (!known) {
            throw new IllegalArgumentException("ONNX: the operation " + operation
                    + " cannot be exported; expected one of " + new TreeSet<>(NAMES.keySet()) + ", row by row");
        }
    }

    private static AttributeProto number(String name, double number) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) number)
                .build();
    }

    /** Along each row. */
    private static AttributeProto axis() {
        return AttributeProto.newBuilder()
                .setName("axis")
                .setType(AttributeProto.AttributeType.INT)
                .setI(1)
                .build();
    }
}
