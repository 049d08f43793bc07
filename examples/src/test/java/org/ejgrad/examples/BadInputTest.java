package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake in the input ends with code 2 and one line that names the value and what was expected. */
class BadInputTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            train                                | Missing required parameter: 'dataset'
            trane iris                           | 'trane'
            train lily                           | unknown data set "lily"; expected one of xor, moons
            train iris --learning-rate NaN       | the learning rate is NaN; expected a finite number greater than 0
            train iris --learning-rate 0         | the learning rate is 0.0; expected a finite number greater than 0
            train iris --learning-rate -0.1      | the learning rate is -0.1; expected a finite number greater than 0
            train iris --learning-rate Infinity  | the learning rate is Infinity; expected a finite number
            train iris --learning-rate fast      | 'fast' is not a double
            train iris --weight-decay -1         | the weight decay is -1.0; expected a finite number, 0 or more
            train iris --batch 0                 | the batch size is 0; expected at least 1
            train iris --epochs 0                | the number of epochs is 0; expected at least 1
            train iris --epochs 1.5              | '1.5' is not an int
            train iris --hidden 8,0              | the width of a hidden layer is 0; expected at least 1
            train iris --hidden wide             | 'wide' is not an int
            train iris --activation step         | was 'step'
            train iris --optimizer lucky         | was 'lucky'
            train iris --seed new                | 'new' is not a long
            train iris --colour red              | Unknown option
            train iris --optimizer sgd --learning-rate 1e300 --weight-decay 0.002 | training diverged, try a smaller learning rate
            train mnist                          | mnist needs --data, the folder with the four IDX files
            train mnist --data no/such/folder    | no/such/folder/train-images-idx3-ubyte.gz: there is no such file
            train csv                            | csv needs --data, a CSV file whose last column is the class
            train csv --data no/such.csv         | no/such.csv: there is no such file
            train csv --data .                   | is a directory; expected a file
            graph --rows 0                       | --rows is 0; expected 1 to 4
            graph --format svg                   | was 'svg'
            articles --seed x                    | 'x' is not a long
            imbalance --seeds 0                  | the number of seeds is 0; expected at least 1
            overfitting --seeds -3               | the number of seeds is -3; expected at least 1
            noise --seeds many                   | 'many' is not an int
            pseudolabels extra                   | Unmatched argument
            export                               | Missing required parameter: 'dataset'
            export iris --format pickle          | was 'pickle'
            export iris --precision half         | was 'half'
            export iris --out .                  | --out is ., a folder; expected a file to write
            predict iris                         | Missing required option: '--model=<model>'
            predict iris --model no/such         | no/such: there is no such file or folder
            sms                                  | sms needs --data, the folder of the file SMSSpamCollection
            sms --data no/such                   | no/such: there is no such file or folder
            multilabel --seeds 0                 | the number of seeds is 0; expected at least 1
            check --process                      | Missing required parameter
            check --process no/such/program      | no/such/program
            check --process '                    | the command has a quotation mark ' without another; expected pairs
            check --json                         | --json needs --process, the program to check
            check --directions 3                 | --directions needs --process, the program to check
            check --process x --timeout 0        | --timeout is 0.0; expected 0.001 to 86400 seconds
            check --process x --timeout soon     | 'soon' is not a double
            check --process x --directions 2 --sample 3 | --directions and --sample are both given; expected one of them
            """)
    void isAnsweredWithOneLine(String arguments, String expected) {
        assertRefused(expected, arguments.split(" +"));
    }

    private static void assertRefused(String expected, String... arguments) {
        Program program = Program.run(arguments);
        assertEquals(2, program.code(), program.err());
        assertEquals(1, program.err().lines().count(), program.err());
        assertTrue(program.err().contains(expected), program.err());
    }

    @Test
    void malformedCsvIsRefusedWithLineAndColumn(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("own.csv");
        Files.writeString(file, "a,b,label\n1,2,0\n1,many,1\n");
        assertRefused("own.csv:3:2: \"many\" is not a number", "train", "csv", "--data", file.toString());
        Files.writeString(file, "a,b,label\n1,2,0\n1,NaN,1\n");
        assertRefused("own.csv:3:2: \"NaN\" is not a number", "train", "csv", "--data", file.toString());
        Files.writeString(file, "a,b,label\n1,2,0\n1,2,\n");
        assertRefused("own.csv:3:3: the label is missing", "train", "csv", "--data", file.toString());
        Files.writeString(file, "a,b,label\n1,2,0\n1,2,1\n1,3,0\n1,4,1\n");
        assertRefused(
                "4 rows of 2 classes leave none to test by, which is every fifth row of a class; expected a class of at "
                        + "least 5 rows",
                "train",
                "csv",
                "--data",
                file.toString());
        Files.writeString(file, "a;b;label\n1;2;0\n1;2;1\n");
        assertRefused(
                "own.csv:1:1: one column, \"a;b;label\"; is the separator right?",
                "train",
                "csv",
                "--data",
                file.toString());
        Files.writeString(file, "5.1,3.5,red\n4.9,3.0,blue\n");
        assertRefused("own.csv:1:1: the header looks like a row of data", "train", "csv", "--data", file.toString());
        Files.writeString(file, "a,b,label\n1,2,0\n1,1\n");
        assertRefused("own.csv:3", "train", "csv", "--data", file.toString());
        Files.writeString(file, "");
        assertRefused("own.csv: the file is empty", "train", "csv", "--data", file.toString());
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
        assertRefused("2 labels for the 1 rows", "train", "mnist", "--data", folder.toString());
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
