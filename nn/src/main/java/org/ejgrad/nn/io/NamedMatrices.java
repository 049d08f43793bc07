package org.ejgrad.nn.io;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * An immutable, ordered collection of named matrices with notes about them: what a model file holds.
 *
 * <p>The matrices are copies of those given. The notes, called metadata, are pairs of strings.
 */
public final class NamedMatrices {
    private static final NamedMatrices EMPTY = new NamedMatrices(new LinkedHashMap<>(), new LinkedHashMap<>());

    private final Map<String, SimpleMatrix> matrices;
    private final Map<String, String> metadata;

    private NamedMatrices(Map<String, SimpleMatrix> matrices, Map<String, String> metadata) {
        this.matrices = Collections.unmodifiableMap(matrices);
        this.metadata = Collections.unmodifiableMap(metadata);
    }

    /**
     * No matrices and no metadata.
     *
     * @return the empty collection
     */
    public static NamedMatrices empty() {
        return EMPTY;
    }

    /**
     * Copies of matrices under their names, in the map's order.
     *
     * @param matrices name → matrix
     * @return the collection
     * @throws IllegalArgumentException if a name or matrix is not acceptable, see {@link #with}
     */
    public static NamedMatrices of(Map<String, ? extends ConstMatrix<?>> matrices) {
        Arguments.given(matrices, "the map of matrices");
        Map<String, SimpleMatrix> copies = new LinkedHashMap<>();
        matrices.forEach((name, matrix) -> copies.put(checkedName(name), copyOf(name, matrix)));
        return new NamedMatrices(copies, new LinkedHashMap<>());
    }

    /**
     * This collection with one matrix more, at the end.
     *
     * @param name the new matrix's name; any text but {@code __metadata__}, which the file format reserves
     * @param matrix any real matrix; its elements are copied
     * @return a new collection
     * @throws IllegalArgumentException if the name is taken, reserved or not valid Unicode, or the matrix is complex
     */
    public NamedMatrices with(String name, ConstMatrix<?> matrix) {
        checkedName(name);
        if (matrices.containsKey(name)) {
            throw new IllegalArgumentException("with: there is already a matrix named \"" + name + "\"");
        }
        Map<String, SimpleMatrix> more = new LinkedHashMap<>(matrices);
        more.put(name, copyOf(name, matrix));
        return new NamedMatrices(more, new LinkedHashMap<>(metadata));
    }

    /**
     * This collection with one note more, or with that note replaced.
     *
     * @param key what the note is about; must not begin with {@code ejgrad.}, which the file format reserves
     * @param value the note
     * @return a new collection
     * @throws IllegalArgumentException if the key is reserved or either text is not valid Unicode
     */
    public NamedMatrices withMetadata(String key, String value) {
        checkedText(key, "metadata key");
        checkedText(value, "metadata value of \"" + key + "\"");
        if (key.startsWith(Safetensors.RESERVED)) {
            throw new IllegalArgumentException("withMetadata: the key is \"" + key + "\"; keys that begin with \""
                    + Safetensors.RESERVED + "\" belong to the file format");
        }
        Map<String, String> more = new LinkedHashMap<>(metadata);
        more.put(key, value);
        return new NamedMatrices(new LinkedHashMap<>(matrices), more);
    }

    /**
     * This collection with more notes, which replace those of the same keys.
     *
     * @param notes key → note
     * @return a new collection
     * @throws IllegalArgumentException if a key is reserved or a text is not valid Unicode
     */
    public NamedMatrices withMetadata(Map<String, String> notes) {
        Arguments.given(notes, "the map of notes");
        NamedMatrices result = this;
        for (Map.Entry<String, String> note : notes.entrySet()) {
            result = result.withMetadata(note.getKey(), note.getValue());
        }
        return result;
    }

    /**
     * A fingerprint of names, shapes and all bits, but not of order and metadata: what two runs are compared by.
     *
     * @return the SHA-256 as 64 hexadecimal digits
     */
    public String sha256() {
        return new SafetensorsWriter(adopting(matrices, Map.of())).checksum();
    }

