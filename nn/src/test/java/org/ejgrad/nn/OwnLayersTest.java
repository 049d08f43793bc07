package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.model.LayerKinds;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.onnx.OnnxModel;
import org.ejgrad.nn.onnx.Precision;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A layer of one's own says what is inside it in one method, and has all that the layers of nn have. */
class OwnLayersTest {
    private static final Value X = Value.constant(new double[][] {{1, -2}, {0.5, 4}, {-1, 3}});
    private static final Dataset MOONS = ToySets.moons(20, 0.1, 1);

    @TempDir
    Path folder;

    /** A value and a gate, as the documentation has them. */
    private record Gated(Layer value, Layer gate) implements Layer {
        @Override
        public Value forward(Value input) {
            return value.forward(input).elementMult(gate.forward(input).sigmoid());
        }

        @Override
        public Layer map(BiFunction<String, Layer, Layer> change) {
            return new Gated(change.apply("value", value), change.apply("gate", gate));
        }
    }

    /** A layer that learns something besides what the one inside does. */
    private static final class Shifted implements Layer {
        private final Parameter shift;
        private final Layer inner;

        Shifted(Parameter shift, Layer inner) {
            this.shift = shift;
            this.inner = inner;
        }

        @Override
        public Value forward(Value input) {
            return inner.forward(input).plus(shift.value());
        }

        @Override
        public Layer map(BiFunction<String, Layer, Layer> change) {
            return new Shifted(shift, change.apply("inner", inner));
        }

        @Override
        public List<Parameter> parameters() {
            return Stream.concat(Stream.of(shift), Layer.super.parameters().stream())
                    .toList();
        }
    }

