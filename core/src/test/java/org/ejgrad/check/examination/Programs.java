package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Functions of matrices: layers, losses, linear algebra, and networks with kinks near their data. */
final class Programs {
    private static final double[] DISTANCES = {0, 1e-9, 1e-7, 1e-5, 1e-3};
    private static final double EPSILON = 1e-5;

    private Programs() {}

    static List<Function<Dice, Program>> families() {
        return List.of(
                RandomPrograms::program,
                RandomPrograms::program,
                RandomPrograms::program,
                Programs::softmaxLoss,
                Programs::inverse,
                Programs::solution,
                Programs::determinant,
                Programs::cholesky,
                Programs::batchNorm,
                Programs::layerNorm,
                Programs::attention,
                Programs::recurrent,
                Programs::twoLayers,
                Programs::quadratic,
                Programs::norms,
                Programs::power,
                Programs::network,
                Programs::network);
    }

    static double[][] random(Dice dice, int rows, int columns) {
        double[][] y = new double[rows][columns];
        for (double[] row : y) {
            for (int j = 0; j < columns; j++) {
                row[j] = dice.uniform(-1.5, 1.5);
            }
        }
        return y;
    }

    private static double[][] fewBits(Dice dice, int rows, int columns) {
        double[][] y = new double[rows][columns];
        for (double[] row : y) {
            for (int j = 0; j < columns; j++) {
                row[j] = dice.fewBits(-1.5, 1.5, 7);
            }
        }
        return y;
    }

    private static Program softmaxLoss(Dice dice) {
        int n = dice.whole(2, 4);
        double[][] labels = new double[n][3];
        for (double[] row : labels) {
            row[dice.whole(0, 2)] = -1.0 / n;
        }
        double[][] x = random(dice, n, 3);
        return new Program("cross entropy of softmax(x*w + b)", List.of(random(dice, 3, 3), random(dice, 1, 3)), v -> {
            Mat w = v.get(0);
            Mat p = w.constant(x).mult(w).plus(v.get(1)).softmax();
            return p.map(Num::log).times(w.constant(labels)).sum();
        });
    }

    /** A matrix of a given condition. */
    private static double[][] conditioned(Dice dice, int n, double condition) {
        double[][] y = new double[n][n];
        for (int i = 0; i < n; i++) {
            y[i][i] = Math.pow(condition, -(double) i / (n - 1));
        }
        for (int i = 0; i < 12; i++) {
            turn(y, dice.whole(0, n - 1), dice.whole(0, n - 1), dice.uniform(0, 6), i % 2 == 0);
        }
        return y;
    }

    /** Turns two rows or two columns into each other. */
    private static void turn(double[][] y, int a, int b, double angle, boolean rows) {
        double c = Math.cos(angle);
        double s = Math.sin(angle);
        for (int k = 0; k < y.length && a != b; k++) {
            double p = rows ? y[a][k] : y[k][a];
            double q = rows ? y[b][k] : y[k][b];
            if (rows) {
                y[a][k] = c * p - s * q;
                y[b][k] = s * p + c * q;
            } else {
                y[k][a] = c * p - s * q;
                y[k][b] = s * p + c * q;
            }
        }
    }

    private static Program inverse(Dice dice) {
        int n = dice.whole(2, 4);
        double condition = dice.scale(0, 6);
        double[][] weights = random(dice, n, n);
        return new Program(
                text("weighted sum of the inverse, condition %.1e", condition),
                List.<double[][]>of(conditioned(dice, n, condition)),
                v -> v.get(0).inverse().times(v.get(0).constant(weights)).sum());
    }

    private static Program solution(Dice dice) {
        int n = dice.whole(2, 4);
        double condition = dice.scale(0, 6);
        return new Program(
                text("sum of squares of the solution, condition %.1e", condition),
                List.of(conditioned(dice, n, condition), random(dice, n, 1)),
                v -> v.get(0).solve(v.get(1)).square().sum());
    }

    private static Program determinant(Dice dice) {
        int n = dice.whole(2, 4);
        double condition = dice.scale(0, 5);
        boolean logarithm = dice.chance(0.5);
        return new Program(
                text("%s determinant, condition %.1e", logarithm ? "logarithm of the" : "", condition),
                List.<double[][]>of(conditioned(dice, n, condition)),
                v -> {
                    Mat y = v.get(0).determinant();
                    return logarithm ? y.square().map(Num::log) : y;
                });
    }

    private static Program cholesky(Dice dice) {
        int n = dice.whole(2, 3);
        double ridge = dice.scale(-4, 0);
        double[][] diagonal = new double[n][n];
        for (int i = 0; i < n; i++) {
            diagonal[i][i] = ridge;
        }
        double[][] weights = random(dice, n, n);
        return new Program(
                text("weighted sum of cholesky(a*aT + %.1e)", ridge),
                List.<double[][]>of(random(dice, n, n)),
                v -> v.get(0)
                        .gram()
                        .plus(v.get(0).constant(diagonal))
                        .cholesky()
                        .times(v.get(0).constant(weights))
                        .sum());
    }

