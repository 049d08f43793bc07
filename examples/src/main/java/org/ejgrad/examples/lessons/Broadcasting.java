package org.ejgrad.examples.lessons;

import org.ejgrad.Gradients;
import org.ejgrad.Value;

/** What is spread over rows on the way forward is summed over rows on the way back. */
final class Broadcasting {
    private Broadcasting() {}

    private static void show(Board board, String name, Value value) {
        for (int row = 0; row < value.getNumRows(); row++) {
            board.write("  %-14s%8.3f%8.3f\n", row == 0 ? name : "", value.get(row, 0), value.get(row, 1));
        }
    }

    static void teach(Board board) {
        Value x = Value.constant(new double[][] {{1, 2}, {3, -1}, {0, 1}});
        Value w = Value.variable("w", new double[][] {{0.5, -1}, {0.25, 2}});
        Value b = Value.variable("b", new double[][] {{0.1, -0.2}});
        Value y = x.mult(w).plus(b);
        Gradients gradients = y.square().mean().gradients(Gradients.Option.INTERMEDIATE);
        Value dy = gradients.of(y);
        Value dw = gradients.of(w);
        Value db = gradients.of(b);
        String text = """
                A layer: y = x·w + b, for three samples at once, a row each. b is one row
                and is added to all three: it is broadcast. Loss: the mean of y².
                """;
        board.write(text);
        show(board, "y", y);
        show(board, "b", b);
        board.write(
                "The gradient of y, 2·y/%d, has the shape of y:\n", y.shape().elements());
        show(board, "dy", dy);
        board.write("b was used in each row, so its gradient is the sum of dy's rows:\n");
        show(board, "sum of rows", dy.rows(0, 1).plus(dy.rows(1, 2)).plus(dy.rows(2, 3)));
        show(board, "engine's db", db);
        board.write("w too. Each row adds (its x)ᵀ·(its dy), which together is xᵀ·dy:\n");
        show(board, "xᵀ·dy", x.transpose().mult(dy));
        show(board, "engine's dw", dw);
        text = "Each gradient has its value's shape: w %s, dw %s, b %s, db %s.\n";
        board.write(text, w.shape(), dw.shape(), b.shape(), db.shape());
    }
}
