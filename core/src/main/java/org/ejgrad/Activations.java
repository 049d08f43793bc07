package org.ejgrad;

import static org.ejgrad.Curves.function;
import static org.ejgrad.Curves.line;
import static org.ejgrad.Curves.lines;
import static org.ejgrad.Curves.pieces;
import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

/**
 * The functions that stand between the layers of a network, with their slopes.
 *
 * <p>Where a slope has a name it is an operation too, computed without cancellation and right at ±∞.
 */
final class Activations {
    private Activations() {}

    // spotless:off

    // ---- σ and its kin ----------------------------------------------------------------------------------------------

    static final Operation SIGMOID = unary("sigmoid", Kernels::sigmoid,
            rule("dy ⊙ σ(x) ⊙ σ(−x)", (x, y, dy) -> Activations.SIGMOID_GRADIENT.apply(x, dy)));

    /** b ⊙ σ(a) ⊙ σ(−a). */
    static final Operation SIGMOID_GRADIENT = binary("sigmoidGradient", Kernels::sigmoidGradient,
            rule("−dy ⊙ y ⊙ tanh(a/2)", (a, b, y, dy) -> dy.times(y.times(a.scale(-0.5).tanh()))),
            rule("dy ⊙ σ(a) ⊙ σ(−a)", (a, b, y, dy) -> Activations.SIGMOID_GRADIENT.apply(a, dy)));

    static final Operation SOFTPLUS = function("softplus", Kernels::softplus, "σ(x)", (x, y) -> x.sigmoid());

    static final Operation LOG_SIGMOID = function("logSigmoid", v -> -Kernels.softplus(-v), "σ(−x)",
            (x, y) -> x.negative().sigmoid());

    /** x·σ(x). */
    static final Operation SILU = function("silu", Smooth::silu, "silu′(x)",
            (x, y) -> Activations.SILU_SLOPE.apply(x));

    static final Operation SILU_SLOPE = function("siluSlope", Smooth::siluSlope, "σ(x)σ(−x)(2 − x·tanh(x/2))",
            (x, y) -> bell(x).times(x.elementMult(x.scale(0.5).tanh()).negative().plus(2)));

    /** x·tanh(softplus x). */
    static final Operation MISH = function("mish", Smooth::mish, "mish′(x)",
            (x, y) -> Activations.MISH_SLOPE.apply(x));

    /** With t = tanh(softplus x): the slope is t + x(1 − t²)σ(x). */
    static final Operation MISH_SLOPE = function("mishSlope", Smooth::mishSlope, "(1 − t²)σ(x)(2 + x(σ(−x) − 2tσ(x)))",
            (x, y) -> {
                Value t = x.softplus().tanh();
                Value s = x.sigmoid();
                Value inner = x.negative().sigmoid().minus(t.elementMult(s).scale(2));
                return Functions.TANH_GRADIENT.apply(t, s).times(x.elementMult(inner).plus(2));
            });

    /** x·Φ(x), with the normal distribution's Φ. */
    static final Operation GELU = function("gelu", Smooth::gelu, "(Φ(x) + x·φ(x))",
            (x, y) -> Activations.GELU_SLOPE.apply(x));

    static final Operation GELU_SLOPE = function("geluSlope", Smooth::geluSlope, "φ(x)(2 − x²)",
            (x, y) -> x.square().scale(-0.5).elementExp().scale(Smooth.PHI_AT_0).times(x.square().negative().plus(2)));

    /** x·σ(v) with v = √(8/π)·(x + 0.044715x³), which is ½x(1 + tanh(v/2)). */
    static final Operation GELU_TANH = function("geluTanh", Smooth::geluTanh, "(σ(v) + x·σ(v)σ(−v)v′)",
            (x, y) -> Activations.GELU_TANH_SLOPE.apply(x));

    static final Operation GELU_TANH_SLOPE = function("geluTanhSlope", Smooth::geluTanhSlope,
            "σ(v)σ(−v)(2v′ + x(v″ − v′²·tanh(v/2)))",
            (x, y) -> {
                Value v = x.plus(x.elementPower(3).scale(Smooth.CUBIC)).scale(Smooth.STEEPNESS);
                Value v1 = x.square().scale(3 * Smooth.CUBIC).plus(1).scale(Smooth.STEEPNESS);
                Value v2 = x.scale(6 * Smooth.CUBIC * Smooth.STEEPNESS);
                Value bend = v2.minus(v1.square().elementMult(v.scale(0.5).tanh()));
                return bell(v).times(v1.scale(2).plus(x.elementMult(bend)));
            });

