package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;

/** Arguments much larger than the length on which the function changes. */
final class LargeSamples {
    private static final double TURN = 2 * Math.PI;

    /** Near enough for a step, no slope is so many times larger. */
    private static final double CALM = 1e4;

    private LargeSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                LargeSamples::farSine,
                LargeSamples::farWave,
                LargeSamples::season,
                LargeSamples::season,
                LargeSamples::calendar,
                LargeSamples::carbonDioxide,
                LargeSamples::seconds,
                LargeSamples::slopeAndSine,
                LargeSamples::logistic,
                LargeSamples::modulated,
                LargeSamples::farBell,
                LargeSamples::prices,
                LargeSamples::since,
                LargeSamples::growth);
    }

    /** What has become of something since a year, a day number or a second. */
    private static Sample since(Dice dice) {
        double c =
                dice.pick(Math.rint(dice.uniform(1900, 2030)), 738000, 2460000, Math.rint(dice.uniform(1.6e9, 1.9e9)));
        double w = dice.sign() * dice.pick(1, 7, 30, 365.25, 86400);
        return Sample.of(
                        text("exp((x - %s)/%s)", c, w),
                        c + w * dice.uniform(-3, 3),
                        x -> x.minus(c).over(w).exp())
                .tempting(0)
                .calm(CALM);
    }

    /** Calm where it is looked at, and huge at a part of the argument from there. */
    private static Sample growth(Dice dice) {
        double c = dice.sign() * dice.scale(2, 9);
        double w = dice.pick(1, 0.1, 10);
        double a = dice.uniform(-2, 2);
        int order = dice.whole(4, 20);
        double at = c + w * dice.uniform(-2, 2);
        return dice.chance(0.5)
                ? Sample.of(
                                text("pow((x - %s)/%s, %d) + %s*x", c, w, order, a),
                                at,
                                x -> x.minus(c).over(w).pow(order).plus(x.times(a)))
                        .tempting(a)
                        .calm(CALM)
                : Sample.of(
                                text("exp((x - %s)/%s) + exp((%s - x)/%s) + %s*x", c, w, c, w, a),
                                at,
                                x -> x.minus(c)
                                        .over(w)
                                        .exp()
                                        .plus(x.minus(c).over(-w).exp())
                                        .plus(x.times(a)))
                        .tempting(a)
                        .calm(CALM);
    }

    private static Sample farSine(Dice dice) {
        double at = dice.sign() * dice.scale(3, 12);
        return Sample.of("sin(x)", dice.chance(0.3) ? Math.rint(at) : at, Num::sin)
                .tempting(0);
    }

    private static Sample farWave(Dice dice) {
        double k = dice.scale(-2, 1.5);
        return Sample.of(text("cos(%s*x)", k), dice.scale(3, 9), x -> x.times(k).cos())
                .tempting(0);
    }

    /** A trend and a wave that repeats with every whole number. */
    private static Sample season(Dice dice) {
        double a = dice.uniform(-1, 1);
        double b = dice.pick(1, 0.1, 5);
        double turns = TURN * dice.pick(1, 1, 2, 4, 7, 12);
        double at = dice.place(1000, 30000);
        return Sample.of(
                        text("%s*x + %s*sin(%s*x)", a, b, turns),
                        at,
                        x -> x.times(a).plus(x.times(turns).sin().times(b)))
                .tempting(a);
    }

    private static Sample calendar(Dice dice) {
        double a = dice.uniform(-0.1, 0.1);
        double year = TURN / 365.25;
        double week = TURN / 7;
        double c = dice.uniform(0.1, 3);
        return Sample.of(
                        text("%s*x + %s*sin(%s*x) + cos(%s*x)", a, c, year, week),
                        dice.place(700000, 740000),
                        x -> x.times(a)
                                .plus(x.times(year).sin().times(c))
                                .plus(x.times(week).cos()))
                .tempting(a);
    }

    private static Sample carbonDioxide(Dice dice) {
        double at = Math.rint(dice.uniform(1958, 2030)) + dice.pick(0, 0.5, 0.25, 1 / 12.0, 0.3, dice.uniform(0, 1));
        return Sample.of(
                        text("315 + 0.013*pow(x - 1958, 2) + 3*sin(%s*x) + 0.8*cos(%s*x)", TURN, 2 * TURN),
                        at,
                        x -> x.minus(1958)
                                .square()
                                .times(0.013)
                                .plus(315)
                                .plus(x.times(TURN).sin().times(3))
                                .plus(x.times(2 * TURN).cos().times(0.8)))
                .tempting(x -> x.minus(1958).square().times(0.013));
    }

    /** Seconds since 1970, with a day, an hour or a minute. */
    private static Sample seconds(Dice dice) {
        double a = dice.uniform(1e-7, 1e-5);
        double k = TURN / dice.pick(86400, 3600, 60);
        double at = Math.rint(dice.uniform(1.6e9, 1.9e9)) + dice.pick(0, 0, 0.5, dice.uniform(0, 1));
        return Sample.of(
                        text("%s*x + sin(%s*x)", a, k),
                        at,
                        x -> x.times(a).plus(x.times(k).sin()))
                .tempting(a);
    }

    private static Sample slopeAndSine(Dice dice) {
        double a = dice.pick(3, 1, 0.01);
        double at = dice.scale(6, 13);
        return Sample.of(text("%s*x + sin(x)", a), at, x -> x.times(a).plus(x.sin()))
                .tempting(a);
    }

    private static Sample logistic(Dice dice) {
        double k = dice.uniform(0.1, 3);
        double at = dice.place(1990, 2040);
        return Sample.of(
                        text("sigmoid(%s*(x - 2015.5))", k),
                        at,
                        x -> x.minus(2015.5).times(k).sigmoid())
                .tempting(0);
    }

    private static Sample modulated(Dice dice) {
        double k = dice.uniform(0.5, 20);
        return Sample.of(
                        text("log(x)*(1 + 0.1*sin(%s*x))", k),
                        dice.scale(3, 8),
                        x -> x.log().times(x.times(k).sin().times(0.1).plus(1)))
                .tempting(Num::log);
    }

    private static Sample farBell(Dice dice) {
        double c = Math.rint(dice.scale(4, 10));
        double w = dice.pick(1, 0.1, 10);
        return Sample.of(
                        text("exp(-pow((x - %s)/%s, 2))", c, w),
                        c + w * dice.uniform(-2, 2),
                        x -> x.minus(c).over(w).square().negative().exp())
                .tempting(0);
    }

    private static Sample prices(Dice dice) {
        double k = TURN / dice.pick(100, 50, 10, 1);
        double at = dice.chance(0.5) ? Math.rint(dice.scale(4, 7)) : dice.scale(4, 7);
        return Sample.of(
                        text("pow(x, 0.7) + sin(%s*x)", k),
                        at,
                        x -> x.pow(0.7).plus(x.times(k).sin()))
                .tempting(x -> x.pow(0.7));
    }
}
