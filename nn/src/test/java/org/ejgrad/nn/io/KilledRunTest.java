package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run that is killed at random moments, and resumed each time, ends in the same bits as one that was left alone.
 *
 * <p>{@code -Dejgrad.kills=20} kills more often.
 */
@Tag("long")
class KilledRunTest {
    private static final int KILLS = Integer.getInteger("ejgrad.kills", 4);

    @Test
    void everyResumedRunEndsInTheSameBits(@TempDir Path folder) throws Exception {
        String undisturbed = Training.run(folder.resolve("undisturbed"), 0);
        Path disturbed = folder.resolve("disturbed");
        RandomStream random = new RandomStream(Long.getLong("ejgrad.seed", 1));
        int progress = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            int steps = killAfter(disturbed, 1 + random.nextInt(2 * Training.STEPS / Math.max(KILLS, 4) - 1), random);
            assertTrue(steps >= progress, "nothing that was saved is lost");
            progress = steps;
        }
        assertEquals(undisturbed, Training.run(disturbed, 0));
        try (Stream<Path> files = Files.list(disturbed)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(3, names.size(), "two checkpoints and the lock, no leftovers: " + names);
        }
    }

    /** Starts the training in its own process, kills it some steps and an instant later; how many steps are saved. */
    private static int killAfter(Path folder, int steps, RandomStream random) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Training.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            while (lines.size() < steps) {
                String line = output.readLine();
                if (line == null) {
                    break;
                }
                lines.add(line);
            }
            long until = System.nanoTime() + random.nextInt(3_000_000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            process.destroyForcibly();
            process.waitFor();
        }
        assertTrue(lines.stream().allMatch(line -> line.matches("saved [0-9]+|done .*")), lines.toString());
        try (CheckpointFolder open = CheckpointFolder.open(folder, 2)) {
            CheckpointFolder.Found found = open.newest().orElseThrow();
            assertEquals(List.of(), found.warnings(), "no checkpoint is torn");
            return (int) Checkpoint.of(found.matrices()).batch();
        }
    }

    /** A small training that saves after every step and goes on from what is saved. */
    static final class Training {
        static final int STEPS = 60;

        public static void main(String[] arguments) throws IOException {
            System.out.println("done " + run(Path.of(arguments[0]), 1));
        }

        static String run(Path path, int announced) throws IOException {
            Sequential network = Sequential.of(new Dense(3, 8, 1), new BatchNorm(8), Value::tanh, new Dense(8, 1, 2));
            Optimizer optimizer = Optimizer.of(
                    network.parameters(),
                    Adam.rate(Schedules.cosine(0.05, STEPS, 0)).amsgrad());
            Manifest manifest = Manifest.empty().with("seed", 5).with("optimizer", optimizer.description());
            try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
                Optional<CheckpointFolder.Found> found = folder.newest();
                if (found.isPresent()) {
                    Checkpoint saved = Checkpoint.of(found.get().matrices());
                    manifest.requireSameRunAs(saved.manifest());
                    Weights.into(network, saved.part("network"), Weights.Numbers.FINITE);
                    optimizer.restore(saved.part("optimizer"));
                }
                while (optimizer.steps() < STEPS) {
                    step(network, optimizer);
                    folder.save(Checkpoint.at(0, optimizer.steps(), manifest)
                            .with("network", Weights.of(network))
                            .with("optimizer", optimizer.state())
                            .toMatrices());
                    if (announced > 0) {
                        System.out.println("saved " + optimizer.steps());
                    }
                }
            }
            return Weights.of(network).sha256();
        }

        private static void step(Sequential network, Optimizer optimizer) {
            RandomStream random = new RandomStream(5, optimizer.steps());
            double[][] rows = new double[16][3];
            double[][] targets = new double[16][1];
            for (int i = 0; i < rows.length; i++) {
                for (int j = 0; j < 3; j++) {
                    rows[i][j] = random.nextGaussian();
                }
                targets[i][0] = rows[i][0] * rows[i][1] - rows[i][2];
            }
            Value outputs = network.at(0, optimizer.steps()).forward(Value.constant(rows));
            optimizer.step(
                    outputs.minus(Value.constant(targets)).square().mean().gradients());
        }
    }
}
