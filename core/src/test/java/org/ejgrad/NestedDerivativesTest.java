package org.ejgrad;

import static org.ejgrad.Derivatives.gradient;
import static org.ejgrad.Derivatives.hessian;
import static org.ejgrad.Derivatives.hessianVector;
import static org.ejgrad.Derivatives.jacobian;
import static org.ejgrad.Derivatives.jacobianVector;
import static org.ejgrad.Derivatives.vectorJacobian;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Calls of {@link Derivatives} in functions that are differentiated: right, and constant once all of them have ended.
 */
class NestedDerivativesTest {
    private static final Value W = Value.normal(new Shape(2, 3), 1);
    private static final Value X = Value.normal(new Shape(3, 2), 2);
    private static final Value T = Value.normal(new Shape(3, 2), 3);
    private static final Value U = Value.normal(new Shape(2, 2), 4);
    private static final Value DIRECTION = Value.normal(new Shape(2, 3), 6);

    /** A function of a 2x3 value that differentiates inside. */
    private record Example(String name, Function<Value, Value> function) {}

    private static Stream<Example> examples() {
        return Stream.of(
                new Example("jacobian", w -> jacobian(x -> w.mult(x).tanh(), X)),
                new Example("jacobian at it", w -> jacobian(x -> x.softmax(Per.ROW), w)),
                new Example("jacobianVector", w -> jacobianVector(x -> w.mult(x).tanh(), X, T)),
                new Example("tangent", w -> jacobianVector(x -> x.mult(W).sin(), X, w.transpose())),
                new Example(
                        "jacobianVector at it",
                        w -> jacobianVector(x -> x.mult(W).sin(), w.transpose(), T)),
                new Example("upstream", w -> vectorJacobian(x -> W.mult(x).sin(), X, w.cols(0, 2))),
                new Example(
                        "hessianVector",
                        w -> hessianVector(x -> w.mult(x).tanh().elementSum(), X, T)),
                new Example(
                        "direction", w -> hessianVector(x -> W.mult(x).tanh().elementSum(), X, w.transpose())),
                new Example(
                        "hessian", w -> hessian(x -> w.mult(x).tanh().square().elementSum(), X)),
                new Example(
                        "gradient penalty", w -> gradient(x -> w.mult(x).tanh().elementSum(), X)),
                new Example("three steps downhill", w -> {
                    Value v = w;
                    for (int i = 0; i < 3; i++) {
                        Value slope =
                                gradient(q -> q.mult(X).tanh().minus(U).square().elementSum(), v);
                        v = v.minus(slope.scale(0.1));
                    }
                    return v;
                }),
                new Example(
                        "two arguments",
                        w -> gradient(x -> x.get(0).mult(w).mult(x.get(1)).sin().elementSum(), List.of(U, X)).stream()
                                .map(slope -> slope.square().elementSum())
                                .reduce(Value.constant(0), Value::plus)),
                new Example(
                        "three deep",
                        w -> gradient(
                                x -> gradient(
                                                y -> gradient(
                                                                q -> q.mult(y)
                                                                        .elementMult(x)
                                                                        .scale(0.1)
                                                                        .sin()
                                                                        .elementSum(),
                                                                w)
                                                        .mult(y)
                                                        .square()
                                                        .elementSum(),
                                                X)
                                        .elementSum()
                                        .elementMult(x.elementSum()),
                                U)),
                new Example(
                        "a call in the middle that it does not enter",
                        w -> gradient(
                                x -> gradient(y -> x.mult(y).tanh().elementSum(), X)
                                        .square()
                                        .elementSum(),
                                w)),
                new Example(
                        "argument and captured",
                        w -> gradient(x -> x.mult(X).mult(w).sin().elementSum(), w)),
                new Example("logDeterminant", w -> hessian(Value::logDeterminant, positive(w))),
                new Example("determinant", w -> hessian(Value::determinant, w.concatRows(Value.row(1, 2, 3)))),
                new Example(
                        "determinant in a direction",
                        w -> hessianVector(
                                Value::determinant,
                                w.concatRows(Value.row(1, 2, 3)),
                                Value.normal(new Shape(3, 3), 8))),
                new Example(
                        "eigenvectors",
                        w -> gradient(
                                a -> a.eigSymmetric()
                                        .vectors()
                                        .square()
                                        .mult(a.eigSymmetric().values())
                                        .square()
                                        .elementSum(),
                                positive(w))),
                new Example(
                        "singular vectors",
                        w -> hessianVector(
                                a -> a.svd().u().elementSum().plus(a.svd().v().elementSum()), w, DIRECTION)),
                new Example("matrixExp", w -> jacobianVector(Value::matrixExp, w.mult(X), U)),
                new Example("cholesky", w -> gradient(a -> a.cholesky().sin().elementSum(), positive(w))),
                new Example("qr", w -> gradient(a -> a.qr().q().sin().elementSum(), w)),
                new Example(
                        "sort",
                        w -> gradient(
                                a -> a.sort(Per.ROW)
                                        .elementMult(Value.row(1, 2, 3))
                                        .square()
                                        .elementSum(),
                                w)),
                new Example(
                        "cumProduct",
                        w -> hessianVector(a -> a.cumProduct(Per.ROW).square().elementSum(), w, DIRECTION)),
                new Example(
                        "under other names",
                        w -> gradient(
                                x -> w.labelled("w")
                                        .mult(x.labelled("x"))
                                        .plus(w.mult(x.traced()))
                                        .tanh()
                                        .elementSum(),
                                X)));
    }

