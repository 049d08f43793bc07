package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Difference quotients at halved steps, extrapolated to step 0, each with two error terms.
 *
 * <p>Column 0 holds plain quotients; column j removes one more power of the step (Ridders 1982). Beside each estimate
 * stands what is known of its error: how far it is from the two estimates that it was made of (truncation), and what
 * the noise of the function's values can have done to it, propagated with absolute weights (rounding). Steps at which
 * the function is not finite are dropped and the table starts again below them: that is how the edge of a domain is
 * met.
 */
final class DifferenceTable {
    private static final int COLUMNS = 8;
    private static final int ROWS = 22;
    /** Steps below this would be lost in the rounding of the point itself. */
    private static final int HALVINGS = 45;

    /** The certificate is this many times the estimated error. */
    private static final double SAFETY = 4;

    /**
     * The last look at waves between the steps: not a power of 2, lest it skip the same waves, but a number of few
     * bits, so that stepping hardly rounds.
     */
    private static final double FINER = 5.0 / 64;

    /** Which side of the point the quotients look at. */
    enum Side {
        LEFT,
        BOTH,
        RIGHT
    }

    /** A derivative with its error bar, and the step whose row it came from; NaN if there is none. */
    record Estimate(double value, double bar, double step) {
        static final Estimate NONE = new Estimate(Double.NaN, Double.POSITIVE_INFINITY, Double.NaN);

        boolean exists() {
            return !Double.isNaN(value);
        }
    }

    private record Row(double step, double[] values, double[] noises, double[] errors) {
        int best() {
            int best = 0;
            for (int j = 1; j < errors.length; j++) {
                best = errors[j] < errors[best] ? j : best;
            }
            return best;
        }
    }

    private final Line line;
    private final double center;
    private final double noise;
    private final Side side;
    private final List<Row> rows = new ArrayList<>();
    private final List<double[]> bends = new ArrayList<>();
    private boolean lostLeft;
    private boolean lostRight;
    private boolean truncated;

