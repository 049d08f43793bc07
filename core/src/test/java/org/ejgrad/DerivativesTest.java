package org.ejgrad;

import static org.ejgrad.Derivatives.gradient;
import static org.ejgrad.Derivatives.hessian;
import static org.ejgrad.Derivatives.hessianVector;
import static org.ejgrad.Derivatives.jacobian;
import static org.ejgrad.Derivatives.jacobianVector;
import static org.ejgrad.Derivatives.valueAndGradient;
import static org.ejgrad.Derivatives.vectorJacobian;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Derivatives of plain functions: layout, nesting, agreement with each other, and worked examples. */
class DerivativesTest {
    private static final Value THREE = Value.constant(3);

    // ---- layout -----------------------------------------------------------------------------------------------------

    @Test
    void theJacobianIsLaidOutAsItsDescriptionSays() {
        Value x = Value.constant(new double[][] {{2, 3}, {5, 7}});
        Function<Value, Value> f = v -> {
            Value x11 = v.slice(0, 1, 0, 1);
            Value x12 = v.slice(0, 1, 1, 2);
            Value x21 = v.slice(1, 2, 0, 1);
            Value x22 = v.slice(1, 2, 1, 2);
            return x11.square().concatColumns(x11.elementMult(x21)).concatRows(x12.concatColumns(x22.scale(5)));
        };
        Value expected = Value.constant(new double[][] {{4, 0, 0, 0}, {5, 0, 2, 0}, {0, 1, 0, 0}, {0, 0, 0, 5}});
        Samples.assertClose(expected, jacobian(f, x), 0);
    }

    @Test
    void theHessianOfAQuadraticFormIsItsMatrix() {
        Random random = new Random(1);
        Value a = Samples.random(random, 6, 6);
        Value x = Samples.random(random, 6, 1);
        Function<Value, Value> form = v -> v.multTransA(a.mult(v));
        Samples.assertClose(a.plus(a.transpose()), hessian(form, x), 1e-14);
        Samples.assertClose(a.plus(a.transpose()).mult(x), gradient(form, x), 1e-14);
    }

    /** |x|ᵖ/p has the slope sign(x)·|x|^(p−1), which is infinitely steep at 0 for p below 2. */
    @Test
    void theHessianOfANormIsInfiniteWhereItsSlopeIsSteep() {
        for (double p : new double[] {1.25, 1.5, 1.99}) {
            Value infinite = Value.constant(new double[][] {{Double.POSITIVE_INFINITY, 0}, {0, 0}});
            assertEquals(
                    infinite.toString(),
                    hessian(x -> x.norm(p), Value.row(0, 1)).toString());
            double steep = (p - 1) * Math.pow(1e-8, p - 2);
            assertEquals(steep, hessian(x -> x.norm(p), Value.row(-1e-8, 1)).get(0, 0), 1e-7 * steep);
        }
        for (double p : new double[] {2, 2.5, 3, 4}) {
            double bend = p == 2 ? 1 : 0;
            Value flat = Value.constant(new double[][] {{bend, 0}, {0, 0}});
            assertEquals(
                    flat.toString(), hessian(x -> x.norm(p), Value.row(0, 1)).toString());
        }
        Function<Value, Value> bend = x -> hessian(v -> v.norm(3), x).getRow(0).getColumn(0);
        assertEquals(0, gradient(bend, Value.row(0, 1)).normF().scalar());
        assertEquals(2, gradient(bend, Value.row(1e-9, 1)).get(0, 0), 1e-8);
    }

    @Test
    void nothingHasAnEmptyHessian() {
        assertEquals(
                new Shape(0, 0),
                hessian(x -> Value.ones(Shape.SCALAR), List.of()).shape());
        assertEquals(
                new Shape(0, 0),
                hessian(Value::elementSum, Value.zeros(new Shape(0, 3))).shape());
    }

    /** Differentiating by the upstream gradient must not start where all weights are equal, which would be accepted. */
    @Test
    void equalEigenvaluesHaveNoDerivativeInADirection() {
        Value twice = Value.identity(2);
        assertThrows(
                SingularMatrixException.class,
                () -> jacobianVector(x -> x.eigSymmetric().values(), twice, Value.ones(new Shape(2, 2))));
    }

