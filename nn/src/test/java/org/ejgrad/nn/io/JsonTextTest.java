package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Matrices as JSON keep every bit, and what is not such a text is refused with its place. */
class JsonTextTest {
    private static final NamedMatrices MODEL = NamedMatrices.empty()
            .with("0.weight", new SimpleMatrix(2, 2, true, 1, -0.0, Double.NaN, Double.POSITIVE_INFINITY))
            .with("bias \"b\"", new SimpleMatrix(1, 2, true, 0.1, Double.longBitsToDouble(0xfff8000000000001L)))
            .with("none", new SimpleMatrix(0, 3))
            .withMetadata("note", "by\nhand");

    private static final String TEXT = """
            {
              "format": "ejgrad-matrices-2",
              "sha256": "91f19036628b2b85e3100ae6f80601de116a613ec26c6542e3b715caac2e2d88",
              "metadata": {
                "note": "by\\nhand"
              },
              "matrices": {
                "0.weight": {"rows": 2, "columns": 2, "elements": [
                  [1.0, -0.0],
                  ["NaN", "Infinity"]
                ]},
                "bias \\"b\\"": {"rows": 1, "columns": 2, "elements": [
                  [0.1, "0xfff8000000000001"]
                ]},
                "none": {"rows": 0, "columns": 3, "elements": []}
              }
            }
            """;

    @Test
    void looksAsPromised() throws ModelFormatException {
        assertEquals(TEXT, JsonText.of(MODEL));
        assertEquals(MODEL, JsonText.parse(TEXT));
        NamedMatrices empty = NamedMatrices.empty();
        assertEquals(empty, JsonText.parse(JsonText.of(empty)));
    }

    @Property(tries = 200)
    void everyBitSurvives(@ForAll("models") NamedMatrices model) throws ModelFormatException {
        assertEquals(model, JsonText.parse(JsonText.of(model)));
    }

    @Provide
    Arbitrary<NamedMatrices> models() {
        return new SafetensorsTest().models();
    }

    @Test
    void aLongRowComesBack() throws ModelFormatException {
        for (int length : new int[] {63, 64, 65, 128, 200}) {
            double[] row = new double[length];
            java.util.Arrays.setAll(row, i -> 1.0 / (i + 1));
            NamedMatrices wide = NamedMatrices.empty().with("w", new SimpleMatrix(1, length, true, row));
            assertEquals(wide, JsonText.parse(JsonText.of(wide)));
        }
    }

    @Test
    void theLocaleDoesNotMatter() throws ModelFormatException {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"tr-TR", "de-DE", "ar-EG-u-nu-arab"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(TEXT, JsonText.of(MODEL));
                assertEquals(MODEL, JsonText.parse(TEXT));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void filesWork(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.json");
        JsonText.write(file, MODEL);
        assertEquals(TEXT, Files.readString(file));
        assertEquals(MODEL, JsonText.read(file));
        Files.write(file, new byte[] {'{', (byte) 0xff});
        assertTrue(assertThrows(ModelFormatException.class, () -> JsonText.readUnchecked(file))
                .toString()
                .contains(file + ": text (byte 0): it is not valid UTF-8"));
        assertTrue(assertThrows(ModelFormatException.class, () -> JsonText.read(file))
                .toString()
                .contains(file + ": text (byte 0): it carries no check sum"));
        assertThrows(ModelFormatException.class, () -> JsonText.read(folder));
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(1 << 30);
            assertTrue(assertThrows(ModelFormatException.class, () -> JsonText.read(file))
                    .toString()
                    .contains("it carries no check sum"));
            sparse.setLength((1 << 30) + 1);
            assertTrue(assertThrows(ModelFormatException.class, () -> JsonText.read(file))
                    .toString()
                    .contains("it has 1073741825 bytes; expected at most 1073741824"));
        }
    }

