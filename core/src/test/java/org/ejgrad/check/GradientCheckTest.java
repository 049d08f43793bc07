package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

class GradientCheckTest {
    @Test
    void theExampleOfThePackage() {
        Value w = Value.variable("w", new double[][] {{0.5, -1}, {2, 0.25}});
        Value x = Value.constant(new double[][] {{1, 2}, {3, -4}});
        Value loss = x.mult(w).relu().square().mean();

        CheckReport report = GradientCheck.of(loss).run();
        assertTrue(report.toString().startsWith("All 4 entries agree"), report.toString());
        report.requirePassed();

        GradientCheck.of(loss).directions(2).run().requirePassed();
        GradientCheck.ofFunction(v -> v[0] * v[1], new double[] {2, 3}, new double[] {3, 2})
                .run()
                .requirePassed();
    }

    @Test
    void aWrongRuleIsRefutedAtTheEntryThatIsWorst() {
        Operation cube = Operation.unary(
                "cube",
                x -> Operation.map(x, v -> v * v * v),
                Rule.rule("2·x² ⊙ dy", (x, y, dy) -> x.square().scale(2).elementMult(dy)));
        Value x = Value.variable("x", new double[][] {{1, 2, 3}});
        CheckReport report = GradientCheck.of(cube.apply(x).elementSum()).run();
        assertTrue(report.refuted(), report.toString());
        Verdict.Disagree disagree =
                assertInstanceOf(Verdict.Disagree.class, report.worst().verdict());
        assertEquals(2.0 / 3, disagree.ratio(), 1e-9);
    }

    @Test
    void aGradientIsCertifiedAtItsKink() {
        Value x = Value.variable("x", new double[][] {{0, 1e-9, -1e-7, 2}});
        CheckReport report = GradientCheck.of(x.relu().elementSum()).run();
        report.requirePassed();
        assertEquals(
                new Verdict.KinkIn(0, 1, Verdict.KinkIn.Choice.DOCUMENTED),
                report.entries().get(0).verdict());
        assertInstanceOf(Verdict.Agree.class, report.entries().get(1).verdict());
        assertInstanceOf(Verdict.Negligible.class, report.entries().get(2).verdict());
        assertEquals(
                List.of(new Kink("relu", 0, 0, 0)),
                report.kinks().stream().filter(k -> k.distance() == 0).toList());
    }

    @Test
    void aProgramThatHidesADependenceIsRefuted() {
        Value x = Value.variable("x", new double[][] {{1, 2}});
        CheckReport report = GradientCheck.of(
                        List.of(x),
                        v -> v.get(0).elementMult(v.get(0).detached()).elementSum())
                .run();
        assertFalse(report.passed());
        assertEquals(0.5, ((Verdict.Disagree) report.worst().verdict()).ratio(), 1e-9);
        assertEquals(1, report.notes().size());
    }

    private static double logistic(double[] v) {
        return Math.log(1 + Math.exp(v[0] + 2 * v[1])) + Math.log(1 + Math.exp(-v[0] + v[1])) - v[0] - 0.5 * v[1];
    }

    private static double[] slopes(double[] v, double targets) {
        double a = 1 / (1 + Math.exp(-v[0] - 2 * v[1]));
        double b = 1 / (1 + Math.exp(v[0] - v[1]));
        return new double[] {a - b - targets, 2 * a + b - targets / 2};
    }

    private static CheckReport logistic(UnaryOperator<double[]> claim) {
        return GradientCheck.ofFunction(GradientCheckTest::logistic, new double[] {0.3, -0.4}, claim)
                .run();
    }

    @Test
    void aClaimThatIsAFunctionIsAskedForElsewhereOnlyIfItIsWrong() {
        AtomicInteger calls = new AtomicInteger();
        logistic(v -> slopes(v, 1 + 0 * calls.incrementAndGet())).requirePassed();
        assertEquals(1, calls.get());
        Diagnosis wrong = logistic(v -> slopes(v, 3)).diagnosis().orElseThrow();
        assertEquals(Mistake.LINEAR_TERM, wrong.mistake(), wrong.toString());
    }

    @Test
    void aClaimThatFailsElsewhereIsJudgedByWhatIsKnown() {
        AtomicInteger calls = new AtomicInteger();
        CheckReport failing = logistic(v -> {
            if (calls.incrementAndGet() > 1) {
                throw new IllegalStateException("only once");
            }
            return slopes(v, 3);
        });
        assertTrue(failing.refuted());
        assertEquals(Mistake.UNKNOWN, failing.diagnosis().orElseThrow().mistake());
        assertEquals(2, calls.get());
        CheckReport changing = logistic(v -> slopes(v, 2 + calls.incrementAndGet()));
        assertEquals(Mistake.UNKNOWN, changing.diagnosis().orElseThrow().mistake());
        CheckReport shorter = logistic(v -> calls.incrementAndGet() > 5 ? new double[1] : slopes(v, 3));
        assertEquals(Mistake.UNKNOWN, shorter.diagnosis().orElseThrow().mistake());
    }

    @Test
    void oneMayNameTheParameters() {
        Value w = Value.variable("", new double[][] {{1, 2}});
        Value b = Value.variable("", 3);
        CheckReport report = GradientCheck.of(
                        Map.of("layer.weight", w), w.plus(b).tanh().elementSum())
                .run();
        assertEquals("layer.weight[0,0]", report.entries().get(0).place());
        assertEquals(2, report.entries().size());
    }
}
