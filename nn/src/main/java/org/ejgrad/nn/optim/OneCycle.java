package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.arguments.Require;

/**
 * The one-cycle policy (Smith and Topin 2018): the rate rises from low to high and falls far below where it began,
 * while the momentum does the reverse. It is the {@code OneCycleLR} of PyTorch.
 *
 * @param highest the highest rate
 * @param steps how many steps the cycle has, at least 2
 * @param rising which part of them the rate rises, in (0, 1)
 * @param curve how it moves between two corners
 * @param symmetric whether it falls as long as it rose before it falls below where it began; then rising is below 1/2
 * @param startDivisor highest / startDivisor is the first rate
 * @param endDivisor first / endDivisor is the last rate
 * @param lowestMomentum the momentum where the rate is highest
 * @param highestMomentum the momentum where the rate is lowest
 */
public record OneCycle(
        double highest,
        long steps,
        double rising,
        Curve curve,
        boolean symmetric,
        double startDivisor,
        double endDivisor,
        double lowestMomentum,
        double highestMomentum) {

    /** How a value moves between two corners. */
    public enum Curve {
        /** Along half a cosine. */
        COSINE,
        /** Along a line. */
        LINE
    }

    public OneCycle {
        requireNonNull(curve, "curve");
        Require.positive(highest, "highest");
        Require.atLeast(steps, 2, "steps");
        Require.fraction(Require.positive(rising, "rising"), "rising");
        if (symmetric && rising >= 0.5) {
            throw new IllegalArgumentException("rising = " + rising
                    + "; expected less than 0.5 in a symmetric cycle, which falls as long as it rises");
        }
        Require.positive(startDivisor, "startDivisor");
        Require.positive(endDivisor, "endDivisor");
        Require.fraction(lowestMomentum, "lowestMomentum");
        Require.fraction(highestMomentum, "highestMomentum");
    }

    /**
     * {@return the usual cycle: rising for 30 % of the steps from a 25th of the highest rate, along cosines, and
     * falling to a ten-thousandth of where it began; momentum between 0.85 and 0.95}
     *
     * @param highest the highest rate
     * @param steps how many steps the cycle has, at least 2
     */
    public static OneCycle of(double highest, long steps) {
        return new OneCycle(highest, steps, 0.3, Curve.COSINE, false, 25, 1e4, 0.85, 0.95);
    }

    /** {@return the learning rate; after the last step it stays at its last value} */
    public Schedule rate() {
        double first = highest / startDivisor;
        double last = first / endDivisor;
        return Schedule.of("rate of " + this, step -> at(step, first, highest, symmetric ? first : last, last));
    }

    /** {@return the momentum; after the last step it stays at its last value} */
    public Schedule momentum() {
        return Schedule.of(
                "momentum of " + this,
                step -> at(step, highestMomentum, lowestMomentum, highestMomentum, highestMomentum));
    }

    /** The value at a step, given those at the start, at the peak, at the second corner and at the end. */
    private double at(long step, double start, double peak, double second, double end) {
        double toPeak = rising * steps - 1;
        double toSecond = symmetric ? 2 * rising * steps - 2 : steps - 1;
        if (step <= toPeak) {
            return between(start, peak, toPeak == 0 ? 1 : step / toPeak);
        }
        if (step <= toSecond) {
            return between(peak, second, (step - toPeak) / (toSecond - toPeak));
        }
        return between(second, end, Math.min(1, (step - toSecond) / (steps - 1 - toSecond)));
    }

    private double between(double from, double to, double position) {
        return curve == Curve.COSINE ? Schedules.cosine(from, to, position) : from + (to - from) * position;
    }
}
