package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** A class of probability 0 beside ln 0 changes nothing: neither values nor derivatives of first and second order. */
class StructuralZerosTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final ClassOptions ROWS = ClassOptions.DEFAULT.reduction(Reduction.NONE);

    /** Functions of a row of probabilities, of their logarithms, or of logits. */
    private static final Map<String, UnaryOperator<Value>> OF_PROBABILITIES = Map.of(
            "entropy", p -> Information.entropy(p, ROWS),
            "cross-entropy", p -> Information.crossEntropy(p, p, ROWS),
            "divergence", p -> Information.divergence(p, p, ROWS),
            "from ln q", p -> Information.divergenceFromLog(p.detached().elementLog(), p, Reduction.NONE));

    private static final Map<String, UnaryOperator<Value>> OF_LOGARITHMS = Map.of(
            "divergence", l -> Information.divergenceOfLogs(l, l.scale(1), Reduction.NONE),
            "from the logarithm",
                    l -> Information.divergenceFromLog(l, l.detached().elementExp(), Reduction.NONE),
            "from soft targets",
                    l -> CrossEntropy.fromLogProbabilities(l, l.detached().elementExp(), ROWS));

    private static final Map<String, UnaryOperator<Value>> OF_LOGITS = Map.of(
            "cross-entropy", x -> CrossEntropy.fromLogits(x, new int[] {0}, ROWS),
            "with itself", x -> CrossEntropy.fromLogits(x, x.softmax(Per.ROW), ROWS),
            "soft bootstrap", x -> NoisyLabels.bootstrapSoft(x, new int[] {0}, 0.8, Reduction.NONE),
            "focal", x -> Focal.categorical(x, new int[] {0}, 0.5, ROWS));

    @Test
    void zerosAddNothing() {
        requireNothingAdded(OF_PROBABILITIES, 0, 0.25, 0.75);
        requireNothingAdded(OF_LOGARITHMS, -INF, Math.log(0.25), Math.log(0.75));
        requireNothingAdded(OF_LOGITS, -INF, 0.5, -1.5);
    }

    private static void requireNothingAdded(Map<String, UnaryOperator<Value>> losses, double zero, double... row) {
        double[] longer = Arrays.copyOf(row, row.length + 1);
        longer[row.length] = zero;
        losses.forEach((name, loss) -> {
            double[][] without = derivatives(loss, row);
            double[][] with = derivatives(loss, longer);
            for (int order = 0; order < 3; order++) {
                double[] expected = Arrays.copyOf(without[order], with[order].length);
                assertArrayEquals(expected, with[order], 1e-15, name + ", derivative " + order);
            }
        });
    }

    /** The value, its slope, and the slope of a sum of squares of the slope. */
    private static double[][] derivatives(UnaryOperator<Value> loss, double... row) {
        Value x = Value.variable("x", new double[][] {row});
        Value y = loss.apply(x).elementSum();
        Value slope = y.gradients(Gradients.Option.DIFFERENTIABLE).of(x);
        double[] second = slope.isConstant()
                ? new double[row.length]
                : elements(slope.square().elementSum().gradients().of(x));
        return new double[][] {{y.scalar()}, elements(slope), second};
    }

    private static double[] elements(Value value) {
        return Arrays.copyOf(value.matrix().getDDRM().data, value.shape().elements());
    }

    @Test
    void aPossibleClassThatIsThoughtImpossibleIsInfinitelySurprising() {
        Value q = Value.variable("q", new double[][] {{0, 1}});
        Value loss = Information.crossEntropy(Value.constant(new double[][] {{0.5, 0.5}}), q, ROWS);
        assertEquals(INF, loss.scalar());
        assertArrayEquals(new double[] {-INF, -0.5}, elements(loss.gradients().of(q)));
    }

    @Test
    void nanStaysVisible() {
        double nan = Double.NaN;
        Value logs = Value.constant(new double[][] {{nan, 0}});
        assertTrue(Double.isNaN(
                Information.divergenceOfLogs(logs, logs, Reduction.SUM).scalar()));
        assertTrue(Double.isNaN(Information.entropy(logs, ROWS.unchecked()).scalar()));
    }

    @Test
    void theEntropyOfTwoToTheKEqualClassesIsKBits() {
        for (int k = 0; k <= 16; k++) {
            Value p = Value.filled(new org.ejgrad.Shape(1, 1 << k), Math.scalb(1.0, -k));
            assertEquals(k, Information.bits(Information.entropy(p, ROWS)).scalar());
            assertEquals(
                    k, Information.bits(Information.crossEntropy(p, p, ROWS)).scalar());
            Value logs = Value.filled(p.shape(), -Math.log(1 << k));
            assertEquals(
                    k,
                    Information.bits(CrossEntropy.fromLogProbabilities(logs, p, ROWS))
                            .scalar(),
                    k * 0x1p-52);
        }
        Value certain = Value.constant(new double[][] {{1, 0}});
        assertEquals("0.0", Double.toString(Information.entropy(certain, ROWS).scalar()));
    }
}
