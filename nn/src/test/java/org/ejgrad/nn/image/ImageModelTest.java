package org.ejgrad.nn.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Safetensors;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks for images as one file, as a table, and after training. */
class ImageModelTest {
    private static final ImageShape IMAGE = new ImageShape(2, 4, 3);

    @TempDir
    Path folder;

    private static Dataset data(int width) {
        String[] names = new String[width];
        java.util.Arrays.setAll(names, i -> "class " + i);
        return Dataset.classification("data", inputs(), new int[5], names);
    }

    private static SimpleMatrix inputs() {
        return Initialiser.normal(1).matrix(5, IMAGE.columns(), new RandomStream(3));
    }

    private Model model(Layer network) {
        int width = network.inference().forward(Value.constant(inputs())).getNumCols();
        return Model.of(network, Objective.softmaxCrossEntropy(), data(width));
    }

    @Test
    void everyLayerWithEveryOptionIsSavedAndLoaded() throws IOException {
        for (Map.Entry<String, Layer> each : ImageLayersTest.layers().entrySet()) {
            Model model = model(each.getValue());
            Path file = folder.resolve("model.safetensors");
            model.save(file);
            Model loaded = Model.load(file);
            assertEquals(each.getValue().description(), loaded.network().description(), each.getKey());
            SimpleMatrix x = inputs();
            assertArrayEquals(model.outputs(x).getDDRM().data, loaded.outputs(x).getDDRM().data, each.getKey());
            assertEquals(Weights.of(each.getValue()), Weights.of(loaded.network()), each.getKey());
        }
    }

    private String refusal(Layer network, String... fromTo) throws IOException {
        Path file = folder.resolve("model.safetensors");
        model(network).save(file);
        NamedMatrices saved = Safetensors.read(file);
        Map<String, String> notes = new LinkedHashMap<>(saved.metadata());
        for (int i = 0; i < fromTo.length; i += 2) {
            String described = notes.getOrDefault("network", "");
            assertTrue(described.contains(fromTo[i]), described);
            notes.put("network", described.replace(fromTo[i], fromTo[i + 1]));
        }
        Map<String, SimpleMatrix> matrices = new LinkedHashMap<>();
        saved.names().forEach(name -> matrices.put(name, saved.get(name).matrix()));
        Safetensors.write(file, NamedMatrices.of(matrices).withMetadata(notes));
        return String.valueOf(
                assertThrows(ModelFormatException.class, () -> Model.load(file)).getMessage());
    }

    private void refused(String words, Layer network, String... fromTo) throws IOException {
        String message = refusal(network, fromTo);
        assertTrue(message.contains(words), message);
    }

    /** Before anything of them is built, so that a small file cannot ask for much. */
    @Test
    void filesThatDoNotFitAreRefused() throws IOException {
        Layer edges = Sequential.of(new Conv2d(IMAGE, 3, Window.of(2), 1));
        refused("it is given 24 columns; expected 48", edges, "2x4x3", "2x4x6");
        refused("Conv2d: the weights are 8x3; expected 12x3", edges, "2x2", "3x2");
        refused(
                "Conv2d: Window: the kernel 2x2 dilation 9x9 spans 10x10",
                edges,
                "\"dilation\":\"1x1\"",
                "\"dilation\":\"9x9\"");
        refused("Conv2d: Window: the stride = 0", edges, "\"stride\":\"1x1\"", "\"stride\":\"0x1\"");
        refused("Conv2d: 0 groups", edges, "\"groups\":\"1\"", "\"groups\":\"0\"");
        refused("Conv2d: the option kernel is \"x\"; expected 2 numbers such as 3x3", edges, "\"2x2\"", "\"x\"");
        refused(
                "Conv2d: the option groups is \"1x1\"; expected 1 number",
                edges,
                "\"groups\":\"1\"",
                "\"groups\":\"1x1\"");
        refused("Conv2d: it has no option input", edges, "\"input\"", "\"imput\"");
        refused(
                "Pool2d: the kernel 9999x9999 padding 5000x5000 looks at 2 channels from 30 places; "
                        + "expected at most 33554432 pixels in all",
                Pool2d.average(IMAGE, Window.of(2)),
                "\"kernel\":\"2x2\"",
                "\"kernel\":\"9999x9999\"",
                "\"padding\":\"0x0\"",
                "\"padding\":\"5000x5000\"");
        refused(
                "it makes 4605612 columns",
                Pool2d.average(IMAGE, Window.of(1)),
                "\"padding\":\"0x0\"",
                "\"padding\":\"757x757\"");
        refused("expected MAX or AVERAGE", Pool2d.average(IMAGE, Window.of(2)), "\"AVERAGE\"", "\"MEDIAN\"");
        refused(
                "ConvTranspose2d: the kernel 2x2 makes images of 2x8x3 from those of 1x9x4; expected its input, 2x4x3",
                new ConvTranspose2d(IMAGE, 1, Window.of(2), 1),
                "1x5x4",
                "1x9x4");
        refused("it is given 3 columns; expected 2", PerPixel.of(IMAGE, new Dense(2, 2, 1)), "2x4x3", "3x4x2");
    }

