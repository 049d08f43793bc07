package org.ejgrad.nn.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.reference.Json;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a graph holds the engine's numbers, asks for nothing, and is small. */
class GraphPageTest {
    private static final Pattern DATA =
            Pattern.compile("(?s)<script id=\"data\" type=\"application/json\">\n(.*?)\n</script>");

    /** What a browser takes for the page's data. */
    static Json data(String page) throws IOException {
        Matcher data = DATA.matcher(page);
        assertTrue(data.find(), "no data");
        return Json.read("page", new ByteArrayInputStream(data.group(1).getBytes(StandardCharsets.UTF_8)));
    }

    /** Nothing in the markup leads anywhere, and no script asks for anything. */
    static void assertAsksNothing(String page) {
        assertTrue(page.contains("default-src 'none'"));
        String markup = page.replaceAll("(?s)<script.*?</script>", "").replaceAll("(?s)<style>.*?</style>", "");
        assertFalse(Pattern.compile("(?i)\\b(src|href|action|data)\\s*=|//")
                .matcher(markup)
                .find());
        String style = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
        assertFalse(Pattern.compile("@import|url\\(").matcher(style).find());
        for (String call : List.of("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "import(")) {
            assertFalse(page.contains(call), call);
        }
        assertFalse(page.contains("sourceMappingURL"));
    }

    private static void assertMatrix(Value expected, Json matrix) {
        List<Json> rows = matrix.get("elements").list();
        assertEquals(expected.getNumRows(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            List<Json> cells = rows.get(i).list();
            assertEquals(expected.getNumCols(), cells.size());
            for (int j = 0; j < cells.size(); j++) {
                assertEquals(expected.get(i, j), cells.get(j).number(), 0);
            }
        }
    }

    /** A recurrent network of three units, of at least so many values. */
    private static Value recurrent(int values) {
        Value w = Value.variable("w", SimpleMatrix.random_DDRM(3, 3, -1, 1, new java.util.Random(1)));
        Value u = Value.variable("u", new double[][] {{0.5, -0.2, 0.1}});
        Value state = Value.zeros(new Shape(2, 3));
        Value total = Value.variable("c", 0);
        while (total.ancestors().size() < values) {
            state = Value.constant(new double[][] {{0.3}, {-2}})
                    .mult(u)
                    .plus(state.mult(w))
                    .tanh();
            total = total.plus(state.square().mean());
        }
        return total;
    }

    @Test
    void everyNumberIsTheEngines() throws IOException {
        Sequential network = Sequential.of(new Dense(2, 3, 1), Value::tanh, new Dense(3, 2, 2));
        Value inputs = Value.constant(new double[][] {{0, 1}, {1, 0}, {1, 1}});
        Value loss = CrossEntropy.fromLogits(network.forward(inputs), 0, 1, 1);
        Gradients gradients = loss.gradients(Gradients.Option.INTERMEDIATE);
        List<Json> nodes = data(GraphPage.of(loss).parameters(network).html())
                .get("graph")
                .get("drawing")
                .get("nodes")
                .list();
        List<Value> values = loss.ancestors();
        assertEquals(values.size(), nodes.size());
        int compared = 0;
        for (int i = 0; i < nodes.size(); i++) {
            assertMatrix(values.get(i), nodes.get(i).get("value"));
            if (!values.get(i).isConstant()) {
                assertMatrix(gradients.of(values.get(i)), nodes.get(i).get("gradient"));
                compared++;
            }
        }
        assertTrue(compared >= 8, compared + " gradients");
        List<String> labels =
                nodes.stream().map(node -> node.get("label").text()).toList();
        assertTrue(labels.containsAll(List.of("0.weight", "0.bias", "2.weight", "2.bias")), labels.toString());
    }

    /** What comes back over the edges to a value is its gradient, taken together. */
    @Test
    void contributionsAddUpToTheGradient() throws IOException {
        List<Json> nodes = data(GraphPage.of(recurrent(60)).html())
                .get("graph")
                .get("drawing")
                .get("nodes")
                .list();
        double[] sums = new double[nodes.size()];
        for (Json node : nodes) {
            List<Json> inputs = node.get("inputs").list();
            List<Json> parts = node.get("contributions").list();
            for (int i = 0; i < inputs.size(); i++) {
                int number = Integer.parseInt(inputs.get(i).text().substring(1));
                sums[number] += nodes.get(number).get("kind").text().equals("constant") ? 0 : sum(parts.get(i));
            }
        }
        for (int i = 0; i < sums.length - 1; i++) {
            boolean isConstant = nodes.get(i).get("kind").text().equals("constant");
            double expected = isConstant ? 0 : sum(nodes.get(i).get("gradient"));
            assertEquals(expected, sums[i], 1e-12 * (1 + Math.abs(expected)), "node " + i);
        }
    }

    private static double sum(Json matrix) {
        return matrix.get("elements").list().stream()
                .flatMap(row -> row.list().stream())
                .mapToDouble(Json::number)
                .sum();
    }

    private static String text(Value loss) throws IOException {
        return data(GraphPage.of(loss).html()).get("graph").get("text").text();
    }

    @Test
    void whatIsShownIsSaid() throws IOException {
        Value w = Value.variable("w", 3);
        assertEquals(
                "How w is computed from nothing else, and how its derivative finds the way back to each of them.",
                text(w));
        assertTrue(text(w.square()).startsWith("How the result is computed from 1 other values, "));
        Value most = w;
        while (most.ancestors().size() < 400) {
            most = most.negative();
        }
        assertTrue(text(most).contains(" from 399 other values"));
        Value more = most.negative();
        assertThrows(IllegalArgumentException.class, () -> GraphPage.of(more));
    }

    @Test
    void graphsOfEverySizeFit(@TempDir Path folder) throws IOException {
        Value one = Value.variable("w", 3);
        Value wide = Value.variable("wide", new SimpleMatrix(200, 300));
        for (Value loss : List.of(
                one, one.square(), recurrent(300), recurrent(395), wide.square().elementSum())) {
            Path file = folder.resolve("deep/" + loss.depth() + ".html");
            long bytes = GraphPage.of(loss).write(file);
            assertEquals(Files.size(file), bytes);
            assertTrue(
                    bytes <= 600_000, bytes + " bytes for " + loss.ancestors().size() + " values");
            String page = Files.readString(file);
            assertAsksNothing(page);
            assertFalse(page.contains("Chart.js"), "only what is needed");
            assertEquals(
                    loss.ancestors().size(),
                    data(page).get("graph").get("drawing").get("nodes").list().size());
        }
    }

    @Test
    void hostileLabelsAreTexts() throws IOException {
        List<String> labels = List.of("</script><script>alert(1)</script>", "\"'`\\ \u2028 é 😀", "<!--<script>", "");
        for (String label : labels) {
            Value loss = Value.variable(label, 2).square().labelled(label);
            String page = GraphPage.of(loss)
                    .titled(label, label)
                    .names(Map.of(loss, label))
                    .html();
            assertEquals(page.split("<script", -1).length, page.split("</script>", -1).length);
            assertEquals(label, data(page).get("graph").get("title").text());
            assertEquals(
                    label,
                    data(page)
                            .get("graph")
                            .get("drawing")
                            .get("nodes")
                            .list()
                            .get(0)
                            .get("label")
                            .text());
        }
    }

    @Test
    void whatCannotBeShownIsRefused() {
        IllegalArgumentException many =
                assertThrows(IllegalArgumentException.class, () -> GraphPage.of(recurrent(401)));
        assertTrue(
                String.valueOf(many.getMessage())
                        .matches("GraphPage.of: the loss was computed from 40\\d values; expected " + "at most 400 .*"),
                many.getMessage());
        assertEquals(
                "GraphPage.of: the loss is a 2x1 value; expected a 1x1 value that depends on a variable",
                assertThrows(IllegalArgumentException.class, () -> GraphPage.of(Value.variable("x", new double[2][1])))
                        .getMessage());
        assertEquals(
                "GraphPage.of: the loss is a 1x1 constant; expected a 1x1 value that depends on a variable",
                assertThrows(IllegalArgumentException.class, () -> GraphPage.of(Value.constant(1)))
                        .getMessage());
    }

    @Test
    void numbersThatJsonLacksAreTexts() throws IOException {
        String page = GraphPage.of(Value.variable("x", -1)
                        .elementLog()
                        .plus(Value.variable("y", 0).elementLog()))
                .html();
        assertTrue(Double.isNaN(data(page)
                .get("graph")
                .get("drawing")
                .get("nodes")
                .list()
                .get(1)
                .get("value")
                .get("elements")
                .list()
                .get(0)
                .list()
                .get(0)
                .number()));
    }
}
