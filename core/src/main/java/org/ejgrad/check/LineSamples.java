package org.ejgrad.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejgrad.check.DifferenceTable.Estimate;

/**
 * What the values along a line say about the slope: looks at the function from far to near until a slope has settled
 * and no nearer look contradicts it.
 *
 * <p>When a slope has settled, three far smaller steps must confirm it, on each side and in sum; otherwise the function
 * has finer features than were seen, and the looks go on, down to a few units in the last place.
 */
final class LineSamples {
    /** Rows at which looks begin to count. */
    private static final int ENOUGH_ROWS = 4;

    private static final int MOST_ROWS = 90;
    /** A bar that is no wider than this fraction of the slope need not become narrower. */
    private static final double ENOUGH = 1e-11;

    /** The same for slopes on one side, which settle more slowly. */
    private static final double SHARP = 1e-10;

    /** A kink that turns the slope by a smaller part of it is none. */
    private static final double TRIFLE = 1e-6;

    /** How much sharper a slope can be known from the side without a kink than across the point. */
    private static final double SHARPER = 0.1;

    /** An estimate whose bar is no larger a part of it says something. */
    private static final double SETTLED = 0.1;

    /** What a slope leaves of the values may be such a part of the known noise: more is louder, 1/8 of it quieter. */
    private static final double LARGEST_PART = 2;

    private final LineFunction line;
    private final Stencil stencil;
    private final Map<Side, DifferenceTable> tables = new EnumMap<>(Side.class);
    private Noise noise;
    private Noise heard;
    private boolean hasListened;
    private OptionalInt settledAt = OptionalInt.empty();
    private final List<Estimate> settledSoFar = new ArrayList<>();

    /**
     * Looks along a line.
     *
     * @param noise as far as it is known, of the function in general; it is measured along the line when it matters
     */
    static LineSamples along(LineFunction line, double center, Noise noise) {
        return new LineSamples(line, center, noise, false).looked();
    }

    /** Samples at which nobody has looked yet. */
    LineSamples(LineFunction line, double center, Noise noise, boolean hasListened) {
        this.line = line;
        this.stencil = new Stencil(line, center);
        this.noise = noise;
        this.heard = noise;
        this.hasListened = hasListened;
    }

    /** Looks along a line of which nothing is known: listens first. */
    static LineSamples alone(LineFunction line, double center) {
        return new LineSamples(line, center, Noise.along(line, center), true).looked();
    }

    /** Remembers the number of the step at which the slope settled. */
    void setSettledAt(int step) {
        settledAt = OptionalInt.of(step);
    }

    /** The number of the step at which the slope settled, if nothing remarkable was seen. */
    OptionalInt settledAt() {
        return hasListened || isKinked() ? OptionalInt.empty() : settledAt;
    }

    private LineSamples looked() {
        expect(IntStream.range(0, ENOUGH_ROWS)
                .mapToDouble(n -> Steps.along(line, n))
                .filter(step -> step >= line.least())
                .toArray());
        for (int n = 0; stencil.rows().size() < MOST_ROWS; n++) {
            double regular = Steps.along(line, n);
            if (regular < line.least() && line.size() == 0) {
                listen();
            }
            if (regular < line.least()) {
                return this;
            }
            add(regular);
            if (n + 1 >= ENOUGH_ROWS
                    && isEnough()
                    && isConfirmed(regular, n)
                    && !hasFinerBends(table(Side.BOTH).best())) {
                setSettledAt(n);
                return this;
            }
        }
        return this;
    }

    private boolean hasFinerBends(Estimate best) {
        return best.exists() && !isKinked() && FinerSteps.bend(best, stencil, noise);
    }

    boolean isEnough() {
        Estimate best = table(Side.BOTH).best();
        note(best);
        if (isNarrow(best) || (isRounding() && table(Side.BOTH).isAtNoise())) {
            return true;
        }
        if (table(Side.BOTH).hasStalled()) {
            listen();
        }
        return table(Side.BOTH).noiseHasTakenOver();
    }

    /** Whether the noise may be that of rounding: neither waves nor steps. */
    boolean isRounding() {
        return noise.isRoundingOf(stencil.center());
    }

    private boolean isNarrow(Estimate estimate) {
        return estimate.bar() <= ENOUGH * Math.max(Math.abs(estimate.value()), stencil.steepest(estimate.step()));
    }

    /** The largest slope on either side about the step of an estimate, beyond its noise; 0 only if no value moves. */
    double clearest(Estimate estimate) {
        return stencil.near(estimate.step())
                .mapToDouble(row -> {
                    double slope = row.steepest(stencil.center());
                    double ofNoise = DifferenceTable.SAFETY * noise(row) / row.step();
                    return slope == 0 ? 0 : Math.max(Double.MIN_VALUE, slope - ofNoise);
                })
                .reduce(0, Math::max);
    }

