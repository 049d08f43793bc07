package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.arguments.StrictJson;
import org.ejml.simple.ConstMatrix;

/**
 * An immutable, ordered collection of named matrices with notes about them: what a model file holds.
 *
 * <p>The matrices are copies of those given. The notes, called metadata, are pairs of strings. A name has at most
 * 65,536 characters and a note 2,097,152, so that whatever is written can be read again.
 */
public final class NamedMatrices {
    private static final NamedMatrices EMPTY = new NamedMatrices(Map.of(), Map.of(), Map.of(), false);

    private static final Pattern SURROGATE = Pattern.compile("[\\uD800-\\uDFFF]");

    private final Map<String, Value> matrices;
    private final Map<String, String> metadata;
    private final Map<String, String> skipped;
    private final boolean foreign;

    private NamedMatrices(
            Map<String, Value> matrices, Map<String, String> metadata, Map<String, String> skipped, boolean foreign) {
        this.matrices = Collections.unmodifiableMap(matrices);
        this.metadata = Collections.unmodifiableMap(metadata);
        this.skipped = Collections.unmodifiableMap(skipped);
        this.foreign = foreign;
    }

    /** {@return no matrices and no metadata} */
    public static NamedMatrices empty() {
        return EMPTY;
    }

    /**
     * Copies of matrices under their names, in the map's order.
     *
     * @param matrices name → matrix
     * @throws IllegalArgumentException if a name or matrix is not acceptable, see {@link #with}
     */
    public static NamedMatrices of(Map<String, ? extends ConstMatrix<?>> matrices) {
        Map<String, Value> copies = new LinkedHashMap<>();
        Require.entries(matrices, "matrices").forEach((name, matrix) -> copies.put(name, copyOf(name, matrix)));
        return ofValues(copies);
    }

    /** Constants under their names; nothing is copied, as values never change. */
    static NamedMatrices ofValues(Map<String, Value> values) {
        values.keySet().forEach(NamedMatrices::checkedName);
        return new NamedMatrices(values, Map.of(), Map.of(), false);
    }

    /** What a file holds, perhaps one by another program, and why some of it is not here. */
    static NamedMatrices read(
            Map<String, Value> values, Map<String, String> notes, Map<String, String> skipped, boolean foreign) {
        return new NamedMatrices(ofValues(values).matrices, EMPTY.withMetadata(notes).metadata, skipped, foreign);
    }

    /**
     * {@return this collection with one matrix more, at the end}
     *
     * @param name the new matrix's name; any text but {@code __metadata__}, which the file format reserves
     * @param matrix any real matrix; its elements are copied
     * @throws IllegalArgumentException if the name is taken, reserved or not valid Unicode, or the matrix is complex
     */
    public NamedMatrices with(String name, ConstMatrix<?> matrix) {
        if (matrices.containsKey(checkedName(name))) {
            throw new IllegalArgumentException(
                    "with: there is already a matrix named \"" + PlainText.line(name) + "\"");
        }
        Map<String, Value> more = new LinkedHashMap<>(matrices);
        more.put(name, copyOf(name, matrix));
        return new NamedMatrices(more, metadata, skipped, foreign);
    }

    /**
     * {@return this collection with some matrices transposed, such as the weights of linear layers that PyTorch saved}
     *
     * @param names of the matrices
     * @throws IllegalArgumentException if there is no matrix of a name
     */
    public NamedMatrices withTransposed(String... names) {
        Map<String, Value> transposed = new LinkedHashMap<>(matrices);
        for (String name : Require.elements(names, "names")) {
            transposed.put(name, get(name).transpose());
        }
        return new NamedMatrices(transposed, metadata, skipped, foreign);
    }

    /**
     * {@return this collection with one note more, or with that note replaced}
     *
     * @param key what the note is about; must not begin with {@code ejgrad.}, which the file format reserves
     * @param value the note
     * @throws IllegalArgumentException if the key is reserved or either text is not valid Unicode
     */
    public NamedMatrices withMetadata(String key, String value) {
        return withMetadata(Map.of(requireNonNull(key, "key"), requireNonNull(value, "value")));
    }

    /**
     * {@return this collection with more notes, which replace those of the same keys}
     *
     * @param notes key → note
     * @throws IllegalArgumentException if a key is reserved or a text is not valid Unicode
     */
    public NamedMatrices withMetadata(Map<String, String> notes) {
        Map<String, String> more = new LinkedHashMap<>(metadata);
        Require.entries(notes, "notes").forEach((key, value) -> {
            if (checkedText(key, "metadata key", ModelLimits.LONGEST_NAME).startsWith(Safetensors.RESERVED)) {
                throw new IllegalArgumentException("withMetadata: the key is \"" + PlainText.line(key)
                        + "\"; keys that begin with \"" + Safetensors.RESERVED + "\" belong to the file format");
            }
            more.put(
                    key,
                    checkedText(value, "metadata value of \"" + PlainText.line(key) + "\"", ModelLimits.LONGEST_NOTE));
        });
        return new NamedMatrices(matrices, more, skipped, foreign);
    }

