package org.ejgrad.examples.articles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each figure of the articles is there, right, and judged rightly; and the demonstrations show what they say. */
class ArticlesTest {
    private static final Map<String, Figure> FIGURES = figures(0);

    private static Map<String, Figure> figures(long seed) {
        Map<String, Figure> byId = new LinkedHashMap<>();
        for (Chapter chapter : ArticlesCommand.chapters(seed)) {
            for (Figure figure : chapter.figures()) {
                assertEquals(null, byId.put(figure.id(), figure), figure.id() + " twice");
            }
        }
        return byId;
    }

    private static Figure figure(String id) {
        Figure figure = FIGURES.get(id);
        assertTrue(figure != null, "no figure " + id);
        return figure;
    }

    static Stream<ExactFigures.Case> cases() throws IOException {
        return ExactFigures.read().cases().stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void figureIsExactAndJudgedRightly(ExactFigures.Case exact) throws IOException {
        Figure figure = figure(exact.id());
        double want = exact.exact().doubleValue();
        double bar = ExactFigures.read().slack() + exact.tolerance() * Math.abs(want);
        assertEquals(want, figure.ours().scalar(), bar);
        assertEquals(exact.printed(), figure.article());
        boolean wrong = Set.of("truncated", "propagated").contains(exact.verdict());
        assertTrue(figure.disputed() || !wrong, exact.verdict() + ", but not disputed");
        if (figure.isDecimal()) {
            assertEquals(wrong, !figure.rounded().equals(figure.article()), "the rounding of " + exact.exact());
        }
    }

    @Test
    void noFigureIsLeftOut() throws IOException {
        assertEquals(34, cases().count());
        Set<String> printed = FIGURES.values().stream()
                .filter(figure -> !figure.article().isEmpty())
                .map(Figure::id)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = cases().filter(exact -> !exact.printed().isEmpty())
                .map(ExactFigures.Case::id)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(known, printed, "figures that an article prints");
    }

    /** Figures beyond those of the file, by mathematics with 12 digits. */
    @ParameterizedTest
    @CsvSource({
        "A0/huber, 0.125 2.5",
        "A0/sum-and-mean, 0.713349887877 0.356674943939",
        "A1/gradient, -0.039734307341 0.089647140457 -0.125846889599",
        "A2/entropy, 0.801818552543",
        "A2/cross-entropy, 0.828631006801",
        "A2/divergence, 0.026812454258",
        "A2/sum, 0",
        "A2/hinge-inside, 0.5",
        "A2/hinge-beyond, 0 0",
        "A3/smoothed, 2.256533391134 2.266749903609",
        "A3/zero-unguarded, Infinity -Infinity",
        "A3/smallest, 744.440071921381",
        "A3/logits-far, 1000",
        "A3/zero-times-log-zero, 0",
        "A3/nats-8, 2.079441541680",
        "A3/thousand-ratio, 235.610202506985",
        "A3/focal-positive, 0.017851484105",
        "A3/focal-negative, 1.051497946265",
        "A3/focal-total, 1.069349430370",
        "A3/focal-ratio, 58.902550626746",
        "A3/focal-alpha, 0.793086330725",
        "clipping/none, Infinity -Infinity 0",
        "clipping/add-1e-15, 34.538776394911 -1e15 -1e-15",
        "clipping/clip-1e-7, 16.118095650959 0 1.00000005e-7",
        "clipping/clip-1e-10, 23.025850929940 0 1e-10",
        "clipping/clip-1e-12, 27.631021115929 0 1e-12",
        "clipping/logits, 2000",
        "robust/one-label, 27.631021115929",
        "robust/missing, NaN",
        "robust/cross-entropy, 27.631021115929 -1",
        "robust/generalised, 1.428571422880 -3.981e-9",
        "robust/forward-corrected, 1.609437912431 -3e-12",
        "saturation/cross-entropy, -0.999954602131",
        "saturation/squared, -0.0000453937469",
        "saturation/ratio, 22028.465840",
        "saturation/ratio-0, 4",
        "wrong/p-probabilities, -10 0 0 0 0",
        "wrong/q-probabilities, -10 0 0 0 0",
        "wrong/p-logits, -0.9 0.5 0.1 0.1 0.2",
        "wrong/q-logits, -0.9 0.6 0.1 0.1 0.1",
        "wrong/sum, 0"
    })
    void furtherFigureIsExact(String id, String exact) {
        Value ours = figure(id).ours();
        String[] numbers = exact.split(" ");
        assertEquals(numbers.length, ours.getNumCols(), id);
        for (int i = 0; i < numbers.length; i++) {
            double want = Double.parseDouble(numbers[i]);
            double bar = Double.isFinite(want) ? Math.max(1e-12, 1e-11 * Math.abs(want)) : 0;
            assertEquals(want, ours.get(0, i), bar, id);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void likelihoodLogLikelihoodAndLossAgree(long seed) {
        Map<String, Figure> figures = figures(seed);
        for (String kind : List.of("likelihood/", "likelihood/binary-")) {
            double loss = figures.get(kind + "loss").ours().scalar();
            assertEquals(loss, figures.get(kind + "sum").ours().scalar(), 1e-14 * loss);
            assertEquals(loss, figures.get(kind + "log").ours().scalar(), 1e-14 * loss);
            assertEquals(Math.exp(-loss), figures.get(kind + "product").ours().scalar(), 1e-12 * Math.exp(-loss));
        }
        assertNotEquals(
                figures(seed + 10).get("likelihood/loss").ours().scalar(),
                figures.get("likelihood/loss").ours().scalar());
    }

    @Test
    void claimsAreDisputedWhereTheyAreWrong() {
        for (String id : List.of(
                "A0/two-class",
                "A0/sum-and-mean",
                "A1/multilabel-none",
                "robust/one-label",
                "robust/missing",
                "wrong/q-logits",
                "A3/focal-total",
                "clipping/add-1e-15")) {
            assertTrue(figure(id).disputed(), id);
            assertFalse(figure(id).remark().isEmpty(), id);
        }
        assertEquals(
                Numbers.text(figure("A2/slope-cross-entropy").ours()),
                Numbers.text(figure("A2/slope-divergence").ours()),
                "KL and cross-entropy have one gradient");
        assertEquals(
                figure("A2/log-loss").ours().scalar(),
                figure("A2/two-classes").ours().scalar(),
                1e-15);
        assertTrue(figure("A3/multi-label").remark().contains("sums to 1.7"));
    }

    @Test
    void linesShowFigureRoundingAndRemark() {
        StringWriter text = new StringWriter();
        new Chapter("title", "first\nsecond", List.of(figure("A1/neglog-0.1"), figure("A1/neglog-0.9")))
                .print(new PrintWriter(text, true));
        List<String> lines = text.toString().lines().toList();
        assertEquals("== title", lines.get(0));
        assertEquals("   second", lines.get(2));
        assertTrue(lines.get(4).matches("! −ln 0\\.1 +2\\.302 +2\\.302585092994"), lines.get(4));
        assertEquals("      rounds to 2.303; truncated", lines.get(5));
        assertTrue(lines.get(6).matches("  −ln 0\\.9 +0\\.105 +0\\.1053605156578"), lines.get(6));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.5, −0.5",
        "1e15, 1e15",
        "-1e15, −1e15",
        "1234567.25, 1234567.25",
        "2.5e-9, 2.5e−9",
        "NaN, NaN",
        "Infinity, ∞",
        "-Infinity, −∞"
    })
    void numbersReadWell(double number, String text) {
        assertEquals(text, Numbers.text(Value.constant(number)));
    }

    @Test
    void decimalsOfTheFileAreNotDoubles() throws IOException {
        assertEquals(
                new BigDecimal("0.2231435513142085057662951"),
                cases().findFirst().orElseThrow().exact());
    }
}
