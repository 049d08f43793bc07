package org.ejgrad.examples.lessons;

import java.util.ArrayList;
import java.util.List;

/** A right answer to each exercise, and what students write instead: each a change of some words of the right one. */
final class StudentAnswers {
    /**
     * A wrong answer.
     *
     * @param lesson whose exercise
     * @param text the body of the class
     * @param words what the sentence is to contain
     */
    record Wrong(int lesson, String text, String words) {}

    private final int lesson;
    private final String right;
    private final List<Wrong> wrong = new ArrayList<>();

    private StudentAnswers(int lesson, String right) {
        this.lesson = lesson;
        this.right = right;
    }

    int lesson() {
        return lesson;
    }

    String right() {
        return right;
    }

    List<Wrong> wrong() {
        return wrong;
    }

    /** With other words in the place of some, everywhere. */
    private StudentAnswers but(String words, String others, String said) {
        if (!right.contains(words)) {
            throw new IllegalArgumentException("lesson " + lesson + ": there is no \"" + words + "\"");
        }
        wrong.add(new Wrong(lesson, right.replace(words, others), said));
        return this;
    }

    static List<StudentAnswers> all() {
        return List.of(one(), two(), three(), four(), five(), six(), seven(), eight(), nine(), ten());
    }

    private static StudentAnswers one() {
        return new StudentAnswers(1, """
                        static double gradient(double w, double x, double t) {
                            return 2 * (w * x - t) * x;
                        }
                        """)
                .but("2 * (w", "(w", "is half")
                .but("(w * x - t)", "(t - w * x)", "has the wrong sign")
                .but("- t) * x", "- t)", "factor x is missing")
                .but("- t) * x", "- t) * w", "is x, not w")
                .but("2 * (w * x - t) * x", "Math.pow(w * x - t, 2)", "the loss itself")
                .but("(w * x - t) * x", "w * x * x", "target t is left out");
    }

    private static StudentAnswers two() {
        return new StudentAnswers(2, """
                        static double gradient(double w, double x, double t) {
                            double s = 1 / (1 + Math.exp(-w * x));
                            return 2 * (s - t) * s * (1 - s) * x;
                        }
                        """)
                .but(" * s * (1 - s)", "", "slope of the sigmoid is missing")
                .but(" * (1 - s) * x", " * (1 - s)", "factor x is missing")
                .but("* s * (1 - s)", "* (1 - s * s)", "slope of tanh")
                .but("(s - t) * s", "(t - s) * s", "has the wrong sign")
                .but("2 * (s", "(s", "is half")
                .but("* s * (1 - s)", "* (1 - s)", "factor σ is missing")
                .but("* s * (1 - s)", "* w * x * (1 - w * x)", "not with w·x itself");
    }

    private static StudentAnswers three() {
        return new StudentAnswers(3, """
                        static double[] gradient(double[] x) {
                            double[] gradient = new double[x.length];
                            for (int i = 0; i < x.length; i++) {
                                double h = Math.tanh(x[i]);
                                gradient[i] = h + x[i] * (1 - h * h);
                            }
                            return gradient;
                        }
                        """)
                .but("h + x[i] * (1 - h * h)", "x[i] * (1 - h * h)", "slope by the factor x")
                .but("h + x[i] * (1 - h * h)", "h", "slope through tanh(x) is missing")
                .but("h + x", "2 * h + x", "counted twice")
                .but("h + x", "h - x", "not subtracted")
                .but("h + x[i] *", "h + ", "factor x is missing")
                .but("(1 - h * h)", "(1 - h)", "through tanh, its slope were taken for 1 − y")
                .but("h + x", "h * x", "not multiplied")
                .but("i < x.length", "i < x.length - 1", "right except for 1 of 4");
    }

