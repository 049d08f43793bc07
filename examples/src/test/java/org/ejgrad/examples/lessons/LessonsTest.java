package org.ejgrad.examples.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the lessons print, and what their sources are. */
class LessonsTest {
    private static final int COLUMNS = 80;

    /** Of a screen of 30. */
    private static final int LINES = 28;

    private static final Path SOURCES = Path.of("src/main/java/org/ejgrad/examples/lessons");

    static List<Lesson> lessons() {
        return Lessons.ALL;
    }

    private static String printed(Lesson lesson) throws IOException {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        lesson.print(out);
        out.flush();
        return text.toString();
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void fitsAScreenAndIsTheSameAgainInEveryLocale(Lesson lesson) throws IOException {
        Locale before = Locale.getDefault();
        String text = printed(lesson);
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            assertEquals(text, printed(lesson));
        } finally {
            Locale.setDefault(before);
        }
        for (String line : text.lines().toList()) {
            assertTrue(line.codePointCount(0, line.length()) <= COLUMNS, line);
        }
        assertTrue(text.lines().count() <= LINES, text);
        assertFalse(text.contains("%") && text.contains("%s"), text);
    }

    /** What the page's task calls by a letter is given, stands on a box, or is said to be in one. */
    @ParameterizedTest
    @MethodSource("lessons")
    void thePageNamesNothingThatIsNotOnIt(Lesson lesson, @TempDir Path folder) throws IOException {
        lesson.page().write(folder.resolve("page.html"));
        String page = Files.readString(folder.resolve("page.html"));
        String task = lesson.exercise().task();
        assertFalse(task.contains("below"), task);
        Pattern.compile("\\b([a-z])(?= = )")
                .matcher(task)
                .results()
                .map(MatchResult::group)
                .forEach(name -> assertTrue(
                        name.equals("p")
                                ? page.contains("In the graph p and its cross-entropy are one box.")
                                : page.contains("\"label\": \"" + name + "\""),
                        name + " in " + task));
    }

    @Test
    void thereAreTenInOrder() {
        assertEquals(
                IntStream.rangeClosed(1, 10).boxed().toList(),
                Lessons.ALL.stream().map(Lesson::number).toList());
    }

    /** A lesson is the class that is named in the list; each is short enough to be read beside what it prints. */
    @Test
    void theirSourcesAreShort() throws IOException {
        String list = Files.readString(SOURCES.resolve("Lessons.java"));
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> lessons = files.filter(
                            file -> list.contains(file.getFileName().toString().replace(".java", "::teach")))
                    .toList();
            assertEquals(10, lessons.size(), lessons.toString());
            for (Path lesson : lessons) {
                assertTrue(Files.readAllLines(lesson).size() < 60, lesson.toString());
            }
        }
    }

    /** Whoever reads a lesson can write the same: nothing of the program but the data sets, all else is published. */
    @Test
    void theirSourcesUseWhatIsPublished() throws IOException {
        String list = Files.readString(SOURCES.resolve("Lessons.java"));
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (list.contains(name + "::teach")) {
                    assertEquals(
                            List.of(),
                            Files.readAllLines(file).stream()
                                    .filter(line -> line.startsWith("import org.ejgrad.examples."))
                                    .filter(line -> !line.endsWith(".data.Sources;"))
                                    .toList());
                }
            }
        }
    }

    /** Figures that are known without the engine. */
    @Test
    void theyTeachWhatIsTrue() throws IOException {
        assertTrue(printed(Lessons.of(1)).contains("With w = 0.5 the loss is 20.25. Its gradient by w is -27.0:"));
        double slope = Math.sin(1.2) + 1.2 * Math.cos(1.2);
        assertTrue(
                printed(Lessons.of(3)).contains(String.format(Locale.ROOT, "engine's gradient:        %.6f", slope)));
        double p = Math.exp(2) / (Math.exp(2) + Math.E + Math.exp(-1));
        assertTrue(printed(Lessons.of(5)).contains(String.format(Locale.ROOT, "loss %.4f", -Math.log(p))));
        assertTrue(printed(Lessons.of(6)).contains("exactly 1 in double precision, and −ln(1 − p) Infinity"));
        double f = Math.exp(1) * Math.cos(Math.E);
        assertTrue(printed(Lessons.of(7)).contains(String.format(Locale.ROOT, "has the slope %.12f at", f)));
        double plain = 0.5 * 100 * Math.pow(0.97, 200) + 25 * Math.pow(1 - 1.5, 200);
        assertTrue(printed(Lessons.of(8)).contains(String.format(Locale.ROOT, "%.3g", plain)));
    }

    /** The factors below a table are those of its last column. */
    @Test
    void whatIsSaidOfATableIsTrueOfIt() throws IOException {
        String text = printed(Lessons.of(8));
        double plain = lastOf("plain, 0.03", text);
        Matcher said = Pattern.compile("momentum ends (\\S+) times as low, Adam (\\S+)\\s+times")
                .matcher(text);
        assertTrue(said.find(), text);
        assertEquals(plain / lastOf("momentum, 0.03", text), Double.parseDouble(said.group(1)), 1e6);
        assertEquals(plain / lastOf("Adam, 0.3", text), Double.parseDouble(said.group(2)), 1);
    }

    private static double lastOf(String row, String text) {
        String line = text.lines()
                .filter(each -> each.strip().startsWith(row))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
