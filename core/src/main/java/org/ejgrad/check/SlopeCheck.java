package org.ejgrad.check;

import static org.ejgrad.check.Hypotheses.text;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ejgrad.Elementary;
import org.ejgrad.check.DifferenceTable.Estimate;
import org.ejgrad.check.GradientCheck.Settings;

/** Compares a claimed slope with what can be measured along a line, and gives the verdict. */
final class SlopeCheck {
    /** A claimed slope carries rounding errors of its own. */
    private static final double ROUNDING = 0x1.0p-50;

    /** A difference of so many bars refutes. */
    private static final double REFUTING = 4;

    /** Nor does so small a part of the figures: not even the function may be so exact. */
    private static final double REFUTING_PART = 1e-10;

    /** Bars up to this part of the larger figure refute. */
    private static final double CLEAR = 0.1;

    /** Values that move by fewer times their noise say nothing of a slope, unless it is the noise of rounding. */
    private static final double BURIED = 8;

    private static final Verdict INFINITE = new Verdict.NonFinite("the claimed slope is infinite");

    private final double center;
    private final Noise noise;
    private final double tolerance;
    private final boolean anySubgradient;

    SlopeCheck(double center, Noise noise, Settings settings) {
        this.center = center;
        this.noise = noise;
        this.tolerance = settings.tolerance();
        this.anySubgradient = settings.anySubgradient();
    }

    boolean acceptsAnySubgradient() {
        return anySubgradient;
    }

    /** Whether a bar is narrow enough to certify a slope, given how large slopes are. */
    boolean isNarrow(Estimate estimate, double slopes) {
        return estimate.bar() <= tolerance * slopes;
    }

    /** Measures the slope along a line of a foreign function, which may have another noise on every line. */
    MeasuredSlope measureAlone(LineFunction line, double claimed) {
        LineSamples samples = LineSamples.alone(line, center);
        samples.hear();
        return measured(line, samples, claimed);
    }

    /** Measures the slope along a line. */
    MeasuredSlope measure(LineFunction line, double claimed) {
        LineSamples samples = likeTheLast(line, claimed).orElseGet(() -> LineSamples.along(line, center, noise));
        line.ladder().settledAt(isCertain(samples.slope(), claimed) ? samples.settledAt() : OptionalInt.empty());
        return measured(line, samples, claimed);
    }

    private boolean isCertain(Estimate slope, double claimed) {
        return !isDoubtful(slope, claimed) && slope.bar() <= tolerance * Math.abs(claimed);
    }

    /** A look at a few steps only, where that is enough to confirm the claim. */
    private Optional<LineSamples> likeTheLast(LineFunction line, double claimed) {
        return line.ladder().look(line, center, noise).filter(samples -> isCertain(samples.slope(), claimed));
    }

    private MeasuredSlope measured(LineFunction line, LineSamples samples, double claimed) {
        Estimate estimate = samples.slope();
        if (Double.isNaN(claimed)) {
            return found(samples, estimate, new Verdict.NonFinite("the claimed slope is NaN"));
        }
        Stencil.Row finest = samples.stencil().finest();
        if (!finest.hasBoth()) {
            return found(samples, estimate, edge(line, samples, claimed, finest));
        }
        if (samples.isKinked()
                || isSingular(samples.bendExponent())
                || Double.isInfinite(claimed)
                || isDoubtful(estimate, claimed)) {
            samples.listenFurther();
            Optional<MeasuredSlope> unsmooth = unsmooth(line, samples, claimed);
            if (unsmooth.isPresent()) {
                return unsmooth.get();
            }
        }
        if (Double.isInfinite(claimed)) {
            return found(samples, samples.slope(), INFINITE);
        }
        Estimate slope = samples.slope();
        if (slope.exists() && slope.bar() > tolerance * Math.abs(claimed)) {
            // The noise divided by the step is the floor of every bar: where it is too high, larger steps may do.
            double steepest = samples.stencil().steepest(slope.step());
            samples.lookAround(slope.step(), steepest > 0 && !isNarrow(slope, steepest));
            if (samples.isKinked() && isDoubtful(samples.slope(), claimed)) {
                Optional<MeasuredSlope> unsmooth = unsmooth(line, samples, claimed);
                if (unsmooth.isPresent()) {
                    return unsmooth.get();
                }
            }
        }
        Optional<Verdict> quantised = quantised(samples, claimed);
        return quantised
                .map(verdict -> found(samples, Estimate.NONE, verdict))
                .orElseGet(() -> found(samples, samples.slope()));
    }

