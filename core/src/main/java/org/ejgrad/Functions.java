package org.ejgrad;

import static org.ejgrad.Curves.function;
import static org.ejgrad.Curves.line;
import static org.ejgrad.Curves.lines;
import static org.ejgrad.Curves.steps;
import static org.ejgrad.Operation.map;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

/** The functions of one number, with their slopes. */
final class Functions {
    private Functions() {}

    // spotless:off

    // ---- powers, exponentials, logarithms ---------------------------------------------------------------------------

    static final Operation SQUARE = unary("square", Kernels::square,
            rule("2·x ⊙ dy", (x, y, dy) -> dy.times(x.scale(2))));

    static final Operation SQRT = unary("sqrt", x -> map(x, Math::sqrt),
            rule("dy ⊘ 2y", (x, y, dy) -> dy.over(y.scale(2))));

    static final Operation RSQRT = function("rsqrt", v -> 1 / Math.sqrt(v),
            "−½y³", (x, y) -> y.elementPower(3).scale(-0.5));

    static final Operation RECIPROCAL = function("reciprocal", v -> 1 / v, "−y²", (x, y) -> y.square().negative());

    static Operation power(double p) {
        return function("elementPower", v -> Kernels.power(v, p), "p·x^(p−1)",
                (x, y) -> p == 0 ? Value.zeros(x.shape()) : x.elementPower(p - 1).scale(p)).with(p);
    }

    static final Operation EXP = unary("elementExp", Kernels::exp, rule("dy ⊙ y", (x, y, dy) -> dy.times(y)));

    static final Operation EXP2 = function("exp2", v -> Math.pow(2, v), "y·ln 2", (x, y) -> y.scale(Kernels.LN_2));

    static final Operation EXPM1 = function("expm1", Math::expm1, "eˣ", (x, y) -> x.elementExp());

    static final Operation LOG = unary("elementLog", Kernels::log,
            rule("dy ⊘ x", (x, y, dy) -> dy.over(x.within(0, Double.POSITIVE_INFINITY))));

    static final Operation LOG2 = unary("log2", x -> map(x, v -> Math.log(v) / Kernels.LN_2),
            rule("dy ⊘ x·ln 2", (x, y, dy) -> dy.over(x.within(0, Double.POSITIVE_INFINITY).scale(Kernels.LN_2))));

    static final Operation LOG10 = unary("log10", x -> map(x, Math::log10),
            rule("dy ⊘ x·ln 10", (x, y, dy) -> dy.over(x.within(0, Double.POSITIVE_INFINITY).scale(Math.log(10)))));

    static final Operation LOG1P = unary("log1p", x -> map(x, Math::log1p),
            rule("dy ⊘ (1 + x)", (x, y, dy) -> dy.over(x.within(-1, Double.POSITIVE_INFINITY).plus(1))));

    static final Operation LOGIT = unary("logit", x -> map(x, v -> Math.log(v) - Math.log1p(-v)),
            rule("dy ⊘ x(1 − x)", (x, y, dy) -> dy.over(x.within(0, 1).elementMult(x.negative().plus(1)))));

    // ---- circular and hyperbolic ------------------------------------------------------------------------------------

    static final Operation SIN = function("sin", Math::sin, "cos x", (x, y) -> x.cos());

    static final Operation COS = function("cos", Math::cos, "−sin x", (x, y) -> x.sin().negative());

    static final Operation TAN = function("tan", Math::tan, "(1 + y²)", (x, y) -> y.square().plus(1));

    static final Operation ASIN = function("asin", Math::asin, "1/√(1 − x²)",
            (x, y) -> x.plus(1).elementMult(x.negative().plus(1)).rsqrt());

    static final Operation ACOS = function("acos", Math::acos, "−1/√(1 − x²)",
            (x, y) -> x.plus(1).elementMult(x.negative().plus(1)).rsqrt().negative());

    static final Operation ATAN = function("atan", Math::atan, "1/(1 + x²)", (x, y) -> x.square().plus(1).reciprocal());

    static final Operation SINH = function("sinh", Math::sinh, "cosh x", (x, y) -> x.cosh());

    static final Operation COSH = function("cosh", Math::cosh, "sinh x", (x, y) -> x.sinh());

    static final Operation TANH = unary("tanh", Kernels::tanh,
            rule("dy ⊙ (1 − y²)", (x, y, dy) -> Functions.TANH_GRADIENT.apply(y, dy)));

    /** b ⊙ (1 − a²). */
    static final Operation TANH_GRADIENT = Operation.binary("tanhGradient", Kernels::tanhGradient,
            rule("−2·a ⊙ b ⊙ dy", (a, b, y, dy) -> dy.times(b.times(a)).scale(-2)),
            rule("dy ⊙ (1 − a²)", (a, b, y, dy) -> Functions.TANH_GRADIENT.apply(a, dy)));

    static final Operation ASINH = function("asinh", Hyperbolic::asinh, "1/√(1 + x²)",
            (x, y) -> x.square().plus(1).rsqrt());

    static final Operation ACOSH = function("acosh", Hyperbolic::acosh, "1/√(x² − 1)",
            (x, y) -> x.minus(1).rsqrt().elementMult(x.plus(1).rsqrt()));

    static final Operation ATANH = unary("atanh", x -> map(x, Hyperbolic::atanh), rule("dy ⊘ (1 − x²)",
            (x, y, dy) -> dy.over(x.within(-1, 1).plus(1).elementMult(x.negative().plus(1)))));

    // ---- the normal distribution ------------------------------------------------------------------------------------

    static final Operation ERF = function("erf", ErrorFunction::erf, "2/√π·e^(−x²)",
            (x, y) -> x.square().negative().elementExp().scale(ErrorFunction.SLOPE_AT_0));

    static final Operation ERFC = function("erfc", ErrorFunction::erfc, "−2/√π·e^(−x²)",
            (x, y) -> x.square().negative().elementExp().scale(-ErrorFunction.SLOPE_AT_0));

    // ---- kinks and steps --------------------------------------------------------------------------------------------

    static final Operation ABS = unary("abs", x -> map(x, Math::abs),
            rule("dy ⊙ sign(x)", (x, y, dy) -> dy.times(x.sign())))
            .piecewise(x -> map(x[0], Math::signum), (d, x) -> Kernels.times(d, x[0]));

    /** x held between two bounds; a bound itself still passes the gradient. */
    static Operation clamp(double low, double high) {
        return lines("clamp", v -> v < low ? 0 : v <= high ? 1 : 2, "1 where low ≤ x ≤ high",
                line(0, low), line(1, 0), line(0, high)).with(low, high);
    }

    /** x held between two bounds; a bound itself no longer passes the gradient. */
    static Operation clampOpen(double low, double high) {
        return lines("clampOpen", v -> v <= low ? 0 : v < high ? 1 : 2, "1 where low < x < high",
                line(0, low), line(1, 0), line(0, high)).with(low, high);
    }

    static Operation maximum(double k) {
        return lines("maximum", v -> v > k ? 1 : 0, "1 where x > k", line(0, k), line(1, 0)).with(k);
    }

    static Operation minimum(double k) {
        return lines("minimum", v -> v < k ? 1 : 0, "1 where x < k", line(0, k), line(1, 0)).with(k);
    }

    static final Operation SIGN = steps("sign", Math::signum);

    static final Operation FLOOR = steps("floor", Math::floor);

    static final Operation CEIL = steps("ceil", Math::ceil);

    static final Operation ROUND = steps("round", Math::rint);

    static final Operation TRUNC = steps("trunc", v -> v < 0 ? Math.ceil(v) : Math.floor(v));

    // spotless:on
}
