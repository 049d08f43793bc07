package org.ejgrad.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** A model that is read again is the model that was saved, whatever layers it is of. */
class ModelProperties {
    private static double[] bits(Value value) {
        return value.matrix().getDDRM().data;
    }

    private static Model model(Layer network) {
        int width = network.inference()
                .forward(Value.constant(RandomNetworks.inputs(1, 1)))
                .getNumCols();
        Dataset data = Dataset.classification(
                "data",
                RandomNetworks.inputs(2, 2),
                new int[2],
                IntStream.range(0, width)
                        .mapToObj(i -> "klasse \"" + i + "\"\n")
                        .toArray(String[]::new));
        return Model.of(network, Objective.softmaxCrossEntropy(), data)
                .trained(Manifest.empty().with("seed", 7).with("ejgrad", "of yore"));
    }

    @Property(tries = 200)
    void isTheSameToTheLastBit(@ForAll long seed) throws IOException {
        Sequential network = RandomNetworks.of(seed);
        Model model = model(network);
        Path file = Files.createTempFile("model", ".safetensors");
        Path again = Files.createTempFile("model", ".safetensors");
        try {
            model.save(file);
            Model loaded = Model.load(file);
            SimpleMatrix inputs = RandomNetworks.inputs(seed, 4);
            assertArrayEquals(
                    model.probabilities(inputs).getDDRM().data,
                    loaded.probabilities(inputs).getDDRM().data);
            assertArrayEquals(
                    model.predict(inputs).classes(), loaded.predict(inputs).classes());
            assertEquals(Weights.of(network), Weights.of(loaded.network()));
            assertEquals(model.featureNames(), loaded.featureNames());
            assertEquals(model.classNames(), loaded.classNames());
            assertEquals(model.training().entries(), loaded.training().entries());
            loaded.save(again);
            assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
            // Training goes on in the same way: the same masks, the same statistics.
            Value rows = Value.constant(RandomNetworks.inputs(seed + 1, 5));
            assertArrayEquals(
                    bits(network.at(3, 1).forward(rows)),
                    bits(loaded.network().at(3, 1).forward(rows)));
            assertEquals(Weights.of(network), Weights.of(loaded.network()));
        } finally {
            Files.delete(file);
            Files.delete(again);
        }
    }

    private static void gather(Architecture layer, Set<String> kinds) {
        kinds.add(layer.kind());
        layer.layers().forEach(inner -> gather(inner, kinds));
    }

    /** Otherwise the law says nothing about a kind. */
    @Test
    void theNetworksAreOfAllKinds() {
        Set<String> kinds = new HashSet<>();
        for (int seed = 0; seed < 300; seed++) {
            gather(NetworkWriter.describe(RandomNetworks.of(seed), LayerKinds.DEFAULT), kinds);
        }
        Set<String> expected = new HashSet<>(LayerKinds.DEFAULT.names());
        expected.add(LayerKinds.SAME);
        assertEquals(expected, kinds);
        assertTrue(kinds.containsAll(List.of("Dense", "tanh", "Residual")));
    }
}
