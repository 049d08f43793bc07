package org.ejgrad.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.Value;

/** The nodes and numbers of a model as they are written down; no two things have one name. */
final class OnnxGraph {
    /** The operators of machine learning other than networks. */
    static final String TRADITIONAL = "ai.onnx.ml";

    /** ONNX's number for whole numbers of 64 bits. */
    static final int INT64 = TensorProto.DataType.INT64_VALUE;

    /** Operators that ONNX Runtime 1.30 has of floats alone: doubles are made floats before them. */
    static final Set<String> FLOAT_ONLY =
            Set.of("Erf", "Conv", "ConvTranspose", "AveragePool", "GlobalAveragePool", "GlobalMaxPool");

    private final GraphProto.Builder graph;
    private final Precision precision;
    private final Set<String> taken;
    private final Map<Double, String> numbers = new HashMap<>();
    private final Map<Double, String> exact = new HashMap<>();
    private final Map<List<Long>, String> lists = new HashMap<>();
    private int fresh;

    /** An empty graph in which some names are given away already. */
    OnnxGraph(GraphProto.Builder graph, Precision precision, Set<String> taken) {
        this.graph = graph;
        this.precision = precision;
        this.taken = new HashSet<>(taken);
    }

    /** Whether the numbers are of 64 bits. */
    boolean hasDoubles() {
        return precision == Precision.DOUBLE;
    }

    /** A name that nothing has yet: the one wished for, or the first like it. */
    String unique(String wish) {
        String name = wish;
        for (int i = 1; !taken.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    /** A name for a result on the way. */
    String fresh() {
        return unique("n" + fresh++);
    }

    /** A matrix of numbers. */
    void initializer(String name, Value matrix) {
        graph.addInitializer(precision.tensor(name, matrix));
    }

    /** The name of a 1×1 matrix, which ONNX repeats along rows and columns as needed. */
    String number(double number) {
        return numbers.computeIfAbsent(number, each -> {
            String name = fresh();
            initializer(name, Value.constant(each));
            return name;
        });
    }

    /** The same as a double, whatever the precision of the others. */
    String exact(double number) {
        return exact.computeIfAbsent(number, each -> exact(Value.constant(each)));
    }

    /** The name of a matrix of doubles, likewise. */
    String exact(Value matrix) {
        String name = fresh();
        graph.addInitializer(Precision.DOUBLE.tensor(name, matrix));
        return name;
    }

    /** The name of a list of whole numbers, such as axes. */
    String integers(long... list) {
        return lists.computeIfAbsent(Arrays.stream(list).boxed().toList(), each -> {
            String name = fresh();
            graph.addInitializer(TensorProto.newBuilder()
                    .setName(name)
                    .setDataType(INT64)
                    .addDims(list.length)
                    .addAllInt64Data(each));
            return name;
        });
    }

    /** Adds a node with a result on the way. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        if (!hasDoubles() || !FLOAT_ONLY.contains(operator)) {
            return node("", operator, inputs, attributes);
        }
        List<String> floats =
                inputs.stream().map(each -> cast(each, Precision.FLOAT)).toList();
        return own(node("", operator, floats, attributes));
    }

    /** Adds what makes numbers those of the graph. */
    String own(String numbers) {
        return cast(numbers, precision);
    }

    /** Adds what makes numbers floats or doubles. */
    String cast(String numbers, Precision wanted) {
        return node("Cast", List.of(numbers), integer("to", wanted.code()));
    }

    /** Adds a node with an operator that is not one of networks. */
    String node(String domain, String operator, List<String> inputs, AttributeProto... attributes) {
        String output = fresh();
        add(domain, output, operator, inputs, attributes);
        return output;
    }

    /** Adds a node with a result of a given name. */
    void named(String output, String operator, List<String> inputs, AttributeProto... attributes) {
        add("", output, operator, inputs, attributes);
    }

    private void add(String domain, String output, String operator, List<String> inputs, AttributeProto... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder();
        if (!domain.isEmpty()) {
            node.setDomain(domain);
        }
        graph.addNode(node.setOpType(operator)
                .setName(output)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(List.of(attributes)));
    }

    /** Gives the result of the node added last, which nothing uses yet, another name. */
    void renameLast(String name) {
        int last = graph.getNodeCount() - 1;
        graph.setNode(last, graph.getNode(last).toBuilder().setName(name).setOutput(0, name));
    }

    static AttributeProto number(String name, double number) {
        return attribute(name, AttributeProto.AttributeType.FLOAT)
                .setF((float) number)
                .build();
    }

    static AttributeProto integers(String name, long... numbers) {
        AttributeProto.Builder list = attribute(name, AttributeProto.AttributeType.INTS);
        Arrays.stream(numbers).forEach(list::addInts);
        return list.build();
    }

    static AttributeProto integer(String name, long number) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(number).build();
    }

    private static AttributeProto.Builder attribute(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
