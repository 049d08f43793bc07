package org.ejgrad.examples.sequences;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;
import static org.ejgrad.nn.loss.Reduction.MEAN;

import java.io.IOException;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.RankingLoss;
import org.ejgrad.nn.train.Objective;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ranking}: items put in order by losses that know of lists, and by one that does not. */
@Command(
        name = "ranking",
        footer = "%nExample: ranking --seeds 2 --page ranking.html",
        description = "Compares losses that put rated items in order.")
public final class RankingCommand extends ComparingCommand {
    private static final List<Integer> PLACES = List.of(1, 3, RatedLists.ITEMS);
    private static final String RATINGS = "squared error of ratings";
    private static final String PAIRS = "pairwise cross-entropy";
    private static final int TRAIN = 100;
    private static final int TEST = 1000;

    @Option(names = "--epochs", defaultValue = "40", description = "passes over the lists")
    private int epochs;

    /** Made by the command line. */
    public RankingCommand() {}

    /** The gain of the first places by each loss. */
    static Comparison compare(int epochs, Seeds seeds) {
        List<Treatment> treatments = List.of(
                new Treatment(RATINGS, seed -> run(Objective.squaredError(), epochs, seed)),
                new Treatment(
                        PAIRS,
                        seed -> run(
                                (z, b) -> RankingLoss.pairwise(z, Value.constant(b.targets()), MEAN), epochs, seed)),
                new Treatment(
                        "listwise cross-entropy",
                        seed -> run(
                                (z, b) -> RankingLoss.listwise(z, Value.constant(b.targets()), MEAN), epochs, seed)),
                new Treatment("scores before training", seed -> run(Objective.squaredError(), 0, seed)));
        return Comparison.of(PLACES.stream().map(n -> "NDCG of " + n).toList(), treatments, seeds);
    }

    private static double[] run(Objective loss, int epochs, long seed) {
        Dataset test = RatedLists.of(TEST, seed + 1_000_000);
        Layer network = RatedLists.train(RatedLists.of(TRAIN, seed), loss, epochs, seed);
        return PLACES.stream()
                .mapToDouble(places -> RatedLists.ndcg(network, test, places))
                .toArray();
    }

    @Override
    public Integer call() throws IOException {
        Require.atLeast(epochs, 1, "--epochs: the number of epochs");
        Story story = page.begin(
                "Items in order",
                "%d lists of %d items to learn from, %d to test; means over %s.",
                TRAIN,
                RatedLists.ITEMS,
                TEST,
                seeds.words());
        Comparison comparison = compare(epochs, seeds);
        story.chapter("Losses that know of lists", "");
        story.says(
                "NDCG of n: the gain of the first n places, later ones discounted, beside that of the best order, 1.");
        story.compares(comparison, Comparison.all(comparison.measures(), HIGHER));
        String measure = "NDCG of 3";
        double plain = comparison.mean(RATINGS, measure);
        double pairs = comparison.mean(PAIRS, measure);
        story.says(
                "The first three places are filled with a gain of %.4f by pairs, of %.4f by ratings themselves: "
                        + "%.4f %s.",
                pairs, plain, Math.abs(pairs - plain), pairs > plain ? "more" : "less");
        return page.end(story);
    }
}
