package org.ejgrad.nn.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
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
            boolean isOfDoubles = isNumber || areDoubles(column);
            String input = graph.unique(column.name());
            model.addInput(OnnxModel.rows(input, 1, isOfDoubles ? Precision.DOUBLE.code() : STRING));
            parts.add(
                    isNumber
                            ? number(graph, input, column, at)
                            : isOfDoubles ? numerals(graph, input, column) : texts(graph, input, column));
            at += isNumber ? 1 : column.categories().size();
        }
        graph.named(OnnxTrial.INPUT, "Concat", parts, OnnxGraph.integer("axis", 1));
    }

    private String number(OnnxGraph graph, String input, RawColumn column, int at) {
        String known = input;
        if (column.fill().isPresent()) {
            known = filled(graph, input, column.fill().getAsDouble());
        }
        Standardizer scale = preparation.scale();
        String centred = graph.node("Sub", List.of(known, graph.exact(scale.means()[at])));
        double beyond = scale.beyondMeans()[at];
        centred = beyond == 0 ? centred : graph.node("Sub", List.of(centred, graph.exact(beyond)));
        return graph.own(graph.node("Div", List.of(centred, graph.exact(scale.deviations()[at]))));
    }

    private static String filled(OnnxGraph graph, String input, double fill) {
        return graph.node("Where", List.of(graph.node("IsNaN", List.of(input)), graph.exact(fill), input));
    }

    /** Whether the categories are numbers, and those the doubles say. */
    private static boolean areDoubles(RawColumn column) {
        return column.isOfNumbers()
                && column.categories().stream()
                        .filter(each -> !each.isEmpty())
                        .allMatch(each -> Double.isFinite(Double.parseDouble(each))
                                && BigDecimal.valueOf(Double.parseDouble(each)).compareTo(new BigDecimal(each)) == 0);
    }

    /** Categories by their numbers, the missing one as infinity: which of them an input is, from 1, or 0 for none. */
    private String numerals(OnnxGraph graph, String input, RawColumn column) {
        List<String> categories = column.categories();
        int count = categories.size();
        double[] numbers = categories.stream()
                .mapToDouble(each -> each.isEmpty() ? Double.POSITIVE_INFINITY : Double.parseDouble(each))
                .toArray();
        String known = categories.contains("") ? filled(graph, input, Double.POSITIVE_INFINITY) : input;
        String equal = graph.node("Equal", List.of(known, graph.exact(Value.row(numbers))));
        long[] places = LongStream.rangeClosed(1, count).toArray();
        String place = graph.node(
                "MatMul",
                List.of(
                        graph.cast(equal, Precision.DOUBLE),
                        graph.exact(Value.column(
                                LongStream.of(places).asDoubleStream().toArray()))));
        return oneHot(graph, place, count, OnnxGraph.integers("cats_int64s", places));
    }

    private String texts(OnnxGraph graph, String input, RawColumn column) {
        AttributeProto.Builder texts =
                AttributeProto.newBuilder().setName("cats_strings").setType(AttributeProto.AttributeType.STRINGS);
        column.categories().forEach(each -> texts.addStrings(ByteString.copyFrom(each, StandardCharsets.UTF_8)));
        return oneHot(graph, input, column.categories().size(), texts.build());
    }

    private String oneHot(OnnxGraph graph, String input, int count, AttributeProto categories) {
        String oneHot = graph.node(
                OnnxGraph.TRADITIONAL,
                "OneHotEncoder",
                List.of(input),
                categories,
                OnnxGraph.integer("zeros", preparation.unseen() == Unseen.ZEROS ? 1 : 0));
        return graph.own(graph.node("Reshape", List.of(oneHot, graph.integers(-1, count))));
    }

    /**
     * Brings predicted numbers back to the units of the table, as doubles: they may differ in their last digits only.
     */
    void writePredictions(OnnxGraph graph, String standardised) {
        Standardizer scale = preparation.targetScale();
        String doubles = graph.cast(standardised, Precision.DOUBLE);
        String scaled = graph.node("Mul", List.of(doubles, graph.exact(Value.row(scale.deviations()))));
        String moved = graph.node("Add", List.of(scaled, graph.exact(Value.row(scale.beyondMeans()))));
        graph.named(OnnxTrial.PREDICTIONS, "Add", List.of(moved, graph.exact(Value.row(scale.means()))));
    }
}
