package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.ejgrad.nn.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** IDX files, honest and hostile, plain and compressed. */
class IdxArrayTest {
    private static final List<String> CLASSES = List.of("a", "b", "c");

    private static byte[] idx(int type, int[] dimensions, int... entries) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length + entries.length);
        bytes.put((byte) 0).put((byte) 0).put((byte) type).put((byte) dimensions.length);
        for (int dimension : dimensions) {
            bytes.putInt(dimension);
        }
        for (int entry : entries) {
            bytes.put((byte) entry);
        }
        return bytes.array();
    }

    private static IdxArray read(byte[] bytes) throws IOException {
        return IdxArray.read("t", new ByteArrayInputStream(bytes), Limits.DEFAULT);
    }

    private static IdxArray readCompressed(byte[] bytes) throws IOException {
        return IdxArray.read("t.gz", new ByteArrayInputStream(bytes), Limits.DEFAULT);
    }

    private static String refusal(byte[] bytes) {
        return Thrown.message(DatasetFormatException.class, () -> read(bytes));
    }

    private static String refusalCompressed(byte[] bytes) {
        return Thrown.message(DatasetFormatException.class, () -> readCompressed(bytes));
    }

    private static byte[] images() {
        return idx(8, new int[] {3, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7, 252, 253, 254, 255);
    }

    @Test
    void imagesAndLabelsBecomeADataset(@TempDir Path folder) throws IOException {
        Path images = Files.write(folder.resolve("images.gz"), CsvFormatTest.gzip(images()));
        Path labels = Files.write(folder.resolve("labels"), idx(8, new int[] {3}, 2, 0, 1));
        Dataset data = IdxArray.dataset("tiny", images, labels, CLASSES);
        assertArrayEquals(
                new double[][] {{0, 1, 2, 3}, {4, 5, 6, 7}, {252, 253, 254, 255}},
                data.inputs().toArray2());
        assertArrayEquals(new int[] {2, 0, 1}, data.labels());
        assertArrayEquals(new int[] {3, 2, 2}, IdxArray.read(images).dimensions());
        assertEquals(labels + " [3]", IdxArray.read(labels).toString());
    }

    @Test
    void missingFilesAndDirectoriesAreNamed(@TempDir Path folder) {
        assertThrows(NoSuchFileException.class, () -> IdxArray.read(folder.resolve("none")));
        assertThrows(NoSuchFileException.class, () -> IdxArray.read(folder.resolve("none.gz")));
        assertEquals(
                folder + ": is a directory; expected a file",
                Thrown.message(FileSystemException.class, () -> IdxArray.read(folder)));
    }

    @Test
    void wrongMagicTypeAndDimensionsAreRefused() throws IOException {
        assertEquals("t: truncated after 0 bytes; an IDX file has 4", refusal(new byte[0]));
        assertEquals("t: byte 0: found 50 4b 03 04; an IDX file begins with 00 00", refusal(new byte[] {80, 75, 3, 4}));
        assertTrue(refusal(CsvFormatTest.gzip(images())).endsWith("This is gzip: name it .gz"));
        assertEquals("t: byte 2: found type 13; expected 8 (unsigned byte)", refusal(idx(13, new int[] {1}, 0)));
        assertEquals("t: byte 3: found 0 dimensions; expected 1 to 4", refusal(idx(8, new int[0])));
        assertEquals("t: byte 3: found 5 dimensions; expected 1 to 4", refusal(idx(8, new int[5])));
        assertArrayEquals(
                new int[] {1, 1, 1, 1}, read(idx(8, new int[] {1, 1, 1, 1}, 9)).dimensions());
        assertArrayEquals(
                new int[] {0, 28, 28}, read(idx(8, new int[] {0, 28, 28})).dimensions());
        assertEquals(0, read(idx(8, new int[] {0, 28, 28})).matrix().getNumRows());
        assertEquals(0, read(idx(8, new int[] {2, 0, 28})).matrix().getNumCols());
    }

    /** With a wrong number in the header entries are taken for a dimension, which may be any number. */
    @Test
    void anotherNumberOfDimensionsIsRefusedBeforeTheyAreRead(@TempDir Path folder) throws IOException {
        Path images = Files.write(folder.resolve("images"), images());
        assertArrayEquals(new int[] {3, 2, 2}, IdxArray.read(images, 3).dimensions());
        Path wrong = Files.write(folder.resolve("wrong"), idx(8, new int[] {3, 2, 2, -237506336}, 0, 0));
        assertEquals(
                wrong + ": byte 3: found 4 dimensions; expected 3",
                Thrown.message(DatasetFormatException.class, () -> IdxArray.read(wrong, 3)));
        assertEquals(
                wrong + ": byte 3: found 4 dimensions; expected 1",
                Thrown.message(DatasetFormatException.class, () -> IdxArray.dataset("x", images, wrong, CLASSES)));
        Path labels = Files.write(folder.resolve("labels"), idx(8, new int[] {1}, 0));
        assertEquals(
                labels + ": byte 3: found 1 dimension; expected 3",
                Thrown.message(DatasetFormatException.class, () -> IdxArray.read(labels, 3)));
        assertEquals(
                "rank = 5; expected at most 4",
                Thrown.message(IllegalArgumentException.class, () -> IdxArray.read(images, 5)));
    }

    @Test
    void everyTruncationAndOneByteMoreIsRefused() {
        byte[] whole = images();
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertTrue(refusal(part).contains("truncated"), "length " + length);
        }
        assertEquals(
                "t: byte 28: bytes follow the 12 entries; expected the end",
                refusal(Arrays.copyOf(whole, whole.length + 1)));
        assertEquals(
                "t: truncated: 11 of 12 entries of the dimensions [3, 2, 2]",
                refusal(Arrays.copyOf(whole, whole.length - 1)));
    }

    @Test
    void imagesAndLabelsMustFitEachOther() throws IOException {
        IdxArray images = IdxArray.read("images", new ByteArrayInputStream(images()), Limits.DEFAULT);
        assertEquals(
                "t: 2 labels for the 3 rows of images; expected as many",
                Thrown.message(
                        DatasetFormatException.class,
                        () -> IdxArray.dataset("d", images, read(idx(8, new int[] {2}, 0, 0)), CLASSES)));
        assertEquals(
                "t: row 1 has label 3; with 3 classes, expected an integer from 0 to 2",
                Thrown.message(
                        DatasetFormatException.class,
                        () -> IdxArray.dataset("d", images, read(idx(8, new int[] {3}, 0, 3, 0)), CLASSES)));
        Thrown.message(DatasetFormatException.class, () -> IdxArray.dataset("d", images, images, CLASSES));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30})
    void aHugeCountIsRefusedWithoutAllocating(int count) {
        byte[] header = idx(8, new int[] {count, 28, 28});
        long allocated = allocated(() -> assertThrows(ResourceLimitException.class, () -> read(header)));
        assertTrue(allocated < 64 << 10, "allocated " + allocated + " bytes");
    }

    @Test
    void aCountWithinTheLimitIsBelievedOnlyAsFarAsBytesCome() {
        byte[] header = idx(8, new int[] {200 << 20}, 1, 2, 3);
        long allocated = allocated(() -> assertThrows(DatasetFormatException.class, () -> read(header)));
        assertTrue(allocated < 64 << 10, "allocated " + allocated + " bytes");
    }

    @Test
    void productsThatOverflowAreRefused() {
        assertThrows(ResourceLimitException.class, () -> read(idx(8, new int[] {1 << 16, 1 << 16, 1 << 16, 1 << 16})));
        assertThrows(ResourceLimitException.class, () -> read(idx(8, new int[] {0, 1 << 16, 1 << 16})));
        assertThrows(ResourceLimitException.class, () -> read(idx(8, new int[] {1 << 15, 1 << 14})));
    }

    @Test
    void asManyEntriesAsTheLimitAreRead() throws IOException {
        byte[] twelve = idx(8, new int[] {12}, new int[12]);
        for (byte[] bytes : List.of(twelve, images())) {
            assertEquals(
                    12,
                    IdxArray.read("t", new ByteArrayInputStream(bytes), new Limits(12, 1, 1, 1, 1))
                            .matrix()
                            .getNumElements());
            assertThrows(
                    ResourceLimitException.class,
                    () -> IdxArray.read("t", new ByteArrayInputStream(bytes), new Limits(11, 1, 1, 1, 1)));
        }
    }

    private static byte[] unpacked(int zeros, Limits limits) throws IOException {
        InputStream packed = new ByteArrayInputStream(CsvFormatTest.gzip(new byte[zeros]));
        try (InputStream content = new StrictGzipInputStream("t.gz", packed, limits)) {
            return content.readAllBytes();
        }
    }

    @Test
    void contentIsCountedAsItComes() throws IOException {
        Limits limits = new Limits(1 << 21, 1, 1, 1, 1);
        assertEquals(1 << 20, unpacked(1 << 20, limits).length);
        assertTrue(Thrown.message(ResourceLimitException.class, () -> unpacked((1 << 20) + 1, limits))
                .contains("more than 1 times as many"));
        Limits patient = new Limits(1 << 21, 2000, 1, 1, 1);
        assertEquals(1 << 21, unpacked(1 << 21, patient).length);
        assertTrue(Thrown.message(ResourceLimitException.class, () -> unpacked((1 << 21) + 1, patient))
                .contains("the limit of Limits.bytes"));
    }

    /** A ratio that the content reaches on the way, and never exceeds. */
    @Test
    void theLargestRatioIsAllowed() throws Exception {
        int zeros = (1 << 20) + 20_000;
        byte[] packed = CsvFormatTest.gzip(new byte[zeros]);
        Inflater inflater = new Inflater(true);
        inflater.setInput(packed, 10, packed.length - 10);
        byte[] some = new byte[2000];
        int ratio = 1;
        boolean isReached = false;
        for (int content = 0; content < zeros; ) {
            content += inflater.inflate(some);
            for (; content > 1 << 20 && content / ratio > inflater.getTotalIn(); ratio++) {
                isReached = false;
            }
            isReached |= content > 1 << 20 && content / ratio == inflater.getTotalIn();
        }
        inflater.end();
        assertTrue(isReached);
        assertEquals(zeros, unpacked(packed, some, ratio));
        int less = ratio - 1;
        assertTrue(Thrown.message(ResourceLimitException.class, () -> unpacked(packed, some, less))
                .endsWith(", more than " + less + " times as many, the limit of Limits.ratio"));
    }

    private static int unpacked(byte[] packed, byte[] some, int ratio) throws IOException {
        int content = 0;
        try (InputStream in = new StrictGzipInputStream(
                "t.gz", new ByteArrayInputStream(packed), new Limits(1 << 21, ratio, 1, 1, 1))) {
            for (int count = 0; count >= 0; count = in.read(some)) {
                content += count;
            }
        }
        return content;
    }

    private static long allocated(Runnable task) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        task.run(); // once for the classes
        long before = threads.getCurrentThreadAllocatedBytes();
        task.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void everyTruncationOfAGzipFileIsRefused() throws IOException {
        byte[] whole = CsvFormatTest.gzip(images());
        assertArrayEquals(new int[] {3, 2, 2}, readCompressed(whole).dimensions());
        for (int length = 0; length < whole.length; length++) {
            refusalCompressed(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void everyFlippedBitOfAGzipFileIsRefusedOrHarmless() throws IOException {
        byte[] whole = CsvFormatTest.gzip(images());
        int refused = 0;
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertArrayEquals(
                        read(images()).matrix().toArray2(),
                        readCompressed(flipped).matrix().toArray2(),
                        "bit " + bit);
            } catch (DatasetFormatException | ResourceLimitException e) {
                refused++;
            }
        }
        // Only the time stamp, the hints for speed and system, and the text hint carry nothing.
        assertTrue(refused >= 8 * (whole.length - 6) - 8, refused + " of " + 8 * whole.length);
    }

    @Test
    void faultsOfTheGzipWrappingAreNamed() throws IOException {
        byte[] whole = CsvFormatTest.gzip(images());
        assertEquals("t.gz: the gzip file is truncated after 15 bytes", refusalCompressed(Arrays.copyOf(whole, 15)));
        assertEquals("t.gz: not a gzip file: found 00 00, expected 1f 8b", refusalCompressed(images()));
        assertEquals("t.gz: not a gzip file: found an empty file, expected 1f 8b", refusalCompressed(new byte[0]));
        assertEquals("t.gz: bytes follow the end of the gzip data", refusalCompressed(join(whole, new byte[1])));
        assertEquals(
                "t.gz: a second gzip member follows the first; expected one", refusalCompressed(join(whole, whole)));
        byte[] wrongChecksum = whole.clone();
        wrongChecksum[whole.length - 8] ^= 1;
        assertTrue(refusalCompressed(wrongChecksum).startsWith("t.gz: the gzip checksum is "));
        byte[] wrongLength = whole.clone();
        wrongLength[whole.length - 4] ^= 1;
        assertEquals(
                "t.gz: the gzip trailer promises 29 bytes of content, but there are 28",
                refusalCompressed(wrongLength));
    }

    @Test
    void optionalPartsOfAGzipHeaderAreSkipped() throws IOException {
        byte[] whole = CsvFormatTest.gzip(images());
        byte[] rest = Arrays.copyOfRange(whole, 10, whole.length);
        byte[] header = {0x1F, (byte) 0x8B, 8, 4 | 8 | 16, 0, 0, 0, 0, 0, 3, 2, 0, 7, 7, 'n', 0, 'c', 'c', 0};
        assertArrayEquals(
                new int[] {3, 2, 2}, readCompressed(join(header, rest)).dimensions());
        byte[] longExtra = join(new byte[] {0x1F, (byte) 0x8B, 8, 4, 0, 0, 0, 0, 0, 3, 2, 1}, filled(0x0102));
        assertArrayEquals(
                new int[] {3, 2, 2}, readCompressed(join(longExtra, rest)).dimensions());
        CRC32 crc = new CRC32();
        byte[] checked = {0x1F, (byte) 0x8B, 8, 2, 0, 0, 0, 0, 0, 3};
        crc.update(checked);
        byte[] sum = {(byte) crc.getValue(), (byte) (crc.getValue() >> 8)};
        assertArrayEquals(
                new int[] {3, 2, 2},
                readCompressed(join(checked, join(sum, rest))).dimensions());
        sum[0] ^= 1;
        assertTrue(refusalCompressed(join(checked, join(sum, rest))).contains("the gzip header's checksum"));
        byte[] named = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 3};
        byte[] longest = join(named, Arrays.copyOf(filled(1 << 16), (1 << 16) + 1));
        assertArrayEquals(
                new int[] {3, 2, 2}, readCompressed(join(longest, rest)).dimensions());
        assertTrue(refusalCompressed(join(named, filled((1 << 16) + 1)))
                .contains("a text in the gzip header exceeds 65536 bytes"));
    }

    @Test
    void aBombIsStoppedByItsRatioAndByItsSize() throws IOException {
        byte[] bomb = bomb(64 << 20);
        assertTrue(bomb.length < 70_000, "the bomb has " + bomb.length + " bytes");
        assertTrue(Thrown.message(ResourceLimitException.class, () -> readCompressed(bomb))
                .contains("more than 200 times"));
        Limits sized = new Limits(2 << 20, 2000, 1, 1, 1);
        InputStream declared = new ByteArrayInputStream(bomb);
        assertTrue(Thrown.message(ResourceLimitException.class, () -> IdxArray.read("t.gz", declared, sized))
                .contains("the limit of Limits.bytes"));
        long allocated = allocated(() -> assertThrows(ResourceLimitException.class, () -> readCompressed(bomb)));
        assertTrue(allocated < 8 << 20, "allocated " + allocated + " bytes");
        assertTrue(Thrown.message(
                        ResourceLimitException.class,
                        () -> CsvFormat.numbers().read("t.csv.gz", new ByteArrayInputStream(blankLines(64 << 20))))
                .contains("more than 200 times"));
        CsvFormat patient = CsvFormat.numbers().withLimits(new Limits(1 << 20, 2000, 1, 1, 1));
        assertTrue(Thrown.message(
                        ResourceLimitException.class,
                        () -> patient.read("t.csv.gz", new ByteArrayInputStream(blankLines(2 << 20))))
                .contains("the content exceeds 1048576 bytes, the limit of Limits.bytes"));
    }

    /** A compressed IDX file that declares and holds n zeros. */
    private static byte[] bomb(int n) throws IOException {
        return compressed(new SequenceInputStream(
                new ByteArrayInputStream(idx(8, new int[] {n})), new ByteArrayInputStream(new byte[n])));
    }

    private static byte[] blankLines(int n) throws IOException {
        byte[] lines = new byte[n];
        Arrays.fill(lines, (byte) '\n');
        return compressed(new ByteArrayInputStream(lines));
    }

    private static byte[] compressed(InputStream content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            content.transferTo(gzip);
        }
        return out.toByteArray();
    }

    private static byte[] filled(int n) {
        byte[] bytes = new byte[n];
        Arrays.fill(bytes, (byte) 'x');
        return bytes;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }
}
