package org.ejgrad.check.examination;

import static org.ejgrad.check.examination.Sample.text;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A function with a kink, or with a bend that is none, at a known place.
 *
 * @param formula the function
 * @param kink where
 * @param f the function
 */
record KinkFunction(String formula, double kink, UnaryOperator<Num> f) {
    private static final int KINDS = 20;

    /** {@return the mean, and other mixtures, of the slopes on both sides of the place} */
    double[] mixtures() {
        double left = Exact.slope(f, kink, -1).toDouble();
        double right = Exact.slope(f, kink, 1).toDouble();
        return new double[] {(left + right) / 2, 0.3 * left + 0.7 * right, left, right};
    }

    static KinkFunction of(Dice dice) {
        double c = dice.pick(0, dice.fewBits(-4, 4, dice.whole(0, 12)), dice.uniform(-3, 3), dice.uniform(-900, 900));
        double a = dice.sign() * dice.uniform(0.2, 5);
        double b = dice.uniform(-2, 2);
        double tiny = dice.scale(-6, -1);
        double half = dice.sign() * Math.scalb(1.0, dice.whole(-6, 6));
        return switch (dice.whole(0, KINDS - 1)) {
            case 0 ->
                new KinkFunction(
                        text("%s*abs(x - %s)", a, c), c, x -> x.minus(c).abs().times(a));
            case 1 ->
                new KinkFunction(
                        text("relu(%s*(x - %s))", a, c),
                        c,
                        x -> x.minus(c).times(a).relu());
            case 2 ->
                new KinkFunction(
                        text("max(%s*(x - %s), %s*(x - %s))", a, c, b, c),
                        c,
                        x -> x.minus(c).times(a).max(x.minus(c).times(b)));
            case 3 ->
                new KinkFunction(
                        text("min(%s*(x - %s), sin(x - %s))", b, c, c),
                        c,
                        x -> x.minus(c).times(b).min(x.minus(c).sin()));
            case 4 ->
                new KinkFunction(
                        text("min(max(x, %s), %s)*%s", c, c + 1, a),
                        c,
                        x -> x.clamp(c, c + 1).times(a));
            case 5 ->
                new KinkFunction(
                        text("leaky(x - %s, 0.01)", c),
                        c,
                        x -> x.minus(c).max(x.minus(c).times(0.01)));
            case 6 ->
                new KinkFunction(
                        text("1e6*pow(x - %s, 2) + 1e-3*relu(x - %s)", c, c),
                        c,
                        x -> x.minus(c)
                                .square()
                                .times(1e6)
                                .plus(x.minus(c).relu().times(1e-3)));
            case 7 ->
                new KinkFunction(
                        text("cos(x - %s) + %s*abs(x - %s)", c, tiny, c),
                        c,
                        x -> x.minus(c).cos().plus(x.minus(c).abs().times(tiny)));
            case 8 ->
                new KinkFunction(
                        text("abs(x - %s) + sin(x)", c),
                        c,
                        x -> x.minus(c).abs().plus(x.sin()));
            case 9 -> new KinkFunction("max(x, x*x)", dice.pick(0, 1), x -> x.max(x.square()));
            case 10 ->
                new KinkFunction(
                        text("abs(x - %s)*exp(0.01*x)", c),
                        c,
                        x -> x.minus(c).abs().times(x.times(0.01).exp()));
            case 11 ->
                new KinkFunction(
                        text("relu(1 - %s*x)", 1 / half),
                        half,
                        x -> x.times(1 / half).negative().plus(1).relu());
            case 12 ->
                new KinkFunction(
                        text("%s*x + %s*abs(x - %s)", a, tiny, c),
                        c,
                        x -> x.times(a).plus(x.minus(c).abs().times(tiny)));
            case 13 ->
                new KinkFunction(
                        text("exp(%s*abs(x - %s))", b / 4, c),
                        c,
                        x -> x.minus(c).abs().times(b / 4).exp());
            case 14 ->
                new KinkFunction(
                        text("log(1 + relu(x - %s)) + 0.1*relu(%s - x)", c, c),
                        c,
                        x -> x.minus(c)
                                .relu()
                                .plus(1)
                                .log()
                                .plus(x.negative().plus(c).relu().times(0.1)));
            case 15 -> network(dice, c);
            // Bends that are none.
            case 16 ->
                new KinkFunction(
                        text("pow(relu(x - %s), 2)*%s", c, a),
                        c,
                        x -> x.minus(c).relu().square().times(a));
            case 17 ->
                new KinkFunction(text("huber(x - %s, from 1)", c - 1), c, x -> {
                    // |u| − 1/2 outside −1...1, u²/2 inside.
                    Num u = x.minus(c - 1);
                    Num inside = u.clamp(-1, 1);
                    return u.times(inside).minus(inside.square().times(0.5));
                });
            case 18 ->
                new KinkFunction(
                        text("elu(x - %s)", c),
                        c,
                        x -> x.minus(c).relu().plus(x.minus(c).min(0).exp()).minus(1));
            default ->
                new KinkFunction(
                        text("(x - %s)*abs(x - %s) + %s*x", c, c, b),
                        c,
                        x -> x.minus(c).times(x.minus(c).abs()).plus(x.times(b)));
        };
    }

    /** A few relus of one variable, one of which bends here. */
    private static KinkFunction network(Dice dice, double c) {
        int units = dice.whole(3, 8);
        double[] w = new double[units];
        double[] at = new double[units];
        for (int i = 0; i < units; i++) {
            w[i] = dice.uniform(-1, 1);
            at[i] = i == 0 ? c : c + dice.sign() * dice.uniform(0.1, 2);
        }
        String text = text("relus(at %s, weights %s)", list(at), list(w));
        return new KinkFunction(text, c, x -> {
            Num sum = x.times(0.1);
            for (int i = 0; i < units; i++) {
                sum = sum.plus(x.minus(at[i]).relu().times(w[i]));
            }
            return sum.tanh();
        });
    }

    private static String list(double... numbers) {
        return Arrays.stream(numbers).boxed().map(String::valueOf).toList().toString();
    }

    static List<Function<Dice, Sample>> atIt() {
        return List.of(dice -> {
            KinkFunction function = of(dice);
            return Sample.of(function.formula, function.kink, function.f)
                    .tempting(function.truthIsSlope() ? new double[] {0, 1, -1, 0.5} : new double[0]);
        });
    }

    private boolean truthIsSlope() {
        return Sample.truth(f, kink) instanceof Truth.Slope;
    }

    static List<Function<Dice, Sample>> besideIt() {
        return List.of(dice -> {
            KinkFunction function = of(dice);
            double distance = dice.scale(-12, -2);
            double size = dice.chance(0.5) ? Math.max(1, Math.abs(function.kink)) : 1;
            double at = function.kink + dice.sign() * distance * size;
            return Sample.of(function.formula, at, function.f).tempting(function.mixtures());
        });
    }
}
