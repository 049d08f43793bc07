package org.ejgrad.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.data.ColumnKind;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.RawColumn;
import org.ejgrad.nn.data.Standardizer;
import org.ejgrad.nn.data.Unseen;

/**
 * What a preparation does to the rows of a table, as nodes: an input for each column, doubles or texts.
 *
 * <p>Numbers are brought to mean 0 and deviation 1 as doubles, whatever the network's own are: a large offset costs no
 * digits. A missing number is NaN, a missing text is empty.
 */
record OnnxPreparation(Preparation preparation) {
    private static final int STRING = TensorProto.DataType.STRING_VALUE;

    /** Writes everything between the columns and the network's input. */
    void writeInputs(GraphProto.Builder model, OnnxGraph graph) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        for (RawColumn column : preparation.rawColumns()) {
            boolean isNumber = column.kind() == ColumnKind.NUMBER;
            String input = graph.unique(column.name());
            model.addInput(OnnxModel.rows(input, 1, isNumber ? Precision.DOUBLE.code() : STRING));
            parts.add(isNumber ? number(graph, input, column, at) : categories(graph, input, column));
            at += isNumber ? 1 : column.categories().size();
        }
        graph.named(OnnxTrial.INPUT, "Concat", parts, OnnxGraph.integer("axis", 1));
    }

    private String number(OnnxGraph graph, String input, RawColumn column, int at) {
        String known = input;
        if (column.fill().isPresent()) {
            String isMissing = graph.node("IsNaN", List.of(input));
            known = graph.node(
                    "Where", List.of(isMissing, graph.exact(column.fill().getAsDouble()), input));
        }
        Standardizer scale = preparation.scale();
        String centred = graph.node("Sub", List.of(known, graph.exact(scale.means()[at])));
        double beyond = scale.beyondMeans()[at];
        centred = beyond == 0 ? centred : graph.node("Sub", List.of(centred, graph.exact(beyond)));
        return own(graph, graph.node("Div", List.of(centred, graph.exact(scale.deviations()[at]))));
    }

    /** A number in the precision of the network. */
    private static String own(OnnxGraph graph, String number) {
        return graph.node("Cast", List.of(number), OnnxGraph.integer("to", graph.code()));
    }

    private String categories(OnnxGraph graph, String input, RawColumn column) {
        AttributeProto.Builder texts =
                AttributeProto.newBuilder().setName("cats_strings").setType(AttributeProto.AttributeType.STRINGS);
        column.categories().forEach(each -> texts.addStrings(ByteString.copyFrom(each, StandardCharsets.UTF_8)));
        String oneHot = graph.node(
                OnnxGraph.TRADITIONAL,
                "OneHotEncoder",
                List.of(input),
                texts.build(),
                OnnxGraph.integer("zeros", preparation.unseen() == Unseen.ZEROS ? 1 : 0));
        int count = column.categories().size();
        return own(graph, graph.node("Reshape", List.of(oneHot, graph.integers(-1, count))));
    }

    /**
     * Brings predicted numbers back to the units of the table, as doubles: they may differ in their last digits only.
     */
    void writePredictions(OnnxGraph graph, String standardised) {
        Standardizer scale = preparation.targetScale();
        String doubles = graph.node("Cast", List.of(standardised), OnnxGraph.integer("to", Precision.DOUBLE.code()));
        String scaled = graph.node("Mul", List.of(doubles, graph.exact(Value.row(scale.deviations()))));
        String moved = graph.node("Add", List.of(scaled, graph.exact(Value.row(scale.beyondMeans()))));
        graph.named(OnnxTrial.PREDICTIONS, "Add", List.of(moved, graph.exact(Value.row(scale.means()))));
    }
}
