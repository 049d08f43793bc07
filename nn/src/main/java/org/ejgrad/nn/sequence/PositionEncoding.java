package org.ejgrad.nn.sequence;

import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;

/**
 * Adds to each step where it stands (Vaswani et al. 2017): to the features 2i and 2i + 1 of step t, from 0, the sine
 * and the cosine of t/10000^(2i/features).
 *
 * @param features how many columns a step has
 */
public record PositionEncoding(int features) implements Layer {
    public PositionEncoding {
        Require.atLeast(features, 1, "PositionEncoding: the number of features");
    }

    /**
     * The input with its positions.
     *
     * @param input a row per example, the steps' features side by side
     * @throws IllegalArgumentException if the columns are no steps of so many features
     */
    @Override
    public Value forward(Value input) {
        Steps.count(this, input, features);
        DMatrixRMaj row = new DMatrixRMaj(1, input.getNumCols());
        for (int i = 0; i < row.numCols; i++) {
            int feature = i % features;
            double step = (double) (i - feature) / features;
            double angle = step / Elementary.pow(10_000, (double) (feature - feature % 2) / features);
            row.data[i] = feature % 2 == 0 ? Elementary.sin(angle) : Elementary.cos(angle);
        }
        return input.plus(Value.adopting(row));
    }

    /** For example {@code PositionEncoding(8)}. */
    @Override
    public String description() {
        return toString();
    }

    /** For example {@code PositionEncoding(8)}. */
    @Override
    public String toString() {
        return "PositionEncoding(" + features + ")";
    }
}
