package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.ejgrad.nn.io.JsonTokens.quoted;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;

/**
 * A layer as data: what kind it is, its options, what its matrices are called in the file, and the layers inside it.
 *
 * <p>As JSON it is an object; what is empty is left out:
 *
 * <pre>
 * {"layer": "Sequential", "layers": [
 *   {"layer": "Dense", "matrices": {"weight": "0.weight", "bias": "0.bias"}},
 *   {"layer": "tanh"},
 *   {"layer": "Dropout", "options": {"probability": "0.5", "seed": "1"}}]}
 * </pre>
 *
 * <p>At most {@value #MOST_LAYERS} layers, {@value #DEEPEST} deep, are written or read.
 *
 * @param kind the name of the kind, such as {@code Dense}
 * @param options name → option, as texts
 * @param matrices name within the layer → name in the file
 * @param layers those inside, in order
 */
public record Architecture(
        String kind, Map<String, String> options, Map<String, String> matrices, List<Architecture> layers) {
    private static final int MOST_LAYERS = 10_000;
    private static final int DEEPEST = 100;

    public Architecture {
        if (requireNonNull(kind, "kind").isEmpty()) {
            throw new IllegalArgumentException("Architecture: the kind of the layer is empty; expected a name");
        }
        options = Require.entries(options, "options");
        matrices = Require.entries(matrices, "matrices");
        layers = Require.elements(layers, "layers");
    }

    /**
     * {@return the layer as JSON, on one line}
     *
     * @throws IllegalArgumentException if there are more layers, or they lie deeper within each other, than are read
     */
    public String toJson() {
        ModelLimits.requireAtMost(count(1), MOST_LAYERS, "toJson", "layers");
        return json();
    }

    /** As {@link #toJson}, but of any size. */
    @Override
    public String toString() {
        return PlainText.line(json());
    }

    /** How many layers there are, at a depth that is still read. */
    private long count(int depth) {
        ModelLimits.requireAtMost(depth, DEEPEST, "toJson", "layers within each other");
        return 1 + layers.stream().mapToLong(inner -> inner.count(depth + 1)).sum();
    }

    private String json() {
        List<String> fields = new ArrayList<>(List.of("\"layer\":" + quoted(kind)));
        texts("options", options, fields);
        texts("matrices", matrices, fields);
        if (!layers.isEmpty()) {
            fields.add(layers.stream().map(Architecture::json).collect(joining(",", "\"layers\":[", "]")));
        }
        return "{" + String.join(",", fields) + "}";
    }

    private static void texts(String field, Map<String, String> texts, List<String> fields) {
        if (!texts.isEmpty()) {
            fields.add(texts.entrySet().stream()
                    .map(text -> quoted(text.getKey()) + ":" + quoted(text.getValue()))
                    .collect(joining(",", "\"" + field + "\":{", "}")));
        }
    }

    /**
     * Reads what {@link #toJson} wrote.
     *
     * @param text the JSON
     * @param source where it comes from, for messages
     * @return the layer
     * @throws ModelFormatException if it is something else, or more than is written
     */
    public static Architecture parse(String text, String source) throws ModelFormatException {
        try {
            return JsonTokens.read(
                    new StringReader(requireNonNull(text, "text")),
                    2 * DEEPEST,
                    requireNonNull(source, "source"),
                    "network",
                    at -> Math.max(at.getCharOffset(), 0),
                    json -> new Tokens(json).layer());
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** One pass over the tokens. */
    private static final class Tokens {
        private final JsonTokens json;
        private int count;

        Tokens(JsonTokens json) {
            this.json = json;
        }

        /** What follows an opening brace. */
        Architecture layer() throws IOException {
            String section = "layer number " + count++;
            if (count > MOST_LAYERS) {
                throw json.wrong(section, "there are more than " + MOST_LAYERS + " layers");
            }
            String kind = "";
            Map<String, String> options = Map.of();
            Map<String, String> matrices = Map.of();
            List<Architecture> layers = List.of();
            while (json.hasField()) {
                String field = json.parser().currentName();
                switch (field) {
                    case "layer" -> {
                        json.expect(JsonToken.VALUE_STRING, section);
                        kind = json.checked(json.parser().getText(), section);
                    }
                    case "options" -> options = json.texts(section + ", options");
                    case "matrices" -> matrices = json.texts(section + ", matrices");
                    case "layers" -> layers = layers(section);
                    default -> throw json.wrong(section, "unknown field \"" + JsonTokens.shortened(field) + "\"");
                }
            }
            if (kind.isEmpty()) {
                throw json.wrong(section, "it has no kind; expected the field \"layer\"");
            }
            return new Architecture(kind, options, matrices, layers);
        }

        private List<Architecture> layers(String section) throws IOException {
            json.expect(JsonToken.START_ARRAY, section + ", layers");
            List<Architecture> layers = new ArrayList<>();
            while (json.parser().nextToken() == JsonToken.START_OBJECT) {
                layers.add(layer());
            }
            if (json.parser().currentToken() != JsonToken.END_ARRAY) {
                throw json.wrong(section, "found " + json.parser().currentToken() + " among its layers");
            }
            return layers;
        }
    }
}
