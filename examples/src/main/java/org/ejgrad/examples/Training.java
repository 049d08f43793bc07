package org.ejgrad.examples;

import java.io.PrintWriter;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Listener;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;

/** Trains a classifier: network, optimizer, trainer. */
final class Training {
    /** The name of the measure in an epoch's results. */
    static final String ACCURACY = "accuracy";

    private Training() {}

    /** Trains with a progress bar. */
    static Trained watched(Problem problem, Recipe recipe, long seed, PrintWriter err) {
        try (Progress progress = new Progress(problem.name(), recipe.epochs(), err)) {
            return run(problem, recipe, seed, progress);
        }
    }

    static Trained run(Problem problem, Recipe recipe, long seed, Listener listener) {
        long start = System.nanoTime();
        Dataset train = problem.train();
        Sequential network = recipe.network(train.features(), train.classes(), seed);
        Optimizer optimizer = recipe.optimizer(network, train.size());
        History history = Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
                .batches(recipe.batch(), seed)
                .measure(ACCURACY, Measure.accuracy())
                .validation(problem.test())
                .listener(listener)
                .fit(train, recipe.epochs());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Trained(problem, recipe, network, history, confusion(network, problem.test()), seconds);
    }

    private static ConfusionMatrix confusion(Sequential network, Dataset test) {
        Value logits = network.inference().forward(Value.constant(test.inputs()));
        return ConfusionMatrix.of(test.labels(), Classification.predictions(logits.matrix()), test.classNames());
    }
}
