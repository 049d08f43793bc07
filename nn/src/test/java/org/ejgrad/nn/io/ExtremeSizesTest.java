package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Whatever can be written can be read again, up to the limits and not beyond. */
@Tag("long")
class ExtremeSizesTest {
    private static final SimpleMatrix ONE = new SimpleMatrix(1, 1, true, 1.5);

    private static void comesBack(NamedMatrices model) throws ModelFormatException {
        assertEquals(model, Safetensors.fromBytes(Safetensors.toBytes(model)));
        assertEquals(model, JsonText.parse(JsonText.of(model)));
    }

    @Test
    void longNamesAndNotesComeBack() throws ModelFormatException {
        for (String character : new String[] {"x", "é", "\u0001"}) {
            comesBack(NamedMatrices.empty().with(character.repeat(ModelLimits.LONGEST_NAME), ONE));
            comesBack(NamedMatrices.empty()
                    .with("w", ONE)
                    .withMetadata(character.repeat(60_000), character.repeat(700_000)));
        }
        comesBack(NamedMatrices.empty().withMetadata("note", "x".repeat(ModelLimits.LONGEST_NOTE)));
        comesBack(NamedMatrices.empty().with("𝄞".repeat(30_000), ONE));
        comesBack(NamedMatrices.empty()
                .with("wide", new SimpleMatrix(1, 100_000))
                .with("high", new SimpleMatrix(100_000, 1)));
        comesBack(
                NamedMatrices.empty().with("none", new SimpleMatrix(100_000, 0)).with("empty", new SimpleMatrix(0, 7)));
    }

    @Test
    void longerOnesAreRefusedAtOnce() {
        NamedMatrices empty = NamedMatrices.empty();
        String name = "n".repeat(ModelLimits.LONGEST_NAME + 1);
        refused("the name has 65537 characters; expected at most 65536", () -> empty.with(name, ONE));
        refused("the metadata key has 65537 characters", () -> empty.withMetadata(name, ""));
        refused(
                "the metadata value of \"note\" has 21000000 characters; expected at most 2097152",
                () -> empty.withMetadata("note", "x".repeat(21_000_000)));
    }

    @Test
    void manyMatricesAndNotesComeBackOrAreRefused() throws ModelFormatException {
        Map<String, Value> values = new LinkedHashMap<>();
        Map<String, String> notes = new LinkedHashMap<>();
        for (int i = 0; i < ModelLimits.MOST_ENTRIES; i++) {
            values.put("w" + i, Value.constant(i));
        }
        for (int i = 0; i < 20_000; i++) {
            notes.put("n" + i, "");
        }
        NamedMatrices most = NamedMatrices.ofValues(values);
        assertEquals(
                most.names().size(),
                Safetensors.fromBytes(Safetensors.toBytes(most)).names().size());
        comesBack(NamedMatrices.empty().withMetadata(notes));
        NamedMatrices more = most.with("last", ONE);
        refused("toBytes: 65537 matrices; expected at most 65536", () -> Safetensors.toBytes(more));
        refused("of: 65537 matrices; expected at most 65536", () -> JsonText.of(more));
        assertEquals(64, more.sha256().length(), "a fingerprint needs no file");
    }

    @Test
    void aHeaderTooLongIsRefused() {
        NamedMatrices model = NamedMatrices.empty();
        for (int i = 0; i < 5; i++) {
            model = model.withMetadata("note " + i, "x".repeat(2_000_000));
        }
        NamedMatrices large = model;
        refused("bytes of names, shapes and notes; expected at most 8388608", () -> Safetensors.toBytes(large));
    }

    @Test
    void aTextOfMoreThanAGibibyteIsRefusedBeforeItIsWritten() {
        Value million = Value.zeros(new Shape(1024, 1024));
        Map<String, Value> values = new LinkedHashMap<>();
        for (int i = 0; i < 205; i++) {
            values.put("w" + i, million);
        }
        refused(
                "of: 214958080 elements; expected at most 214748364",
                () -> JsonText.of(NamedMatrices.ofValues(values)));
    }

    private static void refused(String reason, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(message.contains(reason), message.substring(0, Math.min(500, message.length())));
    }
}
