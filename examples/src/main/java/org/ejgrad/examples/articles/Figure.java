package org.ejgrad.examples.articles;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.ejgrad.Value;

/**
 * A figure of an article beside ours, which is always computed by the library from the inputs that the article gives.
 *
 * @param id the article and a name
 * @param what the figure is
 * @param article what the article prints, empty if it prints no figure
 * @param ours a number, or a row of numbers
 * @param remark what there is to say about it
 * @param disputed whether the article is rounded wrongly, inconsistent or wrong here
 */
record Figure(String id, String what, String article, Value ours, String remark, boolean disputed) {
    /** A figure that the article leaves out. */
    static Figure of(String id, String what, Value ours) {
        return of(id, what, "", ours);
    }

    static Figure of(String id, String what, String article, Value ours) {
        return new Figure(id, what, article, ours, "", false);
    }

    /** This figure with something to say about it. */
    Figure note(String text) {
        return new Figure(id, what, article, ours, text, false);
    }

    /** This figure with what is wrong in the article. */
    Figure dispute(String text) {
        return new Figure(id, what, article, ours, text, true);
    }

    /** Whether the article prints a plain decimal number. */
    boolean isDecimal() {
        return article.matches("-?\\d+(\\.\\d+)?");
    }

    /** Our number rounded to as many decimals as the article prints. */
    String rounded() {
        int decimals = new BigDecimal(article).scale();
        return new BigDecimal(ours.scalar())
                .setScale(decimals, RoundingMode.HALF_UP)
                .toPlainString();
    }

    /** For example {@code ! −ln 0.1 2.302 2.302585092994}, with the remark on a line of its own. */
    String text() {
        String line = String.format(
                Locale.ROOT, "%s %-57s  %-19s  %s", disputed ? "!" : " ", what, article, Numbers.text(ours));
        return said().isEmpty() ? line : line + System.lineSeparator() + "      " + said();
    }

    /** The same as the cells of a row. */
    List<String> cells() {
        return List.of(disputed ? "! " + what : what, article, Numbers.text(ours), said());
    }

    private String said() {
        boolean misrounded = isDecimal() && !rounded().equals(article);
        return misrounded ? "rounds to " + rounded() + (remark.isEmpty() ? "" : "; ") + remark : remark;
    }
}
