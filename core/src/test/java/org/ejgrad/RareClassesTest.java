package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
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

    /** Numbers of either sign, from 1 to 2 in size. */
    private static double[] random(int n, Random random) {
        return random.doubles(n, 1, 2).map(v -> random.nextBoolean() ? v : -v).toArray();
    }

    private static BigDecimal[] exact(Value row) {
        return Arrays.stream(row.matrix().getDDRM().data.clone())
                .mapToObj(BigDecimal::new)
                .toArray(BigDecimal[]::new);
    }

    private record Weight(BigDecimal signed, BigDecimal size) {}

    /** Σ of weight(j)·(b(k) − b(j)), to a last place that the sizes of its terms, counted from the top, decide. */
    private static void expectSum(
            BigDecimal[] b, int top, IntFunction<Weight> weight, int k, double actual, String what) {
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal size = BigDecimal.ZERO;
        for (int j = 0; j < b.length; j++) {
            sum = sum.add(weight.apply(j).signed.multiply(b[k].subtract(b[j])));
            BigDecimal apart =
                    b[k].subtract(b[top]).abs().add(b[j].subtract(b[top]).abs());
            size = size.add(weight.apply(j).size.multiply(apart));
        }
        double error = new BigDecimal(actual).subtract(sum).abs().doubleValue();
        assertTrue(
                error <= 2 * ULPS * Math.ulp(size.doubleValue()),
                what + " is " + actual + ", not " + sum.doubleValue());
    }

    @Test
    void theSlopesOfSoftmaxKeepEveryDigitToTheSecondOrder() {
        Trials.forAll("slopes of softmax", rows(), TRIES, (row, seed) -> {
            int top = row[0] == 0 ? 0 : row.length - 1;
            Random random = new Random(seed);
            Value x = Value.constant(new double[][] {row});
            Value a = Value.variable("a", x.softmax(Per.ROW).matrix());
            Value b = Value.variable("b", new double[][] {random(row.length, random)});
            Value upstream = Value.constant(new double[][] {random(row.length, random)});
            Value slopes = Reductions.SOFTMAX_GRADIENT.of(Per.ROW).apply(a, b);
            Gradients second = slopes.elementMult(upstream).elementSum().gradients();
            BigDecimal[] p = exact(a);
            BigDecimal[] u = exact(upstream);
            for (int i = 0; i < row.length; i++) {
                int k = i;
                IntFunction<Weight> pairs = j -> new Weight(p[k].multiply(p[j]), p[k].multiply(p[j]));
                IntFunction<Weight> bends = j -> new Weight(
                        p[j].multiply(u[k].subtract(u[j])),
                        p[j].multiply(u[k].abs().add(u[j].abs())));
                expectSum(exact(b), top, pairs, k, slopes.get(0, k), "slope " + k);
                expectSum(u, top, pairs, k, second.of(b).get(0, k), "slope " + k + " by what arrives");
                expectSum(exact(b), top, bends, k, second.of(a).get(0, k), "slope " + k + " by a probability");
            }
        });
    }
}
