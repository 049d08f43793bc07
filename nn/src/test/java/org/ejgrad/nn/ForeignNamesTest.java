package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.laws.SteeringSigns;
import org.ejgrad.nn.arguments.TextTable;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.DatasetFormatException;
import org.ejgrad.nn.data.IdxArray;
import org.ejgrad.nn.data.Limits;
import org.ejgrad.nn.data.Missing;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.RawColumn;
import org.ejgrad.nn.data.ResourceLimitException;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.Checkpoint;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.lint.Warning;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.model.LayerKinds;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.model.SavedLayer;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.tune.Settings;
import org.ejgrad.nn.tune.Space;
import org.ejgrad.nn.tune.Trial;
import org.ejgrad.nn.tune.Trials;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Names of columns, classes, files, matrices and settings that would steer a terminal do not, wherever they are told.
 */
class ForeignNamesTest {
    /** What tells of no name but those that this library gives. */
    private static final Set<String> OWN_NAMES = Set.of(
            "Activation",
            "Attention",
            "BatchNorm",
            "Bidirectional",
            "Calibration",
            "Clipping",
            "Conv2d",
            "ConvTranspose2d",
            "Dense",
            "Divisor",
            "Dropout",
            "EachStep",
            "Embedding",
            "Frozen",
            "GatedCell",
            "ImageShape",
            "Inference",
            "LayerNorm",
            "Outputs",
            "PerPixel",
            "Pool2d",
            "PositionEncoding",
            "Precision",
            "Recurrent",
            "Residual",
            "Schedule",
            "Sequential",
            "Summary",
            "Temperature",
            "Window");

    /** One name a sign, each in quotation marks of its own, so that a name that is cut hides none. */
    private static List<String> names(String first) {
        return SteeringSigns.ALL.chars().mapToObj(c -> first + (char) c + "x").toList();
    }

    private static void assertPlain(String text) {
        assertTrue(text.contains("\uFFFD"), "no name is told: " + text);
        assertEquals(text, PlainText.of(text).replace('\t', ' ').replace('\r', ' '));
    }

    private static void assertPlain(Class<? extends Exception> type, Executable call) {
        assertPlain(String.valueOf(assertThrows(type, call).getMessage()));
    }

