package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What losses refuse, in which words, and what they take at the ends of their ranges. */
class LossRefusalsTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;
    private static final ClassOptions ROWS = ClassOptions.DEFAULT.reduction(Reduction.NONE);
    private static final BinaryOptions ELEMENTS = BinaryOptions.DEFAULT.reduction(Reduction.NONE);

    private static Value row(double... numbers) {
        return Value.constant(new double[][] {numbers});
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void wrongTargetsAndPredictionsAreRefusedByPlaceAndValue() {
        refused(
                "BinaryCrossEntropy.fromLogits: the target at row 0, column 1 is 1.5; expected a number from 0 to 1",
                () -> BinaryCrossEntropy.fromLogits(row(0, 0), row(0, 1.5)));
        refused(
                "BinaryCrossEntropy.fromProbabilities: the probability at row 0, column 0 is NaN; expected a number "
                        + "from 0 to 1",
                () -> BinaryCrossEntropy.fromProbabilities(row(NAN), row(1)));
        refused(
                "BinaryCrossEntropy.fromProbabilities: the probability at row 0, column 0 is -0.1; expected a number "
                        + "from 0 to 1",
                () -> BinaryCrossEntropy.fromProbabilities(row(-0.1), row(1), Clipping.none(), ELEMENTS));
        refused(
                "CrossEntropy.fromProbabilities: the probability in row 0 sums to 1.7; expected 1, give "
                        + "the option unchecked() if that is meant",
                () -> CrossEntropy.fromProbabilities(row(.1, .5, .1, .1, .9), new int[] {0}, Clipping.none(), ROWS));
        refused(
                "CrossEntropy.fromLogits: the target at row 0, column 1 is -0.5; expected a probability of at least 0",
                () -> CrossEntropy.fromLogits(row(0, 0), row(1.5, -0.5)));
        refused(
                "Margin.hinge: the target at row 0, column 0 is 0.0; expected -1 or 1",
                () -> Margin.hinge(row(1), row(0), 1, Reduction.MEAN));
        refused(
                "Focal.binary: the target at row 0, column 0 is 0.5; expected 0 or 1",
                () -> Focal.binary(row(1), row(0.5), 2, Reduction.MEAN));
        refused(
                "Regression.squaredError: the prediction is 1x2 and the target 1x1; expected the same shape, losses do "
                        + "not broadcast",
                () -> Regression.squaredError(row(1, 2), row(0)));
        refused(
                "Information.entropy: the probability in row 0 sums to 0.5; expected 1, give the option unchecked() if "
                        + "that is meant",
                () -> Information.entropy(row(0.25, 0.25), ROWS));
        refused(
                "NoisyLabels.forwardCorrected: the noise is 1x1; expected 2x2",
                () -> NoisyLabels.forwardCorrected(row(1, 2), new int[] {0}, row(1).matrix(), Reduction.SUM));
    }

    /** An option is heeded or refused. */
    @Test
    void optionsOfWhichALossCanMakeNothingAreRefused() {
        Value x = Value.constant(new double[][] {{1, 2}, {3, 4}});
        Value shares = Value.constant(new double[][] {{1, 0}, {0.25, 0.75}});
        ClassOptions ignoring = ROWS.ignoring(1);
        List<UnaryOperator<ClassOptions>> all =
                List.of(o -> o.smoothing(0.5), o -> o.ignoring(1), o -> o.weights(1, 3));
        String[] told = {
            "label smoothing is 0.5; expected 0",
            "ignored label is 1; expected none",
            "list of class weights is [1.0, 3.0]; expected none"
        };
        for (int i = 0; i < told.length; i++) {
            ClassOptions options = all.get(i).apply(ROWS);
            String rest = told[i] + ", distributions have no labels";
            refused("Information.entropy: the " + rest, () -> Information.entropy(shares, options));
            refused("Information.crossEntropy: the " + rest, () -> Information.crossEntropy(shares, shares, options));
            refused("Information.divergence: the " + rest, () -> Information.divergence(shares, shares, options));
        }
        refused(
                "Margin.multiLabel: the " + told[0] + ", each label is a question of its own",
                () -> Margin.multiLabel(x, shares, ROWS.smoothing(0.5)));
        refused(
                "Margin.multiLabel: the " + told[1] + ", a row has several labels",
                () -> Margin.multiLabel(x, shares, ignoring));
        int[] labels = {0, 1};
        refused(
                "Margin.multiClass: the " + told[0] + ", this loss compares with one class",
                () -> Margin.multiClass(x, labels, 1, 1, ROWS.smoothing(0.5)));
        refused(
                "Focal.categorical: the " + told[0]
                        + ", the probability of the true class is not defined for smoothed labels",
                () -> Focal.categorical(x, labels, 2, ROWS.smoothing(0.5)));
        String rest = ": the " + told[1] + ", rows of probabilities have no label";
        refused("CrossEntropy.fromLogits" + rest, () -> CrossEntropy.fromLogits(x, shares, ignoring));
        refused(
                "CrossEntropy.fromProbabilities" + rest,
                () -> CrossEntropy.fromProbabilities(shares, shares, Clipping.none(), ignoring));
        refused(
                "CrossEntropy.fromLogProbabilities" + rest,
                () -> CrossEntropy.fromLogProbabilities(shares.elementLog(), shares, ignoring));
    }

    @Test
    void everyOtherOptionOfMultiLabelIsHeeded() {
        Value x = Value.constant(new double[][] {{1, 2}, {3, 4}});
        Value targets = Value.constant(new double[][] {{1, 0}, {0, 1}});
        double yes = Math.log1p(Math.exp(-1)) + 3 * Math.log1p(Math.exp(-4));
        double no = Math.log1p(Math.exp(3)) + 3 * Math.log1p(Math.exp(2));
        ClassOptions weighted = ClassOptions.DEFAULT.weights(1, 3);
        assertEquals((yes + no) / 4, Margin.multiLabel(x, targets, weighted).scalar(), 1e-14);
        ClassOptions mean = weighted.reduction(Reduction.WEIGHTED_MEAN);
        assertEquals((yes + no) / 8, Margin.multiLabel(x, targets, mean).scalar(), 1e-14);
        ClassOptions none = ClassOptions.DEFAULT.weights(0, 0).reduction(Reduction.WEIGHTED_MEAN);
        assertEquals(0, Margin.multiLabel(x, targets, none).scalar());
        refused(
                "Margin.multiLabel: no row counts: every label is ignored or every applied weight is 0",
                () -> Margin.multiLabel(x, targets, none.strictly()));
        Value two = targets.scale(2);
        refused(
                "BinaryCrossEntropy.fromLogits: the target at row 0, column 0 is 2.0; expected a number from 0 to 1",
                () -> Margin.multiLabel(x, two, weighted));
        assertEquals(
                (yes + no - 1 - 3 * 4) / 4,
                Margin.multiLabel(x, two, weighted.unchecked()).scalar(),
                1e-14);
    }

    @Test
    void pairsThatFillNoMatrixAreRefused() {
        Value items = Value.zeros(new Shape(1, 46_341));
        refused(
                "RankingLoss.pairwise: a 46341x46341 matrix has 2147488281 elements; at most 2147483639 fit in one "
                        + "matrix",
                () -> RankingLoss.pairwise(items, items, Reduction.MEAN));
        assertEquals(
                Math.log(46_341),
                RankingLoss.listwise(items, items, Reduction.MEAN).scalar(),
                1e-10);
    }

    @Test
    void wrongOptionsAreRefused() {
        refused(
                "CrossEntropy.fromLogits: 3 class weights for 2 classes; expected one per class",
                () -> CrossEntropy.fromLogits(row(1, 2), new int[] {0}, ROWS.weights(1, 2, 3)));
        refused(
                "ClassOptions: the weight of class 1 = -1.0; expected a finite number, at least 0",
                () -> ROWS.weights(1, -1));
        refused("ClassOptions: the label smoothing = 1.5; expected a number in [0, 1]", () -> ROWS.smoothing(1.5));
        refused("Clipping.clip: epsilon is 0.6; expected a number from 0 to 0.5", () -> Clipping.clip(0.6));
        refused(
                "Regression.huber: delta = 0.0; expected a finite number greater than 0",
                () -> Regression.huber(row(1), row(1), 0, Reduction.MEAN));
        refused(
                "Focal.categorical: gamma = NaN; expected a finite number, at least 0",
                () -> Focal.categorical(row(1, 2), new int[] {0}, NAN, ROWS));
        refused(
                "NoisyLabels.bootstrapSoft: beta = 2.0; expected a number in [0, 1]",
                () -> NoisyLabels.bootstrapSoft(row(1, 2), new int[] {0}, 2, Reduction.MEAN));
        refused(
                "NoisyLabels.generalised: q is 0; expected above 0 and at most 1",
                () -> NoisyLabels.generalised(row(1, 2), new int[] {0}, 0, Reduction.MEAN));
        refused(
                "Margin.multiClass: the power is 3; expected 1 or 2",
                () -> Margin.multiClass(row(1, 2), new int[] {0}, 3, 1, ROWS));
        refused(
                "BinaryOptions: the positive weight at row 0, column 0 is -1.0; expected a finite number, at least 0",
                () -> BinaryOptions.DEFAULT.positiveWeight(-1));
        refused(
                "BinaryOptions: the element weight at row 0, column 1 is Infinity; expected a finite number, at least 0",
                () -> BinaryOptions.DEFAULT.elementWeight(row(1, INF)));
        refused(
                "Margin.hinge: margin = NaN; expected a finite number",
                () -> Margin.hinge(row(1), row(1), NAN, Reduction.MEAN));
        refused(
                "Margin.multiLabel: 3 class weights for 2 labels; expected one per label",
                () -> Margin.multiLabel(row(1, 2), row(1, 0), ROWS.weights(1, 2, 3)));
        refused(
                "CrossEntropy.fromLogitsOfSteps: the label at row 1, column 1 is 0.5; expected the number of a class, "
                        + "0 to 2",
                () -> CrossEntropy.fromLogitsOfSteps(
                        Value.zeros(new Shape(2, 6)), new SimpleMatrix(new double[][] {{0, 1}, {1, 0.5}}), ROWS));
        refused(
                "CrossEntropy.fromLogitsOfSteps: the label at row 1, column 1 is 7.0; expected the number of a class, "
                        + "0 to 2",
                () -> CrossEntropy.fromLogitsOfSteps(
                        Value.zeros(new Shape(2, 6)), new SimpleMatrix(new double[][] {{0, 1}, {1, 7}}), ROWS));
        refused(
                "CrossEntropy.fromLogitsOfSteps: 2 class weights for 3 classes; expected one per class",
                () -> CrossEntropy.fromLogitsOfSteps(
                        Value.zeros(new Shape(1, 6)), new SimpleMatrix(1, 2), ROWS.weights(1, 2)));
        refused("oneHot: row 1 has label 3; with 3 classes, expected 0 to 2", () -> ROWS.oneHot(new int[] {2, 3}, 3));
        refused(
                "oneHot: a 2x2147483647 matrix has 4294967294 elements; at most 2147483639 fit in one matrix",
                () -> ROWS.oneHot(new int[2], Integer.MAX_VALUE));
    }

    @Test
    void weightsThatDoNotFitThePredictionAreRefusedAndNeverBroadcastIt() {
        for (int rows = 0; rows <= 3; rows++) {
            for (int columns = 0; columns <= 3; columns++) {
                for (int r = 0; r <= 3; r++) {
                    for (int c = 0; c <= 3; c++) {
                        weighted(new Shape(rows, columns), new Shape(r, c));
                    }
                }
            }
        }
    }

    private static void weighted(Shape prediction, Shape weight) {
        Value p = Value.filled(prediction, 0.5);
        BinaryOptions options = ELEMENTS.elementWeight(Value.filled(weight, 2));
        String words = "the element weight is " + weight + " and the prediction " + prediction
                + "; expected a weight of 1x1, a row or column as long, or the same shape";
        if (weight.broadcastsTo(prediction)) {
            assertEquals(
                    prediction, BinaryCrossEntropy.fromLogits(p, p, options).shape());
            assertEquals(
                    prediction,
                    BinaryCrossEntropy.fromProbabilities(p, p, options).shape());
        } else {
            refused("BinaryCrossEntropy.fromLogits: " + words, () -> BinaryCrossEntropy.fromLogits(p, p, options));
            refused(
                    "BinaryCrossEntropy.fromProbabilities: " + words,
                    () -> BinaryCrossEntropy.fromProbabilities(p, p, options));
            refused(
                    "BinaryCrossEntropy.fromProbabilities: " + words.replace("element", "positive"),
                    () -> BinaryCrossEntropy.fromProbabilities(
                            p, p, Clipping.none(), ELEMENTS.positiveWeight(Value.filled(weight, 2))));
        }
    }

    @Test
    void whatIsNoLogarithmOfAProbabilityIsRefused() {
        refused(
                "CrossEntropy.fromLogProbabilities: the logarithm at row 0, column 1 is 1.0; expected that of a "
                        + "probability, at most 0",
                () -> CrossEntropy.fromLogProbabilities(row(-1, 1), new int[] {0}, ROWS));
        refused(
                "CrossEntropy.fromLogProbabilities: the logarithm at row 0, column 0 is NaN; expected that of a "
                        + "probability, at most 0",
                () -> CrossEntropy.fromLogProbabilities(row(NAN, 0), row(1, 0), ROWS));
        refused(
                "CrossEntropy.fromLogProbabilities: the probability in row 0 sums to 2.0; expected 1, give the option "
                        + "unchecked() if that is meant",
                () -> CrossEntropy.fromLogProbabilities(row(0, 0), row(1, 0), ROWS));
        assertEquals(
                -1,
                CrossEntropy.fromLogProbabilities(row(1, 0), new int[] {0}, ROWS.unchecked())
                        .scalar());
        assertEquals(
                0,
                CrossEntropy.fromLogProbabilities(row(1e-9, -INF), new int[] {0}, ROWS)
                        .scalar(),
                2e-9);
        refused(
                "Information.divergenceOfLogs: the logarithm at row 0, column 0 is 0.5; expected that of a probability, "
                        + "at most 0",
                () -> Information.divergenceOfLogs(row(0.5), row(0), Reduction.SUM));
        refused(
                "Information.divergenceFromLog: the logarithm at row 0, column 0 is 1.0; expected that of a probability, "
                        + "at most 0",
                () -> Information.divergenceFromLog(row(1), row(1), Reduction.SUM));
    }

    @Test
    void listsThatAreNoneAreRefused() {
        refused(
                "RankingLoss.pairwise: the relevance at row 0, column 1 is NaN; expected a finite number",
                () -> RankingLoss.pairwise(row(1, 2), row(0, NAN), Reduction.MEAN));
        refused(
                "RankingLoss.listwise: the relevance at row 0, column 0 is Infinity; expected a finite number",
                () -> RankingLoss.listwise(row(1, 2), row(INF, 1), Reduction.MEAN));
        String differ = ": the prediction is 1x2 and the target 1x3; expected the same shape, losses do not broadcast";
        refused("RankingLoss.pairwise" + differ, () -> RankingLoss.pairwise(row(1, 2), row(0, 1, 2), Reduction.MEAN));
        refused("RankingLoss.listwise" + differ, () -> RankingLoss.listwise(row(1, 2), row(0, 1, 2), Reduction.MEAN));
    }

    @Test
    void aMeanOfNothingIsRefusedAndASumIsZero() {
        Value none = Value.constant(new double[0][0]);
        refused("CrossEntropy.fromLogits: mean of 0 elements: the batch is empty", () -> CrossEntropy.fromLogits(none));
        refused(
                "BinaryCrossEntropy.fromLogits: mean of 0 elements: the batch is empty",
                () -> BinaryCrossEntropy.fromLogits(none, none));
        refused(
                "BinaryCrossEntropy.fromProbabilities: mean of 0 elements: the batch is empty",
                () -> BinaryCrossEntropy.fromProbabilities(none, none));
        refused(
                "BinaryCrossEntropy.fromProbabilities: mean of 0 elements: the batch is empty",
                () -> BinaryCrossEntropy.fromProbabilities(none, none, Clipping.none(), BinaryOptions.DEFAULT));
        refused(
                "Regression.squaredError: mean of 0 elements: the batch is empty",
                () -> Regression.squaredError(none, none));
        assertEquals(0, Regression.squaredError(none, none, Reduction.SUM).scalar());
        assertEquals(
                0,
                CrossEntropy.fromLogits(none, new int[0], ROWS.reduction(Reduction.SUM))
                        .scalar());
    }

    @Test
    void shapesThatDifferAreRefused() {
        Value two = row(1, 1);
        Value one = row(1);
        Reduction sum = Reduction.SUM;
        shapes("Focal.binary", () -> Focal.binary(two, one, 2, sum));
        shapes("Information.crossEntropy", () -> Information.crossEntropy(one, two, ROWS));
        shapes("Margin.soft", () -> Margin.soft(two, one, sum));
        shapes("Margin.hinge", () -> Margin.hinge(two, one, 1, sum));
        shapes("Margin.hingeEmbedding", () -> Margin.hingeEmbedding(two, one, 1, sum));
        shapes("Regression.gaussian", () -> Regression.gaussian(two, two, one, 1, sum));
        shapes("Regression.poissonFromRate", () -> Regression.poissonFromRate(two, one, 1, sum));
    }

    private static void shapes(String call, Executable loss) {
        String message = assertThrows(IllegalArgumentException.class, loss).getMessage();
        assertEquals(call + ": ", message.substring(0, call.length() + 2));
        assertEquals("expected the same shape, losses do not broadcast", message.substring(message.indexOf(';') + 2));
    }

    @Test
    void elementsOutOfRangeAreRefused() {
        Value bad = row(1, -0.5);
        Value good = row(1, 1);
        Reduction sum = Reduction.SUM;
        String place = " at row 0, column 1 is -0.5; expected ";
        refused(
                "BinaryCrossEntropy.fromProbabilities: the target" + place + "a number from 0 to 1",
                () -> BinaryCrossEntropy.fromProbabilities(good, bad));
        refused(
                "CrossEntropy.fromProbabilities: the probability" + place + "a probability of at least 0",
                () -> CrossEntropy.fromProbabilities(bad, row(1, 0), Clipping.none(), ROWS));
        refused(
                "Information.divergence: the probability" + place + "a probability of at least 0",
                () -> Information.divergence(row(1, 0), bad, ROWS));
        refused(
                "Information.divergence: the probability" + place + "a probability of at least 0",
                () -> Information.divergence(bad, row(1, 0), ROWS));
        refused(
                "Information.divergenceFromLog: the target" + place + "at least 0",
                () -> Information.divergenceFromLog(row(0, 0), bad, sum));
        refused(
                "Information.divergenceOfLogs: the logarithm at row 0, column 0 is 1.0; expected that of a probability, "
                        + "at most 0",
                () -> Information.divergenceOfLogs(row(0, 0), good, sum));
        refused("Margin.soft: the target" + place + "-1 or 1", () -> Margin.soft(good, bad, sum));
        refused(
                "Margin.hingeEmbedding: the target" + place + "-1 or 1",
                () -> Margin.hingeEmbedding(good, bad, 1, sum));
        refused(
                "Regression.poissonFromRate: the rate" + place + "at least 0",
                () -> Regression.poissonFromRate(bad, good, 1, sum));
        refused(
                "Regression.poissonFromRate: the count" + place + "at least 0",
                () -> Regression.poissonFromRate(good, bad, 1, sum));
        refused(
                "Regression.gaussian: the variance" + place + "at least 0",
                () -> Regression.gaussian(good, good, bad, 1, sum));
        refused(
                "NoisyLabels.symmetric: the lowest logarithm is 0.0; expected a finite number below 0",
                () -> NoisyLabels.symmetric(good, new int[] {0}, 1, 1, 0, sum));
    }

    @Test
    void labelsAndNoiseOfACorrectionAreRefused() {
        Value logits = row(0, 0);
        String call = "NoisyLabels.forwardCorrected: ";
        SimpleMatrix noise = SimpleMatrix.identity(2);
        refused(
                call + "2 labels, but 1 predictions; expected as many",
                () -> NoisyLabels.forwardCorrected(logits, new int[2], noise, Reduction.SUM));
        refused(
                call + "row 0 has label 2; with 2 classes, expected 0 to 1",
                () -> NoisyLabels.forwardCorrected(logits, new int[] {2}, noise, Reduction.SUM));
        refused(
                call + "the noise in row 0 sums to 2.0; expected 1",
                () -> NoisyLabels.forwardCorrected(logits, new int[1], noise.scale(2), Reduction.SUM));
    }

    @Test
    void theEndsOfTheRangesAreTaken() {
        for (double epsilon : new double[] {0, 0.5}) {
            assertEquals("clip(" + epsilon + ")", Clipping.clip(epsilon).toString());
        }
        assertEquals(
                0,
                Information.divergenceOfLogs(row(1e-6), row(0), Reduction.SUM).scalar(),
                1e-5);
        refused(
                "CrossEntropy.fromLogProbabilities: the probability in row 0 sums to 1.0000010000005; expected 1, give "
                        + "the option unchecked() if that is meant",
                () -> CrossEntropy.fromLogProbabilities(row(1e-6), new int[] {0}, ROWS));
        assertEquals(
                -2 * Math.log(0.25) + Math.log(0.75),
                BinaryCrossEntropy.fromProbabilities(row(0.25), row(2), ELEMENTS.unchecked())
                        .scalar(),
                1e-15);
    }

    /** Whoever takes an operation from a loss may apply it to anything. */
    @Test
    void theOperationsRefuseMassesOfAnotherShape() {
        Value one = row(1);
        Value two = row(1, 1);
        Value x = Value.variable("x", 1);
        Operation softmax = CrossEntropy.fromLogits(x, one, ROWS).operation();
        Operation sigmoid = BinaryCrossEntropy.fromLogits(x, one, ELEMENTS).operation();
        for (Executable call : List.<Executable>of(
                () -> softmax.apply(one, two),
                () -> sigmoid.apply(one, two, one),
                () -> sigmoid.apply(one, one, two))) {
            String message = assertThrows(IllegalArgumentException.class, call).getMessage();
            assertEquals(
                    "the logits and the target masses differ in shape", message.substring(message.indexOf(": ") + 2));
        }
    }
}
