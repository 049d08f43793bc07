package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.MatrixType;
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
    @SuppressWarnings("NullAway")
    void nullIsRefusedByName() {
        refused("name is null", () -> NamedMatrices.empty().with(null, one));
        refused("matrix \"w\" is null", () -> NamedMatrices.empty().with("w", null));
        refused("metadata key is null", () -> NamedMatrices.empty().withMetadata(null, ""));
        refused("map is null", () -> NamedMatrices.of(null));
        refused("matrices are null", () -> Safetensors.toBytes(null));
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).toString();
        assertTrue(found.contains(message), found);
    }
}
