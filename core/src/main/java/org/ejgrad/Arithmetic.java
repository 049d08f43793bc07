package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

/**
 * Arithmetic of two values, element by element: the row of an operation, and under it the method that applies it.
 *
 * <p>In a row two operands have the same shape; {@link #broadcast} brings them to it, so no rule mentions broadcasting.
 * In the methods b is any value whose shape meets this one's, see {@link Shape}; others are refused.
 */
sealed interface Arithmetic extends Shaped permits Value {
    // spotless:off

    // ---- sums and products ------------------------------------------------------------------------------------------

    Operation PLUS = binary("plus", ElementKernels::plus,
            rule("dy", (a, b, y, dy) -> dy),
            rule("dy", (a, b, y, dy) -> dy));

    /** Elementwise a + b. */
    default Value plus(Value b) {
        return broadcast(PLUS, (Value) this, b);
    }

    Family<Double> SHIFT = Family.of(k -> unary("plus", x -> ElementKernels.shift(x, k), rule("dy", (x, y, dy) -> dy)));

    /** Elementwise a + k. */
    default Value plus(double k) {
        return SHIFT.of(k).apply((Value) this);
    }

    Operation MINUS = binary("minus", ElementKernels::minus,
            rule("dy", (a, b, y, dy) -> dy),
            rule("−dy", (a, b, y, dy) -> dy.negative()));

    /** Elementwise a − b. */
    default Value minus(Value b) {
        return broadcast(MINUS, (Value) this, b);
    }

    /** Elementwise a − k. */
    default Value minus(double k) {
        return plus(-k);
    }

    Operation NEGATIVE = unary("negative", x -> ElementKernels.scale(-1, x),
            rule("−dy", (x, y, dy) -> dy.negative()));

    /** Elementwise −x. */
    default Value negative() {
        return NEGATIVE.apply((Value) this);
    }

    Family<Double> SCALE = Family.of(k -> unary("scale", x -> ElementKernels.scale(k, x),
            rule("k·dy", (x, y, dy) -> Double.isFinite(k) ? dy.scale(k) : dy.timesOrZero(Value.constant(k)))));

    /** Elementwise k·x. */
    default Value scale(double k) {
        return SCALE.of(k).apply((Value) this);
    }

    Family<Double> DIVIDE = Family.of(k -> unary("divide", x -> ElementKernels.divide(x, k),
            rule("dy/k", (x, y, dy) ->
                    k != 0 && !Double.isNaN(k) ? dy.divide(k) : dy.overOrZero(Value.constant(k)))));

    /** Elementwise x/k. */
    default Value divide(double k) {
        return DIVIDE.of(k).apply((Value) this);
    }

    Operation ELEMENT_MULT = binary("elementMult", ElementKernels::elementMult,
            rule("dy ⊙ b", (a, b, y, dy) -> dy.timesOrZero(b)),
            rule("dy ⊙ a", (a, b, y, dy) -> dy.timesOrZero(a)));

    /** Elementwise a ⊙ b. */
    default Value elementMult(Value b) {
        return broadcast(ELEMENT_MULT, (Value) this, b);
    }

    Operation ELEMENT_DIV = binary("elementDiv", ElementKernels::elementDiv,
            rule("dy ⊘ b", (a, b, y, dy) -> dy.overOrZero(b)),
            rule("−dy ⊙ y ⊘ b", (a, b, y, dy) -> dy.timesOrZero(y.overOrZero(b)).negative()));

    /** Elementwise a ⊘ b. */
    default Value elementDiv(Value b) {
        return broadcast(ELEMENT_DIV, (Value) this, b);
    }

    // ---- the vocabulary of rules: a structural zero beats infinity --------------------------------------------------

    Operation TIMES_OR_ZERO = binary("timesOrZero", ElementKernels::timesOrZero,
            rule("dy ⊙ b", (a, b, y, dy) -> dy.timesOrZero(b)),
            rule("dy ⊙ a", (a, b, y, dy) -> dy.timesOrZero(a)));

    /**
     * Elementwise a ⊙ b, and 0 where a is 0, even against ∞ or NaN: a gradient times a slope, or a mass times its
     * logarithm.
     */
    default Value timesOrZero(Value b) {
        return broadcast(TIMES_OR_ZERO, (Value) this, b);
    }

    Operation OVER_OR_ZERO = binary("overOrZero", ElementKernels::overOrZero,
            rule("dy ⊘ b", (a, b, y, dy) -> dy.overOrZero(b)),
            rule("−dy ⊙ y ⊘ b", (a, b, y, dy) -> dy.timesOrZero(y.overOrZero(b)).negative()));

    /** Elementwise a ⊘ b, and 0 where a is 0, even against 0 or NaN: a gradient through the inverse of a slope. */
    default Value overOrZero(Value b) {
        return broadcast(OVER_OR_ZERO, (Value) this, b);
    }

