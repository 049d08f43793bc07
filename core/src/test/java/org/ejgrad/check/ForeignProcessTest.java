package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.ejgrad.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol that programs in other languages speak, and whatever they may do instead. */
@Timeout(120)
class ForeignProcessTest {
    private static final Duration SHORT = Duration.ofMillis(1500);

    private static CheckReport check(String... words) throws IOException {
        try (ForeignProcess process = ScriptedProgram.start(words)) {
            return GradientCheck.ofProcess(process).run();
        }
    }

    /** What is said of a program that fails, after its name. */
    private static String failure(Duration patience, String... words) {
        List<String> command = ScriptedProgram.command(words);
        IOException failure = assertThrows(IOException.class, () -> {
            try (ForeignProcess process = ForeignProcess.start(command, patience, remark -> {})) {
                GradientCheck.ofProcess(process).run();
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        });
        String name = String.join(" ", command) + ": ";
        assertTrue(failure.getMessage().startsWith(name), failure.getMessage());
        return failure.getMessage().substring(name.length());
    }

    private static String failure(String... words) {
        return failure(ForeignProcess.PATIENCE, words);
    }

    // ---- what is asked and answered ---------------------------------------------------------------------------------

    @Test
    void namesShapesPointValueAndGradientComeFromTheProgram() throws IOException {
        try (ForeignProcess process = ScriptedProgram.start("right")) {
            assertEquals(Map.of("w", new Shape(1, 2), "b", Shape.SCALAR), process.shapes());
            assertEquals(List.of("w", "b"), List.copyOf(process.shapes().keySet()));
            assertArrayEquals(ScriptedProgram.POINT, process.point());
            double[] x = {1.0 / 3, -0x1.fp-1060, 1e300};
            assertEquals(x[0] * x[0] + Math.sin(x[1]) * x[2], process.value(x));
            assertArrayEquals(new double[] {2 * x[0], x[2], Math.sin(x[1])}, process.gradient(x));
            assertThrows(IllegalArgumentException.class, () -> process.value(1, 2));
            process.point()[0] = 9;
            process.shapes().clear();
            assertArrayEquals(ScriptedProgram.POINT, process.point());
            assertEquals(2, process.shapes().size());
        }
    }

    @Test
    void aRightGradientIsConfirmedAndAWrongOneDiagnosed() throws IOException {
        CheckReport right = check("right").requirePassed();
        assertEquals(
                List.of("w[0,0]", "w[0,1]", "b[0,0]"),
                right.entries().stream().map(CheckedEntry::place).toList());
        CheckReport wrong = check("wrong");
        assertTrue(wrong.refuted());
        assertEquals("w[0,0]", wrong.worst().place());
    }

    @Test
    void theVerdictsAreThoseOfTheSameFunctionInJava() throws IOException {
        CheckReport here = GradientCheck.ofFunction(
                        v -> v[0] * v[0] + Math.sin(v[1]) * v[2],
                        ScriptedProgram.POINT,
                        new double[] {0.5, 2 * Math.cos(1), Math.sin(1)})
                .shaped(here())
                .run();
        assertEquals(here.toString(), check("wrong").toString());
        assertEquals(here.toJsonLines(), check("wrong").toJsonLines());
    }

    private static Map<String, Shape> here() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("w", new Shape(1, 2));
        shapes.put("b", Shape.SCALAR);
        return shapes;
    }

    @Test
    void directionsAndSamplesWork() throws IOException {
        try (ForeignProcess process = ScriptedProgram.start("right")) {
            GradientCheck check = GradientCheck.ofProcess(process);
            assertEquals(2, check.directions(2).run().requirePassed().entries().size());
            assertEquals(1, check.entries(1).run().requirePassed().entries().size());
        }
    }

    @Test
    void verdictsOfEveryKindReachTheReport() throws IOException {
        Map<String, String> expected = Map.of(
                "noisy", "non-deterministic",
                "other", "inconsistent",
                "nan", "non-finite",
                "flat", "non-finite",
                "edge", "domain-edge",
                "kink", "kink-in");
        for (Map.Entry<String, String> mode : expected.entrySet()) {
            String verdicts = check(mode.getKey()).entries().stream()
                    .map(entry -> entry.verdict().name())
                    .collect(Collectors.joining(" "));
            assertTrue(verdicts.contains(mode.getValue()), mode + ": " + verdicts);
        }
    }

