package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.ejgrad.nn.io.JsonTokens.quoted;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Named matrices as JSON, to be read by people and by programs that know no safetensors:
 *
 * <pre>
 * {
 *   "format": "ejgrad-matrices-1",
 *   "metadata": {
 *     "note": "by hand"
 *   },
 *   "matrices": {
 *     "0.weight": {"rows": 2, "columns": 2, "elements": [
 *       [1.0, -0.0],
 *       ["NaN", "Infinity"]
 *     ]}
 *   }
 * }
 * </pre>
 *
 * <p>Every bit survives: numbers are written so that they read back exactly, a NaN with a payload as its bits, such as
 * {@code "0x7ff8000000000001"}. There is no check sum; {@link Safetensors} has one.
 */
public final class JsonText {
    private static final String FORMAT = "ejgrad-matrices-1";
    private static final int DEEPEST_NESTING = 5;

    /** What fits into a string, for sure. */
    private static final long LONGEST_TEXT = 1L << 30;

    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

    private static final long CANONICAL_NAN = Double.doubleToRawLongBits(Double.NaN);

    private JsonText() {}

    /**
     * Writes matrices as JSON.
     *
     * @param matrices what to write
     * @return the text, one row of a matrix a line
     */
    public static String of(NamedMatrices matrices) {
        List<String> notes = new ArrayList<>();
        requireNonNull(matrices, "matrices")
                .metadata()
                .forEach((key, value) -> notes.add(quoted(key) + ": " + quoted(value)));
        List<String> entries = new ArrayList<>();
        for (String name : matrices.names()) {
            Value matrix = matrices.get(name);
            int columns = matrix.getNumCols();
            List<String> rows = IntStream.range(0, matrix.getNumRows())
                    .mapToObj(row -> IntStream.range(0, columns)
                            .mapToObj(column -> number(matrix.get(row, column)))
                            .collect(joining(", ", "[", "]")))
                    .toList();
            entries.add(quoted(name) + ": {\"rows\": " + matrix.getNumRows() + ", \"columns\": " + columns
                    + ", \"elements\": " + block("[", rows, "      ", "]") + "}");
        }
        List<String> fields = List.of(
                "\"format\": " + quoted(FORMAT),
                "\"metadata\": " + block("{", notes, "    ", "}"),
                "\"matrices\": " + block("{", entries, "    ", "}"));
        return block("{", fields, "  ", "}") + "\n";
    }

    /** One line each, or nothing between the brackets. */
    private static String block(String open, List<String> lines, String indentation, String close) {
        String outer = "\n" + indentation.substring(2);
        return lines.isEmpty()
                ? open + close
                : lines.stream().collect(joining(",\n" + indentation, open + "\n" + indentation, outer + close));
    }

    /** Java's shortest decimal reads back to the same bits, but for the payload of a NaN. */
    private static String number(double value) {
        long bits = Double.doubleToRawLongBits(value);
        if (Double.isNaN(value) && bits != CANONICAL_NAN) {
            return "\"0x" + HexFormat.of().toHexDigits(bits) + "\"";
        }
        return Double.isFinite(value) ? Double.toString(value) : "\"" + value + "\"";
    }

    /**
     * Reads what {@link #of} wrote.
     *
     * @return the matrices and the metadata
     * @throws ModelFormatException if it is something else, or damaged in a way that shows
     */
    public static NamedMatrices parse(String text) throws ModelFormatException {
        return parse(requireNonNull(text, "text"), "the text");
    }

