package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.ejgrad.check.DifferenceTable.Estimate;

/** The values of a function beside a point, at steps that were asked for in any order. */
final class Stencil {
    /** Steps up to so many times another are near it: what a function does further away says nothing of it here. */
    private static final double NEARBY = 256;

    /** By what part of the values their mean may differ from the value in the middle. */
    private static final double MIDDLE = 0x1.0p-4;

    /** By what part of itself a bend may be another at smaller steps. */
    private static final double BENT = 1e-3;

    private final LineFunction line;
    private final double center;
    private final List<Row> rows = new ArrayList<>();

    /**
     * The function at both ends of a step.
     *
     * @param step as it was asked for
     * @param left how far to the left the function was evaluated, after rounding
     * @param right how far to the right
     * @param atLeft its value there, which need not be finite
     * @param atRight its value to the right
     */
    record Row(double step, double left, double right, double atLeft, double atRight) {
        boolean hasLeft() {
            return Double.isFinite(atLeft) && left > 0;
        }

        boolean hasRight() {
            return Double.isFinite(atRight) && right > 0;
        }

        boolean hasBoth() {
            return hasLeft() && hasRight();
        }

        double slopeToLeft(double center) {
            return (center - atLeft) / left;
        }

        double slopeToRight(double center) {
            return (atRight - center) / right;
        }

        /** The larger slope to either side, without its sign. */
        double steepest(double center) {
            return Math.max(
                    hasLeft() ? Math.abs(slopeToLeft(center)) : 0, hasRight() ? Math.abs(slopeToRight(center)) : 0);
        }

        /** By how much the slope to the right exceeds that to the left. */
        double turn(double center) {
            return slopeToRight(center) - slopeToLeft(center);
        }
    }

    Stencil(LineFunction line, double center) {
        this.line = line;
        this.center = center;
    }

    double center() {
        return center;
    }

    /** All rows, the largest step first. */
    List<Row> rows() {
        return rows;
    }

    Row finest() {
        return rows.get(rows.size() - 1);
    }

    /** The same without the rows of the largest steps, so many of them. */
    Stencil without(int largest) {
        Stencil finer = new Stencil(line, center);
        finer.rows.addAll(rows.subList(largest, rows.size()));
        return finer;
    }

    /** Whether there is a row of about this step. */
    boolean hasNear(double step) {
        return rows.stream().anyMatch(row -> row.step < 8 * step && row.step > step / 8);
    }

    /** Steps to the left and to the right. */
    static DoubleStream bothSides(double... steps) {
        return DoubleStream.of(steps).flatMap(step -> DoubleStream.of(-step, step));
    }

    /** Evaluates at more steps. */
    void add(double... steps) {
        for (double step : steps) {
            rows.add(new Row(step, -line.step(-step), line.step(step), line.at(-step), line.at(step)));
        }
        rows.sort(Comparator.comparingDouble(Row::step).reversed());
    }

    /**
     * Whether the values at far smaller steps, negative to the left, are where a slope and the bend of the finest row
     * leave them: each by the safety of the bars, and all on average by the noise.
     */
    boolean areOn(Estimate slope, Noise noise, double... steps) {
        double squares = 0;
        for (double step : steps) {
            double value = line.at(step);
            double moved = line.step(step);
            double bend = finest().turn(center) / (finest().left + finest().right) * moved * moved;
            double rest = Math.abs(value - center - slope.value() * moved - bend);
            double known = slope.bar() * Math.abs(moved) + BENT * Math.abs(bend);
            double parts = Math.max(0, rest - known)
                    / noise(new Row(step, Math.abs(moved), Math.abs(moved), value, center), noise);
            if (!(parts <= DifferenceTable.SAFETY)) {
                return false;
            }
            squares += parts * parts;
        }
        return squares <= 2 * steps.length;
    }

    /** The rows about a step or, if no value moves there, about the smallest step at which one does. */
    Stream<Row> near(double step) {
        double about = moving(step);
        return between(about / 16, NEARBY * about);
    }

    private double moving(double step) {
        double moving = rows.stream()
                .filter(row -> row.step >= step / 16 && row.steepest(center) > 0)
                .mapToDouble(Row::step)
                .min()
                .orElse(step);
        return moving > NEARBY * step ? moving : step;
    }

    /** Whether no step moves the value. */
    boolean isStill() {
        return rows.stream().allMatch(row -> row.steepest(center) == 0);
    }

    /** The largest slope to either side about a step. */
    double steepest(double step) {
        double about = moving(step);
        return steepest(about / 16, NEARBY * about);
    }

    /** Whether the value at the point is about the mean of those at a step to either side. */
    boolean isInTheMiddle(double step) {
        return between(step / 2, 2 * step).filter(Row::hasBoth).allMatch(row -> {
            double size = Math.max(Math.abs(center), Math.max(Math.abs(row.atLeft), Math.abs(row.atRight)));
            return Math.abs(center - (row.atLeft / 2 + row.atRight / 2)) <= size * MIDDLE;
        });
    }

    /** A loop, for it runs through all rows for each of them. */
    private double steepest(double least, double most) {
        double steepest = 0;
        for (Row row : rows) {
            if (row.step >= least && row.step <= most) {
                steepest = Math.max(steepest, row.steepest(center));
            }
        }
        return steepest;
    }

    private Stream<Row> between(double least, double most) {
        return rows.stream().filter(row -> row.step >= least && row.step <= most);
    }

    /**
     * What a slope leaves of the values at far smaller steps than its own, per value; 0 if these are too few to tell.
     */
    double rest(Estimate slope) {
        List<Double> left = new ArrayList<>();
        for (Row row : rows) {
            if (row.hasBoth() && row.step < slope.step() / 16) {
                double width = row.left + row.right;
                double moved = row.atRight - row.atLeft - slope.value() * width;
                left.add(Math.max(0, Math.abs(moved) - slope.bar() * width));
            }
        }
        double unit = left.stream().mapToDouble(Math::abs).max().orElse(0);
        if (left.size() < 2 || unit == 0 || Double.isInfinite(unit)) {
            return left.size() < 2 ? 0 : unit;
        }
        double squares = left.stream().mapToDouble(v -> v / unit * (v / unit)).sum();
        return unit * Math.sqrt(squares / left.size() / 2);
    }

    /** The largest second derivative that can be seen at steps up to this one, times the size of what is varied. */
    double sharpestBend(double largest, Noise noise) {
        return rows.stream()
                .filter(row -> row.hasBoth() && row.step <= largest && FinerSteps.isBent(row, this, noise))
                .mapToDouble(row -> Math.abs(row.turn(center)) * (line.size() / row.step))
                .reduce(0, Math::max);
    }

    /**
     * The noise of the values at a step: at least half a unit in the last place of the largest, and what half a unit of
     * the argument does to them.
     */
    double noise(Row row, Noise noise) {
        // Slopes that cancel at the point are seen a little further away.
        double ofArgument = Noise.UNIT * line.size() * steepest(row.step, NEARBY * row.step);
        return Math.max(heard(row, noise), ofArgument);
    }

    /** The same without that of the argument, which a function that reads it as it is has none of. */
    double heard(Row row, Noise noise) {
        double left = row.hasLeft() ? Math.abs(row.atLeft) : 0;
        double right = row.hasRight() ? Math.abs(row.atRight) : 0;
        return Math.max(noise.level(), Noise.UNIT * Math.max(left, right));
    }
}
