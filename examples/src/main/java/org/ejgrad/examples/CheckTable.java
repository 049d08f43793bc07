package org.ejgrad.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;
import org.ejgrad.examples.report.Section;

/** A gradient check as a table with a line per parameter: how many entries agree, and the least certain of them. */
record CheckTable(Trained run, CheckReport report) implements Section {
    private static final String ALL_AGREE = "all agree";

    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField(
                "text",
                "The " + run.problem().name() + " network’s " + run.parameterCount()
                        + " derivatives beside numerical ones that carry error bars. " + report.summary()
                        + " Shown is the entry of each parameter with the widest bar, relative to its slope.");
        json.writeFieldName("headings");
        Section.texts(List.of(
                        "Parameter",
                        "Entries",
                        "Least certain",
                        "Backpropagation",
                        "Numerical",
                        "Error bar",
                        "Verdict"))
                .write(json);
        json.writeStringField("agreed", ALL_AGREE);
        json.writeArrayFieldStart("rows");
        Map<String, List<CheckedEntry>> byParameter = report.entries().stream()
                .collect(Collectors.groupingBy(CheckedEntry::parameter, LinkedHashMap::new, Collectors.toList()));
        for (Map.Entry<String, List<CheckedEntry>> parameter : byParameter.entrySet()) {
            Section.texts(row(parameter.getKey(), parameter.getValue())).write(json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<String> row(String parameter, List<CheckedEntry> entries) {
        Comparator<CheckedEntry> byCertainty =
                Comparator.comparingDouble(entry -> entry.bar() / Math.abs(entry.claimed()));
        CheckedEntry shown = entries.stream()
                .filter(entry -> !entry.verdict().passes())
                .findFirst()
                .orElse(entries.stream().max(byCertainty).orElseThrow());
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