    /**
     * Writes matrices to a file, all or nothing, see {@link AtomicFile}.
     *
     * @param file the file to make or to replace
     * @param matrices what to write
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void write(Path file, NamedMatrices matrices) throws IOException {
        byte[] bytes = of(matrices).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, bytes.length, out -> out.write(bytes));
    }

    /**
     * Reads a file written by {@link #write}.
     *
     * @return the matrices and the metadata
     * @throws ModelFormatException if it is something else, or damaged in a way that shows
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices read(Path file) throws IOException {
        long size = Safetensors.readableSize(file);
        if (size > LONGEST_TEXT) {
            throw new ModelFormatException(
                    file.toString(), "text", 0, "it has " + size + " bytes; expected at most " + LONGEST_TEXT);
        }
        try {
            return parse(Files.readString(file), file.toString());
        } catch (CharacterCodingException malformed) {
            throw new ModelFormatException(file.toString(), "text", 0, "it is not valid UTF-8");
        }
    }

    private static NamedMatrices parse(String text, String source) throws ModelFormatException {
        return JsonTokens.read(
                text,
                DEEPEST_NESTING,
                source,
                "text",
                at -> Math.max(at.getCharOffset(), 0),
                json -> new Reader(json, json.parser()).read());
    }

    /** One pass over the tokens. */
    private record Reader(JsonTokens json, JsonParser parser) {
        NamedMatrices read() throws IOException {
            expectField("format");
            json.expect(JsonToken.VALUE_STRING, "format");
            if (!parser.getText().equals(FORMAT)) {
                throw json.wrong("format", "it is \"" + parser.getText() + "\"; expected \"" + FORMAT + "\"");
            }
            expectField("metadata");
            Map<String, String> notes = json.texts("metadata");
            expectField("matrices");
            json.expect(JsonToken.START_OBJECT, "matrices");
            Map<String, Value> matrices = new LinkedHashMap<>();
            while (json.hasField()) {
                String name = parser.currentName();
                matrices.put(name, readMatrix("matrix \"" + name + "\""));
            }
            json.expect(JsonToken.END_OBJECT, "text");
            try {
                return NamedMatrices.ofValues(matrices).withMetadata(notes);
            } catch (IllegalArgumentException refused) {
                throw json.wrong("text", String.valueOf(refused.getMessage()));
            }
        }

        private Value readMatrix(String section) throws IOException {
            json.expect(JsonToken.START_OBJECT, section);
            int rows = readSize("rows", section);
            int columns = readSize("columns", section);
            expectField("elements");
            json.expect(JsonToken.START_ARRAY, section);
            List<double[]> found = new ArrayList<>();
            while (parser.nextToken() == JsonToken.START_ARRAY) {
                found.add(readRow(columns, section + ", row " + found.size()));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY || found.size() != rows) {
                throw json.wrong(section, "it has " + found.size() + " rows; expected " + rows);
            }
            json.expect(JsonToken.END_OBJECT, section);
            double[] elements = found.stream().flatMapToDouble(Arrays::stream).toArray();
            return Value.adopting(DMatrixRMaj.wrap(rows, columns, elements));
        }

        /** Grows with the text, whatever it claims. */
        private double[] readRow(int columns, String section) throws IOException {
            DoubleStream.Builder row = DoubleStream.builder();
            int count = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (count == columns) {
                    throw json.wrong(section, "it has more than " + columns + " elements");
                }
                row.add(readNumber(section));
                count++;
            }
            if (count < columns) {
                throw json.wrong(section, "it has " + count + " elements; expected " + columns);
            }
            return row.build().toArray();
        }

        private int readSize(String field, String section) throws IOException {
            expectField(field);
            json.expect(JsonToken.VALUE_NUMBER_INT, section + ", " + field);
            if (parser.getNumberType() != JsonParser.NumberType.INT || parser.getIntValue() < 0) {
                throw json.wrong(section, field + " is " + parser.getText() + "; expected 0 … 2³¹−1");
            }
            return parser.getIntValue();
        }

        private double readNumber(String section) throws IOException {
            String text = parser.getText();
            boolean quoted = parser.currentToken() == JsonToken.VALUE_STRING;
            if (quoted && text.matches("0x[0-9a-f]{16}")) {
                return Double.longBitsToDouble(Long.parseUnsignedLong(text, 2, 18, 16));
            }
            if (quoted ? NOT_FINITE.contains(text) : parser.currentToken().isNumeric()) {
                double value = Double.parseDouble(text);
                if (quoted || Double.isFinite(value)) {
                    return value;
                }
            }
            throw json.wrong(
                    section,
                    "found " + text + "; expected a number, \"NaN\", \"Infinity\", \"-Infinity\" or 16 digits "
                            + "after \"0x\"");
        }

        private void expectField(String name) throws IOException {
            if (!json.hasField() || !parser.currentName().equals(name)) {
                throw json.wrong("text", "found " + parser.getText() + "; expected the field \"" + name + "\"");
            }
        }
    }
}
