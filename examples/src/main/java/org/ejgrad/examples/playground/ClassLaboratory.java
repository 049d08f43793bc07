package org.ejgrad.examples.playground;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.pages.Section;

/**
 * One row of several classes: its probabilities beside the target, the gradient p − y, and what information theory says
 * of the two.
 *
 * @param logits a row of logits
 * @param target a row of as many probabilities
 * @param smoothing the share of the target that is spread evenly
 */
record ClassLaboratory(Value logits, Value target, double smoothing) implements Section {
    /** As many as have sliders on a page. */
    static final int MOST_CLASSES = 8;

    private static final ClassOptions SUM = ClassOptions.DEFAULT.reduction(Reduction.SUM);

    /** What the fields say: logits, or probabilities of which they are the logarithms, and targets that sum to 1. */
    static ClassLaboratory of(Fields asked) {
        Fields fields = asked.titled(Laboratory.TITLES);
        double[] numbers = fields.has("probabilities")
                ? fields.numbers("probabilities", "", MOST_CLASSES, 0, 1, i -> "probability " + (i + 1))
                : fields.numbers("logits", "2,1,0", MOST_CLASSES, -1000, 1000, i -> "logit " + (i + 1));
        double[] targets = fields.numbers("targets", "1,0,0", MOST_CLASSES, 0, 1, i -> "target " + (i + 1));
        if (numbers.length < 2 || targets.length != numbers.length) {
            throw new IllegalArgumentException(numbers.length + " classes with " + targets.length
                    + " targets; expected at least two, and a target for each");
        }
        Value row = Value.row(numbers);
        return new ClassLaboratory(
                Value.variable("z", fields.has("probabilities") ? row.elementLog() : row),
                Value.row(targets),
                fields.number("smoothing", 0, 0, 1));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        ClassOptions smoothed = SUM.smoothing(smoothing);
        Value loss = CrossEntropy.fromLogits(logits, target, smoothed);
        Value p = logits.softmax(Per.ROW);
        Value y = target.scale(1 - smoothing).plus(smoothing / target.getNumCols());
        Value squared = Regression.squaredError(p, y, Reduction.SUM);
        json.writeStartObject();
        writeRow(json, "logits", logits);
        writeRow(json, "p", p);
        writeRow(json, "y", y);
        writeRow(json, "gradient", loss.gradients().of(logits));
        writeRow(json, "squaredGradient", squared.gradients().of(logits));
        json.writeObjectFieldStart("measures");
        write(json, "cross_entropy", loss);
        write(json, "entropy", Information.entropy(y, SUM));
        write(json, "own_entropy", Information.entropy(p, SUM));
        write(json, "divergence", Information.divergenceFromLog(logits.logSoftmax(Per.ROW), y, Reduction.SUM));
        write(json, "most", Value.constant(Elementary.log(target.getNumCols())));
        json.writeEndObject();
        json.writeNumberField("squared", squared.scalar());
        json.writeEndObject();
    }

    /** A row of numbers. */
    static void writeRow(JsonGenerator json, String name, Value row) throws IOException {
        json.writeFieldName(name);
        double[] numbers = IntStream.range(0, row.getNumCols())
                .mapToDouble(column -> row.get(0, column))
                .toArray();
        json.writeArray(numbers, 0, numbers.length);
    }

    /** In nats and in bits. */
    private static void write(JsonGenerator json, String name, Value nats) throws IOException {
        json.writeFieldName(name);
        json.writeArray(new double[] {nats.scalar(), Information.bits(nats).scalar()}, 0, 2);
    }
}
