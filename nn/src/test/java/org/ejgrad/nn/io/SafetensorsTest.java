package org.ejgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejgrad.Shape;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The safetensors layout byte by byte, and its round trip. */
class SafetensorsTest {
    static final NamedMatrices MODEL = NamedMatrices.empty()
            .with("0.weight", new SimpleMatrix(2, 3, true, 1, -0.0, Double.NaN, Double.MIN_VALUE, 1e300, -7))
            .with("0.bias", new SimpleMatrix(1, 3, true, 0.1, 0.2, Double.NEGATIVE_INFINITY))
            .withMetadata("note", "two tensors");

    /** What the Python library's save({"test": zeros}, ...) makes, with the dtype we can hold. */
    @Test
    void readsWhatThePythonLibraryWrites() throws ModelFormatException {
        byte[] file = file("{\"test\":{\"dtype\":\"F64\",\"shape\":[2,2],\"data_offsets\":[0,32]}}", new byte[32]);
        assertEquals(64, file[0], "the header's length");
        NamedMatrices read = Safetensors.fromForeignBytes(file);
        assertEquals(NamedMatrices.empty().with("test", new SimpleMatrix(2, 2)), read);
        assertTrue(assertThrows(ModelFormatException.class, () -> Safetensors.fromBytes(file))
                .toString()
                .contains("readForeign"));
    }

