package org.ejgrad.nn.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON header of a safetensors file: for each tensor its name, element type, shape and place among the data.
 *
 * @param tensors in the order of their data
 * @param metadata the {@code __metadata__} map
 */
record SafetensorsHeader(List<Entry> tensors, Map<String, String> metadata) {
    /** The one name that is not a tensor's. */
    static final String METADATA = "__metadata__";

    /** Room for the deepest header there is, {"name":{"shape":[1]}}, and no more. */
    private static final int DEEPEST_NESTING = 3;

    /** More dimensions than any tensor has; those with more than 2 are refused by name. */
    private static final int MOST_DIMENSIONS = 64;

    /** The most entries that a Java array can have. */
    private static final long MOST_ENTRIES = Integer.MAX_VALUE - 8;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_NESTING)
                    .build())
            .build();

    /**
     * One tensor.
     *
     * @param begin its first byte, counted from the first byte of the data
     * @param end the byte after its last
     */
    record Entry(String name, ElementType type, int rows, int columns, long begin, long end) {}

    /** The header as compact JSON, without the padding. */
    String toJson() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writeObjectFieldStart(METADATA);
                for (Map.Entry<String, String> note : metadata.entrySet()) {
                    json.writeStringField(note.getKey(), note.getValue());
                }
                json.writeEndObject();
            }
            for (Entry tensor : tensors) {
                json.writeObjectFieldStart(tensor.name);
                json.writeStringField("dtype", tensor.type.name());
                json.writeFieldName("shape");
                json.writeArray(new int[] {tensor.rows, tensor.columns}, 0, 2);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {tensor.begin, tensor.end}, 0, 2);
                json.writeEndObject();
            }
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException("writing JSON to memory failed", impossible);
        }
        return text.toString();
    }

    /**
     * Reads and checks a header: the tensors lie one after the other, from 0 to the end of the data, without hole or
     * overlap, and each is as long as its shape and type say.
     *
     * @param text the JSON, perhaps padded
     * @param dataSize how many bytes of data follow the header
     * @param source the file's name for messages
     */
    static SafetensorsHeader parse(String text, long dataSize, String source) throws ModelFormatException {
        try (JsonParser json = JSON.createParser(text)) {
            return new Reader(json, source).read(dataSize);
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (JsonProcessingException wrong) {
            String at = wrong.getLocation() == null
                    ? ""
                    : " at character " + wrong.getLocation().getCharOffset();
            throw new ModelFormatException(
                    source,
                    "header",
                    Safetensors.LENGTH_BYTES,
                    "not the expected JSON" + at + ": " + wrong.getOriginalMessage());
        } catch (IOException wrong) {
            throw new ModelFormatException(
                    source, "header", Safetensors.LENGTH_BYTES, "unreadable: " + wrong.getMessage());
        }
    }

    /** One pass over the tokens. */
    private record Reader(JsonParser json, String source) {
        SafetensorsHeader read(long dataSize) throws IOException {
            List<Entry> tensors = new ArrayList<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            expect(json.nextToken(), JsonToken.START_OBJECT, "header");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = checked(json.currentName(), "header");
                if (name.equals(METADATA)) {
                    readMetadata(metadata);
                } else {
                    tensors.add(readTensor(name));
                }
            }
            if (json.nextToken() != null) {
                throw wrong("header", "there is more after the closing brace");
            }
            tensors.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
            requireGapless(tensors, dataSize);
            return new SafetensorsHeader(List.copyOf(tensors), metadata);
        }

        private void readMetadata(Map<String, String> metadata) throws IOException {
            expect(json.nextToken(), JsonToken.START_OBJECT, METADATA);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String key = checked(json.currentName(), METADATA);
                expect(json.nextToken(), JsonToken.VALUE_STRING, METADATA + " \"" + key + "\"");
                metadata.put(key, checked(json.getText(), METADATA + " \"" + key + "\""));
            }
        }

        private Entry readTensor(String name) throws IOException {
            String section = "tensor \"" + name + "\"";
            expect(json.nextToken(), JsonToken.START_OBJECT, section);
            Optional<String> type = Optional.empty();
            Optional<List<Long>> shape = Optional.empty();
            Optional<List<Long>> offsets = Optional.empty();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String field = json.currentName();
                JsonToken value = json.nextToken();
                switch (field) {
                    case "dtype" -> {
                        expect(value, JsonToken.VALUE_STRING, section + ", dtype");
                        type = Optional.of(json.getText());
                    }
                    case "shape" -> shape = Optional.of(readNumbers(value, section + ", shape"));
                    case "data_offsets" -> offsets = Optional.of(readNumbers(value, section + ", data_offsets"));
                    default -> throw wrong(section, "unknown field \"" + field + "\"");
                }
            }
            return entry(
                    name,
                    elementType(type.orElseThrow(() -> wrong(section, "no dtype")), section),
                    shape.orElseThrow(() -> wrong(section, "no shape")),
                    offsets.orElseThrow(() -> wrong(section, "no data_offsets")));
        }

        private Entry entry(String name, ElementType type, List<Long> shape, List<Long> offsets) throws IOException {
            String section = "tensor \"" + name + "\"";
            if (shape.size() > 2) {
                throw wrong(section, "its shape " + shape + " has " + shape.size() + " dimensions; expected at most 2");
            }
            long rows = shape.size() < 2 ? 1 : shape.get(0);
            long columns = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
            if (rows > MOST_ENTRIES || columns > MOST_ENTRIES || rows * columns > MOST_ENTRIES) {
                throw wrong(section, "its shape " + shape + " has more than " + MOST_ENTRIES + " entries");
            }
            if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
                throw wrong(section, "its data_offsets are " + offsets + "; expected [begin, end] with begin ≤ end");
            }
            long length = offsets.get(1) - offsets.get(0);
            if (length != rows * columns * type.size) {
                throw wrong(
                        section,
                        "it has " + length + " bytes; shape " + shape + " of " + type + " needs "
                                + rows * columns * type.size);
            }
            return new Entry(name, type, (int) rows, (int) columns, offsets.get(0), offsets.get(1));
        }

        private ElementType elementType(String name, String section) throws ModelFormatException {
            for (ElementType type : ElementType.values()) {
                if (type.name().equals(name)) {
                    return type;
                }
            }
            throw wrong(section, "its dtype is \"" + name + "\"; expected one of " + List.of(ElementType.values()));
        }

        /** An array of whole numbers that are at least 0. */
        private List<Long> readNumbers(JsonToken start, String section) throws IOException {
            expect(start, JsonToken.START_ARRAY, section);
            List<Long> numbers = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                boolean small = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
                if (!small || json.getLongValue() < 0 || numbers.size() == MOST_DIMENSIONS) {
                    throw wrong(
                            section,
                            "found " + shortened(json.getText()) + "; expected at most " + MOST_DIMENSIONS
                                    + " whole numbers in 0 … 2⁶³−1");
                }
                numbers.add(json.getLongValue());
            }
            return numbers;
        }

        private void requireGapless(List<Entry> tensors, long dataSize) throws ModelFormatException {
            long reached = 0;
            for (Entry tensor : tensors) {
                if (tensor.begin != reached) {
                    throw wrong(
                            "tensor \"" + tensor.name + "\"",
                            "its data begin at " + tensor.begin + ", which leaves "
                                    + (tensor.begin > reached ? "a hole after " : "an overlap with what ends at ")
                                    + reached);
                }
                reached = tensor.end;
            }
            if (reached != dataSize) {
                throw wrong(
                        "data", "the tensors fill " + reached + " bytes; the file has " + dataSize + " bytes of data");
            }
        }

        private void expect(JsonToken found, JsonToken expected, String section) throws ModelFormatException {
            if (found != expected) {
                throw wrong(section, "found " + found + "; expected " + expected);
            }
        }

        /** JSON's escapes can spell half a surrogate pair, which no UTF-8 file can hold again. */
        private String checked(String text, String section) throws ModelFormatException {
            if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
                throw wrong(section, "a text holds half of a surrogate pair, which is not valid Unicode");
            }
            return text;
        }

        private static String shortened(String text) {
            return text.length() <= 40 ? text : text.substring(0, 40) + "…";
        }

        private ModelFormatException wrong(String section, String reason) {
            return new ModelFormatException(source, section, Safetensors.LENGTH_BYTES, reason);
        }
    }
}
