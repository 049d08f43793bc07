package org.ejgrad.examples.remedies;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;
import static org.ejgrad.nn.loss.Reduction.MEAN;

import java.io.IOException;
import java.util.List;
import java.util.function.DoubleFunction;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.LabelNoise;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.loss.NoisyLabels;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;

/** {@code noise}: digits of which many are labelled wrongly, and losses that bear it. */
@Command(
        name = "noise",
        footer = "%nExample: noise --seeds 2",
        description = "Compares losses on digits of which 0, 20 or 40 %% have a wrong label.")
public final class NoiseCommand extends ComparingCommand {
    static final List<Double> RATES = List.of(0.0, 0.2, 0.4);
    private static final int CLASSES = 10;
    private static final int EPOCHS = 40;

    /** Made by the command line. */
    public NoiseCommand() {}

    /**
     * A loss of the network's outputs and the noisy labels.
     *
     * @param name what the table calls it
     * @param objective the loss if labels are wrong at this rate, which only forward correction makes use of
     */
    private record Loss(String name, DoubleFunction<Objective> objective) {}

    private static final List<Loss> LOSSES = List.of(
            new Loss("cross-entropy", rate -> Objective.softmaxCrossEntropy()),
            new Loss("bootstrap, soft, 0.8", r -> (z, b) -> NoisyLabels.bootstrapSoft(z, b.labels(), 0.8, MEAN)),
            new Loss("bootstrap, hard, 0.6", r -> (z, b) -> NoisyLabels.bootstrapHard(z, b.labels(), 0.6, MEAN)),
            new Loss("generalised, q = 0.7", r -> (z, b) -> NoisyLabels.generalised(z, b.labels(), 0.7, MEAN)),
            new Loss("symmetric, 0.1 and 1", r -> (z, b) -> NoisyLabels.symmetric(z, b.labels(), 0.1, 1, -4, MEAN)),
            new Loss("forward correction", NoiseCommand::corrected));

    private static Objective corrected(double rate) {
        SimpleMatrix noise = LabelNoise.symmetricMatrix(CLASSES, rate);
        return (logits, batch) -> NoisyLabels.forwardCorrected(logits, batch.labels(), noise, MEAN);
    }

    static Comparison compare(Dataset digits, List<Double> rates, Seeds seeds) {
        List<Treatment> treatments = LOSSES.stream()
                .map(loss -> new Treatment(
                        loss.name(),
                        seed -> rates.stream()
                                .mapToDouble(rate -> run(digits, loss, rate, seed))
                                .toArray()))
                .toList();
        List<String> measures =
                rates.stream().map(rate -> Math.round(100 * rate) + " % wrong").toList();
        return Comparison.of(measures, treatments, seeds);
    }

    /** Only training labels are spoilt; the accuracy is that on test rows with their true labels. */
    private static double run(Dataset digits, Loss loss, double rate, long seed) {
        Split split = Split.everyFifthOfClass(digits.labels());
        Dataset train = LabelNoise.symmetric(split.train(digits), rate, seed);
        Sequential network = Sequential.of(
                new Dense(64, 64, Initialiser.heUniform(), seed), Value::relu, new Dense(64, CLASSES, seed + 1));
        Trainer trainer = Trainer.of(
                        network, loss.objective().apply(rate), Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .batches(64, seed)
                .measure("accuracy", Measure.accuracy());
        trainer.fit(train, EPOCHS);
        return trainer.evaluate(split.test(digits)).measures().getOrDefault("accuracy", Double.NaN);
    }

    @Override
    public Integer call() throws IOException {
        Story story =
                page.begin("Wrong labels", "Accuracy on test digits when training digits have wrong labels; 64-64-10.");
        Comparison comparison = compare(Sources.digits(), RATES, seeds);
        story.chapter("Losses that bear wrong labels", "");
        story.compares(comparison, Comparison.all(comparison.measures(), HIGHER));
        story.says("Forward correction is told how often a label is wrong, the others are not.");
        return page.end(story);
    }
}