    private static Value positive(Value w) {
        return w.multTransB(w).plus(Value.identity(2));
    }

    @TestFactory
    Stream<DynamicTest> areRightAndConstant() {
        return examples()
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    Function<Value, Value> loss =
                            w -> each.function().apply(w).square().elementSum();
                    Value slope = gradient(loss, W);
                    assertTrue(slope.isConstant());
                    assertTrue(loss.apply(W).isConstant());
                    Value variable = Value.variable("w", W);
                    Samples.assertClose(loss.apply(variable).gradients().of(variable), slope, 1e-12);
                    double difference = 0;
                    for (int k = 1; k <= 4; k++) {
                        // the weights of the central difference of order 8
                        double weight = new double[] {4 / 5.0, -1 / 5.0, 4 / 105.0, -1 / 280.0}[k - 1];
                        Value away = DIRECTION.scale(0x1p-10 * k);
                        difference += weight
                                * (loss.apply(W.plus(away)).scalar()
                                        - loss.apply(W.minus(away)).scalar());
                    }
                    double along = slope.dot(DIRECTION).scalar();
                    double size = slope.abs().dot(DIRECTION.abs()).scalar();
                    assertTrue(size > 1e-3);
                    assertEquals(difference / 0x1p-10, along, 1e-9 * size);
                }));
    }

    /** The ordinary loop keeps nothing of the steps before. */
    @Test
    void aLoopOfStepsStaysShallow() {
        Function<Value, Value> penalty =
                w -> gradient(x -> x.mult(w).tanh().elementSum(), X).square().elementSum();
        Value w = U;
        for (int step = 0; step < 20; step++) {
            w = w.minus(gradient(penalty, w).scale(0.01));
            assertTrue(w.isConstant());
            assertEquals(0, w.depth());
        }
        assertTrue(penalty.apply(w).scalar() < penalty.apply(U).scalar());
    }

    @Test
    void whatIsLeftOfACallThatHasEndedIsNothingToDifferentiateBy() {
        List<Value> left = new ArrayList<>();
        Function<Value, Value> leaving = x -> {
            left.add(x);
            return x.square();
        };
        gradient(leaving, U.trace());
        assertThrows(IllegalArgumentException.class, () -> gradient(leaving, U));
        for (Value x : left) {
            assertTrue(gradient(y -> y.elementMult(x.elementSum()), Value.constant(1))
                    .isConstant());
        }
        // but what a stand-in stands for is
        Value v = Value.variable("v", 2);
        gradient(leaving, v);
        Value slope = gradient(y -> y.elementMult(left.get(2)), Value.constant(1));
        assertEquals(1, slope.gradients().of(v).scalar());
    }

    /** A rule is still in the middle of the call that applies it. */
    @Test
    void rulesMayCallToo() {
        Operation cube = Operation.unary(
                "cube",
                m -> Operation.map(m, v -> v * v * v),
                Rule.rule(
                        "3·x² ⊙ dy",
                        (x, y, dy) -> gradient(
                                v -> v.square().elementMult(v).elementMult(dy).elementSum(), x)));
        Value at = Value.constant(3);
        Value one = Value.constant(1);
        Function<Value, Value> f = x -> cube.apply(x);
        assertEquals(27, gradient(f, at).scalar());
        assertEquals(27, jacobianVector(f, at, one).scalar());
        assertEquals(18, hessian(f, at).scalar());
        assertEquals(18, hessianVector(f, at, one).scalar());
        assertEquals(6, gradient(x -> hessian(f, x), at).scalar());
        for (Value result : List.of(gradient(f, at), jacobianVector(f, at, one), hessian(f, at))) {
            assertTrue(result.isConstant());
        }
        Value w = Value.variable("w", 3);
        assertEquals(27, cube.apply(w).gradients().of(w).scalar());
        assertTrue(cube.apply(w).gradients().of(w).isConstant());
        Value slope = cube.apply(w).gradients(Gradients.Option.DIFFERENTIABLE).of(w);
        assertFalse(slope.isConstant());
        assertEquals(18, slope.gradients().of(w).scalar());
    }
}
