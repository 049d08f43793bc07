package org.ejgrad.nn.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.io.SafetensorsHeader.Tensor;
import org.ejml.data.DMatrixRMaj;

/**
 * The bytes of a safetensors file as named matrices: everything is checked before anything large is allocated.
 *
 * @param source the file's name for messages
 * @param size how many bytes there are
 * @param in the bytes
 */
record SafetensorsReader(String source, long size, InputStream in) {
    /** The note that says which of our formats a file has. */
    static final String FORMAT_KEY = Safetensors.RESERVED + "format";

    /** The newest of our formats. */
    static final int FORMAT = 1;

    private static final int CHUNK = 1 << 16;

    /** How files of other kinds begin. */
    private static final Map<String, String> OTHERS = Map.of(
            "\\xac\\xed", "a Java-serialised object",
            "PK", "a zip archive, as PyTorch and NumPy make them",
            "\\x80[\\x02-\\x05]", "a Python pickle",
            "\\x1f\\x8b", "gzip-compressed data",
            "\\x93NUMPY", "a NumPy array",
            "\\x89HDF", "an HDF5 file",
            "[{\\[]", "a JSON text");

    /** Reads the whole of a file of ours, which must carry its check sum, and be right. */
    NamedMatrices read() throws IOException {
        return read((shapes, notes) -> {});
    }

    /** The same, if the header passes a check. */
    NamedMatrices read(Safetensors.HeaderCheck check) throws IOException {
        byte[] start = readStart(true);
        SafetensorsHeader header = parse(start);
        Map<String, Shape> shapes = new LinkedHashMap<>();
        header.tensors().stream()
                .filter(each -> each.obstacle().isEmpty())
                .forEach(each -> shapes.put(each.name(), new Shape(each.rows(), each.columns())));
        check.check(shapes, notes(header));
        Checksum checksum = new Checksum();
        checksum.updateWithStart(start);
        Map<String, String> skipped = new LinkedHashMap<>();
        Map<String, Value> matrices =
                readData(header, start.length, name -> true, Tensor::obstacle, Optional.of(checksum), skipped);
        requireEnd();
        String sum = checksum.digits();
        if (!sum.equals(Checksum.in(start))) {
            throw wrong("checksum", 0, "the file is damaged: its SHA-256 is " + sum + ", not the one it carries");
        }
        requireKnownFormat(header);
        return NamedMatrices.read(matrices, notes(header), skipped, false);
    }

    /** Reads the matrices that are wanted from a file by any program; what is no matrix is listed as skipped. */
    NamedMatrices readForeign(Predicate<String> wanted) throws IOException {
        byte[] start = readStart(false);
        SafetensorsHeader header = parse(start);
        Map<String, String> skipped = new LinkedHashMap<>();
        return foreign(header, skipped, readForeign(header, start, wanted, Tensor::obstacle, skipped));
    }

    /**
     * A file by any program, with the shapes of those that have more than two dimensions.
     *
     * @param rows all of it, a tensor of more dimensions as a row for each index of the first
     */
    record Tensors(NamedMatrices rows, Map<String, List<Long>> shapes) {}

    /** Reads tensors of any number of dimensions from a file by any program. */
    Tensors readTensors() throws IOException {
        byte[] start = readStart(false);
        SafetensorsHeader header = parse(start);
        Map<String, String> skipped = new LinkedHashMap<>();
        Map<String, Value> rows = readForeign(header, start, name -> true, Tensor::obstacleOfRows, skipped);
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        header.tensors().stream()
                .filter(each -> each.shape().size() > 2 && rows.containsKey(each.name()))
                .forEach(each -> shapes.put(each.name(), each.shape()));
        return new Tensors(foreign(header, skipped, rows), shapes);
    }

    private Map<String, Value> readForeign(
            SafetensorsHeader header,
            byte[] start,
            Predicate<String> wanted,
            Function<Tensor, Optional<String>> obstacle,
            Map<String, String> skipped)
            throws IOException {
        Map<String, Value> matrices = readData(header, start.length, wanted, obstacle, Optional.empty(), skipped);
        requireEnd();
        return matrices;
    }

