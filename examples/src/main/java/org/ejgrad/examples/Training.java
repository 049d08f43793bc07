package org.ejgrad.examples;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ejgrad.Value;
import org.ejgrad.examples.Trained.Epoch;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.optim.Optimizer;

/** Trains a classifier: the whole loop, as a person would write it. */
final class Training {
    private Training() {}

    /** Trains with a progress bar. */
    static Trained watched(Problem problem, Recipe recipe, long seed, PrintWriter err) {
        try (Progress progress = new Progress(problem.name(), recipe.epochs(), err)) {
            return run(problem, recipe, seed, progress::show);
        }
    }

    static Trained run(Problem problem, Recipe recipe, long seed, Consumer<Epoch> listener) {
        long start = System.nanoTime();
        Dataset train = problem.train();
        Sequential network = recipe.network(train.features(), train.classes(), seed);
        Batches batches = Batches.shuffled(train, recipe.batch(), seed);
        Optimizer optimizer = recipe.optimizer(network, (long) recipe.epochs() * batches.count());
        List<Epoch> epochs = new ArrayList<>();
        for (int epoch = 1; epoch <= recipe.epochs(); epoch++) {
            double total = 0;
            for (Dataset batch : batches.epoch(epoch)) {
                Value logits = network.forward(Value.constant(batch.inputs()));
                Value loss = CrossEntropy.fromLogits(logits, batch.labels());
                optimizer.step(loss.gradients());
                total += loss.scalar() * batch.size();
            }
            epochs.add(judge(network, problem.test(), epoch, total / train.size()));
            listener.accept(epochs.get(epochs.size() - 1));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Trained(problem, recipe, network, List.copyOf(epochs), confusion(network, problem.test()), seconds);
    }

    private static Epoch judge(Sequential network, Dataset test, int epoch, double trainLoss) {
        Value logits = network.inference().forward(Value.constant(test.inputs()));
        double loss = CrossEntropy.fromLogits(logits, test.labels()).scalar();
        return new Epoch(epoch, trainLoss, loss, Classification.accuracy(test.labels(), logits.matrix()));
    }

    private static ConfusionMatrix confusion(Sequential network, Dataset test) {
        Value logits = network.inference().forward(Value.constant(test.inputs()));
        return ConfusionMatrix.of(test.labels(), Classification.predictions(logits.matrix()), test.classNames());
    }
}
