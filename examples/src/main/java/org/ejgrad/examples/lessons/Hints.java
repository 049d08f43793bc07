package org.ejgrad.examples.lessons;

import org.ejgrad.check.Mistake;

/** What to think of after a mistake that the checker knows by its name. */
final class Hints {
    private Hints() {}

    static String of(Mistake mistake, Exercise exercise) {
        return switch (mistake) {
            case ZERO -> "Nothing is computed yet, or it does not reach the return.";
            case SIGN_FLIPPED -> "Move the variable up a little: does the loss grow? Then its slope is positive.";
            case HALF, TWICE -> "The slope of a² is 2·a; count the factors 2.";
            case MISSING_DIVISION, EXTRA_DIVISION, CONSTANT_FACTOR ->
                "Moving one of the n terms of a mean moves the mean by one n-th.";
            case TRANSPOSED, NOT_TRANSPOSED ->
                "Write one element as a sum: which index do its two factors share? That one is summed over.";
            case SUM_MISSING, ROWS_LEFT_OUT ->
                "Every row has a part in it: add the parts (+=), from the first row to the last.";
            case OVERWRITTEN, COUNTED_TWICE -> "One slope for each use, each once, added.";
            case MISSING_FACTOR, UPSTREAM_IGNORED ->
                "Write down each step from the variable to the loss: each gives one factor, none may be missing.";
            case WRONG_SLOPE, AT_OUTPUT -> "Compare your slope with (f(a + h) − f(a − h))/2h at one number.";
            case PARTLY_ZERO -> "Which elements does a loop not reach, or a condition set to 0?";
            case MASK_INVERTED, MASK_REPLACED ->
                "What was cut off on the way forward passes nothing back; the rest passes.";
            case STALE -> "Every number of the forward pass must be the one of this loss, at these weights.";
            default -> exercise.hint();
        };
    }
}
