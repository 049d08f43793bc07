package org.ejgrad.nn.io;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** The bytes of an {@code .npz} archive as named matrices, entry by entry, each array checked before it is made. */
final class NpzReader {
    private static final long SMALL = 1 << 20;
    private static final int MOST_RATIO = 200;
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int CHUNK = 1 << 16;
    private static final int LONGEST_END = Npz.END + (1 << 16);

    private static final Pattern HEADER =
            Pattern.compile("\\{ *'descr': *'([^']{1,20})', *'fortran_order': *(True|False), "
                    + "*'shape': *\\(([0-9, ]{0,500})\\),? *\\} *\\n?");

    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("<f8", ElementType.F64),
            Map.entry("<f4", ElementType.F32),
            Map.entry("<f2", ElementType.F16),
            Map.entry("<i8", ElementType.I64),
            Map.entry("<u8", ElementType.U64),
            Map.entry("<i4", ElementType.I32),
            Map.entry("<u4", ElementType.U32),
            Map.entry("<i2", ElementType.I16),
            Map.entry("<u2", ElementType.U16),
            Map.entry("|i1", ElementType.I8),
            Map.entry("|u1", ElementType.U8),
            Map.entry("|b1", ElementType.BOOL));

    private final String source;
    private final long most;
    private final ZipInputStream zip;
    private final Map<String, Value> matrices = new LinkedHashMap<>();
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final byte[] rest = new byte[CHUNK];
    private long inflated;
    private String entry = "archive";

    NpzReader(String source, long size, InputStream in) {
        this.source = source;
        this.most = Math.max(SMALL, MOST_RATIO * size);
        this.zip = new ZipInputStream(in, StandardCharsets.UTF_8);
    }

    /** How many entries the end of an archive counts, without which it was cut off. */
    static int entries(byte[] bytes, String source) throws ModelFormatException {
        ByteBuffer all = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = bytes.length - Npz.END; at >= Math.max(0, bytes.length - LONGEST_END); at--) {
            if (all.getInt(at) == 0x06054b50) {
                return Short.toUnsignedInt(all.getShort(at + 10));
            }
        }
        throw new ModelFormatException(source, "archive", 0, "it is no zip archive, or it was cut off");
    }

    NamedMatrices read(int entries) throws IOException {
        try {
            int count = 0;
            for (ZipEntry next = zip.getNextEntry(); next != null; next = zip.getNextEntry()) {
                entry = "array \"" + JsonTokens.shortened(next.getName()) + "\"";
                if (++count > Npz.MOST_ENTRIES) {
                    throw wrong("there are more than " + Npz.MOST_ENTRIES + " arrays");
                }
                readEntry(next.getName());
            }
            if (count != entries) {
                throw new ModelFormatException(
                        source, "archive", 0, "it holds " + count + " arrays; its end counts " + entries);
            }
            return NamedMatrices.read(matrices, Map.of(), skipped, true);
        } catch (ZipException | EOFException damaged) {
            throw wrong("it is damaged: " + damaged.getMessage());
        } catch (IllegalArgumentException unreadable) {
            throw wrong("a name is not valid: " + unreadable.getMessage());
        }
    }

    private void readEntry(String file) throws IOException {
        boolean isArray = file.endsWith(Npz.SUFFIX);
        String name = isArray ? file.substring(0, file.length() - Npz.SUFFIX.length()) : file;
        if (matrices.containsKey(name) || skipped.containsKey(name)) {
            throw wrong("it is there twice");
        }
        Optional<String> obstacle = isArray ? readArray(name) : Optional.of("it is no .npy file");
        obstacle.ifPresent(reason -> skipped.put(name, reason));
        for (int more = zip.read(rest); more != -1; more = zip.read(rest)) {
            if (obstacle.isEmpty()) {
                throw wrong("there is more after its numbers");
            }
            inflated += more;
            requireModest(0);
        }
    }

    /** Refuses an archive that unpacks to far more than it is. */
    private void requireModest(long bytes) throws ModelFormatException {
        if (bytes > most - inflated) {
            throw wrong("the archive unpacks to more than " + most + " bytes, 200 times its size");
        }
    }

    private byte[] bytes(int count) throws IOException {
        requireModest(count);
        byte[] bytes = zip.readNBytes(count);
        inflated += bytes.length;
        if (bytes.length < count) {
            throw wrong("it ends after " + bytes.length + " of " + count + " bytes");
        }
        return bytes;
    }

    /** Reads an array, or tells why it is no matrix. */
    private Optional<String> readArray(String name) throws IOException {
        ByteBuffer start = ByteBuffer.wrap(bytes(Npz.magic().length + 2));
        byte[] magic = new byte[Npz.magic().length];
        int version = start.get(magic).get();
        if (!Arrays.equals(magic, Npz.magic()) || version < 1 || version > 3) {
            throw wrong("it is no .npy file of version 1, 2 or 3");
        }
        ByteBuffer lengthAt = ByteBuffer.wrap(bytes(version == 1 ? 2 : 4)).order(ByteOrder.LITTLE_ENDIAN);
        long length =
                version == 1 ? Short.toUnsignedLong(lengthAt.getShort()) : Integer.toUnsignedLong(lengthAt.getInt());
        if (length > LONGEST_HEADER) {
            throw wrong("its header has " + length + " bytes; expected at most " + LONGEST_HEADER);
        }
        String text = new String(bytes((int) length), StandardCharsets.UTF_8);
        Matcher header = HEADER.matcher(text);
        if (!header.matches()) {
            return Optional.of("its header is " + JsonTokens.shortened(text.strip()) + "; no plain array of numbers");
        }
        List<Long> shape = shape(header.group(3));
        ElementType type = TYPES.get(header.group(1));
        if (type == null) {
            return Optional.of("its numbers are of the type \"" + header.group(1) + "\"; expected one of "
                    + TYPES.keySet().stream().sorted().toList());
        }
        if (shape.size() > 2) {
            return Optional.of("its shape " + shape + " has " + shape.size() + " dimensions; a matrix has at most 2");
        }
        return readNumbers(name, type, shape, header.group(2).equals("True"));
    }

    private List<Long> shape(String text) throws ModelFormatException {
        List<Long> shape = new ArrayList<>();
        for (String size : text.isBlank() ? new String[0] : text.strip().split(" *, *")) {
            BigInteger number = size.matches("[0-9]{1,19}") ? new BigInteger(size) : BigInteger.valueOf(Long.MAX_VALUE);
            if (number.compareTo(BigInteger.valueOf(ModelLimits.MOST_ELEMENTS)) > 0) {
                throw wrong("its shape is (" + text + "); expected at most " + ModelLimits.MOST_ELEMENTS + " elements");
            }
            shape.add(number.longValue());
        }
        return shape;
    }

    private Optional<String> readNumbers(String name, ElementType type, List<Long> shape, boolean isByColumns)
            throws IOException {
        long rows = shape.size() < 2 ? 1 : shape.get(0);
        long columns = shape.isEmpty() ? 1 : shape.get(shape.size() - 1);
        if (rows * columns > ModelLimits.MOST_ELEMENTS) {
            throw wrong("its shape " + shape + " has more than " + ModelLimits.MOST_ELEMENTS + " elements");
        }
        requireModest(rows * columns * type.size);
        long bytes = 8 * rows * columns;
        if (bytes > Runtime.getRuntime().maxMemory()) {
            throw wrong("it takes " + bytes + " bytes as doubles, more than this virtual machine may use");
        }
        boolean isTurned = isByColumns && shape.size() == 2;
        DMatrixRMaj matrix = new DMatrixRMaj((int) (isTurned ? columns : rows), (int) (isTurned ? rows : columns));
        int elements = matrix.getNumElements();
        for (int done = 0; done < elements; ) {
            int count = Math.min(CHUNK, elements - done);
            ByteBuffer numbers = ByteBuffer.wrap(bytes(count * type.size)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < count; i++) {
                matrix.data[done + i] = type.read(numbers);
                if (type.isWhole() && Double.isNaN(matrix.data[done + i])) {
                    return Optional.of("its element " + (done + i) + " is a " + type + " that no double is equal to");
                }
            }
            done += count;
        }
        Value read = Value.adopting(matrix);
        matrices.put(name, isTurned ? read.transpose() : read);
        return Optional.empty();
    }

    private ModelFormatException wrong(String reason) {
        return new ModelFormatException(source, entry, 0, reason);
    }
}
