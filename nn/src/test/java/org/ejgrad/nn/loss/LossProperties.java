package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Theorems about losses, on random logits, labels and weights. */
class LossProperties {
    private static final ClassOptions ROWS = ClassOptions.DEFAULT.reduction(Reduction.NONE);

    /**
     * Rows to classify.
     *
     * @param x logits
     * @param labels their classes
     * @param weights of the classes
     */
    record Sample(Value x, int[] labels, double[] weights) {
        Value oneHot() {
            SimpleMatrix rows = new SimpleMatrix(x.getNumRows(), x.getNumCols());
            IntStream.range(0, labels.length).forEach(i -> rows.set(i, labels[i], 1));
            return Value.constant(rows);
        }

        /** Targets that are not one-hot. */
        Value soft() {
            return x.detached()
                    .scale(0.3)
                    .softmax(Per.COLUMN)
                    .elementMult(oneHot().plus(1))
                    .softmax(Per.ROW);
        }
    }

    @Provide
    Arbitrary<Sample> samples() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(2, 5),
                        Arbitraries.doubles().between(0.1, 30),
                        Arbitraries.longs())
                .as((rows, classes, scale, seed) -> {
                    Random random = new Random(seed);
                    SimpleMatrix x = new SimpleMatrix(rows, classes);
                    for (int i = 0; i < x.getNumElements(); i++) {
                        x.set(i, scale * random.nextGaussian());
                    }
                    double[] weights = random.doubles(classes, 0.1, 3).toArray();
                    return new Sample(
                            Value.variable("x", x),
                            random.ints(rows, 0, classes).toArray(),
                            weights);
                });
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    private static double[] slope(Value loss, Value by) {
        return elements(loss.gradients(Value.ones(loss.shape())).of(by));
    }

    private static void same(Value a, Value b, Value by) {
        assertArrayEquals(elements(a), elements(b));
        assertArrayEquals(slope(a, by), slope(b, by));
    }

    private static void close(Value a, Value b, Value by) {
        close(elements(a), elements(b));
        close(slope(a, by), slope(b, by));
    }

    private static void close(double[] a, double[] b) {
        double size = Arrays.stream(a).map(Math::abs).max().orElse(0);
        assertArrayEquals(a, b, 1e-13 * Math.max(1, size));
    }

    @Property(tries = 60)
    void theSlopeInTheLogitsIsProbabilityMinusTarget(@ForAll("samples") Sample s) {
        Value p = s.x.softmax(Per.ROW);
        int n = s.labels.length;
        close(
                slope(CrossEntropy.fromLogits(s.x, s.labels), s.x),
                elements(p.minus(s.oneHot()).divide(n)));
        close(
                slope(CrossEntropy.fromLogits(s.x, s.soft()), s.x),
                elements(p.minus(s.soft()).divide(n)));
        Value t = s.oneHot();
        close(
                slope(BinaryCrossEntropy.fromLogits(s.x, t), s.x),
                elements(s.x.sigmoid().minus(t).divide(t.shape().elements())));
    }

    @Property(tries = 60)
    void addingTheSameToAllLogitsOfARowChangesNothing(@ForAll("samples") Sample s) {
        Value shifted = s.x.plus(17.25);
        Value loss = CrossEntropy.fromLogits(s.x, s.labels, ROWS);
        close(elements(loss), elements(CrossEntropy.fromLogits(shifted, s.labels, ROWS)));
        Value slope = loss.gradients(Value.ones(loss.shape())).of(s.x);
        close(new double[s.labels.length], elements(slope.sum(Per.ROW)));
    }

    @Property(tries = 60)
    void anIndexAndItsOneHotRowGiveTheSameBits(@ForAll("samples") Sample s) {
        for (Reduction reduction : Reduction.values()) {
            for (ClassOptions options : List.of(
                    ClassOptions.DEFAULT,
                    ClassOptions.DEFAULT.weights(s.weights),
                    ClassOptions.DEFAULT.weights(s.weights).smoothing(0.2))) {
                ClassOptions reduced = options.reduction(reduction);
                same(
                        CrossEntropy.fromLogits(s.x, s.labels, reduced),
                        CrossEntropy.fromLogits(s.x, s.oneHot(), reduced),
                        s.x);
                same(
                        CrossEntropy.fromLogProbabilities(s.x, s.labels, reduced.unchecked()),
                        CrossEntropy.fromLogProbabilities(s.x, s.oneHot(), reduced.unchecked()),
                        s.x);
            }
        }
    }

    @Property(tries = 60)
    void weightsOfOneAreNoWeights(@ForAll("samples") Sample s) {
        double[] ones = new double[s.weights.length];
        Arrays.fill(ones, 1);
        for (Reduction reduction : Reduction.values()) {
            ClassOptions plain = ClassOptions.DEFAULT.reduction(reduction);
            same(
                    CrossEntropy.fromLogits(s.x, s.labels, plain),
                    CrossEntropy.fromLogits(s.x, s.labels, plain.weights(ones).smoothing(0)),
                    s.x);
            BinaryOptions binary = BinaryOptions.DEFAULT.reduction(reduction);
            same(
                    BinaryCrossEntropy.fromLogits(s.x, s.soft(), binary),
                    BinaryCrossEntropy.fromLogits(
                            s.x,
                            s.soft(),
                            binary.positiveWeight(1).elementWeight(Value.ones(new Shape(1, ones.length)))),
                    s.x);
        }
    }

    @Property(tries = 60)
    void probabilitiesAndLogitsGiveTheSameLoss(@ForAll("samples") Sample s) {
        Value x = s.x.tanh().scale(3);
        Value byLogits = CrossEntropy.fromLogits(x, s.labels, ROWS);
        close(byLogits, CrossEntropy.fromProbabilities(x.softmax(Per.ROW), s.labels, Clipping.none(), ROWS), s.x);
        close(byLogits, CrossEntropy.fromLogProbabilities(x.logSoftmax(Per.ROW), s.labels, ROWS), s.x);
        Value binary = BinaryCrossEntropy.fromLogits(x, s.soft());
        close(binary, BinaryCrossEntropy.fromProbabilities(x.sigmoid(), s.soft()), s.x);
        close(
                binary,
                BinaryCrossEntropy.fromProbabilities(x.sigmoid(), s.soft(), Clipping.clip(1e-9), BinaryOptions.DEFAULT),
                s.x);
    }

    @Property(tries = 60)
    void twoClassesAreOneYesOrNo(@ForAll("samples") Sample s) {
        Value z = s.x.getColumn(0);
        Value pair = z.concatColumns(Value.zeros(z.shape()));
        int[] labels = Arrays.stream(s.labels).map(label -> Math.min(label, 1)).toArray();
        Value isFirst = Value.constant(new SimpleMatrix(
                labels.length,
                1,
                true,
                Arrays.stream(labels).mapToDouble(label -> 1 - label).toArray()));
        close(
                CrossEntropy.fromLogits(pair, labels, ROWS),
                BinaryCrossEntropy.fromLogits(z, isFirst, BinaryOptions.DEFAULT.reduction(Reduction.NONE)),
                s.x);
        Value signs = isFirst.scale(2).minus(1);
        close(CrossEntropy.fromLogits(pair, labels, ROWS), Margin.soft(z, signs, Reduction.NONE), s.x);
    }

    @Property(tries = 60)
    void robustLossesEndInTheCrossEntropy(@ForAll("samples") Sample s) {
        Value plain = CrossEntropy.fromLogits(s.x, s.labels, ROWS);
        same(plain, Focal.categorical(s.x, s.labels, 0, ROWS), s.x);
        close(plain, NoisyLabels.bootstrapSoft(s.x, s.labels, 1, Reduction.NONE), s.x);
        same(plain, NoisyLabels.bootstrapHard(s.x, s.labels, 1, Reduction.NONE), s.x);
        close(plain, NoisyLabels.symmetric(s.x, s.labels, 1, 0, -4, Reduction.NONE), s.x);
        SimpleMatrix none = SimpleMatrix.identity(s.weights.length);
        close(plain, NoisyLabels.forwardCorrected(s.x, s.labels, none, Reduction.NONE), s.x);
        close(
                NoisyLabels.generalised(s.x, s.labels, 1, Reduction.NONE),
                s.x.softmax(Per.ROW).selectColumns(s.labels).negative().plus(1),
                s.x);
        same(
                BinaryCrossEntropy.fromLogits(s.x, s.oneHot(), BinaryOptions.DEFAULT.reduction(Reduction.NONE)),
                Focal.binary(s.x, s.oneHot(), 0, Reduction.NONE),
                s.x);
    }

    @Property(tries = 60)
    void smoothingMixesInTheMeanOverTheClasses(@ForAll("samples") Sample s) {
        Value smoothed = CrossEntropy.fromLogits(s.x, s.labels, ROWS.smoothing(0.25));
        Value plain = CrossEntropy.fromLogits(s.x, s.labels, ROWS);
        Value even = s.x.logSoftmax(Per.ROW).mean(Per.ROW).negative();
        close(smoothed, plain.scale(0.75).plus(even.scale(0.25)), s.x);
    }

    @Property(tries = 60)
    void crossEntropyIsEntropyPlusDivergence(@ForAll("samples") Sample s) {
        Value p = s.soft();
        Value q = s.x.tanh().softmax(Per.ROW);
        Value cross = Information.crossEntropy(p, q, ROWS);
        close(cross, Information.entropy(p, ROWS).plus(Information.divergence(p, q, ROWS)), s.x);
        close(slope(cross, s.x), slope(Information.divergence(p, q, ROWS), s.x));
        close(
                elements(Information.divergence(p, q, ROWS)),
                elements(Information.divergenceFromLog(q.elementLog(), p, Reduction.NONE)
                        .sum(Per.ROW)));
        close(
                elements(Information.divergence(p, q, ROWS)),
                elements(Information.divergenceOfLogs(q.elementLog(), p.elementLog(), Reduction.NONE)
                        .sum(Per.ROW)));
    }

    @Property(tries = 60)
    void permutingRowsOrClassesPermutesTheGradient(@ForAll("samples") Sample s, @ForAll long seed) {
        List<Integer> rows = shuffled(s.labels.length, seed);
        List<Integer> classes = shuffled(s.weights.length, ~seed);
        SimpleMatrix x = s.x.matrix();
        SimpleMatrix moved = new SimpleMatrix(x.getNumRows(), x.getNumCols());
        int[] labels = new int[s.labels.length];
        double[] weights = new double[s.weights.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = classes.indexOf(s.labels[rows.get(i)]);
            for (int j = 0; j < weights.length; j++) {
                moved.set(i, j, x.get(rows.get(i), classes.get(j)));
                weights[j] = s.weights[classes.get(j)];
            }
        }
        Value y = Value.variable("y", moved);
        for (Reduction reduction : List.of(Reduction.SUM, Reduction.MEAN, Reduction.WEIGHTED_MEAN)) {
            ClassOptions options = ClassOptions.DEFAULT.reduction(reduction);
            Value before = CrossEntropy.fromLogits(s.x, s.labels, options.weights(s.weights));
            Value after = CrossEntropy.fromLogits(y, labels, options.weights(weights));
            close(elements(before), elements(after));
            Value slope = before.gradients().of(s.x);
            double[] expected = new double[moved.getNumElements()];
            for (int i = 0; i < labels.length; i++) {
                for (int j = 0; j < weights.length; j++) {
                    expected[i * weights.length + j] = slope.get(rows.get(i), classes.get(j));
                }
            }
            close(expected, slope(after, y));
        }
    }

    private static List<Integer> shuffled(int n, long seed) {
        List<Integer> order =
                new java.util.ArrayList<>(IntStream.range(0, n).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        return order;
    }

    @Property(tries = 60)
    void aBatchIsTheSumOfItsParts(@ForAll("samples") Sample s) {
        int n = s.labels.length;
        int half = n / 2;
        ClassOptions sum = ClassOptions.DEFAULT.reduction(Reduction.SUM).weights(s.weights);
        Value whole = CrossEntropy.fromLogits(s.x, s.labels, sum);
        Value first = CrossEntropy.fromLogits(s.x.rows(0, half), Arrays.copyOf(s.labels, half), sum);
        Value second = CrossEntropy.fromLogits(s.x.rows(half, n), Arrays.copyOfRange(s.labels, half, n), sum);
        close(whole, first.plus(second), s.x);
        Value ignoring = CrossEntropy.fromLogits(s.x, s.labels, sum.ignoring(0));
        Value counting = CrossEntropy.fromLogits(s.x, s.labels, sum.weights(withoutFirst(s.weights)));
        close(ignoring, counting, s.x);
    }

    private static double[] withoutFirst(double... weights) {
        double[] rest = weights.clone();
        rest[0] = 0;
        return rest;
    }

    @Property(tries = 60)
    void regressionLossesAreHomogeneous(@ForAll("samples") Sample s) {
        Value zero = Value.zeros(s.x.shape());
        euler(s.x, x -> Regression.squaredError(x, zero), 2);
        euler(s.x, x -> Regression.absoluteError(x, zero, Reduction.MEAN), 1);
        euler(s.x, x -> Margin.hinge(x, Value.ones(x.shape()), 0, Reduction.MEAN), 1);
        Value wide = Regression.huber(s.x, zero, 1e6, Reduction.MEAN);
        close(wide, Regression.squaredError(s.x, zero).scale(0.5), s.x);
        Value smooth = Regression.smoothL1(s.x, zero, 0.75, Reduction.MEAN);
        close(smooth, Regression.huber(s.x, zero, 0.75, Reduction.MEAN).divide(0.75), s.x);
        same(
                Regression.smoothL1(s.x, zero, 0, Reduction.MEAN),
                Regression.absoluteError(s.x, zero, Reduction.MEAN),
                s.x);
    }

    /** Euler's theorem: x · ∇f = degree · f. */
    private static void euler(Value x, Function<Value, Value> loss, double degree) {
        Value value = loss.apply(x);
        double along = value.gradients().of(x).dot(x).scalar();
        assertEquals(degree * value.scalar(), along, 1e-12 * Math.max(1, Math.abs(along)));
    }
}
