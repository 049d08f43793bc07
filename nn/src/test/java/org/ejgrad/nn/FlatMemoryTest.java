package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A long training in a small heap ends with as much memory in use as early on; the campaign trains for longer. */
@Tag("long")
class FlatMemoryTest {
    private static final boolean FULL = "full".equals(System.getProperty("ejgrad.campaign"));
    private static final long MEBIBYTE = 1L << 20;

    @Test
    void theHeapStaysFlat() throws Exception {
        int steps = FULL ? 200_000 : 5_000;
        String printed = train(FULL ? "-Xmx64m" : "-Xmx32m", steps);
        List<Long> used =
                List.of(printed.split(" ")).stream().map(Long::valueOf).toList();
        assertEquals(2, used.size(), printed);
        String figures = String.format(
                Locale.ROOT, "%d steps: %,d bytes in use early, %,d at the end", steps, used.get(0), used.get(1));
        if (FULL) {
            System.out.println("campaign: " + figures);
        }
        assertTrue(used.get(1) <= used.get(0) + MEBIBYTE, figures);
    }

    private static String train(String heap, int steps) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Training.class.getName(),
                        Integer.toString(steps))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output.strip();
    }

    /**
     * Trains a network with dropout and running statistics, and prints the bytes in use after a tenth and at the end.
     */
    static final class Training {
        public static void main(String[] arguments) {
            int steps = Integer.parseInt(arguments[0]);
            Sequential network = Sequential.of(
                    new Dense(4, 16, 1), new BatchNorm(16), Value::relu, new Dropout(0.1, 7), new Dense(16, 3, 2));
            Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.01));
            for (int step = 0; step < steps; step++) {
                RandomStream random = new RandomStream(5, step);
                double[][] rows = new double[16][4];
                int[] labels = new int[16];
                for (int i = 0; i < rows.length; i++) {
                    labels[i] = random.nextInt(3);
                    for (int j = 0; j < 4; j++) {
                        rows[i][j] = random.nextGaussian() + (j == labels[i] ? 1 : 0);
                    }
                }
                Value outputs = network.at(0, step).forward(Value.constant(rows));
                optimizer.step(CrossEntropy.fromLogits(outputs, labels).gradients());
                if (step == steps / 10) {
                    System.out.print(used() + " ");
                }
            }
            System.out.println(used());
            // What they hold counts until here.
            Reference.reachabilityFence(network);
            Reference.reachabilityFence(optimizer);
        }

        private static long used() {
            for (int i = 0; i < 3; i++) {
                System.gc();
            }
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }
}
