package org.ejgrad.check;

/**
 * What a wrong gradient looks like.
 *
 * @param mistake the usual mistake that explains all figures to within their error bars, or {@link Mistake#UNKNOWN}
 * @param sentence the same for people, naming the parameter or the operation
 */
public record Diagnosis(Mistake mistake, String sentence) {
    @Override
    public String toString() {
        return sentence;
    }
}
