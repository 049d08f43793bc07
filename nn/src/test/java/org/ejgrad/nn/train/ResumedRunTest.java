package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Penalty;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resumed run ends in the bits of the undisturbed one, and a run that is another in anything is refused. */
class ResumedRunTest {
    private static final Dataset MOONS = ToySets.moons(60, 0.1, 1);
    private static final Dataset OTHERS = ToySets.moons(40, 0.1, 2);

    /** More rows than are looked at to know a run again. */
    private static final Dataset MANY = ToySets.moons(600, 0.1, 1);

    /** All that a run is made of. */
    private record Setting(
            long seed,
            Initialiser initialiser,
            UnaryOperator<Value> activation,
            Layer norm,
            double dropout,
            long dropoutSeed,
            boolean isResidual,
            Objective objective,
            UpdateRule rule,
            UnaryOperator<Gradients> clipping,
            int batchSize,
            long shuffleSeed,
            boolean isWhole,
            Measure measure,
            Dataset validation) {

        static Setting of(long seed) {
            RandomStream random = new RandomStream(seed);
            double limit = random.nextDouble(0.01, 1);
            double smoothing = random.nextDouble(0, 0.4);
            double rate = random.nextDouble(0.001, 0.1);
            return new Setting(
                    seed,
                    Initialiser.heNormal(),
                    seed % 2 == 0 ? Value::relu : Value::tanh,
                    seed % 3 == 0 ? new LayerNorm(6) : new BatchNorm(6),
                    seed % 5 == 0 ? 0 : random.nextDouble(0.05, 0.5),
                    random.nextLong(),
                    seed % 2 == 0,
                    smoothed(smoothing),
                    seed % 7 == 0
                            ? Sgd.rate(step -> rate / (1 + step)).momentum(0.9)
                            : Adam.rate(step -> rate / (1 + step)),
                    gradients -> GradientClipping.byNorm(gradients, limit).gradients(),
                    5 + random.nextInt(40),
                    random.nextLong(),
                    seed % 2 == 0,
                    Measure.accuracy(),
                    OTHERS);
        }

        Layer network() {
            Layer inner = Sequential.of(
                    new Dense(6, 6, initialiser, seed + 1), activation::apply, new Dropout(dropout, dropoutSeed));
            return Sequential.of(
                    new Dense(2, 6, initialiser, seed),
                    fresh(norm),
                    isResidual ? Residual.of(inner) : inner,
                    new Dense(6, 2, seed + 2));
        }

        /** A layer that has learnt nothing yet. */
        private static Layer fresh(Layer layer) {
            return layer instanceof BatchNorm ? new BatchNorm(6) : new LayerNorm(6);
        }

        Trainer trainer(Layer network) {
            Trainer trainer = Trainer.of(network, objective, Optimizer.of(network.parameters(), rule))
                    .batches(batchSize, shuffleSeed)
                    .clipping(clipping)
                    .measure("measure", measure)
                    .measure(
                            "mean",
                            (outputs, data) -> Value.constant(outputs).mean().scalar())
                    .validation(validation)
                    .patience(20);
            return isWhole ? trainer.withoutPartial() : trainer;
        }
    }

    private static Objective smoothed(double smoothing) {
        return (outputs, batch) ->
                CrossEntropy.fromLogits(outputs, batch.labels(), ClassOptions.DEFAULT.smoothing(smoothing));
    }

