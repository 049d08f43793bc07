package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static org.ejgrad.nn.io.JsonTokens.quoted;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Value;

/**
 * Named matrices as JSON, to be read by people and by programs that know no safetensors:
 *
 * <pre>
 * {
 *   "format": "ejgrad-matrices-2",
 *   "sha256": "794365304af32a4ea368f4c54056ced8cfae632d5d83ebe08296cb649da48d2c",
 *   "metadata": {
 *     "note": "by hand"
 *   },
 *   "matrices": {
 *     "0.weight": {"rows": 2, "columns": 2, "elements": [
 *       [1.0, -0.0],
 *       ["NaN", "Infinity"]
 *     ]}
 *   }
 * }
 * </pre>
 *
 * <p>Every bit survives: numbers are written so that they read back exactly, a NaN with a payload as its bits, such as
 * {@code "0x7ff8000000000001"}.
 *
 * <p>The sum is the SHA-256 of the text as UTF-8 with 64 zeros in the place of the sum itself. {@link #read} insists on
 * it, so a text with any bit changed is refused; {@link #readUnchecked} is for a text that was edited by hand, and for
 * those of format 1, which carry none.
 */
public final class JsonText {
    static final String FORMAT = "ejgrad-matrices-2";

    /** The format without a sum. */
    static final String FORMAT_WITHOUT_SUM = "ejgrad-matrices-1";

    /** How a text begins that carries its sum; the digits follow. */
    static final String OPENING = "{\n  \"format\": \"" + FORMAT + "\",\n  \"sha256\": \"";

    /** Characters of the shortest element with its comma, such as {@code 1.0, }. */
    private static final long SHORTEST_ELEMENT = 5;

    private static final long CANONICAL_NAN = Double.doubleToRawLongBits(Double.NaN);

    private JsonText() {}

    /**
     * Writes matrices as JSON.
     *
     * @param matrices what to write
     * @return the text, one row of a matrix a line
     * @throws IllegalArgumentException if the text would be longer than 1 GiB, or there are more than 65,536 matrices
     *     or notes
     */
    public static String of(NamedMatrices matrices) {
        requireReadable(requireNonNull(matrices, "matrices"));
        List<String> notes = new ArrayList<>();
        matrices.metadata().forEach((key, value) -> notes.add(quoted(key) + ": " + quoted(value)));
        List<String> entries = new ArrayList<>();
        for (String name : matrices.names()) {
            Value matrix = matrices.get(name);
            int columns = matrix.getNumCols();
            List<String> rows = IntStream.range(0, matrix.getNumRows())
                    .mapToObj(row -> IntStream.range(0, columns)
                            .mapToObj(column -> number(matrix.get(row, column)))
                            .collect(joining(", ", "[", "]")))
                    .toList();
            entries.add(quoted(name) + ": {\"rows\": " + matrix.getNumRows() + ", \"columns\": " + columns
                    + ", \"elements\": " + block("[", rows, "      ", "]") + "}");
        }
        List<String> fields = List.of(
                "\"format\": " + quoted(FORMAT),
                "\"sha256\": " + quoted(Checksum.PLACEHOLDER),
                "\"metadata\": " + block("{", notes, "    ", "}"),
                "\"matrices\": " + block("{", entries, "    ", "}"));
        return signed(block("{", fields, "  ", "}") + "\n");
    }

    private static void requireReadable(NamedMatrices matrices) {
        ModelLimits.requireReadable(matrices, "of");
        long elements = matrices.names().stream()
                .mapToLong(name -> matrices.get(name).shape().elements())
                .sum();
        ModelLimits.requireAtMost(elements, ModelLimits.LONGEST_TEXT / SHORTEST_ELEMENT, "of", "elements");
    }

    /** The text with its sum in the place of the zeros. */
    private static String signed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ModelLimits.requireAtMost(bytes.length, ModelLimits.LONGEST_TEXT, "of", "bytes of text");
        Checksum checksum = new Checksum();
        checksum.digest().update(bytes);
        return OPENING + checksum.digits() + text.substring(OPENING.length() + Checksum.PLACEHOLDER.length());
    }

    /** One line each, or nothing between the brackets. */
    private static String block(String open, List<String> lines, String indentation, String close) {
        String outer = "\n" + indentation.substring(2);
        return lines.isEmpty()
                ? open + close
                : lines.stream().collect(joining(",\n" + indentation, open + "\n" + indentation, outer + close));
    }

    /** Java's shortest decimal reads back to the same bits, but for the payload of a NaN. */
    private static String number(double value) {
        long bits = Double.doubleToRawLongBits(value);
        if (Double.isNaN(value) && bits != CANONICAL_NAN) {
            return "\"0x" + HexFormat.of().toHexDigits(bits) + "\"";
        }
        return Double.isFinite(value) ? Double.toString(value) : "\"" + value + "\"";
    }

    /**
     * Reads what {@link #of} wrote, after checking its sum.
     *
     * @return the matrices and the metadata
     * @throws ModelFormatException if it is something else, or damaged in any way
     */
    public static NamedMatrices parse(String text) throws ModelFormatException {
        return parse(requireNonNull(text, "text"), true);
    }

    /**
     * Reads a text in the form that {@link #of} writes, without checking a sum: one edited by hand, or of format 1.
     *
     * @return the matrices and the metadata
     * @throws ModelFormatException if it is something else
     */
    public static NamedMatrices parseUnchecked(String text) throws ModelFormatException {
        return parse(requireNonNull(text, "text"), false);
    }

    /**
     * Writes matrices to a file, all or nothing, see {@link AtomicFile}.
     *
     * @param file the file to make or to replace
     * @param matrices what to write
     * @throws IllegalArgumentException as {@link #of}
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void write(Path file, NamedMatrices matrices) throws IOException {
        write(Disk.REAL, file, matrices);
    }

    static void write(Disk disk, Path file, NamedMatrices matrices) throws IOException {
        byte[] bytes = of(matrices).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(disk, file, bytes.length, out -> out.write(bytes));
    }

    /**
     * Reads a file written by {@link #write}, after checking its sum.
     *
     * @return the matrices and the metadata
     * @throws ModelFormatException if it is something else, or damaged in any way
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices read(Path file) throws IOException {
        return read(Disk.REAL, file, true);
    }

    /**
     * Reads a file in the form that {@link #write} gives it, without checking a sum: one edited by hand, or of format
     * 1.
     *
     * @return the matrices and the metadata
     * @throws ModelFormatException if it is something else
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices readUnchecked(Path file) throws IOException {
        return read(Disk.REAL, file, false);
    }

    static NamedMatrices read(Disk disk, Path file, boolean checked) throws IOException {
        long size = Safetensors.readableSize(file);
        if (size > ModelLimits.LONGEST_TEXT) {
            throw new ModelFormatException(
                    file.toString(),
                    "text",
                    0,
                    "it has " + size + " bytes; expected at most " + ModelLimits.LONGEST_TEXT);
        }
        AtomicFile.requireOnDisk(file);
        try (InputStream in = disk.openReading(file)) {
            return new JsonTextReader(file.toString(), in).read(checked);
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (IOException failure) {
            throw AtomicFile.inWords(file, "reading " + size + " bytes failed", failure);
        }
    }

    private static NamedMatrices parse(String text, boolean checked) throws ModelFormatException {
        return parse(text.getBytes(StandardCharsets.UTF_8), checked);
    }

    static NamedMatrices parse(byte[] text, boolean checked) throws ModelFormatException {
        try {
            return new JsonTextReader("the text", new ByteArrayInputStream(text)).read(checked);
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
