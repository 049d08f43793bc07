package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.OptionalDouble;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;

/**
 * What an epoch brought.
 *
 * @param epoch from 1
 * @param loss the mean over the training rows of their loss in the step that used them
 * @param measures the measures by name of all training rows at once, of their outputs in the step that used them; NaN
 *     if an output is
 * @param validationLoss the loss on the validation set after the epoch, if there is such a set
 * @param validationMeasures the measures on the validation set after the epoch, likewise; empty without such a set
 */
public record EpochResult(
        int epoch,
        double loss,
        Map<String, Double> measures,
        OptionalDouble validationLoss,
        Map<String, Double> validationMeasures) {
    /** Copies the maps. */
    public EpochResult {
        measures = Require.entries(measures, "measures");
        requireNonNull(validationLoss, "validationLoss");
        validationMeasures = Require.entries(validationMeasures, "validationMeasures");
    }

    /** For example {@code epoch 3: loss 0.25, {accuracy=0.9}; validation loss 0.5, {accuracy=0.8}}. */
    @Override
    public String toString() {
        String training = "epoch " + epoch + ": loss " + loss + ", " + measures;
        return PlainText.line(
                validationLoss.isEmpty()
                        ? training
                        : training + "; validation loss " + validationLoss.getAsDouble() + ", " + validationMeasures);
    }

    /**
     * {@return the loss that tells how well the network does: on the validation set if there is one, else in training}
     */
    public double watchedLoss() {
        return validationLoss.orElse(loss);
    }
}
