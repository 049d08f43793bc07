package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is said of programs in NumPy, C, Java and R, each with a right and a wrong gradient. */
@Timeout(300)
class ProcessCheckTest {
    private static final String JAVA = "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "'";
    private static final String RELU = JAVA + " check/Relu.java";

    private static Program check(String process, String... options) {
        return Program.run(Stream.concat(Stream.of("check", "--process", process), Stream.of(options))
                .toArray(String[]::new));
    }

    /** Whether a command succeeds on this machine. */
    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** The right gradient is confirmed; of the wrong one, the second sentence says what it looks like. */
    private static void assertVerdicts(String process, String shapes, String right, String wrong) throws IOException {
        Program confirmed = check(process);
        assertEquals(0, confirmed.code(), confirmed.out() + confirmed.err());
        List<String> lines = confirmed.out().lines().toList();
        assertTrue(lines.get(0).endsWith(": " + shapes), lines.get(0));
        assertTrue(lines.get(2).startsWith(right + "; no bar is wider than "), lines.get(2));

        Program refuted = check(process + " wrong");
        assertEquals(1, refuted.code(), refuted.out() + refuted.err());
        List<String> words = refuted.out().lines().toList();
        assertTrue(words.get(2).startsWith("Not confirmed: of "), words.get(2));
        assertTrue(words.get(3).startsWith(wrong), words.get(3));
    }

    /** The README promises the same words. */
    private static void assertPromised(String right, String wrong) throws IOException {
        String row = "| " + right + " | " + wrong + " |";
        assertTrue(Files.readString(Path.of("..", "README.md")).contains(row), row);
    }

    @Test
    void numpy() throws IOException {
        assumeTrue(succeeds("python3", "-c", "import numpy"), "python3 with NumPy is not installed");
        String right = "All 36 entries agree";
        String wrong = "The gradient of w2 is transposed. The other parameters agree.";
        assertPromised(right, wrong);
        assertVerdicts("python3 check/network.py", "w1 3x4, b1 1x4, w2 4x4, b2 1x4", right, wrong);
    }

    @Test
    void c(@TempDir Path folder) throws IOException {
        String program = folder.resolve("logistic").toString();
        assumeTrue(succeeds("cc", "--version"), "there is no C compiler called cc");
        assertTrue(succeeds("cc", "-o", program, "check/logistic.c", "-lm"));
        String right = "All 4 entries agree";
        String wrong = "The gradient of w is 6 times too large: a division by 6 is missing. So is b.";
        assertPromised(right, wrong);
        assertVerdicts("'" + program + "'", "w 3x1, b 1x1", right, wrong);
    }

    @Test
    void java() throws IOException {
        String right = "All 12 entries agree (3 at a kink)";
        String wrong = "On the way back from v to w the slope of the function between them is wrong";
        assertPromised(right, wrong);
        assertVerdicts(RELU, "w 2x3, b 1x3, v 3x1", right, wrong);
    }

    @Test
    void r() throws IOException {
        assumeTrue(succeeds("Rscript", "--version"), "R is not installed");
        assertVerdicts(
                "Rscript check/ridge.R",
                "w 2x1",
                "All 2 entries agree",
                "The claim for w is a gradient, as its own derivatives are symmetric, but that of another function");
    }

    @Test
    void kinksHaveTheirVerdicts() {
        String report = check(RELU + " wrong").out();
        assertTrue(report.contains("kink-out: slopes 1.06150 | 1.14950"), report);
    }

    @Test
    void directionsSamplesAndJson(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("Squares.java");
        Files.writeString(source, """
                class Squares {
                    public static void main(String[] a) {
                        java.util.Scanner in = new java.util.Scanner(System.in);
                        while (in.hasNextLine()) {
                            String[] words = in.nextLine().split(" ");
                            switch (words[0]) {
                                case "describe" -> System.out.println("protocol 1\\nparameter w 1 2 3 -1\\nend");
                                case "value", "gradient" -> {
                                    double x = Double.parseDouble(words[1]);
                                    double y = Double.parseDouble(words[2]);
                                    boolean both = words[0].equals("gradient");
                                    String gradient = both ? " gradient " + 2 * x * y + " " + x * x : "";
                                    System.out.println("value " + x * x * y + gradient);
                                }
                                default -> { }
                            }
                        }
                    }
                }
                """);
        Program directions = check(JAVA + " '" + source + "'", "--directions", "2", "--seed", "5", "--json");
        assertEquals(0, directions.code(), directions.out() + directions.err());
        List<String> lines = directions.out().lines().toList();
        assertEquals(3, lines.size(), directions.out());
        assertTrue(lines.get(0).startsWith("{\"type\":\"summary\",\"passed\":true,"), lines.get(0));
        assertTrue(lines.get(2).startsWith("{\"type\":\"entry\",\"parameter\":\"direction 2\","), lines.get(2));
        Program sample = check(RELU, "--sample", "3", "--tolerance", "1e-9");
        assertTrue(sample.out().contains("All 3 entries agree"), sample.out());
    }

    @Test
    void alongDirectionsThroughAKinkNothingIsToldOfAProgram() {
        Program directions = check(RELU, "--directions", "2", "--seed", "5");
        assertEquals(1, directions.code(), directions.out() + directions.err());
        assertTrue(directions.out().contains("cannot-tell: the direction leaves one or more kinks"), directions.out());
        assertTrue(directions.out().contains("check every entry, or at a point away from kinks"), directions.out());
    }

