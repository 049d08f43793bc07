package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** No hypothesis is made to fit by slack: where figures do not tell, nothing definite is said. */
class MisleadingWordsTest {
    private static Diagnosis of(double[] point, double[] right, double[] claimed) {
        return GradientCheck.ofFunction(
                        x -> {
                            double sum = 0;
                            for (int i = 0; i < x.length; i++) {
                                sum += right[i] * (x[i] + 0.25 * (x[i] - point[i]) * (x[i] - point[i]));
                            }
                            return sum;
                        },
                        point,
                        claimed)
                .run()
                .diagnosis()
                .orElseThrow();
    }

    private static double[] random(Random r, int count) {
        return r.doubles(count).map(v -> 4 * v - 2).toArray();
    }

    @Test
    void aFlatFunctionExplainsNoOffset() {
        double[] x = {0.3, 0.7, -1.2};
        Diagnosis found = GradientCheck.ofFunction(v -> 3, x, new double[] {1, 2, 5})
                .run()
                .diagnosis()
                .orElseThrow();
        assertEquals(Mistake.UNKNOWN, found.mistake());
        Diagnosis small = GradientCheck.ofFunction(v -> 1e-9 * v[0], x, new double[] {1, 2, 5})
                .run()
                .diagnosis()
                .orElseThrow();
        assertEquals(Mistake.UNKNOWN, small.mistake(), small.sentence());
    }

    @Test
    void theLargestElementAloneIsNotCutOff() {
        Random r = new Random(1);
        for (int trial = 0; trial < Campaign.cases(50, 2_000); trial++) {
            double[] right = random(r, 3 + trial % 6);
            double[] claimed = right.clone();
            int largest = 0;
            for (int i = 0; i < right.length; i++) {
                largest = Math.abs(right[i]) > Math.abs(right[largest]) ? i : largest;
            }
            claimed[largest] *= 0.9999;
            assertEquals(
                    Mistake.ONE_ENTRY,
                    of(random(r, right.length), right, claimed).mistake());
        }
    }

    @Test
    void floatsThatAreNotNearTheMeasuredFiguresAreNoSinglePrecision() {
        Random r = new Random(2);
        for (int trial = 0; trial < Campaign.cases(50, 2_000); trial++) {
            double[] right = random(r, 3 + trial % 6);
            double[] off = Arrays.stream(right)
                    .map(v -> (float) (v * (1 + 1e-3 * (r.nextDouble() - 0.5))))
                    .toArray();
            double[] fixed =
                    Arrays.stream(right).map(v -> Math.rint(4096 * v) / 4096).toArray();
            double[] single = Arrays.stream(right).map(v -> (float) v).toArray();
            double[] x = random(r, right.length);
            assertFalse(of(x, right, off).mistake() == Mistake.SINGLE_PRECISION);
            assertFalse(of(x, right, fixed).mistake() == Mistake.SINGLE_PRECISION);
            assertEquals(Mistake.SINGLE_PRECISION, of(x, right, single).mistake());
        }
    }

    @Test
    void aHugeFactorIsNoCount() {
        double[] right = {1, -2, 3};
        double[] x = {0.5, 0.25, 1};
        double[] huge = Arrays.stream(right).map(v -> 4321000000.3 * v).toArray();
        assertEquals(Mistake.CONSTANT_FACTOR, of(x, right, huge).mistake());
        double[] slight = Arrays.stream(right).map(v -> (1 + 3.2e-8) * v).toArray();
        assertEquals(
                "The gradient of x is off by the same 3.2e-08 of its size in every element.",
                of(x, right, slight).sentence());
    }

    @Test
    void aFactorIsNotReadOffAFigureWithinItsBar() {
        Diagnosis found = GradientCheck.ofFunction(
                        v -> 1e8 + 1e-8 * v[0] + v[1] + v[2], new double[] {1, 1, 1}, new double[] {7.3e-7, 2, 5})
                .run()
                .diagnosis()
                .orElseThrow();
        assertEquals(Mistake.UNKNOWN, found.mistake(), found.sentence());
    }

    @Test
    void aDecayOfAnotherStrengthIsNotSaidToBeOnOneSideOnly() {
        double[] x = {0.5, 0.25, 1, -2};
        double[] right = {1, -2, 3, 0.7};
        double[] claimed = right.clone();
        Arrays.setAll(claimed, i -> right[i] + 0.01 * x[i]);
        assertTrue(of(x, right, claimed).sentence().contains("missing on one side, or of another strength there"));
    }

    @Test
    void tinyElementsHaveNoSlackOfTheirOwn() {
        double[] x = {2e4, 0.3};
        Diagnosis found = of(x, new double[] {1, 1e-7}, new double[] {2e4, 0});
        assertFalse(found.mistake() == Mistake.TIMES_PARAMETER, found.sentence());
    }

