package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is printed to a person who types, and knows no Java. */
class WordsForPeopleTest {
    /** Calls, classes and options of the library, and nouns that one thing has too many of. */
    private static final Pattern JAVA = Pattern.compile(
            "\\b[A-Z][a-z]+[A-Z]?\\w*(\\.\\w+)?\\(|\\bjava\\.|Exception|\\bwith(out)?[A-Z]\\w*"
                    + "|\\bLimits\\.|\\b(Split|Weights|Model|Preparation|ImageShape)\\b[.:]|CsvFormat|ConfusionMatrix|CrossEntropy"
                    + "|(?<![\\d.,-])1 (rows|cells|columns|classes|numbers|words|texts|others|labels|entries|messages|bytes)\\b");

    @TempDir
    private Path folder;

    private static Program refused(List<String> arguments) {
        Program program = Program.run(arguments.toArray(String[]::new));
        assertEquals(2, program.code(), arguments + program.out() + program.err());
        assertEquals(1, program.err().lines().count(), program.err());
        return program;
    }

    private List<String> csv(String rows, String... more) throws IOException {
        Path file = Files.createTempFile(folder, "own", ".csv");
        Files.writeString(file, rows);
        return Stream.concat(
                        Stream.of(more[0], "--csv", file.toString()),
                        Stream.of(more).skip(1))
                .toList();
    }

    private List<String> file(String command, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Stream.concat(Stream.of(command.split(" ")), Stream.of(file.toString()))
                .toList();
    }

    private List<List<String>> mistakes() throws IOException {
        String rows = "a,b,kind\n" + "1,2,x\n3,4,y\n".repeat(9);
        String numbers = "a,y\n"
                + IntStream.range(0, 60)
                        .mapToObj(i -> i + "," + i * 0.37 + "\n")
                        .reduce("", String::concat);
        String model = folder.resolve("model.st").toString();
        assertEquals(
                0,
                Program.run(csv(rows, "train", "--epochs", "1", "--save", model).toArray(String[]::new))
                        .code());
        String matrices = folder.resolve("matrices.safetensors").toString();
        assertEquals(
                0,
                Program.run("export", "--model", model, "--format", "safetensors", "--out", matrices)
                        .code());
        String onnx = folder.resolve("model.onnx").toString();
        assertEquals(0, Program.run("export", "--model", model, "--out", onnx).code());
        List<List<String>> mistakes = new ArrayList<>();
        for (String other : List.of(matrices, onnx)) {
            for (String command : List.of("predict", "evaluate")) {
                mistakes.add(csv(rows, command, "--model", other));
            }
            mistakes.add(List.of(
                    "export",
                    "--model",
                    other,
                    "--out",
                    folder.resolve("again.npz").toString(),
                    "--format",
                    "npz"));
        }
        mistakes.add(csv(rows, "train", "--decimal-comma"));
        mistakes.add(csv(rows, "train", "--separator", ",", "--decimal-comma"));
        mistakes.add(csv(rows, "train", "--target", "q"));
        mistakes.add(csv(rows, "train", "--labels", "a,b"));
        mistakes.add(csv(rows, "train", "--labels", "a,a"));
        mistakes.add(csv(rows, "train", "--labels", "kind"));
        mistakes.add(csv(rows, "train", "--regression"));
        mistakes.add(csv(rows, "train", "--use", "kind"));
        mistakes.add(csv(rows, "train", "--use", "a,a"));
        mistakes.add(csv(rows, "train", "--ignore", "a,b"));
        mistakes.add(csv(rows, "train", "--ignore", "kind"));
        mistakes.add(csv(rows, "train", "--hidden", "1000000000"));
        mistakes.add(csv(rows, "train", "--hidden", "2000000000,2000000000"));
        mistakes.add(csv(rows, "train", "--separator", "\""));
        mistakes.add(csv(rows, "train", "--separator", "1"));
        mistakes.add(csv(rows, "train", "--separator", ";"));
        mistakes.add(csv(rows, "train", "--missing-as", "x"));
        mistakes.add(csv(rows, "predict", "--model", folder.resolve("none").toString()));
        mistakes.add(csv(rows.replace("b", "c"), "predict", "--model", model));
        mistakes.add(csv(rows.replace("2", "two"), "predict", "--model", model));
        mistakes.add(csv(rows.replace("2", ""), "predict", "--model", model));
        mistakes.add(csv(rows.replace("y", "z"), "evaluate", "--model", model));
        mistakes.add(csv(rows.replaceAll("[xy]\n", "\n"), "evaluate", "--model", model));
        mistakes.add(csv(rows.replaceAll(",(x|y|kind)\n", "\n"), "evaluate", "--model", model));
        mistakes.add(csv(numbers, "train"));
        mistakes.add(csv(numbers, "choose"));
        mistakes.add(csv(numbers + "1e999,1\n", "train", "--regression"));
        mistakes.add(csv(numbers + "1,inf\n", "train", "--regression"));
        mistakes.add(csv(numbers + "\"1,234\",1\n", "train", "--regression"));
        mistakes.add(csv(numbers + ",1\n", "train", "--regression"));
        mistakes.add(csv("a,kind\n1,x\n", "train"));
        mistakes.add(csv("a,kind\n", "train"));
        mistakes.add(csv("a,kind\n" + "1,x\n".repeat(9), "train"));
        mistakes.add(csv("a,a\n" + "1,x\n".repeat(9), "train"));
        mistakes.add(csv("kind\n" + "x\ny\n".repeat(9), "train"));
        mistakes.add(csv("a,kind\n" + ",x\n,y\n".repeat(9), "train", "--missing", "mean"));
        mistakes.add(csv("a,kind\n" + "1,\n".repeat(9), "train", "--missing", "mean"));
        mistakes.add(csv("a,kind\n" + "1,x\n2,y\n".repeat(9) + "1," + "x".repeat(2 << 20) + "\n", "train"));
        mistakes.add(csv("a,kind\n" + "x,".repeat(20_001) + "\n", "train"));
        mistakes.add(csv("a,kind\n\"1,x\n", "describe"));
        mistakes.add(csv("\"a\";kind\n1;x\n", "describe"));
        mistakes.add(csv(",kind\n1,x\n", "describe"));
        mistakes.add(csv("a;kind\n" + "1,5;x\n2,5;y\n".repeat(9), "train", "--separator", ";"));
        mistakes.add(csv("a,b\n1,2\n3,-\n", "predict", "--model", model));
        mistakes.add(csv("a,kind\n1,\"x\"y\n", "describe"));
        mistakes.add(csv("a,kind\n1,\0\n", "describe"));
        mistakes.add(csv("", "describe"));
        mistakes.add(csv("1,2\n3,4\n", "describe", "--header", "--no-header"));
        mistakes.add(file("sms --data", "two", "ham\tfine\nspam\tno\n"));
        mistakes.add(file("sms --data", "none", ""));
        mistakes.add(file("sms --data", "bad", "ham fine\n"));
        mistakes.add(file("text --text", "short", "abc"));
        mistakes.add(file("predict iris --model", "page.html", "<!DOCTYPE html><title>a page</title>".repeat(40)));
        mistakes.add(file("predict iris --model", "short.st", "a"));
        mistakes.add(csv("a,b,kind\n1\n", "describe"));
        mistakes.add(csv("a\n1,2\n", "describe"));
        mistakes.add(List.of("train", "iris", "--seed", "99999999999999999999"));
        mistakes.add(file("choose iris --trials", "trials.csv", "a,b\n1,2\n"));
        return mistakes;
    }

