package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;

/** Functions whose values have fewer right digits than a double. */
final class CancellationSamples {
    private CancellationSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                CancellationSamples::softplus,
                CancellationSamples::roots,
                CancellationSamples::squares,
                CancellationSamples::offset,
                CancellationSamples::versine,
                CancellationSamples::exponential,
                CancellationSamples::logarithm,
                CancellationSamples::reciprocals,
                CancellationSamples::expanded,
                CancellationSamples::sinh,
                CancellationSamples::hypotenuse,
                CancellationSamples::arsinh,
                CancellationSamples::logSum,
                CancellationSamples::mixedPrecision);
    }

    private static Sample softplus(Dice dice) {
        double a = dice.pick(1, 2, 0.5);
        return Sample.of(
                        text("log(1 + exp(%s*x))", a),
                        dice.uniform(-30, -4) / a,
                        x -> x.times(a).exp().plus(1).log())
                .tempting(0);
    }

    private static Sample roots(Dice dice) {
        double c = dice.uniform(0.3, 5);
        return Sample.of(
                        text("sqrt(x + %s) - sqrt(x)", c),
                        dice.scale(1, 10),
                        x -> x.plus(c).sqrt().minus(x.sqrt()))
                .tempting(0);
    }

    private static Sample squares(Dice dice) {
        double c = dice.scale(2, 8);
        return Sample.of(
                text("pow(x + %s, 2) - %s*%s", c, c, c),
                dice.place(-3, 3),
                x -> x.plus(c).square().minus(c * c));
    }

    private static Sample offset(Dice dice) {
        double c = dice.sign() * dice.scale(3, 12);
        double k = dice.uniform(0.3, 5);
        return Sample.of(
                        text("%s + sin(%s*x)", c, k),
                        dice.place(-5, 5),
                        x -> x.times(k).sin().plus(c))
                .tempting(0);
    }

    private static Sample versine(Dice dice) {
        return Sample.of(
                        "(1 - cos(x))/(x*x)",
                        dice.sign() * dice.scale(-6, -0.5),
                        x -> x.cos().negative().plus(1).over(x.square()))
                .sameAs(x -> x.times(0.5).sin().over(x.times(0.5)).square().times(0.5))
                .tempting(0);
    }

    private static Sample exponential(Dice dice) {
        return Sample.of(
                        "(exp(x) - 1)/x",
                        dice.sign() * dice.scale(-7, -0.5),
                        x -> x.exp().minus(1).over(x))
                .tempting(0, 1);
    }

    private static Sample logarithm(Dice dice) {
        double at = dice.sign() * dice.scale(-8, -0.7);
        return dice.chance(0.5)
                ? Sample.of("log(1 + x)/x", at, x -> x.plus(1).log().over(x)).tempting(0)
                : Sample.of("log(1 + x)", at, x -> x.plus(1).log());
    }

    private static Sample reciprocals(Dice dice) {
        double c = dice.uniform(0.2, 4);
        return Sample.of(
                        text("1/x - 1/(x + %s)", c),
                        dice.scale(1, 7),
                        x -> x.reciprocal().minus(x.plus(c).reciprocal()))
                .tempting(0);
    }

    /** (x − 1)⁵ multiplied out. */
    private static Sample expanded(Dice dice) {
        return Sample.of(
                "((((x - 5)*x + 10)*x - 10)*x + 5)*x - 1",
                1 + dice.sign() * dice.scale(-3.5, -0.3),
                x -> x.minus(5)
                        .times(x)
                        .plus(10)
                        .times(x)
                        .minus(10)
                        .times(x)
                        .plus(5)
                        .times(x)
                        .minus(1));
    }

    private static Sample sinh(Dice dice) {
        double c = dice.scale(0, 6);
        return Sample.of(
                text("%s*(exp(x) - exp(-x))/2", c),
                dice.sign() * dice.scale(-12, -1),
                x -> x.exp().minus(x.negative().exp()).times(c / 2));
    }

    private static Sample hypotenuse(Dice dice) {
        return Sample.of(
                        "sqrt(1 + x*x) - 1",
                        dice.sign() * dice.scale(-7, -1),
                        x -> x.square().plus(1).sqrt().minus(1))
                .tempting(0);
    }

    private static Sample arsinh(Dice dice) {
        return Sample.of(
                "log(x + sqrt(x*x + 1))",
                -dice.scale(1, 6),
                x -> x.square().plus(1).sqrt().plus(x).log());
    }

    private static Sample logSum(Dice dice) {
        double c = dice.uniform(5, 40);
        return Sample.of(
                        text("log(exp(x) + exp(%s)) - %s", c, c),
                        c - dice.uniform(3, 20),
                        x -> x.exp().plus(Math.exp(c)).log().minus(c))
                .tempting(0);
    }

    /** A large part whose slope is 0 here, so that only what is lost in it would show. */
    private static Sample mixedPrecision(Dice dice) {
        double c = dice.fewBits(0.5, 4, 8);
        double a = dice.scale(4, 10);
        double b = dice.uniform(-2, 2);
        return Sample.of(
                text("%s*cos(x - %s) + %s*x", a, c, b),
                c + dice.pick(0, 1e-3, -0.5),
                x -> x.minus(c).cos().times(a).plus(x.times(b)));
    }
}
