package org.ejgrad.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.Gradients;
import org.ejgrad.MatrixText;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** The graph of a small computation in each format, and of a very large one. */
class GraphTest {
    private final Value x = Value.constant(new double[][] {{1, 2}}).labelled("x");
    private final Value w = Value.variable("w", new double[][] {{0.5}, {-1}});
    private final Value product = x.mult(w);
    private final Value loss = product.square().scale(0.5).labelled("loss");

    @Test
    void textIsAProgramWithOneLinePerValue() {
        assertEquals("""
                n0 = constant        1x2  x
                n1 = variable        2x1  w
                n2 = mult(n0, n1)    1x1
                n3 = square(n2)      1x1
                n4 = scale(n3, 0.5)  1x1  loss
                """, Graph.of(loss).text());
    }

    /** Under the name met first. */
    @Test
    void aValueUnderSeveralNamesIsOneNode() {
        Value again = product.labelled("p").elementMult(product).plus(x.mult(w.traced()));
        Graph graph = Graph.of(again, product.traced());
        String drawn = """
                n0 = constant             1x2  x
                n1 = variable             2x1  w
                n2 = mult(n0, n1)         1x1  p
                n3 = elementMult(n2, n2)  1x1
                n4 = mult(n0, n1)         1x1
                n5 = plus(n3, n4)         1x1
                """;
        assertEquals(drawn, graph.text());
        Map<Value, String> names = new IdentityHashMap<>(Map.of(w, "weights"));
        Graph traced = Graph.of(x.mult(w.traced()));
        assertEquals("weights", traced.withNames(names).nodes().get(1).name());
        assertEquals(
                "weights", traced.withNames(Map.of(w, "weights")).nodes().get(1).name());
        Explanation steps = Graph.of(again).explain();
        assertEquals(
                steps.derivative(w).text(),
                steps.derivative(w.labelled("other")).text());
        assertEquals(
                again.gradients().of(w).matrix().get(1),
                Graph.of(again)
                        .withGradients()
                        .nodes()
                        .get(1)
                        .gradient()
                        .orElseThrow()
                        .get(1, 0));
    }

    @Test
    void textShowsValuesGradientsAndFormulasOnRequest() {
        assertEquals(
                """
                n0 = constant        1x2  x
                      value     [1, 2]
                n1 = variable        2x1  w
                      value     [0.5; -1]
                      gradient  [-1.5; -3]
                n2 = mult(n0, n1)    1x1
                      value     -1.5
                      gradient  -1.5
                      to n1     aᵀ·dy = [-1.5; -3]
                n3 = square(n2)      1x1
                      value     2.25
                      gradient  0.5
                      to n2     2·x ⊙ dy = -1.5
                n4 = scale(n3, 0.5)  1x1  loss
                      value     1.125
                      gradient  1
                      to n3     k·dy = 0.5
                """, Graph.of(loss).withValues().withGradients().withFormulas().text());
    }

    @Test
    void dotDrawsABoxPerValueAndAnArrowPerInput() {
        assertEquals("""
                digraph ejgrad {
                  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica"];
                  edge [fontname="Helvetica", fontsize=10];
                  n0 [label="x\\n1x2", style="rounded,dashed"];
                  n1 [label="w\\n2x1", fillcolor="#cfe8fc"];
                  n2 [label="mult\\n1x1"];
                  n3 [label="square\\n1x1"];
                  n4 [label="loss = scale(0.5)\\n1x1"];
                  n0 -> n2;
                  n1 -> n2 [label="aᵀ·dy"];
                  n2 -> n3 [label="2·x ⊙ dy"];
                  n3 -> n4 [label="k·dy"];
                }
                """, Graph.of(loss).withFormulas().dot());
    }