    @Test
    void theRuleOfAnIllConditionedInverseIsNotBlamed() {
        for (int seed = 0; seed < 20; seed++) {
            DMatrixRMaj m = new DMatrixRMaj(3, 3);
            SimpleMatrix a = Hand.random(seed, "a", 3, 3);
            for (int i = 0; i < 9; i++) {
                m.data[i] = i < 6 ? a.get(i) : a.get(i - 3) + (i == 8 ? 1e-4 : 0);
            }
            Tape tape = new Tape(Value.variable("a", m).invert().elementSum());
            Optional<Diagnosis> blamed = new RuleCheck(tape, 1).explain();
            assertTrue(blamed.isEmpty(), blamed.toString());
        }
    }

    @Test
    void whatIsWrongInOneRowIsNoMultipleOfAnything() {
        SimpleMatrix x =
                new SimpleMatrix(new double[][] {{0.3, -1.1}, {0.8, 0.4}, {-0.6, 0.9}, {1.2, 0.1}, {-0.2, -0.7}});
        SimpleMatrix w = new SimpleMatrix(new double[][] {{0.5}, {-0.8}});
        SimpleMatrix b = new SimpleMatrix(new double[][] {{0.2}});
        SimpleMatrix t = new SimpleMatrix(new double[][] {{0}, {1}, {1}, {1}, {1}});
        SimpleMatrix error = Hand.each(x.mult(w).plus(0.2), Hand::sigmoid).minus(t);
        error.set(0, error.get(0) + 0.7);
        SimpleMatrix dw = x.transpose().mult(error).divide(5);
        SimpleMatrix db = Hand.columnSums(error).divide(5);
        Slip.Exercise exercise = new Slip.Exercise(Slip.claims("w", w, dw, "b", b, db), v -> {
            Value q = Value.constant(x).affine(v.get(0), v.get(1)).sigmoid();
            Value positive = q.elementLog().elementMult(Value.constant(t));
            Value negative = q.negative().plus(1).elementLog().elementMult(Value.constant(Hand.each(t, a -> 1 - a)));
            return positive.plus(negative).mean().negative();
        });
        Diagnosis found = exercise.fromGraph().diagnosis().orElseThrow();
        assertEquals(Mistake.UNKNOWN, found.mistake(), found.sentence());
    }

