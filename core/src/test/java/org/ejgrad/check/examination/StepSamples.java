package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Functions with jumps: casts, quantisers, counters, at a jump, beside one, or between two. */
final class StepSamples {
    private StepSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                StepSamples::floor,
                StepSamples::quantiser,
                StepSamples::quantiser,
                StepSamples::decimalQuantiser,
                StepSamples::sawtooth,
                StepSamples::stairsOnSlope,
                StepSamples::stairsTimesCurve,
                StepSamples::quantisedCurve,
                StepSamples::threshold,
                StepSamples::remainder,
                StepSamples::smallSteps,
                StepSamples::atJump,
                StepSamples::besideJump);
    }

    private static double at(Dice dice) {
        return switch (dice.whole(0, 3)) {
            case 0 -> dice.place(-4, 4);
            case 1 -> dice.uniform(-300, 300);
            case 2 -> dice.sign() * dice.scale(3, 6);
            default -> Math.rint(dice.uniform(-20, 20)) + dice.uniform(0.05, 0.95);
        };
    }

    /** A staircase of the argument, with its jumps where unit·x is whole, not too near. */
    private static Sample stairs(String text, double x, double unit, UnaryOperator<Num> f) {
        double jumps = unit * x;
        double apart = Math.abs(jumps - Math.rint(jumps));
        double apartFromHalf = 0.5 - apart;
        boolean near = Math.min(apart, apartFromHalf) < 1e-7 + 1e-12 * Math.abs(jumps);
        return Sample.of(text, near ? x + 0.23 / unit : x, f);
    }

    private static Sample floor(Dice dice) {
        double k = dice.pick(1, 1, 2, 0.5, 10, 1.7);
        return stairs(text("floor(%s*x)", k), at(dice), k, x -> x.times(k).floor())
                .tempting(k, 1);
    }

    private static Sample quantiser(Dice dice) {
        double k = Math.scalb(1.0, dice.whole(1, 22));
        return stairs(
                        text("rint(%s*x)/%s", k, k),
                        at(dice),
                        k,
                        x -> x.times(k).rint().times(1 / k))
                .tempting(1);
    }

    private static Sample decimalQuantiser(Dice dice) {
        double k = dice.pick(3, 10, 100, 255, 1000, 7 * 4096, 1e5, 1e6, dice.uniform(2, 5000));
        return stairs(
                        text("rint(%s*x)/%s", k, k),
                        at(dice),
                        k,
                        x -> x.times(k).rint().over(k))
                .tempting(1);
    }

    private static Sample sawtooth(Dice dice) {
        double k = dice.pick(1, 2, 16, 1024, 10, 3, 0.25);
        return stairs(
                        text("%s*x - floor(%s*x)", k, k),
                        at(dice),
                        k,
                        x -> x.times(k).minus(x.times(k).floor()))
                .tempting(0);
    }

    private static Sample stairsOnSlope(Dice dice) {
        double k = dice.pick(1, 1, 4, 64, 10, 1000);
        double a = dice.pick(1, -1, 0.5, dice.uniform(-3, 3));
        return stairs(
                        text("floor(%s*x) + %s*x", k, a),
                        at(dice),
                        k,
                        x -> x.times(k).floor().plus(x.times(a)))
                .tempting(a + k, 0);
    }

    private static Sample stairsTimesCurve(Dice dice) {
        double k = dice.pick(1, 8, 10, 128);
        return stairs(
                        text("floor(%s*x)*sin(x)", k),
                        at(dice),
                        k,
                        x -> x.times(k).floor().times(x.sin()))
                .tempting(x -> x.times(k).times(x.sin()));
    }

    private static Sample quantisedCurve(Dice dice) {
        double k = Math.scalb(1.0, dice.whole(4, 20)) * dice.pick(1, 1, 3, 1.25);
        double at = dice.uniform(0.3, 5);
        UnaryOperator<Num> curve = x -> x.sin().times(2).plus(x.square());
        double height = Rounded.value(curve, at) * k;
        double moved = Math.abs(height - Math.rint(height)) > 0.49 ? at + 0.1 / k : at;
        return Sample.of(
                        text("rint(%s*(2*sin(x) + x*x))/%s", k, k),
                        moved,
                        x -> curve.apply(x).times(k).rint().over(k))
                .tempting(curve);
    }

    private static Sample threshold(Dice dice) {
        double c = dice.uniform(-1, 1);
        double k = dice.pick(1e-3, 1, 50);
        double at = c + dice.sign() * dice.scale(-7, -1);
        // floor of a sigmoid plus one half is 0 or 1.
        return Sample.of(
                        text("%s*(x > %s ? 1 : 0) + sin(x)", k, c),
                        at,
                        x -> x.minus(c).sigmoid().plus(0.5).floor().times(k).plus(x.sin()))
                .tempting(0);
    }

    private static Sample remainder(Dice dice) {
        // Multiples of these are exact, so that no constant is rounded.
        double m = dice.pick(1, 7, 24, 60, 360, 0.125);
        return stairs(
                        text("pow(x - %s*floor(x/%s), 2)", m, m),
                        at(dice),
                        1 / m,
                        x -> x.minus(x.over(m).floor().times(m)).square())
                .tempting(0);
    }

    /** A smooth function with steps too small to be seen on it. */
    private static Sample smallSteps(Dice dice) {
        double k = dice.pick(1e3, 1e4, 4096, 65536);
        double size = dice.scale(-9, -4);
        return stairs(
                        text("x*x + %s*floor(%s*x)", size, k),
                        dice.uniform(0.2, 3),
                        k,
                        x -> x.times(k).floor().times(size).plus(x.square()))
                .tempting(x -> x.square().plus(x.times(k * size)));
    }

    private static Sample atJump(Dice dice) {
        double k = dice.pick(1, 2, 256);
        double at = Math.rint(dice.uniform(-500, 500)) / k;
        double a = dice.pick(0, 1, dice.uniform(-2, 2));
        return Sample.of(
                        text("floor(%s*x) + %s*x", k, a),
                        at,
                        x -> x.times(k).floor().plus(x.times(a)))
                .withTruth(new Truth.Jump())
                .tempting(k + a, a);
    }

    private static Sample besideJump(Dice dice) {
        double k = dice.pick(1, 2, 256);
        double a = dice.pick(0, 1, dice.uniform(-2, 2));
        double at = Math.rint(dice.uniform(-500, 500)) / k + dice.sign() * dice.scale(-9, -2) / k;
        return Sample.of(
                        text("floor(%s*x) + %s*x", k, a),
                        at,
                        x -> x.times(k).floor().plus(x.times(a)))
                .tempting(k + a, 0, 1);
    }
}
