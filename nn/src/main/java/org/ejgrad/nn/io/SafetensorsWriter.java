package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** Named matrices as the bytes of a safetensors file, with their check sum in the header. */
final class SafetensorsWriter {
    private static final int CHUNK = 1 << 16;

    private final NamedMatrices matrices;
    private final List<ElementType> types = new ArrayList<>();
    private final List<Value> data = new ArrayList<>();
    private final byte[] start;
    private final long size;

    /** Lays the file out and computes its sum, which takes one pass over the numbers. */
    SafetensorsWriter(NamedMatrices matrices) {
        this(matrices, Map.of(), Set.of());
    }

    /** The same with other shapes for some, and some single numbers as whole ones without dimensions. */
    SafetensorsWriter(NamedMatrices matrices, Map<String, List<Long>> shapes, Set<String> counts) {
        this.matrices = requireNonNull(matrices, "matrices");
        List<String> names = new ArrayList<>(matrices.names());
        names.sort((a, b) ->
                Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));
        List<SafetensorsHeader.Tensor> entries = new ArrayList<>();
        long offset = 0;
        for (String name : names) {
            Value matrix = matrices.get(name);
            Shape shape = matrix.shape();
            long end = offset + (long) ElementType.F64.size * shape.elements();
            ElementType type = counts.contains(name) ? ElementType.I64 : ElementType.F64;
            List<Long> sizes = counts.contains(name)
                    ? List.of()
                    : shapes.getOrDefault(name, List.of((long) shape.rows(), (long) shape.columns()));
            entries.add(new SafetensorsHeader.Tensor(name, type.name(), sizes, offset, end));
            types.add(type);
            data.add(matrix);
            offset = end;
        }
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(Checksum.KEY, Checksum.PLACEHOLDER);
        notes.put(SafetensorsReader.FORMAT_KEY, Integer.toString(SafetensorsReader.FORMAT));
        notes.putAll(matrices.metadata());
        start = withLength(new SafetensorsHeader(entries, notes).toJson());
        size = start.length + offset;
        sign();
    }

    /** How many bytes {@link #writeTo} writes. */
    long size() {
        return size;
    }

    /** Refuses what could not be read again. */
    SafetensorsWriter requireReadable(String call) {
        ModelLimits.requireReadable(matrices, call);
        int header = start.length - Safetensors.LENGTH_BYTES;
        ModelLimits.requireAtMost(header, ModelLimits.LONGEST_HEADER, call, "bytes of names, shapes and notes");
        return this;
    }

    /** The sum that the file carries. */
    String checksum() {
        return Checksum.in(start);
    }

    /** Writes the whole file. */
    void writeTo(OutputStream out) throws IOException {
        out.write(start);
        writeData(out);
    }

    private static byte[] withLength(String json) {
        byte[] header = json.getBytes(StandardCharsets.UTF_8);
        int padded = (header.length + 7) / 8 * 8;
        ByteBuffer start =
                ByteBuffer.allocate(Safetensors.LENGTH_BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
        start.putLong(padded).put(header);
        Arrays.fill(start.array(), start.position(), start.capacity(), (byte) ' ');
        return start.array();
    }

    private void sign() {
        Checksum checksum = new Checksum();
        try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), checksum.digest())) {
            writeTo(out);
        } catch (IOException impossible) {
            throw new IllegalStateException("digesting failed", impossible);
        }
        checksum.put(start);
    }

    private void writeData(OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        for (int place = 0; place < data.size(); place++) {
            Value matrix = data.get(place);
            boolean isWhole = types.get(place).isWhole();
            int columns = matrix.getNumCols();
            for (int i = 0; i < matrix.shape().elements(); i++) {
                if (!chunk.hasRemaining()) {
                    out.write(chunk.array());
                    chunk.clear();
                }
                double element = matrix.get(i / columns, i % columns);
                chunk.putLong(isWhole ? (long) element : Double.doubleToRawLongBits(element));
            }
        }
        out.write(chunk.array(), 0, chunk.position());
    }
}
