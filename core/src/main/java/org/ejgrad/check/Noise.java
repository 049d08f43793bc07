package org.ejgrad.check;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The noise of a function's value along a line: the standard deviation of its rounding errors near a point.
 *
 * <p>Over points so close together that a smooth function is a parabola there, what the best parabola leaves is noise;
 * each side has its own, as there may be a kink at the point. The points lie at irregular distances, so that no grid on
 * which values are rounded can hide in them (compare Moré and Wild, "Estimating computational noise", SIAM J. Sci.
 * Comput. 2011, whose points are equally spaced).
 *
 * @param level the standard deviation
 * @param still how wide the steps are in which the values move, to a factor of 2, if they are none of double arithmetic
 *     and somebody may have rounded; else 0
 * @param isFlat whether they move in steps that are too large for rounding, one of which is near, and the slope is 0
 */
record Noise(double level, double still, boolean isFlat) {
    /** Half the distance between 1 and the next double. */
    static final double UNIT = 0x1.0p-53;

    /** Distances from the point in parts of the width, to the right, then to the left, without a common measure. */
    private static final double[] PLACES = {0.2119, 0.4519, 0.6927, 0.9161, -0.3371, -0.5479, -0.7411, -0.9731};

    /** A value at the point, a slope, a turn of the slope and a bend. */
    private static final int SHAPES = 4;

    /** The same and a jump, which is what a kink beside the point looks like from far off. */
    private static final int KINKED_SHAPES = 5;

    /** The first distance in least steps. */
    private static final double NEAREST = 16;

    /** How much further the next distances are, up to the reach: by this, by its square, by its cube, ... */
    private static final double FURTHER = 512;

    /** How exactly the end of a stretch without change is found. */
    private static final double EDGE = 0x1.0p-5;

    /** Noise of so many rounding errors of the value may be rounding in it. */
    private static final double ROUNDINGS = 16;

    /** What a long sum leaves of a value may be wrong by so many rounding errors of it. */
    private static final double MANY_ROUNDINGS = 256;

    /** How much nearer a point at 0 is looked at, and again, until the function is smooth there or this is reached. */
    private static final double ZOOM = 0x1.0p-4;

    /** What becomes so much rougher nearer the point, beside values that shrink, is no feature but rounding. */
    private static final double ROUGHER = 4;

    private static final double MOST_ZOOM = 0x1.0p-80;

    /** So few values, and no more, are taken for steps. */
    private static final int FEW = 3;

    /** Steps narrower than this part of the reach come from rounding in double. */
    private static final double ROUNDED = 0x1.0p-44;

    /** So do steps of so many units in the last place of the value, or of the reach: an inner sum may be as large. */
    private static final double ROUNDED_UNITS = 4;

    /**
     * Steps as wide as this part of the reach and as high as that of the value are no rounding, not even in single
     * precision, but the function's own.
     */
    private static final double WIDE = 0x1.0p-16;

    private static final double LARGE = 0x1.0p-22;

    /** So far away the next step is a feature of the function like any other: nearer looks show the slope 0. */
    private static final double FAR = 0x1.0p-9;

    /** A value that stands still is looked at so much further away, and again, until so many times the reach. */
    private static final double BEYOND = 0x1.0p5;

    private static final double MOST_BEYOND = 0x1.0p30;

    /** What must be expected of a value whatever the function. */
    static Noise least(double center) {
        return new Noise(UNIT * Math.abs(center), 0, false);
    }

    /**
     * The noise along a line, listened to as near the point as steps can be: there, all features of the function are
     * gone. Where its values stand still, it is listened to further away.
     */
    static Noise along(LineFunction line, double center) {
        Noise noise = from(nearest(line, center), line, center);
        for (double width : line.furtherOff()) {
            noise = noise.atLeast(rounding(width, line, center));
        }
        return noise;
    }

    /**
     * As near as steps can be. Beside 0, where they are exact however small, the features of a function may be finer
     * still: nearer looks are taken until they are gone, if they go as features do and not as rounding, all at once.
     */
    private static Look nearest(LineFunction line, double center) {
        Look first = Look.at(NEAREST * line.least(), line, center);
        Look before = first;
        Look look = first;
        while (line.size() == 0 && look.width > MOST_ZOOM && !look.hasStill() && !look.isSmooth()) {
            Look nearer = Look.at(ZOOM * look.width, line, center);
            if (nearer.isSmooth() && look.roughness() <= ZOOM * before.roughness()) {
                line.zoom(nearer.width / NEAREST);
                return nearer;
            }
            boolean isRounding =
                    nearer.size() < look.size() / ROUGHER && nearer.roughness() > ROUGHER * look.roughness();
            if (isRounding || nearer.roughness() == look.roughness()) {
                break;
            }
            before = look;
            look = nearer;
        }
        return first;
    }

