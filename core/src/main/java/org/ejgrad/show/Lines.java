package org.ejgrad.show;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.PlainText;

/** What stands in the box of a node and beside an edge, line by line; each format escapes in its own way. */
final class Lines {
    private Lines() {}

    static List<String> of(Node node, Detail detail, UnaryOperator<String> escape) {
        List<String> lines = new ArrayList<>();
        String label = PlainText.line(node.name());
        String operation = node.value().operation().toString();
        lines.add(label.isEmpty() ? operation : node.value().inputs().isEmpty() ? label : label + " = " + operation);
        lines.add(node.value().shape().toString());
        if (detail.values()) {
            lines.addAll(detail.rows(node.value()));
        }
        if (detail.gradients()) {
            node.gradient().ifPresent(gradient -> {
                lines.add("gradient");
                lines.addAll(detail.rows(gradient));
            });
        }
        return lines.stream().map(PlainText::line).map(escape).toList();
    }

    static List<String> ofEdge(Node node, int position, Detail detail, UnaryOperator<String> escape) {
        List<String> lines = new ArrayList<>();
        if (detail.formulas() && !node.value().inputs().get(position).isConstant()) {
            lines.add(node.formula(position));
        }
        if (detail.gradients()) {
            node.contributions().get(position).ifPresent(part -> lines.addAll(detail.rows(part)));
        }
        return lines.stream().map(PlainText::line).map(escape).toList();
    }
}
