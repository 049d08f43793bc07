package org.ejgrad.nn.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.Checkpoint;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;
import org.ejml.simple.SimpleMatrix;

/** One training: how far it is, what it has seen, and which parameters were the best. */
final class Run {
    /** A loss that has risen by so many times its first size does not come back. */
    private static final double MOST_RISE = 1e6;

    /** So much of each loss of as many rows as there can be still adds up to a double. */
    private static final double SMALL = 0x1p-64;

    private final Trainer trainer;
    private final Batches batches;
    private Manifest manifest = Manifest.empty();
    private final List<EpochResult> results = new ArrayList<>();
    private NamedMatrices best = NamedMatrices.empty();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private double firstLoss = Double.NaN;
    private double lastFiniteLoss = Double.NaN;

    Run(Trainer trainer, Dataset training) {
        trainer.validation().ifPresent(validation -> {
            if (validation.features() != training.features()) {
                throw new IllegalArgumentException("fit: the validation rows have " + validation.features()
                        + " inputs; expected " + training.features() + ", as the training rows");
            }
        });
        this.trainer = trainer;
        int size = Math.min(trainer.shuffle().batchSize(), Math.max(1, training.size()));
        Batches all = Batches.shuffled(training, size, trainer.shuffle().seed());
        this.batches = trainer.shuffle().hasPartial() ? all : all.withoutPartial();
    }

    History until(int epochs) throws IOException {
        try {
            resume();
            return train(epochs);
        } finally {
            if (!best.names().isEmpty()) {
                Weights.into(trainer.network(), best, Weights.Numbers.ANY);
            }
        }
    }

    private History train(int epochs) throws IOException {
        History.End end = end();
        while (results.size() < epochs && end == History.End.COMPLETED) {
            Optional<EpochResult> result = epoch(results.size() + 1);
            if (result.isEmpty()) {
                end = History.End.INTERRUPTED;
            } else {
                note(result.get());
                tell(result.get());
                save();
                end = end();
            }
        }
        return new History(results, end, bestEpoch);
    }

    private void tell(EpochResult result) {
        trainer.listeners().forEach(listener -> listener.onEpoch(result));
    }

    /**
     * Goes on from the newest checkpoint, or makes the first. What listeners change when they are told of an epoch that
     * is done is in the checkpoint already.
     */
    private void resume() throws IOException {
        if (trainer.checkpoints().isEmpty()) {
            return;
        }
        Optional<CheckpointFolder.Found> found = trainer.checkpoints().get().newest();
        if (found.isPresent()) {
            Checkpoint saved = Checkpoint.of(found.get().matrices());
            manifest = Identity.of(trainer, batches.data(), RunState.firstWeights(trainer, saved));
            manifest.requireSameRunAs(saved.manifest());
            RunState.restore(trainer, batches.data(), saved).forEach(this::compare);
            best = RunState.best(saved);
            lastFiniteLoss = RunState.lastLoss(saved);
            trainer.listeners().forEach(listener -> listener.onResume(found.get()));
            results.forEach(this::tell);
            RunState.load(trainer, saved);
        } else {
            manifest = Identity.of(
                    trainer, batches.data(), Weights.of(trainer.network()).sha256());
            save();
        }
    }

    private void save() throws IOException {
        if (trainer.checkpoints().isPresent()) {
            trainer.checkpoints()
                    .get()
                    .save(RunState.checkpoint(trainer, batches.data(), manifest, results, lastFiniteLoss, best)
                            .toMatrices());
        }
    }

    private History.End end() {
        boolean hasLostPatience = results.size() - bestEpoch >= trainer.patience();
        return hasLostPatience ? History.End.STOPPED_EARLY : History.End.COMPLETED;
    }

