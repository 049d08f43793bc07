package org.ejgrad.check;

import java.util.Locale;
import java.util.Optional;
import org.ejgrad.Elementary;
import org.ejgrad.check.DifferenceTable.Estimate;

/** Compares a claimed slope with what can be measured along a line, and gives the verdict. */
final class SlopeCheck {
    /** Bars this much below the largest slope are negligible: an entry need not be certified to its own digits. */
    private static final double SMALL = 1e-3;

    /** A claimed slope carries rounding errors of its own. */
    private static final double ROUNDING = 0x1.0p-50;

    private static final Verdict INFINITE = new Verdict.NonFinite("the claimed slope is infinite");

    private final double center;
    private final double noise;
    private final double tolerance;

    /** A measured slope that awaits the scale of the whole gradient, or a verdict that needs none. */
    record MeasuredSlope(Estimate estimate, double steepest, Optional<Verdict> verdict) {
        MeasuredSlope with(Verdict other) {
            return new MeasuredSlope(estimate, steepest, Optional.of(other));
        }
    }

    SlopeCheck(double center, double noise, double tolerance) {
        this.center = center;
        this.noise = noise;
        this.tolerance = tolerance;
    }

    /** A kink in one argument looks like noise in a direction that moves all: then each line has its own noise. */
    SlopeCheck withNoiseAlong(LineFunction line) {
        return isNoisy(noise, center) ? new SlopeCheck(center, Noise.estimate(line, center), tolerance) : this;
    }

    static boolean isNoisy(double noise, double value) {
        return noise > 16 * Noise.UNIT * Math.abs(value);
    }

    /** Measures the slope along a line. */
    MeasuredSlope measure(LineFunction line, double claimed) {
        DifferenceTable table = table(line, Side.BOTH);
        Estimate estimate = table.fill();
        if (Double.isNaN(claimed)) {
            return found(estimate, table, new Verdict.NonFinite("the claimed slope is NaN"));
        }
        if (table.lostLeft() || table.lostRight()) {
            return found(estimate, table, edge(line, claimed, table));
        }
        if (isSharp(table.bendExponent()) || Double.isInfinite(claimed) || isDoubtful(estimate, claimed)) {
            double fresh = Math.max(noise, Noise.estimate(line, center));
            DifferenceTable closer = new DifferenceTable(line, center, fresh, Side.BOTH);
            Estimate second = closer.fill(3.0 / 64 * line.reach(), 0);
            Optional<Verdict> verdict = unsmooth(line, claimed, closer.bendExponent());
            if (verdict.isPresent()) {
                return found(estimate, table, verdict.get());
            }
            estimate = reconciled(estimate, second, claimed);
        }
        if (Double.isInfinite(claimed)) {
            return found(estimate, table, INFINITE);
        }
        if (estimate.bar() > tolerance * Math.abs(claimed)) {
            // The noise divided by the step is the floor of every bar: where it is too high, much larger steps may do.
            estimate = narrower(estimate, table(line, Side.BOTH).fill(2 * line.reach(), DifferenceTable.ENOUGH));
        }
        return new MeasuredSlope(estimate, table.steepest(), Optional.empty());
    }

    private DifferenceTable table(LineFunction line, Side side) {
        return new DifferenceTable(line, center, noise, side);
    }

    /** Whether a function with this exponent of the second difference bends too sharply to be smooth. */
    static boolean isSharp(double exponent) {
        return exponent < 0.3;
    }

    /** Whether difference quotients that go like step^exponent have no limit. */
    static boolean isSingular(double exponent) {
        return exponent < -0.2;
    }

    /** Whether the claim should be measured again: before it is refuted, or where there is no measured slope. */
    static boolean isDoubtful(Estimate estimate, double claimed) {
        return !(Math.abs(claimed - estimate.value()) <= allowance(estimate, claimed));
    }

    /** Two estimates with other steps: where they differ, the finer one is right, if it is clear at all. */
    static Estimate reconciled(Estimate first, Estimate second, double claimed) {
        if (!first.exists() || !second.exists()) {
            return second;
        }
        if (differ(first, second)) {
            boolean clear = second.step() < first.step() / 4 && second.bar() <= 0.01 * Math.abs(second.value());
            return clear ? second : Estimate.NONE;
        }
        return Math.abs(claimed - first.value()) > 100 * first.bar() ? first : second;
    }

    /** The second estimate if it agrees with the first and is sharper. */
    static Estimate narrower(Estimate first, Estimate second) {
        return second.bar() < first.bar() && !differ(first, second) ? second : first;
    }

    static boolean differ(Estimate first, Estimate second) {
        return Math.abs(first.value() - second.value()) > first.bar() + second.bar();
    }

