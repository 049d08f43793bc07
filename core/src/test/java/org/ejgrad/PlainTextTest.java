package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ejgrad.check.CheckedEntry;
import org.ejgrad.check.Diagnosis;
import org.ejgrad.check.ForeignProcess;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.check.Kink;
import org.ejgrad.check.Mistake;
import org.ejgrad.check.Place;
import org.ejgrad.check.Verdict;
import org.ejgrad.laws.SteeringSigns;
import org.ejgrad.show.Explanation;
import org.ejgrad.show.Graph;
import org.junit.jupiter.api.Test;

/** Labels that would steer a terminal do not, wherever they are told. */
class PlainTextTest {
    @Test
    void theRuleTakesEachSign() {
        for (char c : SteeringSigns.ALL.toCharArray()) {
            String spaced = "\t\n\r".indexOf(c) >= 0 ? "a b" : "a\uFFFDb";
            assertEquals(spaced, PlainText.line("a" + c + "b"), Integer.toHexString(c));
            String kept = "\t\n".indexOf(c) >= 0 ? "a" + c + "b" : "a\uFFFDb";
            assertEquals(kept, PlainText.of("a" + c + "b"), Integer.toHexString(c));
        }
        String harmless = "é ß 😀 नमस्ते שלום العربية a\u200db";
        assertEquals(harmless, PlainText.of(harmless));
        assertEquals(harmless, PlainText.line(harmless));
        assertEquals("a\r\nb", PlainText.of("a\r\nb"));
    }

    @Test
    void labelsAreToldPlainly() {
        for (char c : SteeringSigns.ALL.toCharArray()) {
            String name = "v" + c + "w";
            boolean isSpace = "\t\n\r".indexOf(c) >= 0;
            Value x = Value.variable(name, new double[][] {{1, -2}});
            Value y = x.square().elementSum().labelled(name);
            Value log = x.minus(x).elementLog().labelled(name);
            CheckedEntry entry =
                    new CheckedEntry(new Place.Entry(name, 0, 1), 1, 2, 0.1, 0.1, new Verdict.CannotTell(name, name));
            for (Object each : List.of(
                    x.name(),
                    x,
                    y,
                    y.gradients(),
                    Graph.of(y),
                    Graph.of(y).dot(),
                    Graph.of(y).mermaid(),
                    Explanation.of(y),
                    Explanation.of(y).markdown(),
                    Explanation.of(y).latex(),
                    Explanation.of(y).derivative(x),
                    NonFinite.in(log).orElseThrow(),
                    entry,
                    entry.at(),
                    new Diagnosis(Mistake.UNKNOWN, name),
                    new Kink(name, 0, 0, 0),
                    GradientCheck.of(y).run())) {
                String text = each.toString();
                assertEquals(text, PlainText.of(text).replace('\t', ' ').replace('\r', ' '), each.getClass()::getName);
            }
            assertTrue(isSpace || (x + "" + y + y.gradients() + Graph.of(y)).contains("\uFFFD"));
            String refused = String.valueOf(assertThrows(IllegalArgumentException.class, () -> x.mult(x))
                    .getMessage());
            assertTrue(isSpace || refused.contains("v\uFFFDw"), refused);
            assertEquals(refused, PlainText.line(refused));
        }
    }

    @Test
    void whatAProgramSaysIsToldPlainly() {
        for (String sign : List.of("\u001b", "\u009b", "\u202e")) {
            List<String> command = List.of("printf", "a" + sign + "b\\n");
            String failed = String.valueOf(assertThrows(IOException.class, () -> ForeignProcess.start(command))
                    .getMessage());
            assertTrue(failed.contains("a\uFFFDb"), failed);
            assertEquals(failed, PlainText.line(failed));
        }
    }

    /** Whatever has a text of its own is in this test or tells of no label. */
    @Test
    void noTextIsLeftOut() throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("public String toString()")) {
                    texts.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        Set<String> known =
                new TreeSet<>(Set.of("NumericalDerivative", "Operation", "Shape", "Side", "Site", "Verdict"));
        known.addAll(Set.of("CheckReport", "CheckedEntry", "Diagnosis", "Explanation", "ForeignProcess", "Formula"));
        known.addAll(Set.of("Gradients", "Graph", "Kink", "NonFinite", "Place", "Places", "Value"));
        assertEquals(known, texts);
    }
}
