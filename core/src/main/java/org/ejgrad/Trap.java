package org.ejgrad;

import java.util.List;

/** Throws at the first operation that makes an infinity or NaN of finite numbers. */
final class Trap implements Watch {
    @Override
    public void made(Shaped result) {
        Value made = (Value) result;
        if (!NonFinite.isFinite(made) && Forensics.causes(made).isEmpty()) {
            throw new NonFiniteException(Forensics.report(made, List.of(made)));
        }
    }

    @Override
    public void handedOn(Shaped from, int input, Shaped made, Shaped given) {
        Value value = (Value) from;
        Value gradient = (Value) made;
        Value arrived = (Value) given;
        if (!NonFinite.isFinite(gradient) && NonFinite.isFinite(arrived) && NonFinite.isFinite(value)) {
            refuse(value, value.operation().rules().get(input).formula(), gradient, arrived);
        }
    }

    @Override
    public void adding(Shaped to, Shaped received, Shaped gradient) {
        Value sum = ((Value) received).bare().plus(((Value) gradient).bare());
        if (!NonFinite.isFinite(sum) && NonFinite.isFinite((Value) received) && NonFinite.isFinite((Value) gradient)) {
            refuse((Value) to, Forensics.SUM, sum, sum);
        }
    }

    private static void refuse(Value value, String formula, Value made, Value arrived) {
        throw new NonFiniteException(Forensics.report(value, formula, made, arrived, List.of(value)));
    }
}
