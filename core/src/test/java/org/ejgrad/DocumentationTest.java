package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.laws.CodeSample;
import org.ejgrad.laws.CodeSamples;
import org.ejgrad.laws.CompiledSample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every sample of code in the comments of core and its laws compiles and runs; a wrong one is refused with its place.
 */
class DocumentationTest {
    private static final Path[] SOURCES = {Path.of("src/main/java"), Path.of("src/test/java/org/ejgrad/laws")};
    private static final List<CompiledSample> SAMPLES =
            CompiledSample.of(CodeSamples.in(SOURCES), CodeSamples.packages(SOURCES), sample -> "");

    @TestFactory
    Stream<DynamicTest> everySampleCompilesAndRuns() {
        return SAMPLES.stream().map(sample -> dynamicTest(sample.toString(), sample::run));
    }

    @Test
    void theWalkFindsThem() {
        assertTrue(SAMPLES.size() >= 11, SAMPLES.toString());
    }

    @Test
    void rightSamplesOfEveryFormRun(@TempDir Path folder) throws IOException {
        String page = """
                ```java
                import org.ejgrad.Value;

                public class Sum {
                    public static void main(String[] args) {
                        System.out.print(Value.constant(2).plus(3).scalar());
                    }
                }
                ```
                Then statements, and members of a class:
                ```java
                static final Shape ROW = new Shape(1, 2);
                Value ones = Value.ones(ROW); // = {{1, 1}}
                ones.elementSum(); // = declared
                Value sum = ones
                        .plus(1)
                        .elementSum(); // = 4
                double half = 0.5; // > 0.25
                System.out.print(ROW);
                ```
                ```java
                static final Value TWO = Value.constant(2);

                @Test
                void two() {
                    System.out.print(TWO.scalar());
                }
                ```
                ```
                no Java
                ```
                """;
        List<CodeSample> samples = CodeSamples.in(Files.writeString(folder.resolve("page.md"), page));
        assertEquals(List.of(2, 12, 22), samples.stream().map(CodeSample::line).toList());
        List<CompiledSample> compiled =
                CompiledSample.of(samples, List.of("org.ejgrad"), sample -> "private final int declared = 2;");
        assertEquals(
                List.of("5.0", "1x2", "2.0"),
                compiled.stream().map(CompiledSample::run).toList());
    }

    @Test
    void wrongSamplesAreRefusedWhereTheyAreWrong(@TempDir Path folder) throws IOException {
        String comment = """
                /**
                 * Wrong in %s.
                 *
                 * <pre>{@code
                 * Value x = Value.constant(2);
                 * %s
                 * }</pre>
                 */
                package org.ejgrad;
                """;
        List<String> lines = List.of(
                "x.noSuchMethod();",
                "x.plus(;",
                "Value y = x.square(); // = 5",
                "x.square().scalar(); // > 4",
                "x.mult(Value.zeros(new Shape(2, 2)));",
                "Value y = x.square(); // = 4");
        for (String line : lines) {
            Files.writeString(folder.resolve(lines.indexOf(line) + ".java"), comment.formatted(line, line));
        }
        List<CompiledSample> samples =
                CompiledSample.of(CodeSamples.in(folder), CodeSamples.packages(folder), sample -> "");
        List<String> messages = List.of(
                "cannot find symbol",
                "illegal start of expression",
                "the result differs",
                "the result is false, not true",
                "mult\\(1x1, 2x2\\): the inner dimensions");
        for (int i = 0; i < messages.size(); i++) {
            String message =
                    assertThrows(AssertionError.class, samples.get(i)::run).getMessage();
            assertTrue(message.matches("(?s).*" + i + "\\.java:6: .*" + messages.get(i) + ".*"), message);
        }
        samples.get(messages.size()).run();
    }

    @Test
    void anExcerptStandsInTheSources(@TempDir Path folder) throws IOException {
        String page = """
                ```java excerpt
                public record CodeSample(Path file, int line,
                        String code, boolean excerpt) {

                private boolean isFile() {
                ```
                ```java excerpt
                public record CodeSample(Path file) {
                ```
                """;
        List<CodeSample> excerpts = CodeSamples.in(Files.writeString(folder.resolve("page.md"), page));
        Path sources = Path.of("src/test/java/org/ejgrad/laws");
        CodeSamples.requireExcerpt(excerpts.get(0), sources);
        assertThrows(AssertionError.class, () -> CodeSamples.requireExcerpt(excerpts.get(1), sources));
        assertTrue(excerpts.stream().allMatch(CodeSample::excerpt));
    }
}
