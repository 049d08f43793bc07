package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ejgrad.Elementary;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run of strict mode goes on in strict mode only, and one of the other mode only in the other. */
class StrictRunTest {
    @Tag("long")
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aRunOfTheOtherModeIsRefused(boolean isSame, @TempDir Path path) throws IOException, InterruptedException {
        boolean isStrict = isSame == Elementary.isStrict();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dejgrad.strict=" + isStrict,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        StrictRunTest.class.getName(),
                        path.toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        if (isSame) {
            assertEquals(2, epochs(path, 2));
        } else {
            String difference = isStrict ? "StrictMath, is now Math" : "Math, is now StrictMath";
            assertEquals(
                    List.of("elementary functions was " + difference),
                    assertThrows(ModelMismatchException.class, () -> epochs(path, 2))
                            .differences());
        }
    }

    public static void main(String... arguments) throws IOException {
        epochs(Path.of(arguments[0]), 1);
    }

    private static int epochs(Path path, int epochs) throws IOException {
        Layer network = Sequential.of(new Dense(2, 2, 1));
        try (CheckpointFolder folder = CheckpointFolder.open(path, 1)) {
            return Trainer.of(
                            network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(0.1)))
                    .batches(20, 1)
                    .checkpoints(folder)
                    .fit(ToySets.moons(20, 0.1, 1), epochs)
                    .epochs()
                    .size();
        }
    }
}
