package org.ejgrad.show;

import java.util.List;

/** The graph as a Mermaid flow chart: blue boxes are variables, dashed ones constants. */
final class Mermaid {
    private static final String STYLE = """
            flowchart TB
              classDef default fill:#fff,stroke:#555,color:#111
              classDef variable fill:#cfe8fc,stroke:#0072b2,color:#111
              classDef constant fill:#fff,stroke:#555,color:#111,stroke-dasharray:5 4
            """;

    private Mermaid() {}

    static String of(List<Node> nodes, Detail detail) {
        StringBuilder out = new StringBuilder(STYLE);
        for (Node node : nodes) {
            String label = String.join("<br/>", Lines.of(node, detail, Mermaid::escape));
            out.append("  ").append(node.id()).append("(\"").append(label).append("\")");
            out.append(node.kind().equals("result") ? "\n" : ":::" + node.kind() + "\n");
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