    @Test
    void severalArgumentsFollowEachOther() {
        Function<List<Value>, Value> f = x -> x.get(0).elementMult(x.get(1)).elementSum();
        List<Value> at = List.of(Value.constant(new double[][] {{1, 2}}), Value.constant(new double[][] {{3, 4}}));
        Samples.assertClose(
                Value.constant(new double[][] {{0, 0, 1, 0}, {0, 0, 0, 1}, {1, 0, 0, 0}, {0, 1, 0, 0}}),
                hessian(f, at),
                0);
        Samples.assertClose(at.get(1), gradient(f, at).get(0), 0);
        Samples.assertClose(at.get(0), gradient(f, at).get(1), 0);
        assertEquals(11, valueAndGradient(f, at).value().scalar());
    }

    // ---- agreement --------------------------------------------------------------------------------------------------

    @Test
    void productsWithVectorsAreThoseOfTheFullMatrices() {
        Random random = new Random(2);
        Value w = Samples.random(random, 3, 2);
        Value data = Samples.random(random, 5, 2);
        Function<List<Value>, Value> f = x -> data.mult(x.get(0))
                .tanh()
                .mult(x.get(1))
                .plus(x.get(0).elementSum())
                .softmax(Per.ROW);
        Function<List<Value>, Value> loss = x -> f.apply(x).square().mean();
        List<Value> at = List.of(Samples.random(random, 2, 3), w);
        List<Value> tangents = List.of(Samples.random(random, 2, 3), Samples.random(random, 3, 2));
        Value upstream = Samples.random(random, 5, 2);

        List<Value> jacobians = jacobian(f, at);
        Value forward = jacobians
                .get(0)
                .mult(column(tangents.get(0)))
                .plus(jacobians.get(1).mult(column(tangents.get(1))));
        Samples.assertClose(forward, column(jacobianVector(f, at, tangents)), 1e-14);
        List<Value> backward = vectorJacobian(f, at, upstream);
        Value full = hessian(loss, at);
        Samples.assertClose(full, full.transpose(), 1e-14);
        Value product = full.mult(column(tangents.get(0)).concatRows(column(tangents.get(1))));
        List<Value> products = hessianVector(loss, at, tangents);
        Samples.assertClose(product, column(products.get(0)).concatRows(column(products.get(1))), 1e-14);
        for (int i = 0; i < 2; i++) {
            Samples.assertClose(jacobians.get(i).multTransA(column(upstream)), column(backward.get(i)), 1e-14);
        }
    }

    @Test
    void oneArgumentIsAListOfOne() {
        Value x = Samples.random(new Random(3), 2, 2);
        Value v = Samples.random(new Random(4), 2, 2);
        Function<Value, Value> f = y -> y.elementExp().mult(y);
        Function<List<Value>, Value> same = y -> f.apply(y.get(0));
        Function<Value, Value> sum = y -> f.apply(y).elementSum();
        Samples.assertClose(jacobian(same, List.of(x)).get(0), jacobian(f, x), 0);
        Samples.assertClose(jacobianVector(same, List.of(x), List.of(v)), jacobianVector(f, x, v), 0);
        Samples.assertClose(vectorJacobian(same, List.of(x), v).get(0), vectorJacobian(f, x, v), 0);
        Samples.assertClose(hessian(sum, x).mult(column(v)), column(hessianVector(sum, x, v)), 1e-14);
        assertEquals(sum.apply(x).scalar(), valueAndGradient(sum, x).value().scalar());
    }

    // ---- nesting ----------------------------------------------------------------------------------------------------

    @Test
    void perturbationsAreNotConfused() {
        // d/dx (x · d/dy (x + y)) = d/dx (x · 1) = 1
        Function<Value, Value> plain = x -> x.elementMult(gradient(y -> x.plus(y), Value.constant(1)));
        assertEquals(1, gradient(plain, THREE).scalar());
        Function<Value, Value> shared = x -> x.elementMult(gradient(y -> x.plus(y), x));
        assertEquals(1, gradient(shared, THREE).scalar());
        Function<Value, Value> forward = x -> x.elementMult(jacobianVector(y -> x.plus(y), x, Value.constant(1)));
        assertEquals(1, jacobianVector(forward, THREE, Value.constant(1)).scalar());
        // d/dx (x · d/dy (x·y² at y = x)) = d/dx 2x³ = 6x²
        Function<Value, Value> product = x -> x.elementMult(gradient(y -> x.elementMult(y.square()), x));
        assertEquals(54, gradient(product, THREE).scalar());
        // the same value at two levels: d/dx d/dy (x·y at y = x) = d/dx x = 1
        assertEquals(1, gradient(x -> gradient(y -> x.elementMult(y), x), THREE).scalar());
    }

