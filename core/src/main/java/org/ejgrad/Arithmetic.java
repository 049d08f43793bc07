package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.Elementwise.binary;
import static org.ejgrad.Elementwise.unary;
import static org.ejgrad.Rule.rule;

import java.util.Arrays;

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
            rule("−dy ⊙ a ⊘ b²", (a, b, y, dy) -> dy.timesOrZero(overPower(2, false).apply(a, b)).negative()));

    /** Elementwise a ⊘ b. */
    default Value elementDiv(Value b) {
        return broadcast(ELEMENT_DIV, (Value) this, b);
    }

    // ---- the vocabulary of rules: a structural zero beats infinity --------------------------------------------------

    Operation TIMES_OR_ZERO = binary("timesOrZero", ElementKernels::timesOrZero,
            rule("dy ⊙ b", (a, b, y, dy) -> dy.timesOrZero(b)),
            rule("dy ⊙ a", (a, b, y, dy) -> timesOrZeros(dy, a)));

    /**
     * Elementwise a ⊙ b, and 0 where a is 0, even against ∞ or NaN: a gradient times a slope, or a mass times its
     * logarithm.
     */
    default Value timesOrZero(Value b) {
        return broadcast(TIMES_OR_ZERO, (Value) this, b);
    }

    /** a ⊙ b, and 0 where either is 0: what is 0 by construction, whatever b is, has the slope 0 in b. */
    Operation TIMES_OR_ZEROS = binary("timesOrZeros", ElementKernels::timesOrZeros,
            rule("dy ⊙ b", (a, b, y, dy) -> timesOrZeros(dy, b)),
            rule("dy ⊙ a", (a, b, y, dy) -> timesOrZeros(dy, a)));

    /** The gradient dy through a slope that is 0 where another gradient is. */
    static Value timesOrZeros(Value dy, Value slope) {
        return broadcast(TIMES_OR_ZEROS, dy, slope);
    }

    Operation OVER_OR_ZERO = binary("overOrZero", ElementKernels::overOrZero,
            rule("dy ⊘ b", (a, b, y, dy) -> dy.overOrZero(b)),
            rule("−dy ⊙ a ⊘ b²", (a, b, y, dy) -> timesOrZeros(dy, overPower(2, true).apply(a, b)).negative()));

    /** a ⊘ bⁿ, with the digits that a ⊘ b loses where it is subnormal; 0 where a is 0, if that is to win. */
    static Operation overPower(int n, boolean zeroWins) {
        return binary("overPower",
                (a, b) -> ElementKernels.zip(a, b, (u, v) -> zeroWins && u == 0 ? 0 : Wide.quotient(u, v, n)),
                rule("dy ⊘ bⁿ", (a, b, y, dy) -> overPower(n, true).apply(dy, b)),
                rule("−n·dy ⊙ a ⊘ bⁿ⁺¹", (a, b, y, dy) -> {
                    Value slope = overPower(n + 1, zeroWins).apply(a, b);
                    return (zeroWins ? timesOrZeros(dy, slope) : dy.timesOrZero(slope)).scale(-n);
                }))
                .with(n).meaning(of -> of.get(0).elementDiv(of.get(1).elementPower(n)));
    }

    /** Elementwise a ⊘ b, and 0 where a is 0, even against 0 or NaN: a gradient through the inverse of a slope. */
    default Value overOrZero(Value b) {
        return broadcast(OVER_OR_ZERO, (Value) this, b);
    }

    /** A product in a rule; of constants it is just computed. */
    static Value product(GradientProduct kind, Value a, Value b) {
        return a.isConstant() && b.isConstant()
                ? Value.adopting(kind.compute(a.data(), b.data()))
                : product("multOrZero", kind).with(kind.formula(), kind.isGradientA(), kind.isGradientB()).apply(a, b);
    }

    static Operation product(String name, GradientProduct kind) {
        return Operation.Trusted.binary(name, kind::compute,
                rule("dy·bᵀ", (a, b, y, dy) -> kind.turnsA() ? product(kind.byA(), b, dy) : product(kind.byA(), dy, b)),
                rule("aᵀ·dy", (a, b, y, dy) -> kind.turnsB() ? product(kind.byB(), dy, a) : product(kind.byB(), a, dy)))
                .meaning(of -> kind.turnsA() ? of.get(0).multTransA(of.get(1))
                        : kind.turnsB() ? of.get(0).multTransB(of.get(1)) : of.get(0).mult(of.get(1)));
    }

    /** The exponent of the power of two next below the largest element; 0 of zeros. */
    static int unit(Value x) {
        return Equilibrated.exponentOfLargest(x.data());
    }

    /** x·2^exponent, which a rule takes back later: its formula is that of the exponent 0. */
    static Value shifted(Value x, int exponent) {
        int[] rows = Arrays.stream(new int[x.getNumRows()]).map(i -> exponent).toArray();
        return shift(rows, new int[x.getNumCols()]).apply(x);
    }

    /** Element (i, j) times 2^(rows[i] + columns[j]). */
    static Operation shift(int[] rows, int[] columns) {
        return Operation.Trusted.unary("shift", x -> Equilibrated.shifted(x, rows, columns, 1),
                rule("dy shifted alike", (x, y, dy) -> shift(rows, columns).apply(dy)))
                .with(Arrays.stream(rows).boxed().toList(), Arrays.stream(columns).boxed().toList());
    }

    /** Elementwise x, and NaN outside of low ≤ x ≤ high: keeps the slope of a function from outliving its domain. */
    default Value nanOutside(double low, double high) {
        return unary("nanOutside", x -> ElementKernels.map(x, v -> v < low || v > high ? Double.NaN : v),
                rule("dy", (x, y, dy) -> dy)).with(low, high).apply((Value) this);
    }

    // ---- powers, and logarithms of sums and products ----------------------------------------------------------------

    Operation POWER = binary("elementPower", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::power),
            rule("dy ⊙ b ⊙ a^(b−1)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.POWER_SLOPE.apply(a, b))),
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

    /** b·a^(b−1); exact where b − 1 would be rounded. */
    Operation POWER_SLOPE = binary("powerSlope", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::powerSlope),
            rule("dy ⊙ b ⊙ (b − 1) ⊙ a^(b−2)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.POWER_BEND.apply(a, b))),
            rule("dy ⊙ a^(b−1) ⊙ (1 + b ⊙ ln a)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.POWER_TWIST.apply(a, b))))
            .meaning(of -> of.get(1).elementMult(of.get(0).elementPower(of.get(1).plus(-1))));

    /** aᵇ·ln a, and 0 where a = 0 and b ≥ 0. */
    Operation POWER_LOG = binary("powerLog", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::powerLog),
            rule("dy ⊙ a^(b−1) ⊙ (1 + b ⊙ ln a)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.POWER_TWIST.apply(a, b))),
            rule("dy ⊙ aᵇ ⊙ ln² a", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.POWER_LOG_SQUARE.apply(a, b))))
            .meaning(of -> of.get(0).elementPower(of.get(1)).elementMult(of.get(0).elementLog()));

    /** b·(b − 1)·a^(b−2), the second derivative of aᵇ in a. */
    Operation POWER_BEND = binary("powerBend", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::powerBend),
            rule("dy ⊙ y ⊙ (b − 2) ⊘ a", (a, b, y, dy) -> dy.timesOrZero(y.timesOrZero(b.plus(-2)).overOrZero(a))),
            rule("dy ⊙ ((2b − 1) ⊙ a^(b−2) + y ⊙ ln a)", (a, b, y, dy) -> dy.timesOrZero(
                    b.scale(2).plus(-1).timesOrZero(a.elementPower(b.plus(-2))).plus(y.timesOrZero(a.elementLog())))))
            .meaning(of -> of.get(1).elementMult(of.get(1).plus(-1)).elementMult(of.get(0).elementPower(of.get(1).plus(-2))));

    /** a^(b−1)·(1 + b·ln a), the derivative of aᵇ in both. */
    Operation POWER_TWIST = binary("powerTwist", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::powerTwist),
            rule("dy ⊙ a^(b−2) ⊙ (2b − 1 + b ⊙ (b − 1) ⊙ ln a)", (a, b, y, dy) -> dy.timesOrZero(
                    a.elementPower(b.plus(-2)).timesOrZero(b.scale(2).plus(-1)
                            .plus(b.elementMult(b.plus(-1)).timesOrZero(a.elementLog()))))),
            rule("dy ⊙ a^(b−1) ⊙ ln a ⊙ (2 + b ⊙ ln a)", (a, b, y, dy) -> dy.timesOrZero(powerLogTwist(a, b))))
            .meaning(of -> of.get(0).elementPower(of.get(1).plus(-1))
                    .elementMult(of.get(1).elementMult(of.get(0).elementLog()).plus(1)));

    /** a^(b−1)·ln a·(2 + b·ln a), the derivative of aᵇ once in a and twice in b. */
    private static Value powerLogTwist(Value a, Value b) {
        return POWER_LOG.apply(a, b.plus(-1)).timesOrZero(b.timesOrZero(a.elementLog()).plus(2));
    }

    /** aᵇ·ln² a, the second derivative of aᵇ in b. */
    Operation POWER_LOG_SQUARE = binary("powerLogSquare",
            (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::powerLogSquare),
            rule("dy ⊙ a^(b−1) ⊙ ln a ⊙ (2 + b ⊙ ln a)", (a, b, y, dy) -> dy.timesOrZero(powerLogTwist(a, b))),
            rule("dy ⊙ y ⊙ ln a", (a, b, y, dy) -> dy.timesOrZero(y.timesOrZero(a.elementLog()))))
            .meaning(of -> of.get(0).elementPower(of.get(1)).elementMult(of.get(0).elementLog().square()));

    Operation LOG_ADD_EXP = binary("logAddExp", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::logAddExp),
            rule("dy ⊙ σ(a − b)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.SIGMOID_OF_DIFFERENCE.apply(a, b))),
            rule("dy ⊙ σ(b − a)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.SIGMOID_OF_DIFFERENCE.apply(b, a))));

    /** σ(a − b), with the digits that the difference loses. */
    Operation SIGMOID_OF_DIFFERENCE = binary("sigmoidOfDifference",
            (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::sigmoidOfDifference),
            rule("dy ⊙ σ(a − b) ⊙ σ(b − a)", (a, b, y, dy) ->
                    dy.timesOrZero(Arithmetic.BELL_OF_DIFFERENCE.apply(a, b))),
            rule("−dy ⊙ σ(a − b) ⊙ σ(b − a)", (a, b, y, dy) ->
                    dy.timesOrZero(Arithmetic.BELL_OF_DIFFERENCE.apply(a, b)).negative()))
            .meaning(of -> of.get(0).minus(of.get(1)).sigmoid());

    /** σ(a − b)·σ(b − a). */
    Operation BELL_OF_DIFFERENCE = binary("bellOfDifference",
            (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::bellOfDifference),
            rule("−dy ⊙ y ⊙ tanh((a − b)/2)", (a, b, y, dy) ->
                    dy.timesOrZero(y.timesOrZero(b.minus(a).scale(0.5).tanh()))),
            rule("dy ⊙ y ⊙ tanh((a − b)/2)", (a, b, y, dy) ->
                    dy.timesOrZero(y.timesOrZero(a.minus(b).scale(0.5).tanh()))))
            .meaning(of -> of.get(0).minus(of.get(1)).sigmoid().elementMult(of.get(1).minus(of.get(0)).sigmoid()));

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
            (a, b) -> ElementKernels.zip(a, b, (u, v) -> u == 0 && v <= 0 ? 0 : Elementary.log(v)),
            rule("0", (a, b, y, dy) -> Value.zeros(a.shape())),
            rule("dy ⊘ b", (a, b, y, dy) -> dy.overOrZero(b.nanOutside(0, Double.POSITIVE_INFINITY))))
            .meaning(of -> of.get(1).elementLog());

    Operation ATAN2 = binary("atan2", (a, b) -> ElementKernels.zip(a, b, Elementary::atan2),
            rule("dy ⊙ b ⊘ (a² + b²)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.ATAN2_SLOPE.apply(a, b))),
            rule("−dy ⊙ a ⊘ (a² + b²)", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.ATAN2_SLOPE.apply(b, a)).negative()));

    /** Elementwise angle of the point (b, a), in (−π, π]; at the origin both slopes are taken as 0. */
    default Value atan2(Value b) {
        return broadcast(ATAN2, (Value) this, b);
    }

    /** b ⊘ (a² + b²), and 0 at the origin. */
    Operation ATAN2_SLOPE = binary("atan2Slope", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::atan2Slope),
            rule("−2·dy ⊙ a ⊙ b ⊘ (a² + b²)²", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.ATAN2_BEND.apply(a, b))),
            rule("dy ⊙ (a² − b²) ⊘ (a² + b²)²", (a, b, y, dy) -> dy.timesOrZero(Arithmetic.ATAN2_TWIST.apply(a, b))))
            .meaning(of -> of.get(1).elementDiv(of.get(0).square().plus(of.get(1).square())));

    /** −2·a ⊙ b ⊘ (a² + b²)²; its slopes by u = a ⊘ (a² + b²) and v = b ⊘ (a² + b²). */
    Operation ATAN2_BEND = binary("atan2Bend", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::atan2Bend),
            rule("dy ⊙ (6u²v − 2v³)", (a, b, y, dy) -> dy.timesOrZero(cubes(a, b))),
            rule("dy ⊙ (6uv² − 2u³)", (a, b, y, dy) -> dy.timesOrZero(cubes(b, a))))
            .meaning(of -> of.get(0).elementMult(of.get(1)).scale(-2)
                    .elementDiv(of.get(0).square().plus(of.get(1).square()).square()));

    /** (a² − b²) ⊘ (a² + b²)². */
    Operation ATAN2_TWIST = binary("atan2Twist", (a, b) -> ElementKernels.zip(a, b, ScalarFunctions::atan2Twist),
            rule("dy ⊙ (6uv² − 2u³)", (a, b, y, dy) -> dy.timesOrZero(cubes(b, a))),
            rule("dy ⊙ (2v³ − 6u²v)", (a, b, y, dy) -> dy.timesOrZero(cubes(a, b)).negative()))
            .meaning(of -> of.get(0).square().minus(of.get(1).square())
                    .elementDiv(of.get(0).square().plus(of.get(1).square()).square()));

    /** 6u²v − 2v³ with u = a ⊘ (a² + b²) and v = b ⊘ (a² + b²). */
    static Value cubes(Value a, Value b) {
        Value u = ATAN2_SLOPE.apply(b, a);
        Value v = ATAN2_SLOPE.apply(a, b);
        return v.elementMult(u.square().scale(6).minus(v.square().scale(2)));
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
            throw Calls.named(e, operation.name(), operation.parameters(), a, b);
        }
        return operation.apply(a.broadcastTo(shape), b.broadcastTo(shape));
    }
}
