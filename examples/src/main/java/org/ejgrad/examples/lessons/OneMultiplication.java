package org.ejgrad.examples.lessons;

import org.ejgrad.Value;

/** A model of one number, what its gradient means, and how to use it. */
final class OneMultiplication {
    private OneMultiplication() {}

    private static Value loss(Value w) {
        return w.scale(3).minus(Value.constant(6)).square();
    }

    static void teach(Board board) {
        Value w = Value.variable("w", 0.5);
        Value loss = loss(w);
        double gradient = loss.gradients().of(w).scalar();
        double byHand = 2 * (0.5 * 3 - 6) * 3;
        String text = """
                A model of one number w predicts w·x. For x = 3 it should say 6.
                The loss says how wrong it is: (w·x − 6)².
                With w = 0.5 the loss is %.2f. Its gradient by w is %.1f:
                by hand, 2·(w·x − 6)·x = %.1f. It tells how the loss moves with w:

                  w grows by   loss grows by   gradient times step   apart
                """;
        board.write(text, loss.scalar(), gradient, byHand);
        double apart = 0;
        for (double step : new double[] {0.1, 0.01, 0.001}) {
            double growth = loss(Value.constant(0.5 + step)).minus(loss).scalar();
            apart = 100 * Math.abs(1 - gradient * step / growth);
            board.write("  %10.3f   %13.6f   %19.6f   %.2f%%\n", step, growth, gradient * step, apart);
        }
        text = """
                The last step is foretold to %.2f%%: that is all a gradient says.

                Learning is walking downhill: w ← w − 0.02·gradient, again and again.
                """;
        board.write(text, apart);
        for (int step = 0; step <= 12; step++) {
            loss = loss(w);
            if (step % 4 == 0) {
                board.write("  step %2d: w = %.4f, loss %.6f\n", step, w.scalar(), loss.scalar());
            }
            w = Value.variable("w", w.minus(loss.gradients().of(w).scale(0.02)));
        }
        board.write("The prediction is %.3f now, for a target of 6.\n", 3 * w.scalar());
    }
}
