package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
import java.util.function.BinaryOperator;
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
}
