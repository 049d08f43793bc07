package org.ejgrad.show;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.Gradients;
import org.ejgrad.Value;

/**
 * A value and everything it was computed from, numbered and ready to be drawn.
 *
 * <p>Inputs come before results. The numbering is a depth-first walk from the results to the leaves, first input first,
 * so that the same program is numbered the same way in every run. Nothing here recurses: a graph may have any depth.
 *
 * <p>A drawing shows operations, labels and shapes; {@link #withValues}, {@link #withGradients()} and
 * {@link #withFormulas} each return a graph that shows more. Matrices above the size of {@link #abbreviatedTo} show
 * their top left corner.
 */
public final class Graph {
    private final List<Node> nodes;
    private final Detail detail;

    private Graph(List<Node> nodes, Detail detail) {
        this.nodes = nodes;
        this.detail = detail;
    }

    /**
     * The graph of one or several results.
     *
     * @param results at least one value
     * @throws IllegalArgumentException if no value is given
     */
    public static Graph of(Value... results) {
        if (requireNonNull(results, "results").length == 0) {
            throw new IllegalArgumentException("Graph.of: no value given; expected at least one");
        }
        Map<Value, Integer> numbers = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < results.length; i++) {
            for (Value value : requireNonNull(results[i], "results[" + i + "]").ancestors()) {
                if (numbers.putIfAbsent(value, nodes.size()) == null) {
                    List<Integer> inputs =
                            value.inputs().stream().map(numbers::get).toList();
                    List<Optional<Value>> nothing = Collections.nCopies(inputs.size(), Optional.empty());
                    nodes.add(new Node(nodes.size(), value.label(), value, inputs, Optional.empty(), nothing));
                }
            }
        }
        return new Graph(Collections.unmodifiableList(nodes), Detail.NAMES_AND_SHAPES);
    }

    /** {@return this graph with the elements of each matrix} */
    public Graph withValues() {
        return new Graph(nodes, detail.withValues());
    }

    /**
     * {@return this graph with the derivative of its last node with respect to every node, and each edge's part in it}
     *
     * @throws IllegalArgumentException if the last node is not 1x1 or is a constant
     */
    public Graph withGradients() {
        Value result = nodes.get(nodes.size() - 1).value();
        return withGradients(result.gradients(Gradients.Option.INTERMEDIATE));
    }

    /**
     * {@return this graph with the given gradients where there are any, and each edge's part in them}
     *
     * @param gradients taken with {@link org.ejgrad.Gradients.Option#INTERMEDIATE} to show those of results too
     */
    public Graph withGradients(Gradients gradients) {
        requireNonNull(gradients, "gradients");
        List<Node> shown = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            shown.add(gradients.contains(node.value()) ? withGradient(node, gradients.of(node.value())) : node);
        }
        return new Graph(Collections.unmodifiableList(shown), detail.withGradients());
    }

    static Node withGradient(Node node, Value gradient) {
        Value value = node.value();
        List<Value> inputs = value.inputs().stream().map(Value::detached).toList();
        List<Optional<Value>> contributions = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            contributions.add(
                    value.inputs().get(i).isConstant()
                            ? Optional.empty()
                            : Optional.of(
                                    value.operation().gradient(i, inputs, value.detached(), gradient.detached())));
        }
        return new Node(node.number(), node.name(), value, node.inputs(), Optional.of(gradient), contributions);
    }

    /** {@return this graph with the formula of every derivative rule, at the edge it belongs to} */
    public Graph withFormulas() {
        return new Graph(nodes, detail.withFormulas());
    }

    /**
     * {@return this graph with other names in place of some labels, such as the full names of a network's parameters}
     *
     * @param names names by value; values that are not in the graph are ignored
     */
    public Graph withNames(Map<Value, String> names) {
        requireNonNull(names, "names").forEach((value, name) -> {
            requireNonNull(value, "names: a key");
            requireNonNull(name, () -> "names[" + value + "]");
        });
        Map<Value, String> known = new HashMap<>(names);
        List<Node> shown = nodes.stream()
                .map(node -> node.named(known.getOrDefault(node.value(), node.name())))
                .toList();
        return new Graph(shown, detail);
    }

    /**
     * {@return this graph with larger or smaller matrices; 6 x 6 unless chosen}
     *
     * @param rows how many rows of a matrix are shown at most, at least 1
     * @param columns how many columns, at least 1
     * @throws IllegalArgumentException if a number is less than 1
     */
    public Graph abbreviatedTo(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "abbreviatedTo(" + rows + ", " + columns + "): expected at least one row and one column");
        }
        return new Graph(nodes, detail.abbreviatedTo(rows, columns));
    }

    /** {@return the values, inputs before results; a node's number is its index} */
    public List<Node> nodes() {
        return nodes;
    }

    /** {@return the graph as a program: a line per value, in the order of computation} */
    public String text() {
        return Text.of(nodes, detail);
    }

    /** {@return {@link #text}} */
    @Override
    public String toString() {
        return text();
    }

    /** {@return the graph as a {@code digraph} in Graphviz's language; {@code dot -Tsvg} draws it} */
    public String dot() {
        return Dot.of(nodes, detail);
    }

    /** {@return the graph as a Mermaid {@code flowchart}, which many Markdown viewers draw} */
    public String mermaid() {
        return Mermaid.of(nodes, detail);
    }

    /**
     * {@return the graph as one JSON object for other programs, with numbers that read back exactly}
     *
     * <p>{@code {"nodes": [{"id", "kind", "operation", "parameters", "label", "rows", "columns", "inputs"}]}}, and as
     * asked for {@code "formulas"} with the {@code "letters"} of the inputs in them, {@code "value"},
     * {@code "gradient"} and {@code "contributions"}. A matrix is {@code {"elements": [[...]], "abbreviated": false}};
     * an infinity or NaN is a string, a missing matrix is null.
     */
    public String json() {
        return GraphJson.of(nodes, detail);
    }

    /** {@return the computation and the backward walk of the last node in words, LaTeX or Markdown} */
    public Explanation explain() {
        return new Explanation(Steps.of(nodes), detail);
    }
}