    /** The verdict on a measured slope, given the largest slope of the whole gradient. */
    Verdict verdict(MeasuredSlope finding, double claimed, double scale) {
        if (finding.verdict().isPresent()) {
            return finding.verdict().get();
        }
        Estimate estimate = finding.estimate();
        if (!estimate.exists()) {
            return new Verdict.CannotTell(
                    "the difference quotients do not settle at any step",
                    "check at a point where the function is calmer");
        }
        double bar = allowance(estimate, claimed);
        double larger = Math.max(Math.abs(claimed), Math.abs(estimate.value()));
        if (Math.abs(claimed - estimate.value()) > bar) {
            return bar <= 0.1 * larger ? new Verdict.Disagree(claimed / estimate.value()) : cannotTell(bar, larger);
        }
        if (bar <= tolerance * larger) {
            return new Verdict.Agree(bar / Math.max(larger, Double.MIN_NORMAL));
        }
        double slopes = Math.max(scale, finding.steepest());
        if (bar <= tolerance * SMALL * slopes || slopes == 0) {
            return new Verdict.Negligible(bar, slopes);
        }
        return cannotTell(bar, larger);
    }

    private Verdict cannotTell(double bar, double larger) {
        String reason = String.format(
                Locale.ROOT,
                "the value %.3g trembles by %.1e, so no differences in double can give more than %.0f digits here",
                center,
                noise,
                Math.floor(Math.max(0, Elementary.log10(larger / bar))));
        boolean dwarfed = Math.abs(center) > 1e4 * larger;
        return new Verdict.CannotTell(
                reason,
                dwarfed
                        ? "leave out the large constant part of the value, or check the part that varies alone"
                        : "check at a point where the slope is larger or the sum has less cancellation");
    }

    private static double allowance(Estimate estimate, double claimed) {
        return estimate.bar() + ROUNDING * Math.max(Math.abs(claimed), Math.abs(estimate.value()));
    }

    private Optional<Verdict> unsmooth(LineFunction line, double claimed, double exponent) {
        if (isSingular(exponent)) {
            return Optional.of(new Verdict.Singular(exponent));
        }
        if (Double.isInfinite(claimed)) {
            double growth = growth(line, 1);
            if (isSingular(growth)) {
                return Optional.of(new Verdict.Singular(growth));
            }
        }
        if (isSharp(exponent)) {
            Estimate left = table(line, Side.LEFT).fill();
            Estimate right = table(line, Side.RIGHT).fill();
            if (differ(left, right)) {
                return Optional.of(between(left, right, claimed));
            }
        }
        return Optional.empty();
    }

    /** Whether a slope lies between two one-sided ones, and is the smallest in magnitude of those that do. */
    static Verdict between(Estimate left, Estimate right, double claimed) {
        if (!isBetween(left, right, claimed)) {
            return new Verdict.KinkOut(left.value(), right.value());
        }
        double low = Math.min(left.value(), right.value());
        double high = Math.max(left.value(), right.value());
        double smallest = Math.max(low, Math.min(0, high));
        boolean follows = Math.abs(claimed - smallest) <= left.bar() + right.bar() + ROUNDING * Math.abs(claimed);
        return new Verdict.KinkIn(left.value(), right.value(), follows);
    }

    static boolean isBetween(Estimate left, Estimate right, double claimed) {
        double bars = left.bar() + right.bar();
        return claimed >= Math.min(left.value(), right.value()) - bars
                && claimed <= Math.max(left.value(), right.value()) + bars;
    }

    private Verdict edge(LineFunction line, double claimed, DifferenceTable both) {
        if (both.lostLeft() && both.lostRight()) {
            return new Verdict.NonFinite("the function is not finite on either side of the point");
        }
        Side side = both.lostLeft() ? Side.RIGHT : Side.LEFT;
        double growth = growth(line, side == Side.RIGHT ? 1 : -1);
        if (isSingular(growth)) {
            return new Verdict.Singular(growth);
        }
        if (Double.isInfinite(claimed)) {
            return INFINITE;
        }
        DifferenceTable table = table(line, side);
        Estimate slope = table.fill();
        return edge(side, slope, claimed, Math.max(table.steepest(), Math.abs(center)));
    }

    /** The verdict on the slope on the only side that there is, given how large the function and its slopes are. */
    static Verdict edge(Side side, Estimate slope, double claimed, double scale) {
        double bar = allowance(slope, claimed);
        if (bar > 1e-4 * Math.max(Math.abs(claimed), scale)) {
            return new Verdict.CannotTell(
                    "the function is defined to the " + side + " only, and its slope there does not settle",
                    "check at a point inside the domain");
        }
        return new Verdict.Edge(side, slope.value(), slope.bar(), Math.abs(claimed - slope.value()) <= bar);
    }

    /** The exponent with which one-sided quotients grow as the step shrinks; about 0 where there is a slope. */
    double growth(LineFunction line, int sign) {
        double large = 0x1.0p-12 * line.reach();
        double small = 0x1.0p-24 * line.reach();
        double far = Math.abs(line.at(sign * large) - center);
        double near = Math.abs(line.at(sign * small) - center);
        return near > 16 * noise && far > 0
                ? Elementary.log(far / near) / Elementary.log(large / small) - 1
                : Double.NaN;
    }

    private static MeasuredSlope found(Estimate estimate, DifferenceTable table, Verdict verdict) {
        return new MeasuredSlope(estimate, table.steepest(), Optional.of(verdict));
    }
}
