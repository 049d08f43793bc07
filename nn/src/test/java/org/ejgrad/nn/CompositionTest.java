package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiFunction;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CompositionTest {
    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    @Test
    void aSymbolThatOccursTwiceGathersBothGradients() {
        Embedding table = Embedding.of(new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        Value rows = table.rows(2, 0, 2);
        assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6}, elements(rows));
        Value upstream = Value.constant(new double[][] {{1, 10}, {2, 20}, {3, 30}});
        Value weight = table.parameters().get(0).value();
        assertArrayEquals(
                new double[] {2, 20, 0, 0, 4, 40},
                elements(rows.gradients(upstream).of(weight)));
        assertArrayEquals(
                new double[] {2, 20, 0, 0, 0, 0},
                elements(table.padding(2).rows(2, 0, 2).gradients(upstream).of(weight)));
    }

    @Test
    void paddingStaysOutOfSecondDerivativesToo() {
        Embedding table =
                Embedding.of(new SimpleMatrix(new double[][] {{1}, {3}})).padding(1);
        Value weight = table.parameters().get(0).value();
        Value cubes = table.rows(0, 1, 1).elementPower(3).elementSum();
        Value slope = cubes.gradients(Gradients.Option.DIFFERENTIABLE).of(weight);
        assertArrayEquals(new double[] {3, 0}, elements(slope));
        assertArrayEquals(
                new double[] {6, 0}, elements(slope.elementSum().gradients().of(weight)));
    }

    @Test
    void aLayerOfSymbolsPutsTheirRowsSideBySide() {
        Embedding table = Embedding.of(new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}));
        Value pairs = table.forward(Value.constant(new double[][] {{0, 2}, {1, 1}}));
        assertArrayEquals(new double[] {1, 2, 5, 6, 3, 4, 3, 4}, elements(pairs));
        assertEquals(
                "Embedding: the element at row 0, column 1 is 0.5; expected the number of a symbol",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> table.forward(Value.constant(new double[][] {{0, 0.5}})))
                        .getMessage());
        assertEquals(
                "Embedding.rows: there is no symbol 3; expected 0 to 2",
                assertThrows(IllegalArgumentException.class, () -> table.rows(0, 3))
                        .getMessage());
    }

    @Test
    void aResidualAddsItsInput() {
        Value x = Value.constant(new double[][] {{1, -2}});
        assertArrayEquals(
                new double[] {2, -2}, elements(Residual.of(Value::relu).forward(x)));
        assertArrayEquals(
                new double[] {1, -2, 1, 0},
                elements(Residual.concatenating(Value::relu).forward(x)));
        assertThrows(
                IllegalArgumentException.class,
                () -> Residual.of(new Dense(2, 1, 0)).forward(x));
        Layer dropping = Residual.of(new Dropout(1, 0));
        assertArrayEquals(new double[] {2, -4}, elements(dropping.inference().forward(x)));
        assertArrayEquals(new double[] {1, -2}, elements(dropping.at(1).forward(x)));
    }

    @Test
    @SuppressWarnings("NullAway")
    void aLayerThatMakesNothingOfThoseInsideIsNamed() {
        Layer forgetful = new Layer() {
            @Override
            public Value forward(Value input) {
                return input;
            }

            @Override
            public Layer map(BiFunction<String, Layer, Layer> change) {
                change.apply("inner", Value::relu);
                return null;
            }

            @Override
            public String toString() {
                return "forgetful";
            }
        };
        for (Executable use : List.<Executable>of(forgetful::inference, () -> forgetful.at(1))) {
            assertEquals(
                    "what the map() of forgetful returned",
                    assertThrows(NullPointerException.class, use).getMessage());
        }
    }

    @Test
    void aBilinearFormIsTheProductOfThree() {
        Bilinear product = Bilinear.of(new SimpleMatrix(new double[][] {{1, 2, 3}, {4, 5, 6}}));
        Value x = Value.constant(new double[][] {{1, 1}, {0, 2}});
        Value y = Value.constant(new double[][] {{1, 0, 0}, {0, 1, 1}});
        assertArrayEquals(new double[] {5, 22}, elements(product.forward(x, y)));
        assertThrows(IllegalArgumentException.class, () -> product.forward(y, x));
        assertThrows(IllegalArgumentException.class, () -> product.forward(x.getRow(0), y));
    }

    @Test
    void theFittedTemperatureIsTheOneThatTheLogitsWereScaledBy() {
        Value honest = Value.constant(Initialiser.normal(1).matrix(4000, 3, new RandomStream(1)));
        int[] labels = sampled(honest.softmax(Per.ROW));
        double fitted =
                Temperature.fitted(honest, labels).parameters().get(0).value().scalar();
        double boasting = Temperature.fitted(honest.scale(5), labels)
                .parameters()
                .get(0)
                .value()
                .scalar();
        assertEquals(1, fitted, 0.1);
        assertEquals(5 * fitted, boasting, 1e-9);
        double best = CrossEntropy.fromLogits(new Temperature(fitted).forward(honest), labels)
                .scalar();
        for (double other : new double[] {0.99 * fitted, 1.01 * fitted}) {
            assertTrue(best
                    < CrossEntropy.fromLogits(new Temperature(other).forward(honest), labels)
                            .scalar());
        }
        assertEquals(
                100,
                Temperature.fitted(honest.negative(), labels)
                        .parameters()
                        .get(0)
                        .value()
                        .scalar(),
                1e-9);
        assertThrows(IllegalArgumentException.class, () -> new Temperature(0));
    }

    @Test
    void aTemperatureIsNotFittedToWhatTellsNothing() {
        for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            refused(
                    "Temperature.fitted: the logit at row 1, column 0 is " + none
                            + "; expected a number below infinity",
                    () -> Temperature.fitted(Value.constant(new double[][] {{1, 2}, {none, 4}}), 0, 1));
        }
        Value excluded = Value.constant(new double[][] {{1, Double.NEGATIVE_INFINITY}, {2, 0}});
        refused("the logit of the label 1 in row 0 is -Infinity", () -> Temperature.fitted(excluded, 1, 0));
        double fitted =
                Temperature.fitted(excluded, 0, 1).parameters().get(0).value().scalar();
        assertTrue(Double.isFinite(fitted), "a class that is excluded elsewhere is no obstacle");
        refused("1 labels, but 2 predictions", () -> Temperature.fitted(excluded, 1));
    }

    @Test
    void absurdSizesAreRefusedInWords() {
        int most = Integer.MAX_VALUE;
        refused(
                "BatchNorm(2147483647): a 1x2147483647 matrix has 2147483647 elements; at most",
                () -> new BatchNorm(most));
        refused("BatchNorm(2147483647): ", () -> BatchNorm.averaging(most, 1));
        refused("LayerNorm(2147483647): ", () -> new LayerNorm(most));
        refused("Dense(1, 2147483647): ", () -> new Dense(1, most, 1));
        refused("Dense(2147483647, 2147483647): a 2147483647x2147483647 matrix has", () -> new Dense(most, most, 1));
        refused(
                "Dense(100000, 100000): a 100000x100000 matrix has 10000000000 elements",
                () -> new Dense(100_000, 100_000, 1));
        refused(
                "Dense(46000, 46000): 2 times a 46000x46000 matrix takes",
                () -> Dense.withoutBias(46_000, 46_000, Initialiser.zeros(), 1));
        refused("Embedding(2147483647, 3): ", () -> new Embedding(most, 3, 1));
        refused("Bilinear(65536, 65536): ", () -> new Bilinear(65_536, 65_536, 1));
        refused("Bilinear(0, 1): expected at least 1 column", () -> new Bilinear(0, 1, 1));
        for (Initialiser initialiser :
                List.of(Initialiser.zeros(), Initialiser.xavierNormal(), Initialiser.heUniform())) {
            refused("matrix(2147483647, 2): ", () -> initialiser.matrix(most, 2, new RandomStream(1)));
            refused("matrix(-1, 2): ", () -> initialiser.matrix(-1, 2, new RandomStream(1)));
        }
    }

    private static void refused(String message, Executable call) {
        String found = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(found.contains(message), found);
    }

    private static int[] sampled(Value p) {
        RandomStream random = new RandomStream(2);
        int[] labels = new int[p.getNumRows()];
        for (int row = 0; row < labels.length; row++) {
            double u = random.nextDouble() - p.get(row, 0);
            while (u >= 0 && labels[row] < p.getNumCols() - 1) {
                labels[row]++;
                u -= p.get(row, labels[row]);
            }
        }
        return labels;
    }

    @Test
    void penaltiesAreSumsOverAllParametersUnlessBiasesAreLeftOut() {
        Sequential network = Sequential.of(Dense.of(
                new SimpleMatrix(new double[][] {{1, -2}}), new SimpleMatrix(new double[][] {{3, -4}})));
        List<Parameter> all = network.parameters();
        assertEquals(0.5 * 30, Penalty.l2(all, 0.5).scalar());
        assertEquals(0.5 * 10, Penalty.l1(all, 0.5).scalar());
        assertEquals(0.5 * 5, Penalty.l2(Penalty.withoutBiases(all), 0.5).scalar());
        assertThrows(IllegalArgumentException.class, () -> Penalty.l2(all, -1));
        Sequential gated = Sequential.of(Recurrent.of(new LstmCell(1, 2, 3)), new Dense(2, 1, 4), new LayerNorm(1));
        assertEquals(
                "[0.weight_ih 1x8, 0.weight_hh 2x8, 1.weight 2x1, 2.weight 1x1]",
                Penalty.withoutBiases(gated.parameters()).toString());
        Parameter similar = new Parameter("bias_2.unbiased", new SimpleMatrix(1, 1));
        assertEquals(List.of(similar), Penalty.withoutBiases(List.of(similar)));
    }

    @Test
    void underPlainDescentAnL2PenaltyIsWeightDecay() {
        Parameter weight = new Parameter("weight", new SimpleMatrix(new double[][] {{1, -2}}));
        Value penalty = Penalty.l2(List.of(weight), 0.25);
        Value slope = penalty.gradients().of(weight.value());
        assertArrayEquals(new double[] {0.5, -1}, elements(slope));
    }

    @Test
    void initialisersHaveTheirStatedSpread() {
        int fanIn = 400;
        int fanOut = 100;
        check(Initialiser.xavierUniform(), fanIn, fanOut, 2.0 / 500, Math.sqrt(6.0 / 500));
        check(Initialiser.xavierNormal(), fanIn, fanOut, 2.0 / 500, 1);
        check(Initialiser.heUniform(), fanIn, fanOut, 2.0 / 400, Math.sqrt(6.0 / 400));
        check(Initialiser.heNormal(), fanIn, fanOut, 2.0 / 400, 1);
        check(Initialiser.normal(3), fanIn, fanOut, 9, 30);
        check(Initialiser.uniform(-1, 1), fanIn, fanOut, 1.0 / 3, 1);
        assertEquals(0, Initialiser.zeros().matrix(2, 2, new RandomStream(0)).normF());
        assertEquals(
                7, Initialiser.constant(7).matrix(1, 1, new RandomStream(0)).get(0));
        assertThrows(IllegalArgumentException.class, () -> Initialiser.normal(-1));
        assertThrows(IllegalArgumentException.class, () -> Initialiser.uniform(1, 0));
    }

    private static void check(Initialiser initialiser, int rows, int columns, double variance, double bound) {
        SimpleMatrix matrix = initialiser.matrix(rows, columns, new RandomStream(5));
        int n = rows * columns;
        double deviation = Math.sqrt(variance);
        assertEquals(0, matrix.elementSum() / n, 5 * deviation / Math.sqrt(n));
        assertEquals(variance, matrix.elementPower(2).elementSum() / n, 5 * variance * Math.sqrt(2.0 / n));
        assertTrue(matrix.elementMaxAbs() <= bound);
    }
}