    @Test
    void aNetworkIsCheckedOnAnyNumberOfThreads(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.html");
        Program one = Program.run(
                "check", "--network", "5,7,3", "--activation", "relu", "--batch", "9", "--page", page.toString());
        assertEquals(0, one.code(), one.out() + one.err());
        List<String> lines = one.out().lines().toList();
        assertEquals("a network 5-7-3, relu, on 9 random rows", lines.get(0));
        assertTrue(lines.get(2).startsWith("All 66 entries agree"), lines.get(2));
        assertTrue(Files.readString(page).contains("\"Least certain\",\"Backpropagation\""));

        String[] options = {"check", "--network", "20,12,4", "--seed", "3", "--json", "--threads", "1"};
        Program alone = Program.run(options);
        options[options.length - 1] = "3";
        assertEquals(0, alone.code(), alone.err());
        assertEquals(alone.out(), Program.run(options).out());
    }

    @Test
    void optionsThatDoNotFitAreRefused() {
        assertRefused("--threads needs --network", "check", "--threads", "2");
        assertRefused("--threads needs --network", "check", "--process", RELU, "--threads", "2");
        assertRefused("--timeout needs --process", "check", "--network", "2,2", "--timeout", "2");
        assertRefused("--json needs --process or --network", "check", "--json");
        assertRefused("--process and --network are both given", "check", "--process", RELU, "--network", "2,2");
        assertRefused("--network is 2-0; expected", "check", "--network", "2,0");
        assertRefused("--batch is 0; expected", "check", "--network", "2,2", "--batch", "0");
        assertRefused("threads: 0 threads; expected 1 to 1000", "check", "--network", "2,2", "--threads", "0");
    }

    private static void assertRefused(String words, String... arguments) {
        Program program = Program.run(arguments);
        assertEquals(2, program.code(), program.out());
        assertTrue(program.err().contains(words), program.err());
    }

    @Test
    void aPageShowsEveryFigure(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("new").resolve("page.html");
        Program program = check(RELU + " wrong", "--page", page.toString(), "--json");
        assertEquals(1, program.code());
        assertTrue(program.err().startsWith("Page: " + page), program.err());
        assertTrue(program.out().lines().allMatch(line -> line.startsWith("{")), program.out());
        String text = Files.readString(page);
        assertFalse(text.matches("(?s).*\\{\\{[\\w.]+}}.*"), "a part is left open");
        assertTrue(text.contains("[\"bad\",\"b[0,1]\",\"1.21110000000\",\"1.14950000000\","), text);
        assertTrue(text.contains("\"kink-out\",\"slopes 1.06150 | 1.14950\""), text);
        assertTrue(text.contains("On the way back from v to w the slope of the function between them is wrong"), text);
        assertEquals(2, text.split("Not confirmed: of 12 entries", -1).length, "the summary stands there once");
        assertTrue(text.contains("\"verdict\":\"Refuted\""), text);
        assertTrue(text.contains("\"Least certain\",\"Program's claim\"") && !text.contains("Backpropagation"), text);
        assertTrue(text.contains("between which any choice passes") && !text.contains("documented"), text);
    }

    @Test
    void aProgramThatFailsIsReportedWithWhatItSaid(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("Ends.java");
        Files.writeString(
                source,
                "class Ends { public static void main(String[] a) {\n"
                        + "System.err.println(\"no data\"); System.exit(4); } }");
        Program program = check(JAVA + " '" + source + "'");
        assertEquals(2, program.code());
        assertEquals("", program.out());
        List<String> lines = program.err().lines().toList();
        assertEquals("no data", lines.get(0));
        assertTrue(
                lines.get(1)
                        .contains("it ended with exit code 4 after 0 lines; the last line on its standard error was "
                                + "\"no data\"; see ejgrad check --help"),
                lines.get(1));
    }

    @Test
    void aProgramThatEndsInTheMiddleIsReported(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("Tires.java");
        Files.writeString(source, """
                class Tires {
                    public static void main(String[] a) {
                        java.util.Scanner in = new java.util.Scanner(System.in);
                        for (int i = 0; i < 9; i++) {
                            String[] words = in.nextLine().split(" ");
                            System.out.println(switch (words[0]) {
                                case "describe" -> "protocol 1\\nparameter w 1 1 2\\nend";
                                case "gradient" -> "value 2 gradient 1";
                                default -> "value " + words[1];
                            });
                        }
                    }
                }
                """);
        Program program = check(JAVA + " '" + source + "'");
        assertEquals(2, program.code());
        assertEquals("", program.out());
        assertTrue(program.err().contains("it ended with exit code 0 after 11 lines; see"), program.err());
    }

    @Test
    void anErrorAtThePointIsReported(@TempDir Path folder) throws IOException {
        Path source = folder.resolve("Refuses.java");
        Files.writeString(source, """
                class Refuses {
                    public static void main(String[] a) {
                        java.util.Scanner in = new java.util.Scanner(System.in);
                        while (in.hasNextLine()) {
                            String line = in.nextLine();
                            System.out.println(line.startsWith("describe")
                                    ? "protocol 1\\nparameter w 1 1 2\\nend" : "error the matrix is singular");
                        }
                    }
                }
                """);
        Program program = check(JAVA + " '" + source + "'");
        assertEquals(2, program.code());
        assertTrue(
                program.err().contains("it reports an error: the matrix is singular, at the point of the check"),
                program.err());
        Program late = check(JAVA + " '" + source + "'", "--timeout", "0.001");
        assertEquals(2, late.code());
        assertTrue(late.err().contains("it gave no answer to \"describe 1\" within 0.001 s"), late.err());
    }
}
