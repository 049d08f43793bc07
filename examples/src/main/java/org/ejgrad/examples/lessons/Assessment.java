package org.ejgrad.examples.lessons;

/**
 * What is said of an answer.
 *
 * @param isRight whether it solves the exercise
 * @param sentence what is right or wrong
 * @param hint what to think of next, nothing for a right answer
 * @param printed what the student's program printed, as far as it is shown
 */
record Assessment(boolean isRight, String sentence, String hint, String printed) {
    static Assessment wrong(String sentence, String hint) {
        return new Assessment(false, sentence, hint, "");
    }

    Assessment printing(String text) {
        return new Assessment(isRight, sentence, hint, text);
    }
}
