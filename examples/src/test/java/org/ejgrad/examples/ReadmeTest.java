package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README keeps its promises: the sample compiles and runs, the commands and the files it names exist. */
class ReadmeTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void theSampleCompilesAndLearns(@TempDir Path folder) throws Exception {
        Matcher sample =
                Pattern.compile("```java\n(import .*?)```", Pattern.DOTALL).matcher(readme());
        assertTrue(sample.find(), "the README has no sample");
        Matcher name = Pattern.compile("public class (\\w+)").matcher(sample.group(1));
        assertTrue(name.find(), "the sample has no class");
        Path source = Files.writeString(folder.resolve(name.group(1) + ".java"), sample.group(1));
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        InputStream.nullInputStream(),
                        complaints,
                        complaints,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertEquals(0, status, complaints.toString(StandardCharsets.UTF_8));
        String printed = run(folder, name.group(1));
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

    private static String run(Path folder, String name) throws Exception {
        PrintStream out = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                        new URLClassLoader(new URL[] {folder.toUri().toURL()});
                PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(capture);
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[0]);
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
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
        for (String pom : List.of("pom.xml", "core/pom.xml", "nn/pom.xml", "examples/pom.xml")) {
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
