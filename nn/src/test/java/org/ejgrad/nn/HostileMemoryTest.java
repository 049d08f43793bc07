package org.ejgrad.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.IdxArray;
import org.ejgrad.nn.data.LabelledTexts;
import org.ejgrad.nn.data.Limits;
import org.ejgrad.nn.io.JsonText;
import org.ejgrad.nn.io.Safetensors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that promises or repeats too much is refused in words by a virtual machine that has 64 MiB in all. */
@Tag("long")
class HostileMemoryTest {
    private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

    static {
        EXPECTED.put("a million empty tensors", "ModelFormatException .* header length .* expected 2 … 8388608.*");
        EXPECTED.put("130,000 empty tensors", "ModelFormatException .*it names more than 65536 tensors");
        EXPECTED.put("a million notes", "ModelFormatException .*it has more than 65536 entries");
        EXPECTED.put("a long note", "ModelFormatException .*a text over 2097152.*");
        EXPECTED.put("a header of 100 MB in 3 GiB", "ModelFormatException .* header length .*");
        EXPECTED.put("a header of zeros", "ModelFormatException .*no.* opening brace");
        EXPECTED.put("a tensor of 3.2 GB", "ModelFormatException .*3200000000 bytes as doubles.*-Xmx.*");
        EXPECTED.put("a tensor of 60 MB", "ModelFormatException .*60000000 bytes as doubles.*-Xmx.*");
        EXPECTED.put("JSON of a GiB", "ModelFormatException .*no check sum.*");
        EXPECTED.put("JSON of brackets", "ModelFormatException .*nesting depth.*");
        EXPECTED.put("endless newlines", "ResourceLimitException .*the content exceeds 67108864 bytes.*");
        EXPECTED.put("an endless line", "ResourceLimitException .*the line exceeds 1048576 characters.*");
        EXPECTED.put("endless separators", "ResourceLimitException .*more than 20000 cells.*");
        EXPECTED.put("an endless record", "ResourceLimitException .*the record exceeds 1048576 characters.*");
        EXPECTED.put("a table of endless rows", "ResourceLimitException t.csv: the first .* rows take .*-Xmx.*");
        EXPECTED.put("a table of a GiB", "ResourceLimitException .*the content exceeds 268435456 bytes.*");
        EXPECTED.put("an endless text", "ResourceLimitException .*the line exceeds 1048576 characters.*");
        EXPECTED.put("a promise of 4 GiB", "ResourceLimitException .*which makes more than.*");
    }

    @TempDir
    Path folder;

