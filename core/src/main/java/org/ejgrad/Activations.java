package org.ejgrad;

import static org.ejgrad.Calls.refusal;
import static org.ejgrad.Elementwise.binary;
import static org.ejgrad.Elementwise.function;
import static org.ejgrad.Elementwise.line;
import static org.ejgrad.Elementwise.lines;
import static org.ejgrad.Elementwise.pieces;
import static org.ejgrad.Elementwise.smooth;
import static org.ejgrad.Elementwise.unary;
import static org.ejgrad.Rule.rule;
import static org.ejgrad.Slope.slope;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * The functions that stand between the layers of a network: the row with its slope, and under it the method.
 *
 * <p>Where a slope has a name it is an operation too, computed without cancellation and right at ±∞.
 */
sealed interface Activations extends Shaped permits Value {
    // spotless:off

    // ---- σ and its kin ----------------------------------------------------------------------------------------------

    Operation SIGMOID = unary("sigmoid", ElementKernels::sigmoid,
            rule("dy ⊙ σ(x) ⊙ σ(−x)", (x, y, dy) -> Activations.SIGMOID_GRADIENT.apply(x, dy)));

    /** Elementwise σ(x) = 1/(1 + e⁻ˣ), finite for every finite x. */
    default Value sigmoid() {
        return SIGMOID.apply((Value) this);
    }

    /** b ⊙ σ(a) ⊙ σ(−a). */
    Operation SIGMOID_GRADIENT = binary("sigmoidGradient", (a, b) -> ElementKernels.bell(1, a, b),
            rule("−dy ⊙ y ⊙ tanh(a/2)", (a, b, y, dy) -> Arithmetic.timesOrZeros(dy, y.timesOrZero(a.scale(-0.5).tanh()))),
            rule("dy ⊙ σ(a) ⊙ σ(−a)", (a, b, y, dy) -> Activations.SIGMOID_GRADIENT.apply(a, dy)));

    Operation LOG_SIGMOID = unary("logSigmoid",
            x -> ElementKernels.scale(-1, ElementKernels.softplus(ElementKernels.scale(-1, x))),
            rule("dy ⊙ σ(−x)", (x, y, dy) -> dy.timesOrZero(x.negative().sigmoid())));

    /** Elementwise ln σ(x) = −ln(1 + e⁻ˣ), finite for every finite x. */
    default Value logSigmoid() {
        return LOG_SIGMOID.apply((Value) this);
    }

    Operation SOFTPLUS = unary("softplus", ElementKernels::softplus,
            rule("dy ⊙ σ(x)", (x, y, dy) -> dy.timesOrZero(x.sigmoid())));

    /** Elementwise ln(1 + eˣ), finite for every finite x. */
    default Value softplus() {
        return SOFTPLUS.apply((Value) this);
    }

    /**
     * Elementwise ln(1 + e^(βx))/β, and x itself with slope 1 where βx exceeds a threshold, 20 in PyTorch, whose form
     * this is.
     */
    default Value softplus(double beta, double threshold) {
        return softplusAbove(beta, threshold).apply((Value) this);
    }

    private static Operation softplusAbove(double k, double threshold) {
        DoubleUnaryOperator piece = v -> k * v > threshold ? 1 : 0;
        Operation bend = pieces("softplus″", piece,
                (p, v) -> p > 0 ? 0 : k * ActivationFunctions.ofProduct(
                        k, v, ActivationFunctions::bell, z -> -Elementary.tanh(z / 2)),
                "(0 or −k·y ⊙ tanh(k·x/2))", (x, y) -> y.timesOrZero(x.scale(k / 2).tanh()).scale(-k)).with(k, threshold);
        Operation slope = pieces("softplus′", piece,
                (p, v) -> p > 0 ? 1 : ActivationFunctions.ofProduct(
                        k, v, ActivationFunctions::sigmoid, z -> ActivationFunctions.sigmoid(-z)),
                "(0 or k·σ(k·x) ⊙ σ(−k·x))", (x, y) -> bend.apply(x)).with(k, threshold);
        return pieces("softplus", piece, (p, v) -> p > 0 ? v : ActivationFunctions.softplus(k, v),
                "(1 or σ(k·x))", (x, y) -> slope.apply(x)).with(k, threshold);
    }

