package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * An array of unsigned bytes with one to four dimensions, read from an IDX file, the format of MNIST.
 *
 * <p>IDX is big-endian: two zero bytes, the type (only 8, unsigned byte, is read), the number of dimensions, each
 * dimension as four bytes, then the entries, the last dimension fastest. A header that promises much costs nothing: the
 * entries are read piece by piece as they come.
 */
public final class IdxArray {
    private static final int UNSIGNED_BYTE = 8;
    private static final int MOST_DIMENSIONS = 4;

    private final String name;
    private final int[] dimensions;
    private final byte[] entries;

    private IdxArray(String name, int[] dimensions, byte[] entries) {
        this.name = name;
        this.dimensions = dimensions;
        this.entries = entries;
    }

    /**
     * Reads a file, decompressing it if its name ends in {@code .gz}.
     *
     * @param path the file
     * @throws IOException if the file is missing, unreadable, or ({@link DatasetFormatException}) not such a file
     * @throws ResourceLimitException if the file exceeds the {@linkplain Limits#DEFAULT default limits}
     */
    public static IdxArray read(Path path) throws IOException {
        return read(path, 1, MOST_DIMENSIONS);
    }

    /**
     * Reads a file as {@link #read(Path)} does, and refuses one with another number of dimensions.
     *
     * @param path the file
     * @param rank how many dimensions it has to have, from 1 to 4
     * @throws IOException if the file is missing, unreadable, or ({@link DatasetFormatException}) not such a file
     * @throws ResourceLimitException if the file exceeds the {@linkplain Limits#DEFAULT default limits}
     */
    public static IdxArray read(Path path, int rank) throws IOException {
        requireNonNull(path, "path");
        Require.atMost(Require.atLeast(rank, 1, "rank"), MOST_DIMENSIONS, "rank");
        return read(path, rank, rank);
    }

    private static IdxArray read(Path path, int fewest, int most) throws IOException {
        try (InputStream file = DataFiles.open(path);
                InputStream content = DataFiles.open(path.toString(), file, Limits.DEFAULT)) {
            return readContent(path.toString(), content, Limits.DEFAULT, fewest, most);
        }
    }

    /**
     * Reads a stream to its end, decompressing it if its name ends in {@code .gz}. The stream is not closed.
     *
     * @param name what messages call it
     * @param stream the file's bytes
     * @param limits what is too much
     * @throws IOException if reading fails, or ({@link DatasetFormatException}) this is not such a file
     * @throws ResourceLimitException if the file exceeds the limits
     */
    public static IdxArray read(String name, InputStream stream, Limits limits) throws IOException {
        try (InputStream content = DataFiles.open(name, stream, limits)) {
            return readContent(name, content, limits, 1, MOST_DIMENSIONS);
        }
    }

    /**
     * Reads a classification data set from a file of images (or other rows) and a file of labels.
     *
     * @param name what messages call it
     * @param images n entries of any size each
     * @param labels n labels
     * @param classNames the classes in the order of their indices
     * @return n rows of bytes, 0 to 255, with their labels
     * @throws IOException if a file is missing, unreadable or not IDX, the counts differ, or a label is not a class
     * @throws ResourceLimitException if a file exceeds the {@linkplain Limits#DEFAULT default limits}
     */
    public static Dataset dataset(String name, Path images, Path labels, List<String> classNames) throws IOException {
        requireNonNull(images, "images");
        requireNonNull(labels, "labels");
        List<String> classes = Require.elements(classNames, "classNames");
        return dataset(requireNonNull(name, "name"), read(images), read(labels, 1), classes);
    }

    /**
     * Makes a classification data set of an array of images (or other rows) and an array of labels.
     *
     * @param name what messages call it
     * @param images n entries of any size each
     * @param labels n labels
     * @param classNames the classes in the order of their indices
     * @return n rows of bytes, 0 to 255, with their labels
     * @throws DatasetFormatException if the counts differ, a label is not a class, or the labels have two dimensions
     * @throws IllegalArgumentException if there are no class names
     */
    public static Dataset dataset(String name, IdxArray images, IdxArray labels, List<String> classNames)
            throws DatasetFormatException {
        requireNonNull(name, "name");
        requireNonNull(images, "images");
        requireNonNull(labels, "labels");
        if (Require.elements(classNames, "classNames").isEmpty()) {
            throw new IllegalArgumentException(name + ": classification needs at least one class name");
        }
        if (labels.dimensions.length != 1) {
            throw new DatasetFormatException(
                    labels.name, labels.dimensions.length + " dimensions; expected 1, as labels have");
        }
        if (images.dimensions[0] != labels.dimensions[0]) {
            throw new DatasetFormatException(
                    labels.name,
                    Figures.counted(labels.dimensions[0], "label") + " for the "
                            + Figures.counted(images.dimensions[0], "row") + " of " + images.name
                            + "; expected as many");
        }
        for (int i = 0; i < labels.entries.length; i++) {
            int label = labels.entries[i] & 0xFF;
            if (label >= classNames.size()) {
                throw new DatasetFormatException(labels.name, Labels.outOfRange(i, label, classNames.size()));
            }
        }
        return Dataset.owning(name, images.matrix(), labels.matrix(), List.of(), classNames);
    }

