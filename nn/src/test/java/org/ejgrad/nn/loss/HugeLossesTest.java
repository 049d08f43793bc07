package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.ejgrad.Derivatives;
import org.ejgrad.NonFinite;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Losses near the ends of the doubles: means that are doubles though the sums are not, and no infinity on the way. */
class HugeLossesTest {
    private static final double HUGE = 1.6e308;
    private static final SimpleMatrix ALWAYS = new SimpleMatrix(new double[][] {{1, 0}, {1, 0}});
    private static final ClassOptions CLASSES = ClassOptions.DEFAULT.unchecked();

    /** Two terms of 1.6e308 (and one that does not count), with whatever weights. */
    @Test
    void meansAreFiniteWhereSumsAreNot() {
        Value logs = Value.variable("logs", new double[][] {{-HUGE, 0}, {-HUGE, 0}});
        Value three = logs.concatRows(Value.zeros(new Shape(1, 2)));
        int[] labels = {0, 0};
        for (Reduction mean : List.of(Reduction.MEAN, Reduction.WEIGHTED_MEAN)) {
            ClassOptions ignoring = CLASSES.ignoring(7).reduction(mean);
            requireMean(HUGE, 1, CrossEntropy.fromLogProbabilities(three, new int[] {0, 0, 7}, ignoring), logs);
        }
        ClassOptions weighted = CLASSES.weights(0.9, 1);
        requireMean(
                HUGE,
                1,
                CrossEntropy.fromLogProbabilities(logs, labels, weighted.reduction(Reduction.WEIGHTED_MEAN)),
                logs);
        requireMean(
                0.9 * HUGE,
                0.9,
                CrossEntropy.fromLogProbabilities(logs, labels, weighted.reduction(Reduction.ROW_MEAN)),
                logs);
        Value scores = Value.variable("scores", new double[][] {{-HUGE, -1e307}, {-1e307, -1e307}});
        Value hinge = Margin.hinge(scores, Value.ones(scores.shape()), 1, Reduction.ROW_MEAN);
        assertEquals(HUGE / 2 + 1.5e307, hinge.scalar(), 1e294);
        assertEquals(-0.5, hinge.gradients().of(scores).get(0, 0));
    }

    /** Weights that are variables, so that the divisor is one. */
    @Test
    void variableDivisorsAreNoExcuse() {
        Value weights = Value.variable("weights", new double[][] {{0.9, 0.9}});
        BinaryOptions binary = BinaryOptions.DEFAULT.elementWeight(weights).reduction(Reduction.WEIGHTED_MEAN);
        Value x = Value.variable("x", new double[][] {{-HUGE, -HUGE}});
        Value targets = Value.ones(x.shape());
        Value loss = BinaryCrossEntropy.fromLogits(x, targets, binary);
        assertEquals(HUGE, loss.scalar(), 1e294);
        assertEquals(-0.5, loss.gradients().of(x).get(0, 1), 1e-15);
        Value masses = Value.variable("masses", new double[][] {{1, 0}, {1, 0}});
        Value logits = Value.variable("logits", new double[][] {{-HUGE / 2, HUGE / 2}, {-HUGE / 2, HUGE / 2}});
        Value soft =
                CrossEntropy.fromLogits(logits, masses, CLASSES.weights(1, 2).reduction(Reduction.WEIGHTED_MEAN));
        assertEquals(HUGE, soft.scalar(), 1e294);
    }

