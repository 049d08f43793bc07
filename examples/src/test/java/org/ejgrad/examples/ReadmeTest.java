package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ejgrad.laws.CodeSample;
import org.ejgrad.laws.CodeSamples;
import org.ejgrad.laws.CompiledSample;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The README keeps its promises: the samples compile and run, the commands and the files it names exist. */
class ReadmeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final List<CodeSample> SAMPLES = samples();

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    private static Path[] below(String folder) {
        return Stream.of("core", "core/testing", "nn", "examples")
                .map(module -> ROOT.resolve(module).resolve(folder))
                .toArray(Path[]::new);
    }

    /** Those of every page, and of the comments of this module and of ejgrad-testing. */
    private static List<CodeSample> samples() {
        try (Stream<Path> pages =
                Files.find(ROOT, 2, (file, attributes) -> file.toString().endsWith(".md"))) {
            return CodeSamples.in(Stream.concat(
                            pages, Stream.of(Path.of("src/main/java"), ROOT.resolve("core/testing/src/main/java")))
                    .toArray(Path[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<CompiledSample> compiled() {
        List<CodeSample> samples =
                SAMPLES.stream().filter(sample -> !sample.excerpt()).toList();
        return CompiledSample.of(samples, CodeSamples.packages(below("src/main/java")), sample -> "").stream();
    }

    @TestFactory
    Stream<DynamicTest> everySampleCompilesAndRuns() {
        return compiled().map(sample -> dynamicTest(sample.toString(), sample::run));
    }

    @TestFactory
    Stream<DynamicTest> everyExcerptStandsInTheSources() {
        return SAMPLES.stream()
                .filter(CodeSample::excerpt)
                .map(excerpt ->
                        dynamicTest(excerpt.toString(), () -> CodeSamples.requireExcerpt(excerpt, below("src"))));
    }

    @Test
    void theWalkFindsThem() {
        assertTrue(SAMPLES.size() >= 3, SAMPLES.toString());
    }

    /** The public types below a package of nn whose source has some words. */
    private static List<String> types(String folder, String words) throws IOException {
        Pattern declared = Pattern.compile("^public [\\w ]*(class|record|enum) (\\w+)", Pattern.MULTILINE);
        try (Stream<Path> files =
                Files.walk(ROOT.resolve("nn/src/main/java/org/ejgrad/nn").resolve(folder))) {
            List<String> names = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                String text = Files.readString(file);
                Matcher type = declared.matcher(text);
                if (Pattern.compile(words).matcher(text).find() && type.find()) {
                    names.add(type.group(2));
                }
            }
            return names;
        }
    }

    @Test
    void everyLayerLossAndOptimizerIsListed() throws IOException {
        List<String> names = new ArrayList<>(types("", "implements (\\w+, )*Layer\\b"));
        names.addAll(types("loss", "public static Value "));
        names.addAll(types("optim", "implements UpdateRule\\b|public static Adam rate|class Lbfgs"));
        assertTrue(names.containsAll(List.of("Dense", "CrossEntropy", "Adam", "AdamW")), names.toString());
        String readme = readme();
        assertEquals(
                List.of(),
                names.stream()
                        .filter(name -> !readme.contains("`" + name + "`"))
                        .toList());
    }

    @Test
    void theFirstSampleLearns() {
        String printed = compiled()
                .filter(sample -> sample.toString().contains("README.md"))
                .findFirst()
                .orElseThrow()
                .run();
        List<Double> numbers = Pattern.compile("\\d\\.\\d+(E-?\\d+)?")
                .matcher(printed)
                .results()
                .map(result -> Double.valueOf(result.group()))
                .toList();
        assertEquals(8, numbers.size(), printed);
        int[] classes = {0, 1, 1, 0};
        for (int row = 0; row < 4; row++) {
            assertTrue(numbers.get(2 * row + classes[row]) > 0.9, printed);
        }
    }

    @Test
    void whatItLinksToIsThere() throws IOException {
        Matcher links = Pattern.compile("\\]\\(([^)#]+)\\)").matcher(readme());
        List<String> missing = links.results()
                .map(link -> link.group(1))
                .filter(link -> !link.startsWith("http"))
                .filter(link -> !Files.exists(ROOT.resolve(link)))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void itsCommandsNameProfilesThatExist() throws IOException {
        StringBuilder poms = new StringBuilder();
        for (String pom :
                List.of("pom.xml", "core/pom.xml", "core/testing/pom.xml", "nn/pom.xml", "examples/pom.xml")) {
            poms.append(Files.readString(ROOT.resolve(pom)));
        }
        Matcher profiles = Pattern.compile("mvn [^`\n]*-P(\\w+)").matcher(readme());
        List<String> missing = profiles.results()
                .map(profile -> profile.group(1))
                .filter(profile -> !poms.toString().contains("<id>" + profile + "</id>"))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void itIsShort() throws IOException {
        try (Stream<String> lines = Files.lines(ROOT.resolve("README.md"))) {
            assertTrue(lines.count() < 200);
        }
    }
}
