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
    private static final String LAST_LOSS = "last loss";
    private static final String BEHAVIOUR = "behaviour";

    private RunState() {}

    static Checkpoint checkpoint(
            Trainer trainer,
            Dataset training,
            Manifest manifest,
            List<EpochResult> results,
            double lastLoss,
            NamedMatrices best) {
        return Checkpoint.at(results.size(), 0, manifest)
                .with(NETWORK, Weights.of(trainer.network()))
                .with(OPTIMIZER, trainer.optimizer().state())
                .with(BEST, best)
                .with(
                        HISTORY,
                        NamedMatrices.of(Map.of(
                                EPOCHS, figures(trainer, results), LAST_LOSS, SimpleMatrix.filled(1, 1, lastLoss))))
                .with(
                        BEHAVIOUR,
                        NamedMatrices.empty()
                                .withMetadata(
                                        Identity.behaviour(trainer, training).entries()));
    }

    /**
     * Gives network and optimizer what they had, and returns the epochs that are done; all or nothing, which it is if
     * the trainer then does not behave as the saved one did.
     */
    static List<EpochResult> restore(Trainer trainer, Dataset training, Checkpoint saved) {
        List<EpochResult> results = results(trainer, saved.part(HISTORY).get(EPOCHS));
        NamedMatrices weights = Weights.of(trainer.network());
        NamedMatrices state = trainer.optimizer().state();
        try {
            load(trainer, saved);
            Identity.behaviour(trainer, training)
                    .requireSameRunAs(new Manifest(saved.part(BEHAVIOUR).metadata()));
        } catch (RuntimeException e) {
            Weights.into(trainer.network(), weights, Weights.Numbers.ANY);
            trainer.optimizer().restore(state);
            throw e;
        }
        return results;
    }

    /** Gives network and optimizer what they had. */
    static void load(Trainer trainer, Checkpoint saved) {
        Weights.into(trainer.network(), saved.part(NETWORK), Weights.Numbers.FINITE);
        trainer.optimizer().restore(saved.part(OPTIMIZER));
    }

    /**
     * What the weights were at the run's start, as far as this trainer can tell: its own, or the saved run's if it has
     * gone on from there already.
     */
    static String firstWeights(Trainer trainer, Checkpoint saved) {
        String now = Weights.of(trainer.network()).sha256();
        boolean isUnderWay = trainer.optimizer().steps() > 0
                || now.equals(saved.part(NETWORK).sha256())
                || now.equals(saved.part(BEST).sha256());
        return isUnderWay ? saved.manifest().entries().getOrDefault(Identity.FIRST_WEIGHTS, now) : now;
    }

    /** The loss of the last step, NaN if there was none. */
    static double lastLoss(Checkpoint saved) {
        return saved.part(HISTORY).get(LAST_LOSS).scalar();
    }

    static NamedMatrices best(Checkpoint saved) {
        return saved.part(BEST);
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
