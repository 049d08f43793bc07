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

/**
 * A network in plain Java whose loss has a penalty on its weights or none, and whose units are columns of the weights
 * or rows: the same mistakes are called by the same names.
 */
class PenalisedSlipsTest {
    private static final int N = 6;
    private static final int D = 3;
    private static final int H = 4;
    private static final int K = 3;
    private static final int W2 = (D + 1) * H;
    private static final int SIZE = W2 + (H + 1) * K;

    private record Network(double penalty, boolean turned, int seed) {
        Map<String, Shape> shapes() {
            Map<String, Shape> shapes = new LinkedHashMap<>();
            shapes.put("w1", turned ? new Shape(H, D) : new Shape(D, H));
            shapes.put("b1", turned ? new Shape(H, 1) : new Shape(1, H));
            shapes.put("w2", turned ? new Shape(K, H) : new Shape(H, K));
            shapes.put("b2", turned ? new Shape(K, 1) : new Shape(1, K));
            return shapes;
        }

        private int w1(int input, int unit) {
            return turned ? unit * D + input : input * H + unit;
        }

        private int w2(int unit, int output) {
            return W2 + (turned ? output * H + unit : unit * K + output);
        }

        private double x(int sample, int input) {
            return 3 * Randomness.uniform(seed, 81, sample % N, input % D) - 1.5;
        }

        private static int label(int sample) {
            return (sample + sample / 4) % K;
        }

        private double[] inner(double[] at, int sample) {
            double[] z = Arrays.copyOfRange(at, D * H, W2);
            for (int j = 0; j < H; j++) {
                for (int q = 0; q < D; q++) {
                    z[j] += x(sample, q) * at[w1(q, j)];
                }
            }
            return z;
        }

        private double[] outer(double[] at, double... h) {
            double[] z = Arrays.copyOfRange(at, W2 + H * K, SIZE);
            for (int c = 0; c < K; c++) {
                for (int j = 0; j < H; j++) {
                    z[c] += h[j] * at[w2(j, c)];
                }
            }
            return z;
        }

        double loss(double[] at) {
            double sum = 0;
            for (int i = 0; i < N; i++) {
                double[] z =
                        outer(at, Arrays.stream(inner(at, i)).map(Math::tanh).toArray());
                sum += Math.log(Arrays.stream(z).map(Math::exp).sum()) - z[label(i)];
            }
            return sum / N + penalty * Arrays.stream(at).map(v -> v * v).sum();
        }

        double[] gradient(double[] at, String mistake) {
            double[] g = new double[SIZE];
            for (int i = 0; i < N; i++) {
                double[] z1 = inner(at, i);
                double[] h = Arrays.stream(z1).map(Math::tanh).toArray();
                double[] z = outer(at, h);
                double total = Arrays.stream(z).map(Math::exp).sum();
                double[] e = new double[K];
                for (int c = 0; c < K; c++) {
                    double p = Math.exp(z[c]) / total;
                    double y = c == label(mistake.equals("labels shifted") ? (i + 1) % N : i) ? 1 : 0;
                    e[c] = switch (mistake) {
                        case "labels forgotten" -> p;
                        case "extra p(1 - p)" -> (p - y) * p * (1 - p);
                        case "no mean" -> N * (p - y);
                        default -> p - y;
                    };
                    e[c] = mistake.equals("a sample left out") && i == 2 ? 0 : e[c] / N;
                    g[W2 + H * K + c] += mistake.equals("b2 forgotten") ? 0 : e[c];
                    for (int j = 0; j < H; j++) {
                        g[w2(j, c)] += e[c] * (mistake.equals("z for h") ? z1[j] : h[j]);
                    }
                }
                for (int j = 0; j < H; j++) {
                    double back = 0;
                    for (int c = 0; c < K; c++) {
                        int from = switch (mistake) {
                            case "next unit" -> w2((j + 1) % H, c);
                            case "next class" -> w2(j, (c + 1) % K);
                            case "reshaped" -> W2 + (turned ? j * K + c : c * H + j);
                            default -> w2(j, c);
                        };
                        boolean skipped = mistake.equals("last class skipped") && c == K - 1;
                        back += skipped ? 0 : e[c] * at[from];
                    }
                    double slope = switch (mistake) {
                        case "slope 1" -> 1;
                        case "slope h" -> h[j];
                        case "slope 1 - h" -> 1 - h[j];
                        default -> 1 - h[j] * h[j];
                    };
                    back *= mistake.equals("unit off") && j == 1 ? 0 : slope;
                    g[D * H + j] += mistake.equals("b1 by 6") ? back / N : back;
                    for (int q = 0; q < D; q++) {
                        g[w1(q, j)] += back * x(mistake.equals("other inputs") ? i + 1 : i, q);
                    }
                }
            }
            if (mistake.equals("updated w2")) {
                double[] moved = at.clone();
                for (int k = W2; k < W2 + H * K; k++) {
                    moved[k] -= 0.2 * g[k];
                }
                System.arraycopy(gradientBehind(at, moved), 0, g, 0, W2);
            }
            if (mistake.equals("biases exchanged")) {
                for (int c = 0; c < K; c++) {
                    double first = g[D * H + c];
                    g[D * H + c] = g[W2 + H * K + c];
                    g[W2 + H * K + c] = first;
                }
            }
            for (int k = 0; k < SIZE; k++) {
                g[k] += 2 * penalty * at[k];
            }
            return g;
        }

