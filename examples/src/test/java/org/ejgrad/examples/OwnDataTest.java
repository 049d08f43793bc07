package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The road from a file of somebody's own to a saved model and its predictions, as it is typed. */
class OwnDataTest {
    @TempDir
    private Path folder;

    private Program run(String... arguments) {
        Program program = Program.run(arguments);
        assertEquals(0, program.code(), program.err());
        return program;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /**
     * Fruits of three kinds with an id, a text with gaps, and numbers with gaps; the weight decides, the origin helps.
     */
    private Path fruits(String name, int rows, long seed, boolean hasKinds) throws IOException {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder("id,origin,weight,sweetness," + (hasKinds ? "kind," : "") + "note\n");
        String[] kinds = {"plum", "apple", "melon"};
        for (int i = 0; i < rows; i++) {
            int kind = random.nextInt(3);
            String origin = random.nextInt(10) == 0
                    ? ""
                    : List.of("north", "south", "east").get(kind);
            String weight =
                    random.nextInt(12) == 0 ? "NA" : Double.toString(50 + 150 * kind + 10 * random.nextGaussian());
            text.append(1000 + i + "," + origin + "," + weight + "," + random.nextInt(100) + ",");
            text.append((hasKinds ? kinds[kind] + "," : "") + (i % 2 == 0 ? "a" : "\"b, c\"") + "\n");
        }
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aModelOfAMixedFileIsSavedAndPredicts() throws IOException {
        String train = fruits("train.csv", 300, 1, true).toString();
        String fresh = fruits("new.csv", 50, 2, false).toString();
        String known = fruits("known.csv", 60, 3, true).toString();
        Program described = run("describe", "--csv", train, "--head", "2");
        assertTrue(described.out().contains("kind") && described.out().contains("plum"), described.out());
        Program trained = run(
                "train",
                "--csv",
                train,
                "--target",
                "kind",
                "--ignore",
                "id",
                "--missing",
                "mean",
                "--epochs",
                "30",
                "--save",
                path("model.st"),
                "--report",
                path("pages/run.html"));
        assertTrue(trained.out().contains("240 rows to train, 60 to test"), trained.out());
        assertTrue(Files.readString(Path.of(path("pages/run.html"))).contains("plum"));
        String accuracy = trained.out().replaceAll("(?s).*test accuracy ([\\d.]+),.*", "$1");
        assertTrue(Double.parseDouble(accuracy) > 0.95, trained.out());

        Program predicted = run("predict", "--model", path("model.st"), "--csv", fresh, "--out", path("p.csv"));
        assertFalse(predicted.out().contains("accuracy"), predicted.out());
        List<String> lines = Files.readAllLines(Path.of(path("p.csv")));
        assertEquals("row,predicted,probability of apple,probability of melon,probability of plum", lines.get(0));
        assertEquals(51, lines.size());
        assertTrue(lines.get(1).matches("1,(apple|melon|plum),[\\d.E-]+,[\\d.E-]+,[\\d.E-]+"), lines.get(1));

        Program evaluated = run("evaluate", "--model", path("model.st"), "--csv", known);
        assertTrue(
                evaluated.out().matches("(?s).*60 rows: accuracy (1.0000|0.9\\d+), loss 0\\.\\d+\\s*"),
                evaluated.out());
        String rows = Files.readString(Path.of(known));
        Files.writeString(folder.resolve("none.csv"), rows.replaceAll(",(plum|apple|melon),", ",,"));
        Files.writeString(folder.resolve("some.csv"), rows.replace(",plum,", ",,"));
        String unanswered = run("predict", "--model", path("model.st"), "--csv", path("none.csv"))
                .out();
        assertTrue(unanswered.contains("60 rows in all") && !unanswered.contains("accuracy"), unanswered);
        String answered = run("predict", "--model", path("model.st"), "--csv", path("some.csv"))
                .out();
        assertTrue(answered.matches("(?s).*\n[34]\\d rows: accuracy .*"), answered);
        assertTrue(run("predict", "--model", path("model.st"), "--csv", known)
                .out()
                .contains("60 rows: accuracy"));
        run("export", "--model", path("model.st"), "--out", path("model.onnx"));
        assertTrue(Files.size(Path.of(path("model.onnx"))) > 500);
    }

    @Test
    void numbersAndLabelsArePredictedToo() throws IOException {
        Random random = new Random(5);
        StringBuilder text = new StringBuilder("rooms;area;price;garden;lift\n");
        for (int i = 0; i < 200; i++) {
            int rooms = 1 + random.nextInt(5);
            double area = 20 * rooms + 10 * random.nextDouble();
            text.append(rooms + ";" + Double.toString(area).replace('.', ',') + ";"
                    + Math.round(3000 * area + 10_000 * rooms) + ";" + (area > 60 ? "yes" : "no") + ";"
                    + (rooms > 3 ? 1 : 0) + "\n");
        }
        String file = Files.writeString(folder.resolve("homes.csv"), text).toString();
        Program price = run(
                "train",
                "--csv",
                file,
                "--separator",
                ";",
                "--decimal-comma",
                "--target",
                "3",
                "--regression",
                "--ignore",
                "garden,lift",
                "--save",
                path("price.st"),
                "--report",
                path("price.html"));
        assertTrue(price.out().matches("(?s).*R² of price 0\\.9[89]\\d+.*"), price.out());
        assertTrue(price.err().contains(", test loss 0.") && !price.err().contains("accuracy"), price.err());
        Program again = run(
                "predict",
                "--model",
                path("price.st"),
                "--csv",
                file,
                "--separator",
                ";",
                "--decimal-comma",
                "--out",
                path("prices.csv"));
        assertTrue(again.out().contains("200 rows: root mean squared error of price"), again.out());
        List<String> lines = Files.readAllLines(Path.of(path("prices.csv")));
        assertEquals("row,price", lines.get(0));
        assertTrue(Double.parseDouble(lines.get(1).split(",")[1]) > 20_000, lines.get(1));

        Program labels = run(
                "train",
                "--csv",
                file,
                "--separator",
                ";",
                "--decimal-comma",
                "--labels",
                "garden,lift",
                "--ignore",
                "price",
                "--save",
                path("labels.st"));
        assertTrue(labels.out().matches("(?s).*test label accuracy (1.0|0.9)\\d+, all labels right .*"), labels.out());
        Program told =
                run("predict", "--model", path("labels.st"), "--csv", file, "--separator", ";", "--decimal-comma");
        assertTrue(told.out().contains("200 rows: label accuracy"), told.out());
    }

    /** Every data set by name goes the same road, with the same figures afterwards. */
    @ParameterizedTest
    @CsvSource({"xor", "moons", "iris", "wine", "breast_cancer"})
    void aSavedModelOfAKnownDataSetScoresAsItDid(String name) {
        Program trained = run("train", name, "--epochs", "5", "--save", path("model.st"));
        String figures = trained.out().replaceAll("(?s).*test (accuracy [\\d.]+), test (loss [\\d.]+),.*", "$1, $2");
        Program evaluated = run("evaluate", name, "--model", path("model.st"));
        assertTrue(evaluated.out().contains("rows: " + figures), figures + ": " + evaluated.out());
    }

    private static void refused(String expected, String... arguments) {
        Program program = Program.run(arguments);
        assertEquals(2, program.code(), program.out());
        assertEquals(1, program.err().lines().count(), program.err());
        assertTrue(program.err().contains(expected), program.err());
    }

    @Test
    void missingCellsAreWrittenAsOneSays() throws IOException {
        String file = Files.writeString(folder.resolve("gaps.csv"), "a,kind\n" + "1,x\n-,y\n2,x\n-999,y\n".repeat(9))
                .toString();
        refused(":3:1: \"-\" is not a number", "train", "--csv", file, "--missing", "mean");
        refused("say by --missing-as what stands for a missing cell", "train", "--csv", file);
        refused("--missing-as needs --csv", "train", "iris", "--missing-as", "-");
        Program described = run("describe", "--csv", file, "--missing-as=-,-999");
        assertTrue(described.out().contains("a       number  18       2          1 … 2, mean 1.5"), described.out());
        Program trained = run("train", "--csv", file, "--missing-as=-,-999", "--missing", "mean", "--epochs", "1");
        assertTrue(trained.out().contains("29 rows to train, 7 to test"), trained.out());
    }

    /** By any of its names, and before anything is read or written. */
    @Test
    void noFileIsReadAndWrittenOrWrittenTwice() throws IOException {
        Path train = fruits("train.csv", 60, 1, true);
        byte[] rows = Files.readAllBytes(train);
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), train);
        String detour = path("nowhere/../train.csv");
        String model = path("model.st");
        for (Path save : List.of(train, link, Path.of(detour))) {
            refused("--csv and --save are both " + save, "train", "--csv", train.toString(), "--save", save.toString());
        }
        refused("--save and --report are both", "train", "iris", "--save", model, "--report", path("./model.st"));
        assertFalse(Files.exists(Path.of(model)));
        run("train", "iris", "--epochs", "1", "--save", model);
        byte[] saved = Files.readAllBytes(Path.of(model));
        refused("--model and --out are both", "export", "--model", model, "--out", model);
        Path unsaid = Path.of("target", "ejgrad", "own.safetensors");
        Files.createDirectories(unsaid.getParent());
        Files.copy(Path.of(model), unsaid, StandardCopyOption.REPLACE_EXISTING);
        refused("--model is " + unsaid, "export", "--model", unsaid.toString(), "--format", "safetensors");
        assertArrayEquals(saved, Files.readAllBytes(unsaid));
        refused(
                "--csv and --out are both",
                "predict",
                "--model",
                model,
                "--csv",
                link.toString(),
                "--out",
                train.toString());
        refused("--text and --page are both", "text", "--text", train.toString(), "--page", train.toString());
        assertArrayEquals(rows, Files.readAllBytes(train));
        assertArrayEquals(saved, Files.readAllBytes(Path.of(model)));
    }

