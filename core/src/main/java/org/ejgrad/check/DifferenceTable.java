package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Difference quotients at shrinking steps, extrapolated to step 0, each with two error terms.
 *
 * <p>Column 0 holds plain quotients; column j removes one more power of the step (Aitken and Neville; Ridders 1982).
 * Beside each estimate stands what is known of its error: how far it is from the farther of the two estimates that it
 * was made of (truncation), and what the noise of the function's values can have done to it, propagated with absolute
 * weights (rounding). Steps at which the function is not finite, and all larger ones, are left out: that is how the
 * edge of a domain is met.
 */
final class DifferenceTable {
    private static final int EXTRAPOLATIONS = 7;

    /** The certificate is this many times the estimated error. */
    static final double SAFETY = 4;

    /** The power of the step that the error of a quotient goes with. */
    private final int order;

    private final List<Row> rows = new ArrayList<>();

    /** A derivative with its error bar, and the step whose row it came from; NaN if there is none. */
    record Estimate(double value, double bar, double step) {
        static final Estimate NONE = new Estimate(Double.NaN, Double.POSITIVE_INFINITY, Double.NaN);

        boolean exists() {
            return !Double.isNaN(value);
        }

        /** Whether the two cannot both be right. */
        boolean differsFrom(Estimate other) {
            return Math.abs(value - other.value) > bar + other.bar;
        }

        /** Whether the bar is that small a part of the figure. */
        boolean isWithin(double fraction) {
            return bar <= fraction * Math.abs(value);
        }

        Estimate withBar(double other) {
            return new Estimate(value, other, step);
        }
    }

    /** One estimate in the table, what noise can have done to it, and how wrong it may be in all. */
    record Cell(double value, double noise, double error) {
        /** The next column: one power of the step less, given the estimate above and how much that power shrank. */
        Cell extrapolated(Cell above, double power) {
            double next = (power * value - above.value) / (power - 1);
            double nextNoise = (power * noise + above.noise) / (power - 1);
            return new Cell(next, nextNoise, nextNoise + Math.abs(next - above.value));
        }

        /** Whether noise is no small part of the error. */
        boolean isNoisy() {
            return noise >= 0.2 * error;
        }
    }

    private record Row(double step, List<Cell> cells, Cell best) {}

    /** The quotients on one side or across the point. */
    DifferenceTable(Stencil stencil, Side side, Noise noise) {
        order = side == Side.BOTH ? 2 : 1;
        for (Stencil.Row row : stencil.rows()) {
            if (side == Side.LEFT ? row.hasLeft() : side == Side.RIGHT ? row.hasRight() : row.hasBoth()) {
                add(row, stencil.center(), side, stencil.noise(row, noise));
            } else {
                rows.clear();
            }
        }
    }

    private void add(Stencil.Row row, double center, Side side, double noise) {
        double right = side == Side.LEFT ? center : row.atRight();
        double left = side == Side.RIGHT ? center : row.atLeft();
        double width = (side == Side.LEFT ? 0 : row.right()) + (side == Side.RIGHT ? 0 : row.left());
        double step = side == Side.BOTH ? width / 2 : width;
        double slope = (right - left) / width;
        double noiseOfSlope = 2 * noise / width;
        List<Cell> cells = new ArrayList<>();
        if (rows.isEmpty()) {
            cells.add(new Cell(slope, noiseOfSlope, Double.POSITIVE_INFINITY));
        } else {
            List<Cell> above = rows.get(rows.size() - 1).cells;
            double moved = Math.abs(slope - above.get(0).value);
            Cell cell = new Cell(slope, noiseOfSlope, moved + noiseOfSlope);
            cells.add(cell);
            for (int j = 0; j < Math.min(above.size(), EXTRAPOLATIONS); j++) {
                double ratio = rows.get(rows.size() - 1 - j).step / step;
                cell = cell.extrapolated(above.get(j), order == 2 ? ratio * ratio : ratio);
                cells.add(cell);
            }
        }
        rows.add(new Row(step, cells, Collections.min(cells, Comparator.comparingDouble(Cell::error))));
    }

    int size() {
        return rows.size();
    }

    /** How many rows have larger steps than this. */
    int rowsAbove(double step) {
        return (int) rows.stream().filter(row -> row.step > step).count();
    }

    /** Which row has this step, counted from the coarsest; −1 if none. */
    int rowOf(double step) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).step == step) {
                return i;
            }
        }
        return -1;
    }

    /** The estimate of smallest error that no finer row contradicts: a step that skips whole waves is contradicted. */
    Estimate best() {
        return best(rows.size());
    }

    /** The same of the coarsest rows alone, so many of them. */
    Estimate best(int count) {
        Estimate best = Estimate.NONE;
        for (int i = count - 1; i >= 1; i--) {
            Cell cell = rows.get(i).best;
            if (SAFETY * cell.error < best.bar && !isContradicted(cell, i, count)) {
                best = new Estimate(cell.value, SAFETY * cell.error, rows.get(i).step);
            }
        }
        return best;
    }

    /**
     * Whether a finer quotient is further from an estimate than its noise allows, and what must be left of how far the
     * quotients of the row before and of the estimate's own row were.
     */
    private boolean isContradicted(Cell cell, int row, int count) {
        for (int i = row + 1; i < count; i++) {
            Cell quotient = rows.get(i).cells.get(0);
            double left = Math.min(left(cell, row, i), left(cell, i - 1, i));
            if (Math.abs(quotient.value - cell.value) > SAFETY * (cell.error + quotient.noise) + left) {
                return true;
            }
        }
        return false;
    }

    private double left(Cell cell, int before, int row) {
        double ratio = rows.get(before).step / rows.get(row).step;
        double apart = Math.abs(rows.get(before).cells.get(0).value - cell.value);
        return 2 * apart / (order == 2 ? ratio * ratio : ratio);
    }

    /** Whether the last two rows are each no better than the best before. */
    boolean hasStalled() {
        int last = rows.size() - 2;
        double best = rows.subList(0, Math.max(0, last)).stream()
                .mapToDouble(row -> row.best.error)
                .min()
                .orElse(0);
        return last > 1 && rows.subList(last, rows.size()).stream().allMatch(row -> row.best.error >= best);
    }

    /**
     * Whether no finer quotient can be better than the best estimate: noise grows as steps shrink, by 4 or so a row.
     */
    boolean isAtNoise() {
        return !rows.isEmpty()
                && best().bar() <= 4 * SAFETY * rows.get(rows.size() - 1).cells.get(0).noise;
    }

    /** Whether they are so by their noise. */
    boolean noiseHasTakenOver() {
        return hasStalled()
                && rows.subList(rows.size() - 2, rows.size()).stream().allMatch(row -> row.best.isNoisy());
    }
}