    @Test
    void thirdDerivativesNestInEveryMix() {
        Function<Value, Value> quartic = x -> x.square().square();
        Value one = Value.constant(1);
        Function<Value, Value> second = x -> gradient(y -> gradient(quartic, y), x);
        assertEquals(72, gradient(second, THREE).scalar());
        assertEquals(72, jacobianVector(x -> hessian(quartic, x), THREE, one).scalar());
        assertEquals(72, hessianVector(x -> gradient(quartic, x), THREE, one).scalar());
        assertEquals(72, hessian(x -> jacobianVector(quartic, x, one), THREE).scalar());
        assertEquals(72, gradient(x -> hessianVector(quartic, x, one), THREE).scalar());
        assertEquals(
                72, jacobian(x -> jacobian(y -> jacobian(quartic, y), x), THREE).scalar());
        assertEquals(
                72,
                gradient(x -> vectorJacobian(y -> gradient(quartic, y), x, one), THREE)
                        .scalar());
        // by the direction, in which the product is linear: d/dv f''(x)·v = f''(x)
        assertEquals(108, gradient(v -> hessianVector(quartic, THREE, v), one).scalar());
    }

    @Test
    void resultsAreConstantsUnlessSomethingElseCanBeDifferentiatedBy() {
        Value w = Value.variable("w", 2);
        Function<Value, Value> cube = x -> x.square().elementMult(x);
        for (Value result : List.of(
                gradient(cube, THREE),
                valueAndGradient(cube, THREE).value(),
                hessian(cube, THREE),
                jacobian(cube, THREE),
                jacobianVector(cube, THREE, THREE),
                hessianVector(cube, THREE, THREE),
                vectorJacobian(cube, THREE, THREE))) {
            assertTrue(result.isConstant());
        }
        Value outer = gradient(x -> w.elementMult(x.square()), THREE);
        assertFalse(outer.isConstant());
        assertEquals(6, outer.gradients().of(w).scalar());
        assertEquals(List.of(w), outer.gradients().variables());
        assertEquals(12, gradient(cube, w).scalar());
        assertEquals(12, gradient(cube, w).gradients().of(w).scalar());
        assertEquals(12, jacobianVector(cube, THREE, w).gradients().of(w).scalar() - 15);
    }

    @Test
    void aFunctionMayIgnoreItsArgument() {
        Value x = Value.constant(new double[][] {{1, 2, 3}});
        Samples.assertClose(Value.zeros(x.shape()), gradient(v -> Value.constant(5), x), 0);
        Samples.assertClose(Value.zeros(new Shape(1, 3)), jacobian(v -> Value.constant(5), x), 0);
        Samples.assertClose(Value.zeros(new Shape(3, 3)), hessian(v -> Value.constant(5), x), 0);
        Samples.assertClose(Value.zeros(new Shape(3, 3)), hessian(Value::elementSum, x), 0);
        Samples.assertClose(Value.zeros(new Shape(2, 2)), jacobianVector(v -> Value.identity(2), x, x), 0);
        assertEquals(new Shape(0, 3), jacobian(v -> v.rows(0, 0), x).shape());
        assertEquals(
                new Shape(1, 0),
                jacobian(Value::elementSum, Value.zeros(new Shape(0, 2))).shape());
        Value w = Value.variable("w", 1);
        assertEquals(0, gradient(v -> w.scale(2), THREE).scalar());
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        Value row = Value.constant(new double[][] {{1, 2}});
        UnaryOperator<Value> square = Value::square;
        assertMessage("gradient: the function's value is 1x2; expected 1x1", () -> gradient(square, row));
        assertMessage("hessian: the function's value is 1x2; expected 1x1", () -> hessian(square, row));
        assertMessage(
                "hessianVector: the direction is 1x1; expected 1x2",
                () -> hessianVector(Value::elementSum, row, THREE));
        assertMessage("jacobianVector: the tangent is 1x1; expected 1x2", () -> jacobianVector(square, row, THREE));
        assertMessage(
                "vectorJacobian: the upstream gradient is 1x1; expected 1x2", () -> vectorJacobian(square, row, THREE));
        assertMessage(
                "jacobianVector: 1 values as tangent for 2 arguments",
                () -> jacobianVector(x -> x.get(0), List.of(row, row), List.of(row)));
        assertMessage("gradient: the function returned null", () -> gradient(nothing(), row));
    }

