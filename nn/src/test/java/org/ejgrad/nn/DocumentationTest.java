package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.ejgrad.laws.CodeSamples;
import org.ejgrad.laws.CompiledSample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every sample of code in nn's comments compiles and runs. */
@Tag("long")
class DocumentationTest {
    /** What samples use without a declaration: a network on its way. */
    private static final String PRELUDE = """
            Layer network = new Dense(2, 3, 1);
            Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.01));
            Dataset training = ToySets.spirals(60, 3, 0.1, 1);
            Dataset validation = ToySets.spirals(60, 3, 0.1, 2);
            Value input = Value.constant(training.inputs());
            int[] labels = training.labels();
            Value loss = CrossEntropy.fromLogits(network.forward(input), labels);
            """;

    /** And where it is saved: a place for it. */
    private static final String FILES = """
            Path path = Files.createDirectories(Path.of("target", "samples"));
            Path file = path.resolve("network.safetensors");
            Layer sameArchitecture = new Dense(2, 3, 2);
            NamedMatrices matrices = Weights.of(network);
            CheckpointFolder folder = CheckpointFolder.open(Files.createTempDirectory(path, "checkpoints"), 2);
            Manifest manifest = Manifest.empty();
            int epoch = 7;
            int batch = 0;
            """;

    private static final List<String> WITH_FILES =
            List.of("org/ejgrad/nn/io", "org/ejgrad/nn/model", "org/ejgrad/nn/onnx");

    private static final Path SOURCES = Path.of("src/main/java");
    private static final List<CompiledSample> SAMPLES = compiled();

    private static List<CompiledSample> compiled() {
        SortedSet<String> packages = CodeSamples.packages(SOURCES);
        packages.addAll(Set.of("org.ejgrad", "java.util.function"));
        return CompiledSample.of(
                CodeSamples.in(SOURCES),
                packages,
                sample -> WITH_FILES.stream().anyMatch(sample::isIn) ? PRELUDE + FILES : PRELUDE);
    }

    @TestFactory
    Stream<DynamicTest> everySampleCompilesAndRuns() {
        return SAMPLES.stream().map(sample -> dynamicTest(sample.toString(), sample::run));
    }

    @Test
    void theWalkFindsThem() {
        assertTrue(SAMPLES.size() >= 17, SAMPLES.toString());
    }

    @Test
    void theSampleOfDataShowsPreparedRowsOfBothClasses() {
        CompiledSample data = SAMPLES.stream()
                .filter(sample -> sample.toString().contains("data/package-info.java"))
                .findFirst()
                .orElseThrow();
        String printed = data.run().replaceAll("\\s+", " ");
        String row = "Type = DDRM , rows = 1 , cols = 3 ";
        assertEquals(
                Set.of("", "-1.0000E+00 0.0000E+00 1.0000E+00 is bush ", "1.0000E+00 1.0000E+00 0.0000E+00 is tree "),
                Set.of(printed.split(row)));
    }
}
