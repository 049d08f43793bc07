package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Sequential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands print. */
class CommandsTest {
    @Test
    void trainShowsDataSettingsConfusionAndFigures() {
        Program program = Program.run("train", "xor", "--hidden", "6,4", "--seed", "3");
        assertEquals(0, program.code(), program.err());
        List<String> lines = program.out().lines().toList();
        assertEquals("xor: 4 rows to train, 4 to test, 2 inputs, 2 classes", lines.get(0));
        assertEquals("2-6-4-2 tanh, adam 0.05, batch 4, 300 epochs", lines.get(1));
        assertTrue(program.out().contains("accuracy 1.0000 (4 of 4)"), program.out());
        assertTrue(lines.get(lines.size() - 1).matches("test accuracy 1.0000, test loss 0.0\\d+, .*, \\d+\\.\\d s"));
    }

    /** Both weights of a dead unit are negative, as xor's inputs are 0 or 1 and biases begin at 0. */
    @Test
    void trainNamesMistakesBeforeTheFirstEpoch() {
        Program program = Program.run("train", "xor", "--hidden", "16", "--activation", "relu", "--epochs", "1");
        Sequential network = Sequential.dense(Activation.RELU, 0, 2, 16, 2);
        Value weight = network.parameters().get(0).value();
        long dead = IntStream.range(0, 16)
                .filter(unit -> weight.get(0, unit) <= 0 && weight.get(1, unit) <= 0)
                .count();
        assertTrue(dead > 1, dead + " units are dead");
        assertTrue(
                program.out()
                        .matches("(?s).*1 epoch\\R\\RBefore the first epoch:\\R  relu 4x16, column \\d+ and "
                                + (dead - 1)
                                + " more: this hidden unit is 0 for every row, .*; try .*leaky relu\\R\\R.*accuracy.*"),
                program.out());
        assertFalse(Program.run("train", "iris", "--epochs", "1").out().contains("Before the first epoch"));
    }

    @Test
    void progressIsPlainTextWithoutATerminal() {
        Program program = Program.run("train", "xor", "--epochs", "20");
        assertTrue(
                program.err().matches("(?s).*xor 100% \\[=+\\] 20/20 epochs .* loss \\d\\.\\d{4}, test accuracy .*\n"),
                program.err());
        assertFalse(program.err().contains("\u001b") || program.err().contains("\r"), program.err());
    }

    @Test
    void everyOptionOfTrainReachesTheTraining() {
        Program program = Program.run(
                "train",
                "blobs",
                "--hidden",
                "5",
                "--activation",
                "Relu",
                "--optimizer",
                "nesterov",
                "--learning-rate",
                "0.02",
                "--weight-decay",
                "1e-3",
                "--batch",
                "50",
                "--epochs",
                "7");
        assertEquals(
                "2-5-4 relu, nesterov 0.02, weight decay 0.001, batch 50, 7 epochs",
                program.out().lines().toList().get(1));
        Program linear = Program.run("train", "xor", "--hidden", "0", "--epochs", "1");
        assertEquals(
                "2-2 linear, adam 0.05, batch 4, 1 epoch",
                linear.out().lines().toList().get(1));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        String first = figures(Program.run("train", "iris", "--epochs", "5", "--seed", "7"));
        assertEquals(first, figures(Program.run("train", "iris", "--epochs", "5", "--seed", "7")));
        assertFalse(first.equals(figures(Program.run("train", "iris", "--epochs", "5", "--seed", "8"))));
    }

    /** All but the time. */
    private static String figures(Program program) {
        return program.out().replaceAll("\\d+\\.\\d s", "");
    }

