package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.nn.reference.Json;
import org.ejgrad.nn.reference.ReferenceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs files of figures through the public API: those in the test resources, or the files (or folders) that
 * {@code -Dejgrad.reference=FILE[,FILE...]} names.
 *
 * <p>Prints {@code agree N, differ N, unsupported N} for each file and the reason for each case that does not agree; a
 * differing case fails the test.
 */
class ReferenceFilesTest {
    private static final List<String> DEFAULT = List.of(
            "article_examples",
            "clipping",
            "images",
            "layers",
            "losses",
            "networks",
            "ops_broadcast",
            "ops_elementwise",
            "ops_matrix",
            "ops_reduce",
            "ops_shape",
            "optimizers",
            "programs",
            "schedules",
            "sequences");

    @TestFactory
    Stream<DynamicTest> figuresAgree() throws IOException {
        String chosen = System.getProperty("ejgrad.reference", "");
        if (chosen.isBlank()) {
            return DEFAULT.stream()
                    .map(name -> DynamicTest.dynamicTest(name, () -> {
                        String resource = "/reference/" + name + ".json";
                        try (InputStream stream = ReferenceFilesTest.class.getResourceAsStream(resource)) {
                            assertTrue(stream != null, resource + " is missing");
                            ReferenceFile.Outcome outcome = check(name + ".json", Json.read(name, stream));
                            assertEquals(List.of(), outcome.unsupported(), "everything in the resources is supported");
                        }
                    }));
        }
        return Arrays.stream(chosen.split(","))
                .map(String::strip)
                .flatMap(ReferenceFilesTest::files)
                .map(file -> DynamicTest.dynamicTest(file.toString(), () -> {
                    try (InputStream stream = Files.newInputStream(file)) {
                        check(file.toString(), Json.read("file", stream));
                    }
                }));
    }

    /** The named file, or the JSON files of the named folder; relative to this module or to the project's root. */
    private static Stream<Path> files(String name) {
        Path here = Path.of(name);
        Path path =
                Files.exists(here) || here.isAbsolute() ? here : Path.of("..").resolve(name);
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream();
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot list " + path, e);
        }
    }

    private static ReferenceFile.Outcome check(String name, Json file) {
        ReferenceFile.Outcome outcome = ReferenceFile.run(file);
        System.out.println(name + ": agree " + outcome.agree() + ", differ "
                + outcome.differ().size() + ", unsupported "
                + outcome.unsupported().size());
        outcome.differ().forEach(line -> System.out.println("  differs      " + line));
        outcome.unsupported().forEach(line -> System.out.println("  unsupported  " + line));
        outcome.exceptions().forEach(line -> System.out.println("  exception    " + line));
        assertTrue(outcome.differ().isEmpty(), () -> name + ": " + outcome.differ());
        return outcome;
    }
}
