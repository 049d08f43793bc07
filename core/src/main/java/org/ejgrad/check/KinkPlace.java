package org.ejgrad.check;

import org.ejgrad.check.DifferenceTable.Estimate;

/**
 * Where a kink that was seen along a line is: of the turn of the slope, a step shows all but the part which the kink's
 * distance from the point is of the step, and of any step noise can hide so much.
 */
final class KinkPlace {
    /** By how many times the noise a second difference can be off. */
    private static final double HIDDEN = 8;

    /** How near the point a kink must be to be at it, if that is not less than four units in the last place of it. */
    private static final double AT_THE_POINT = 0x1.0p-40;

    private static final int LOOKS = 4;

    private final LineFunction line;
    private final LineSamples samples;

    KinkPlace(LineFunction line, LineSamples samples) {
        this.line = line;
        this.samples = samples;
    }

    /**
     * How far the kink may be from the point; infinite if there is none. Looks nearer while that can tell which side it
     * is on, after which the samples may know of a kink no more.
     */
    double within() {
        double within = Double.POSITIVE_INFINITY;
        for (int looks = 0; looks < LOOKS && samples.isKinked(); looks++) {
            Estimate left = samples.table(Side.LEFT).best();
            Estimate right = samples.table(Side.RIGHT).best();
            within = samples.stencil().rows().stream()
                    .filter(Stencil.Row::hasBoth)
                    .mapToDouble(row -> within(row, left, right))
                    .reduce(Double.POSITIVE_INFINITY, Math::min);
            double next = within / 4;
            if (isAtThePoint(within) || next < line.least() / 8) {
                return within;
            }
            samples.add(next);
        }
        return within;
    }

    private double within(Stencil.Row row, Estimate left, Estimate right) {
        double turn = right.value() - left.value();
        double part = row.turn(samples.stencil().center()) / turn;
        double known = (left.bar() + right.bar()) * row.step() + HIDDEN * samples.noise(row);
        return part < 0.5 ? Double.POSITIVE_INFINITY : row.step() * Math.abs(1 - part) + known / Math.abs(turn);
    }

    /** Whether what is so near the point is at it, as far as numbers go. */
    boolean isAtThePoint(double distance) {
        return distance <= Math.max(AT_THE_POINT, line.least() / 4);
    }
}
