package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.BinaryOperator;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** The elementwise operations of the reference format, of one matrix and of two that broadcast. */
final class ElementwiseCalls {
    private ElementwiseCalls() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("neg", in -> in.x().negative()),
            entry("exp", in -> in.x().elementExp()),
            entry("log", in -> in.x().elementLog()),
            entry("sqrt", in -> in.x().sqrt()),
            entry("square", in -> in.x().square()),
            entry("abs", in -> in.x().abs()),
            entry("sign", in -> in.x().sign()),
            entry("tanh", in -> in.x().tanh()),
            entry("sigmoid", in -> in.x().sigmoid()),
            entry("relu", in -> in.x().relu()),
            entry("pow", in -> in.x().elementPower(in.number("exponent"))),
            entry("add_scalar", in -> in.x().plus(in.number("value"))),
            entry("mul_scalar", in -> in.x().scale(in.number("value"))),
            entry("rsub_scalar", in -> in.x().negative().plus(in.number("value"))),
            entry("exp2", in -> in.x().exp2()),
            entry("expm1", in -> in.x().expm1()),
            entry("log2", in -> in.x().log2()),
            entry("log10", in -> in.x().log10()),
            entry("log1p", in -> in.x().log1p()),
            entry("rsqrt", in -> in.x().rsqrt()),
            entry("reciprocal", in -> in.x().reciprocal()),
            entry("sin", in -> in.x().sin()),
            entry("cos", in -> in.x().cos()),
            entry("tan", in -> in.x().tan()),
            entry("asin", in -> in.x().asin()),
            entry("acos", in -> in.x().acos()),
            entry("atan", in -> in.x().atan()),
            entry("sinh", in -> in.x().sinh()),
            entry("cosh", in -> in.x().cosh()),
            entry("asinh", in -> in.x().asinh()),
            entry("acosh", in -> in.x().acosh()),
            entry("atanh", in -> in.x().atanh()),
            entry("erf", in -> in.x().erf()),
            entry("erfc", in -> in.x().erfc()),
            entry("logsigmoid", in -> in.x().logSigmoid()),
            entry("logit", in -> in.x().logit()),
            entry("relu6", in -> in.x().relu6()),
            entry("selu", in -> in.x().selu()),
            entry("silu", in -> in.x().silu()),
            entry("mish", in -> in.x().mish()),
            entry("softsign", in -> in.x().softsign()),
            entry("tanhshrink", in -> in.x().tanhshrink()),
            entry("hardsigmoid", in -> in.x().hardSigmoid()),
            entry("hardswish", in -> in.x().hardSwish()),
            entry("floor", in -> in.x().floor()),
            entry("ceil", in -> in.x().ceil()),
            entry("round", in -> in.x().round()),
            entry("trunc", in -> in.x().trunc()),
            entry("leaky_relu", in -> in.x().leakyRelu(in.number("negative_slope", 0.01))),
            entry("elu", in -> in.x().elu(in.number("alpha", 1))),
            entry("celu", in -> in.x().celu(in.number("alpha", 1))),
            entry(
                    "gelu",
                    in -> in.text("approximate", "none").equals("tanh")
                            ? in.x().geluTanh()
                            : in.x().gelu()),
            entry("softplus", in -> in.x().softplus(in.number("beta", 1), in.number("threshold", 20))),
            entry("softshrink", in -> in.x().softshrink(in.number("lambd", 0.5))),
            entry("hardshrink", in -> in.x().hardshrink(in.number("lambd", 0.5))),
            entry("hardtanh", in -> in.x().clampOpen(in.number("min_val", -1), in.number("max_val", 1))),
            entry("threshold", in -> in.x().threshold(in.number("threshold"), in.number("value"))),
            entry(
                    "clamp",
                    in -> in.x()
                            .clamp(
                                    in.number("min", Double.NEGATIVE_INFINITY),
                                    in.number("max", Double.POSITIVE_INFINITY))),
            entry("rpow", in -> in.x().elementPowerOf(in.number("base"))),
            entry("rdiv_scalar", in -> in.x().reciprocal().scale(in.number("value"))),
            entry("maximum", pair(Value::maximum)),
            entry("minimum", pair(Value::minimum)),
            entry("pow_tensor", pair(Value::elementPower)),
            entry("atan2", pair(Value::atan2)),
            entry("logaddexp", pair(Value::logAddExp)),
            entry("xlogy", pair(Value::xlogy)),
            entry("where", ElementwiseCalls::where),
            entry("detach", in -> in.x().detached()),
            entry("add", pair(Value::plus)),
            entry("sub", pair(Value::minus)),
            entry("mul", pair(Value::elementMult)),
            entry("div", pair(Value::elementDiv)),
            entry("self_add", in -> in.x().plus(in.x())),
            entry("self_sub", in -> in.x().minus(in.x())),
            entry("self_mul", in -> in.x().elementMult(in.x())),
            entry("self_div", in -> in.x().elementDiv(in.x())));

    private static Call pair(BinaryOperator<Value> operation) {
        return in -> operation.apply(in.pair(0).get(0), in.pair(0).get(1));
    }

    private static Value where(Arguments in) {
        Shape shape = Arguments.common(
                in.value(0).shape(),
                Arguments.common(in.value(1).shape(), in.value(2).shape()));
        return in.value(0)
                .broadcastTo(shape)
                .where(in.value(1).broadcastTo(shape), in.value(2).broadcastTo(shape));
    }
}
