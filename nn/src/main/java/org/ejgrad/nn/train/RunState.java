package org.ejgrad.nn.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.Checkpoint;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;
import org.ejml.simple.SimpleMatrix;

/** What a run is after an epoch, as a checkpoint: weights, optimizer, best weights, and a row of figures per epoch. */
final class RunState {
    private static final String NETWORK = "network";
    private static final String OPTIMIZER = "optimizer";
    private static final String BEST = "best";
    private static final String HISTORY = "history";
    private static final String EPOCHS = "epochs";

    private RunState() {}

    static Checkpoint checkpoint(Trainer trainer, Manifest manifest, List<EpochResult> results, NamedMatrices best) {
        return Checkpoint.at(results.size(), 0, manifest)
                .with(NETWORK, Weights.of(trainer.network()))
                .with(OPTIMIZER, trainer.optimizer().state())
                .with(BEST, best)
                .with(HISTORY, NamedMatrices.of(Map.of(EPOCHS, figures(trainer, results))));
    }

    /** Gives network and optimizer what they had, all or nothing, and returns the epochs that are done. */
    static List<EpochResult> restore(Trainer trainer, Checkpoint saved) {
        List<EpochResult> results = results(trainer, saved.part(HISTORY).get(EPOCHS));
        NamedMatrices before = Weights.of(trainer.network());
        Weights.into(trainer.network(), saved.part(NETWORK), Weights.Numbers.FINITE);
        try {
            trainer.optimizer().restore(saved.part(OPTIMIZER));
        } catch (RuntimeException e) {
            Weights.into(trainer.network(), before, Weights.Numbers.ANY);
            throw e;
        }
        return results;
    }

    static NamedMatrices best(Checkpoint saved) {
        return saved.part(BEST);
    }

    /** What has to be the same for a run to go on as if it had not stopped. */
    static Manifest manifest(Trainer trainer, Dataset training) {
        return Manifest.empty()
                .with("data", fingerprint(training))
                .with(
                        "validation",
                        trainer.validation().map(RunState::fingerprint).orElse("none"))
                .with("batch size", trainer.shuffle().batchSize())
                .with("seed", trainer.shuffle().seed())
                .with("patience", trainer.patience())
                .with("measures", trainer.measures().keySet())
                .with("optimizer", trainer.optimizer().description());
    }

    private static String fingerprint(Dataset data) {
        NamedMatrices matrices = NamedMatrices.of(Map.of("inputs", data.inputs(), "targets", data.targets()));
        return data.size() + " rows " + matrices.sha256();
    }

    /** A row per epoch: loss, validation loss or NaN, measures, measures of the validation set or NaN. */
    private static SimpleMatrix figures(Trainer trainer, List<EpochResult> results) {
        List<String> names = List.copyOf(trainer.measures().keySet());
        SimpleMatrix figures = new SimpleMatrix(results.size(), 2 + 2 * names.size());
        for (int i = 0; i < results.size(); i++) {
            EpochResult result = results.get(i);
            figures.set(i, 0, result.loss());
            figures.set(i, 1, result.validationLoss().orElse(Double.NaN));
            for (int j = 0; j < names.size(); j++) {
                figures.set(i, 2 + j, result.measures().getOrDefault(names.get(j), Double.NaN));
                figures.set(
                        i, 2 + names.size() + j, result.validationMeasures().getOrDefault(names.get(j), Double.NaN));
            }
        }
        return figures;
    }

    private static List<EpochResult> results(Trainer trainer, Value figures) {
        List<String> names = List.copyOf(trainer.measures().keySet());
        boolean validated = trainer.validation().isPresent();
        List<EpochResult> results = new ArrayList<>();
        for (int i = 0; i < figures.getNumRows(); i++) {
            Map<String, Double> measures = new LinkedHashMap<>();
            Map<String, Double> validation = new LinkedHashMap<>();
            for (int j = 0; j < names.size(); j++) {
                measures.put(names.get(j), figures.get(i, 2 + j));
                if (validated) {
                    validation.put(names.get(j), figures.get(i, 2 + names.size() + j));
                }
            }
            OptionalDouble validationLoss = validated ? OptionalDouble.of(figures.get(i, 1)) : OptionalDouble.empty();
            results.add(new EpochResult(i + 1, figures.get(i, 0), measures, validationLoss, validation));
        }
        return results;
    }
}
