package org.ejgrad.check.examination;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A function of one variable at a point, with what is true there.
 *
 * @param text the function
 * @param x the point
 * @param f the function
 * @param truth its derivative
 * @param tempting wrong claims that suggest themselves
 * @param graph whether it can be a graph too
 */
record Sample(String text, double x, UnaryOperator<Num> f, Truth truth, List<Double> tempting, boolean graph) {
    private static final double[] FACTORS = {1e-2, -1e-2, 1e-4, -1e-4, 1e-6, -1e-6, 1e-8, -1e-8};
    private static final double SAME = 1e-24;

    /** The truth is found by exact differentiation to both sides. */
    static Sample of(String text, double x, UnaryOperator<Num> f) {
        return new Sample(text, x, f, truth(f, x), List.of(), true);
    }

    static String text(String format, Object... parameters) {
        return String.format(Locale.ROOT, format, parameters);
    }

    static Truth truth(UnaryOperator<Num> f, double x) {
        return truth(Exact.slope(f, x, -1), Exact.slope(f, x, 1));
    }

    static Truth truth(Twofold left, Twofold right) {
        double size = Math.max(Math.abs(left.high()), Math.abs(right.high()));
        double apart = Math.abs(left.minus(right).high());
        return apart <= SAME * size || apart == 0
                ? Truth.slope(left.toDouble())
                : new Truth.Kink(left.toDouble(), right.toDouble());
    }

    double value(double at) {
        return Rounded.value(f, at);
    }

    /** Claims that are wrong though a look from afar suggests them. */
    Sample tempting(double... claims) {
        List<Double> all = new ArrayList<>(tempting);
        for (double claim : claims) {
            all.add(claim);
        }
        return new Sample(text, x, f, truth, all, graph);
    }

    /** The derivative of another function is wrong though tempting. */
    Sample tempting(UnaryOperator<Num> background) {
        return tempting(Exact.slope(background, x, 1).toDouble());
    }

    /** The truth is found from another expression of the same function, which loses fewer digits. */
    Sample sameAs(UnaryOperator<Num> better) {
        return withTruth(truth(better, x));
    }

    Sample withTruth(Truth other) {
        return new Sample(text, x, f, other, tempting, graph);
    }

    /**
     * For a graph, whose gradient is the sum of what its operations choose at their own kinks, even where the whole has
     * none, and at a jump: that gradient is no mistake.
     */
    Sample withChoices(double own) {
        if (truth instanceof Truth.Jump) {
            return withTruth(Truth.slope(own));
        }
        // Of equal numbers side 0 takes the first.
        boolean isTied = Exact.slope(f, x, 0).compareTo(Exact.slope(f, x, 1)) != 0;
        if (truth instanceof Truth.Slope slope && isTied) {
            return withTruth(new Truth.Slope(slope.figure(), List.of(own)));
        }
        return this;
    }

    /** A sample about whose point no slope is larger than at it, by more than a factor. */
    Sample calm(double factor) {
        return truth instanceof Truth.Slope slope
                ? withTruth(new Truth.Slope(slope.figure(), slope.others(), factor * Math.abs(slope.figure())))
                : this;
    }

    Sample blackBox() {
        return new Sample(text, x, f, truth, tempting, false);
    }

    /**
     * What is meant is another function, which f computes with errors; the slopes of f itself and 0 are no mistakes.
     * Where f is smooth and its slope is plainly another, that slope is the truth.
     */
    Sample meaning(UnaryOperator<Num> meant, boolean staircase) {
        double ideal = Exact.slope(meant, x, 1).toDouble();
        double actual = ((Rounded) f.apply(new Rounded(x, 1))).slope();
        List<Double> others = new ArrayList<>();
        boolean other = !staircase && Math.abs(ideal - actual) > 1e-12 * Math.abs(ideal);
        others.add(other ? ideal : actual);
        if (staircase) {
            others.add(0.0);
        }
        return new Sample(text, x, f, new Truth.Slope(other ? actual : ideal, others), tempting, false);
    }

    /** {@return whether the figures are finite} */
    boolean usable() {
        return Double.isFinite(value(x))
                && (!(truth instanceof Truth.Slope slope) || Double.isFinite(slope.figure()))
                && (!(truth instanceof Truth.Kink kink) || Double.isFinite(kink.left() + kink.right()));
    }

    List<Claim> claims() {
        List<Claim> claims = new ArrayList<>();
        List<Double> wrong = new ArrayList<>();
        double rounded = truth instanceof Truth.Jump ? Double.NaN : ((Rounded) f.apply(new Rounded(x, 1))).slope();
        if (truth instanceof Truth.Slope slope) {
            double figure = slope.figure();
            claims.add(new Claim(figure, Claim.Kind.RIGHT));
            if (rounded != figure && Math.abs(rounded - figure) <= 1e-10 * Math.abs(figure)) {
                claims.add(new Claim(rounded, Claim.Kind.ROUNDED));
            }
            double size = figure == 0 ? steepness() : figure;
            for (double factor : FACTORS) {
                wrong.add(figure + factor * size);
            }
            wrong.addAll(List.of(-figure, 0.0, figure + size));
        } else if (truth instanceof Truth.Kink kink) {
            claims.add(new Claim(kink.left(), Claim.Kind.RIGHT));
            claims.add(new Claim(kink.right(), Claim.Kind.RIGHT));
            for (double share : new double[] {0.5, 0.3, 0.9}) {
                claims.add(new Claim(kink.left() + share * (kink.right() - kink.left()), Claim.Kind.BETWEEN));
            }
            double apart = kink.high() - kink.low();
            for (double share : new double[] {1e-6, 1e-4, 1e-2, 0.3, 1}) {
                wrong.add(kink.high() + share * apart);
                wrong.add(kink.low() - share * apart);
            }
            wrong.addAll(List.of(-kink.low(), -kink.high(), 0.0));
        } else {
            wrong.addAll(List.of(1.0, steepness(), -steepness()));
        }
        wrong.forEach(figure -> addWrong(claims, figure, Claim.Kind.WRONG));
        tempting.forEach(figure -> addWrong(claims, figure, Claim.Kind.TEMPTING));
        return claims;
    }

    private void addWrong(List<Claim> claims, double figure, Claim.Kind kind) {
        boolean repeated = claims.stream().anyMatch(c -> c.kind().isWrong() && c.figure() == figure);
        if (Double.isFinite(figure) && truth.error(figure) > 4 * Math.ulp(figure) && !repeated) {
            claims.add(new Claim(figure, kind));
        }
    }

    /** The steepest chord nearby, or 1 if there is none. */
    private double steepness() {
        double steepest = 0;
        for (double h = 1e-1; h > 1e-7; h /= 10) {
            double step = h * (x == 0 ? 1 : Math.abs(x));
            double chord = Math.abs(value(x + step) - value(x)) / step;
            steepest = Double.isFinite(chord) ? Math.max(steepest, chord) : steepest;
        }
        return steepest == 0 ? 1 : steepest;
    }
}
