package org.ejgrad.show;

import java.util.List;

/** The graph as a Mermaid flow chart: rounded boxes are variables, plain ones results, slanted ones constants. */
final class Mermaid {
    private Mermaid() {}

    static String of(List<Node> nodes, Detail detail) {
        StringBuilder out = new StringBuilder("flowchart TB\n");
        for (Node node : nodes) {
            String label = String.join("<br/>", Lines.of(node, detail, Mermaid::escape));
            out.append("  ").append(node.id()).append(boxed(node, label)).append('\n');
        }
        for (Node node : nodes) {
            for (int i = 0; i < node.inputs().size(); i++) {
                String edge = String.join("<br/>", Lines.ofEdge(node, i, detail, Mermaid::escape));
                out.append("  ").append(Node.id(node.inputs().get(i))).append(" -->");
                out.append(edge.isEmpty() ? "" : "|\"" + edge + "\"|");
                out.append(' ').append(node.id()).append('\n');
            }
        }
        return out.toString();
    }

    private static String boxed(Node node, String label) {
        return switch (node.kind()) {
            case "variable" -> "([\"" + label + "\"])";
            case "constant" -> "[/\"" + label + "\"/]";
            default -> "[\"" + label + "\"]";
        };
    }

    /** Mermaid's own entities: a number sign, the character's decimal code, a semicolon. */
    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if ("#\"<>&`\\|".indexOf(c) >= 0) {
                out.append('#').append(c).append(';');
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }
}
