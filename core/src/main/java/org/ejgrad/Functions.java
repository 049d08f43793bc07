package org.ejgrad;

import static org.ejgrad.Elementwise.binary;
import static org.ejgrad.Elementwise.function;
import static org.ejgrad.Elementwise.smooth;
import static org.ejgrad.Elementwise.steps;
import static org.ejgrad.Elementwise.unary;
import static org.ejgrad.Rule.rule;
import static org.ejgrad.Slope.slope;

/**
 * The functions of one number, applied to each element: the row with its slope, and under it the method.
 *
 * <p>Most rows take one of the forms of {@link Elementwise}: smooth, in pieces, in straight pieces, or in steps. In
 * each the gradient is dy ⊙ slope, with the slope written on {@link Value}s; a zero in dy stays zero whatever the
 * slope.
 */
sealed interface Functions extends Shaped permits Value {
    // spotless:off

    // ---- powers, exponentials, logarithms ---------------------------------------------------------------------------

    Operation SQUARE = unary("square", ElementKernels::square,
            rule("2·x ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.scale(2))));

    /** Elementwise x². */
    default Value square() {
        return SQUARE.apply((Value) this);
    }

    Operation SQRT = unary("sqrt", x -> ElementKernels.map(x, Math::sqrt),
            rule("dy ⊘ (2y)", (x, y, dy) -> dy.overOrZero(y.scale(2))));

    /** Elementwise √x; NaN below 0, slope ∞ at 0. */
    default Value sqrt() {
        return SQRT.apply((Value) this);
    }

    Operation RSQRT = function("rsqrt", v -> 1 / Math.sqrt(v), "−½y ⊘ x", (x, y) -> y.scale(-0.5).overOrZero(x));

    /** Elementwise 1/√x; ∞ at 0, NaN below. */
    default Value rsqrt() {
        return RSQRT.apply((Value) this);
    }

    Operation RECIPROCAL = function("reciprocal", v -> 1 / v, "−y²", (x, y) -> y.square().negative());

    /** Elementwise 1/x; ±∞ at ±0. */
    default Value reciprocal() {
        return RECIPROCAL.apply((Value) this);
    }

    Family<Double> POWER_OF = Family.of(p -> function("elementPower", v -> ScalarFunctions.power(v, p), "p·x^(p−1)",
            (x, y) -> powerSlope(p, p, 1).apply(x)));

    /** k·x^(p−n), the n-th slope of xᵖ with k = p(p − 1)...; exact where p − n would be rounded. */
    static Operation powerSlope(double k, double p, int n) {
        return function("powerSlope", v -> ScalarFunctions.timesPower(k, v, p, n), "k·(p − n)·x^(p−n−1)",
                (x, y) -> powerSlope(k * (p - n), p, n + 1).apply(x)).with(k, p, n);
    }

    /** k·|x|^(p−n) and, for an odd n, the sign of x: the n-th slope of |x|ᵖ with k = p(p − 1)...; 0 at a cusp. */
    static Operation sizePowerSlope(double k, double p, int n) {
        return function("sizePowerSlope", v -> {
            double size = ScalarFunctions.timesPower(k, Math.abs(v), p, n);
            return n % 2 == 0 || Double.isNaN(v) ? size : v == 0 ? 0 : v > 0 ? size : -size;
        }, "k·(p − n)·|x|^(p−n−1)·(1 or sign(x))", (x, y) -> sizePowerSlope(k * (p - n), p, n + 1).apply(x))
                .with(k, p, n).meaning(of -> {
            Value size = of.get(0).abs().elementPower(p - n).scale(k);
            return n % 2 == 0 ? size : size.elementMult(of.get(0).sign());
        });
    }

    /** Elementwise xᵖ; x⁰ is 1 with slope 0 everywhere. */
    default Value elementPower(double p) {
        return POWER_OF.of(p).apply((Value) this);
    }

    Operation EXP = unary("elementExp", ElementKernels::exp, rule("dy ⊙ y", (x, y, dy) -> dy.timesOrZero(y)));

    /** Elementwise eˣ. */
    default Value elementExp() {
        return EXP.apply((Value) this);
    }

    Operation EXP2 = function("exp2", v -> Elementary.pow(2, v), "y·ln 2", (x, y) -> y.scale(ScalarFunctions.LN_2));

    /** Elementwise 2ˣ. */
    default Value exp2() {
        return EXP2.apply((Value) this);
    }

    Operation EXPM1 = function("expm1", Elementary::expm1, "eˣ", (x, y) -> x.elementExp());

    /** Elementwise eˣ − 1, without cancellation near 0. */
    default Value expm1() {
        return EXPM1.apply((Value) this);
    }

    Operation LOG = unary("elementLog", ElementKernels::log,
            rule("dy ⊘ x", (x, y, dy) -> dy.overOrZero(x.nanOutside(0, Double.POSITIVE_INFINITY))));

    /** Elementwise ln x; −∞ at 0, NaN below. */
    default Value elementLog() {
        return LOG.apply((Value) this);
    }

    Operation LOG2 = unary("log2", x -> ElementKernels.map(x, ScalarFunctions::log2),
            rule("log₂e·dy ⊘ x", (x, y, dy) -> dy.scale(ScalarFunctions.LOG_2_OF_E)
                    .overOrZero(x.nanOutside(0, Double.POSITIVE_INFINITY))));

    /** Elementwise logarithm to base 2. */
    default Value log2() {
        return LOG2.apply((Value) this);
    }

    Operation LOG10 = unary("log10", x -> ElementKernels.map(x, Elementary::log10),
            rule("log₁₀e·dy ⊘ x", (x, y, dy) -> dy.scale(ScalarFunctions.LOG_10_OF_E)
                    .overOrZero(x.nanOutside(0, Double.POSITIVE_INFINITY))));

    /** Elementwise logarithm to base 10. */
    default Value log10() {
        return LOG10.apply((Value) this);
    }

    Operation LOG1P = unary("log1p", x -> ElementKernels.map(x, Elementary::log1p),
            rule("dy ⊘ (1 + x)", (x, y, dy) -> dy.overOrZero(x.nanOutside(-1, Double.POSITIVE_INFINITY).plus(1))));

    /** Elementwise ln(1 + x), without cancellation near 0; −∞ at −1, NaN below. */
    default Value log1p() {
        return LOG1P.apply((Value) this);
    }

    Operation LOGIT = smooth("logit", ScalarFunctions::logit,
            slope("1/(x(1 − x))", ScalarFunctions::logitSlope,
                    x -> x.elementMult(x.negative().plus(1)).reciprocal()),
            slope("(2x − 1)/(x(1 − x))²", ScalarFunctions::logitBend),
            "2(1 − 3x + 3x²)/(x(1 − x))³", x -> {
                Value product = x.nanOutside(0, 1).elementMult(x.negative().plus(1));
                return product.scale(-3).plus(1).scale(2).overOrZero(product.elementPower(3));
            });

    /** Elementwise ln(x/(1 − x)), the inverse of sigmoid; ∓∞ at 0 and 1, NaN outside. */
    default Value logit() {
        return LOGIT.apply((Value) this);
    }

    // ---- circular and hyperbolic ------------------------------------------------------------------------------------

    Operation SIN = function("sin", Elementary::sin, "cos x", (x, y) -> x.cos());

    /** Elementwise sine. */
    default Value sin() {
        return SIN.apply((Value) this);
    }

    Operation COS = function("cos", Elementary::cos, "−sin x", (x, y) -> x.sin().negative());

    /** Elementwise cosine. */
    default Value cos() {
        return COS.apply((Value) this);
    }

    Operation TAN = function("tan", Elementary::tan, "(1 + y²)", (x, y) -> y.square().plus(1));

    /** Elementwise tangent. */
    default Value tan() {
        return TAN.apply((Value) this);
    }

    Operation ASIN = smooth("asin", Elementary::asin,
            slope("1/√(1 − x²)", ScalarFunctions::asinSlope, x -> x.square().negative().plus(1).sqrt().reciprocal()),
            slope("x/(1 − x²)^(3/2)", ScalarFunctions::asinBend),
            "(1 + 2x²)/(1 − x²)^(5/2)", x -> thirdSlopeByRoot(2, 1, x, toOne(x)));

    /** Elementwise arcsine; slope ∞ at ±1, NaN beyond. */
    default Value asin() {
        return ASIN.apply((Value) this);
    }

    Operation ACOS = smooth("acos", Elementary::acos,
            slope("−1/√(1 − x²)", v -> -ScalarFunctions.asinSlope(v),
                    x -> x.square().negative().plus(1).sqrt().reciprocal().negative()),
            slope("−x/(1 − x²)^(3/2)", v -> -ScalarFunctions.asinBend(v)),
            "−(1 + 2x²)/(1 − x²)^(5/2)", x -> thirdSlopeByRoot(-2, -1, x, toOne(x)));

    /** Elementwise arccosine; slope −∞ at ±1, NaN beyond. */
    default Value acos() {
        return ACOS.apply((Value) this);
    }

    Operation ATAN = smooth("atan", Elementary::atan,
            slope("1/(1 + x²)", ScalarFunctions::atanSlope, x -> x.square().plus(1).reciprocal()),
            slope("−2x/(1 + x²)²", ScalarFunctions::atanBend),
            "(6x² − 2)/(1 + x²)³", x -> Arithmetic.cubes(x, Value.ones(x.shape())));

    /** Elementwise arctangent. */
    default Value atan() {
        return ATAN.apply((Value) this);
    }

    Operation SINH = function("sinh", Elementary::sinh, "cosh x", (x, y) -> x.cosh());

    /** Elementwise hyperbolic sine. */
    default Value sinh() {
        return SINH.apply((Value) this);
    }

    Operation COSH = function("cosh", Elementary::cosh, "sinh x", (x, y) -> x.sinh());

    /** Elementwise hyperbolic cosine. */
    default Value cosh() {
        return COSH.apply((Value) this);
    }

    Operation TANH = unary("tanh", ElementKernels::tanh,
            rule("dy ⊙ (1 − y²)", (x, y, dy) -> Functions.TANH_GRADIENT.apply(x, dy)));

    /** Elementwise tanh x. */
    default Value tanh() {
        return TANH.apply((Value) this);
    }

    /** b ⊙ (1 − tanh² a). */
    Operation TANH_GRADIENT = binary("tanhGradient", (a, b) -> ElementKernels.bell(2, a, b),
            rule("−2·dy ⊙ b ⊙ tanh a ⊙ (1 − tanh² a)", (a, b, y, dy) ->
                    Arithmetic.timesOrZeros(dy, b.timesOrZero(Functions.TANH_BEND.apply(a)))),
            rule("dy ⊙ (1 − tanh² a)", (a, b, y, dy) -> Functions.TANH_GRADIENT.apply(a, dy)));

    Operation TANH_BEND = function("tanhBend", ScalarFunctions::tanhBend, "(1 − tanh² x)(6·tanh² x − 2)", (x, y) ->
            Functions.TANH_GRADIENT.apply(x, x.tanh().square().scale(6).plus(-2)));

    Operation ASINH = smooth("asinh", ScalarFunctions::asinh,
            slope("1/√(1 + x²)", ScalarFunctions::asinhSlope, x -> x.square().plus(1).sqrt().reciprocal()),
            slope("−x/(1 + x²)^(3/2)", ScalarFunctions::asinhBend),
            "(2x² − 1)/(1 + x²)^(5/2)", x -> {
                Value near = near(x, 0x1p400);
                return thirdSlopeByRoot(2, -1, near, near.square().plus(1));
            });

    /** Elementwise inverse hyperbolic sine. */
    default Value asinh() {
        return ASINH.apply((Value) this);
    }

    Operation ACOSH = smooth("acosh", ScalarFunctions::acosh,
            slope("1/√(x² − 1)", ScalarFunctions::acoshSlope, x -> x.square().plus(-1).sqrt().reciprocal()),
            slope("−x/(x² − 1)^(3/2)", ScalarFunctions::acoshBend),
            "(2x² + 1)/(x² − 1)^(5/2)", x -> {
                Value near = near(x.nanOutside(1, Double.POSITIVE_INFINITY), 0x1p400);
                return thirdSlopeByRoot(2, 1, near, toOne(near).negative());
            });

    /** Elementwise inverse hyperbolic cosine; slope ∞ at 1, NaN below. */
    default Value acosh() {
        return ACOSH.apply((Value) this);
    }

    Operation ATANH = smooth("atanh", ScalarFunctions::atanh,
            slope("1/(1 − x²)", ScalarFunctions::atanhSlope, x -> x.square().negative().plus(1).reciprocal()),
            slope("2x/(1 − x²)²", ScalarFunctions::atanhBend),
            "(6x² + 2)/(1 − x²)³", x -> thirdSlope(6, 2, x, toOne(x.nanOutside(-1, 1))));

    /** Elementwise inverse hyperbolic tangent; ±∞ at ±1, NaN beyond. */
    default Value atanh() {
        return ATANH.apply((Value) this);
    }

    // ---- the normal distribution ------------------------------------------------------------------------------------

    Operation ERF = smooth("erf", ErrorFunction::erf,
            slope("2/√π·e^(−x²)", ErrorFunction::erfSlope,
                    x -> x.square().negative().elementExp().scale(ErrorFunction.SLOPE_AT_0)),
            slope("−4x/√π·e^(−x²)", ErrorFunction::erfBend),
            "4/√π·(2x² − 1)e^(−x²)", x -> gauss(2 * ErrorFunction.SLOPE_AT_0, x));

    /** Elementwise error function 2/√π·∫₀ˣ e^(−t²) dt. */
    default Value erf() {
        return ERF.apply((Value) this);
    }

    Operation ERFC = smooth("erfc", ErrorFunction::erfc,
            slope("−2/√π·e^(−x²)", v -> -ErrorFunction.erfSlope(v),
                    x -> x.square().negative().elementExp().scale(-ErrorFunction.SLOPE_AT_0)),
            slope("4x/√π·e^(−x²)", v -> -ErrorFunction.erfBend(v)),
            "−4/√π·(2x² − 1)e^(−x²)", x -> gauss(-2 * ErrorFunction.SLOPE_AT_0, x));

    /** Elementwise 1 − erf x, without cancellation for large x. */
    default Value erfc() {
        return ERFC.apply((Value) this);
    }

    // ---- kinks and steps --------------------------------------------------------------------------------------------

    Operation ABS = unary("abs", x -> ElementKernels.map(x, Math::abs),
            rule("dy ⊙ sign(x)", (x, y, dy) -> dy.timesOrZero(x.sign())))
            .pieces(x -> ElementKernels.map(x[0], Math::signum), (d, x) -> ElementKernels.timesOrZero(d, x[0]));

    /** Elementwise |x|, with slope 0 at 0. */
    default Value abs() {
        return ABS.apply((Value) this);
    }

    Operation SIGN = steps("sign", Math::signum);

    /** Elementwise −1, 0 or 1, with slope 0. */
    default Value sign() {
        return SIGN.apply((Value) this);
    }

    Operation FLOOR = steps("floor", Math::floor);

    /** Elementwise largest integer up to x, with slope 0. */
    default Value floor() {
        return FLOOR.apply((Value) this);
    }

    Operation CEIL = steps("ceil", Math::ceil);

    /** Elementwise smallest integer from x on, with slope 0. */
    default Value ceil() {
        return CEIL.apply((Value) this);
    }

    Operation ROUND = steps("round", Math::rint);

    /** Elementwise nearest integer, halves to the even one, with slope 0. */
    default Value round() {
        return ROUND.apply((Value) this);
    }

    Operation TRUNC = steps("trunc", v -> v < 0 ? Math.ceil(v) : Math.floor(v));

    /** Elementwise integer part, towards 0, with slope 0. */
    default Value trunc() {
        return TRUNC.apply((Value) this);
    }

    /** The slope of a step: 0, but NaN at NaN. */
    Operation FLAT = function("flat", v -> Double.isNaN(v) ? v : 0, "0", (x, y) -> y);

    // spotless:on

    /** 1 − x², with its digits next to ±1. */
    private static Value toOne(Value x) {
        return x.negative().plus(1).elementMult(x.plus(1));
    }

    /** (k·x² + c)/w³, also where w overflows. */
    private static Value thirdSlope(double k, double c, Value x, Value w) {
        Value s = w.reciprocal();
        return squares(k, c, x, s).timesOrZero(s);
    }

    /** (k·x² + c)/w^(5/2), also where w overflows. */
    private static Value thirdSlopeByRoot(double k, double c, Value x, Value w) {
        Value s = w.rsqrt();
        return squares(k, c, x, s).timesOrZero(s).timesOrZero(s.square());
    }

    /**
     * x, but no farther from 0 than where a function and all its derivatives are 0 as doubles, so that no square is ∞.
     */
    static Value near(Value x, double far) {
        return x.clamp(-far, far);
    }

    /** (k·x² + c)·s². */
    private static Value squares(double k, double c, Value x, Value s) {
        return s.timesOrZero(x).square().scale(k).plus(s.square().scale(c));
    }

    /** k(2x² − 1)·e^(−x²). */
    private static Value gauss(double k, Value x) {
        Value square = near(x, 40).square();
        return square.negative()
                .elementExp()
                .timesOrZero(square.scale(2).plus(-1))
                .scale(k);
    }
}
