package org.ejgrad.examples.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Right answers are called right, and of wrong ones it is said what is wrong. */
class ExercisesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    static List<StudentAnswers> answers() {
        return StudentAnswers.all();
    }

    static Stream<StudentAnswers.Wrong> wrong() {
        return StudentAnswers.all().stream().flatMap(each -> each.wrong().stream());
    }

    private Assessment assess(int lesson, String body) throws IOException {
        Path file = Files.writeString(folder.resolve("MyAnswer.java"), "public class MyAnswer {\n" + body + "}\n");
        return new Answer(Lessons.of(lesson).exercise(), file).assess(PATIENCE);
    }

    @ParameterizedTest
    @MethodSource("answers")
    void theRightAnswerIsRight(StudentAnswers answers) throws IOException {
        Assessment assessment = assess(answers.lesson(), answers.right());
        assertTrue(assessment.isRight(), assessment.toString());
        assertTrue(assessment.sentence().startsWith("Right: "), assessment.toString());
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void aWrongAnswerIsToldWhatIsWrong(StudentAnswers.Wrong wrong) throws IOException {
        Assessment assessment = assess(wrong.lesson(), wrong.text());
        assertFalse(assessment.isRight(), assessment.toString());
        assertTrue(assessment.sentence().contains(wrong.words()), assessment + "\nexpected: " + wrong.words());
        assertEquals(1, assessment.sentence().lines().count(), assessment.toString());
        assertFalse(assessment.hint().isBlank(), assessment.toString());
    }

    @Test
    void everyExerciseHasFiveWrongAnswersOrMore() {
        assertEquals(10, answers().size());
        answers().forEach(each -> assertTrue(each.wrong().size() >= 5, "lesson " + each.lesson()));
    }

    /** It compiles and runs, and what it lacks is told. */
    @ParameterizedTest
    @MethodSource("answers")
    void theFileToBeginWithIsAWrongAnswer(StudentAnswers answers) throws IOException {
        Exercise exercise = Lessons.of(answers.lesson()).exercise();
        Path file = Files.writeString(folder.resolve("Begun.java"), exercise.start("Begun"));
        Assessment assessment = new Answer(exercise, file).assess(PATIENCE);
        assertFalse(assessment.isRight());
        assertTrue(assessment.sentence().startsWith("The gradient "), assessment.toString());
        assertTrue(assessment.sentence().contains(" zero") || answers.lesson() == 7, assessment.toString());
    }

    /** A slip whose loss is the right one would call a right answer wrong, had it not been called right before. */
    @Test
    void everySlipIsWrong() {
        for (Lesson lesson : Lessons.ALL) {
            Exercise exercise = lesson.exercise();
            exercise.slips()
                    .forEach(slip -> assertFalse(
                            exercise.check(exercise.gradients(slip.loss())).passed(), slip.sentence()));
            assertTrue(exercise.check(exercise.gradients(exercise.loss())).passed());
        }
    }
}