    @SuppressWarnings("NullAway")
    private static Function<Value, Value> nothing() {
        return x -> null;
    }

    /** However an argument is called in the function, the derivative is by it. */
    @Test
    void anArgumentStaysTheArgumentUnderOtherNames() {
        Value one = Value.constant(1);
        List<UnaryOperator<Value>> names = List.of(x -> x.labelled("x"), Value::traced, NonFinite::trapping);
        for (UnaryOperator<Value> name : names) {
            Function<Value, Value> wholly = x -> name.apply(x).square();
            Function<Value, Value> partly = x -> x.plus(name.apply(x).square()).plus(name.apply(x));
            for (Value at : List.of(THREE, Value.variable("at", 3), name.apply(THREE))) {
                assertDerivatives(6, 2, wholly, at);
                assertDerivatives(8, 2, partly, at);
            }
            Function<List<Value>, Value> product = x -> name.apply(x.get(0)).elementMult(x.get(1));
            assertEquals(
                    List.of(1.0, 3.0),
                    gradient(product, List.of(THREE, one)).stream()
                            .map(Value::scalar)
                            .toList());
            assertEquals(
                    6,
                    gradient(
                                    x -> gradient(y -> name.apply(x).elementMult(y), one)
                                            .square(),
                                    THREE)
                            .scalar());
        }
    }

    private static void assertDerivatives(double first, double second, Function<Value, Value> f, Value at) {
        Value one = Value.constant(1);
        assertEquals(first, gradient(f, at).scalar());
        assertEquals(first, vectorJacobian(f, at, one).scalar());
        assertEquals(first, jacobianVector(f, at, one).scalar());
        assertEquals(first, jacobian(f, at).scalar());
        assertEquals(second, hessian(f, at).scalar());
        assertEquals(second, hessianVector(f, at, one).scalar());
        assertEquals(second, gradient(x -> gradient(f, x), at).scalar());
    }

    // ---- per sample -------------------------------------------------------------------------------------------------

    @Test
    void gradientsPerSampleSumToTheGradientOfTheBatch() {
        Random random = new Random(5);
        Value x = Samples.random(random, 7, 3);
        Value w = Value.variable("w", Samples.random(random, 3, 2));
        Value b = Value.variable("b", Samples.random(random, 1, 2));
        Function<List<Value>, Value> losses = p -> x.affine(p.get(0), p.get(1)).logSumExp(Per.ROW);

        List<Value> perSample = jacobian(losses, List.of(w.detached(), b.detached()));

        Value z = x.affine(w, b);
        Value dz = z.logSumExp(Per.ROW)
                .elementSum()
                .gradients(Gradients.Option.INTERMEDIATE)
                .of(z);
        Gradients batch = z.logSumExp(Per.ROW).elementSum().gradients();
        for (int i = 0; i < 7; i++) {
            Value dw = x.getRow(i).outer(dz.getRow(i));
            Samples.assertClose(perSample.get(0).getRow(i).transpose(), column(dw), 1e-14);
            Samples.assertClose(perSample.get(1).getRow(i), dz.getRow(i), 1e-14);
            Value norm = x.square()
                    .sum(Per.ROW)
                    .elementMult(dz.square().sum(Per.ROW))
                    .getRow(i);
            Samples.assertClose(dw.square().elementSum(), norm, 1e-14);
        }
        Samples.assertClose(column(batch.of(w)).transpose(), perSample.get(0).sum(Per.COLUMN), 1e-14);
        Samples.assertClose(batch.of(b), perSample.get(1).sum(Per.COLUMN), 1e-14);
    }

