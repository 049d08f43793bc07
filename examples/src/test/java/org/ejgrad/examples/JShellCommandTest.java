package org.ejgrad.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.junit.jupiter.api.Test;

/** A session in the shell, typed by a script. */
class JShellCommandTest {
    private record Session(int code, String out, String err) {
        static Session of(String... lines) throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            String script = String.join("\n", lines) + "\n";
            int code = JShellCommand.run(JavaShellToolBuilder.builder()
                    .interactiveTerminal(false)
                    .in(new ByteArrayInputStream(script.getBytes(UTF_8)), InputStream.nullInputStream())
                    .out(new PrintStream(out, true, UTF_8))
                    .err(new PrintStream(err, true, UTF_8)));
            return new Session(code, out.toString(UTF_8), err.toString(UTF_8));
        }
    }

    @Test
    void whatIsTypedIsComputedAndPrintedReadably() throws Exception {
        Session session = Session.of(
                "Value product = x.mult(w)",
                "loss.gradients().of(b)",
                "GradientCheck.of(loss).run()",
                "Graph.of(loss)",
                "Optimizer.of(new Dense(2, 3, 1).parameters(), Adam.rate(0.1)).step(loss.gradients())",
                "x.mult(x)",
                "/exit 3");
        String out = session.out();
        assertEquals(3, session.code(), out + session.err());
        assertTrue(out.contains("product ==> mult 3x2"), out);
        for (String number : List.of("0.66", "-0.69", "-0.12", "0.98", "0.31158", "-0.31158")) {
            assertTrue(out.contains(number), number + " is missing in\n" + out);
        }
        assertTrue(out.contains("All 6 entries agree"), out);
        assertTrue(out.contains("= mult(") && out.contains("softmaxCrossEntropy"), out);
        assertTrue(out.contains("mult(3x2, 3x2): the inner dimensions 2 and 3 differ"), out);
        assertFalse(out.contains("@") || out.contains("cannot find symbol"), out);
    }

    @Test
    void whatItStartsWithCompilesWithoutAWord() throws Exception {
        Session session = Session.of("/exit");
        assertEquals(0, session.code(), session.err());
        assertTrue(session.out().startsWith("ejgrad: x is data, w and b are variables"), session.out());
        assertFalse(session.out().contains("Error") || !session.err().isEmpty(), session.out() + session.err());
    }

    /** The loaded example says what to type; each of it works. */
    @Test
    void theExamplesItNamesWork() throws Exception {
        Path start = Path.of("src/main/resources/org/ejgrad/examples/ejgrad.jsh");
        List<String> named = Files.readAllLines(start).stream()
                .filter(line -> line.startsWith("System.out.println(\"  "))
                .map(line -> line.substring(line.indexOf('"') + 1, line.lastIndexOf('"'))
                        .strip())
                .flatMap(line -> Stream.of(line.split(" {2,}")))
                .toList();
        assertEquals(4, named.size(), named.toString());
        Session session =
                Session.of(Stream.concat(named.stream(), Stream.of("/exit")).toArray(String[]::new));
        assertEquals(4, session.out().split("\\$\\d+ ==> ", -1).length - 1, session.out());
        assertFalse(session.out().contains("Error"), session.out());
    }
}
