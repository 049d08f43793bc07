package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ejgrad.Value;

/**
 * Named matrices as NumPy keeps them: {@code numpy.savez} and {@code numpy.load}, a zip archive of a {@code .npy} file
 * for each.
 *
 * <p>Written is what NumPy writes, doubles without compression; the same matrices give the same bytes. The notes of a
 * collection have no place in such a file and are left out.
 *
 * <p>Read are the numbers of {@code float16} to {@code float64}, whole ones of all widths where a double can hold them
 * exactly, and {@code bool} as 0 and 1, little-endian, in rows or in columns first, compressed or not; a scalar as 1×1,
 * a vector as one row. Arrays of more dimensions and of other types are passed over and listed, see
 * {@link NamedMatrices#skipped}. Above 1 MiB an archive may hold at most 200 times its own size, and no more than 2 GiB
 * are read or written.
 */
public final class Npz {
    /** How a {@code .npy} file begins. */
    static byte[] magic() {
        return new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    }

    /** How the name of an array ends in the archive. */
    static final String SUFFIX = ".npy";

    /** Entries of an archive without the extensions for large ones. */
    static final int MOST_ENTRIES = 65_534;

    /** Bytes of what ends an archive. */
    static final int END = 22;

    private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

    private static final int LONGEST_NAME = 65_000;
    private static final int ALIGNMENT = 64;
    private static final int CHUNK = 1 << 16;

    /** Bytes that stand beside the name of an entry where it begins, and in the list at the end. */
    private static final int BESIDE_NAMES = 30 + 46;

    /** To the first moment that an archive can tell, January 1980, Java adds another of this machine's time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Npz() {}

    /**
     * Writes matrices to a file, all or nothing, see {@link AtomicFile}.
     *
     * @param file the file to make or to replace
     * @param matrices what to write
     * @throws IllegalArgumentException if there are more of them, or more numbers, than are read
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void write(Path file, NamedMatrices matrices) throws IOException {
        requireNonNull(file, "file");
        ModelLimits.requireAtMost(
                requireNonNull(matrices, "matrices").names().size(), MOST_ENTRIES, "write", "matrices");
        long size = END;
        for (String name : matrices.names()) {
            int length = name.getBytes(StandardCharsets.UTF_8).length;
            ModelLimits.requireAtMost(length, LONGEST_NAME, "write", "bytes of a name");
            size += BESIDE_NAMES + 2L * (length + SUFFIX.length()) + length(matrices.get(name));
        }
        ModelLimits.requireAtMost(size, MOST_BYTES, "write", "bytes");
        AtomicFile.write(file, size, out -> writeTo(out, matrices));
    }

    private static void writeTo(OutputStream out, NamedMatrices matrices) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out), StandardCharsets.UTF_8);
        for (String name : matrices.names()) {
            Value matrix = matrices.get(name);
            CheckedOutputStream sum = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
            writeArray(sum, matrix);
            ZipEntry entry = new ZipEntry(name + SUFFIX);
            entry.setTimeLocal(TIME);
            entry.setMethod(ZipEntry.STORED);
            entry.setCrc(sum.getChecksum().getValue());
            entry.setSize(length(matrix));
            zip.putNextEntry(entry);
            writeArray(zip, matrix);
        }
        zip.finish();
        zip.flush();
    }

    /** How many bytes an array takes. */
    private static long length(Value matrix) {
        return header(matrix).length + 8L * matrix.shape().elements();
    }

    private static void writeArray(OutputStream out, Value matrix) throws IOException {
        out.write(header(matrix));
        int columns = matrix.getNumCols();
        long elements = matrix.shape().elements();
        ByteBuffer chunk =
                ByteBuffer.allocate((int) Math.min(CHUNK, 8 * elements)).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < elements; i++) {
            if (!chunk.hasRemaining()) {
                out.write(chunk.array());
                chunk.clear();
            }
            chunk.putDouble(matrix.get(i / columns, i % columns));
        }
        out.write(chunk.array(), 0, chunk.position());
    }

    /** Magic, version 1.0, the length of a text, and the text, a Python dictionary padded with spaces. */
    private static byte[] header(Value matrix) {
        String text = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + matrix.getNumRows() + ", "
                + matrix.getNumCols() + "), }";
        int before = magic().length + 4;
        int length = (before + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT - before;
        byte[] padded = (text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(before + length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(magic())
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) length)
                .put(padded)
                .array();
    }

    /**
     * Reads a file by any program.
     *
     * @return its matrices in their order, and a list of what is no matrix
     * @throws ModelFormatException if it is no such file, damaged, or holds more than is read
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices read(Path file) throws IOException {
        long size = Safetensors.readableSize(file);
        if (size > MOST_BYTES) {
            throw new ModelFormatException(
                    file.toString(), "file", 0, "it has " + size + " bytes; expected at most " + MOST_BYTES);
        }
        AtomicFile.requireOnDisk(file);
        try (InputStream in = Disk.REAL.openReading(file)) {
            return fromBytes(in.readAllBytes(), file.toString());
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (IOException failure) {
            throw AtomicFile.inWords(file, "reading " + size + " bytes failed", failure);
        }
    }

    static NamedMatrices fromBytes(byte[] bytes, String source) throws IOException {
        return new NpzReader(source, bytes.length, new ByteArrayInputStream(bytes))
                .read(NpzReader.entries(bytes, source));
    }
}
