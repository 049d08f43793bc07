package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.Ranking;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    private final Dataset moons = ToySets.moons(60, 0.1, 1);
    private final Dataset others = ToySets.moons(40, 0.1, 2);

    private static Layer network() {
        return Sequential.of(new Dense(2, 8, 3), Value::tanh, new Dropout(0.2, 4), new Dense(8, 2, 5));
    }

    private static double[] weights(Layer network) {
        return network.parameters().stream()
                .map(parameter -> parameter.value().matrix())
                .flatMapToDouble(matrix -> {
                    double[] all = new double[matrix.getNumElements()];
                    Arrays.setAll(all, matrix::get);
                    return Arrays.stream(all);
                })
                .toArray();
    }

    @Test
    void isTheFiveLineLoopToTheLastBit() {
        Layer trained = network();
        Trainer.of(trained, Objective.softmaxCrossEntropy(), Optimizer.of(trained.parameters(), Adam.rate(0.02)))
                .batches(16, 9)
                .fit(moons, 4);

        Layer byHand = network();
        Optimizer optimizer = Optimizer.of(byHand.parameters(), Adam.rate(0.02));
        Batches batches = Batches.shuffled(moons, 16, 9);
        for (int epoch = 1; epoch <= 4; epoch++) {
            int step = 0;
            for (Dataset batch : batches.epoch(epoch)) {
                Value outputs = byHand.at(epoch, step++).forward(Value.constant(batch.inputs()));
                optimizer.step(CrossEntropy.fromLogits(outputs, batch.labels()).gradients());
            }
        }
        assertArrayEquals(weights(byHand), weights(trained), 0);
    }

    /** The mean of losses whose sum is no double. */
    @Test
    void epochsOfHugeLossesHaveAMean() {
        Dense dense = new Dense(2, 1, 1);
        Objective objective =
                (outputs, rows) -> outputs.elementSum().scale(0).plus(1.5e308 - 1e308 * (rows.size() % 2));
        Trainer trainer = Trainer.of(dense, objective, Optimizer.of(dense.parameters(), Sgd.rate(1)))
                .batches(7, 1)
                .validation(moons);
        EpochResult result = trainer.fit(moons, 1).last();
        assertEquals((56 * 0.5 + 4 * 1.5) / 60, result.loss() / 1e308, 1e-15);
        assertEquals(1.5e308, result.validationLoss().orElseThrow());
        assertEquals(1.5e308, trainer.evaluate(moons).loss());
    }

    @Test
    void sixteenTrainingsAtOnceGiveTheBitsOfSixteenInTurn() {
        List<double[]> inTurn = IntStream.range(0, 16).mapToObj(this::trained).toList();
        List<double[]> atOnce =
                IntStream.range(0, 16).parallel().mapToObj(this::trained).toList();
        for (int i = 0; i < 16; i++) {
            assertArrayEquals(inTurn.get(i), atOnce.get(i), 0);
        }
        assertFalse(Arrays.equals(inTurn.get(0), inTurn.get(1)));
    }

    private double[] trained(int seed) {
        Layer network = network();
        Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.02)))
                .batches(16, seed)
                .fit(moons, 5);
        return weights(network);
    }

    @Test
    void recordsWhatListenersSee() {
        Layer network = network();
        List<String> seen = new ArrayList<>();
        Listener listener = new Listener() {
            @Override
            public void onStep(int epoch, int batch, int batches, double loss) {
                seen.add(epoch + ":" + batch + "/" + batches);
                assertTrue(Double.isFinite(loss));
            }

            @Override
            public void onEpoch(EpochResult epoch) {
                seen.add("epoch " + epoch.epoch());
            }
        };
        History history = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.02)))
                .batches(40, 1)
                .measure("accuracy", Measure.accuracy())
                .validation(others)
                .listener(listener)
                .fit(moons, 2);
        assertEquals(List.of("1:1/2", "1:2/2", "epoch 1", "2:1/2", "2:2/2", "epoch 2"), seen);
        assertEquals(History.End.COMPLETED, history.end());
        assertEquals(2, history.epochs().size());
        assertTrue(history.last().validationLoss().isPresent());
        assertTrue(history.last().measures().get("accuracy") > 0.3);
        assertTrue(history.last().validationMeasures().containsKey("accuracy"));
    }

    @Test
    void theRecordedLossIsTheMeanOverRows() {
        Layer network = Sequential.of(new Dense(2, 2, 3));
        Trainer trainer = Trainer.of(
                network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(1e-300)));
        EpochResult before = trainer.evaluate(moons);
        Trainer measuring = trainer.batches(7, 1).measure("accuracy", Measure.accuracy());
        History history = measuring.fit(moons, 1);
        assertEquals(before.loss(), history.last().loss(), 1e-12);
        assertEquals(
                measuring.evaluate(moons).measures().get("accuracy"),
                history.last().measures().get("accuracy"),
                1e-12);
    }

    @Test
    void stopsEarlyAndRestoresTheBestEpoch() {
        Layer network = network();
        Trainer trainer = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(20)))
                .batches(8, 1)
                .validation(others)
                .patience(3);
        History history = trainer.fit(moons, 200);
        assertEquals(History.End.STOPPED_EARLY, history.end());
        assertEquals(history.bestEpoch() + 3, history.epochs().size());
        double best = history.epochs().get(history.bestEpoch() - 1).watchedLoss();
        assertTrue(history.epochs().stream().allMatch(epoch -> epoch.watchedLoss() >= best));
        assertEquals(best, trainer.evaluate(others).loss(), 0);
    }

    @Test
    void aDivergedStepIsNotMade() {
        Layer network = Sequential.of(new Dense(2, 1, 3), z -> z.square().square());
        Dataset target = moons.withTargets(moons.targets());
        Trainer trainer =
                Trainer.of(network, Objective.squaredError(), Optimizer.of(network.parameters(), Sgd.rate(1e6)));
        double[] last = weights(network);
        List<double[]> steps = new ArrayList<>();
        Trainer watched = trainer.listener(new Listener() {
            @Override
            public void onStep(int epoch, int batch, int batches, double loss) {
                steps.add(weights(network));
            }
        });
        ArithmeticException error = assertThrows(ArithmeticException.class, () -> watched.fit(target, 100));
        assertArrayEquals(steps.isEmpty() ? last : steps.get(steps.size() - 1), weights(network), 0);
        if (error instanceof DivergenceException diverged) {
            assertTrue(Double.isFinite(diverged.lastFiniteLoss()));
            assertTrue(error.getMessage().contains("epoch " + diverged.epoch() + ", batch " + diverged.batch()));
        }
    }

    @Test
    void anInterruptedThreadStopsAfterAWholeStep() {
        Layer network = network();
        Trainer trainer = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .batches(10, 1)
                .listener(new Listener() {
                    @Override
                    public void onStep(int epoch, int batch, int batches, double loss) {
                        if (epoch == 2 && batch == 3) {
                            Thread.currentThread().interrupt();
                        }
                    }
                });
        History history = trainer.fit(moons, 50);
        assertTrue(Thread.interrupted());
        assertEquals(History.End.INTERRUPTED, history.end());
        assertEquals(1, history.epochs().size());
    }

    @Test
    void aResumedRunEndsInTheSameBits(@TempDir Path path) throws IOException {
        Layer undisturbed = network();
        History whole = checkpointed(undisturbed, Adam.rate(0.02)).fit(moons, 9);
        for (int epochs = 2; epochs <= 9; epochs += 3) {
            try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
                checkpointed(network(), Adam.rate(0.02)).checkpoints(folder).fit(moons, epochs);
            }
        }
        Layer resumed = network();
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            History last =
                    checkpointed(resumed, Adam.rate(0.02)).checkpoints(folder).fit(moons, 9);
            assertEquals(whole, last);
            assertArrayEquals(weights(undisturbed), weights(resumed), 0);
            assertThrows(
                    ModelMismatchException.class,
                    () -> checkpointed(network(), Adam.rate(0.03))
                            .checkpoints(folder)
                            .fit(moons, 9));
        }
    }

    private Trainer checkpointed(Layer network, UpdateRule rule) {
        return Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), rule))
                .batches(16, 9)
                .measure("accuracy", Measure.accuracy())
                .validation(others)
                .patience(50);
    }

    @Test
    void clippedGradientsMakeSmallSteps() {
        Layer network = Sequential.of(new Dense(2, 2, 3));
        double[] before = weights(network);
        Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(1)))
                .clipping(gradients -> GradientClipping.byNorm(gradients, 0.001).gradients())
                .fit(moons, 1);
        double[] after = weights(network);
        double squares = 0;
        for (int i = 0; i < before.length; i++) {
            squares += (after[i] - before[i]) * (after[i] - before[i]);
        }
        assertEquals(0.001, Math.sqrt(squares), 1e-5);
    }

    @Test
    void settingsMakeAnotherTrainer() {
        Layer network = network();
        Optimizer optimizer = Optimizer.of(network.parameters(), Sgd.rate(0.1));
        Trainer plain = Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer);
        Trainer set = plain.batches(8, 3)
                .measure("b", Measure.accuracy())
                .measure("a", Measure.accuracy())
                .validation(others)
                .patience(4)
                .clipping(gradients -> gradients)
                .listener(new Listener() {});
        assertEquals(new Trainer.Shuffle(Integer.MAX_VALUE, 0), plain.shuffle());
        assertTrue(plain.measures().isEmpty() && plain.listeners().isEmpty());
        assertTrue(plain.validation().isEmpty());
        assertEquals(Integer.MAX_VALUE, plain.patience());
        assertEquals(new Trainer.Shuffle(8, 3), set.shuffle());
        assertEquals(List.of("b", "a"), List.copyOf(set.measures().keySet()));
        assertEquals(4, set.patience());
        assertEquals(1, set.listeners().size());
        assertEquals(others, set.validation().orElseThrow());
    }

    @Test
    void accuracyOfOutputsThatAreNoNumbersIsRefused() {
        SimpleMatrix outputs = new SimpleMatrix(moons.size(), 2);
        assertTrue(Measure.accuracy().of(outputs, moons) > 0);
        outputs.set(3, 1, Double.NaN);
        assertEquals(
                "predictions: the score at row 3, column 1 is NaN; expected a number",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Measure.accuracy().of(outputs, moons))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> Measure.accuracy()
                        .of(Value.constant(new double[60][1]).plus(Double.NaN).matrix(), moons));
    }

    /** A validation set on which the network breaks down does not end the training. */
    @Test
    void aMeasureOfOutputsThatAreNoNumbersIsNoNumber() {
        Layer network = Sequential.of(new Dense(2, 2, 3), x -> x.getNumRows() == 40 ? x.scale(Double.NaN) : x);
        History history = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(0.1)))
                .measure("accuracy", Measure.accuracy())
                .validation(others)
                .fit(moons, 1);
        assertTrue(Double.isNaN(history.last().validationMeasures().get("accuracy")));
        assertTrue(history.last().measures().get("accuracy") > 0);
    }

    /** Some measures are no means over rows, and have no meaning for a batch of one class. */
    @Test
    void measuresAreOfWholeSets() {
        List<Integer> sizes = new ArrayList<>();
        Measure whole = (outputs, data) -> {
            sizes.add(data.size());
            assertEquals(data.size(), outputs.getNumRows());
            return Ranking.rocAuc(data.labels(), column(outputs, 1));
        };
        Layer network = network();
        Trainer trainer = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(1e-300)))
                .batches(1, 4)
                .measure("auc", whole)
                .validation(others);
        EpochResult result = trainer.fit(moons, 1).last();
        assertEquals(List.of(60, 40), List.of(sizes.get(1), sizes.get(0)), "once each");
        assertEquals(2, sizes.size());
        assertTrue(result.measures().get("auc") > 0 && result.measures().get("auc") < 1);
        // Without dropout, and with weights that stay, the epoch's measure is that of the set.
        Layer plain = Sequential.of(new Dense(2, 2, 3));
        Trainer still = Trainer.of(
                        plain, Objective.softmaxCrossEntropy(), Optimizer.of(plain.parameters(), Sgd.rate(1e-300)))
                .measure("auc", whole)
                .measure(
                        "f1",
                        (outputs, data) -> ConfusionMatrix.of(
                                        data.labels(), Classification.predictions(outputs), data.classes())
                                .macro()
                                .f1());
        EpochResult before = still.evaluate(moons);
        EpochResult after = still.batches(7, 2).fit(moons, 1).last();
        assertEquals(before.measures().get("auc"), after.measures().get("auc"), 1e-15);
        assertEquals(before.measures().get("f1"), after.measures().get("f1"), 1e-15);
    }

    private static double[] column(ConstMatrix<SimpleMatrix> matrix, int column) {
        return IntStream.range(0, matrix.getNumRows())
                .mapToDouble(row -> matrix.get(row, column))
                .toArray();
    }

    @Test
    void aLastBatchOfOneRowCanBeLeftOut() {
        Dataset odd = ToySets.moons(33, 0.1, 1);
        Layer network = Sequential.of(new Dense(2, 4, 1), new BatchNorm(4), Value::tanh, new Dense(4, 2, 2));
        Trainer trainer = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.01)))
                .batches(32, 1)
                .measure("accuracy", Measure.accuracy());
        List<Value> statistics =
                network.statistics().stream().map(Parameter::value).toList();
        String message = assertThrows(IllegalArgumentException.class, () -> trainer.fit(odd, 1))
                .getMessage();
        assertTrue(message.contains("layer 1: BatchNorm(4): the batch has 1 rows"), message);
        assertTrue(message.contains("withoutPartial()"), message);
        assertEquals(2, statistics.size());
        History history = trainer.withoutPartial().fit(odd, 3);
        assertEquals(3, history.epochs().size());
        assertEquals(
                new Trainer.Shuffle(8, 2, false),
                trainer.withoutPartial().batches(8, 2).shuffle());
        // Fewer rows than a batch are a whole batch.
        assertEquals(
                1, trainer.batches(64, 1).withoutPartial().fit(odd, 1).epochs().size());
    }

    /** After the best epoch the rate explodes; the best weights come back, and the exception says so. */
    @Test
    void aRunThatDivergesHasTheBestWeights() {
        for (double rate : new double[] {1e150, 1e308}) {
            Layer network = Sequential.of(new Dense(2, 8, 3), Value::relu, new Dense(8, 2, 5));
            Schedule schedule = Schedule.of("explodes", step -> step < 50 ? 0.05 : rate);
            List<double[]> epochs = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            Trainer trainer = Trainer.of(
                            network,
                            Objective.softmaxCrossEntropy(),
                            Optimizer.of(network.parameters(), Sgd.rate(schedule)))
                    .batches(10, 0)
                    .validation(others)
                    .listener(new Listener() {
                        @Override
                        public void onEpoch(EpochResult epoch) {
                            epochs.add(weights(network));
                            losses.add(epoch.watchedLoss());
                        }
                    });
            DivergenceException diverged = assertThrows(
                    DivergenceException.class, () -> trainer.patience(10).fit(moons, 100));
            int best = losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
            assertArrayEquals(epochs.get(best), weights(network), 0);
            assertTrue(
                    diverged.getMessage().contains("the parameters are those of epoch " + (best + 1) + ", the best"),
                    diverged.getMessage());
        }
    }

    @Test
    void aRunThatAListenerEndsHasTheBestWeights() {
        Layer network = network();
        IllegalStateException enough = new IllegalStateException("enough");
        List<double[]> first = new ArrayList<>();
        Trainer trainer = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(0.1)))
                .patience(3)
                .listener(new Listener() {
                    @Override
                    public void onStep(int epoch, int batch, int batches, double loss) {
                        if (epoch == 2) {
                            throw enough;
                        }
                    }

                    @Override
                    public void onEpoch(EpochResult epoch) {
                        first.add(weights(network));
                    }
                });
        assertSame(enough, assertThrows(IllegalStateException.class, () -> trainer.fit(moons, 5)));
        assertArrayEquals(first.get(0), weights(network), 0);
    }

    /** Long before the loss is infinite; a resumed run notices it in the same step. */
    @Test
    void aLossThatRisesWithoutEndIsADivergence() {
        Dataset line = Dataset.regression(
                "line", new SimpleMatrix(4, 1, true, 1, 2, 3, 4), new SimpleMatrix(4, 1, true, 3, 5, 7, 9));
        Dense layer = new Dense(1, 1, 1);
        Trainer trainer = Trainer.of(layer, Objective.squaredError(), Optimizer.of(layer.parameters(), Sgd.rate(0.3)));
        trainer = trainer.batches(4, 0);
        Trainer all = trainer;
        DivergenceException diverged = assertThrows(DivergenceException.class, () -> all.fit(line, 1000));
        assertTrue(diverged.getMessage().contains(", in the first epoch it was "), diverged.getMessage());
        assertTrue(diverged.lastFiniteLoss() < 1e9, diverged.getMessage());
        assertTrue(layer.weight().value().get(0, 0) < 1e6);
        // Not so a loss that begins far from 0 and rises by chance.
        layer.weight().set(Value.constant(-1e5));
        Trainer.of(layer, Objective.squaredError(), Optimizer.of(layer.parameters(), Sgd.rate(1e-3)))
                .fit(line, 5);
    }

    /** A loss may rise by a million times the first one, or by a million; what rises more says where. */
    @Test
    void aDivergenceSaysWhereAndFromWhat() {
        for (double first : new double[] {0.25, 5}) {
            double most = first + 1e6 * Math.max(1, first);
            double[] losses = {first, most, most, Math.nextUp(most)};
            int[] steps = {0};
            Layer network = network();
            List<String> seen = new ArrayList<>();
            Trainer trainer = Trainer.of(
                            network,
                            (outputs, batch) -> outputs.scale(0).elementSum().plus(losses[steps[0]++]),
                            Optimizer.of(network.parameters(), Sgd.rate(0.1)))
                    .batches(15, 1)
                    .listener(new Listener() {
                        @Override
                        public void onGradients(int epoch, int batch, Gradients gradients) {
                            seen.add(epoch + ":" + batch);
                        }

                        @Override
                        public void onStep(int epoch, int batch, int batches, double loss) {
                            seen.add(loss + " of " + epoch + ":" + batch);
                        }
                    });
            DivergenceException diverged = assertThrows(DivergenceException.class, () -> trainer.fit(moons, 1));
            assertEquals(List.of("1:1", first + " of 1:1", "1:2", most + " of 1:2", "1:3", most + " of 1:3"), seen);
            assertEquals(List.of(1, 4), List.of(diverged.epoch(), diverged.batch()));
            assertEquals(most, diverged.lastFiniteLoss());
            assertTrue(
                    diverged.getMessage().contains("the loss is " + losses[3] + ", in the first epoch it was " + first),
                    diverged.getMessage());
        }
    }

    /** Without patience a run ends with its last weights, whichever were the best. */
    @Test
    void withoutPatienceTheLastWeightsStay() {
        Layer network = network();
        List<double[]> ends = new ArrayList<>();
        History history = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(20)))
                .batches(8, 1)
                .validation(others)
                .listener(new Listener() {
                    @Override
                    public void onEpoch(EpochResult epoch) {
                        ends.add(weights(network));
                    }
                })
                .fit(moons, 10);
        assertTrue(history.bestEpoch() < 10, history.toString());
        assertArrayEquals(ends.get(9), weights(network), 0);
    }

    /** A step that would overflow is a divergence too, and moves neither weights nor statistics. */
    @Test
    void aStepThatIsNotFiniteIsADivergence() {
        Layer network = Sequential.of(new BatchNorm(2), new Dense(2, 1, 3));
        Objective huge = (outputs, batch) -> outputs.scale(1e200).elementSum();
        Trainer trainer = Trainer.of(network, huge, Optimizer.of(network.parameters(), Adam.rate(0.1)));
        double[] before = weights(network);
        double mean = network.statistics().get(0).value().get(0, 0);
        DivergenceException diverged = assertThrows(DivergenceException.class, () -> trainer.fit(moons, 1));
        assertTrue(diverged.getMessage().contains("the parameters are those before that step"), diverged.getMessage());
        assertTrue(diverged.getCause() instanceof NonFiniteException);
        assertEquals(1, diverged.batch());
        assertArrayEquals(before, weights(network), 0);
        assertEquals(mean, network.statistics().get(0).value().get(0, 0));
    }

    /** The rows of a batch are others than those of the data set. */
    @Test
    void aLossThatRefusesSaysInWhichBatch() {
        Layer network = new Dense(2, 2, 1);
        Dataset three = Dataset.classification("three", new SimpleMatrix(3, 2), new int[] {0, 1, 2}, "a", "b", "c");
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Trainer.of(
                                network,
                                Objective.softmaxCrossEntropy(),
                                Optimizer.of(network.parameters(), Sgd.rate(0.1)))
                        .fit(three, 1));
        assertTrue(
                refused.getMessage()
                        .matches("fit: in epoch 1, batch 1, whose rows are shuffled: CrossEntropy.fromLogits: row [012]"
                                + " has label 2; with 2 classes, expected 0 to 1"),
                refused.getMessage());
    }

    /** What can be seen of it is refused before an epoch is lost; the rest says that it is the validation set. */
    @Test
    void aValidationSetThatDoesNotFitIsRefused() {
        Layer network = new Dense(2, 2, 1);
        double[] before = weights(network);
        Trainer trainer =
                Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Sgd.rate(0.1)));
        refused("validation: the number of rows = 0; expected at least 1", () -> trainer.validation(moons.rows()));
        Dataset wide = Dataset.classification("wide", new SimpleMatrix(3, 5), new int[3], "a", "b");
        refused(
                "fit: the validation rows have 5 inputs; expected 2, as the training rows",
                () -> trainer.validation(wide).fit(moons, 1));
        assertArrayEquals(before, weights(network));
        Dataset three = Dataset.classification("three", new SimpleMatrix(3, 2), new int[] {0, 1, 2}, "a", "b", "c");
        refused(
                "fit: on the validation set, after epoch 1: CrossEntropy.fromLogits: row 2 has label 2; with 2 classes,"
                        + " expected 0 to 1",
                () -> trainer.validation(three).fit(moons, 1));
        refused(
                "evaluate: CrossEntropy.fromLogits: row 2 has label 2; with 2 classes, expected 0 to 1",
                () -> trainer.evaluate(three));
    }

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        Layer network = network();
        Optimizer optimizer = Optimizer.of(network.parameters(), Sgd.rate(0.1));
        Trainer trainer = Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer);
        String message = assertThrows(IllegalArgumentException.class, () -> trainer.batches(0, 1))
                .getMessage();
        assertEquals("batches: the batch size = 0; expected at least 1", message);
        assertThrows(IllegalArgumentException.class, () -> trainer.patience(0));
        assertThrows(IllegalArgumentException.class, () -> trainer.fit(moons, -1));
    }
}