    @Test
    void whatDoesNotFitIsNamedInOneLine() throws IOException {
        String train = fruits("train.csv", 60, 1, true).toString();
        refused("--target needs --csv", "train", "--target", "kind", "iris");
        refused("--target is given twice; expected once", "train", "--csv", train, "--target", "a", "--target=b");
        refused("both the data set iris and --csv are given", "train", "iris", "--csv", train);
        refused("no such file", "train", "--csv", path("no.csv"));
        refused("\"knd\"", "train", "--csv", train, "--target", "knd");
        refused("did you mean", "train", "--csv", train, "--target", "knd");
        refused("--target is 9; expected a column from 1 to 6", "train", "--csv", train, "--target", "9");
        refused(":8:2: \"\" in column \"origin\" is missing", "train", "--csv", train, "--target", "kind");
        refused("--missing", "train", "--csv", train, "--target", "kind", "--missing", "guess");
        refused("--separator is \"ab\"", "train", "--csv", train, "--separator", "ab");
        refused("--save is " + folder, "train", "--csv", train, "--save", folder.toString());
        refused("--model", "predict", "--csv", train);
        Files.writeString(folder.resolve("not.st"), "no model");
        refused("not.st", "predict", "--model", path("not.st"), "--csv", train);
        run("train", "iris", "--epochs", "1", "--save", path("iris.st"));
        refused(
                "Unknown option: '--missing'",
                "predict",
                "--model",
                path("iris.st"),
                "--csv",
                train,
                "--missing",
                "mean");
        refused("Unknown options: '--target', 'kind'", "describe", "--csv", train, "--target", "kind");
        refused("--data is the folder of mnist's files", "train", "iris", "--data", folder.toString());
        refused("both the data set iris and --csv", "predict", "--model", path("iris.st"), "iris", "--csv", train);
        refused("--data is the folder", "evaluate", "--model", path("iris.st"), "--csv", train, "--data", "no");
        refused("--header and --no-header", "describe", "--csv", train, "--header", "--no-header");
        refused("--hidden and --model are given", "export", "--model", path("iris.st"), "--hidden", "3");
        refused("--activation and --model are given", "export", "--model", path("iris.st"), "--activation", "relu");
        refused("--precision is of onnx", "export", "iris", "--format", "npz", "--precision", "double");
        refused("sepal_length_cm", "predict", "--model", path("iris.st"), "--csv", train);
        assertFalse(Files.exists(folder.resolve("never")));
    }

