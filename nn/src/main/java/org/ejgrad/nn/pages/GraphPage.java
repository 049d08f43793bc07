package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.show.Graph;

/**
 * A page on which a person steps through the computation of a loss and back through its derivatives.
 *
 * <pre>{@code
 * GraphPage.of(loss).parameters(network).write(Path.of("target", "samples", "graph.html"));
 * }</pre>
 *
 * <p>Every number on it is one that the engine computed: each value, its gradient, and what each operation passes on to
 * each of its inputs. Matrices show as many rows and columns as fit into a page of at most 600 kB, at least one and at
 * most sixteen of each; the page says where there are more.
 */
public final class GraphPage {
    /** What a person can follow, and a browser lays out in a second. */
    private static final int MOST_VALUES = 400;

    private static final int MOST_BYTES = 600_000;
    private static final List<Integer> SIZES = List.of(16, 12, 8, 6, 5, 4, 3, 2, 1);

    private final Graph graph;
    private final String title;
    private final String text;

    private GraphPage(Graph graph, String title, String text) {
        this.graph = graph;
        this.title = title;
        this.text = text;
    }

    /**
     * {@return the page of a loss and everything it was computed from}
     *
     * @param loss 1x1, of at most 400 values with itself
     * @throws IllegalArgumentException if it is not 1x1, is a constant, or was computed from more values
     */
    public static GraphPage of(Value loss) {
        if (!requireNonNull(loss, "loss").shape().isScalar() || loss.isConstant()) {
            throw new IllegalArgumentException("GraphPage.of: the loss is a " + loss.shape()
                    + (loss.isConstant() ? " constant" : " value")
                    + "; expected a 1x1 value that depends on a variable");
        }
        int values = loss.ancestors().size();
        if (values > MOST_VALUES) {
            throw new IllegalArgumentException("GraphPage.of: the loss was computed from " + values
                    + " values; expected at most " + MOST_VALUES + " on a page that a person steps through. "
                    + "Take fewer layers or steps, or print Graph.of(loss).text()");
        }
        Graph graph = Graph.of(loss).withValues().withGradients().withFormulas();
        String name = loss.label().isEmpty() ? "the result" : loss.label();
        return new GraphPage(
                graph,
                "Backpropagation, step by step",
                "How " + name + " is computed from " + (values == 1 ? "nothing else" : (values - 1) + " other values")
                        + ", and how its derivative finds the way back to each of them.");
    }

    /** {@return the page with other names in place of some labels; values that are not in the graph are ignored} */
    public GraphPage names(Map<Value, String> names) {
        return new GraphPage(graph.withNames(names), title, text);
    }

    /** {@return the page with a network's parameters under their full names, such as {@code 0.weight}} */
    public GraphPage parameters(Layer network) {
        Map<Value, String> names = new HashMap<>();
        Require.elements(requireNonNull(network, "network").parameters(), "the network's parameters()")
                .forEach(parameter -> names.put(parameter.value(), parameter.name()));
        return names(names);
    }

    /** {@return the page with another heading and introduction} */
    public GraphPage titled(String heading, String introduction) {
        return new GraphPage(graph, requireNonNull(heading, "heading"), requireNonNull(introduction, "introduction"));
    }

    /** {@return the graph for a page with more on it, with matrices of at most 6 x 6} */
    public Section section() {
        return section(6);
    }

    /**
     * Writes the page; at every instant the file is the page that was there before or this one.
     *
     * @param file where to; its folder is made if there is none
     * @return the number of bytes written, at most 600,000 unless labels are very long
     * @throws IOException if the file cannot be written
     */
    public long write(Path file) throws IOException {
        return Page.write(requireNonNull(file, "file"), html());
    }

    /** The page with the largest matrices that fit. */
    String html() throws IOException {
        String html = "";
        for (int size : SIZES) {
            html = Page.of(GraphPage.class, "graph.html", Section.json(Map.of("graph", section(size))));
            if (html.getBytes(StandardCharsets.UTF_8).length <= MOST_BYTES) {
                break;
            }
        }
        return html;
    }

    private Section section(int size) {
        return json -> {
            requireNonNull(json, "json").writeStartObject();
            json.writeStringField("title", title);
            json.writeStringField("text", text);
            json.writeFieldName("drawing");
            json.writeRawValue(graph.abbreviatedTo(size, size).json().strip());
            json.writeEndObject();
        };
    }
}
