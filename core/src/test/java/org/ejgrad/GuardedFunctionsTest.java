package org.ejgrad;

import static org.ejgrad.Rule.rule;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.check.GradientCheck;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What somebody's function does to the matrices that it is shown, or returns, changes no value. */
class GuardedFunctionsTest {
    private static final Rule PASS = rule("dy", (x, y, dy) -> dy);

    private final Value x = Value.variable("x", new double[][] {{1, 2}, {3, 4}});

    private void assertUnchanged() {
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, x.matrix().toArray2());
    }

    private static DMatrixRMaj spoiled(DMatrixRMaj... matrices) {
        for (DMatrixRMaj matrix : matrices) {
            matrix.fill(55);
        }
        return matrices[0].copy();
    }

    @Test
    void forwardFunctionsSeeCopies() {
        Operation leak = Operation.unary("leak", q -> spoiled(q), PASS);
        assertEquals(55, leak.apply(x).get(1, 1));
        leak.with(2).apply(x).gradients(Value.ones(x.shape()));
        Operation.binary(
                        "leak",
                        (a, b) -> spoiled(a, b),
                        rule("dy", (a, b, y, dy) -> dy),
                        rule("dy", (a, b, y, dy) -> dy))
                .apply(x, x);
        Operation.of("leak", m -> spoiled(m), PASS).apply(x);
        Operation.variadic("leak", 2, m -> spoiled(m), "dy", (i, in, y, dy) -> dy)
                .apply(x, x);
        assertUnchanged();
    }

    @Test
    void resultsThatAreKeptOrAreTheInputAreCopied() {
        List<DMatrixRMaj> kept = new ArrayList<>();
        Value y = Operation.unary(
                        "keeping",
                        q -> {
                            kept.add(q);
                            return q;
                        },
                        PASS)
                .apply(x);
        kept.get(0).fill(55);
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, y.matrix().toArray2());
        assertUnchanged();
    }

    @Test
    void decisionsAndReplaysSeeCopies() {
        DMatrixRMaj decisions = new DMatrixRMaj(2, 2);
        Branches branches = new Branches(m -> spoiled(m), (chosen, m) -> spoiled(chosen, m[0]));
        branches.replay().apply(decisions, x.data());
        branches.decide().apply(x.data());
        assertEquals(0, decisions.get(0, 0));
        Operation ramp = Operation.unary("ramp", m -> m.copy(), PASS).piecewise(branches.decide(), branches.replay());
        GradientCheck.of(ramp.apply(x).elementSum()).run();
        assertUnchanged();
    }

    @Test
    void rulesOnMatricesSeeCopies() {
        Value y = Operation.unary(
                        "raw", m -> m.copy(), MatrixRule.rule("dy", (in, out, dy) -> spoiled(in.get(0), out, dy)))
                .apply(x);
        Value upstream = Value.constant(new double[][] {{1, 1}, {1, 1}});
        assertEquals(55, y.gradients(upstream).of(x).get(0, 0));
        assertEquals(1, upstream.get(0, 0));
        assertEquals(4, y.get(1, 1));
        assertUnchanged();
    }

    @Test
    void theTablesAndTrustedFunctionsSeeTheMatricesThemselves() {
        List<DMatrixRMaj> seen = new ArrayList<>();
        Trusted.unary(
                        "seeing",
                        m -> {
                            seen.add(m);
                            return m.copy();
                        },
                        PASS)
                .apply(x);
        assertSame(x.data(), seen.get(0));
        EveryCall.forEach(call -> {
            if (call.result() instanceof Value y && !y.inputs().isEmpty()) {
                assertFalse(isGuarded(y.operation()), call.toString());
            }
        });
    }

    private static boolean isGuarded(Operation operation) {
        try {
            Field forward = Operation.class.getDeclaredField("forward");
            forward.setAccessible(true);
            return forward.get(operation) instanceof Guarded;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void damagedMatricesAreRefused() {
        DMatrixRMaj damaged = new DMatrixRMaj(2, 2);
        damaged.numRows = 9;
        String expected = "a 9x2 matrix has an array of 4 numbers; expected 18";
        assertEquals(expected, refusal(() -> Value.constant(damaged)));
        assertEquals(expected, refusal(() -> Value.adopting(damaged)));
        assertEquals(expected, refusal(() -> Value.RELU.compute(damaged)));
        assertEquals(
                "bad(2x2): " + expected + "; the operand is x",
                refusal(() -> Operation.unary("bad", m -> damaged, PASS).apply(x)));
    }

    @Test
    void callsWithOtherNumbersOfInputsAreRefused() {
        assertEquals("plus: called with 1 inputs; expected 2", refusal(() -> Value.PLUS.compute(x.data())));
        assertEquals(
                "inputs[3] of plus",
                assertThrows(NullPointerException.class, () -> Value.PLUS.apply(x, x, x, null))
                        .getMessage());
        assertEquals(
                "gradient(7): there is no such rule; expected one of 1",
                refusal(() -> Value.RELU.gradient(7, List.of(x), x, x)));
        assertEquals(
                "variadic(v, -1): a negative number of inputs; expected 0 to 16777216",
                refusal(() -> Operation.variadic("v", -1, m -> m[0], "f", (i, in, y, dy) -> dy)));
        assertEquals(
                "Family.of(2.0): the row returned null",
                refusal(() -> Family.<Double>of(k -> null).of(2.0)));
    }

    @Test
    void programsThatReturnNullOrThrowAreToldOf() {
        assertEquals(
                "GradientCheck.of: the program returned null; expected a value",
                refusal(() -> GradientCheck.of(List.of(x), v -> null)));
        assertEquals("gradient: the function returned null", refusal(() -> Derivatives.gradient(v -> null, x)));
        IllegalStateException mine = new IllegalStateException("my bug");
        GradientCheck throwing = GradientCheck.ofFunction(
                v -> {
                    throw mine;
                },
                new double[] {1},
                new double[] {1});
        assertSame(mine, assertThrows(IllegalStateException.class, throwing::run));
        assertEquals("in call 1 of the function that is checked", mine.getSuppressed()[0].getMessage());
        int[] calls = {0};
        Value single = Value.variable("s", 2);
        GradientCheck third = GradientCheck.of(List.of(single), v -> {
            if (++calls[0] == 3) {
                throw new IllegalStateException("third");
            }
            return v.get(0).square();
        });
        assertEquals(
                "third", assertThrows(IllegalStateException.class, third::run).getMessage());
        GradientCheck shrinking = GradientCheck.of(
                Map.of("s", single).values().stream().toList(), v -> v.get(0) == single ? x : v.get(0));
        assertEquals(
                "GradientCheck.of: the program returned a 1x1 value; expected 2x2, as before",
                assertThrows(IllegalArgumentException.class, shrinking::run).getMessage());
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }
}
