package org.ejgrad.examples.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stands in a student's file, a sentence says what it did, and nothing outlasts its time. */
class HostileAnswersTest {
    private static final Exercise EXERCISE = Lessons.of(1).exercise();
    private static final String SIGNATURE = "static double gradient(double w, double x, double t)";

    @TempDir
    private Path folder;

    private Assessment assess(String text, Duration patience) throws IOException {
        Path file = Files.writeString(folder.resolve("MyAnswer.java"), text);
        Assessment assessment = new Answer(EXERCISE, file).assess(patience);
        assertEquals(1, assessment.sentence().lines().count(), assessment.toString());
        return assessment;
    }

    private static String method(String body) {
        return "public class MyAnswer {\n    " + SIGNATURE + " {\n        " + body + "\n    }\n}\n";
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            System.exit(0); return 1;                       | the program ended before it was finished
            Runtime.getRuntime().halt(3); return 1;         | the program ended before it was finished
            return new double[1_300_000_000][1].length;     | it needs more memory than there is, 256 MB
            throw new IllegalStateException("no\\nidea");   | it throws java.lang.IllegalStateException: no at line 3
            return new int[] {1}[3];                        | ArrayIndexOutOfBoundsException: Index 3 out of bounds for length 1 at line 3
            return gradient(w, x, t);                       | it calls itself without an end (StackOverflowError) at line 3
            return 0.0 / 0;                                 | The gradient of w is NaN.
            return 1 / 0.0;                                 | The gradient of w is Infinity.
            return 2 * (w * x - t) * x                      | MyAnswer.java does not compile, line 3: ';' expected.
            return wx;                                      | MyAnswer.java does not compile, line 3: cannot find symbol, symbol:   variable wx
            return "1";                                     | incompatible types: java.lang.String cannot be converted to double
            System.err.close(); return 1;                   | The gradient of w is wrong: it is 1.00000 and should be 3.53400.
            new Thread(() -> { while (true) { } }).start(); return 1; | The gradient of w is wrong
            throw new Error();                              | it throws java.lang.Error at line 3
            Thread.currentThread().interrupt(); return 1;   | The gradient of w is wrong
            return A.x; } static class A { static int x = 1 / 0; | it throws java.lang.ArithmeticException: / by zero at line 3
            return 3.534000001;                             | it is 3.5340000010 and should be 3.5340000000.
            """)
    void isAnsweredWithASentence(String body, String expected) throws IOException {
        Assessment assessment = assess(method(body), Duration.ofSeconds(60));
        assertFalse(assessment.isRight());
        assertTrue(assessment.sentence().contains(expected), assessment.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            while (true) { }
            while (true) { System.out.println("still here"); }
            try { Thread.sleep(1_000_000); } catch (InterruptedException e) { } return 1;
            while (true) { try { Thread.sleep(1000); } catch (Throwable e) { } }
            """)
    void isStoppedInTime(String body) {
        Assessment assessment =
                assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assess(method(body), Duration.ofSeconds(1)));
        assertEquals("There is no gradient: it was stopped after 1.0 seconds.", assessment.sentence());
    }

    /** More than is read, and not by way of System.out. */
    @Test
    void floodsAreCutOff() throws IOException {
        String flood = "try (java.io.OutputStream out = new java.io.FileOutputStream(java.io.FileDescriptor.out)) {"
                + " while (true) { out.write(new byte[100_000]); } }"
                + " catch (java.io.IOException closed) { return 1; }";
        Assessment assessment = assess(method(flood), Duration.ofSeconds(60));
        assertTrue(assessment.sentence().startsWith("There is no gradient: "), assessment.toString());
    }

    @Test
    void printingIsShownCutOffAndHarmsNothing() throws IOException {
        String body = "for (int i = 0; i < 100_000; i++) { System.out.println(\"gradient 1 1 \" + i); }"
                + " System.err.println(\"end\"); return 2 * (w * x - t) * x;";
        Assessment assessment = assess(method(body), Duration.ofSeconds(60));
        assertTrue(assessment.isRight(), assessment.toString());
        assertTrue(assessment.printed().startsWith("gradient 1 1 0"), assessment.printed());
        assertTrue(assessment.printed().length() <= 2000, assessment.printed());
    }

    @Test
    void wrongSignaturesAreNamed() throws IOException {
        assertSignature(
                "static double slope(double w, double x, double t) { return 1; }", "there is no method gradient");
        assertSignature(
                "static double gradient(double[] w) { return 1; }",
                "the parameters of gradient are not those of the exercise");
        assertSignature(
                "static double[] gradient(double w, double x, double t) { return new double[1]; }",
                "gradient returns another type than the exercise asks for");
        assertSignature(
                "static void gradient(double w, double x, double t) { }",
                "gradient returns another type than the exercise asks for");
        assertSignature("double gradient(double w, double x, double t) { return 1; }", "gradient is not static");
        assertSignature("private " + SIGNATURE + " { return 1; }", "gradient is private");
        assertSignature("", "there is no method gradient");
    }

    private void assertSignature(String members, String expected) throws IOException {
        Assessment assessment = assess("public class MyAnswer { " + members + " }", Duration.ofSeconds(60));
        assertEquals("In MyAnswer.java " + expected + ".", assessment.sentence());
        assertEquals("Expected: " + SIGNATURE + ".", assessment.hint());
    }

    @Test
    void aCheckedExceptionIsAnAnswer() throws IOException {
        String text = "public class MyAnswer { " + SIGNATURE + " throws Exception { return 2 * (w * x - t) * x; } }";
        assertTrue(assess(text, Duration.ofSeconds(60)).isRight());
    }

    @Test
    void filesThatAreNoAnswersAreNamed() throws IOException {
        String answer = method("return 1;");
        assertEquals(
                "MyAnswer.java begins with a package statement.",
                assess("package mine;\n" + answer, Duration.ofSeconds(60)).sentence());
        assertEquals(
                "In MyAnswer.java there is no class MyAnswer.",
                assess("", Duration.ofSeconds(60)).sentence());
        assertEquals(
                "In MyAnswer.java there is no class MyAnswer.",
                assess("class Other { " + SIGNATURE + " { return 1; } }", Duration.ofSeconds(60))
                        .sentence());
        assertTrue(assess("public class Other { }", Duration.ofSeconds(60))
                .sentence()
                .startsWith("MyAnswer.java does not compile, line 1: class Other is public, should be declared in"));
        assertTrue(assess("\u0000\u0001}{", Duration.ofSeconds(60)).sentence().contains("does not compile, line 1"));
        assertThrows(NoSuchFileException.class, () -> new Answer(EXERCISE, folder.resolve("None.java")));
        for (String name : List.of("answer.txt", "1.java", "class.java", ".java", "AnswerDriver.java")) {
            assertThrows(IllegalArgumentException.class, () -> new Answer(EXERCISE, folder.resolve(name)), name);
        }
    }

    @Test
    void matricesOfOtherShapesAreNamed() throws IOException {
        Exercise matrix = Lessons.of(5).exercise();
        String signature = "public class MyAnswer { static double[][] gradient(double[][] z, int[] labels) { return ";
        assertMatrix(matrix, signature + "new double[3][4]; } }", "The gradient of z is 3x4 where z is 4x3.");
        assertMatrix(matrix, signature + "new double[0][]; } }", "The gradient of z is 0x0 where z is 4x3.");
        assertMatrix(matrix, signature + "null; } }", "There is no gradient: it returns null.");
        assertMatrix(
                matrix,
                signature + "new double[4][]; } }",
                "There is no gradient: the rows that it returns differ in length.");
        assertMatrix(
                matrix,
                signature + "new double[][] {{1, 2}, {1}}; } }",
                "There is no gradient: the rows that it returns differ in length.");
        assertMatrix(matrix, signature + "new float[4][3]; } }", "incompatible types: float[][] cannot be converted");
    }

    private void assertMatrix(Exercise exercise, String text, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("MyAnswer.java"), text);
        Assessment assessment = new Answer(exercise, file).assess(Duration.ofSeconds(60));
        assertTrue(assessment.sentence().contains(expected), assessment.toString());
    }

    /** The answer is stopped, and what it has started too. */
    @Test
    void nothingIsLeftRunning() throws Exception {
        String mark = "mark" + System.nanoTime();
        String body = "try { new ProcessBuilder(java.nio.file.Path.of(System.getProperty(\"java.home\"), \"bin\","
                + " \"java\").toString(), \"-D" + mark + "\", \"-cp\", System.getProperty(\"java.class.path\"),"
                + " \"AnswerDriver\").start(); } catch (java.io.IOException e) { } while (true) { }";
        String once = "if (System.getProperty(\"" + mark + "\") != null) { while (true) { } } " + body;
        FutureTask<Assessment> answer = new FutureTask<>(() -> assess(method(once), Duration.ofSeconds(2)));
        new Thread(answer).start();
        boolean hasStarted = false;
        while (!answer.isDone()) {
            hasStarted |= isRunning(mark);
        }
        assertTrue(answer.get().sentence().contains("stopped after 2.0 seconds"), answer.get()::toString);
        assertTrue(hasStarted, "the answer had no time to start anything");
        assertFalse(isRunning(mark));
    }

    private static boolean isRunning(String mark) {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(ProcessHandle::isAlive)
                    .anyMatch(each -> each.info().commandLine().orElse("").contains(mark));
        }
    }
}