    @Test
    void isRefused() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Refusals.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            for (Map.Entry<String, String> expected : EXPECTED.entrySet()) {
                String line = String.valueOf(lines.readLine());
                assertTrue(line.matches(expected.getKey() + ": " + expected.getValue()), line);
            }
        }
    }

    /** Reads each hostile file and prints how it is refused. */
    static final class Refusals {
        public static void main(String[] arguments) throws IOException {
            System.setOut(new PrintStream(System.out, true, UTF_8));
            Path folder = Path.of(arguments[0]);
            Path file = folder.resolve("hostile.safetensors");
            String tensor = "\"t%07d\":{\"dtype\":\"F64\",\"shape\":[0],\"data_offsets\":[0,0]}";
            repeated(file, "{", tensor, 1_000_000, "}");
            refusal("a million empty tensors", () -> Safetensors.readForeign(file));
            repeated(file, "{", tensor, 130_000, "}");
            refusal("130,000 empty tensors", () -> Safetensors.readForeign(file));
            repeated(file, "{\"__metadata__\":{", "\"%06d\":\"\"", 600_000, "}}");
            refusal("a million notes", () -> Safetensors.readForeign(file));
            repeated(file, "{\"__metadata__\":{\"note\":\"", "%07d", 1_000_000, "\"}}");
            refusal("a long note", () -> Safetensors.readForeign(file));
            sparse(file, 100_000_000, "", 3L << 30);
            refusal("a header of 100 MB in 3 GiB", () -> Safetensors.read(file));
            sparse(file, 1 << 23, "", 3L << 30);
            refusal("a header of zeros", () -> Safetensors.read(file));
            large(file, 400_000_000);
            refusal("a tensor of 3.2 GB", () -> Safetensors.readForeign(file));
            large(file, 7_500_000);
            refusal("a tensor of 60 MB", () -> Safetensors.readForeign(file));
            Path text = folder.resolve("hostile.json");
            sparse(text, 0, "", 1L << 30);
            refusal("JSON of a GiB", () -> JsonText.read(text));
            String brackets = "{\"format\": \"ejgrad-matrices-2\", \"metadata\": {}, \"matrices\": {\"w\": "
                    + "{\"rows\": 1, \"columns\": 1, \"elements\": " + "[".repeat(1 << 20);
            Files.writeString(text, brackets);
            refusal("JSON of brackets", () -> JsonText.readUnchecked(text));
            CsvFormat csv = CsvFormat.classification();
            refusal(
                    "endless newlines",
                    () -> csv.withLimits(new Limits(1 << 26, 200, 1 << 20, 20_000, 10_000_000))
                            .read("t.csv", endless("\n")));
            refusal("an endless line", () -> csv.read("t.csv", endless("x")));
            refusal("endless separators", () -> csv.read("t.csv", endless(",")));
            refusal(
                    "an endless record",
                    () -> csv.read(
                            "t.csv",
                            new SequenceInputStream(new ByteArrayInputStream(new byte[] {'"'}), endless("\n"))));
            Limits patient = new Limits(Long.MAX_VALUE, 200, 1 << 20, 20_000, Integer.MAX_VALUE);
            refusal(
                    "a table of endless rows",
                    () -> csv.withoutHeader().withLimits(patient).table("t.csv", endless("12.5,red,,\n")));
            sparse(text, 0, "", 1L << 30);
            refusal("a table of a GiB", () -> csv.table(text));
            refusal("an endless text", () -> LabelledTexts.read("t.txt", endless("x"), Limits.DEFAULT, "a"));
            refusal(
                    "a promise of 4 GiB",
                    () -> IdxArray.read("t.idx", endless("\0\0\u0008\u0001\u007f"), Limits.DEFAULT));
        }

        private static void refusal(String name, Callable<?> reading) {
            String outcome = "was read";
            try {
                reading.call();
            } catch (Throwable thrown) {
                outcome = thrown.getClass().getSimpleName() + " " + thrown.getMessage();
            }
            System.out.println(name + ": " + outcome);
        }

        /** A header of so many like parts. */
        private static void repeated(Path file, String open, String part, int count, String close) throws IOException {
            String separator = part.startsWith("\"") ? "," : "";
            long size = open.length() + close.length() + (count - 1L) * separator.length();
            size += (long) count * String.format(Locale.ROOT, part, 0).length();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
                out.write(length(size));
                out.write(open.getBytes(UTF_8));
                String[] around = part.split("%0[67]d", -1);
                int digits = part.contains("%07d") ? 10_000_000 : 1_000_000;
                for (int i = 0; i < count; i++) {
                    String number = Integer.toString(digits + i).substring(1);
                    String text = (i == 0 ? "" : separator) + around[0] + number + around[1];
                    out.write(text.getBytes(UTF_8));
                }
                out.write(close.getBytes(UTF_8));
            }
        }

        private static byte[] length(long size) {
            return ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(size)
                    .array();
        }

        private static void large(Path file, int elements) throws IOException {
            String header = "{\"w\":{\"dtype\":\"F64\",\"shape\":[" + elements + "],\"data_offsets\":[0,"
                    + 8L * elements + "]}}";
            sparse(file, header.length(), header, 8 + header.length() + 8L * elements);
        }

        /** A file of zeros but for its beginning, which takes no room on the disk. */
        private static void sparse(Path file, long headerLength, String header, long size) throws IOException {
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.setLength(0);
                out.write(length(headerLength));
                out.write(header.getBytes(UTF_8));
                out.setLength(size);
            }
        }

        private static InputStream endless(String repeated) {
            byte[] bytes = repeated.repeat(1000).getBytes(UTF_8);
            return new InputStream() {
                private int position;

                @Override
                public int read() {
                    position = position == bytes.length ? 0 : position;
                    return bytes[position++];
                }

                @Override
                public int read(byte[] buffer, int from, int length) {
                    position = position == bytes.length ? 0 : position;
                    int count = Math.min(length, bytes.length - position);
                    System.arraycopy(bytes, position, buffer, from, count);
                    position += count;
                    return count;
                }
            };
        }
    }
}
