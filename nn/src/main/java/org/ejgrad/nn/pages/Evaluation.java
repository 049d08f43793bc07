package org.ejgrad.nn.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Calibration;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * How a trained network does on rows of data: what it confuses and whether its certainty comes true or, in regression,
 * its predictions beside the targets.
 */
final class Evaluation {
    private static final int BINS = 10;
    private static final int MOST_POINTS = 1_000;
    private static final int MOST_CLASSES = 40;

    private Evaluation() {}

    /** The evaluation, written now: the network may go on learning. */
    static String json(Layer network, Dataset data) throws IOException {
        return Section.json(json -> {
            json.writeStartObject();
            json.writeStringField("data", data.toString());
            json.writeNumberField("rows", data.size());
            if (data.classes() == 0) {
                writePredictions(json, network, data);
            } else {
                writeClasses(json, network, data);
            }
            json.writeEndObject();
        });
    }

    private static void writeClasses(JsonGenerator json, Layer network, Dataset data) throws IOException {
        int[] labels = data.labels();
        SimpleMatrix probabilities = ClassProbabilities.of(network, data.inputs(), data.classes());
        ConfusionMatrix confusion =
                ConfusionMatrix.of(labels, Classification.predictions(probabilities), data.classNames());
        json.writeNumberField("accuracy", confusion.accuracy());
        json.writeFieldName("classes");
        Section.texts(data.classNames()).write(json);
        if (confusion.classes() <= MOST_CLASSES) {
            json.writeFieldName("confusion");
            Section.counts(confusion).write(json);
        }
        Calibration calibration = Calibration.ofPredictedClass(labels, probabilities, BINS);
        json.writeNumberField("calibrationError", calibration.expectedError());
        json.writeArrayFieldStart("calibration");
        for (Calibration.Bin bin : calibration.bins()) {
            double[] numbers = {bin.low(), bin.high(), bin.rows(), bin.predicted(), bin.observed()};
            json.writeArray(numbers, 0, numbers.length);
        }
        json.writeEndArray();
        if (data.features() == 2) {
            json.writeFieldName("boundary");
            new DecisionBoundary(network, List.of(data)).write(json);
        }
    }

    private static void writePredictions(JsonGenerator json, Layer network, Dataset data) throws IOException {
        Value outputs = ClassProbabilities.outputs(network, data.inputs());
        ConstMatrix<SimpleMatrix> targets = data.targets();
        if (outputs.getNumCols() != targets.getNumCols()) {
            throw new IllegalArgumentException("the network returned " + outputs.shape() + " for " + data.size()
                    + " rows of " + targets.getNumCols() + " targets; expected as many");
        }
        json.writeArrayFieldStart("predictions");
        int shown = Math.min(data.size(), Math.max(1, MOST_POINTS / targets.getNumCols()));
        for (int row = 0; row < shown; row++) {
            for (int column = 0; column < targets.getNumCols(); column++) {
                double[] point = {targets.get(row, column), outputs.get(row, column)};
                json.writeArray(point, 0, point.length);
            }
        }
        json.writeEndArray();
    }
}
