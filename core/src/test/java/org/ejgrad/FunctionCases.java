package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.laws.Matrices.awayFrom;
import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.positive;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Oracles.map;
import static org.ejgrad.laws.Oracles.zip;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitrary;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;

/** The rows of tests for {@link Functions}: name, where it is smooth, operation, oracle; edges. */
final class FunctionCases {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double LN2 = Math.log(2);

    private FunctionCases() {}

    /** A function of one number, which accepts every shape. */
    static OperationCase row(
            String name, Arbitrary<Double> numbers, UnaryOperator<Value> function, DoubleUnaryOperator oracle) {
        return OperationCase.unary(name, one(numbers), function, x -> map(x, oracle))
                .anyShape();
    }

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- powers, exponentials, logarithms
        row("square()", reals(), Value::square, v -> v * v)
            .at(0, 0, 0).at(-3, 9, -6).at(1e200, INF, 2e200),
        row("sqrt()", positive(), Value::sqrt, Math::sqrt)
            .at(0, 0, INF).at(-0.0, -0.0, -INF).at(4, 2, 0.25).at(-1, NaN, NaN).at(INF, INF, 0),
        row("rsqrt()", positive(), Value::rsqrt, v -> Math.pow(v, -0.5))
            .at(0, INF, -INF).at(4, 0.5, -1 / 16.0).at(INF, 0, 0).at(-1, NaN, NaN),
        row("reciprocal()", awayFrom(0), Value::reciprocal, v -> 1 / v)
            .at(0, INF, -INF).at(-0.0, -INF, -INF).at(2, 0.5, -0.25).at(INF, 0, 0),
        row("elementPower(double)", positive(), x -> x.elementPower(-1.7), v -> Math.pow(v, -1.7))
            .at(1, 1, -1.7),
        row("elementPower(double) cube", reals(), x -> x.elementPower(3), v -> v * v * v)
            .at(0, 0, 0).at(-2, -8, 12),
        row("elementPower(double) square", reals(), x -> x.elementPower(2), v -> v * v)
            .at(0, 0, 0).at(-3, 9, -6).at(-INF, INF, -INF),
        row("elementPower(double) root", positive(), x -> x.elementPower(0.5), Math::sqrt)
            .at(-2, NaN, NaN).at(0, 0, INF).at(-0.0, -0.0, -INF).at(INF, INF, 0),
        row("elementPower(double) inverse root", positive(), x -> x.elementPower(-0.5), v -> 1 / Math.sqrt(v))
            .at(0, INF, -INF).at(4, 0.5, -1 / 16.0),
        row("elementPower(double) one", reals(), x -> x.elementPower(1), v -> v)
            .at(0, 0, 1).at(-3, -3, 1),
        row("elementPower(double) nothing", reals(), x -> x.elementPower(0), v -> 1)
            .at(0, 1, 0).at(NaN, 1, 0).at(INF, 1, 0),
        row("elementPower(double) inverse", awayFrom(0), x -> x.elementPower(-1), v -> 1 / v)
            .at(0, INF, -INF).at(INF, 0, 0),
        row("Functions.sizePowerSlope(double,double,int)", awayFrom(0), x -> Functions.sizePowerSlope(3, 1.7, 1).apply(x),
                v -> 3 * Math.signum(v) * Math.pow(Math.abs(v), 0.7))
            .at(0, 0, INF),
        row("Functions.powerSlope(double,double,int)", positive(), x -> Functions.powerSlope(3, -1.7, 2).apply(x),
                v -> 3 * Math.pow(v, -3.7))
            .at(1, 3, -3 * 3.7).at(0, INF, -INF),
        row("elementExp()", reals(), Value::elementExp, Math::exp)
            .at(0, 1, 1).at(710, INF, INF).at(-1000, 0, 0).at(-INF, 0, 0),
        row("exp2()", reals(), Value::exp2, v -> Math.exp(v * LN2))
            .at(3, 8, 8 * LN2).at(-1074, Double.MIN_VALUE, Double.MIN_VALUE).at(1024, INF, INF),
        row("expm1()", reals(), Value::expm1, v -> Math.exp(v) - 1)
            .at(0, 0, 1).at(1e-300, 1e-300, 1).at(-INF, -1, 0).at(INF, INF, INF),
        row("elementLog()", positive(), Value::elementLog, Math::log)
            .at(1, 0, 1).at(0, -INF, INF).at(INF, INF, 0).at(-1, NaN, NaN),
        row("log2()", positive(), Value::log2, v -> Math.log(v) / LN2)
            .at(8, 3, 1 / (8 * LN2)).at(0, -INF, INF).at(-1, NaN, NaN),
        row("log10()", positive(), Value::log10, v -> Math.log(v) / Math.log(10))
            .at(1000, 3, 1 / (1000 * Math.log(10))).at(0, -INF, INF).at(-1, NaN, NaN),
        row("log1p()", positive(), Value::log1p, v -> Math.log(1 + v))
            .at(0, 0, 1).at(1e-300, 1e-300, 1).at(-1, -INF, INF).at(-2, NaN, NaN),
        row("logit()", between(0.25, 0.75), Value::logit, v -> Math.log(v / (1 - v)))
            .at(0.5, 0, 4).at(0, -INF, INF).at(1, INF, INF).at(2, NaN, NaN),