    /** Remembers what has settled so far. */
    private void note(Estimate best) {
        if (best.exists()) {
            settledSoFar.add(best);
        }
    }

    private boolean isConfirmed(double regular, int n) {
        List<Estimate> before = settled();
        double[] all = Steps.probes(regular, n);
        if (line.size() == 0 && all[all.length - 1] < line.least()) {
            listen(); // which zooms
        }
        double[] probes = DoubleStream.of(all)
                .filter(probe -> probe >= line.least() && !stencil.hasNear(probe))
                .toArray();
        expect(probes);
        add(probes);
        boolean agrees = agreesWith(before, 2);
        if (agrees && (hasListened || isNarrow(table(Side.BOTH).best()) || isAsLoudAsThought())) {
            return true;
        }
        return (listen() || agrees) && agreesWith(before, Double.POSITIVE_INFINITY) && isEnough();
    }

    /** Whether the values at far smaller steps, negative to the left, are where the slope and the noise leave them. */
    boolean areConfirmedBy(double... probes) {
        return stencil.areOn(table(Side.BOTH).best(), noise.atLeast(LARGEST_PART * noise.level()), probes);
    }

    /** Whether what the values that confirm a slope leave of it is the noise that is known of the function. */
    private boolean isAsLoudAsThought() {
        double part = stencil.rest(table(Side.BOTH).best()) / noise.level();
        return part >= LARGEST_PART / 8 && part <= LARGEST_PART;
    }

    /** The slope across the point and, if they differ, those on both sides. */
    private List<Estimate> settled() {
        List<Estimate> settled = new ArrayList<>(List.of(table(Side.BOTH).best()));
        if (isKinked()) {
            settled.add(table(Side.LEFT).best());
            settled.add(table(Side.RIGHT).best());
        }
        return settled;
    }