    @Test
    void theSummaryCountsColumnsAndParameters() {
        Conv2d edges = new Conv2d(new ImageShape(1, 28, 28), 6, Window.of(5).padding(2), 1);
        Pool2d smaller = Pool2d.max(edges.output(), Window.of(2).stride(2));
        Conv2d shapes = new Conv2d(smaller.output(), 16, Window.of(5), 2);
        Pool2d small = Pool2d.max(shapes.output(), Window.of(2).stride(2));
        Sequential lenet = Sequential.of(
                edges,
                PerPixel.of(edges.output(), new BatchNorm(6)),
                Activation.RELU,
                smaller,
                shapes,
                Activation.RELU,
                small,
                new Dense(small.output().columns(), 10, 3));
        assertEquals("""
                layer                        columns  parameters
                input                            784
                Conv2d(1x28x28, 6x28x28)        4704         156
                PerPixel(6x28x28)               4704          12
                relu                            4704           0
                MaxPool2d(6x28x28, 6x14x14)     1176           0
                Conv2d(6x14x14, 16x10x10)       1600        2416
                relu                            1600           0
                MaxPool2d(16x10x10, 16x5x5)      400           0
                Dense(400, 10)                    10        4010
                6594 parameters""", lenet.summary(784).toString());
        assertEquals("Conv2d(1x28x28, 6x28x28, kernel 5x5 padding 2x2)", edges.description());
    }

    /** The running statistics of a channel are those of all its pixels. */
    @Test
    void statisticsArePerChannel() {
        PerPixel layer = PerPixel.of(IMAGE, BatchNorm.averaging(2, 1e-5));
        SimpleMatrix x = inputs();
        layer.at(0).forward(Value.constant(x));
        SimpleMatrix pixels = IMAGE.toPixels(Value.constant(x)).matrix();
        assertEquals(
                List.of("mean", "variance", "batches"),
                layer.statistics().stream().map(s -> s.name()).toList());
        for (int c = 0; c < 2; c++) {
            double mean = pixels.getColumn(c).elementSum() / pixels.getNumRows();
            double variance = pixels.getColumn(c).minus(mean).elementPower(2).elementSum() / (pixels.getNumRows() - 1);
            assertEquals(mean, layer.statistics().get(0).value().get(0, c), 1e-14);
            assertEquals(variance, layer.statistics().get(1).value().get(0, c), 1e-14);
        }
        assertTrue(layer.inference().forward(Value.constant(x)).isConstant());
    }

    @Test
    void weightsBeginByWhatAPixelIsTheSumOf() {
        double he = Math.sqrt(6.0 / (3 * 25));
        Value weight = new Conv2d(new ImageShape(6, 9, 9), 400, Window.of(5), 2, Initialiser.heUniform(), 1)
                .weight()
                .value();
        assertEquals(75, weight.getNumRows());
        assertEquals(he, weight.abs().elementMax().scalar(), 1e-3 * he);
        // A kernel of 4x4 with stride 2 meets each pixel from 2x2 places.
        double transposed = Math.sqrt(6.0 / (3 * 4));
        Value back = new ConvTranspose2d(
                        new ImageShape(3, 9, 9), 400, Window.of(4).stride(2), 1)
                .weight()
                .value();
        assertEquals(transposed, back.abs().elementMax().scalar(), 1e-3 * transposed);
    }
}
