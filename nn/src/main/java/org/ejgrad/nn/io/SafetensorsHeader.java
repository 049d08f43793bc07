package org.ejgrad.nn.io;

import static java.util.stream.Collectors.joining;
import static org.ejgrad.nn.io.JsonTokens.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.math.BigInteger;
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
record SafetensorsHeader(List<Tensor> tensors, Map<String, String> metadata) {
    /** The one name that is not a tensor's. */
    static final String METADATA = "__metadata__";

    /** Room for the deepest header there is, {"name":{"shape":[1]}}, and no more. */
    private static final int DEEPEST_NESTING = 3;

    /** More dimensions than any tensor has. */
    private static final int MOST_DIMENSIONS = 64;

    /**
     * One tensor.
     *
     * @param dtype the name of its element type
     * @param begin its first byte, counted from the first byte of the data
     * @param end the byte after its last
     */
    record Tensor(String name, String dtype, List<Long> shape, long begin, long end) {
        Optional<ElementType> type() {
            return ElementType.named(dtype);
        }

        /** 1 for a scalar or a vector. */
        int rows() {
            return shape.size() < 2 ? 1 : shape.get(0).intValue();
        }

        /** 1 for a scalar; of more than two dimensions all but the first as one. */
        int columns() {
            return shape.stream()
                    .skip(shape.size() < 2 ? 0 : 1)
                    .mapToInt(Long::intValue)
                    .reduce(1, Math::multiplyExact);
        }

        /** Why it is no matrix, if it is none. */
        Optional<String> obstacle() {
            if (shape.size() > 2) {
                return Optional.of(
                        "its shape " + shape + " has " + shape.size() + " dimensions; a matrix has at most 2");
            }
            return obstacleOfType();
        }

        /** Why it cannot be read even as a matrix with a row per index of its first dimension. */
        Optional<String> obstacleOfRows() {
            double elements = 1;
            for (long size : shape) {
                elements *= Math.max(1, size);
            }
            return elements > ModelLimits.MOST_ELEMENTS
                    ? Optional.of("its shape " + shape + " has more than " + ModelLimits.MOST_ELEMENTS + " entries")
                    : obstacleOfType();
        }

        private Optional<String> obstacleOfType() {
            return type().isPresent()
                    ? Optional.empty()
                    : Optional.of("its numbers are of the type \"" + dtype + "\"; expected one of "
                            + List.of(ElementType.values()));
        }
    }

    /** The header as compact JSON, without the padding. */
    String toJson() {
        List<String> fields = new ArrayList<>();
        if (!metadata.isEmpty()) {
            fields.add(metadata.entrySet().stream()
                    .map(note -> quoted(note.getKey()) + ":" + quoted(note.getValue()))
                    .collect(joining(",", quoted(METADATA) + ":{", "}")));
        }
        for (Tensor each : tensors) {
            fields.add(quoted(each.name) + ":{\"dtype\":\"" + each.dtype + "\",\"shape\":"
                    + each.shape.stream().map(String::valueOf).collect(joining(",", "[", "]")) + ",\"data_offsets\":["
                    + each.begin + "," + each.end + "]}");
        }
        return "{" + String.join(",", fields) + "}";
    }

    /**
     * Reads and checks a header; what is no matrix is listed all the same: the tensors lie one after the other, from 0
     * to the end of the data, without hole or overlap, and each is as long as its shape and type say.
     *
     * @param text the JSON, perhaps padded; not closed
     * @param dataSize how many bytes of data follow the header
     * @param source the file's name for messages
     */
    static SafetensorsHeader parse(Reader text, long dataSize, String source) throws IOException {
        return JsonTokens.read(
                text,
                DEEPEST_NESTING,
                source,
                "header",
                at -> Safetensors.LENGTH_BYTES,
                json -> new Tokens(json, json.parser()).read(dataSize));
    }

    /** One pass over the tokens. */
    private record Tokens(JsonTokens json, JsonParser parser) {
        SafetensorsHeader read(long dataSize) throws IOException {
            List<Tensor> tensors = new ArrayList<>();
            Map<String, String> metadata = new LinkedHashMap<>();
            while (json.hasField()) {
                String name = json.checked(parser.currentName(), "header");
                if (name.equals(METADATA)) {
                    metadata.putAll(json.texts(METADATA));
                } else {
                    if (tensors.size() == ModelLimits.MOST_ENTRIES) {
                        throw json.wrong("header", "it names more than " + ModelLimits.MOST_ENTRIES + " tensors");
                    }
                    tensors.add(readTensor(name));
                }
            }
            tensors.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
            requireGapless(tensors, dataSize);
            return new SafetensorsHeader(List.copyOf(tensors), metadata);
        }