    private static NamedMatrices foreign(
            SafetensorsHeader header, Map<String, String> skipped, Map<String, Value> matrices) {
        boolean foreign = !header.metadata().containsKey(FORMAT_KEY);
        return NamedMatrices.read(matrices, notes(header), skipped, foreign);
    }

    private static Map<String, String> notes(SafetensorsHeader header) {
        Map<String, String> notes = new LinkedHashMap<>(header.metadata());
        notes.keySet().removeIf(key -> key.startsWith(Safetensors.RESERVED));
        return notes;
    }

    /** The length and the header. */
    private byte[] readStart(boolean checked) throws IOException {
        byte[] length = in.readNBytes(Safetensors.LENGTH_BYTES);
        if (length.length < Safetensors.LENGTH_BYTES) {
            throw wrong(
                    "header length",
                    0,
                    "the file has only " + Figures.counted(length.length, "byte") + "; expected at least 8");
        }
        long headerSize = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long most = Math.min(ModelLimits.LONGEST_HEADER, size - Safetensors.LENGTH_BYTES);
        if (headerSize < 2 || headerSize > most) {
            throw wrong(
                    "header length",
                    0,
                    notSafetensors(length)
                            .orElse("it is " + Long.toUnsignedString(headerSize) + "; expected 2 … " + most
                                    + " in a file of " + size + " bytes"));
        }
        byte[] start = Arrays.copyOf(length, (int) (Safetensors.LENGTH_BYTES + headerSize));
        int seen = Math.min(start.length, Checksum.END);
        fill(start, length.length, seen);
        if (start[length.length] != '{') {
            throw wrongHeader(notSafetensors(length).orElse("it does not begin with an opening brace"));
        }
        if (checked && !Checksum.isIn(start)) {
            throw wrongHeader(
                    "it carries no check sum, so it is damaged or not written by ejgrad; a file by another program is "
                            + "read with readForeign");
        }
        fill(start, seen, start.length);
        return start;
    }

    private void fill(byte[] start, int from, int to) throws IOException {
        if (in.readNBytes(start, from, to - from) < to - from) {
            throw wrongHeader("the file ends inside it");
        }
    }

    /** What else a file is that begins so, for the message. */
    private static Optional<String> notSafetensors(byte[] first) {
        String start = new String(first, StandardCharsets.ISO_8859_1);
        return OTHERS.entrySet().stream()
                .filter(other -> Pattern.compile(other.getKey()).matcher(start).lookingAt())
                .map(other -> "not a safetensors file (found " + other.getValue() + ")")
                .findFirst();
    }

    private SafetensorsHeader parse(byte[] start) throws IOException {
        int length = start.length - Safetensors.LENGTH_BYTES;
        requireUtf8(ByteBuffer.wrap(start, Safetensors.LENGTH_BYTES, length));
        Reader text = new InputStreamReader(
                new ByteArrayInputStream(start, Safetensors.LENGTH_BYTES, length), StandardCharsets.UTF_8);
        return SafetensorsHeader.parse(text, size - start.length, source);
    }