    DifferenceTable(Line line, double center, double noise, Side side) {
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

    /** Whether larger steps left the domain of the function. */
    boolean leftTheDomain() {
        return truncated;
    }

    /** Fills the table until the bar is at most a fraction of the value, or the noise makes finer steps worse. */
    Estimate fill(double start, double enough) {
        double step = start;
        for (int halving = 0; halving < HALVINGS && rows.size() < ROWS; halving++, step /= 2) {
            if (!addRow(step)) {
                continue;
            }
            int size = rows.size();
            if (size < 4) {
                continue;
            }
            Estimate best = pick();
            boolean narrow = best.bar <= enough * Math.abs(best.value);
            if (best.exists() && (narrow || noiseHasTakenOver()) && confirmed(best, step)) {
                return best;
            }
        }
        return rows.size() < 2 ? Estimate.NONE : pick();
    }

    private boolean addRow(double step) {
        double right = side == Side.LEFT ? center : line.at(step);
        double left = side == Side.RIGHT ? center : line.at(-step);
        if (!Double.isFinite(right) || !Double.isFinite(left)) {
            lostRight = !Double.isFinite(right);
            lostLeft = !Double.isFinite(left);
            truncated = true;
            rows.clear();
            bends.clear();
            return false;
        }
        lostLeft = false;
        lostRight = false;
        double width = (side == Side.LEFT ? 0 : line.step(step)) - (side == Side.RIGHT ? 0 : line.step(-step));
        double tremble = tremble(left, right);
        bends.add(new double[] {step, Math.abs(right - 2 * center + left), 8 * tremble});
        rows.add(extrapolate(step, (right - left) / width, 2 * tremble / width));
        return true;
    }

    private Row extrapolate(double step, double quotient, double tremble) {
        int columns = Math.min(rows.size() + 1, COLUMNS);
        double[] values = new double[columns];
        double[] noises = new double[columns];
        double[] errors = new double[columns];
        values[0] = quotient;
        noises[0] = tremble;
        errors[0] = Double.POSITIVE_INFINITY;
        if (!rows.isEmpty()) {
            Row above = rows.get(rows.size() - 1);
            errors[0] = Math.abs(quotient - above.values[0]) + tremble;
            double power = 1;
            for (int j = 1; j < columns; j++) {
                power *= side == Side.BOTH ? 4 : 2;
                values[j] = (power * values[j - 1] - above.values[j - 1]) / (power - 1);
                noises[j] = (power * noises[j - 1] + above.noises[j - 1]) / (power - 1);
                errors[j] = noises[j]
                        + Math.max(Math.abs(values[j] - values[j - 1]), Math.abs(values[j] - above.values[j - 1]));
            }
        }
        return new Row(step, values, noises, errors);
    }

    /** The estimate of smallest error that no finer row contradicts: a step that skips whole waves is contradicted. */
    Estimate pick() {
        double[] error = {Double.POSITIVE_INFINITY};
        Estimate best = Estimate.NONE;
        for (int i = rows.size() - 1; i >= 1; i--) {
            Row row = rows.get(i);
            int j = row.best();
            if (row.errors[j] < error[0] && !isContradicted(i, j)) {
                error[0] = row.errors[j];
                best = new Estimate(row.values[j], SAFETY * row.errors[j], row.step);
            }
        }
        return best;
    }

    private boolean isContradicted(int i, int j) {
        Row row = rows.get(i);
        for (int k = i + 1; k < rows.size(); k++) {
            Row finer = rows.get(k);
            int b = finer.best();
            if (Math.abs(row.values[j] - finer.values[b]) > SAFETY * (row.errors[j] + finer.errors[b])) {
                return true;
            }
        }
        return false;
    }

    /** A much finer quotient, which would differ if all steps so far had skipped whole waves. */
    private boolean confirmed(Estimate best, double step) {
        double fine = FINER * step;
        double right = side == Side.LEFT ? center : line.at(fine);
        double left = side == Side.RIGHT ? center : line.at(-fine);
        double width = (side == Side.LEFT ? 0 : line.step(fine)) - (side == Side.RIGHT ? 0 : line.step(-fine));
        double tremble = tremble(left, right);
        double truncation = Math.abs(rows.get(rows.size() - 1).values[0] - best.value);
        double allowed = SAFETY * (2 * tremble / width + best.bar)
                + 2 * truncation * (side == Side.BOTH ? FINER * FINER : FINER);
        if (!(Math.abs((right - left) / width - best.value) <= allowed)) {
            return false;
        }
        bends.add(new double[] {fine, Math.abs(right - 2 * center + left), 8 * tremble});
        return true;
    }

    private double tremble(double left, double right) {
        return Math.max(noise, Noise.UNIT * Math.max(Math.abs(left), Math.abs(right)));
    }

    /** Whether the last rows are each worse than the best, and by their noise. */
    private boolean noiseHasTakenOver() {
        int size = rows.size();
        if (size < 7) {
            return false;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < size - 3; i++) {
            best = Math.min(best, rows.get(i).errors[rows.get(i).best()]);
        }
        for (int i = size - 3; i < size; i++) {
            Row row = rows.get(i);
            int j = row.best();
            if (row.errors[j] < best || row.noises[j] < 0.2 * row.errors[j]) {
                return false;
            }
        }
        return true;
    }

    /**
     * The exponent p in |f(x+h) − 2f(x) + f(x−h)|/h ~ hᵖ: about 1 where f is smooth, 0 at a kink, negative at a jump or
     * cusp; NaN where the second difference drowns in noise.
     */
    double bendExponent() {
        List<double[]> loud = new ArrayList<>();
        for (int i = bends.size() - 1; i >= 0 && loud.size() < 6; i--) {
            double[] bend = bends.get(i);
            if (bend[1] > bend[2]) {
                loud.add(bend);
            }
        }
        return loud.size() < 3 || isStraightNearby(loud.get(0)) ? Double.NaN : logarithmicSlope(loud);
    }

    /** Whether a bend that is clear at one step is gone at a smaller one, where a kink would still show. */
    private boolean isStraightNearby(double[] clear) {
        return bends.stream()
                .anyMatch(finer ->
                        finer[0] < clear[0] && finer[1] <= finer[2] && clear[1] * (finer[0] / clear[0]) > 4 * finer[2]);
    }

    private static double logarithmicSlope(List<double[]> bends) {
        double sx = 0;
        double sy = 0;
        double sxx = 0;
        double sxy = 0;
        int n = bends.size();
        for (double[] bend : bends) {
            double x = Math.log(bend[0]);
            double y = Math.log(bend[1] / bend[0]);
            sx += x;
            sy += y;
            sxx += x * x;
            sxy += x * y;
        }
        return (n * sxy - sx * sy) / (n * sxx - sx * sx);
    }

    /** The largest slope of a chord in the table: how fast the function moves here at all. */
    double liveliness() {
        double most = 0;
        for (double[] bend : bends) {
            most = Math.max(most, bend[1] / bend[0]);
        }
        for (Row row : rows) {
            most = Math.max(most, Math.abs(row.values[0]));
        }
        return most;
    }
}
