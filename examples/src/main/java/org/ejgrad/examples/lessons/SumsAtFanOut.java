package org.ejgrad.examples.lessons;

import org.ejgrad.Value;

/** What is used twice moves the loss on two ways, and the slopes add up. */
final class SumsAtFanOut {
    private SumsAtFanOut() {}

    private static double slope(Value y, Value x) {
        return y.gradients().of(x).scalar();
    }

    private static double y(double x) {
        return Value.constant(x).elementMult(Value.constant(x).sin()).scalar();
    }

    static void teach(Board board) {
        Value x = Value.variable("x", 1.2);
        Value still = x.detached();
        double factor = slope(x.elementMult(still.sin()), x);
        double sine = slope(still.elementMult(x.sin()), x);
        double both = slope(x.elementMult(x.sin()), x);
        double measured = (y(1.2 + 1e-5) - y(1.2 - 1e-5)) / 2e-5;
        String text = """
                y = x·sin(x) uses x twice: as a factor, and within the sine.
                Hold one use still and move the other, by turns, at x = 1.2:
                  only the factor moves:  slope sin(x)   = %.6f
                  only the sine moves:    slope x·cos(x) = %.6f
                  their sum:                               %.6f
                  both move, the engine's gradient:        %.6f
                  measured, (y(x + h) − y(x − h))/2h:      %.6f

                On the way back, a gradient arrives from each use. They are ADDED.
                Who overwrites (g = ...) where he should add (g += ...) keeps only the last.

                The more uses, the more to add. The slope of x + x + ... + x is
                """;
        board.write(text, factor, sine, factor + sine, both, measured);
        for (int uses : new int[] {2, 5, 10}) {
            Value sum = x;
            for (int i = 1; i < uses; i++) {
                sum = sum.plus(x);
            }
            board.write("  %2.0f with %2d uses of x\n", slope(sum, x), uses);
        }
        board.write("So it is with a weight that every row of the data uses, in the next lesson.\n");
    }
}
