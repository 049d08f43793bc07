package org.ejgrad.examples.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.NumericalDerivative;
import org.ejgrad.examples.experiments.Student.Slip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The experiments show what they claim to show. */
class ExperimentsTest {
    @ParameterizedTest
    @EnumSource(Quotient.class)
    void aQuotientsErrorFallsWithItsOrder(Quotient quotient) {
        double[] orders = {1, 2, 4, 6};
        double coarse = Math.abs(quotient.of(Math::sin, 1, 0.1) - Math.cos(1));
        double fine = Math.abs(quotient.of(Math::sin, 1, 0.05) - Math.cos(1));
        assertEquals(orders[quotient.ordinal()], Math.log(coarse / fine) / Math.log(2), 0.1);
    }

    private static final VCurve SMOOTH = VCurve.USUAL.get(0);
    private static final VCurve KINK = VCurve.USUAL.get(1);
    private static final VCurve WAVE = VCurve.MISLEADING.get(0);
    private static final VCurve STAIRS = VCurve.MISLEADING.get(1);
    private static final VCurve FINE_STAIRS = VCurve.MISLEADING.get(2);
    private static final VCurve SOLVER = VCurve.MISLEADING.get(3);
    private static final VCurve BEND = VCurve.MISLEADING.get(4);
    private static final VCurve FLOAT = VCurve.MISLEADING.get(5);

    private static List<VCurve> all() {
        return Stream.concat(VCurve.USUAL.stream(), VCurve.MISLEADING.stream()).toList();
    }

    private static void assertWithinBar(double slope, VCurve curve) {
        NumericalDerivative measured = curve.measured();
        assertTrue(Math.abs(measured.value() - slope) <= measured.bar(), curve.title() + ": " + measured);
        assertTrue(measured.bar() < 1e-4, curve.title() + ": " + measured);
    }

    @Test
    void theCheckerKeepsItsPromiseOnEveryCurve() {
        for (VCurve curve : all()) {
            if (List.of(FINE_STAIRS, FLOAT).contains(curve)) {
                assertTrue(Double.isNaN(curve.measured().value()), curve.title() + " moves in fine steps");
            } else {
                assertWithinBar(curve == SOLVER ? curve.tempting() : curve.exact(), curve);
            }
        }
    }

    @Test
    void theCurvesAreVs() {
        for (Quotient quotient : Quotient.values()) {
            double middle = SMOOTH.error(quotient, 1e-4);
            assertTrue(middle < SMOOTH.error(quotient, 0.3) && middle < SMOOTH.error(quotient, 1e-14));
        }
    }

    private static double bestStep(Quotient quotient) {
        return DoubleStream.iterate(1, step -> step > 1e-15, step -> step * 0.8)
                .boxed()
                .min(Comparator.comparingDouble(step -> SMOOTH.error(quotient, step)))
                .orElseThrow();
    }

    /** What the lessons say beside the counted figures. */
    @Test
    void theLessonsHold() {
        assertEquals(
                Quotient.values().length,
                Stream.of(Quotient.values())
                        .map(ExperimentsTest::bestStep)
                        .distinct()
                        .count());
        for (double step = 2e-5; step < 1; step *= 1.5) {
            for (Quotient quotient : Quotient.values()) {
                assertTrue(KINK.error(quotient, step) > 0.3, "beyond the kink with " + step);
            }
        }
        double period = 1e-6;
        for (int periods = 1; periods < 1000; periods *= 3) {
            double slope = Quotient.CENTRAL.of(WAVE.function(), WAVE.x(), periods * period);
            assertEquals(WAVE.tempting(), slope, 1e-8, "a step of " + periods + " periods");
            double stairs = Quotient.FORWARD.of(FINE_STAIRS.function(), FINE_STAIRS.x(), periods * period);
            assertEquals(FINE_STAIRS.tempting(), stairs, 1e-9, "a step of " + periods + " stairs");
        }
        assertEquals(STAIRS.tempting(), Quotient.FORWARD.of(STAIRS.function(), STAIRS.x(), 0.01), 1e-12);
        assertEquals(0, Quotient.FORWARD.of(STAIRS.function(), STAIRS.x(), 0.003));
        assertEquals(0.5 / Math.sqrt(2.3), SOLVER.exact());
        assertEquals(2 * SOLVER.exact(), SOLVER.tempting(), 1e-5);
        double root = SOLVER.function().applyAsDouble(SOLVER.x());
        assertEquals(Math.sqrt(2.3), root, 1e-5);
        assertEquals(BEND.tempting(), Quotient.CENTRAL.of(BEND.function(), BEND.x(), 1e-6), 1e-3);
        assertTrue(FLOAT.error(Quotient.CENTRAL, 1e-6) > 1e-3 && FLOAT.error(Quotient.FORWARD, 1e-6) > 1e-3);
        assertEquals(1, FLOAT.error(Quotient.CENTRAL, 1e-8));
    }

