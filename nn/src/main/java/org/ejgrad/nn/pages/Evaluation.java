package org.ejgrad.nn.pages;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Labels;
import org.ejgrad.nn.metrics.Calibration;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejgrad.nn.metrics.Scores;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * How a trained network does on rows of data: what it confuses, or how it does on each of several labels, and whether
 * its certainty comes true or, in regression, its predictions beside the targets.
 */
final class Evaluation {
    private static final int BINS = 10;
    private static final int MOST_POINTS = 1_000;
    private static final int MOST_CLASSES = 40;
    private static final double[] THRESHOLDS =
            IntStream.rangeClosed(1, 19).mapToDouble(i -> i / 20.0).toArray();

    private Evaluation() {}

    /** The evaluation, written now: the network may go on learning. */
    static String json(Layer network, Dataset data) throws IOException {
        return Section.json(json -> {
            json.writeStartObject();
            json.writeStringField("data", data.toString());
            json.writeNumberField("rows", data.size());
            switch (data.kind()) {
                case NUMBERS -> writePredictions(json, network, data);
                case LABELS -> writeLabels(json, network, data);
                case CLASSES -> writeClasses(json, network, answers(data));
            }
            json.writeEndObject();
        });
    }

    /** Of targets that are shared out among the classes the largest share counts. */
    private static Dataset answers(Dataset data) {
        return data.targets().getNumCols() == 1
                ? data
                : data.withTargets(Labels.oneHot(Classification.predictions(data.targets()), data.classes()));
    }

    private static void writeClasses(JsonGenerator json, Layer network, Dataset data) throws IOException {
        int[] labels = data.labels();
        SimpleMatrix probabilities = ClassProbabilities.of(network, data.inputs(), data.classes());
        ConfusionMatrix confusion =
                ConfusionMatrix.of(labels, Classification.predictions(probabilities), data.classNames());
        json.writeNumberField("accuracy", confusion.accuracy());
        json.writeFieldName("classes");
        Section.texts(data.classNames()).write(json);
        boolean isTold = confusion.classes() <= MOST_CLASSES; // more have no marks of their own
        if (isTold) {
            json.writeFieldName("confusion");
            Section.counts(confusion).write(json);
        }
        write(json, Calibration.ofPredictedClass(labels, probabilities, BINS));
        if (isTold && data.features() == 2) {
            json.writeFieldName("boundary");
            new DecisionBoundary(network, List.of(data)).write(json);
        }
    }

    /** Each label by itself: how often it is right, and what another threshold would do. */
    private static void writeLabels(JsonGenerator json, Layer network, Dataset data) throws IOException {
        Value logits = ClassProbabilities.outputs(network, data.inputs());
        ConstMatrix<SimpleMatrix> targets = data.targets();
        MultiLabel answers = MultiLabel.of(targets, MultiLabel.above(logits.matrix(), 0));
        SimpleMatrix probabilities = logits.sigmoid().matrix();
        List<MultiLabel> byThreshold = Arrays.stream(THRESHOLDS)
                .mapToObj(threshold -> MultiLabel.of(targets, MultiLabel.above(probabilities, threshold)))
                .toList();
        json.writeNumberField("labelAccuracy", answers.labelAccuracy());
        json.writeNumberField("allRight", answers.subsetAccuracy());
        json.writeFieldName("thresholds");
        json.writeArray(THRESHOLDS, 0, THRESHOLDS.length);
        json.writeArrayFieldStart("labels");
        for (int label = 0; label < Math.min(data.classes(), MOST_CLASSES); label++) {
            int column = label;
            Scores scores = answers.scores(label);
            double[] f1 = byThreshold.stream()
                    .mapToDouble(each -> each.scores(column).f1())
                    .toArray();
            json.writeStartObject();
            json.writeStringField("name", data.classNames().get(label));
            json.writeNumberField("rows", (long) targets.getColumn(label).elementSum());
            json.writeNumberField("accuracy", answers.labelAccuracy(label));
            json.writeNumberField("precision", scores.precision());
            json.writeNumberField("recall", scores.recall());
            json.writeNumberField("f1", scores.f1());
            json.writeFieldName("f1ByThreshold");
            json.writeArray(f1, 0, f1.length);
            json.writeEndObject();
        }
        json.writeEndArray();
        int[] all = IntStream.range(0, targets.getNumElements())
                .map(i -> (int) targets.get(i))
                .toArray();
        write(json, Calibration.ofPositiveClass(all, Arrays.copyOf(probabilities.getDDRM().data, all.length), BINS));
    }

    private static void write(JsonGenerator json, Calibration calibration) throws IOException {
        json.writeNumberField("calibrationError", calibration.expectedError());
        json.writeArrayFieldStart("calibration");
        for (Calibration.Bin bin : calibration.bins()) {
            double[] numbers = {bin.low(), bin.high(), bin.rows(), bin.predicted(), bin.observed()};
            json.writeArray(numbers, 0, numbers.length);
        }
        json.writeEndArray();
    }

    private static void writePredictions(JsonGenerator json, Layer network, Dataset data) throws IOException {
        Value outputs = ClassProbabilities.outputs(network, data.inputs());
        ConstMatrix<SimpleMatrix> targets = data.targets();
        if (outputs.getNumCols() != targets.getNumCols()) {
            throw new IllegalArgumentException("the network returned " + outputs.shape() + " for " + data.size()
                    + " rows of " + targets.getNumCols() + " targets; expected as many");
        }
        json.writeNumberField("targets", targets.getNumCols());
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
