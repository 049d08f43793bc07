package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the suggested settings, which were chosen without the test rows, reach on them: the mean over the seeds 0 to 4.
 */
class AccuracyTest {
    private static final int SEEDS = 5;

    @ParameterizedTest
    @CsvSource({
        "xor, 1",
        "moons, 0.99",
        "circles, 0.99",
        "blobs, 1",
        "spirals, 0.99",
        "iris, 0.93",
        "wine, 0.95",
        "breast_cancer, 0.97",
        "digits, 0.973"
    })
    void isReached(String name, double required) throws IOException {
        assertReached(name, required, Optional.empty());
    }

    /** MNIST is not shipped: {@code mvn test -Dmnist=folder} names the folder of its four files. */
    @Test
    void isReachedOnMnist() throws IOException {
        String folder = System.getProperty("mnist", "");
        assumeTrue(!folder.isEmpty(), "no -Dmnist=folder");
        assertReached("mnist", 0.973, Optional.of(Path.of(folder)));
    }

    private static void assertReached(String name, double required, Optional<Path> data) throws IOException {
        double sum = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Problem problem = Problems.load(name, seed, data);
            sum += Training.run(problem, problem.recipe(), seed).accuracy();
        }
        assertTrue(sum / SEEDS >= required, name + " reaches " + sum / SEEDS + "; expected " + required);
    }
}
