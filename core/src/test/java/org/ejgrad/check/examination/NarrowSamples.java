package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Peaks, steps and waves much narrower than the rest of the function, at the point or beside it. */
final class NarrowSamples {
    private NarrowSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                dice -> feature(
                        dice,
                        "exp(-pow((x - %s)/%s, 2))",
                        x -> x.square().negative().exp()),
                dice -> feature(
                        dice,
                        "1/(1 + pow((x - %s)/%s, 2))",
                        x -> x.square().plus(1).reciprocal()),
                dice -> feature(dice, "sigmoid((x - %s)/%s)", Num::sigmoid),
                dice -> feature(dice, "tanh((x - %s)/%s)", Num::tanh),
                dice -> feature(
                        dice, "log(1 + exp((x - %s)/%s))", x -> x.exp().plus(1).log()),
                dice -> feature(
                        dice,
                        "exp(-pow((x - %s)/%s, 4))",
                        x -> x.pow(4).negative().exp()),
                NarrowSamples::ripple,
                NarrowSamples::towardsZero,
                NarrowSamples::doublePeak,
                NarrowSamples::smoothedCorner);
    }

    private static Sample feature(Dice dice, String format, UnaryOperator<Num> peak) {
        double c = dice.pick(0, dice.place(-3, 3), dice.uniform(1, 100));
        double w = dice.scale(-9, -3);
        double away = dice.pick(0, 0.3, -0.7, 1, -1, 2, -4, 12, 100, -300);
        double height = dice.pick(1, w, 10 * w, 0.01, Math.sqrt(w));
        double k = dice.uniform(-2, 2);
        boolean plain = dice.chance(0.4);
        UnaryOperator<Num> background =
                plain ? x -> x.times(k) : x -> x.times(k).sin();
        String text = (plain ? text("%s*x", k) : text("sin(%s*x)", k)) + text(" + %s*" + format, height, c, w);
        return Sample.of(
                        text,
                        c + away * w,
                        x -> background
                                .apply(x)
                                .plus(peak.apply(x.minus(c).over(w)).times(height)))
                .tempting(background)
                .tempting(0);
    }

    /** A wave of slope 1 and no height to speak of. */
    private static Sample ripple(Dice dice) {
        double w = dice.scale(-8, -3);
        double k = dice.uniform(0.5, 2);
        double depth = dice.pick(1, 0.1, 0.01);
        return Sample.of(
                        text("%s*x + %s*sin(x/%s)", k, depth * w, w),
                        dice.place(-2, 2),
                        x -> x.times(k).plus(x.over(w).sin().times(depth * w)))
                .tempting(k);
    }

    /** Waves that grow ever shorter towards 0. */
    private static Sample towardsZero(Dice dice) {
        double at = dice.sign() * dice.scale(-4, -1.5);
        return dice.chance(0.5)
                ? Sample.of(
                                "x*x*sin(1/x)",
                                at,
                                x -> x.square().times(x.reciprocal().sin()))
                        .tempting(0)
                : Sample.of(
                                "x*(1 + 0.1*sin(log(x*x)*20))",
                                at,
                                x -> x.times(x.square()
                                        .log()
                                        .times(20)
                                        .sin()
                                        .times(0.1)
                                        .plus(1)))
                        .tempting(1);
    }

    /** The point between two peaks. */
    private static Sample doublePeak(Dice dice) {
        double c = dice.place(-2, 2);
        double w = dice.scale(-7, -3);
        double d = w * dice.uniform(1, 8);
        double share = dice.uniform(0.2, 0.8);
        return Sample.of(
                        text("x + exp(-pow((x - %s)/%s, 2)) + exp(-pow((x - %s)/%s, 2))", c, w, c + d, w),
                        c + share * d,
                        x -> x.plus(x.minus(c).over(w).square().negative().exp())
                                .plus(x.minus(c + d).over(w).square().negative().exp()))
                .tempting(1);
    }

    /** No kink, but a bend of a small radius. */
    private static Sample smoothedCorner(Dice dice) {
        double c = dice.pick(0, dice.place(-3, 3));
        double w = dice.scale(-9, -3);
        double away = dice.uniform(-4, 4);
        return Sample.of(
                        text("sqrt(pow(x - %s, 2) + %s)", c, w * w),
                        c + away * w,
                        x -> x.minus(c).square().plus(w * w).sqrt())
                .tempting(0, 1, -1, 0.5);
    }
}
