package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.map;
import static org.ejgrad.Operation.of;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import java.util.function.DoubleBinaryOperator;
import org.ejml.data.DMatrixRMaj;

/**
 * Arithmetic and choice, element by element, with their derivatives.
 *
 * <p>Two operands have the same shape here; {@link #broadcast} brings them to it, so no rule mentions broadcasting.
 */
final class Elementwise {
    private Elementwise() {}

    // spotless:off

    // ---- arithmetic -------------------------------------------------------------------------------------------------

    static final Operation PLUS = binary("plus", Kernels::plus,
            rule("dy", (a, b, y, dy) -> dy),
            rule("dy", (a, b, y, dy) -> dy));

    static final Operation MINUS = binary("minus", Kernels::minus,
            rule("dy", (a, b, y, dy) -> dy),
            rule("−dy", (a, b, y, dy) -> dy.negative()));

    static final Operation ELEMENT_MULT = binary("elementMult", Kernels::elementMult,
            rule("dy ⊙ b", (a, b, y, dy) -> dy.times(b)),
            rule("dy ⊙ a", (a, b, y, dy) -> dy.times(a)));

    static final Operation ELEMENT_DIV = binary("elementDiv", Kernels::elementDiv,
            rule("dy ⊘ b", (a, b, y, dy) -> dy.over(b)),
            rule("−dy ⊙ y ⊘ b", (a, b, y, dy) -> dy.times(y.over(b)).negative()));

    static final Operation NEGATIVE = unary("negative", x -> Kernels.scale(-1, x),
            rule("−dy", (x, y, dy) -> dy.negative()));

    static Operation scale(double k) {
        return unary("scale", x -> Kernels.scale(k, x), rule("k·dy", (x, y, dy) -> dy.scale(k))).with(k);
    }

    static Operation divide(double k) {
        return unary("divide", x -> map(x, v -> v / k), rule("dy/k", (x, y, dy) -> dy.divide(k))).with(k);
    }

    static Operation shift(double k) {
        return unary("plus", x -> map(x, v -> v + k), rule("dy", (x, y, dy) -> dy)).with(k);
    }

    /** a ⊙ b for a gradient a: where it is 0 the product is 0, whatever the slope b. */
    static final Operation TIMES = binary("times", Kernels::times,
            rule("dy ⊙ b", (a, b, y, dy) -> dy.times(b)),
            rule("dy ⊙ a", (a, b, y, dy) -> dy.times(a)));

    /** a ⊘ b for a gradient a: where it is 0 the quotient is 0, whatever b. */
    static final Operation OVER = binary("over", Kernels::over,
            rule("dy ⊘ b", (a, b, y, dy) -> dy.over(b)),
            rule("−dy ⊙ y ⊘ b", (a, b, y, dy) -> dy.times(y.over(b)).negative()));

    // ---- powers of two values and logarithms of sums and products ---------------------------------------------------

    static final Operation POWER = binary("elementPower", (a, b) -> zip(a, b, Kernels::power),
            rule("dy ⊙ b ⊙ a^(b−1)", (a, b, y, dy) -> dy.times(b.times(a.elementPower(b.minus(1))))),
            rule("dy ⊙ aᵇ ⊙ ln a", (a, b, y, dy) -> dy.times(Elementwise.POWER_LOG.apply(a, b))));

    /** aᵇ·ln a, and 0 where a = 0 and b ≥ 0. */
    static final Operation POWER_LOG = binary("powerLog", (a, b) -> zip(a, b, Kernels::powerLog),
            rule("dy ⊙ (b ⊙ a^(b−1) ⊙ ln a + a^(b−1))", (a, b, y, dy) ->
                    dy.times(b.times(Elementwise.POWER_LOG.apply(a, b.minus(1))).plus(a.elementPower(b.minus(1))))),
            rule("dy ⊙ y ⊙ ln a", (a, b, y, dy) -> dy.times(y.times(a.elementLog()))));

    static final Operation LOG_ADD_EXP = binary("logAddExp", (a, b) -> zip(a, b, Kernels::logAddExp),
            rule("dy ⊙ σ(a − b)", (a, b, y, dy) -> dy.times(a.minus(b).sigmoid())),
            rule("dy ⊙ σ(b − a)", (a, b, y, dy) -> dy.times(b.minus(a).sigmoid())));

    /** a·ln b, and 0 where a = 0. */
    static final Operation XLOGY = binary("xlogy", (a, b) -> zip(a, b, Kernels::xlogy),
            rule("dy ⊙ ln b", (a, b, y, dy) -> dy.times(Elementwise.XLOGY_SLOPE.apply(a, b))),
            rule("dy ⊙ a ⊘ b", (a, b, y, dy) -> dy.times(a.over(b.within(0, Double.POSITIVE_INFINITY)))));

