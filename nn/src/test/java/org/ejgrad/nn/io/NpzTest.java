package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.StrictJson;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NumPy's archives. Those among the resources were written by NumPy 2.4.6, {@code numpy.savez} and
 * {@code numpy.savez_compressed} of arrays of each type.
 */
class NpzTest {
    private static final Path RESOURCES = Path.of("src/test/resources/org/ejgrad/nn/io");

    @ParameterizedTest
    @ValueSource(strings = {"numpy.npz", "numpy-compressed.npz"})
    void whatNumPyWroteIsRead(String file) throws IOException {
        NamedMatrices read = Npz.read(RESOURCES.resolve(file));
        assertEquals(
                "[weight 2x3, columns 2x3, single 1x2, half 1x1, scalar 1x1, truth 1x2, bytes 2x1, none 0x3]",
                read.toString());
        assertRow(read, "weight", 1.5, -0.0, Double.POSITIVE_INFINITY, 2, Double.NaN, 1e300);
        assertRow(read, "columns", 0, 1, 2, 3, 4, 5);
        assertRow(read, "single", 0.1f, 2);
        assertRow(read, "half", 1.5);
        assertRow(read, "scalar", 7);
        assertRow(read, "truth", 1, 0);
        assertRow(read, "bytes", 255, 1);
        assertEquals(
                List.of("large", "cube", "big", "texts"),
                List.copyOf(read.skipped().keySet()));
        assertEquals(
                "its element 0 is a I64 that no double is equal to",
                read.skipped().get("large"));
        assertTrue(read.skipped().getOrDefault("cube", "").contains("3 dimensions"));
        assertTrue(read.skipped().getOrDefault("big", "").contains("\">f8\""));
        assertTrue(read.skipped().getOrDefault("texts", "").contains("\"<U2\""));
    }

    private static void assertRow(NamedMatrices read, String name, double... expected) {
        assertArrayEquals(expected, read.get(name).matrix().getDDRM().data, name);
    }