    @Test
    void mistakesAreToldWithoutWordsOfJava() throws IOException {
        List<String> found = new ArrayList<>();
        for (List<String> arguments : mistakes()) {
            String said = refused(arguments).err();
            if (JAVA.matcher(said.replace(folder.toString(), "")).find()) {
                found.add(said);
            }
        }
        assertEquals(List.of(), found, String.join("\n", found));
    }

    @ParameterizedTest
    @CsvSource({
        "99999999999999999999, expected -9223372036854775808 to 9223372036854775807",
        "-99999999999999999999, expected -9223372036854775808 to 9223372036854775807"
    })
    void aWholeNumberThatIsTooLargeIsCalledSo(String seed, String expected) {
        String said = refused(List.of("train", "iris", "--seed=" + seed)).err();
        assertTrue(said.contains("'" + seed + "' is out of range; " + expected), said);
        String epochs =
                refused(List.of("train", "iris", "--epochs", "3000000000")).err();
        assertTrue(epochs.contains("'3000000000' is out of range; expected -2147483648 to 2147483647"), epochs);
    }

    @Test
    void whatIsWrongIsCalledByWhatWasTyped() throws IOException {
        String rows = "a,b,kind\n" + "1,2,x\n3,4,y\n".repeat(9);
        String said = refused(csv(rows, "train", "--decimal-comma")).err();
        assertTrue(said.contains("--decimal-comma needs --separator with another character than a comma"), said);
        String page = refused(file("predict iris --model", "page.html", "<!DOCTYPE html>".repeat(40)))
                .err();
        assertTrue(page.contains("A model is a file that train --save wrote"), page);
        String fractions = "a,y\n"
                + IntStream.range(0, 60)
                        .mapToObj(i -> i + "," + i * 0.37 + "\n")
                        .reduce("", String::concat);
        assertTrue(refused(csv(fractions, "choose")).err().contains("Is it a number to predict (train --regression)"));
    }

    /** What one thread throws to another carries the name of its class. */
    @Test
    void whatAnotherThreadThrewIsToldAsItWas() {
        Exception thrown = new IllegalArgumentException("of 0 rows nothing is learnt");
        assertEquals(Optional.of("of 0 rows nothing is learnt"), Complaint.of(new IllegalArgumentException(thrown)));
        Exception hit = new IllegalArgumentException("Own.csv: no rows; the limit of Limits.rows");
        assertEquals(Optional.of("Own.csv: no rows; the limit of Limits.rows"), Complaint.of(hit));
    }

    /** A figure to stand beside ours is of the same messages. */
    @Test
    void onlyTheCollectionHasItsFigures() {
        assertTrue(SmsCommand.isOriginal(messages(4827, 747)));
        assertFalse(SmsCommand.isOriginal(messages(4826, 748)));
        assertFalse(SmsCommand.isOriginal(messages(100, 747)));
    }

    private static Problem messages(int ham, int spam) {
        int[] labels = IntStream.range(0, ham + spam).map(i -> i < spam ? 1 : 0).toArray();
        Dataset all = Dataset.classification("sms", new SimpleMatrix(labels.length, 1), labels, "ham", "spam");
        int[] test = IntStream.range(0, 100).toArray();
        int[] train = IntStream.range(100, labels.length).toArray();
        return new Problem(
                all.rows(train),
                all.rows(test),
                new Recipe(List.of(), Activation.RELU, Rule.ADAM, 1, 0, 1, 1),
                Optional.empty());
    }
}
