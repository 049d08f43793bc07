package org.ejgrad.examples.sequences;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.Elementary;
import org.ejgrad.examples.compare.Bar;
import org.ejgrad.examples.story.PageOption;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.arguments.Require;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code text}: a network that reads characters, against tables of counts. */
@Command(
        name = "text",
        mixinStandardHelpOptions = true,
        footer = "%nExample: text --epochs 5 --page text.html",
        description = "Trains a character model on a text and lets it write.")
public final class TextCommand implements Callable<Integer> {
    private static final List<String> HEADINGS = List.of("model", "bits per character", "perplexity");
    private static final List<Double> TEMPERATURES = List.of(0.3, 0.7, 1.0, 1.5);
    private static final int MOST_CHARACTERS = 10_000_000;
    private static final int WRITTEN = 200;
    private static final int TABLE_STEPS = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--text", description = "a file to read instead of this library's own sentences")
    private Optional<Path> text = Optional.empty();

    @Option(names = "--hidden", defaultValue = "64", description = "columns of the network's state")
    private int hidden;

    @Option(names = "--epochs", defaultValue = "20", description = "how often it reads the text")
    private int epochs;

    @Option(names = "--seed", defaultValue = "0", description = "of weights and samples")
    private long seed;

    @Mixin
    private PageOption page = new PageOption();

    /** Made by the command line. */
    public TextCommand() {}

    private String read() throws IOException {
        if (text.isPresent()) {
            try {
                return Files.readString(text.get(), UTF_8);
            } catch (CharacterCodingException e) {
                throw new IllegalArgumentException(text.get() + ": this is no text in UTF-8", e);
            }
        }
        try (InputStream stream = TextCommand.class.getResourceAsStream("sentences.txt")) {
            if (stream == null) {
                throw new FileNotFoundException("the resource sentences.txt is missing");
            }
            return new String(stream.readAllBytes(), UTF_8);
        }
    }

    @Override
    public Integer call() throws IOException {
        Require.atLeast(epochs, 1, "the number of epochs");
        page.requireWritable();
        String whole = read();
        Require.atMost(whole.length(), MOST_CHARACTERS, "the number of characters");
        Alphabet alphabet = Alphabet.of(whole);
        int cut = (int) (whole.length() * 0.9);
        int[] train = alphabet.symbols(whole.substring(0, cut));
        int[] test = alphabet.symbols(whole.substring(cut));
        if (test.length < 2) {
            throw new IllegalArgumentException("the text has " + whole.length() + " characters; expected more");
        }
        CharacterModel model = new CharacterModel(alphabet.size(), hidden, seed);
        String lead = String.format(
                Locale.ROOT,
                "The text has %,d characters, %d different ones; the last tenth of it is for testing.",
                whole.length(),
                alphabet.size());
        PrintWriter out = spec.commandLine().getOut();
        Story story = page.begin("A character model", lead, out);
        learn(model, train);
        tellScores(story, alphabet, model, train, test);
        tellWritten(story, alphabet, model, train);
        page.write(story::write, out);
        return 0;
    }

    private void learn(CharacterModel model, int... train) {
        try (Bar bar = new Bar("reading", epochs, "epochs", spec.commandLine().getErr())) {
            model.train(
                    train,
                    epochs,
                    (loss, epoch) -> bar.stepTo(
                            epoch, String.format(Locale.ROOT, "%.4f bits a character", loss / Elementary.log(2))));
        }
    }

    private void tellScores(Story story, Alphabet alphabet, CharacterModel model, int[] train, int... test) {
        Counts pairs = new Counts(1, alphabet.size(), train);
        double trigram = new Counts(2, alphabet.size(), train).bits(test);
        double network = model.bits(test);
        BigramTable table = new BigramTable(pairs.pairs());
        table.train(TABLE_STEPS);
        story.chapter("What came of it", "");
        story.prints(
                HEADINGS,
                List.of(
                        row("single characters counted", new Counts(0, alphabet.size(), train).bits(test)),
                        row("pairs counted (bigrams)", pairs.bits(test)),
                        row("triples counted (trigrams)", trigram),
                        row("GRU of " + hidden + ", " + epochs + " epochs", network)));
        story.says(String.format(
                Locale.ROOT,
                "A GRU of %d columns needs %.2f bits a character, %.2f %s than counts of three characters.",
                hidden,
                network,
                Math.abs(trigram - network),
                network < trigram ? "less" : "more"));
        story.says(String.format(
                Locale.ROOT,
                "A table of logits trained on pairs ends at %.4f bits; the entropy of the counted pairs, which no table "
                        + "can beat, is %.4f.",
                table.bits(),
                table.entropy()));
    }

    private static List<String> row(String name, double bits) {
        return List.of(
                name,
                String.format(Locale.ROOT, "%.3f", bits),
                String.format(Locale.ROOT, "%.2f", Elementary.pow(2, bits)));
    }

    /** What the model writes after the first characters of its text. */
    private void tellWritten(Story story, Alphabet alphabet, CharacterModel model, int... train) {
        int[] beginning = Arrays.copyOf(train, Math.min(4, train.length));
        story.chapter(
                "What it writes",
                "After the first characters of the text; the higher the temperature, the less likely the next one may be.");
        for (double temperature : TEMPERATURES) {
            String sample = alphabet.text(model.sample(beginning, WRITTEN, temperature, seed));
            story.quotes("temperature " + temperature, alphabet.text(beginning) + sample);
        }
    }
}