    /** A header as spreadsheets write it, with a line break: messages say all, and what is shown can be typed. */
    @Test
    void aNameOfTwoLinesIsShownInOneAndTypedAsShown() throws IOException {
        String rows = "1,x,a\n2,y,b\n".repeat(10);
        String file = Files.writeString(
                        folder.resolve("nl.csv"), "\"size\n(cm)\",\"a rather long\nname of a column\",t\n" + rows)
                .toString();
        assertTrue(run("describe", "--csv", file).out().contains("\nsize (cm) "));
        refused("column \"size (cm)\" is missing; expected", "train", "--csv", gap(rows));
        refused(
                "the columns are size (cm), a rather long name of a column, t",
                "train",
                "--csv",
                file,
                "--target",
                "q");
        String cut = "a rather long name …";
        assertTrue(run("describe", "--csv", file).out().contains(cut));
        for (String[] options : new String[][] {
            {"--use", "size (cm)"},
            {"--ignore", "size (cm)"},
            {"--categories", "size (cm)"},
            {"--ignore", cut},
            {"--target", "size (cm)"},
            {"--target", cut}
        }) {
            run("train", "--csv", file, "--epochs", "1", options[0], options[1]);
        }
        refused("there is no column \"size\"", "train", "--csv", file, "--use", "size");
    }