    /** For the reader, whose matrices are fresh and whose texts come from valid UTF-8. */
    static NamedMatrices adopting(Map<String, SimpleMatrix> matrices, Map<String, String> metadata) {
        return new NamedMatrices(matrices, metadata);
    }

    /**
     * The names, in order.
     *
     * @return an unmodifiable set
     */
    public Set<String> names() {
        return matrices.keySet();
    }

    /**
     * The matrix of a name.
     *
     * @param name one of {@link #names()}
     * @return the matrix, read-only
     * @throws IllegalArgumentException if there is none of that name
     */
    public ConstMatrix<SimpleMatrix> get(String name) {
        SimpleMatrix found = matrices.get(Arguments.given(name, "name"));
        if (found == null) {
            throw new IllegalArgumentException(
                    "get: there is no matrix named \"" + name + "\"; the names are " + matrices.keySet());
        }
        return found;
    }

    /**
     * The notes.
     *
     * @return an unmodifiable map in the order of their adding
     */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Whether the other collection has the same names, the same bits in every matrix (so that NaN equals a NaN with the
     * same payload, and −0 differs from 0) and the same metadata; as with maps, the order does not count.
     *
     * @param other anything
     * @return whether it is an equal collection
     */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof NamedMatrices that)
                || !metadata.equals(that.metadata)
                || !names().equals(that.names())) {
            return false;
        }
        for (String name : names()) {
            if (!sameBits(data(name), that.data(name))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int sum = metadata.hashCode();
        for (String name : names()) {
            DMatrixRMaj matrix = data(name);
            int hash = 31 * (31 * name.hashCode() + matrix.numRows) + matrix.numCols;
            for (int i = 0; i < matrix.getNumElements(); i++) {
                hash = 31 * hash + Long.hashCode(Double.doubleToRawLongBits(matrix.data[i]));
            }
            sum += hash;
        }
        return sum;
    }

    /**
     * The names with their shapes, on one line.
     *
     * @return such as {@code [0.weight 2x16, 0.bias 1x16]}
     */
    @Override
    public String toString() {
        return names().stream()
                .map(name -> name + " " + data(name).numRows + "x" + data(name).numCols)
                .toList()
                .toString();
    }

    /** The entries themselves, for the writer, which does not change them. */
    DMatrixRMaj data(String name) {
        return ((SimpleMatrix) get(name)).getDDRM();
    }

    static boolean sameBits(DMatrixRMaj a, DMatrixRMaj b) {
        if (a.numRows != b.numRows || a.numCols != b.numCols) {
            return false;
        }
        for (int i = 0; i < a.getNumElements(); i++) {
            if (Double.doubleToRawLongBits(a.data[i]) != Double.doubleToRawLongBits(b.data[i])) {
                return false;
            }
        }
        return true;
    }

    static String checkedName(String name) {
        checkedText(name, "name");
        if (name.equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException(
                    "a matrix cannot be named \"" + name + "\": the file format reserves it");
        }
        return name;
    }

    private static void checkedText(String text, String what) {
        Arguments.given(text, what);
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(
                    "the " + what + " holds half of a surrogate pair, which is not valid Unicode: " + escaped(text));
        }
    }

    private static String escaped(String text) {
        StringBuilder result = new StringBuilder("\"");
        text.chars()
                .forEach(c -> result.append(
                        Character.isSurrogate((char) c) ? "\\u" + Integer.toHexString(c) : String.valueOf((char) c)));
        return result.append('"').toString();
    }

    private static SimpleMatrix copyOf(String name, ConstMatrix<?> matrix) {
        Arguments.given(matrix, "matrix \"" + name + "\"");
        if (!matrix.getType().isReal()) {
            throw new IllegalArgumentException(
                    "with: the matrix \"" + name + "\" is complex (" + matrix.getType() + ")");
        }
        DMatrixRMaj copy = new DMatrixRMaj(matrix.getNumRows(), matrix.getNumCols());
        for (int row = 0, i = 0; row < copy.numRows; row++) {
            for (int column = 0; column < copy.numCols; column++, i++) {
                copy.data[i] = matrix.get(row, column);
            }
        }
        return SimpleMatrix.wrap(copy);
    }
}
