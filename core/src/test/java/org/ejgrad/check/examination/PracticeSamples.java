package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Programs of every day: tables, order statistics, simulations, money. */
final class PracticeSamples {
    private PracticeSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                PracticeSamples::linearTable,
                PracticeSamples::fineTable,
                PracticeSamples::quantile,
                PracticeSamples::stairsOfSine,
                PracticeSamples::adaptiveSteps,
                PracticeSamples::controller,
                PracticeSamples::tax);
    }

    /** A number from one of the scales that programs have. */
    private static double scale(Dice dice) {
        return dice.pick(1, 1, 1, 10, 100, 1e3, 1e6, 1e-3, 1e-6, 1e-9, 1e9);
    }

    /** Near a place, at a distance that may be of any size below the unit. */
    private static double beside(Dice dice, double place, double unit) {
        return place + dice.sign() * unit * (dice.chance(0.3) ? dice.uniform(0.05, 0.45) : dice.scale(-9, -0.5));
    }

    private static double[] draw(Dice dice, int n, double low, double high) {
        return IntStream.range(0, n).mapToDouble(i -> dice.uniform(low, high)).toArray();
    }

    private static Sample linearTable(Dice dice) {
        double unit = scale(dice);
        double[] knots = draw(dice, 12, 0, 10 * unit);
        Arrays.sort(knots);
        double[] values = draw(dice, 12, -3, 3);
        double at = beside(dice, knots[dice.whole(1, 10)], unit);
        return Sample.of(text("interpolate linearly, 12 knots on 0...%s", 10 * unit), at, x -> {
                    int i = interval(knots, x.value());
                    return x.minus(knots[i])
                            .times((values[i + 1] - values[i]) / (knots[i + 1] - knots[i]))
                            .plus(values[i]);
                })
                .tempting(slopes(knots, values, at))
                .blackBox();
    }

    private static int interval(double[] knots, double x) {
        int i = 0;
        while (i < knots.length - 2 && x >= knots[i + 1]) {
            i++;
        }
        return i;
    }

    private static double[] slopes(double[] knots, double[] values, double at) {
        int i = interval(knots, at);
        return IntStream.rangeClosed(Math.max(0, i - 1), Math.min(knots.length - 2, i + 1))
                .mapToDouble(j -> (values[j + 1] - values[j]) / (knots[j + 1] - knots[j]))
                .toArray();
    }

    /** A table so fine that the smooth function suggests itself. */
    private static Sample fineTable(Dice dice) {
        double width = dice.scale(-5, -1);
        UnaryOperator<Num> smooth = x -> x.sin().plus(x.square().times(0.3));
        double at = dice.uniform(0.3, 5);
        return Sample.of(text("sin(x) + 0.3*x*x from a table with width %s", width), at, x -> {
                    double low = Math.floor(x.value() / width) * width;
                    double a = Rounded.value(smooth, low);
                    double b = Rounded.value(smooth, low + width);
                    return x.minus(low).times((b - a) / width).plus(a);
                })
                .tempting(smooth)
                .blackBox();
    }

    private static Sample quantile(Dice dice) {
        double[] a = draw(dice, 9, -2, 2);
        double[] b = draw(dice, 9, -5, 5);
        double q = dice.pick(0.1, 0.25, 0.5, 0.9);
        return Sample.of(text("quantile(%s) of 9 lines", q), dice.place(-4, 4), x -> {
                    List<Num> all = new ArrayList<>();
                    for (int i = 0; i < a.length; i++) {
                        all.add(x.times(a[i]).plus(b[i]));
                    }
                    all.sort(Comparator.comparingDouble(Num::value));
                    double rank = q * (a.length - 1);
                    int i = (int) rank;
                    double share = rank - i;
                    return share == 0
                            ? all.get(i)
                            : all.get(i).times(1 - share).plus(all.get(i + 1).times(share));
                })
                .tempting(a)
                .blackBox();
    }

    private static Sample stairsOfSine(Dice dice) {
        double k = dice.pick(1, 8, 100, 128);
        double at = dice.sign() * dice.scale(0, 9);
        return Sample.of(
                        text("floor(%s*x)*sin(x)", k),
                        at,
                        x -> x.times(k).floor().times(x.sin()))
                .tempting(k * Math.sin(at) + Math.floor(k * at) * Math.cos(at));
    }

    private static Num decay(Num x, Num y) {
        return x.times(y.sin()).minus(y.times(0.5));
    }

    private static Num heun(Num x, Num y, double h) {
        Num k = decay(x, y);
        return y.plus(k.plus(decay(x, y.plus(k.times(h)))).times(h / 2));
    }

    /** Steps that depend on the solution: the value jumps by about the tolerance where their number changes. */
    private static Sample adaptiveSteps(Dice dice) {
        double tolerance = dice.scale(-9, -3);
        UnaryOperator<Num> f = x -> {
            Num y = x.constant(1);
            double t = 0;
            double h = 0.5;
            while (t < 3) {
                h = Math.min(h, 3 - t);
                Num whole = heun(x, y, h);
                Num halves = heun(x, heun(x, y, h / 2), h / 2);
                if (Math.abs(whole.value() - halves.value()) < tolerance) {
                    t += h;
                    y = halves;
                    h *= 1.5;
                } else {
                    h /= 2;
                }
            }
            return y;
        };
        UnaryOperator<Num> fine = x -> {
            Num y = x.constant(1);
            for (int i = 0; i < 300; i++) {
                y = heun(x, y, 1e-2);
            }
            return y;
        };
        return Sample.of(
                        text("adaptive Heun of y' = x*sin(y) - y/2 to 3, tolerance %s", tolerance),
                        dice.place(0.3, 3),
                        f)
                .meaning(fine, false);
    }

    /** A valve that saturates. */
    private static Sample controller(Dice dice) {
        int n = dice.whole(4, 8);
        double ki = dice.uniform(0, 2);
        return Sample.of(
                        text("squared error of a PI controller with %d steps, ki %s", n, ki), dice.place(0.2, 8), x -> {
                            Num state = x.constant(0);
                            Num sum = x.constant(0);
                            Num cost = x.constant(0);
                            for (int i = 0; i < n; i++) {
                                Num error = state.negative().plus(1);
                                sum = sum.plus(error.times(0.05));
                                Num valve = error.times(x).plus(sum.times(ki)).clamp(-1, 2);
                                state = state.plus(valve.minus(state).times(0.05));
                                cost = cost.plus(error.square());
                            }
                            return cost.over(n);
                        })
                .tempting(0);
    }

    private static Sample tax(Dice dice) {
        double[] from = {11_000, 17_000, 66_760, 277_825};
        double[] rate = {0.14, 0.10, 0.18, 0.03};
        double at = beside(dice, dice.pick(from), dice.pick(1, 100, 5000));
        boolean rounded = dice.chance(0.3);
        return Sample.of(text("progressive tax, rounded %b", rounded), at, x -> {
                    Num sum = x.constant(0);
                    for (int i = 0; i < from.length; i++) {
                        sum = sum.plus(x.minus(from[i]).relu().times(rate[i]));
                    }
                    return rounded ? sum.times(100).rint().over(100) : sum;
                })
                .tempting(0.14, 0.24, 0.42, 0.45);
    }
}