        // ---- circular and hyperbolic
        row("sin()", reals(), Value::sin, v -> Math.cos(v - Math.PI / 2))
            .at(0, 0, 1).at(INF, NaN, NaN),
        row("cos()", reals(), Value::cos, v -> Math.sin(v + Math.PI / 2))
            .at(0, 1, 0).at(INF, NaN, NaN),
        row("tan()", between(-1, 1), Value::tan, v -> Math.sin(v) / Math.cos(v))
            .at(0, 0, 1),
        row("asin()", between(-0.75, 0.75), Value::asin, v -> Math.atan2(v, Math.sqrt(1 - v * v)))
            .at(0, 0, 1).at(1, Math.PI / 2, INF).at(-1, -Math.PI / 2, INF).at(2, NaN, NaN),
        row("acos()", between(-0.75, 0.75), Value::acos, v -> Math.atan2(Math.sqrt(1 - v * v), v))
            .at(0, Math.PI / 2, -1).at(1, 0, -INF).at(-2, NaN, NaN),
        row("atan()", reals(), Value::atan, v -> Math.atan2(v, 1))
            .at(0, 0, 1).at(INF, Math.PI / 2, 0),
        row("sinh()", reals(), Value::sinh, v -> (Math.exp(v) - Math.exp(-v)) / 2)
            .at(0, 0, 1).at(711, INF, INF),
        row("cosh()", reals(), Value::cosh, v -> (Math.exp(v) + Math.exp(-v)) / 2)
            .at(0, 1, 0).at(-711, INF, -INF),
        row("tanh()", reals(), Value::tanh, Math::tanh)
            .at(0, 0, 1).at(1000, 1, 0).at(-1000, -1, 0).at(INF, 1, 0),
        OperationCase.binary("Functions.TANH_GRADIENT", Matrices.alike(reals(), reals()),
                Functions.TANH_GRADIENT::apply, (x, d) -> zip(x, d, (u, v) -> v / Math.pow(Math.cosh(u), 2)))
            .at(0, 2, 2, 0, 1).at(20, 3, 3 * 1.6993417021166355e-17, -6 * 1.6993417021166355e-17, 1.6993417021166355e-17)
            .at(NaN, 0, 0, 0, NaN).anyShape(),
        row("Functions.TANH_BEND", reals(), Functions.TANH_BEND::apply, v -> -2 * Math.tanh(v) / Math.pow(Math.cosh(v), 2))
            .at(0, -0.0, -2).at(20, -2 * 1.6993417021166355e-17, 4 * 1.6993417021166355e-17).at(INF, -0.0, 0),
        row("asinh()", reals(), Value::asinh, v -> Math.log(v + Math.sqrt(v * v + 1)))
            .at(0, 0, 1).at(1e-300, 1e-300, 1).at(-1e10, -23.71899811050040, 1e-10).at(-INF, -INF, 0),
        row("acosh()", between(1.5, 3), Value::acosh, v -> Math.log(v + Math.sqrt(v * v - 1)))
            .at(1, 0, INF).at(1e10, 23.71899811050040, 1e-10).at(INF, INF, 0).at(0.5, NaN, NaN).at(-3, NaN, NaN),
        row("atanh()", between(-0.75, 0.75), Value::atanh, v -> Math.log((1 + v) / (1 - v)) / 2)
            .at(0, 0, 1).at(1, INF, INF).at(-1, -INF, INF).at(2, NaN, NaN),

        // ---- the normal distribution
        row("erf()", reals(), Value::erf, FunctionCases::integratedErf)
            .at(0, 0, 2 / Math.sqrt(Math.PI)).at(INF, 1, 0).at(-INF, -1, 0).at(1, 0.8427007929497149, 2 / Math.sqrt(Math.PI) / Math.E)
            .at(-3, -0.9999779095030014, 2 / Math.sqrt(Math.PI) * Math.exp(-9)),
        row("erfc()", reals(), Value::erfc, v -> 1 - integratedErf(v))
            .at(0, 1, -2 / Math.sqrt(Math.PI)).at(-INF, 2, 0).at(INF, 0, 0)
            .at(26, 5.663192408856143e-296, -2 / Math.sqrt(Math.PI) * Math.exp(-676))
            .at(5, 1.5374597944280349e-12, -2 / Math.sqrt(Math.PI) * Math.exp(-25)),

        // ---- kinks and steps
        row("abs()", awayFrom(0), Value::abs, Math::abs)
            .at(0, 0, 0).at(-2, 2, -1).at(2, 2, 1).at(-INF, INF, -1).at(NaN, NaN, NaN),
        row("sign()", awayFrom(0), Value::sign, v -> v > 0 ? 1 : -1)
            .at(0, 0, 0).at(-2, -1, 0).at(2, 1, 0).at(NaN, NaN, NaN),
        row("floor()", awayFrom(-2, -1, 0, 1, 2), Value::floor, Math::floor)
            .at(-0.5, -1, 0).at(2, 2, 0).at(INF, INF, 0).at(NaN, NaN, NaN),
        row("ceil()", awayFrom(-2, -1, 0, 1, 2), Value::ceil, Math::ceil)
            .at(-0.5, -0.0, 0).at(2, 2, 0),
        row("round()", awayFrom(-1.5, -0.5, 0.5, 1.5), Value::round, v -> Math.floor(v + 0.5))
            .at(0.5, 0, 0).at(1.5, 2, 0).at(2.5, 2, 0).at(-1.5, -2, 0),
        row("trunc()", awayFrom(-2, -1, 0, 1, 2), Value::trunc, v -> (long) v)
            .at(-1.7, -1, 0).at(1.7, 1, 0),
        row("Functions.FLAT", reals(), Functions.FLAT::apply, v -> 0)
            .at(INF, 0, 0).at(NaN, NaN, NaN)
    );
    // spotless:on

    /** Simpson's rule on 2/√π·e^(−t²) from 0 to x. */
    private static double integratedErf(double x) {
        int steps = 2000;
        double h = x / steps;
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            double weight = i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * Math.exp(-(i * h) * (i * h));
        }
        return 2 / Math.sqrt(Math.PI) * sum * h / 3;
    }
}
