package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * Difference quotients at halved steps, extrapolated to step 0, each with two error terms.
 *
 * <p>Column 0 holds plain quotients; column j removes one more power of the step (Ridders 1982). Beside each estimate
 * stands what is known of its error: how far it is from the farther of the two estimates that it was made of
 * (truncation), and what the noise of the function's values can have done to it, propagated with absolute weights
 * (rounding). Steps at which the function is not finite are dropped and the table starts again below them: that is how
 * the edge of a domain is met.
 */
final class DifferenceTable {
    private static final int EXTRAPOLATIONS = 7;
    private static final int ROWS = 22;
    /** Steps below this would be lost in the rounding of the point itself. */
    private static final int HALVINGS = 45;

    /** A bar that is no wider than this fraction of the slope need not become narrower. */
    static final double ENOUGH = 1e-11;

    /** The certificate is this many times the estimated error. */
    private static final double SAFETY = 4;

    /**
     * The last look at waves between the steps: not a power of 2, lest it skip the same waves, but a number of few
     * bits, so that stepping hardly rounds.
     */
    private static final double FINER = 5.0 / 64;

    /** A derivative with its error bar, and the step whose row it came from; NaN if there is none. */
    record Estimate(double value, double bar, double step) {
        static final Estimate NONE = new Estimate(Double.NaN, Double.POSITIVE_INFINITY, Double.NaN);

        boolean exists() {
            return !Double.isNaN(value);
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

        boolean isContradictedBy(Cell finer) {
            return Math.abs(value - finer.value) > SAFETY * (error + finer.error);
        }

        /** Whether noise is no small part of the error. */
        boolean isNoisy() {
            return noise >= 0.2 * error;
        }
    }

    private record Row(double step, List<Cell> cells, Cell best) {}

    /** The function at both ends of a step, or on one side the point itself. */
    private record Chord(double left, double right, double width, double noiseOfEnds) {
        double slope() {
            return (right - left) / width;
        }

        double noise() {
            return 2 * noiseOfEnds / width;
        }
    }

    private final LineFunction line;
    private final double center;
    private final double noise;
    private final Side side;
    private final List<Row> rows = new ArrayList<>();
    private final Bends bends = new Bends();
    private boolean lostLeft;
    private boolean lostRight;

    DifferenceTable(LineFunction line, double center, double noise, Side side) {
        this.line = line;
        this.center = center;
        this.noise = noise;
        this.side = side;
    }

    /** Whether the function was not finite to the left of the point at the smallest step tried. */
    boolean lostLeft() {
        return lostLeft;
    }

    /** Whether the function was not finite to the right of the point at the smallest step tried. */
    boolean lostRight() {
        return lostRight;
    }

    /** How sharply the function bends at the point. */
    double bendExponent() {
        return bends.exponent();
    }

    /** The largest slope of a chord in the table. */
    double steepest() {
        return rows.stream()
                .mapToDouble(row -> Math.abs(row.cells.get(0).value))
                .reduce(bends.sharpest(), Math::max);
    }

    /** Fills the table with the usual steps. */
    Estimate fill() {
        return fill(line.reach() / 8, ENOUGH);
    }

    /** Fills the table until the bar is at most a fraction of the value, or the noise makes finer steps worse. */
    Estimate fill(double start, double enough) {
        double step = start;
        for (int halving = 0; halving < HALVINGS && rows.size() < ROWS; halving++, step /= 2) {
            addRow(step);
            if (rows.size() >= 4) {
                Estimate best = pick();
                boolean narrow = best.bar <= enough * Math.abs(best.value);
                if ((narrow || noiseHasTakenOver()) && confirmed(best, step)) {
                    return best;
                }
            }
        }
        return pick();
    }

    private Chord chord(double step) {
        double right = side == Side.LEFT ? center : line.at(step);
        double left = side == Side.RIGHT ? center : line.at(-step);
        double width = (side == Side.LEFT ? 0 : line.step(step)) - (side == Side.RIGHT ? 0 : line.step(-step));
        double noiseOfEnds = Math.max(noise, Noise.UNIT * Math.max(Math.abs(left), Math.abs(right)));
        return new Chord(left, right, width, noiseOfEnds);
    }

    private void addRow(double step) {
        Chord chord = chord(step);
        lostLeft = !Double.isFinite(chord.left);
        lostRight = !Double.isFinite(chord.right);
        if (lostLeft || lostRight) {
            rows.clear();
            bends.clear();
            return;
        }
        List<Cell> cells = extrapolated(chord);
        rows.add(new Row(step, cells, Collections.min(cells, Comparator.comparingDouble(Cell::error))));
        bends.add(new Bends.Bend(step, Math.abs(chord.right - 2 * center + chord.left), 8 * chord.noiseOfEnds));
    }

    private List<Cell> extrapolated(Chord chord) {
        if (rows.isEmpty()) {
            return List.of(new Cell(chord.slope(), chord.noise(), Double.POSITIVE_INFINITY));
        }
        List<Cell> above = rows.get(rows.size() - 1).cells;
        double moved = Math.abs(chord.slope() - above.get(0).value);
        Cell cell = new Cell(chord.slope(), chord.noise(), moved + chord.noise());
        List<Cell> cells = new ArrayList<>(List.of(cell));
        double power = 1;
        for (Cell up : above.subList(0, Math.min(above.size(), EXTRAPOLATIONS))) {
            power *= side == Side.BOTH ? 4 : 2;
            cell = cell.extrapolated(up, power);
            cells.add(cell);
        }
        return cells;
    }

    /** The estimate of smallest error that no finer row contradicts: a step that skips whole waves is contradicted. */
    private Estimate pick() {
        Estimate best = Estimate.NONE;
        for (int i = rows.size() - 1; i >= 1; i--) {
            Cell cell = rows.get(i).best;
            List<Row> finer = rows.subList(i + 1, rows.size());
            if (SAFETY * cell.error < best.bar && finer.stream().noneMatch(row -> cell.isContradictedBy(row.best))) {
                best = new Estimate(cell.value, SAFETY * cell.error, rows.get(i).step);
            }
        }
        return best;
    }

    /** A much finer quotient, which would differ if all steps so far had skipped whole waves. */
    private boolean confirmed(Estimate best, double step) {
        Chord chord = chord(FINER * step);
        double truncation = Math.abs(rows.get(rows.size() - 1).cells.get(0).value - best.value);
        double left = truncation * (side == Side.BOTH ? FINER * FINER : FINER);
        return Math.abs(chord.slope() - best.value) <= SAFETY * (chord.noise() + best.bar) + 2 * left;
    }

    /** Whether the last three rows are each no better than the best before, and by their noise. */
    private boolean noiseHasTakenOver() {
        int last = rows.size() - 3;
        double best = rows.subList(0, last).stream()
                .mapToDouble(row -> row.best.error)
                .min()
                .orElseThrow();
        return rows.subList(last, rows.size()).stream().allMatch(row -> row.best.error >= best && row.best.isNoisy());
    }
}
