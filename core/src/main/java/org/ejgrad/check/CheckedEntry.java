package org.ejgrad.check;

import java.util.Locale;

/**
 * One line of a report: one entry of a gradient, or the gradient along one direction, with both figures and the
 * verdict.
 *
 * @param parameter the label of the variable, or the name of the direction
 * @param row the entry's row, or −1 for a direction
 * @param column the entry's column, or −1 for a direction
 * @param claimed the figure under test
 * @param numeric the numerical figure, NaN if there is none
 * @param bar how far the numerical figure can be from the truth
 * @param step the step it was measured with
 * @param verdict what follows
 */
public record CheckedEntry(
        String parameter,
        int row,
        int column,
        double claimed,
        double numeric,
        double bar,
        double step,
        Verdict verdict) {
    /**
     * Where it is.
     *
     * @return the label with row and column, as in {@code w[2,3]}
     */
    public String place() {
        return row < 0 ? parameter : parameter + "[" + row + "," + column + "]";
    }

    /**
     * How far apart the two figures are.
     *
     * @return |claimed − numeric| divided by the larger magnitude, 0 if both are 0
     */
    public double relativeDifference() {
        double larger = Math.max(Math.abs(claimed), Math.abs(numeric));
        return larger == 0 ? 0 : Math.abs(claimed - numeric) / larger;
    }

    /** Place, figures, bar and verdict on one line. */
    @Override
    public String toString() {
        String detail = verdict.detail();
        return String.format(
                Locale.ROOT,
                "%s: claimed %.10g, numeric %.10g ± %.1e, %s%s",
                place(),
                claimed,
                numeric,
                bar,
                verdict.name(),
                detail.isEmpty() ? "" : " (" + detail + ")");
    }
}
