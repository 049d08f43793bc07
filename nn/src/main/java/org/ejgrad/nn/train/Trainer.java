package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

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
import org.ejgrad.nn.arguments.Require;
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
 * <p>Each method that sets something returns a new trainer. Everything random is a function of seed, epoch and batch,
 * so the same program gives the same bits.
 *
 * @param network what is trained
 * @param objective what is made small
 * @param optimizer of the network's parameters
 * @param shuffle how the rows become batches
 * @param measures what is measured of each epoch too, by name, in the order of the results
 * @param listeners who is called after each step and each epoch
 * @param validation rows that are not trained on, to evaluate the network on after each epoch
 * @param patience how many epochs without progress to accept, at least 1
 * @param clipping changes gradients before each step
 * @param checkpoints where the run is saved after each epoch
 */
public record Trainer(
        Layer network,
        Objective objective,
        Optimizer optimizer,
        Shuffle shuffle,
        Map<String, Measure> measures,
        List<Listener> listeners,
        Optional<Dataset> validation,
        int patience,
        UnaryOperator<Gradients> clipping,
        Optional<CheckpointFolder> checkpoints) {
    /**
     * Shuffled batches.
     *
     * @param batchSize rows per batch, at least 1; a data set with fewer rows is one batch
     * @param seed determines the order of rows in each epoch
     * @param hasPartial whether the rows left over make a smaller last batch
     */
    public record Shuffle(int batchSize, long seed, boolean hasPartial) {
        /** Refuses empty batches. */
        public Shuffle {
            Require.atLeast(batchSize, 1, "batches: the batch size");
        }

        /** With a smaller last batch, if rows are left over. */
        public Shuffle(int batchSize, long seed) {
            this(batchSize, seed, true);
        }
    }

    /** Copies the collections. */
    public Trainer {
        requireNonNull(network, "network");
        requireNonNull(objective, "objective");
        requireNonNull(optimizer, "optimizer");
        requireNonNull(shuffle, "shuffle");
        measures = Require.entries(measures, "measures");
        listeners = Require.elements(listeners, "listeners");
        requireNonNull(validation, "validation")
                .ifPresent(data -> Require.atLeast(data.size(), 1, "validation: the number of rows"));
        Require.atLeast(patience, 1, "patience: the number of epochs");
        requireNonNull(clipping, "clipping");
        requireNonNull(checkpoints, "checkpoints");
    }

    /** {@return a trainer that takes the whole data set as one batch, without measures, listeners or anything else} */
    public static Trainer of(Layer network, Objective objective, Optimizer optimizer) {
        return new Trainer(
                network,
                objective,
                optimizer,
                new Shuffle(Integer.MAX_VALUE, 0),
                Map.of(),
                List.of(),
                Optional.empty(),
                Integer.MAX_VALUE,
                UnaryOperator.identity(),
                Optional.empty());
    }

    /**
     * Trains on shuffled batches.
     *
     * @param size rows per batch; a data set with fewer rows is one batch
     * @param seed determines the order of rows in each epoch
     * @throws IllegalArgumentException if the size is less than 1
     */
    public Trainer batches(int size, long seed) {
        Shuffle other = new Shuffle(size, seed, shuffle.hasPartial);
        return new Trainer(
                network, objective, optimizer, other, measures, listeners, validation, patience, clipping, checkpoints);
    }

    /**
     * Leaves out of each epoch the rows that would make a smaller last batch, other rows each time: for layers that
     * need batches of one size, or of more than one row, as batch normalisation does.
     */
    public Trainer withoutPartial() {
        Shuffle other = new Shuffle(shuffle.batchSize, shuffle.seed, false);
        return new Trainer(
                network, objective, optimizer, other, measures, listeners, validation, patience, clipping, checkpoints);
    }

    /**
     * Takes a measure of each epoch too, under a name in the results. It is asked once for all rows of the epoch, with
     * the outputs of the steps that used them, and once for the validation set.
     */
    public Trainer measure(String name, Measure measure) {
        Map<String, Measure> more = new LinkedHashMap<>(measures);
        more.put(requireNonNull(name, "name"), requireNonNull(measure, "measure"));
        return new Trainer(
                network, objective, optimizer, shuffle, more, listeners, validation, patience, clipping, checkpoints);
    }

    /**
     * Evaluates the network after each epoch on data that are not trained on.
     *
     * @throws IllegalArgumentException if there are no rows
     */
    public Trainer validation(Dataset data) {
        Optional<Dataset> other = Optional.of(requireNonNull(data, "data"));
        return new Trainer(
                network, objective, optimizer, shuffle, measures, listeners, other, patience, clipping, checkpoints);
    }

    /**
     * Stops when the watched loss ({@link EpochResult#watchedLoss}) has not become lower for some epochs. However the
     * training ends, by an exception too, the network then has the parameters of the best epoch, if there was one.
     *
     * @param epochs how many epochs without progress to accept
     * @throws IllegalArgumentException if the number is less than 1
     */
    public Trainer patience(int epochs) {
        return new Trainer(
                network, objective, optimizer, shuffle, measures, listeners, validation, epochs, clipping, checkpoints);
    }

    /**
     * Changes gradients before each step.
     *
     * @param change for example {@code gradients -> GradientClipping.byNorm(gradients, 1).gradients()}
     */
    public Trainer clipping(UnaryOperator<Gradients> change) {
        requireNonNull(change, "change");
        return new Trainer(
                network, objective, optimizer, shuffle, measures, listeners, validation, patience, change, checkpoints);
    }

    /** Lets somebody watch, after those who watch already. */
    public Trainer listener(Listener listener) {
        List<Listener> more = new ArrayList<>(listeners);
        more.add(requireNonNull(listener, "listener"));
        return new Trainer(
                network, objective, optimizer, shuffle, measures, more, validation, patience, clipping, checkpoints);
    }

    /**
     * Saves the run before its first epoch and after each, and goes on from the newest checkpoint when training starts:
     * a run that was killed or interrupted and started again ends in the same bits as one that was left alone.
     *
     * <p>Listeners are told of the epochs that are done before the run goes on, and what they then change of network or
     * optimizer is as it was saved, so that {@link Listener#plateau} and its like go on too.
     *
     * <p>A run is known by what its parts say of themselves, by its first weights, and by what network, objective,
     * clipping and measures make of some of the training rows, for which they are called once more at each save; so
     * they must be functions of their arguments. A trainer that differs in anything is refused.
     *
     * @param folder the run's folder, which stays open until the caller closes it
     */
    public Trainer checkpoints(CheckpointFolder folder) {
        Optional<CheckpointFolder> other = Optional.of(requireNonNull(folder, "folder"));
        return new Trainer(
                network, objective, optimizer, shuffle, measures, listeners, validation, patience, clipping, other);
    }

    /**
     * Trains. If the thread is interrupted, the training ends after a whole step and the thread stays interrupted.
     *
     * @param training the rows to learn from, at least one
     * @param epochs how many times to go through them
     * @return what happened
     * @throws IllegalArgumentException if there are no rows, the validation rows have another number of inputs, or the
     *     number of epochs is negative
     * @throws DivergenceException if the loss, or a step, stops being finite
     * @throws ModelMismatchException if there is a checkpoint of another run: other data, seed, network, objective,
     *     optimizer …; the message lists every difference, and nothing has been changed
     * @throws UncheckedIOException if a checkpoint cannot be read or written; the run can be started again
     */
    public History fit(Dataset training, int epochs) {
        Require.atLeast(epochs, 0, "fit: the number of epochs");
        try {
            return new Run(this, requireNonNull(training, "training")).until(epochs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return a result of epoch 0: the loss and the measures, on these rows, of the network as it is after training}
     */
    public EpochResult evaluate(Dataset data) {
        return Run.evaluate("evaluate", this, requireNonNull(data, "data"));
    }
}
