package org.ejgrad.examples.lessons;

import static org.ejgrad.examples.lessons.Given.labels;
import static org.ejgrad.examples.lessons.Given.matrix;
import static org.ejgrad.examples.lessons.Given.number;
import static org.ejgrad.examples.lessons.Given.numbers;

import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.CrossEntropy;

/** What each lesson ends with. */
final class Exercises {
    /** Of eight numbers, chosen so that no two mistakes look alike. */
    private static final double[][] X = {{0.5, -1.0}, {1.5, 0.3}, {-0.7, 0.8}, {-0.2, -0.4}, {0.9, 1.1}};

    private static final double[] T = {0.3, -0.8, 1.2, 0.6, -0.1};

    private Exercises() {}

    static Exercise oneMultiplication() {
        return Exercise.of(
                """
                The loss is (w·x − t)²: the prediction w·x should be t.
                Write its derivative by w, the slope of the loss when w is moved.
                """,
                v -> squaredError(v.get("w").elementMult(v.get("x")), v.get("t")),
                "Outer times inner: the square's slope 2·(w·x − t), times the slope of w·x by w.",
                number("w", 0.7).asked(),
                number("x", 1.9),
                number("t", 0.4));
    }

    static Exercise chainRule() {
        return Exercise.of(
                """
                The loss is (σ(w·x) − t)², with the sigmoid σ(a) = 1/(1 + e^(−a)), whose slope is σ(a)·(1 − σ(a)).
                Write its derivative by w.
                """,
                v -> squaredError(v.get("w").elementMult(v.get("x")).sigmoid(), v.get("t")),
                "A chain of three: the slope of the square, of the sigmoid and of the product, multiplied.",
                number("w", 0.7).asked(),
                number("x", 1.9),
                number("t", 0.4));
    }

    static Exercise sumsAtFanOut() {
        return Exercise.of(
                """
                The loss is the sum of x[i]·tanh(x[i]): every x[i] is used twice.
                Write its gradient by x. The slope of tanh(a) is 1 − tanh(a)².
                """,
                v -> v.get("x").elementMult(v.get("x").tanh()).elementSum(),
                "Each use of x[i] brings its own slope, with the other factor held still; add the two.",
                numbers("x", 0.7, -1.3, 0.2, 1.6).asked());
    }

    static Exercise broadcasting() {
        return Exercise.of(
                """
                y = x·w + b, with the one row b added to every row of the product x·w; the loss is the mean of
                (y − t)² over all elements of y. Write its gradients by w and by b.
                """,
                v -> squaredError(v.get("x").mult(v.get("w")).plus(v.get("b")), v.get("t")),
                "With d = 2·(y − t)/(elements of y): the gradient of w is xᵀ·d, that of b the sum of d's rows.",
                matrix("x", X),
                matrix("w", new double[][] {{0.4, -0.6}, {0.9, 0.2}}).asked(),
                numbers("b", 0.7, -0.5).asked(),
                matrix("t", new double[][] {{0.3, 0.1}, {-0.8, 0.5}, {1.2, -0.3}, {0.6, 0.9}, {-0.1, -0.7}}));
    }

    static Exercise softmaxCrossEntropy() {
        Given labels = labels("labels", 1, 0, 2, 1);
        return Exercise.of(
                """
                Each row of z are the logits of a sample, p = softmax(z) row by row, and the loss is the mean over
                the samples of −ln(p[i][labels[i]]). Write its gradient by z.
                """,
                v -> CrossEntropy.fromLogits(v.get("z"), labels.labels()),
                "It is p minus one at the right class, divided by the number of samples.",
                matrix("z", new double[][] {{0.5, -0.2, 1.1}, {-0.4, 0.8, 0.3}, {1.3, 0.1, -0.6}, {0.2, -0.9, 0.7}})
                        .asked(),
                labels);
    }

    static Exercise whyLogits() {
        return Exercise.of(
                """
                p = σ(z), and the loss is the mean of −t·ln(p) − (1 − t)·ln(1 − p), where each t is 0 or 1.
                Write its gradient by z, so that it is right for z = ±800 too.
                """,
                v -> BinaryCrossEntropy.fromLogits(v.get("z"), v.get("t")),
                "Simplify by hand before you compute: all that is left is (σ(z) − t)/n.",
                numbers("z", -800, -2, 0.5, 3, 800, -750).asked(),
                numbers("t", 1, 0, 1, 0, 0, 0));
    }

