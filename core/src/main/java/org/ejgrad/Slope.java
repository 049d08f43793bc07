package org.ejgrad;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/**
 * A derivative that is computed by a function of its own, to the last digits, because a program of values would lose
 * some.
 *
 * @param <P> what programs compute on
 * @param formula the derivative as text
 * @param f how it is computed
 * @param program the same as a program of values to show, if that is short
 */
record Slope<P>(String formula, DoubleUnaryOperator f, Optional<UnaryOperator<P>> program) {
    static <P> Slope<P> slope(String formula, DoubleUnaryOperator f) {
        return new Slope<>(formula, f, Optional.empty());
    }

    static <P> Slope<P> slope(String formula, DoubleUnaryOperator f, UnaryOperator<P> program) {
        return new Slope<>(formula, f, Optional.of(program));
    }
}
