package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.TextTable;

/**
 * A network as a table: a line per layer with the columns that come out of it and the numbers that it learns, and their
 * total.
 *
 * @param inputs the columns that go in
 * @param lines a line per layer in order
 * @param parameters how many numbers are learnt in all, those that layers share counted once
 */
public record Summary(int inputs, List<Line> lines, long parameters) {
    private static final String INPUTS = "summary: the number of inputs";
    private static final int MOST_INPUTS = 1 << 20;

    /**
     * One layer.
     *
     * @param layer its name with its options
     * @param outputs the columns that come out
     * @param parameters how many numbers it learns
     */
    public record Line(String layer, int outputs, long parameters) {
        public Line {
            requireNonNull(layer, "layer");
        }
    }

    /** Copies the list. */
    public Summary {
        lines = Require.elements(lines, "lines");
    }

    /** Asks each layer, as it is after training, about one row of zeros. */
    static Summary of(Layer network, int inputs) {
        Require.atLeast(inputs, 1, INPUTS);
        Require.atMost(inputs, MOST_INPUTS, INPUTS);
        List<Layer> layers = network instanceof Sequential sequential ? sequential.layers() : List.of(network);
        List<Line> lines = new ArrayList<>();
        Value row = Value.constant(new double[1][inputs]);
        for (Layer layer : layers) {
            Layer trained = requireNonNull(layer.inference(), "what a layer's inference() returned");
            row = requireNonNull(trained.forward(row), "what a layer's forward returned")
                    .detached();
            lines.add(new Line(LayerNames.of(layer), row.getNumCols(), count(layer)));
        }
        return new Summary(inputs, lines, count(network));
    }

    private static long count(Layer layer) {
        return Require.elements(layer.parameters(), "the parameters").stream()
                .mapToLong(parameter -> parameter.value().shape().elements())
                .sum();
    }

    /** The table. */
    @Override
    public String toString() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("layer", "columns", "parameters"));
        rows.add(List.of("input", Integer.toString(inputs)));
        lines.forEach(
                line -> rows.add(List.of(line.layer, Integer.toString(line.outputs), Long.toString(line.parameters))));
        return TextTable.of(rows) + parameters + " parameters";
    }
}
