package org.ejgrad.examples.sequences;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;
import static org.ejgrad.examples.sequences.Rearrangement.COPY_BACKWARDS;
import static org.ejgrad.examples.sequences.Rearrangement.STEPS;
import static org.ejgrad.examples.sequences.Rearrangement.SYMBOLS;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code attention}: one head that learns to copy and to sort. */
@Command(
        name = "attention",
        footer = "%nExample: attention --seeds 1 --page attention.html",
        description = "Lets an attention head learn to copy backwards and to sort.")
public final class AttentionCommand extends ComparingCommand {
    @Option(names = "--steps", defaultValue = "1000", description = "batches of 64 sequences to learn from")
    private int steps;

    /** Made by the command line. */
    public AttentionCommand() {}

    /** The accuracies of both tasks, with a head and without. */
    static Comparison compare(int steps, Seeds seeds) {
        List<String> measures = Arrays.stream(Rearrangement.values())
                .map(Rearrangement::toString)
                .toList();
        return Comparison.of(
                measures,
                List.of(
                        new Treatment("each place by itself", seed -> accuracies(false, steps, seed)),
                        new Treatment("one attention head", seed -> accuracies(true, steps, seed))),
                seeds);
    }

    private static double[] accuracies(boolean isAttending, int steps, long seed) {
        return Arrays.stream(Rearrangement.values())
                .mapToDouble(task ->
                        task.accuracy(task.train(isAttending, steps, seed).network(), seed))
                .toArray();
    }

    /** Of a head that copies: how much each place looks at each. */
    private void tellLooks(Story story) {
        SimpleMatrix sequence = Rearrangement.sequences(1, new RandomStream(seeds.first(), -2));
        SimpleMatrix weights = COPY_BACKWARDS.train(true, steps, seeds.first()).weights(sequence);
        int found = (int) IntStream.range(0, STEPS)
                .filter(from -> IntStream.range(0, STEPS)
                        .allMatch(to -> weights.get(from, to) <= weights.get(from, STEPS - 1 - from)))
                .count();
        String caption = String.format(
                Locale.ROOT,
                "Where the head that copies backwards looks: %d of %d places look most at the place they copy.",
                found,
                STEPS);
        List<String> symbols = IntStream.range(0, STEPS)
                .mapToObj(i -> Integer.toString((int) sequence.get(i)))
                .toList();
        story.chapter("Who looks at whom", "");
        story.weighs(caption, symbols, weights);
    }

    @Override
    public Integer call() throws IOException {
        Require.atLeast(steps, 1, "--steps: the number of steps");
        Story story = page.begin(
                "One attention head",
                "Sequences of %d of %d symbols; the shares of symbols put right, over %s.",
                STEPS,
                SYMBOLS,
                seeds.words());
        Comparison comparison = compare(steps, seeds);
        story.chapter("What came of it", "");
        story.compares(comparison, Comparison.all(comparison.measures(), HIGHER));
        tellLooks(story);
        return page.end(story);
    }
}