    @Property(tries = 10)
    void aResumedRunIsTheUninterruptedOne(@ForAll long seed) throws IOException {
        Path path = Files.createTempDirectory("run");
        try {
            Setting setting = Setting.of(Math.floorMod(seed, 1000L));
            Layer undisturbed = setting.network();
            History whole = setting.trainer(undisturbed).fit(MOONS, 4);
            for (int epochs : new int[] {1, 3, 4}) {
                Layer resumed = setting.network();
                try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
                    History history =
                            setting.trainer(resumed).checkpoints(folder).fit(MOONS, epochs);
                    if (epochs == 4) {
                        assertEquals(whole, history);
                        assertEquals(Weights.of(undisturbed), Weights.of(resumed));
                    }
                }
            }
        } finally {
            delete(path);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /** A change to a trainer, and the entries in which it shows. */
    private record Change(String name, List<String> shows, TrainerChange change) {
        @Override
        public String toString() {
            return name;
        }
    }

    @FunctionalInterface
    private interface TrainerChange {
        Trainer of(Parts parts);
    }

    /** What {@link #trainer} is made of, to be changed one at a time. */
    private static final class Parts {
        private double dropout = 0.2;
        private long dropoutSeed = 4;
        private Layer activation = Value::tanh;
        private Layer norm = new LayerNorm(8);
        private Initialiser initialiser = Initialiser.xavierUniform();
        private Objective objective = smoothed(0.1);
        private UpdateRule rule = Sgd.rate(step -> 0.1 / (1 + step)).momentum(0.5);
        private UnaryOperator<Gradients> clipping =
                g -> GradientClipping.byNorm(g, 0.1).gradients();
        private Measure measure = Measure.accuracy();
        private boolean isResidual;
        private boolean isBiased = true;

        Trainer trainer() {
            Layer last = isBiased ? new Dense(8, 2, initialiser, 5) : Dense.withoutBias(8, 2, initialiser, 5);
            Layer inner = Sequential.of(new Dense(8, 8, initialiser, 7), activation, new Dropout(dropout, dropoutSeed));
            Layer network =
                    Sequential.of(new Dense(2, 8, initialiser, 3), norm, isResidual ? Residual.of(inner) : inner, last);
            return Trainer.of(network, objective, Optimizer.of(network.parameters(), rule))
                    .batches(16, 9)
                    .clipping(clipping)
                    .measure("measure", measure)
                    .validation(OTHERS);
        }
    }

    private static Change change(String name, Consumer<Parts> change, String... shows) {
        return new Change(name, List.of(shows), parts -> {
            change.accept(parts);
            return parts.trainer();
        });
    }

    private static Change trainer(String name, UnaryOperator<Trainer> change, String... shows) {
        return new Change(name, List.of(shows), parts -> change.apply(parts.trainer()));
    }

    static Stream<Change> changes() {
        return Stream.of(
                change("dropout's probability", p -> p.dropout = 0.25, "network", "loss"),
                change("a hair more dropout", p -> p.dropout = Math.nextUp(0.2), "network"),
                change("dropout's seed", p -> p.dropoutSeed = 5, "network", "outputs in training"),
                change(
                        "activation",
                        p -> p.activation = Value::sigmoid,
                        "outputs in training",
                        "outputs after training"),
                change(
                        "gradient of the activation",
                        p -> p.activation = x -> x.tanh().plus(x.minus(x.detached())),
                        "gradients"),
                change("options of a layer", p -> p.norm = new LayerNorm(8, 1e-6), "network", "loss"),
                change("what is learnt", p -> p.norm = LayerNorm.plain(1e-5), "network"),
                change("a way around", p -> p.isResidual = true, "network", "loss"),
                change("no bias", p -> p.isBiased = false, "network"),
                change("first weights", p -> p.initialiser = Initialiser.xavierNormal(), "first weights"),
                change("smoothing", p -> p.objective = smoothed(0.100001), "loss", "gradients"),
                change(
                        "another loss of the same value",
                        p -> p.objective = (o, b) -> {
                            Value loss = smoothed(0.1).loss(o, b);
                            return loss.scale(2).minus(loss.detached());
                        },
                        "gradients"),
                change("named objective", p -> p.objective = Objective.softmaxCrossEntropy(), "objective"),
                change(
                        "schedule",
                        p -> p.rule = Sgd.rate(step -> step == 777 ? 0.2 : 0.1 / (1 + step))
                                .momentum(0.5),
                        "optimizer's steps"),
                change(
                        "described schedule",
                        p -> p.rule = Sgd.rate(Schedule.of("custom", step -> 0.1 / (2 + step)))
                                .momentum(0.5),
                        "optimizer's steps"),
                change(
                        "momentum's schedule",
                        p -> p.rule = Sgd.rate(step -> 0.1 / (1 + step)).momentum(0.6),
                        "optimizer"),
                change(
                        "limit of the norm",
                        p -> p.clipping = g -> GradientClipping.byNorm(g, 0.11).gradients(),
                        "clipped gradients"),
                change(
                        "a limit that is rarely reached",
                        p -> p.clipping = g -> GradientClipping.byValue(
                                GradientClipping.byNorm(g, 0.1).gradients(), 0.05),
                        "clipped gradients"),
                change("no clipping", p -> p.clipping = UnaryOperator.identity(), "clipped gradients"),
                change(
                        "measure",
                        p -> p.measure = (o, d) -> 1 - Measure.accuracy().of(o, d),
                        "measure measure"),
                trainer("penalty", t -> withPenalty(t, 1e-4), "loss", "gradients"),
                trainer("batch size", t -> t.batches(17, 9), "batch size"),
                trainer("order of rows", t -> t.batches(16, 8), "seed"),
                trainer("partial batches", Trainer::withoutPartial, "partial batches"),
                trainer("patience", t -> t.patience(5), "patience"),
                trainer("validation", t -> t.validation(ToySets.moons(40, 0.1, 3)), "validation"),
                trainer("measures", t -> t.measure("more", Measure.accuracy()), "measures"));
    }

    private static Trainer withPenalty(Trainer trainer, double factor) {
        Objective objective = trainer.objective();
        return new Trainer(
                trainer.network(),
                (outputs, batch) -> objective
                        .loss(outputs, batch)
                        .plus(Penalty.l2(trainer.network().parameters(), factor)),
                trainer.optimizer(),
                trainer.shuffle(),
                trainer.measures(),
                trainer.listeners(),
                trainer.validation(),
                trainer.patience(),
                trainer.clipping(),
                trainer.checkpoints());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aRunThatDiffersInOneThingIsRefused(Change change, @TempDir Path path) throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            new Parts().trainer().checkpoints(folder).fit(MOONS, 2);
            Trainer other = change.change.of(new Parts()).checkpoints(folder);
            NamedMatrices before = Weights.of(other.network());
            NamedMatrices state = other.optimizer().state();
            ModelMismatchException refusal = assertThrows(ModelMismatchException.class, () -> other.fit(MOONS, 4));
            // What the parts say is compared first; only if it is the same, what they do.
            boolean isShown = change.shows.stream()
                    .anyMatch(what -> refusal.differences().stream().anyMatch(line -> line.startsWith(what + " was ")));
            assertTrue(isShown, refusal.toString());
            assertEquals(before, Weights.of(other.network()));
            assertEquals(state, other.optimizer().state());
            // The same run still goes on.
            assertEquals(
                    4,
                    new Parts()
                            .trainer()
                            .checkpoints(folder)
                            .fit(MOONS, 4)
                            .epochs()
                            .size());
        }
    }

