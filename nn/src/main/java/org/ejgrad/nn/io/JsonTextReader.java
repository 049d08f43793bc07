package org.ejgrad.nn.io;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * The bytes of a {@link JsonText} as named matrices, in one pass that takes their sum as well.
 *
 * @param source the file's name for messages
 * @param in the bytes
 */
record JsonTextReader(String source, InputStream in) {
    private static final int DEEPEST_NESTING = 5;

    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");

    /** Reads the whole text, which must carry its sum, and be right, if that is to be checked. */
    NamedMatrices read(boolean checked) throws IOException {
        int opening = JsonText.OPENING.length();
        byte[] start = in.readNBytes(opening + Checksum.PLACEHOLDER.length());
        String text = new String(start, StandardCharsets.US_ASCII);
        if (checked && (start.length < opening + Checksum.PLACEHOLDER.length() || !text.startsWith(JsonText.OPENING))) {
            throw wrong(
                    "text",
                    "it carries no check sum, so it is damaged, of format 1 or not written by ejgrad; one "
                            + "without a sum is read with readUnchecked");
        }
        Checksum checksum = new Checksum();
        checksum.digest().update((JsonText.OPENING + Checksum.PLACEHOLDER).getBytes(StandardCharsets.US_ASCII));
        InputStream rest = new DigestInputStream(in, checksum.digest());
        NamedMatrices read = parse(new SequenceInputStream(new ByteArrayInputStream(start), rest));
        if (checked) {
            String sum = checksum.digits();
            if (!text.endsWith(sum)) {
                throw wrong("checksum", "the text is damaged: its SHA-256 is " + sum + ", not the one it carries");
            }
        }
        return read;
    }

    private NamedMatrices parse(InputStream bytes) throws IOException {
        Reader text = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
        return JsonTokens.read(
                text,
                DEEPEST_NESTING,
                source,
                "text",
                at -> Math.max(at.getCharOffset(), 0),
                json -> new Tokens(json, json.parser()).read());
    }

    private ModelFormatException wrong(String section, String reason) {
        return new ModelFormatException(source, section, 0, reason);
    }

    /** One pass over the tokens. */
    private record Tokens(JsonTokens json, JsonParser parser) {
        NamedMatrices read() throws IOException {
            expectField("format");
            json.expect(JsonToken.VALUE_STRING, "format");
            if (!List.of(JsonText.FORMAT, JsonText.FORMAT_WITHOUT_SUM).contains(parser.getText())) {
                throw json.wrong("format", "it is \"" + found() + "\"; expected \"" + JsonText.FORMAT + "\"");
            }
            boolean more = json.hasField();
            if (more && parser.currentName().equals("sha256")) {
                json.expect(JsonToken.VALUE_STRING, "sha256");
                more = json.hasField();
            }
            requireField(more, "metadata");
            Map<String, String> notes = json.texts("metadata");
            expectField("matrices");
            json.expect(JsonToken.START_OBJECT, "matrices");
            Map<String, Value> matrices = new LinkedHashMap<>();
            while (json.hasField()) {
                String name = parser.currentName();
                if (matrices.size() == ModelLimits.MOST_ENTRIES) {
                    throw json.wrong("matrices", "there are more than " + ModelLimits.MOST_ENTRIES);
                }
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
            if ((long) rows * columns > ModelLimits.MOST_ELEMENTS) {
                throw json.wrong(
                        section, rows + "x" + columns + " are more than " + ModelLimits.MOST_ELEMENTS + " elements");
            }
            expectField("elements");
            json.expect(JsonToken.START_ARRAY, section);
            double[] elements = new double[0];
            int found = 0;
            for (; parser.nextToken() == JsonToken.START_ARRAY; found++) {
                if (found < rows) {
                    elements = readRow(elements, found, columns, section + ", row " + found);
                } else {
                    throw json.wrong(section, "it has more than " + rows + " rows");
                }
            }
            if (parser.currentToken() != JsonToken.END_ARRAY || found != rows) {
                throw json.wrong(section, "it has " + found + " rows; expected " + rows);
            }
            json.expect(JsonToken.END_OBJECT, section);
            double[] exact = Arrays.copyOf(elements, rows * columns);
            return Value.adopting(DMatrixRMaj.wrap(rows, columns, exact));
        }

        /** Puts a row behind the others, in an array that grows with the text, whatever it claims. */
        private double[] readRow(double[] elements, int row, int columns, String section) throws IOException {
            double[] all = elements;
            int begin = row * columns;
            int count = 0;
            for (; parser.nextToken() != JsonToken.END_ARRAY; count++) {
                if (count == columns) {
                    throw json.wrong(section, "it has more than " + columns + " elements");
                }
                if (begin + count == all.length) {
                    long more = Math.min(all.length + (all.length >> 1) + 16L, ModelLimits.MOST_ELEMENTS);
                    all = Arrays.copyOf(all, (int) more);
                }
                all[begin + count] = readNumber(section);
            }
            if (count < columns) {
                throw json.wrong(section, "it has " + count + " elements; expected " + columns);
            }
            return all;
        }

        private int readSize(String field, String section) throws IOException {
            expectField(field);
            json.expect(JsonToken.VALUE_NUMBER_INT, section + ", " + field);
            if (parser.getNumberType() != JsonParser.NumberType.INT || parser.getIntValue() < 0) {
                throw json.wrong(section, field + " is " + found() + "; expected 0 … 2³¹−1");
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
                    "found " + found() + "; expected a number, \"NaN\", \"Infinity\", \"-Infinity\" or 16 digits "
                            + "after \"0x\"");
        }

        private void expectField(String name) throws IOException {
            requireField(json.hasField(), name);
        }

        private void requireField(boolean isField, String name) throws IOException {
            if (!isField || !parser.currentName().equals(name)) {
                throw json.wrong("text", "found " + found() + "; expected the field \"" + name + "\"");
            }
        }

        private String found() throws IOException {
            return JsonTokens.shortened(parser.getText());
        }
    }
}
