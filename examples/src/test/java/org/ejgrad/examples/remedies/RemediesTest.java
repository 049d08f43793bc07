package org.ejgrad.examples.remedies;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.train.History;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each remedy helps with every seed tried, by a margin that chance does not give. */
class RemediesTest {
    private static void assertBetter(Comparison comparison, String treatment, String measure, double margin) {
        double with = comparison.mean(treatment, measure);
        double without = comparison.mean(comparison.treatments().get(0).name(), measure);
        assertTrue(with > without + margin, treatment + ": " + measure + " " + with + ", without it " + without);
        assertEquals(comparison.results()[0].length, comparison.better(treatment, measure), treatment + ": " + measure);
    }

    @Test
    void imbalanceIsRemedied() {
        Comparison comparison = ImbalanceCommand.compare(Seeds.of(0, 3));
        String plain = "plain cross-entropy";
        assertTrue(comparison.mean(plain, "recall") < 0.2, "plain cross-entropy predicts the majority");
        assertTrue(comparison.mean(plain, "accuracy") > 0.94, "and is nearly always right");
        for (String remedy : List.of(
                "class weights", "over-sampling", "under-sampling", "SMOTE, 5 neighbours", "focal, γ = 2, α = 0.9")) {
            assertBetter(comparison, remedy, "recall", 0.3);
            assertBetter(comparison, remedy, "F1", 0.05);
            assertBetter(comparison, remedy, "balanced accuracy", 0.1);
        }
        assertTrue(comparison.mean("focal, γ = 2", "recall") < 0.3, "focal loss alone helps little, as is said");
    }

    @Test
    void overfittingIsRemedied() {
        Comparison comparison = OverfittingCommand.compare(Seeds.of(0, 1));
        double plain = comparison.mean("nothing", "test loss");
        assertTrue(plain > 10 * comparison.mean("nothing", "training loss"), "learnt by heart");
        for (Treatment remedy :
                comparison.treatments().subList(1, comparison.treatments().size())) {
            assertTrue(comparison.mean(remedy.name(), "test loss") < 0.9 * plain, remedy.name());
            assertEquals(0, comparison.better(remedy.name(), "test loss"), remedy.name());
        }
        assertTrue(comparison.mean("L2, λ = 0.005", "test accuracy") > comparison.mean("nothing", "test accuracy"));
    }

    @Test
    void earlyStoppingStopsEarlyAndKeepsTheBest() {
        Remedy stopping = Remedy.nothing().patience(20);
        History history = OverfittingCommand.train(stopping, 0).history();
        assertEquals(History.End.STOPPED_EARLY, history.end());
        assertEquals(history.bestEpoch() + 20, history.last().epoch());
    }

    @Tag("training")
    @Test
    void robustLossesBearWrongLabels() throws IOException {
        Comparison comparison = NoiseCommand.compare(Sources.digits(), List.of(0.4), Seeds.of(0, 1));
        assertBetter(comparison, "bootstrap, hard, 0.6", "40 % wrong", 0.01);
        assertBetter(comparison, "generalised, q = 0.7", "40 % wrong", 0.03);
        assertBetter(comparison, "symmetric, 0.1 and 1", "40 % wrong", 0.03);
        assertBetter(comparison, "forward correction", "40 % wrong", 0.01);
    }

    @Tag("training")
    @Test
    void pseudoLabelsHelpWhereLabelsAreScarce() throws IOException {
        Comparison comparison = PseudoLabelsCommand.compare(Sources.digits(), 5, Seeds.of(0, 3));
        assertTrue(comparison.mean(PseudoLabelsCommand.ROUNDS, "test accuracy")
                > comparison.mean(PseudoLabelsCommand.ALONE, "test accuracy") + 0.01);
        assertTrue(comparison.mean(PseudoLabelsCommand.ROUNDS, "of them right") > 0.95);
        assertTrue(comparison.mean(PseudoLabelsCommand.ROUNDS, "pseudo-labels") > 500);
    }

    @Test
    void theSameSeedGivesTheSameNumbers() {
        Comparison first = ImbalanceCommand.compare(Seeds.of(7, 1));
        Comparison second = ImbalanceCommand.compare(Seeds.of(7, 1));
        for (int i = 0; i < first.results().length; i++) {
            assertArrayEquals(first.results()[i][0], second.results()[i][0], 0);
        }
    }

