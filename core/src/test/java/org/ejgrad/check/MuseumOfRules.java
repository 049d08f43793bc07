package org.ejgrad.check;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Gradients;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Faults in the derivative of one operation. */
final class MuseumOfRules {
    private MuseumOfRules() {}

    private static Value variable(int rows, int columns) {
        return PlantedInRules.variable("x", rows, columns, 0.2, 1.8);
    }

    private static String check(Operation operation, Value x) {
        Value y = operation.apply(x);
        return Exhibit.name(
                GradientCheck.of(y.elementMult(y).plus(y).elementSum()).run());
    }

    private static Operation unary(String name, UnaryOperator<DMatrixRMaj> forward, Rule.Unary rule) {
        return Operation.unary(name, forward, Rule.rule("museum", rule));
    }

    private static DMatrixRMaj softmax(DMatrixRMaj x) {
        return Value.constant(x).softmax(Per.ROW).matrix().getDDRM();
    }

    private static Value softmaxRule(Value y, Value dy) {
        return y.elementMult(dy.minus(dy.elementMult(y).sum(Per.ROW)));
    }

    private static DMatrixRMaj inverse(DMatrixRMaj x) {
        DMatrixRMaj z = x.copy();
        CommonOps_DDRM.invert(z);
        return z;
    }

