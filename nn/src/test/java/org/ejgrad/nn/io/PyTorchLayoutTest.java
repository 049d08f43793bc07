package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Frozen;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Temperature;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.sequence.RecurrentCell;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The names, shapes and types of {@code nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3), nn.Tanh(), nn.Linear(3,
 * 1)).state_dict()}. The file among the resources has them, and the numbers 1, 2, 3, … in the order of the
 * {@code state_dict}; it was written by {@code save_file} of the Python library safetensors 0.8.0.
 */
class PyTorchLayoutTest {
    private static final Path BY_PYTHON = Path.of("src/test/resources/org/ejgrad/nn/io/state-dict.safetensors");

    private static final Path IMAGES_BY_PYTHON =
            Path.of("src/test/resources/org/ejgrad/nn/io/state-dict-images.safetensors");

    private static final Path SEQUENCES_BY_PYTHON =
            Path.of("src/test/resources/org/ejgrad/nn/io/state-dict-sequences.safetensors");

    private static final Path STACKED_BY_PYTHON =
            Path.of("src/test/resources/org/ejgrad/nn/io/state-dict-stacked.safetensors");

    @TempDir
    Path folder;

    private static Sequential network(BatchNorm norm) {
        return Sequential.of(new Dense(2, 3, 1), norm, Value::tanh, new Dense(3, 1, 2));
    }

    private static void assertRow(NamedMatrices weights, String name, double... expected) {
        assertArrayEquals(expected, weights.get(name).matrix().getDDRM().data, name);
    }

    @Test
    void aStateDictIsRead() throws IOException {
        for (BatchNorm norm : List.of(new BatchNorm(3), BatchNorm.averaging(3, 1e-5))) {
            Sequential network = network(norm);
            Weights.load(BY_PYTHON, network, Weights.Layout.PYTORCH);
            NamedMatrices weights = Weights.of(network);
            assertRow(weights, "0.weight", 1, 3, 5, 2, 4, 6);
            assertRow(weights, "0.bias", 7, 8, 9);
            assertRow(weights, "1.weight", 10, 11, 12);
            assertRow(weights, "1.bias", 13, 14, 15);
            assertRow(weights, "1.mean", 16, 17, 18);
            assertRow(weights, "1.variance", 19, 20, 21);
            assertRow(weights, "3.weight", 22, 23, 24);
            assertRow(weights, "3.bias", 25);
            if (norm.momentum().isEmpty()) {
                assertRow(weights, "1.batches", 12);
            }
        }
        assertTrue(assertThrows(
                        ModelMismatchException.class,
                        () -> Weights.load(BY_PYTHON, new Dense(2, 3, 1), Weights.Layout.PYTORCH))
                .differences()
                .stream()
                .anyMatch(difference -> difference.contains("1.num_batches_tracked")));
    }

    @Test
    void aStateDictIsWritten() throws IOException {
        Path file = folder.resolve("ours.safetensors");
        BatchNorm norm = BatchNorm.averaging(3, 1e-5);
        Sequential network = network(norm);
        network.at(1).forward(Value.constant(new double[][] {{1, 2}, {3, -4}, {5, 6}}));
        Weights.save(file, network, Weights.Layout.PYTORCH);
        byte[] bytes = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        for (String entry : List.of(
                "\"format\":\"pt\"",
                "\"0.bias\":{\"dtype\":\"F64\",\"shape\":[3],\"data_offsets\":[0,24]}",
                "\"0.weight\":{\"dtype\":\"F64\",\"shape\":[3,2],\"data_offsets\":[24,72]}",
                "\"1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[96,104]}",
                "\"1.running_mean\":{\"dtype\":\"F64\",\"shape\":[3],",
                "\"1.running_var\":{\"dtype\":\"F64\",\"shape\":[3],",
                "\"3.weight\":{\"dtype\":\"F64\",\"shape\":[1,3],")) {
            assertTrue(header.contains(entry), header);
        }
        ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(8 + length);
        assertEquals(1, data.getLong(8 + length + 96), "one batch");
        Value weight = Weights.of(network).get("0.weight");
        assertEquals(weight.get(1, 0), data.getDouble(8 + length + 24 + 8), "transposed");
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = folder.resolve("ours.safetensors");
        Layer network = Sequential.of(
                new Embedding(5, 2, 1),
                Recurrent.of(new LstmCell(2, 3, 5)),
                Recurrent.of(new RecurrentCell(3, 2, 6)),
                new Attention(2, 3, 7),
                Bidirectional.of(2, Recurrent.of(new RecurrentCell(2, 2, 8)), Recurrent.of(new RecurrentCell(2, 2, 9)))
                        .last(),
                new Dense(4, 4, 2),
                new BatchNorm(4),
                Residual.of(Sequential.of(new Dense(4, 4, 3), Value::relu)),
                BatchNorm.averaging(4, 1e-3).withoutScaling(),
                new LayerNorm(4),
                new Temperature(2),
                Dense.withoutBias(4, 4, Initialiser.heNormal(), 4),
                Dense.withoutBias(4, 1, Initialiser.heNormal(), 4));
        network.at(1).forward(Value.constant(new double[][] {{1, 2, 0}, {3, 4, 1}, {1, 1, 1}}));
        NamedMatrices before = Weights.of(network);
        Weights.save(file, network, Weights.Layout.PYTORCH);
        Stream.concat(network.parameters().stream(), network.statistics().stream())
                .forEach(PyTorchLayoutTest::clear);
        Weights.load(file, network, Weights.Layout.PYTORCH);
        assertEquals(before, Weights.of(network));
        Weights.save(file, network, Weights.Layout.EJGRAD);
        assertArrayEquals(Safetensors.toBytes(before), Files.readAllBytes(file));

        Layer table = new Embedding(5, 5, 1);
        Weights.save(file, table, Weights.Layout.PYTORCH);
        table.parameters().forEach(PyTorchLayoutTest::clear);
        Weights.load(file, table, Weights.Layout.PYTORCH);
        assertEquals(Weights.of(new Embedding(5, 5, 1)), Weights.of(table));
    }

