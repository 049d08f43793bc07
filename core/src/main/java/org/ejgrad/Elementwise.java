package org.ejgrad;

import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.map;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import java.util.function.DoubleBinaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * The operations that act on each element alone, with their derivatives.
 *
 * <p>Two operands have the same shape here; {@link #broadcast} brings them to it, so no rule mentions broadcasting.
 */
final class Elementwise {
    private Elementwise() {}

    // spotless:off

    // ---- arithmetic -------------------------------------------------------------------------------------------------

    static final Operation PLUS = binary("plus", (a, b) -> zip(a, b, (u, v) -> u + v),
            rule("dy", (a, b, y, dy) -> dy),
            rule("dy", (a, b, y, dy) -> dy));

    static final Operation MINUS = binary("minus", (a, b) -> zip(a, b, (u, v) -> u - v),
            rule("dy", (a, b, y, dy) -> dy),
            rule("−dy", (a, b, y, dy) -> dy.negative()));

    static final Operation ELEMENT_MULT = binary("elementMult", (a, b) -> zip(a, b, (u, v) -> u * v),
            rule("dy ⊙ b", (a, b, y, dy) -> dy.elementMult(b)),
            rule("dy ⊙ a", (a, b, y, dy) -> dy.elementMult(a)));

    static final Operation ELEMENT_DIV = binary("elementDiv", (a, b) -> zip(a, b, (u, v) -> u / v),
            rule("dy ⊘ b", (a, b, y, dy) -> dy.elementDiv(b)),
            rule("−dy ⊙ y ⊘ b", (a, b, y, dy) -> dy.elementMult(y).elementDiv(b).negative()));

    static final Operation NEGATIVE = unary("negative", x -> map(x, v -> -v), rule("−dy", (x, y, dy) -> dy.negative()));

    static Operation scale(double k) {
        return unary("scale", x -> map(x, v -> k * v), rule("k·dy", (x, y, dy) -> dy.scale(k))).with(k);
    }

    static Operation divide(double k) {
        return unary("divide", x -> map(x, v -> v / k), rule("dy/k", (x, y, dy) -> dy.divide(k))).with(k);
    }

    static Operation shift(double k) {
        return unary("plus", x -> map(x, v -> v + k), rule("dy", (x, y, dy) -> dy)).with(k);
    }

    // ---- powers, exponential, logarithm -----------------------------------------------------------------------------

    static final Operation SQUARE = unary("square", x -> map(x, v -> v * v),
            rule("2·x ⊙ dy", (x, y, dy) -> dy.elementMult(x).scale(2)));

    static final Operation SQRT =
            unary("sqrt", x -> map(x, Math::sqrt), rule("dy ⊘ 2y", (x, y, dy) -> dy.elementDiv(y.scale(2))));

    static final Operation EXP = unary("elementExp", Kernels::exp, rule("dy ⊙ y", (x, y, dy) -> dy.elementMult(y)));

    static final Operation LOG = unary("elementLog", Kernels::log, rule("dy ⊘ x", (x, y, dy) -> dy.elementDiv(x)));

    static Operation power(double p) {
        return unary("elementPower", x -> map(x, v -> Math.pow(v, p)),
                        rule(
                                "p·x^(p−1) ⊙ dy",
                                (x, y, dy) ->
                                        dy.elementMult(x.elementPower(p - 1).scale(p)))).with(p);
    }

    // ---- activations ------------------------------------------------------------------------------------------------

    static final Operation TANH =
            unary("tanh", Kernels::tanh, rule("dy ⊙ (1 − y²)", (x, y, dy) -> Elementwise.TANH_GRADIENT.apply(y, dy)));

    static final Operation TANH_GRADIENT = binary("tanhGradient", Kernels::tanhGradient,
            rule(
                    "−2·a ⊙ b ⊙ dy",
                    (a, b, y, dy) -> dy.elementMult(a).elementMult(b).scale(-2)),
            rule("dy ⊙ (1 − a²)", (a, b, y, dy) -> Elementwise.TANH_GRADIENT.apply(a, dy)));

    static final Operation SIGMOID = unary("sigmoid", Kernels::sigmoid,
            rule("dy ⊙ σ(x) ⊙ σ(−x)", (x, y, dy) -> Elementwise.SIGMOID_GRADIENT.apply(x, dy)));

    static final Operation SIGMOID_GRADIENT = binary("sigmoidGradient", Kernels::sigmoidGradient,
            rule(
                    "−dy ⊙ y ⊙ tanh(a/2)",
                    (a, b, y, dy) -> dy.elementMult(y).elementMult(a.scale(-0.5).tanh())),
            rule("dy ⊙ σ(a) ⊙ σ(−a)", (a, b, y, dy) -> Elementwise.SIGMOID_GRADIENT.apply(a, dy)));

    static final Operation SOFTPLUS = unary(
            "softplus", x -> map(x, Kernels::softplus), rule("dy ⊙ σ(x)", (x, y, dy) -> dy.elementMult(x.sigmoid())));

    static final Operation RELU = unary("relu", x -> Kernels.gate(x, x),
                    rule("dy where x > 0", (x, y, dy) -> Elementwise.GATE.apply(x, dy)))
            .piecewise(x -> map(x[0], v -> v > 0 ? 1 : 0), (d, x) -> Kernels.gate(d, x[0]));

    static final Operation GATE = binary("gate", Kernels::gate,
                    rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
                    rule("dy where a > 0", (a, b, y, dy) -> Elementwise.GATE.apply(a, dy)))
            .piecewise(x -> map(x[0], v -> v > 0 ? 1 : 0), (d, x) -> Kernels.gate(d, x[1]));

    static final Operation ABS = unary(
                    "abs", x -> map(x, Math::abs), rule("dy ⊙ sign(x)", (x, y, dy) -> dy.elementMult(x.sign())))
            .piecewise(x -> map(x[0], Math::signum), (d, x) -> zip(d, x[0], (s, v) -> s * v));

    static final Operation SIGN = unary(
                    "sign", x -> map(x, Math::signum), rule("0", (x, y, dy) -> Value.zeros(x.shape())))
            .piecewise(x -> map(x[0], Math::signum), (d, x) -> d.copy());

    // spotless:on

    // ---- helpers ----------------------------------------------------------------------------------------------------

    /** Applies an operation on equal shapes to operands that broadcast. */
    static Value broadcast(Operation operation, Value a, Value b) {
        if (a.shape().equals(b.shape())) {
            return operation.apply(a, b);
        }
        Shape shape;
        try {
            shape = a.shape().meet(b.shape());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(operation.call(a.data(), b.data()) + ": " + e.getMessage(), e);
        }
        return operation.apply(a.broadcastTo(shape), b.broadcastTo(shape));
    }

    /** A new matrix with a function applied to each pair of elements. */
    static DMatrixRMaj zip(DMatrixRMaj a, DMatrixRMaj b, DoubleBinaryOperator function) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            throw new IllegalArgumentException("the shapes differ");
        }
        DMatrixRMaj y = Kernels.like(a);
        for (int i = 0; i < y.data.length; i++) {
            y.data[i] = function.applyAsDouble(a.data[i], b.data[i]);
        }
        return y;
    }
}
