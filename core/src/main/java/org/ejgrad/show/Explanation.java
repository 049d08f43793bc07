package org.ejgrad.show;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Value;

/**
 * A computation and its backward walk, step by step in the engine's own order and with its own numbers.
 *
 * <p>Forward, a line per value: name, formula, number, and the shape if it is not 1x1. Backward, at each value the
 * gradient that has arrived, as a sum where the value is used several times, and what each input gets of it by which
 * rule. The derivative of the last value by v is written {@code dv}. A value is called by its label; one without, or
 * with a label that cannot stand in a formula or that another value has too, by the number that {@link Graph} gives it.
 *
 * <pre>{@code
 * Value x = Value.variable("x", 3);
 * Explanation explanation = Explanation.of(x.square().plus(x).labelled("y"));
 * explanation.derivative(x).toString(); // = "dy/dx = 1 + 2·x"
 * }</pre>
 *
 * <p>Numbers are rounded to four digits. Of large matrices the corners are shown, of long computations the first and
 * the last steps. A result that is not 1x1 is differentiated as the sum of its elements, which the explanation says.
 */
public final class Explanation {
    private static final int MOST_OF_A_MATRIX = 4;

    private final Steps steps;
    private final Detail detail;

    Explanation(Steps steps, Detail detail) {
        this.steps = steps;
        this.detail = detail;
    }

    /**
     * The explanation of any value, with matrices up to 4 x 4 shown whole; {@link Graph#explain} has more choices.
     *
     * @param value a result, whose last step is the first one of the backward walk
     */
    public static Explanation of(Value value) {
        return Graph.of(requireNonNull(value, "value"))
                .abbreviatedTo(MOST_OF_A_MATRIX, MOST_OF_A_MATRIX)
                .explain();
    }

    /** {@return as plain text} */
    public String text() {
        return ExplanationText.of(steps, detail);
    }

    /** {@return as a LaTeX document of aligned equations, which compiles as it is and needs {@code amsmath} only} */
    public String latex() {
        return ExplanationLatex.of(steps, detail);
    }

    /** {@return as Markdown with tables, for a notebook or a slide} */
    public String markdown() {
        return ExplanationMarkdown.of(steps, detail);
    }

    /**
     * The derivative of the last value by another one, as one formula, found by differentiating as the engine does and
     * writing down the program of the gradient. It is simplified where values stay what they are: factors are
     * multiplied, zeros, ones and double transposes vanish. It is written in the values that have labels; one without
     * is written out, as far as the line does not become too long.
     *
     * <p>{@code ⊙}, {@code ⊘} and powers go element by element, {@code ·} is the matrix product, or a multiplication if
     * one side is 1x1; a row, a column or a number beside {@code + − ⊙ ⊘} is repeated.
     *
     * @param value a variable or an intermediate value of this graph
     * @throws IllegalArgumentException if the graph does not have the value, if it or the last value is a constant, or
     *     if the formula would have more than 500 parts
     */
    public Formula derivative(Value value) {
        return Derivative.of(steps, requireNonNull(value, "value"));
    }

    /** As {@link #text}. */
    @Override
    public String toString() {
        return text();
    }
}
