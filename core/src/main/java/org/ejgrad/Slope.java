package org.ejgrad;

import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A derivative that is computed by a function of its own, to the last digits, because a program of values would lose
 * some.
 *
 * @param formula the derivative as text
 * @param f how it is computed
 */
record Slope(String formula, DoubleUnaryOperator f) {
    static Slope slope(String formula, DoubleUnaryOperator f) {
        return new Slope(formula, f);
    }

    /** y = f(x) with two such derivatives, and a third that is a program. */
    static Operation smooth(
            String name, DoubleUnaryOperator f, Slope first, Slope second, String third, UnaryOperator<Value> program) {
        Operation bend = Functions.function(name + "Bend", second.f, third, (x, y) -> program.apply(x));
        Operation slope = Functions.function(name + "Slope", first.f, second.formula, (x, y) -> bend.apply(x));
        return Functions.function(name, f, first.formula, (x, y) -> slope.apply(x));
    }
}
