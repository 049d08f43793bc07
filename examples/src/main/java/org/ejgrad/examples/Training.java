package org.ejgrad.examples;

import java.io.PrintWriter;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.pages.GradientNorms;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Listener;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;

/** Trains on a problem: network, optimizer, trainer. */
final class Training {
    /** The name of the measure in an epoch's results. */
    static final String ACCURACY = "accuracy";

    private Training() {}

    /** Trains with a progress bar; Ctrl-C ends it after a step. */
    static Trained watched(Problem problem, Recipe recipe, long seed, PrintWriter err) {
        try (Progress progress = new Progress(problem.name(), recipe.epochs(), err)) {
            return run(problem, recipe, seed, progress);
        }
    }

    static Trained run(Problem problem, Recipe recipe, long seed, Listener listener) {
        long start = System.nanoTime();
        Dataset train = problem.train();
        Sequential network = recipe.network(train.features(), problem.outputs(), seed);
        Optimizer optimizer = recipe.optimizer(network, train.size());
        GradientNorms norms = GradientNorms.of(network);
        Trainer trainer = Trainer.of(network, objective(problem.kind()), optimizer)
                .batches(recipe.batch(), seed)
                .validation(problem.test())
                .listener(norms)
                .listener(listener);
        trainer = problem.kind() == TargetKind.CLASSES ? trainer.measure(ACCURACY, Measure.accuracy()) : trainer;
        History history = trainer.fit(train, recipe.epochs());
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Trained(problem, recipe, network, history, norms, judge(problem, network), seconds);
    }

    /** The loss that a network is trained by. */
    static Objective objective(TargetKind kind) {
        return switch (kind) {
            case CLASSES -> Objective.softmaxCrossEntropy();
            case LABELS -> Objective.sigmoidCrossEntropy();
            case NUMBERS -> Objective.squaredError();
        };
    }

    private static Judgement judge(Problem problem, Sequential network) {
        Value outputs =
                network.inference().forward(Value.constant(problem.test().inputs()));
        return Judgement.of(
                problem.kind(),
                problem.test(),
                outputs.matrix(),
                problem.prepared().map(Problem.Prepared::preparation));
    }
}