    private static DMatrixRMaj cofactors(DMatrixRMaj x) {
        return new DMatrixRMaj(new double[][] {{x.get(1, 1), -x.get(1, 0)}, {-x.get(0, 1), x.get(0, 0)}});
    }

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "pytorch/glow 1559",
                        "a gradient replaced by a no-op left all tests green",
                        "ZERO",
                        faulty -> check(
                                unary(
                                        "tanh",
                                        x -> Operation.map(x, Math::tanh),
                                        (x, y, dy) -> faulty
                                                ? dy.scale(0)
                                                : dy.elementMult(
                                                        y.square().negative().plus(1))),
                                variable(2, 3))),
                new Exhibit(
                        "chainer/chainer 3541",
                        "a gradient wrong by less than the tolerance passed",
                        "CONSTANT_FACTOR",
                        faulty -> check(
                                unary(
                                        "sigmoid",
                                        x -> Operation.map(x, v -> 1 / (1 + Math.exp(-v))),
                                        (x, y, dy) -> dy.elementMult(y)
                                                .elementMult(y.negative().plus(1))
                                                .scale(faulty ? 1.0009 : 1)),
                                variable(2, 3))),
                new Exhibit(
                        "encog softmax",
                        "the derivative of softmax is reported as 1",
                        "MISSING_FACTOR",
                        faulty -> check(
                                unary(
                                        "softmax",
                                        MuseumOfRules::softmax,
                                        (x, y, dy) -> faulty ? dy : softmaxRule(y, dy)),
                                variable(2, 3))),
                new Exhibit(
                        "SameDiff MatrixInverse",
                        "−(Z·Z) ⊙ dy instead of −Zᵀ·dy·Zᵀ",
                        "inverse",
                        faulty -> check(
                                unary(
                                        "inverse",
                                        MuseumOfRules::inverse,
                                        (x, y, dy) -> faulty
                                                ? y.mult(y).elementMult(dy).negative()
                                                : y.transpose()
                                                        .mult(dy)
                                                        .mult(y.transpose())
                                                        .negative()),
                                Value.variable("x", new double[][] {{2, 0.5}, {-0.3, 1.5}}))),
                new Exhibit(
                        "minitorch log",
                        "log(x + 1e-6) with the derivative of log x",
                        "rule of input 0 of log",
                        faulty -> check(
                                unary(
                                        "log",
                                        x -> Operation.map(x, v -> Math.log(v + 1e-6)),
                                        (x, y, dy) -> dy.elementDiv(faulty ? x : x.plus(1e-6))),
                                variable(2, 3))),
                new Exhibit(
                        "pytorch/pytorch 80761, 104675",
                        "the derivative of the determinant of a singular matrix is 0",
                        "ZERO",
                        faulty -> check(
                                unary(
                                        "determinant",
                                        x -> new DMatrixRMaj(new double[][] {
                                            {x.get(0, 0) * x.get(1, 1) - x.get(0, 1) * x.get(1, 0)}
                                        }),
                                        (x, y, dy) -> Value.constant(
                                                        faulty && y.scalar() == 0
                                                                ? new DMatrixRMaj(2, 2)
                                                                : cofactors(x.matrix()
                                                                        .getDDRM()))
                                                .elementMult(dy)),
                                Value.variable("x", new double[][] {{1, 2}, {2, 4}}))),
                new Exhibit(
                        "pytorch/pytorch 18825",
                        "the Cholesky gradient's convention: one triangle only",
                        "TRIANGLE_ONLY",
                        faulty -> check(
                                unary(
                                        "logDeterminant",
                                        x -> new DMatrixRMaj(new double[][] {{Math.log(CommonOps_DDRM.det(x))}}),
                                        (x, y, dy) -> {
                                            DMatrixRMaj g = inverse(x.matrix().getDDRM());
                                            CommonOps_DDRM.transpose(g);
                                            g.set(0, 1, faulty ? 0 : g.get(0, 1));
                                            return Value.constant(g).elementMult(dy);
                                        }),
                                Value.variable("x", new double[][] {{3, 0.5}, {0.5, 2}}))),
                new Exhibit(
                        "caffe 1334, Theano 4568",
                        "a tie of max gave both operands the whole gradient",
                        "TWICE",
                        faulty -> {
                            Operation max = Operation.binary(
                                            "max",
                                            MuseumOfRules::larger,
                                            Rule.rule("a", (a, b, y, dy) -> dy.scale(faulty ? 1 : 0.5)),
                                            Rule.rule("b", (a, b, y, dy) -> dy.scale(faulty ? 1 : 0.5)))
                                    .piecewise(
                                            m -> new DMatrixRMaj(new double[][] {
                                                {
                                                    m[0].data[0] == m[1].data[0]
                                                            ? 0.5
                                                            : m[0].data[0] > m[1].data[0] ? 1 : 0
                                                }
                                            }),
                                            (d, m) -> new DMatrixRMaj(new double[][] {
                                                {d.data[0] * m[0].data[0] + (1 - d.data[0]) * m[1].data[0]}
                                            }));
                            Value x = Value.variable("x", 1.5);
                            return Exhibit.name(
                                    GradientCheck.of(max.apply(x, x)).run());
                        }),
                new Exhibit(
                        "pytorch/pytorch 114234",
                        "max(x, 0) has the slope 0, ½ or 1 at 0, by how it is spelt",
                        "kink-other: slopes 0.00000 | 1.00000, the documented choice is 0.00000",
                        faulty -> {
                            Operation relu = unary(
                                            "relu",
                                            x -> Operation.map(x, v -> Math.max(v, 0)),
                                            (x, y, dy) -> dy.elementMult(Value.constant(Operation.map(
                                                    x.matrix().getDDRM(),
                                                    v -> v > 0 ? 1 : v == 0 && faulty ? 0.5 : 0))))
                                    .piecewise(
                                            m -> Operation.map(m[0], v -> v > 0 ? 1 : 0),
                                            (d, m) -> Value.constant(d)
                                                    .elementMult(Value.constant(m[0]))
                                                    .matrix()
                                                    .getDDRM());
                            Value x = Value.variable("x", new double[][] {{0, 1, -1}});
                            return Exhibit.name(
                                    GradientCheck.of(relu.apply(x).elementSum()).run());
                        }),
                new Exhibit(
                        "pytorch/pytorch 78355",
                        "a gradient of the wrong shape was summed into shape by the engine",
                        "expected that input's shape",
                        faulty -> {
                            Operation add = Operation.binary(
                                    "addRow",
                                    (a, b) -> Value.constant(a)
                                            .plus(Value.constant(b))
                                            .matrix()
                                            .getDDRM(),
                                    Rule.rule("dy", (a, b, y, dy) -> dy),
                                    Rule.rule("dy", (a, b, y, dy) -> faulty ? dy : dy.sum(Per.COLUMN)));
                            try {
                                return Exhibit.name(GradientCheck.of(add.apply(variable(3, 2), variable(1, 2))
                                                .tanh())
                                        .run());
                            } catch (IllegalStateException refused) {
                                return String.valueOf(refused.getMessage());
                            }
                        }),
                new Exhibit(
                        "Keanu Cholesky",
                        "an operation that declares itself differentiable and throws",
                        "not implemented",
                        faulty -> {
                            try {
                                return check(
                                        unary("square", x -> Operation.map(x, v -> v * v), (x, y, dy) -> {
                                            if (faulty) {
                                                throw new UnsupportedOperationException("not implemented");
                                            }
                                            return dy.elementMult(x).scale(2);
                                        }),
                                        variable(1, 2));
                            } catch (UnsupportedOperationException thrown) {
                                return String.valueOf(thrown.getMessage());
                            }
                        }),
                new Exhibit(
                        "tensorflow/tensorflow 7403",
                        "the Hessian of the fused softmax cross-entropy was silently zero",
                        "ZERO",
                        faulty -> {
                            Operation fused = unary(
                                    "fused",
                                    x -> Value.constant(x)
                                            .logSumExp(Per.ROW)
                                            .matrix()
                                            .getDDRM(),
                                    (x, y, dy) -> (faulty ? x.detached() : x)
                                            .softmax(Per.ROW)
                                            .elementMult(dy.broadcastTo(x.shape())));
                            Value direction = Value.constant(new double[][] {{1, -2, 0.5}});
                            return Exhibit.name(GradientCheck.of(
                                            List.of(Value.variable("x", new double[][] {{0.3, -0.2, 0.9}})),
                                            v -> fused.apply(v.get(0))
                                                    .gradients(Gradients.Option.DIFFERENTIABLE)
                                                    .of(v.get(0))
                                                    .elementMult(direction)
                                                    .elementSum())
                                    .run());
                        }),
                new Exhibit(
                        "jax-ml/jax, norm at 0",
                        "the gradient of the norm of a zero vector is NaN",
                        "non-finite",
                        faulty -> {
                            Operation norm = unary(
                                    "norm",
                                    x -> new DMatrixRMaj(new double[][] {{Math.hypot(x.data[0], x.data[1])}}),
                                    (x, y, dy) -> x.elementMult(dy.broadcastTo(new Shape(1, 2)))
                                            .divide(faulty || y.scalar() > 0 ? y.scalar() : 1));
                            return Exhibit.name(GradientCheck.of(norm.apply(
                                            Value.variable("x", new double[][] {{0, 0}})))
                                    .run());
                        }));
    }

    private static DMatrixRMaj larger(DMatrixRMaj a, DMatrixRMaj b) {
        return new DMatrixRMaj(new double[][] {{Math.max(a.data[0], b.data[0])}});
    }
}
