package org.ejgrad.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.ejgrad.PlainText;

/** A report as text for a terminal. */
final class ReportText {
    private static final int SHOWN = 12;
    private static final int KINKS = 5;

    private ReportText() {}

    /** With labels as they are. */
    static String summary(CheckReport report) {
        int total = report.entries().size();
        if (total == 0) {
            return "There was nothing to check: all parameters are empty.";
        }
        Place first = report.entries().get(0).at();
        String unit = first instanceof Place.Entry ? "entry" : "direction";
        String units = first instanceof Place.Entry ? "entries" : "directions";
        if (report.passed()) {
            double widest = report.entries().stream()
                    .mapToDouble(CheckedEntry::relativeBar)
                    .max()
                    .orElse(0);
            long kinks = report.entries().stream()
                    .filter(entry -> entry.verdict() instanceof Verdict.KinkIn)
                    .count();
            return (total == 1 ? "The " + unit + " agrees" : "All " + total + " " + units + " agree")
                    + (kinks > 0 ? " (" + kinks + " at a kink)" : "")
                    + (Double.isInfinite(widest)
                            ? flat(report)
                            : String.format(
                                    Locale.ROOT,
                                    "; no bar is wider than %.1e of its " + unit + " or of the largest slope in sight.",
                                    widest));
        }
        if (first instanceof Place.Everything) {
            return "The check could not be made: " + report.worst().verdict().name() + ", "
                    + report.worst().verdict().detail() + ".";
        }
        return "Not confirmed: of " + total + " " + (total == 1 ? unit : units) + ", "
                + String.join(", ", counts(report)) + "; worst is "
                + report.worst().raw() + ".";
    }

    /** Where no slope is in sight, bars are beside nothing. */
    private static String flat(CheckReport report) {
        double widest =
                report.entries().stream().mapToDouble(CheckedEntry::bar).max().orElse(0);
        return String.format(Locale.ROOT, "; the function is flat, to within a slope of %.1e.", widest);
    }

    private static List<String> counts(CheckReport report) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (CheckedEntry entry : report.worstFirst()) {
            counts.merge(entry.verdict().name(), 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .toList();
    }

    static String text(CheckReport report) {
        StringBuilder text = new StringBuilder(report.summary()).append('\n');
        report.diagnosis().ifPresent(diagnosis -> text.append(diagnosis).append('\n'));
        report.notes().forEach(note -> text.append(note).append('\n'));
        List<String[]> table = new ArrayList<>();
        table.add(new String[] {"place", "claimed", "numeric", "bar", "difference", "verdict"});
        List<CheckedEntry> worst = report.worstFirst();
        for (CheckedEntry entry : worst.subList(0, Math.min(SHOWN, worst.size()))) {
            table.add(row(entry));
        }
        align(table, text);
        if (worst.size() > SHOWN) {
            text.append("  ... and ").append(worst.size() - SHOWN).append(" more\n");
        }
        List<Kink> kinks = report.kinks();
        for (Kink kink : kinks.subList(0, Math.min(KINKS, kinks.size()))) {
            text.append("  ").append(kink).append('\n');
        }
        if (kinks.size() > KINKS) {
            text.append("  ... and ").append(kinks.size() - KINKS).append(" more elements within 1e-3 of a kink\n");
        }
        text.append("  ").append(report.evaluations()).append(" evaluations\n");
        return PlainText.of(text.toString());
    }

    private static String[] row(CheckedEntry entry) {
        String detail = entry.verdict().detail();
        return new String[] {
            PlainText.line(entry.place()),
            String.format(Locale.ROOT, "%.12g", entry.claimed()),
            String.format(Locale.ROOT, "%.12g", entry.numeric()),
            String.format(Locale.ROOT, "%.1e", entry.bar()),
            String.format(Locale.ROOT, "%.1e", entry.relativeDifference()),
            entry.verdict().name() + (detail.isEmpty() ? "" : ": " + detail)
        };
    }

    /** Names to the left, numbers to the right, the last column as long as it is. */
    private static void align(List<String[]> table, StringBuilder text) {
        StringBuilder format = new StringBuilder();
        int last = table.get(0).length - 1;
        for (int c = 0; c < last; c++) {
            int column = c;
            int width =
                    table.stream().mapToInt(row -> row[column].length()).max().orElseThrow();
            format.append(c == 0 ? "  %-" : "  %").append(width).append('s');
        }
        table.forEach(row -> text.append(String.format(Locale.ROOT, format + "  %s\n", (Object[]) row)));
    }
}
