package org.ejgrad.examples.remedies;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;

import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Resampling;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.Scores;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import picocli.CommandLine.Command;

/** {@code imbalance}: two overlapping clouds, one of them twenty times rarer, and what makes a network see it. */
@Command(
        name = "imbalance",
        footer = "%nExample: imbalance --seeds 10",
        description = "Compares remedies for a rare class: weights, resampling, SMOTE, focal loss.")
public final class ImbalanceCommand extends ComparingCommand {
    static final List<String> MEASURES = List.of("recall", "precision", "F1", "balanced accuracy", "accuracy");
    private static final double SHARE = 0.05;
    private static final double SPREAD = 1.5;
    private static final Objective PLAIN = Objective.softmaxCrossEntropy();

    /** Made by the command line. */
    public ImbalanceCommand() {}

    static Comparison compare(Seeds seeds) {
        return Comparison.of(
                MEASURES,
                List.of(
                        new Treatment("plain cross-entropy", seed -> run(seed, train -> train, PLAIN)),
                        new Treatment("class weights", seed -> run(seed, train -> train, weighted())),
                        new Treatment("over-sampling", seed -> run(seed, t -> Resampling.oversample(t, seed), PLAIN)),
                        new Treatment("under-sampling", seed -> run(seed, t -> Resampling.undersample(t, seed), PLAIN)),
                        new Treatment(
                                "SMOTE, 5 neighbours", seed -> run(seed, t -> Resampling.smote(t, 5, seed), PLAIN)),
                        new Treatment("focal, γ = 2", seed -> run(seed, train -> train, focal(0.5))),
                        new Treatment("focal, γ = 2, α = 0.9", seed -> run(seed, train -> train, focal(0.9)))),
                seeds);
    }

    /** Each class weighs as much as the other. */
    private static Objective weighted() {
        ClassOptions options = ClassOptions.DEFAULT.weights(0.5 / (1 - SHARE), 0.5 / SHARE);
        return (logits, batch) -> CrossEntropy.fromLogits(logits, batch.labels(), options);
    }

    private static Objective focal(double alpha) {
        ClassOptions options = ClassOptions.DEFAULT.weights(1 - alpha, alpha);
        return (logits, batch) -> Focal.categorical(logits, batch.labels(), 2, options);
    }

    /** Only the training rows are resampled; the test rows stay as rare as they are. */
    private static double[] run(long seed, UnaryOperator<Dataset> resampling, Objective objective) {
        Dataset train = resampling.apply(clouds(1000, seed));
        Dataset test = clouds(10_000, seed + 1_000_000);
        Sequential network = Sequential.of(new Dense(2, 8, seed), Value::tanh, new Dense(8, 2, seed + 1));
        Trainer.of(network, objective, Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .batches(50, seed)
                .fit(train, 30);
        Value logits = network.inference().forward(Value.constant(test.inputs()));
        ConfusionMatrix confusion =
                ConfusionMatrix.of(test.labels(), Classification.predictions(logits.matrix()), test.classNames());
        Scores rare = confusion.scores(1);
        return new double[] {
            rare.recall(), rare.precision(), rare.f1(), confusion.balancedAccuracy(), confusion.accuracy()
        };
    }

    private static Dataset clouds(int rows, long seed) {
        return ToySets.imbalancedBlobs(rows, (int) (SHARE * rows), SPREAD, seed);
    }

    @Override
    public Integer call() throws IOException {
        Story story = page.begin(
                "A rare class", "Two overlapping clouds, one of them rare: 50 of 1000 training rows, 500 of 10000.");
        Comparison comparison = compare(seeds);
        story.chapter("Remedies for a rare class", "");
        story.compares(comparison, Comparison.all(MEASURES, HIGHER));
        story.says("Recall is the share of the rare rows found, precision that of true alarms.");
        return page.end(story);
    }
}
