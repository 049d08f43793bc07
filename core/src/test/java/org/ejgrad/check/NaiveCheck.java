package org.ejgrad.check;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Gradients;
import org.ejgrad.Value;

/** The usual checker, to compare with: central differences with step 1e-6, absolute 1e-5 plus relative 1e-3. */
final class NaiveCheck {
    private static final double STEP = 1e-6;
    private static final double ABSOLUTE = 1e-5;
    private static final double RELATIVE = 1e-3;

    private NaiveCheck() {}

    static boolean accepts(double claimed, double numeric) {
        return Math.abs(claimed - numeric) <= ABSOLUTE + RELATIVE * Math.abs(numeric);
    }

    static double slope(ToDoubleFunction<double[]> function, double[] x, int i) {
        double[] moved = x.clone();
        moved[i] = x[i] + STEP;
        double right = function.applyAsDouble(moved);
        moved[i] = x[i] - STEP;
        return (right - function.applyAsDouble(moved)) / (2 * STEP);
    }

    /** A recorded graph, computed again without frozen decisions. */
    static boolean passes(Value loss) {
        Gradients gradients = loss.gradients();
        List<Value> variables = gradients.variables();
        Tape tape = new Tape(loss);
        for (Value variable : variables) {
            double[] claimed = Matrices.elements(gradients.of(variable));
            double[] x = Matrices.elements(variable);
            for (int i = 0; i < x.length; i++) {
                if (!accepts(claimed[i], slope(v -> Replays.free(tape, variable, v), x, i))) {
                    return false;
                }
            }
        }
        return true;
    }
}
