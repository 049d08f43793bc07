package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Shape;

/** Mistakes in the gradient of a foreign function, of which nothing is known but values. */
final class PlantedInFigures {
    private static final int ROWS = 5;
    private static final int N = 3;

    private PlantedInFigures() {}

    /** ½·mean over rows of ‖x·w − t‖² for a 3x3 matrix w. */
    static double leastSquares(double[] w) {
        double sum = 0;
        for (int r = 0; r < ROWS; r++) {
            for (int c = 0; c < N; c++) {
                double d = residual(w, r, c);
                sum += d * d;
            }
        }
        return sum / (2 * ROWS);
    }

    private static double residual(double[] w, int r, int c) {
        double d = -target(r, c);
        for (int k = 0; k < N; k++) {
            d += x(r, k) * w[k * N + c];
        }
        return d;
    }

    private static double x(int r, int k) {
        return 2 * Randomness.uniform(1, 31, r, k) - 1;
    }

    private static double target(int r, int c) {
        return 4 * Randomness.uniform(1, 32, r, c) - 2;
    }

    static double[] point(int size) {
        double[] w = new double[size];
        Arrays.setAll(w, i -> 3 * Randomness.uniform(1, 33, i) - 1.5);
        return w;
    }

    /** xᵀ·(x·w − t)/rows, by hand. */
    static double[] gradient(double[] w) {
        double[] g = new double[N * N];
        for (int r = 0; r < ROWS; r++) {
            for (int k = 0; k < N; k++) {
                for (int c = 0; c < N; c++) {
                    g[k * N + c] += x(r, k) * residual(w, r, c) / ROWS;
                }
            }
        }
        return g;
    }

    private static Planted square(String name, Mistake expected, UnaryOperator<double[]> mistake) {
        double[] w = point(N * N);
        return new Planted(
                name,
                expected,
                () -> GradientCheck.ofFunction(PlantedInFigures::leastSquares, w, mistake.apply(gradient(w)))
                        .shaped(Map.of("w", new Shape(N, N)))
                        .run());
    }

    private static UnaryOperator<double[]> each(java.util.function.DoubleUnaryOperator change) {
        return g -> Arrays.stream(g).map(change).toArray();
    }

    private static UnaryOperator<double[]> from(java.util.function.IntUnaryOperator source) {
        return g -> {
            double[] moved = new double[g.length];
            Arrays.setAll(moved, i -> source.applyAsInt(i) < 0 ? 0 : g[source.applyAsInt(i)]);
            return moved;
        };
    }

    private static UnaryOperator<double[]> plus(java.util.function.DoubleUnaryOperator ofParameter) {
        return g -> {
            double[] w = point(g.length);
            double[] sum = new double[g.length];
            Arrays.setAll(sum, i -> g[i] + ofParameter.applyAsDouble(w[i]));
            return sum;
        };
    }

