package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class ShapeTest {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape ROW = new Shape(1, 3);
    private static final Shape COLUMN = new Shape(2, 1);

    private static String refusal(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    @Test
    void knowsItself() {
        assertEquals(6, WIDE.elements());
        assertEquals("2x3", WIDE.toString());
        assertTrue(Shape.SCALAR.isScalar());
        assertFalse(ROW.isScalar());
        assertFalse(COLUMN.isScalar());
    }

    @Test
    void sizesOfOneBroadcast() {
        assertTrue(ROW.broadcastsTo(WIDE));
        assertTrue(COLUMN.broadcastsTo(WIDE));
        assertTrue(Shape.SCALAR.broadcastsTo(WIDE));
        assertTrue(WIDE.broadcastsTo(WIDE));
        assertFalse(WIDE.broadcastsTo(ROW));
        assertFalse(new Shape(1, 2).broadcastsTo(WIDE));
        assertFalse(new Shape(3, 1).broadcastsTo(WIDE));
        assertTrue(Shape.SCALAR.broadcastsTo(new Shape(0, 0)));
    }

    @Test
    void shapesMeetInTheLargerOne() {
        for (Shape small : new Shape[] {ROW, COLUMN, Shape.SCALAR, WIDE}) {
            assertEquals(WIDE, small.meet(WIDE));
            assertEquals(WIDE, WIDE.meet(small));
        }
    }

    @Test
    void rowsAndColumnsDoNotMeet() {
        String advice =
                "a row and a column do not broadcast; if all 2x3 combinations are meant, write broadcastTo(2, 3)";
        assertEquals(advice, refusal(() -> ROW.meet(COLUMN)));
        assertEquals(advice, refusal(() -> COLUMN.meet(ROW)));
    }

    @Test
    void otherShapesDoNotMeet() {
        String reason = "the shapes %s and %s differ and neither is 1x1, a row or a column that fits the other";
        assertEquals(reason.formatted("2x3", "3x2"), refusal(() -> WIDE.meet(new Shape(3, 2))));
        assertEquals(reason.formatted("1x3", "1x2"), refusal(() -> ROW.meet(new Shape(1, 2))));
        assertEquals(reason.formatted("2x1", "3x1"), refusal(() -> COLUMN.meet(new Shape(3, 1))));
        assertEquals(reason.formatted("2x3", "3x1"), refusal(() -> WIDE.meet(new Shape(3, 1))));
        assertEquals(reason.formatted("3x1", "2x3"), refusal(() -> new Shape(3, 1).meet(WIDE)));
        assertEquals(reason.formatted("1x2", "2x3"), refusal(() -> new Shape(1, 2).meet(WIDE)));
    }

    @Test
    void kroneckerProductsThatNoMatrixHoldsAreRefused() {
        int side = 1 << 16;
        Value row = Value.zeros(new Shape(1, side));
        Value column = Value.zeros(new Shape(side, 1));
        String reason = "kron(%s, %s): the result would have %s elements; at most 2147483647 fit in one matrix";
        assertEquals(reason.formatted("1x65536", "65536x1", "65536x65536"), refusal(() -> row.kron(column)));
        assertEquals(reason.formatted("65536x1", "65536x1", "4294967296x1"), refusal(() -> column.kron(column)));
        assertEquals(new Shape(0, side), row.kron(Value.zeros(new Shape(0, 1))).shape());
    }
}