    @Test
    void anErrorAtThePointIsThrown() throws IOException {
        try (ForeignProcess process = ScriptedProgram.start("refuses")) {
            String message = assertThrows(ArithmeticException.class, () -> GradientCheck.ofProcess(process))
                    .getMessage();
            assertTrue(message.endsWith("it reports an error: singular matrix at the point"), message);
            assertThrows(ArithmeticException.class, () -> process.value(process.point()));
        }
    }

    @Test
    void remarksArePassedOn() throws IOException {
        List<String> remarks = new CopyOnWriteArrayList<>();
        IOException failure = assertThrows(
                IOException.class,
                () -> ForeignProcess.start(ScriptedProgram.command("fails"), ForeignProcess.PATIENCE, remarks::add));
        assertEquals(List.of("Traceback:", "  KeyError: 'w'", ""), remarks);
        assertTrue(failure.getMessage().endsWith("the last line on its standard error was \"KeyError: 'w'\""));
    }

    // ---- what else a program may do ---------------------------------------------------------------------------------

    @Test
    void aProgramThatEndsIsReported() {
        assertEquals("it ended with exit code 0 after 0 lines", failure("ends"));
        assertEquals(
                "it ended with exit code 7 after 8 lines; the last line on its standard error was \"out of luck\"",
                failure("dies"));
        assertEquals(
                "it ended with exit code 0 after 8 lines, but \"value 0.\" without the end of a line",
                failure("halves"));
    }

    @Test
    void aProgramThatIsLateIsEnded() {
        long start = System.nanoTime();
        assertEquals(
                "it gave no answer to \"describe 1\" within 1.5 s; does it flush its output, and read line by line"
                        + " (awk -W interactive)?",
                failure(SHORT, "sleeps"));
        assertTrue(failure(SHORT, "stops").matches("it gave no answer to \"value .*\" within 1.5 s; does .*"));
        assertTrue(failure(SHORT, "forks").startsWith("it gave no answer"));
        assertTrue(System.nanoTime() - start < 40e9);
        assertEquals(
                0,
                ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .count());
    }

    /** Between two of such values nothing moves, and a gradient of 0 would be right. */
    @ParameterizedTest
    @ValueSource(strings = {"%.3f", "%.1f", "%.5g", "%.4e"})
    void valuesOfFewDigitsAreRefused(String format) {
        String said = failure("rounds", format);
        assertTrue(
                said.matches("its values have up to [2-7] digits, such as [-.0-9]+; expected all that they have, .*"),
                said);
    }

    @Test
    void valuesOfManyDigitsAreCompared() throws IOException {
        assertTrue(check("rounds", "%.17g").refuted());
        assertFalse(check("rounds", "%.9g").passed());
    }

    @Test
    void linesWithoutEndAreRefused() {
        String flood = failure("floods");
        assertTrue(flood.matches("its line \"7+\\.\\.\\.\" is longer than 67108864 bytes; expected less"), flood);
        assertTrue(failure("repeats").startsWith("its description does not end; expected at most 10000 parameters"));
    }