    /** At a kink, the slope of the side that the claim is nearer to; if that is in doubt, it may be the other's. */
    private static Estimate figure(LineSamples samples, Verdict verdict, double claimed) {
        Estimate left = samples.table(Side.LEFT).best();
        Estimate right = samples.table(Side.RIGHT).best();
        boolean isInDoubt = verdict instanceof Verdict.CannotTell;
        if (isInDoubt && samples.noise().hidesSteps()) {
            return Estimate.NONE;
        }
        boolean isLeft = Math.abs(claimed - left.value()) < Math.abs(claimed - right.value());
        Estimate nearer = isLeft ? left : right;
        double other = Math.abs(left.value() - right.value()) + (isLeft ? right : left).bar();
        return isInDoubt ? nearer.withBar(Math.max(nearer.bar(), other)) : nearer;
    }

    /** Whether a function with this exponent of the second difference bends too sharply to be smooth. */
    static boolean isSingular(double exponent) {
        return exponent < -0.2;
    }

    /** Whether the claim should be measured again: before it is refuted, or where there is no measured slope. */
    static boolean isDoubtful(Estimate estimate, double claimed) {
        return !(Math.abs(claimed - estimate.value()) <= allowance(estimate, claimed));
    }

    /**
     * The verdict on a measured slope.
     *
     * @param scale the largest slope of the whole gradient
     * @param terms the sum of the sizes of what was added up to the claim
     */
    Verdict verdict(MeasuredSlope finding, double claimed, double scale, double terms) {
        if (finding.verdict().isPresent()) {
            return finding.verdict().get();
        }
        Estimate estimate = finding.estimate();
        if (!estimate.exists()) {
            return new Verdict.CannotTell(
                    "the difference quotients do not settle at any step",
                    "check at a point where the function is calmer");
        }
        double bar = allowance(estimate, claimed) + ROUNDING * terms;
        double larger = Math.max(Math.abs(claimed), Math.abs(estimate.value()));
        double apart = Math.abs(claimed - estimate.value());
        if (apart > bar) {
            boolean isNear = apart <= REFUTING * bar || apart <= REFUTING_PART * larger;
            if (isNear && bar <= CLEAR * larger) {
                return new Verdict.CannotTell(
                        text(
                                "the claim is %.1f error bars off, too few to refute it and too many to pass it",
                                apart / bar),
                        "compute value and claim more exactly, or check at a point where they are better conditioned");
            }
            if (finding.elsewhere().stream()
                    .anyMatch(other -> other.bar() <= CLEAR * larger && !isDoubtful(other, claimed))) {
                return new Verdict.CannotTell(
                        "the claim is the slope at larger steps, but the function has finer features",
                        "smooth or scale the function, or check at a point where it is calmer");
            }
            return !isNear && bar <= CLEAR * larger
                    ? new Verdict.Disagree(claimed / estimate.value())
                    : cannotTell(finding, larger);
        }
        if (bar <= tolerance * larger) {
            return new Verdict.Agree(bar / Math.max(larger, Double.MIN_NORMAL));
        }
        double slopes = Math.max(scale, finding.steepest());
        if (bar <= tolerance * slopes || (slopes == 0 && claimed == 0)) {
            return new Verdict.Negligible(bar, slopes);
        }
        return cannotTell(finding, larger);
    }

