package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The result of a check: a verdict with both figures and an error bar for every entry or direction.
 *
 * <p>{@link #toString} is for people, worst entries first; {@link #toJsonLines} for programs.
 */
public final class CheckReport {
    private final List<CheckedEntry> entries;
    private final List<Kink> kinks;
    private final List<String> notes;
    private final Optional<Diagnosis> diagnosis;
    private final long evaluations;

    CheckReport(
            List<CheckedEntry> entries,
            List<Kink> kinks,
            List<String> notes,
            Optional<Diagnosis> diagnosis,
            long evaluations) {
        this.entries = List.copyOf(entries);
        this.kinks = List.copyOf(kinks);
        this.notes = List.copyOf(notes);
        this.diagnosis = diagnosis;
        this.evaluations = evaluations;
    }

    /** A check that ended before any entry was measured. */
    static CheckReport stopped(Verdict verdict, long evaluations) {
        return stopped(verdict, Optional.empty(), evaluations);
    }

    static CheckReport stopped(Verdict verdict, Optional<Diagnosis> diagnosis, long evaluations) {
        CheckedEntry whole =
                new CheckedEntry("everything", -1, -1, Double.NaN, Double.NaN, Double.NaN, Double.NaN, verdict);
        return new CheckReport(List.of(whole), List.of(), List.of(), diagnosis, evaluations);
    }

    /**
     * Whether every verdict confirms the gradient.
     *
     * @return false if one refutes it or cannot tell
     */
    public boolean passed() {
        return entries.stream().allMatch(entry -> entry.verdict().passes());
    }

    /**
     * Whether some verdict refutes the gradient.
     *
     * @return true if the gradient is wrong somewhere, or there is none
     */
    public boolean refuted() {
        return entries.stream().anyMatch(entry -> entry.verdict().refutes());
    }

    /**
     * Every entry or direction that was checked, in the order of the parameters.
     *
     * @return an unmodifiable list
     */
    public List<CheckedEntry> entries() {
        return entries;
    }

    /**
     * Every entry or direction, worst first: refuted, undecided, then confirmed, each by relative difference.
     *
     * @return a new list
     */
    public List<CheckedEntry> worstFirst() {
        List<CheckedEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingInt(CheckReport::rank)
                .thenComparing(Comparator.comparingDouble(CheckReport::excess).reversed()));
        return sorted;
    }

    /**
     * The worst entry.
     *
     * @return the first of {@link #worstFirst}
     * @throws IllegalStateException if nothing was checked because all parameters are empty
     */
    public CheckedEntry worst() {
        if (entries.isEmpty()) {
            throw new IllegalStateException("worst: there are no entries to check");
        }
        return worstFirst().get(0);
    }

    /**
     * The elements of piecewise operations that are at or within 10⁻³ of their kinks.
     *
     * @return an unmodifiable list, nearest first
     */
    public List<Kink> kinks() {
        return kinks;
    }

    /**
     * Remarks on how the check was made.
     *
     * @return an unmodifiable list, usually empty
     */
    public List<String> notes() {
        return notes;
    }

    /**
     * What the wrong gradient looks like.
     *
     * @return empty unless the gradient is refuted
     */
    public Optional<Diagnosis> diagnosis() {
        return diagnosis;
    }

    /**
     * What the check cost.
     *
     * @return how often the function was evaluated
     */
    public long evaluations() {
        return evaluations;
    }

    /**
     * Throws unless the gradient is confirmed.
     *
     * @return this report
     * @throws AssertionError with the text of this report if not {@link #passed}
     */
    public CheckReport requirePassed() {
        if (!passed()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /**
     * One sentence on the whole.
     *
     * @return for example {@code All 12 entries agree; the widest bar is 3.1e-12 of its slope.}
     */
    public String summary() {
        return ReportText.summary(this);
    }

    /**
     * One JSON object per line: first the summary, then every entry, then every kink.
     *
     * @return lines that end in a line feed; numbers that are not finite are strings
     */
    public String toJsonLines() {
        return ReportJson.lines(this);
    }

    /** The summary, what follows from it, and a table of the worst entries. */
    @Override
    public String toString() {
        return ReportText.text(this);
    }

    private static int rank(CheckedEntry entry) {
        Verdict verdict = entry.verdict();
        return verdict.refutes() ? 0 : verdict.passes() ? 2 : 1;
    }

    private static double excess(CheckedEntry entry) {
        double difference = entry.relativeDifference();
        return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    }
}