    /** Words, digits and points, the progress bar's clock included. */
    @Test
    void everyLocalePrintsTheSame(@TempDir Path folder) {
        String model = folder.resolve("xor.safetensors").toString();
        List<List<String>> commands = List.of(
                List.of("train", "xor", "--epochs", "3"),
                List.of("train", "xor", "--save", model),
                List.of("predict", "xor", "--model", model),
                List.of("evaluate", "xor", "--model", model),
                List.of("export", "iris", "--out", folder.resolve("iris.onnx").toString()),
                List.of("check"),
                List.of("graph", "--values", "--gradients"),
                List.of("experiments", "--report", folder.resolve("report.html").toString()),
                List.of("train", "xor", "--epochs", "0"));
        Locale before = Locale.getDefault();
        try {
            for (List<String> command : commands) {
                String[] arguments = command.toArray(String[]::new);
                Locale.setDefault(Locale.ROOT);
                Program expected = Program.run(arguments);
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                Program found = Program.run(arguments);
                assertEquals(figures(expected), figures(found));
                assertEquals(lastLine(expected), lastLine(found));
                assertTrue(found.err().chars().noneMatch(c -> c > '9' && Character.isDigit(c)), found.err());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    /** The full bar, without its clock; how many there are before it depends on the time. */
    private static String lastLine(Program program) {
        String[] lines = program.err().split("\\R");
        return lines[lines.length - 1].replaceAll("\\d:\\d\\d:\\d\\d", "");
    }

    /** No number reaches a person in digits that the default locale chooses. */
    @Test
    void everyFormatNamesItsLocale() throws IOException {
        Pattern unnamed = Pattern.compile(
                "(\\.printf\\(|String\\.format\\(|\\.format\\(\"|\\.formatted\\()(?!\\s*Locale\\.ROOT)");
        List<String> found = new ArrayList<>();
        for (String module : List.of("nn", "examples")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    unnamed.matcher(Files.readString(file))
                            .results()
                            .forEach(each -> found.add(file + ": " + each.group()));
                }
            }
        }
        assertEquals(List.of(), found);
    }

    @Test
    void trainReadsMnistsFiles(@TempDir Path folder) throws IOException {
        for (String part : List.of("train", "t10k")) {
            Files.write(folder.resolve(part + "-images-idx3-ubyte.gz"), BadInputTest.gzip(2051, 10, 2, 2, 40));
            Files.write(folder.resolve(part + "-labels-idx1-ubyte.gz"), BadInputTest.gzip(2049, 10, 10));
        }
        Program program = Program.run("train", "mnist", "--data", folder.toString(), "--batch", "5", "--epochs", "2");
        assertTrue(
                program.out().startsWith("mnist: 10 rows to train, 10 to test, 4 inputs, 10 classes"), program.err());
    }

    @Test
    void checkConfirmsTheRightRuleAndRefutesTheWrongOnes() {
        Program program = Program.run("check");
        assertEquals(0, program.code(), program.out());
        assertTrue(program.out().contains("All 6 entries agree"), program.out());
        assertEquals(2, program.out().split("5 disagree", -1).length - 1, program.out());
        assertTrue(CheckCommand.check(CheckCommand.RIGHT).passed());
        assertTrue(CheckCommand.check(CheckCommand.HALF_THE_PRODUCT_RULE).refuted());
        assertTrue(CheckCommand.check(CheckCommand.OFF_BY_A_MILLIONTH).refuted());
    }

    @Test
    void graphPrintsEachFormat() {
        String text = Program.run("graph", "--hidden", "3").out();
        assertTrue(text.contains("= tanh(n3)") && text.contains("2x3  0.weight") && text.contains("loss"), text);
        assertTrue(Program.run("graph", "--format", "dot").out().startsWith("digraph ejgrad {"));
        assertTrue(Program.run("graph", "--format", "mermaid").out().startsWith("flowchart TB"));
        assertTrue(Program.run("graph", "--format", "json").out().startsWith("{\"nodes\""));
        assertTrue(Program.run("graph", "--format", "explain").out().startsWith("forward\n"));
        assertTrue(Program.run("graph", "--format", "latex").out().endsWith("\\end{document}\n"));
        assertTrue(Program.run("graph", "--format", "markdown").out().contains("## Backward\n"));
        assertFalse(text.contains("value") || text.contains("gradient") || text.contains("aᵀ"), text);
        String all = Program.run("graph", "iris", "--values", "--gradients", "--formulas")
                .out();
        assertTrue(all.contains("value") && all.contains("gradient") && all.contains("xᵀ·dy"), all);
    }

    @Test
    void graphWritesAPageToStepThrough(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("new/graph.html");
        Program program = Program.run("graph", "iris", "--page", page.toString());
        assertEquals(0, program.code(), program.err());
        assertTrue(program.out().matches("Page: .*graph\\.html \\(\\d+ kB\\)\\R"), program.out());
        String text = Files.readString(page);
        assertTrue(text.contains("\"0.weight\"") && text.contains("function drawGraph") && text.length() < 600_000);
    }

    @Test
    void helpNamesEveryCommandAndDataSet() {
        String help = Program.run("--help").out();
        assertTrue(help.contains("train") && help.contains("check") && help.contains("graph"), help);
        assertEquals(0, Program.run("train", "--help").code());
        String words = Program.run("train", "--help").out().replaceAll("\\s+", " ");
        assertTrue(words.contains(Problems.LIST), words);
    }

    @Test
    void everyHelpTextHasAnExampleExitCodesAndTheDefaults() {
        for (String command : Program.run("--help")
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .filter(line -> line.matches("  \\w+ .*"))
                .map(line -> line.strip().split(" ")[0])
                .toList()) {
            if (!command.matches("\\d+")) {
                Program help = Program.run(command, "--help");
                assertEquals(0, help.code(), command);
                assertTrue(help.out().contains("\nExample: " + command), help.out());
                assertTrue(help.out().contains("Exit codes:"), help.out());
                assertFalse(help.out().contains("Optional.empty"), help.out());
                assertTrue(help.out().lines().allMatch(line -> line.length() <= 80), help.out());
            }
        }
        assertTrue(Program.run("train", "--help").out().contains("Default: 0"));
    }

    @Test
    void aMistypedWordGetsASuggestion() {
        Program program = Program.run("trian", "iris");
        assertTrue(program.err().contains("did you mean train"), program.err());
        assertTrue(Program.run("train", "iris", "--epoch", "3").err().contains("did you mean --epochs"));
    }
}
