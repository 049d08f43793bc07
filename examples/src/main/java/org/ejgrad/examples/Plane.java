package org.ejgrad.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.stream.DoubleStream;
import org.ejgrad.examples.report.Section;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** The predictions of a network with two inputs over a square, from the top left, a byte per class and grid point. */
record Plane(Trained run) implements Section {
    private static final int SIZE = 150;
    private static final double MARGIN = 1.08;

    @Override
    public void write(JsonGenerator json) throws IOException {
        double high = MARGIN * reach(run.problem().train());
        json.writeStartObject();
        json.writeNumberField("size", SIZE);
        json.writeNumberField("low", -high);
        json.writeNumberField("high", high);
        json.writeFieldName("classes");
        Section.texts(run.problem().train().classNames()).write(json);
        json.writeFieldName("probabilities");
        json.writeBinary(bytes(run.probabilities(grid(high))));
        json.writeArrayFieldStart("points");
        writePoints(json, run.problem().train(), 0);
        writePoints(json, run.problem().test(), 1);
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The largest coordinate. */
    private static double reach(Dataset data) {
        double largest = 0;
        for (int row = 0; row < data.size(); row++) {
            double x = Math.abs(data.inputs().get(row, 0));
            largest = DoubleStream.of(largest, x, Math.abs(data.inputs().get(row, 1)))
                    .max()
                    .orElse(largest);
        }
        return largest;
    }

    private static SimpleMatrix grid(double high) {
        SimpleMatrix points = new SimpleMatrix(SIZE * SIZE, 2);
        double step = 2 * high / (SIZE - 1);
        for (int row = 0; row < SIZE; row++) {
            for (int column = 0; column < SIZE; column++) {
                points.setRow(row * SIZE + column, 0, column * step - high, high - row * step);
            }
        }
        return points;
    }

    private static byte[] bytes(ConstMatrix<SimpleMatrix> probabilities) {
        int classes = probabilities.getNumCols();
        byte[] bytes = new byte[probabilities.getNumRows() * classes];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * probabilities.get(i / classes, i % classes));
        }
        return bytes;
    }

    private static void writePoints(JsonGenerator json, Dataset data, int test) throws IOException {
        int[] labels = data.labels();
        for (int row = 0; row < labels.length; row++) {
            double[] point = {
                rounded(data.inputs().get(row, 0)), rounded(data.inputs().get(row, 1)), labels[row], test
            };
            json.writeArray(point, 0, point.length);
        }
    }

    private static double rounded(double coordinate) {
        return Math.round(1000 * coordinate) / 1000.0;
    }
}
