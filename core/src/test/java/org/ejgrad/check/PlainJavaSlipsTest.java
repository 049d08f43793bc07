package org.ejgrad.check;

import static org.ejgrad.check.Mistake.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.Shape;
import org.junit.jupiter.api.Test;

/** Mistakes in backpropagation written in plain Java loops, of which the checker sees values and gradients only. */
class PlainJavaSlipsTest {
    /** A mistake, the kind of program it is made in, and what it may be called. */
    private record Planted(String program, String mistake, Set<Mistake> fitting) {}

    private static final int N = 7;
    private static final int D = 3;
    private static final int M = 4;
    private static final int K = 3;

    /** A network of one or two layers by loops over samples: its loss, and its gradient with a mistake. */
    private record Loops(String activation, boolean twoLayers, boolean crossEntropy, double[][] x, int[] label) {
        static Loops of(String program, int seed) {
            double[][] x = new double[N][D];
            int[] label = new int[N];
            for (int i = 0; i < N; i++) {
                label[i] = (int) (K * Randomness.uniform(seed, 51, i));
                for (int k = 0; k < D; k++) {
                    x[i][k] = 3 * Randomness.uniform(seed, 52, i, k) - 1.5;
                }
            }
            label[0] = 0;
            label[1] = 1;
            label[2] = 2;
            boolean two = !program.equals("softmax");
            return new Loops(program.split(" ")[0], two, !program.endsWith("squares"), x, label);
        }

        Map<String, Shape> shapes() {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            shapes.put("w1", new Shape(D, hidden()));
            shapes.put("b1", new Shape(1, hidden()));
            if (twoLayers) {
                shapes.put("w2", new Shape(M, K));
                shapes.put("b2", new Shape(1, K));
            }
            return shapes;
        }

        private int hidden() {
            return twoLayers ? M : K;
        }

        int size() {
            return shapes().values().stream().mapToInt(Shape::elements).sum();
        }

        private double activation(double z) {
            return switch (activation) {
                case "tanh" -> Math.tanh(z);
                case "relu" -> Math.max(0, z);
                default -> Hand.sigmoid(z);
            };
        }

        private double slope(double z, double h, String mistake) {
            double right = switch (activation) {
                case "tanh" -> 1 - h * h;
                case "relu" -> z > 0 ? 1 : 0;
                default -> h * (1 - h);
            };
            return switch (mistake) {
                case "slope 1" -> 1;
                case "slope h" -> h;
                case "slope z" -> z;
                case "slope 1 - h" -> 1 - h;
                case "slope 1 - z²" -> 1 - z * z;
                case "slope h(1 - h)" -> h * (1 - h);
                case "slope 1 - h²" -> 1 - h * h;
                case "slope inverted" -> 1 - right;
                case "slope twice" -> right * right;
                case "slope negative" -> -right;
                default -> right;
            };
        }

        private static double[] layer(double[] in, double[] at, int w, int outputs) {
            double[] z = Arrays.copyOfRange(at, w + in.length * outputs, w + (in.length + 1) * outputs);
            for (int k = 0; k < in.length; k++) {
                for (int j = 0; j < outputs; j++) {
                    z[j] += in[k] * at[w + k * outputs + j];
                }
            }
            return z;
        }

        private static double[] softmax(double[] z) {
            double most = Arrays.stream(z).max().orElseThrow();
            double[] e = Arrays.stream(z).map(v -> Math.exp(v - most)).toArray();
            double sum = Arrays.stream(e).sum();
            return Arrays.stream(e).map(v -> v / sum).toArray();
        }

        double loss(double[] at) {
            double sum = 0;
            for (int i = 0; i < N; i++) {
                double[] z = layer(x[i], at, 0, hidden());
                if (twoLayers) {
                    z = layer(Arrays.stream(z).map(this::activation).toArray(), at, (D + 1) * M, K);
                }
                double most = Arrays.stream(z).max().orElseThrow();
                double sumOfE = Arrays.stream(z).map(v -> Math.exp(v - most)).sum();
                for (int c = 0; c < K; c++) {
                    double t = c == label[i] ? 1 : 0;
                    sum += crossEntropy ? -t * (z[c] - most - Math.log(sumOfE)) : (z[c] - t) * (z[c] - t);
                }
            }
            return sum / N;
        }

