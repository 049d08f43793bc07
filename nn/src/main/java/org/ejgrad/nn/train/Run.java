package org.ejgrad.nn.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.Checkpoint;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;

/** One training: how far it is, what it has seen, and which parameters were the best. */
final class Run {
    private final Trainer trainer;
    private final Batches batches;
    private final Manifest manifest;
    private final List<EpochResult> results = new ArrayList<>();
    private NamedMatrices best = NamedMatrices.empty();
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private double lastFiniteLoss = Double.NaN;

    Run(Trainer trainer, Dataset training) {
        this.trainer = trainer;
        this.batches = Batches.shuffled(
                training,
                Math.min(trainer.shuffle().batchSize(), Math.max(1, training.size())),
                trainer.shuffle().seed());
        this.manifest = trainer.checkpoints().isPresent() ? RunState.manifest(trainer, training) : Manifest.empty();
    }

    History until(int epochs) throws IOException {
        resume();
        History.End end = end();
        while (results.size() < epochs && end == History.End.COMPLETED) {
            Optional<EpochResult> result = epoch(results.size() + 1);
            if (result.isEmpty()) {
                end = History.End.INTERRUPTED;
            } else {
                note(result.get());
                save();
                trainer.listeners().forEach(listener -> listener.onEpoch(result.get()));
                end = end();
            }
        }
        if (!best.names().isEmpty()) {
            Weights.into(trainer.network(), best, Weights.Numbers.ANY);
        }
        return new History(results, end, bestEpoch);
    }

    /** Goes on from the newest checkpoint, if there is one. */
    private void resume() throws IOException {
        if (trainer.checkpoints().isEmpty()) {
            return;
        }
        Optional<CheckpointFolder.Found> found = trainer.checkpoints().get().newest();
        if (found.isPresent()) {
            Checkpoint saved = Checkpoint.of(found.get().matrices());
            manifest.requireSameRunAs(saved.manifest());
            RunState.restore(trainer, saved).forEach(this::compare);
            best = RunState.best(saved);
        }
    }

    private void save() throws IOException {
        if (trainer.checkpoints().isPresent()) {
            trainer.checkpoints()
                    .get()
                    .save(RunState.checkpoint(trainer, manifest, results, best).toMatrices());
        }
    }

    private History.End end() {
        boolean hasLostPatience = results.size() - bestEpoch >= trainer.patience();
        return hasLostPatience ? History.End.STOPPED_EARLY : History.End.COMPLETED;
    }

    /** One pass over the data, or nothing if the thread was interrupted. */
    private Optional<EpochResult> epoch(int epoch) {
        Mean mean = new Mean();
        List<Dataset> parts = batches.epoch(epoch);
        for (int i = 0; i < parts.size(); i++) {
            if (Thread.currentThread().isInterrupted()) {
                return Optional.empty();
            }
            Dataset batch = parts.get(i);
            Value outputs = trainer.network().at(epoch, i).forward(Value.constant(batch.inputs()));
            Value loss = trainer.objective().loss(outputs, batch);
            step(loss, epoch, i + 1);
            mean.add(trainer, outputs, loss, batch);
            for (Listener listener : trainer.listeners()) {
                listener.onStep(epoch, i + 1, parts.size(), loss.scalar());
            }
        }
        return Optional.of(mean.result(epoch, trainer.validation().map(data -> evaluate(trainer, data))));
    }

    private void step(Value loss, int epoch, int batch) {
        if (!Double.isFinite(loss.scalar())) {
            throw new DivergenceException(epoch, batch, loss.scalar(), lastFiniteLoss);
        }
        trainer.optimizer().step(trainer.clipping().apply(loss.gradients()));
        lastFiniteLoss = loss.scalar();
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

    static EpochResult evaluate(Trainer trainer, Dataset data) {
        Layer network = trainer.network().inference();
        Value outputs = network.forward(Value.constant(data.inputs()));
        Mean mean = new Mean();
        mean.add(trainer, outputs, trainer.objective().loss(outputs, data), data);
        return mean.result(0, Optional.empty());
    }

    /** Means over rows, gathered batch by batch. */
    private static final class Mean {
        private final Map<String, Double> sums = new LinkedHashMap<>();
        private double lossSum;
        private long rows;

        void add(Trainer trainer, Value outputs, Value loss, Dataset batch) {
            rows += batch.size();
            lossSum += loss.scalar() * batch.size();
            trainer.measures()
                    .forEach((name, measure) ->
                            sums.merge(name, measure.of(outputs.matrix(), batch) * batch.size(), Double::sum));
        }

        EpochResult result(int epoch, Optional<EpochResult> validation) {
            Map<String, Double> measures = new LinkedHashMap<>(sums);
            measures.replaceAll((name, sum) -> sum / rows);
            return new EpochResult(
                    epoch,
                    lossSum / rows,
                    measures,
                    validation.map(v -> OptionalDouble.of(v.loss())).orElse(OptionalDouble.empty()),
                    validation.map(EpochResult::measures).orElse(Map.of()));
        }
    }
}