    private Verdict cannotTell(MeasuredSlope finding, double larger) {
        if (finding.steepest() == 0 && finding.estimate().value() == 0) {
            return new Verdict.CannotTell(
                    text(
                            "no step moves the value %.3g, and slopes up to %.1e would not either",
                            center, finding.estimate().bar()),
                    "leave out the constant part of the value, or check the part that varies alone");
        }
        double digits = Math.max(0, Elementary.log10(larger / finding.inDoubt().bar()));
        boolean isOfArgument = finding.ofArgument() > BURIED * finding.noise();
        String reason = text(
                "%s, and the differences that were tried tell %.0f digits of the slope",
                isOfArgument
                        ? text(
                                "half a unit in the last place of the argument moves the value %.3g by %.1e",
                                center, finding.ofArgument())
                        : text("the value %.3g trembles by %.1e", center, finding.noise()),
                Math.floor(digits));
        if (isOfArgument) {
            return new Verdict.CannotTell(reason, "check at a smaller argument");
        }
        boolean dwarfed = Math.abs(center) > 1e4 * larger;
        return new Verdict.CannotTell(
                reason,
                dwarfed
                        ? "leave out the large constant part of the value, or check the part that varies alone"
                        : "check at a point where the slope is larger, the function calmer or the sum has less"
                                + " cancellation");
    }

    private static double allowance(Estimate estimate, double claimed) {
        return estimate.bar() + ROUNDING * Math.max(Math.abs(claimed), Math.abs(estimate.value()));
    }

    /** What is found where there is a kink or no slope. */
    private Optional<MeasuredSlope> unsmooth(LineFunction line, LineSamples samples, double claimed) {
        if (isSingular(samples.bendExponent())) {
            lookNearer(line, samples, Math.abs(samples.stencil().finest().turn(center)));
            double exponent = samples.bendExponent();
            if (isSingular(exponent)) {
                return Optional.of(found(samples, Estimate.NONE, new Verdict.Singular(exponent)));
            }
        }
        if (Double.isInfinite(claimed)) {
            double growth = growth(line, 1);
            if (isSingular(growth)) {
                return Optional.of(found(samples, Estimate.NONE, new Verdict.Singular(growth)));
            }
        }
        if (!samples.isKinked()) {
            return Optional.empty();
        }
        KinkPlace place = new KinkPlace(line, samples);
        double within = place.within();
        if (!samples.isKinked()) {
            return Optional.empty();
        }
        boolean isAtThePoint = place.isAtThePoint(within);
        Verdict verdict = kink(samples, within, isAtThePoint, claimed);
        MeasuredSlope found = found(samples, figure(samples, verdict, claimed), verdict);
        return Optional.of(isAtThePoint ? found : found.hiding(within));
    }

    /** Looks as near as a turn of the slope by so much, at the point or beside it, would be seen. */
    private static void lookNearer(LineFunction line, LineSamples samples, double turn) {
        Stencil seen = samples.stencil();
        for (Stencil.Row row = seen.finest(); 16 * samples.noise(row) < row.step() * turn; row = seen.finest()) {
            double smaller = Math.scalb(row.step() * Steps.irregular(seen.rows().size()), -5);
            double next = Math.min(row.step() / 2, Math.max(smaller, 17 * samples.noise(row) / turn));
            if (next < line.least() / 8) {
                return;
            }
            samples.add(next);
        }
    }

    /** The verdict where the slopes on the two sides differ. */
    private Verdict kink(LineSamples samples, double within, boolean isAtThePoint, double claimed) {
        Estimate left = samples.table(Side.LEFT).best();
        Estimate right = samples.table(Side.RIGHT).best();
        if (!isAtThePoint) {
            return new Verdict.CannotTell(
                    text(
                            "there is a kink within %.1e of the point, slopes %.6g | %.6g, and the noise hides on which side",
                            within, left.value(), right.value()),
                    "check at a point further from it");
        }
        double slopes = Math.max(Math.abs(left.value()), Math.abs(right.value()));
        if (!(left.bar() + right.bar() <= tolerance * slopes) && isBetween(left, right, claimed)) {
            return new Verdict.CannotTell(
                    text(
                            "the slopes beside the kink, %.6g ± %.1e and %.6g ± %.1e, are not known well enough",
                            left.value(), left.bar(), right.value(), right.bar()),
                    "check at a point further from it, or set a wider tolerance");
        }
        return between(left, right, claimed);
    }