        private double error(double p, double z, double t, String mistake) {
            return switch (mistake) {
                case "labels forgotten" -> p;
                case "p forgotten" -> -t;
                case "logits for p" -> z - t;
                case "sigmoid for softmax" -> Hand.sigmoid(z) - t;
                case "extra p(1 - p)" -> (p - t) * p * (1 - p);
                case "-1/1 targets" -> p - (2 * t - 1);
                case "y - p" -> t - p;
                default -> p - t;
            };
        }

        double[] gradient(double[] at, String mistake) {
            double[] g = new double[at.length];
            int w2 = (D + 1) * M;
            for (int i = 0; i < N; i++) {
                double[] z1 = layer(x[i], at, 0, hidden());
                double[] h = Arrays.stream(z1).map(this::activation).toArray();
                double[] z = twoLayers ? layer(h, at, w2, K) : z1;
                double[] p = mistake.equals("softmax without its sum")
                        ? Arrays.stream(z).map(Math::exp).toArray()
                        : softmax(z);
                double[] dz = new double[K];
                for (int c = 0; c < K; c++) {
                    double t = c == label[i] ? 1 : 0;
                    dz[c] = crossEntropy ? error(p[c], z[c], t, mistake) : 2 * error(z[c], z[c], t, mistake);
                    boolean skipped = mistake.equals("last two samples left out") && i >= N - 2
                            || mistake.equals("a sample left out") && i == 3;
                    dz[c] *= skipped ? 0 : mistake.equals("no mean") ? 1 : 1.0 / N;
                }
                add(g, twoLayers ? w2 : 0, twoLayers ? mistake.equals("z for h") ? z1 : h : x[i], dz);
                double[] dz1 = new double[M];
                for (int j = 0; twoLayers && j < M; j++) {
                    for (int c = 0; c < K; c++) {
                        double w = at[w2 + j * K + c];
                        dz1[j] += dz[c] * (mistake.equals("sign of w2") ? Math.signum(w) : w);
                    }
                    double slope = slope(z1[j], h[j], mistake);
                    boolean stopped = mistake.equals("a sample left out in layer 1") && i == 4;
                    dz1[j] = stopped ? 0 : mistake.equals("dh ignored") ? slope : dz1[j] * slope;
                }
                if (twoLayers) {
                    add(g, 0, x[i], dz1);
                }
            }
            if (mistake.equals("decay in the gradient only")) {
                for (int i = 0; i < D * hidden(); i++) {
                    g[i] += 0.02 * at[i];
                }
            }
            if (mistake.equals("b1 forgotten")) {
                Arrays.fill(g, D * hidden(), (D + 1) * hidden(), 0);
            }
            return mistake.equals("twice") ? Arrays.stream(g).map(v -> 2 * v).toArray() : g;
        }

        private static void add(double[] g, int w, double[] in, double[] dz) {
            for (int j = 0; j < dz.length; j++) {
                for (int k = 0; k < in.length; k++) {
                    g[w + k * dz.length + j] += in[k] * dz[j];
                }
                g[w + in.length * dz.length + j] += dz[j];
            }
        }

        CheckReport check(int seed, String mistake) {
            double[] at = new double[size()];
            Arrays.setAll(at, i -> 2 * Randomness.uniform(seed, 53, i) - 1);
            return GradientCheck.ofFunction(this::loss, at, x -> gradient(x, mistake))
                    .shaped(shapes())
                    .run();
        }
    }

    private static Planted of(String program, String mistake, Mistake... fitting) {
        return new Planted(program, mistake, Set.of(fitting));
    }

