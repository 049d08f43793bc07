package org.ejgrad.nn.train;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an epoch brought.
 *
 * @param epoch from 1
 * @param loss the mean over the training rows of their loss in the step that used them
 * @param measures the measures of the training rows by name, taken in the same way
 * @param validationLoss the loss on the validation set after the epoch, if there is such a set
 * @param validationMeasures the measures on the validation set after the epoch; empty without such a set
 */
public record EpochResult(
        int epoch,
        double loss,
        Map<String, Double> measures,
        OptionalDouble validationLoss,
        Map<String, Double> validationMeasures) {
    /**
     * Copies the maps.
     *
     * @param epoch from 1
     * @param loss the mean over the training rows of their loss in the step that used them
     * @param measures the measures of the training rows by name, taken in the same way
     * @param validationLoss the loss on the validation set after the epoch, if there is such a set
     * @param validationMeasures the measures on the validation set after the epoch; empty without such a set
     */
    public EpochResult {
        measures = Map.copyOf(measures);
        validationMeasures = Map.copyOf(validationMeasures);
    }

    /**
     * The loss that tells how well the network does: on the validation set if there is one, otherwise in training.
     *
     * @return a loss
     */
    public double watchedLoss() {
        return validationLoss.orElse(loss);
    }
}
