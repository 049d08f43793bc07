package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.Shape;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.arguments.Require;

/**
 * Model files in the safetensors layout, which the Python library of that name reads and writes.
 *
 * <p>A file is the header's length (8 bytes, little-endian), the header (JSON, padded with spaces to a multiple of 8)
 * and the numbers, little-endian, row by row, in the order of their names. See <a
 * href="https://github.com/huggingface/safetensors#format">the format</a>. Every matrix is written as {@code F64} with
 * shape [rows, columns]. All bits of a double survive, those of NaN and −0 too.
 *
 * <p>Of files by other programs {@code F64}, {@code F32}, {@code F16} and {@code BF16} are read, whole numbers of all
 * widths where a double can hold them exactly, and {@code BOOL} as 0 and 1; a scalar as 1×1, a vector as one row.
 * Tensors of more dimensions and of other types are passed over and listed, see {@link NamedMatrices#skipped}.
 *
 * <p>Files written here carry, as notes in the header, a format number and the SHA-256 of everything (length, header
 * with 64 zeros in the place of the sum itself, numbers). {@link #read} insists on it, so a file with any bit changed
 * or any byte missing is refused; {@link #readForeign} is for files by other programs. Neither uses anything of a file
 * that is not well-formed as a whole, nor allocates more than a small multiple of the file's size. A header has at most
 * 8 MiB, 65,536 tensors and as many notes; more is neither written nor read.
 */
public final class Safetensors {
    /** What the format's own metadata keys begin with. */
    static final String RESERVED = "ejgrad.";

    /** How many bytes say how long the header is. */
    static final int LENGTH_BYTES = 8;

    private Safetensors() {}

