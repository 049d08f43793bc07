package org.ejgrad.nn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.IdxArray;
import org.ejgrad.nn.data.LabelledTexts;
import org.ejgrad.nn.data.Limits;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever read fails, however few bytes come at a time, and wherever a file ends: all of it is read, or nothing. */
class FaultyReadingTest {
    private static final NamedMatrices MODEL = NamedMatrices.empty()
            .with("w", new SimpleMatrix(new double[][] {{1, -0.5, 3}, {1e-300, 5, Math.PI}}))
            .withMetadata("note", "small");
    private static final byte[] IDX = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};

    /** A kind of file, how to read it, and a whole one. */
    enum Kind {
        SAFETENSORS(Safetensors.toBytes(MODEL), (name, size, in) -> new SafetensorsReader(name, size, in).read()),
        JSON(JsonText.of(MODEL).getBytes(UTF_8), (name, size, in) -> new JsonTextReader(name, in).read(true)),
        CSV("a,b,c\n1,2,0\n-3,4e2,1\n".getBytes(UTF_8), (name, size, in) -> table(name, in)),
        CSV_GZ(compressed("a,b,c\n1,2,0\n-3,4e2,1\n".getBytes(UTF_8)), (name, size, in) -> table(name + ".gz", in)),
        TEXTS(
                "spam\tbuy\nham\thello\n".getBytes(UTF_8),
                (name, size, in) -> LabelledTexts.read(name, in, Limits.DEFAULT, "ham", "spam")
                        .texts()),
        IDX_PLAIN(IDX, (name, size, in) -> array(name, in)),
        IDX_GZ(compressed(IDX), (name, size, in) -> array(name + ".gz", in));

        private final byte[] whole;
        private final Reading reading;

        Kind(byte[] whole, Reading reading) {
            this.whole = whole;
            this.reading = reading;
        }

        Object read(byte[] bytes, int most, int nth) throws IOException {
            return reading.read("data", bytes.length, new BrokenReading(new ByteArrayInputStream(bytes), most, nth));
        }

        Object read(InputStream in) throws IOException {
            return reading.read("data", whole.length, in);
        }
    }

    /** Reads a stream to something that can be compared. */
    @FunctionalInterface
    private interface Reading {
        Object read(String name, long size, InputStream in) throws IOException;
    }

    private static Object table(String name, InputStream in) throws IOException {
        var data = CsvFormat.classification("0", "1").read(name, in);
        return rows(data.inputs()
                .copy()
                .concatColumns(SimpleMatrix.wrap(data.targets().copy().getMatrix())));
    }

    private static Object array(String name, InputStream in) throws IOException {
        return rows(IdxArray.read(name, in, Limits.DEFAULT).matrix());
    }

    private static List<List<Double>> rows(SimpleMatrix matrix) {
        return Arrays.stream(matrix.toArray2())
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList();
    }

    static byte[] compressed(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    /** The name of the file is added where a path is read. */
    @ParameterizedTest
    @EnumSource
    void everyFailingReadIsAnError(Kind kind) throws IOException {
        int failed = 0;
        boolean reached = true;
        for (int nth = 1; reached; nth++) {
            BrokenReading in = new BrokenReading(new ByteArrayInputStream(kind.whole), 3, nth);
            try {
                kind.read(in);
                assertFalse(in.hasFailed(), "read " + nth + " failed without a word");
            } catch (IOException failure) {
                assertTrue(in.hasFailed(), failure.toString());
                assertTrue(failure.toString().contains("the disk fails at read " + nth), failure.toString());
                failed++;
            }
            reached = in.hasFailed();
        }
        assertTrue(failed >= kind.whole.length / 3, kind + " was tried " + failed + " times");
    }

    @ParameterizedTest
    @EnumSource
    void fewBytesAtATimeAreTheSameFile(Kind kind) throws IOException {
        Object whole = kind.read(kind.whole, Integer.MAX_VALUE, 0);
        for (int most : new int[] {1, 2, 7, 64}) {
            assertEquals(whole, kind.read(kind.whole, most, 0), most + " at a time");
        }
    }

    /** A text without a check sum that ends at a line's or a cell's end is a shorter text; nothing else passes. */
    @ParameterizedTest
    @EnumSource
    void aCutFileIsRefused(Kind kind) throws IOException {
        Object whole = kind.read(kind.whole, Integer.MAX_VALUE, 0);
        for (int length = 0; length < kind.whole.length; length++) {
            byte[] cut = Arrays.copyOf(kind.whole, length);
            if (kind == Kind.CSV || kind == Kind.TEXTS) {
                try {
                    List<?> some = (List<?>) kind.read(cut, Integer.MAX_VALUE, 0);
                    assertTrue(some.size() <= ((List<?>) whole).size());
                } catch (IOException refused) {
                    assertTrue(String.valueOf(refused.getMessage()).contains("data"), refused.toString());
                }
            } else {
                IOException refused =
                        assertThrows(IOException.class, () -> kind.read(cut, Integer.MAX_VALUE, 0), length + " bytes");
                assertTrue(String.valueOf(refused.getMessage()).contains("data"), refused.toString());
            }
        }
    }

    /** The memory of a process as a file fails at its first byte, for real. */
    @Test
    void anUnreadableDiskIsNamed() {
        Path file = Path.of("/proc/self/mem");
        if (Files.isReadable(file)) {
            List<IOException> failures = List.of(
                    assertThrows(IOException.class, () -> Safetensors.read(file)),
                    assertThrows(IOException.class, () -> JsonText.read(file)),
                    assertThrows(IOException.class, () -> CsvFormat.numbers().read(file)),
                    assertThrows(IOException.class, () -> LabelledTexts.read(file, "ham", "spam")),
                    assertThrows(IOException.class, () -> IdxArray.read(file)));
            failures.forEach(failure -> assertTrue(failure.getMessage().contains(file.toString()), failure.toString()));
        }
    }
}
