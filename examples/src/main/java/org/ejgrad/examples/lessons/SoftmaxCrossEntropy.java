package org.ejgrad.examples.lessons;

import java.util.Locale;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.CrossEntropy;

/** Scores become probabilities, the loss asks for that of the right class, and the gradient is p minus the target. */
final class SoftmaxCrossEntropy {
    private SoftmaxCrossEntropy() {}

    private static void show(Board board, String name, Value row, String more) {
        board.write("  %-8s%9.4f%9.4f%9.4f%s\n", name, row.get(0, 0), row.get(0, 1), row.get(0, 2), more);
    }

    private static double length(Value loss, Value z) {
        return loss.gradients().of(z).normF().scalar();
    }

    static void teach(Board board) {
        Value z = Value.variable("z", new double[][] {{2, 1, -1}});
        String text = """
                A network gives each class a score, its logit. Softmax makes them positive
                with the sum 1: p = e^z / (sum of all e^z).
                                cat      dog     fish
                """;
        board.write(text);
        show(board, "z", z, "");
        show(board, "e^z", z.elementExp(), "");
        show(board, "p", z.softmax(Per.ROW), "");
        text = """

                Cross-entropy is −ln(p of the right class), and its gradient by z is p − y,
                where y has a 1 at the right class:
                """;
        board.write(text);
        for (int label = 0; label < 3; label++) {
            Value loss = CrossEntropy.fromLogits(z, label);
            String name = new String[] {"cat", "dog", "fish"}[label];
            show(board, name, loss.gradients().of(z), String.format(Locale.ROOT, "  loss %.4f", loss.scalar()));
        }
        Value sure = Value.variable("z", new double[][] {{9, 1, -9}});
        Value squares = sure.softmax(Per.ROW).minus(Value.row(0, 0, 1)).square().elementSum();
        double cross = length(CrossEntropy.fromLogits(sure, 2), sure);
        double squared = length(squares, sure);
        text = """

                Why not squared error, Σ(p − y)²? If the network is sure and wrong, with
                z = 9, 1, −9 and a fish, the lengths of the two gradients are
                  cross-entropy %.4f, squared error %.6f: %.0f times less to learn from.
                """;
        board.write(text, cross, squared, cross / squared);
    }
}
