package org.ejgrad.examples.playground;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejgrad.nn.data.ColumnKind;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.pages.Section;

/** A table that a person has brought as CSV, of which two columns of numbers make a plane and a third the classes. */
record OwnTable(Table table) implements Section {
    private static final int MOST_ROWS = 400;
    private static final int MOST_CLASSES = 8;
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t');

    /** What the library says to those who call it, and how it is said to those who have a page. */
    private static final Map<String, String> WORDS = Map.of(
            "read a file without one by withoutHeader(), one with such names by withHeader()",
            "put a line above it that names the columns, such as x,y,kind",
            ", as withDecimalComma() reads it",
            "",
            ", or none by withHeader()",
            "",
            "another is given by withSeparator",
            "expected a comma, a semicolon or a tab");

    /** What the field {@code csv} holds; its cells stand between whichever separator its first line has most of. */
    static OwnTable of(Fields fields) {
        String text = fields.text("csv", "");
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    "csv is empty; expected a table: a line with the names of its columns, and a line for each row");
        }
        String first = text.lines().findFirst().orElseThrow();
        char separator = SEPARATORS.stream()
                .max(Comparator.comparingLong(
                        each -> first.chars().filter(sign -> sign == each).count() * 8 - SEPARATORS.indexOf(each)))
                .orElseThrow();
        CsvFormat format = CsvFormat.DEFAULT.withSeparator(separator);
        try {
            Table table = read(format, text);
            if (separator != ',' && numeric(table).size() < 2) { // as in countries where a comma begins the decimals
                table = read(format.withDecimalComma(), text);
            }
            List<String> numbers = numeric(table);
            if (numbers.size() < 2) {
                throw new IllegalArgumentException("of the columns " + table.names() + " those of numbers are "
                        + numbers + "; expected two or more, for the plane");
            }
            if (table.size() > MOST_ROWS) {
                throw new IllegalArgumentException(
                        "the table has " + table.size() + " rows; expected at most " + MOST_ROWS);
            }
            return new OwnTable(table);
        } catch (IOException wrong) {
            String message = String.valueOf(wrong.getMessage());
            for (Map.Entry<String, String> each : WORDS.entrySet()) {
                message = message.replace(each.getKey(), each.getValue());
            }
            throw new IllegalArgumentException(message, wrong);
        }
    }

    private static Table read(CsvFormat format, String text) throws IOException {
        return format.table("the table", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> numeric(Table table) {
        return table.names().stream()
                .filter(column -> table.kind(column) == ColumnKind.NUMBER)
                .toList();
    }

    /** The plane of two columns, standardised by the training rows; rows in which a cell is missing are left out. */
    PlaneData plane(String x, String y, String target) {
        if (Stream.of(x, y, target).distinct().count() < 3) {
            throw new IllegalArgumentException("the columns are " + Fields.shown(x) + ", " + Fields.shown(y) + " and "
                    + Fields.shown(target) + "; expected three different ones");
        }
        requireNumbers(x);
        requireNumbers(y);
        Table complete = table.select(x, y, target).complete();
        if (complete.size() == 0) {
            throw new IllegalArgumentException("every row of the table lacks a cell of " + complete.names()
                    + "; expected at least one that is whole");
        }
        int classes = complete.classes(target).size();
        if (classes < 2 || classes > MOST_CLASSES) {
            throw new IllegalArgumentException("the column " + Fields.shown(target) + " has " + classes
                    + (classes == 1 ? " value" : " different values") + "; expected 2 to " + MOST_CLASSES
                    + " as classes");
        }
        PlaneData plane = PlaneData.of("own", complete, Preparation.classification(target));
        int missing = table.size() - complete.size();
        return missing == 0
                ? plane
                : plane.remarking(missing + " of the table's " + table.size() + " rows "
                        + (missing == 1 ? "lacks" : "lack") + " one of these cells and "
                        + (missing == 1 ? "is" : "are") + " left out.");
    }

    private void requireNumbers(String column) {
        if (table.kind(column) != ColumnKind.NUMBER) {
            throw new IllegalArgumentException(
                    "the column " + Fields.shown(column) + " holds texts; expected numbers, as in " + numeric(table));
        }
    }

    /** The number of rows, and the columns, each with whether it holds numbers. */
    @Override
    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("rows", table.size());
        json.writeArrayFieldStart("columns");
        for (String column : table.names()) {
            json.writeStartObject();
            json.writeStringField("name", column);
            json.writeBooleanField("numbers", table.kind(column) == ColumnKind.NUMBER);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