    static List<Planted> all() {
        List<Planted> all = new ArrayList<>(List.of(
                square("forgotten", Mistake.ZERO, each(v -> 0)),
                square("uphill", Mistake.SIGN_FLIPPED, each(v -> -v)),
                square("½ of the loss forgotten", Mistake.TWICE, each(v -> 2 * v)),
                square("2 of the square forgotten", Mistake.HALF, each(v -> v / 2)),
                square("transposed", Mistake.TRANSPOSED, from(i -> i % N * N + i / N)),
                square("sum instead of mean", Mistake.MISSING_DIVISION, each(v -> ROWS * v)),
                square("mean twice", Mistake.EXTRA_DIVISION, each(v -> v / ROWS)),
                square("a constant slipped in", Mistake.OFFSET, each(v -> v + 0.01)),
                square("weight decay in the gradient only", Mistake.WEIGHT_DECAY, plus(w -> 0.01 * w)),
                square("L1 in the gradient only", Mistake.LASSO_TERM, plus(w -> 0.01 * Math.signum(w))),
                square("absolute values", Mistake.ABSOLUTE, each(Math::abs)),
                square("second moment", Mistake.SQUARED, each(v -> v * v)),
                square("clipped by value", Mistake.CLIPPED, each(v -> Math.max(-0.3, Math.min(0.3, v)))),
                square("single precision", Mistake.SINGLE_PRECISION, each(v -> (float) v)),
                square("some other factor", Mistake.CONSTANT_FACTOR, each(v -> 0.7311 * v)),
                square("off by one", Mistake.SHIFTED, from(i -> i == 0 ? -1 : i - 1)),
                square("off by one, cyclic", Mistake.SHIFTED, from(i -> (i + 1) % (N * N))),
                square("rows reversed", Mistake.REORDERED, from(i -> (N - 1 - i / N) * N + i % N)),
                square("columns permuted", Mistake.REORDERED, from(i -> i / N * N + (i + 1) % N)),
                square("last row forgotten", Mistake.PARTLY_ZERO, from(i -> i / N == N - 1 ? -1 : i)),
                square("some entries masked", Mistake.PARTLY_ZERO, from(i -> i == 1 || i == 5 ? -1 : i)),
                square("one triangle", Mistake.TRIANGLE_ONLY, from(i -> i / N < i % N ? -1 : i)),
                square("symmetrised", Mistake.SYMMETRISED, g -> {
                    double[] s = g.clone();
                    Arrays.setAll(s, i -> (g[i] + g[i % N * N + i / N]) / 2);
                    return s;
                }),
                square("one entry", Mistake.ONE_ENTRY, g -> {
                    double[] s = g.clone();
                    s[4] *= 1.001;
                    return s;
                }),
                square("times the parameter", Mistake.TIMES_PARAMETER, g -> {
                    double[] s = point(g.length);
                    Arrays.setAll(s, i -> g[i] * s[i]);
                    return s;
                }),
                square("clipped by norm", Mistake.RESCALED, g -> {
                    double norm = Math.sqrt(Arrays.stream(g).map(v -> v * v).sum());
                    return Arrays.stream(g).map(v -> v / norm).toArray();
                }),
                square("summed over the rows", Mistake.SUMMED_TOO_MUCH, g -> {
                    double[] s = new double[g.length];
                    Arrays.setAll(s, i -> g[i % N] + g[N + i % N] + g[2 * N + i % N]);
                    return s;
                })));
        all.add(two("two gradients exchanged", Mistake.SWAPPED, g -> {
            double[] s = g.clone();
            System.arraycopy(g, 0, s, 6, 6);
            System.arraycopy(g, 6, s, 0, 6);
            return s;
        }));
        all.add(two("column by column", Mistake.WRONG_LAYOUT, g -> {
            double[] s = g.clone();
            Arrays.setAll(s, i -> i < 6 ? g[i % 2 * 3 + i / 2] : g[i]);
            return s;
        }));
        all.add(two("only the second is wrong", Mistake.SIGN_FLIPPED, g -> {
            double[] s = g.clone();
            Arrays.setAll(s, i -> i < 6 ? g[i] : -g[i]);
            return s;
        }));
        return all;
    }

    /** Σ tanh(a)·b + b² for two 2x3 matrices. */
    private static Planted two(String name, Mistake expected, UnaryOperator<double[]> mistake) {
        ToDoubleFunction<double[]> f = v -> {
            double sum = 0;
            for (int i = 0; i < 6; i++) {
                sum += Math.tanh(v[i]) * v[6 + i] + v[6 + i] * v[6 + i];
            }
            return sum;
        };
        double[] x = point(12);
        double[] g = new double[12];
        for (int i = 0; i < 6; i++) {
            g[i] = x[6 + i] * (1 - Math.tanh(x[i]) * Math.tanh(x[i]));
            g[6 + i] = Math.tanh(x[i]) + 2 * x[6 + i];
        }
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("a", new Shape(2, 3));
        shapes.put("b", new Shape(2, 3));
        return new Planted(
                name,
                expected,
                () -> GradientCheck.ofFunction(f, x, mistake.apply(g))
                        .shaped(shapes)
                        .run());
    }
}
