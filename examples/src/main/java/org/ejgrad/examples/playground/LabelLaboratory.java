package org.ejgrad.examples.playground;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.pages.Section;

/**
 * One row of several labels, each of which is true or not whatever the others are: a sigmoid each, and a loss each.
 *
 * @param logits a row of logits
 * @param targets a row of as many targets from 0 to 1
 */
record LabelLaboratory(Value logits, Value targets) implements Section {
    /** What the fields say; smoothing moves each target towards one half. */
    static LabelLaboratory of(Fields asked) {
        Fields fields = asked.titled(Laboratory.TITLES);
        double[] numbers = fields.numbers(
                "logits", "2,-1,0.5", ClassLaboratory.MOST_CLASSES, -1000, 1000, i -> "logit of label " + (i + 1));
        double[] targets = fields.numbers(
                "targets", "1,0,1", ClassLaboratory.MOST_CLASSES, 0, 1, i -> "target of label " + (i + 1));
        if (numbers.length < 1 || targets.length != numbers.length) {
            throw new IllegalArgumentException(numbers.length + " labels with " + targets.length
                    + " targets; expected at least one, and a target for each");
        }
        double smoothing = fields.number("smoothing", 0, 0, 1);
        return new LabelLaboratory(
                Value.variable("z", Value.row(numbers)),
                Value.row(targets).scale(1 - smoothing).plus(smoothing / 2));
    }

    private Value loss(Reduction reduction) {
        return BinaryCrossEntropy.fromLogits(logits, targets, BinaryOptions.DEFAULT.reduction(reduction));
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        Value sum = loss(Reduction.SUM);
        Value mean = loss(Reduction.MEAN);
        json.writeStartObject();
        ClassLaboratory.writeRow(json, "logits", logits);
        ClassLaboratory.writeRow(json, "p", logits.sigmoid());
        ClassLaboratory.writeRow(json, "y", targets);
        ClassLaboratory.writeRow(json, "losses", loss(Reduction.NONE));
        ClassLaboratory.writeRow(json, "gradient", sum.gradients().of(logits));
        ClassLaboratory.writeRow(json, "meanGradient", mean.gradients().of(logits));
        ClassLaboratory.writeRow(json, "softmax", logits.softmax(Per.ROW));
        json.writeNumberField("sum", sum.scalar());
        json.writeNumberField("mean", mean.scalar());
        json.writeEndObject();
    }
}
