package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** How graphs and programs are prepared for the measurement. */
class GraphCheckTest {
    private static final Value X = Value.variable("x", new double[][] {{0.5, -1, 2}});

    private static List<String> places(CheckReport report) {
        return report.entries().stream().map(CheckedEntry::place).toList();
    }

    private static String refusal(Runnable check) {
        return assertThrows(IllegalArgumentException.class, check::run).getMessage();
    }

    @Test
    void aProgramIsRunAgainAtItsPointAndAtSevenDistancesOnBothSides() {
        List<double[]> points = new ArrayList<>();
        CheckReport report = GradientCheck.of(List.of(X), v -> {
                    points.add(Matrices.elements(v.get(0)));
                    return v.get(0).square().elementSum();
                })
                .seed(5)
                .run();
        assertTrue(report.passed(), report.toString());
        assertEquals(List.of(), report.notes());
        double[] x = Matrices.elements(X);
        double[] away = Matrices.random(3, 5, 7);
        double[] distances = {0, 0x1p-3, -0x1.5p-4, 0x1.3p-11, -0x1.7p-12, 0x1p-19, -0x1p-20, -0x1p-27};
        assertEquals(1 + distances.length, points.size());
        assertArrayEquals(x, points.get(0));
        for (int run = 0; run < distances.length; run++) {
            double distance = distances[run];
            double[] beside = new double[3];
            Arrays.setAll(beside, i -> x[i] + distance * away[i]);
            assertArrayEquals(beside, points.get(run + 1));
        }
    }

    /** Moved, a variable moves wherever it is used, and its gradient may be claimed under each of its names. */
    @Test
    void aVariableIsCheckedOnceUnderAllItsNames() {
        Value named = X.labelled("y").traced();
        Value loss = X.square().plus(named.elementMult(X)).plus(named).elementSum();
        CheckReport report = GradientCheck.of(loss).run();
        assertTrue(report.passed(), report.toString());
        assertEquals(List.of("x[0,0]", "x[0,1]", "x[0,2]"), places(report));
        assertTrue(GradientCheck.of(Map.of("z", named), loss).run().passed());
        SimpleMatrix right = X.scale(4).plus(1).matrix();
        GradientCheck claims = GradientCheck.of(loss);
        assertTrue(claims.against(Map.of(named, right)).run().passed());
        assertFalse(claims.against(Map.of(named, right.scale(2))).run().passed());
    }

    @Test
    void aProgramThatLeavesItsGraphIsCheckedFromItsValues() {
        CheckReport report = GradientCheck.of(List.of(X), v -> {
                    Value x = v.get(0);
                    return x.get(0, 0) != 0.5
                            ? x.scale(2).elementSum()
                            : x.square().elementSum();
                })
                .run();
        assertEquals(1, report.notes().size());
        assertTrue(
                report.notes().get(0).startsWith("Run at other values, the program"),
                report.notes().get(0));
        assertTrue(report.kinks().isEmpty());
    }

    @Test
    void aProgramMayGiveNegativeZero() {
        Value zero = Value.variable("zero", -0.0);
        CheckReport report =
                GradientCheck.of(List.of(zero), v -> v.get(0).scale(3)).run();
        assertEquals(List.of(), report.notes());
        assertTrue(report.passed(), report.toString());
    }

    @Test
    void aClaimedGradientIsCopied() {
        SimpleMatrix claimed = new SimpleMatrix(new double[][] {{1, -2, 4}});
        GradientCheck check = GradientCheck.of(X.square().elementSum()).against(Map.of(X, claimed));
        claimed.set(0, 7);
        assertTrue(check.run().passed());
    }

    @Test
    void aProgramAndItsGraphMayRefuseTogether() {
        Operation strict = Operation.unary(
                "strict",
                m -> {
                    if (m.data[0] > 0.51 || m.data[0] < 0.49) {
                        throw new ArithmeticException("too far");
                    }
                    return m.copy();
                },
                Rule.rule("dy", (x, y, dy) -> dy));
        CheckReport report = GradientCheck.of(
                        List.of(X), v -> strict.apply(v.get(0)).elementSum())
                .run();
        assertEquals(List.of(), report.notes());
        assertTrue(report.passed(), report.toString());
    }

    @Test
    void aValueThatIsNotANumberEndsTheCheck() {
        Value loss = X.sqrt().elementSum();
        CheckReport report = GradientCheck.of(loss).run();
        assertEquals(new Verdict.NonFinite("the value is NaN"), report.worst().verdict());
        assertEquals(1, report.entries().size());
        assertTrue(report.diagnosis().isEmpty());
    }

    @Test
    void aReplayMayDifferByEightUnitsInTheLastPlace() {
        assertTrue(GradientCheck.of(replayedOff(8)).run().passed());
        CheckReport report = GradientCheck.of(replayedOff(9)).run();
        assertEquals(
                new Verdict.Inconsistent(
                        "off: replayed with the decisions it would take itself, it gives another" + " result"),
                report.worst().verdict());
        assertEquals("everything", report.worst().place());
        assertEquals(1, report.evaluations());
    }

    /** The sum of three elements, the largest 3, which a replay computes too large by some units of 2⁻⁵¹. */
    private static Value replayedOff(int units) {
        return Operation.unary("off", m -> m.copy(), Rule.rule("dy", (x, y, dy) -> dy))
                .piecewise(m -> Operation.map(m[0], v -> 0), (d, m) -> Operation.map(m[0], v -> v + units * 0x1p-51))
                .apply(Value.variable("x", new double[][] {{0.5, -1, 3}}))
                .elementSum();
    }

