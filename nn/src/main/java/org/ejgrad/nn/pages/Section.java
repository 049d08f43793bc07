package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejml.simple.ConstMatrix;

/** Something that a page shows, as JSON. */
@FunctionalInterface
public interface Section {
    /**
     * Writes one JSON value.
     *
     * @param json where to
     * @throws IOException if writing fails
     */
    void write(JsonGenerator json) throws IOException;

    /**
     * An object with a field for each section.
     *
     * @param sections the sections by name
     * @return the JSON text
     * @throws IOException if a section fails
     */
    static String json(Map<String, Section> sections) throws IOException {
        return json(object(sections));
    }

    /**
     * An object.
     *
     * @param sections its fields by name
     * @return a section that writes it
     */
    static Section object(Map<String, Section> sections) {
        Map<String, Section> all = Require.entries(sections, "sections");
        return json -> {
            requireNonNull(json, "json").writeStartObject();
            for (Map.Entry<String, Section> section : all.entrySet()) {
                json.writeFieldName(section.getKey());
                section.getValue().write(json);
            }
            json.writeEndObject();
        };
    }

    /**
     * A list.
     *
     * @param sections its elements
     * @return a section that writes an array
     */
    static Section list(List<Section> sections) {
        List<Section> all = Require.elements(sections, "sections");
        return json -> {
            requireNonNull(json, "json").writeStartArray();
            for (Section section : all) {
                section.write(json);
            }
            json.writeEndArray();
        };
    }

    /**
     * A section alone.
     *
     * @return the JSON text
     * @throws IOException if it fails
     */
    static String json(Section section) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            requireNonNull(section, "section").write(json);
        }
        return text.toString();
    }

    /**
     * A text.
     *
     * @param text any text
     * @return a section that writes it as a string
     */
    static Section text(String text) {
        requireNonNull(text, "text");
        return json -> requireNonNull(json, "json").writeString(text);
    }

    /**
     * A number.
     *
     * @param number a finite number
     * @return a section that writes it
     */
    static Section number(double number) {
        Require.finite(number, "number");
        return json -> requireNonNull(json, "json").writeNumber(number);
    }

    /**
     * The rows of a table.
     *
     * @param rows lists of any texts
     * @return a section that writes an array of arrays of strings
     */
    static Section rows(Iterable<List<String>> rows) {
        List<Section> all = new ArrayList<>();
        requireNonNull(rows, "rows").forEach(row -> all.add(texts(requireNonNull(row, "one of the rows"))));
        return list(all);
    }

    /**
     * A list of numbers.
     *
     * @param numbers any numbers; those that are not finite are written as texts
     * @return a section that writes an array
     */
    static Section numbers(double... numbers) {
        double[] all = requireNonNull(numbers, "numbers").clone();
        return json -> requireNonNull(json, "json").writeArray(all, 0, all.length);
    }

    /**
     * A list of texts.
     *
     * @param texts any texts
     * @return a section that writes an array of strings
     */
    static Section texts(Iterable<String> texts) {
        List<Section> all = new ArrayList<>();
        requireNonNull(texts, "texts").forEach(text -> all.add(text(requireNonNull(text, "one of the texts"))));
        return list(all);
    }

    /**
     * Numbers from 0 to 1, such as probabilities, as a byte each.
     *
     * @param shares any matrix
     * @return a section that writes 0 to 255 for each element, row by row, as bytes in base64
     */
    static Section shares(ConstMatrix<?> shares) {
        byte[] bytes = new byte[requireNonNull(shares, "shares").getNumRows() * shares.getNumCols()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(255 * shares.get(i / shares.getNumCols(), i % shares.getNumCols()));
        }
        return json -> requireNonNull(json, "json").writeBinary(bytes);
    }

    /**
     * The counts of a confusion matrix.
     *
     * @param confusion of any classes
     * @return a section that writes an array per true class
     */
    static Section counts(ConfusionMatrix confusion) {
        requireNonNull(confusion, "confusion");
        return json -> {
            requireNonNull(json, "json").writeStartArray();
            for (int actual = 0; actual < confusion.classes(); actual++) {
                long[] row = new long[confusion.classes()];
                for (int predicted = 0; predicted < row.length; predicted++) {
                    row[predicted] = confusion.count(actual, predicted);
                }
                json.writeArray(row, 0, row.length);
            }
            json.writeEndArray();
        };
    }
}