    @Test
    void mermaidDrawsTheSameGraph() {
        assertEquals("""
                flowchart TB
                  classDef default fill:#fff,stroke:#555,color:#111
                  classDef variable fill:#cfe8fc,stroke:#0072b2,color:#111
                  classDef constant fill:#fff,stroke:#555,color:#111,stroke-dasharray:5 4
                  n0("x<br/>1x2<br/>1, 2"):::constant
                  n1("w<br/>2x1<br/>0.5<br/>-1<br/>gradient<br/>-1.5<br/>-3"):::variable
                  n2("mult<br/>1x1<br/>-1.5<br/>gradient<br/>-1.5")
                  n3("square<br/>1x1<br/>2.25<br/>gradient<br/>0.5")
                  n4("loss = scale(0.5)<br/>1x1<br/>1.125<br/>gradient<br/>1")
                  n0 --> n2
                  n1 -->|"-1.5<br/>-3"| n2
                  n2 -->|"-1.5"| n3
                  n3 -->|"0.5"| n4
                """, Graph.of(loss).withValues().withGradients().mermaid());
    }

    @Test
    void jsonHoldsEverythingThatWasAskedFor() {
        assertEquals(
                """
                {"nodes": [
                {"id": "n0", "kind": "variable", "operation": "variable", "parameters": [], "label": "a label", \
                "rows": 1, "columns": 1, "inputs": [], "formulas": [], "letters": [], \
                "value": {"elements": [[0.1]], "abbreviated": false}, \
                "gradient": {"elements": [[3.0]], "abbreviated": false}, "contributions": []},
                {"id": "n1", "kind": "result", "operation": "scale", "parameters": ["3.0"], "label": "", \
                "rows": 1, "columns": 1, "inputs": ["n0"], "formulas": ["3·dy"], "letters": ["x"], \
                "value": {"elements": [[0.30000000000000004]], "abbreviated": false}, \
                "gradient": {"elements": [[1.0]], "abbreviated": false}, \
                "contributions": [{"elements": [[3.0]], "abbreviated": false}]}
                ]}
                """,
                Graph.of(Value.variable("a label", 0.1).scale(3))
                        .withValues()
                        .withGradients()
                        .withFormulas()
                        .json());
        String plain = Graph.of(loss).json();
        assertFalse(plain.contains("value") || plain.contains("gradient") || plain.contains("formulas"), plain);
    }

    @Test
    void labelsCannotBreakAFormat() {
        Graph graph = Graph.of(Value.variable("a\"b\\c\n</script>#|`", 2));
        assertEquals("n0 = variable  1x1  a\"b\\c </script>#|`\n", graph.text());
        assertTrue(graph.dot().contains("[label=\"a\\\"b\\\\c </script>#|`\\n1x1\""), graph.dot());
        assertTrue(
                graph.mermaid().contains("(\"a#34;b#92;c #60;/script#62;#35;#124;#96;<br/>1x1\"):::variable"),
                graph.mermaid());
        assertTrue(graph.json().contains("\"a\\\"b\\\\c\\u000a\\u003c/script\\u003e#|`\""), graph.json());
    }

    @Test
    void largeMatricesShowTheirCorner() {
        Value large = Value.filled(new Shape(40, 30), 1.5).labelled("large");
        assertEquals("[1.5, 1.5, …; 1.5, 1.5, …; …]", valueLine(Graph.of(large).abbreviatedTo(2, 2)));
        assertEquals("[1.5, …; …]", valueLine(Graph.of(large).abbreviatedTo(1, 1)));
        assertEquals("[1.5, 1.5, …]", valueLine(Graph.of(large.getRow(0)).abbreviatedTo(2, 2)));
        String json = Graph.of(large).abbreviatedTo(1, 2).withValues().json();
        assertTrue(json.contains("{\"elements\": [[1.5, 1.5]], \"abbreviated\": true}"), json);
    }

    private static String valueLine(Graph graph) {
        return graph.withValues()
                .text()
                .lines()
                .toList()
                .get(1)
                .replace("value", "")
                .strip();
    }

