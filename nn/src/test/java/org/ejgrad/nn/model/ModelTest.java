package org.ejgrad.nn.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Safetensors;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.sequence.RecurrentCell;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model file holds, what it predicts, and what is refused in which words. */
class ModelTest {
    private static final Dataset MOONS = ToySets.moons(20, 0.1, 1);
    private static final Objective SOFTMAX = Objective.softmaxCrossEntropy();

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("model.safetensors");
    }

    private static Sequential network() {
        return Sequential.of(new Dense(2, 4, 1), Activation.TANH, new Dropout(0.5, 3), new Dense(4, 2, 2));
    }

    static Model model() {
        return Model.of(network(), SOFTMAX, MOONS);
    }

    private Model reloaded(Model model, LayerKinds kinds) throws IOException {
        model.save(file(), kinds);
        return Model.load(file(), kinds);
    }

    @Test
    void aFileIsNotesAndWeights() throws IOException {
        Sequential network = network();
        Model model = Model.of(network, SOFTMAX, MOONS);
        model.save(file());
        assertArrayEquals(Files.readAllBytes(file()), model.toBytes());
        NamedMatrices read = Safetensors.read(file());
        assertEquals(Weights.of(network).sha256(), read.sha256());
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put("model", "1");
        notes.put(
                "network",
                "{\"layer\":\"Sequential\",\"layers\":["
                        + "{\"layer\":\"Dense\",\"matrices\":{\"weight\":\"0.weight\",\"bias\":\"0.bias\"}},"
                        + "{\"layer\":\"tanh\"},"
                        + "{\"layer\":\"Dropout\",\"options\":{\"probability\":\"0.5\",\"seed\":\"3\"}},"
                        + "{\"layer\":\"Dense\",\"matrices\":{\"weight\":\"3.weight\",\"bias\":\"3.bias\"}}]}");
        notes.put("outputs", "softmax");
        notes.put("loss", "softmaxCrossEntropy");
        notes.put("feature/0", "x0");
        notes.put("feature/1", "x1");
        notes.put("class/0", MOONS.classNames().get(0));
        notes.put("class/1", MOONS.classNames().get(1));
        assertEquals(notes, read.metadata());
        Sequential other = Sequential.of(new Dense(2, 4, 8), Value::relu, Value::relu, new Dense(4, 2, 9));
        Weights.load(file(), other);
        assertEquals(Weights.of(network), Weights.of(other), "the weights alone");
    }

    @Test
    void saysWhatItTakesAndGives() {
        List<String> names = MOONS.classNames();
        assertEquals(
                "from 2 features [x0, x1]\nto classes " + names
                        + ", softmax of the outputs, trained by softmaxCrossEntropy\nthrough " + network(),
                model().toString());
        assertTrue(fixed(Outputs.IDENTITY, 8).toString().contains("x7]\nto numbers, "));
        assertTrue(fixed(Outputs.IDENTITY, 9).toString().contains("9 features [x0, x1, x2, x3, x4, x5, x6, x7, …]\n"));
    }

    @Test
    void recordsTheVersionsItWasTrainedWith() throws IOException {
        Map<String, String> entries = reloaded(
                        Model.of(network(), SOFTMAX, MOONS)
                                .trained(org.ejgrad.nn.io.Manifest.empty().with("seed", 7)),
                        LayerKinds.DEFAULT)
                .training()
                .entries();
        assertEquals(List.of("seed", "ejgrad", "java"), List.copyOf(entries.keySet()));
        assertTrue(entries.getOrDefault("ejgrad", "").matches("\\d+\\.\\d+.*"), entries.toString());
        assertEquals(Runtime.version().toString(), entries.get("java"));
    }

    // ---- what it predicts -------------------------------------------------------------------------------------------

    private static Model fixed(Outputs outputs, int width, String... classes) {
        SimpleMatrix targets = classes.length == 0 ? new SimpleMatrix(1, width) : new SimpleMatrix(1, 1);
        Dataset data = Dataset.of("data", new SimpleMatrix(1, width), targets, List.of(), List.of(classes));
        return Model.of(x -> x, Objective.of("mine", (o, b) -> o.mean()), outputs, data);
    }

    @Test
    void classesAreTheMostProbable() {
        SimpleMatrix logits = new SimpleMatrix(new double[][] {{0, 2, 1}, {3, 0, 0}});
        Predictions predictions = fixed(Outputs.SOFTMAX, 3, "a", "b", "c").predict(logits);
        assertArrayEquals(new int[] {1, 0}, predictions.classes());
        assertEquals("[b, a]", predictions.toString());
        assertEquals(List.of("a", "b", "c"), predictions.names());
        assertEquals(1, predictions.values().getRow(0).elementSum(), 1e-15);
        assertArrayEquals(logits.getDDRM().data, predictions.outputs().getDDRM().data);
        assertArrayEquals(
                new int[] {1, 0},
                fixed(Outputs.IDENTITY, 3, "a", "b", "c").predict(logits).classes());
    }

    @Test
    void oneSigmoidTellsTwoClassesApart() {
        Predictions predictions = fixedSecond().predict(new SimpleMatrix(new double[][] {{-3}, {0.1}}));
        assertArrayEquals(new int[] {0, 1}, predictions.classes());
        assertEquals("yes", predictions.text(1));
        assertEquals(2, predictions.values().getNumCols());
        assertEquals(1, predictions.values().getRow(1).elementSum());
    }

    private static Model fixedSecond() {
        Dataset data = Dataset.classification("d", new SimpleMatrix(1, 1), new int[1], "no", "yes");
        return Model.of(x -> x, Objective.sigmoidCrossEntropy(), data);
    }

    @Test
    void labelsAreThoseThatAreProbable() {
        Predictions predictions = fixed(Outputs.SIGMOID, 3, "a", "b", "c").predict(new SimpleMatrix(new double[][] {
            {1, -1, 0}, {-1, -1, -1}
        }));
        assertEquals("a, c", predictions.text(0));
        assertEquals("", predictions.text(1));
        assertTrue(assertThrows(IllegalArgumentException.class, predictions::classes)
                .getMessage()
                .contains("labels"));
    }

    @Test
    void numbersAreNumbers() {
        Predictions predictions = fixed(Outputs.IDENTITY, 2).predict(new SimpleMatrix(new double[][] {{1.5, -2}}));
        assertEquals("1.5, -2", predictions.text(0));
        assertTrue(assertThrows(IllegalArgumentException.class, predictions::classes)
                .getMessage()
                .contains("numbers"));
        assertEquals(
                "text: there is no row 1; expected 0 to 0",
                assertThrows(IllegalArgumentException.class, () -> predictions.text(1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> predictions.text(-1));
    }

    @Test
    void theLossSaysWhatTheOutputsAre() {
        assertSame(Outputs.SOFTMAX, Model.of(network(), SOFTMAX, MOONS).outputs());
        assertSame(Outputs.SIGMOID, fixedSecond().outputs());
        Dataset line = Dataset.regression("d", new SimpleMatrix(1, 2), new SimpleMatrix(1, 1));
        assertSame(
                Outputs.IDENTITY,
                Model.of(new Dense(2, 1, 1), Objective.squaredError(), line).outputs());
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Model.of(network(), (o, b) -> o.mean(), MOONS))
                .getMessage();
        assertTrue(message.contains("\"custom\"") && message.contains("Outputs"), message);
    }

    @Test
    void namesHaveToFit() {
        assertThrows(IllegalArgumentException.class, () -> Model.of(new Dense(3, 2, 1), SOFTMAX, MOONS));
        assertThrows(IllegalArgumentException.class, () -> Model.of(new Dense(2, 3, 1), SOFTMAX, MOONS));
        assertThrows(IllegalArgumentException.class, () -> Model.of(new Dense(2, 1, 1), SOFTMAX, MOONS));
        Model model = Model.of(network(), SOFTMAX, MOONS);
        assertThrows(IllegalArgumentException.class, () -> model.predict(new SimpleMatrix(1, 3)));
    }

    // ---- one's own layers -------------------------------------------------------------------------------------------

    /** Multiplies each column by a number of its own, so many times. */
    private static final class Stretch implements Layer {
        private final Parameter factors;
        private final int times;

        Stretch(int columns, int times) {
            this.factors =
                    new Parameter("factors", SimpleMatrix.ones(1, columns).scale(1.5));
            this.times = times;
        }

        @Override
        public Value forward(Value input) {
            return IntStream.range(0, times)
                    .boxed()
                    .reduce(input, (x, i) -> x.elementMult(factors.value()), (x, y) -> y);
        }

        @Override
        public List<Parameter> parameters() {
            return List.of(factors);
        }
    }

    /** Applies the first layer and then the second, and has a parameter besides. */
    private static final class Pair implements Layer {
        private final Layer first;
        private final Layer second;
        private final Parameter shift = new Parameter("shift", new SimpleMatrix(1, 1, true, 0.25));

        Pair(Layer first, Layer second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public Value forward(Value input) {
            return second.forward(first.forward(input)).plus(shift.value());
        }

        @Override
        public List<Parameter> parameters() {
            return Stream.of(
                            Stream.of(shift),
                            first.parameters().stream().map(each -> each.within("first")),
                            second.parameters().stream().map(each -> each.within("second")))
                    .flatMap(each -> each)
                    .toList();
        }
    }

    private static LayerKinds own() {
        return LayerKinds.DEFAULT
                .with(
                        "stretch",
                        Stretch.class,
                        layer -> Map.of("times", Integer.toString(layer.times)),
                        saved -> new Stretch(saved.matrix("factors").getNumCols(), (int) saved.integer("times")))
                .with(
                        "pair",
                        Pair.class,
                        layer -> Map.of(),
                        layer -> List.of(layer.first, layer.second),
                        saved -> new Pair(saved.layers().get(0), saved.layers().get(1)));
    }

    @Test
    void onesOwnLayersAreSavedByTheNamesOneGivesThem() throws IOException {
        Layer network = Sequential.of(new Pair(new Dense(2, 4, 1), new Stretch(4, 2)), Value::silu, new Dense(4, 2, 3));
        Model model = Model.of(network, SOFTMAX, MOONS);
        Model loaded = reloaded(model, own());
        assertArrayEquals(
                model.outputs(MOONS.inputs()).getDDRM().data,
                loaded.outputs(MOONS.inputs()).getDDRM().data);
        assertEquals(
                "[0.shift 1x1, 0.first.weight 2x4, 0.first.bias 1x4, 0.second.factors 1x4, 2.weight 4x2, 2.bias 1x2]",
                loaded.network().parameters().toString());
        String message = assertThrows(ModelFormatException.class, () -> Model.load(file()))
                .getMessage();
        assertTrue(message.contains("layer 0 ") && message.contains("no kind of layer \"pair\""), message);
    }

    @Test
    void onesOwnFunctionIsSavedByItsName() throws IOException {
        Layer halved = x -> x.scale(0.5);
        LayerKinds kinds = LayerKinds.DEFAULT.with("halved", halved);
        Model model = Model.of(Sequential.of(new Dense(2, 2, 1), halved), SOFTMAX, MOONS);
        Model loaded = reloaded(model, kinds);
        assertSame(halved, ((Sequential) loaded.network()).layers().get(1));
        assertArrayEquals(
                model.outputs(MOONS.inputs()).getDDRM().data,
                loaded.outputs(MOONS.inputs()).getDDRM().data);
    }

    @Test
    void aSharedLayerStaysShared() throws IOException {
        Dense shared = new Dense(2, 2, 1);
        Sequential twice = Sequential.of(shared, Value::tanh);
        Model loaded = reloaded(
                Model.of(Sequential.of(twice, Residual.of(shared), twice), SOFTMAX, MOONS), LayerKinds.DEFAULT);
        List<Layer> layers = ((Sequential) loaded.network()).layers();
        assertSame(layers.get(0), layers.get(2));
        assertSame(((Sequential) layers.get(0)).layers().get(0), ((Residual) layers.get(1)).inner());
        assertNotSame(twice, layers.get(0));
        assertEquals(2, loaded.network().parameters().size());
    }

    @Test
    void namesOfKindsAreFreeAndClassesHaveOne() {
        LayerKinds kinds = own();
        assertTrue(kinds.names().containsAll(List.of("stretch", "Dense", "tanh")));
        assertFalse(LayerKinds.DEFAULT.names().contains("stretch"), "the standard has not changed");
        for (String taken : List.of("", "same", "Dense", "tanh", "stretch")) {
            assertThrows(IllegalArgumentException.class, () -> kinds.with(taken, x -> x));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> kinds.with(taken, Layer.class, layer -> Map.of(), saved -> saved.layer()));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> kinds.with("again", Stretch.class, layer -> Map.of(), saved -> new Stretch(1, 1)));
        assertThrows(IllegalArgumentException.class, () -> kinds.with("function", new Dense(1, 1, 1)));
    }

    // ---- what cannot be saved ---------------------------------------------------------------------------------------

    static Stream<Arguments> unsaved() {
        Embedding table = new Embedding(3, 2, 1);
        return Stream.of(
                Arguments.of("layer 1 cannot be saved: a function", Sequential.of(Value::tanh, x -> x.scale(2))),
                Arguments.of("layer 0.0 cannot be saved: Stretch", Sequential.of(Residual.of(new Stretch(2, 1)))),
                Arguments.of(
                        "layer 1 cannot be saved: Mode",
                        Sequential.of(x -> x.tanh(), new BatchNorm(2)).at(1)),
                Arguments.of(
                        "layer 1.0 cannot be saved: its weight is also that of layer 0.0",
                        Sequential.of(Sequential.of(table), Residual.of(table.padding(0)))));
    }

    @ParameterizedTest
    @MethodSource("unsaved")
    void whatIsOfNoKindIsRefusedByItsPlace(String words, Layer network) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> NetworkWriter.describe(network, LayerKinds.DEFAULT))
                .getMessage();
        assertTrue(message.startsWith(words), message);
    }

    @Test
    void nothingIsWrittenOfWhatHoldsNaN() throws IOException {
        Dense dense = new Dense(2, 2, 1);
        dense.weight().set(new SimpleMatrix(2, 2, true, 1, 2, Double.NaN, 4));
        Model model = Model.of(dense, SOFTMAX, MOONS);
        assertThrows(NonFiniteException.class, () -> model.save(file()));
        assertFalse(Files.exists(file()));
    }

    @Tag("long")
    @Test
    void nothingIsWrittenThatWouldNotBeRead() {
        Layer often = new Dense(2, 2, 1);
        for (int i = 0; i < 14; i++) {
            often = Sequential.of(often, often);
        }
        Model model = Model.of(often, SOFTMAX, MOONS);
        String message = Thrown.message(ModelFormatException.class, () -> model.save(file()));
        assertTrue(message.contains("more than 10000 layers are applied"), message);
        assertFalse(Files.exists(file()));
    }

    // ---- what is not read -------------------------------------------------------------------------------------------

    private String refusal(UnaryOperator<Map<String, String>> change) throws IOException {
        return refusal(network(), change);
    }

    private String refusal(Layer layer, UnaryOperator<Map<String, String>> change) throws IOException {
        Model.of(layer, SOFTMAX, MOONS).save(file());
        NamedMatrices saved = Safetensors.read(file());
        Map<String, String> notes = change.apply(new LinkedHashMap<>(saved.metadata()));
        Map<String, SimpleMatrix> matrices = new LinkedHashMap<>();
        saved.names().forEach(name -> matrices.put(name, saved.get(name).matrix()));
        Safetensors.write(file(), NamedMatrices.of(matrices).withMetadata(notes));
        return String.valueOf(assertThrows(ModelFormatException.class, () -> Model.load(file()))
                .getMessage());
    }

    private void refused(String words, String... fromTo) throws IOException {
        refused(network(), words, fromTo);
    }

    private void refused(Layer layer, String words, String... fromTo) throws IOException {
        String message = refusal(layer, notes -> {
            for (int i = 0; i < fromTo.length; i += 2) {
                String network = notes.getOrDefault("network", "");
                assertTrue(network.contains(fromTo[i]), network);
                notes.put("network", network.replace(fromTo[i], fromTo[i + 1]));
            }
            return notes;
        });
        assertTrue(message.contains(words), message);
    }

    /** A layer of twice as many columns. */
    private static final String DOUBLING =
            "{\"layer\":\"Residual\",\"options\":{\"concatenating\":\"true\"},\"layers\":[{\"layer\":\"tanh\"}]}";

    @Test
    void networksThatDoNotFitTheirMatricesAreRefused() throws IOException {
        refused("layer 1 (byte 0): there is no kind of layer \"tanhh\"", "\"tanh\"", "\"tanhh\"");
        refused("layer 0 (byte 0): its matrix 9.weight is missing", "0.weight", "9.weight");
        refused("layer 3 (byte 0): its matrix 0.bias is missing, or another layer's", "3.bias", "0.bias");
        refused("the matrices [3.bias] are no layer's", ",\"bias\":\"3.bias\"", "");
        refused("layer 1 (byte 0): it is given 4 columns; expected 2", "\"layers\":[", "\"layers\":[" + DOUBLING + ",");
        refused("Dense: it has no matrix weight", "\"weight\":\"0", "\"Weight\":\"0");
        refused("Dense: its bias is 1x2; expected 1x4", "0.bias", "other", "3.bias", "0.bias", "other", "3.bias");
        Layer normalised = Sequential.of(new Dense(2, 4, 1), new LayerNorm(4), new Dense(4, 2, 2), new LayerNorm(2));
        String[] exchanged = {"1.bias", "other", "3.bias", "1.bias", "other", "3.bias"};
        refused(normalised, "its bias is 1x2; expected 1x4", exchanged);
        refused(
                normalised,
                "layer 1 (byte 0): it is given 4 columns; expected 2",
                Stream.concat(Stream.of(exchanged), Stream.of(exchanged).map(name -> name.replace("bias", "weight")))
                        .toArray(String[]::new));
        refused(
                Sequential.of(
                        new Dense(2, 2, 1), Residual.of(new Dense(2, 2, 2)), new Dense(2, 3, 3), new Dense(3, 2, 4)),
                "layer 1 (byte 0): it is given 2 columns; expected 3",
                "1.weight",
                "other",
                "2.weight",
                "1.weight",
                "other",
                "2.weight",
                "1.bias",
                "other",
                "2.bias",
                "1.bias",
                "other",
                "2.bias");
        refused("the option seed is \"x\"; expected a whole number", "\"seed\":\"3\"", "\"seed\":\"x\"");
        refused("it has no option seed", "\"seed\"", "\"sed\"");
        refused("the probability = 2.0", "\"0.5\"", "\"2\"");
        refused("unknown field \"lair\"", "{\"layer\":\"tanh\"}", "{\"lair\":\"tanh\"}");
        refused("it has no kind", "{\"layer\":\"tanh\"}", "{}");
        refused("not the expected JSON", "{\"layer\":\"tanh\"}", "{\"layer\":\"tanh\"");
        refused("there is more after", "]}", "]}{}");
    }

    /** As in files from before there could be several; one that is mentioned is one all the same. */
    @Test
    void oneHeadIsNotMentioned() throws IOException {
        Attention one = new Attention(1, 4, 1);
        Architecture described = NetworkWriter.describe(one, LayerKinds.DEFAULT);
        Map<String, String> options = new LinkedHashMap<>(described.options());
        assertEquals(Map.of("causal", "false", "features", "1"), options);
        options.put("heads", "1");
        Architecture mentioned = new Architecture(described.kind(), options, described.matrices(), described.layers());
        assertEquals(
                one.description(),
                NetworkReader.build(mentioned, LayerKinds.DEFAULT, Weights.of(one), "file")
                        .description());
    }

    @Test
    void layersOverSequencesThatDoNotFitAreRefused() throws IOException {
        Layer heads = new Attention(1, 4, 1).heads(2);
        String two = "\"heads\":\"2\"";
        refused(heads, "3 heads to divide the columns", two, "\"heads\":\"3\"");
        for (String number : List.of("0", "-1", "99999999999")) {
            refused(heads, "the option heads is " + number, two, "\"heads\":\"" + number + "\"");
        }
        refused(heads, "1048576 heads to divide the columns", two, "\"heads\":\"1048576\"");
        refused(heads, "the option heads is \"x\"; expected a whole number", two, "\"heads\":\"x\"");
        Layer both = Bidirectional.of(
                        1, Recurrent.of(new RecurrentCell(1, 1, 1)), Recurrent.of(new RecurrentCell(1, 1, 2)))
                .last();
        String all = "\"last\":\"false\"";
        refused(both, "it is given 2 columns; expected 3 a step", "\"features\":\"1\"", "\"features\":\"3\"");
        refused(both, "expected all outputs, of which last() of both takes one", all, "\"last\":\"true\"");
        refused(both, "it has no option last", "\"last\":\"true\"", "\"lost\":\"true\"");
    }

    @Test
    void aNetworkWithOtherColumnsThanOfOneRowIsRefused() {
        Model model = Model.of(x -> x.getNumRows() == 1 ? x : x.concatColumns(x), SOFTMAX, MOONS);
        String message = assertThrows(IllegalArgumentException.class, () -> model.predict(MOONS.inputs()))
                .getMessage();
        assertEquals("Model: of 20 rows the network makes 20x4; expected a row for each, all equally wide", message);
    }

    @Test
    void whatGrowsWithoutMeasureIsRefused() throws IOException {
        refused("the same as layer number \"9\"; expected", "{\"layer\":\"tanh\"}", same("9"));
        refused(
                "within each other",
                "{\"layer\":\"tanh\"}",
                "{\"layer\":\"Sequential\",\"layers\":[" + same("2") + "]}");
        refused("expected one before it", "{\"layer\":\"tanh\"}", same("2"));
        refused("expected one before it", "{\"layer\":\"tanh\"}", same("x"));
        refused("columns; expected at most 1048576", "{\"layer\":\"tanh\"}", (DOUBLING + ",").repeat(40) + DOUBLING);
        String deep = "{\"layer\":\"Sequential\",\"layers\":[";
        refused("nesting depth", "{\"layer\":\"tanh\"}", deep.repeat(150) + "]}".repeat(150));
        refused("more than 10000 layers", "{\"layer\":\"tanh\"}", ("{\"layer\":\"tanh\"},").repeat(10_000) + DOUBLING);
        // Each container holds the one before twice: 2^30 layers to apply.
        StringBuilder towers = new StringBuilder("{\"layer\":\"Sequential\",\"layers\":[{\"layer\":\"tanh\"}]}");
        for (int number = 2, i = 0; i < 30; i++, number += i == 1 ? 2 : 3) {
            towers.append(",{\"layer\":\"Sequential\",\"layers\":[")
                    .append(same("" + number))
                    .append(",")
                    .append(same("" + number))
                    .append("]}");
        }
        refused("more than 10000 layers are applied", "{\"layer\":\"tanh\"}", towers.toString());
    }

    private static String same(String number) {
        return "{\"layer\":\"same\",\"options\":{\"as\":\"" + number + "\"}}";
    }

    @Test
    void otherFilesAndVersionsAreRefusedByWhatTheyAre() throws IOException {
        assertTrue(refusal(notes -> {
                    notes.put("model", "2");
                    return notes;
                })
                .contains("its model is of format 2; this version of ejgrad reads 1"));
        assertTrue(refusal(notes -> Map.of()).contains("Weights.load"));
        assertTrue(refusal(notes -> {
                    notes.put("outputs", "softmin");
                    return notes;
                })
                .contains("its outputs are softmin"));
        assertTrue(refusal(notes -> {
                    notes.remove("class/1");
                    return notes;
                })
                .contains("2 outputs for 1 names"));
        assertTrue(refusal(notes -> {
                    notes.remove("feature/1");
                    return notes;
                })
                .contains("it is given 1 columns; expected 2"));
        Model.of(network(), SOFTMAX, MOONS).save(file());
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(), bytes);
        String damaged = String.valueOf(assertThrows(ModelFormatException.class, () -> Model.load(file()))
                .getMessage());
        assertTrue(damaged.contains("damaged"), damaged);
    }
}
