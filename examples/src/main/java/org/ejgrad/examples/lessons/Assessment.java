package org.ejgrad.examples.lessons;

import java.util.Optional;
import org.ejgrad.check.Mistake;

/**
 * What is said of an answer.
 *
 * @param isRight whether it solves the exercise
 * @param sentence what is right or wrong
 * @param hint what to think of next
 * @param mistake what the checker recognised, if the answer got so far and is wrong
 * @param printed what the student's program printed, as far as it is shown
 */
record Assessment(boolean isRight, String sentence, String hint, Optional<Mistake> mistake, String printed) {
    static Assessment refused(String sentence, String hint) {
        return new Assessment(false, sentence, hint, Optional.empty(), "");
    }

    Assessment printing(String text) {
        return new Assessment(isRight, sentence, hint, mistake, text);
    }
}
