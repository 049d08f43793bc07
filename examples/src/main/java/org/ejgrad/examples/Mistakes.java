package org.ejgrad.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** The test images that a network takes for another class, surest first. */
record Mistakes(Trained run) implements Section {
    private static final int MOST = 10;

    @Override
    public void write(JsonGenerator json) throws IOException {
        Dataset test = run.problem().test();
        int[] labels = test.labels();
        ConstMatrix<SimpleMatrix> probabilities = run.probabilities(test.inputs());
        int[] predictions = Classification.predictions(probabilities);
        List<Integer> wrong = IntStream.range(0, labels.length)
                .filter(row -> labels[row] != predictions[row])
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -probabilities.get(row, predictions[row])))
                .toList();
        json.writeStartObject();
        json.writeStringField("run", run.problem().name());
        json.writeNumberField("side", (int) Math.sqrt(test.features()));
        json.writeNumberField("highest", 16);
        json.writeNumberField("total", wrong.size());
        json.writeArrayFieldStart("rows");
        for (int row : wrong.subList(0, Math.min(MOST, wrong.size()))) {
            json.writeStartObject();
            json.writeStringField("actual", test.classNames().get(labels[row]));
            json.writeStringField("predicted", test.classNames().get(predictions[row]));
            json.writeNumberField("certainty", probabilities.get(row, predictions[row]));
            json.writeFieldName("pixels");
            int[] pixels = IntStream.range(0, test.features())
                    .map(column -> (int) Math.round(16 * test.inputs().get(row, column)))
                    .toArray();
            json.writeArray(pixels, 0, pixels.length);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
