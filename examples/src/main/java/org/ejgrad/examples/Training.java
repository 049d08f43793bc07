package org.ejgrad.examples;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.lint.Lint;
import org.ejgrad.nn.lint.Warning;
import org.ejgrad.nn.lint.Warning.Pitfall;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Listener;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;

/** Trains on a problem: network, optimizer, trainer. */
final class Training {
    /** The name of the measure in an epoch's results. */
    static final String ACCURACY = "accuracy";

    private static final int MOST_ROWS = 2_000;

    private Training() {}

    /** A network that has learnt nothing. */
    static Sequential network(Problem problem, Recipe recipe, long seed) {
        return recipe.network(problem.train().features(), problem.outputs(), seed);
    }

    /** Trains with a progress bar; interrupted, it leaves the network of the last whole epoch. */
    static Trained watched(Problem problem, Recipe recipe, long seed, PrintWriter err) {
        return watched(problem, recipe, network(problem, recipe, seed), seed, err);
    }

    /** Trains a network that {@link #network} made, with a progress bar and for others who listen. */
    static Trained watched(
            Problem problem, Recipe recipe, Sequential network, long seed, PrintWriter err, Listener... others) {
        try (Progress progress = new Progress(problem.name(), recipe.epochs(), err)) {
            Stream<Listener> all = Stream.concat(Stream.of(others), Stream.of(progress));
            return run(problem, recipe, network, seed, all.toArray(Listener[]::new));
        }
    }

    static Trained run(Problem problem, Recipe recipe, long seed) {
        return run(problem, recipe, network(problem, recipe, seed), seed);
    }

    /** Interrupted, it leaves the network of the last whole epoch, of which all that is told speaks. */
    static Trained run(Problem problem, Recipe recipe, Sequential network, long seed, Listener... listeners) {
        long start = System.nanoTime();
        Dataset train = problem.train();
        Optimizer optimizer = recipe.optimizer(network, train.size());
        Trainer trainer = Trainer.of(network, objective(problem.kind()), optimizer)
                .batches(recipe.batch(), seed)
                .validation(problem.test());
        WholeEpoch whole = new WholeEpoch(network);
        trainer = trainer.listener(whole);
        for (Listener listener : listeners) {
            trainer = trainer.listener(listener);
        }
        trainer = problem.kind() == TargetKind.CLASSES ? trainer.measure(ACCURACY, Measure.accuracy()) : trainer;
        History history = trainer.fit(train, recipe.epochs());
        double seconds = (System.nanoTime() - start) / 1e9;
        if (history.end() == History.End.INTERRUPTED) {
            whole.restore();
        }
        return new Trained(problem, recipe, network, history, judge(problem, network), seconds);
    }

    /** The loss that a network is trained by. */
    static Objective objective(TargetKind kind) {
        return switch (kind) {
            case CLASSES -> Objective.softmaxCrossEntropy();
            case LABELS -> Objective.sigmoidCrossEntropy();
            case NUMBERS -> Objective.squaredError();
        };
    }

    /**
     * What is wrong before the first step, by the loss of the training rows, or of the first of many: a sentence and
     * the remedy for each kind of mistake.
     */
    static List<String> mistakes(Problem problem, Sequential network) {
        Dataset train = problem.train();
        Dataset rows = train.size() <= MOST_ROWS
                ? train
                : train.rows(IntStream.range(0, MOST_ROWS).toArray());
        Value loss = objective(problem.kind()).loss(network.forward(Value.constant(rows.inputs())), rows);
        Map<Pitfall, List<Warning>> kinds = Lint.of(loss, network.parameters()).stream()
                .collect(groupingBy(Warning::pitfall, LinkedHashMap::new, toList()));
        return kinds.values().stream()
                .map(same -> same.get(0).place() + (same.size() == 1 ? "" : " and " + (same.size() - 1) + " more")
                        + ": " + same.get(0).pitfall().advice())
                .toList();
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
