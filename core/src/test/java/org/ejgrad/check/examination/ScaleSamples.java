package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;

/** Large and small arguments and values, SI units, near poles, logarithm and root near 0. */
final class ScaleSamples {
    private ScaleSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                ScaleSamples::stretchedSine,
                ScaleSamples::stretchedExponential,
                ScaleSamples::hugeParabola,
                ScaleSamples::nearPole,
                ScaleSamples::logNearZero,
                ScaleSamples::rootNearZero,
                ScaleSamples::farOut,
                ScaleSamples::coulomb,
                ScaleSamples::planck,
                ScaleSamples::arrhenius,
                ScaleSamples::diode,
                ScaleSamples::tangent,
                ScaleSamples::extreme,
                ScaleSamples::shiftedPole);
    }

    private static Sample stretchedSine(Dice dice) {
        double s = dice.scale(-200, 100);
        double a = dice.scale(-100, 100);
        double at = s * dice.uniform(-5, 5);
        return Sample.of(text("%s*sin(x/%s)", a, s), at, x -> x.over(s).sin().times(a));
    }

    private static Sample stretchedExponential(Dice dice) {
        double s = dice.scale(-40, 40);
        double at = s * dice.uniform(-20, 20);
        return Sample.of(text("exp(x/%s)", s), at, x -> x.over(s).exp());
    }

    private static Sample hugeParabola(Dice dice) {
        double a = dice.scale(-12, 12);
        double at = dice.sign() * dice.scale(-140, 140);
        return Sample.of(text("%s*x*x", a), at, x -> x.square().times(a));
    }

    private static Sample nearPole(Dice dice) {
        double p = dice.place(0.5, 4);
        double at = p * (1 + dice.sign() * dice.scale(-9, -1));
        int order = dice.whole(1, 3);
        return Sample.of(text("pow(x - %s, -%d)", p, order), at, x -> x.minus(p).pow(-order))
                .tempting(0);
    }

    private static Sample logNearZero(Dice dice) {
        double at = dice.scale(-300, -3);
        return switch (dice.whole(0, 2)) {
            case 0 -> Sample.of("log(x)", at, Num::log);
            case 1 -> Sample.of("x*log(x)", at, x -> x.times(x.log()));
            default -> Sample.of("log(x)/log(10)", at, x -> x.log().over(Math.log(10)));
        };
    }

    private static Sample rootNearZero(Dice dice) {
        double p = dice.pick(0.5, 0.3, 1.5, 0.1, 2.0 / 3);
        double at = dice.scale(-200, -3);
        return Sample.of(text("pow(x, %s)", p), at, x -> x.pow(p));
    }

    private static Sample farOut(Dice dice) {
        double at = dice.sign() * dice.scale(9, 15);
        return switch (dice.whole(0, 4)) {
            case 0 -> Sample.of("x*x", at, Num::square);
            case 1 -> Sample.of("log(x*x)", at, x -> x.square().log());
            case 2 ->
                Sample.of(
                        "x/(1 + abs(x)*1e-9)",
                        at,
                        x -> x.over(x.abs().times(1e-9).plus(1)));
            case 3 -> Sample.of("sqrt(x*x + 1)", at, x -> x.square().plus(1).sqrt());
            default -> Sample.of("sin(x)", at, Num::sin).tempting(0);
        };
    }

    private static Sample coulomb(Dice dice) {
        double at = 5.29e-11 * dice.uniform(0.3, 30);
        double k = 8.9875517923e9 * 1.602176634e-19 * 1.602176634e-19;
        return dice.chance(0.5)
                ? Sample.of(text("%s/x", k), at, x -> x.reciprocal().times(k))
                : Sample.of(text("4*%s*(pow(%s/x, 12) - pow(%s/x, 6))", 1.65e-21, 3.4e-10, 3.4e-10), at * 4, x -> {
                    Num six = x.reciprocal().times(3.4e-10).pow(6);
                    return six.square().minus(six).times(4 * 1.65e-21);
                });
    }

    private static Sample planck(Dice dice) {
        double t = dice.uniform(200, 8000);
        double at = dice.scale(12, 14.7);
        double hkt = 6.62607015e-34 / (1.380649e-23 * t);
        return Sample.of(
                text("1.4745e-50*x*x*x/(exp(%s*x) - 1)", hkt),
                at,
                x -> x.pow(3).times(1.4745e-50).over(x.times(hkt).exp().minus(1)));
    }

    private static Sample arrhenius(Dice dice) {
        double e = dice.uniform(2e4, 2e5);
        return Sample.of(
                text("1e13*exp(-%s/(8.314*x))", e),
                dice.uniform(200, 1200),
                x -> x.times(8.314).reciprocal().times(-e).exp().times(1e13));
    }

    private static Sample diode(Dice dice) {
        double is = dice.scale(-16, -9);
        return Sample.of(
                text("%s*(exp(x/0.02585) - 1)", is),
                dice.uniform(-0.2, 0.9),
                x -> x.over(0.02585).exp().minus(1).times(is));
    }

    private static Sample tangent(Dice dice) {
        double at = Math.PI / 2 * dice.pick(1, -1, 3, 7) + dice.sign() * dice.scale(-9, -1);
        return Sample.of("sin(x)/cos(x)", at, x -> x.sin().over(x.cos()));
    }

    private static Sample extreme(Dice dice) {
        double at = dice.scale(-300, 300);
        double a = dice.scale(-250, 250) / Math.max(1, at);
        return switch (dice.whole(0, 2)) {
            case 0 -> Sample.of(text("%s*x", a), at, x -> x.times(a));
            case 1 -> Sample.of("sqrt(x)", at, Num::sqrt);
            default -> Sample.of("log(x)", at, Num::log);
        };
    }

    /** Near a pole that is near 0. */
    private static Sample shiftedPole(Dice dice) {
        double p = dice.scale(-6, -1);
        double at = p + dice.sign() * p * dice.scale(-7, -2);
        return dice.chance(0.5)
                ? Sample.of(text("1/(x - %s)", p), at, x -> x.minus(p).reciprocal())
                        .tempting(0)
                : Sample.of(
                                text("log(abs(x - %s))", p),
                                at,
                                x -> x.minus(p).abs().log())
                        .tempting(0);
    }
}
