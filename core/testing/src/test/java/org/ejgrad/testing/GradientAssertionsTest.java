package org.ejgrad.testing;

import static org.ejgrad.testing.GradientAssertions.assertGradient;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opentest4j.AssertionFailedError;

class GradientAssertionsTest {
    private static final Operation WRONG = Operation.unary(
            "wrongSquare", x -> Operation.map(x, v -> v * v), Rule.rule("x ⊙ dy", (x, y, dy) -> dy.timesOrZero(x)));

    private final Value x = Value.variable("x", new double[][] {{0.5, -1, 2}});

    private static void requireFailure(Executable assertion, String... words) {
        String message = assertThrows(AssertionFailedError.class, assertion).getMessage();
        List.of(words).forEach(word -> assertTrue(message.contains(word), message));
    }

    @Test
    void rightGradientsPass() {
        assertEquals(3, assertGradient(x.sigmoid()).entries().size());
        assertEquals(
                2,
                assertGradient(x.sigmoid(), check -> check.directions(2))
                        .entries()
                        .size());
        assertGradient(List.of(x), in -> in.get(0).elementExp());
        assertEquals(
                1,
                assertGradient(List.of(x), in -> in.get(0).elementExp(), check -> check.entries(1))
                        .entries()
                        .size());
        assertGradient(v -> v[0] * v[1], v -> new double[] {v[1], v[0]}, new double[] {2, 3});
        assertGradient(v -> Math.abs(v[0]), v -> new double[] {0}, new double[] {0}, check -> check.tolerance(1e-3));
        assertGradient(GradientCheck.of(Map.of("theName", x), x.sin()).seed(7));
    }

    @Test
    void aWrongRuleIsNamedWithWhatToDo() {
        requireFailure(
                () -> assertGradient(WRONG.apply(x)),
                "Not confirmed: of 3 entries, 3 disagree",
                "wrongSquare",
                "What to do: mend the gradient as the diagnosis above says");
    }

    @Test
    void aWrongHandWrittenGradientIsRefused() {
        requireFailure(
                () -> assertGradient(v -> v[0] * v[1], v -> new double[] {-v[1], -v[0]}, new double[] {2, 3}),
                "sign",
                "What to do: mend");
        requireFailure(
                () -> assertGradient(v -> v[0] * v[1], v -> new double[] {v[1], 17.25}, new double[] {2, 3}),
                "What to do: ");
        requireFailure(
                () -> assertGradient(GradientCheck.of(x.square()).against(Map.of(x, new SimpleMatrix(new double[][] {
                    {1, -2, 0}
                })))),
                "x[0,2]");
    }

    @Test
    void eachKindOfFailureHasItsAdvice() {
        requireFailure(
                () -> assertGradient(List.of(x), in -> in.get(0).detached().square()), "the program", "What to do: ");
        requireFailure(
                () -> assertGradient(List.of(x), in -> in.get(0).scale(Math.random())),
                "non-deterministic",
                "What to do: let the function give the same number");
        requireFailure(() -> assertGradient(x.elementLog().sqrt()), "non-finite", "where everything is finite");
        requireFailure(
                () -> assertGradient(v -> v[0] = 3, v -> new double[] {0}, new double[] {2}),
                "input-mutated",
                "What to do: copy");
        requireFailure(
                () -> assertGradient(v -> Math.abs(v[0]), v -> new double[] {2}, new double[] {0}),
                "kink-out",
                "between the two one-sided ones at x[0,0]");
        requireFailure(
                () -> assertGradient(v -> Math.sqrt(Math.abs(v[0])), v -> new double[] {1}, new double[] {0}),
                "singular",
                "away from the edge");
        Value zero = Value.variable("zero", new double[][] {{0}});
        requireFailure(
                () -> assertGradient(GradientCheck.of(zero.relu())
                        .against(Map.of(zero, new SimpleMatrix(new double[][] {{0.75}})))),
                "kink-other",
                "anySubgradient");
        requireFailure(
                () -> assertGradient(
                        v -> Math.exp(v[0]),
                        v -> new double[] {Math.exp(v[0])},
                        new double[] {1},
                        check -> check.tolerance(1e-300)),
                "cannot-tell",
                "larger tolerance");
    }

    @Test
    void argumentsAreRefusedInWords() {
        assertTrue(assertThrows(NullPointerException.class, () -> assertGradient(x, check -> null))
                .getMessage()
                .contains("settings"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> assertGradient(v -> v[0], v -> new double[2], new double[] {1}))
                .getMessage()
                .contains("expected as many"));
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> assertGradient(v -> v[0], v -> null, new double[1]))
                .getMessage()
                .contains("the gradient returned null"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> assertGradient(Value.constant(1)))
                .getMessage()
                .contains("is a constant"));
    }
}
