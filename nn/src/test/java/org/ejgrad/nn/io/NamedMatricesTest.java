package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.laws.NullArguments;
import org.ejgrad.nn.Layer;
import org.ejml.data.MatrixType;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

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
    void nullIsRefusedByName() {
        NamedMatrices matrices = NamedMatrices.empty().with("w", one);
        Map<Class<?>, Object> arguments = Map.of(
                String.class,
                "name",
                Object.class,
                1,
                Map.class,
                Map.of(),
                List.class,
                List.of(),
                Path.class,
                Path.of("absent", "file"),
                ConstMatrix.class,
                one,
                NamedMatrices.class,
                matrices,
                Manifest.class,
                Manifest.empty(),
                Checkpoint.class,
                Checkpoint.at(0, 0, Manifest.empty()),
                Layer.class,
                (Layer) x -> x);
        assertEquals(
                List.of(),
                new NullArguments(arguments)
                        .complaints(
                                NamedMatrices.class,
                                Safetensors.class,
                                JsonText.class,
                                AtomicFile.class,
                                Weights.class,
                                Manifest.class,
                                Checkpoint.class));
        refused("folder is null", () -> CheckpointFolder.open(NOTHING.get(0), 2));
    }

    /** Null that the compiler does not see. */
    private static final List<Path> NOTHING = java.util.Arrays.asList(new Path[1]);

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(found.contains(message), found);
    }
}
