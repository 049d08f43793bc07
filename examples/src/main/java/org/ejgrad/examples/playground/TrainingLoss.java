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
    CROSS_ENTROPY(
            "cross-entropy",
            "CrossEntropy.fromLogits(outputs, batch.labels())",
            (outputs, batch) -> CrossEntropy.fromLogits(outputs, batch.labels())),
    SQUARED_ERROR(
            "squared error of probabilities",
            "Regression.squaredError(outputs.softmax(Per.ROW), Value.constant(batch.oneHot().targets()))",
            (outputs, batch) -> Regression.squaredError(
                    outputs.softmax(Per.ROW), Value.constant(batch.oneHot().targets()))),
    FOCAL(
            "focal, γ = 2",
            "Focal.categorical(outputs, batch.labels(), 2)",
            (outputs, batch) -> Focal.categorical(outputs, batch.labels(), 2)),
    HINGE(
            "hinge",
            "Margin.multiClass(outputs, batch.labels(), 1, 1, ClassOptions.DEFAULT)",
            (outputs, batch) -> Margin.multiClass(outputs, batch.labels(), 1, 1, ClassOptions.DEFAULT)),
    SOFTMAX_TWICE(
            "softmax twice (a usual mistake)",
            "CrossEntropy.fromLogits(outputs.softmax(Per.ROW), batch.labels())",
            (outputs, batch) -> CrossEntropy.fromLogits(outputs.softmax(Per.ROW), batch.labels()));

    private final String title;
    private final String code;
    private final Objective objective;

    TrainingLoss(String title, String code, Objective objective) {
        this.title = title;
        this.code = code;
        this.objective = objective;
    }

    Value of(Value outputs, Dataset batch) {
        return objective.loss(outputs, batch);
    }

    /** The same as Java. */
    String code() {
        return code;
    }

    Objective objective() {
        return Objective.of(Fields.id(this), objective);
    }

    /** What a person reads. */
    @Override
    public String toString() {
        return title;
    }
}
