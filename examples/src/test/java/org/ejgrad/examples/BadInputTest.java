package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake in the input ends with code 2 and one line that names the value and what was expected. */
class BadInputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            train                                | no data set; expected one of xor, moons
            trane iris                           | 'trane'
            train lily                           | unknown data set "lily"; expected one of xor, moons
            train iris --learning-rate NaN       | the learning rate is NaN; expected a finite number greater than 0
            train iris --learning-rate 0         | the learning rate is 0.0; expected a finite number greater than 0
            train iris --learning-rate -0.1      | the learning rate is -0.1; expected a finite number greater than 0
            train iris --learning-rate Infinity  | the learning rate is Infinity; expected a finite number
            train iris --learning-rate fast      | 'fast' is not a number
            train iris --weight-decay -1         | the weight decay is -1.0; expected a finite number, 0 or more
            train iris --batch 0                 | the batch size is 0; expected at least 1
            train iris --epochs 0                | the number of epochs is 0; expected at least 1
            train iris --epochs 1.5              | '1.5' is not a whole number
            train iris --hidden 8,0              | the width of a hidden layer is 0; expected at least 1
            train iris --hidden wide             | 'wide' is not a whole number
            train iris --hidden ,                | --hidden is ",", in which a part is empty; expected one or more
            check --network ,,                   | --network is ",,", in which a part is empty; expected one or more
            train --csv no.csv --labels=,,,      | --labels is ",,,", in which a part is empty; expected one or more
            train --csv no.csv --labels a,,b     | --labels is "a,,b", in which a part is empty
            train --csv no.csv --use ,           | --use is ",", in which a part is empty; expected one or more
            train --csv no.csv --ignore a,       | --ignore is "a,", in which a part is empty; expected one or more
            choose --csv no.csv --categories=    | --categories is "", in which a part is empty; expected one or more
            describe --csv no.csv --missing-as , | --missing-as is ",", in which a part is empty
            train iris --activation step         | was 'step'
            train iris --optimizer lucky         | expected one of [adam, adamw, sgd, momentum, nesterov, rmsprop, adagrad] (case-insensitive) but was 'lucky'
            train iris --optimizer adamm         | but was 'adamm'; did you mean "adam"?
            train iris --seed new                | 'new' is not a whole number
            train iris --colour red              | Unknown option
            train iris --optimizer sgd --learning-rate 1e300 --weight-decay 0.002 | training diverged, try a smaller learning rate
            train mnist                          | mnist needs --data, the folder with the four IDX files
            train mnist --data no/such/folder    | no/such/folder/train-images-idx3-ubyte.gz: there is no such file
            train csv                            | unknown data set "csv"; expected one of xor, moons
            train --csv no/such.csv              | no/such.csv: there is no such file
            train --csv .                        | is a directory; expected a file
            describe                             | Missing required option: '--csv=<file>'
            graph --rows 0                       | --rows is 0; expected 1 to 4
            graph --format svg                   | was 'svg'
            articles --seed x                    | 'x' is not a whole number
            describe --csv no.csv --head -1      | --head = -1; expected at least 0
            trian iris                           | Unmatched arguments: 'trian', 'iris'; did you mean train?
            choose iris --csv x.csv --regression | --regression and --labels are of train alone
            choose --csv x.csv --labels a,b      | --regression and --labels are of train alone
            text --hidden 0                      | --hidden = 0; expected at least 1
            text --hidden 5000                   | --hidden = 5000; expected at most 4096
            text --epochs 0                      | --epochs: the number of epochs = 0; expected at least 1
            text --text .                        | --text is ., a folder; expected a file to read
            train iris --epochs -1               | --epochs: the number of epochs is -1
            train iris --hidden 1000000000       | ejgrad train: --hidden: a 4x1000000000 matrix has
            graph iris --hidden 99999,99999      | ejgrad graph: --hidden: a 99999x99999 matrix has
            export iris --hidden 1000000000      | ejgrad export: --hidden: a 4x1000000000 matrix has
            check --network 1000000000,10        | ejgrad check: --network: a 1000000000x10 matrix has
            check --network 4,3 --batch 999999999 | ejgrad check: --batch: a shape of 999999999x4 has
            train iris --batch -1                | --batch: the batch size is -1
            imbalance --seeds 0                  | the number of seeds is 0; expected at least 1
            overfitting --seeds -3               | the number of seeds is -3; expected at least 1
            noise --seeds many                   | 'many' is not a whole number
            pseudolabels extra                   | Unmatched argument
            export                               | no data set; expected one of xor, moons
            export iris --format pickle          | was 'pickle'
            export iris --precision half         | was 'half'
            export iris --out .                  | --out is ., a folder; expected a file to write
            choose iris --trials .               | --trials is ., a folder; expected a file to write
            graph --page g.html --format dot     | --page and --format dot are given; expected one of them
            graph --page g.html --values         | --values adds nothing to --page
            graph --format explain --gradients   | --gradients adds nothing to --format explain
            lesson 3 --start A.java --check B.java | several of --start, --check and --page are given
            lesson 3 --timeout 5                 | --timeout needs --check, an answer to run
            predict iris                         | Missing required option: '--model=<model>'
            predict iris --model no/such         | no/such: there is no such file or folder
            export net.onnx --model iris.st      | data to train on as well, net.onnx; expected one of them
            export --csv o/reg.csv --model m.st  | data to train on as well, reg.csv; expected one of them
            sms                                  | sms needs --data, the folder of the file SMSSpamCollection
            sms --data no/such                   | no/such: there is no such file or folder
            multilabel --seeds 0                 | the number of seeds is 0; expected at least 1
            check --process                      | Missing required parameter
            check --process no/such/program      | no/such/program
            check --process '                    | the command has a quotation mark ' without another; expected pairs
            check --json                         | --json needs --process or --network, what to check
            check --directions 3                 | --directions needs --process or --network, what to check
            check --process x --timeout 0        | --timeout is 0.0; expected 0.001 to 86400 seconds
            check --process x --timeout soon     | 'soon' is not a number
            check --process x --directions 2 --sample 3 | --directions and --sample are both given; expected one of them
            """)
    void isAnsweredWithOneLine(String arguments, String expected) {
        assertRefused(expected, arguments.split(" +"));
    }

    /** Whatever is wrong with a file, its name comes first. */
    @Test
    void tooFewMessagesAreOfAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("messages"), "ham\thello\nspam\twin now\n");
        assertRefused("ejgrad sms: " + file + ": none of the 2 classes has 5 rows", "sms", "--data", file.toString());
        Files.writeString(
                file,
                IntStream.range(0, 6)
                        .mapToObj(i -> "ham\tword" + i + "\nspam\tother" + i + "\n")
                        .collect(Collectors.joining()));
        assertRefused("ejgrad sms: " + file + ": no word is in 5 of the messages", "sms", "--data", file.toString());
    }

    /** A mistake in what is typed is answered before anything is computed, printed or drawn as a bar. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "imbalance",
                "overfitting",
                "noise",
                "pseudolabels",
                "multilabel",
                "convolution",
                "segmentation",
                "text",
                "attention",
                "ranking",
                "ratings",
                "anomalies",
                "speech",
                "choose iris",
                "sms --data no/such"
            })
    void theNumberOfSeedsIsCheckedFirst(String command) {
        for (String number : new String[] {"0", "-2", "1000001"}) {
            Program program = Program.run((command + " --seeds " + number).split(" "));
            assertEquals(2, program.code());
            assertEquals("", program.out());
            assertEquals(1, program.err().lines().count(), program.err());
            assertTrue(program.err().contains("--seeds: the number of seeds "), program.err());
        }
    }

    /** Every option that names a file to write refuses what cannot be written, by its name, before any work. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--report",
                "train iris --save",
                "train iris --report",
                "choose iris --trials",
                "choose iris --page",
                "predict iris --model no.st --out",
                "export iris --out",
                "export iris --format npz --out",
                "graph --page",
                "check --network 2,3,1 --page",
                "experiments --report",
                "articles --page",
                "lesson 2 --page",
                "lesson 3 --start",
                "imbalance --page",
                "overfitting --page",
                "noise --page",
                "pseudolabels --page",
                "convolution --page",
                "segmentation --page",
                "text --page",
                "attention --page",
                "ranking --page",
                "ratings --page",
                "anomalies --page",
                "speech --page"
            })
    void whatCannotBeWrittenIsRefusedBeforeAnyWork(String command, @TempDir Path folder) throws IOException {
        String option = command.substring(command.lastIndexOf(' ') + 1);
        Path file = Files.writeString(folder.resolve("My.txt"), "");
        Path loop = Files.createSymbolicLink(folder.resolve("Loop.java"), folder.resolve("Loop.java"));
        for (Path each :
                new Path[] {folder, file.resolve("My.java"), file.resolve("a/b/My.java"), loop, unwritable(folder)}) {
            Program program = Program.run((command + " " + each).split(" "));
            assertEquals(2, program.code(), program.out());
            assertEquals("", program.out());
            assertEquals(1, program.err().lines().count(), program.err());
            assertTrue(program.err().contains(": " + option + " is " + each + ","), program.err());
            assertFalse(program.err().matches("(?s).*(Exception|java\\.|\\.tmp).*"), program.err());
        }
    }

    /** In a folder of the kernel's, in which even the superuser makes no file; else in one nobody may write to. */
    private static Path unwritable(Path folder) throws IOException {
        Path kernel = Path.of("/proc/My.java");
        return Files.isDirectory(kernel.getParent()) ? kernel : closed(folder).resolve("My.java");
    }

    private static Path closed(Path folder) throws IOException {
        Path closed = folder.resolve("closed");
        if (!Files.exists(closed)) {
            Files.createDirectory(closed);
            assertTrue(closed.toFile().setWritable(false));
        }
        return closed;
    }

    @Test
    void aTextThatIsTooShortIsToldTheLengthItNeeds(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("short.txt");
        for (int length : new int[] {1, 2, 712}) {
            Files.writeString(file, "ab".repeat(356).substring(0, length));
            assertRefused(
                    "--text: the number of characters = " + length + "; expected at least 713",
                    "text",
                    "--text",
                    file.toString());
        }
        Files.writeString(file, "a".repeat(713));
        Program program =
                Program.run("text", "--text", file.toString(), "--epochs", "1", "--seeds", "1", "--hidden", "2");
        assertEquals(0, program.code(), program.err());
        assertTrue(program.out().contains("1 different one;"), program.out());
    }

    private static void assertRefused(String expected, String... arguments) {
        Program program = Program.run(arguments);
        assertEquals(2, program.code(), program.err());
        assertEquals(1, program.err().lines().count(), program.err());
        assertTrue(program.err().contains(expected), program.err());
    }

    /** Messages name file, line, column and, where there is a way out, the option that is it. */
    @Test
    void malformedCsvIsRefusedWithLineAndColumn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("own.csv");
        String rows = "a,b,label\n" + "1,2,0\n1,4,1\n".repeat(6);
        for (String[] each : new String[][] {
            {rows + "1,many,1\n", "own.csv:14:2: \"many\" is not a number"},
            {
                rows + "1,many,1\n",
                "mend it, leave it out by --ignore, say by --missing-as what stands for a missing cell, or take it for --categories"
            },
            {rows + "1,NaN,1\n", "own.csv:14:2: \"NaN\" in column \"b\" is missing"},
            {rows + "1,NaN,1\n", "or another policy by train --missing"},
            {rows + "1,2,\n", "own.csv:14:3: \"\" in column \"label\" is missing"},
            {rows + "1,2\n", "own.csv:14:2: the row has 2 cells; expected 3"},
            {"a,b,label\n1,2,0\n1,2,1\n1,3,0\n1,4,1\n", "4 rows, a fifth of which is to test by; expected at least 5"},
            {"a;b;label\n1;2;0\n1;2;1\n", "own.csv:1:1: one column, \"a;b;label\"; is the separator right?"},
            {"a;b;label\n1;2;0\n1;2;1\n", "another is given by --separator"},
            {"5.1,3.5,red\n4.9,3.0,blue\n", "own.csv:1:1: the header looks like a row of data"},
            {"5.1,3.5,red\n4.9,3.0,blue\n", "--no-header reads a file without one"},
            {"", "own.csv: the file is empty"},
        }) {
            Files.writeString(file, each[0]);
            assertRefused(each[1], "train", "--csv", file.toString());
        }
    }

    /** Names and texts in a file that would turn a terminal red, clear it, or write from right to left. */
    @Test
    void aFileSteersNoTerminal(@TempDir Path folder) throws IOException {
        String hostile = "\u001b[31m\u0007\u009b2J\u202e";
        Path file = folder.resolve("own.csv");
        Files.writeString(
                file,
                ("1,2,a" + hostile + "\n2,1,b" + hostile + "\n")
                        .repeat(20)
                        .replaceFirst("", "x" + hostile + ",y,kind" + hostile + "\n"));
        String model = folder.resolve("model.st").toString();
        String target = "kind" + hostile;
        for (String[] arguments : new String[][] {
            {"describe", "--csv", file.toString()},
            {"train", "--csv", file.toString(), "--target", target, "--epochs", "1", "--save", model},
            {"predict", "--csv", file.toString(), "--model", model},
            {"evaluate", "--csv", file.toString(), "--model", model},
            {"train", "--csv", file.toString(), "--target", "kind", "--epochs", "1"},
            {"train" + hostile}
        }) {
            Program program = Program.run(arguments);
            assertEquals(program.out(), program.out().replaceAll("[\\p{Cc}\\p{Cf}&&[^\n]]", ""));
            assertEquals(program.err().strip(), program.err().strip().replaceAll("[\\p{Cc}\\p{Cf}&&[^\n\r]]", ""));
        }
    }

    @Test
    void malformedIdxIsRefused(@TempDir Path folder) throws IOException {
        Path images = folder.resolve("train-images-idx3-ubyte.gz");
        Files.writeString(images, "not gzip");
        assertRefused("train-images-idx3-ubyte.gz: not a gzip file", "train", "mnist", "--data", folder.toString());
        Files.write(images, gzip(2051, 3, 2, 2, 9));
        assertRefused("train-images-idx3-ubyte.gz:", "train", "mnist", "--data", folder.toString());
        Files.write(images, gzip(2051, 1, 2, 2, 4));
        Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzip(2049, 2, 2));
        assertRefused("2 labels for the 1 row of", "train", "mnist", "--data", folder.toString());
    }

    /** An IDX file: big-endian numbers, then as many zero bytes as the last one says. */
    static byte[] gzip(int... header) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
            for (int i = 0; i < header.length - 1; i++) {
                out.writeInt(header[i]);
            }
            out.write(new byte[header[header.length - 1]]);
        }
        return bytes.toByteArray();
    }

    @Test
    void aReportThatCannotBeWrittenIsNoticedBeforeAnythingIsTrained(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Program program = Program.run("--report", file.resolve("report.html").toString());
        assertEquals(2, program.code());
        assertEquals(1, program.err().lines().count(), program.err());
        assertEquals("", program.out());
    }
}