    /** ln b, and 0 where a = 0 and b ≤ 0. */
    static final Operation XLOGY_SLOPE = binary("xlogySlope",
            (a, b) -> zip(a, b, (u, v) -> u == 0 && v <= 0 ? 0 : Math.log(v)),
            rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
            rule("dy ⊘ b", (a, b, y, dy) -> dy.over(b.within(0, Double.POSITIVE_INFINITY))));

    /** The angle of the point (b, a). */
    static final Operation ATAN2 = binary("atan2", (a, b) -> zip(a, b, Math::atan2),
            rule("dy ⊙ b ⊘ (a² + b²)", (a, b, y, dy) -> dy.times(b.over(a.square().plus(b.square())))),
            rule("−dy ⊙ a ⊘ (a² + b²)", (a, b, y, dy) -> dy.times(a.over(a.square().plus(b.square()))).negative()));

    // ---- choices ----------------------------------------------------------------------------------------------------

    /** The larger of two; at a tie, a has the given share of the gradient and b the rest. */
    static Operation maximum(double tie) {
        return binary("maximum", (a, b) -> zip(a, b, Math::max),
                rule("dy where a > b", (a, b, y, dy) -> dy.times(larger(tie).apply(a, b))),
                rule("dy where b > a", (a, b, y, dy) -> dy.times(larger(1 - tie).apply(b, a))))
                .piecewise(x -> larger(tie).compute(x[0], x[1]), Kernels::mix);
    }

    /** The smaller of two; at a tie, a has the given share of the gradient and b the rest. */
    static Operation minimum(double tie) {
        return binary("minimum", (a, b) -> zip(a, b, Math::min),
                rule("dy where a < b", (a, b, y, dy) -> dy.times(larger(tie).apply(b, a))),
                rule("dy where b < a", (a, b, y, dy) -> dy.times(larger(1 - tie).apply(a, b))))
                .piecewise(x -> larger(tie).compute(x[1], x[0]), Kernels::mix);
    }

    /** 1 where a > b, 0 where a < b, the given number at a tie. */
    static Operation larger(double tie) {
        return comparison("larger", (u, v) -> u > v ? 1 : u < v ? 0 : u == v ? tie : Double.NaN).with(tie);
    }

    static final Operation GREATER_THAN = comparison("greaterThan", (u, v) -> u > v ? 1 : u <= v ? 0 : Double.NaN);

    static final Operation LESS_THAN = comparison("lessThan", (u, v) -> u < v ? 1 : u >= v ? 0 : Double.NaN);

    /** A function of two numbers in steps, whose slopes are 0 wherever it has a value. */
    private static Operation comparison(String name, DoubleBinaryOperator step) {
        return binary(name, (a, b) -> zip(a, b, step),
                rule("0", (a, b, y, dy) -> dy.times(Curves.FLAT.apply(y))),
                rule("0", (a, b, y, dy) -> dy.times(Curves.FLAT.apply(y))))
                .piecewise(x -> zip(x[0], x[1], step), (d, x) -> d.copy());
    }

    /** a where the condition is 1, b where it is 0: the gradient of the branch not taken is exactly 0. */
    static final Operation WHERE = of("where", m -> Kernels.where(m[0], m[1], m[2]),
            new Rule("0", (in, y, dy) -> Value.zeros(y.shape())),
            new Rule("dy where 1", (in, y, dy) -> Elementwise.GATE.apply(in.get(0), dy)),
            new Rule("dy where 0", (in, y, dy) -> Elementwise.GATE.apply(in.get(0).negative().plus(1), dy)));

    /** b where a > 0, else 0. */
    static final Operation GATE = binary("gate", Kernels::gate,
            rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
            rule("dy where a > 0", (a, b, y, dy) -> Elementwise.GATE.apply(a, dy)))
            .piecewise(x -> Kernels.positive(x[0]), (d, x) -> Kernels.gate(d, x[1]));

    /** x, and NaN outside of low ≤ x ≤ high: keeps the slope of a function from outliving its domain. */
    static Operation within(double low, double high) {
        return unary("within", x -> map(x, v -> v < low || v > high ? Double.NaN : v),
                rule("dy", (x, y, dy) -> dy)).with(low, high);
    }

    // spotless:on

    // ---- helpers ----------------------------------------------------------------------------------------------------

    /** Applies an operation on equal shapes to operands that broadcast. */
    static Value broadcast(Operation operation, Value a, Value b) {
        if (a.shape().equals(requireNonNull(b, "b").shape())) {
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

    /** {@link #WHERE} on operands that broadcast to the shape in which all three meet. */
    static Value choose(Value condition, Value a, Value b) {
        requireNonNull(a, "a");
        requireNonNull(b, "b");
        Shape shape;
        try {
            shape = condition.shape().meet(a.shape()).meet(b.shape());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    WHERE.call(condition.data(), a.data(), b.data()) + ": " + e.getMessage(), e);
        }
        return WHERE.apply(condition.broadcastTo(shape), a.broadcastTo(shape), b.broadcastTo(shape));
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
