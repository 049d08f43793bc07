package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.FunctionCases.row;
import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.awayFrom;
import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Oracles.zip;

import java.util.List;
import org.ejgrad.laws.OperationCase;

/** The rows of tests for {@link Activations}: name, where it is smooth, operation, oracle; edges. */
final class ActivationCases {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double LAMBDA = 1.0507009873554805;
    private static final double ALPHA = 1.6732632423543772;

    private ActivationCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- σ and its kin
        row("sigmoid()", reals(), Value::sigmoid, ActivationCases::sigmoid)
            .at(0, 0.5, 0.25).at(40, 1, 4.248354255291589e-18).at(1000, 1, 0).at(-1000, 0, 0).at(INF, 1, 0).at(-INF, 0, 0)
            .at(NaN, NaN, NaN),
        OperationCase.binary("Activations.SIGMOID_GRADIENT", alike(reals(), reals()), Activations.SIGMOID_GRADIENT::apply,
                (x, d) -> zip(x, d, (u, v) -> v * Math.exp(-u) / Math.pow(1 + Math.exp(-u), 2)))
            .at(0, 1, 0.25, 0, 0.25).at(1000, 1, 0, 0, 0).at(NaN, 0, 0, 0, NaN).anyShape(),
        row("softplus()", reals(), Value::softplus, v -> Math.log(1 + Math.exp(v)))
            .at(0, Math.log(2), 0.5).at(21, 21.000000000758256, 0.9999999992417439).at(1000, 1000, 1).at(-1000, 0, 0).at(INF, INF, 1),
        row("softplus(double,double)", reals(), x -> x.softplus(2.5, 20), v -> Math.log(1 + Math.exp(2.5 * v)) / 2.5)
            .at(0, Math.log(2) / 2.5, 0.5).at(8.1, 8.1, 1),
        row("logSigmoid()", reals(), Value::logSigmoid, v -> -Math.log(1 + Math.exp(-v)))
            .at(0, -Math.log(2), 0.5).at(-1000, -1000, 1).at(1000, -0.0, 0).at(40, -4.248354255291589e-18, 4.248354255291589e-18),
        row("silu()", reals(), Value::silu, v -> v * sigmoid(v))
            .at(0, 0, 0.5).at(INF, INF, 1).at(-INF, -0.0, 0).at(-1000, -0.0, 0).at(NaN, NaN, NaN),
        row("mish()", reals(), Value::mish, v -> v * Math.tanh(Math.log(1 + Math.exp(v))))
            .at(0, 0, 0.6).at(-0.0, -0.0, 0.6).at(1000, 1000, 1).at(-1000, -0.0, 0).at(INF, INF, 1),
        row("gelu()", between(0, 0.7), Value::gelu, v -> v / 2 + v * v / Math.sqrt(2 * Math.PI) * gaussSeries(v))
            .at(0, 0, 0.5).at(-0.0, -0.0, 0.5).at(INF, INF, 1).at(-INF, -0.0, 0).at(40, 40, 1).at(1, 0.8413447460685429, 1.0833154705876864),
        row("geluTanh()", reals(), Value::geluTanh, v -> v / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v))))
            .at(0, 0, 0.5).at(INF, INF, 1).at(-INF, -0.0, 0).at(-1000, -0.0, 0),

        // ---- others
        row("softsign()", awayFrom(0), Value::softsign, v -> v / (1 + Math.abs(v)))
            .at(0, 0, 1).at(3, 0.75, 1 / 16.0).at(-INF, -1, 0),
        row("Activations.TANH_SQUARE", reals(), Activations.TANH_SQUARE::apply, v -> Math.pow(Math.tanh(v), 2))
            .at(0, 0, 0).at(20, 1, 2 * 1.6993417021166355e-17).at(-INF, 1, 0),
        row("tanhshrink()", awayFrom(0), Value::tanhshrink, v -> v - Math.tanh(v))
            .at(0, 0, 0).at(1000, 999, 1),
        row("elu(double)", awayFrom(0), x -> x.elu(0.7), v -> v > 0 ? v : 0.7 * (Math.exp(v) - 1))
            .at(0, 0, 0.7).at(1000, 1000, 1).at(-1000, -0.7, 0).at(-INF, -0.7, 0).at(NaN, NaN, NaN),
        row("celu(double)", awayFrom(0), x -> x.celu(1.6), v -> v > 0 ? v : 1.6 * (Math.exp(v / 1.6) - 1))
            .at(0, 0, 1).at(1000, 1000, 1).at(-INF, -1.6, 0),
        row("selu()", awayFrom(0), Value::selu, v -> LAMBDA * (v > 0 ? v : ALPHA * (Math.exp(v) - 1)))
            .at(0, 0, LAMBDA).at(1000, 1000 * LAMBDA, LAMBDA).at(-1000, -LAMBDA * ALPHA, 0),
        row("Activations.eluSlope(double,double,double)", awayFrom(0), x -> Activations.eluSlope(2, 3, 0.5).apply(x),
                v -> v > 0 ? 2 : 3 * Math.exp(2 * v))
            .at(0, 2, 0).at(1, 2, 0).at(-INF, 0, 0),

        // ---- in straight pieces
        row("relu()", awayFrom(0), Value::relu, v -> Math.max(v, 0))
            .at(0, 0, 0).at(-0.0, 0, 0).at(2, 2, 1).at(-2, 0, 0).at(INF, INF, 1).at(NaN, NaN, NaN),
        row("leakyRelu(double)", awayFrom(0), x -> x.leakyRelu(0.01), v -> v > 0 ? v : 0.01 * v)
            .at(0, 0, 0.01).at(-2, -0.02, 0.01).at(2, 2, 1).at(-INF, -INF, 0.01).at(NaN, NaN, NaN),
        row("relu6()", between(-2, 9).filter(v -> Math.abs(v) > 0.25 && Math.abs(v - 6) > 0.25), Value::relu6,
                v -> Math.min(Math.max(v, 0), 6))
            .at(0, 0, 0).at(6, 6, 0).at(3, 3, 1).at(INF, 6, 0),
        row("hardSigmoid()", between(-5, 5).filter(v -> Math.abs(Math.abs(v) - 3) > 0.25), Value::hardSigmoid,
                v -> Math.min(Math.max(v + 3, 0), 6) / 6)
            .at(-3, 0, 0).at(3, 1, 0).at(0, 0.5, 1 / 6.0),
        row("hardSwish()", between(-5, 5).filter(v -> Math.abs(Math.abs(v) - 3) > 0.25), Value::hardSwish,
                v -> v * Math.min(Math.max(v + 3, 0), 6) / 6)
            .at(-3, 0, 0).at(3, 3, 1).at(0, 0, 0.5).at(1000, 1000, 1),
        row("Activations.HARD_SWISH_SLOPE", between(-5, 5).filter(v -> Math.abs(Math.abs(v) - 3) > 0.25),
                Activations.HARD_SWISH_SLOPE::apply,
                v -> v < -3 ? 0 : v > 3 ? 1 : v / 3 + 0.5)
            .at(0, 0.5, 1 / 3.0).at(-3, 0, 0).at(3, 1, 0),
        row("softshrink(double)", awayFrom(-0.5, 0.5), x -> x.softshrink(0.5), v -> Math.signum(v) * Math.max(Math.abs(v) - 0.5, 0))
            .at(0.5, 0, 0).at(-0.5, 0, 0).at(2, 1.5, 1).at(-2, -1.5, 1),
        row("hardshrink(double)", awayFrom(-0.5, 0.5), x -> x.hardshrink(0.5), v -> Math.abs(v) > 0.5 ? v : 0)
            .at(0.5, 0, 0).at(-0.5, 0, 0).at(2, 2, 1).at(-2, -2, 1),
        row("threshold(double,double)", awayFrom(0.3), x -> x.threshold(0.3, -7), v -> v > 0.3 ? v : -7)
            .at(0.3, -7, 0).at(5, 5, 1).at(NaN, NaN, NaN)
    );
    // spotless:on

    private static double sigmoid(double v) {
        return 1 / (1 + Math.exp(-v));
    }

    /** (1/x)·∫₀ˣ e^(−t²/2) dt by its alternating series, for small x. */
    private static double gaussSeries(double x) {
        double sum = 0;
        double term = 1;
        for (int n = 0; n < 30; n++) {
            sum += term / (2 * n + 1);
            term *= -x * x / 2 / (n + 1);
        }
        return sum;
    }
}
