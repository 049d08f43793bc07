package org.ejgrad.nn.onnx;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejml.data.DMatrixRMaj;

/**
 * Layers whose graph does not say what they do: an embedding looks at the numbers in its input, which leaves no trace,
 * and a concatenation is made anew each time. Where a graph is all that is wanted, an operation stands in their place;
 * only the shape of its result is right.
 */
final class OnnxLayers {
    private static final Operation LOOKUP =
            shaped("embedding", (x, table) -> new DMatrixRMaj(x.numRows, x.numCols * table.numCols));
    private static final Operation BESIDE =
            shaped("beside", (x, y) -> new DMatrixRMaj(x.numRows, x.numCols + y.numCols));

    private OnnxLayers() {}

    private static Operation shaped(String name, BinaryOperator<DMatrixRMaj> zeros) {
        return Operation.binary(
                name,
                zeros,
                Rule.rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
                Rule.rule("0", (a, b, y, dy) -> Value.zeros(b.shape())));
    }

    /** A network's inference, with these operations in the place of such layers that containers of nn hold. */
    static Layer recording(Layer network) {
        if (network instanceof Embedding embedding) {
            return input -> LOOKUP.apply(input, embedding.parameters().get(0).value());
        }
        if (network instanceof Sequential sequential) {
            return Sequential.of(
                    sequential.layers().stream().map(OnnxLayers::recording).toArray(Layer[]::new));
        }
        if (network instanceof Residual residual) {
            Layer inner = recording(residual.inner());
            return residual.isConcatenating() ? input -> BESIDE.apply(input, inner.forward(input)) : Residual.of(inner);
        }
        return OnnxImages.recording(network)
                .orElseGet(() -> requireNonNull(network.inference(), "what the network's inference() returned"));
    }

    /** Writes such an operation and gives the name of its result; nothing where it is another. */
    static Optional<String> write(OnnxGraph graph, Value value, List<String> inputs) {
        if (value.operation() == LOOKUP) {
            String symbols = graph.node("Cast", List.of(inputs.get(0)), OnnxGraph.integer("to", OnnxGraph.INT64));
            String rows = graph.node("Gather", List.of(inputs.get(1), symbols), OnnxGraph.integer("axis", 0));
            return Optional.of(graph.node("Reshape", List.of(rows, graph.integers(-1, value.getNumCols()))));
        }
        return value.operation() == BESIDE
                ? Optional.of(graph.node("Concat", inputs, OnnxGraph.integer("axis", 1)))
                : Optional.empty();
    }
}
