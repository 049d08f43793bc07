package org.ejgrad.examples.sequences;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;

import java.io.IOException;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Pictures;
import org.ejgrad.examples.story.Story;
import picocli.CommandLine.Command;

/** {@code speech}: words of vowels, told apart by a network that hears one frame after the other. */
@Command(
        name = "speech",
        footer = "%nExample: speech --seeds 1 --page speech.html",
        description = "Tells words of vowels apart by the tracks of their formants, words of unequal length by a "
                + "recurrent network with masks.")
public final class SpeechCommand extends ComparingCommand {
    static final String MEANS = "means of formants";
    static final String THIRDS = "means of thirds";
    static final String SILENCE = "GRU through silence";
    static final String MASKED = "GRU with masks";
    static final String ACCURACY = "test accuracy";
    private static final int TRAIN = 800;
    private static final int TEST = 500;
    private static final int SHOWN = 12;

    /** Made by the command line. */
    public SpeechCommand() {}

    static Comparison compare(Seeds seeds) {
        return Comparison.of(
                List.of(ACCURACY),
                List.of(
                        treatment(MEANS, seed -> WordListener.ofMeans(1, seed)),
                        treatment(THIRDS, seed -> WordListener.ofMeans(3, seed)),
                        treatment(SILENCE, seed -> WordListener.ofFrames(false, seed)),
                        treatment(MASKED, seed -> WordListener.ofFrames(true, seed))),
                seeds);
    }

    private static Treatment treatment(String name, LongFunction<WordListener> listener) {
        return new Treatment(name, seed -> {
            SpokenWords train = SpokenWords.drawn(TRAIN, seed);
            SpokenWords test = SpokenWords.drawn(TEST, seed + 1_000_000);
            return new double[] {listener.apply(seed).trained(train, seed).accuracy(test)};
        });
    }

    @Override
    public Integer call() throws IOException {
        SpokenWords train = SpokenWords.drawn(TRAIN, seeds.first());
        Story story = page.begin(
                "Words of vowels",
                "%d words of %d to %d frames to learn from, %d to test; %d different ones, from \"a\" to \"%s\".",
                TRAIN,
                IntStream.of(train.lengths()).min().orElseThrow(),
                IntStream.of(train.lengths()).max().orElseThrow(),
                TEST,
                SpokenWords.WORDS.size(),
                SpokenWords.WORDS.get(SpokenWords.WORDS.size() - 1));
        Comparison comparison = compare(seeds);
        story.chapter(
                "Heard to the end",
                "The means of \"ai\" and \"ia\" are the same. A recurrent network keeps what it has heard; masks let it "
                        + "stop where a word does, so that it need not learn what silence means.");
        story.compares(comparison, Comparison.all(List.of(ACCURACY), HIGHER));
        story.says(
                "With masks %.1f %% of the words are told apart, without %.1f %%, by the means of their thirds %.1f %%.",
                100 * comparison.mean(MASKED, ACCURACY),
                100 * comparison.mean(SILENCE, ACCURACY),
                100 * comparison.mean(THIRDS, ACCURACY));
        story.chapter(
                "What is heard", "A stripe per formant, a column per frame: how far it is above or below its rest.");
        story.shows(Pictures.signed("The first words", SpokenWords.IMAGE, train.names(SHOWN), train.images(SHOWN)));
        return page.end(story);
    }
}
