package org.ejgrad.examples.lessons;

import static org.ejgrad.examples.lessons.Given.labels;
import static org.ejgrad.examples.lessons.Given.matrix;
import static org.ejgrad.examples.lessons.Given.number;
import static org.ejgrad.examples.lessons.Given.numbers;
import static org.ejgrad.examples.lessons.Slip.withSlopes;

import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.CrossEntropy;

/** What the last five lessons end with: losses and networks. */
final class LaterExercises {
    private static final double[][] X = {{0.5, -1.0}, {1.5, 0.3}, {-0.7, 0.8}, {-0.2, -0.4}, {0.9, 1.1}};
    private static final double[] T = {0.3, -0.8, 1.2, 0.6, -0.1};

    private LaterExercises() {}

    static Exercise whyLogits() {
        return Exercise.of(
                        """
                p = σ(z), and the loss is the mean of −t·ln(p) − (1 − t)·ln(1 − p), where each t is 0 or 1.
                Write its gradient by z, so that it is right for z = ±800 too.
                """,
                        v -> BinaryCrossEntropy.fromLogits(v.get("z"), v.get("t")),
                        "Simplify the formula by hand before you compute: then nothing is divided by p or 1 − p.",
                        numbers("z", -800, -2, 0.5, 3, 800, -750).asked(),
                        numbers("t", 1, 0, 1, 0, 0, 0))
                .slip(
                        "The targets t are left out.",
                        v -> withSlopes(v.get("z").sigmoid().divide(6), v.get("z")))
                .slip(
                        "Where p is clipped the gradient is 0: a surely wrong answer would learn nothing.",
                        v -> BinaryCrossEntropy.fromProbabilities(
                                v.get("z").sigmoid().clamp(1e-7, 1 - 1e-7), v.get("t")));
    }

    static Exercise checkingAGradient() {
        return Exercise.of(
                        """
                        The loss is the mean of (tanh(x·w) − t)², and somebody has written its gradient by w. It looks
                        right, and training with it goes down. It is wrong: let the check say how, and mend it.
                        """,
                        v -> squaredError(tanh(v), targets(v)),
                        "Check it again with one row of x, on paper beside the lines.",
                        matrix("x", X),
                        numbers("t", T),
                        numbers("w", 0.8, -0.5).asked())
                .slip(
                        "Only the last row counts: each row's part is to be added, with +=.",
                        v -> squaredError(tanh(v).rows(4, 5), targets(v).rows(4, 5))
                                .divide(5))
                .beginning(Map.of("w", """
                                double[] gradient = new double[w.length];
                                for (int i = 0; i < x.length; i++) {
                                    double h = Math.tanh(x[i][0] * w[0] + x[i][1] * w[1]);
                                    double slope = 2 * (h - t[i]) / x.length * (1 - h);
                                    gradient[0] += slope * x[i][0];
                                    gradient[1] += slope * x[i][1];
                                }
                                return gradient;
                                """), "");
    }

    static Exercise momentumAndAdam() {
        return Exercise.of(
                        """
                Nesterov's momentum looks ahead: it takes the gradient where the velocity will carry the weights.
                With u = w − 0.1·velocity, the loss is the mean of (x·u − t)². Write its gradient at u.
                """,
                        v -> ahead(v, 0.1),
                        "First u, then everything as ever, with u in the place of w.",
                        matrix("x", X),
                        numbers("t", T),
                        numbers("w", 0.8, -0.5).asked(),
                        numbers("velocity", 1.4, -2.2))
                .slip("That is the gradient at w: the velocity is left out.", v -> ahead(v, 0))
                .slip("That is the gradient at w + 0.1·velocity: the step is taken backwards.", v -> ahead(v, -0.1))
                .slip("That is the gradient at w − velocity: the factor 0.1 is missing.", v -> ahead(v, 1))
                .slip(
                        "The division by 5 is missing, the number of rows.",
                        v -> ahead(v, 0.1).scale(5))
                .slip(
                        "The targets t are left out.",
                        v -> lookAhead(v, 0.1).square().mean());
    }