    @Test
    void theLongestHeaderIsWritten() throws ModelFormatException {
        NamedMatrices notes = NamedMatrices.empty();
        for (int i = 0; i < 4; i++) {
            notes = notes.withMetadata("note " + i, "x".repeat(2_000_000));
        }
        NamedMatrices large = notes;
        int empty = Safetensors.toBytes(large.withMetadata("last", "")).length - Safetensors.LENGTH_BYTES;
        int rest = ModelLimits.LONGEST_HEADER - empty;
        NamedMatrices most = large.withMetadata("last", "x".repeat(rest));
        assertEquals(most, Safetensors.fromBytes(Safetensors.toBytes(most)));
        NamedMatrices more = large.withMetadata("last", "x".repeat(rest + 8));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Safetensors.toBytes(more))
                .getMessage()
                .endsWith("bytes of names, shapes and notes; expected at most " + ModelLimits.LONGEST_HEADER));
    }

    @Test
    void aCheckSeesAllThatTheHeaderSays(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("two.safetensors");
        NamedMatrices saved = NamedMatrices.empty()
                .with("tall", new SimpleMatrix(3, 1))
                .with("wide", new SimpleMatrix(2, 5))
                .withMetadata("note", "text");
        Safetensors.write(file, saved);
        Map<String, Shape> seen = new LinkedHashMap<>();
        assertEquals(saved, Safetensors.read(file, (shapes, notes) -> {
            assertEquals("text", notes.get("note"));
            seen.putAll(shapes);
        }));
        assertEquals(Map.of("tall", new Shape(3, 1), "wide", new Shape(2, 5)), seen);
    }

    @Test
    void readsEveryFloatingPointTypeAndRankUpToTwo() throws ModelFormatException {
        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"scalar\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},"
                + "\"brain\":{\"data_offsets\":[4,8],\"dtype\":\"BF16\",\"shape\":[2]},"
                + "\"half\":{\"dtype\":\"F16\",\"shape\":[8],\"data_offsets\":[8,24]},"
                + "\"none\":{\"dtype\":\"F64\",\"shape\":[0,3],\"data_offsets\":[24,24]}}";
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        data.putFloat(0.1f).putShort((short) 0x3fc0).putShort((short) 0xff80);
        for (int bits : new int[] {0x3c00, 0xc500, 0x0001, 0x8000, 0x7c00, 0x7e00, 0x7bff, 0x0000}) {
            data.putShort((short) bits);
        }
        NamedMatrices read = Safetensors.fromForeignBytes(file(header, data.array()));
        assertEquals(List.of("scalar", "brain", "half", "none"), List.copyOf(read.names()));
        assertEquals(Map.of("format", "pt"), read.metadata());
        assertEquals("[scalar 1x1, brain 1x2, half 1x8, none 0x3]", read.toString());
        assertEquals(0.1f, read.get("scalar").get(0, 0));
        assertArrayEquals(new double[] {1.5, Double.NEGATIVE_INFINITY}, row(read, "brain"));
        assertArrayEquals(
                new double[] {1, -5, 0x1p-24, -0.0, Double.POSITIVE_INFINITY, Double.NaN, 65504, 0.0},
                row(read, "half"));
    }

    @Test
    void theSmallestFileAndTheWidestMatrixAreRead() throws ModelFormatException {
        byte[] smallest = {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'};
        assertEquals(NamedMatrices.empty(), Safetensors.fromForeignBytes(smallest));
        String widest = "{\"none\":{\"dtype\":\"F64\",\"shape\":[0,2147483639],\"data_offsets\":[0,0]}}";
        assertEquals(
                "[none 0x2147483639]",
                Safetensors.fromForeignBytes(file(widest, new byte[0])).toString());
    }

    @Test
    void theOrderInTheHeaderDoesNotMatter() throws ModelFormatException {
        byte[] data = new byte[24];
        data[0] = 1;
        NamedMatrices read = Safetensors.fromForeignBytes(file(
                "{\"b\":{\"dtype\":\"F64\",\"shape\":[2],\"data_offsets\":[8,24]},"
                        + "\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                data));
        assertEquals("[a 1x1, b 1x2]", read.toString());
        assertEquals(Double.MIN_VALUE, read.get("a").get(0, 0));
    }

    @Test
    void writesTheLayoutOfThePythonLibrary() {
        byte[] bytes = Safetensors.toBytes(MODEL);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headerSize = (int) buffer.getLong();
        assertEquals(0, headerSize % 8);
        String header = new String(bytes, 8, headerSize, UTF_8);
        String sum = header.substring(34, 98);
        assertEquals(
                "{\"__metadata__\":{\"ejgrad.sha256\":\"" + sum
                        + "\",\"ejgrad.format\":\"1\",\"note\":\"two tensors\"},"
                        + "\"0.bias\":{\"dtype\":\"F64\",\"shape\":[1,3],\"data_offsets\":[0,24]},"
                        + "\"0.weight\":{\"dtype\":\"F64\",\"shape\":[2,3],\"data_offsets\":[24,72]}}",
                header.stripTrailing());
        assertTrue(sum.matches("[0-9a-f]{64}"), sum);
        assertEquals(0.1, buffer.getDouble(8 + headerSize));
        assertEquals(8 + headerSize + 72, bytes.length);
    }

    /** A file as format 1 wrote it must stay readable for ever. */
    @Test
    void readsTheFilesOfEveryEarlierFormat() throws IOException {
        try (var in = SafetensorsTest.class.getResourceAsStream("format-1.safetensors")) {
            assertEquals(MODEL, Safetensors.fromBytes(in.readAllBytes()));
        }
    }

    /** The example of the package's description. */
    @Test
    void theExampleWorks(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.safetensors");
        NamedMatrices model =
                NamedMatrices.empty().with("weight", SimpleMatrix.identity(2)).withMetadata("trained on", "spirals");
        Safetensors.write(file, model);
        NamedMatrices again = Safetensors.read(file);
        double first = again.get("weight").get(0, 0);
        assertEquals(1, first);
        assertEquals("spirals", again.metadata().get("trained on"));
    }

    @Property(tries = 300)
    void everyBitSurvives(@ForAll("models") NamedMatrices model) throws ModelFormatException {
        byte[] bytes = Safetensors.toBytes(model);
        NamedMatrices read = Safetensors.fromBytes(bytes);
        assertEquals(model, read);
        assertEquals(model.hashCode(), read.hashCode());
        assertEquals(read, Safetensors.fromForeignBytes(bytes));
        assertArrayEquals(bytes, Safetensors.toBytes(read));
    }

    @Provide
    Arbitrary<NamedMatrices> models() {
        Arbitrary<Double> anyBits = Arbitraries.longs().map(Double::longBitsToDouble);
        Arbitrary<SimpleMatrix> matrices = Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4))
                .flatAs((rows, columns) -> anyBits.array(double[].class)
                        .ofSize(rows * columns)
                        .map(entries -> new SimpleMatrix(rows, columns, true, entries)));
        Arbitrary<String> texts = Arbitraries.strings()
                .ofMaxLength(8)
                .filter(text -> UTF_8.newEncoder().canEncode(text));
        return Combinators.combine(
                        Arbitraries.maps(texts, matrices).ofMaxSize(5),
                        Arbitraries.maps(texts, texts).ofMaxSize(3))
                .as((named, notes) -> {
                    NamedMatrices model = NamedMatrices.of(new LinkedHashMap<>(named));
                    for (Map.Entry<String, String> note : notes.entrySet()) {
                        model = model.withMetadata(note.getKey(), note.getValue());
                    }
                    return model;
                });
    }

    @Test
    void filesAreNamedInEveryMessage(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("model.safetensors");
        assertThrows(NoSuchFileException.class, () -> Safetensors.read(file));
        assertTrue(assertThrows(ModelFormatException.class, () -> Safetensors.read(folder))
                .toString()
                .contains("a folder"));
        Files.createFile(file);
        assertTrue(assertThrows(ModelFormatException.class, () -> Safetensors.readForeign(file))
                .toString()
                .contains(file + ": header length (byte 0): the file has only 0 bytes"));
        int size = Safetensors.toBytes(MODEL).length;
        Path nowhere = folder.resolve("missing").resolve("model");
        assertTrue(assertThrows(IOException.class, () -> Safetensors.write(nowhere, MODEL))
                .toString()
                .contains("writing " + size + " bytes failed"));
        Safetensors.write(file, MODEL);
        assertEquals(MODEL, Safetensors.read(file));
        assertEquals(MODEL, Safetensors.readForeign(file));
        assertArrayEquals(Safetensors.toBytes(MODEL), Files.readAllBytes(file));
    }

    @Test
    void aMatrixLongerThanTheBufferSurvives(@TempDir Path folder) throws IOException {
        double[] entries = new double[20_001];
        Arrays.setAll(entries, i -> 1.0 / (i + 1));
        NamedMatrices model = NamedMatrices.empty()
                .with("a", new SimpleMatrix(3, 1, true, 1.0, 2.0, 3.0))
                .with("b", new SimpleMatrix(1, entries.length, true, entries));
        Path file = folder.resolve("large");
        Safetensors.write(file, model);
        assertEquals(model, Safetensors.read(file));
    }

    private static double[] row(NamedMatrices matrices, String name) {
        return matrices.get(name).matrix().getDDRM().data;
    }

    /** A file with this header, padded as the Python library pads it. */
    static byte[] file(String header, byte[] data) {
        byte[] text = header.getBytes(UTF_8);
        int padded = (text.length + 7) / 8 * 8;
        ByteBuffer file = ByteBuffer.allocate(8 + padded + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(padded)
                .put(text)
                .put(" ".repeat(padded - text.length).getBytes(UTF_8))
                .put(data);
        return file.array();
    }
}