    private static StudentAnswers four() {
        return new StudentAnswers(4, """
                        static double[][] gradientOfW(double[][] x, double[][] w, double[] b, double[][] t) {
                            double[][] gradient = new double[2][2];
                            double[][] d = errors(x, w, b, t);
                            for (int i = 0; i < x.length; i++) {
                                for (int j = 0; j < 2; j++) {
                                    for (int k = 0; k < 2; k++) {
                                        gradient[k][j] += x[i][k] * d[i][j];
                                    }
                                }
                            }
                            return gradient;
                        }

                        static double[] gradientOfB(double[][] x, double[][] w, double[] b, double[][] t) {
                            double[] gradient = new double[2];
                            double[][] d = errors(x, w, b, t);
                            for (int i = 0; i < x.length; i++) {
                                for (int j = 0; j < 2; j++) {
                                    gradient[j] += d[i][j];
                                }
                            }
                            return gradient;
                        }

                        static double[][] errors(double[][] x, double[][] w, double[] b, double[][] t) {
                            int n = x.length * 2;
                            double[][] d = new double[x.length][2];
                            for (int i = 0; i < x.length; i++) {
                                for (int j = 0; j < 2; j++) {
                                    double y = b[j];
                                    for (int k = 0; k < 2; k++) {
                                        y += x[i][k] * w[k][j];
                                    }
                                    d[i][j] = 2 * (y - t[i][j]) / n;
                                }
                            }
                            return d;
                        }
                        """)
                .but("gradient[k][j] +=", "gradient[j][k] +=", "w is transposed")
                .but(" / n", "", "division by 10 is missing")
                .but("gradient[j] += d", "gradient[j] = d", "row 4 alone were taken where the sum")
                .but("(y - t[i][j])", "(t[i][j] - y)", "has the wrong sign")
                .but("x.length * 2;", "x.length;", "divided by 5, the number of rows")
                .but(
                        "gradient[j] += d[i][j]",
                        "gradient[j] += d[i][j] / x.length",
                        "the mean over the rows were taken where their sum")
                .but("y = b[j]", "y = 0", "b is left out")
                .but("gradient[j] += d[i][j]", "gradient[j] = d[0][j]", "row 0 alone were taken where the sum")
                .but("x[i][k] * d", "w[k][j] * d", "Only the gradient of w is wrong: element [0][1]");
    }

    private static StudentAnswers five() {
        return new StudentAnswers(5, """
                        static double[][] gradient(double[][] z, int[] labels) {
                            int n = z.length;
                            double[][] gradient = new double[n][3];
                            for (int i = 0; i < n; i++) {
                                double total = 0;
                                for (int j = 0; j < 3; j++) {
                                    total += Math.exp(z[i][j]);
                                }
                                for (int j = 0; j < 3; j++) {
                                    double p = Math.exp(z[i][j]) / total;
                                    double y = labels[i] == j ? 1 : 0;
                                    gradient[i][j] = (p - y) / n;
                                }
                            }
                            return gradient;
                        }
                        """)
                .but("(p - y) / n", "p - y", "division by 4 is missing")
                .but("(p - y) / n", "(y - p) / n", "has the wrong sign")
                .but("/ total;", ";", "that is no softmax")
                .but("(p - y) / n", "p / n", "targets are left out")
                .but("(p - y) / n", "(p - y) * p * (1 - p) / n", "factor p·(1 − p) is too much")
                .but("(p - y) / n", "(p - y) / (3 * n)", "divided by 3 once too often")
                .but("(p - y) / n", "-y / p / n", "gradient by p")
                .but("labels[i] == j", "labels[j] == i", "element [0][2]")
                .but("(p - y) / n", "-y / p * p * (1 - p) / n", "the others have none");
    }