    /** A cell's weights are outputs x inputs there, also the square ones. */
    @Test
    void aCellsWeightsAreTurned() throws IOException {
        Path file = folder.resolve("cell.safetensors");
        Layer cell = Recurrent.of(new RecurrentCell(3, 2, 1));
        Weights.save(file, cell, Weights.Layout.PYTORCH);
        NamedMatrices theirs = Safetensors.read(file);
        assertEquals("[bias_hh_l0 1x2, bias_ih_l0 1x2, weight_hh_l0 2x2, weight_ih_l0 2x3]", theirs.toString());
        for (String name : List.of("weight_ih", "weight_hh")) {
            assertRow(
                    theirs,
                    name + "_l0",
                    Weights.of(cell).get(name).transpose().matrix().getDDRM().data);
        }
    }

    private static Sequential sequences() {
        return Sequential.of(
                Recurrent.of(new LstmCell(3, 2, 1)),
                Bidirectional.of(2, Recurrent.of(new GruCell(2, 3, 2)), new Frozen(Recurrent.of(new GruCell(2, 3, 3)))),
                Recurrent.of(new RecurrentCell(6, 2, 4)).last(),
                new Dense(2, 2, 5));
    }

    private static Bidirectional bothWays(int features, long seed) {
        return Bidirectional.of(
                features,
                Recurrent.of(new LstmCell(features, 2, seed)),
                Recurrent.of(new LstmCell(features, 2, -seed)));
    }

    private static Sequential stacked() {
        return Sequential.of(
                Sequential.of(bothWays(3, 1), new Dropout(0.5, 1), bothWays(4, 2)),
                Sequential.of(
                        Recurrent.of(new GruCell(4, 3, 3)),
                        new Frozen(Recurrent.of(new GruCell(3, 3, 4))),
                        Recurrent.of(new GruCell(3, 3, 5)).last()),
                new Dense(3, 2, 6));
    }

    /** The files and the figures are by {@code src/test/figures/state_dict_sequences.py}. */
    @Test
    void recurrentLayersAreReadAndWrittenAsPyTorchHasThem() throws IOException {
        assertReadAndWritten(PyTorchLayoutTest::sequences, SEQUENCES_BY_PYTHON, 18, new double[] {
            -0.23203228710341317, -0.2267708173016092, -0.22613710075652038, -0.2374942839984644
        });
        assertReadAndWritten(PyTorchLayoutTest::stacked, STACKED_BY_PYTHON, 30, new double[] {
            -0.06269072004170022, 0.1729155296692379, -0.06239923024179074, 0.1722250940315987
        });
    }

    private void assertReadAndWritten(Supplier<Sequential> made, Path byPython, int tensors, double... expected)
            throws IOException {
        Sequential network = made.get();
        Weights.load(byPython, network, Weights.Layout.PYTORCH);
        SimpleMatrix both = new SimpleMatrix(2, 12);
        for (int i = 0; i < 24; i++) {
            both.set(i, i / 10.0 - 1);
        }
        Value output = network.inference().forward(Value.constant(both));
        assertArrayEquals(expected, output.matrix().getDDRM().data, 1e-15);

        Path file = folder.resolve("ours.safetensors");
        Weights.save(file, network, Weights.Layout.PYTORCH);
        Map<String, String> theirs = tensors(byPython);
        assertEquals(tensors, theirs.size());
        assertEquals(theirs, tensors(file));
        Sequential again = made.get();
        Weights.load(file, again, Weights.Layout.PYTORCH);
        assertEquals(Weights.of(network), Weights.of(again));
    }

