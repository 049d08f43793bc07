package org.ejgrad.examples.lessons;

import org.ejgrad.check.Mistake;

/** What to say to a student's mistake besides what it is. */
final class Hints {
    private Hints() {}

    static String of(Mistake mistake, Exercise exercise) {
        return exercise.hints().getOrDefault(mistake, exercise.hint());
    }
}
