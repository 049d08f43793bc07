package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
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
    void accuracyOfOutputsThatAreNoNumbersIsNoNumber() {
        SimpleMatrix outputs = new SimpleMatrix(moons.size(), 2);
        assertTrue(Measure.accuracy().of(outputs, moons) > 0);
        outputs.set(3, 1, Double.NaN);
        assertTrue(Double.isNaN(Measure.accuracy().of(outputs, moons)));
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
