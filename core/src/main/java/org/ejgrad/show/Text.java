package org.ejgrad.show;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.Value;

/** The graph as a program: one line per value, such as {@code n4 = tanh(n3) 4x3}, details indented below it. */
final class Text {
    private Text() {}

    static String of(List<Node> nodes, Detail detail) {
        int idWidth = nodes.get(nodes.size() - 1).id().length();
        int callWidth = Math.min(
                40, nodes.stream().mapToInt(n -> call(n).length()).max().orElse(0));
        StringBuilder out = new StringBuilder();
        for (Node node : nodes) {
            String line = pad(node.id(), idWidth) + " = " + pad(call(node), callWidth) + "  "
                    + node.value().shape();
            out.append(line);
            out.append(node.name().isEmpty() ? "" : "  " + PlainText.line(node.name()));
            out.append('\n');
            appendDetails(out, node, detail);
        }
        return out.toString();
    }

    private static void appendDetails(StringBuilder out, Node node, Detail detail) {
        String indent = "      ";
        if (detail.values()) {
            out.append(indent)
                    .append("value     ")
                    .append(detail.line(node.value()))
                    .append('\n');
        }
        if (detail.gradients() && node.gradient().isPresent()) {
            String gradient = detail.line(node.gradient().get());
            out.append(indent).append("gradient  ").append(gradient).append('\n');
        }
        for (int i = 0; i < node.inputs().size(); i++) {
            boolean contributes =
                    detail.gradients() && node.contributions().get(i).isPresent();
            if ((detail.formulas() && !node.value().inputs().get(i).isConstant()) || contributes) {
                out.append(indent).append(pad("to " + Node.id(node.inputs().get(i)), 10));
                out.append(detail.formulas() ? node.formula(i) : "");
                out.append(detail.formulas() && contributes ? " = " : "");
                out.append(contributes ? detail.line(node.contributions().get(i).get()) : "");
                out.append('\n');
            }
        }
    }

    private static String call(Node node) {
        Value value = node.value();
        if (value.inputs().isEmpty()) {
            return node.kind();
        }
        Stream<String> inputs = node.inputs().stream().map(Node::id);
        Stream<String> parameters = value.operation().parameters().stream().map(Object::toString);
        return value.operation().name() + Stream.concat(inputs, parameters).collect(joining(", ", "(", ")"));
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
