package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.ejgrad.laws.Trials;
import org.junit.jupiter.api.Test;

/** Where one element towers over the others, sums of exponentials keep every digit of what the others add. */
class RareClassesTest {
    private static final int TRIES = 25 * Integer.getInteger("ejgrad.tries", 40);
    private static final int ULPS = 4;

    /** A row with one 0, the first or the last, and one to six elements far below. */
    private static Arbitrary<double[]> rows() {
        return Arbitraries.doubles()
                .between(-700, -1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .flatMap(below -> Arbitraries.of(true, false).map(first -> {
                    List<Double> row = new ArrayList<>(below);
                    row.add(first ? 0 : row.size(), 0.0);
                    return row.stream().mapToDouble(v -> v).toArray();
                }));
    }

    private static void expect(double expected, double actual, double ulps, String what) {
        assertEquals(expected, actual, ulps * Math.ulp(expected), what);
    }

    @Test
    void theLargestElementsLogProbabilityAndItsSlopesAreExact() {
        Trials.forAll("rare classes", rows(), TRIES, (row, seed) -> {
            int top = row[0] == 0 ? 0 : row.length - 1;
            double rest = 0;
            for (double v : row) {
                rest += v == 0 ? 0 : StrictMath.exp(v);
            }
            Value x = Value.variable("x", new double[][] {row});
            Value y = x.logSoftmax(Per.ROW);
            expect(-StrictMath.log1p(rest), y.get(0, top), ULPS, "log-softmax");
            expect(StrictMath.log1p(rest), x.logSumExp(Per.ALL).scalar(), ULPS, "log-sum-exp");
            Value slopes = y.getColumn(top).gradients().of(x);
            for (int i = 0; i < row.length; i++) {
                double expected = i == top ? rest / (1 + rest) : -StrictMath.exp(row[i]) / (1 + rest);
                // A probability is e to the power of a rounded number, whose last place is the larger the farther it
                // is.
                expect(expected, slopes.get(0, i), ULPS - row[i], "the slope by element " + i);
            }
        });
    }
}