    /** A loss is the run's also where it differs for a single row of many, the only one of its class. */
    @Test
    void aLossThatWeighsARareClassOtherwiseIsRefused(@TempDir Path path) throws IOException {
        int[] labels = new int[600];
        labels[8] = 1;
        Dataset rare = Dataset.classification("rare", MANY.inputs(), labels, "common", "rare");
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            weighted(1).checkpoints(folder).fit(rare, 1);
            Trainer other = weighted(5).checkpoints(folder);
            assertThrows(ModelMismatchException.class, () -> other.fit(rare, 2));
            assertEquals(
                    2, weighted(1).checkpoints(folder).fit(rare, 2).epochs().size());
        }
    }

    private static Trainer weighted(double weight) {
        Layer network = new Dense(2, 2, 1);
        ClassOptions options = ClassOptions.DEFAULT.weights(1, weight);
        return Trainer.of(
                        network,
                        (outputs, batch) -> CrossEntropy.fromLogits(outputs, batch.labels(), options),
                        Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .batches(50, 1);
    }

    /** What some rows do not allow is known by its refusal, which is the run's too. */
    @Test
    void aMeasureThatRefusesIsComparedByItsRefusal(@TempDir Path path) throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            for (int epochs = 1; epochs <= 2; epochs++) {
                refusing(new IllegalStateException("few")).checkpoints(folder).fit(MANY, epochs);
            }
            Trainer other = refusing(new IllegalArgumentException("few")).checkpoints(folder);
            assertThrows(ModelMismatchException.class, () -> other.fit(MANY, 3));
        }
    }

    private static Trainer refusing(RuntimeException refusal) {
        Layer network = new Dense(2, 2, 1);
        return Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .measure("of all rows", (outputs, data) -> {
                    if (data.size() < MANY.size()) {
                        throw refusal;
                    }
                    return 1;
                });
    }

    /** How a layer moves its statistics is the run's, even where it has no other effect yet. */
    @Test
    void otherStatisticsAreRefused(@TempDir Path path) throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            counting(1).checkpoints(folder).fit(MOONS, 1);
            Trainer other = counting(2).checkpoints(folder);
            ModelMismatchException refusal = assertThrows(ModelMismatchException.class, () -> other.fit(MOONS, 2));
            assertTrue(refusal.differences().stream().anyMatch(line -> line.startsWith("statistics was ")));
            assertEquals(
                    2, counting(1).checkpoints(folder).fit(MOONS, 2).epochs().size());
        }
    }

    /** A layer that counts how often it is applied in training. */
    private static Trainer counting(double step) {
        Dense dense = new Dense(2, 2, 1);
        Parameter count = new Parameter("count", new SimpleMatrix(1, 1));
        Layer network = new Layer() {
            @Override
            public Value forward(Value input) {
                return dense.forward(input);
            }

            @Override
            public Layer at(long... position) {
                count.set(count.value().detached().plus(step));
                return dense;
            }

            @Override
            public List<Parameter> parameters() {
                return dense.parameters();
            }

            @Override
            public List<Parameter> statistics() {
                return List.of(count);
            }
        };
        return Trainer.of(
                network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.01)));
    }

    @Test
    void otherDataAreRefused(@TempDir Path path) throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            new Parts().trainer().checkpoints(folder).fit(MOONS, 1);
            Trainer same = new Parts().trainer().checkpoints(folder);
            assertThrows(ModelMismatchException.class, () -> same.fit(ToySets.moons(60, 0.1, 7), 2));
        }
    }

    /** In one program the network of the first part is trained already when the second begins. */
    @Test
    void aRunCanGoOnInTheSameProgram(@TempDir Path path) throws IOException {
        Trainer whole = new Parts().trainer();
        whole.fit(MOONS, 5);
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            Trainer trainer = new Parts().trainer().checkpoints(folder);
            trainer.fit(MOONS, 2);
            trainer.fit(MOONS, 3);
            Trainer fresh = Trainer.of(
                            trainer.network(),
                            trainer.objective(),
                            Optimizer.of(trainer.network().parameters(), new Parts().rule))
                    .batches(16, 9)
                    .clipping(trainer.clipping())
                    .measure("measure", Measure.accuracy())
                    .validation(OTHERS)
                    .checkpoints(folder);
            fresh.fit(MOONS, 5);
            assertEquals(Weights.of(whole.network()), Weights.of(fresh.network()));
        }
    }

    /** Statistics are not moved by what is only tried out. */
    @Test
    void savingLeavesNoTrace(@TempDir Path path) throws IOException {
        List<NamedMatrices> ends = new ArrayList<>();
        for (boolean isSaved : new boolean[] {false, true}) {
            Layer network = Sequential.of(new Dense(2, 4, 1), new BatchNorm(4), Value::tanh, new Dense(4, 2, 2));
            Trainer trainer = Trainer.of(
                            network,
                            Objective.softmaxCrossEntropy(),
                            Optimizer.of(network.parameters(), Adam.rate(0.1)))
                    .batches(20, 1);
            try (CheckpointFolder folder = CheckpointFolder.open(path, 1)) {
                (isSaved ? trainer.checkpoints(folder) : trainer).fit(MOONS, 3);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            ends.add(Weights.of(network));
        }
        assertEquals(ends.get(0), ends.get(1));
    }
}
