package org.ejgrad.show;

import static java.util.Objects.requireNonNull;

/**
 * An equation in two spellings. A function with a transpose's sign, as {@code rowsAtᵀ}, adds elements to the places
 * from which the function without it takes them.
 *
 * @param text as text, such as {@code dL/dw = xᵀ·(σ(x·w) − y)/4}
 * @param latex for LaTeX's mathematics
 */
public record Formula(String text, String latex) {
    public Formula {
        requireNonNull(text, "text");
        requireNonNull(latex, "latex");
    }

    /** The text. */
    @Override
    public String toString() {
        return text;
    }
}
