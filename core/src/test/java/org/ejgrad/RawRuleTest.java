package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.ejgrad.check.GradientCheck;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A rule on plain matrices gives gradients and products of Jacobian and vector, and nothing of second order. */
class RawRuleTest {
    private static final Operation CUBE =
            Operation.unary("cube", m -> Operation.map(m, v -> v * v * v), MatrixRule.rule("3x²·dy", (in, y, dy) -> {
                DMatrixRMaj gradient = dy.copy();
                Arrays.setAll(gradient.data, i -> 3 * in.get(0).data[i] * in.get(0).data[i] * dy.data[i]);
                return gradient;
            }));

    private final Value x = Value.variable("x", new double[][] {{1, 2, -1}, {0.5, 3, 4}});
    private final Value tangent = Value.constant(new double[][] {{1, -2, 0.5}, {3, 1, -1}});

    private static Value program(Value v) {
        return CUBE.apply(v.tanh()).sum(Per.ROW);
    }

    @Test
    void jacobianVectorProductsAreOfFirstOrder() {
        Value expected =
                Derivatives.jacobianVector(v -> v.tanh().elementPower(3).sum(Per.ROW), x, tangent);
        Value found = Derivatives.jacobianVector(RawRuleTest::program, x, tangent);
        assertEquals(new Shape(2, 1), found.shape());
        for (int i = 0; i < 2; i++) {
            assertEquals(expected.get(i, 0), found.get(i, 0), 1e-14);
        }
    }

    @Test
    void secondDerivativesAreRefused() {
        UnsupportedOperationException e = assertThrows(
                UnsupportedOperationException.class,
                () -> Derivatives.hessian(v -> CUBE.apply(v).elementSum(), x));
        assertEquals("the rule \"3x²·dy\" is written on plain matrices; it has no second derivative", e.getMessage());
    }

    @Test
    void aRuleOfAnotherShapeIsToldOf() {
        Operation wrong =
                Operation.unary("wrong", m -> m.copy(), MatrixRule.rule("?", (in, y, dy) -> new DMatrixRMaj(1, 1)));
        assertThrows(IllegalStateException.class, () -> wrong.apply(x).gradients(tangent));
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> Derivatives.jacobianVector(wrong::apply, x, tangent));
        assertTrue(e.getMessage().contains("returned 1x1; expected that input's shape, 2x3"), e.getMessage());
    }

    @Test
    void aRuleThatReturnsNothingIsToldOf() {
        Operation nothing = Operation.unary("nothing", m -> m.copy(), MatrixRule.rule("?", (in, y, dy) -> none()));
        String message = "the rule \"?\" returned null; expected a matrix";
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, () -> nothing.apply(x).gradients(tangent))
                        .getMessage());
        assertEquals(
                message,
                assertThrows(IllegalStateException.class, () -> Derivatives.jacobianVector(nothing::apply, x, tangent))
                        .getMessage());
    }

    @SuppressWarnings("NullAway")
    private static <T> T none() {
        return null;
    }

    /** It cannot be refused when it runs: a rule may read elements to decide between pieces, as that of |x| does. */
    @Test
    void theCheckerNoticesARuleThatReadsElements() {
        Operation reading = Operation.unary(
                "reading",
                m -> Operation.map(m, v -> v * v * v),
                Rule.rule(
                        "3x²·dy",
                        (v, y, dy) -> dy.elementMult(Value.constant(
                                v.matrix().elementMult(v.matrix()).scale(3)))));
        Function<List<Value>, Value> slopes =
                v -> Derivatives.gradient(w -> reading.apply(w).elementSum(), v.get(0))
                        .elementSum();
        assertEquals(
                0,
                Derivatives.hessian(w -> reading.apply(w).elementSum(), x)
                        .elementSum()
                        .scalar());
        assertTrue(GradientCheck.of(List.of(x), slopes).run().refuted());
        assertTrue(GradientCheck.of(reading.apply(x).elementSum()).run().passed());
    }
}
