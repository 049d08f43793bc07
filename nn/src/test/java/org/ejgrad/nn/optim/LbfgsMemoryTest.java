package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Map;
import org.ejgrad.nn.io.NamedMatrices;
import org.junit.jupiter.api.Test;

/** What is remembered of a function's curvature, and what comes of it. */
class LbfgsMemoryTest {
    private static final double[] START = {1, -2, 0.5};

    private static LbfgsMemory after(LbfgsMemory memory, double[] move, double[] change, int history) {
        return memory.moved(START, move).after(Vectors.sum(START, 1, change), history);
    }

    /** The secant equation: along the newest move the inverse Hessian turns its change into the move. */
    @Test
    void theNewestChangeGivesItsMove() {
        double[][] moves = {{1, 0.5, -1}, {-0.5, 2, 0.25}, {0.125, 1, 1}};
        double[][] changes = {{2, 1, -0.5}, {-1, 3, 0.5}, {0.5, 1, 4}};
        LbfgsMemory memory = LbfgsMemory.EMPTY;
        for (int i = 0; i < moves.length; i++) {
            memory = after(memory, moves[i], changes[i], 2);
            assertEquals(Math.min(i + 1, 2), memory.pairs().size());
            assertArrayEquals(Vectors.scaled(moves[i], -1), memory.direction(changes[i]), 1e-14);
        }
    }

    /** Of a quadratic whose axes have been walked along one by one all is known: x goes to its minimum. */
    @Test
    void conjugateMovesGiveTheWholeInverse() {
        double[] curvatures = {2, 5, 0.25};
        LbfgsMemory memory = LbfgsMemory.EMPTY;
        for (int i = 0; i < curvatures.length; i++) {
            double[] move = new double[3];
            double[] change = new double[3];
            move[i] = i + 1;
            change[i] = curvatures[i] * (i + 1);
            memory = after(memory, move, change, 3);
        }
        assertArrayEquals(new double[] {-0.5, -0.2, -4}, memory.direction(new double[] {1, 1, 1}), 1e-15);
    }

    @Test
    void aMoveAlongWhichNothingCurvesUpwardsIsForgotten() {
        for (double[] change : List.of(new double[] {-1, 0, 0}, new double[] {0, 1, 0}, new double[] {1e-11, 1, 0})) {
            LbfgsMemory moved = LbfgsMemory.EMPTY.moved(START, new double[] {1, 0, 0});
            assertSame(moved, moved.after(Vectors.sum(START, 1, change), 3));
        }
        assertEquals(
                1,
                after(LbfgsMemory.EMPTY, new double[] {1, 0, 0}, new double[] {1e-3, 1, 0}, 3)
                        .pairs()
                        .size());
    }

    @Test
    void nothingIsRememberedAsNothing() {
        assertSame(LbfgsMemory.EMPTY, LbfgsMemory.from(LbfgsMemory.EMPTY.state(), 3));
        assertEquals(NamedMatrices.of(Map.of()), LbfgsMemory.EMPTY.state());
    }
}
