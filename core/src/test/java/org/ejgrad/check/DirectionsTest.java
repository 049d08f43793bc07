package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Checks along directions find mistakes that move amounts, and the parameter that is wrong, however large. */
class DirectionsTest {
    private static final int SEEDS = Campaign.cases(60, 1000);

    private final List<Integer> overlooked = new ArrayList<>();

    private static DMatrixRMaj matrix(long seed, int what, int rows, int columns, double size) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = size * (2 * Randomness.uniform(seed, what, i) - 1);
        }
        return matrix;
    }

    /** Weighted squares of a matrix, whose gradient is wrong in the given way. */
    private void overlook(int seed, int size, int directions, Mistaken mistaken) {
        Value w = Value.variable("w", matrix(seed, 1, size, size, 3));
        Value loss = w.square()
                .elementMult(Value.constant(matrix(seed, 2, size, size, 2)))
                .elementSum();
        SimpleMatrix gradient = loss.gradients().of(w).matrix();
        GradientCheck check = GradientCheck.of(loss).directions(directions).seed(seed);
        check.run().requirePassed();
        if (check.against(Map.of(w, mistaken.gradient(gradient))).run().passed()) {
            overlooked.add(seed);
        }
    }

    @FunctionalInterface
    private interface Mistaken {
        SimpleMatrix gradient(SimpleMatrix right);
    }

    private static SimpleMatrix moved(SimpleMatrix right, double amount, int from, int to) {
        SimpleMatrix wrong = right.copy();
        wrong.set(from, right.get(from) - amount);
        wrong.set(to, right.get(to) + amount);
        return wrong;
    }

    private static SimpleMatrix exchanged(SimpleMatrix right, int one, int other) {
        return moved(right, right.get(one) - right.get(other), one, other);
    }

    @Test
    void aTransposedSquareIsFoundByOneDirection() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            overlook(seed, 2, 1, SimpleMatrix::transpose);
            overlook(seed, 5, 1, SimpleMatrix::transpose);
        }
        assertEquals(List.of(), overlooked);
    }

    @Test
    void aMovedAmountIsFoundByTwoDirections() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            int from = seed % 4;
            int to = (from + 1 + seed / 4 % 3) % 4;
            overlook(seed, 2, 2, right -> moved(right, 100, from, to));
            overlook(seed, 2, 2, right -> moved(right, 1e-3, from, to));
            int far = seed % 99;
            overlook(seed, 10, 2, right -> moved(right, 0.5, 99, far));
        }
        assertEquals(List.of(), overlooked);
    }

    @Test
    void exchangedEntriesAreFoundByTwoDirections() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            overlook(seed, 2, 2, right -> exchanged(right, 0, 3));
            overlook(seed, 2, 2, right -> exchanged(right, 1, 2));
            int far = seed % 99;
            overlook(seed, 10, 2, right -> exchanged(right, far, 99));
        }
        assertEquals(List.of(), overlooked);
    }

    /** 784 inputs, 128 hidden units, 10 classes, a batch of 2. */
    private static Value network() {
        Value hidden = Value.constant(matrix(9, 1, 2, 784, 1))
                .affine(
                        Value.variable("w1", matrix(9, 2, 784, 128, 0.1)),
                        Value.variable("b1", matrix(9, 3, 1, 128, 0.1)))
                .tanh();
        Value logits = hidden.affine(
                Value.variable("w2", matrix(9, 4, 128, 10, 0.3)), Value.variable("b2", matrix(9, 5, 1, 10, 0.1)));
        return logits.logSoftmax(Per.ROW).selectColumns(3, 7).mean().negative();
    }

    /** The network's gradient, wrong for one parameter in the given way, checked along one direction. */
    private static CheckReport mistakenFor(String label, Mistaken mistaken) {
        Value loss = network();
        Gradients gradients = loss.gradients();
        Map<Value, SimpleMatrix> claimed = new LinkedHashMap<>();
        for (Value variable : gradients.variables()) {
            SimpleMatrix right = gradients.of(variable).matrix();
            claimed.put(variable, variable.label().equals(label) ? mistaken.gradient(right) : right);
        }
        return GradientCheck.of(loss).against(claimed).directions(1).run();
    }

    private static Set<String> measured(CheckReport report) {
        Set<String> parameters = new TreeSet<>();
        report.entries().subList(1, report.entries().size()).forEach(entry -> parameters.add(entry.parameter()));
        return parameters;
    }

    @Test
    void aLargeParameterThatIsWrongIsNamedAndNoOther() {
        CheckReport report = mistakenFor("w1", right -> right.scale(1.001));
        assertTrue(report.refuted());
        assertEquals(Set.of("w1"), measured(report));
        assertTrue(
                report.entries().size() >= 301 && report.entries().size() <= 302,
                report.entries().size() + " entries");
        assertTrue(report.entries().stream().allMatch(entry -> entry.verdict() instanceof Verdict.Disagree));
        assertEquals(
                "The gradient of w1, as far as it was judged, is 1.00100000 times what it should be, in every"
                        + " element. The other parameters agree.",
                report.diagnosis().orElseThrow().sentence());
    }

    @Test
    void oneWrongEntryOfALargeParameterIsFound() {
        for (int entry : new int[] {0, 33_450}) {
            CheckReport report = mistakenFor("w1", right -> moved(right, -0.01, entry, (entry + 1) % 100_352));
            assertEquals(Set.of("w1"), measured(report));
            assertTrue(
                    report.entries().stream()
                            .filter(e -> e.verdict().refutes())
                            .map(CheckedEntry::place)
                            .anyMatch(place -> place.equals("w1[" + entry / 128 + "," + entry % 128 + "]")
                                    || place.equals(
                                            "w1[" + (entry + 1) % 100_352 / 128 + "," + (entry + 1) % 128 + "]")),
                    report.toString());
        }
    }

    @Test
    void aSmallParameterThatIsWrongIsMeasuredInFull() {
        CheckReport report = mistakenFor("b1", right -> right.scale(-1));
        assertEquals(Set.of("b1"), measured(report));
        assertEquals(1 + 128, report.entries().size());
        assertEquals(Mistake.SIGN_FLIPPED, report.diagnosis().orElseThrow().mistake());
    }

    @Test
    void aSampleOfALargeNetworkCanBeChecked() {
        CheckReport report = GradientCheck.of(network()).entries(500).run();
        assertTrue(!report.refuted(), report.toString());
        assertEquals(500, report.entries().size());
        assertEquals(
                500,
                report.entries().stream().map(CheckedEntry::place).distinct().count());
        assertTrue(
                measured(report).containsAll(Set.of("w1", "w2")),
                measured(report).toString());
    }

    /** The partial sums of many squares are rounded alike at points so near that hardly one of them changes. */
    @Test
    void theRoundingOfALongSumIsHeard() {
        int count = 100_000;
        double[] x = new double[count];
        Arrays.setAll(x, i -> 2 * Math.sin(3 * i + 1));
        double[] gradient = Arrays.stream(x).map(v -> 2 * v / count).toArray();
        GradientCheck check = GradientCheck.ofFunction(DirectionsTest::meanOfSquares, x, gradient);
        for (long seed = 1; seed <= 3; seed++) {
            CheckReport report = check.directions(1).seed(seed).run();
            assertTrue(report.passed(), report::toString);
        }
    }

    private static double meanOfSquares(double... x) {
        double sum = 0;
        for (double each : x) {
            sum += each * each;
        }
        return sum / x.length;
    }
}