    private static StudentAnswers six() {
        return new StudentAnswers(6, """
                        static double[] gradient(double[] z, double[] t) {
                            double[] gradient = new double[z.length];
                            for (int i = 0; i < z.length; i++) {
                                double p = 1 / (1 + Math.exp(-z[i]));
                                gradient[i] = (p - t[i]) / z.length;
                            }
                            return gradient;
                        }
                        """)
                .but("(p - t[i]) / z.length", "p - t[i]", "division by 6 is missing")
                .but("(p - t[i])", "(t[i] - p)", "has the wrong sign")
                .but("(p - t[i])", "(p - t[i]) * p * (1 - p)", "multiplied by the slope of σ")
                .but("(p - t[i])", "(p - t[i]) / (p * (1 - p))", "Infinity at element [0]")
                .but("(p - t[i])", "(p - t[i]) / (p * (1 - p)) * p * (1 - p)", "NaN at element [0]")
                .but("(p - t[i])", "(p < 1e-7 || p > 1 - 1e-7 ? 0 : p - t[i])", "p is clipped")
                .but("1 / (1 + Math.exp(-z[i]))", "Math.exp(z[i]) / (1 + Math.exp(z[i]))", "NaN at element [4]")
                .but("(p - t[i])", "p", "targets t are left out");
    }

    private static StudentAnswers seven() {
        return new StudentAnswers(7, """
                        static double[] gradient(double[][] x, double[] t, double[] w) {
                            double[] gradient = new double[w.length];
                            for (int i = 0; i < x.length; i++) {
                                double h = Math.tanh(x[i][0] * w[0] + x[i][1] * w[1]);
                                double slope = 2 * (h - t[i]) / x.length * (1 - h * h);
                                gradient[0] += slope * x[i][0];
                                gradient[1] += slope * x[i][1];
                            }
                            return gradient;
                        }
                        """)
                .but("(1 - h * h)", "(1 - h)", "taken for 1 − y,")
                .but(" * (1 - h * h)", "", "through tanh, the derivative were left out")
                .but("(1 - h * h)", "h * (1 - h)", "taken for y·(1 − y)")
                .but("gradient[1] += slope * x[i][1]", "gradient[1] += slope * x[i][0]", "w is wrong: element [1]")
                .but(" += slope", " = slope", "Only the last row counts")
                .but("/ x.length", "/ w.length", "2.50000000 times")
                .but("(1 - h * h)", "(1 + h * h)", "taken for 1 + y²");
    }

    private static StudentAnswers eight() {
        return new StudentAnswers(8, """
                        static double[] gradient(double[][] x, double[] t, double[] w, double[] velocity) {
                            double[] gradient = new double[2];
                            double[] u = {w[0] - 0.1 * velocity[0], w[1] - 0.1 * velocity[1]};
                            for (int i = 0; i < x.length; i++) {
                                double error = x[i][0] * u[0] + x[i][1] * u[1] - t[i];
                                gradient[0] += 2 * error * x[i][0] / x.length;
                                gradient[1] += 2 * error * x[i][1] / x.length;
                            }
                            return gradient;
                        }
                        """)
                .but("- 0.1 * velocity[", "- 0 * velocity[", "gradient at w: the velocity")
                .but("- 0.1 * velocity[", "+ 0.1 * velocity[", "taken backwards")
                .but("- 0.1 * velocity[", "- velocity[", "factor 0.1 is missing")
                .but(" / x.length", "", "division by 5 is missing")
                .but("2 * error", "error", "is half")
                .but("i < x.length", "i < x.length - 1", "as if row 4 were left out")
                .but("u[1] - t[i]", "u[1]", "targets t are left out");
    }

    private static StudentAnswers nine() {
        return new StudentAnswers(9, """
                        static double[] gradientOfW(double[][] x, double[] t, double[] w, double b) {
                            double[] gradient = {0.2 * w[0], 0.2 * w[1]};
                            for (int i = 0; i < x.length; i++) {
                                gradient[0] += error(x[i], t[i], w, b) * x[i][0] / x.length;
                                gradient[1] += error(x[i], t[i], w, b) * x[i][1] / x.length;
                            }
                            return gradient;
                        }

                        static double gradientOfB(double[][] x, double[] t, double[] w, double b) {
                            double gradient = 0;
                            for (int i = 0; i < x.length; i++) {
                                gradient += error(x[i], t[i], w, b) / x.length;
                            }
                            return gradient;
                        }

                        static double error(double[] x, double t, double[] w, double b) {
                            return 2 * (x[0] * w[0] + x[1] * w[1] + b - t);
                        }
                        """)
                .but("{0.2 * w[0], 0.2 * w[1]}", "new double[2]", "penalty's slope is missing")
                .but("0.2 * w", "0.1 * w", "lacks a factor 2")
                .but("0.2 * w", "-0.2 * w", "wrong sign")
                .but("0.2 * w[0], 0.2 * w[1]", "0.1 * Math.signum(w[0]), 0.1 * Math.signum(w[1])", "of |w|")
                .but("double gradient = 0;", "double gradient = 0.2 * b;", "bias b is penalised")
                .but("return 2 *", "return", "error's slope lacks a factor 2")
                .but(" / x.length", "", "error's slope lacks the division by 5");
    }