    /** Of weights only the ratios count, whatever their sum and their products. */
    @Test
    void weightsMayBeAsLargeOrSmallAsNumbersAre() {
        Value logits = Value.variable("logits", new double[][] {{1, 2, 0}, {0.5, -1, 3}, {-2, 0.25, 0}});
        int[] labels = {0, 2, 1};
        Value soft = Value.constant(new double[][] {{0.5, 0.25, 0.25}, {0, 0, 1}, {0.125, 0.75, 0.125}});
        ClassOptions classes = ClassOptions.DEFAULT.reduction(Reduction.WEIGHTED_MEAN);
        BinaryOptions binary =
                BinaryOptions.DEFAULT.reduction(Reduction.WEIGHTED_MEAN).positiveWeight(8);
        Value weights = Value.variable("weights", new double[][] {{2, 3, 0.5}});
        Value p = Value.variable("p", soft.matrix());
        for (double scale : new double[] {1, 0x1p1022, 0x1p-1000, 0x1p-1070}) {
            ClassOptions plain = classes.weights(2, 3, 0.5);
            ClassOptions scaled = classes.weights(2 * scale, 3 * scale, scale / 2);
            requireAlike(
                    CrossEntropy.fromLogits(logits, labels, plain.smoothing(0.125)),
                    CrossEntropy.fromLogits(logits, labels, scaled.smoothing(0.125)),
                    logits);
            requireAlike(
                    CrossEntropy.fromLogits(logits, soft, plain),
                    CrossEntropy.fromLogits(logits, soft, scaled),
                    logits);
            requireAlike(
                    Focal.categorical(logits, labels, 2, plain), Focal.categorical(logits, labels, 2, scaled), logits);
            for (Value each : List.of(weights, weights.detached())) {
                requireAlike(
                        BinaryCrossEntropy.fromLogits(logits, soft, binary.elementWeight(each)),
                        BinaryCrossEntropy.fromLogits(logits, soft, binary.elementWeight(each.scale(scale))),
                        logits);
                requireAlike(
                        BinaryCrossEntropy.fromProbabilities(p, soft, Clipping.clip(0.01), binary.elementWeight(each)),
                        BinaryCrossEntropy.fromProbabilities(
                                p, soft, Clipping.clip(0.01), binary.elementWeight(each.scale(scale))),
                        p);
            }
        }
        ClassOptions rare = classes.weights(0x1p1023, 0x1p-1074, 1);
        assertEquals(
                "CrossEntropy.fromLogits: mean of 0 elements: the batch is empty",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> CrossEntropy.fromLogits(Value.zeros(new Shape(0, 3)), new int[0], rare))
                        .getMessage());
        int[] ones = {1, 1, 1};
        assertEquals(
                CrossEntropy.fromLogits(logits, ones).scalar(),
                CrossEntropy.fromLogits(logits, ones, rare).scalar());
    }

    private static void requireAlike(Value expected, Value found, Value by) {
        assertEquals(expected.scalar(), found.scalar(), Math.ulp(expected.scalar()));
        Value difference = expected.gradients().of(by).minus(found.gradients().of(by));
        assertEquals(0, difference.abs().elementMax().scalar(), 1e-15);
    }

    private static void requireMean(double value, double mass, Value loss, Value logs) {
        assertEquals(value, loss.scalar(), 1e294);
        Value slopes = loss.gradients().of(logs);
        assertEquals(-mass / 2, slopes.get(0, 0), 1e-15);
        assertEquals(0, slopes.get(1, 1), 1e-15);
    }

    /** Not even where the result hides it: {@link NonFinite#trapping} would stop there. */
    @Test
    void noInfinityOnTheWay() {
        for (double p : new double[] {0, 1e-320, 0.5, 1}) {
            for (Clipping clipping : List.of(
                    Clipping.none(),
                    Clipping.clip(0),
                    Clipping.clip(1e-7),
                    Clipping.addEpsilon(0),
                    Clipping.addEpsilon(1e-7))) {
                Value x = NonFinite.trapping(Value.variable("x", new double[][] {{p, 0.25}}));
                Value loss = assertDoesNotThrow(
                        () -> BinaryCrossEntropy.fromProbabilities(
                                x, Value.row(Math.rint(p), 1), clipping, BinaryOptions.DEFAULT),
                        () -> clipping + " of " + p);
                assertDoesNotThrow(() -> loss.gradients(), () -> clipping + " of " + p);
            }
        }
        for (double logit : new double[] {-1e308, -1e300, -1000, -745.5, 0, 40, 745.5, 1e308}) {
            for (double gamma : new double[] {1e-300, 0.5, 2, 1e10, 1e300}) {
                for (int target = 0; target < 2; target++) {
                    Value x = NonFinite.trapping(Value.variable("x", new double[][] {{logit, 0}}));
                    Value targets = Value.row(target, 1);
                    int[] label = {target};
                    assertDoesNotThrow(() -> Focal.binary(x, targets, gamma).gradients());
                    assertDoesNotThrow(() ->
                            Focal.binary(x, targets, gamma, 0.25, Reduction.SUM).gradients());
                    assertDoesNotThrow(() -> Focal.categorical(x, label, gamma).gradients());
                }
            }
        }
    }

    /** Gibbs' inequality, which rounding must not break. */
    @Test
    void noDivergenceIsBelowZero() {
        RandomStream random = new RandomStream(3);
        for (int i = 0; i < 2000; i++) {
            double[] x =
                    DoubleStream.generate(random::nextGaussian).limit(2 + i % 5).toArray();
            double noise = Math.pow(10, -4 * random.nextInt(6));
            double[] z = DoubleStream.of(x)
                    .map(v -> v + noise * random.nextGaussian())
                    .toArray();
            Value p = Value.row(x).softmax(Per.ROW);
            Value q = Value.row(z).softmax(Per.ROW);
            double divergence =
                    Information.divergence(p, q, ClassOptions.DEFAULT).scalar();
            assertTrue(divergence >= 0, () -> divergence + " of " + p + q);
            Value logP = Value.row(x).logSoftmax(Per.ROW);
            Value logQ = Value.row(z).logSoftmax(Per.ROW);
            for (Reduction reduction : List.of(Reduction.SUM, Reduction.MEAN, Reduction.ROW_MEAN)) {
                double fromLog = Information.divergenceFromLog(logQ, logP.elementExp(), reduction)
                        .scalar();
                double ofLogs =
                        Information.divergenceOfLogs(logQ, logP, reduction).scalar();
                assertTrue(fromLog >= 0 && ofLogs >= 0, () -> fromLog + ", " + ofLogs + " of " + p + q);
            }
            double certain = NoisyLabels.forwardCorrected(Value.row(x[0], z[0]), new int[1], ALWAYS, Reduction.SUM)
                    .scalar();
            assertTrue(certain >= 0, () -> certain + " of " + x[0] + ", " + z[0]);
        }
        Value p = Value.row(1e-16, 1e-16);
        Value q = Value.row(2e-16, 2e-16);
        assertEquals(-2e-16 * Math.log(2), Information.divergence(p, q, CLASSES).scalar(), 1e-30);
    }

    /** The Hessian of a row times (1, 2, −3): p ⊙ (v − Σ v ⊙ p), by fifty digits where p is (1 − 1.2e-26, …). */
    @Test
    void secondDerivativesOfSaturatedRowsKeepTheirDigits() {
        double[] exact = {4.128850381273544e-27, 8.75651076269652e-27, -1.2885361143970064e-26};
        Value at = Value.row(60, 0, -1);
        Value along = Value.row(1, 2, -3);
        for (int label = 0; label < 3; label++) {
            int[] labels = {label};
            Value found = Derivatives.hessianVector(x -> CrossEntropy.fromLogits(x, labels), at, along);
            for (int j = 0; j < 3; j++) {
                assertEquals(exact[j], found.get(0, j), 1e-15 * Math.abs(exact[j]));
            }
        }
    }
}