    private void requireUtf8(ByteBuffer header) throws ModelFormatException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer characters = CharBuffer.allocate(CHUNK);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            result = decoder.decode(header, characters.clear(), true);
        }
        if (result.isError()) {
            throw wrong("header", header.position(), "it is not valid UTF-8");
        }
    }

    private Map<String, Value> readData(
            SafetensorsHeader header,
            long dataAt,
            Predicate<String> wanted,
            Function<Tensor, Optional<String>> obstacleOf,
            Optional<Checksum> checksum,
            Map<String, String> skipped)
            throws IOException {
        List<Tensor> read = header.tensors().stream()
                .filter(tensor ->
                        wanted.test(tensor.name()) && obstacleOf.apply(tensor).isEmpty())
                .toList();
        requireMemory(read);
        Map<String, Value> matrices = new LinkedHashMap<>();
        for (Tensor tensor : header.tensors()) {
            Optional<ElementType> type = tensor.type();
            Optional<String> obstacle = obstacleOf.apply(tensor);
            if (!wanted.test(tensor.name()) || obstacle.isPresent() || type.isEmpty()) {
                if (wanted.test(tensor.name())) {
                    obstacle.ifPresent(reason -> skipped.put(tensor.name(), reason));
                }
                skip(tensor.end() - tensor.begin(), checksum);
                continue;
            }
            DMatrixRMaj matrix = readMatrix(tensor, type.get(), dataAt, checksum);
            int inexact = type.get().isWhole() ? indexOfNan(matrix.data) : -1;
            if (inexact >= 0) {
                skipped.put(
                        tensor.name(),
                        "its element " + inexact + " is a " + type.get() + " that no double is equal to");
            } else {
                matrices.put(tensor.name(), Value.adopting(matrix));
            }
        }
        return matrices;
    }

    private void skip(long bytes, Optional<Checksum> checksum) throws IOException {
        for (long left = checksum.isPresent() ? bytes : 0; left > 0; left -= Math.min(CHUNK, left)) {
            checksum.get().digest().update(in.readNBytes((int) Math.min(CHUNK, left)));
        }
        in.skipNBytes(checksum.isPresent() ? 0 : bytes);
    }

    /** What cannot fit is refused before a byte of it is read. */
    private void requireMemory(List<Tensor> tensors) throws ModelFormatException {
        double bytes = 0;
        for (Tensor tensor : tensors) {
            bytes += (double) Double.BYTES * tensor.rows() * tensor.columns();
        }
        long memory = Runtime.getRuntime().maxMemory();
        if (bytes > memory) {
            throw noMemory((long) bytes, memory);
        }
    }

    private ModelFormatException noMemory(long bytes, long memory) {
        return wrong(
                "data",
                0,
                "its matrices take " + bytes + " bytes as doubles; the virtual machine may use " + memory
                        + ", see java -Xmx, or read some of them by their names");
    }

    private DMatrixRMaj readMatrix(Tensor tensor, ElementType type, long dataAt, Optional<Checksum> checksum)
            throws IOException {
        DMatrixRMaj matrix = allocate(tensor.rows(), tensor.columns());
        int elements = matrix.getNumElements();
        byte[] chunk = new byte[(int) Math.min(CHUNK, (long) elements * type.size)];
        for (int done = 0; done < elements; ) {
            int count = Math.min(CHUNK / type.size, elements - done);
            int length = count * type.size;
            if (in.readNBytes(chunk, 0, length) < length) {
                throw wrong(
                        "tensor \"" + tensor.name() + "\"",
                        dataAt + tensor.begin(),
                        "the file was cut off while it was read");
            }
            checksum.ifPresent(sum -> sum.digest().update(chunk, 0, length));
            ByteBuffer numbers = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                matrix.data[done + i] = type.read(numbers);
            }
            done += count;
        }
        return matrix;
    }

    private DMatrixRMaj allocate(int rows, int columns) throws ModelFormatException {
        try {
            return new DMatrixRMaj(rows, columns);
        } catch (OutOfMemoryError none) {
            throw noMemory(
                    (long) Double.BYTES * rows * columns, Runtime.getRuntime().maxMemory());
        }
    }

    private static int indexOfNan(double[] elements) {
        for (int i = 0; i < elements.length; i++) {
            if (Double.isNaN(elements[i])) {
                return i;
            }
        }
        return -1;
    }

    private void requireEnd() throws IOException {
        if (in.read() >= 0) {
            throw wrong("data", size, "the file has grown while it was read");
        }
    }

    private void requireKnownFormat(SafetensorsHeader header) throws ModelFormatException {
        String format = header.metadata().getOrDefault(FORMAT_KEY, "none");
        if (!format.equals(Integer.toString(FORMAT))) {
            throw wrongHeader("its format number is " + format + "; this version of ejgrad reads " + FORMAT
                    + ", another one is needed");
        }
    }

    private ModelFormatException wrongHeader(String reason) {
        return wrong("header", Safetensors.LENGTH_BYTES, reason);
    }

    private ModelFormatException wrong(String section, long offset, String reason) {
        return new ModelFormatException(source, section, offset, reason);
    }
}
