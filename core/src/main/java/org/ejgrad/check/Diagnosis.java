package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import org.ejgrad.PlainText;

/**
 * What a wrong gradient looks like.
 *
 * @param mistake the usual mistake that explains all figures to within their error bars, or {@link Mistake#UNKNOWN}
 * @param sentence the same for people, naming the parameter or the operation
 */
public record Diagnosis(Mistake mistake, String sentence) {
    public Diagnosis {
        requireNonNull(mistake, "mistake");
        requireNonNull(sentence, "sentence");
    }

    @Override
    public String toString() {
        return PlainText.line(sentence);
    }
}