    private String gap(String rows) throws IOException {
        return Files.writeString(folder.resolve("gap.csv"), "\"size\n(cm)\",b,t\n" + rows + ",x,a\n".repeat(5))
                .toString();
    }

    @Test
    void scoresInSmallUnitsKeepTheirDigits() throws IOException {
        StringBuilder text = new StringBuilder("x,y\n");
        for (int i = 0; i < 60; i++) {
            text.append(i).append(',').append((i + (i % 7) * 0.3) * 1e-9).append('\n');
        }
        String file = Files.writeString(folder.resolve("tiny.csv"), text).toString();
        String out = run("train", "--csv", file, "--regression", "--save", path("tiny.st"))
                .out();
        assertTrue(out.matches("(?s).*root mean squared error of y \\d(\\.\\d+)?e-(9|10), R² of y 0\\.9\\d+, .*"), out);
        String again =
                run("evaluate", "--model", path("tiny.st"), "--csv", file).out();
        assertTrue(again.matches("(?s).*error of y \\d(\\.\\d+)?e-(9|10), .*"), again);
        String one =
                Files.writeString(folder.resolve("one.csv"), "x,y\n3,3e-9\n").toString();
        String judged =
                run("evaluate", "--model", path("tiny.st"), "--csv", one).out();
        assertTrue(judged.contains("1 row: ") && judged.contains("R² of y undefined, as all are equal"), judged);
    }

    /** How many rows are left out is said wherever rows are counted. */
    @Test
    void rowsThatAreLeftOutAreCounted() throws IOException {
        String file = Files.writeString(
                        folder.resolve("gaps.csv"), "a,b,kind\n" + "1,2,x\n,3,y\n3,4,y\n4,,\n5,6,\n6,7,x\n".repeat(8))
                .toString();
        String dropped = run("train", "--csv", file, "--missing", "drop", "--epochs", "1", "--save", path("d.st"))
                .out();
        assertTrue(
                dropped.matches("(?s).*: [12]\\d rows to train, \\d+ to test, 24 rows left out, in which a cell.*"),
                dropped);
        String mean = run("train", "--csv", file, "--missing", "mean", "--epochs", "1", "--save", path("m.st"))
                .out();
        assertTrue(
                mean.matches("(?s).*: [12]\\d rows to train, \\d+ to test, 16 rows left out, in which a cell.*"), mean);
        String predicted = run("predict", "--csv", file, "--model", path("d.st"), "--out", path("p.csv"))
                .out();
        assertTrue(predicted.contains("p.csv: 32 predictions, 16 rows left out, in which a cell"), predicted);
        assertTrue(
                predicted.matches("(?s).*\n24 rows: accuracy .*, 24 rows left out, in which a cell is missing\\s*"),
                predicted);
        String judged = run("evaluate", "--csv", file, "--model", path("m.st")).out();
        assertTrue(
                judged.matches("(?s).*\n32 rows: accuracy .*, 16 rows left out, in which a cell is missing\\s*"),
                judged);
        String bare = Files.writeString(folder.resolve("bare.csv"), "a,kind\n" + "1,x\n2,y\n".repeat(9) + "3,\n")
                .toString();
        refused("leave such rows out by train --missing", "train", "--csv", bare);
        String single = run("train", "--csv", bare, "--missing", "mean", "--epochs", "1")
                .out();
        assertTrue(
                single.contains("1 row left out") && single.contains(", 1 input, ") && single.contains("1 epoch\n"),
                single);
    }

