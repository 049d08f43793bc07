package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Derivatives;
import org.ejgrad.Value;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What losses give at the edges, value and gradient. */
class LossEdgesTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;
    private static final ClassOptions ROWS = ClassOptions.DEFAULT.reduction(Reduction.NONE);
    private static final BinaryOptions ELEMENTS = BinaryOptions.DEFAULT.reduction(Reduction.NONE);

    private record Edge(String name, double[] x, UnaryOperator<Value> loss, double[] value, double[] slope) {}

    private static double[] of(double... numbers) {
        return numbers;
    }

    private static Value row(double... numbers) {
        return Value.constant(new double[][] {numbers});
    }

    private static Edge binary(double z, double t, double value, double slope) {
        return new Edge(
                "binary logits z = " + z + ", t = " + t,
                of(z),
                x -> BinaryCrossEntropy.fromLogits(x, row(t), ELEMENTS),
                of(value),
                of(slope));
    }

    private static Edge probability(double p, double t, double value, double slope) {
        return new Edge(
                "binary p = " + p + ", t = " + t,
                of(p),
                x -> BinaryCrossEntropy.fromProbabilities(x, row(t), ELEMENTS),
                of(value),
                of(slope));
    }

    private static Edge clipped(String policy, Clipping clipping, double p, double t, double value, double slope) {
        return new Edge(
                "binary " + policy + " p = " + p + ", t = " + t,
                of(p),
                x -> BinaryCrossEntropy.fromProbabilities(x, row(t), clipping, ELEMENTS),
                of(value),
                of(slope));
    }

    private static Edge label(double[] x, int label, double value, double... slope) {
        return new Edge(
                "label " + label + " of " + java.util.Arrays.toString(x),
                x,
                v -> CrossEntropy.fromLogits(v, new int[] {label}, ROWS),
                of(value),
                slope);
    }

    // spotless:off
    private static final double LN2 = Math.log(2);
    private static final Edge[] EDGES = {
        binary(1000, 1, 0, 0), binary(1000, 0, 1000, 1), binary(-1000, 1, 1000, -1), binary(-1000, 0, 0, 0),
        binary(INF, 1, 0, 0), binary(-INF, 0, 0, 0), binary(INF, 0, INF, 1), binary(-INF, 1, INF, -1),
        binary(0, 0.5, LN2, 0), binary(NAN, 1, NAN, NAN), binary(40, 1, 4.248354255291589e-18, -4.248354255291589e-18),

        probability(0, 0, 0, 0), probability(1, 1, 0, 0), probability(0, 1, 100, -1e12), probability(1, 0, 100, 1e12),
        probability(1e-300, 1, 100, -1e12), probability(0.5, 0.5, LN2, 0),
        clipped("unguarded", Clipping.none(), 0, 1, INF, -INF), clipped("unguarded", Clipping.none(), 1, 0, INF, INF),
        clipped("unguarded", Clipping.none(), 0, 0, 0, 1), clipped("unguarded", Clipping.none(), 1, 1, 0, -1),
        clipped("+ 1e-15", Clipping.addEpsilon(1e-15), 0, 1, 34.538776394910684, -1e15),
        clipped("+ 1e-15", Clipping.addEpsilon(1e-15), 1, 1, -9.999999999999995e-16, -0.999999999999999),
        clipped("+ 1e-15", Clipping.addEpsilon(1e-15), 1, 0, 34.538776394910684, 1e15),
        clipped("+ 1e-17", Clipping.addEpsilon(1e-17), 1, 0, 39.14394658089878, 1e17),
        clipped("+ 1e-17", Clipping.addEpsilon(1e-17), 1, 1, -1e-17, -1),
        clipped("+ 1e-17", Clipping.addEpsilon(1e-17), 0, 0, -1e-17, 1),
        clipped("+ 1e-300", Clipping.addEpsilon(1e-300), 1, 0, 690.7755278982137, 1e300),
        clipped("+ 1e-300", Clipping.addEpsilon(1e-300), 0, 1, 690.7755278982137, -1e300),
        clipped("clipped", Clipping.clip(1e-7), 0, 1, 16.11809565095832, 0),
        clipped("clipped", Clipping.clip(1e-12), 0, 1, 27.631021115928547, 0),
        clipped("clipped", Clipping.clip(1e-10), 0, 1, 23.025850929940457, 0),
        clipped("clipped", Clipping.clip(1e-7), 1e-7, 1, 16.11809565095832, -1e7),
        clipped("clipped", Clipping.clip(1e-7), 1, 0, 16.118095650958320, 0),
        clipped("clipped", Clipping.clip(1e-7), 1, 1, 1.0000000500000033e-7, 0),
        clipped("clipped", Clipping.clip(1e-7), 0, 0, 1.0000000500000033e-7, 0),
        clipped("clipped", Clipping.clip(1e-10), 1, 1, 1.00000000005e-10, 0),
        clipped("clipped", Clipping.clip(1e-12), 1, 1, 1.0000000000005e-12, 0),
        clipped("clipped", Clipping.clip(1e-12), 1, 0, 27.631021115928547, 0),
        clipped("clipped", Clipping.clip(1e-17), 1, 1, 1e-17, 0),
        clipped("clipped", Clipping.clip(1e-300), 1, 0, 690.7755278982137, 0),
        clipped("clipped", Clipping.clip(1e-300), 0, 1, 690.7755278982137, 0),
        clipped("clipped", Clipping.clip(0.5), 1, 0, LN2, 0), clipped("clipped", Clipping.clip(0.5), 0, 0, LN2, 0),
        clipped("clipped", Clipping.clip(1e-3), 1 - 0x1p-53, 1, 1.0005003335835335e-3, 0),
        clipped("clipped", Clipping.clip(1e-20), 1 - 0x1p-53, 0, 36.7368005696771, 0x1p53),

        label(of(-1000, 1000, 0), 0, 2000, -1, 1, 0), label(of(1000, 0), 1, 1000, 1, -1),
        label(of(0.5, -INF, 0.5), 1, INF, 0.5, -1, 0.5), label(of(0, -INF, 0), 0, LN2, -0.5, 0, 0.5),
        label(of(7), 0, 0, 0), label(of(-1e308, 1e308), 1, 0, 0, 0), label(of(NAN, 1), 0, NAN, NAN, NAN),
        label(of(-INF, -INF), 0, NAN, NAN, NAN), label(of(INF, 0), 1, NAN, NAN, NAN),
        new Edge("soft target 0 against −∞", of(0, -INF, 0),
            x -> CrossEntropy.fromLogits(x, row(0.5, 0, 0.5), ROWS), of(LN2), of(0, 0, 0)),
        new Edge("smoothing against −∞", of(0, -INF),
            x -> CrossEntropy.fromLogits(x, new int[] {0}, ROWS.smoothing(0.5)), of(INF), of(0.25, -0.25)),
        new Edge("ignored row with NaN", of(NAN, INF),
            x -> CrossEntropy.fromLogits(x, new int[] {9}, ROWS.ignoring(9)), of(0), of(0, 0)),
        new Edge("weight 0 with −∞", of(-INF, 0),
            x -> CrossEntropy.fromLogits(x, new int[] {0}, ROWS.weights(0, 1)), of(0), of(0, 0)),
        new Edge("all class weights 0", of(1, 0), x -> CrossEntropy.fromLogits(x, new int[] {0},
            ClassOptions.DEFAULT.weights(0, 0).reduction(Reduction.WEIGHTED_MEAN)), of(0), of(0, 0)),

        new Edge("−ln of 0", of(-INF, 0),
            x -> CrossEntropy.fromLogProbabilities(x, new int[] {0}, ROWS), of(INF), of(-1, 0)),
        new Edge("divergence, target 0 against ln 0", of(-INF, -1),
            x -> Information.divergenceFromLog(x, row(0, 1), Reduction.NONE), of(0, 1), of(0, -1)),
        new Edge("entropy of certainty", of(0, 1), p -> Information.entropy(p, ROWS), of(0), of(0, -1)),
        new Edge("entropy of 8 equal items, in bits", of(.125, .125, .125, .125, .125, .125, .125, .125),
            p -> Information.bits(Information.entropy(p, ROWS)), of(3), bits(3 - 1 / LN2, 8)),

        new Edge("hinge on the margin", of(1), x -> Margin.hinge(x, row(1), 1, Reduction.SUM), of(0), of(0)),
        new Edge("absolute error of 0", of(3),
            x -> Regression.absoluteError(x, row(3), Reduction.SUM), of(0), of(0)),
        new Edge("Huber at ±δ", of(-2, 2), x -> Regression.huber(x, row(0, 0), 2, Reduction.NONE), of(2, 2), of(-2, 2)),
        new Edge("Huber at an infinite difference", of(INF, -INF), x -> Regression.huber(x, row(0, 0), 0.5, Reduction.NONE),
            of(INF, INF), of(0.5, -0.5)),
        new Edge("smooth L1 at an infinite difference", of(INF, -INF),
            x -> Regression.smoothL1(x, row(0, 0), 0.5, Reduction.NONE), of(INF, INF), of(1, -1)),
        new Edge("Huber at a difference that overflows", of(1.7e308),
            x -> Regression.huber(x, row(-1.7e308), 0.5, Reduction.NONE), of(INF), of(0.5)),
        new Edge("generalised cross-entropy with the smallest q", of(0, 0),
            x -> NoisyLabels.generalised(x, new int[] {0}, Double.MIN_VALUE, Reduction.SUM), of(LN2), of(-0.5, 0.5)),
        new Edge("squared error overflows", of(1e200), x -> Regression.squaredError(x, row(0), Reduction.SUM),
            of(INF), of(2e200)),
        new Edge("focal at certainty", of(1000), x -> Focal.binary(x, row(1), 2, Reduction.NONE), of(0), of(0)),
        new Edge("focal at certain error", of(-1000), x -> Focal.binary(x, row(1), 2, Reduction.NONE), of(1000), of(-1)),
        new Edge("focal at ln 0", of(-INF), x -> Focal.binary(x, row(1), 0.5, Reduction.NONE), of(INF), of(-1)),
        new Edge("focal, huge", of(-1e308), x -> Focal.binary(x, row(1), 3, Reduction.NONE), of(1e308), of(-1)),
        new Edge("focal of 1, γ below 1", of(INF), x -> Focal.binary(x, row(1), 0.5, Reduction.NONE), of(0), of(0)),
        new Edge("focal, α = 0, at ln 0", of(-INF), x -> Focal.binary(x, row(1), 2, 0, Reduction.NONE), of(0), of(0)),
        new Edge("focal of classes at ln 0", of(-INF, 0), x -> Focal.categorical(x, new int[] {0}, 2, ROWS), of(INF),
            of(-1, 1)),
        new Edge("soft bootstrap beside −∞", of(0, -INF),
            x -> NoisyLabels.bootstrapSoft(x, new int[] {0}, 0.8, Reduction.NONE), of(0), of(0, 0)),
        new Edge("soft bootstrap at ln 0", of(-INF, 0),
            x -> NoisyLabels.bootstrapSoft(x, new int[] {0}, 0.8, Reduction.NONE), of(INF), of(-0.8, 0.8)),
        new Edge("soft bootstrap, no trust, at ln 0", of(-INF, 0),
            x -> NoisyLabels.bootstrapSoft(x, new int[] {0}, 0, Reduction.NONE), of(0), of(0, 0)),
        new Edge("symmetric, α = 0, at ln 0", of(-INF, 0),
            x -> NoisyLabels.symmetric(x, new int[] {0}, 0, 1, -4, Reduction.NONE), of(4), of(0, 0)),
        new Edge("multi-class hinge², −∞", of(-INF, 0), x -> Margin.multiClass(x, new int[] {0}, 2, 1, ROWS), of(INF),
            of(-INF, INF)),
        new Edge("multi-class hinge, class of weight 0 at −∞", of(-INF, 0),
            x -> Margin.multiClass(x, new int[] {0}, 1, 1, ROWS.weights(0, 1)), of(0), of(0, 0)),
        new Edge("multi-class hinge on the margin", of(1, 0), x -> Margin.multiClass(x, new int[] {0}, 1, 1, ROWS), of(0),
            of(0, 0)),
        new Edge("mean of huge losses", of(-1.5e308, -1.5e308), x -> BinaryCrossEntropy.fromLogits(x, row(1, 1)),
            of(1.5e308), of(-0.5, -0.5)),
        new Edge("mean of huge errors", of(1.5e308, 1.5e308), x -> Regression.absoluteError(x, row(0, 0)), of(1.5e308),
            of(0.5, 0.5)),
        new Edge("mean of huge margins", of(-1.5e308, -1.5e308), x -> Margin.hinge(x, row(1, 1), 1, Reduction.MEAN),
            of(1.5e308), of(-0.5, -0.5)),
        new Edge("mean of equal errors", of(0.1, 0.1, 0.1), x -> Regression.absoluteError(x, row(0, 0, 0)), of(0.1),
            of(1.0 / 3, 1.0 / 3, 1.0 / 3)),
        new Edge("smooth L1, β huge", of(1e200), x -> Regression.smoothL1(x, row(0), 1e200, Reduction.NONE), of(5e199),
            of(1)),
        new Edge("smooth L1, far below a huge β", of(1e100), x -> Regression.smoothL1(x, row(0), 1e300, Reduction.NONE),
            of(5e-101), of(1e-200)),
        new Edge("smooth L1, β far above", of(1), x -> Regression.smoothL1(x, row(0), 1e170, Reduction.NONE), of(5e-171),
            of(1e-170)),
        new Edge("smooth L1, β tiny", of(1e-5), x -> Regression.smoothL1(x, row(0), 1e-320, Reduction.NONE), of(1e-5),
            of(1)),
        new Edge("normal law, huge", of(1e200), x -> Regression.gaussian(x, row(0), row(1e300), 1e-6, Reduction.NONE),
            of(5e99), of(1e-100)),
        new Edge("normal law, tiny", of(1e-200), x -> Regression.gaussian(x, row(0), row(1e-300), 1e-301, Reduction.NONE),
            of(-345.38776394910684), of(1e100)),
        new Edge("divergence of logarithms, mass 0", of(0, -INF),
            x -> Information.divergenceOfLogs(row(-0.5, -0.5), x, Reduction.NONE), of(0.5, 0), of(1.5, 0)),
        new Edge("divergence of logarithms, mass 0 of both", of(0, -INF),
            x -> Information.divergenceOfLogs(x, x, Reduction.NONE), of(0, 0), of(0, 0)),
        new Edge("divergence of logarithms, ln 0 believed", of(-INF, 0),
            x -> Information.divergenceOfLogs(x, row(0, -INF), Reduction.NONE), of(INF, 0), of(-1, 0)),
        new Edge("divergence, mass 0 against ln 0, by mass", of(0, 1),
            p -> Information.divergenceFromLog(row(-INF, -1), p, Reduction.NONE), of(0, 1), of(0, 2)),
        new Edge("soft margin, huge", of(-1000), x -> Margin.soft(x, row(1), Reduction.SUM), of(1000), of(-1)),
    };
    // spotless:on

    private static double[] bits(double number, int count) {
        double[] numbers = new double[count];
        java.util.Arrays.fill(numbers, number);
        return numbers;
    }

    @TestFactory
    Stream<DynamicTest> valueAndGradient() {
        return Stream.of(EDGES)
                .map(edge -> DynamicTest.dynamicTest(edge.name, () -> {
                    Value x = Value.variable("x", new double[][] {edge.x});
                    Value loss = edge.loss.apply(x);
                    Value slope = loss.gradients(Value.ones(loss.shape())).of(x);
                    requireClose(edge.value, loss.matrix().getDDRM().data);
                    requireClose(edge.slope, slope.matrix().getDDRM().data);
                }));
    }

    /** To 4 units in the last place; zeros, infinities and NaN exactly. */
    private static void requireClose(double[] want, double[] got) {
        assertEquals(want.length, got.length);
        for (int i = 0; i < want.length; i++) {
            boolean exact = want[i] == 0 || !Double.isFinite(want[i]);
            assertEquals(want[i] + 0.0, got[i] + 0.0, exact ? 0 : 4 * Math.ulp(want[i]));
        }
    }

    @Test
    void anEqualWeightIsTheDefaultWeight() {
        Value x = Value.variable("x", new double[][] {{0.3, -2}});
        Value targets = Value.variable("t", new double[][] {{1, 0.25}});
        Value byDefault = BinaryCrossEntropy.fromLogits(x, targets);
        Value byNumber = BinaryCrossEntropy.fromLogits(
                x, targets, BinaryOptions.DEFAULT.positiveWeight(1).elementWeight(Value.constant(1)));
        assertEquals(byDefault.scalar(), byNumber.scalar(), 0);
        assertEquals(byDefault.depth(), byNumber.depth());
        Value weight = Value.variable("w", 1);
        Value learnt = BinaryCrossEntropy.fromLogits(x, targets, BinaryOptions.DEFAULT.positiveWeight(weight));
        assertEquals(byDefault.scalar(), learnt.scalar(), 0);
        assertEquals(
                Math.log1p(Math.exp(-0.3)) / 2 + 0.25 * Math.log1p(Math.exp(2)) / 2,
                learnt.gradients().of(weight).scalar(),
                1e-15);
    }

    @Test
    void theTwoMeansDifferInTheirDenominatorOnly() {
        Value x = row(1, 2, 3).concatRows(row(3, 2, 1), row(0, 0, 0));
        int[] labels = {0, 1, 2};
        ClassOptions options = ClassOptions.DEFAULT.weights(1, 2, 5).ignoring(2);
        double sum = CrossEntropy.fromLogits(x, labels, options.reduction(Reduction.SUM))
                .scalar();
        assertArrayEquals(
                new double[] {sum / 2, sum / 3, sum / 3},
                new double[] {
                    CrossEntropy.fromLogits(x, labels, options).scalar(),
                    CrossEntropy.fromLogits(x, labels, options.reduction(Reduction.WEIGHTED_MEAN))
                            .scalar(),
                    CrossEntropy.fromLogits(x, labels, options.reduction(Reduction.ROW_MEAN))
                            .scalar()
                },
                1e-15);
    }

    @Test
    void theWeightedMeanDividesByTheWeightsOfTheElements() {
        Value x = row(0, 0);
        BinaryOptions options = BinaryOptions.DEFAULT.elementWeight(row(1, 7)).reduction(Reduction.WEIGHTED_MEAN);
        assertEquals(LN2, BinaryCrossEntropy.fromLogits(x, row(1, 0), options).scalar(), 1e-16);
        assertEquals(
                4 * LN2,
                BinaryCrossEntropy.fromLogits(x, row(1, 0), options.reduction(Reduction.MEAN))
                        .scalar(),
                1e-15);
        assertEquals(
                LN2,
                BinaryCrossEntropy.fromProbabilities(row(0.5, 0.5), row(1, 0), options)
                        .scalar(),
                1e-16);
    }

    /** A weighted mean does not see the size of the weights: it has no slope along them. */
    @Test
    void weightsThatAreVariableMoveTheDivisorToo() {
        Value x = row(0.5, -1).concatRows(row(2, 0.3));
        Value targets = row(1, 0).concatRows(row(0, 1));
        Value weights = Value.variable("w", new double[][] {{1, 2}, {3, 0.5}});
        BinaryOptions mean = BinaryOptions.DEFAULT.elementWeight(weights).reduction(Reduction.WEIGHTED_MEAN);
        Value terms = BinaryCrossEntropy.fromLogits(x, targets, ELEMENTS);
        Value expected =
                Derivatives.gradient(w -> w.elementMult(terms).elementSum().elementDiv(w.elementSum()), weights);
        for (Value loss : List.of(
                BinaryCrossEntropy.fromLogits(x, targets, mean),
                BinaryCrossEntropy.fromProbabilities(x.sigmoid(), targets, mean),
                BinaryCrossEntropy.fromProbabilities(x.sigmoid(), targets, Clipping.none(), mean))) {
            Value slopes = loss.gradients().of(weights);
            assertEquals(0, slopes.minus(expected).abs().elementMax().scalar(), 1e-15);
            assertEquals(0, slopes.dot(weights).scalar(), 1e-15);
        }
        Value none = Value.variable("w", new double[2][2]);
        assertEquals(
                0,
                BinaryCrossEntropy.fromLogits(x, targets, mean.elementWeight(none))
                        .scalar());
    }

    @Test
    void aLossWithoutOptionsIsTheMean() {
        Value y = row(0.5, -2);
        Value t = row(1, 1);
        assertEquals(1.75, Regression.absoluteError(y, t).scalar());
        assertEquals(1.3125, Regression.huber(y, t, 1).scalar());
        assertEquals(1.03125, Regression.smoothL1(y, t, 2).scalar());
        assertEquals(
                BinaryCrossEntropy.fromLogits(y, t).scalar(),
                Focal.binary(y, t, 0).scalar(),
                1e-15);
        assertEquals(
                CrossEntropy.fromLogits(y, 1).scalar(),
                Focal.categorical(y, new int[] {1}, 0).scalar(),
                1e-15);
        Value p = row(0.25, 0.75);
        assertEquals(Math.log(4), CrossEntropy.fromProbabilities(p, 0).scalar(), 1e-15);
        assertEquals(Math.log(4), CrossEntropy.fromProbabilities(p, row(1, 0)).scalar(), 1e-15);
    }
}