    // ---- others -----------------------------------------------------------------------------------------------------

    static final Operation SOFTSIGN = function("softsign", Smooth::softsign, "1/(1 + |x|)²",
            (x, y) -> x.abs().plus(1).elementPower(-2));

    static final Operation TANHSHRINK = function("tanhshrink", v -> v - Math.tanh(v), "tanh² x",
            (x, y) -> x.tanh().square());

    /** k·x for x > 0, else a(e^(x/s) − 1): elu, celu and selu, each by its own three numbers. */
    static Operation elu(String name, double k, double a, double s) {
        return pieces(name, v -> v > 0 ? 1 : 0, (p, v) -> p > 0 ? k * v : a * Math.expm1(v / s),
                "(k or a/s·e^(x/s))", (x, y) -> eluSlope(k, a / s, s).apply(x));
    }

    private static final double ALPHA = 1.6732632423543772;
    private static final double LAMBDA = 1.0507009873554805;

    static final Operation SELU = elu("selu", LAMBDA, LAMBDA * ALPHA, 1);

    /** k for x > 0, else c·e^(x/s). */
    static Operation eluSlope(double k, double c, double s) {
        return pieces("eluSlope", v -> v > 0 ? 1 : 0, (p, v) -> p > 0 ? k : c * Math.exp(v / s),
                "(0 or c/s·e^(x/s))", (x, y) -> eluSlope(0, c / s, s).apply(x)).with(k, c, s);
    }

    // ---- in straight pieces -----------------------------------------------------------------------------------------

    static final Operation RELU = unary("relu", x -> Kernels.gate(x, x),
            rule("dy where x > 0", (x, y, dy) -> Elementwise.GATE.apply(x, dy)))
            .piecewise(x -> Kernels.positive(x[0]), (d, x) -> Kernels.gate(d, x[0]));

    static Operation leakyRelu(double k) {
        return lines("leakyRelu", v -> v > 0 ? 1 : 0, "(1 or k)", line(k, 0), line(1, 0)).with(k);
    }

    static final Operation RELU6 = lines("relu6", v -> v <= 0 ? 0 : v < 6 ? 1 : 2, "1 where 0 < x < 6",
            line(0, 0), line(1, 0), line(0, 6));

    static final Operation HARD_SIGMOID = lines("hardSigmoid", v -> v <= -3 ? 0 : v < 3 ? 1 : 2, "⅙ where |x| < 3",
            line(0, 0), line(1 / 6.0, 0.5), line(0, 1));

    /** x·hardSigmoid(x). */
    static final Operation HARD_SWISH = pieces("hardSwish", v -> v < -3 ? 0 : v <= 3 ? 1 : 2,
            (p, v) -> p == 0 ? 0 : p == 1 ? v * (v + 3) / 6 : v,
            "(0, ⅓x + ½ or 1)", (x, y) -> Activations.HARD_SWISH_SLOPE.apply(x));

    static final Operation HARD_SWISH_SLOPE = lines("hardSwishSlope", v -> v < -3 ? 0 : v <= 3 ? 1 : 2,
            "⅓ where |x| ≤ 3", line(0, 0), line(1 / 3.0, 0.5), line(0, 1));

    static Operation softshrink(double k) {
        return lines("softshrink", v -> v < -k ? 0 : v <= k ? 1 : 2, "1 where |x| > k",
                line(1, k), line(0, 0), line(1, -k)).with(k);
    }

    static Operation hardshrink(double k) {
        return lines("hardshrink", v -> v < -k ? 0 : v <= k ? 1 : 2, "1 where |x| > k",
                line(1, 0), line(0, 0), line(1, 0)).with(k);
    }

    static Operation threshold(double k, double otherwise) {
        return lines("threshold", v -> v > k ? 1 : 0, "1 where x > k", line(0, otherwise), line(1, 0)).with(k, otherwise);
    }

    // spotless:on

    /** σ(x)·σ(−x), the bell whose integral is σ. */
    private static Value bell(Value x) {
        return SIGMOID_GRADIENT.apply(x, Value.ones(x.shape()));
    }
}