        /** What goes back to the first layer by other weights than those of the forward pass. */
        private double[] gradientBehind(double[] at, double[] back) {
            double[] g = new double[W2];
            for (int i = 0; i < N; i++) {
                double[] h = Arrays.stream(inner(at, i)).map(Math::tanh).toArray();
                double[] z = outer(at, h);
                double total = Arrays.stream(z).map(Math::exp).sum();
                for (int j = 0; j < H; j++) {
                    double sum = 0;
                    for (int c = 0; c < K; c++) {
                        sum += (Math.exp(z[c]) / total - (c == label(i) ? 1 : 0)) / N * back[w2(j, c)];
                    }
                    sum *= 1 - h[j] * h[j];
                    g[D * H + j] += sum;
                    for (int q = 0; q < D; q++) {
                        g[w1(q, j)] += sum * x(i, q);
                    }
                }
            }
            return g;
        }

        CheckReport check(String mistake) {
            double[] at = new double[SIZE];
            Arrays.setAll(at, k -> 1.6 * Randomness.uniform(seed, 82, k) - 0.8);
            return GradientCheck.ofFunction(this::loss, at, x -> gradient(x, mistake))
                    .shaped(shapes())
                    .run();
        }
    }

    /** What each may be called: the penalty and the layout may change the word, not what it means. */
    private static final Map<String, Set<Mistake>> FITTING = Map.ofEntries(
            Map.entry("labels forgotten", Set.of(LINEAR_TERM)),
            Map.entry("labels shifted", Set.of(ROWS_MIXED, LINEAR_TERM)),
            Map.entry("extra p(1 - p)", Set.of(FACTOR_TWICE)),
            Map.entry("no mean", Set.of(MISSING_DIVISION)),
            Map.entry("a sample left out", Set.of(ROWS_LEFT_OUT)),
            Map.entry("b2 forgotten", Set.of(ZERO, MISSING_TERM)),
            Map.entry("z for h", Set.of(OTHER_OPERAND)),
            Map.entry("next unit", Set.of(OTHER_OPERAND)),
            Map.entry("next class", Set.of(OTHER_OPERAND)),
            Map.entry("reshaped", Set.of(OTHER_OPERAND)),
            Map.entry("last class skipped", Set.of(OTHER_OPERAND)),
            Map.entry("slope 1", Set.of(MISSING_FACTOR)),
            Map.entry("slope h", Set.of(WRONG_SLOPE)),
            Map.entry("slope 1 - h", Set.of(WRONG_SLOPE)),
            Map.entry("unit off", Set.of(PARTLY_ZERO, MISSING_TERM)),
            Map.entry("b1 by 6", Set.of(EXTRA_DIVISION)),
            Map.entry("other inputs", Set.of(ROWS_MIXED)),
            Map.entry("updated w2", Set.of(UPDATED_WEIGHTS)),
            Map.entry("biases exchanged", Set.of(ONE_LAYER)));

    @Test
    void neitherAPenaltyNorTheLayoutChangesWhatIsSaid() {
        List<String> others = new ArrayList<>();
        for (int seed = 1; seed <= Campaign.cases(1, 10); seed++) {
            for (double penalty : new double[] {0, 0.015}) {
                for (boolean turned : new boolean[] {false, true}) {
                    Network network = new Network(penalty, turned, seed);
                    assertTrue(network.check("").passed());
                    FITTING.forEach((mistake, fitting) -> {
                        CheckReport report = network.check(mistake);
                        assertTrue(report.refuted(), mistake);
                        Diagnosis said = report.diagnosis().orElseThrow();
                        if (!fitting.contains(said.mistake())) {
                            others.add(network + " " + mistake + ": " + said.mistake() + " " + said);
                        }
                    });
                }
            }
        }
        assertEquals(List.of(), others);
    }

    @Test
    void whatIsSaidOfOtherElementsNamesThem() {
        String said = new Network(0.015, true, 3)
                .check("last class skipped")
                .diagnosis()
                .orElseThrow()
                .sentence();
        assertEquals(
                "On the way back from w2 to w1 another row of w2 stands for one, or the errors that they are multiplied"
                        + " with are taken from another: row 2 is left out.",
                said);
    }

    @Test
    void aPenaltyIsNoEvidenceForTheWayBack() {
        for (String mistake : FITTING.keySet()) {
            Diagnosis said =
                    new Network(0.02, false, 5).check(mistake).diagnosis().orElseThrow();
            assertFalse(said.mistake() == BACK_THROUGH, mistake + ": " + said);
        }
    }
}
