package org.ejgrad.nn.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ejgrad.Value;
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

    /** The format's own limit. */
    private static final int LONGEST_HEADER = 100_000_000;

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

    /**
     * Reads the whole file.
     *
     * @param checked whether it must carry its check sum, and be right
     */
    NamedMatrices read(boolean checked) throws IOException {
        byte[] start = readStart();
        if (checked && !Checksum.isIn(start)) {
            throw wrongHeader(
                    "it carries no check sum, so it is damaged or not written by ejgrad; a file by another program is "
                            + "read with readForeign");
        }
        SafetensorsHeader header = SafetensorsHeader.parse(headerText(start), size - start.length, source);
        Checksum checksum = new Checksum();
        if (checked) {
            checksum.updateWithStart(start);
        }
        Map<String, Value> matrices = readData(header, start.length, checked, checksum);
        if (in.read() >= 0) {
            throw wrong("data", size, "the file has grown while it was read");
        }
        if (checked) {
            String sum = checksum.digits();
            if (!sum.equals(Checksum.in(start))) {
                throw wrong("checksum", 0, "the file is damaged: its SHA-256 is " + sum + ", not the one it carries");
            }
            requireKnownFormat(header);
        }
        Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
        metadata.keySet().removeIf(key -> key.startsWith(Safetensors.RESERVED));
        return NamedMatrices.ofValues(matrices).withMetadata(metadata);
    }

    /** The length and the header. */
    private byte[] readStart() throws IOException {
        byte[] length = in.readNBytes(Safetensors.LENGTH_BYTES);
        if (length.length < Safetensors.LENGTH_BYTES) {
            throw wrong("header length", 0, "the file has only " + length.length + " bytes; expected at least 8");
        }
        long headerSize = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long most = Math.min(LONGEST_HEADER, size - Safetensors.LENGTH_BYTES);
        if (headerSize < 2 || headerSize > most) {
            throw wrong(
                    "header length",
                    0,
                    notSafetensors(length)
                            .orElse("it is " + Long.toUnsignedString(headerSize) + "; expected 2 … " + most
                                    + ", since the file has " + size + " bytes"));
        }
        byte[] header = in.readNBytes((int) headerSize);
        if (header.length < headerSize) {
            throw wrongHeader("the file ends inside it");
        }
        if (header[0] != '{') {
            throw wrongHeader(notSafetensors(length).orElse("it does not begin with an opening brace"));
        }
        return ByteBuffer.allocate(length.length + header.length)
                .put(length)
                .put(header)
                .array();
    }

    /** What else a file is that begins so, for the message. */
    private static Optional<String> notSafetensors(byte[] first) {
        String start = new String(first, StandardCharsets.ISO_8859_1);
        return OTHERS.entrySet().stream()
                .filter(other -> Pattern.compile(other.getKey()).matcher(start).lookingAt())
                .map(other -> "not a safetensors file (found " + other.getValue() + ")")
                .findFirst();
    }

    private String headerText(byte[] start) throws ModelFormatException {
        ByteBuffer header = ByteBuffer.wrap(start, Safetensors.LENGTH_BYTES, start.length - Safetensors.LENGTH_BYTES);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(header).toString();
        } catch (CharacterCodingException malformed) {
            throw wrong("header", header.position(), "it is not valid UTF-8");
        }
    }

    private Map<String, Value> readData(SafetensorsHeader header, long dataAt, boolean checked, Checksum checksum)
            throws IOException {
        Map<String, Value> matrices = new LinkedHashMap<>();
        byte[] chunk = new byte[CHUNK];
        for (SafetensorsHeader.Tensor tensor : header.tensors()) {
            DMatrixRMaj matrix = new DMatrixRMaj(tensor.rows(), tensor.columns());
            int elements = matrix.getNumElements();
            for (int done = 0; done < elements; ) {
                int count = Math.min(CHUNK / tensor.type().size, elements - done);
                int length = count * tensor.type().size;
                if (in.readNBytes(chunk, 0, length) < length) {
                    throw wrong(
                            "tensor \"" + tensor.name() + "\"",
                            dataAt + tensor.begin(),
                            "the file was cut off while it was read");
                }
                if (checked) {
                    checksum.digest().update(chunk, 0, length);
                }
                ByteBuffer numbers = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < count; i++) {
                    matrix.data[done + i] = tensor.type().read(numbers);
                }
                done += count;
            }
            matrices.put(tensor.name(), Value.adopting(matrix));
        }
        return matrices;
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