    /** Whatever the model does about gaps, which are those of inputs: an answer is never made up. */
    @ParameterizedTest
    @CsvSource({"refuse", "drop", "mean"})
    void rowsWithoutAnswersAreLeftOutByBothWhoJudge(String missing) throws IOException {
        String rows = "a,y\n" + "1,2.25\n2,4.5\n3,6.125\n".repeat(9);
        String file = Files.writeString(folder.resolve("train.csv"), rows).toString();
        String model = path("model.st");
        run("train", "--csv", file, "--regression", "--missing", missing, "--epochs", "3", "--save", model);
        Files.writeString(folder.resolve("some.csv"), rows + "4,\n5,\n");
        String predicted =
                run("predict", "--model", model, "--csv", path("some.csv")).out();
        String evaluated =
                run("evaluate", "--model", model, "--csv", path("some.csv")).out();
        String judged = predicted.substring(predicted.indexOf("\n27 rows: "));
        assertTrue(judged.contains("2 rows left out, in which a cell is missing"), predicted);
        assertEquals(judged, evaluated);
        Files.writeString(folder.resolve("none.csv"), "a,y\n4,\n5,\n");
        assertTrue(run("predict", "--model", model, "--csv", path("none.csv"))
                .out()
                .startsWith("     1  "));
        refused(
                "none.csv: no row has an answer in y; expected at least one",
                "evaluate",
                "--model",
                model,
                "--csv",
                path("none.csv"));
    }

    /** In the terminal; a file has all digits. */
    @Test
    void numbersAreShownToSixDigits() throws IOException {
        String rows = "a,y\n" + "1,2.25\n2,4.5\n3,6.125\n".repeat(9);
        String file = Files.writeString(folder.resolve("train.csv"), rows).toString();
        String train = run(
                        "train",
                        "--csv",
                        file,
                        "--regression",
                        "--epochs",
                        "3",
                        "--learning-rate",
                        "3e-4",
                        "--weight-decay",
                        "0.0002",
                        "--save",
                        path("model.st"))
                .out();
        assertTrue(train.contains(", adam 0.0003, weight decay 0.0002, batch 32, 3 epochs\n"), train);
        String shown =
                run("predict", "--model", path("model.st"), "--csv", file).out();
        assertEquals(
                10,
                shown.lines()
                        .filter(line -> line.matches(" +\\d+  -?\\d(\\.\\d{1,6})?"))
                        .count(),
                shown);
        run("predict", "--model", path("model.st"), "--csv", file, "--out", path("p.csv"));
        assertTrue(Files.readAllLines(Path.of(path("p.csv"))).get(1).matches("1,-?\\d\\.\\d{12,}"));
        String fast = run(
                        "train",
                        "--csv",
                        file,
                        "--regression",
                        "--epochs",
                        "1",
                        "--optimizer",
                        "sgd",
                        "--learning-rate",
                        "1e-300")
                .out();
        assertTrue(fast.contains(", sgd 1e-300, "), fast);
    }

    /** An accuracy says nothing without that of a network which has learnt nothing. */
    @Test
    void theClassThatMostRowsHaveIsTheBaseline() throws IOException {
        String rows = IntStream.range(0, 100)
                .mapToObj(i -> i % 7 + "," + (i % 10 == 3 ? "rare" : "usual") + "\n")
                .reduce("a,kind\n", String::concat);
        Files.writeString(folder.resolve("rare.csv"), rows);
        String out = run("train", "--csv", path("rare.csv"), "--epochs", "1").out();
        assertTrue(out.contains("baseline      0.9000 (always usual)"), out);
    }

