package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;
import org.ejgrad.Gradients;

/** Somebody who watches a training: a progress bar, a log, a plot. Each method does nothing unless overridden. */
public interface Listener {
    /**
     * A line now and then, such as {@code epoch 30: loss 0.2134, accuracy 0.9500}, to be printed or logged:
     *
     * <pre>{@code
     * System.Logger logger = System.getLogger("training");
     * Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
     *         .listener(Listener.lines(10, System.out::println))
     *         .listener(Listener.lines(1, line -> logger.log(System.Logger.Level.INFO, line)))
     *         .fit(training, 200);
     * }</pre>
     *
     * @param epochs how many epochs there are from one line to the next; the first epoch has one too
     * @param to what takes the lines
     * @throws IllegalArgumentException if the number of epochs is less than 1
     */
    static Listener lines(int epochs, Consumer<String> to) {
        if (epochs < 1) {
            throw new IllegalArgumentException("lines: a line every " + epochs + " epochs; expected at least 1");
        }
        requireNonNull(to, "to");
        return new Listener() {
            @Override
            public void onEpoch(EpochResult epoch) {
                if (requireNonNull(epoch, "epoch").epoch() == 1 || epoch.epoch() % epochs == 0) {
                    to.accept(HistoryText.line(epoch));
                }
            }
        };
    }

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