    /** The level at three distances far apart, the middle one: a feature of the function would be seen at one only. */
    static double ofLongSum(LineFunction line, double center) {
        return DoubleStream.of(0x1.0p-32, 0x1.0p-25, 0x1.0p-18)
                .map(part -> rounding(part * line.reach(), line, center))
                .sorted()
                .skip(1)
                .findFirst()
                .orElseThrow();
    }

    /**
     * What a parabola with a jump at the point leaves of the values at a distance, if that can be the rounding of a
     * long sum; else 0.
     */
    private static double rounding(double width, LineFunction line, double center) {
        double level = Look.at(width, line, center).level(KINKED_SHAPES);
        return level <= MANY_ROUNDINGS * UNIT * Math.abs(center) ? level : 0;
    }

    /**
     * Values beside the point.
     *
     * @param width how far away the furthest is, or almost
     * @param t distances in parts of the width, as the point is really moved
     * @param values by how much the values there differ from that at the point
     * @param center that at the point
     */
    private record Look(double width, double[] t, double[] values, double center) {
        static Look at(double width, LineFunction line, double center) {
            double[] steps = DoubleStream.of(PLACES).map(place -> width * place).toArray();
            line.expect(steps);
            return new Look(
                    width,
                    DoubleStream.of(steps).map(step -> line.step(step) / width).toArray(),
                    DoubleStream.of(steps).map(step -> line.at(step) - center).toArray(),
                    center);
        }

        boolean isFinite() {
            return DoubleStream.of(values).allMatch(Double::isFinite);
        }

        boolean isStill() {
            return DoubleStream.of(values).allMatch(value -> value == 0);
        }

        boolean hasStill() {
            return DoubleStream.of(values).anyMatch(value -> value == 0);
        }

        boolean areFew() {
            return DoubleStream.of(values).distinct().count() <= FEW;
        }

        double level(int shapes) {
            return beside(shapes, t, values);
        }

        /** How large the values are. */
        double size() {
            return DoubleStream.of(values).map(Math::abs).reduce(Math.abs(center), Math::max);
        }

        /** What a parabola leaves, in rounding errors of the values; infinite where they are not. */
        double roughness() {
            return isFinite() ? level(SHAPES) / (UNIT * size()) : Double.POSITIVE_INFINITY;
        }

        boolean isSmooth() {
            return roughness() <= MANY_ROUNDINGS && !hasStill() && !areFew();
        }
    }

    /** The same, beginning at a look. */
    private static Noise from(Look nearest, LineFunction line, double center) {
        double still = 0;
        double further = FURTHER;
        Look look = nearest;
        while (look.isStill() && look.width < line.reach()) {
            still = look.width;
            look = Look.at(Math.min(still * further, line.reach()), line, center);
            further *= FURTHER;
        }
        if (!look.isFinite() || look.isStill()) {
            return least(center);
        }
        return still == 0 && !look.areFew()
                ? least(center).atLeast(look.level(SHAPES))
                : beyond(still, look, line, center);
    }

    /** The noise where the values stand still, or are few, and move further away: there is a jump or a kink. */
    private static Noise beyond(double still, Look look, LineFunction line, double center) {
        int first = IntStream.range(0, PLACES.length)
                .filter(i -> look.values[i] != 0)
                .boxed()
                .min(Comparator.comparingDouble(i -> Math.abs(PLACES[i])))
                .orElseThrow();
        double sign = Math.signum(PLACES[first]);
        double moved = look.width * Math.abs(PLACES[first]);
        double near = Math.max(still, line.least() / NEAREST);
        boolean jumps = false;
        for (double edge = EDGE; edge >= EDGE * EDGE && !jumps; edge *= EDGE) {
            while (moved - near > edge * moved && moved > line.least() / NEAREST) {
                double middle = moved > 4 * near ? Math.sqrt(near) * Math.sqrt(moved) : near + (moved - near) / 2;
                double change = Math.abs(line.at(sign * middle) - center);
                if (change == 0) {
                    near = middle;
                } else if (change <= ROUNDED_UNITS * Math.ulp(center)) {
                    return least(center).atLeast(change / 2);
                } else {
                    moved = middle;
                }
            }
            double later = line.at(sign * (1 + edge / EDGE) * moved);
            jumps = Math.abs(line.at(sign * moved) - center) > Math.abs(later - center) / 8;
        }
        if (!jumps) {
            return least(center);
        }
        double beyond = line.at(sign * moved);
        double jump = Math.abs(beyond - center);
        Noise rounded = least(center).atLeast(jump / 2);
        if (jump <= ROUNDED_UNITS * Math.ulp(Math.max(Math.abs(center), line.reach()))) {
            return rounded;
        }
        double tread = Math.max(
                moved + extent(line, 0, -sign * moved, center), extent(line, sign * moved, sign * moved, beyond));
        if (tread <= ROUNDED * line.reach()) {
            return rounded;
        }
        boolean isOwn = tread >= WIDE * line.reach() && jump > LARGE * Math.max(line.reach(), Math.abs(center));
        if (isOwn) {
            return new Noise(UNIT * Math.abs(center), 0, moved < FAR * line.reach());
        }
        return new Noise(rounded.level, tread, false);
    }

