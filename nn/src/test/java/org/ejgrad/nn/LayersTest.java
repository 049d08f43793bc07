package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.PositionEncoding;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class LayersTest {
    private static final Value X = Value.constant(new double[][] {{1, -2, 3}, {0.5, 4, -1}});

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    @Test
    void denseIsTheProductPlusTheBias() {
        Dense dense = Dense.of(
                new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}), new SimpleMatrix(new double[][] {{10, 20}}));
        assertArrayEquals(new double[] {20, 32, 17.5, 31}, elements(dense.forward(X)));
        assertArrayEquals(
                new double[] {10, 12, 7.5, 11},
                elements(Dense.withoutBias(new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}}))
                        .forward(X)));
    }

    @Test
    void denseNamesTheColumnsItExpected() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class,
                () -> Sequential.of(new Dense(3, 4, 0), new Dense(5, 2, 0)).forward(X));
        assertEquals("layer 1: Dense(5, 2): the input is 2x4; expected 5 columns", error.getMessage());
    }

    @Test
    void whatCannotBeALayerIsRefusedInItsWords() {
        assertEquals(
                "Dense(3, 2): the initialiser made 1x1",
                Thrown.argument(() -> new Dense(3, 2, (rows, columns, random) -> new SimpleMatrix(1, 1), 0)));
        assertEquals(
                "layers[1]", Thrown.message(NullPointerException.class, () -> Sequential.of(new Dense(1, 1, 0), null)));
        assertEquals(
                "Embedding.padding: there is no symbol 5; expected 0 to 4",
                Thrown.argument(() -> new Embedding(5, 2, 0).padding(5)));
        assertEquals(
                "what became of layer 0",
                Thrown.message(
                        NullPointerException.class,
                        () -> Sequential.of(new Dense(1, 1, 0)).map((name, layer) -> null)));
        assertEquals(
                "what the inference() of layer 0 returned",
                Thrown.message(
                        NullPointerException.class,
                        () -> Sequential.of(new Layer() {
                                    @Override
                                    public Value forward(Value input) {
                                        return input;
                                    }

                                    @Override
                                    public Layer inference() {
                                        return null;
                                    }
                                })
                                .inference()));
        assertTrue(Thrown.argument(() -> Temperature.fitted(X, 0, 3)).startsWith("Temperature.fitted: "));
    }

    @Test
    void theSmallestLayersAreThere() {
        assertEquals("Embedding(1, 1)", new Embedding(1, 1, 0).toString());
        assertEquals("[weight 1x1]", new Bilinear(1, 1, 0).parameters().toString());
        assertEquals(
                "Dense(1, 1)", Dense.withoutBias(1, 1, Initialiser.zeros(), 0).toString());
    }

    @Test
    void descriptionsTellAllOptions() {
        assertEquals("BatchNorm(2, epsilon 0.1, momentum 0.5)", new BatchNorm(2, 0.1, 0.5).description());
        assertEquals(
                "BatchNorm(2, epsilon 0.1, averaging, without scaling)",
                BatchNorm.averaging(2, 0.1).withoutScaling().description());
        assertEquals("Dropout(0.5, seed 7)", new Dropout(0.5, 7).description());
        assertEquals("Residual(Dense(2, 2))", Residual.of(new Dense(2, 2, 0)).description());
        assertEquals(
                "Residual(concatenating Dense(2, 3))",
                Residual.concatenating(new Dense(2, 3, 0)).description());
        assertEquals("LayerNorm(3, epsilon 0.1)", new LayerNorm(3, 0.1).description());
        assertEquals("LayerNorm(plain, epsilon 0.1)", LayerNorm.plain(0.1).toString());
        assertEquals(0.1, LayerNorm.plain(0.1).epsilon());
        assertEquals("Frozen(Dense(2, 2))", new Frozen(new Dense(2, 2, 0)).description());
        assertEquals("Frozen(Dense(2, 2))", new Frozen(new Dense(2, 2, 0)).toString());
        assertEquals("custom", ((Layer) x -> x).description());
        assertEquals(
                "Sequential[layer]",
                Sequential.of(x -> {
                            throw new IllegalStateException();
                        })
                        .toString());
        assertEquals("EachStep(2, Dense(2, 2))", new EachStep(2, new Dense(2, 2, 0)).description());
        assertEquals(
                "PerPixel(2x1x1, Dense(2, 2))",
                PerPixel.of(new ImageShape(2, 1, 1), new Dense(2, 2, 0)).description());
        assertEquals("Temperature", new Temperature(2).description());
        assertEquals("Temperature(2.0)", new Temperature(2).toString());
        assertEquals("PositionEncoding(2)", new PositionEncoding(2).description());
        assertEquals(
                "MaxPool2d(1x4x4, 1x2x2, kernel 2x2 stride 2x2)",
                Pool2d.max(new ImageShape(1, 4, 4), Window.of(2).stride(2)).description());
    }

    @Test
    void emptyWeightsBegin() {
        RandomStream random = new RandomStream(0);
        for (Initialiser each : List.of(Initialiser.heNormal(), Initialiser.xavierUniform(), Initialiser.zeros())) {
            assertEquals(0, each.matrix(0, 3, random).getNumRows());
            assertEquals(0, each.matrix(3, 0, random).getNumCols());
            assertEquals(0, each.matrix(0, 0, random).getNumElements());
        }
    }

    @Test
    void aParameterIsItsCellAndNotItsName() {
        Parameter weight = new Parameter("weight", new SimpleMatrix(1, 1));
        Parameter other = new Parameter("weight", new SimpleMatrix(1, 1));
        assertEquals(weight, weight.within("0"));
        assertEquals(weight.hashCode(), weight.within("0").hashCode());
        assertNotEquals(weight, other);
        assertTrue(IntStream.range(0, 10)
                        .map(i -> new Parameter("weight", X.matrix()).hashCode())
                        .distinct()
                        .count()
                > 1);
        Value before = weight.value();
        weight.set(new SimpleMatrix(1, 1, true, 2));
        List<Parameter.Replacement> late = List.of(
                new Parameter.Replacement(other, other.value(), Value.constant(3)),
                new Parameter.Replacement(weight, before, Value.constant(3)));
        assertEquals(
                "replaceAll: the parameter weight 1x1 was given another value meanwhile, by another thread or an "
                        + "earlier step; nothing has been changed",
                Thrown.argument(() -> Parameter.replaceAll(late)));
        assertEquals(2, weight.value().scalar());
        assertEquals(0, other.value().scalar());
    }

    @Test
    void sequentialNamesParametersByPlace() {
        Sequential network = Sequential.of(new Dense(3, 4, 1), Value::tanh, new Dense(4, 2, 2));
        assertEquals(
                "[0.weight 3x4, 0.bias 1x4, 2.weight 4x2, 2.bias 1x2]",
                network.parameters().toString());
        assertSame(network, network.at(1, 2));
        assertEquals(network.description(), network.inference().description());
        assertEquals(network.parameters(), network.inference().parameters());
        assertEquals(
                network.summary(3).toString(), network.inference().summary(3).toString());
    }

    @Test
    void denseLayersStandBetweenActivations() {
        Sequential built = Sequential.dense(Activation.RELU, 7, 3, 5, 4, 2);
        Sequential written = Sequential.of(
                new Dense(3, 5, Initialiser.heUniform(), 7),
                Activation.RELU,
                new Dense(5, 4, Initialiser.heUniform(), 9),
                Activation.RELU,
                new Dense(4, 2, 11));
        assertEquals(written.description(), built.description());
        assertArrayEquals(elements(written.forward(X)), elements(built.forward(X)));
        assertEquals(
                "Sequential[Dense(3, 2)]",
                Sequential.dense(Activation.TANH, 1, 3, 2).toString());
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> Sequential.dense(Activation.TANH, 1, 3));
        assertEquals(
                "Sequential.dense: the widths are [3]; expected at least those of the inputs and of the outputs",
                error.getMessage());
    }

    /** Of a constant; the parameters share in a gradient only of what somebody wants to differentiate. */
    @Test
    void afterTrainingNoGraphGrows() {
        Layer step = Sequential.of(
                        new Dense(3, 3, 1),
                        Value::tanh,
                        Residual.of(new Dense(3, 3, 2)),
                        new LayerNorm(3),
                        new BatchNorm(3),
                        new Dropout(0.5, 1),
                        new Temperature(2))
                .inference();
        Value state = X;
        for (int i = 0; i < 100; i++) {
            state = step.forward(state);
            assertTrue(state.isConstant());
        }
        Layer own = new Layer() {
            private final Parameter factor = new Parameter("factor", new SimpleMatrix(1, 1, true, 3));

            @Override
            public Value forward(Value input) {
                return input.elementMult(factor.value());
            }

            @Override
            public List<Parameter> parameters() {
                return List.of(factor);
            }
        };
        assertTrue(own.inference().forward(X).isConstant());
        assertFalse(own.forward(X).isConstant());
        assertSame(own.inference().inference().forward(X).operation(), X.operation());
        Value input = Value.variable("x", X);
        Gradients gradients = own.inference().forward(input).elementSum().gradients();
        assertEquals(3, gradients.of(input).get(1, 1));
        assertEquals(
                X.elementSum().scalar(),
                gradients.of(own.parameters().get(0).value()).scalar());
    }

    @Test
    void theSameSeedGivesTheSameWeights() {
        assertArrayEquals(
                elements(new Dense(3, 4, 7).weight().value()),
                elements(new Dense(3, 4, 7).weight().value()));
        assertNotEquals(
                new Dense(3, 4, 7).weight().value().get(0, 0),
                new Dense(3, 4, 8).weight().value().get(0, 0));
    }

    @Test
    void dropoutDependsOnSeedAndPositionOnly() {
        Value wide = Value.ones(new org.ejgrad.Shape(40, 50));
        Layer dropout = new Dropout(0.25, 3);
        double[] first = elements(dropout.at(1, 5).forward(wide));
        assertArrayEquals(first, elements(new Dropout(0.25, 3).at(1, 5).forward(wide)));
        assertTrue(!java.util.Arrays.equals(first, elements(dropout.at(1, 6).forward(wide))));
        assertTrue(!java.util.Arrays.equals(first, elements(dropout.at(2, 5).forward(wide))));
        double kept = java.util.Arrays.stream(first).filter(v -> v != 0).count();
        assertEquals(1500, kept, 5 * Math.sqrt(2000 * 0.25 * 0.75));
        assertTrue(java.util.Arrays.stream(first).allMatch(v -> v == 0 || v == 1 / 0.75));
    }

    @Test
    void twoDropoutsOfOneSeedInOneNetworkDrawDifferentMasks() {
        Value wide = Value.ones(new org.ejgrad.Shape(10, 10));
        Layer twice = Sequential.of(new Dropout(0.5, 3), new Dropout(0.5, 3)).at(0);
        long kept = java.util.Arrays.stream(elements(twice.forward(wide)))
                .filter(v -> v != 0)
                .count();
        assertTrue(kept < 40, "kept " + kept + " of 100; a shared mask would keep about 50");
    }

    @Test
    void dropoutAtItsLimits() {
        assertSame(X, new Dropout(0, 1).at(3).forward(X));
        Value infinite = Value.variable("x", new double[][] {{Double.POSITIVE_INFINITY, Double.NaN, 1}});
        Value none = new Dropout(1, 1).at(3).forward(infinite);
        assertArrayEquals(new double[3], elements(none));
        assertArrayEquals(new double[3], elements(none.elementSum().gradients().of(infinite)));
        assertSame(X, new Dropout(0.5, 1).inference().forward(X));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5, 1));
        assertThrows(IllegalArgumentException.class, () -> new Dropout(Double.NaN, 1));
    }
}