    private static StudentAnswers ten() {
        return new StudentAnswers(10, """
                        static double[][] gradientOfW1(PARAMETERS) {
                            double[][] h = hidden(x, w1, b1);
                            return product(x, below(h, errors(h, labels, w2, b2), w2));
                        }

                        static double[] gradientOfB1(PARAMETERS) {
                            double[][] h = hidden(x, w1, b1);
                            return sum(below(h, errors(h, labels, w2, b2), w2));
                        }

                        static double[][] gradientOfW2(PARAMETERS) {
                            double[][] h = hidden(x, w1, b1);
                            return product(h, errors(h, labels, w2, b2));
                        }

                        static double[] gradientOfB2(PARAMETERS) {
                            return sum(errors(hidden(x, w1, b1), labels, w2, b2));
                        }

                        static double[][] errors(double[][] h, int[] labels, double[][] w2, double[] b2) {
                            double[][] d = probabilities(h, w2, b2);
                            int n = d.length;
                            for (int i = 0; i < n; i++) {
                                d[i][labels[i]] -= 1;
                                for (int j = 0; j < 3; j++) {
                                    d[i][j] /= n;
                                }
                            }
                            return d;
                        }

                        static double[][] below(double[][] h, double[][] d, double[][] w2) {
                            double[][] below = new double[d.length][3];
                            for (int i = 0; i < d.length; i++) {
                                for (int k = 0; k < 3; k++) {
                                    for (int j = 0; j < 3; j++) {
                                        below[i][k] += h[i][k] > 0 ? d[i][j] * w2[k][j] : 0;
                                    }
                                }
                            }
                            return below;
                        }

                        /** aᵀ·d. */
                        static double[][] product(double[][] a, double[][] d) {
                            double[][] product = new double[a[0].length][3];
                            for (int i = 0; i < a.length; i++) {
                                for (int k = 0; k < a[0].length; k++) {
                                    for (int j = 0; j < 3; j++) {
                                        product[k][j] += a[i][k] * d[i][j];
                                    }
                                }
                            }
                            return product;
                        }

                        static double[] sum(double[][] d) {
                            double[] sum = new double[3];
                            for (double[] row : d) {
                                for (int j = 0; j < 3; j++) {
                                    sum[j] += row[j];
                                }
                            }
                            return sum;
                        }

                        HELPERS
                        """.replace(
                                "PARAMETERS",
                                "double[][] x, int[] labels, double[][] w1, double[] b1, double[][] w2,"
                                        + " double[] b2")
                        .replace("HELPERS", LaterExercises.digitClassifier().helpers()))
                .but(
                        "h[i][k] > 0 ? d[i][j] * w2[k][j] : 0",
                        "d[i][j] * w2[k][j]",
                        "through relu, the derivative were left out")
                .but("w2[k][j] : 0", "w2[j][k] : 0", "through mult, a factor of the product were not transposed")
                .but("d[i][j] /= n;", "", "division by 5 is missing")
                .but("sum[j] += row[j]", "sum[j] = row[j]", "row 4 alone were taken where the sum")
                .but("d[i][labels[i]] -= 1;", "", "targets are left out")
                .but("h[i][k] > 0", "h[i][k] <= 0", "the mask were inverted")
                .but("return product(h, errors", "return product(x, errors", "2x3 where w2 is 3x3")
                .but("d[i][labels[i]] -= 1", "d[i][labels[i]] += 1", "it is to be subtracted");
    }
}
