package org.ejgrad.examples.playground;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.ejgrad.NonFinite;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.lint.Warning;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.pages.Section;
import org.ejml.simple.SimpleMatrix;

/** What a page shows of a network at one moment, as JSON; pictures are bytes in base64. */
record Frame(Learner learner) implements Section {
    /** Points along each side of the plane. */
    static final int SIZE = 41;

    private static final int UNIT_SIZE = 21;
    private static final double FLAT = 0.02;
    private static final double MOST_ROWS = 0.95;
    private static final double VANISHING = 1e-3;

    /** Those that are 0 where they level off: a unit that is so for every row is dead, any other saturated. */
    private static final Set<Activation> CUTTING_OFF = Set.of(
            Activation.RELU,
            Activation.RELU6,
            Activation.GELU,
            Activation.GELU_TANH,
            Activation.SILU,
            Activation.MISH,
            Activation.HARD_SWISH);

    /** A hidden layer's state: what it makes of the grid, and what is wrong with each unit. */
    private record Hidden(Value outputs, List<String> marks) {}

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("steps", learner.steps());
        json.writeNumberField("epochs", learner.epochs());
        json.writeBooleanField("back", learner.canGoBack());
        writeResult(json, "train", learner.train());
        writeResult(json, "test", learner.test());
        json.writeFieldName("norms");
        double[] norms = learner.norms();
        json.writeArray(norms, 0, norms.length);
        List<Hidden> hidden = new ArrayList<>();
        Value logits = forward(hidden);
        json.writeFieldName("plane");
        Section.shares(logits.softmax(Per.ROW).matrix()).write(json);
        writeInputs(json);
        writeUnits(json, hidden);
        writeWeights(json);
        json.writeFieldName("words");
        Section.texts(words(hidden, norms)).write(json);
        json.writeEndObject();
    }

    private void writeResult(JsonGenerator json, String name, Dataset data) throws IOException {
        Value outputs = learner.inference().forward(Value.constant(data.inputs()));
        boolean isFinite = NonFinite.in(outputs).isEmpty();
        json.writeObjectFieldStart(name);
        json.writeNumberField("loss", learner.plan().loss().of(outputs, data).scalar());
        json.writeNumberField(
                "accuracy", isFinite ? Classification.accuracy(data.labels(), outputs.matrix()) : Double.NaN);
        json.writeEndObject();
    }

    /** What the network is told of each point of the grid. */
    private SimpleMatrix inputs() {
        return Feature.of(learner.plan().inputs(), learner.data().grid(SIZE));
    }

    /** The logits of the grid; on the way, what each hidden layer makes of it, and how it does on the training rows. */
    private Value forward(List<Hidden> hidden) {
        Value grid = Value.constant(inputs());
        Value rows = Value.constant(learner.train().inputs());
        for (Layer layer : learner.network().layers()) {
            Layer inference = layer.inference();
            grid = inference.forward(grid);
            if (layer instanceof Activation activation) {
                Value before = Value.variable("a", rows);
                Value outputs = layer.forward(before);
                Value slopes = outputs.elementSum().gradients().of(before);
                hidden.add(new Hidden(grid, marks(slopes, outputs, CUTTING_OFF.contains(activation))));
            }
            rows = inference.forward(rows);
        }
        return grid;
    }

    /** What the slopes and outputs of a layer's units on the training rows say of each unit. */
    private static List<String> marks(Value slopes, Value outputs, boolean cutsOff) {
        List<String> marks = new ArrayList<>();
        for (int unit = 0; unit < slopes.getNumCols(); unit++) {
            int flat = 0;
            int zero = 0;
            for (int row = 0; row < slopes.getNumRows(); row++) {
                double slope = Math.abs(slopes.get(row, unit));
                flat += slope < FLAT ? 1 : 0;
                zero += slope == 0 && outputs.get(row, unit) == 0 ? 1 : 0;
            }
            marks.add(
                    cutsOff && zero == slopes.getNumRows()
                            ? "dead"
                            : flat >= MOST_ROWS * slopes.getNumRows() ? "saturated" : "");
        }
        return marks;
    }

    private void writeInputs(JsonGenerator json) throws IOException {
        SimpleMatrix inputs = inputs();
        json.writeArrayFieldStart("inputs");
        for (int column = 0; column < inputs.getNumCols(); column++) {
            json.writeStartObject();
            json.writeStringField("name", learner.plan().inputs().get(column).toString());
            json.writeFieldName("picture");
            json.writeBinary(picture(inputs, column, largest(inputs.getColumn(column))));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeUnits(JsonGenerator json, List<Hidden> layers) throws IOException {
        json.writeArrayFieldStart("hidden");
        for (Hidden layer : layers) {
            SimpleMatrix outputs = layer.outputs.matrix();
            double scale = largest(outputs);
            json.writeStartObject();
            json.writeNumberField("scale", scale);
            json.writeFieldName("marks");
            Section.texts(layer.marks).write(json);
            json.writeArrayFieldStart("units");
            for (int unit = 0; unit < outputs.getNumCols(); unit++) {
                json.writeBinary(picture(outputs, unit, scale));
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static double largest(SimpleMatrix outputs) {
        double largest = Double.MIN_NORMAL;
        for (int i = 0; i < outputs.getNumElements(); i++) {
            largest = Math.max(largest, Math.abs(outputs.get(i)));
        }
        return largest;
    }

    /** Every second point of the grid: 0 for −scale, 255 for scale. */
    private static byte[] picture(SimpleMatrix outputs, int unit, double scale) {
        byte[] bytes = new byte[UNIT_SIZE * UNIT_SIZE];
        for (int i = 0; i < bytes.length; i++) {
            int point = 2 * (i / UNIT_SIZE) * SIZE + 2 * (i % UNIT_SIZE);
            bytes[i] = (byte) Math.round(127.5 * (1 + outputs.get(point, unit) / scale));
        }
        return bytes;
    }

    /** For each layer, its weights by input and then its biases. */
    private void writeWeights(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("weights");
        for (Dense layer : learner.dense()) {
            json.writeStartArray();
            for (Value rows :
                    List.of(layer.weight().value(), layer.bias().orElseThrow().value())) {
                SimpleMatrix matrix = rows.matrix();
                for (int row = 0; row < matrix.getNumRows(); row++) {
                    double[] numbers = new double[matrix.getNumCols()];
                    for (int column = 0; column < numbers.length; column++) {
                        numbers[column] = matrix.get(row, column);
                    }
                    json.writeArray(numbers, 0, numbers.length);
                }
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** What is wrong, a sentence or two each. */
    private List<String> words(List<Hidden> hidden, double... norms) {
        List<String> words = new ArrayList<>();
        learner.end().ifPresent(words::add);
        learner.warnings().forEach(warning -> words.add(warning.toString()));
        for (int layer = 0; layer < hidden.size(); layer++) {
            List<String> marks = hidden.get(layer).marks();
            String dead = units(marks, "dead");
            if (!dead.isEmpty()) {
                words.add("Dead in layer " + (layer + 1) + ", " + dead + ": " + Warning.Pitfall.DEAD_RELU.advice());
            }
            String saturated = units(marks, "saturated");
            if (!saturated.isEmpty()) {
                words.add("Saturated in layer " + (layer + 1) + ", " + saturated + ": the slope is below " + FLAT
                        + " for nearly every row, so hardly any gradient passes; try a smaller learning rate, L2, or "
                        + "an activation that does not level off");
            }
        }
        if (norms[0] < VANISHING * norms[norms.length - 1]) {
            words.add(String.format(
                    Locale.ROOT,
                    "Vanishing gradient: that of layer 1 is %.1e of the last layer's, so it hardly learns; try fewer "
                            + "layers or relu",
                    norms[0] / norms[norms.length - 1]));
        }
        return words;
    }

    private static String units(List<String> marks, String kind) {
        List<String> units = new ArrayList<>();
        for (int unit = 0; unit < marks.size(); unit++) {
            if (marks.get(unit).equals(kind)) {
                units.add(Integer.toString(unit + 1));
            }
        }
        return units.isEmpty() ? "" : (units.size() == 1 ? "unit " : "units ") + String.join(", ", units);
    }
}
