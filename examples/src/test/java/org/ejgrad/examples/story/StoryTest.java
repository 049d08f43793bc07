package org.ejgrad.examples.story;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ejgrad.examples.articles.ArticlesCommand;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.factors.AnomaliesCommand;
import org.ejgrad.examples.factors.RatingsCommand;
import org.ejgrad.examples.images.ConvolutionCommand;
import org.ejgrad.examples.images.SegmentationCommand;
import org.ejgrad.examples.remedies.ImbalanceCommand;
import org.ejgrad.examples.remedies.NoiseCommand;
import org.ejgrad.examples.remedies.OverfittingCommand;
import org.ejgrad.examples.remedies.PseudoLabelsCommand;
import org.ejgrad.examples.sequences.AttentionCommand;
import org.ejgrad.examples.sequences.RankingCommand;
import org.ejgrad.examples.sequences.SpeechCommand;
import org.ejgrad.examples.sequences.TextCommand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What a command prints stands on its page too. */
class StoryTest {
    private static final Pattern DATA =
            Pattern.compile("<script id=\"data\" type=\"application/json\">\\s*(.*?)\\s*</script>", Pattern.DOTALL);

    @TempDir
    private Path folder = Path.of("");

    private static String data(Path page) throws IOException {
        String text = Files.readString(page);
        assertFalse(Pattern.compile("(src|href)=\"?https?:").matcher(text).find(), "the page asks the network");
        assertFalse(text.contains("{{"), "a part of the template is left");
        Matcher data = DATA.matcher(text);
        assertTrue(data.find(), text);
        return data.group(1);
    }

    private String page(Object command, String... args) throws IOException {
        Path page = folder.resolve("new/" + command.getClass().getSimpleName() + ".html");
        StringWriter out = new StringWriter();
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter(), true))
                .execute(Stream.concat(Arrays.stream(args), Stream.of("--page", page.toString()))
                        .toArray(String[]::new));
        assertEquals(0, code, out.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("Page: " + page)), out.toString());
        String data = data(page);
        // Every mean that the table prints stands on the page with the same digits.
        Matcher numbers = Pattern.compile("\\d\\.\\d{4} ± \\d\\.\\d{4}").matcher(out.toString());
        while (numbers.find()) {
            assertTrue(data.contains("\"" + numbers.group() + "\""), numbers.group());
        }
        return data;
    }

    @Test
    void theRemediesArePages() throws IOException {
        assertTrue(page(new ImbalanceCommand(), "--seeds", "2").contains("SMOTE, 5 neighbours"));
        String overfitting = page(new OverfittingCommand(), "--seeds", "1");
        assertTrue(overfitting.contains("\"nothing, validation\":["), "no curves");
        assertTrue(overfitting.contains("With nothing the validation loss is lowest in epoch"));
    }

    @Test
    @Tag("training")
    void theLongerRemediesArePages() throws IOException {
        assertTrue(page(new NoiseCommand(), "--seeds", "1").contains("40 % wrong"));
        assertTrue(page(new PseudoLabelsCommand(), "--seeds", "1").contains("20 labelled digits of each class"));
    }

    @Test
    void theArticlesFiguresArePages() throws IOException {
        String data = page(new ArticlesCommand());
        assertTrue(data.contains("[\"! two such rows: sum, mean\",\"\",\"[0.7133498878775, 0.3566749439387]\""), data);
    }

    @Test
    void theSameStoryIsTheSamePage() throws IOException {
        Comparison comparison = Comparison.of(
                List.of("first", "second"),
                List.of(
                        new Treatment("nothing", seed -> new double[] {1, Double.NaN}),
                        new Treatment("<script>", seed -> new double[] {seed, 2})),
                Seeds.of(1, 2));
        for (int i = 0; i < 2; i++) {
            Story story = new Story("Title", "lead", new PrintWriter(new StringWriter()));
            story.chapter("One", "Look.");
            story.compares(comparison, Map.of("first", Comparison.Order.HIGHER));
            story.draws("loss", Map.of("a", new double[] {1, Double.POSITIVE_INFINITY}));
            story.write(folder.resolve(i + ".html"));
        }
        assertEquals(Files.readString(folder.resolve("0.html")), Files.readString(folder.resolve("1.html")));
        assertEquals(
                "{\"title\":\"Title\",\"lead\":\"lead\",\"chapters\":[{\"heading\":\"One\",\"introduction\":\"Look.\","
                        + "\"parts\":[{\"kind\":\"comparison\",\"comparison\":{\"measures\":[\"first\",\"second\"],"
                        + "\"treatments\":[{\"name\":\"nothing\",\"cells\":[\"1.0 ± 0.0\",\"\"],"
                        + "\"runs\":[[1.0,1.0],[\"NaN\",\"NaN\"]]},{\"name\":\"\\u003cscript>\","
                        + "\"cells\":[\"1.5 ± 0.7\",\"2.0 ± 0.0\"],\"runs\":[[1.0,2.0],[2.0,2.0]]}]},"
                        + "\"against\":{\"first\":[[\"higher with 1 of 2 seeds\",\"\\u003cscript>\"]]}},"
                        + "{\"kind\":\"curves\",\"name\":\"loss\",\"curves\":{\"a\":[1.0,\"Infinity\"]}}]}]}",
                data(folder.resolve("0.html")));
    }

    @Test
    void whatIsToldBeforeAChapterStandsUnderTheTitle() throws IOException {
        Story story = new Story("Title", "lead", new PrintWriter(new StringWriter()));
        story.says("early");
        Path page = folder.resolve("page.html");
        story.write(page);
        assertEquals(
                "{\"title\":\"Title\",\"lead\":\"lead\",\"chapters\":[{\"heading\":\"Title\",\"introduction\":\"\","
                        + "\"parts\":[{\"kind\":\"text\",\"text\":\"early\"}]}]}",
                data(page));
    }

    private static Stream<Object> commands() {
        return Stream.of(
                new ArticlesCommand(),
                new ImbalanceCommand(),
                new NoiseCommand(),
                new OverfittingCommand(),
                new PseudoLabelsCommand(),
                new ConvolutionCommand(),
                new SegmentationCommand(),
                new TextCommand(),
                new AttentionCommand(),
                new RankingCommand(),
                new RatingsCommand(),
                new AnomaliesCommand(),
                new SpeechCommand());
    }

    /** Nor is anything computed for it. */
    @ParameterizedTest
    @MethodSource("commands")
    void aFolderIsNoPage(Object command) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(command)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("--page", folder.toString());
        assertTrue(code != 0 && err.toString().contains("a folder; expected a file to write"), err.toString());
        assertEquals("", out.toString());
    }
}