    @Test
    void numbersAreRoundedForReading() {
        double[] numbers = {0, -0.0, 1, 0.1, 2.0 / 3, 1e-4, 1.23456e-5, 1234567, 12345678, -1e300, 1e100};
        List<String> expected =
                List.of("0", "0", "1", "0.1", "0.6667", "0.0001", "1.235e-5", "1235000", "1.235e7", "-1e300", "1e100");
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(expected.get(i), MatrixText.number(numbers[i]));
        }
        assertEquals("[NaN, ∞, -∞]", Detail.NAMES_AND_SHAPES.line(Value.constant(new double[][] {
            {Double.NaN, 1 / 0.0, -1 / 0.0}
        })));
    }

    @Test
    void numbersThatJsonLacksAreStrings() {
        Value value = Value.constant(new double[][] {{Double.NaN, 1 / 0.0, -1 / 0.0, 1e300}});
        String json = Graph.of(value).withValues().json();
        assertTrue(json.contains("[[\"NaN\", \"Infinity\", \"-Infinity\", 1.0E300]]"), json);
    }

    @Test
    void sharedValuesAreOneNode() {
        Value shared = product.tanh();
        Graph graph = Graph.of(shared.plus(shared).elementMult(shared));
        assertEquals(6, graph.nodes().size());
        assertEquals(List.of(3, 3), graph.nodes().get(4).inputs());
    }

    @Test
    void namesTakeTheLabelsPlace() {
        Graph graph = Graph.of(loss).withNames(Map.of(w, "0.weight", Value.constant(1), "elsewhere"));
        assertTrue(graph.text().contains("2x1  0.weight"), graph.text());
        assertTrue(
                graph.withGradients().dot().contains("label=\"0.weight\\n2x1"),
                graph.withGradients().dot());
        assertTrue(graph.text().contains("1x2  x\n"), graph.text());
    }

    @Test
    void severalResultsAreDrawnTogether() {
        Graph graph = Graph.of(loss, product, w.elementSum());
        assertEquals(6, graph.nodes().size());
    }

    @Test
    void contributionsToANodeAddUpToItsGradient() {
        Value a = Value.variable("a", new double[][] {{1, -2}, {0.5, 3}});
        Value b = a.tanh();
        Value result = b.mult(a).plus(b).elementMult(b.transpose()).elementSum();
        List<Node> nodes = Graph.of(result).withGradients().nodes();
        for (Node node : nodes.subList(0, nodes.size() - 1)) {
            Value sum = Value.zeros(node.value().shape());
            for (Node user : nodes) {
                for (int i = 0; i < user.inputs().size(); i++) {
                    if (user.inputs().get(i) == node.number()) {
                        sum = sum.plus(user.contributions().get(i).orElseThrow());
                    }
                }
            }
            Value difference = sum.minus(node.gradient().orElseThrow()).abs();
            assertTrue(difference.elementMax().scalar() < 1e-12, node + " receives " + sum);
        }
    }

    @Test
    void gradientsOfOneOfSeveralBranchesLeaveTheRestOut() {
        Gradients gradients = product.gradients(Gradients.Option.INTERMEDIATE);
        List<Node> nodes = Graph.of(loss).withGradients(gradients).nodes();
        assertEquals(Optional.empty(), nodes.get(4).gradient());
        assertEquals(List.of(Optional.empty()), nodes.get(4).contributions());
        assertSame(gradients.of(w), nodes.get(1).gradient().orElseThrow());
    }

    @Test
    void fiveThousandNodesInAChainAndTheSameTextEachTime() {
        Value value = Value.variable("start", 1);
        for (int i = 0; i < 5000; i++) {
            value = i % 2 == 0 ? value.tanh() : value.plus(value);
        }
        Graph graph = Graph.of(value).withValues().withGradients().withFormulas();
        assertEquals(5001, graph.nodes().size());
        long boxes = 5001;
        long arrows = 2500 + 2 * 2500;
        assertEquals(boxes + arrows + 4, graph.dot().lines().count());
        assertEquals(boxes + arrows + 4, graph.mermaid().lines().count());
        assertEquals(
                graph.json(),
                Graph.of(value).withValues().withGradients().withFormulas().json());
        assertTrue(graph.text().lines().count() > 3 * boxes);
    }

    @Test
    void badCallsAreRefused() {
        assertEquals(
                "Graph.of: no value given; expected at least one",
                assertThrows(IllegalArgumentException.class, Graph::of).getMessage());
        assertEquals(
                "abbreviatedTo(0, 3): expected at least one row and one column",
                assertThrows(IllegalArgumentException.class, () -> Graph.of(w).abbreviatedTo(0, 3))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Graph.of(w).abbreviatedTo(3, 0));
        assertThrows(IllegalArgumentException.class, () -> Graph.of(w).withGradients());
        assertThrows(IllegalArgumentException.class, () -> Graph.of(x).withGradients());
    }
}
