package org.ejgrad.examples.articles;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The articles' figures with 25 digits, from article_examples.json.
 *
 * @param tolerance the relative one
 * @param slack the absolute one
 * @param cases each figure
 */
record ExactFigures(double tolerance, double slack, List<Case> cases) {
    /**
     * One figure.
     *
     * @param id article and name
     * @param exact its decimal
     * @param printed what the article prints, or nothing
     * @param verdict whether that is right
     * @param tolerance the relative tolerance of this figure
     */
    record Case(String id, BigDecimal exact, String printed, String verdict, double tolerance) {}

    static ExactFigures read() throws IOException {
        try (InputStream stream = ExactFigures.class.getResourceAsStream("article_examples.json");
                JsonParser json = new JsonFactory().createParser(Objects.requireNonNull(stream))) {
            json.nextToken();
            List<Case> cases = new ArrayList<>();
            Map<String, String> head = new HashMap<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() != JsonToken.START_ARRAY) {
                    head.put(name, json.getText());
                    continue;
                }
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    Map<String, String> fields = scalars(json);
                    cases.add(new Case(
                            fields.get("id").replace("article/", ""),
                            new BigDecimal(fields.get("exact")),
                            fields.get("printed").replace("null", ""),
                            fields.get("verdict"),
                            Double.parseDouble(fields.getOrDefault("rtol", head.get("rtol")))));
                }
            }
            return new ExactFigures(
                    Double.parseDouble(head.get("rtol")), Double.parseDouble(head.get("atol")), List.copyOf(cases));
        }
    }

    private static Map<String, String> scalars(JsonParser json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            if (json.nextToken().isScalarValue()) {
                fields.put(name, json.getText());
            } else {
                json.skipChildren();
            }
        }
        return fields;
    }
}