    private static List<Planted> all() {
        return List.of(
                of("softmax", "labels forgotten", LINEAR_TERM, MISSING_TERM),
                of("softmax", "p forgotten", INDEPENDENT, MISSING_TERM),
                of("softmax", "logits for p", WRONG_SLOPE, MISSING_FACTOR),
                of("softmax", "sigmoid for softmax", WRONG_SLOPE),
                of("softmax", "extra p(1 - p)", WRONG_SLOPE, FACTOR_TWICE),
                of("softmax", "-1/1 targets", LINEAR_TERM, OTHER_OPERAND, WRONG_SLOPE, TWICE),
                of("softmax", "y - p", SIGN_FLIPPED),
                of("softmax", "softmax without its sum", NOT_NORMALISED),
                of("softmax", "last two samples left out", ROWS_LEFT_OUT),
                of("softmax", "a sample left out", ROWS_LEFT_OUT),
                of("softmax", "no mean", MISSING_DIVISION),
                of("softmax", "decay in the gradient only", WEIGHT_DECAY),
                of("softmax", "b1 forgotten", ZERO),
                of("tanh", "slope 1", WRONG_SLOPE, MISSING_FACTOR),
                of("tanh", "slope h", WRONG_SLOPE, AT_OUTPUT),
                of("tanh", "slope 1 - h", WRONG_SLOPE),
                of("tanh", "slope 1 - z²", WRONG_SLOPE),
                of("tanh", "slope h(1 - h)", WRONG_SLOPE),
                of("tanh", "slope twice", WRONG_SLOPE, FACTOR_TWICE),
                of("tanh", "slope negative", SIGN_FLIPPED),
                of("tanh", "z for h", OTHER_OPERAND),
                of("tanh", "sign of w2", OTHER_OPERAND, WRONG_SLOPE),
                of("tanh", "dh ignored", INDEPENDENT, UPSTREAM_IGNORED),
                of("tanh", "a sample left out in layer 1", ROWS_LEFT_OUT),
                of("tanh", "a sample left out", ROWS_LEFT_OUT),
                of("tanh", "labels forgotten", LINEAR_TERM, MISSING_TERM),
                of("tanh squares", "slope 1", WRONG_SLOPE, MISSING_FACTOR),
                of("tanh squares", "slope 1 - h", WRONG_SLOPE),
                of("tanh squares", "labels forgotten", LINEAR_TERM, MISSING_TERM, OTHER_OPERAND, WRONG_SLOPE),
                of("tanh squares", "z for h", OTHER_OPERAND),
                of("relu", "slope 1", WRONG_SLOPE, MISSING_FACTOR),
                of("relu", "slope h", WRONG_SLOPE, AT_OUTPUT),
                of("relu", "slope inverted", WRONG_SLOPE, MASK_INVERTED),
                of("relu", "z for h", OTHER_OPERAND),
                of("relu squares", "slope 1", WRONG_SLOPE, MISSING_FACTOR),
                of("sigmoid", "slope h", WRONG_SLOPE, MISSING_TERM),
                of("sigmoid", "slope 1 - h²", WRONG_SLOPE),
                of("sigmoid", "slope z", WRONG_SLOPE),
                of("sigmoid", "slope twice", WRONG_SLOPE, FACTOR_TWICE),
                of("sigmoid", "twice", TWICE));
    }

    @Test
    void mostAreNamedFromFiguresAndNoneMisleads() {
        int named = 0;
        int tried = 0;
        List<String> misleading = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Planted planted : all()) {
            for (int seed = 1; seed <= Campaign.cases(1, 10); seed++) {
                CheckReport report = Loops.of(planted.program, seed).check(seed, planted.mistake);
                assertTrue(report.refuted(), planted::toString);
                Diagnosis diagnosis = report.diagnosis().orElseThrow();
                boolean right = planted.fitting.contains(diagnosis.mistake());
                tried++;
                named += right ? 1 : 0;
                if (!right) {
                    (SlipsTest.PLACES.contains(diagnosis.mistake()) ? others : misleading)
                            .add(planted + ": " + diagnosis);
                }
            }
        }
        Campaign.print("slips in plain Java: %d of %d named", named, tried);
        assertEquals(List.of(), misleading);
        assertTrue(named >= 0.85 * tried, named + " of " + tried + ", silent " + String.join("\n", others));
    }

    @Test
    void rightGradientsPass() {
        for (String program : List.of("softmax", "tanh", "tanh squares", "relu", "relu squares", "sigmoid")) {
            CheckReport report = Loops.of(program, 1).check(1, "");
            assertFalse(report.refuted(), report::toString);
            assertTrue(report.diagnosis().isEmpty());
        }
    }
}