    @Test
    void aValueThatIsNotAScalarIsWeightedAtRandom() {
        CheckReport report = GradientCheck.of(X.scale(3)).seed(4).run();
        double[] weights = Matrices.random(3, 4, 3);
        for (int i = 0; i < 3; i++) {
            assertEquals(3 * weights[i], report.entries().get(i).claimed());
        }
        assertTrue(report.passed(), report.toString());
    }

    @Test
    void parametersThatTheValueDoesNotReachHaveNoGradient() {
        Map<String, Value> parameters = new LinkedHashMap<>();
        parameters.put("unused", Value.variable("u", 3));
        parameters.put("x", X);
        CheckReport report =
                GradientCheck.of(parameters, X.square().elementSum()).run();
        assertTrue(report.passed(), report.toString());
        assertEquals(List.of("unused[0,0]", "x[0,0]", "x[0,1]", "x[0,2]"), places(report));
        assertEquals(0, report.entries().get(0).claimed());
        assertEquals(-2, report.entries().get(2).claimed());
    }

    @Test
    void variablesOfOneNameAreNumbered() {
        Value a = Value.variable("w", 1);
        Value b = Value.variable("w", 2);
        Value c = Value.variable("w", 3);
        Value d = Value.variable("", 4);
        CheckReport report = GradientCheck.of(
                        List.of(a, b, c, d),
                        v -> v.get(0)
                                .elementMult(v.get(1))
                                .elementMult(v.get(2))
                                .elementMult(v.get(3)))
                .run();
        assertEquals(List.of("w[0,0]", "w#2[0,0]", "w#3[0,0]", "variable[0,0]"), places(report));
    }

    @Test
    void onlyVariablesCanBeChecked() {
        Value constant = Value.constant(1);
        String expected = "GradientCheck.of: the 1x3 value made by square is not a variable; expected Value.variable";
        assertEquals(expected, refusal(() -> GradientCheck.of(Map.of("y", X.square()), X.elementSum())));
        assertEquals(
                expected,
                refusal(() ->
                        GradientCheck.of(List.of(X.square()), v -> v.get(0).elementSum())));
        assertEquals(
                "GradientCheck.of: the 1x1 value is a constant; expected one that depends on a Value.variable",
                refusal(() -> GradientCheck.of(constant)));
        assertEquals(
                "GradientCheck.of: the 1x1 value is a constant; expected one that depends on the parameters",
                refusal(() -> GradientCheck.of(Map.of("x", X), constant)));
    }

    @Test
    void claimedGradientsMustFitTheirVariables() {
        GradientCheck check = GradientCheck.of(X.square().elementSum());
        assertEquals(
                "against: the claimed gradient of x is 3x1; expected its shape, 1x3",
                refusal(() -> check.against(Map.of(X, new SimpleMatrix(3, 1)))));
        assertEquals(
                "against: none of the claimed gradients belongs to a variable of this check",
                refusal(() -> check.against(Map.of(Value.variable("y", 1), new SimpleMatrix(1, 1)))));
        assertEquals(
                "shaped: the variables of a graph have shapes; expected a foreign function",
                refusal(() -> check.shaped(Map.of())));
    }

    private static final GradientCheck.Progress SILENT = (done, total) -> {};

    @Test
    void settingsReachTheRun() {
        GradientCheck check = GradientCheck.of(X.square().elementSum());
        assertEquals(
                List.of("direction 1", "direction 2"),
                places(check.directions(2).tolerance(1e-6).seed(3).run()));
        assertEquals(
                new GradientCheck.Settings(2, Integer.MAX_VALUE, 1e-7, true, 3, 4, SILENT),
                GradientCheck.Settings.STANDARD
                        .withThreads(4)
                        .withProgress(SILENT)
                        .withDirections(2)
                        .withTolerance(1e-7)
                        .withAnySubgradient()
                        .withSeed(3));
        assertEquals(
                new GradientCheck.Settings(0, 9, 1e-6, true, 3, 4, SILENT),
                GradientCheck.Settings.STANDARD
                        .withSeed(3)
                        .withAnySubgradient()
                        .withDirections(2)
                        .withEntries(9)
                        .withProgress(SILENT)
                        .withThreads(4));
        assertEquals(
                new GradientCheck.Settings(5, 9, 1e-6, false, 1, 4, SILENT),
                GradientCheck.Settings.STANDARD
                        .withThreads(4)
                        .withEntries(9)
                        .withProgress(SILENT)
                        .withDirections(5));
        assertEquals("entries: 0 entries; expected at least 1", refusal(() -> check.entries(0)));
        assertEquals(1, check.entries(1).run().entries().size());
        assertEquals(3, check.entries(3).run().entries().size());
        assertEquals(3, check.entries(4).run().entries().size());
        assertEquals("directions: 0 directions; expected 1 to 10000", refusal(() -> check.directions(0)));
        assertEquals("threads: 0 threads; expected 1 to 1000", refusal(() -> check.threads(0)));
        assertEquals("threads: 1001 threads; expected 1 to 1000", refusal(() -> check.threads(1001)));
        for (double tolerance : new double[] {0, 1, -1, 2, Double.NaN}) {
            assertEquals(
                    "tolerance: " + tolerance + "; expected a number between 0 and 1",
                    refusal(() -> check.tolerance(tolerance)));
        }
        assertEquals(3, check.tolerance(Double.MIN_VALUE).run().entries().size());
        GradientCheck noisy = GradientCheck.ofFunction(v -> 1e13 + v[0], new double[] {0}, new double[] {1});
        assertEquals("cannot-tell", noisy.run().worst().verdict().name());
        assertEquals("agree", noisy.tolerance(0.5).run().worst().verdict().name());
    }
}
