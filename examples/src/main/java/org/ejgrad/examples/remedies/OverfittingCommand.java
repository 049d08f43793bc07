package org.ejgrad.examples.remedies;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;
import static org.ejgrad.examples.compare.Comparison.Order.LOWER;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Trainer;
import picocli.CommandLine.Command;

/** {@code overfitting}: a network far too large for sixty noisy rows, and what keeps it from learning them by heart. */
@Command(
        name = "overfitting",
        footer = "%nExample: overfitting --seed 3 --seeds 1",
        description = "Compares remedies for over-fitting: dropout, L1, L2, early stopping.")
public final class OverfittingCommand extends ComparingCommand {
    static final List<String> MEASURES = List.of("training loss", "test loss", "training accuracy", "test accuracy");
    static final Remedy NOTHING = Remedy.nothing();
    static final Remedy L2 = NOTHING.named("L2, λ = 0.005").l2(0.005);
    private static final int EPOCHS = 300;
    private static final List<Remedy> REMEDIES = List.of(
            NOTHING,
            NOTHING.named("dropout 0.5").dropout(0.5),
            NOTHING.named("L1, λ = 0.003").l1(0.003),
            L2,
            NOTHING.named("early stopping").patience(20),
            L2.named("L2 and dropout").dropout(0.5));

    /** Made by the command line. */
    public OverfittingCommand() {}

    static Comparison compare(Seeds seeds) {
        List<Treatment> treatments = REMEDIES.stream()
                .map(remedy -> new Treatment(remedy.name(), seed -> measure(train(remedy, seed), seed)))
                .toList();
        return Comparison.of(MEASURES, treatments, seeds);
    }

    /** A trained network and what each epoch brought. */
    record Run(Trainer trainer, History history) {}

    static Run train(Remedy remedy, long seed) {
        Sequential network = remedy.network(2, 2, seed);
        Trainer trainer = Trainer.of(
                        network, remedy.objective(network), Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .batches(30, seed)
                .measure("loss", Remedy.loss())
                .measure("accuracy", Measure.accuracy())
                .validation(moons(60, seed + 1_000_000))
                .patience(remedy.patience());
        return new Run(trainer, trainer.fit(moons(60, seed), EPOCHS));
    }

    private static double[] measure(Run run, long seed) {
        EpochResult training = run.trainer().evaluate(moons(60, seed));
        EpochResult test = run.trainer().evaluate(moons(2000, seed + 2_000_000));
        return new double[] {
            training.measures().getOrDefault("loss", Double.NaN),
                    test.measures().getOrDefault("loss", Double.NaN),
            training.measures().getOrDefault("accuracy", Double.NaN),
                    test.measures().getOrDefault("accuracy", Double.NaN)
        };
    }

    private static Dataset moons(int rows, long seed) {
        return ToySets.moons(rows, 0.35, seed);
    }

    /** How the losses of a run went on: with nothing done, the validation loss turns round and rises. */
    private static void tellCurves(Story story, long seed) {
        History nothing = train(NOTHING, seed).history();
        History l2 = train(L2, seed).history();
        story.chapter("As training goes on", "");
        story.says("Losses of seed " + seed + " as training goes on:");
        story.printsOnly(out -> printLosses(out, nothing, l2));
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put("nothing, training", curve(nothing, OverfittingCommand::trainingLoss));
        curves.put("nothing, validation", curve(nothing, OverfittingCommand::validationLoss));
        curves.put("L2, training", curve(l2, OverfittingCommand::trainingLoss));
        curves.put("L2, validation", curve(l2, OverfittingCommand::validationLoss));
        story.draws("loss", curves);
        story.says(turn("nothing", nothing));
        story.says(turn("L2", l2));
    }

    private static void printLosses(PrintWriter out, History nothing, History l2) {
        out.printf(Locale.ROOT, "%nepoch   nothing: training  validation   L2: training  validation%n");
        for (int epoch : new int[] {1, 5, 10, 20, 50, 100, EPOCHS}) {
            EpochResult a = nothing.epochs().get(epoch - 1);
            EpochResult b = l2.epochs().get(epoch - 1);
            out.printf(
                    Locale.ROOT,
                    "%5d   %17.4f  %10.4f   %12.4f  %10.4f%n",
                    epoch,
                    trainingLoss(a),
                    validationLoss(a),
                    trainingLoss(b),
                    validationLoss(b));
        }
        out.println();
    }

    private static double[] curve(History history, ToDoubleFunction<EpochResult> loss) {
        return history.epochs().stream().mapToDouble(loss).toArray();
    }

    /** Where the validation loss of a run was lowest, and what became of it. */
    private static String turn(String name, History history) {
        EpochResult best = history.epochs().stream()
                .min(Comparator.comparingDouble(OverfittingCommand::validationLoss))
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "With %s the validation loss is lowest in epoch %d, %.4f; in the last it is %.4f.",
                name,
                best.epoch(),
                validationLoss(best),
                validationLoss(history.last()));
    }

    private static double trainingLoss(EpochResult epoch) {
        return epoch.measures().getOrDefault("loss", Double.NaN);
    }

    private static double validationLoss(EpochResult epoch) {
        return epoch.validationMeasures().getOrDefault("loss", Double.NaN);
    }

    @Override
    public Integer call() throws IOException {
        Story story = page.begin(
                "Over-fitting", "Two noisy moons: 60 rows to train, 60 to stop by, 2000 to test; a 2-64-64-2 network.");
        Comparison comparison = compare(seeds);
        Map<String, Comparison.Order> better = new LinkedHashMap<>();
        better.put("test loss", LOWER);
        better.put("test accuracy", HIGHER);
        story.chapter("Remedies for over-fitting", "");
        story.compares(comparison, better);
        tellCurves(story, seeds.first());
        return page.end(story);
    }
}
