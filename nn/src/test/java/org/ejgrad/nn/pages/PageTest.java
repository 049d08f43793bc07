package org.ejgrad.nn.pages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.reference.Json;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page is whole, and nothing in its data can end a script early. */
class PageTest {
    @Test
    void isFilledWithEveryPart() throws IOException {
        for (String template : List.of("run.html", "graph.html", "check.html")) {
            String page = Page.of(Page.class, template, "{}");
            assertFalse(page.matches("(?s).*\\{\\{[\\w.]+}}.*"), "a part is left open in " + template);
            assertEquals(template.equals("run.html"), page.contains("Chart.js v"), template);
            assertEquals(template.equals("graph.html"), page.contains("function drawGraph"), template);
        }
    }

    @Test
    void dataCannotEndTheScriptItStandsIn() throws IOException {
        String page = Page.of(Page.class, "check.html", "{\"name\":\"</script><script>alert(1)\"}");
        assertTrue(page.contains("{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\"}"));
        int opened = page.split("<script", -1).length;
        assertEquals(opened, page.split("</script>", -1).length);
    }

    /** What a page's source says to its reader needs no room in every page. */
    @Test
    void linesOfCommentAndIndentationAreLeftOutAndNothingElse() throws IOException {
        String page = Page.of(Page.class, "run.html", "{}");
        assertTrue(page.contains("MIT License") || page.contains("/*!"), "the licence of what others wrote");
        assertFalse(page.contains("/** An HTML element with") || page.contains("* Colours: each stands"), page);
        assertTrue(page.contains("\nfunction element(name, attributes = {}, ...children) {\n"), page);
        assertTrue(page.contains("\n:root {\n--page: #f6f5f2;\n"), page);
    }

    @Test
    void aMissingTemplateIsNamed() {
        FileNotFoundException missing =
                assertThrows(FileNotFoundException.class, () -> Page.of(Page.class, "none.html", "{}"));
        assertEquals("the resource none.html is missing", missing.getMessage());
    }

    private static CheckReport check(double... claimed) {
        return GradientCheck.ofFunction(v -> v[1] * v[1] + Math.sin(v[2]), new double[] {0, 2, 300}, claimed)
                .run();
    }

    /** A slope of 0 is certain to within a part of the largest, though no bar is narrow beside 0. */
    @Test
    void aCheckShowsTheLeastCertainEntryOrTheFirstThatIsNotConfirmed() throws IOException {
        CheckReport right = check(0, 4, Math.cos(300));
        assertTrue(right.entries().get(2).relativeBar() > right.entries().get(0).relativeBar());
        assertTrue(row(right).matches("x +3 +\\[0,2] +-0\\.02.* all agree"), row(right));

        CheckReport wrong = check(0, 5, 6);
        assertTrue(row(wrong).matches("x +3 +\\[0,1] +5\\.0+ +4\\.0+ .* disagree"), row(wrong));
        String json = Section.json(Map.of("check", new CheckTable("A function.", wrong)));
        assertFalse(json.contains(wrong.summary()), "who makes the page says it where he wants it");
    }

    @Test
    void aCheckSaysWhereItsFiguresComeFrom() throws IOException {
        CheckReport report = check(0, 4, Math.cos(300));
        for (String claimed : List.of("Backpropagation", "Program's claim")) {
            CheckTable table = claimed.startsWith("B")
                    ? new CheckTable("A network.", report)
                    : new CheckTable("A program.", claimed, report);
            StringWriter text = new StringWriter();
            table.print(new PrintWriter(text, true));
            assertTrue(text.toString().lines().toList().get(0).contains("  " + claimed + "  "), text.toString());
            assertTrue(Section.json(Map.of("check", table)).contains("\"Least certain\",\"" + claimed + "\""));
        }
    }

