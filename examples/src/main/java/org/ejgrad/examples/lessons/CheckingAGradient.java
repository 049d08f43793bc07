package org.ejgrad.examples.lessons;

import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejml.simple.SimpleMatrix;

/** Differences measure a gradient, if the step is right; the checker finds the step, and says what is wrong. */
final class CheckingAGradient {
    private CheckingAGradient() {}

    private static double f(double x) {
        return Value.constant(x).elementExp().sin().scalar();
    }

    private static void show(Board board, String how, Value loss, Value w, SimpleMatrix claimed) {
        CheckReport report = GradientCheck.of(loss).against(Map.of(w, claimed)).run();
        String said = report.diagnosis().map(Object::toString).orElse(report.summary());
        board.write("  %-12s %s\n", how, said.split("[:;]", 2)[0]);
    }

    static void teach(Board board) {
        Value x = Value.variable("x", 1);
        double exact = x.elementExp().sin().gradients().of(x).scalar();
        board.write("f(x) = sin(e^x) has the slope %.12f at x = 1. Measured:\n", exact);
        board.write("    h       (f(x+h) − f(x))/h   error      (f(x+h) − f(x−h))/2h   error\n");
        double least = Double.POSITIVE_INFINITY;
        double best = 0;
        for (double h : new double[] {1e-1, 1e-3, 1e-5, 1e-8, 1e-11, 1e-14}) {
            double one = (f(1 + h) - f(1)) / h;
            double two = (f(1 + h) - f(1 - h)) / (2 * h);
            double error = Math.abs(two - exact);
            String line = "  %.0e   %17.12f   %.0e   %20.12f   %.0e\n";
            board.write(line, h, one, Math.abs(one - exact), two, error);
            best = error < least ? h : best;
            least = Math.min(error, least);
        }
        String text = """
                Large steps miss the curve, small ones drown in rounding: %.0e is best here.

                A fixed step and a fixed tolerance therefore judge by luck. The checker
                tries many steps and gives each figure an error bar. Gradients of the sum
                of tanh(x·w), one right and three wrong:
                """;
        board.write(text, best);
        Value w = Value.variable("w", new double[][] {{0.5, -1}, {2, 0.25}});
        Value rows = Value.constant(new double[][] {{1, 2}, {3, -4}});
        Value loss = rows.mult(w).tanh().elementSum();
        SimpleMatrix right = loss.gradients().of(w).matrix();
        show(board, "right:", loss, w, right);
        show(board, "transposed:", loss, w, right.transpose());
        show(board, "times 2:", loss, w, right.scale(2));
        show(board, "negative:", loss, w, right.negative());
    }
}
