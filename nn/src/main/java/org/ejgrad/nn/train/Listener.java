package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ejgrad.Gradients;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Plateau;

/** Somebody who watches a training: a progress bar, a log, a plot. Each method does nothing unless overridden. */
public interface Listener {
    /**
     * A line now and then, such as {@code epoch 30: loss 0.2134, accuracy 0.9500}, and one for each damaged checkpoint,
     * to be printed or logged:
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

            @Override
            public void onResume(CheckpointFolder.Found from) {
                requireNonNull(from, "from").warnings().forEach(to);
            }
        };
    }

    /**
     * Reduces an optimizer's rate factor, which is 1 at first, when the watched loss ({@link EpochResult#watchedLoss})
     * has stopped improving:
     *
     * <pre>{@code
     * Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
     *         .listener(Listener.plateau(optimizer, Plateau.ofLoss()))
     *         .fit(training, 200);
     * }</pre>
     */
    static Listener plateau(Optimizer optimizer, Plateau plateau) {
        requireNonNull(optimizer, "optimizer");
        requireNonNull(plateau, "plateau");
        List<Double> losses = new ArrayList<>();
        return new Listener() {
            @Override
            public void onEpoch(EpochResult epoch) {
                if (requireNonNull(epoch, "epoch").epoch() == 1) {
                    losses.clear();
                }
                losses.add(epoch.watchedLoss());
                double factor = plateau.rate(
                        1, losses.stream().mapToDouble(Double::doubleValue).toArray());
                optimizer.rateFactor(Math.max(factor, Double.MIN_NORMAL));
            }
        };
    }

    /**
     * Called when a training goes on from a checkpoint.
     *
     * @param from the checkpoint, with a warning for each newer one that could not be used
     */
    default void onResume(CheckpointFolder.Found from) {
        requireNonNull(from, "from");
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

    /**
     * Called after each epoch, with what it brought. Where a training goes on from a checkpoint, it is called for the
     * epochs before first: whoever gathers them begins anew with epoch 1, and has all that {@link Trainer#fit} returns.
     */
    default void onEpoch(EpochResult epoch) {
        requireNonNull(epoch, "epoch");
    }
}