    @Test
    void anInfiniteClaimExplainsNothing() {
        double[] x = {0.4, 1.1, -0.7, 0.9};
        double[] right = {1.5, -2, 0.75, 3};
        for (double infinite : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN}) {
            double[] flipped = {-1.5, infinite, -0.75, -3};
            assertEquals(Mistake.SIGN_FLIPPED, of(x, right, flipped).mistake());
            double[] any = {0.3, infinite, 0.9, -1.1};
            assertEquals(Mistake.UNKNOWN, of(x, right, any).mistake());
        }
        Diagnosis atAPole = GradientCheck.ofFunction(
                        v -> Math.asin(v[0]) + Math.asin(v[1]), new double[] {1, 0.25}, v ->
                                new double[] {-1 / Math.sqrt(1 - v[0] * v[0]), -1 / Math.sqrt(1 - v[1] * v[1])})
                .run()
                .diagnosis()
                .orElseThrow();
        assertEquals(Mistake.SIGN_FLIPPED, atAPole.mistake(), atAPole.sentence());
    }

    @Test
    void aClaimThatIsInfiniteElsewhereIsNotTheSameThere() {
        assertFalse(Elsewhere.same(new double[] {1, Double.POSITIVE_INFINITY}, new double[] {2, 3}));
        assertFalse(Elsewhere.same(new double[] {1, 2}, new double[] {1, Double.NEGATIVE_INFINITY}));
        assertTrue(Elsewhere.same(new double[] {1, 2}, new double[] {1, 2}));
    }

    /** The cosine of two vectors, whose norms are taken for constants. */
    @Test
    void aNormTakenForAConstantIsNoDecay() {
        double[] x = {0.8, -0.5, 1.7, 0.3, 1.2, -0.9, 0.4, 0.6};
        Diagnosis found = GradientCheck.ofFunction(v -> dot(v, 0, 4) / Math.sqrt(dot(v, 0, 0) * dot(v, 4, 4)), x, v -> {
                    double norms = Math.sqrt(dot(v, 0, 0) * dot(v, 4, 4));
                    double[] g = new double[8];
                    Arrays.setAll(g, i -> v[(i + 4) % 8] / norms);
                    return g;
                })
                .shaped(Map.of("a", new Shape(2, 4)))
                .run()
                .diagnosis()
                .orElseThrow();
        assertFalse(found.mistake() == Mistake.WEIGHT_DECAY, found.sentence());
        Map<String, Shape> two = new LinkedHashMap<>();
        two.put("a", new Shape(1, 4));
        two.put("b", new Shape(1, 4));
        Diagnosis each = GradientCheck.ofFunction(v -> dot(v, 0, 4) / Math.sqrt(dot(v, 0, 0) * dot(v, 4, 4)), x, v -> {
                    double norms = Math.sqrt(dot(v, 0, 0) * dot(v, 4, 4));
                    double[] g = new double[8];
                    Arrays.setAll(g, i -> v[(i + 4) % 8] / norms);
                    return g;
                })
                .shaped(two)
                .run()
                .diagnosis()
                .orElseThrow();
        assertEquals(Mistake.MISSING_TERM, each.mistake(), each.sentence());
        assertTrue(each.sentence().contains("what goes back through a norm"), each.sentence());
    }

    private static double dot(double[] v, int from, int other) {
        double sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += v[from + i] * v[other + i];
        }
        return sum;
    }

    @Test
    void aDecayBesideANormIsOneOfTwo() {
        double[] x = {3, 4, -1, 2};
        double[] right = {4, -3, 2, 1};
        double[] decayed = right.clone();
        Arrays.setAll(decayed, i -> right[i] + 0.01 * x[i]);
        Diagnosis both = of(x, right, decayed);
        assertEquals(Mistake.WEIGHT_DECAY, both.mistake());
        assertTrue(both.sentence().contains("; or what goes back through a norm"), both.sentence());
        Arrays.setAll(decayed, i -> right[i] - 0.0123456 * x[i]);
        assertEquals(Mistake.MISSING_TERM, of(x, right, decayed).mistake());
    }

    @Test
    void aStepAgainstTheGradientIsNoRunningMean() {
        double[] x = {0.5, 0.25, 1};
        double[] right = {1, -2, 3};
        for (double rate : new double[] {0.1, 0.01, 0.001, 0.05, 0.3}) {
            double[] step = Arrays.stream(right).map(v -> -rate * v).toArray();
            String said = of(x, right, step).sentence();
            assertTrue(said.contains("as of a step against the gradient with that learning rate"), said);
        }
        double[] opposite = Arrays.stream(right).map(v -> -v / Math.PI).toArray();
        assertTrue(of(x, right, opposite).sentence().contains("a factor π"));
    }

    @Test
    void aHugeNormIsNotRound() {
        assertFalse(Hypotheses.isRoundNorm(1.078e29));
        assertFalse(Hypotheses.isRoundNorm(0x1p53));
        assertTrue(Hypotheses.isRoundNorm(5));
        assertTrue(Hypotheses.isRoundNorm(0.25));
    }

    @Test
    void anElementThatIsLostIsNoSinglePrecision() {
        double[] x = {0.3, 0.7, -0.2};
        Diagnosis found = of(x, new double[] {1, 3e-9, 0.5}, new double[] {1, 0, 0.5});
        assertEquals(Mistake.PARTLY_ZERO, found.mistake(), found.sentence());
    }

    @Test
    void theWideBarOfOneElementIsNotThatOfOthers() {
        DMatrixRMaj right = new DMatrixRMaj(2, 3, true, 1, 2, 3, 4, 5, 6);
        DMatrixRMaj bars = new DMatrixRMaj(2, 3, true, 1e-9, 1e-9, 1e-9, 1e-9, 1e-9, 50);
        DMatrixRMaj claimed = new DMatrixRMaj(2, 3, true, 3.5, 1.5, 7, 2.25, 9, 0.5);
        Comparison wide = new Comparison("r", claimed, right, bars, right);
        Diagnosis found = new MistakeSearch(List.of(wide)).fromFigures().orElseThrow();
        assertEquals(Mistake.UNKNOWN, found.mistake(), found.sentence());
        right.set(1, 2, Double.NaN);
        right.set(0, 1, Double.NaN);
        Diagnosis unknown = new MistakeSearch(List.of(wide)).fromFigures().orElseThrow();
        assertEquals(Mistake.UNKNOWN, unknown.mistake(), unknown.sentence());
    }

    /** An energy of pairs of which each is counted for one of the two only. */
    @Test
    void figuresThatAreNotKnownFitNoPattern() {
        double[] r = {0.1, 0.4, -0.2, 1.3, 0.2, 0.9, -0.8, 1.1, 0.5};
        CheckReport report = GradientCheck.ofFunction(v -> pairs(v, false)[9], r, v -> Arrays.copyOf(pairs(v, true), 9))
                .shaped(Map.of("r", new Shape(3, 3)))
                .run();
        Diagnosis found = report.diagnosis().orElseThrow();
        assertFalse(
                Set.of(Mistake.WRONG_LAYOUT, Mistake.SHIFTED, Mistake.TRANSPOSED)
                        .contains(found.mistake()),
                found.sentence());
    }

    /** The slopes of the sum of 1/distance, and the sum. */
    private static double[] pairs(double[] v, boolean half) {
        double[] g = new double[10];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                double square = 0;
                for (int k = 0; k < 3; k++) {
                    square += (v[3 * i + k] - v[3 * j + k]) * (v[3 * i + k] - v[3 * j + k]);
                }
                double length = Math.sqrt(square);
                g[9] += 1 / length;
                for (int k = 0; k < 3; k++) {
                    double slope = (v[3 * j + k] - v[3 * i + k]) / (square * length);
                    g[3 * i + k] += slope;
                    g[3 * j + k] -= half ? 0 : slope;
                }
            }
        }
        return g;
    }
}
