package org.ejgrad.check;

import java.util.stream.DoubleStream;

/**
 * The noise of a function's value along a line: the standard deviation of its rounding errors near a point.
 *
 * <p>Over points so close together that a smooth function is a parabola there, what the best parabola leaves is noise;
 * each side has its own, as there may be a kink at the point. The points lie at irregular distances, so that no grid on
 * which values are rounded can hide in them (compare Moré and Wild, "Estimating computational noise", SIAM J. Sci.
 * Comput. 2011, whose points are equally spaced).
 *
 * @param level the standard deviation
 * @param still how far from the point all values are equal, if after that they move in steps that may be rounding
 * @param isFlat whether they move in steps that are too large for rounding, and the slope is 0
 */
record Noise(double level, double still, boolean isFlat) {
    /** Half the distance between 1 and the next double. */
    static final double UNIT = 0x1.0p-53;

    /** Distances from the point in parts of the width, to the right, then to the left, without a common measure. */
    private static final double[] PLACES = {0.2119, 0.4519, 0.6927, 0.9161, -0.3371, -0.5479, -0.7411, -0.9731};

    /** A value at the point, a slope, a turn of the slope and a bend. */
    private static final int SHAPES = 4;

    /** The first distance in least steps, how much further each next one is, and how many there are. */
    private static final double NEAREST = 16;

    private static final double FURTHER = 512;
    private static final int ATTEMPTS = 5;

    /** So few values, and no more, are taken for steps. */
    private static final int FEW = 3;

    /** Steps narrower than this part of the reach come from rounding in double. */
    private static final double ROUNDED = 0x1.0p-44;

    /**
     * Steps as wide as this part of the reach and as high as that of the value are no rounding, but the function's own.
     */
    private static final double WIDE = 0x1.0p-23;

    private static final double LARGE = 3e-8;

    /** What must be expected of a value whatever the function. */
    static Noise least(double center) {
        return new Noise(UNIT * Math.abs(center), 0, false);
    }

    /**
     * The noise along a line, listened to as near the point as steps can be: there, all features of the function are
     * gone. Where its values stand still, it is listened to further away.
     */
    static Noise along(LineFunction line, double center) {
        return from(NEAREST * line.least(), line, center);
    }

    /** The same, beginning at a distance. */
    private static Noise from(double nearest, LineFunction line, double center) {
        double still = 0;
        double width = nearest;
        for (int attempt = 0; attempt < ATTEMPTS && width < line.reach(); attempt++, width *= FURTHER) {
            double[] t = new double[PLACES.length];
            double[] values = new double[PLACES.length];
            double distance = width;
            line.expect(DoubleStream.of(PLACES).map(place -> distance * place).toArray());
            for (int i = 0; i < PLACES.length; i++) {
                double step = width * PLACES[i];
                t[i] = line.step(step) / width;
                values[i] = line.at(step) - center;
            }
            boolean isFinite = DoubleStream.of(values).allMatch(Double::isFinite);
            if (isFinite && DoubleStream.of(values).anyMatch(value -> value != 0)) {
                double heard = besideParabolas(t, values);
                boolean areFew = DoubleStream.of(values).distinct().count() <= FEW;
                if (still == 0 && !areFew) {
                    return least(center).atLeast(heard);
                }
                // Beyond a stretch without change there are steps, or a kink that is no noise.
                double stretch = still > 0 ? still : width / 16;
                return movesInSteps(line, width, values, stretch / 4)
                        ? steps(line, center, heard, stretch)
                        : still == 0 ? least(center).atLeast(heard) : least(center);
            }
            still = width;
        }
        return least(center);
    }

    /** This or a higher level. */
    Noise atLeast(double other) {
        return new Noise(Math.max(level, other), still, isFlat);
    }

    /** The louder of this and what is heard at a distance. */
    Noise orAt(double width, LineFunction line, double center) {
        Noise other = from(width, line, center);
        return isFlat ? this : new Noise(Math.max(level, other.level), Math.max(still, other.still), false);
    }

    /** Steps of a function of its own, of rounding that somebody has made, or of the rounding of double numbers. */
    private static Noise steps(LineFunction line, double center, double heard, double still) {
        boolean isLarge = heard > LARGE * Math.max(line.reach(), Math.abs(center));
        if (isLarge && still >= WIDE * line.reach()) {
            return new Noise(UNIT * Math.abs(center), 0, true);
        }
        return new Noise(Math.max(UNIT * Math.abs(center), heard), still > ROUNDED * line.reach() ? still : 0, false);
    }

    /** Whether, somewhere where the value is another, it stands still again. */
    private static boolean movesInSteps(LineFunction line, double width, double[] values, double little) {
        for (int i = 0; i < PLACES.length; i++) {
            double at = width * PLACES[i];
            if (values[i] != 0 && (line.at(at + little) == line.at(at) || line.at(at - little) == line.at(at))) {
                return true;
            }
        }
        return false;
    }

    /** Whether values that stand still near the point and then move in steps are more than rounded results. */
    boolean hidesSteps(double center) {
        return still > 0 && level > 4 * Math.ulp(center);
    }

    /** The standard deviation of values from the best parabola that may turn at the point. */
    static double besideParabolas(double[] t, double[] values) {
        double size = DoubleStream.of(values).map(Math::abs).max().orElse(0);
        if (size == 0) {
            return 0;
        }
        double[] rest = DoubleStream.of(values).map(value -> value / size).toArray();
        double[][] basis = new double[SHAPES][t.length];
        for (int i = 0; i < t.length; i++) {
            double[] shapes = {1, t[i], Math.abs(t[i]), t[i] * t[i]};
            for (int k = 0; k < SHAPES; k++) {
                basis[k][i] = shapes[k];
            }
        }
        for (int k = 0; k < SHAPES; k++) {
            for (int earlier = 0; earlier < k; earlier++) {
                subtract(basis[k], basis[earlier]);
            }
        }
        // Twice: the first pass leaves rounding errors of the size of the values.
        for (int k = 0; k < 2 * SHAPES; k++) {
            subtract(rest, basis[k % SHAPES]);
        }
        return size * Math.sqrt(DoubleStream.of(rest).map(r -> r * r).sum() / (t.length - SHAPES));
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