    @Test
    void otherTextsAreRefusedWithTheirPlace() {
        refused("", "");
        refused("[]", "found START_ARRAY; expected START_OBJECT");
        refused("{}", "expected the field \"format\"");
        refused(
                TEXT.replace("matrices-2", "matrices-3"),
                "it is \"ejgrad-matrices-3\"; expected \"ejgrad-matrices-2\"");
        refused(TEXT.replace("matrices-2", "3".repeat(33)), "it is \"ejgrad-" + "3".repeat(33) + "\"");
        refused(TEXT.replace("matrices-2", "3".repeat(34)), "it is \"ejgrad-" + "3".repeat(33) + "…\"");
        refused(TEXT.replace("\"note\"", "\"" + "n".repeat(70_000) + "\""), "a name over 65536 characters");
        refused(TEXT.replace("1.0", "1".repeat(2000)), "a number over 1000");
        refused(TEXT + "x", "not the expected JSON at character " + TEXT.length());
        refused(TEXT + "{}", "there is more");
        refused(TEXT.substring(0, TEXT.length() - 3), "not the expected JSON");
        refused(TEXT.replace("\"none\"", "\"0.weight\""), "Duplicate field '0.weight'");
        refused(TEXT.replace("\"none\"", "\"__metadata__\""), "the file format reserves it");
        refused(TEXT.replace("\"rows\": 2", "\"rows\": 3"), "it has 2 rows; expected 3");
        refused(
                TEXT.replace("\"columns\": 2, \"elements\": [\n      [1", "\"columns\": 3, \"elements\": [\n      [1"),
                "row 0 (byte");
        refused(TEXT.replace("\"columns\": 2", "\"columns\": 1"), "it has more than 1 elements");
        refused(TEXT.replace("\"rows\": 2", "\"rows\": 1"), "it has more than 1 rows");
        refused(TEXT.replace("\"rows\": 0, \"columns\": 3", "\"rows\": 2147483639, \"columns\": 1"), "it has 0 rows");
        refused(TEXT.replace("\"rows\": 0, \"columns\": 3", "\"rows\": 2147483640, \"columns\": 1"), "elements");
        refused(TEXT.replace("metadata", "notes"), "found notes; expected the field \"metadata\"");
        refused(TEXT.replace("\"rows\": 2", "\"rows\": -2"), "rows is -2; expected 0");
        refused(TEXT.replace("\"rows\": 2", "\"rows\": 2.0"), "found VALUE_NUMBER_FLOAT");
        refused(TEXT.replace("\"rows\": 2", "\"rows\": 99999999999"), "rows is 99999999999");
        refused(TEXT.replace("1.0", "1e400"), "found 1e400");
        refused(TEXT.replace("1.0", "true"), "found true");
        refused(TEXT.replace("1.0", "null"), "found null");
        refused(TEXT.replace("1.0", "[1]"), "nesting depth");
        refused(TEXT.replace("\"NaN\"", "\"nan\""), "found nan");
        refused(TEXT.replace("\"NaN\"", "NaN"), "not the expected JSON");
        refused(TEXT.replace("\"by\\nhand\"", "7"), "found VALUE_NUMBER_INT; expected VALUE_STRING");
        refused(TEXT.replace("[1.0, -0.0]", "[".repeat(100_000)), "nesting depth");
    }

    private static void refused(String text, String reason) {
        String message = assertThrows(ModelFormatException.class, () -> JsonText.parseUnchecked(text))
                .toString();
        assertTrue(message.contains(reason), message);
    }

    @Test
    void everyTruncationIsRefused() {
        for (int length = 0; length < TEXT.length(); length++) {
            String cut = TEXT.substring(0, length);
            assertThrows(ModelFormatException.class, () -> JsonText.parse(cut), cut);
        }
    }

    @Test
    void anotherNumberIsDamage() throws ModelFormatException {
        String edited = TEXT.replace("0.1", "0.2");
        String message = assertThrows(ModelFormatException.class, () -> JsonText.parse(edited))
                .toString();
        assertTrue(message.contains("checksum (byte 0): the text is damaged: its SHA-256 is "), message);
        assertEquals(0.2, JsonText.parseUnchecked(edited).get("bias \"b\"").get(0, 0));
        assertThrows(ModelFormatException.class, () -> JsonText.parse(TEXT.replace("\n", "\r\n")));
        assertThrows(ModelFormatException.class, () -> JsonText.parse(TEXT + " "));
    }

    /** Texts of format 1 carried no sum. */
    @Test
    void aTextWithoutASumIsReadOnlyByChoice(@TempDir Path folder) throws IOException {
        String old = TEXT.replaceAll("  \"sha256\".*\n", "").replace("matrices-2", "matrices-1");
        Path file = Files.writeString(folder.resolve("old.json"), old);
        for (Executable reading : List.<Executable>of(() -> JsonText.parse(old), () -> JsonText.read(file))) {
            String message = assertThrows(ModelFormatException.class, reading).toString();
            assertTrue(message.contains("no check sum") && message.contains("readUnchecked"), message);
        }
        assertEquals(MODEL, JsonText.parseUnchecked(old));
        assertEquals(MODEL, JsonText.readUnchecked(file));
    }
}
