package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** The worked numbers of popular articles on cross-entropy, to twelve decimals. */
class ArticleFiguresTest {
    private static final double CLOSE = 6e-13;
    private static final ClassOptions SUM = ClassOptions.DEFAULT.reduction(Reduction.SUM);
    private static final BinaryOptions BINARY_SUM = BinaryOptions.DEFAULT.reduction(Reduction.SUM);

    private static Value row(double... numbers) {
        return Value.constant(new double[][] {numbers});
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    private static double categorical(Clipping clipping, double[] p, double... t) {
        return CrossEntropy.fromProbabilities(row(p), row(t), clipping, SUM).scalar();
    }

    @Test
    void likelihoodBecomesCrossEntropy() {
        RandomStream random = new RandomStream(1);
        int n = 50;
        double[] p = IntStream.range(0, n)
                .mapToDouble(i -> random.nextDouble(0.2, 0.8))
                .toArray();
        double[] t = IntStream.range(0, n).mapToDouble(i -> random.nextInt(2)).toArray();
        double likelihood = 1;
        for (int i = 0; i < n; i++) {
            likelihood *= t[i] == 1 ? p[i] : 1 - p[i];
        }
        double sum =
                BinaryCrossEntropy.fromProbabilities(row(p), row(t), BINARY_SUM).scalar();
        assertEquals(1, -Math.log(likelihood) / sum, 1e-15);
    }

    @Test
    void twoAndThreeClassesFromProbabilities() {
        assertEquals(0.223143551314, categorical(Clipping.none(), new double[] {0.8, 0.2}, 1, 0), CLOSE);
        assertEquals(0.356674943939, categorical(Clipping.none(), new double[] {0.2, 0.7, 0.1}, 0, 1, 0), CLOSE);
        Value p = row(0.8, 0.2);
        assertEquals(
                0.446287102628,
                BinaryCrossEntropy.fromProbabilities(p, row(1, 0), BINARY_SUM).scalar(),
                CLOSE);
        assertEquals(
                0.223143551314,
                BinaryCrossEntropy.fromProbabilities(p, row(1, 0)).scalar(),
                CLOSE);
        assertEquals(
                0.231017729798,
                BinaryCrossEntropy.fromProbabilities(row(0.9, 0.3), row(1, 0)).scalar(),
                CLOSE);
    }

    @Test
    void guardsAgainstLogarithmsOfZero() {
        Clipping added = Clipping.addEpsilon(1e-15);
        assertEquals(0.223143551314209 - 1.25e-15, categorical(added, new double[] {0.8, 0.2}, 1, 0), 1e-15);
        assertEquals(34.538776394911, categorical(added, new double[] {0, 1}, 1, 0), CLOSE);
        assertTrue(categorical(added, new double[] {1, 0}, 1, 0) < 0, "the added epsilon makes a loss negative");
        assertEquals(16.118095651, categorical(Clipping.clip(1e-7), new double[] {0, 1}, 1, 0), 1e-9);
        assertEquals(27.631021116, categorical(Clipping.clip(1e-12), new double[] {0, 1}, 1, 0), 1e-9);
        assertEquals(23.025850930, categorical(Clipping.clip(1e-10), new double[] {0, 1}, 1, 0), 1e-9);
        assertEquals(744.440071921, categorical(Clipping.none(), new double[] {Double.MIN_VALUE, 1}, 1, 0), 1e-9);
        assertEquals(1000, CrossEntropy.fromLogits(row(1000, 0), 1).scalar());
    }

    @Test
    void threeLabelsAtOnce() {
        Value z = Value.variable("z", row(2, -1, 0.5));
        Value y = row(1, 0, 1);
        assertArrayEquals(new double[] {0.880797077978, 0.268941421370, 0.622459331202}, elements(z.sigmoid()), CLOSE);
        assertArrayEquals(
                new double[] {0.126928011043, 0.313261687518, 0.474076984180},
                elements(BinaryCrossEntropy.fromLogits(z, y, BinaryOptions.DEFAULT.reduction(Reduction.NONE))),
                CLOSE);
        Value mean = BinaryCrossEntropy.fromLogits(z, y);
        assertEquals(0.304755560914, mean.scalar(), CLOSE);
        assertArrayEquals(
                new double[] {-0.039734307341, 0.089647140457, -0.125846889599},
                elements(mean.gradients().of(z)),
                CLOSE);
        assertEquals(
                0.914266682741,
                BinaryCrossEntropy.fromLogits(z, y, BinaryOptions.DEFAULT.reduction(Reduction.ROW_MEAN))
                        .scalar(),
                CLOSE);
    }

    @Test
    void theInformationOfDistributions() {
        ClassOptions rows = ClassOptions.DEFAULT;
        Value p = row(0.7, 0.2, 0.1);
        Value q = row(0.6, 0.3, 0.1);
        assertEquals(0.801818552543, Information.entropy(p, rows).scalar(), CLOSE);
        assertEquals(0.828631006801, Information.crossEntropy(p, q, rows).scalar(), CLOSE);
        assertEquals(0.026812454258, Information.divergence(p, q, rows).scalar(), CLOSE);
        double[] even = new double[1024];
        Arrays.fill(even, 1.0 / 1024);
        assertEquals(10, Information.bits(Information.entropy(row(even), rows)).scalar(), 1e-12);
        assertEquals(
                2.079441541680,
                Information.entropy(
                                row(Arrays.stream(even, 0, 8).map(v -> 128 * v).toArray()), rows)
                        .scalar(),
                CLOSE);
        assertEquals(0, bitsPerLetter("aaaaaaaa"));
        assertEquals(3, bitsPerLetter("jteikfqa"), 1e-15);
    }

    private static double bitsPerLetter(String text) {
        double[] shares = text.chars()
                .distinct()
                .mapToDouble(letter -> text.chars().filter(c -> c == letter).count() / (double) text.length())
                .toArray();
        return Information.bits(Information.entropy(row(shares), ClassOptions.DEFAULT))
                .scalar();
    }

    @Test
    void atSaturationTheSquaredErrorHardlyLearns() {
        Value z = Value.variable("z", row(-10));
        double cross =
                BinaryCrossEntropy.fromLogits(z, row(1)).gradients().of(z).scalar();
        double half = Regression.squaredError(z.sigmoid(), row(1))
                .scale(0.5)
                .gradients()
                .of(z)
                .scalar();
        assertEquals(-0.999954602131, cross, CLOSE);
        assertEquals(-0.0000453937469, half, 1e-13);
        assertEquals(22028.466, cross / half, 1e-3);
    }

    @Test
    void theWrongClassesMatterToTheLogitsNotToTheProbabilities() {
        double[][] rows = {{.1, .5, .1, .1, .2}, {.1, .6, .1, .1, .1}};
        for (double[] p : rows) {
            Value probabilities = Value.variable("p", row(p));
            Value loss = CrossEntropy.fromProbabilities(probabilities, new int[] {0}, Clipping.none(), SUM);
            assertEquals(2.302585092994, loss.scalar(), CLOSE);
            assertArrayEquals(
                    new double[] {-10, 0, 0, 0, 0}, elements(loss.gradients().of(probabilities)), 1e-14);
            Value logits = Value.variable("x", row(p).elementLog());
            double[] expected = p.clone();
            expected[0] -= 1;
            double[] slope =
                    elements(CrossEntropy.fromLogits(logits, 0).gradients().of(logits));
            assertArrayEquals(expected, slope, 1e-15);
        }
        ClassOptions smoothed = SUM.smoothing(0.1);
        int[] first = {0};
        assertEquals(
                2.256533391134,
                CrossEntropy.fromLogits(row(rows[0]).elementLog(), first, smoothed)
                        .scalar(),
                CLOSE);
        assertEquals(
                2.266749903609,
                CrossEntropy.fromLogits(row(rows[1]).elementLog(), first, smoothed)
                        .scalar(),
                CLOSE);
    }

    @Test
    void severalLabelsAreNoDistribution() {
        Value p = row(.1, .5, .1, .1, .9);
        Value y = row(1, 0, 0, 0, 1);
        assertThrows(IllegalArgumentException.class, () -> CrossEntropy.fromProbabilities(p, y, Clipping.none(), SUM));
        assertEquals(
                3.311813820527,
                BinaryCrossEntropy.fromProbabilities(p, y, BINARY_SUM).scalar(),
                CLOSE);
        assertEquals(
                3.429596856184,
                BinaryCrossEntropy.fromProbabilities(row(.1, .5, .1, .1, .2), row(1, 0, 0, 0, 0), BINARY_SUM)
                        .scalar(),
                CLOSE);
    }

    @Test
    void focalLossOnTwoOfAThousandLabels() {
        SimpleMatrix z = new SimpleMatrix(1, 1000);
        z.fill(Math.log(0.1 / 0.9));
        SimpleMatrix y = new SimpleMatrix(1, 1000);
        for (int column : new int[] {0, 6}) {
            z.set(column, Math.log(0.8 / 0.2));
            y.set(column, 1);
        }
        Value logits = Value.constant(z);
        Value targets = Value.constant(y);
        Value plain = BinaryCrossEntropy.fromLogits(logits, targets, BinaryOptions.DEFAULT.reduction(Reduction.NONE));
        double positive = plain.elementMult(targets).elementSum().scalar();
        assertEquals(0.446287102628, positive, CLOSE);
        assertEquals(105.149794626511, plain.elementSum().scalar() - positive, 1e-10);
        Value focal = Focal.binary(logits, targets, 2, Reduction.NONE);
        double focalPositive = focal.elementMult(targets).elementSum().scalar();
        assertEquals(0.017851484105, focalPositive, CLOSE);
        assertEquals(1.051497946265, focal.elementSum().scalar() - focalPositive, CLOSE);
        assertEquals(1.069349430370, focal.elementSum().scalar(), CLOSE);
        assertEquals(
                0.793086330725,
                Focal.binary(logits, targets, 2, 0.25, Reduction.SUM).scalar(),
                CLOSE);
    }

    @Test
    void oneWrongLabelCostsWhatTheModelWasSureOf() {
        assertEquals(27.631021116, categorical(Clipping.none(), new double[] {1e-12, 1 - 1e-12}, 1, 0), 1e-9);
        assertEquals(0.5, Margin.hinge(row(0.5), row(1), 1, Reduction.SUM).scalar());
        assertEquals(0, Margin.hinge(row(1.5), row(1), 1, Reduction.SUM).scalar());
        assertEquals(0.125, Regression.huber(row(0.5), row(0), 1, Reduction.SUM).scalar());
        assertEquals(2.5, Regression.huber(row(3), row(0), 1, Reduction.SUM).scalar());
    }
}
