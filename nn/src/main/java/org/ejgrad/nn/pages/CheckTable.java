package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;

/**
 * A gradient check as a table with a line per parameter: how many entries it has, and the least certain of them or the
 * first that is not confirmed.
 *
 * @param text what was checked, as a sentence or two
 * @param claimed where the figures come from that were checked, as the heading of their column
 * @param report the check
 */
public record CheckTable(String text, String claimed, CheckReport report) implements Section {
    private static final String ALL_AGREE = "all agree";

    public CheckTable {
        requireNonNull(text, "text");
        requireNonNull(claimed, "claimed");
        requireNonNull(report, "report");
    }

    /** A check of what backpropagation through a graph gives. */
    public CheckTable(String text, CheckReport report) {
        this(text, "Backpropagation", report);
    }

    private List<String> headings() {
        return List.of("Parameter", "Entries", "Least certain", claimed, "Numerical", "Error bar", "Verdict");
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        requireNonNull(json, "json").writeStartObject();
        json.writeStringField(
                "text",
                text
                        + " A line shows the first entry of a parameter that is not confirmed or, where all are, the one whose "
                        + "bar is widest beside it or the largest entry.");
        json.writeFieldName("headings");
        Section.texts(headings()).write(json);
        json.writeStringField("agreed", ALL_AGREE);
        json.writeFieldName("rows");
        Section.rows(rows()).write(json);
        json.writeEndObject();
    }

    /**
     * Prints the table.
     *
     * @param out where to
     */
    public void print(PrintWriter out) {
        requireNonNull(out, "out");
        String line = "%-10s  %7s  %13s  %18s  %18s  %9s  %s%n";
        out.printf(Locale.ROOT, line, headings().toArray());
        rows().forEach(row -> out.printf(Locale.ROOT, line, row.toArray()));
    }

    private List<List<String>> rows() {
        Map<String, List<CheckedEntry>> byParameter = report.entries().stream()
                .collect(Collectors.groupingBy(CheckedEntry::parameter, LinkedHashMap::new, Collectors.toList()));
        return byParameter.entrySet().stream()
                .map(parameter -> row(parameter.getKey(), parameter.getValue()))
                .toList();
    }

    private static List<String> row(String parameter, List<CheckedEntry> entries) {
        CheckedEntry shown = entries.stream()
                .filter(entry -> !entry.verdict().passes())
                .findFirst()
                .orElse(entries.stream()
                        .max(Comparator.comparingDouble(CheckedEntry::relativeBar))
                        .orElseThrow());
        long agreeing =
                entries.stream().filter(entry -> entry.verdict().passes()).count();
        return List.of(
                parameter,
                String.valueOf(entries.size()),
                shown.place().substring(parameter.length()),
                String.format(Locale.ROOT, "%.10g", shown.claimed()),
                String.format(Locale.ROOT, "%.10g", shown.numeric()),
                String.format(Locale.ROOT, "±%.1e", shown.bar()),
                agreeing == entries.size() ? ALL_AGREE : shown.verdict().name());
    }
}
