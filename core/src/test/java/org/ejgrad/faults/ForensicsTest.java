package org.ejgrad.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.ejgrad.NonFinite;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** Among several numbers that are not finite, the one that did the harm is blamed. */
class ForensicsTest {
    private static final Value ZERO = Value.variable("zero", new double[][] {{0}});

    @Test
    void ofTwoInfiniteBranchesTheOneTakenIsBlamed() {
        Value untaken = ZERO.elementLog();
        Value taken = ZERO.plus(0).plus(0).reciprocal();
        Value loss = Value.constant(1).where(taken, untaken);
        assertEquals("reciprocal", NonFinite.in(loss).orElseThrow().operation().name());
        Value other = Value.constant(0).where(taken, untaken);
        assertEquals("elementLog", NonFinite.in(other).orElseThrow().operation().name());
    }

    @Test
    void aCauseThatCannotBeTriedAloneIsSuspectedToo() {
        Operation refusesOne = Operation.binary(
                "refusesOne",
                (a, b) -> {
                    if (a.data[0] == 1 || b.data[0] == 1) {
                        throw new ArithmeticException("1 is refused");
                    }
                    return Operation.map(a, v -> v + b.data[0]);
                },
                Rule.rule("dy", (a, b, y, dy) -> dy),
                Rule.rule("dy", (a, b, y, dy) -> dy));
        Value deep = ZERO.plus(0).plus(0).reciprocal();
        Value shallow = ZERO.elementLog();
        NonFinite found = NonFinite.in(refusesOne.apply(deep, shallow)).orElseThrow();
        assertEquals("elementLog", found.operation().name());
        assertEquals(List.of("refusesOne", "elementLog"), found.path());
    }

    @Test
    void theDeepestRuleIsBlamedFirst() {
        Value x = Value.variable("x", new double[][] {{0}});
        Value deep = x.negative().square().sqrt().negative().negative();
        NonFinite found = NonFinite.inGradientsOf(x.sqrt().plus(deep)).orElseThrow();
        assertEquals(List.of("plus", "negative", "negative", "sqrt"), found.path());
    }

    @Test
    void anInfiniteInputIsBlamedForTheGradientOfAFiniteValue() {
        Operation saturating = Operation.unary(
                "saturating",
                x -> Operation.map(x, v -> Math.min(v, 1)),
                Rule.rule("dy ⊙ x", (x, y, dy) -> dy.elementMult(x)));
        Value loss = saturating.apply(ZERO.plus(0).reciprocal());
        assertEquals(Optional.empty(), NonFinite.in(loss));
        NonFinite found = NonFinite.inGradientsOf(loss).orElseThrow();
        assertEquals("reciprocal", found.operation().name());
        assertEquals(NonFinite.Direction.FORWARD, found.direction());
        assertEquals(List.of("saturating", "reciprocal"), found.path());
    }

    /** A product's element may lie outside its factors' rows and columns. */
    @Test
    void anInputWithoutTheElementInQuestionShowsNone() {
        Value wide = Value.variable("wide", new double[][] {{1, 2}, {3, 4}, {1e308, 0}});
        Value tall = Value.constant(new double[][] {{1, 0.5, 10}, {3, 4, 0}});
        NonFinite found = NonFinite.in(wide.mult(tall)).orElseThrow();
        assertEquals(List.of(2, 2), List.of(found.row(), found.column()));
        assertEquals(Optional.empty(), found.inputs().get(0).here());
        assertEquals(Optional.empty(), found.inputs().get(1).here());
        assertEquals(
                Optional.of(1e308),
                NonFinite.in(wide.scale(10)).orElseThrow().inputs().get(0).here());
    }
}
