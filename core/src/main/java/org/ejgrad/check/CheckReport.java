package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ejgrad.PlainText;

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
        CheckedEntry everything =
                new CheckedEntry(new Place.Everything(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, verdict);
        return new CheckReport(List.of(everything), List.of(), List.of(), diagnosis, evaluations);
    }

    /** The same with one remark more. */
    CheckReport noting(String note) {
        List<String> all = new ArrayList<>(notes);
        all.add(note);
        return new CheckReport(entries, kinks, all, diagnosis, evaluations);
    }

    /** {@return whether every verdict confirms the gradient: none refutes it or cannot tell} */
    public boolean passed() {
        return entries.stream().allMatch(entry -> entry.verdict().passes());
    }

    /** {@return whether some verdict refutes the gradient: it is wrong somewhere, or there is none} */
    public boolean refuted() {
        return entries.stream().anyMatch(entry -> entry.verdict().refutes());
    }

    /** {@return every entry or direction that was checked, in the order of the parameters} */
    public List<CheckedEntry> entries() {
        return entries;
    }

    /** {@return every entry or direction, worst first: refuted, undecided, confirmed, each by relative difference} */
    public List<CheckedEntry> worstFirst() {
        List<CheckedEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparingInt(CheckReport::rank)
                .thenComparing(Comparator.comparingDouble(CheckReport::excess).reversed()));
        return sorted;
    }

    /**
     * {@return the first of {@link #worstFirst}}
     *
     * @throws IllegalStateException if nothing was checked because all parameters are empty
     */
    public CheckedEntry worst() {
        if (entries.isEmpty()) {
            throw new IllegalStateException("worst: there are no entries to check");
        }
        return worstFirst().get(0);
    }

    /** {@return the elements of piecewise operations at or within 10⁻³ of their kinks, nearest first} */
    public List<Kink> kinks() {
        return kinks;
    }

    /** {@return remarks on how the check was made, usually none} */
    public List<String> notes() {
        return notes;
    }

    /** {@return what a refuted gradient looks like} */
    public Optional<Diagnosis> diagnosis() {
        return diagnosis;
    }

    /** {@return how often the function was evaluated} */
    public long evaluations() {
        return evaluations;
    }

    /**
     * {@return this report, which confirms the gradient}
     *
     * @throws AssertionError with the text of this report if not {@link #passed}
     */
    public CheckReport requirePassed() {
        if (!passed()) {
            throw new AssertionError(toString());
        }
        return this;
    }

    /**
     * {@return one sentence, such as {@code All 12 entries agree; no bar is wider than 3.1e-12 of its entry or of the
     * largest slope in sight.}}
     */
    public String summary() {
        return PlainText.line(ReportText.summary(this));
    }

    /**
     * {@return one JSON object per line: the summary, the diagnosis if there is one, every remark, every entry, every
     * kink}
     *
     * <p>Numbers that are not finite are strings; the row and column of a direction are −1.
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