    /**
     * Writes matrices to a file, all or nothing, see {@link AtomicFile}.
     *
     * @param file the file to make or to replace
     * @param matrices what to write
     * @throws IllegalArgumentException if there are more names and notes than can be read again
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void write(Path file, NamedMatrices matrices) throws IOException {
        write(Disk.REAL, file, matrices);
    }

    static void write(Disk disk, Path file, NamedMatrices matrices) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter(matrices).requireReadable("write");
        AtomicFile.write(disk, file, writer.size(), writer::writeTo);
    }

    /**
     * {@return the bytes that {@link #write} would put into a file}
     *
     * @param matrices what to write
     * @throws IllegalArgumentException if they are more than an array can hold, or more names and notes than can be
     *     read again
     */
    public static byte[] toBytes(NamedMatrices matrices) {
        SafetensorsWriter writer = new SafetensorsWriter(matrices).requireReadable("toBytes");
        if (writer.size() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("toBytes: " + writer.size() + " bytes are more than an array can hold");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) writer.size());
        try {
            writer.writeTo(bytes);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a file written by {@link #write}, after checking its sum.
     *
     * @return its matrices, in the order of their names, and its metadata
     * @throws ModelFormatException if it is not such a file, or damaged in any way
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices read(Path file) throws IOException {
        return read(Disk.REAL, file);
    }

    static NamedMatrices read(Disk disk, Path file) throws IOException {
        return fromFile(disk, file, SafetensorsReader::read);
    }

    /** Looks at what a file says of itself before its numbers are read, and may refuse it. */
    @FunctionalInterface
    public interface HeaderCheck {
        /**
         * Returns if the file is to be read.
         *
         * @param shapes of its matrices, by their names
         * @param notes its metadata, of which no sum has been taken yet
         * @throws IOException if it is not to be read
         */
        void check(Map<String, Shape> shapes, Map<String, String> notes) throws IOException;
    }

    /**
     * Reads a file written by {@link #write}, if its header passes a check.
     *
     * @param check sees the header before anything else is read or allocated
     * @return its matrices, in the order of their names, and its metadata
     * @throws ModelFormatException as {@link #read(Path)}, or by the check
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices read(Path file, HeaderCheck check) throws IOException {
        requireNonNull(check, "check");
        return fromFile(Disk.REAL, file, reader -> reader.read(check));
    }

    /**
     * Reads a safetensors file by any program, without checking a sum.
     *
     * @return its matrices, in the order of their data, its metadata, and a list of what is no matrix
     * @throws ModelFormatException if it is not such a file, or its matrices do not fit into memory
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices readForeign(Path file) throws IOException {
        return fromFile(Disk.REAL, file, reader -> reader.readForeign(name -> true));
    }

    /**
     * Reads some matrices of a safetensors file by any program, without checking a sum.
     *
     * @param names of the matrices that are wanted
     * @return those matrices, in the order of their data, and the file's metadata
     * @throws ModelMismatchException if one of them is not there or is no matrix; the message says why
     * @throws ModelFormatException if it is not such a file, or the matrices do not fit into memory
     * @throws IOException if it cannot be read
     */
    public static NamedMatrices readForeign(Path file, List<String> names) throws IOException {
        Set<String> wanted = new LinkedHashSet<>(Require.elements(names, "names"));
        return requireAll(wanted, file, fromFile(Disk.REAL, file, reader -> reader.readForeign(wanted::contains)));
    }

    /**
     * Reads bytes made by {@link #toBytes}, after checking their sum.
     *
     * @param bytes the content of a file
     * @return the matrices and the metadata
     * @throws ModelFormatException if they are not such bytes, or damaged in any way
     */
    public static NamedMatrices fromBytes(byte[] bytes) throws ModelFormatException {
        return fromArray(bytes, SafetensorsReader::read);
    }

    /**
     * Reads the bytes of a safetensors file by any program, without checking a sum.
     *
     * @param bytes the content of a file
     * @return the matrices, the metadata, and a list of what is no matrix
     * @throws ModelFormatException as {@link #readForeign(Path)}
     */
    public static NamedMatrices fromForeignBytes(byte[] bytes) throws ModelFormatException {
        return fromArray(bytes, reader -> reader.readForeign(name -> true));
    }

    /** Reads tensors of any number of dimensions. */
    static SafetensorsReader.Tensors readTensors(Path file) throws IOException {
        return fromFile(Disk.REAL, file, SafetensorsReader::readTensors);
    }

    /** What is read from a file. */
    @FunctionalInterface
    private interface Content<T> {
        T of(SafetensorsReader reader) throws IOException;
    }

    private static NamedMatrices requireAll(Set<String> names, Path file, NamedMatrices found) {
        List<String> differences = names.stream()
                .filter(name -> !found.names().contains(name))
                .map(name -> found.skipped().containsKey(name)
                        ? name + ": " + found.skipped().get(name)
                        : "missing: " + name)
                .toList();
        if (!differences.isEmpty()) {
            throw new ModelMismatchException(file.toString(), differences);
        }
        return found;
    }

    private static NamedMatrices fromArray(byte[] bytes, Content<NamedMatrices> content) throws ModelFormatException {
        requireNonNull(bytes, "bytes");
        try {
            return content.of(
                    new SafetensorsReader(bytes.length + " bytes", bytes.length, new ByteArrayInputStream(bytes)));
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static <T> T fromFile(Disk disk, Path file, Content<T> content) throws IOException {
        long size = readableSize(file);
        AtomicFile.requireOnDisk(file);
        try (InputStream in = disk.openReading(file)) {
            return content.of(new SafetensorsReader(file.toString(), size, in));
        } catch (ModelFormatException wrong) {
            throw wrong;
        } catch (IOException failure) {
            throw AtomicFile.inWords(file, "reading " + size + " bytes failed", failure);
        }
    }

    /** The size of a file, refusing what is not a file that can be read to its end. */
    static long readableSize(Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(requireNonNull(file, "file"), BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new ModelFormatException(
                    file.toString(),
                    "file",
                    0,
                    "not a regular file" + (attributes.isDirectory() ? " but a folder" : ""));
        }
        if (!Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        return attributes.size();
    }
}
