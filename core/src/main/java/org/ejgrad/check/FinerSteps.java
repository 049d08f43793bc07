package org.ejgrad.check;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ejgrad.check.DifferenceTable.Estimate;

/**
 * What much finer steps say of an estimate: steps and tables that the function is made of can be so fine that it looks
 * smooth from afar, and then a claim may be right there and wrong here.
 */
final class FinerSteps {
    /** So much finer steps have hardly a part in an estimate. */
    private static final double FINER = 16;

    /** A quotient that is so many times its noise from an estimate contradicts it. */
    private static final double CLEAR = 16;

    /** By how much less the finest values are off, if it is not noise by which coarser ones are. */
    private static final double QUIETER = 8;

    /** How far a quotient across the point is from an estimate, and what of that the noise can be. */
    private record Quotient(double step, double apart, double noise) {
        double reach() {
            return apart + DifferenceTable.SAFETY * noise;
        }

        double moved() {
            return apart * step;
        }
    }

    private FinerSteps() {}

    /**
     * An estimate that finer quotients contradict, with a bar that reaches the nearest of those beyond, or the finest.
     *
     * @param heard the noise that was heard: half a unit of the argument is none where the function reads it as it is
     */
    static Estimate reached(Estimate estimate, Stencil stencil, Noise heard) {
        List<Quotient> all = stencil.rows().stream()
                .filter(Stencil.Row::hasBoth)
                .map(row -> quotient(row, estimate, stencil.heard(row, heard)))
                .toList();
        double bend = all.stream()
                .filter(q -> q.step >= 0.99 * estimate.step() && q.step <= 8 * estimate.step())
                .mapToDouble(q -> q.apart / (q.step * q.step))
                .reduce(0, Math::max);
        Predicate<Quotient> contradicts = q -> q.step <= estimate.step() / FINER
                && q.apart > estimate.bar() + CLEAR * q.noise + 2 * bend * q.step * q.step;
        List<Quotient> against = all.stream().filter(contradicts).toList();
        double moved = against.stream().mapToDouble(Quotient::moved).reduce(0, Math::max);
        if (against.isEmpty() || QUIETER * all.get(all.size() - 1).moved() > moved) {
            return estimate;
        }
        Quotient last = against.get(against.size() - 1);
        Stream<Quotient> beyond = all.stream().filter(q -> q.step < last.step);
        double reach = beyond.mapToDouble(Quotient::reach).min().orElse(last.reach());
        return estimate.withBar(Math.max(estimate.bar(), reach));
    }

    private static Quotient quotient(Stencil.Row row, Estimate estimate, double noise) {
        double width = row.left() + row.right();
        double slope = (row.atRight() - row.atLeft()) / width;
        return new Quotient(row.step(), Math.abs(slope - estimate.value()), 2 * noise / width);
    }

    /**
     * Whether the slope turns more between the sides of the smallest steps than of those of an estimate; where noise is
     * rounding, of the smallest at which it is seen to turn.
     */
    static boolean bend(Estimate estimate, Stencil stencil, Noise noise) {
        double center = stencil.center();
        Predicate<Stencil.Row> bends =
                row -> row.hasBoth() && row.step() < estimate.step() && isBent(row, stencil, noise);
        List<Stencil.Row> told = noise.isRoundingOf(center)
                ? stencil.rows().stream().filter(bends).toList()
                : stencil.rows();
        List<Stencil.Row> bent =
                told.stream().skip(Math.max(0, told.size() - 2)).filter(bends).toList();
        if (bent.isEmpty()) {
            return false;
        }
        double turnHere = stencil.rows().stream()
                .filter(row -> row.hasBoth() && row.step() >= estimate.step() / 2)
                .mapToDouble(row -> Math.abs(row.turn(center)) + 4 * stencil.noise(row, noise) / row.step())
                .reduce(0, Math::max);
        return bent.stream().anyMatch(row -> Math.abs(row.turn(center)) > 2 * turnHere);
    }

    /** The slope by steps of a bend that is finer than others, if it settles there. */
    static Estimate within(Stencil stencil, Noise noise) {
        for (int skipped = 1; skipped < stencil.rows().size(); skipped++) {
            Estimate best = new DifferenceTable(stencil.without(skipped), Side.BOTH, noise).best();
            if (best.exists() && !bend(best, stencil, noise)) {
                return best;
            }
        }
        return Estimate.NONE;
    }

    /** Whether the slope is seen to turn between the two sides of a step. */
    static boolean isBent(Stencil.Row row, Stencil stencil, Noise noise) {
        return Math.abs(row.turn(stencil.center())) * row.step() > 16 * stencil.noise(row, noise);
    }
}
