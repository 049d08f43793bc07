package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A graph with frozen decisions as a function of its leaves. */
class ReplayedGraphTest {
    private static final double[] POINT = {0, 0.25, -0.5};

    private static ReplayedGraph objective(Value x, Value loss, double... weights) {
        Tape tape = new Tape(loss);
        DMatrixRMaj weight = new DMatrixRMaj(1, weights.length, true, weights);
        return new ReplayedGraph(tape, weight, Map.of(Block.row(3), x), POINT, new KinkSearch(tape).at());
    }

    private static ReplayedGraph relus() {
        Value x = Value.variable("x", new DMatrixRMaj(1, 3, true, POINT));
        return objective(x, x.relu(), 1, 10, 100);
    }

    @Test
    void decisionsAreFrozenUnlessItRunsFree() {
        ReplayedGraph relus = relus();
        double[] elsewhere = {2, -1, 3};
        assertEquals(-10, relus.evaluate(elsewhere));
        assertEquals(-10, relus.evaluate(elsewhere, List.of(Block.row(3))));
        assertEquals(302, relus.computeFree(elsewhere));
    }

    @Test
    void theDecisionsASmallWayOffCanBeTakenInstead() {
        double[] direction = {1, -0.25, 0.25};
        double[] elsewhere = {2, -1, 3};
        assertEquals(2 - 10, relus().onPiecesAlong(direction, 0.5).evaluate(elsewhere));
        assertEquals(2, relus().onPiecesAlong(direction, 1.5).evaluate(elsewhere));
        assertEquals(2 + 300, relus().onPiecesAlong(direction, 2.5).evaluate(elsewhere));
    }

    @Test
    void onlyElementsAtTheirKinkAreWatched() {
        ReplayedGraph relus = relus();
        relus.watch();
        relus.evaluate(new double[] {0, -1, 3});
        assertFalse(relus.kinkCrossed());
        relus.evaluate(new double[] {1, 0.25, -0.5});
        assertTrue(relus.kinkCrossed());
        relus.watch();
        assertFalse(relus.kinkCrossed());
    }

    @Test
    void whereAnOperationRefusesTheFreeValueIsNotANumber() {
        Value x = Value.variable("x", new DMatrixRMaj(1, 3, true, POINT));
        Operation strict = Operation.unary(
                "strict",
                m -> {
                    if (m.data[0] > 1) {
                        throw new IllegalStateException("too large");
                    }
                    return m.copy();
                },
                Rule.rule("dy", (at, y, dy) -> dy));
        ReplayedGraph objective = objective(x, strict.apply(x), 1, 1, 1);
        assertEquals(3, objective.computeFree(new double[] {1, 1, 1}));
        assertTrue(Double.isNaN(objective.computeFree(new double[] {2, 1, 1})));
    }
}
