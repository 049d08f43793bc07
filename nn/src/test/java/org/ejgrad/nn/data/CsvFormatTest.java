package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.ejgrad.nn.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CSV files are read, and with which words the others are refused. */
class CsvFormatTest {
    private static final CsvFormat FORMAT = CsvFormat.classification("no", "yes");

    private static Dataset read(String text) throws IOException {
        return read(FORMAT, text.getBytes(UTF_8));
    }

    private static Dataset read(CsvFormat format, byte[] bytes) throws IOException {
        return format.read("t.csv", new ByteArrayInputStream(bytes));
    }

    private static String refusal(byte[] bytes) {
        return Thrown.message(DatasetFormatException.class, () -> read(FORMAT, bytes));
    }

    private static String refusal(String text) {
        return refusal(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b,label\n1,2,0\n3,4,1\n",
                "a,b,label\n1,2,0\n3,4,1",
                "a,b,label\r\n1,2,0\r\n3,4,1\r\n",
                "a,b,label\r1,2,0\r3,4,1\r",
                "\uFEFFa,b,label\n1,2,0\n3,4,1\n",
                "\"a\",b,label\n\"1\",2,\"0\"\n3,4,1\n",
                "a,b,label\n\n1,2,0\n\n\n3,4,1\n\n",
                "a,b,label\n+1,2.,no\n.3e1,40E-1,yes\n",
            })
    void theSameDataInEverySpelling(String text) throws IOException {
        Dataset data = read(text);
        assertEquals(List.of("a", "b"), data.featureNames());
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, data.inputs().toArray2());
        assertArrayEquals(new int[] {0, 1}, data.labels());
        assertEquals(List.of("no", "yes"), data.classNames());
        assertEquals("t.csv", data.name());
    }

    @Test
    void theTargetMayStandAnywhereAndAlone() throws IOException {
        Dataset middle = read(CsvFormat.numbers().withTarget(1), "a,y,b\n1,2,3\n4,5,6\n".getBytes(UTF_8));
        assertArrayEquals(new double[][] {{1, 3}, {4, 6}}, middle.inputs().toArray2());
        assertArrayEquals(new double[][] {{2}, {5}}, middle.targets().toArray2());
        assertEquals(List.of("a", "b"), middle.featureNames());
        Dataset alone = read(CsvFormat.numbers(), "y\n2\n5\n".getBytes(UTF_8));
        assertEquals("t.csv: 2 rows, 0 features, 1 target", alone.toString());
    }

    @Test
    void quotedNamesMayHoldQuotesCommasAndLineEnds() throws IOException {
        Dataset data = read("\"a \"\"x\"\"\",\"b,\nc\",label\n1,2,0\n");
        assertEquals(List.of("a \"x\"", "b,\nc"), data.featureNames());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1d",
                "1f",
                "0x1p3",
                "inf",
                "Infinity",
                "-Infinity",
                "NaN",
                "nan",
                "NA",
                "?",
                " 1",
                "1 ",
                "1_000",
                "--1",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "١",
                "１",
                "1;5",
                "true",
                "0b1",
                "1L"
            })
    void whatIsNotANumberIsRefusedWithItsPlace(String cell) {
        assertEquals(
                "t.csv:3:2: \"" + cell + "\" is not a number; expected one like -12.5e3",
                refusal("a,b,label\n1,2,0\n3," + cell + ",1\n"));
    }

    @Test
    void otherFaultsOfCellsAndRowsAreNamed() {
        assertEquals("t.csv:2:2: the cell is blank; expected a number", refusal("a,b,label\n1,,0\n"));
        assertEquals("t.csv:2:1: \"1e400\" is too large for a double", refusal("a,b,label\n1e400,2,0\n"));
        assertEquals("t.csv:2:1: \"-1e400\" is too large for a double", refusal("a,b,label\n-1e400,2,0\n"));
        assertEquals(
                "t.csv:2:2: the row has 2 cells; expected 3 as in the first row", refusal("a,b,label\n1,2\n3,4,1\n"));
        assertEquals(
                "t.csv:3:4: the row has 5 cells; expected 3 as in the first row", refusal("a,b,y\n1,2,0\n1,5,2,5,1\n"));
        assertEquals("t.csv:2:4: the row has 4 cells; expected 3 as in the first row", refusal("a,b,y\n1,5,2,0\n"));
        assertEquals("t.csv:1:2: a second column is named \"a\"; expected other names", refusal("a,a,label\n1,2,0\n"));
        assertEquals(
                "t.csv:1:2: the column has no name; expected one, or none by withHeader(). If it"
                        + " numbers the rows, pandas leaves it out by index=False, R by row.names=FALSE",
                refusal("a, ,label\n1,2,0\n"));
        assertEquals("t.csv: 0 data rows; expected at least 1", refusal("a,b,label\n"));
        assertEquals("t.csv: the file is empty", refusal(""));
        assertEquals("t.csv: the file is empty", refusal("\uFEFF"));
        assertEquals("t.csv: the file is empty", refusal("\n\n"));
        assertEquals(
                "t.csv:1:1: the header holds only numbers; read a file without one by withoutHeader(), one with such names by withHeader()",
                refusal("1,2,0\n3,4,1\n"));
    }

    @ParameterizedTest
    @CsvSource({"2,'\"2\"'", "-1,'\"-1\"'", "0.5,'\"0.5\"'", "1e300,'\"1e300\"'"})
    void labelsOutsideTheClassesAreRefused(String label, String quoted) {
        assertEquals(
                "t.csv:2:3: the label is " + quoted + "; expected an integer from 0 to 1 or one of [no, yes]",
                refusal("a,b,label\n1,2," + label + "\n"));
    }

    @Test
    void missingAndUnknownLabelsAreRefused() {
        assertEquals(
                "t.csv:2:3: the label is missing; expected an integer from 0 to 1 or one of [no, yes]",
                refusal("a,b,label\n1,2,\n"));
        assertEquals(
                "t.csv:2:3: \"maybe\"; expected an integer from 0 to 1 or one of [no, yes]",
                refusal("a,b,label\n1,2,maybe\n"));
    }

    @Test
    void linesAreCountedThroughQuotedLineEndsAndBlankLines() {
        assertTrue(refusal("\"a\r\nx\",b,label\r\n1,2,0\r\n\r\nz,2,0\r\n").startsWith("t.csv:5:1: \"z\""));
        assertTrue(refusal("\"a\nx\",b,label\n1,2,0\n\"\n\n\",2,0\n").startsWith("t.csv:4:1: "));
        assertTrue(refusal("a,b,label\n\"1\",\"2\n\",0\n").startsWith("t.csv:2:2: "));
        assertTrue(refusal("\"a\n\n\",a b,a b\n1,2,0\n").startsWith("t.csv:3:3: "));
    }

    @Test
    void anUnclosedQuoteNamesItsLine() {
        assertEquals(
                "t.csv:3:2: the quote that opens here is never closed", refusal("a,b,label\n1,2,0\n3,\"4,1\n5,6,0\n"));
        assertEquals(
                "t.csv:2:2: a closing quote is followed by \"x\"; expected the separator or the end of the line. The"
                        + " separator is ',', another is given by withSeparator",
                refusal("a,b,label\n1,\"2\"x,0\n"));
    }

    @Test
    void bytesThatAreNotTextAreRefusedByTheirOffset() {
        assertEquals(
                "t.csv: byte 12: not UTF-8: ff; expected a file that was saved as UTF-8",
                refusal(bytes("a,b,label\n1,", 0xFF, ",0\n")));
        assertEquals(
                "t.csv: byte 10: not UTF-8: c3; expected a file that was saved as UTF-8",
                refusal(bytes("a,b,label\n", 0xC3, ",2,0\n")));
        assertEquals(
                "t.csv: byte 10: not UTF-8: c3; expected a file that was saved as UTF-8",
                refusal(bytes("a,b,label\n", 0xC3, "")));
        assertEquals(
                "t.csv: byte 10: not UTF-8: ed; expected a file that was saved as UTF-8",
                refusal(bytes("a,b,label\n", 0xED, " ")));
        assertEquals(
                "t.csv: byte 0: not UTF-8: ff; expected a file that was saved as UTF-8", refusal(bytes("", 0xFF, "")));
        assertEquals(
                "t.csv: byte 19: a NUL byte; expected text that was saved as UTF-8",
                refusal("a,b,label\n1,2,0\n3,4\0,1"));
        String long8k = "a,b,label\n" + "1,2,0\n".repeat(2000);
        assertEquals(
                "t.csv: byte " + long8k.length() + ": not UTF-8: 80; expected a file that was saved as UTF-8",
                refusal(bytes(long8k, 0x80, "")),
                "in a later chunk");
        assertEquals(
                "t.csv: byte " + (long8k.length() + 1) + ": a NUL byte; expected text that was saved as UTF-8",
                refusal(long8k + "1\0"));
    }

    @Test
    void textBeyondAsciiIsReadAcrossChunks() throws IOException {
        for (int padding = 8180; padding < 8196; padding++) {
            String name = "x".repeat(padding) + "é𝄞";
            assertEquals(name, read(name + ",label\n1,0\n").featureNames().get(0));
        }
    }

    @Test
    void numbersAreReadAlikeInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (String tag : List.of("tr-TR", "de-DE", "ar-EG", "fa-IR-u-nu-arabext")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(1.5e-3, read("I,b,label\n1.5E-3,2,0\n").inputs().get(0, 0));
                assertTrue(refusal("I,b,label\n1,5\n").contains("2:2: the row has 2 cells"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyDoubleComesBackExactly() throws IOException {
        double[] numbers = {0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, 1 / 3.0, 1.2345678901234568e17};
        StringBuilder text = new StringBuilder();
        for (double number : numbers) {
            text.append(number).append(",1\n");
        }
        Dataset data = read(CsvFormat.numbers().withoutHeader(), text.toString().getBytes(UTF_8));
        for (int i = 0; i < numbers.length; i++) {
            assertEquals(
                    Double.doubleToLongBits(numbers[i]),
                    Double.doubleToLongBits(data.inputs().get(i, 0)));
        }
        assertEquals(0, data.classes());
    }

    @Test
    void theTargetMayStandInAnyColumnAndTheSeparatorBeAnother() throws IOException {
        Dataset data = read(
                CsvFormat.classification().withTarget(0).withSeparator('\t').withoutHeader(),
                "2\t1.5\n0\t2.5\n".getBytes(UTF_8));
        assertArrayEquals(new int[] {2, 0}, data.labels());
        assertEquals(List.of("0", "1", "2"), data.classNames());
        assertEquals(List.of("x0"), data.featureNames());
        assertThrows(
                DatasetFormatException.class,
                () -> read(CsvFormat.numbers().withTarget(2), "a,b\n1,2\n".getBytes(UTF_8)));
    }

    @Test
    void limitsStopALongLineManyColumnsManyRowsAndMuchContent() {
        Limits limits = new Limits(100_000, 200, 1000, 20, 50);
        CsvFormat format = FORMAT.withLimits(limits);
        assertTrue(limit(format, "a".repeat(1001)).startsWith("t.csv:1: the line exceeds 1000 characters"));
        assertTrue(limit(format, "a,b,label\n1," + "2".repeat(1001)).startsWith("t.csv:2: the line exceeds"));
        assertTrue(limit(format, "a,y\r\n1,0\r\n" + "2".repeat(1001)).startsWith("t.csv:3: the line exceeds"));
        assertTrue(limit(format, "a" + ",a".repeat(20)).startsWith("t.csv:1: the row has more than 20 cells"));
        assertTrue(limit(format, "a,label\n" + "1,0\n".repeat(51)).startsWith("t.csv: more than 50 rows"));
        assertTrue(limit(format, "a,label\n\"" + "1\n".repeat(600) + "\",0").contains("the record exceeds 1000"));
        assertTrue(limit(format, "\n".repeat(100_001)).startsWith("t.csv: the content exceeds 100000 bytes"));
    }

    @Test
    void whatALimitNamesIsAllowed() {
        Limits limits = new Limits(10, 1, 5, 1, 2);
        limits.requireBytes(10, "t");
        limits.requireLength(5, "t", 1, "line");
        limits.requireRows(2, "t");
        for (Executable beyond : List.<Executable>of(
                () -> limits.requireBytes(11, "t"),
                () -> limits.requireLength(6, "t", 1, "line"),
                () -> limits.requireRows(3, "t"))) {
            assertThrows(ResourceLimitException.class, beyond);
        }
        String[] classes = IntStream.range(0, 1 << 16).mapToObj(i -> "c" + i).toArray(String[]::new);
        assertEquals(1 << 16, CsvFormat.classification(classes).classNames().size());
        String[] more = Arrays.copyOf(classes, classes.length + 1);
        more[classes.length] = "c";
        assertThrows(ResourceLimitException.class, () -> CsvFormat.classification(more));
        assertEquals("x".repeat(60), CsvFormat.shortened("x".repeat(60)));
        assertEquals("x".repeat(60) + "…", CsvFormat.shortened("x".repeat(61)));
    }

    /** Wherever chunks end: the buffer of the caller is smaller than theirs, and theirs ends within a character. */
    @Test
    void bytesAreCountedAcrossChunks() throws IOException {
        byte[] bad = bytes("é".repeat(100), 0xFF, "");
        for (int size = 2; size < 5; size++) {
            StrictUtf8Reader reader = new StrictUtf8Reader("t", new ByteArrayInputStream(bad), Limits.DEFAULT);
            char[] buffer = new char[size];
            assertEquals(
                    "t: byte 200: not UTF-8: ff; expected a file that was saved as UTF-8",
                    Thrown.message(DatasetFormatException.class, () -> {
                        while (reader.read(buffer, 0, buffer.length) > 0) {}
                    }));
        }
        byte[] text = ("x" + "é".repeat(6000)).getBytes(UTF_8);
        for (int most : new int[] {12_001, 12_000}) {
            StrictUtf8Reader reader =
                    new StrictUtf8Reader("t", new ByteArrayInputStream(text), new Limits(most, 1, 1 << 20, 1, 1));
            if (most == text.length) {
                assertEquals(6001, reader.transferTo(Writer.nullWriter()));
            } else {
                assertThrows(ResourceLimitException.class, () -> reader.transferTo(Writer.nullWriter()));
            }
        }
        StrictUtf8Reader within = new StrictUtf8Reader("t", new ByteArrayInputStream(text), Limits.DEFAULT);
        char[] three = new char[3];
        assertEquals(2, within.read(three, 1, 2));
        assertArrayEquals(new char[] {0, 'x', 'é'}, three);
        StrictUtf8Reader one =
                new StrictUtf8Reader("t", new ByteArrayInputStream("𝄞".getBytes(UTF_8)), Limits.DEFAULT);
        assertThrows(IllegalArgumentException.class, one::read);
    }

    private static String limit(CsvFormat format, String text) {
        return Thrown.message(ResourceLimitException.class, () -> read(format, text.getBytes(UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2,0\n", "x", ",", "\"", "\n", "\"a\n\"", "\"\"\n", "é", "a,b\n1,\""})
    void endlessStreamsAreStopped(String repeated) {
        CsvFormat format = CsvFormat.classification().withLimits(new Limits(1 << 22, 200, 1 << 16, 1000, 100_000));
        Exception thrown = assertThrows(Exception.class, () -> format.read("endless", endless(repeated)));
        assertTrue(
                thrown instanceof DatasetFormatException || thrown instanceof ResourceLimitException,
                () -> thrown.toString());
    }

    private static InputStream endless(String repeated) {
        byte[] bytes = repeated.getBytes(UTF_8);
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                return bytes[(int) (position++ % bytes.length)] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int from, int length) {
                for (int i = from; i < from + length; i++) {
                    buffer[i] = (byte) read();
                }
                return length;
            }
        };
    }

    @Test
    void filesAreReadFromPathsAndCompressed(@TempDir Path folder) throws IOException {
        byte[] text = "a,b,label\n1,2,0\n3,4,1\n".getBytes(UTF_8);
        Path plain = Files.write(folder.resolve("p.csv"), text);
        Path compressed = Files.write(folder.resolve("p.csv.gz"), gzip(text));
        assertEquals(2, FORMAT.read(plain).size());
        assertEquals(2, FORMAT.read(compressed).size());
        assertThrows(NoSuchFileException.class, () -> FORMAT.read(folder.resolve("none.csv")));
        String message = Thrown.message(FileSystemException.class, () -> FORMAT.read(folder));
        assertEquals(folder + ": is a directory; expected a file", message);
        Path loop = folder.resolve("loop.csv");
        Files.createSymbolicLink(loop, loop);
        assertThrows(FileSystemException.class, () -> FORMAT.read(loop));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void filesAreClosed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("p.csv"), "a,b,label\n1,2,0\n3,4,1\n");
        FORMAT.read(file);
        assertThrows(
                ResourceLimitException.class,
                () -> FORMAT.withLimits(new Limits(10, 1, 100, 10, 10)).read(file));
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            assertEquals(List.of(), open.filter(each -> isOf(each, file)).toList());
        }
    }

    private static boolean isOf(Path descriptor, Path file) {
        try {
            return Files.isSameFile(descriptor, file);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void theCallersStreamStaysOpen() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream stream = new ByteArrayInputStream("a,label\n1,0\n".getBytes(UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        FORMAT.read("t.csv", stream);
        assertEquals(false, closed[0]);
    }

    @Test
    void aFailureOfTheStreamIsPassedOn() {
        InputStream failing = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                throw new IOException("unplugged");
            }
        };
        assertEquals("unplugged", Thrown.message(IOException.class, () -> FORMAT.read("t.csv", failing)));
    }

    @Test
    void impossibleFormatsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> FORMAT.withSeparator('"'));
        assertThrows(IllegalArgumentException.class, () -> FORMAT.withSeparator('\n'));
        assertThrows(IllegalArgumentException.class, () -> FORMAT.withTarget(-2));
        assertThrows(
                IllegalArgumentException.class,
                () -> new CsvFormat(
                        ',', CsvFormat.Header.CHECKED, false, List.of(), -1, List.of("a"), true, Limits.DEFAULT));
        assertThrows(IllegalArgumentException.class, () -> new Limits(0, 1, 1, 1, 1));
    }

    private static byte[] bytes(String before, int middle, String after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(before.getBytes(UTF_8));
        out.write(middle);
        out.writeBytes(after.getBytes(UTF_8));
        return out.toByteArray();
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