    Operation SILU = smooth("silu", ActivationFunctions::silu,
            slope("silu′(x)", ActivationFunctions::siluSlope),
            slope("σ(x)σ(−x)(2 − x ⊙ tanh(x/2))", ActivationFunctions::siluBend),
            "½σ(x)σ(−x)(x(3t² − 1) − 6t)", x -> {
                Value t = x.scale(0.5).tanh();
                return bell(x).timesOrZero(x.elementMult(t.square().scale(3).plus(-1)).minus(t.scale(6))).scale(0.5);
            });

    /** Elementwise x·σ(x), also called swish. */
    default Value silu() {
        return SILU.apply((Value) this);
    }

    /** With t = tanh(softplus x): the slope is t + x·t′. */
    Operation MISH = smooth("mish", ActivationFunctions::mish,
            slope("mish′(x)", ActivationFunctions::mishSlope),
            slope("(1 − t²)σ(x)(2 + x(σ(−x) − 2tσ(x)))", ActivationFunctions::mishBend),
            "(3t″ + x ⊙ t‴)", given -> {
                Value x = Functions.near(given, 1000);
                Value s = x.sigmoid();
                Value z = x.softplus();
                Value t = z.tanh();
                Value inner = x.negative().sigmoid().minus(t.elementMult(s).scale(2));
                Value t1 = s.timesOrZero(t.square().negative().plus(1));
                Value t2 = t1.timesOrZero(inner);
                Value innerSlope = bell(x).timesOrZero(t.scale(2).plus(1)).plus(t1.timesOrZero(s).scale(2)).negative();
                return t2.scale(3).plus(x.elementMult(t2.timesOrZero(inner).plus(t1.timesOrZero(innerSlope))));
            });

    /** Elementwise x·tanh(ln(1 + eˣ)) (Misra 2019). */
    default Value mish() {
        return MISH.apply((Value) this);
    }

    Operation GELU = smooth("gelu", ErrorFunction::gelu,
            slope("(Φ(x) + x ⊙ φ(x))", ErrorFunction::geluSlope),
            slope("φ(x)(2 − x²)", ErrorFunction::geluBend),
            "φ(x)(x³ − 4x)", given -> {
                Value x = Functions.near(given, 40);
                return x.square().scale(-0.5).elementExp().scale(ErrorFunction.PHI_AT_0)
                        .timesOrZero(x.square().plus(-4).elementMult(x));
            });

    /** Elementwise x·Φ(x) with the normal distribution's Φ (Hendrycks and Gimpel 2016). */
    default Value gelu() {
        return GELU.apply((Value) this);
    }

    /** x·σ(v) with v = √(8/π)·(x + 0.044715x³), which is ½x(1 + tanh(v/2)). */
    Operation GELU_TANH = smooth("geluTanh", ActivationFunctions::geluTanh,
            slope("(σ(v) + x ⊙ σ(v)σ(−v)v′)", ActivationFunctions::geluTanhSlope),
            slope("σ(v)σ(−v)(2v′ + x(v″ − v′²·t)) with t = tanh(v/2)", ActivationFunctions::geluTanhBend),
            "σ(v)σ(−v)(3(v″ − v′²·t) + x(v‴ − 3v′v″·t + ½v′³(3t² − 1)))", x -> {
                double k = ActivationFunctions.STEEPNESS.high();
                double c = 3 * ActivationFunctions.CUBIC.high();
                Value v = x.scale(k).plus(x.elementPower(3).scale(c / 3));
                Value v1 = x.square().scale(c).plus(k);
                Value v2 = x.scale(2 * c);
                Value t = v.scale(0.5).tanh();
                Value bend = v2.minus(v1.square().elementMult(t));
                Value cubes = v1.elementPower(3).elementMult(t.square().scale(1.5).plus(-0.5));
                Value rest = cubes.minus(v1.elementMult(v2).elementMult(t).scale(3)).plus(2 * c);
                return bell(v).timesOrZero(bend.scale(3).plus(x.elementMult(rest)));
            });