    static Exercise checkingAGradient() {
        return Exercise.of(
                        """
                        The loss is the mean of (tanh(x·w) − t)², and somebody has written its gradient by w. It looks
                        right, and training with it goes down. It is wrong: let the check say how, and mend it.
                        """,
                        v -> squaredError(v.get("x").mult(v.get("w").transpose()).tanh(), v.get("t").transpose()),
                        "Check it again with one row of x, on paper beside the lines.",
                        matrix("x", X),
                        numbers("t", T),
                        numbers("w", 0.8, -0.5).asked())
                .beginning(
                        Map.of(
                                "w",
                                """
                                double[] gradient = new double[w.length];
                                for (int i = 0; i < x.length; i++) {
                                    double h = Math.tanh(x[i][0] * w[0] + x[i][1] * w[1]);
                                    double slope = 2 * (h - t[i]) / x.length * (1 - h);
                                    gradient[0] += slope * x[i][0];
                                    gradient[1] += slope * x[i][1];
                                }
                                return gradient;
                                """),
                        "");
    }

    static Exercise momentumAndAdam() {
        return Exercise.of(
                """
                Nesterov's momentum looks ahead: it takes the gradient where the velocity will carry the weights.
                With u = w − 0.1·velocity, the loss is the mean of (x·u − t)². Write its gradient at u.
                """,
                v -> squaredError(
                        v.get("x").mult(v.get("w").minus(v.get("velocity").scale(0.1)).transpose()),
                        v.get("t").transpose()),
                "First u, then as ever: 2/n times the sum over the rows of (x[i]·u − t[i])·x[i].",
                matrix("x", X),
                numbers("t", T),
                numbers("w", 0.8, -0.5).asked(),
                numbers("velocity", 1.4, -2.2));
    }

    static Exercise overFitting() {
        return Exercise.of(
                """
                The loss is the mean of (x·w + b − t)² plus the penalty 0.1·(w[0]² + w[1]²), which keeps the weights
                small and leaves the bias b free. Write its gradients by w and by b.
                """,
                v -> squaredError(v.get("x").mult(v.get("w").transpose()).plus(v.get("b")), v.get("t").transpose())
                        .plus(v.get("w").square().elementSum().scale(0.1)),
                "The slope of a sum is the sum of the slopes: that of the error plus 0.1·2·w.",
                matrix("x", X),
                numbers("t", T),
                numbers("w", 0.8, -0.5).asked(),
                number("b", 0.35).asked());
    }

    static Exercise digitClassifier() {
        Given labels = labels("labels", 1, 0, 2, 1, 0);
        return Exercise.of(
                        """
                        The network of the lesson, small: h = relu(x·w1 + b1), z = h·w2 + b2; the loss is the mean
                        cross-entropy of softmax(z) with the labels. Write all four gradients. h and p are given below.
                        """,
                        v -> CrossEntropy.fromLogits(
                                v.get("x")
                                        .mult(v.get("w1"))
                                        .plus(v.get("b1"))
                                        .relu()
                                        .mult(v.get("w2"))
                                        .plus(v.get("b2")),
                                labels.labels()),
                        "With dz = (p − one at the label)/n: w2 gets hᵀ·dz, and dz·w2ᵀ goes on where h is positive.",
                        matrix("x", X),
                        labels,
                        matrix("w1", new double[][] {{0.4, -0.6, 0.9}, {0.2, 0.7, -0.3}})
                                .asked(),
                        numbers("b1", 0.1, -0.15, 0.35).asked(),
                        matrix("w2", new double[][] {{0.8, -0.15, 0.3}, {0.25, 0.6, -0.7}, {-0.45, 0.35, 0.5}})
                                .asked(),
                        numbers("b2", 0.1, -0.2, 0.05).asked())
                .beginning(
                        Map.of(),
                        """
                        static double[][] hidden(double[][] x, double[][] w1, double[] b1) {
                            double[][] h = new double[x.length][b1.length];
                            for (int i = 0; i < x.length; i++) {
                                for (int j = 0; j < b1.length; j++) {
                                    double a = b1[j];
                                    for (int k = 0; k < w1.length; k++) {
                                        a += x[i][k] * w1[k][j];
                                    }
                                    h[i][j] = Math.max(0, a);
                                }
                            }
                            return h;
                        }

                        static double[][] probabilities(double[][] h, double[][] w2, double[] b2) {
                            double[][] p = new double[h.length][b2.length];
                            for (int i = 0; i < h.length; i++) {
                                double total = 0;
                                for (int j = 0; j < b2.length; j++) {
                                    double z = b2[j];
                                    for (int k = 0; k < w2.length; k++) {
                                        z += h[i][k] * w2[k][j];
                                    }
                                    p[i][j] = Math.exp(z);
                                    total += p[i][j];
                                }
                                for (int j = 0; j < b2.length; j++) {
                                    p[i][j] /= total;
                                }
                            }
                            return p;
                        }
                        """);
    }

    private static Value squaredError(Value y, Value t) {
        return y.minus(t).square().mean();
    }
}
