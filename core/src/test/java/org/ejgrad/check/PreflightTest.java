package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.ejgrad.Gradients;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** What is wrong with a graph before any difference is taken, and where to look when a direction is refuted. */
class PreflightTest {
    private static final Rule PASS = Rule.rule("dy", (x, y, dy) -> dy);

    private static Value x() {
        return Value.variable("x", new double[][] {{0.5, -1, 2}});
    }

    private static Verdict verdict(Operation operation) {
        return GradientCheck.of(operation.apply(x()).elementSum()).run().worst().verdict();
    }

    @Test
    void anOperationThatForgetsIsNonDeterministic() {
        AtomicInteger calls = new AtomicInteger();
        Operation drifting = Operation.unary("drifting", m -> Operation.map(m, v -> v + calls.incrementAndGet()), PASS);
        Verdict.NonDeterministic verdict = assertInstanceOf(Verdict.NonDeterministic.class, verdict(drifting));
        assertTrue(verdict.detail().contains("drifting"), verdict.detail());
    }

    @Test
    void anOperationThatWritesToItsInputIsNamed() {
        AtomicInteger calls = new AtomicInteger();
        Operation writing = Trusted.unary(
                "writing",
                m -> {
                    DMatrixRMaj result = m.copy();
                    if (calls.incrementAndGet() > 1) {
                        m.data[0] = 7;
                    }
                    return result;
                },
                PASS);
        Verdict.InputMutated verdict = assertInstanceOf(Verdict.InputMutated.class, verdict(writing));
        assertEquals("writing changed its input 0", verdict.detail());
    }

    @Test
    void aReplayThatDiffersFromItsOperationIsNamed() {
        Operation wrong = Operation.unary("gate", m -> Operation.map(m, v -> Math.max(v, 0)), PASS)
                .piecewise(m -> Operation.map(m[0], v -> v > 0 ? 1 : 0), (d, m) -> m[0].copy());
        Verdict.Inconsistent verdict = assertInstanceOf(Verdict.Inconsistent.class, verdict(wrong));
        assertTrue(verdict.detail().contains("replayed"), verdict.detail());
        Operation hiding = Operation.unary("hiding", m -> Operation.map(m, v -> v * v), PASS)
                .piecewise(m -> Operation.map(m[0], v -> 0), (d, m) -> {
                    DMatrixRMaj tangent = m[0].copy();
                    double[] at = {0.5, -1, 2};
                    for (int i = 0; i < at.length; i++) {
                        tangent.data[i] = at[i] * at[i] + (m[0].data[i] - at[i]);
                    }
                    return tangent;
                });
        Verdict.Inconsistent hidden = assertInstanceOf(Verdict.Inconsistent.class, verdict(hiding));
        assertTrue(hidden.detail().startsWith("hiding: "), hidden.detail());
    }

    @Test
    void aProgramThatIsNotAFunctionIsNonDeterministic() {
        AtomicInteger runs = new AtomicInteger();
        CheckReport report = GradientCheck.of(
                        List.of(x()),
                        v -> v.get(0).scale(runs.incrementAndGet()).elementSum())
                .run();
        assertInstanceOf(Verdict.NonDeterministic.class, report.worst().verdict());
    }

    @Test
    void aRefutedDirectionLeadsToTheParameterAndTheMistake() {
        Value loss = KinkNetworksTest.network(1, 0.1);
        Gradients gradients = loss.gradients();
        Value bias = gradients.variables().stream()
                .filter(v -> v.label().equals("b1"))
                .findFirst()
                .orElseThrow();
        SimpleMatrix wrong = gradients.of(bias).matrix().scale(2);
        Value weights = gradients.variables().stream()
                .filter(v -> v.label().equals("w1"))
                .findFirst()
                .orElseThrow();
        CheckReport report = GradientCheck.of(loss)
                .against(Map.of(bias, wrong, weights, gradients.of(weights).matrix()))
                .directions(1)
                .run();
        assertTrue(report.refuted());
        assertTrue(report.entries().stream()
                .skip(1)
                .allMatch(entry -> entry.parameter().equals("b1")));
        Diagnosis diagnosis = report.diagnosis().orElseThrow();
        assertEquals(Mistake.TWICE, diagnosis.mistake());
        assertTrue(diagnosis.sentence().contains("b1"), diagnosis.sentence());
        assertTrue(diagnosis.sentence().endsWith("The other parameters agree."), diagnosis.sentence());
    }

    @Test
    void deepAndNonScalarValuesAreChecked() {
        Value y = Value.variable("x", new double[][] {{0.3, 0.4}});
        for (int i = 0; i < 2_000; i++) {
            y = y.plus(y.scale(-0.001));
        }
        CheckReport report = GradientCheck.of(y.tanh()).run();
        assertTrue(report.passed(), report.toString());
    }
}
