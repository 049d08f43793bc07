package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Functions of ordinary size without surprises. */
final class SmoothSamples {
    private SmoothSamples() {}

    static List<Function<Dice, Sample>> families() {
        return List.of(
                SmoothSamples::polynomial,
                SmoothSamples::damped,
                SmoothSamples::rational,
                SmoothSamples::logarithm,
                SmoothSamples::root,
                SmoothSamples::activation,
                SmoothSamples::power,
                SmoothSamples::chirp,
                SmoothSamples::bell,
                SmoothSamples::softplus,
                SmoothSamples::flat,
                SmoothSamples::nested,
                SmoothSamples::nested,
                SmoothSamples::nested);
    }

    private static Sample polynomial(Dice dice) {
        double a = dice.uniform(-2, 2);
        double b = dice.place(-3, 3);
        double c = dice.uniform(-1, 1);
        return Sample.of(
                text("((%s*x + %s)*x + %s)*x", a, b, c),
                dice.place(-4, 4),
                x -> x.times(a).plus(b).times(x).plus(c).times(x));
    }

    private static Sample damped(Dice dice) {
        double a = dice.uniform(-1, 1);
        double b = dice.uniform(0.2, 8);
        return Sample.of(
                text("exp(%s*x)*sin(%s*x)", a, b),
                dice.place(-3, 3),
                x -> x.times(a).exp().times(x.times(b).sin()));
    }

    private static Sample rational(Dice dice) {
        double a = dice.uniform(0.1, 4);
        return Sample.of(
                text("(x + %s)/(x*x + %s)", a, a),
                dice.place(-5, 5),
                x -> x.plus(a).over(x.square().plus(a)));
    }

    private static Sample logarithm(Dice dice) {
        double a = dice.uniform(0.05, 2);
        return Sample.of(
                text("x*log(x*x + %s)", a),
                dice.place(-4, 4),
                x -> x.times(x.square().plus(a).log()));
    }

    private static Sample root(Dice dice) {
        double a = dice.uniform(0.1, 3);
        return Sample.of(
                text("sqrt(x*x + %s)*cos(x)", a),
                dice.place(-4, 4),
                x -> x.square().plus(a).sqrt().times(x.cos()));
    }

    private static Sample activation(Dice dice) {
        double a = dice.uniform(-2, 2);
        double b = dice.uniform(-1, 1);
        double at = dice.place(-4, 4);
        return switch (dice.whole(0, 2)) {
            case 0 ->
                Sample.of(
                        text("tanh(%s*x + %s)", a, b),
                        at,
                        x -> x.times(a).plus(b).tanh());
            case 1 ->
                Sample.of(
                        text("x*sigmoid(%s*x)", a), at, x -> x.times(x.times(a).sigmoid()));
            default ->
                Sample.of(
                        text("sigmoid(%s*x + %s)", a, b),
                        at,
                        x -> x.times(a).plus(b).sigmoid());
        };
    }

    private static Sample power(Dice dice) {
        double p = dice.pick(0.5, 1.5, -1, -2.5, 3, 7, 0.1, Math.PI);
        return Sample.of(text("pow(x, %s)", p), dice.uniform(0.2, 6), x -> x.pow(p));
    }

    private static Sample chirp(Dice dice) {
        double a = dice.uniform(0.3, 3);
        return Sample.of(
                text("sin(%s*x*x)", a),
                dice.place(-6, 6),
                x -> x.square().times(a).sin());
    }

    private static Sample bell(Dice dice) {
        double a = dice.uniform(0.2, 3);
        return Sample.of(
                text("exp(-%s*x*x)", a),
                dice.place(-3, 3),
                x -> x.square().times(-a).exp());
    }

    private static Sample softplus(Dice dice) {
        double a = dice.uniform(0.5, 3);
        return Sample.of(
                text("log(1 + exp(%s*x))", a),
                dice.place(-2, 6),
                x -> x.times(a).exp().plus(1).log());
    }

    /** The derivative is 0. */
    private static Sample flat(Dice dice) {
        double c = dice.fewBits(-3, 3, 10);
        double a = dice.uniform(0.5, 4);
        return switch (dice.whole(0, 3)) {
            case 0 ->
                Sample.of(
                        text("%s*pow(x - %s, 2)", a, c),
                        c,
                        x -> x.minus(c).square().times(a));
            case 1 ->
                Sample.of(
                        text("cos(%s*(x - %s))", a, c),
                        c,
                        x -> x.minus(c).times(a).cos());
            case 2 ->
                Sample.of(
                        text("pow(x - %s, 3) + %s", c, a),
                        c,
                        x -> x.minus(c).pow(3).plus(a));
            default -> Sample.of(text("%s + 0*x", a), c, x -> x.times(0).plus(a));
        };
    }

    /** A random composition, four deep. */
    private static Sample nested(Dice dice) {
        UnaryOperator<Num> f = x -> x;
        String text = "x";
        for (int depth = 0; depth < 4; depth++) {
            UnaryOperator<Num> g = f;
            double a = dice.uniform(-2, 2);
            switch (dice.whole(0, 8)) {
                case 0 -> {
                    f = x -> g.apply(x).sin().plus(a);
                    text = text("(sin(%s) + %s)", text, a);
                }
                case 1 -> {
                    f = x -> g.apply(x).tanh().times(a);
                    text = text("(tanh(%s)*%s)", text, a);
                }
                case 2 -> {
                    f = x -> g.apply(x).times(x.cos());
                    text = text("(%s*cos(x))", text);
                }
                case 3 -> {
                    f = x -> g.apply(x).square().plus(0.5).log();
                    text = text("log(pow(%s, 2) + 0.5)", text);
                }
                case 4 -> {
                    f = x -> g.apply(x).square().plus(1).reciprocal().times(a);
                    text = text("%s/(1 + pow(%s, 2))", a, text);
                }
                case 5 -> {
                    f = x -> g.apply(x).sigmoid().plus(x);
                    text = text("(sigmoid(%s) + x)", text);
                }
                case 6 -> {
                    f = x -> g.apply(x).tanh().exp();
                    text = text("exp(tanh(%s))", text);
                }
                case 7 -> {
                    f = x -> g.apply(x).square().plus(1).sqrt();
                    text = text("sqrt(pow(%s, 2) + 1)", text);
                }
                default -> {
                    f = x -> g.apply(x).times(a).minus(x.square());
                    text = text("(%s*%s - x*x)", a, text);
                }
            }
        }
        return Sample.of(text, dice.place(-2, 2), f);
    }
}