    /** Elementwise x, and NaN outside of low ≤ x ≤ high: keeps the slope of a function from outliving its domain. */
    default Value nanOutside(double low, double high) {
        return unary("nanOutside", x -> ElementKernels.map(x, v -> v < low || v > high ? Double.NaN : v),
                rule("dy", (x, y, dy) -> dy)).with(low, high).apply((Value) this);
    }

    // ---- powers, and logarithms of sums and products ----------------------------------------------------------------

    Operation POWER = binary("elementPower", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::power),
            rule("dy ⊙ b ⊙ a^(b−1)", (a, b, y, dy) -> dy.timesOrZero(b.timesOrZero(a.elementPower(b.minus(1))))),
            rule("dy ⊙ aᵇ ⊙ ln a", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.POWER_LOG.apply(a, b))));

    /** Elementwise aᵇ; 0⁰ is 1, and the slope of 0ᵇ in b is 0 for b ≥ 0. */
    default Value elementPower(Value b) {
        return broadcast(POWER, (Value) this, b);
    }

    /** Elementwise baseˣ; a negative base has no slope, NaN. */
    default Value elementPowerOf(double base) {
        Value x = (Value) this;
        return Value.filled(x.shape(), base).elementPower(x);
    }

    /** aᵇ·ln a, and 0 where a = 0 and b ≥ 0. */
    Operation POWER_LOG = binary("powerLog", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::powerLog),
            rule("dy ⊙ (b ⊙ a^(b−1) ⊙ ln a + a^(b−1))", (a, b, y, dy) -> dy.timesOrZero(
                    b.timesOrZero(Arithmetic.POWER_LOG.apply(a, b.minus(1))).plus(a.elementPower(b.minus(1))))),
            rule("dy ⊙ y ⊙ ln a", (a, b, y, dy) -> dy.timesOrZero(y.timesOrZero(a.elementLog()))));

    Operation LOG_ADD_EXP = binary("logAddExp", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::logAddExp),
            rule("dy ⊙ σ(a − b)", (a, b, y, dy) -> dy.timesOrZero(a.minus(b).sigmoid())),
            rule("dy ⊙ σ(b − a)", (a, b, y, dy) -> dy.timesOrZero(b.minus(a).sigmoid())));

    /** Elementwise ln(eᵃ + eᵇ), finite for finite a and b. */
    default Value logAddExp(Value b) {
        return broadcast(LOG_ADD_EXP, (Value) this, b);
    }

    Operation XLOGY = binary("xlogy", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::xlogy),
            rule("dy ⊙ ln b", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.XLOGY_SLOPE.apply(a, b))),
            rule("dy ⊙ a ⊘ b", (a, b, y, dy) ->
                    dy.timesOrZero(a.overOrZero(b.nanOutside(0, Double.POSITIVE_INFINITY)))));

    /** Elementwise a·ln b, which is 0 where a = 0; at a = b = 0 both slopes are 0. */
    default Value xlogy(Value b) {
        return broadcast(XLOGY, (Value) this, b);
    }

    /** ln b, and 0 where a = 0 and b ≤ 0. */
    Operation XLOGY_SLOPE = binary("xlogySlope",
            (a, b) -> ElementKernels.zip(a, b, (u, v) -> u == 0 && v <= 0 ? 0 : Math.log(v)),
            rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
            rule("dy ⊘ b", (a, b, y, dy) -> dy.overOrZero(b.nanOutside(0, Double.POSITIVE_INFINITY))));

    Operation ATAN2 = binary("atan2", (a, b) -> ElementKernels.zip(a, b, Math::atan2),
            rule("dy ⊙ b ⊘ (a² + b²)", (a, b, y, dy) -> dy.timesOrZero(b.overOrZero(a.square().plus(b.square())))),
            rule("−dy ⊙ a ⊘ (a² + b²)", (a, b, y, dy) ->
                    dy.timesOrZero(a.overOrZero(a.square().plus(b.square()))).negative()));

    /** Elementwise angle of the point (b, a), in (−π, π]; at the origin both slopes are taken as 0. */
    default Value atan2(Value b) {
        return broadcast(ATAN2, (Value) this, b);
    }

    /** The inner product Σ a ⊙ b, a 1x1 value. */
    default Value dot(Value b) {
        requireNonNull(b, "b");
        return composed(() -> elementMult(b).elementSum(), "dot", this, b);
    }

    // spotless:on

    /** Applies an operation on equal shapes to operands that broadcast. */
    static Value broadcast(Operation operation, Value a, Value b) {
        if (a.shape().equals(requireNonNull(b, "b").shape())) {
            return operation.apply(a, b);
        }
        Shape shape;
        try {
            shape = a.shape().meet(b.shape());
        } catch (IllegalArgumentException e) {
            throw Calls.named(e, operation.name(), operation.parameters(), a.data(), b.data());
        }
        return operation.apply(a.broadcastTo(shape), b.broadcastTo(shape));
    }
}
