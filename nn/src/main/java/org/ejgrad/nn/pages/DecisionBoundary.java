package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.SimpleMatrix;

/**
 * The predictions of a network with two inputs over the rectangle that holds its data, from the top left, a byte per
 * class and grid point; and the data as points, the last data set's larger.
 *
 * @param network from two inputs to logits
 * @param data with the same two features and classes
 */
public record DecisionBoundary(Layer network, List<Dataset> data) implements Section {
    private static final int FINEST = 150;
    private static final int MOST_BYTES = 70_000;
    private static final int MOST_POINTS = 2_000;
    private static final double MARGIN = 0.04;

    /** Refuses data that are not points of a plane. */
    public DecisionBoundary {
        requireNonNull(network, "network");
        data = Require.elements(data, "data");
        if (data.isEmpty()) {
            throw new IllegalArgumentException("DecisionBoundary: there are no data; expected at least one set");
        }
        for (Dataset each : data) {
            if (each.features() != 2
                    || each.size() == 0
                    || !each.classNames().equals(data.get(0).classNames())) {
                throw new IllegalArgumentException("DecisionBoundary: given " + each
                        + "; expected rows with two features, and everywhere the same classes");
            }
            each.labels();
        }
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        Dataset last = data.get(data.size() - 1);
        int size = Math.min(FINEST, (int) Math.sqrt((double) MOST_BYTES / last.classes()));
        double[] x = range(0);
        double[] y = range(1);
        requireNonNull(json, "json").writeStartObject();
        json.writeNumberField("size", size);
        json.writeFieldName("x");
        json.writeArray(x, 0, 2);
        json.writeFieldName("y");
        json.writeArray(y, 0, 2);
        json.writeFieldName("features");
        Section.texts(last.featureNames()).write(json);
        json.writeFieldName("classes");
        Section.texts(last.classNames()).write(json);
        json.writeFieldName("probabilities");
        SimpleMatrix grid = grid(size, x[0], x[1], y[0], y[1]);
        Section.shares(ClassProbabilities.of(network, grid, last.classes())).write(json);
        json.writeArrayFieldStart("points");
        for (Dataset each : data) {
            writePoints(json, each, each == last ? 1 : 0);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** From the smallest to the largest coordinate, and a little more; never empty. */
    private double[] range(int feature) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Dataset each : data) {
            for (int row = 0; row < each.size(); row++) {
                low = Math.min(low, each.inputs().get(row, feature));
                high = Math.max(high, each.inputs().get(row, feature));
            }
        }
        double margin = high > low ? MARGIN * (high - low) : 1;
        return new double[] {low - margin, high + margin};
    }

    /**
     * {@return the points of a grid over a part of the plane, from the top left, row by row}
     *
     * @param size how many points along each side, at least 2
     * @param left the least x
     * @param right the greatest x
     * @param bottom the least y
     * @param top the greatest y
     * @throws IllegalArgumentException if the size is less than 2, or the grid cannot fit in memory
     */
    public static SimpleMatrix grid(int size, double left, double right, double bottom, double top) {
        Require.atLeast(size, 2, "DecisionBoundary.grid: the size");
        Require.memory("DecisionBoundary.grid", size, size, 2);
        SimpleMatrix points = new SimpleMatrix(size * size, 2);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double along = (double) column / (size - 1);
                double down = (double) row / (size - 1);
                points.setRow(row * size + column, 0, left + along * (right - left), top - down * (top - bottom));
            }
        }
        return points;
    }

    private static void writePoints(JsonGenerator json, Dataset data, int test) throws IOException {
        int[] labels = data.labels();
        for (int row = 0; row < Math.min(MOST_POINTS, labels.length); row++) {
            json.writeStartArray();
            json.writeNumber((float) data.inputs().get(row, 0)); // enough for a picture
            json.writeNumber((float) data.inputs().get(row, 1));
            json.writeNumber(labels[row]);
            json.writeNumber(test);
            json.writeEndArray();
        }
    }
}
