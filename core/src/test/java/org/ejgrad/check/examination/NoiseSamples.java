package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Functions that compute something else than what is meant: single precision, solvers, quadrature, tables, series. */
final class NoiseSamples {
    private static final UnaryOperator<Num> CURVE =
            x -> x.square().plus(1).log().plus(x.sin().times(0.5));

    private NoiseSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                NoiseSamples::singlePrecision,
                NoiseSamples::singlePrecision,
                NoiseSamples::newton,
                NoiseSamples::bisection,
                NoiseSamples::secantIteration,
                NoiseSamples::kepler,
                NoiseSamples::fixedPoint,
                NoiseSamples::quadrature,
                NoiseSamples::adaptiveQuadrature,
                NoiseSamples::table,
                NoiseSamples::series,
                NoiseSamples::decimals,
                NoiseSamples::hash,
                NoiseSamples::euler);
    }

    private static Sample singlePrecision(Dice dice) {
        double c = dice.pick(100, 1, 10, 1000);
        double at = dice.place(0.3, 4);
        UnaryOperator<Num> meant;
        UnaryOperator<Num> f;
        String text;
        switch (dice.whole(0, 4)) {
            case 0 -> {
                meant = x -> x.square().plus(c);
                f = x -> x.square().plus(c).toFloat();
                text = text("(float) (%s + x*x)", c);
            }
            case 1 -> {
                meant = x -> x.sin().times(c);
                f = x -> x.sin().toFloat().times(c);
                text = text("%s*(float) sin(x)", c);
            }
            case 2 -> {
                meant = x -> x.times(c).sin().exp();
                f = x -> x.toFloat().times(c).sin().exp();
                text = text("exp(sin(%s*(float) x))", c);
            }
            case 3 -> {
                meant = x -> x.exp().plus(x);
                f = x -> x.exp().toFloat().plus(x.toFloat()).toFloat();
                text = "(float) ((float) exp(x) + (float) x)";
            }
            default -> {
                meant = x -> x.square().plus(x);
                f = x -> x.square().toFloat().plus(x);
                text = "(float) (x*x) + x";
            }
        }
        Sample sample = Sample.of(text, at, f);
        Sample whole = sample.meaning(meant, true);
        // What is not rounded has a slope of its own, which the staircase keeps.
        return text.endsWith("+ x") ? withOther(whole, 1) : whole;
    }

    private static Sample withOther(Sample sample, double slope) {
        Truth.Slope truth = (Truth.Slope) sample.truth();
        return sample.withTruth(
                new Truth.Slope(truth.figure(), List.of(truth.others().get(0), slope)));
    }

    private static double tolerance(Dice dice) {
        return Math.pow(10, -dice.whole(6, 12));
    }

    /** y³ + y = x. */
    private static Sample newton(Dice dice) {
        double tolerance = tolerance(dice);
        UnaryOperator<Num> f = x -> {
            Num y = x.constant(1);
            for (int i = 0; i < 60; i++) {
                Num step = y.pow(3).plus(y).minus(x).over(y.square().times(3).plus(1));
                y = y.minus(step);
                if (Math.abs(step.value()) < tolerance) {
                    break;
                }
            }
            return y;
        };
        return Sample.of(text("newton(y*y*y + y = x, from 1, step < %s)", tolerance), dice.place(0.5, 20), f)
                .meaning(NoiseSamples::cubicRoot, false);
    }

    private static Num cubicRoot(Num x) {
        Num y = x.constant(1);
        for (int i = 0; i < 60; i++) {
            y = y.minus(y.pow(3).plus(y).minus(x).over(y.square().times(3).plus(1)));
        }
        return y;
    }

    private static Sample bisection(Dice dice) {
        double tolerance = tolerance(dice);
        UnaryOperator<Num> f = x -> {
            double low = 0;
            double high = 4;
            while (high - low > tolerance) {
                double middle = (low + high) / 2;
                if (middle * middle * middle + middle > x.value()) {
                    high = middle;
                } else {
                    low = middle;
                }
            }
            return x.constant((low + high) / 2);
        };
        return Sample.of(text("bisection(y*y*y + y = x, on 0...4, width < %s)", tolerance), dice.place(0.5, 20), f)
                .meaning(NoiseSamples::cubicRoot, true);
    }

    /** A fixed slope in place of the derivative, so that it converges slowly. */
    private static Sample secantIteration(Dice dice) {
        double tolerance = tolerance(dice);
        UnaryOperator<Num> f = x -> {
            Num y = x.constant(1);
            for (int i = 0; i < 500; i++) {
                Num step = y.exp().minus(x).times(0.12);
                y = y.minus(step);
                if (Math.abs(step.value()) < tolerance) {
                    break;
                }
            }
            return y;
        };
        return Sample.of(
                        text("solve(exp(y) = x by steps of 0.12*(exp(y) - x), step < %s)", tolerance),
                        dice.place(2, 9),
                        f)
                .meaning(Num::log, false);
    }

    /** E − e·sin E = M. */
    private static Sample kepler(Dice dice) {
        double tolerance = tolerance(dice);
        double e = dice.uniform(0.05, 0.8);
        UnaryOperator<Num> exact = m -> anomaly(m, e, 0);
        return Sample.of(
                        text("kepler(E - %s*sin(E) = x, step < %s)", e, tolerance),
                        dice.place(0.2, 6),
                        m -> anomaly(m, e, tolerance))
                .meaning(exact, false);
    }

    private static Num anomaly(Num m, double e, double tolerance) {
        Num y = m;
        for (int i = 0; i < 80; i++) {
            Num step = y.minus(y.sin().times(e)).minus(m).over(y.cos().times(-e).plus(1));
            y = y.minus(step);
            if (Math.abs(step.value()) < tolerance) {
                break;
            }
        }
        return y;
    }

    private static Sample fixedPoint(Dice dice) {
        double tolerance = tolerance(dice);
        UnaryOperator<Num> f = x -> iterated(x, tolerance);
        return Sample.of(text("iterate(y <- cos(x*y), from 0.5, change < %s)", tolerance), dice.place(0.2, 0.95), f)
                .meaning(x -> iterated(x, 0), false);
    }

    private static Num iterated(Num x, double tolerance) {
        Num y = x.constant(0.5);
        for (int i = 0; i < 600; i++) {
            Num next = x.times(y).cos();
            double change = Math.abs(next.value() - y.value());
            y = next;
            if (change < tolerance) {
                break;
            }
        }
        return y;
    }

    /** A sum of a fixed number of terms: no noise but rounding. */
    private static Sample quadrature(Dice dice) {
        int n = dice.whole(10, 60);
        return Sample.of(text("trapezoids(exp(-x*t*t), 0...1, %d)", n), dice.place(0.2, 4), x -> {
                    Num sum = x.constant(0.5).plus(x.negative().exp().times(0.5));
                    for (int i = 1; i < n; i++) {
                        double t = (double) i / n;
                        sum = sum.plus(x.times(-t * t).exp());
                    }
                    return sum.times(1.0 / n);
                })
                .blackBox();
    }

    private static Sample adaptiveQuadrature(Dice dice) {
        double tolerance = tolerance(dice);
        UnaryOperator<Num> f = x -> {
            Num before = x.constant(0);
            for (int n = 2; n <= 4096; n *= 2) {
                Num sum = simpson(x, n);
                double change = Math.abs(sum.value() - before.value());
                before = sum;
                if (change < tolerance) {
                    break;
                }
            }
            return before;
        };
        return Sample.of(text("simpson(cos(x*t), 0...1, doubled until change < %s)", tolerance), dice.place(1, 9), f)
                .meaning(x -> x.sin().over(x), false);
    }

    private static Num simpson(Num x, int n) {
        Num sum = x.cos().plus(1);
        for (int i = 1; i < n; i++) {
            sum = sum.plus(x.times((double) i / n).cos().times(i % 2 == 0 ? 2 : 4));
        }
        return sum.times(1.0 / (3 * n));
    }

    /** Values at nodes, and straight lines between them: the slope of the line is exact. */
    private static Sample table(Dice dice) {
        double width = dice.pick(0.1, 0.01, 0.125, 1e-3, 1.0 / 1024);
        double at = width * (Math.rint(dice.uniform(0.5, 4) / width) + dice.uniform(0.05, 0.95));
        double node = Math.floor(at / width);
        double low = Rounded.value(CURVE, node * width);
        double high = Rounded.value(CURVE, (node + 1) * width);
        Truth truth = new Truth.Slope((high - low) / width, List.of());
        Sample sample = Sample.of(text("table(log(x*x + 1) + 0.5*sin(x), every %s, linear)", width), at, x -> {
            double n = Math.floor(x.value() / width);
            double a = Rounded.value(CURVE, n * width);
            double b = Rounded.value(CURVE, (n + 1) * width);
            return x.over(width).minus(n).times(b - a).plus(a);
        });
        return sample.withTruth(truth).tempting(CURVE).tempting(0).blackBox();
    }

    /** exp by its series, cut off where the terms are small. */
    private static Sample series(Dice dice) {
        double tolerance = tolerance(dice);
        UnaryOperator<Num> f = x -> {
            Num term = x.constant(1);
            Num sum = term;
            for (int n = 1; n < 200 && Math.abs(term.value()) > tolerance; n++) {
                term = term.times(x).times(1.0 / n);
                sum = sum.plus(term);
            }
            return sum;
        };
        return Sample.of(text("series(exp(x), terms > %s)", tolerance), dice.sign() * dice.place(0.5, 6), f)
                .meaning(Num::exp, false);
    }

    /** Rounded to some decimals, as a figure that was printed and read. */
    private static Sample decimals(Dice dice) {
        double ten = Math.pow(10, dice.whole(8, 13));
        double at = dice.place(0.5, 4);
        return Sample.of(
                        text("rint(%s*(log(x*x + 1) + 0.5*sin(x)))/%s", ten, ten),
                        at,
                        x -> CURVE.apply(x).times(ten).rint().over(ten))
                .meaning(CURVE, true);
    }

    private static Sample hash(Dice dice) {
        double size = dice.scale(-13, -6);
        return Sample.of(
                        text("log(x*x + 1) + 0.5*sin(x) + %s*hash(x)", size),
                        dice.place(0.5, 4),
                        x -> CURVE.apply(x).plus(size * hash(x.value())))
                .meaning(CURVE, false);
    }

    /** Between −1 and 1, from the bits of x. */
    private static double hash(double x) {
        long h = Double.doubleToLongBits(x) * 0x9E3779B97F4A7C15L;
        h = (h ^ h >>> 29) * 0xBF58476D1CE4E5B9L;
        return (h >> 11) * 0x1p-52;
    }

    /** A differential equation in a fixed number of steps. */
    private static Sample euler(Dice dice) {
        int n = dice.whole(20, 80);
        return Sample.of(text("euler(y' = x*y*(1 - y), y(0) = 0.1, %d steps to 4)", n), dice.place(0.3, 3), x -> {
                    Num y = x.constant(0.1);
                    for (int i = 0; i < n; i++) {
                        y = y.plus(x.times(y).times(y.negative().plus(1)).times(4.0 / n));
                    }
                    return y;
                })
                .blackBox();
    }
}
