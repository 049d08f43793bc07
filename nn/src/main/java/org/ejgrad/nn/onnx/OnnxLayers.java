package org.ejgrad.nn.onnx;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Layer;
import org.ejml.data.DMatrixRMaj;

/**
 * A layer whose graph does not say what it does: an embedding looks at the numbers in its input, which leaves no trace.
 * Where a graph is all that is wanted, an operation stands in its place; only the shape of its result is right.
 */
final class OnnxLayers {
    private static final Operation LOOKUP = Operation.binary(
            "embedding",
            (x, table) -> new DMatrixRMaj(x.numRows, x.numCols * table.numCols),
            Rule.rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
            Rule.rule("0", (a, b, y, dy) -> Value.zeros(b.shape())));

    private OnnxLayers() {}

    /** A network's inference, with this operation in the place of embeddings, however deep inside. */
    static Layer recording(Layer network) {
        if (network instanceof Embedding embedding) {
            return input -> LOOKUP.apply(input, embedding.parameters().get(0).value());
        }
        return OnnxImages.recording(network)
                .orElseGet(() -> Children.of(network).isEmpty()
                        ? requireNonNull(network.inference(), "what the network's inference() returned")
                        : requireNonNull(
                                network.map((name, child) -> recording(child)), "what the network's map() returned"));
    }

    /** Writes such an operation and gives the name of its result; nothing where it is another. */
    static Optional<String> write(OnnxGraph graph, Value value, List<String> inputs) {
        if (value.operation() != LOOKUP) {
            return Optional.empty();
        }
        String symbols = graph.node("Cast", List.of(inputs.get(0)), OnnxGraph.integer("to", OnnxGraph.INT64));
        String rows = graph.node("Gather", List.of(inputs.get(1), symbols), OnnxGraph.integer("axis", 0));
        return Optional.of(graph.node("Reshape", List.of(rows, graph.integers(-1, value.getNumCols()))));
    }
}
