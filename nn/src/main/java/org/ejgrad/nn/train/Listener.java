package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Gradients;

/** Somebody who watches a training: a progress bar, a log, a plot. Each method does nothing unless overridden. */
public interface Listener {
    /**
     * Called after each step.
     *
     * @param epoch from 1
     * @param batch from 1 to batches
     * @param batches the number of batches in an epoch
     * @param loss the loss of this batch before the step
     */
    default void onStep(int epoch, int batch, int batches, double loss) {}

    /**
     * Called before each step.
     *
     * @param epoch from 1
     * @param batch from 1
     * @param gradients what the optimizer is about to take, after clipping
     */
    default void onGradients(int epoch, int batch, Gradients gradients) {
        requireNonNull(gradients, "gradients");
    }

    /** Called after each epoch, with what it brought. */
    default void onEpoch(EpochResult epoch) {
        requireNonNull(epoch, "epoch");
    }
}
