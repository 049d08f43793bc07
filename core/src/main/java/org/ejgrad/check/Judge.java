package org.ejgrad.check;

import java.util.Locale;
import java.util.Optional;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.DifferenceTable.Side;

/** Compares one claimed slope with what can be measured along a line, and gives the verdict. */
final class Judge {
    /** Bars this much below the largest slope are negligible: an entry need not be certified to its own digits. */
    private static final double SMALL = 1e-3;

    /** A claimed slope carries rounding errors of its own. */
    private static final double ROUNDING = 0x1.0p-50;

    private static final double ENOUGH = 1e-11;

    /** Below this exponent of the second difference, a function bends too sharply to be smooth. */
    private static final double KINK = 0.3;

    private final double center;
    private final double noise;
    private final double tolerance;

    /** A measured slope that awaits the scale of the whole gradient, or a verdict that needs none. */
    record Finding(Estimate estimate, double liveliness, Optional<Verdict> verdict) {}

    Judge(double center, double noise, double tolerance) {
        this.center = center;
        this.noise = noise;
        this.tolerance = tolerance;
    }

    /** Measures the slope along a line. */
    Finding measure(Line line, double claimed) {
        DifferenceTable table = new DifferenceTable(line, center, noise, Side.BOTH);
        Estimate estimate = table.fill(line.reach() / 8, ENOUGH);
        if (Double.isNaN(claimed)) {
            return found(estimate, table, new Verdict.NonFinite("the claimed slope is NaN"));
        }
        if (table.lostLeft() || table.lostRight()) {
            return found(estimate, table, edge(line, claimed, table));
        }
        double exponent = table.bendExponent();
        if (exponent < KINK || Double.isInfinite(claimed) || isDoubtful(estimate, claimed)) {
            double fresh = Math.max(noise, Noise.estimate(line, center));
            DifferenceTable closer = new DifferenceTable(line, center, fresh, Side.BOTH);
            Estimate second = closer.fill(3.0 / 64 * line.reach(), 0);
            exponent = closer.bendExponent();
            if (exponent < KINK || Double.isInfinite(claimed)) {
                Optional<Verdict> verdict = kink(line, claimed, exponent);
                if (verdict.isPresent()) {
                    return found(estimate, table, verdict.get());
                }
            }
            estimate = reconciled(estimate, second, claimed);
        }
        if (Double.isInfinite(claimed)) {
            return found(estimate, table, new Verdict.NonFinite("the claimed slope is infinite"));
        }
        if (estimate.exists() && estimate.bar() > tolerance * Math.abs(claimed)) {
            estimate = widerSteps(line, estimate);
        }
        return new Finding(estimate, table.liveliness(), Optional.empty());
    }

    /** Whether the claim should be measured again before it is refuted: unless it is far off a narrow bar. */
    private boolean isDoubtful(Estimate estimate, double claimed) {
        double apart = Math.abs(claimed - estimate.value());
        boolean clear = apart > 1e3 * estimate.bar() && estimate.bar() <= 1e-8 * Math.abs(estimate.value());
        return !estimate.exists() || (apart > allowance(estimate, claimed) && !clear);
    }

    /** Two estimates with other steps: where they differ, the finer one is right, if it is clear at all. */
    private static Estimate reconciled(Estimate first, Estimate second, double claimed) {
        if (!first.exists() || !second.exists()) {
            return second;
        }
        if (Math.abs(first.value() - second.value()) > first.bar() + second.bar()) {
            boolean clear = second.step() < first.step() / 4 && second.bar() <= 0.01 * Math.abs(second.value());
            return clear ? second : Estimate.NONE;
        }
        return Math.abs(claimed - first.value()) > 100 * first.bar() ? first : second;
    }

    /** The verdict on a measured slope, given the largest slope of the whole gradient. */
    Verdict verdict(Finding finding, double claimed, double scale) {
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
        double apart = Math.abs(claimed - estimate.value());
        if (apart > bar) {
            return bar <= 0.1 * larger || apart > 10 * bar
                    ? new Verdict.Disagree(claimed / estimate.value())
                    : cannotTell(bar, larger);
        }
        if (bar <= tolerance * larger) {
            return new Verdict.Agree(bar / larger);
        }
        double slopes = Math.max(scale, finding.liveliness());
        if (bar <= tolerance * SMALL * slopes || slopes == 0) {
            return new Verdict.Negligible(bar, slopes);
        }
        return cannotTell(bar, larger);
    }

