package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A mistake put into a right gradient.
 *
 * @param name what was done
 * @param gradient the gradient, one entry after the other
 */
record Injection(String name, double[] gradient) {
    private static final double[] FACTORS = {1.01, 1 - 1e-4, 1 + 1e-6, 1 - 1e-8, 2, 0, -1};
    private static final double[] WHOLE = {0.5, 0.9, 1.1, 1 + 1e-4, -1, 0};

    /** {@return wrong gradients, those that differ from the right one} */
    static List<Injection> into(double[] right, Program program, Dice dice) {
        List<Injection> all = new ArrayList<>();
        double largest = 0;
        for (double entry : right) {
            largest = Math.max(largest, Math.abs(entry));
        }
        for (double factor : FACTORS) {
            int at = dice.whole(0, right.length - 1);
            double[] wrong = right.clone();
            wrong[at] *= factor;
            all.add(new Injection(text("entry %d times %s", at, factor), wrong));
        }
        for (double factor : WHOLE) {
            double[] wrong = right.clone();
            for (int i = 0; i < wrong.length; i++) {
                wrong[i] *= factor;
            }
            all.add(new Injection(text("gradient times %s", factor), wrong));
        }
        for (double share : new double[] {0.5, 0.01, 1e-5}) {
            int from = dice.whole(0, right.length - 1);
            int to = (from + dice.whole(1, Math.max(1, right.length - 1))) % right.length;
            double[] wrong = right.clone();
            wrong[from] -= share * largest;
            wrong[to] += share * largest;
            all.add(new Injection(text("%s of the largest entry moved from %d to %d", share, from, to), wrong));
            wrong = right.clone();
            wrong[from] = right[to];
            wrong[to] = right[from];
            all.add(new Injection(text("entries %d and %d exchanged", from, to), wrong));
        }
        int start = 0;
        for (double[][] input : program.inputs()) {
            reordered(right, start, input.length, input[0].length, all);
            start += input.length * input[0].length;
        }
        all.removeIf(injection -> Arrays.equals(injection.gradient, right));
        return all;
    }

    /** One parameter transposed, and with its rows in another order. */
    private static void reordered(double[] right, int start, int rows, int columns, List<Injection> all) {
        double[] rolled = right.clone();
        double[] transposed = right.clone();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                rolled[start + i * columns + j] = right[start + (i + 1) % rows * columns + j];
                if (rows == columns) {
                    transposed[start + i * columns + j] = right[start + j * columns + i];
                }
            }
        }
        all.add(new Injection(text("rows from %d on shifted", start), rolled));
        all.add(new Injection(text("matrix from %d on transposed", start), transposed));
    }
}