    /** Whether a slope lies between two one-sided ones. */
    static Verdict between(Estimate left, Estimate right, double claimed) {
        return isBetween(left, right, claimed)
                ? new Verdict.KinkIn(left.value(), right.value(), Verdict.KinkIn.Choice.FREE)
                : new Verdict.KinkOut(left.value(), right.value());
    }

    /**
     * The verdict along a direction of a function whose choice at a kink is unknown. Several arguments may be at kinks
     * at once: a right gradient need not lie between the two slopes then, and of the many that do most are wrong.
     */
    static Verdict alongDirection(Verdict verdict) {
        if (verdict instanceof Verdict.KinkIn in) {
            return throughKinks(in.left(), in.right());
        }
        return verdict instanceof Verdict.KinkOut out ? throughKinks(out.left(), out.right()) : verdict;
    }

    private static Verdict throughKinks(double left, double right) {
        return new Verdict.CannotTell(
                text("the direction leaves one or more kinks, slopes %.6g | %.6g", left, right),
                "check every entry, or at a point away from kinks");
    }

    static boolean isBetween(Estimate left, Estimate right, double claimed) {
        double bars = left.bar() + right.bar();
        return claimed >= Math.min(left.value(), right.value()) - bars
                && claimed <= Math.max(left.value(), right.value()) + bars;
    }

    /** A verdict where noise is all there is, or the values stand still near the point and then move in steps. */
    private Optional<Verdict> quantised(LineSamples samples, double claimed) {
        Noise heard = samples.noise();
        if (samples.stencil().isStill()) {
            return Optional.empty();
        }
        double moved = samples.stencil().rows().stream()
                .mapToDouble(row -> row.steepest(center) * row.step())
                .reduce(0, Math::max);
        if (!samples.isRounding() && moved < BURIED * heard.level()) {
            return Optional.of(new Verdict.CannotTell(
                    text(
                            "the values tremble by %.1e beside the point, as much as they move further away",
                            heard.level()),
                    "check at a point where the function is calmer, or scale its argument"));
        }
        if (heard.isFlat() && claimed != 0) {
            return Optional.of(new Verdict.CannotTell(
                    "the values move in steps, and between two of them the slope is 0",
                    "check the function before it is rounded"));
        }
        return heard.hidesSteps()
                ? Optional.of(new Verdict.CannotTell(
                        text(
                                "the values stand still for about %.1e and then move in steps of about %.1e",
                                heard.still(), 2 * heard.level()),
                        "check the function before it is rounded, or without the sum that leaves it few digits"))
                : Optional.empty();
    }

    private Verdict edge(LineFunction line, LineSamples samples, double claimed, Stencil.Row finest) {
        if (!finest.hasLeft() && !finest.hasRight()) {
            return new Verdict.NonFinite("the function is not finite on either side of the point");
        }
        Side side = finest.hasLeft() ? Side.LEFT : Side.RIGHT;
        double growth = growth(line, side == Side.RIGHT ? 1 : -1);
        if (isSingular(growth)) {
            return new Verdict.Singular(growth);
        }
        if (Double.isInfinite(claimed)) {
            return INFINITE;
        }
        Estimate slope = samples.table(side).best();
        double steepest = samples.stencil().steepest(slope.step());
        return edge(side, slope, claimed, Math.max(steepest, Math.abs(center)));
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
    private double growth(LineFunction line, int sign) {
        double large = 0x1.0p-12 * line.reach();
        double small = 0x1.0p-24 * line.reach();
        double far = Math.abs(line.at(sign * large) - center);
        double near = Math.abs(line.at(sign * small) - center);
        return near > 16 * Noise.UNIT * Math.max(Math.abs(center), far) && far > 0
                ? Elementary.log(far / near) / Elementary.log(large / small) - 1
                : Double.NaN;
    }

    private static MeasuredSlope found(LineSamples samples, Estimate estimate) {
        return new MeasuredSlope(
                estimate,
                samples.clearest(estimate),
                samples.noise().level(),
                samples.ofArgument(estimate.step()),
                List.copyOf(samples.overruled()),
                Double.POSITIVE_INFINITY,
                Optional.empty());
    }

    private static MeasuredSlope found(LineSamples samples, Estimate estimate, Verdict verdict) {
        return found(samples, estimate).with(verdict);
    }
}