    static Exercise overFitting() {
        return Exercise.of(
                        """
                The loss is the mean of (x·w + b − t)² plus the penalty 0.1·(w[0]² + w[1]²), which keeps the weights
                small and leaves the bias b free. Write its gradients by w and by b.
                """,
                        v -> fit(v).plus(penalty(v, 0.1)),
                        "The slope of a sum is the sum of the slopes, that of the error and that of the penalty.",
                        matrix("x", X),
                        numbers("t", T),
                        numbers("w", 0.8, -0.5).asked(),
                        number("b", 0.35).asked())
                .slip("The penalty's slope is missing.", LaterExercises::fit)
                .slip(
                        "The penalty's slope lacks a factor 2: the slope of w² is 2·w.",
                        v -> fit(v).plus(penalty(v, 0.05)))
                .slip(
                        "The penalty's slope has the wrong sign: that would make the weights grow.",
                        v -> fit(v).minus(penalty(v, 0.1)))
                .slip(
                        "The penalty's slope is that of |w|, the sign of w; here it is w².",
                        v -> fit(v).plus(v.get("w").abs().elementSum().scale(0.1)))
                .slip(
                        "The bias b is penalised too, and should not be.",
                        v -> fit(v).plus(penalty(v, 0.1))
                                .plus(v.get("b").square().scale(0.1)))
                .slip(
                        "The error's slope lacks a factor 2: the slope of a² is 2·a.",
                        v -> fit(v).scale(0.5).plus(penalty(v, 0.1)))
                .slip(
                        "The error's slope lacks the division by 5, the number of rows.",
                        v -> fit(v).scale(5).plus(penalty(v, 0.1)));
    }

    static Exercise digitClassifier() {
        Given labels = labels("labels", 1, 0, 2, 1, 0);
        return Exercise.of(
                        """
                        The network of the lesson, small: h = relu(x·w1 + b1), z = h·w2 + b2; the loss is the mean
                        cross-entropy of softmax(z) with the labels. Write all four gradients.
                        """,
                        v -> CrossEntropy.fromLogits(network(v), labels.labels()),
                        "From the end: the errors of z, from them w2 and b2, the errors of h, from them w1 and b1.",
                        matrix("x", X),
                        labels,
                        matrix("w1", new double[][] {{0.4, -0.6, 0.9}, {0.2, 0.7, -0.3}})
                                .asked(),
                        numbers("b1", 0.1, -0.15, 0.35).asked(),
                        matrix("w2", new double[][] {{0.8, -0.15, 0.3}, {0.25, 0.6, -0.7}, {-0.45, 0.35, 0.5}})
                                .asked(),
                        numbers("b2", 0.1, -0.2, 0.05).asked())
                .slip(
                        "At the labels one is added to p; it is to be subtracted.",
                        v -> withErrors(
                                network(v), p -> p.plus(labels.oneHot(3)).divide(5)))
                .slip(
                        "The targets are left out: one is to be subtracted from p at the labels.",
                        v -> withErrors(network(v), p -> p.divide(5)))
                .beginning(Map.of(), """
                        // h and p, as they are in the exercise

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

    // ---- parts of losses, right and wrong ---------------------------------------------------------------------------

    private static Value targets(Values v) {
        return v.get("t").transpose();
    }

    private static Value tanh(Values v) {
        return v.get("x").mult(v.get("w").transpose()).tanh();
    }

    /** x·(w − step·velocity). */
    private static Value lookAhead(Values v, double step) {
        Value u = v.get("w").minus(v.get("velocity").scale(step)).labelled("u");
        return v.get("x").mult(u.transpose());
    }

    private static Value ahead(Values v, double step) {
        return squaredError(lookAhead(v, step), targets(v));
    }

    private static Value fit(Values v) {
        return squaredError(v.get("x").mult(v.get("w").transpose()).plus(v.get("b")), targets(v));
    }

    private static Value penalty(Values v, double factor) {
        return v.get("w").square().elementSum().scale(factor);
    }

    private static Value network(Values v) {
        Value hidden = v.get("x").mult(v.get("w1")).plus(v.get("b1")).relu().labelled("h");
        return hidden.mult(v.get("w2")).plus(v.get("b2")).labelled("z");
    }

    /** With something else, of the probabilities, for the slopes by the logits. */
    private static Value withErrors(Value z, UnaryOperator<Value> errors) {
        return withSlopes(errors.apply(z.softmax(Per.ROW)), z);
    }
}
