package org.ejgrad.show;

import static java.util.stream.Collectors.joining;
import static org.ejgrad.show.Json.number;
import static org.ejgrad.show.Json.string;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Value;

/** The graph as one JSON object, for pages and other programs. */
final class GraphJson {
    private GraphJson() {}

    static String of(List<Node> nodes, Detail detail) {
        return "{\"nodes\": " + nodes.stream().map(n -> node(n, detail)).collect(joining(",\n", "[\n", "\n]")) + "}\n";
    }

    private static String node(Node node, Detail detail) {
        Value value = node.value();
        StringBuilder out = new StringBuilder("{\"id\": ").append(string(node.id()));
        out.append(", \"kind\": ").append(string(node.kind()));
        out.append(", \"operation\": ").append(string(value.operation().name()));
        out.append(", \"parameters\": ")
                .append(list(value.operation().parameters(), parameter -> string(parameter.toString())));
        out.append(", \"label\": ").append(string(node.name()));
        out.append(", \"rows\": ").append(value.getNumRows());
        out.append(", \"columns\": ").append(value.getNumCols());
        out.append(", \"inputs\": ").append(list(node.inputs(), input -> string(Node.id(input))));
        if (detail.formulas()) {
            List<String> letters = RuleFormula.letters(value.operation());
            Stream<String> formulas = IntStream.range(0, value.inputs().size())
                    .mapToObj(input -> string(RuleFormula.of(value, input, letters, "y")));
            out.append(", \"formulas\": ").append(formulas.collect(joining(", ", "[", "]")));
            out.append(", \"letters\": ").append(list(letters, letter -> string(letter)));
        }
        if (detail.values()) {
            out.append(", \"value\": ").append(matrix(value, detail));
        }
        if (detail.gradients()) {
            out.append(", \"gradient\": ").append(matrix(node.gradient(), detail));
            out.append(", \"contributions\": ").append(list(node.contributions(), part -> matrix(part, detail)));
        }
        return out.append('}').toString();
    }

    private static String matrix(Optional<Value> value, Detail detail) {
        return value.map(present -> matrix(present, detail)).orElse("null");
    }

    private static String matrix(Value value, Detail detail) {
        int rows = Math.min(value.getNumRows(), detail.rows());
        int columns = Math.min(value.getNumCols(), detail.columns());
        String elements = IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, columns)
                        .mapToObj(column -> number(value.get(row, column)))
                        .collect(joining(", ", "[", "]")))
                .collect(joining(", ", "[", "]"));
        boolean abbreviated = rows < value.getNumRows() || columns < value.getNumCols();
        return "{\"elements\": " + elements + ", \"abbreviated\": " + abbreviated + "}";
    }

    private static <T> String list(List<T> items, Function<T, String> json) {
        return items.stream().map(json).collect(joining(", ", "[", "]"));
    }
}