    /**
     * A fingerprint of names, shapes and all bits, but not of order and metadata: what two runs are compared by.
     *
     * @return the SHA-256 as 64 hexadecimal digits
     */
    public String sha256() {
        return new SafetensorsWriter(ofValues(matrices)).checksum();
    }

    /** {@return the names, in order} */
    public Set<String> names() {
        return matrices.keySet();
    }

    /**
     * The matrix of a name.
     *
     * @param name one of {@link #names()}
     * @return the matrix, a constant
     * @throws IllegalArgumentException if there is none of that name
     */
    public Value get(String name) {
        Value found = matrices.get(requireNonNull(name, "name"));
        if (found == null) {
            throw new IllegalArgumentException(PlainText.line(
                    "get: there is no matrix named \"" + name + "\"; the names are " + matrices.keySet()));
        }
        return found;
    }

    /** {@return the notes, in the order of their adding} */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * What the file held besides, where this was read from one by another program: tensors of more than two dimensions
     * or of other element types.
     *
     * @return name → why it is no matrix
     */
    public Map<String, String> skipped() {
        return skipped;
    }

    /** Whether this was read from a file by another program. */
    boolean isForeign() {
        return foreign;
    }

    /**
     * Whether the other collection has the same names, the same bits in every matrix (so that NaN equals a NaN with the
     * same payload, and −0 differs from 0) and the same metadata; as with maps, the order does not count.
     *
     * @return whether it is an equal collection
     */
    @Override
    public boolean equals(Object other) {
        return other instanceof NamedMatrices that && metadata.equals(that.metadata) && sha256().equals(that.sha256());
    }

    @Override
    public int hashCode() {
        return Objects.hash(metadata, sha256());
    }

    /** The names with their shapes on one line, such as {@code [0.weight 2x16, 0.bias 1x16]}. */
    @Override
    public String toString() {
        return names().stream()
                .map(name -> PlainText.line(name) + " " + get(name).shape())
                .toList()
                .toString();
    }

    /**
     * {@return what is missing, has another shape than expected, or is not expected, one line each}
     *
     * @param expected name → shape
     */
    public List<String> differencesFrom(Map<String, Shape> expected) {
        List<String> differences = new ArrayList<>();
        Require.entries(expected, "expected").forEach((name, shape) -> {
            if (!matrices.containsKey(name)) {
                String reason = skipped.getOrDefault(name, "");
                differences.add("missing: " + name + " " + shape
                        + (reason.isEmpty() ? "" : ", which is passed over in the file: " + reason));
            } else if (!get(name).shape().equals(shape)) {
                differences.add(name + " is " + get(name).shape() + "; expected " + shape);
            }
        });
        names().stream()
                .filter(name -> !expected.containsKey(name))
                .forEach(name ->
                        differences.add("unexpected: " + name + " " + get(name).shape()));
        return differences;
    }

    /** The matrices under their names, which nobody changes. */
    Map<String, Value> matrices() {
        return matrices;
    }

    private static String checkedName(String name) {
        if (checkedText(name, "name", ModelLimits.LONGEST_NAME).equals(SafetensorsHeader.METADATA)) {
            throw new IllegalArgumentException(
                    "a matrix cannot be named \"" + name + "\": the file format reserves it");
        }
        return name;
    }

    private static String checkedText(String text, String what, int longest) {
        if (requireNonNull(text, what).length() > longest) {
            throw new IllegalArgumentException("the " + what + " has " + text.length()
                    + " characters; expected at most " + longest + ", as many as are read again");
        }
        if (!StrictJson.isUnicode(text)) {
            throw new IllegalArgumentException(
                    "the " + what + " holds half of a surrogate pair, which is not valid Unicode: " + escaped(text));
        }
        return text;
    }

    private static String escaped(String text) {
        return "\""
                + SURROGATE
                        .matcher(PlainText.line(text))
                        .replaceAll(half ->
                                "\\\\u" + Integer.toHexString(half.group().charAt(0)))
                + "\"";
    }

    private static Value copyOf(String name, ConstMatrix<?> matrix) {
        if (!requireNonNull(matrix, () -> "matrix \"" + name + "\"").getType().isReal()) {
            throw new IllegalArgumentException(
                    "with: the matrix \"" + PlainText.line(name) + "\" is complex (" + matrix.getType() + ")");
        }
        return Value.constant(matrix);
    }
}
