package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
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
}
