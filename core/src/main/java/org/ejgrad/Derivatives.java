package org.ejgrad;

import java.util.List;
import java.util.function.Function;

/** The derivatives of plain Java functions of values. */
public final class Derivatives {
    private Derivatives() {}

    /**
     * The gradient.
     *
     * @param function f
     * @param at x
     * @return f'(x)
     */
    public static Value gradient(Function<? super Value, Value> function, Value at) {
        Value x = Value.input(at);
        Value y = function.apply(x);
        return Gradients.withRespectTo(y, Value.ones(Shape.SCALAR), List.of(x), Gradients.Option.DIFFERENTIABLE)
                .orZero(x);
    }
}