    @Test
    void severalNumbersArePredictedAtOnce() throws IOException {
        String rows = IntStream.range(0, 60)
                .mapToObj(i -> i + "," + 2 * i + "," + (i * 7 % 60) + "\n")
                .reduce("a,twice,other\n", String::concat);
        Files.writeString(folder.resolve("two.csv"), rows);
        String model = path("two.st");
        String out = run("train", "--csv", path("two.csv"), "--labels", "twice,other", "--regression", "--save", model)
                .out();
        assertTrue(out.contains("1 input, 2 numbers to predict"), out);
        assertTrue(out.matches("(?s).*\\R\\Rtest root mean squared error of twice .*, R² of other .*"), out);
        assertFalse(out.matches("(?s).*\\R\\R\\R.*"), out);
        run("predict", "--model", model, "--csv", path("two.csv"), "--out", path("two-p.csv"));
        assertEquals(
                "row,twice,other",
                Files.readAllLines(Path.of(path("two-p.csv"))).get(0));
    }

    @Test
    void asManyRowsAreShownAsAreAskedFor() throws IOException {
        StringBuilder text = new StringBuilder("number,kind\n");
        for (int i = 1; i <= 100; i++) {
            text.append(i + ",k\n");
        }
        String file = Files.writeString(folder.resolve("hundred.csv"), text).toString();
        for (int head : new int[] {0, 1, 10, 60, 61, 99, 100, 1000}) {
            String out = run("describe", "--csv", file, "--head", Integer.toString(head))
                    .out();
            int shown = Math.min(head, 100);
            assertEquals(
                    shown, out.lines().filter(line -> line.matches(" *\\d+  k")).count(), out);
            String more = shown == 99 ? "\n… 1 more row\n" : "\n… " + (100 - shown) + " more rows\n";
            assertEquals(shown < 100, out.contains(more), out);
            assertEquals(shown < 100, out.contains(" more row"), out);
        }
    }

    /** As a program writes numbers once there was a gap. */
    @Test
    void aCategoryIsMetByEverySpellingOfItsNumber() throws IOException {
        String rows = "1,a\n2,b\n3,b\n".repeat(9);
        String file = Files.writeString(folder.resolve("g.csv"), "g,y\n" + rows).toString();
        String other = Files.writeString(folder.resolve("h.csv"), "g,y\n" + rows.replaceAll("(\\d),", "$1.0,"))
                .toString();
        run("train", "--csv", file, "--categories", "g", "--epochs", "5", "--save", path("g.st"));
        assertEquals(
                run("predict", "--model", path("g.st"), "--csv", file).out(),
                run("predict", "--model", path("g.st"), "--csv", other).out());
    }

    /** The table of trials can be read as any other. */
    @Test
    void theFileOfTrialsIsATable() throws IOException {
        String trials = path("trials.csv");
        run("choose", "iris", "--epochs", "1", "--seeds", "1", "--trials", trials);
        assertTrue(run("describe", "--csv", trials).out().contains("setting seed"));
        String again = run("choose", "iris", "--epochs", "1", "--seeds", "1", "--trials", trials)
                .err();
        assertTrue(again.contains("training 100%") && again.contains(" 15/15 networks"), again);
        refused(
                "; trial 0 of budget 1 has another setting seed, in this search 1. They begin with another --seed",
                "choose",
                "iris",
                "--epochs",
                "1",
                "--seeds",
                "1",
                "--seed",
                "1",
                "--trials",
                trials);
    }

    @Test
    void anExportInDoublesSaysWhatRuntimesKnowOfFloatsAlone() {
        run("train", "iris", "--activation", "gelu", "--epochs", "1", "--save", path("a.st"));
        String doubles = run("export", "--model", path("a.st"), "--precision", "double", "--out", path("a.onnx"))
                .out();
        assertTrue(
                doubles.contains("ONNX Runtime 1.30 knows Erf of floats alone, so they are computed as floats"),
                doubles);
        assertFalse(run("export", "--model", path("a.st"), "--out", path("a.onnx"))
                .out()
                .contains("Note"));
    }
}
