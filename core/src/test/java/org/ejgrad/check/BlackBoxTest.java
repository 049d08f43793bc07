package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Every verdict on functions of which only values are known. */
class BlackBoxTest {
    private static CheckReport report(DoubleUnaryOperator f, double x, double claimed) {
        return GradientCheck.ofFunction(v -> f.applyAsDouble(v[0]), new double[] {x}, new double[] {claimed})
                .run();
    }

    private static Verdict verdict(DoubleUnaryOperator f, double x, double claimed) {
        return report(f, x, claimed).worst().verdict();
    }

    @Test
    void atAKink() {
        assertEquals(new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.FREE), verdict(Math::abs, 0, 0));
        assertEquals(new Verdict.KinkIn(-1, 1, Verdict.KinkIn.Choice.FREE), verdict(Math::abs, 0, 0.7));
        assertEquals(new Verdict.KinkOut(-1, 1), verdict(Math::abs, 0, 1.1));
        Verdict bent = verdict(t -> Math.exp(t) + Math.max(t, 0), 0, 3);
        Verdict.KinkOut out = assertInstanceOf(Verdict.KinkOut.class, bent);
        assertEquals(1, out.left(), 1e-9);
        assertEquals(2, out.right(), 1e-9);
    }

    @Test
    void atAnEdgeOfTheDomain() {
        Verdict.Edge edge = assertInstanceOf(Verdict.Edge.class, verdict(t -> t < 0 ? Double.NaN : t * t, 0, 0));
        assertEquals(Side.RIGHT, edge.side());
        assertTrue(edge.agrees());
        Verdict.Edge slope = assertInstanceOf(Verdict.Edge.class, verdict(t -> t < 0 ? Double.NaN : Math.exp(t), 0, 1));
        assertEquals(1, slope.slope(), slope.bar());
        assertFalse(verdict(t -> t < 0 ? Double.NaN : Math.exp(t), 0, 1.01).passes());
        Verdict left = verdict(
                t -> {
                    if (t > 2) {
                        throw new IllegalArgumentException("beyond 2");
                    }
                    return t * t;
                },
                2,
                4);
        assertEquals(Side.LEFT, assertInstanceOf(Verdict.Edge.class, left).side());
    }

    @Test
    void nearAnEdgeSmallerStepsAreTaken() {
        assertInstanceOf(Verdict.Agree.class, verdict(Math::log, 1e-8, 1e8));
        assertInstanceOf(Verdict.Agree.class, verdict(Math::sqrt, 1e-6, 500));
    }

    @Test
    void whereThereIsNoSlope() {
        assertInstanceOf(Verdict.Singular.class, verdict(Math::sqrt, 0, Double.POSITIVE_INFINITY));
        assertInstanceOf(Verdict.Singular.class, verdict(t -> Math.sqrt(Math.abs(t)), 0, 0));
        assertInstanceOf(Verdict.Singular.class, verdict(t -> Math.cbrt(Math.abs(t)), 0, 0));
        for (double claimed : new double[] {0, 1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertFalse(report(Math::cbrt, 0, claimed).passed());
            assertFalse(report(t -> t < 0 ? 0 : 1, 0, claimed).passed());
        }
        assertTrue(report(Math::cbrt, 0, Double.NEGATIVE_INFINITY).refuted());
        assertTrue(report(t -> t < 0 ? 0 : 1, 0, Double.POSITIVE_INFINITY).refuted());
    }

    @Test
    void whereAFigureIsNotFinite() {
        assertInstanceOf(Verdict.NonFinite.class, verdict(Math::sin, 1, Double.NaN));
        assertInstanceOf(Verdict.NonFinite.class, verdict(Math::sin, 1, Double.POSITIVE_INFINITY));
        assertInstanceOf(Verdict.NonFinite.class, verdict(Math::log, -1, 1));
    }

    @Test
    void whereNoDifferencesCanTell() {
        Verdict.CannotTell drowned =
                assertInstanceOf(Verdict.CannotTell.class, verdict(t -> 1e8 + Math.sin(t), 1, Math.cos(1)));
        assertTrue(drowned.advice().contains("large constant part"), drowned.advice());
        CheckReport report = report(t -> 1e8 + Math.sin(t), 1, Math.cos(1));
        assertFalse(report.passed());
        assertFalse(report.refuted());
    }

    @Test
    void tinyAndExactZeroGradients() {
        assertInstanceOf(Verdict.Agree.class, verdict(t -> 1e-6 * Math.sin(t), 1, 1e-6 * Math.cos(1)));
        assertInstanceOf(Verdict.Disagree.class, verdict(t -> 1e-6 * Math.sin(t), 1, 0));
        assertInstanceOf(Verdict.Negligible.class, verdict(Math::cos, 0, 0));
        assertInstanceOf(Verdict.Negligible.class, verdict(t -> 3, 0.7, 0));
        assertInstanceOf(Verdict.Disagree.class, verdict(Math::cos, 0, 1e-9));
    }

    @Test
    void wavesBetweenTheStepsAreNotOverlooked() {
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double x = 4 * Randomness.uniform(3, 50, i) - 2;
            for (double speed : new double[] {50, 1e4, 1024 * Math.PI}) {
                CheckReport right = report(t -> Math.sin(speed * t), x, speed * Math.cos(speed * x));
                if (right.refuted()) {
                    wrong.add("sin " + speed + "x: " + right.worst());
                }
                CheckReport zero = report(t -> Math.sin(speed * t), x, 0);
                if (zero.passed()) {
                    wrong.add("sin " + speed + "x: " + zero.worst());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    private record Case(String name, DoubleUnaryOperator f, DoubleUnaryOperator slope) {}

    @Test
    void smallErrorsAreNeverCertified() {
        List<Case> cases = new ArrayList<>(List.of(
                new Case("relu", t -> Math.max(t, 0), t -> t > 0 ? 1 : 0),
                new Case("abs + sin", t -> Math.abs(t) + Math.sin(t), t -> Math.signum(t) + Math.cos(t)),
                new Case("clamp", t -> Math.max(-1, Math.min(1, t)), t -> Math.abs(t) < 1 ? 1 : 0),
                new Case(
                        "huber",
                        t -> Math.abs(t) < 1 ? t * t / 2 : Math.abs(t) - 0.5,
                        t -> Math.max(-1, Math.min(1, t)))));
        for (int i = 0; i < 20; i++) {
            ErrorBarsTest.Smooth smooth = ErrorBarsTest.smooth(i);
            cases.add(new Case(smooth.name(), smooth.function(), smooth.derivative()));
        }
        int points = Campaign.cases(10, 200);
        int certified = 0;
        int injected = 0;
        int refuted = 0;
        int correct = 0;
        List<String> alarms = new ArrayList<>();
        for (Case one : cases) {
            for (int i = 0; i < points; i++) {
                double x = 0.05 + 1.8 * Randomness.uniform(4, 60, i);
                double exact = one.slope.applyAsDouble(x);
                CheckReport right = report(one.f, x, exact);
                correct++;
                if (right.refuted()) {
                    refuted++;
                    alarms.add(one.name + " at " + x + ": " + right.worst());
                }
                for (double error : new double[] {1e-4, 1e-6, 1e-8}) {
                    if (exact != 0) {
                        injected++;
                        certified += report(one.f, x, exact * (1 + error)).passed() ? 1 : 0;
                    }
                }
            }
        }
        Campaign.print(
                "black box: %d wrong slopes, %d certified; %d right slopes, %d refuted %s",
                injected, certified, correct, refuted, alarms);
        assertEquals(0, certified);
        assertTrue(refuted <= 0.001 * correct, alarms.toString());
    }
}