    private static Gated gated() {
        return new Gated(new Dense(2, 3, 1), Sequential.of(new BatchNorm(2), new Dense(2, 3, 2)));
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    @Test
    void whatIsInsideIsFoundAndNamed() {
        Gated layer = gated();
        assertEquals(List.of("value", "gate"), List.copyOf(Children.of(layer).keySet()));
        assertEquals(
                "[value.weight 2x3, value.bias 1x3, gate.0.weight 1x2, gate.0.bias 1x2, gate.1.weight 2x3, gate.1.bias 1x3]",
                layer.parameters().toString());
        assertEquals(
                "[gate.0.mean 1x2, gate.0.variance 1x2]", layer.statistics().toString());
        Layer network = Sequential.of(layer, Residual.of(layer.value()));
        assertEquals(6, network.parameters().size(), "a shared layer counts once");
        assertEquals("0.value.weight", network.parameters().get(0).name());
        assertEquals(9 + 4 + 9, layer.summary(2).parameters());
    }

    @Test
    void itsModesAreThoseOfWhatIsInside() {
        Gated layer = gated();
        assertArrayEquals(new double[2], elements(layer.statistics().get(0).value()), "no batch was seen");
        layer.at(1).forward(X);
        assertNotEquals(0, layer.statistics().get(0).value().get(0, 0), "the running mean has moved");
        Layer trained = layer.inference();
        assertTrue(trained.forward(X).isConstant());
        assertEquals(layer.parameters(), trained.parameters());
        Layer dropping = new Gated(new Dropout(0.5, 1), new Dropout(0.5, 1));
        Value ones = Value.ones(new org.ejgrad.Shape(10, 10));
        Gated at = (Gated) dropping.at(3);
        assertFalse(
                java.util.Arrays.equals(
                        elements(at.value().forward(ones)), elements(at.gate().forward(ones))),
                "no two dropouts share a mask");
        assertArrayEquals(elements(at.forward(ones)), elements(dropping.at(3).forward(ones)));
        assertArrayEquals(
                elements(ones.sigmoid()), elements(dropping.inference().forward(ones)));
    }

    @Test
    void whatItLearnsItselfIsKeptOutOfConstantsToo() {
        Shifted layer = new Shifted(new Parameter("shift", new SimpleMatrix(1, 1, true, 2.0)), new Dense(2, 1, 1));
        assertEquals(
                List.of("shift", "inner.weight", "inner.bias"),
                layer.parameters().stream().map(Parameter::name).toList());
        Layer trained = layer.inference();
        assertArrayEquals(elements(layer.forward(X)), elements(trained.forward(X)));
        assertTrue(trained.forward(X).isConstant());
        assertFalse(layer.forward(X).isConstant());
        assertEquals(List.of("inner"), List.copyOf(Children.of(trained).keySet()));
    }

    @Test
    void twoOfOneNameAreRefused() {
        Layer twice = new Layer() {
            @Override
            public Value forward(Value input) {
                return input;
            }

            @Override
            public Layer map(BiFunction<String, Layer, Layer> change) {
                change.apply("a", Value::tanh);
                change.apply("a", Value::relu);
                return this;
            }

            @Override
            public String toString() {
                return "Twice";
            }
        };
        assertEquals(
                "Twice: two layers inside are called \"a\"",
                assertThrows(IllegalArgumentException.class, twice::parameters).getMessage());
    }

    @Test
    void itIsSavedLoadedAndExported() throws IOException {
        LayerKinds kinds = LayerKinds.DEFAULT.with(
                "gated",
                Gated.class,
                layer -> Map.of(),
                saved -> new Gated(saved.layers().get(0), saved.layers().get(1)));
        Layer network =
                Sequential.of(gated(), new Frozen(Sequential.of(new Dense(3, 3, 3), Value::tanh)), new Dense(3, 2, 4));
        network.at(1).forward(Value.constant(MOONS.inputs()));
        Model model = Model.of(network, Objective.softmaxCrossEntropy(), MOONS);
        Path file = folder.resolve("own.safetensors");
        model.save(file, kinds);
        Model loaded = Model.load(file, kinds);
        assertArrayEquals(
                model.outputs(MOONS.inputs()).getDDRM().data,
                loaded.outputs(MOONS.inputs()).getDDRM().data);
        assertEquals(
                network.parameters().toString(), loaded.network().parameters().toString());
        assertEquals(
                network.statistics().toString(), loaded.network().statistics().toString());
        assertTrue(OnnxModel.of("own", network, 2, Precision.DOUBLE).length > 0);
    }

    // ---- freezing ---------------------------------------------------------------------------------------------------

    @Test
    void whatIsFrozenDoesNotLearn() {
        Dense base = new Dense(2, 4, 1);
        Frozen frozen = new Frozen(Sequential.of(base, new BatchNorm(4), Value::tanh, new Dropout(0.5, 1)));
        Sequential network = Sequential.of(frozen, new Dense(4, 1, 2));
        assertEquals(
                List.of("1.weight", "1.bias"),
                network.parameters().stream().map(Parameter::name).toList());
        assertEquals(
                List.of("0.0.weight", "0.0.bias", "0.1.weight", "0.1.bias", "0.1.mean", "0.1.variance"),
                network.statistics().stream().map(Parameter::name).toList());
        List<String> before = network.statistics().stream()
                .map(each -> each.value().matrix().toString())
                .toList();
        double[] outputs = elements(network.inference().forward(X));
        Value loss = network.at(1).forward(X).square().elementSum();
        assertEquals(2, loss.gradients().variables().size(), "no gradient is computed of what is frozen");
        Optimizer.of(network.parameters(), Sgd.rate(0.1)).step(loss.gradients());
        assertEquals(
                before,
                network.statistics().stream()
                        .map(each -> each.value().matrix().toString())
                        .toList());
        assertFalse(
                java.util.Arrays.equals(outputs, elements(network.inference().forward(X))));
        Value input = Value.variable("x", X);
        assertArrayEquals(
                elements(frozen.layer()
                        .inference()
                        .forward(input)
                        .elementSum()
                        .gradients()
                        .of(input)),
                elements(frozen.forward(input).elementSum().gradients().of(input)),
                "what comes before still learns");
    }
}
