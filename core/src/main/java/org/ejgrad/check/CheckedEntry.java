package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.ejgrad.PlainText;

/**
 * One line of a report: one entry of a gradient, or the gradient along one direction, with both figures and the
 * verdict.
 *
 * @param at where it is
 * @param claimed the figure under test
 * @param numeric the numerical figure, NaN if there is none
 * @param bar how far the numerical figure can be from the truth
 * @param step the step it was measured with
 * @param verdict what follows
 */
public record CheckedEntry(Place at, double claimed, double numeric, double bar, double step, Verdict verdict) {
    public CheckedEntry {
        requireNonNull(at, "at");
        requireNonNull(verdict, "verdict");
    }

    /** The same figures with another verdict. */
    CheckedEntry but(Verdict other) {
        return new CheckedEntry(at, claimed, numeric, bar, step, other);
    }

    /** {@return the label of the variable, or the name of the direction} */
    public String parameter() {
        return at.label();
    }

    /** {@return the label with row and column, as in {@code w[2,3]}, or the name of the direction} */
    public String place() {
        return at instanceof Place.Entry entry ? entry.raw() : at.toString();
    }

    /** {@return |claimed − numeric| divided by the larger magnitude, 0 if both are 0} */
    public double relativeDifference() {
        double larger = Math.max(Math.abs(claimed), Math.abs(numeric));
        return larger == 0 ? 0 : Math.abs(claimed - numeric) / larger;
    }

    /**
     * {@return the bar beside the larger figure, beside the largest slope in sight where it is negligible there only,
     * and 0 where the verdict rests on no bar}
     */
    public double relativeBar() {
        return verdict instanceof Verdict.Agree agree
                ? agree.relativeBar()
                : verdict instanceof Verdict.Negligible small && small.bar() > 0 ? small.bar() / small.scale() : 0;
    }

    /** Place, figures, bar and verdict on one line. */
    @Override
    public String toString() {
        return PlainText.line(raw());
    }

    /** The same with the label as it is. */
    String raw() {
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