    /** Elementwise ½x(1 + tanh(√(2/π)(x + 0.044715x³))), the usual approximation of {@link #gelu}. */
    default Value geluTanh() {
        return GELU_TANH.apply((Value) this);
    }

    /** σ(x)·σ(−x), the bell whose integral is σ. */
    private static Value bell(Value x) {
        return SIGMOID_GRADIENT.apply(x, Value.ones(x.shape()));
    }

    // ---- others -----------------------------------------------------------------------------------------------------

    Operation SOFTSIGN = function("softsign", ActivationFunctions::softsign, "1/(1 + |x|)²",
            (x, y) -> x.abs().plus(1).elementPower(-2));

    /** Elementwise x/(1 + |x|). */
    default Value softsign() {
        return SOFTSIGN.apply((Value) this);
    }

    Operation TANHSHRINK = function("tanhshrink", ScalarFunctions::tanhshrink, "tanh² x",
            (x, y) -> Activations.TANH_SQUARE.apply(x));

    Operation TANH_SQUARE = function("tanhSquare", v -> ScalarFunctions.power(ScalarFunctions.tanh(v), 2),
            "2·tanh x ⊙ (1 − tanh² x)", (x, y) -> Functions.TANH_BEND.apply(x).negative());

    /** Elementwise x − tanh x. */
    default Value tanhshrink() {
        return TANHSHRINK.apply((Value) this);
    }

    Family<Double> ELU = Family.of(alpha -> elu("elu", 1, alpha, 1));

    /** Elementwise x where x &gt; 0, else α(eˣ − 1), with the smaller of slopes α and 1 at 0 (Clevert et al. 2015). */
    default Value elu(double alpha) {
        return ELU.of(alpha).apply((Value) this);
    }

    Family<Double> CELU = Family.of(alpha -> elu("celu", 1, alpha, alpha));

    /** Elementwise x where x &gt; 0, else α(e^(x/α) − 1), with slope 1 at 0 (Barron 2017). */
    default Value celu(double alpha) {
        return CELU.of(alpha).apply((Value) this);
    }

    Operation SELU = elu("selu",
            ActivationFunctions.SELU_SCALE, ActivationFunctions.SELU_SCALE_ALPHA, 1);

    /**
     * Elementwise self-normalising λ·elu(x, α) with λ = 1.0507… and α = 1.6733…, slope λ at 0 (Klambauer et al. 2017).
     */
    default Value selu() {
        return SELU.apply((Value) this);
    }

    /** k·x for x > 0, else a(e^(x/s) − 1): elu, celu and selu, each by its own three numbers. */
    private static Operation elu(String name, double k, double a, double s) {
        double atZero = smallest(k, a / s);
        return pieces(name, Elementwise::sign,
                (p, v) -> p > 0 ? k * v : p < 0 ? ScalarFunctions.timesExpm1OfQuotient(a, v, s) : atZero * v,
                "(k or a/s·e^(x/s))", (x, y) -> eluSlope(k, a / s, s).apply(x));
    }

    /** k for x > 0, c·e^(x/s) for x < 0, the smaller of the two at 0. */
    static Operation eluSlope(double k, double c, double s) {
        double atZero = smallest(k, c);
        return pieces("elu′", Elementwise::sign,
                (p, v) -> p > 0 ? k : p < 0 ? ScalarFunctions.timesExpOfQuotient(c, v, s) : atZero,
                "(0 or c/s·e^(x/s))", (x, y) -> eluSlope(0, c / s, s).apply(x)).with(k, c, s);
    }

    /** The slope of smallest magnitude between those of the two sides of a kink. */
    private static double smallest(double a, double b) {
        double sides = Math.signum(a) * Math.signum(b);
        return sides == 1 ? Math.copySign(Math.min(Math.abs(a), Math.abs(b)), a) : Math.max(sides, 0);
    }

    // ---- in straight pieces -----------------------------------------------------------------------------------------