    /** One pass over the data, or nothing if the thread was interrupted. */
    private Optional<EpochResult> epoch(int epoch) {
        Gathered gathered = new Gathered(trainer);
        List<Dataset> parts = batches.epoch(epoch);
        for (int i = 0; i < parts.size(); i++) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            double loss = step(gathered, parts.get(i), epoch, i);
            for (Listener listener : trainer.listeners()) {
                listener.onStep(epoch, i + 1, parts.size(), loss);
            }
        }
        Dataset rows = batches.data().rows(batches.order(epoch));
        return Optional.of(gathered.result(
                epoch,
                rows,
                trainer.validation()
                        .map(data -> evaluate("fit: on the validation set, after epoch " + epoch, trainer, data))));
    }

    /** One step, or none: then the statistics too are as before it. */
    private double step(Gathered gathered, Dataset batch, int epoch, int i) {
        List<Parameter> statistics = Require.elements(trainer.network().statistics(), "the network's statistics()");
        List<Value> before = statistics.stream().map(Parameter::value).toList();
        try {
            Layer network =
                    returned("fit: the network's at()", trainer.network().at(epoch, i));
            Value outputs = outputs("fit", network, batch);
            Value loss = returned(
                    "fit: the objective",
                    loss(
                            trainer,
                            outputs,
                            batch,
                            () -> "fit: in epoch " + epoch + ", batch " + (i + 1) + ", whose rows are shuffled"));
            requireStable(loss.scalar(), epoch, i + 1);
            Gradients clipped = returned("fit: the clipping", trainer.clipping().apply(loss.gradients()));
            trainer.listeners().forEach(listener -> listener.onGradients(epoch, i + 1, clipped));
            trainer.optimizer().step(clipped);
            gathered.add(outputs, loss);
            lastFiniteLoss = loss.scalar();
            return lastFiniteLoss;
        } catch (RuntimeException failure) {
            IntStream.range(0, before.size()).forEach(k -> statistics.get(k).set(before.get(k)));
            if (!(failure instanceof NonFiniteException)) {
                throw failure;
            }
            DivergenceException diverged =
                    diverged("a step is not finite (" + failure.getMessage() + ")", epoch, i + 1);
            diverged.initCause(failure);
            throw diverged;
        }
    }

    private static Value loss(Trainer trainer, Value outputs, Dataset rows, Supplier<String> where) {
        try {
            return trainer.objective().loss(outputs, rows);
        } catch (IllegalArgumentException refusal) {
            throw new IllegalArgumentException(where.get() + ": " + refusal.getMessage(), refusal);
        }
    }

    private void requireStable(double loss, int epoch, int batch) {
        firstLoss = Double.isNaN(firstLoss) ? loss : firstLoss;
        double first = results.isEmpty() ? firstLoss : results.get(0).loss();
        if (!Double.isFinite(loss)) {
            throw diverged("the loss is " + loss, epoch, batch);
        }
        if (loss - first > MOST_RISE * Math.max(1, Math.abs(first))) {
            throw diverged("the loss is " + loss + ", in the first epoch it was " + first + ",", epoch, batch);
        }
    }

    private DivergenceException diverged(String what, int epoch, int batch) {
        return new DivergenceException(
                what, epoch, batch, lastFiniteLoss, best.names().isEmpty() ? 0 : bestEpoch);
    }

    private void note(EpochResult result) {
        compare(result);
        if (bestEpoch == result.epoch() && trainer.patience() < Integer.MAX_VALUE) {
            best = Weights.of(trainer.network());
        }
    }

    private void compare(EpochResult result) {
        results.add(result);
        if (result.watchedLoss() < bestLoss) {
            bestLoss = result.watchedLoss();
            bestEpoch = result.epoch();
        }
    }

    static EpochResult evaluate(String call, Trainer trainer, Dataset data) {
        Layer network =
                returned(call + ": the network's inference()", trainer.network().inference());
        Value outputs = outputs(call, network, data);
        Gathered gathered = new Gathered(trainer);
        gathered.add(outputs, returned(call + ": the objective", loss(trainer, outputs, data, () -> call)));
        return gathered.result(0, data, Optional.empty());
    }

    private static Value outputs(String call, Layer network, Dataset rows) {
        Value outputs = returned(call + ": the network", network.forward(Value.constant(rows.inputs())));
        if (outputs.getNumRows() != rows.size()) {
            throw new IllegalArgumentException(call + ": the network returned " + outputs.shape() + " for "
                    + rows.size() + " examples; expected a row for each");
        }
        return outputs;
    }

    private static <T> T returned(String who, T result) {
        if (result == null) {
            throw new IllegalArgumentException(who + " returned null");
        }
        return result;
    }

    /** The losses and outputs of all batches of an epoch, to be measured as one set. */
    private static final class Gathered {
        private final Trainer trainer;
        private final List<Value> outputs = new ArrayList<>();
        private double lossSum;
        private double smallSum;
        private long rows;

        Gathered(Trainer trainer) {
            this.trainer = trainer;
        }

        void add(Value output, Value loss) {
            rows += output.getNumRows();
            lossSum += loss.scalar() * output.getNumRows();
            smallSum += loss.scalar() * SMALL * output.getNumRows();
            if (!trainer.measures().isEmpty()) {
                outputs.add(output.detached());
            }
        }

        /** The result; the data are the rows of the outputs, in their order. */
        EpochResult result(int epoch, Dataset data, Optional<EpochResult> validation) {
            return new EpochResult(
                    epoch,
                    Double.isFinite(lossSum) ? lossSum / rows : smallSum / rows / SMALL,
                    measures(data),
                    validation.map(v -> OptionalDouble.of(v.loss())).orElse(OptionalDouble.empty()),
                    validation.map(EpochResult::measures).orElse(Map.of()));
        }

        private Map<String, Double> measures(Dataset data) {
            if (outputs.isEmpty()) {
                return Map.of();
            }
            Value all = outputs.get(0).concatRows(outputs.stream().skip(1).toArray(Value[]::new));
            return measured(trainer.measures(), all, data);
        }
    }

    /** Each measure of a set; NaN where an output is NaN, which measures are not asked about. */
    static Map<String, Double> measured(Map<String, Measure> measures, Value outputs, Dataset data) {
        SimpleMatrix matrix = outputs.matrix();
        boolean isNumber = IntStream.range(0, matrix.getNumElements()).noneMatch(i -> Double.isNaN(matrix.get(i)));
        Map<String, Double> measured = new LinkedHashMap<>();
        measures.forEach((name, measure) -> measured.put(name, isNumber ? measure.of(matrix, data) : Double.NaN));
        return measured;
    }
}
