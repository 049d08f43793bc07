package org.ejgrad.examples.lessons;

import java.io.IOException;
import java.io.PrintWriter;
import org.ejgrad.Value;
import org.ejgrad.nn.pages.GraphPage;

/**
 * A lesson.
 *
 * @param number from 1
 * @param title in a few words
 * @param text writes what it teaches
 * @param exercise what it ends with
 */
record Lesson(int number, String title, Text text, Exercise exercise) {
    /** What a lesson writes. */
    @FunctionalInterface
    interface Text {
        void on(Board board) throws IOException;
    }

    /** The exercise's loss, to step through; it shows the gradients that the exercise asks for. */
    GraphPage page() {
        Value loss = exercise.loss().apply(new Values(exercise.given())).labelled("loss");
        String task = exercise.task().replace('\n', ' ').strip();
        boolean isFused = task.contains("softmax(z)") || task.contains("p = σ(z)");
        return GraphPage.of(loss)
                .titled(
                        "Lesson " + number + ": " + title,
                        isFused ? task + " In the graph p and its cross-entropy are one box." : task);
    }

    /** The lesson, and how to go on. */
    void print(PrintWriter out) throws IOException {
        out.println("Lesson " + number + ": " + title);
        out.println();
        text.on(new Board(out));
        out.println();
        out.println("Exercise: lesson " + number + " --start MyAnswer.java writes a file to complete; then");
        out.println("lesson " + number + " --check MyAnswer.java says whether it is right, and");
        out.println("lesson " + number + " --page lesson.html shows its computation and the way back.");
    }
}
