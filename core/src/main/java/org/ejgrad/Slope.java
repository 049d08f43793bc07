package org.ejgrad;

import java.util.function.DoubleUnaryOperator;

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
}
