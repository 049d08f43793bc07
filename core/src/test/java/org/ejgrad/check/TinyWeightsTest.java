package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of relus in plain Java whose weights are tiny: kinks stand nearer than noise lets differences see. */
class TinyWeightsTest {
    private static final int ROWS = 4;
    private static final int INPUTS = 3;
    private static final int HIDDEN = 4;
    private static final int BIASES = INPUTS * HIDDEN;
    private static final int OUTPUT = BIASES + HIDDEN;
    private static final int LAST = OUTPUT + HIDDEN;

    private final double[][] x = new double[ROWS][INPUTS];
    private final double[] target = new double[ROWS];
    private final double[] point = new double[LAST + 1];

    private static double drawn(long seed, long... numbers) {
        return 2 * Randomness.uniform(seed, numbers) - 1;
    }

    private void draw(int seed, double scale) {
        for (int row = 0; row < ROWS; row++) {
            target[row] = drawn(seed, 1, row);
            for (int i = 0; i < INPUTS; i++) {
                x[row][i] = drawn(seed, 2, row, i);
            }
        }
        for (int i = 0; i < point.length; i++) {
            point[i] = scale * drawn(seed, 3, i);
        }
    }

    private double loss(double[] p, double... gradient) {
        double loss = 0;
        for (int row = 0; row < ROWS; row++) {
            double[] z = new double[HIDDEN];
            double output = p[LAST];
            for (int j = 0; j < HIDDEN; j++) {
                z[j] = p[BIASES + j];
                for (int i = 0; i < INPUTS; i++) {
                    z[j] += x[row][i] * p[i * HIDDEN + j];
                }
                output += Math.max(z[j], 0) * p[OUTPUT + j];
            }
            double error = output - target[row];
            loss += error * error / ROWS;
            if (gradient.length > 0) {
                addTo(gradient, p, x[row], z, 2 * error / ROWS);
            }
        }
        return loss;
    }

    private static void addTo(double[] gradient, double[] p, double[] x, double[] z, double arriving) {
        gradient[LAST] += arriving;
        for (int j = 0; j < HIDDEN; j++) {
            gradient[OUTPUT + j] += arriving * Math.max(z[j], 0);
            double before = z[j] > 0 ? arriving * p[OUTPUT + j] : 0;
            gradient[BIASES + j] += before;
            for (int i = 0; i < INPUTS; i++) {
                gradient[i * HIDDEN + j] += before * x[i];
            }
        }
    }

    private CheckReport check(double... claimed) {
        return GradientCheck.ofFunction(p -> loss(p), point, claimed).run();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-6, 1e-8, 1e-10, 1e-11, 1e-12, 1e-14})
    void aRightGradientIsNotRefuted(double scale) {
        for (int seed = 0; seed < Campaign.cases(12, 100); seed++) {
            draw(seed, scale);
            double[] gradient = new double[point.length];
            loss(point, gradient);
            CheckReport report = check(gradient);
            List<CheckedEntry> refuted = report.entries().stream()
                    .filter(entry -> entry.verdict().refutes())
                    .toList();
            assertEquals(List.of(), refuted, seed + ": " + report);
            double[] wrong = gradient.clone();
            wrong[LAST] *= 1.001;
            assertTrue(check(wrong).refuted(), "wrong, at " + seed);
        }
    }

    /** Where it cannot be told on which side of the kink the point is, the bar reaches the slopes of both. */
    @Test
    void theBarReachesTheSlopesOfBothSides() {
        double far = 1e4;
        for (double claimed : new double[] {0, 1, -1}) {
            CheckedEntry entry = GradientCheck.ofFunction(
                            v -> far + Math.abs(v[0] - 1e-13), new double[] {0}, new double[] {claimed})
                    .run()
                    .entries()
                    .get(0);
            assertEquals("cannot-tell", entry.verdict().name(), entry.toString());
            assertTrue(Math.abs(entry.numeric() - 1) <= entry.bar(), entry.toString());
            assertTrue(Math.abs(entry.numeric() + 1) <= entry.bar(), entry.toString());
        }
    }
}
