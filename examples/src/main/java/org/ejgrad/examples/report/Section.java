package org.ejgrad.examples.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

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
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            for (Map.Entry<String, Section> section : sections.entrySet()) {
                json.writeFieldName(section.getKey());
                section.getValue().write(json);
            }
            json.writeEndObject();
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
        return json -> json.writeString(text);
    }

    /**
     * A number.
     *
     * @param number a finite number
     * @return a section that writes it
     */
    static Section number(double number) {
        return json -> json.writeNumber(number);
    }

    /**
     * A list of texts.
     *
     * @param texts any texts
     * @return a section that writes an array of strings
     */
    static Section texts(Iterable<String> texts) {
        return json -> {
            json.writeStartArray();
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
        };
    }
}