    /** Layers are of one module where PyTorch has such a one, and are read from modules of their own as well. */
    @Test
    void layersAreOfOneModuleWhereItCouldBe() throws IOException {
        Layer first = Recurrent.of(new GruCell(2, 2, 1));
        Layer second = Recurrent.of(new GruCell(2, 2, 2));
        Layer pair = Sequential.of(first, second);
        assertEquals(List.of("bias_hh_l0", "bias_hh_l1"), biases(pair));
        assertEquals(List.of("1.bias_hh_l0", "1.bias_hh_l1"), biases(Sequential.of(x -> x, pair)));
        for (Layer other : List.of(
                Recurrent.of(new GruCell(2, 3, 2)),
                Recurrent.of(new RecurrentCell(2, 2, 2)),
                Bidirectional.of(2, second, second),
                Residual.of(second))) {
            assertEquals(List.of("0.bias_hh_l0", "1.bias_hh_l0"), biases(Sequential.of(first, other)));
        }
        assertEquals(List.of("0.bias_hh_l0"), biases(Sequential.of(first)));
        Layer uneven = Bidirectional.of(2, first, Recurrent.of(new GruCell(2, 3, 2)));
        Layer alike = Bidirectional.of(5, Recurrent.of(new GruCell(5, 2, 3)), Recurrent.of(new GruCell(5, 3, 4)));
        assertEquals(
                List.of("0.bias_hh_l0", "0.bias_hh_l0_reverse", "1.bias_hh_l0", "1.bias_hh_l0_reverse"),
                biases(Sequential.of(uneven, alike)));

        NamedMatrices own = Weights.of(pair);
        Map<String, Value> apart = new TreeMap<>();
        own.withTransposed("0.weight_ih", "0.weight_hh", "1.weight_ih", "1.weight_hh")
                .matrices()
                .forEach((name, matrix) -> apart.put(name + "_l0", matrix));
        pair.parameters().forEach(PyTorchLayoutTest::clear);
        Weights.into(pair, NamedMatrices.ofValues(apart), Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        assertEquals(own, Weights.of(pair));
        apart.put("bias_ih_l1", Value.zeros(new Shape(1, 6)));
        NamedMatrices twice = NamedMatrices.ofValues(apart);
        ModelMismatchException refused = assertThrows(
                ModelMismatchException.class,
                () -> Weights.into(pair, twice, Weights.Numbers.FINITE, Weights.Layout.PYTORCH));
        assertEquals(List.of("unexpected: bias_ih_l1 1x6"), refused.differences());
        assertEquals(own, Weights.of(pair));
    }

    private List<String> biases(Layer network) throws IOException {
        Path file = folder.resolve("names.safetensors");
        Weights.save(file, network, Weights.Layout.PYTORCH);
        return Safetensors.readForeign(file).names().stream()
                .filter(name -> name.contains("bias_hh"))
                .sorted()
                .toList();
    }

    /** A cell alone has our names there; what has both is of another network. */
    @Test
    void theNamesOfACellAreReadToo() {
        Layer layer = Sequential.of(Recurrent.of(new GruCell(3, 2, 1)));
        NamedMatrices own = Weights.of(layer);
        NamedMatrices cell = own.withTransposed("0.weight_ih", "0.weight_hh");
        layer.parameters().forEach(PyTorchLayoutTest::clear);
        Weights.into(layer, cell, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        assertEquals(own, Weights.of(layer));
        NamedMatrices twice = cell.with("0.bias_ih_l0", new SimpleMatrix(1, 6));
        ModelMismatchException refused = assertThrows(
                ModelMismatchException.class,
                () -> Weights.into(layer, twice, Weights.Numbers.FINITE, Weights.Layout.PYTORCH));
        assertEquals(List.of("unexpected: 0.bias_ih_l0 1x6"), refused.differences());
        assertEquals(own, Weights.of(layer));
    }

    private static Sequential images() {
        ImageShape input = new ImageShape(2, 4, 3);
        Window window = Window.of(3, 2).stride(1, 2).padding(1);
        Conv2d first = new Conv2d(input, 4, window, 2, Initialiser.heNormal(), 1);
        ImageShape large = new ImageShape(6, 8, 4);
        return Sequential.of(
                first,
                PerPixel.of(first.output(), new BatchNorm(4)),
                Value::tanh,
                new ConvTranspose2d(first.output(), large, Window.of(2).stride(2), 2, Initialiser.heNormal(), 2)
                        .withoutBias(),
                new Conv2d(large, 1, Window.of(1), 3),
                x -> x,
                new Dense(32, 2, 4));
    }

    /** Each tensor of a file: its type, shape and bytes. */
    private static Map<String, String> tensors(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
        String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
        Map<String, String> tensors = new TreeMap<>();
        Matcher entry = Pattern.compile(
                        "\"([^\"]+)\":\\{(\"dtype\":[^}]*\"shape\":[^}]*\\]),\"data_offsets\":\\[(\\d+),(\\d+)]")
                .matcher(header);
        while (entry.find()) {
            int from = 8 + length + Integer.parseInt(entry.group(3));
            int to = 8 + length + Integer.parseInt(entry.group(4));
            tensors.put(entry.group(1), entry.group(2) + HexFormat.of().formatHex(Arrays.copyOfRange(bytes, from, to)));
        }
        return tensors;
    }

    /** The file and the figures are by {@code src/test/figures/state_dict_images.py}. */
    @Test
    void convolutionsAreReadAndWrittenAsPyTorchHasThem() throws IOException {
        Sequential network = images();
        Weights.load(IMAGES_BY_PYTHON, network, Weights.Layout.PYTORCH);
        SimpleMatrix image = new SimpleMatrix(1, 24);
        for (int i = 0; i < 24; i++) {
            image.set(i, i / 10.0 - 1);
        }
        double[] made =
                network.inference().forward(Value.constant(image)).matrix().getDDRM().data;
        assertArrayEquals(new double[] {0.2824615594865949, -0.27283261241971146}, made, 1e-14);

        Path file = folder.resolve("ours.safetensors");
        Weights.save(file, network, Weights.Layout.PYTORCH);
        Map<String, String> theirs = tensors(IMAGES_BY_PYTHON);
        assertEquals(12, theirs.size());
        assertEquals(theirs, tensors(file));
        Sequential again = images();
        Weights.load(file, again, Weights.Layout.PYTORCH);
        assertEquals(Weights.of(network), Weights.of(again));
        assertTrue(Safetensors.read(file).skipped().get("0.weight").contains("[4, 1, 3, 2] has 4 dimensions"));
    }

    /** Whatever has other dimensions is named with them. */
    @Test
    void otherDimensionsAreRefusedByName() throws IOException {
        ImageShape shape = new ImageShape(2, 4, 3);
        Layer other = new Conv2d(shape, 4, Window.of(2, 3), 2, Initialiser.heNormal(), 1);
        Path file = folder.resolve("one.safetensors");
        Weights.save(file, Sequential.of(other), Weights.Layout.PYTORCH);
        Layer wide = Sequential.of(new Conv2d(shape, 4, Window.of(3, 2), 2, Initialiser.heNormal(), 1));
        assertDifference("0.weight is [4, 1, 2, 3]; expected [4, 1, 3, 2] of PyTorch", file, wide);
        assertDifference("0.weight is [4, 1, 2, 3]; expected 6x4", file, Sequential.of(new Dense(6, 4, 1)));
        assertDifference("0.weight is [4, 1, 2, 3]; expected nothing of that name", file, Sequential.of(x -> x));
        ModelMismatchException missing = assertThrows(
                ModelMismatchException.class, () -> Weights.load(file, Sequential.of(other), Weights.Layout.EJGRAD));
        assertTrue(
                missing.getMessage().contains("missing: 0.weight 6x4, which is passed over in the file: its shape"),
                missing.getMessage());
        Weights.save(file, Sequential.of(other));
        assertDifference("0.weight is [6, 4]; expected [4, 1, 2, 3] of PyTorch", file, Sequential.of(other));
        NamedMatrices flat = Weights.of(Sequential.of(other)).withTransposed("0.weight");
        Weights.into(Sequential.of(other), flat, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        assertEquals(Weights.of(Sequential.of(other)), flat.withTransposed("0.weight"));
    }

    private static void assertDifference(String expected, Path file, Layer network) {
        ModelMismatchException refused =
                assertThrows(ModelMismatchException.class, () -> Weights.load(file, network, Weights.Layout.PYTORCH));
        assertTrue(refused.differences().contains(expected), refused.getMessage());
    }

    private static void clear(Parameter parameter) {
        parameter.set(new SimpleMatrix(
                parameter.value().getNumRows(), parameter.value().getNumCols()));
    }
}
