package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;

/** Waves whose length is a round number, at round and other points: what steps of round lengths fail to see. */
final class WaveSamples {
    private static final double TURN = 2 * Math.PI;

    private WaveSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                dice -> wave(dice, Math.scalb(1.0, dice.whole(-1, 16))),
                dice -> wave(dice, Math.scalb(1.0, dice.whole(-1, 16))),
                dice -> wave(dice, Math.scalb(dice.pick(3, 5, 7, 9, 15), dice.whole(-2, 10))),
                dice -> wave(dice, Math.pow(10, dice.whole(0, 5))),
                dice -> wave(dice, Math.pow(3, dice.whole(1, 9))),
                dice -> wave(dice, 1 / dice.pick(64, 10, 3, 128, 1e3)),
                WaveSamples::octaves,
                WaveSamples::carried,
                WaveSamples::squared,
                WaveSamples::tooth,
                WaveSamples::chord,
                WaveSamples::bump);
    }

    private static double at(Dice dice) {
        return switch (dice.whole(0, 4)) {
            case 0 -> dice.fewBits(-8, 8, dice.whole(0, 20));
            case 1 -> Math.rint(dice.scale(1, 4));
            case 2 -> dice.uniform(100, 20000);
            default -> dice.place(-5, 5);
        };
    }

    private static Sample wave(Dice dice, double frequency) {
        double a = dice.pick(1, 0.3, dice.uniform(-2, 2));
        double k = TURN * frequency;
        double b = dice.pick(1, 1 / frequency, 0.1, 1e-3);
        return Sample.of(
                        text("%s*x + %s*sin(%s*x)", a, b, k),
                        at(dice),
                        x -> x.times(a).plus(x.times(k).sin().times(b)))
                .tempting(a, a + b * k);
    }

    private static Sample octaves(Dice dice) {
        int n = dice.whole(2, 5);
        int first = dice.whole(0, 8);
        return Sample.of(
                        text("x + sum(sin(%s*x*pow(2, i))*pow(2, -i), i = %d..%d)", TURN, first, first + n - 1),
                        at(dice),
                        x -> {
                            Num sum = x;
                            for (int i = first; i < first + n; i++) {
                                double k = Math.scalb(1.0, i);
                                sum = sum.plus(x.times(TURN * k).sin().times(1 / k));
                            }
                            return sum;
                        })
                .tempting(1, 1 + n * TURN);
    }

    private static Sample carried(Dice dice) {
        double k = TURN * Math.scalb(1.0, dice.whole(0, 10));
        return Sample.of(
                        text("x*x*(1 + 0.5*sin(%s*x))", k),
                        at(dice),
                        x -> x.square().times(x.times(k).sin().times(0.5).plus(1)))
                .tempting(Num::square);
    }

    private static Sample squared(Dice dice) {
        double k = Math.PI * Math.scalb(1.0, dice.whole(0, 11));
        double b = dice.pick(1, 1 / k);
        return Sample.of(
                        text("sin(x) + %s*pow(sin(%s*x), 2)", b, k),
                        at(dice),
                        x -> x.sin().plus(x.times(k).sin().square().times(b)))
                .tempting(Num::sin);
    }

    /** Straight flanks. */
    private static Sample tooth(Dice dice) {
        double k = dice.pick(1, 1, 3, 10) * Math.scalb(1.0, dice.whole(0, 10));
        double whole = Math.rint(dice.uniform(-200, 200)) + dice.pick(0, 0.5);
        double at = (whole + dice.sign() * dice.uniform(0.03, 0.47)) / k;
        double a = dice.uniform(-1, 1);
        return Sample.of(
                        text("%s*x + abs(%s*x - rint(%s*x))/%s", a, k, k, k),
                        at,
                        x -> x.times(a)
                                .plus(x.times(k).minus(x.times(k).rint()).abs().over(k)))
                .tempting(a);
    }

    private static Sample chord(Dice dice) {
        double k = TURN * dice.whole(1, 30);
        return Sample.of(
                        text("exp(0.1*sin(%s*x) + 0.1*cos(%s*x))", 2 * k, 3 * k),
                        at(dice),
                        x -> x.times(2 * k)
                                .sin()
                                .times(0.1)
                                .plus(x.times(3 * k).cos().times(0.1))
                                .exp())
                .tempting(0);
    }

    /** Short bumps that come back with every round length. */
    private static Sample bump(Dice dice) {
        double k = TURN * dice.pick(1, 16, 10, 256);
        double sharp = dice.pick(4, 20, 60);
        double a = dice.uniform(-1, 1);
        return Sample.of(
                        text("%s*x + exp(%s*(cos(%s*x) - 1))", a, sharp, k),
                        at(dice),
                        x -> x.times(a)
                                .plus(x.times(k).cos().minus(1).times(sharp).exp()))
                .tempting(a);
    }
}
