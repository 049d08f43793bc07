package org.ejgrad;

import static org.ejgrad.Rule.rule;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.MatrixType;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Matrices, lists and arrays that a caller keeps or receives are no part of a graph; nor is the spare room in them. */
class CallersMatricesTest {
    private final Value x = Value.variable("x", new double[][] {{1, 2}, {3, 4}});

    @Test
    void matricesWithSpareRoomAreReadInTheirShape() {
        Operation roomy = Operation.unary(
                "roomy",
                m -> {
                    DMatrixRMaj y = new DMatrixRMaj(10, 10);
                    Arrays.fill(y.data, 99);
                    y.reshape(m.numRows, m.numCols);
                    y.setTo(m);
                    return y;
                },
                rule("roomy dy", (a, y, dy) -> Value.constant(spare(dy.data()))));
        Value y = roomy.apply(x);
        assertArrayEquals(new double[][] {{1, 2}, {3, 4}}, y.matrix().toArray2());
        assertEquals(10, y.elementSum().scalar());
        assertEquals(4, y.elementMax().scalar());
        Value used = y.plus(y).plus(y.square()).plus(y).elementSum();
        assertArrayEquals(
                new double[] {5, 7, 9, 11}, Arrays.copyOf(used.gradients().of(x).data().data, 4));
    }

    private static DMatrixRMaj spare(DMatrixRMaj m) {
        DMatrixRMaj roomy = new DMatrixRMaj(9, 9);
        roomy.reshape(m.numRows, m.numCols);
        roomy.setTo(m);
        return roomy;
    }

    @Test
    void matricesAreCopiedOnTheWayIn() {
        double[][] rows = {{1, 2}, {3, 4}};
        DMatrixRMaj raw = new DMatrixRMaj(rows);
        SimpleMatrix simple = new SimpleMatrix(rows);
        List<Value> values = List.of(
                Value.variable("a", rows),
                Value.variable("b", raw),
                Value.variable("c", simple),
                Value.constant(rows),
                Value.constant(raw),
                Value.constant(simple));
        rows[0][0] = 100;
        raw.set(0, 0, 100);
        simple.set(0, 0, 100);
        values.forEach(value -> assertEquals(1, value.get(0, 0)));
    }

    @Test
    void matricesAreCopiedOnTheWayOut() {
        Value square = x.square();
        Gradients gradients = square.elementSum().gradients();
        for (Value value : List.of(x, square, gradients.of(x))) {
            double before = value.get(0, 0);
            value.matrix().set(0, 0, 100);
            assertEquals(before, value.get(0, 0));
            assertNotSame(value.matrix(), value.matrix());
        }
        assertArrayEquals(
                new double[] {2, 4, 6, 8}, square.elementSum().gradients().of(x).data().data);
    }

    @Test
    void listsAndArraysOfAGraphCannotBeChanged() {
        Value[] operands = {x, x.square()};
        Value joined = x.concatRows(operands);
        operands[0] = Value.constant(0);
        assertSame(x, joined.inputs().get(1));
        assertThrows(UnsupportedOperationException.class, () -> joined.inputs().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> joined.operation().rules().clear());
        assertThrows(
                UnsupportedOperationException.class,
                () -> joined.elementSum().gradients().variables().clear());
        int[] columns = {0, 1};
        Value selected = x.selectColumns(columns);
        columns[0] = 1;
        assertArrayEquals(
                new double[] {1, 0, 0, 1},
                selected.elementSum().gradients().of(x).data().data);
    }

    @Test
    void upstreamGradientsAreNotTakenOver() {
        Value upstream = Value.constant(new double[][] {{1, 1}, {1, 1}});
        Value y = x.plus(x).plus(x).plus(x);
        y.gradients(upstream);
        assertArrayEquals(new double[] {1, 1, 1, 1}, upstream.data().data);
        assertArrayEquals(new double[] {4, 4, 4, 4}, y.gradients(upstream).of(x).data().data);
    }

    @Test
    void complexMatricesAreRefusedInOurWords() {
        for (MatrixType complex : List.of(MatrixType.ZDRM, MatrixType.CDRM)) {
            SimpleMatrix matrix = new SimpleMatrix(2, 3, complex);
            String reason = ": the matrix is complex (" + complex + "); expected a real one";
            assertEquals(
                    "constant(2x3)" + reason,
                    assertThrows(IllegalArgumentException.class, () -> Value.constant(matrix))
                            .getMessage());
            assertEquals(
                    "variable(2x3)" + reason,
                    assertThrows(IllegalArgumentException.class, () -> Value.variable("x", matrix))
                            .getMessage());
        }
        SimpleMatrix sparse = new SimpleMatrix(2, 3, MatrixType.DSCC);
        sparse.set(1, 2, 5);
        assertEquals(5, Value.constant(sparse).get(1, 2));
        SimpleMatrix narrow = new SimpleMatrix(2, 3, MatrixType.FDRM);
        narrow.set(1, 2, 0.1f);
        assertEquals(0.1f, Value.constant(narrow).get(1, 2));
    }
}
