package org.ejgrad.nn.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ejgrad.Gradients;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.optim.Optimizer;

/**
 * The training loop, with what people add to it: listeners, a history, measures, a validation set, early stopping, a
 * guard against divergence.
 *
 * <pre>{@code
 * History history = Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
 *         .batches(32, 0)
 *         .measure("accuracy", Measure.accuracy())
 *         .validation(validation)
 *         .patience(20)
 *         .fit(training, 200);
 * }</pre>
 *
 * <p>Each method that sets something returns this trainer. Everything random is a function of seed, epoch and batch, so
 * the same program gives the same bits.
 */
public final class Trainer {
    final Layer network;
    final Objective objective;
    final Optimizer optimizer;
    final Map<String, Measure> measures = new LinkedHashMap<>();
    final List<Listener> listeners = new ArrayList<>();
    int batchSize = Integer.MAX_VALUE;
    long seed;
    Optional<Dataset> validation = Optional.empty();
    int patience = Integer.MAX_VALUE;
    UnaryOperator<Gradients> clipping = UnaryOperator.identity();
    Optional<CheckpointFolder> checkpoints = Optional.empty();

    private Trainer(Layer network, Objective objective, Optimizer optimizer) {
        this.network = required("network", network);
        this.objective = required("objective", objective);
        this.optimizer = required("optimizer", optimizer);
    }

    /**
     * A trainer that takes the whole data set as one batch.
     *
     * @param network what is trained
     * @param objective what is made small
     * @param optimizer of the network's parameters
     * @return a trainer without measures, validation set, patience or listeners
     */
    public static Trainer of(Layer network, Objective objective, Optimizer optimizer) {
        return new Trainer(network, objective, optimizer);
    }

    /**
     * Trains on shuffled batches.
     *
     * @param size rows per batch; a data set with fewer rows is one batch
     * @param seed determines the order of rows in each epoch
     * @return this trainer
     * @throws IllegalArgumentException if the size is less than 1
     */
    public Trainer batches(int size, long seed) {
        this.batchSize = requireAtLeastOne("batches: the batch size", size);
        this.seed = seed;
        return this;
    }

    /**
     * Takes a measure of each epoch too.
     *
     * @param name the name in the results
     * @param measure the measure
     * @return this trainer
     */
    public Trainer measure(String name, Measure measure) {
        measures.put(required("name", name), required("measure", measure));
        return this;
    }

    /**
     * Evaluates the network on other data after each epoch.
     *
     * @param data rows that are not trained on
     * @return this trainer
     */
    public Trainer validation(Dataset data) {
        validation = Optional.of(required("data", data));
        return this;
    }

    /**
     * Stops when the watched loss ({@link EpochResult#watchedLoss}) has not become lower for some epochs. However the
     * training ends, the network then has the parameters of the best epoch.
     *
     * @param epochs how many epochs without progress to accept
     * @return this trainer
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Trainer patience(int epochs) {
        patience = requireAtLeastOne("patience: the number of epochs", epochs);
        return this;
    }

    /**
     * Changes gradients before each step.
     *
     * @param change for example {@code gradients -> GradientClipping.byNorm(gradients, 1).gradients()}
     * @return this trainer
     */
    public Trainer clipping(UnaryOperator<Gradients> change) {
        clipping = required("change", change);
        return this;
    }

    /**
     * Lets somebody watch.
     *
     * @param listener called after each step and each epoch
     * @return this trainer
     */
    public Trainer listener(Listener listener) {
        listeners.add(required("listener", listener));
        return this;
    }

    /**
     * Saves the run after each epoch, and goes on from the newest checkpoint when training starts: a run that was
     * killed and started again ends in the same bits as one that was left alone.
     *
     * @param folder the run's folder, which stays open until the caller closes it
     * @return this trainer
     */
    public Trainer checkpoints(CheckpointFolder folder) {
        checkpoints = Optional.of(required("folder", folder));
        return this;
    }

    /**
     * Trains. If the thread is interrupted, the training ends after a whole step and the thread stays interrupted.
     *
     * @param training the rows to learn from, at least one
     * @param epochs how many times to go through them
     * @return what happened
     * @throws IllegalArgumentException if there are no rows or the number of epochs is negative
     * @throws DivergenceException if the loss stops being a finite number
     * @throws ModelMismatchException if there is a checkpoint of another run: other data, seed, batch size, optimizer
     *     …; the message lists every difference
     * @throws UncheckedIOException if a checkpoint cannot be read or written; the run can be started again
     */
    public History fit(Dataset training, int epochs) {
        if (epochs < 0) {
            throw new IllegalArgumentException("fit: the number of epochs is " + epochs + "; expected at least 0");
        }
        try {
            return new Run(this, required("training", training)).until(epochs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The loss and the measures of the network as it is used after training.
     *
     * @param data the rows
     * @return a result of epoch 0 whose loss and measures are those of the rows
     */
    public EpochResult evaluate(Dataset data) {
        return Run.evaluate(this, required("data", data));
    }

    private static <T> T required(String name, T argument) {
        if (argument == null) {
            throw new IllegalArgumentException("Trainer: " + name + " is null");
        }
        return argument;
    }

    private static int requireAtLeastOne(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + "; expected at least 1");
        }
        return number;
    }
}