    /** A file each, whose name, columns, classes and texts have one of the signs. */
    @Test
    void tablesAndWhatIsMadeOfThem() throws IOException {
        for (String name : names("n")) {
            boolean endsLine = name.matches("(?s).*[\t\n\r].*");
            Table table = Table.of(
                    name,
                    List.of(name, "text", "kind" + name),
                    Stream.of("1", "2", "3", "4", "5", "6")
                            .map(number -> List.of(number, name, "class" + Integer.parseInt(number) % 2 + name))
                            .toList());
            Preparation preparation = Preparation.classification("kind" + name).fit(table);
            Dataset data = preparation.dataset(table);
            ConfusionMatrix confusion = ConfusionMatrix.of(data.labels(), data.labels(), data.classNames());
            List<String> many = IntStream.range(0, 30).mapToObj(i -> i + name).toList();
            ConfusionMatrix list = ConfusionMatrix.of(new int[] {1, 2}, new int[] {2, 1}, many);
            Model model = Model.of(new Dense(data.features(), 2, 1), Objective.softmaxCrossEntropy(), preparation);
            List<Object> all = List.of(
                    table,
                    table.describe(),
                    preparation,
                    data,
                    confusion,
                    list,
                    model,
                    model.predict(table),
                    IdxArray.read(
                            name, new ByteArrayInputStream(new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7}), Limits.DEFAULT),
                    NamedMatrices.empty().with(name, new SimpleMatrix(1, 1)),
                    new Parameter(name, new SimpleMatrix(1, 1)),
                    new Warning(Warning.Pitfall.values()[0], name),
                    new Settings(Map.of(name, name)),
                    preparation.rawColumns().get(0),
                    preparation.rawColumns().get(1),
                    table.describe().columns().get(0),
                    table.describe().columns().get(1),
                    Manifest.empty().with(name, name),
                    Checkpoint.at(1, 2, Manifest.empty().with("seed", name)),
                    new SavedLayer(Map.of(name, name), Map.of(name, Value.constant(1)), List.of()),
                    new Architecture("Dense", Map.of("size", name), Map.of(), List.of()),
                    new Trial(1, new Settings(Map.of()), 1, 1, Double.NaN, Optional.of(name)),
                    new EpochResult(1, 1, Map.of(name, 1.0), OptionalDouble.of(1), Map.of()),
                    new EpochResult(1, 1, Map.of(), OptionalDouble.of(1), Map.of(name, 1.0)),
                    Optimizer.of(List.of(new Parameter("w", new SimpleMatrix(1, 1))), new Named(name)),
                    Sequential.of(new Own(name), new Frozen(new Own(name))),
                    new Trials(
                            List.of(
                                    new Trial(1, new Settings(Map.of(name, name)), 1, 1, 1, Optional.empty()),
                                    new Trial(
                                            2, new Settings(Map.of(name, name)), 1, 1, Double.NaN, Optional.of(name))),
                            true),
                    new History(
                            List.of(new EpochResult(1, 1, Map.of(name, 1.0), OptionalDouble.empty(), Map.of())),
                            History.End.values()[0],
                            1));
            for (Object each : all) {
                String text = each.toString();
                assertEquals(text, PlainText.of(text).replace('\t', ' ').replace('\r', ' '), each.getClass()::getName);
                boolean isTold = text.contains("\uFFFD") || (each instanceof Architecture && text.contains("\\"));
                assertTrue(endsLine || isTold, "no name is told by " + each.getClass() + ": " + text);
            }
            if (!endsLine) {
                messages(name, table, data);
            }
        }
    }

    private static void messages(String name, Table table, Dataset data) {
        assertPlain(DatasetFormatException.class, () -> CsvFormat.DEFAULT.table(name, bytes("a,b\n1,2,3\n")));
        assertPlain(
                DatasetFormatException.class,
                () -> CsvFormat.DEFAULT.read("own.csv", bytes("a,k\n1,2\n" + name + ",3\n")));
        assertPlain(IllegalArgumentException.class, () -> table.name(9));
        assertPlain(IllegalArgumentException.class, () -> table.numbers("text"));
        assertPlain(IllegalArgumentException.class, () -> table.numbers("kin" + name));
        assertPlain(IllegalArgumentException.class, () -> data.rows(99));
        assertPlain(IllegalArgumentException.class, () -> Table.of(name, List.of(name, name), List.of()));
        assertPlain(IllegalArgumentException.class, () -> NamedMatrices.empty().get(name));
        assertPlain(new DatasetFormatException(name, name).getMessage());
        assertPlain(new ModelFormatException(name, name, 0, name).getMessage());
        assertPlain(new ModelMismatchException(name, List.of(name)).getMessage());
        assertPlain(new ResourceLimitException(name).getMessage());
        assertPlain(TextTable.of(List.of(List.of(name, name))));
        Space space = Space.empty().choices(name, 1, 2);
        SavedLayer saved = new SavedLayer(Map.of(name, name), Map.of(), List.of());
        Parameter parameter = new Parameter(name, new SimpleMatrix(new double[][] {{1}}));
        Parameter again = new Parameter(name, new SimpleMatrix(1, 1));
        Optimizer optimizer = Optimizer.of(List.of(parameter), Sgd.rate(1));
        NamedMatrices infinite = NamedMatrices.empty().with(name, new SimpleMatrix(new double[][] {{1.0 / 0}}));
        Manifest manifest = Manifest.empty().with(name, name);
        for (Executable each : List.<Executable>of(
                () -> Space.empty().choices(name),
                () -> space.choices(name, 1),
                () -> space.uniform(name, 2, 1),
                () -> Space.empty().uniform(name, 1, 2).grid(),
                () -> space.grid().get(0).number("other"),
                () -> space.grid().get(0).get(name, String.class),
                () -> saved.text("other"),
                () -> saved.number(name),
                () -> saved.integer(name),
                () -> saved.truth(name),
                () -> saved.matrix(name),
                () -> manifest.with(name, 1),
                () -> manifest.requireSameRunAs(Manifest.empty()),
                () -> Checkpoint.at(1, 2, manifest).with(name, infinite),
                () -> Checkpoint.at(1, 2, manifest).part(name),
                () -> Weights.of(List.of(parameter, again)),
                () -> Weights.into(List.of(parameter), infinite, Weights.Numbers.FINITE),
                () -> parameter.set(new SimpleMatrix(1, 2)),
                () -> Optimizer.of(List.of(parameter, again), Sgd.rate(1)),
                () -> optimizer.step(Value.variable("other", 1).gradients()),
                () -> optimizer.step(parameter.value().scale(1e300).square().gradients()),
                () -> LayerKinds.DEFAULT.with(name, Value::tanh).with(name, Value::tanh),
                () -> Optimizer.of(List.of(again), new Named(name))
                        .step(again.value().gradients()))) {
            assertPlain(Exception.class, each);
        }
    }

    /** A rule that remembers nothing that is a number. */
    private record Named(String description) implements UpdateRule {
        @Override
        public List<String> buffers() {
            return List.of(description);
        }

        @Override
        public Step at(long step, double rateFactor) {
            return elements -> elements.buffer(0, 0, Double.NaN);
        }
    }

    private record Own(String name) implements Layer {
        @Override
        public Value forward(Value input) {
            return input;
        }
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatHoldsNamesSaysThem() {
        Table table = Table.of(
                "own",
                List.of("weight", "colour", "kind"),
                List.of(List.of("1", "red", "a"), List.of("4", "", "b"), List.of("", "green", "b")));
        List<RawColumn> columns = Preparation.classification("kind")
                .missing(Missing.MEAN)
                .fit(table)
                .rawColumns();
        Settings settings = new Settings(Map.of("rate", 0.5));
        Manifest manifest = Manifest.empty().with("seed", 7).with("batch size", 32);
        Architecture dropout = new Architecture("Dropout", Map.of("seed", "1"), Map.of(), List.of());
        Map<String, Double> measures = Map.of("accuracy", 0.75);
        Map<String, Value> matrices = Map.of("bias", Value.constant(1));
        Map<Object, String> expected = new LinkedHashMap<>();
        expected.put(columns.get(0), "weight, 2.5 if it is missing");
        expected.put(columns.get(1), "colour=green, colour=red, colour=(missing)");
        expected.put(table.describe().columns().get(0), "weight: number, 1 missing, 2 different, 1 … 4, mean 2.5");
        expected.put(table.describe().columns().get(1), "colour: text, 1 missing, 2 different, green 1, red 1");
        expected.put(manifest, "{seed=7, batch size=32}");
        expected.put(
                new SavedLayer(Map.of("p", "0.5"), matrices, List.of()), "options {p=0.5}, matrices [bias], layers []");
        expected.put(dropout, dropout.toJson());
        expected.put(
                new Trial(3, settings, 10, 7, 0.25, Optional.empty()),
                "trial 3: rate 0.5; budget 10, seed 7, score 0.25");
        expected.put(
                new Trial(3, settings, 10, 7, Double.NaN, Optional.of("no room")),
                "trial 3: rate 0.5; budget 10, seed 7, score NaN, failed: no room");
        expected.put(
                new EpochResult(2, 0.5, measures, OptionalDouble.empty(), Map.of()),
                "epoch 2: loss 0.5, {accuracy=0.75}");
        expected.put(
                new EpochResult(2, 0.5, measures, OptionalDouble.of(1.5), measures),
                "epoch 2: loss 0.5, {accuracy=0.75}; validation loss 1.5, {accuracy=0.75}");
        expected.forEach((each, text) -> assertEquals(text, each.toString()));
    }

    /** Whatever has a text of its own is in this test or tells of no foreign name. */
    @Test
    void noTextIsLeftOut() throws IOException {
        Set<String> texts = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (Files.readString(file).contains("public String toString()")) {
                    texts.add(file.getFileName().toString().replace(".java", ""));
                }
            }
        }
        Set<String> here = new TreeSet<>(Arrays.asList(
                "Architecture",
                "ConfusionMatrix",
                "Dataset",
                "EpochResult",
                "History",
                "IdxArray",
                "Manifest",
                "Model",
                "NamedMatrices",
                "Optimizer",
                "Parameter",
                "Predictions",
                "Preparation",
                "RawColumn",
                "SavedLayer",
                "Settings",
                "Table",
                "TableDescription",
                "Targets",
                "Trial",
                "Trials",
                "Warning"));
        assertFalse(here.removeAll(OWN_NAMES));
        here.addAll(OWN_NAMES);
        assertEquals(here, texts);
    }
}
