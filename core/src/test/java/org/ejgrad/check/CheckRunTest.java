package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
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
    void aDirectionMovesEveryEntryByAnAmountOfFewBits() {
        double[] sizes = {1, 1, 0.5, 0.5, 0.25, 0.125};
        int[] counts = {1, 7, 8, 127, 128, 4096};
        for (int n = 0; n < counts.length; n++) {
            double[] u = new double[counts[n] + 2];
            CheckRun.setAmounts(3, 7, u, 1, counts[n] + 1);
            assertEquals(0, u[0]);
            assertEquals(0, u[counts[n] + 1]);
            for (int i = 1; i <= counts[n]; i++) {
                double part = Math.abs(u[i]) / sizes[n] * 2048;
                assertEquals(Randomness.bit(3, 7, i), u[i] > 0);
                assertTrue(part >= 1025 && part <= 2047 && part % 2 == 1, part + " of 2048");
            }
        }
    }

    @Test
    void aDirectionUsesEveryAmountOnceBeforeOneComesAgain() {
        for (int seed = 0; seed < 20; seed++) {
            double[] u = new double[1200];
            CheckRun.setAmounts(seed, 7, u, 3, 1100);
            for (int block = 3; block + 512 < 1100; block += 512) {
                assertEquals(
                        512,
                        Arrays.stream(u, block, block + 512)
                                .map(Math::abs)
                                .distinct()
                                .count());
            }
        }
    }

    /** The first direction for eight entries. */
    private static double[] eight() {
        double[] u = new double[8];
        CheckRun.setAmounts(1, 1, u, 0, 8);
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
        // The eight parts of ±5e5 cancel; the bar is compared with their sum, not with 0.
        double[] slopes = new double[8];
        for (int i = 0; i < 8; i++) {
            slopes[i] = (i < 4 ? 5e5 : -5e5) / eight()[i];
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
                4e6, assertInstanceOf(Verdict.Negligible.class, entry.verdict()).scale(), 1e-6);
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

    /** How many entries of a parameter of this size are measured after its direction was refuted. */
    private static int measuredOf(int size) {
        Value x = Value.variable("x", new DMatrixRMaj(1, size));
        Value loss = x.plus(1).square().elementSum();
        CheckReport report = GradientCheck.of(loss)
                .against(Map.of(x, SimpleMatrix.filled(1, size, 3)))
                .directions(1)
                .run();
        assertTrue(report.refuted());
        return report.entries().size() - 1;
    }

    @Test
    void ofAParameterOfMoreThanFiveThousandElementsASampleIsMeasured() {
        assertEquals(5000, measuredOf(5000));
        int sample = measuredOf(5001);
        assertTrue(sample == 300 || sample == 301, sample + " entries");
    }

    @Test
    void oneWrongElementIsFoundByHalving() {
        for (int wrong : new int[] {0, 2500, 6000}) {
            Value x = Value.variable("x", new DMatrixRMaj(1, 6001));
            DMatrixRMaj claimed = new DMatrixRMaj(1, 6001);
            Arrays.fill(claimed.data, 2);
            claimed.data[wrong] = 2.5;
            CheckReport report = GradientCheck.of(x.plus(1).square().elementSum())
                    .against(Map.of(x, SimpleMatrix.wrap(claimed)))
                    .directions(1)
                    .run();
            assertEquals(
                    List.of("direction 1", "x[0," + wrong + "]"),
                    report.entries().stream()
                            .filter(entry -> entry.verdict().refutes())
                            .map(CheckedEntry::place)
                            .toList());
        }
    }

    @Test
    void aSampleIsOfDifferentEntriesInTheirOrder() {
        double[] ones = new double[40];
        Arrays.fill(ones, 1);
        for (int count : new int[] {1, 2, 20, 39, 40, 41}) {
            List<Integer> columns = sampled(ones, count, 1);
            assertEquals(Math.min(count, 40), columns.size());
            assertEquals(columns.stream().distinct().sorted().toList(), columns);
            assertTrue(columns.get(0) >= 0 && columns.get(columns.size() - 1) < 40);
        }
        assertEquals(sampled(ones, 20, 1), sampled(ones, 20, 1));
        assertTrue(!sampled(ones, 20, 1).equals(sampled(ones, 20, 2)), "the seed chooses");
        Set<Integer> all = new TreeSet<>();
        for (int seed = 0; seed < 200; seed++) {
            all.addAll(sampled(ones, 2, seed));
        }
        assertEquals(40, all.size(), "any entry can be chosen");
    }

    private static List<Integer> sampled(double[] ones, int count, long seed) {
        ToDoubleFunction<double[]> sum = v -> Arrays.stream(v).sum();
        return check(sum, ones, ones).entries(count).seed(seed).run().entries().stream()
                .map(entry -> ((Place.Entry) entry.at()).column())
                .toList();
    }

    @Test
    void aDirectionThatLeavesSeveralKinksTellsNothing() {
        // Two kinks that are crossed at once, one up and one down: together they leave no slope 0, each alone does.
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("a", Shape.SCALAR);
        shapes.put("b", Shape.SCALAR);
        GradientCheck kinks = check(v -> Math.max(v[0], 0) - Math.max(v[1], 0), new double[2], 0, 0)
                .shaped(shapes)
                .directions(1);
        int opposite = 0;
        for (int seed = 1; seed <= 10; seed++) {
            if (Randomness.bit(seed, 1, 0) != Randomness.bit(seed, 1, 1)) {
                opposite++;
                assertEquals(
                        List.of("direction 1"),
                        kinks.seed(seed).run().entries().stream()
                                .map(CheckedEntry::place)
                                .toList());
            }
        }
        assertTrue(opposite > 0);
    }

    @Test
    void aDirectionThroughAKinkWhoseChoiceIsUnknownTellsNothing() {
        ToDoubleFunction<double[]> function = v -> Math.max(v[0], 0) + v[1] * v[1];
        for (double choice : new double[] {0, 0.3, 1}) {
            GradientCheck check = check(function, new double[] {0, 2}, choice, 4);
            CheckReport along = check.directions(1).run();
            assertFalse(along.passed() || along.refuted(), along.toString());
            String detail = along.worst().verdict().detail();
            assertTrue(detail.startsWith("the direction leaves one or more kinks, slopes "), detail);
            assertTrue(detail.endsWith("; check every entry, or at a point away from kinks"), detail);
            assertTrue(check.run().passed(), "each entry by itself is judged");
        }
        // Along the direction alone, this wrong gradient lies between the slopes on both sides.
        assertFalse(check(function, new double[] {0, 2}, 0.5, 4.1)
                .directions(1)
                .run()
                .passed());
    }

    @Test
    void aParameterMeasuredInPartIsUnknownForTheRest() {
        double[] x = new double[40];
        double[] claimed = new double[40];
        Arrays.setAll(x, i -> i + 1);
        Arrays.setAll(claimed, i -> 4 * (i + 1));
        CheckReport report =
                check(CheckRunTest::squares, x, claimed).entries(15).run();
        assertEquals(15, report.entries().size());
        assertEquals(List.of("A sample: 15 of 40 entries; the others are not judged."), report.notes());
        assertEquals(Mistake.TWICE, report.diagnosis().orElseThrow().mistake(), report.toString());
    }

    @Test
    void withoutEntriesThereIsNothingToCheck() {
        assertEquals(
                "GradientCheck.run: all parameters are empty; expected an entry to check",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> check(v -> 3, new double[0]).run())
                        .getMessage());
    }

    @Test
    void aDoubtfulEntryIsShownWithABarThatReachesToItsClaim() {
        CheckReport report = check(v -> v[0] + Math.sin(8 * Math.PI * v[0]), new double[] {2024.3}, 1)
                .run();
        CheckedEntry entry = report.worst();
        assertEquals("cannot-tell", entry.verdict().name());
        assertTrue(entry.bar() >= Math.abs(entry.numeric() - 1) * (1 - 1e-9), entry.toString());
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
        double[] u = new double[3];
        CheckRun.setAmounts(1, 1, u, 0, 3);
        assertEquals(Math.abs(u[1]), Math.abs(verdict.right() - verdict.left()), 1e-12);
    }

    @Test
    void theDiagnosisAllowsForTheBars() {
        CheckReport report = check(
                        v -> v[0] * v[0] + v[0] * v[0] * v[0] + 1e-6 * Math.sin(1e15 * v[0]),
                        new double[] {1.3},
                        2 * 7.67)
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
        Value loss = x.relu().plus(y.square());
        Map<String, Value> order = new LinkedHashMap<>();
        order.put("x", x);
        order.put("y", y);
        CheckReport ordered = GradientCheck.of(order, loss).run();
        assertEquals("kink-in", ordered.entries().get(0).verdict().name());
        assertEquals("agree", ordered.entries().get(1).verdict().name());
        long alone = GradientCheck.of(Map.of("x", x), loss).run().evaluations()
                + GradientCheck.of(Map.of("y", y), loss).run().evaluations();
        assertTrue(ordered.evaluations() <= alone, ordered.evaluations() + " evaluations, alone " + alone);
    }
}
