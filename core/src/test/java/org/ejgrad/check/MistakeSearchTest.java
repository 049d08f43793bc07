package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What is said of several parameters, some of them wrong. */
class MistakeSearchTest {
    private static final double[] G = {1, -2, 5};
    private static final double[] H = {3, 0.5, 7};
    private static final double[] UNEXPLAINED = {17, 4, -0.3};

    private static DMatrixRMaj row(double... elements) {
        return new DMatrixRMaj(1, elements.length, true, elements);
    }

    private static Comparison comparison(String label, double[] claimed, double... numeric) {
        return new Comparison(label, row(claimed), row(numeric), row(0, 0, 0), row(0, 0, 0));
    }

    private static double[] scaled(double factor, double... elements) {
        return java.util.Arrays.stream(elements).map(v -> factor * v).toArray();
    }

    private static String say(Comparison... comparisons) {
        return text(new MistakeSearch(List.of(comparisons)).fromFigures());
    }

    private static String text(Optional<Diagnosis> diagnosis) {
        return diagnosis.map(d -> d.mistake() + ": " + withoutFigures(d)).orElse("nothing");
    }

    private static String withoutFigures(Diagnosis d) {
        int figures = d.sentence().indexOf(" In ");
        return figures < 0 ? d.sentence() : d.sentence().substring(0, figures);
    }

    @Test
    void rightGradientsGetNoDiagnosis() {
        assertEquals("nothing", say(comparison("a", G, G), comparison("b", H, H)));
        Value x = Value.variable("x", 1);
        Tape tape = new Tape(x.square());
        MistakeSearch right = new MistakeSearch(List.of(comparison("x", G, G)));
        assertEquals("nothing", text(right.fromGraph(tape, Value.constant(1), List.of(x))));
        assertEquals("nothing", text(right.fromRules(tape, 1)));
    }

    @Test
    void whatSeveralParametersHaveInCommonIsSaidOnce() {
        Comparison a = comparison("a", scaled(-1, G), G);
        Comparison b = comparison("b", scaled(-1, H), H);
        Comparison c = comparison("c", scaled(-1, H), H);
        Comparison right = comparison("d", G, G);
        String sign = "SIGN_FLIPPED: The gradient of a has the wrong sign.";
        assertEquals(sign, say(a));
        assertEquals(sign + " The other parameters agree.", say(right, a));
        assertEquals(sign + " So is b.", say(a, b));
        assertEquals(sign + " So are b, c.", say(a, b, c));
        assertEquals(sign + " So is b. The other parameters agree.", say(a, right, b));
        assertEquals(sign + " So are b, c. The other parameters agree.", say(a, right, b, c));
    }

    @Test
    void oneHypothesisMustExplainAllThatIsWrong() {
        Comparison doubled = comparison("a", scaled(2, G), G);
        Comparison flipped = comparison("b", scaled(-1, H), H);
        assertEquals("UNKNOWN: No usual mistake explains the figures.", say(doubled, comparison("b", UNEXPLAINED, H)));
        String figures = "CONSTANT_FACTOR: The gradient of a is 2.00000000 times what it should be, in every element."
                + " The gradient of b is -1.00000000 times what it should be, in every element.";
        assertEquals(figures, say(doubled, flipped));
        assertEquals(figures + " The other parameters agree.", say(doubled, flipped, comparison("c", G, G)));
    }

    @Test
    void whatNothingExplainsIsNamedIfTheRestIsRight() {
        Comparison a = comparison("a", UNEXPLAINED, G);
        Comparison b = comparison("b", UNEXPLAINED, H);
        Comparison right = comparison("c", G, G);
        assertEquals("UNKNOWN: No usual mistake explains the figures.", say(a));
        assertEquals("UNKNOWN: Only a is wrong; no usual mistake explains the figures.", say(right, a));
        assertEquals("UNKNOWN: Only a, b are wrong; no usual mistake explains the figures.", say(a, right, b));
        assertTrue(say(a, right).startsWith("ONE_LAYER: a is wrong, c agrees. If the parameters are in the order of"));
    }

    @Test
    void gradientsAreExchangedOnlyInPairs() {
        Comparison a = comparison("a", H, G);
        Comparison b = comparison("b", G, H);
        assertEquals("SWAPPED: The gradients of a and b are exchanged.", say(a, b));
        assertEquals("SWAPPED: The gradients of a and b are exchanged.", say(comparison("z", UNEXPLAINED, G), a, b));
        assertEquals("UNKNOWN: No usual mistake explains the figures.", say(a, comparison("b", UNEXPLAINED, H)));
        assertEquals(
                "UNKNOWN: No usual mistake explains the figures.",
                say(comparison("a", UNEXPLAINED, G), comparison("b", G, H)));
    }

    @Test
    void aKnownGraphIsSearchedBetweenSimpleAndFurtherHypotheses() {
        Value x = Value.variable("x", new double[][] {G});
        Tape tape = new Tape(x.square().elementSum());
        Value one = Value.constant(1);
        double[] truth = scaled(2, G);
        assertEquals(
                "SIGN_FLIPPED: The gradient of x has the wrong sign.",
                text(new MistakeSearch(List.of(comparison("x", scaled(-2, G), truth)))
                        .fromGraph(tape, one, List.of(x))));
        assertEquals(
                "MISSING_FACTOR: The gradient looks as if, on the way back through square, the derivative were left"
                        + " out: what arrives is passed on.",
                text(new MistakeSearch(List.of(comparison("x", new double[] {1, 1, 1}, truth)))
                        .fromGraph(tape, one, List.of(x))));
        assertEquals(
                "MISSING_DIVISION: The gradient of x is 7 times too large: a division by 7 is missing.",
                text(new MistakeSearch(List.of(comparison("x", scaled(14, G), truth)))
                        .fromGraph(tape, one, List.of(x))));
        assertEquals(
                "UNKNOWN: No usual mistake explains the figures.",
                text(new MistakeSearch(List.of(comparison("x", UNEXPLAINED, truth))).fromGraph(tape, one, List.of(x))));
        Comparison exchanged = comparison("x", H, truth);
        assertEquals(
                "SWAPPED: The gradients of x and b are exchanged.",
                text(new MistakeSearch(List.of(exchanged, comparison("b", truth, H)))
                        .fromGraph(tape, one, List.of(x, Value.variable("b", 2)))));
    }

    @Test
    void rulesAreBlamedBeforeFigures() {
        Value x = Value.variable("x", new double[][] {G});
        Operation wrong = Operation.unary(
                "mine", m -> Operation.map(m, v -> v * v), Rule.rule("", (at, y, dy) -> at.elementMult(dy)));
        MistakeSearch doubled = new MistakeSearch(List.of(comparison("x", scaled(2, G), G)));
        assertEquals(
                "HALF: The rule of mine is wrong. The gradient of input 0 of mine is half of what it should be: a"
                        + " factor 2 is missing, as of a square.",
                text(doubled.fromRules(new Tape(wrong.apply(x)), 1)));
        String figures = text(doubled.fromRules(new Tape(x.square()), 1));
        assertTrue(figures.startsWith("TWICE: The gradient of x is twice"), figures);
    }
}
