package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code lesson}, as a student types it. */
class LessonCommandTest {
    @TempDir
    private Path folder;

    @Test
    void listsAndPrints() {
        Program list = Program.run("lesson");
        assertEquals(0, list.code(), list.err());
        assertEquals(10, list.out().lines().count(), list.out());
        assertTrue(list.out().startsWith("lesson 1   one multiplication"), list.out());
        assertTrue(Program.run("lesson", "4").out().startsWith("Lesson 4: broadcasting"));
    }

    @Test
    void anExerciseIsBegunCheckedAndSolved() throws IOException {
        Path file = folder.resolve("MyAnswer.java");
        assertEquals(0, Program.run("lesson", "1", "--start", file.toString()).code());
        Program begun = Program.run("lesson", "1", "--check", file.toString(), "--timeout", "60");
        assertEquals(1, begun.code(), begun.err());
        assertEquals(
                "The gradient of w is zero.", begun.out().lines().findFirst().orElseThrow());
        assertTrue(begun.out().lines().skip(1).findFirst().orElseThrow().startsWith("Hint: "), begun.out());
        String solved = Files.readString(file)
                .replace("// Your lines come here.", "gradient = 2 * (w * x - t) * x; System.out.println(gradient);");
        Files.writeString(file, solved);
        Program right = Program.run("lesson", "1", "--check", file.toString(), "--timeout", "60");
        assertEquals(0, right.code(), right.out() + right.err());
        assertEquals(
                "Right: the number agrees with the numerical derivative.\nIt printed:\n  3.534\n",
                right.out().replace("\r", "").replaceAll("3\\.53\\d+", "3.534"));
    }

    @Test
    void ofALotThatAnAnswerPrintsItIsSaidThatThereIsMore() throws IOException {
        for (String lines : new String[] {"10", "11", "1_000_000"}) {
            Path file = Files.writeString(folder.resolve("MyAnswer.java"), """
                    public class MyAnswer {
                        static double gradient(double w, double x, double t) {
                            for (int i = 0; i < %s; i++) System.out.println(i);
                            return 1;
                        }
                    }
                    """.replace("%s", lines));
            Program program = Program.run("lesson", "1", "--check", file.toString(), "--timeout", "60");
            String out = program.out().replace("\r", "");
            assertTrue(out.contains("It printed:\n  0\n  1\n"), out + program.err());
            assertEquals(!lines.equals("10"), out.endsWith("  9\n  … and more\n"), out);
        }
    }

    @Test
    void everyExerciseHasAPageToStepThrough() throws IOException {
        for (int number = 1; number <= 10; number++) {
            Path file = folder.resolve(number + ".html");
            Program program = Program.run("lesson", String.valueOf(number), "--page", file.toString());
            assertEquals(0, program.code(), program.err());
            String page = Files.readString(file);
            assertTrue(page.contains("\"title\":\"Lesson " + number + ": "), program.out());
            assertTrue(page.length() < 600_000 && page.contains("\"gradient\": {"), program.out());
        }
    }

    @Test
    void anAnswerIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("MyAnswer.java"), "mine");
        assertRefused("which exists; expected a new file", "lesson", "2", "--start", file.toString());
        assertEquals("mine", Files.readString(file));
    }

    @Test
    void badInputIsAnsweredWithOneLine() {
        assertRefused("there is no lesson 11; expected 1 to 10", "lesson", "11");
        assertRefused("there is no lesson 0; expected 1 to 10", "lesson", "0");
        assertRefused("'four' is not a whole number", "lesson", "four");
        assertRefused("the number of the lesson is missing", "lesson", "--check", "MyAnswer.java");
        assertRefused(
                "no/MyAnswer.java: there is no such file or folder", "lesson", "1", "--check", "no/MyAnswer.java");
        assertRefused("expected the name of a Java class", "lesson", "1", "--start", folder + "/answer.txt");
        assertRefused(
                "--timeout is 0.0; expected 0.001 to 3600 seconds",
                "lesson",
                "1",
                "--check",
                "src/main/java/org/ejgrad/examples/Main.java",
                "--timeout",
                "0");
    }

    private static void assertRefused(String expected, String... arguments) {
        Program program = Program.run(arguments);
        assertEquals(2, program.code(), program.out() + program.err());
        assertEquals(1, program.err().lines().count(), program.err());
        assertTrue(program.err().contains(expected), program.err());
    }
}
