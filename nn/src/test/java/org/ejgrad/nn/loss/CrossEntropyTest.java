package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {
    private static Value logits(int rows, int columns, long seed) {
        Random random = new Random(seed);
        double[][] elements = new double[rows][columns];
        for (double[] row : elements) {
            java.util.Arrays.setAll(row, j -> 3 * random.nextGaussian());
        }
        return Value.variable("logits", elements);
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    private static Value oneHot(int classes, int... labels) {
        double[][] rows = new double[labels.length][classes];
        for (int i = 0; i < labels.length; i++) {
            rows[i][labels[i]] = 1;
        }
        return Value.constant(rows);
    }

    @Test
    void theGradientOfTheMeanIsProbabilityMinusTargetOverRows() {
        Value x = logits(5, 4, 1);
        int[] labels = {0, 3, 2, 2, 1};
        double[] gradient =
                elements(CrossEntropy.fromLogits(x, labels).gradients().of(x));
        double[] expected = elements(x.softmax(Per.ROW).minus(oneHot(4, labels)).divide(5));
        assertArrayEquals(expected, gradient, 1e-15);
    }

    @Test
    void anIgnoredRowGetsNoShareOfTheSmoothing() {
        Value x = logits(3, 4, 5);
        ClassOptions smooth = ClassOptions.DEFAULT.smoothing(0.1);
        assertEquals(
                CrossEntropy.fromLogits(x.rows(0, 2), new int[] {2, 1}, smooth).scalar(),
                CrossEntropy.fromLogits(x, new int[] {2, 1, -1}, smooth.ignoring(-1))
                        .scalar(),
                1e-15);
    }

    @Test
    void logarithmsOfProbabilitiesGiveWhatLogitsGive() {
        Value x = logits(3, 4, 6);
        Value logarithms = x.logSoftmax(Per.ROW);
        double expected = CrossEntropy.fromLogits(x, 1, 3, 0).scalar();
        assertEquals(
                expected, CrossEntropy.fromLogProbabilities(logarithms, 1, 3, 0).scalar(), 1e-14);
        assertEquals(
                expected,
                CrossEntropy.fromLogProbabilities(logarithms, oneHot(4, 1, 3, 0))
                        .scalar(),
                1e-14);
    }

    /** So a check of gradients computes only the rows that it moves. */
    @Test
    void aMeanKnowsThatItIsOfRows() {
        for (Reduction reduction : Reduction.values()) {
            Value loss = CrossEntropy.fromLogits(
                    logits(3, 4, 7),
                    new int[] {0, 1, -1},
                    ClassOptions.DEFAULT.ignoring(-1).reduction(reduction));
            assertEquals(
                    reduction != Reduction.NONE, loss.operation().rowTotal().isPresent(), reduction.name());
        }
    }

    @Test
    void anIndexGivesTheSameBitsAsItsOneHotRow() {
        Value x = logits(5, 4, 2);
        int[] labels = {0, 3, 2, 2, 1};
        for (ClassOptions options : new ClassOptions[] {
            ClassOptions.DEFAULT,
            ClassOptions.DEFAULT.weights(0.3, 1.7, 0, 2.9),
            ClassOptions.DEFAULT.weights(0.3, 1.7, 0, 2.9).reduction(Reduction.WEIGHTED_MEAN),
            ClassOptions.DEFAULT.weights(0.3, 1.7, 0, 2.9).smoothing(0.1).reduction(Reduction.NONE)
        }) {
            Value byIndex = CrossEntropy.fromLogits(x, labels, options);
            Value byRow = CrossEntropy.fromLogits(x, oneHot(4, labels), options);
            assertArrayEquals(elements(byIndex), elements(byRow));
            assertArrayEquals(
                    elements(byIndex.elementSum().gradients().of(x)),
                    elements(byRow.elementSum().gradients().of(x)));
        }
    }

    @Test
    void theGradientCanBeDifferentiated() {
        Value x = logits(3, 4, 3);
        Value loss = CrossEntropy.fromLogits(x, 0, 3, 2);
        Value squares =
                loss.gradients(Gradients.Option.DIFFERENTIABLE).of(x).square().elementSum();
        Value composed = x.logSoftmax(Per.ROW)
                .elementMult(oneHot(4, 0, 3, 2))
                .elementSum()
                .divide(-3);
        Value expected = composed.gradients(Gradients.Option.DIFFERENTIABLE)
                .of(x)
                .square()
                .elementSum();
        assertEquals(expected.scalar(), squares.scalar(), 1e-15);
        assertArrayEquals(
                elements(expected.gradients().of(x)),
                elements(squares.gradients().of(x)),
                1e-15);
    }

    @Test
    void anInfiniteLogitWithoutTargetContributesNothing() {
        Value x = Value.variable("x", new double[][] {{0.5, Double.NEGATIVE_INFINITY, 0.5}});
        Value loss = CrossEntropy.fromLogits(x, Value.constant(new double[][] {{0.5, 0, 0.5}}));
        assertEquals(Math.log(2), loss.scalar(), 1e-15);
        assertArrayEquals(new double[3], elements(loss.gradients().of(x)), 1e-15);
        Value hard = CrossEntropy.fromLogits(x, 1);
        assertEquals(Double.POSITIVE_INFINITY, hard.scalar());
        assertArrayEquals(new double[] {0.5, -1, 0.5}, elements(hard.gradients().of(x)));
    }

    @Test
    void whenEveryRowIsIgnoredTheLossIsZero() {
        Value x = logits(2, 3, 4);
        ClassOptions options = ClassOptions.DEFAULT.ignoring(-100);
        Value loss = CrossEntropy.fromLogits(x, new int[] {-100, -100}, options);
        assertEquals(0.0, loss.scalar());
        assertArrayEquals(new double[6], elements(loss.gradients().of(x)));
        assertEquals(0, options.countedRows(-100, -100));
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> CrossEntropy.fromLogits(x, new int[] {-100, -100}, options.strictly()));
        assertEquals(
                "CrossEntropy.fromLogits: no row counts: every label is ignored or every applied weight is 0",
                error.getMessage());
    }

    @Test
    void wrongTargetsAreNamed() {
        Value x = logits(2, 3, 5);
        assertEquals(
                "CrossEntropy.fromLogits: row 1 has label 3; with 3 classes, expected 0 to 2",
                assertThrows(IllegalArgumentException.class, () -> CrossEntropy.fromLogits(x, 0, 3))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> CrossEntropy.fromLogits(x, 0, -1));
        assertEquals(
                "CrossEntropy.fromLogits: 1 labels, but 2 predictions; expected as many",
                assertThrows(IllegalArgumentException.class, () -> CrossEntropy.fromLogits(x, 0))
                        .getMessage());
        Value heavy = Value.constant(new double[][] {{1, 0, 0}, {0.5, 0.5, 0.5}});
        assertEquals(
                "CrossEntropy.fromLogits: the target in row 1 sums to 1.5; expected 1, give the option unchecked() "
                        + "if that is meant",
                assertThrows(IllegalArgumentException.class, () -> CrossEntropy.fromLogits(x, heavy))
                        .getMessage());
        CrossEntropy.fromLogits(x, heavy, ClassOptions.DEFAULT.unchecked());
    }

    @Test
    void sigmoidCrossEntropyAtItsEdges() {
        double inf = Double.POSITIVE_INFINITY;
        Value z = Value.variable("z", new double[][] {{1000, -1000, inf, -inf, inf, 0}});
        Value t = Value.constant(new double[][] {{1, 1, 1, 0, 0, 0.5}});
        Value terms = BinaryCrossEntropy.fromLogits(z, t, BinaryOptions.DEFAULT.reduction(Reduction.NONE));
        assertArrayEquals(new double[] {0, 1000, 0, 0, inf, Math.log(2)}, elements(terms));
        assertArrayEquals(
                new double[] {-0.0, -1, -0.0, 0, 1, 0},
                elements(terms.gradients(Value.ones(terms.shape())).of(z)),
                1e-300);
    }
}