    /** {@return the one to four dimensions, the number of rows first} */
    public int[] dimensions() {
        return dimensions.clone();
    }

    /**
     * The entries, one row for each index of the first dimension.
     *
     * @return n × (product of the other dimensions), numbers from 0 to 255
     */
    public SimpleMatrix matrix() {
        int rows = dimensions[0];
        int columns = Arrays.stream(dimensions, 1, dimensions.length).reduce(1, (a, b) -> a * b);
        SimpleMatrix matrix = new SimpleMatrix(rows, columns);
        Arrays.setAll(matrix.getDDRM().data, i -> entries[i] & 0xFF);
        return matrix;
    }

    /** {@return the file's name and the dimensions, on one line} */
    @Override
    public String toString() {
        return PlainText.line(name) + " " + Arrays.toString(dimensions);
    }

    private static IdxArray readContent(String name, InputStream content, Limits limits, int fewest, int most)
            throws IOException {
        byte[] magic = content.readNBytes(4);
        if (magic.length < 4) {
            throw new DatasetFormatException(
                    name, "truncated after " + Figures.counted(magic.length, "byte") + "; an IDX file has 4");
        }
        if (magic[0] != 0 || magic[1] != 0) {
            throw DatasetFormatException.atByte(
                    name,
                    0,
                    "found " + HexFormat.ofDelimiter(" ").formatHex(magic) + "; an IDX file begins with 00 00"
                            + (magic[0] == 0x1F && magic[1] == (byte) 0x8B ? ". This is gzip: name it .gz" : ""));
        }
        if (magic[2] != UNSIGNED_BYTE) {
            throw DatasetFormatException.atByte(
                    name, 2, "found type " + (magic[2] & 0xFF) + "; expected 8 (unsigned byte)");
        }
        int rank = magic[3] & 0xFF;
        if (rank < fewest || rank > most) {
            throw DatasetFormatException.atByte(
                    name,
                    3,
                    "found " + Figures.counted(rank, "dimension") + "; expected "
                            + (fewest == most ? fewest : fewest + " to " + most));
        }
        int[] dimensions = new int[rank];
        long size = readDimensions(name, content, limits, dimensions);
        byte[] entries = content.readNBytes((int) size);
        if (entries.length < size) {
            throw new DatasetFormatException(
                    name,
                    "truncated: " + entries.length + " of " + size + " entries of the dimensions "
                            + Arrays.toString(dimensions));
        }
        if (content.read() >= 0) {
            throw DatasetFormatException.atByte(
                    name, 4 + 4L * rank + size, "bytes follow the " + size + " entries; expected the end");
        }
        return new IdxArray(name, dimensions, entries);
    }

    private static long readDimensions(String name, InputStream content, Limits limits, int[] dimensions)
            throws IOException {
        long most = Math.min(limits.bytes(), Integer.MAX_VALUE - 8);
        long size = 1;
        for (int i = 0; i < dimensions.length; i++) {
            byte[] four = content.readNBytes(4);
            if (four.length < 4) {
                throw new DatasetFormatException(name, "truncated in dimension " + i + " of " + dimensions.length);
            }
            long dimension = Integer.toUnsignedLong(ByteBuffer.wrap(four).getInt());
            size = Math.max(size, 1) * dimension;
            if (dimension > most || size > most) {
                throw new ResourceLimitException(name + ": dimension " + i + " is " + dimension
                        + ", which makes more than " + most + " entries, the limit of Limits.bytes");
            }
            dimensions[i] = (int) dimension;
        }
        return Arrays.stream(dimensions).anyMatch(d -> d == 0) ? 0 : size;
    }
}