    /** Of the right slope and of the wrong one: how many fixed steps accept it, gradcheck, and the checker. */
    @ParameterizedTest
    @CsvSource({
        "0, 13, true, confirmed, 12, true, refuted",
        "1, 8, true, confirmed, 0, false, refuted",
        "2, 11, true, confirmed, 10, true, refuted",
        "3, 2, false, confirmed, 10, true, undecided",
        "4, 12, true, confirmed, 2, false, refuted",
        "5, 4, false, undecided, 10, true, undecided",
        "6, 2, false, undecided, 7, true, confirmed",
        "7, 0, false, undecided, 10, true, undecided",
        "8, 5, false, undecided, 2, false, undecided"
    })
    void everyRuleHasItsSay(
            int index, int right, boolean gradcheck, String checker, int wrong, boolean wrongly, String ofWrong) {
        VCurve curve = all().get(index);
        Claims claims = Claims.of(curve);
        assertEquals(right, claims.count(curve.exact()), curve.title());
        assertEquals(wrong, claims.count(curve.tempting()), curve.title());
        assertEquals(
                List.of(
                        List.of("gradcheck", gradcheck ? "accepted" : "refused", wrongly ? "accepted" : "refused"),
                        List.of("checker", checker, ofWrong)),
                claims.rows().subList(2, 4));
        assertEquals(
                Stream.of(checker, ofWrong)
                        .filter(word -> !word.equals("confirmed"))
                        .count(),
                claims.reasons().size());
    }

    @Test
    void theSentenceIsMadeOfTheFigures() {
        assertEquals(
                "Steps of whole periods never see a wave, which is called aliasing: of 14 fixed steps, 2 accept the right "
                        + "slope 0.92832 and 10 the wrong 0.30000; gradcheck accepts the wrong one only; the checker confirms "
                        + "the right one and leaves open the wrong one.",
                Claims.of(WAVE).sentence());
        VCurve other = new VCurve("", "A line", x -> 0.5 * x, 1, 0.5, 2);
        assertEquals(
                "A line: of 14 fixed steps, 14 accept the right slope 0.50000 and 0 the wrong 2.00000; gradcheck accepts the "
                        + "right one only; the checker confirms the right one and refutes the wrong one.",
                Claims.of(other).sentence());
        VCurve same = new VCurve("", "Two of a kind", x -> 0.5 * x, 1, 2, 2);
        assertTrue(Claims.of(same).sentence().endsWith("gradcheck accepts neither; the checker refutes both."));
    }

    @Test
    void aFixedStepAcceptsAsGradcheckDoes() {
        Claims claims = Claims.of(new VCurve("", "", x -> 2 * x, 0, 2, 3));
        assertTrue(
                claims.accepts(Quotient.CENTRAL, 0.25, 2.002009) && claims.accepts(Quotient.CENTRAL, 0.25, 1.997991));
        assertFalse(
                claims.accepts(Quotient.CENTRAL, 0.25, 2.002011) || claims.accepts(Quotient.CENTRAL, 0.25, 1.997989));
        assertFalse(claims.accepts(Quotient.CENTRAL, 0.25, Double.NaN));
        double odd = 1e-6;
        Claims atOneStep = Claims.of(new VCurve("", "", x -> Math.abs(x) == odd ? 3 * x : 2 * x, 0, 2, 3));
        assertTrue(atOneStep.gradcheckAccepts(3) && !atOneStep.gradcheckAccepts(2));
        assertEquals(
                List.of(
                        List.of("forward", "at 1e-2 to 1e-5, 1e-7 to 1e-8", "at 1e-6"),
                        List.of("central", "at 1e-2 to 1e-5, 1e-7 to 1e-8", "at 1e-6")),
                atOneStep.rows().subList(0, 2));
        assertEquals(
                "refused",
                Claims.of(new VCurve("", "", x -> x, 0, 1, 5)).rows().get(0).get(2));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, All 17 entries agree.",
        "NO_TANH, tanh",
        "NO_MEAN, division by 5 is missing",
        "FIRST_ROW, sum over all rows",
        "SIGN, wrong sign",
        "TWICE, The gradient of w1 is twice",
        "ZERO, The gradient of b2 is zero"
    })
    void theStudentsMistakesAreDiagnosed(Slip slip, String expected) {
        CheckReport report = Student.check(slip);
        assertEquals(slip == Slip.NONE, report.passed());
        assertEquals(slip != Slip.NONE, report.refuted());
        assertTrue(Student.verdict(report).contains(expected), Student.verdict(report));
    }

    @Test
    void anySubgradientIsConfirmedAtTheKinkAndNothingElse() {
        List<String> decisions = AtAKink.rows().stream().map(row -> row.get(1)).toList();
        assertEquals(List.of("confirmed", "confirmed", "confirmed", "refuted", "refuted", "confirmed"), decisions);
    }

    @Test
    void theCommandPrintsTablesAndWritesAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("experiments.html");
        StringWriter out = new StringWriter();
        int code = new CommandLine(new ExperimentsCommand())
                .setOut(new PrintWriter(out))
                .execute("--report", page.toString());
        assertEquals(0, code);
        String text = out.toString();
        for (VCurve curve : all()) {
            assertTrue(text.contains(curve.title() + System.lineSeparator() + curve.lesson() + ": of 14 fixed"), text);
        }
        assertTrue(text.contains("All 354 entries agree"), text);
        assertTrue(text.contains("All 3 directions agree"), text);
        String html = Files.readString(page);
        assertTrue(html.contains("\"usual\":[{\"title\":\"sin x at 1\",\"sentence\":\"In the smooth case"));
        assertTrue(html.contains("\"misleading\":[{\"title\":\"0.3·x + a wave"));
        assertTrue(html.contains("[\"gradcheck\",\"refused\",\"accepted\"]"));
        assertTrue(html.contains("in steps\",\"headings\""), "no figures of a slope that was not found");
        assertFalse(html.matches("(?s).*\\{\\{[\\w.]+}}.*"));
        assertFalse(html.contains("NaN,") || html.contains("Infinity,"), "numbers that JSON does not have");
    }
}
