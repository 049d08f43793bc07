package org.ejgrad.examples.playground;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.train.Objective;

/** What a network of the playground can be trained by: a loss of a logit per class, and its text in Java. */
enum TrainingLoss {
    CROSS_ENTROPY("cross-entropy", "CrossEntropy.fromLogits(outputs, batch.labels())"),
    SQUARED_ERROR(
            "squared error of probabilities",
            "Regression.squaredError(outputs.softmax(Per.ROW), Value.constant(batch.oneHot().targets()))"),
    FOCAL("focal, γ = 2", "Focal.categorical(outputs, batch.labels(), 2)"),
    HINGE("hinge", "Margin.multiClass(outputs, batch.labels(), 1, 1, ClassOptions.DEFAULT)"),
    SOFTMAX_TWICE(
            "softmax twice (a usual mistake)", "CrossEntropy.fromLogits(outputs.softmax(Per.ROW), batch.labels())");

    private final String title;
    private final String code;

    TrainingLoss(String title, String code) {
        this.title = title;
        this.code = code;
    }

    Value of(Value outputs, Dataset batch) {
        return switch (this) {
            case CROSS_ENTROPY -> CrossEntropy.fromLogits(outputs, batch.labels());
            case SQUARED_ERROR ->
                Regression.squaredError(
                        outputs.softmax(Per.ROW), Value.constant(batch.oneHot().targets()));
            case FOCAL -> Focal.categorical(outputs, batch.labels(), 2);
            case HINGE -> Margin.multiClass(outputs, batch.labels(), 1, 1, ClassOptions.DEFAULT);
            case SOFTMAX_TWICE -> CrossEntropy.fromLogits(outputs.softmax(Per.ROW), batch.labels());
        };
    }

    /** The same as Java. */
    String code() {
        return code;
    }

    Objective objective() {
        return Objective.of(Fields.id(this), this::of);
    }

    /** What a person reads. */
    @Override
    public String toString() {
        return title;
    }
}
