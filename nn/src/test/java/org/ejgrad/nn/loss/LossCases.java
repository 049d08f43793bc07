package org.ejgrad.nn.loss;

import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.awayFrom;
import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Oracles.fill;
import static org.ejgrad.laws.Oracles.perRow;
import static org.ejgrad.laws.Oracles.zip;
import static org.ejgrad.nn.loss.Reduction.MEAN;
import static org.ejgrad.nn.loss.Reduction.NONE;
import static org.ejgrad.nn.loss.Reduction.ROW_MEAN;
import static org.ejgrad.nn.loss.Reduction.SUM;
import static org.ejgrad.nn.loss.Reduction.WEIGHTED_MEAN;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/**
 * The rows of tests for the losses: name, where it is smooth, loss, oracle by plain formula; what is refused.
 *
 * <p>Targets that are not differentiated are made up from the shape: {@link #labels}, {@link #signs}, {@link #bits}.
 */
final class LossCases {
    private LossCases() {}

    private static final ClassOptions ROWS_ONLY =
            ClassOptions.DEFAULT.reduction(NONE).unchecked();
    private static final BinaryOptions ELEMENTS =
            BinaryOptions.DEFAULT.reduction(NONE).unchecked();
    private static final Shape A = new Shape(2, 3);
    private static final Shape B = new Shape(3, 2);
    private static final String SHAPES_DIFFER =
            ".*: the prediction is 2x3 and the target 3x2; expected the same shape, losses do not broadcast";

    // ---- made-up targets --------------------------------------------------------------------------------------------

    static int[] labels(Shape shape) {
        int[] labels = new int[shape.rows()];
        Arrays.setAll(labels, i -> (7 * i + 3) % Math.max(shape.columns(), 1));
        return labels;
    }

    static Value signs(Shape shape) {
        return pattern(shape, i -> i % 3 == 1 ? -1 : 1);
    }

    static Value bits(Shape shape) {
        return pattern(shape, i -> i % 3 == 1 ? 0 : 1);
    }

    private static Value pattern(Shape shape, IntToDoubleFunction element) {
        return Value.constant(
                fill(shape.rows(), shape.columns(), (i, j) -> element.applyAsDouble(i * shape.columns() + j)));
    }

    /** Relevances of which some are equal. */
    static Value places(Shape shape) {
        return pattern(shape, i -> (5 * i + i / 3) % 4);
    }

    /** The labels of the rows twice, the second time without those of odd rows. */
    private static SimpleMatrix steps(Shape shape) {
        int[] labels = labels(shape);
        return fill(shape.rows(), 2, (i, j) -> j == 1 && i % 2 == 1 ? -1 : labels[i]);
    }

    private static double[] weights(int count) {
        double[] weights = new double[count];
        Arrays.setAll(weights, j -> 0.5 + 0.75 * j);
        return weights;
    }

    private static SimpleMatrix oneHot(SimpleMatrix x) {
        int[] labels = labels(new Shape(x.getNumRows(), x.getNumCols()));
        return fill(x.getNumRows(), x.getNumCols(), (i, j) -> labels[i] == j ? 1 : 0);
    }

    // ---- plain formulas ---------------------------------------------------------------------------------------------

    private static SimpleMatrix softmax(SimpleMatrix x) {
        SimpleMatrix sums = perRow(x, row -> Arrays.stream(row).map(Math::exp).sum());
        return fill(x.getNumRows(), x.getNumCols(), (i, j) -> Math.exp(x.get(i, j)) / sums.get(i));
    }

    /** Σⱼ tⱼ·(−ln pⱼ). */
    private static SimpleMatrix surprise(SimpleMatrix p, SimpleMatrix t) {
        SimpleMatrix terms = zip(p, t, (u, v) -> v == 0 ? 0 : -v * Math.log(u));
        return perRow(terms, row -> Arrays.stream(row).sum());
    }

    /** −ln of the softmax at the label of each row. */
    private static SimpleMatrix crossEntropy(SimpleMatrix x) {
        return surprise(softmax(x), oneHot(x));
    }

