package org.ejgrad.examples.factors;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;
import static org.ejgrad.examples.compare.Comparison.Order.LOWER;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import picocli.CommandLine.Command;

/** {@code ratings}: stars as numbers, and stars as classes. */
@Command(
        name = "ratings",
        footer = "%nExample: ratings --page ratings.html",
        description = "Learns tastes from ratings: squared error of stars as numbers against cross-entropy of stars "
                + "as classes.")
public final class RatingsCommand extends ComparingCommand {
    static final String MEANS = "means of user and item";
    static final String NUMBERS = "factors, squared error";
    static final String CLASSES = "factors, cross-entropy";
    static final String KNOWN = "all known but the mood";
    static final String ERROR = "RMSE";
    static final String ACCURACY = "accuracy";
    static final String BITS = "bits per rating";

    /** Made by the command line. */
    public RatingsCommand() {}

    static Comparison compare(Seeds seeds) {
        return Comparison.of(
                List.of(ERROR, ACCURACY, BITS),
                List.of(
                        new Treatment("mean of all", seed -> measured(Factorisation::mean, seed)),
                        new Treatment(MEANS, seed -> measured(Factorisation::meansOfUserAndItem, seed)),
                        new Treatment(NUMBERS, seed -> measured(r -> Factorisation.bySquaredError(r, seed), seed)),
                        new Treatment(CLASSES, seed -> measured(r -> Factorisation.byCrossEntropy(r, seed), seed)),
                        new Treatment(KNOWN, seed -> measured(Factorisation::omniscient, seed))),
                seeds);
    }

    private static double[] measured(Function<Ratings, Forecast> way, long seed) {
        Ratings ratings = Ratings.drawn(seed);
        return way.apply(ratings).measured(ratings.test());
    }

    @Override
    public Integer call() throws IOException {
        Ratings first = Ratings.drawn(seeds.first());
        Story story = page.begin(
                "Ratings from a few numbers each",
                "%d users rate %d items with 1 to %d stars: %d ratings to learn from, %d to test.",
                Ratings.USERS,
                Ratings.ITEMS,
                Ratings.STARS,
                first.train().size(),
                first.test().size());
        Comparison comparison = compare(seeds);
        Map<String, Comparison.Order> better = new LinkedHashMap<>();
        better.put(ERROR, LOWER);
        better.put(ACCURACY, HIGHER);
        better.put(BITS, LOWER);
        story.chapter(
                "Stars as numbers, stars as classes",
                "One user in three gives 1 star or 5, nothing between. A number can only stand in the middle when it is "
                        + "unsure; probabilities can stand at both ends.");
        story.compares(comparison, better);
        story.says(
                "Cross-entropy names the stars of %.0f %% of the ratings, squared error of %.0f %%.",
                100 * comparison.mean(CLASSES, ACCURACY), 100 * comparison.mean(NUMBERS, ACCURACY));
        return page.end(story);
    }
}