    Operation RELU = unary("relu", ElementKernels::relu,
            rule("dy where x > 0", (x, y, dy) -> Choices.GATE.apply(x, dy)))
            .pieces(x -> ElementKernels.positive(x[0]), (d, x) -> ElementKernels.gate(d, x[0]));

    /** Elementwise max(x, 0), with slope 0 at 0. */
    default Value relu() {
        return RELU.apply((Value) this);
    }

    Operation RELU6 = lines("relu6", List.of(), v -> v <= 0 ? 0 : v < 6 ? 1 : 2, "1 where 0 < x < 6",
            line(0, 0), line(1, 0), line(0, 6));

    /** Elementwise min(max(x, 0), 6), with slope 0 at 0 and 6. */
    default Value relu6() {
        return RELU6.apply((Value) this);
    }

    Family<Double> LEAKY_RELU = Family.of(k -> lines("leakyRelu", List.of(k), v -> Elementwise.sign(v) + 1, "(1 or k)",
            line(k, 0), line(smallest(k, 1), 0), line(1, 0)));

    /** Elementwise x where x &gt; 0, else a multiple of it, 0.01 as a rule, with the smaller of the slopes at 0. */
    default Value leakyRelu(double negativeSlope) {
        return LEAKY_RELU.of(negativeSlope).apply((Value) this);
    }

    Operation HARD_SIGMOID = lines("hardSigmoid", List.of(), v -> v <= -3 ? 0 : v < 3 ? 1 : 2, "⅙ where |x| < 3",
            line(0, 0), new Line(1, 3, 6), line(0, 1));

    /** Elementwise min(max(x + 3, 0), 6)/6, with slope 0 at ±3. */
    default Value hardSigmoid() {
        return HARD_SIGMOID.apply((Value) this);
    }

    Operation HARD_SWISH = pieces("hardSwish", v -> v <= -3 ? 0 : v < 3 ? 1 : 2,
            (p, v) -> p == 0 ? 0 : p == 1 ? v * (v + 3) / 6 : v,
            "(0, ⅓x + ½ or 1)", (x, y) -> Activations.HARD_SWISH_SLOPE.apply(x));

    /** Elementwise x·min(max(x + 3, 0), 6)/6, with slopes 0 at −3 and 1 at 3, the smaller of the two sides. */
    default Value hardSwish() {
        return HARD_SWISH.apply((Value) this);
    }

    Operation HARD_SWISH_SLOPE = lines("hardSwish′", List.of(), v -> v <= -3 ? 0 : v < 3 ? 1 : 2,
            "⅓ where |x| < 3", line(0, 0), new Line(2, 3, 6), line(0, 1));

    /**
     * Elementwise x moved towards 0 by k, and 0 where |x| ≤ k, with slope 0 there.
     *
     * @throws IllegalArgumentException if k is negative or NaN
     */
    default Value softshrink(double k) {
        requireAtLeast0("softshrink", (Value) this, k);
        return lines("softshrink", List.of(k), v -> v < -k ? 0 : v <= k ? 1 : 2, "1 where |x| > k",
                line(1, k), line(0, 0), line(1, -k)).apply((Value) this);
    }

    /**
     * Elementwise x, but 0 where |x| ≤ k, with slope 0 there.
     *
     * @throws IllegalArgumentException if k is negative or NaN
     */
    default Value hardshrink(double k) {
        requireAtLeast0("hardshrink", (Value) this, k);
        return lines("hardshrink", List.of(k), v -> v < -k ? 0 : v <= k ? 1 : 2, "1 where |x| > k",
                line(1, 0), line(0, 0), line(1, 0)).apply((Value) this);
    }

    /** Elementwise x where x &gt; k, else another number with slope 0. */
    default Value threshold(double k, double otherwise) {
        return lines("threshold", List.of(k, otherwise), v -> v > k ? 1 : 0, "1 where x > k",
                line(0, otherwise), line(1, 0)).apply((Value) this);
    }

    // spotless:on

    private static void requireAtLeast0(String call, Value x, double k) {
        if (!(k >= 0)) {
            throw refusal("expected a number from 0 on", call, x, k);
        }
    }
}
