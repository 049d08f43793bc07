package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several labels at once and texts are learnt as well as another library learns them, the mean over seeds 0 to 4. */
class SeveralLabelsAndTextTest {
    private static void assertReached(double required, Comparison comparison, String network, String measure) {
        double reached = comparison.mean(network, measure);
        assertTrue(reached >= required, measure + " " + reached + "; expected " + required);
    }

    @Test
    void fourLabelsOfEachDigitAreLearnt() throws IOException {
        Comparison comparison = MultiLabelCommand.run(Sources.digits(), Seeds.of(0, 5));
        assertReached(0.983, comparison, MultiLabelCommand.NETWORK, "label accuracy");
        assertReached(0.953, comparison, MultiLabelCommand.NETWORK, "all four right");
    }

    @Test
    void fourLabelsSayWhatTheySay() throws IOException {
        Dataset digits = Sources.digits();
        Dataset four = MultiLabelCommand.fourLabels(digits);
        int[][] expected = {
            {1, 0, 0, 1}, {0, 0, 0, 0}, {1, 0, 1, 0}, {0, 0, 1, 0}, {1, 0, 0, 0},
            {0, 1, 1, 0}, {1, 1, 0, 1}, {0, 1, 1, 0}, {1, 1, 0, 1}, {0, 1, 0, 1}
        };
        int[] labels = digits.labels();
        for (int row = 0; row < labels.length; row++) {
            for (int label = 0; label < 4; label++) {
                assertEquals(expected[labels[row]][label], four.targets().get(row, label));
            }
        }
    }

    /** The SMS Spam Collection is not shipped: {@code mvn test -Dsms=folder} names the folder of its file. */
    @Test
    void spamIsToldFromOtherMessages() throws IOException {
        String folder = System.getProperty("sms", "");
        assumeTrue(!folder.isEmpty(), "no -Dsms=folder");
        Problem messages = SmsCommand.load(Optional.of(Path.of(folder)));
        assertEquals(4460, messages.train().size());
        assertEquals(1114, messages.test().size());
        assertEquals(1596, messages.train().features());
        Comparison comparison = SmsCommand.run(messages, Seeds.of(0, 5));
        assertReached(0.983, comparison, SmsCommand.NETWORK, "accuracy");
        assertReached(0.93, comparison, SmsCommand.NETWORK, "F1 of spam");
    }

    /** Each kind of message has a word of its own, so that all of them can be told apart. */
    private static Path messages(Path folder) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            lines.append(i % 4 == 0 ? "spam\tWIN a prize " : "ham\tsee you at home ")
                    .append(i)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("SMSSpamCollection"), lines);
    }

    @Test
    void smsReadsAFolderOrAFile(@TempDir Path folder) throws IOException {
        Path file = messages(folder);
        String given =
                Program.run("sms", "--data", folder.toString(), "--seeds", "2").out();
        assertTrue(given.startsWith("1600 messages to train, 400 to test, 7 words; "), given);
        assertTrue(given.contains("1.0000 ± 0.0000"), given);
        assertFalse(given.contains("scikit-learn"), given);
        assertEquals(
                given,
                Program.run("sms", "--data", file.toString(), "--seeds", "2").out());
    }

    @Test
    void malformedMessagesAreRefusedWithTheirLine(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("own"), "ham\tfine\nspan\tno\n");
        Program program = Program.run("sms", "--data", file.toString());
        assertEquals(2, program.code());
        assertEquals(1, program.err().lines().count(), program.err());
        assertTrue(
                program.err().contains("own:2:1: the class is \"span\"; expected one of [ham, spam]"), program.err());
    }

    @Test
    void multilabelPrintsItsTable() {
        Program program = Program.run("multilabel", "--seeds", "1");
        assertEquals(0, program.code(), program.err());
        assertTrue(program.out().startsWith("Four labels of each digit at once: even, 5 or more, prime, closed loop"));
        assertTrue(program.out().contains("\n(one seed)\n") && !program.out().contains("±"), program.out());
    }
}
