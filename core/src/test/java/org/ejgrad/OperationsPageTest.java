package org.ejgrad;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.show.Graph;
import org.ejgrad.show.Node;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * The page on what can be computed, with each derivative in the words of its rule, for the repository and for the
 * documentation of the classes; {@code -Dejgrad.goldens.write=true} writes both anew.
 */
class OperationsPageTest {
    private static final Path MARKDOWN = Path.of("OPERATIONS.md");
    private static final Path HTML = Path.of("src/main/javadoc/org/ejgrad/doc-files/operations.html");

    private static final String TITLE = "Operations and their derivatives";

    private static final String INTRODUCTION = """
            What a value can be asked for, by the table in which it stands. Here dy is the gradient that arrives at the
            result y; one input is called x, several are a, b, c, those of affine x, w, b. Each formula is the text of
            the rule that the engine applies; of a method that is composed of other operations, the rule of each. What
            was repeated to fit another shape gets the sum of the gradients of all its copies.
            """;

    private static final Map<String, List<OperationCase>> TABLES = tables();

    private static Map<String, List<OperationCase>> tables() {
        Map<String, List<OperationCase>> tables = new LinkedHashMap<>();
        tables.put("Arithmetic", ArithmeticCases.ROWS);
        tables.put("Choices", ChoiceCases.ROWS);
        tables.put("Functions", FunctionCases.ROWS);
        tables.put("Activations", ActivationCases.ROWS);
        tables.put("Algebra", AlgebraCases.ROWS);
        tables.put("Factorizations", FactorizationCases.ROWS);
        tables.put("Reductions", ReductionCases.ROWS);
        tables.put("Scans", ScanCases.ROWS);
        tables.put("Moves", MoveCases.ROWS);
        return tables;
    }

    @Test
    void thePagesListEveryOperationWithItsRules() throws IOException {
        assertEquals(
                Set.copyOf(Cases.ALL),
                Set.copyOf(TABLES.values().stream().flatMap(List::stream).toList()));
        Map<String, Map<String, String>> derivatives = new LinkedHashMap<>();
        JqwikSession.run(() -> TABLES.forEach((table, rows) -> derivatives.put(table, derivatives(rows))));
        requireSame(MARKDOWN, markdown(derivatives));
        requireSame(HTML, html(derivatives));
    }

    private static void requireSame(Path page, String text) throws IOException {
        if (Boolean.getBoolean("ejgrad.goldens.write")) {
            Files.createDirectories(page.toAbsolutePath().getParent());
            Files.writeString(page, text);
        }
        assertEquals(Files.readString(page), text, page + " is not what the rules say");
    }

    private static String markdown(Map<String, Map<String, String>> derivatives) {
        StringBuilder page = new StringBuilder("# " + TITLE + "\n\n" + INTRODUCTION);
        derivatives.forEach((table, rows) -> {
            page.append("\n## ").append(table).append("\n\n| method | derivative |\n| --- | --- |\n");
            rows.forEach((method, text) -> page.append(
                    "| `" + method + "` | " + text.replace("|", "\\|").replace("*", "\\*") + " |\n"));
        });
        return page.toString();
    }

    private static String html(Map<String, Map<String, String>> derivatives) {
        StringBuilder page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<title>" + TITLE + "</title>\n</head>\n<body>\n<h1>" + TITLE + "</h1>\n<p>" + INTRODUCTION.strip()
                + "</p>\n");
        derivatives.forEach((table, rows) -> {
            page.append(
                    "<h2>" + table + "</h2>\n<table class=\"striped\">\n<thead><tr><th>method</th><th>derivative</th>"
                            + "</tr></thead>\n<tbody>\n");
            rows.forEach((method, text) -> page.append("<tr><td><code>" + method + "</code></td><td>"
                    + text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") + "</td></tr>\n"));
            page.append("</tbody>\n</table>\n");
        });
        return page.append("</body>\n</html>\n").toString();
    }

    /** The rules behind each method, those of a method that has several rows together. */
    private static Map<String, String> derivatives(List<OperationCase> rows) {
        Map<String, Map<String, String>> methods = new LinkedHashMap<>();
        for (OperationCase row : rows) {
            String method = row.name().split(" ", 2)[0];
            if (method.matches("\\w+\\(.*\\)")) {
                recorded(row)
                        .forEach(operation -> methods.computeIfAbsent(method, m -> new LinkedHashMap<>())
                                .putIfAbsent(rules(operation), operation.name()));
            }
        }
        methods.values().stream()
                .filter(rules -> rules.size() > 1)
                .forEach(rules -> rules.values().remove("broadcastTo"));
        Map<String, String> derivatives = new LinkedHashMap<>();
        methods.forEach((method, rules) -> derivatives.put(
                method,
                rules.size() == 1
                        ? rules.keySet().iterator().next()
                        : rules.entrySet().stream()
                                .map(rule -> rule.getValue() + ": " + rule.getKey())
                                .collect(joining("; "))));
        return derivatives;
    }

    /** The operations of the graph that a row of the table of tests makes, inputs first. */
    private static Stream<Operation> recorded(OperationCase row) {
        List<SimpleMatrix> inputs =
                row.inputs().generator(100).next(new Random(1)).value();
        List<Value> variables = inputs.stream().map(x -> Value.variable("x", x)).toList();
        return Graph.of(row.function().apply(variables)).nodes().stream()
                .map(Node::value)
                .filter(value -> !value.inputs().isEmpty())
                .map(Value::operation);
    }

    /** What each input of an operation gets. */
    private static String rules(Operation operation) {
        List<String> formulas = operation.rules().stream().map(Rule::formula).toList();
        if (Set.copyOf(formulas).size() == 1) {
            return (formulas.size() == 1 ? "" : "each: ") + formulas.get(0);
        }
        String letters = operation.name().equals("affine") ? "xwb" : "abcdefgh";
        return IntStream.range(0, formulas.size())
                .mapToObj(i -> letters.charAt(i) + ": " + formulas.get(i))
                .collect(joining(", "));
    }
}
