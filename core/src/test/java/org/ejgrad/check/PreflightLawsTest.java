package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** A gradient is the same twice, and linear in what arrives. */
class PreflightLawsTest {
    private static final Value X = Value.variable("x", 3);

    /** An operation whose rule returns any function of the gradient that arrives. */
    private static Operation returning(DoubleUnaryOperator ofUpstream) {
        return Operation.unary(
                "mine",
                m -> m.copy(),
                Rule.rule("", (x, y, dy) -> Value.constant(ofUpstream.applyAsDouble(dy.scalar()))));
    }

    private static Optional<Verdict> verdict(DoubleUnaryOperator ofUpstream) {
        Value loss = returning(ofUpstream).apply(X);
        return new Preflight(new Tape(loss), loss, Value.constant(1)).verdict();
    }

    private static String linearity(double once, double twice, double none) {
        return "the gradient of x is not linear in the gradient arriving at the value: it is " + once
                + ", for twice that " + twice + ", for none " + none;
    }

    /** What follows when the gradient is g for 1, and what is given for 2. */
    private static boolean isLinear(double g, double twice) {
        return verdict(dy -> dy == 0 ? 0 : dy == 1 ? g : twice).isEmpty();
    }

    @Test
    void aGradientThatIsNotLinearIsInconsistent() {
        assertEquals(Optional.empty(), verdict(dy -> 7 * dy));
        assertEquals(Optional.of(new Verdict.Inconsistent(linearity(1, 4, 0))), verdict(dy -> dy * dy));
        assertEquals(Optional.of(new Verdict.Inconsistent(linearity(1, 2, 5))), verdict(dy -> dy == 0 ? 5 : dy));
        assertEquals(
                Optional.of(new Verdict.Inconsistent(linearity(-3, -5, 0))), verdict(dy -> dy == 0 ? 0 : -1 - 2 * dy));
    }

    @Test
    void roundingOfOneIn2ToThe40IsLinear() {
        assertTrue(isLinear(1, 2 + 0x1p-40));
        assertTrue(isLinear(1, 2 - 0x1p-40));
        assertFalse(isLinear(1, 2 + 0x1p-40 + 0x1p-51));
        assertFalse(isLinear(1, 2 - 0x1p-40 - 0x1p-51));
        assertTrue(isLinear(-0x1p20, -0x1p21 + 0x1p-20));
        assertFalse(isLinear(-0x1p20, -0x1p21 + 0x1p-19));
    }

    @Test
    void gradientsNearTheEndsOfTheRangeMayRound() {
        assertTrue(isLinear(1e-290, 3e-290));
        assertFalse(isLinear(Math.nextUp(1e-290), 3e-290));
        assertTrue(isLinear(-1e290, -3e290));
        assertFalse(isLinear(-Math.nextDown(1e290), -3e290));
        assertTrue(isLinear(0, 0));
        assertTrue(isLinear(Double.NaN, Double.NaN));
    }

    @Test
    void aGradientThatChangesFromWalkToWalkIsNonDeterministic() {
        AtomicInteger walks = new AtomicInteger();
        assertEquals(
                Optional.of(new Verdict.NonDeterministic("two backward walks gave 1.0 and 2.0 for x")),
                verdict(dy -> walks.incrementAndGet()));
    }

    @Test
    void theRuleThatIsNotLinearIsNamed() {
        CheckReport report = GradientCheck.of(returning(dy -> dy * dy).apply(X)).run();
        assertEquals(
                new Verdict.Inconsistent(linearity(1, 4, 0)), report.worst().verdict());
        Diagnosis diagnosis = report.diagnosis().orElseThrow();
        assertTrue(diagnosis.sentence().contains("of mine "), diagnosis.sentence());
    }

    @Test
    void anOperationThatForgetsGetsNoDiagnosis() {
        AtomicInteger calls = new AtomicInteger();
        Operation drifting = Operation.unary(
                "drifting",
                m -> Operation.map(m, v -> v + calls.incrementAndGet()),
                Rule.rule("", (x, y, dy) -> dy.scale(2)));
        CheckReport report = GradientCheck.of(drifting.apply(X)).run();
        assertEquals(
                new Verdict.NonDeterministic("drifting gave another result for the same inputs"),
                report.worst().verdict());
        assertTrue(report.diagnosis().isEmpty());
        assertEquals(1, report.evaluations());
    }
}