    private static SimpleMatrix number(double number) {
        return fill(1, 1, (i, j) -> number);
    }

    private static SimpleMatrix mean(SimpleMatrix terms) {
        return number(terms.elementSum() / terms.getNumElements());
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double logistic(double x) {
        return Math.log(1 + Math.exp(x));
    }

    private static double entropy(double z, double t) {
        return t * logistic(-z) + (1 - t) * logistic(z);
    }

    // ---- rows -------------------------------------------------------------------------------------------------------

    private static Arbitrary<List<SimpleMatrix>> logits() {
        return one(between(-5, 5));
    }

    private static Arbitrary<List<SimpleMatrix>> logitsAndTargets() {
        return alike(between(-5, 5), between(0.1, 0.9));
    }

    /**
     * At least two classes, and no two logits alike: else derivatives cancel to nothing but rounding errors; and masses
     * far from none, a pole of weighted means.
     */
    private static Arbitrary<List<SimpleMatrix>> distinctLogitsAndTargets() {
        return Matrices.shapes()
                .map(s -> new Shape(s.rows(), s.columns() + 1))
                .flatMap(shape -> Combinators.combine(
                                Matrices.distinct(shape), Matrices.matrix(shape, between(0.2, 0.9)))
                        .as(List::of));
    }

    /** Two inputs, prediction and target, with a term per element. */
    private static OperationCase pair(
            String name, Arbitrary<List<SimpleMatrix>> inputs, Pair loss, DoubleBinaryOperator oracle) {
        return OperationCase.binary(name, inputs, loss::of, (a, b) -> zip(a, b, oracle))
                .refuses(SHAPES_DIFFER, A, B);
    }

    private interface Pair {
        Value of(Value prediction, Value target);
    }

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- categorical, from logits
        OperationCase.unary("CrossEntropy.fromLogits(labels)", logits(),
                x -> CrossEntropy.fromLogits(x, labels(x.shape())), x -> mean(crossEntropy(x))),
        OperationCase.unary("CrossEntropy.fromLogits(labels) sum", logits(),
                x -> CrossEntropy.fromLogits(x, labels(x.shape()), ClassOptions.DEFAULT.reduction(SUM)),
                x -> number(crossEntropy(x).elementSum())),
        OperationCase.unary("CrossEntropy.fromLogits(labels) rows, weighted, smoothed", logits(),
                x -> CrossEntropy.fromLogits(x, labels(x.shape()), ROWS_ONLY.weights(weights(x.getNumCols())).smoothing(0.1)),
                x -> surprise(softmax(x), fill(x.getNumRows(), x.getNumCols(), (i, j) ->
                        weights(x.getNumCols())[j] * (0.9 * oneHot(x).get(i, j) + 0.1 / x.getNumCols())))),
        OperationCase.unary("CrossEntropy.fromLogits(labels) weighted mean", logits(),
                x -> CrossEntropy.fromLogits(x, labels(x.shape()),
                        ClassOptions.DEFAULT.weights(weights(x.getNumCols())).reduction(WEIGHTED_MEAN)),
                x -> {
                    SimpleMatrix masses = fill(x.getNumRows(), x.getNumCols(),
                            (i, j) -> weights(x.getNumCols())[j] * oneHot(x).get(i, j));
                    return number(surprise(softmax(x), masses).elementSum() / masses.elementSum());
                }),
        OperationCase.unary("CrossEntropy.fromLogits(labels) ignoring 0", logits(),
                x -> CrossEntropy.fromLogits(x, labels(x.shape()), ROWS_ONLY.ignoring(0)),
                x -> fill(x.getNumRows(), 1, (i, j) -> oneHot(x).get(i, 0) == 1 ? 0 : crossEntropy(x).get(i))),
        OperationCase.binary("CrossEntropy.fromLogits(targets)", distinctLogitsAndTargets(),
                (x, t) -> CrossEntropy.fromLogits(x, t, ROWS_ONLY), (x, t) -> surprise(softmax(x), t))
            .refuses(SHAPES_DIFFER, A, B),
        OperationCase.binary("CrossEntropy.fromLogits(targets) weighted mean", distinctLogitsAndTargets(),
                (x, t) -> CrossEntropy.fromLogits(x, t,
                        ROWS_ONLY.weights(weights(x.getNumCols())).reduction(WEIGHTED_MEAN)),
                (x, t) -> {
                    SimpleMatrix masses = fill(x.getNumRows(), x.getNumCols(),
                            (i, j) -> weights(x.getNumCols())[j] * t.get(i, j));
                    return number(surprise(softmax(x), masses).elementSum() / masses.elementSum());
                }),

        // ---- categorical, from probabilities
        OperationCase.binary("CrossEntropy.fromProbabilities", alike(2, between(0.2, 0.9)),
                (p, t) -> CrossEntropy.fromProbabilities(p, t, Clipping.none(), ROWS_ONLY), LossCases::surprise)
            .refuses(SHAPES_DIFFER, A, B),
        OperationCase.unary("CrossEntropy.fromProbabilities + epsilon", one(between(0.1, 0.9)),
                p -> CrossEntropy.fromProbabilities(p, labels(p.shape()), Clipping.addEpsilon(0.25), ROWS_ONLY),
                p -> surprise(p.plus(0.25), oneHot(p))),
        OperationCase.unary("CrossEntropy.fromProbabilities clipped", one(between(0.3, 0.7)),
                p -> CrossEntropy.fromProbabilities(p, labels(p.shape()), Clipping.clip(0.001), ROWS_ONLY),
                p -> surprise(p, oneHot(p))),
        OperationCase.unary("CrossEntropy.fromLogProbabilities", one(between(-5, -0.1)),
                x -> CrossEntropy.fromLogProbabilities(x, labels(x.shape()), ROWS_ONLY),
                x -> surprise(x.elementExp(), oneHot(x))),
        OperationCase.unary("Focal.categorical", logits(),
                x -> Focal.categorical(x, labels(x.shape()), 2.5, ROWS_ONLY.weights(weights(x.getNumCols()))),
                x -> fill(x.getNumRows(), 1, (i, j) -> {
                    double l = crossEntropy(x).get(i);
                    int label = labels(new Shape(x.getNumRows(), x.getNumCols()))[i];
                    return weights(x.getNumCols())[label] * Math.pow(1 - Math.exp(-l), 2.5) * l;
                })).within(1e-9),

        // ---- binary
        pair("BinaryCrossEntropy.fromLogits", logitsAndTargets(),
                (z, t) -> BinaryCrossEntropy.fromLogits(z, t, ELEMENTS), LossCases::entropy),
        OperationCase.binary("BinaryCrossEntropy.fromLogits mean", logitsAndTargets(),
                (z, t) -> BinaryCrossEntropy.fromLogits(z, t, ELEMENTS.reduction(MEAN)), (z, t) -> mean(zip(z, t, LossCases::entropy)))
            .refuses(SHAPES_DIFFER, A, B),
        OperationCase.binary("BinaryCrossEntropy.fromLogits weighted", logitsAndTargets(),
                (z, t) -> BinaryCrossEntropy.fromLogits(z, t, ELEMENTS.positiveWeight(3).reduction(ROW_MEAN)
                        .elementWeight(Value.constant(new SimpleMatrix(new double[][] {weights(z.getNumCols())})))),
                (z, t) -> number(fill(z.getNumRows(), z.getNumCols(), (i, j) -> weights(z.getNumCols())[j]
                        * (3 * t.get(i, j) * logistic(-z.get(i, j)) + (1 - t.get(i, j)) * logistic(z.get(i, j))))
                    .elementSum() / z.getNumRows())),
        pair("BinaryCrossEntropy.fromProbabilities", alike(between(0.3, 0.45), between(0.6, 0.8)),
                (p, t) -> BinaryCrossEntropy.fromProbabilities(p, t, ELEMENTS),
                (p, t) -> -t * Math.log(p) - (1 - t) * Math.log(1 - p)),
        pair("BinaryCrossEntropy.fromProbabilities unguarded", alike(between(0.3, 0.45), between(0.6, 0.8)),
                (p, t) -> BinaryCrossEntropy.fromProbabilities(p, t, Clipping.none(), ELEMENTS),
                (p, t) -> -t * Math.log(p) - (1 - t) * Math.log(1 - p)),
        pair("BinaryCrossEntropy.fromProbabilities + epsilon", alike(between(0.3, 0.45), between(0.6, 0.8)),
                (p, t) -> BinaryCrossEntropy.fromProbabilities(p, t, Clipping.addEpsilon(0.25), ELEMENTS),
                (p, t) -> -t * Math.log(p + 0.25) - (1 - t) * Math.log(1.25 - p)),
        pair("BinaryCrossEntropy.fromProbabilities clipped", alike(between(0.6, 0.7), between(0.3, 0.4)),
                (p, t) -> BinaryCrossEntropy.fromProbabilities(p, t, Clipping.clip(0.001), ELEMENTS),
                (p, t) -> -t * Math.log(p) - (1 - t) * Math.log(1 - p)),
        OperationCase.unary("Focal.binary", logits(), z -> Focal.binary(z, bits(z.shape()), 1.5, 0.25, NONE),
                z -> zip(z, bits(new Shape(z.getNumRows(), z.getNumCols())).matrix(), (u, t) -> {
                    double l = entropy(u, t);
                    return (t == 1 ? 0.25 : 0.75) * Math.pow(1 - Math.exp(-l), 1.5) * l;
                })).within(1e-9),

        // ---- regression
        pair("Regression.squaredError", alike(2, between(-3, 3)), (a, b) -> Regression.squaredError(a, b, NONE),
                (a, b) -> (a - b) * (a - b)),
        OperationCase.binary("Regression.squaredError mean", alike(2, between(-3, 3)), Regression::squaredError,
                (a, b) -> mean(zip(a, b, (u, v) -> (u - v) * (u - v)))).refuses(SHAPES_DIFFER, A, B),
        pair("Regression.absoluteError", alike(between(0.5, 3), between(-3, 0.25)),
                (a, b) -> Regression.absoluteError(a, b, NONE), (a, b) -> a - b),
        pair("Regression.huber near", alike(2, between(-0.4, 0.4)), (a, b) -> Regression.huber(a, b, 1, NONE),
                (a, b) -> (a - b) * (a - b) / 2),
        pair("Regression.huber far", alike(between(-3, -2), between(2, 3)), (a, b) -> Regression.huber(a, b, 1.5, NONE),
                (a, b) -> 1.5 * (b - a - 0.75)),
        pair("Regression.smoothL1 near", alike(2, between(-0.4, 0.4)), (a, b) -> Regression.smoothL1(a, b, 2, NONE),
                (a, b) -> (a - b) * (a - b) / 4),
        pair("Regression.smoothL1 far", alike(between(-3, -2), between(2, 3)),
                (a, b) -> Regression.smoothL1(a, b, 0.5, NONE), (a, b) -> b - a - 0.25),
        pair("Regression.poissonFromLogRate", alike(between(0.5, 1), between(0.25, 1)),
                (a, b) -> Regression.poissonFromLogRate(a, b, NONE), (a, b) -> Math.exp(a) - a * b),
        pair("Regression.poissonFromRate", alike(between(0.5, 4), between(0.5, 4)),
                (a, b) -> Regression.poissonFromRate(a, b, 0.125, NONE), (a, b) -> a - b * Math.log(a + 0.125)),
        OperationCase.of("Regression.gaussian", alike(3, between(0.5, 4)),
                in -> Regression.gaussian(in.get(0), in.get(1), in.get(2), 0.25, NONE),
                in -> zip(zip(in.get(0), in.get(1), (a, b) -> (a - b) * (a - b)), in.get(2),
                        (s, v) -> (Math.log(v) + s / v) / 2)),

        // ---- margins
        OperationCase.unary("Margin.hinge", one(awayFrom(-1, 1)), x -> Margin.hinge(x, signs(x.shape()), 1, NONE),
                x -> zip(x, signs(new Shape(x.getNumRows(), x.getNumCols())).matrix(),
                        (u, t) -> Math.max(0, 1 - t * u))),
        OperationCase.unary("Margin.squaredHinge", one(awayFrom(-1, 1)),
                x -> Margin.squaredHinge(x, signs(x.shape()), 1, NONE),
                x -> zip(x, signs(new Shape(x.getNumRows(), x.getNumCols())).matrix(),
                        (u, t) -> Math.pow(Math.max(0, 1 - t * u), 2))),
        OperationCase.unary("Margin.soft", logits(), x -> Margin.soft(x, signs(x.shape()), NONE),
                x -> zip(x, signs(new Shape(x.getNumRows(), x.getNumCols())).matrix(), (u, t) -> logistic(-t * u))),
        OperationCase.unary("Margin.hingeEmbedding", one(awayFrom(-1, 1)),
                x -> Margin.hingeEmbedding(x, signs(x.shape()), 1, NONE),
                x -> zip(x, signs(new Shape(x.getNumRows(), x.getNumCols())).matrix(),
                        (u, t) -> t == 1 ? u : Math.max(0, 1 - u))),
        OperationCase.binary("Margin.ranking", alike(between(2, 4), between(-2, 1)),
                (a, b) -> Margin.ranking(a, b, signs(a.shape()), 0.5, NONE),
                (a, b) -> zip(zip(a, b, (u, v) -> u - v),
                        signs(new Shape(a.getNumRows(), a.getNumCols())).matrix(), (d, t) -> Math.max(0, 0.5 - t * d)))
            .refuses(SHAPES_DIFFER, A, B),
        OperationCase.unary("RankingLoss.pairwise", Matrices.distinct().map(List::of),
                x -> RankingLoss.pairwise(x, places(x.shape()), NONE), LossCases::pairwise)
            .at(3, 0, 0),
        OperationCase.binary("RankingLoss.listwise", distinctLogitsAndTargets(),
                (x, r) -> RankingLoss.listwise(x, r, NONE), (x, r) -> surprise(softmax(x), softmax(r)))
            .refuses(SHAPES_DIFFER, A, B),
        OperationCase.unary("CrossEntropy.fromLogitsOfSteps", logits(),
                x -> CrossEntropy.fromLogitsOfSteps(x.concatColumns(x.scale(2)), steps(x.shape()), ROWS_ONLY.ignoring(-1)),
                x -> fill(x.getNumRows(), 2, (i, j) ->
                        j == 1 && i % 2 == 1 ? 0 : crossEntropy(x.scale(j + 1)).get(i))),
        OperationCase.unary("Margin.multiClass", Matrices.distinct().map(List::of),
                x -> Margin.multiClass(x, labels(x.shape()), 2, 9, ROWS_ONLY.weights(weights(x.getNumCols()))),
                LossCases::multiClass),
        OperationCase.unary("Margin.multiLabel", logits(),
                x -> Margin.multiLabel(x, bits(x.shape()), ROWS_ONLY),
                x -> perRow(zip(x, bits(new Shape(x.getNumRows(), x.getNumCols())).matrix(), LossCases::entropy),
                        row -> Arrays.stream(row).sum() / row.length)),

        // ---- information
        OperationCase.unary("Information.entropy", one(between(0.1, 0.9)), p -> Information.entropy(p, ROWS_ONLY),
                p -> surprise(p, p)),
        OperationCase.binary("Information.crossEntropy", alike(between(0.2, 0.4), between(0.5, 0.9)),
                (p, q) -> Information.crossEntropy(p, q, ROWS_ONLY), (p, q) -> surprise(q, p)),
        OperationCase.binary("Information.divergence", alike(between(0.2, 0.4), between(0.5, 0.9)),
                (p, q) -> Information.divergence(p, q, ROWS_ONLY), (p, q) -> surprise(q, p).minus(surprise(p, p))),
        pair("Information.divergenceFromLog", alike(2, between(-4, -0.1)),
                (q, p) -> Information.divergenceFromLog(q, p.elementExp(), NONE), (q, p) -> Math.exp(p) * (p - q)),
        pair("Information.divergenceOfLogs", alike(2, between(-4, -0.1)),
                (q, p) -> Information.divergenceOfLogs(q, p, NONE), (q, p) -> Math.exp(p) * (p - q)),
        OperationCase.unary("Information.bits", logits(), Information::bits, x -> x.divide(Math.log(2))),

        // ---- noisy labels
        OperationCase.unary("NoisyLabels.bootstrapSoft", logits(),
                x -> NoisyLabels.bootstrapSoft(x, labels(x.shape()), 0.75, NONE),
                x -> surprise(softmax(x), oneHot(x).scale(0.75).plus(softmax(x).scale(0.25)))),
        OperationCase.unary("NoisyLabels.bootstrapHard", Matrices.distinct().map(List::of),
                x -> NoisyLabels.bootstrapHard(x, labels(x.shape()), 0.75, NONE),
                x -> surprise(softmax(x), oneHot(x).scale(0.75).plus(largest(x).scale(0.25)))),
        OperationCase.unary("NoisyLabels.generalised", logits(),
                x -> NoisyLabels.generalised(x, labels(x.shape()), 0.75, NONE),
                x -> perRow(crossEntropy(x), l -> (1 - Math.exp(-0.75 * l[0])) / 0.75)),
        OperationCase.unary("NoisyLabels.symmetric", logits(),
                x -> NoisyLabels.symmetric(x, labels(x.shape()), 0.5, 2, -4, NONE),
                x -> perRow(crossEntropy(x), l -> 0.5 * l[0] + 8 * (1 - Math.exp(-l[0])))),
        OperationCase.unary("NoisyLabels.forwardCorrected", logits(),
                x -> NoisyLabels.forwardCorrected(x, labels(x.shape()), noise(x.getNumCols()), NONE),
                x -> perRow(softmax(x).mult(noise(x.getNumCols())).elementMult(oneHot(x)),
                        row -> -Math.log(Arrays.stream(row).sum()))));
    // spotless:on