    @Test
    void whatWasNotAskedIsRefused() {
        assertEquals(
                "it said \"by the way\" without being asked; expected one line an answer, and remarks on standard error",
                failure("chats"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
            Loading|                                    @ it answered "Loading" to "describe 1"; expected "protocol 1"
            protocol 2|                                 @ it answered "protocol 2" to "describe 1"
            error no data|                              @ it reports an error: no data
            error|                                      @ it reports an error: it does not say which
            protocol 1|w 1 1 2|                         @ a line that begins with "w"; expected parameter or end
            protocol 1|end now|                         @ its answer goes on with "now"; expected "end"
            protocol 1|end|                             @ its parameters have no elements
            protocol 1|parameter w 1|                   @ a parameter has 2 words; expected "parameter NAME ROWS
            protocol 1|parameter w -1 2 3|              @ parameter w has "-1" rows or columns; expected a whole number
            protocol 1|parameter w 99999 99999 3|       @ parameter w is 99999x99999; expected at most 67108864 elements
            protocol 1|parameter w 1 2 3|               @ parameter w, 1x2, has 1 numbers; expected 2
            protocol 1|parameter w 1 1 np.float64(3)|   @ parameter w, 1x1, has "np.float64(3)"; expected a number
            protocol 1|parameter w 1 1 nan|             @ parameter w has an element NaN; expected a finite point
            protocol 1|parameter w 1 1 2|parameter w 1 1 2|end|  @ there are two parameters w; expected different names
            """)
    void aWrongDescriptionIsRefused(String said, String expected) {
        String found = failure("says", said);
        assertTrue(found.contains(expected), found);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '@', quoteCharacter = '`', textBlock = """
            hello                           @ it answered "hello" to "gradient NUMBERS"; expected value or error
            ``                              @ it answered "" to "gradient NUMBERS"; expected value or error
            value                           @ its answer has no number after value
            value x                         @ the value has "x"; expected a number
            value 1                         @ its answer has no gradient; expected "value NUMBER gradient NUMBERS"
            value 1 2 3 4                   @ its answer has no gradient; expected "value NUMBER gradient NUMBERS"
            value 1 gradient 1 2            @ the gradient has 2 numbers; expected 3
            value 1 gradient 1 2 3 4        @ the gradient has 4 numbers; expected 3
            value 1 gradient 1 2 0,5        @ the gradient has "0,5"; expected a number
            value 1 gradient 1 2 3          @ its answer goes on with "gradient"; expected "value NUMBER"
            """)
    void aWrongAnswerIsRefused(String said, String expected) {
        String found = failure("answers", said);
        assertTrue(found.contains(expected), found);
    }

    @Test
    void whatCannotBeStartedIsRefused() {
        assertThrows(IOException.class, () -> ForeignProcess.start(List.of("no/such/program")));
        assertThrows(IllegalArgumentException.class, () -> ForeignProcess.start(List.of()));
        for (Duration patience : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(2))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ForeignProcess.start(List.of("program"), patience, remark -> {}));
        }
    }

    @Test
    void afterItsEndAProcessIsGone() throws IOException {
        ForeignProcess process = ScriptedProgram.start("right");
        process.close();
        process.close();
        assertThrows(IllegalStateException.class, () -> process.value(process.point()));
        assertFalse(ProcessHandle.current().descendants().anyMatch(ProcessHandle::isAlive));
    }

    // ---- numbers ----------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-.5, -0.5",
        "+2., 2",
        "1e-3, 0.001",
        "1.5D0, 1.5",
        "2d+1, 20",
        "0x1.8p0, 1.5",
        "-0X.8P1, -1",
        "1e400, Infinity",
        "inf, Infinity",
        "-Inf, -Infinity",
        "+INFINITY, Infinity",
        "nan, NaN",
        "-nan, NaN",
        "NaN, NaN",
        "NA, NaN",
        "nan(0x8), NaN",
        "-nan(ind), NaN",
        "-Infinity, -Infinity"
    })
    void numbersOfAllLanguagesAreRead(String text, double expected) {
        assertEquals(expected, NumberText.read(text).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"''", "1f", "1 2", "0x1", "1e", "e5", ".", "-", "1_000", "'0,5'", "np.float64(1.0)", "nano", "1..2", "١"
    })
    void whatIsNoNumberIsNotRead(String text) {
        assertTrue(NumberText.read(text).isEmpty(), text);
    }

    @Test
    void numbersReadBackExactly() {
        for (double number : new double[] {
            0.1, -0.0, 1.0 / 3, Double.MIN_VALUE, -Double.MAX_VALUE, 1e21, Double.NaN, 1 / 0.0, -1 / 0.0
        }) {
            assertEquals(number, NumberText.read(NumberText.of(number)).orElseThrow());
        }
    }
}
