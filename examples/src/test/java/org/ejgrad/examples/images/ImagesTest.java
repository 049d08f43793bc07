package org.ejgrad.examples.images;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.images.ConvolutionCommand.Digits;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.train.Objective;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks that see pictures learn more than those that do not, the mean over seeds from 0 on. */
class ImagesTest {
    private static void assertReached(double required, Comparison comparison, String network, String measure) {
        double reached = comparison.mean(network, measure);
        assertTrue(reached >= required, network + ": " + measure + " " + reached + "; expected " + required);
    }

    /** With five seeds in the campaign, with two otherwise. */
    @Test
    @Tag("training")
    void digitsAreToldApart() throws IOException {
        Digits digits = Digits.shipped();
        assertEquals(1442, digits.train().size());
        assertEquals(355, digits.test().size());
        int seeds = "full".equals(System.getProperty("ejgrad.campaign")) ? 5 : 2;
        Comparison comparison = digits.compare(Seeds.of(0, seeds), (seed, network) -> {});
        assertReached(0.985, comparison, ConvolutionCommand.CONVOLUTIONAL, ConvolutionCommand.ACCURACY);
        assertTrue(comparison.mean(ConvolutionCommand.CONVOLUTIONAL, ConvolutionCommand.MISTAKES)
                < comparison.mean(ConvolutionCommand.DENSE, ConvolutionCommand.MISTAKES));
        for (String network : new String[] {ConvolutionCommand.DENSE, ConvolutionCommand.CONVOLUTIONAL}) {
            assertEquals(
                    355 * (1 - comparison.mean(network, ConvolutionCommand.ACCURACY)),
                    comparison.mean(network, ConvolutionCommand.MISTAKES),
                    1e-9);
        }
    }

    /** MNIST is not shipped: {@code mvn test -Dmnist=folder} names the folder of its files. */
    @Test
    void mnistIsToldApart() throws IOException {
        String folder = System.getProperty("mnist", "");
        assumeTrue(!folder.isEmpty(), "no -Dmnist=folder");
        Digits digits = Digits.mnist(Path.of(folder));
        assertEquals(60_000, digits.train().size());
        Sequential network = digits.settings().trained(digits.train(), 0);
        double reached = Convolutional.judge(network, digits.test()).accuracy();
        assertTrue(reached >= 0.988, "accuracy " + reached);
    }

    @Test
    void drawnPicturesHaveEveryClassAndUnknownRims() {
        Dataset pictures = Shapes.drawn(50, 3);
        int[] labels = Shapes.labels(pictures);
        Set<Integer> kinds = Arrays.stream(labels).boxed().collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of(0, 1, 2, 3, Shapes.UNKNOWN), kinds);
        assertArrayEquals(labels, Shapes.labels(Shapes.drawn(50, 3)));
        assertFalse(Arrays.equals(labels, Shapes.labels(Shapes.drawn(50, 4))));
        // Between a shape and the background there is always a rim.
        int width = Shapes.IMAGE.width();
        for (int i = 1; i < labels.length; i++) {
            boolean isNeighbour = i % width > 0;
            boolean isEdge = (labels[i] == 0) != (labels[i - 1] == 0);
            if (isNeighbour && isEdge) {
                assertTrue(labels[i] == Shapes.UNKNOWN || labels[i - 1] == Shapes.UNKNOWN, "pixel " + i);
            }
        }
        // Brightness tells shapes from the background, not from each other.
        double[] brightest = new double[4];
        IntStream.range(0, labels.length)
                .filter(i -> labels[i] < 4)
                .forEach(i -> brightest[labels[i]] =
                        Math.max(brightest[labels[i]], pictures.inputs().get(i / 256, i % 256)));
        assertTrue(brightest[0] < 0.5 && brightest[1] > 0.9 && brightest[2] > 0.9 && brightest[3] > 0.9);
    }

    /** The weights of the classes make their pixels together equally heavy. */
    @Test
    void classWeightsBalanceThePixels() {
        Dataset train = SegmentationCommand.train(0);
        int[] labels = Shapes.labels(train);
        double[] weights = Segmenter.balanced(train).classWeights().stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
        double[] mass = new double[4];
        Arrays.stream(labels).filter(c -> c < 4).forEach(c -> mass[c] += weights[c]);
        for (double each : mass) {
            assertEquals(mass[0], each, 1e-9 * mass[0]);
        }
        assertTrue(weights[3] > weights[0], "crosses have the fewest pixels");
    }

    @Test
    void networksAreSavedAndLoaded(@TempDir Path folder) throws IOException {
        Dataset pictures = Shapes.drawn(3, 1);
        Sequential network = Segmenter.seeing(5);
        Path file = folder.resolve("shapes.safetensors");
        Dataset logits = Dataset.regression(
                "logits",
                pictures.inputs(),
                network.inference().forward(Value.constant(pictures.inputs())).matrix());
        Model.of(network, Objective.squaredError(), logits).save(file);
        Model loaded = Model.load(file);
        assertEquals(network.description(), loaded.network().description());
        assertArrayEquals(
                Segmenter.predictions(network, pictures),
                Segmenter.predictions((Sequential) loaded.network(), pictures));
    }

    @Test
    void anotherSizeOfPicturesIsRefused() {
        Dataset pictures = Shapes.drawn(2, 1);
        assertTrue(assertThrows(
                        IllegalArgumentException.class,
                        () -> Convolutional.predictions(Convolutional.MNIST.network(10, 1), pictures))
                .getMessage()
                .contains("the input is 2x256; expected 784 columns, images of 1x28x28"));
    }
}
