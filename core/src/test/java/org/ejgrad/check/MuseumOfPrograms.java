package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Faults in how gradients are computed, accumulated, compared and clipped. */
final class MuseumOfPrograms {
    private static final double[] POINT = {0.4, -1.1, 0.7};

    private MuseumOfPrograms() {}

    private static String check(java.util.function.ToDoubleFunction<double[]> f, double[] x, double[] claimed) {
        return Exhibit.name(GradientCheck.ofFunction(f, x, claimed).run());
    }

    private static double[] each(double[] x, java.util.function.DoubleUnaryOperator f) {
        return Arrays.stream(x).map(f).toArray();
    }

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "harvard-edge/cs249r_book 1341",
                        "tanh never entered the graph, so its parameters got no gradient",
                        "ZERO",
                        faulty -> {
                            Value w = Value.variable("w", new double[][] {{0.4}, {-0.7}});
                            Value x = Value.constant(new double[][] {{1, 2}, {0.5, -1}});
                            return Exhibit.name(GradientCheck.of(List.of(w), v -> {
                                        Value z = x.mult(v.get(0));
                                        return (faulty ? z.detached() : z)
                                                .tanh()
                                                .square()
                                                .mean();
                                    })
                                    .run());
                        }),
                new Exhibit(
                        "karpathy/micrograd 53", "a second backward pass doubles the gradients", "TWICE", faulty -> {
                            double[] gradient = new double[3];
                            for (int pass = 0; pass < (faulty ? 2 : 1); pass++) {
                                Arrays.setAll(gradient, i -> gradient[i] + Math.cos(POINT[i]));
                            }
                            return check(v -> Arrays.stream(v).map(Math::sin).sum(), POINT, gradient);
                        }),
                new Exhibit(
                        "karpathy/micrograd 2",
                        "a value used twice kept the gradient of its last use only",
                        "OVERWRITTEN",
                        faulty -> {
                            Value a = Value.variable("a", new double[][] {{1.5, -0.5}});
                            Value loss = a.tanh().elementMult(a).elementSum();
                            SimpleMatrix gradient = new SimpleMatrix(1, 2);
                            for (int i = 0; i < 2; i++) {
                                double v = a.get(0, i);
                                double inner = v * (1 - Math.tanh(v) * Math.tanh(v));
                                gradient.set(i, faulty ? inner : inner + Math.tanh(v));
                            }
                            return Exhibit.name(GradientCheck.of(loss)
                                    .against(Map.of(a, gradient))
                                    .run());
                        }),
                new Exhibit(
                        "Neuroph CrossEntropyError",
                        "the error vector is returned as it was allocated",
                        "ZERO",
                        faulty -> {
                            double[] target = {1, 0, 1};
                            double[] error = new double[3];
                            if (!faulty) {
                                Arrays.setAll(error, i -> 1 / (1 + Math.exp(-POINT[i])) - target[i]);
                            }
                            return check(
                                    z -> {
                                        double loss = 0;
                                        for (int i = 0; i < 3; i++) {
                                            loss += Math.log1p(Math.exp(z[i])) - target[i] * z[i];
                                        }
                                        return loss;
                                    },
                                    POINT,
                                    error);
                        }),
                new Exhibit(
                        "NVIDIA/warp 508",
                        "an absolute tolerance accepts any gradient that is small",
                        "ZERO",
                        faulty -> check(
                                v -> 1e-6 * Arrays.stream(v).map(Math::sin).sum(),
                                POINT,
                                each(POINT, v -> faulty ? 0 : 1e-6 * Math.cos(v)))),
                new Exhibit(
                        "HIPS/autograd scalar_close",
                        "absolute or relative: a tiny gradient with the wrong sign passes",
                        "SIGN_FLIPPED",
                        faulty -> check(
                                v -> 1e-8 * Arrays.stream(v).map(Math::exp).sum(),
                                POINT,
                                each(POINT, v -> (faulty ? -1e-8 : 1e-8) * Math.exp(v)))),
                new Exhibit(
                        "deeplearning4j LossBinaryXENT",
                        "the value is clipped, the gradient is that of the unclipped value",
                        "disagree",
                        faulty -> {
                            double[] p = {0.3, 1e-7};
                            return check(
                                    v -> -Math.log(clip(v[0])) - Math.log(clip(v[1])),
                                    p,
                                    each(p, v -> faulty || v >= 1e-5 ? -1 / v : 0));
                        }),
                new Exhibit(
                        "jax-ml/jax 1052", "the untaken branch of where gives a NaN gradient", "non-finite", faulty -> {
                            Value x = Value.variable("x", new double[][] {{0, 4}});
                            Value mask = Value.constant(new double[][] {{0, 1}});
                            Value safe = faulty ? x : x.plus(mask.negative().plus(1));
                            Operation root = Operation.unary(
                                    "root",
                                    m -> Operation.map(m, Math::sqrt),
                                    Rule.rule("dy ⊘ 2y", (in, y, dy) -> dy.elementDiv(y.scale(2))));
                            return Exhibit.name(GradientCheck.of(
                                            root.apply(safe).elementMult(mask).elementSum())
                                    .run());
                        }),
                new Exhibit(
                        "dropout in gradient checks", "a new mask in every evaluation", "non-deterministic", faulty -> {
                            int[] calls = {0};
                            return check(
                                    v -> {
                                        calls[0] += faulty ? 1 : 0;
                                        double sum = 0;
                                        for (int i = 0; i < v.length; i++) {
                                            sum += Randomness.bit(5, calls[0], i) ? 0 : v[i] * v[i];
                                        }
                                        return sum;
                                    },
                                    POINT,
                                    maskedSquares());
                        }),
                new Exhibit(
                        "in-place standardising",
                        "a loss that changes the array it was given",
                        "input-mutated",
                        faulty -> check(
                                v -> {
                                    double[] x = faulty ? v : v.clone();
                                    Arrays.setAll(x, i -> x[i] * 2);
                                    return Arrays.stream(x).map(a -> a * a).sum();
                                },
                                POINT,
                                each(POINT, v -> 8 * v))),
                new Exhibit(
                        "SameDiff GradCheckUtil",
                        "the checker evaluated the same perturbed point twice",
                        "checker: accepts any gradient",
                        faulty -> {
                            double[] wrong = each(POINT, v -> 0);
                            boolean refuted = faulty
                                    ? !samePointTwice(wrong)
                                    : GradientCheck.ofFunction(MuseumOfPrograms::sines, POINT, wrong)
                                            .run()
                                            .refuted();
                            return refuted ? Exhibit.CLEAN : "checker: accepts any gradient";
                        }),
                new Exhibit(
                        "karpathy/micrograd PR 102",
                        "the backward pass recurses and dies on a deep graph",
                        "StackOverflowError",
                        faulty -> {
                            Value x = Value.variable("x", 0.5);
                            Value y = x;
                            for (int i = 0; i < 20_000; i++) {
                                y = y.scale(i % 2 == 0 ? 2 : 0.5);
                            }
                            Value deep = y;
                            return onSmallStack(() -> faulty
                                    ? recursiveSlope(deep)
                                    : deep.gradients().of(x).scalar());
                        }));
    }

    private static double[] maskedSquares() {
        double[] gradient = new double[POINT.length];
        Arrays.setAll(gradient, i -> Randomness.bit(5, 0, i) ? 0 : 2 * POINT[i]);
        return gradient;
    }

    private static double clip(double p) {
        return Math.max(p, 1e-5);
    }

    private static double sines(double[] v) {
        return Arrays.stream(v).map(Math::sin).sum();
    }

    /** The comparison of a checker that moved its point once and evaluated twice. */
    private static boolean samePointTwice(double[] claimed) {
        boolean accepted = true;
        for (int i = 0; i < claimed.length; i++) {
            double[] x = POINT.clone();
            x[i] += 1e-6;
            double plus = sines(x);
            double minus = sines(x);
            accepted &= Math.abs((plus - minus) / 2e-6 - claimed[i]) < 1e-5;
        }
        return accepted;
    }

    private static double recursiveSlope(Value value) {
        return value.isVariable()
                ? 1
                : ((Double) value.operation().parameters().get(0))
                        * recursiveSlope(value.inputs().get(0));
    }

    private static String onSmallStack(java.util.function.DoubleSupplier slope) {
        String[] result = {"did not finish"};
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        result[0] = slope.getAsDouble() == 1 ? Exhibit.CLEAN : "wrong slope";
                    } catch (StackOverflowError tooDeep) {
                        result[0] = "StackOverflowError";
                    }
                },
                "small stack",
                256 * 1024);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return result[0];
    }
}
