package org.ejgrad.show;

import java.util.List;

/** The graph in Graphviz's language, a box per value and an arrow from each input to its result. */
final class Dot {
    private Dot() {}

    static String of(List<Node> nodes, Detail detail) {
        StringBuilder out = new StringBuilder("digraph ejgrad {\n");
        out.append("  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\"];\n");
        out.append("  edge [fontname=\"Helvetica\", fontsize=10];\n");
        for (Node node : nodes) {
            out.append("  ").append(node.id()).append(" [label=\"");
            out.append(String.join("\\n", Lines.of(node, detail, Dot::escape))).append('"');
            out.append(style(node)).append("];\n");
        }
        for (Node node : nodes) {
            for (int i = 0; i < node.inputs().size(); i++) {
                out.append("  ").append(Node.id(node.inputs().get(i)));
                out.append(" -> ").append(node.id());
                String edge = String.join("\\n", Lines.ofEdge(node, i, detail, Dot::escape));
                out.append(edge.isEmpty() ? "" : " [label=\"" + edge + "\"]").append(";\n");
            }
        }
        return out.append("}\n").toString();
    }

    private static String style(Node node) {
        return switch (node.kind()) {
            case "variable" -> ", fillcolor=\"#cfe8fc\"";
            case "constant" -> ", style=\"rounded,dashed\"";
            default -> "";
        };
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