        private Tensor readTensor(String name) throws IOException {
            String section = "tensor \"" + name + "\"";
            json.expect(JsonToken.START_OBJECT, section);
            Optional<String> type = Optional.empty();
            Optional<List<Long>> shape = Optional.empty();
            Optional<List<Long>> offsets = Optional.empty();
            while (json.hasField()) {
                String field = parser.currentName();
                switch (field) {
                    case "dtype" -> {
                        json.expect(JsonToken.VALUE_STRING, section + ", dtype");
                        type = Optional.of(parser.getText());
                    }
                    case "shape" -> shape = Optional.of(readNumbers(section + ", shape"));
                    case "data_offsets" -> offsets = Optional.of(readNumbers(section + ", data_offsets"));
                    default -> throw json.wrong(section, "unknown field \"" + field + "\"");
                }
            }
            return entry(
                    name,
                    type.orElseThrow(() -> json.wrong(section, "no dtype")),
                    shape.orElseThrow(() -> json.wrong(section, "no shape")),
                    offsets.orElseThrow(() -> json.wrong(section, "no data_offsets")));
        }

        private Tensor entry(String name, String dtype, List<Long> shape, List<Long> offsets) throws IOException {
            String section = "tensor \"" + name + "\"";
            if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
                throw json.wrong(
                        section, "its data_offsets are " + offsets + "; expected [begin, end] with begin ≤ end");
            }
            Optional<ElementType> type = ElementType.named(dtype);
            String kept = type.map(ElementType::name).orElse(dtype); // one text for all tensors of a type
            Tensor tensor = new Tensor(name, kept, List.copyOf(shape), offsets.get(0), offsets.get(1));
            if (type.isPresent()) {
                requireLength(tensor, type.get(), section);
            }
            return tensor;
        }

        /** A tensor is as long as its shape and type say, and a matrix is no longer than an array can be. */
        private void requireLength(Tensor tensor, ElementType type, String section) throws IOException {
            BigInteger elements = BigInteger.ONE;
            for (long size : tensor.shape) {
                elements = elements.multiply(BigInteger.valueOf(size));
            }
            boolean rowsOrColumnsTooMany = tensor.shape.stream().anyMatch(size -> size > ModelLimits.MOST_ELEMENTS);
            boolean tooMany = elements.compareTo(BigInteger.valueOf(ModelLimits.MOST_ELEMENTS)) > 0;
            if (tensor.shape.size() <= 2 && (rowsOrColumnsTooMany || tooMany)) {
                throw json.wrong(
                        section,
                        "its shape " + tensor.shape + " has more than " + ModelLimits.MOST_ELEMENTS + " entries");
            }
            long length = tensor.end - tensor.begin;
            BigInteger needed = elements.multiply(BigInteger.valueOf(type.size));
            if (!needed.equals(BigInteger.valueOf(length))) {
                throw json.wrong(
                        section,
                        "it has " + length + " bytes; shape " + tensor.shape + " of " + type + " needs " + needed);
            }
        }

        /** An array of whole numbers that are at least 0. */
        private List<Long> readNumbers(String section) throws IOException {
            json.expect(JsonToken.START_ARRAY, section);
            List<Long> numbers = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                boolean small = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                        && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
                if (!small || parser.getLongValue() < 0 || numbers.size() == MOST_DIMENSIONS) {
                    throw json.wrong(
                            section,
                            "found " + JsonTokens.shortened(parser.getText()) + "; expected at most " + MOST_DIMENSIONS
                                    + " whole numbers in 0 … 2⁶³−1");
                }
                numbers.add(parser.getLongValue());
            }
            return numbers;
        }

        private void requireGapless(List<Tensor> tensors, long dataSize) throws ModelFormatException {
            long reached = 0;
            for (Tensor tensor : tensors) {
                if (tensor.begin != reached) {
                    throw json.wrong(
                            "tensor \"" + tensor.name + "\"",
                            "its data begin at " + tensor.begin + ", which leaves "
                                    + (tensor.begin > reached ? "a hole after " : "an overlap with what ends at ")
                                    + reached);
                }
                reached = tensor.end;
            }
            if (reached != dataSize) {
                throw json.wrong(
                        "data", "the tensors fill " + reached + " bytes; the file has " + dataSize + " bytes of data");
            }
        }
    }
}
