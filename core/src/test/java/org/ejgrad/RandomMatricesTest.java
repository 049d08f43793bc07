package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import net.jqwik.api.Arbitrary;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.laws.Oracles;
import org.ejgrad.laws.Trials;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The random matrices of the laws are special often enough: each kind in a tenth of the tries at least. */
class RandomMatricesTest {
    private static final int TRIES = 1000;

    private static void requireTenth(
            String what, Arbitrary<List<SimpleMatrix>> inputs, Predicate<SimpleMatrix> special) {
        int[] count = {0};
        Trials.forAll(what, inputs, TRIES, (in, seed) -> count[0] += in.stream().anyMatch(special) ? 1 : 0);
        assertTrue(count[0] >= TRIES / 10, what + " in " + count[0] + " of " + TRIES + " tries");
    }

    private static boolean hasTie(SimpleMatrix x) {
        double[] elements = x.getDDRM().data;
        return Arrays.stream(elements).distinct().count() < elements.length;
    }

    @Test
    void rowsColumnsAndTiesAreFrequent() {
        for (Arbitrary<List<SimpleMatrix>> inputs : List.of(
                Matrices.one(Matrices.reals()),
                Matrices.alike(2, Matrices.reals()),
                Matrices.alike(Matrices.reals(), Matrices.positive()),
                Matrices.broadcasting(Matrices.reals(), Matrices.positive()))) {
            requireTenth("a row", inputs, x -> x.getNumRows() == 1 && x.getNumCols() > 1);
            requireTenth("a column", inputs, x -> x.getNumCols() == 1 && x.getNumRows() > 1);
            requireTenth("a tie", inputs, RandomMatricesTest::hasTie);
        }
    }

    @Test
    void matricesWithoutRowsAreFrequentWhereTheyAreAccepted() {
        OperationCase squares = OperationCase.unary(
                "squares", Matrices.one(Matrices.reals()), Value::square, x -> Oracles.map(x, v -> v * v));
        requireTenth("no row", squares.inputsAndEmpty(), x -> x.getNumRows() == 0);
    }
}
