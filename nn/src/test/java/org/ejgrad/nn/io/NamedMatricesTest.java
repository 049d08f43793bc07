package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.laws.NullArguments;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejml.data.MatrixType;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Named matrices are copies, keep their order and compare by their bits. */
class NamedMatricesTest {
    private final SimpleMatrix one = new SimpleMatrix(1, 2, true, 1.0, 2.0);

    @Test
    void theCallersMatrixIsCopied() {
        NamedMatrices matrices = NamedMatrices.empty().with("w", one);
        one.set(0, 0, 9);
        assertEquals(1, matrices.get("w").get(0, 0));
        assertEquals(NamedMatrices.empty(), NamedMatrices.of(Map.of()));
        SimpleMatrix single = new SimpleMatrix(1, 1, true, 0.1f);
        assertEquals(0.1f, NamedMatrices.empty().with("f", single).get("f").get(0, 0));
    }

    @Test
    void theOrderOfAddingIsKept() {
        Map<String, SimpleMatrix> map = new LinkedHashMap<>();
        map.put("z", one);
        map.put("a", one);
        NamedMatrices matrices = NamedMatrices.of(map).with("m", one);
        assertEquals(List.of("z", "a", "m"), List.copyOf(matrices.names()));
        assertEquals("[z 1x2, a 1x2, m 1x2]", matrices.toString());
        assertThrows(UnsupportedOperationException.class, () -> matrices.names().remove("z"));
    }

    @Test
    void equalityIsOfBits() {
        double otherNan = Double.longBitsToDouble(0x7ff8000000000001L);
        NamedMatrices nan = NamedMatrices.empty().with("w", new SimpleMatrix(1, 1, true, Double.NaN));
        assertEquals(nan, NamedMatrices.empty().with("w", new SimpleMatrix(1, 1, true, Double.NaN)));
        assertNotEquals(nan, NamedMatrices.empty().with("w", new SimpleMatrix(1, 1, true, otherNan)));
        NamedMatrices zero = NamedMatrices.empty().with("w", new SimpleMatrix(1, 1));
        assertNotEquals(zero, NamedMatrices.empty().with("w", new SimpleMatrix(1, 1, true, -0.0)));
        assertNotEquals(zero, NamedMatrices.empty().with("v", new SimpleMatrix(1, 1)));
        assertNotEquals(zero, zero.withMetadata("a", "b"));
        NamedMatrices row = NamedMatrices.empty().with("w", new SimpleMatrix(1, 2));
        assertNotEquals(row, NamedMatrices.empty().with("w", new SimpleMatrix(2, 1)));
        assertNotEquals(row.hashCode(), zero.hashCode());
        assertEquals(
                NamedMatrices.empty().with("a", one).with("b", one),
                NamedMatrices.empty().with("b", one).with("a", one));
    }

    @Test
    void whatAFileCannotHoldIsRefusedAtOnce() {
        NamedMatrices matrices = NamedMatrices.empty().with("w", one);
        refused("already a matrix named \"w\"", () -> matrices.with("w", one));
        refused("__metadata__", () -> matrices.with("__metadata__", one));
        refused("\\ud800", () -> matrices.with("\ud800", one));
        refused("\\udc00", () -> matrices.withMetadata("a", "\udc00"));
        refused("begin with \"ejgrad.\"", () -> matrices.withMetadata("ejgrad.sha256", "00"));
        refused("complex (ZDRM)", () -> matrices.with("z", new SimpleMatrix(2, 2, MatrixType.ZDRM)));
        refused("names are [w]", () -> matrices.get("v"));
    }

    @Test
    void nullIsRefusedByName(@TempDir Path folder) throws IOException {
        NamedMatrices matrices = NamedMatrices.empty().with("w", one);
        try (CheckpointFolder checkpoints = CheckpointFolder.open(folder, 2)) {
            Map<Class<?>, Object> arguments = Map.ofEntries(
                    Map.entry(String.class, "name"),
                    Map.entry(Object.class, 1),
                    Map.entry(Map.class, Map.of()),
                    Map.entry(List.class, List.of()),
                    Map.entry(Path.class, Path.of("absent", "file")),
                    Map.entry(ConstMatrix.class, one),
                    Map.entry(NamedMatrices.class, matrices),
                    Map.entry(Manifest.class, Manifest.empty()),
                    Map.entry(Checkpoint.class, Checkpoint.at(0, 0, Manifest.empty())),
                    Map.entry(CheckpointFolder.class, checkpoints),
                    Map.entry(Layer.class, (Layer) x -> x));
            assertEquals(
                    List.of(),
                    new NullArguments(arguments)
                            .complaints(
                                    AtomicFile.class,
                                    Checkpoint.class,
                                    CheckpointFolder.class,
                                    CheckpointFolder.Found.class,
                                    Checksum.class,
                                    JsonText.class,
                                    Manifest.class,
                                    ModelFormatException.class,
                                    NamedMatrices.class,
                                    Safetensors.class,
                                    Weights.class));
        }
        Parameter a = new Parameter("a", one);
        refusedNull("parameters[1]", () -> Weights.of(Arrays.asList(a, null)));
        refusedNull("parameters[0]", () -> Weights.into(Arrays.asList(null, a), matrices, Weights.Numbers.ANY));
        refusedNull("matrices[1]", () -> Checksum.of(Arrays.asList(one, null)));
        Map<String, SimpleMatrix> hole = new LinkedHashMap<>();
        hole.put("w", null);
        refusedNull("matrices[w]", () -> NamedMatrices.of(hole));
    }

    /** Two sums agree only if shapes, order and all bits do. */
    @Test
    void theChecksumIsOfShapesAndBits() {
        String sum = Checksum.of(List.of(one, one.transpose()));
        assertEquals(sum, Checksum.of(List.of(one.copy(), one.transpose())));
        assertTrue(sum.matches("[0-9a-f]{64}"), sum);
        assertNotEquals(sum, Checksum.of(List.of(one.transpose(), one)));
        assertNotEquals(sum, Checksum.of(List.of(one, one)));
        SimpleMatrix zero = new SimpleMatrix(1, 1);
        assertNotEquals(Checksum.of(List.of(zero)), Checksum.of(List.of(zero.negative())));
        assertNotEquals(Checksum.of(List.of()), Checksum.of(List.of(new SimpleMatrix(0, 3))));
    }

    private static void refusedNull(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }

    private static void refused(String message, Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(found.contains(message), found);
    }
}
