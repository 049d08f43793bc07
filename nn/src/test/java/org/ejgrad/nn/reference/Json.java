package org.ejgrad.nn.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A JSON value with the accessors that figures need; the strings NaN, Infinity and -Infinity are numbers too. */
public final class Json {
    private static final Object NULL = new Object();

    private final String path;
    private final Object content;

    private Json(String path, Object content) {
        this.path = path;
        this.content = content;
    }

    public static Json read(String name, InputStream stream) throws IOException {
        try (JsonParser parser = JsonFactory.builder().build().createParser(stream)) {
            parser.nextToken();
            return new Json(name, parse(parser));
        }
    }

    private static Object parse(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("the file ends too early");
        }
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    fields.put(name, parse(parser));
                }
                yield fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(parse(parser));
                }
                yield items;
            }
            case VALUE_NULL -> NULL;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_STRING -> parser.getText();
            default -> Double.parseDouble(parser.getText());
        };
    }

    private static Object required(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        return value == null ? NULL : value;
    }

    public boolean isNull() {
        return content == NULL;
    }

    public boolean isList() {
        return content instanceof List;
    }

    /** The field if it is there and not null. */
    public Optional<Json> find(String name) {
        Json field = new Json(path + "." + name, required(fields(), name));
        return field.isNull() ? Optional.empty() : Optional.of(field);
    }

    /** The field, which must be there. */
    public Json get(String name) {
        return find(name).orElseThrow(() -> new Unsupported("the field " + path + "." + name + " is missing"));
    }

    /** Whether the field is there, possibly null. */
    public boolean has(String name) {
        return fields().containsKey(name);
    }

    public Iterable<String> names() {
        return fields().keySet().stream().map(String::valueOf).toList();
    }

    public double number() {
        if (content instanceof Double number) {
            return number;
        }
        if (content instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new Unsupported(path + " is \"" + text + "\"; expected a number", e);
            }
        }
        throw expected("a number");
    }

    public int integer() {
        double number = number();
        if (number != Math.rint(number)) {
            throw expected("an integer");
        }
        return (int) number;
    }

    public boolean truth() {
        if (content instanceof Boolean truth) {
            return truth;
        }
        throw expected("true or false");
    }

    public String text() {
        if (content instanceof String text) {
            return text;
        }
        throw expected("a string");
    }

    public List<Json> list() {
        if (!(content instanceof List<?> items)) {
            throw expected("a list");
        }
        List<Json> all = new ArrayList<>();
        for (Object item : items) {
            all.add(new Json(path + "[" + all.size() + "]", item));
        }
        return all;
    }

    /** Some items of a list, as a list. */
    Json slice(int from, int to) {
        list();
        return new Json(path, List.copyOf(((List<?>) content).subList(from, to)));
    }

    /** An object with a field that it lacks. */
    Json withDefault(String name, String text) {
        Map<Object, Object> longer = new LinkedHashMap<>(fields());
        longer.putIfAbsent(name, text);
        return new Json(path, longer);
    }

    public double[] numbers() {
        return list().stream().mapToDouble(Json::number).toArray();
    }

    public int[] integers() {
        return list().stream().mapToInt(Json::integer).toArray();
    }

    /** The rows of a matrix; no rows at all is 0x0. */
    public double[][] matrix() {
        return list().stream().map(Json::numbers).toArray(double[][]::new);
    }

    private Map<?, ?> fields() {
        if (content instanceof Map<?, ?> fields) {
            return fields;
        }
        throw expected("an object");
    }

    private Unsupported expected(String what) {
        return new Unsupported(path + " is " + this + "; expected " + what);
    }

    @Override
    public String toString() {
        return content == NULL ? "null" : String.valueOf(content);
    }
}
