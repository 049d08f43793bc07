package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** An operation that is known to be a total of rows. */
class RowTotalTest {
    private final AtomicInteger rowsComputed = new AtomicInteger();

    private final Operation squares = Operation.unary(
                    "squares",
                    x -> {
                        rowsComputed.addAndGet(x.numRows);
                        return Operation.map(x, v -> v * v);
                    },
                    Rule.rule("2·x ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.scale(2))))
            .rowwise(0);

    private static DMatrixRMaj sum(DMatrixRMaj x) {
        double sum = 0;
        for (int i = 0; i < x.getNumElements(); i++) {
            sum += x.data[i];
            x.data[i] = Double.NaN;
        }
        return new DMatrixRMaj(1, 1, true, sum);
    }

    private final Operation sumOfSquares = Operation.unary(
            "sumOfSquares",
            x -> sum(Operation.map(x, v -> v * v)),
            Rule.rule("2·x ⊙ dy", (x, y, dy) -> dy.broadcastTo(x.shape()).timesOrZero(x.scale(2))));

    @Test
    void itIsCheckedByTheRowsThatMove() {
        Value x = Value.variable("x", new double[][] {{1, 2}, {3, 4}, {5, -6}, {7, 8}});
        CheckReport plain = GradientCheck.of(sumOfSquares.apply(x)).run();
        CheckReport byRows = GradientCheck.of(
                        sumOfSquares.totalOf(squares, RowTotalTest::sum).apply(x))
                .run();
        byRows.requirePassed();
        assertEquals(plain.entries(), byRows.entries());
        // All four rows once, and then a row for each evaluation: other ones are not computed.
        assertTrue(rowsComputed.get() <= 4 + byRows.evaluations(), rowsComputed + " rows");
        assertTrue(rowsComputed.get() > byRows.evaluations() / 2, rowsComputed + " rows");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Operation other = Operation.binary(
                "other", (a, b) -> a, Rule.rule("dy", (a, b, y, dy) -> dy), Rule.rule("dy", (a, b, y, dy) -> dy));
        for (Operation rows : new Operation[] {other.rowwise(0), sumOfSquares}) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> sumOfSquares.totalOf(rows, DMatrixRMaj::copy));
            assertEquals("totalOf(" + rows + "): expected 1 inputs, some of them row by row", refusal.getMessage());
        }
        assertTrue(sumOfSquares.rowTotal().isEmpty());
    }
}
