package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/**
 * One run of a check: where it looks, which parameters it measures more closely, and what it hands to the diagnosis.
 */
class CheckRunTest {
    private static GradientCheck check(ToDoubleFunction<double[]> function, double[] x, double... claimed) {
        return GradientCheck.ofFunction(function, x, claimed);
    }

    /** Two rows of two, called a and b. */
    private static Map<String, Shape> twoRows() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("a", new Shape(1, 2));
        shapes.put("b", new Shape(1, 2));
        return shapes;
    }

    private static double squares(double... v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return sum;
    }

    @Test
    void aDirectionMovesEveryEntryByTheSamePowerOfTwo() {
        double[] sizes = {1, 1, 0.5, 0.5, 0.25, 0.125};
        int[] counts = {1, 7, 8, 127, 128, 4096};
        for (int n = 0; n < counts.length; n++) {
            double[] u = new double[counts[n] + 2];
            CheckRun.setSigns(3, 7, u, 1, counts[n] + 1);
            assertEquals(0, u[0]);
            assertEquals(0, u[counts[n] + 1]);
            for (int i = 1; i <= counts[n]; i++) {
                assertEquals(Randomness.bit(3, 7, i) ? sizes[n] : -sizes[n], u[i]);
            }
        }
    }

    /** The first direction for eight entries. */
    private static double[] eight() {
        double[] u = new double[8];
        CheckRun.setSigns(1, 1, u, 0, 8);
        return u;
    }

    private static CheckedEntry alongOne(ToDoubleFunction<double[]> function, double[] x, double... claimed) {
        return check(function, x, claimed).directions(1).run().entries().get(0);
    }

    @Test
    void theSlopeAlongADirectionIsTheSumOfItsParts() {
        double[] x = {1, 2, 3, 4, 5, 6, 7, 9};
        double slope = 0;
        for (int i = 0; i < 8; i++) {
            slope += 2 * x[i] * eight()[i];
        }
        CheckedEntry entry = alongOne(CheckRunTest::squares, x, 2, 4, 6, 8, 10, 12, 14, 18);
        assertEquals("direction 1", entry.place());
        assertEquals(slope, entry.claimed());
        assertEquals(slope, entry.numeric(), entry.bar());
    }

    @Test
    void aDirectionsScaleIsTheSumOfItsPartsWithoutSigns() {
        // The eight parts of ±2e6 · ½ · ½ cancel; the bar is compared with their sum, not with 0.
        double[] slopes = eight();
        for (int i = 0; i < 8; i++) {
            slopes[i] *= i < 4 ? 2e6 : -2e6;
        }
        ToDoubleFunction<double[]> linear = v -> {
            double sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += slopes[i] * v[i];
            }
            return sum;
        };
        CheckedEntry entry = alongOne(linear, new double[] {0.1, 0.2, 0.3, 0.7, 0.5, 0.6, 0.9, 0.4}, slopes);
        assertEquals(
                4e6, assertInstanceOf(Verdict.Negligible.class, entry.verdict()).scale());
    }

    @Test
    void onlyTheParameterWhoseDirectionIsRefutedIsMeasuredEntryByEntry() {
        double[] x = {1, 2, 3, 4};
        List<String> right = places(check(CheckRunTest::squares, x, 2, 4, 6, 9));
        assertEquals(List.of("direction 1", "b[0,0]", "b[0,1]"), right);
        List<String> left = places(check(CheckRunTest::squares, x, 2, 5, 6, 8));
        assertEquals(List.of("direction 1", "a[0,0]", "a[0,1]"), left);
        assertEquals(List.of("direction 1"), places(check(CheckRunTest::squares, x, 2, 4, 6, 8)));
    }

    private static List<String> places(GradientCheck check) {
        return check.shaped(twoRows()).directions(1).run().entries().stream()
                .map(CheckedEntry::place)
                .toList();
    }

    @Test
    void aParameterOfFiveThousandElementsIsSmall() {
        assertTrue(CheckRun.isSmall(new Shape(50, 100)));
        assertFalse(CheckRun.isSmall(new Shape(1, 5001)));
    }

    @Test
    void anEntryThatPassesCountsAsRightInTheDiagnosis() {
        CheckReport both =
                check(CheckRunTest::squares, new double[] {1, 2}, 4, 8).run();
        assertEquals(Mistake.TWICE, both.diagnosis().orElseThrow().mistake());
        CheckReport one =
                check(CheckRunTest::squares, new double[] {1, 2}, 2, 8).run();
        assertFalse(one.diagnosis().orElseThrow().mistake() == Mistake.TWICE, one.toString());
    }

    @Test
    void outsideAKinkTheDocumentedSlopeIsTheTruthForTheDiagnosis() {
        Value x = Value.variable("x", 0);
        CheckReport report = Wrong.claiming(x.relu().plus(x.scale(3)), x, 6);
        assertEquals(new Verdict.KinkOut(3, 4), report.worst().verdict());
        assertEquals(Mistake.TWICE, report.diagnosis().orElseThrow().mistake());
    }

    @Test
    void aDirectionCanCrossAKink() {
        Value x = Value.variable("x", new double[][] {{1, 0, 2}});
        CheckReport report =
                GradientCheck.of(x.relu().elementSum()).directions(1).run();
        Verdict.KinkIn verdict =
                assertInstanceOf(Verdict.KinkIn.class, report.worst().verdict());
        assertEquals(1, Math.abs(verdict.right() - verdict.left()), 1e-12);
    }

    @Test
    void theDiagnosisAllowsForTheBars() {
        CheckReport report = check(v -> (float) (v[0] * v[0] + v[0] * v[0] * v[0]), new double[] {1.3}, 2 * 7.67)
                .run();
        CheckedEntry entry = report.entries().get(0);
        assertTrue(Math.abs(entry.numeric() - 7.67) > 1e-7 * 7.67, "measured too well for this test: " + entry);
        assertEquals(Mistake.TWICE, report.diagnosis().orElseThrow().mistake(), report.toString());
    }

    @Test
    void aKinkInOneArgumentIsNoNoiseForTheOthers() {
        CheckReport report = check(v -> Math.abs(v[0]) + v[1] * v[1] + 3 * v[2], new double[] {0, 0.5, 2}, 0, 1, 3)
                .run();
        assertEquals(
                List.of("kink-in", "agree", "agree"),
                report.entries().stream().map(entry -> entry.verdict().name()).toList());
    }

    @Test
    void aValueIsNoisyAboveSixteenRoundingErrors() {
        assertFalse(SlopeCheck.isNoisy(32 * Noise.UNIT, -2));
        assertTrue(SlopeCheck.isNoisy(Math.nextUp(32 * Noise.UNIT), -2));
    }

    @Test
    void aRightGradientHasNoDiagnosis() {
        assertTrue(check(CheckRunTest::squares, new double[] {1, 2}, 2, 4)
                .run()
                .diagnosis()
                .isEmpty());
    }

    @Test
    void theScaleIsTheLargestSlopeThatWasMeasured() {
        CheckReport report = check(v -> v[0] * v[0] + 4e5 * v[1] + 1000 * v[2], new double[] {0, 2, 1}, 0, 4e5, 1000)
                .run();
        Verdict first = report.entries().get(0).verdict();
        assertEquals(4e5, assertInstanceOf(Verdict.Negligible.class, first).scale(), 1e-6);
    }

    @Test
    void onlyTheArgumentAtTheKinkIsMeasuredOnBothSides() {
        Value x = Value.variable("x", 0);
        Value y = Value.variable("y", 3);
        long smooth = GradientCheck.of(y.square()).run().evaluations();
        long kinked = GradientCheck.of(x.relu()).run().evaluations();

        Map<String, Value> order = new LinkedHashMap<>();
        order.put("x", x);
        order.put("y", y);
        CheckReport ordered = GradientCheck.of(order, x.relu().plus(y.square())).run();
        assertEquals("kink-in", ordered.entries().get(0).verdict().name());
        assertEquals("agree", ordered.entries().get(1).verdict().name());
        assertTrue(
                ordered.evaluations() < kinked + 2 * smooth,
                ordered.evaluations() + " evaluations, alone " + kinked + " and " + smooth);
    }
}