    /** Keeps the label with probability 0.75, else one of all classes at random. */
    private static SimpleMatrix noise(int classes) {
        return fill(classes, classes, (i, j) -> (i == j ? 0.75 : 0) + 0.25 / classes);
    }

    private static SimpleMatrix largest(SimpleMatrix x) {
        SimpleMatrix best = perRow(x, row -> Arrays.stream(row).max().orElseThrow());
        return fill(x.getNumRows(), x.getNumCols(), (i, j) -> x.get(i, j) == best.get(i) ? 1 : 0);
    }

    private static SimpleMatrix pairwise(SimpleMatrix x) {
        SimpleMatrix relevances =
                places(new Shape(x.getNumRows(), x.getNumCols())).matrix();
        return fill(x.getNumRows(), 1, (i, nothing) -> {
            double sum = 0;
            int pairs = 0;
            for (int j = 0; j < x.getNumCols(); j++) {
                for (int k = 0; k < x.getNumCols(); k++) {
                    if (relevances.get(i, j) > relevances.get(i, k)) {
                        sum += logistic(x.get(i, k) - x.get(i, j));
                        pairs++;
                    }
                }
            }
            return sum / Math.max(pairs, 1);
        });
    }

    private static SimpleMatrix multiClass(SimpleMatrix x) {
        int[] labels = labels(new Shape(x.getNumRows(), x.getNumCols()));
        return fill(x.getNumRows(), 1, (i, nothing) -> {
            double sum = 0;
            for (int j = 0; j < x.getNumCols(); j++) {
                sum += j == labels[i] ? 0 : Math.pow(Math.max(0, 9 - x.get(i, labels[i]) + x.get(i, j)), 2);
            }
            return weights(x.getNumCols())[labels[i]] * sum / x.getNumCols();
        });
    }
}