    // ---- worked examples --------------------------------------------------------------------------------------------

    /** The log-likelihood of normal data has the gradients Σ⁻¹·Σ(xᵢ − μ) and (Σ⁻¹·S·Σ⁻¹ − n·Σ⁻¹)/2. */
    @Test
    void gaussianLogLikelihood() {
        Random random = new Random(6);
        Value data = Samples.random(random, 20, 3);
        Value mean = Samples.random(random, 1, 3);
        Value covariance = Samples.positiveDefinite(random, 3);
        Function<List<Value>, Value> logLikelihood = p -> {
            Value centred = data.minus(p.get(0));
            Value distances = p.get(1).solve(centred.transpose()).dot(centred.transpose());
            return p.get(1)
                    .logDeterminant()
                    .scale(20)
                    .plus(distances)
                    .plus(20 * 3 * Math.log(2 * Math.PI))
                    .scale(-0.5);
        };
        Value precision = covariance.invert();
        Value centred = data.minus(mean);
        Value scatter = centred.multTransA(centred);
        List<Value> gradients = gradient(logLikelihood, List.of(mean, covariance));
        Samples.assertClose(centred.sum(Per.COLUMN).mult(precision), gradients.get(0), 1e-13);
        Samples.assertClose(
                precision
                        .mult(scatter)
                        .mult(precision)
                        .minus(precision.scale(20))
                        .scale(0.5),
                gradients.get(1),
                1e-13);
        // the same through the Cholesky factor, whose gradient is symmetrised
        Value viaCholesky = gradient(
                c -> {
                    Value l = c.cholesky();
                    Value white = l.solveTriangular(Triangle.LOWER, centred.transpose());
                    return l.diagonal(0)
                            .elementLog()
                            .elementSum()
                            .scale(40)
                            .plus(white.square().elementSum())
                            .scale(-0.5);
                },
                covariance);
        Samples.assertClose(gradients.get(1), viaCholesky, 1e-13);
        // the maximum is at the sample mean and covariance
        Value best = data.minus(data.mean(Per.COLUMN));
        for (Value zero : gradient(
                logLikelihood,
                List.of(data.mean(Per.COLUMN), best.multTransA(best).divide(20)))) {
            Samples.assertClose(Value.zeros(zero.shape()), zero, 1e-12);
        }
    }

    /** How the error on held-out data changes with the strength of the ridge that the weights were fitted with. */
    @Test
    void ridgeRegressionHyperGradient() {
        Random random = new Random(7);
        Value x = Samples.random(random, 12, 4);
        Value y = Samples.random(random, 12, 1);
        Value heldOut = Samples.random(random, 8, 4);
        Value targets = Samples.random(random, 8, 1);
        Value ridge = Value.constant(0.3);
        Function<Value, Value> fit =
                k -> x.multTransA(x).plus(Value.identity(4).elementMult(k)).solve(x.multTransA(y));
        Function<Value, Value> error =
                k -> heldOut.mult(fit.apply(k)).minus(targets).square().mean();

        Value system = x.multTransA(x).plus(Value.identity(4).elementMult(ridge));
        Value weights = fit.apply(ridge);
        Value slope = heldOut.multTransA(heldOut.mult(weights).minus(targets)).divide(4);
        Value dWeights = system.solve(weights).negative();
        Samples.assertClose(slope.dot(dWeights), gradient(error, ridge), 1e-14);
        Value curvature = heldOut.mult(dWeights)
                .square()
                .elementSum()
                .divide(4)
                .plus(slope.dot(system.solve(dWeights).scale(-2)));
        Samples.assertClose(curvature, hessian(error, ridge), 1e-13);
    }

    private static Value column(Value x) {
        return Value.constant(new org.ejml.data.DMatrixRMaj(
                x.shape().elements(), 1, true, x.data().data.clone()));
    }

    private static void assertMessage(String expected, org.junit.jupiter.api.function.Executable call) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void recordsCopyTheirLists() {
        List<Value> gradients = new java.util.ArrayList<>(List.of(THREE));
        var both = new Derivatives.ValueAndGradients(THREE, gradients);
        gradients.clear();
        assertArrayEquals(new Object[] {THREE}, both.gradients().toArray());
    }
}