    private static String row(CheckReport report) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new CheckTable("A function.", report).print(out);
        out.flush();
        return text.toString().lines().toList().get(1);
    }

    private static Json read(Section section) throws IOException {
        return Json.read("page", new ByteArrayInputStream(Section.json(section).getBytes(StandardCharsets.UTF_8)));
    }

    /** What comes after a section stands beside it, not in it. */
    @Test
    void everySectionIsComplete() throws IOException {
        CheckReport report = check(0, 4, Math.cos(300));
        Value loss = Value.variable("w", 3).square();
        for (Section each : List.of(
                Section.object(Map.of("a", Section.text("b"))),
                new CheckTable("A function.", report),
                new DecisionBoundary(new Dense(2, 2, 1), List.of(ToySets.xor())),
                GraphPage.of(loss).section())) {
            assertEquals(
                    2,
                    read(Section.list(List.of(each, Section.text("after"))))
                            .list()
                            .size());
        }
        Json table = read(new CheckTable("A function.", report));
        assertTrue(table.get("text").text().startsWith("A function. A line shows"));
        assertEquals("all agree", table.get("agreed").text());
        assertEquals(7, table.get("headings").list().size());
        assertEquals("x", table.get("rows").list().get(0).list().get(0).text());
        Json graph = read(GraphPage.of(loss).titled("heading", "introduction").section());
        assertEquals("heading", graph.get("title").text());
        assertEquals("introduction", graph.get("text").text());
    }

    @Test
    void aGridBeginsAtTheTopLeft() {
        assertArrayEquals(
                new double[][] {{0, 30}, {1, 30}, {2, 30}, {0, 20}, {1, 20}, {2, 20}, {0, 10}, {1, 10}, {2, 10}},
                DecisionBoundary.grid(3, 0, 2, 10, 30).toArray2());
        String refusal = assertThrows(IllegalArgumentException.class, () -> DecisionBoundary.grid(50_000, 0, 1, 0, 1))
                .getMessage();
        assertTrue(refusal.startsWith("DecisionBoundary.grid: "), refusal);
    }

    /** Points with the training rows' first, and a margin of 4 % around all, or of 1 where they lie on a line. */
    @Test
    void aBoundaryHoldsItsPoints() throws IOException {
        String[] seven = {"a", "b", "c", "d", "e", "f", "g"};
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{2, 5}, {12, 5}});
        Dataset train = Dataset.classification("train", inputs, new int[] {3, 1}, seven);
        Dataset test = Dataset.classification("test", inputs.rows(0, 1), new int[] {6}, seven);
        Dense network = new Dense(2, 7, 1);
        Json shown = read(new DecisionBoundary(network, List.of(train, test)));
        assertEquals(100, shown.get("size").integer(), "a byte for each class and point, 70,000 at most");
        assertArrayEquals(new double[] {1.6, 12.4}, shown.get("x").numbers());
        assertArrayEquals(new double[] {4, 6}, shown.get("y").numbers());
        assertArrayEquals(
                new double[][] {{2, 5, 3, 0}, {12, 5, 1, 0}, {2, 5, 6, 1}},
                shown.get("points").matrix());
        byte[] bytes = Base64.getDecoder().decode(shown.get("probabilities").text());
        assertEquals(70_000, bytes.length);
        Value last = network.forward(Value.constant(new double[][] {{12.4, 4}})).softmax(Per.ROW);
        assertEquals(Math.round(255 * last.get(0, 6)), bytes[69_999] & 0xFF);
    }

    @Test
    void numbersAndSharesAreThemselves() throws IOException {
        assertEquals("[1.0,2.5]", Section.json(Section.numbers(1, 2.5)));
        SimpleMatrix shares = new SimpleMatrix(new double[][] {{0, 0.2, 1}, {0.4, 0.6, 0.8}});
        assertArrayEquals(
                new byte[] {0, 51, (byte) 255, 102, (byte) 153, (byte) 204},
                Base64.getDecoder().decode(read(Section.shares(shares)).text()));
    }

    @Test
    void aPageIsAsLongAsItIsSaidToBe(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new/check.html");
        assertEquals(Page.write(file, Page.class, "check.html", "{}"), Files.size(file));
    }

    @Test
    void aNetworkThatGivesNoRowsIsNamed() {
        SimpleMatrix inputs = new SimpleMatrix(2, 2);
        assertEquals(
                "of 2 rows the network made null; expected a row for each",
                Thrown.argument(() -> ClassProbabilities.outputs(new Nothing(), inputs)));
        assertEquals(
                "of 2 rows the network made 1x2; expected a row for each",
                Thrown.argument(() -> ClassProbabilities.outputs(x -> x.sum(Per.COLUMN), inputs)));
    }

    /** A layer that forgets its result. */
    private static final class Nothing implements Layer {
        @Override
        @SuppressWarnings("NullAway") // that is the fault
        public Value forward(Value input) {
            return null;
        }
    }

    @Test
    void rowsBecomeArrays() throws IOException {
        assertEquals(
                "{\"rows\":[[\"a\",\"b\"],[]]}",
                Section.json(Map.of("rows", Section.rows(List.of(List.of("a", "b"), List.of())))));
    }

    @Test
    void sectionsBecomeOneObject() throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("text", Section.text("a \"b\""));
        sections.put("number", Section.number(0.1));
        sections.put("texts", Section.texts(List.of("x", "y")));
        assertEquals("{\"text\":\"a \\\"b\\\"\",\"number\":0.1,\"texts\":[\"x\",\"y\"]}", Section.json(sections));
    }
}