    @Test
    void tableShowsMeanAndSpread() {
        List<Treatment> treatments = List.of(
                new Treatment("nothing", seed -> new double[] {seed, Double.NaN}), new Treatment("something", seed ->
                        new double[] {seed == 2 ? 0 : 2 * seed + 1, 1}));
        Comparison comparison = Comparison.of(List.of("first", "second"), treatments, Seeds.of(1, 3));
        assertEquals(2, comparison.mean("nothing", "first"));
        assertEquals(1, comparison.spread("nothing", "first"), 1e-15);
        assertEquals(2, comparison.better("something", "first"));
        StringWriter text = new StringWriter();
        comparison.print(new PrintWriter(text, true));
        List<String> lines = text.toString().lines().toList();
        assertTrue(lines.get(0).matches(" +first +second"), lines.get(0));
        assertTrue(lines.get(1).matches("nothing +2\\.0 ± 1\\.0 +"), lines.get(1));
        assertTrue(lines.get(2).matches("something +3\\.3 ± 3\\.5 +1\\.0000 ± 0\\.0000"), lines.get(2));
        assertEquals("(mean ± standard deviation over 3 seeds)", lines.get(3));
    }

    private static String printed(Consumer<PrintWriter> print) {
        StringWriter text = new StringWriter();
        print.accept(new PrintWriter(text, true));
        return text.toString();
    }

    /** The sentences follow from the figures; one seed has no spread, and no line is longer than a terminal's. */
    @Test
    void whatIsSaidFollowsFromTheFigures() {
        List<Treatment> treatments = List.of(
                new Treatment("nothing", seed -> new double[] {1, 1}),
                new Treatment("up, always", seed -> new double[] {2, 1}),
                new Treatment("up, once", seed -> new double[] {seed == 2 ? 2 : 0, 1}),
                new Treatment("down", seed -> new double[] {0, 1}));
        Comparison three = Comparison.of(List.of("first", "second"), treatments, Seeds.of(1, 3));
        assertEquals("""
                first, compared with nothing:
                  higher with 3 of 3 seeds   up, always
                  higher with 1 of 3 seeds   up, once
                  higher with no seed        down
                """, printed(out -> three.printAgainstNothing(out, "first", Comparison.Order.HIGHER)));
        assertEquals("""
                first, compared with nothing:
                  lower with 3 of 3 seeds    down
                  lower with 2 of 3 seeds    up, once
                  lower with no seed         up, always
                """, printed(out -> three.printAgainstNothing(out, "first", Comparison.Order.LOWER)));
        Comparison one = Comparison.of(List.of("first", "second"), treatments, Seeds.of(3, 1));
        assertEquals("""
                first, compared with nothing:
                  higher                     up, always
                  not higher                 up, once; down
                """, printed(out -> one.printAgainstNothing(out, "first", Comparison.Order.HIGHER)));
        assertFalse(printed(one::print).contains("±"), printed(one::print));
        assertTrue(printed(one::print).endsWith("(one seed)\n"), printed(one::print));
    }

    @Test
    void aWideTableGoesOnBelow() {
        List<String> measures = List.of("one", "two", "three", "four", "five", "six");
        List<Treatment> treatments = IntStream.range(0, 12)
                .mapToObj(i -> new Treatment("treatment number " + i, seed -> new double[] {i, seed, 0.5, 1, 2, 3}))
                .toList();
        Comparison comparison = Comparison.of(measures, treatments, Seeds.of(0, 2));
        String text = printed(comparison::print)
                + printed(out -> comparison.printAgainstNothing(out, "one", Comparison.Order.HIGHER));
        assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
        measures.forEach(measure -> assertTrue(text.contains("  " + measure), text));
        assertTrue(text.contains("treatment number 10;") && text.contains("treatment number 11"), text);
    }

    @Test
    void aTreatmentNeedsNoName() {
        Treatment unnamed = new Treatment("", seed -> new double[] {seed});
        StringWriter text = new StringWriter();
        Comparison.of(List.of("first"), List.of(unnamed), Seeds.of(1, 3)).print(new PrintWriter(text, true));
        assertTrue(text.toString().lines().toList().get(1).matches(" +2\\.0 ± 1\\.0"), text.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void atLeastOneSeedIsNeeded(int count) {
        Seeds seeds = Seeds.of(0, count);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, seeds::count);
        assertEquals("the number of seeds is " + count + "; expected at least 1", refused.getMessage());
    }
}