    /** The level of a value that may have been rounded to single precision; else 0. */
    static double ofSingle(LineFunction line, double center) {
        return line.maybeSingle() && center == (float) center ? Math.ulp((float) center) / 2 : 0;
    }

    /**
     * The level of a value that no step moves: that of its first move further away, and of single precision if it may
     * have been rounded to that. What is smaller cannot be told from 0.
     */
    private static double ofStill(LineFunction line, double center) {
        double level = ofSingle(line, center);
        double still = line.reach();
        for (double width = BEYOND * still; width <= MOST_BEYOND * line.reach(); width *= BEYOND) {
            Look look = Look.at(width, line, center);
            if (!look.isFinite()) {
                return level;
            }
            if (!look.isStill()) {
                return Math.max(level, beyond(still, look, line, center).level);
            }
            still = width;
        }
        return level;
    }

    /** How far from a place the value stays the same, at distances that double; what is wide need not be known. */
    private static double extent(LineFunction line, double from, double first, double value) {
        double extent = 0;
        double step = first;
        while (Math.abs(extent) < WIDE * line.reach() && line.at(from + step) == value) {
            extent = step;
            step *= 2;
        }
        return Math.abs(extent);
    }

    /** This or a higher level. */
    Noise atLeast(double other) {
        return new Noise(Math.max(level, other), still, isFlat);
    }

    /** The louder of this and what is heard at the finest step or, if no step moves the value, far beyond. */
    Noise further(Stencil stencil, LineFunction line) {
        return stencil.isStill()
                ? atLeast(ofStill(line, stencil.center()))
                : orAt(stencil.finest().step(), line, stencil.center());
    }

    /** The louder of this and what is heard at a distance. */
    Noise orAt(double width, LineFunction line, double center) {
        Noise other = from(Look.at(width, line, center), line, center);
        return isFlat ? this : new Noise(Math.max(level, other.level), Math.max(still, other.still), false);
    }

    /** Whether this may be rounding in a value: neither waves nor steps. */
    boolean isRoundingOf(double value) {
        return level <= ROUNDINGS * UNIT * Math.abs(value);
    }

    /** Whether values that stand still near the point and then move in steps are more than rounded results. */
    boolean hidesSteps() {
        return still > 0;
    }

    /** The standard deviation of values from the best parabola that may turn at the point. */
    static double besideParabolas(double[] t, double[] values) {
        return beside(SHAPES, t, values);
    }

    private static double beside(int shapes, double[] t, double[] values) {
        double size = DoubleStream.of(values).map(Math::abs).max().orElse(0);
        if (size == 0) {
            return 0;
        }
        double[] rest = DoubleStream.of(values).map(value -> value / size).toArray();
        double[][] basis = new double[shapes][t.length];
        for (int i = 0; i < t.length; i++) {
            double[] all = {1, t[i], Math.abs(t[i]), t[i] * t[i], Math.signum(t[i])};
            for (int k = 0; k < shapes; k++) {
                basis[k][i] = all[k];
            }
        }
        for (int k = 0; k < shapes; k++) {
            for (int earlier = 0; earlier < k; earlier++) {
                subtract(basis[k], basis[earlier]);
            }
        }
        // Twice: the first pass leaves rounding errors of the size of the values.
        for (int k = 0; k < 2 * shapes; k++) {
            subtract(rest, basis[k % shapes]);
        }
        return size * Math.sqrt(DoubleStream.of(rest).map(r -> r * r).sum() / (t.length - shapes));
    }

    /** Takes the part along a vector out of another. */
    private static void subtract(double[] from, double[] vector) {
        double along = 0;
        double length = 0;
        for (int i = 0; i < from.length; i++) {
            along += from[i] * vector[i];
            length += vector[i] * vector[i];
        }
        double share = length == 0 ? 0 : along / length;
        for (int i = 0; i < from.length; i++) {
            from[i] -= share * vector[i];
        }
    }
}