    private static Program batchNorm(Dice dice) {
        int n = dice.whole(3, 5);
        double[][] weights = random(dice, n, 2);
        return new Program(
                "batch norm, weighted and squared",
                List.of(random(dice, n, 2), random(dice, 1, 2), random(dice, 1, 2)),
                v -> normalized(v.get(0).transpose())
                        .transpose()
                        .times(v.get(1))
                        .plus(v.get(2))
                        .times(v.get(0).constant(weights))
                        .square()
                        .sum());
    }

    /** Every row with mean 0 and variance 1. */
    private static Mat normalized(Mat x) {
        double n = x.columns();
        Mat centred = x.minus(x.rowSums().scale(1 / n));
        Mat variance = centred.square().rowSums().scale(1 / n);
        return centred.over(variance.map(y -> y.plus(EPSILON).sqrt()));
    }

    private static Program layerNorm(Dice dice) {
        double[][] weights = random(dice, 2, 4);
        return new Program(
                "layer norm, scaled, then tanh",
                List.of(random(dice, 2, 4), random(dice, 1, 4)),
                v -> normalized(v.get(0))
                        .times(v.get(1))
                        .tanh()
                        .times(v.get(0).constant(weights))
                        .sum());
    }

    private static Program attention(Dice dice) {
        int n = dice.whole(2, 3);
        return new Program(
                "attention softmax(q*kT/sqrt(2))*v, squared",
                List.of(random(dice, n, 2), random(dice, n, 2), random(dice, n, 2)),
                v -> v.get(0)
                        .mult(v.get(1).transpose())
                        .scale(Math.sqrt(0.5))
                        .softmax()
                        .mult(v.get(2))
                        .square()
                        .sum());
    }

    private static Program recurrent(Dice dice) {
        double[][] x = random(dice, 3, 2);
        return new Program(
                "three steps of h = tanh(h*w + x*u + b)",
                List.of(random(dice, 2, 2), random(dice, 2, 2), random(dice, 1, 2)),
                v -> {
                    Mat h = v.get(2);
                    for (double[] row : x) {
                        Mat in = h.constant(new double[][] {row}).mult(v.get(1));
                        h = h.mult(v.get(0)).plus(in).plus(v.get(2)).tanh();
                    }
                    return h.square().sum();
                });
    }

    private static Program twoLayers(Dice dice) {
        double[][] x = random(dice, 4, 2);
        double[][] target = random(dice, 4, 1);
        return new Program(
                "mean squared error of sigmoid(x*w + b)*u",
                List.of(random(dice, 2, 3), random(dice, 1, 3), random(dice, 3, 1)),
                v -> {
                    Mat in = v.get(0).constant(x);
                    Mat hidden = in.mult(v.get(0)).plus(v.get(1)).map(Num::sigmoid);
                    Mat error = hidden.mult(v.get(2)).minus(in.constant(target));
                    return error.square().sum().scale(0.25);
                });
    }

    private static Program quadratic(Dice dice) {
        int n = dice.whole(2, 4);
        double size = dice.pick(1, 1e-6, 1e6);
        return new Program(
                text("%s*xT*a*x + sum of a*a", size),
                List.of(random(dice, n, n), random(dice, n, 1)),
                v -> v.get(1)
                        .transpose()
                        .mult(v.get(0))
                        .mult(v.get(1))
                        .scale(size)
                        .plus(v.get(0).mult(v.get(0)).sum()));
    }

    private static Program norms(Dice dice) {
        int n = dice.whole(2, 4);
        return new Program(
                "sum of the rows' norms + log of the sum of exponentials",
                List.of(random(dice, n, 3), random(dice, 1, 3)),
                v -> v.get(0)
                        .minus(v.get(1))
                        .square()
                        .rowSums()
                        .map(Num::sqrt)
                        .sum()
                        .plus(v.get(0).map(Num::exp).sum().map(Num::log)));
    }

    private static Program power(Dice dice) {
        int n = dice.whole(2, 3);
        double[][] weights = random(dice, n, n);
        return new Program("weighted sum of a*a*a*aT", List.<double[][]>of(random(dice, n, n)), v -> {
            Mat a = v.get(0);
            return a.mult(a)
                    .mult(a)
                    .mult(a.transpose())
                    .times(a.constant(weights))
                    .sum();
        });
    }

    /** Relus, two of which are at or near their kinks. */
    private static Program network(Dice dice) {
        double distance = dice.pick(DISTANCES);
        int n = 3;
        int hidden = 4;
        double[][] x = distance == 0 ? fewBits(dice, n, 2) : random(dice, n, 2);
        double[][] w = distance == 0 ? fewBits(dice, 2, hidden) : random(dice, 2, hidden);
        double[][] b = random(dice, 1, hidden);
        for (int unit = 0; unit < 2; unit++) {
            int row = dice.whole(0, n - 1);
            b[0][unit] = dice.sign() * distance - (x[row][0] * w[0][unit] + x[row][1] * w[1][unit]);
        }
        double[][] target = random(dice, n, 1);
        List<double[][]> inputs = new ArrayList<>(List.of(w, b, random(dice, hidden, 1)));
        return new Program(text("network of relus, two of which are %s from their kinks", distance), inputs, v -> {
            Mat in = v.get(0).constant(x);
            Mat error = in.mult(v.get(0))
                    .plus(v.get(1))
                    .map(Num::relu)
                    .mult(v.get(2))
                    .minus(in.constant(target));
            return error.square().sum();
        });
    }
}