    private boolean agreesWith(List<Estimate> before, double wider) {
        List<Estimate> now = settled();
        note(now.get(0));
        if (now.size() != before.size() || SlopeCheck.isSingular(bendExponent())) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            boolean isWider = now.get(i).bar() > wider * before.get(i).bar();
            if (!now.get(i).exists() || isWider || now.get(i).differsFrom(before.get(i))) {
                return false;
            }
        }
        return now.size() == 1 || (isSharp(Side.LEFT) && isSharp(Side.RIGHT));
    }

    private boolean isSharp(Side side) {
        Estimate slope = table(side).best();
        return slope.bar() <= SHARP * stencil.steepest(slope.step())
                || table(side).noiseHasTakenOver();
    }

    /** Measures the noise along this line, once; whether it is louder than was thought. */
    boolean listen() {
        Noise before = noise;
        if (!hasListened) {
            hasListened = true;
            setNoise(Noise.along(line, stencil.center()));
            heard = noise;
        }
        return !noise.equals(before);
    }

    /**
     * Looks from further away and between the steps, for a narrower bar. Where the bar is wide beside the slopes
     * nearby, it listens further off before: larger steps may have been contradicted by rounding alone.
     */
    void lookAround(double step, boolean isWide) {
        if (isWide) {
            heard = heard.atLeast(Noise.ofLongSum(line, stencil.center()));
            setNoise(noise.atLeast(heard.level()));
        }
        double[] steps = {step * 7.6417, step * 3.5683, step * 1.7793, step * 0.5411};
        expect(steps);
        add(steps);
        if (stencil.isStill()) {
            setNoise(noise.atLeast(Noise.ofSingle(line, stencil.center())));
        }
    }

    /** Takes what the slope leaves of the values at steps that confirmed it for noise, if that is more. */
    void hear() {
        setNoise(noise.atLeast(stencil.rest(table(Side.BOTH).best())));
    }

    /**
     * Measures the noise where the slope has been confirmed: an inner sum may be rounded more coarsely than near it.
     */
    void listenFurther() {
        listen();
        setNoise(noise.further(stencil, line));
    }

    /** Made again only when there are new values, or the noise is known to be another. */
    DifferenceTable table(Side side) {
        return tables.computeIfAbsent(side, any -> new DifferenceTable(stencil, side, noise));
    }

    private void expect(double... steps) {
        line.expect(Stencil.bothSides(steps).toArray());
    }

    void add(double... steps) {
        stencil.add(steps);
        tables.clear();
    }

    private void setNoise(Noise heard) {
        noise = heard;
        tables.clear();
    }

    /** The noise of the values at a step. */
    double noise(Stencil.Row row) {
        return stencil.noise(row, noise);
    }

    Noise noise() {
        return noise;
    }

    /** By how much half a unit in the last place of the argument moves the value, as seen about a step. */
    double ofArgument(double step) {
        return Noise.UNIT * line.size() * stencil.steepest(step);
    }

    Stencil stencil() {
        return stencil;
    }

    /** Whether the slopes on both sides are known and differ by more than a trifle. */
    boolean isKinked() {
        Estimate left = table(Side.LEFT).best();
        Estimate right = table(Side.RIGHT).best();
        return left.exists() && right.exists() && left.differsFrom(right) && isTurn(left, right);
    }

    private static boolean isTurn(Estimate left, Estimate right) {
        double larger = Math.max(Math.abs(left.value()), Math.abs(right.value()));
        return Math.abs(right.value() - left.value()) > TRIFLE * larger;
    }

    /** The slope across the point or, where it is sharper and the other side does not object, that of one side. */
    Estimate slope() {
        Estimate both = table(Side.BOTH).best();
        Estimate left = table(Side.LEFT).best();
        Estimate right = table(Side.RIGHT).best();
        Estimate best;
        Estimate across = both;
        if (left.exists() && right.exists() && !isKinked() && Math.max(left.bar(), right.bar()) < both.bar()) {
            double apart = Math.abs(left.value() - right.value());
            best = reached(
                    (left.bar() < right.bar() ? left : right).withBar(Math.max(left.bar(), right.bar()) + apart));
            across = best;
        } else if (isBeforeKink(left, right, both, Side.RIGHT)) {
            best = left.withBar(Math.max(left.bar(), SHARPER * both.bar()));
        } else if (isBeforeKink(right, left, both, Side.LEFT)) {
            best = right.withBar(Math.max(right.bar(), SHARPER * both.bar()));
        } else {
            best = reached(both);
        }
        if (hasFinerBends(across)) {
            best = FinerSteps.within(stencil, noise);
        }
        return floored(widened(best), left, right);
    }

    private Estimate reached(Estimate best) {
        return hasListened && best.exists() ? FinerSteps.reached(best, stencil, heard) : best;
    }

    /** The bar is no narrower than what rounding of the point and of the largest slopes near it does to the slope. */
    private Estimate floored(Estimate best, Estimate left, Estimate right) {
        double ofPoint = isKinked() ? 0 : Noise.UNIT * stencil.sharpestBend(best.step(), noise);
        double ofSlopes = 2 * Noise.UNIT * stencil.steepest(best.step());
        double ofTurn = left.exists() && right.exists() && left.differsFrom(right) && !isTurn(left, right)
                ? Math.abs(left.value() - right.value())
                : 0;
        return best.withBar(Math.max(best.bar(), Math.max(ofPoint + ofSlopes, ofTurn)));
    }

    /**
     * Whether there is a kink on the other side, so near that the steps before it are too small for a narrow bar; they
     * show however that the slope at the point is that of this side.
     */
    private boolean isBeforeKink(Estimate here, Estimate other, Estimate both, Side otherSide) {
        if (!here.exists()
                || !other.exists()
                || !both.exists()
                || here.bar() >= both.bar()
                || here.differsFrom(other)
                || here.differsFrom(both)) {
            return false;
        }
        DifferenceTable table = table(otherSide);
        Estimate beyond = table.best(table.rowsAbove(64 * other.step()));
        return beyond.exists()
                && beyond.differsFrom(here)
                && isTurn(here, beyond)
                && Math.max(other.bar(), both.bar()) <= SETTLED * Math.abs(beyond.value() - here.value());
    }

    /**
     * An estimate from nearby, where larger steps had stopped to become better long before: then the function jumps a
     * little between here and there, and its slope means no more than the larger steps tell.
     */
    private Estimate widened(Estimate best) {
        DifferenceTable table = table(Side.BOTH);
        int row = table.rowOf(best.step());
        Estimate coarse = row < 3 ? Estimate.NONE : table.best(row - 2);
        boolean stalled = coarse.exists() && row - table.rowOf(coarse.step()) >= 5;
        return stalled && coarse.isWithin(SETTLED) && coarse.bar() > 10 * best.bar() && !coarse.differsFrom(best)
                ? best.withBar(coarse.bar())
                : best;
    }

    /** Slopes settled at larger steps that smaller ones contradicted; not 0 where the function has come to nothing. */
    List<Estimate> overruled() {
        return settledSoFar.stream()
                .filter(slope()::differsFrom)
                .filter(estimate -> estimate.isWithin(1) || stencil.isInTheMiddle(estimate.step()))
                .toList();
    }

    /** How sharply the function bends at the point. */
    double bendExponent() {
        Bends bends = new Bends();
        for (Stencil.Row row : stencil.rows()) {
            if (row.hasBoth()) {
                bends.add(new Bends.Bend(row.step(), row.turn(stencil.center()) * row.step(), 16 * noise(row)));
            }
        }
        return bends.exponent();
    }
}
