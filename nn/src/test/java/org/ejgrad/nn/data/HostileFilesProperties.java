package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.ejgrad.nn.RandomStream;
import org.junit.jupiter.api.function.ThrowingSupplier;

/** Whatever the bytes, a reader returns data or refuses with a format or limit exception that names the file. */
class HostileFilesProperties {
    private static final Limits LIMITS = new Limits(4096, 50, 200, 20, 50);
    private static final String CSV = "a,\"b \"\"c\"\"\",label\r\n1,-2.5e3,0\n\"3\",.4,1\n";

    private static void requireDataOrRefusal(ThrowingSupplier<?> reader) {
        try {
            reader.get();
        } catch (DatasetFormatException | ResourceLimitException e) {
            assertTrue(String.valueOf(e.getMessage()).startsWith("file"), () -> "message: " + e.getMessage());
        } catch (Throwable e) {
            throw new AssertionError("neither data nor a refusal", e);
        }
    }

    private static void readEverywhere(byte[] bytes) {
        for (String name : List.of("file", "file.gz")) {
            requireDataOrRefusal(
                    () -> CsvFormat.classification().withLimits(LIMITS).read(name, stream(bytes)));
            requireDataOrRefusal(
                    () -> CsvFormat.numbers().withoutHeader().withLimits(LIMITS).read(name, stream(bytes)));
            requireDataOrRefusal(() -> {
                Table table = CsvFormat.DEFAULT.withLimits(LIMITS).table(name, stream(bytes));
                return table + "\n" + table.describe();
            });
            requireDataOrRefusal(
                    () -> IdxArray.read(name, stream(bytes), LIMITS).matrix());
            requireDataOrRefusal(() -> LabelledTexts.read(name, stream(bytes), LIMITS, "a", "b"));
        }
    }

    private static InputStream stream(byte[] bytes) {
        return new ByteArrayInputStream(bytes);
    }

    /** The bytes with some of them changed, left out or doubled. */
    private static byte[] damaged(byte[] bytes, int faults, long seed) {
        RandomStream random = new RandomStream(seed);
        byte[] result = bytes;
        for (int i = 0; i < faults && result.length > 1; i++) {
            int at = random.nextInt(result.length);
            int kind = random.nextInt(3);
            byte[] next = new byte[result.length + kind - 1];
            System.arraycopy(result, 0, next, 0, Math.min(at, next.length));
            int rest = result.length - at - 1;
            System.arraycopy(result, at + 1, next, next.length - rest, rest);
            if (kind > 0) {
                next[at] = (byte) random.nextInt(256);
            }
            result = next;
        }
        return result;
    }

    @Property
    void anyBytes(@ForAll @Size(max = 100) byte[] bytes) {
        readEverywhere(bytes);
    }

    @Property
    void anyText(@ForAll @StringLength(max = 300) String text) {
        readEverywhere(text.getBytes(UTF_8));
    }

    @Property(tries = 400)
    void damagedCsv(@ForAll @IntRange(min = 1, max = 6) int faults, @ForAll long seed) {
        readEverywhere(damaged(CSV.getBytes(UTF_8), faults, seed));
    }

    @Property(tries = 400)
    void damagedCompressedCsv(@ForAll @IntRange(min = 1, max = 3) int faults, @ForAll long seed) throws IOException {
        readEverywhere(damaged(CsvFormatTest.gzip(CSV.getBytes(UTF_8)), faults, seed));
    }

    @Property(tries = 400)
    void damagedIdx(@ForAll @IntRange(min = 1, max = 3) int faults, @ForAll long seed) throws IOException {
        byte[] idx = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6};
        readEverywhere(damaged(idx, faults, seed));
        readEverywhere(CsvFormatTest.gzip(damaged(idx, faults, seed)));
    }
}
