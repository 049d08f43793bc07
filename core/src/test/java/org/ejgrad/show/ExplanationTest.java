package org.ejgrad.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** Explanations of small and large graphs in each format. */
class ExplanationTest {
    private static final Path GOLDENS = Path.of("src/test/resources/org/ejgrad/show");

    /** The neuron of Karpathy's micrograd. */
    static Value neuron() {
        Value x1 = Value.variable("x1", 2);
        Value x2 = Value.variable("x2", 0);
        Value w1 = Value.variable("w1", -3);
        Value w2 = Value.variable("w2", 1);
        Value b = Value.variable("b", 6.8813735870195432);
        Value n = x1.elementMult(w1).plus(x2.elementMult(w2)).plus(b).labelled("n");
        return n.tanh().labelled("o");
    }

    /** A dense layer, softmax and cross-entropy, of four rows and three classes. */
    static Value dense() {
        Value x = Value.constant(new double[][] {{1, 2}, {0.5, -1}, {-1, 1}, {2, 0}})
                .labelled("x");
        Value w = Value.variable("w", new double[][] {{0.5, -0.25, 0.1}, {0.3, 0.2, -0.4}});
        Value b = Value.variable("b", new double[][] {{0, 0.1, -0.1}});
        Value y = Value.constant(new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}})
                .labelled("y");
        Value z = x.mult(w).plus(b).labelled("z");
        return z.logSoftmax(Per.ROW)
                .elementMult(y)
                .sum(Per.ROW)
                .mean()
                .negative()
                .labelled("L");
    }

    static Value chain(int values) {
        Value value = Value.variable("x", 0.5);
        for (int i = 1; i < values; i++) {
            value = value.sin();
        }
        return value;
    }

    private static void requireGolden(String name, String text) throws IOException {
        Path golden = GOLDENS.resolve(name);
        if (Boolean.getBoolean("ejgrad.goldens.write")) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text);
    }

    // ---- goldens ----------------------------------------------------------------------------------------------------

    @Test
    void aNeuronFitsASlide() {
        assertEquals("""
                forward
                  x1 = 2, w1 = -3, x2 = 0, w2 = 1, b = 6.881
                  n2 = x1·w1   = -6
                  n5 = x2·w2   = 0
                  n6 = n2 + n5 = -6
                  n  = n6 + b  = 0.8814
                  o  = tanh(n) = 0.7071
                backward: dv is the derivative of o by v
                  do = 1; n gets do·(1 − o²) = 0.5
                  dn = 0.5; n6 gets dn = 0.5, b gets dn = 0.5
                  dn6 = 0.5; n2 gets dn6 = 0.5, n5 gets dn6 = 0.5
                  dn2 = 0.5; x1 gets dn2·w1 = -1.5, w1 gets dn2·x1 = 1
                  dn5 = 0.5; x2 gets dn5·w2 = 0.5, w2 gets dn5·x2 = 0
                  db = 0.5, dx1 = -1.5, dw1 = 1, dx2 = 0.5, dw2 = 0
                """, Explanation.of(neuron()).text());
    }

    @Test
    void aDenseLayerWithSoftmaxCrossEntropyFitsAPage() throws IOException {
        Explanation page = Explanation.of(dense());
        requireGolden("dense.txt", page.text());
        requireGolden("dense.md", page.markdown());
        requireGolden("dense.tex", page.latex());
        assertTrue(page.text().lines().count() <= 60);
        assertTrue(page.text().lines().allMatch(line -> line.length() <= 150));
    }

    @Test
    void aValueUsedTwiceSaysWhatItGetsFromEach() {
        Value w = Value.variable("w", 0.1);
        Value y = w.scale(0.3).plus(w.square()).labelled("y");
        assertTrue(Explanation.of(y).text().contains("  w gets 0.3 from n1 and 0.2 from n2: dw = 0.5\n"));
        assertTrue(Explanation.of(y)
                .markdown()
                .contains("| `w` | `0.3` from `n1` and `0.2` from `n2`: `dw = 0.5` |  |\n"));
        assertTrue(Explanation.of(y)
                .latex()
                .contains("\\nabla_{w} &= \\underbrace{0.3}_{\\text{from }n_{1}} + "
                        + "\\underbrace{0.2}_{\\text{from }n_{2}} = 0.5"));
    }

    @Test
    void largeMatricesShowTheirCorners() {
        Value x = Value.variable("x", Value.uniform(new Shape(6, 7), -1, 1, 3));
        double[][] c = {{x.get(0, 0), x.get(0, 1), x.get(0, 6)}, {x.get(5, 0), x.get(5, 1), x.get(5, 6)}};
        String text = Explanation.of(x.square().elementSum()).text();
        String first = Infix4.of(c[0][0]) + ", " + Infix4.of(c[0][1]) + ", …, " + Infix4.of(c[0][2]);
        String last = Infix4.of(c[1][0]) + ", " + Infix4.of(c[1][1]) + ", …, " + Infix4.of(c[1][2]);
        assertTrue(text.contains("x  = [" + first + "; ") && text.contains("; …; " + last + "]  6x7\n"), text);
        assertTrue(Graph.of(x.square().elementSum())
                .abbreviatedTo(1, 1)
                .explain()
                .text()
                .contains("[" + Infix4.of(c[0][0]) + ", …; …]  6x7"));
    }

    /** Four significant digits. */
    private static final class Infix4 {
        static String of(double number) {
            return Graph.of(Value.constant(number))
                    .withValues()
                    .text()
                    .split("value +")[1]
                    .strip();
        }
    }

    @Test
    void namesGivenToTheGraphAreUsed() {
        Value w = Value.variable("weights", 2);
        Value y = w.square().labelled("y");
        Explanation named = Graph.of(y).withNames(Map.of(w, "0.weights")).explain();
        assertTrue(named.text().contains("0.weights gets 2·0.weights·dy = 4"), named.text());
        assertEquals("dy/d0.weights = 2·0.weights", named.derivative(w).text());
    }

    // ---- sizes ------------------------------------------------------------------------------------------------------

    @Test
    void oneValue() {
        Value x = Value.variable("x", 3);
        assertEquals("""
                forward
                  x = 3
                backward: dv is the derivative of x by v
                  dx = 1
                """, Explanation.of(x).text());
        assertEquals("dx/dx = 1", Explanation.of(x).derivative(x).text());
    }

    @Test
    void twoValuesThatAreNotScalar() {
        Value x = Value.variable("x", new double[][] {{3, -1}});
        assertEquals("""
                forward
                  x  = [3, -1]  1x2
                  n1 = x² = [9, 1]  1x2
                backward: dv is the derivative of the sum of all elements of n1 by v
                  dn1 = [1, 1]
                    x gets 2·x ⊙ dn1 = [6, -2]
                  dx = [6, -2]
                """, Explanation.of(x.square()).text());
    }

    @Test
    void constants() {
        assertEquals("""
                forward
                  n0 = 3
                no backward walk: n0 is a constant
                """, Explanation.of(Value.constant(3)).text());
        assertTrue(Explanation.of(Value.constant(3)).markdown().contains("No backward walk: `n0` is a constant."));
        LatexSyntax.requireDocument(Explanation.of(Value.constant(3)).latex());
        assertEquals(
                """
                forward
                  x = 3, n1 = 2
                  n2 = x·n1 = 6
                backward: dv is the derivative of n2 by v
                  dn2 = 1; x gets dn2·n1 = 2
                  dx = 2
                """,
                Explanation.of(Value.variable("x", 3).elementMult(Value.constant(2)))
                        .text());
    }

    @Test
    void longGraphsShowTheFirstAndTheLastSteps() {
        Explanation explanation = Explanation.of(chain(300));
        List<String> lines = explanation.text().lines().toList();
        assertEquals(
                2,
                lines.stream()
                        .filter(line -> line.equals("  … 260 more values …"))
                        .count());
        assertTrue(lines.size() <= 84, lines.size() + " lines");
        assertEquals(2, explanation.markdown().split("\\| … \\| 260 more values \\|", -1).length - 1);
        assertEquals(2, explanation.latex().split("\\\\text\\{260 more values\\}", -1).length - 1);
        LatexSyntax.requireDocument(explanation.latex());
        assertFalse(Explanation.of(chain(41)).text().contains("more values"));
        assertTrue(Explanation.of(chain(42)).text().contains("  … 2 more values …\n"));
    }

    @Test
    void secondDerivatives() {
        Value o = neuron();
        Value w1 = o.ancestors().stream()
                .filter(v -> v.label().equals("w1"))
                .findFirst()
                .orElseThrow();
        Value slope = o.gradients(Gradients.Option.DIFFERENTIABLE).of(w1).labelled("s");
        String text = Explanation.of(slope).text();
        assertTrue(text.contains("  n10 = n9·(1 − tanh(n)²) = 0.5\n"), text);
        assertTrue(text.contains("n gets −2·dn10·n9·tanh n·(1 − tanh² n) = -1.414"), text);
        ExplanationNumbersTest.requireEngines(slope);
    }
}