    @Property(tries = 100)
    void whatIsWrittenIsReadToTheLastBit(@ForAll double[] elements, @ForAll @Size(max = 4) Set<String> names)
            throws IOException {
        Map<String, SimpleMatrix> matrices = new LinkedHashMap<>();
        for (String name : names) {
            if (StrictJson.isUnicode(name)) {
                matrices.put(name, new SimpleMatrix(1, elements.length, true, elements));
                matrices.put(name + "'", new SimpleMatrix(elements.length, 1, true, elements));
            }
        }
        Path file = Files.createTempFile("matrices", ".npz");
        try {
            NamedMatrices given = NamedMatrices.of(matrices);
            Npz.write(file, given);
            NamedMatrices read = Npz.read(file);
            assertEquals(given, read);
            assertEquals(Map.of(), read.skipped());
            byte[] first = Files.readAllBytes(file);
            Npz.write(file, given);
            assertArrayEquals(first, Files.readAllBytes(file), "the same bytes each time");
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theBytesOfAnArrayAreNumPys(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("one.npz");
        Npz.write(file, NamedMatrices.empty().with("weight", new SimpleMatrix(2, 3)));
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int at = text.indexOf("\u0093NUMPY");
        assertEquals(
                "\u0093NUMPY\u0001\u0000v\u0000{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
                text.substring(at, at + 69).stripTrailing());
        assertEquals('\n', text.charAt(at + 127), "numbers begin at a multiple of 64");
        ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2 << 21 | 1 << 16, zip.getInt(10), "1 February 1980, whenever it is written");
        assertEquals(0, zip.getShort(28), "in whatever time zone");
    }

    @Tag("long")
    @Test
    void whatIsLargeComesBack(@TempDir Path folder) throws IOException {
        double[] row = new double[20_001];
        Arrays.setAll(row, i -> 1.0 / (i + 1));
        comesBack(folder, NamedMatrices.empty().with("é", new SimpleMatrix(1, row.length, true, row)));
        Map<String, Value> values = new LinkedHashMap<>();
        values.put("n".repeat(65_000), Value.constant(1));
        for (int i = 1; i < Npz.MOST_ENTRIES; i++) {
            values.put("w" + i, Value.constant(1));
        }
        comesBack(folder, NamedMatrices.ofValues(values));
        values.put("last", Value.constant(1));
        unwritten("write: 65535 matrices; expected at most 65534", NamedMatrices.ofValues(values));
        unwritten(
                "write: 65001 bytes of a name; expected at most 65000",
                NamedMatrices.ofValues(Map.of("n".repeat(65_001), Value.constant(1))));
        Map<String, Value> large = new LinkedHashMap<>();
        Value million = Value.zeros(new Shape(1024, 1024));
        for (int i = 0; i < 256; i++) {
            large.put("w" + i, million);
        }
        unwritten("bytes; expected at most 2147483639", NamedMatrices.ofValues(large));
    }

    /** And a failure tells how many bytes it takes. */
    private static void comesBack(Path folder, NamedMatrices matrices) throws IOException {
        Path file = folder.resolve("large.npz");
        Npz.write(file, matrices);
        assertEquals(matrices, Npz.read(file));
        String message = assertThrows(IOException.class, () -> Npz.write(file.resolve("no folder"), matrices))
                .toString();
        assertTrue(message.contains("writing " + Files.size(file) + " bytes failed"), message);
    }

    private static void unwritten(String words, NamedMatrices matrices) {
        String message = assertThrows(IllegalArgumentException.class, () -> Npz.write(Path.of("absent"), matrices))
                .toString();
        assertTrue(message.contains(words), message);
    }

    @Test
    void laterVersionsHaveLongHeaders() throws IOException {
        String header = header("1, 1").strip();
        String most = header + " ".repeat((1 << 16) - header.length());
        for (int version : new int[] {2, 3}) {
            assertEquals(
                    "[a 1x1]",
                    Npz.fromBytes(zip("a.npy", npy(version, most, 8)), "it").toString());
            refused("its header has 65537 bytes; expected at most 65536", zip("a.npy", npy(version, most + " ", 8)));
        }
        refused("no .npy file of version", zip("a.npy", npy(4, most, 8)));
        byte[][] many = new byte[16][];
        Arrays.fill(many, npy(2, " ".repeat(1 << 16), 0));
        refused("200 times its size", zip("a.npy", many));
    }

    @Test
    void theElementThatNoDoubleEqualsIsNamed() throws IOException {
        byte[] array = npy(header("70001,").replace("<f8", "<i8"), 8 * 70_001);
        Arrays.fill(array, array.length - 8, array.length - 1, (byte) 0xff);
        assertEquals(
                Map.of("a", "its element 70000 is a I64 that no double is equal to"),
                Npz.fromBytes(zip("a.npy", array), "it").skipped());
    }

    // ---- what is refused --------------------------------------------------------------------------------------------

    private static byte[] npy(String header, int bytes) {
        return npy(1, header, bytes);
    }

    private static byte[] npy(int version, String header, int bytes) {
        ByteBuffer npy = ByteBuffer.allocate((version == 1 ? 10 : 12) + header.length() + bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(Npz.magic())
                .putShort((short) version);
        (version == 1 ? npy.putShort((short) header.length()) : npy.putInt(header.length()))
                .put(header.getBytes(StandardCharsets.US_ASCII));
        return npy.array();
    }

    private static byte[] zip(String name, byte[]... contents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < contents.length; i++) {
                zip.putNextEntry(new ZipEntry(i == 0 ? name : i + name));
                zip.write(contents[i]);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static String header(String shape) {
        return "{'descr': '<f8', 'fortran_order': False, 'shape': (" + shape + "), }\n";
    }

    private static void refused(String words, byte[] bytes) {
        String message = String.valueOf(assertThrows(ModelFormatException.class, () -> Npz.fromBytes(bytes, "it"))
                .getMessage());
        assertTrue(message.contains(words), message);
    }

    @Test
    void bombsAreRefusedBeforeTheyAreUnpacked() throws IOException {
        refused("200 times its size", zip("a.npy", npy(header("100000, 1000"), 8)));
        refused("200 times its size", zip("a.npy", npy(header("30000, 100"), 24_000_000)));
        refused("200 times its size", zip("a.npy", npy(header("3000, 1000, 1"), 24_000_000)));
        refused("200 times its size", zip("a.txt", new byte[24_000_000]));
        refused("200 times its size", zip("a.txt", new byte[(1 << 20) + 1]));
        assertEquals(
                Set.of("a.txt"),
                Npz.fromBytes(zip("a.txt", new byte[1 << 20]), "it").skipped().keySet());
        refused("200 times its size", zip("a.npy", npy(header("1000, 200"), 8)));
        refused("200 times its size", zip("a.npy", npy(header("2147483639, 1"), 8)));
        refused("expected at most 2147483639 elements", zip("a.npy", npy(header("4294967296, 4294967296"), 8)));
        refused("more than 2147483639 elements", zip("a.npy", npy(header("2147483639, 2147483639"), 8)));
        refused("expected at most 2147483639 elements", zip("a.npy", npy(header("9".repeat(400)), 8)));
    }

    @Test
    void whatCannotFitIntoMemoryIsRefused() throws IOException {
        assumeTrue(Runtime.getRuntime().maxMemory() < 8 * ModelLimits.MOST_ELEMENTS);
        byte[] large = zip("a.npy", npy(header("2147483639,").replace("<f8", "|u1"), 8));
        String message = assertThrows(
                        ModelFormatException.class,
                        () -> new NpzReader("it", 1L << 40, new ByteArrayInputStream(large)).read(1))
                .toString();
        assertTrue(message.contains("it takes 17179869112 bytes as doubles"), message);
    }

    @Test
    void damageIsRefused() throws IOException {
        byte[] good = zip("a.npy", npy(header("2, 1"), 16), npy(header("1, 1"), 8));
        assertEquals("[a 2x1, 1a 1x1]", Npz.fromBytes(good, "it").toString());
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(ModelFormatException.class, () -> Npz.fromBytes(cut, "it"), "cut at " + length);
        }
        refused("there is more after its numbers", zip("a.npy", npy(header("1, 1"), 16)));
        refused("it ends after 8 of 16 bytes", zip("a.npy", npy(header("2, 1"), 8)));
        refused("no .npy file of version", zip("a.npy", new byte[20]));
        refused("it is no zip archive", npy(header("1, 1"), 8));
        refused("a name is not valid", zip("__metadata__.npy", npy(header("1, 1"), 8)));
        byte[] flipped = good.clone();
        flipped[70] ^= 1;
        assertThrows(ModelFormatException.class, () -> Npz.fromBytes(flipped, "it"));
    }

    @Test
    void whatIsNoPlainArrayIsListed() throws IOException {
        NamedMatrices read = Npz.fromBytes(zip("a.npy", npy("{'descr': [('x', '<f8')], 'shape': ()}\n", 8)), "it");
        assertTrue(
                read.skipped().getOrDefault("a", "").contains("no plain array"),
                read.skipped().toString());
        assertEquals(
                Map.of("a.txt", "it is no .npy file"),
                Npz.fromBytes(zip("a.txt", new byte[3]), "it").skipped());
    }
}
