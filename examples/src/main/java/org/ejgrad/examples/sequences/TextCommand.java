package org.ejgrad.examples.sequences;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ejgrad.Elementary;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code text}: a network that reads characters, against tables of counts. */
@Command(
        name = "text",
        footer = "%nExample: text --epochs 5 --page text.html",
        description = "Trains a character model on a text and lets it write.")
public final class TextCommand extends ComparingCommand {
    private static final String BITS = "bits per character";
    private static final String TRIGRAM = "triples counted (trigrams)";
    private static final List<Double> TEMPERATURES = List.of(0.3, 0.7, 1.0, 1.5);
    private static final int MOST_CHARACTERS = 10_000_000;
    private static final int MOST_HIDDEN = 4096;

    /** So many that nine tenths are enough to train on. */
    private static final int FEWEST = (10 * CharacterModel.FEWEST + 8) / 9;

    private static final int WRITTEN = 200;
    private static final int TABLE_STEPS = 1000;

    @Option(names = "--text", description = "a file to read instead of this library's own sentences")
    private Optional<Path> text = Optional.empty();

    @Option(names = "--hidden", defaultValue = "64", description = "columns of the network's state")
    private int hidden;

    @Option(names = "--epochs", defaultValue = "10", description = "how often it reads the text")
    private int epochs;

    /** Made by the command line. */
    public TextCommand() {}

    private String read() throws IOException {
        if (text.isPresent()) {
            if (Files.isDirectory(text.get())) {
                throw new IllegalArgumentException("--text is " + text.get() + ", a folder; expected a file to read");
            }
            try {
                return plain(Files.readString(text.get(), UTF_8));
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(text.get() + ": this is no text in UTF-8", e);
            }
        }
        return new String(Sources.resource(TextCommand.class, "sentences.txt"), UTF_8);
    }

    /** Without what editors of some systems add: a mark of the byte order, carriage returns at the ends of lines. */
    private static String plain(String written) {
        return (written.startsWith("\uFEFF") ? written.substring(1) : written).replaceAll("\r\n?", "\n");
    }

    @Override
    public Integer call() throws IOException {
        Require.atLeast(epochs, 1, "--epochs: the number of epochs");
        Require.atMost(Require.atLeast(hidden, 1, "--hidden"), MOST_HIDDEN, "--hidden");
        page.requireWritable();
        String whole = read();
        Alphabet alphabet = Alphabet.of(whole);
        int[] symbols = alphabet.symbols(whole);
        Require.atLeast(symbols.length, FEWEST, "--text: the number of characters");
        Require.atMost(symbols.length, MOST_CHARACTERS, "--text: the number of characters");
        int cut = (int) (symbols.length * 9L / 10);
        int[] train = Arrays.copyOf(symbols, cut);
        int[] test = Arrays.copyOfRange(symbols, cut, symbols.length);
        Story story = page.begin(
                "A character model",
                "The text has %,d characters, %s; the last tenth of it is for testing.",
                symbols.length,
                Figures.counted(alphabet.size(), "different one"));
        Map<Long, CharacterModel> models = new ConcurrentHashMap<>();
        tellScores(story, alphabet, models, train, test);
        tellWritten(story, alphabet, requireNonNull(models.get(seeds.first())), train);
        return page.end(story);
    }

    /** The models are kept by their seeds. */
    private void tellScores(
            Story story, Alphabet alphabet, Map<Long, CharacterModel> models, int[] train, int... test) {
        Counts pairs = new Counts(1, alphabet.size(), train);
        List<Treatment> treatments = new ArrayList<>();
        treatments.add(counted("single characters counted", new Counts(0, alphabet.size(), train), test));
        treatments.add(counted("pairs counted (bigrams)", pairs, test));
        treatments.add(counted(TRIGRAM, new Counts(2, alphabet.size(), train), test));
        String network = "GRU of " + hidden + ", " + Figures.counted(epochs, "epoch");
        treatments.add(new Treatment(network, seed -> {
            CharacterModel model = new CharacterModel(alphabet.size(), hidden, seed);
            model.train(epochs, train);
            models.put(seed, model);
            return measured(model.bits(test));
        }));
        Comparison comparison = Comparison.of(List.of(BITS, "perplexity"), treatments, seeds);
        BigramTable table = new BigramTable(pairs.pairs());
        table.train(TABLE_STEPS);
        story.chapter("What came of it", "");
        story.compares(comparison, Comparison.all(List.of(BITS), Comparison.Order.LOWER));
        double less = comparison.mean(TRIGRAM, BITS) - comparison.mean(network, BITS);
        story.says(
                "A GRU of %s needs %.2f bits a character, %.2f %s than counts of three characters.",
                Figures.counted(hidden, "column"),
                comparison.mean(network, BITS),
                Math.abs(less),
                less > 0 ? "less" : "more");
        story.says(
                "A table of logits trained on pairs ends at %.4f bits; the entropy of the counted pairs, which no table "
                        + "can beat, is %.4f.",
                table.bits(), table.entropy());
    }

    private static Treatment counted(String name, Counts counts, int... test) {
        double[] measured = measured(counts.bits(test));
        return new Treatment(name, seed -> measured);
    }

    private static double[] measured(double bits) {
        return new double[] {bits, Elementary.pow(2, bits)};
    }

    /** What the model writes after the first characters of its text. */
    private void tellWritten(Story story, Alphabet alphabet, CharacterModel model, int... train) {
        int[] beginning = Arrays.copyOf(train, Math.min(4, train.length));
        story.chapter(
                "What it writes",
                "After the first characters of the text; the higher the temperature, the less likely the next one may be.");
        for (double temperature : TEMPERATURES) {
            String sample = alphabet.text(model.sample(beginning, WRITTEN, temperature, seeds.first()));
            story.quotes("temperature " + temperature, alphabet.text(beginning) + sample);
        }
    }
}