    private Verdict cannotTell(double bar, double larger) {
        double digits = Math.max(0, -Math.log10(bar / larger));
        String reason = String.format(
                Locale.ROOT,
                "the value %.3g trembles by %.1e, so no differences in double can give more than %.0f digits here",
                center,
                noise,
                Math.floor(digits));
        boolean dwarfed = Math.abs(center) > 1e4 * larger;
        return new Verdict.CannotTell(
                reason,
                dwarfed
                        ? "leave out the large constant part of the value, or check the part that varies alone"
                        : "check at a point where the slope is larger or the sum has less cancellation");
    }

    private double allowance(Estimate estimate, double claimed) {
        return estimate.bar() + ROUNDING * Math.max(Math.abs(claimed), Math.abs(estimate.value()));
    }

    /** The noise divided by the step is the floor of every bar: where it is too high, much larger steps may do. */
    private Estimate widerSteps(Line line, Estimate first) {
        Estimate wider = new DifferenceTable(line, center, noise, Side.BOTH).fill(2 * line.reach(), ENOUGH);
        boolean consistent = Math.abs(first.value() - wider.value()) <= first.bar() + wider.bar();
        return consistent && wider.bar() < first.bar() ? wider : first;
    }

    private Optional<Verdict> kink(Line line, double claimed, double exponent) {
        DifferenceTable leftTable = new DifferenceTable(line, center, noise, Side.LEFT);
        DifferenceTable rightTable = new DifferenceTable(line, center, noise, Side.RIGHT);
        Estimate left = leftTable.fill(line.reach() / 8, ENOUGH);
        Estimate right = rightTable.fill(line.reach() / 8, ENOUGH);
        if (exponent < -0.2 || !left.exists() || !right.exists()) {
            double growth = Double.isNaN(exponent) ? growth(line, 1) : exponent;
            return growth < -0.2 ? Optional.of(new Verdict.Singular(growth)) : Optional.empty();
        }
        double bars = left.bar() + right.bar();
        if (exponent < KINK && Math.abs(left.value() - right.value()) > bars) {
            return Optional.of(between(left.value(), right.value(), claimed, bars));
        }
        double growth = growth(line, 1);
        boolean grows = growth < -0.2 && Double.isInfinite(claimed);
        return grows ? Optional.of(new Verdict.Singular(growth)) : Optional.empty();
    }

    /** Whether a slope lies between two one-sided ones, and is the smallest in magnitude of those that do. */
    static Verdict between(double left, double right, double claimed, double bar) {
        double low = Math.min(left, right);
        double high = Math.max(left, right);
        if (claimed < low - bar || claimed > high + bar || Double.isNaN(claimed)) {
            return new Verdict.KinkOut(left, right);
        }
        double smallest = low > 0 ? low : high < 0 ? high : 0;
        return new Verdict.KinkIn(left, right, Math.abs(claimed - smallest) <= bar + ROUNDING * Math.abs(claimed));
    }

    private Verdict edge(Line line, double claimed, DifferenceTable both) {
        if (both.lostLeft() && both.lostRight()) {
            return new Verdict.NonFinite("the function is not finite on either side of the point");
        }
        Side side = both.lostLeft() ? Side.RIGHT : Side.LEFT;
        String name = side == Side.RIGHT ? "right" : "left";
        double growth = growth(line, side == Side.RIGHT ? 1 : -1);
        if (growth < -0.2) {
            return new Verdict.Singular(growth);
        }
        DifferenceTable table = new DifferenceTable(line, center, noise, side);
        Estimate slope = table.fill(line.reach() / 8, ENOUGH);
        double bar = allowance(slope, claimed);
        double larger = Math.max(Math.max(Math.abs(claimed), table.liveliness()), Math.abs(center));
        if (bar > 1e-4 * larger) {
            return new Verdict.CannotTell(
                    "the function is defined to the " + name + " only, and its slope there does not settle",
                    "check at a point inside the domain");
        }
        return new Verdict.Edge(name, slope.value(), slope.bar(), Math.abs(claimed - slope.value()) <= bar);
    }

    /** The exponent with which one-sided quotients grow as the step shrinks; about 0 where there is a slope. */
    private double growth(Line line, int sign) {
        double large = 0x1.0p-12 * line.reach();
        double small = 0x1.0p-24 * line.reach();
        double far = Math.abs(line.at(sign * large) - center) / large;
        double near = Math.abs(line.at(sign * small) - center) / small;
        boolean loud = Math.abs(line.at(sign * small) - center) > 16 * noise;
        return loud && Double.isFinite(far) && far > 0 ? Math.log(far / near) / Math.log(large / small) : Double.NaN;
    }

    private static Finding found(Estimate estimate, DifferenceTable table, Verdict verdict) {
        return new Finding(estimate, table.liveliness(), Optional.of(verdict));
    }
}
