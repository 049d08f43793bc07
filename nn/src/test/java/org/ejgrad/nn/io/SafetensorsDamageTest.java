package org.ejgrad.nn.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.ejgrad.nn.io.SafetensorsTest.MODEL;
import static org.ejgrad.nn.io.SafetensorsTest.file;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every kind of damage to a safetensors file, and files of other kinds, are refused by name. */
class SafetensorsDamageTest {
    private static final int SIZE = 16_384;

    private static final boolean FULL = "full".equals(System.getProperty("ejgrad.campaign"));

    /** A text takes ten times as long to read as bytes do. */
    private static final int TEXT_SIZE = FULL ? SIZE : 4096;

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = Safetensors.toBytes(MODEL);
        int flips = 0;
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            int flipped = bit;
            assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(damaged), () -> "bit " + flipped);
            flips++;
        }
        assertEquals(8 * bytes.length, flips);
        assertTrue(flips > 2500, flips + " flips");
    }

    /** The same of a whole run's checkpoint of 16 KiB; of numbers, which a sum guards, the campaign flips every bit. */
    @Tag("long")
    @Test
    void everyFlippedBitAndTruncationOfACheckpointIsNoticed() throws ModelFormatException {
        everyBitAndLength(
                SIZE,
                elements -> Safetensors.toBytes(checkpoint(elements)),
                damaged -> Safetensors.fromBytes(damaged),
                bytes -> 8
                        + (int) ByteBuffer.wrap(bytes)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong());
    }

    @Tag("long")
    @Test
    void everyFlippedBitAndTruncationOfAJsonTextIsNoticed() throws ModelFormatException {
        everyBitAndLength(
                TEXT_SIZE,
                elements -> JsonText.of(checkpoint(elements)).getBytes(UTF_8),
                damaged -> JsonText.parse(damaged, true),
                text -> text.length);
    }

    /** A checkpoint with so many weights. */
    private static NamedMatrices checkpoint(int size) {
        double[] elements = new double[size];
        Arrays.setAll(elements, i -> Math.sin(i));
        return Checkpoint.at(3, 5, Manifest.empty().with("seed", 7))
                .with("network", NamedMatrices.empty().with("0.weight", new SimpleMatrix(1, size, true, elements)))
                .with("optimizer", NamedMatrices.empty().withMetadata("steps", "12"))
                .toMatrices();
    }

    private interface Reading {
        NamedMatrices of(byte[] bytes) throws ModelFormatException;
    }

    /**
     * Of the largest file that is no longer than the size: every length, every bit of its head, and of each byte after
     * it one bit, or all.
     */
    private static void everyBitAndLength(
            int size, IntFunction<byte[]> writing, Reading reading, ToIntFunction<byte[]> head)
            throws ModelFormatException {
        int most = 0;
        for (int step = 1 << 11; step > 0; step /= 2) {
            most += writing.apply(most + step).length <= size ? step : 0;
        }
        byte[] bytes = writing.apply(most);
        assertTrue(bytes.length > size - 32, bytes.length + " bytes");
        assertEquals(3, Checkpoint.of(reading.of(bytes)).epoch());
        int whole = FULL ? bytes.length : head.applyAsInt(bytes);
        LongAdder refused = new LongAdder();
        IntStream.range(0, bytes.length).parallel().forEach(at -> {
            IntStream bits = at < whole ? IntStream.range(0, 8) : IntStream.of(at / 8 % 8);
            bits.forEach(bit -> {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) (1 << bit);
                String which = "bit " + bit + " of byte " + at;
                assertThrows(ModelFormatException.class, () -> reading.of(damaged), which);
                refused.increment();
            });
            assertThrows(ModelFormatException.class, () -> reading.of(Arrays.copyOf(bytes, at)), at + " bytes");
            refused.increment();
        });
        assertEquals(2L * bytes.length + 7L * whole, refused.sum());
        assertThrows(ModelFormatException.class, () -> reading.of(Arrays.copyOf(bytes, bytes.length + 1)));
    }

    @Test
    void everyTruncationAndEveryTailIsNoticed() {
        byte[] bytes = Safetensors.toBytes(MODEL);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(cut), "length " + length);
            assertThrows(ModelFormatException.class, () -> Safetensors.fromForeignBytes(cut), "length " + length);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(longer));
        assertThrows(ModelFormatException.class, () -> Safetensors.fromForeignBytes(longer));
    }

    /** The size is asked for before the file is read. */
    @Test
    void aFileThatChangesWhileItIsReadIsRefused() {
        byte[] bytes = Safetensors.toBytes(MODEL);
        for (boolean isOurs : new boolean[] {true, false}) {
            ModelFormatException grown = assertThrows(
                    ModelFormatException.class,
                    () -> read(bytes.length, Arrays.copyOf(bytes, bytes.length + 1), isOurs));
            assertTrue(grown.toString().contains("has grown while it was read"), grown.toString());
            ModelFormatException cut = assertThrows(
                    ModelFormatException.class,
                    () -> read(bytes.length, Arrays.copyOf(bytes, bytes.length - 1), isOurs));
            assertTrue(cut.toString().contains("was cut off while it was read"), cut.toString());
            assertEquals("tensor \"0.weight\"", cut.section());
            assertEquals(bytes.length - 48, cut.offset());
        }
    }

    private static NamedMatrices read(long size, byte[] bytes, boolean isOurs) throws IOException {
        SafetensorsReader reader = new SafetensorsReader("it", size, new ByteArrayInputStream(bytes));
        return isOurs ? reader.read() : reader.readForeign(name -> true);
    }

    /** No file of ours has a tensor of three dimensions, but one may claim to. */
    @Test
    void aClaimedSumDoesNotMakeAMatrix() {
        String sum = "\"__metadata__\":{\"ejgrad.sha256\":\"" + "0".repeat(64) + "\"}";
        byte[] claimed = file(
                "{" + sum + ",\"w\":{\"dtype\":\"F64\",\"shape\":[4294967295,0,0],\"data_offsets\":[0,0]}}",
                new byte[0]);
        assertEquals(
                "checksum",
                assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(claimed))
                        .section());
    }

    @Test
    void aWrongSumIsCalledDamage() {
        byte[] bytes = Safetensors.toBytes(MODEL);
        bytes[bytes.length - 1] ^= 1;
        ModelFormatException wrong = assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(bytes));
        assertEquals("checksum", wrong.section());
        assertTrue(wrong.toString().contains("damaged"), wrong.toString());
    }

    @Test
    void hostileHeadersAreRefusedWithTheirSection() {
        String w = "{\"w\":{\"dtype\":\"F64\",\"shape\":[1,1],\"data_offsets\":[0,8]}";
        refused(
                w + ",\"w\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[8,8]}}",
                8,
                "header",
                "Duplicate field 'w'");
        refused("{\"w\":{\"dtype\":\"F64\",\"dtype\":\"F64\"}}", 8, "header", "Duplicate field 'dtype'");
        refused(
                "{\"w\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}",
                8,
                "tensor \"w\"",
                "found START_ARRAY; expected START_OBJECT");
        refused("{\"w\":{\"shape\":" + "[".repeat(1_000_000), 8, "header", "nesting depth");
        refused(w + ",\"v\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[4,12]}}", 12, "tensor \"v\"", "overlap");
        refused(w + ",\"v\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[16,24]}}", 24, "tensor \"v\"", "a hole");
        refused(w + "}", 9, "data", "fill 8 bytes; the file has 9");
        refused(w + "}", 7, "data", "fill 8 bytes; the file has 7");
        refused(w + "} x", 8, "header", "not the expected JSON");
        refused(w + "}{}", 8, "header", "after the closing brace");
        refused(w, 8, "header", "not the expected JSON");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[0,8]}}",
                8,
                "tensor \"w\"",
                "8 bytes; shape [2] of F64 needs 16");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[-1],\"data_offsets\":[0,8]}}",
                8,
                "tensor \"w\", shape",
                "found -1");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[1.0],\"data_offsets\":[0,8]}}",
                8,
                "tensor \"w\", shape",
                "found 1.0");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[9223372036854775807,4],\"data_offsets\":[0,8]}}",
                8,
                "tensor \"w\"",
                "more than");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[65536,65536],\"data_offsets\":[0,8]}}",
                8,
                "tensor \"w\"",
                "more than");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}",
                8,
                "tensor \"w\", shape",
                "found 99999999999999999999");
        refused("{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,0]}}", 8, "tensor \"w\"", "begin ≤ end");
        refused(
                "{\"w\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0]}}",
                8,
                "tensor \"w\"",
                "[0]; expected [begin, end]");
        refused("{\"w\":{\"dtype\":\"F64\",\"shape\":[1]}}", 8, "tensor \"w\"", "no data_offsets");
        refused("{\"w\":{\"dtype\":\"F64\",\"data_offsets\":[0,8]}}", 8, "tensor \"w\"", "no shape");
        refused("{\"w\":{\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "tensor \"w\"", "no dtype");
        refused("{\"w\":{\"dtype\":7}}", 8, "tensor \"w\", dtype", "expected VALUE_STRING");
        refused("{\"w\":{\"dtype\":\"F64\",\"extra\":0}}", 8, "tensor \"w\"", "unknown field \"extra\"");
        refused("{\"w\":{\"dtype\":\"F64\",\"shape\":1}}", 8, "tensor \"w\", shape", "found VALUE_NUMBER_INT");
        refused("{\"w\":7}", 8, "tensor \"w\"", "found VALUE_NUMBER_INT");
        refused("{\"__metadata__\":{\"a\":1}}", 0, "__metadata__ \"a\"", "found VALUE_NUMBER_INT");
        refused("{\"__metadata__\":[]}", 0, "__metadata__", "found START_ARRAY");
        refused("{\"\\ud800\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8, "header", "surrogate");
        refused("{\"__metadata__\":{\"a\":\"\\ud800\"}}", 0, "__metadata__ \"a\"", "surrogate");
        refused("[]", 0, "header", "opening brace");
    }

    private static void refused(String header, int dataSize, String section, String reason) {
        ModelFormatException wrong = assertThrows(
                ModelFormatException.class, () -> Safetensors.fromForeignBytes(file(header, new byte[dataSize])));
        assertEquals(section, wrong.section(), wrong.toString());
        assertEquals(8, wrong.offset());
        assertTrue(wrong.toString().contains(reason), wrong.toString());
    }

    @Test
    void aHostileHeaderLengthAllocatesNothing() {
        for (long length : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, 100_000_001, 1L << 32, 100, 33, 1, 0}) {
            byte[] bytes = ByteBuffer.allocate(40)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(length)
                    .array();
            ModelFormatException wrong =
                    assertThrows(ModelFormatException.class, () -> Safetensors.fromForeignBytes(bytes));
            assertEquals("header length", wrong.section());
            assertEquals(0, wrong.offset());
            assertTrue(wrong.toString().contains(Long.toUnsignedString(length)), wrong.toString());
        }
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        byte[] bytes = file("{\"w\":{}}", new byte[0]);
        bytes[10] = (byte) 0xff;
        assertTrue(assertThrows(ModelFormatException.class, () -> Safetensors.fromForeignBytes(bytes))
                .toString()
                .contains("(byte 10): it is not valid UTF-8"));
    }

    @Test
    void otherFormatsAreCalledByTheirName() throws IOException {
        ByteArrayOutputStream serialised = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(serialised)) {
            out.writeObject(new ArrayList<>(List.of(1.0)));
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("data.pkl"));
        }
        Map<String, byte[]> files = Map.of(
                "a Java-serialised object", serialised.toByteArray(),
                "a zip archive", zip.toByteArray(),
                "a Python pickle", HexFormat.of().parseHex("80049509000000000000008c057468696e67942e"),
                "gzip-compressed data", HexFormat.of().parseHex("1f8b080000000000000003030000000000"),
                "a NumPy array", HexFormat.of().parseHex("934e554d505901007600"),
                "an HDF5 file", HexFormat.of().parseHex("894844460d0a1a0a00"),
                "a JSON text", "{\"weights\": [1, 2, 3]}".getBytes(UTF_8));
        files.forEach((name, bytes) -> {
            String message = assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(bytes))
                    .toString();
            assertTrue(message.contains("not a safetensors file (found " + name), message);
        });
    }

    @Test
    void aNewerFormatIsRefusedByItsNumber() {
        byte[] bytes = Safetensors.toBytes(MODEL);
        String header = new String(bytes, ISO_8859_1);
        bytes[header.indexOf("format\":\"1") + 9] = '2';
        int start =
                8 + (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        Checksum checksum = new Checksum();
        byte[] newer = Arrays.copyOf(bytes, start);
        checksum.updateWithStart(newer);
        checksum.digest().update(bytes, start, bytes.length - start);
        checksum.put(newer);
        System.arraycopy(newer, 0, bytes, 0, start);
        String message = assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(bytes))
                .toString();
        assertTrue(message.contains("format number is 2; this version of ejgrad reads 1"), message);
    }
}
