package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written to a full disk, and read from another program. */
class StreamsTest {
    /** Takes so many bytes, as a disk with so much room. */
    private static final class Full extends OutputStream {
        private int room;

        Full(int room) {
            this.room = room;
        }

        @Override
        public void write(int one) throws IOException {
            if (--room < 0) {
                throw new IOException("No space left on device");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "train xor --epochs 2",
                "graph iris",
                "lesson 3",
                "check",
                "ranking --seeds 1"
            })
    void whatCouldNotBeShownIsAFailure(String command) {
        for (int room : new int[] {0, 8}) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Main.run(
                    new PrintStream(new Full(room), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    command.split(" "));
            assertEquals(1, code);
            String said = err.toString(StandardCharsets.UTF_8);
            assertTrue(
                    said.endsWith("ejgrad: standard output could not be written; what should stand there is lost"
                            + System.lineSeparator()),
                    said);
        }
    }

    /** Of mistakes in the input it stays what it is. */
    @Test
    void aComplaintNeedsNoStandardOutput() {
        PrintStream full = new PrintStream(new Full(0), true, StandardCharsets.UTF_8);
        assertEquals(
                2,
                Main.run(
                        full,
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        "train",
                        "lily"));
    }

    @Test
    void aPipeIsReadAsAFile(@TempDir Path folder) throws IOException, InterruptedException, ExecutionException {
        String rows = "a,kind\n" + "1,x\n2,y\n".repeat(3000);
        Path file = Files.writeString(folder.resolve("own.csv"), rows);
        String model = folder.resolve("model.st").toString();
        assertEquals(
                0,
                Program.run("train", "--csv", file.toString(), "--epochs", "1", "--save", model)
                        .code());
        for (String[] command : new String[][] {
            {"describe"}, {"train", "--epochs", "1"}, {"predict", "--model", model}, {"evaluate", "--model", model}
        }) {
            Path pipe = folder.resolve(command[0]);
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "no pipes");
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(pipe, rows));
            String[] words = (String.join(" ", command) + " --csv " + pipe).split(" ");
            Program program = Program.run(words);
            writer.get();
            assertEquals(0, program.code(), program.err());
            assertTrue(program.out().matches("(?s).*(6,?000|4800) rows.*|.*5995 more rows.*"), program.out());
        }
    }

    private static void write(Path pipe, String rows) {
        try {
            Files.writeString(pipe, rows);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
