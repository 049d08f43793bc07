package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Plateau;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.pages.GradientNorms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A run goes on as if nothing had happened wherever it was stopped, with all that its listeners did and knew. */
class InterruptedRunTest {
    private static final Dataset MOONS = ToySets.moons(60, 0.1, 1);

    /** What listeners do to a run, of which they keep something or nothing. */
    static Stream<Arguments> listeners() {
        return Stream.of(
                Arguments.of("plateau", (Function<Trainer, Listener>)
                        t -> Listener.plateau(t.optimizer(), new Plateau(true, 0.5, 0, 0.3, true, 0, 0, 0))),
                Arguments.of("own plateau", (Function<Trainer, Listener>) t -> {
                    List<Double> losses = new ArrayList<>();
                    return each(epoch -> {
                        losses.add(epoch.loss());
                        double[] all = losses.stream().mapToDouble(loss -> loss).toArray();
                        t.optimizer().rateFactor(new Plateau(true, 0.5, 0, 0.3, true, 0, 0, 0).rate(1, all));
                    });
                }),
                Arguments.of("one epoch", (Function<Trainer, Listener>) t ->
                        each(epoch -> t.optimizer().rateFactor(epoch.epoch() < 3 ? 1 : 0.1))),
                Arguments.of("less each time", (Function<Trainer, Listener>) t ->
                        each(epoch -> t.optimizer().rateFactor(t.optimizer().rateFactor() * 0.9))),
                Arguments.of("smaller weights", (Function<Trainer, Listener>) t -> each(epoch -> t.network()
                        .parameters()
                        .forEach(p -> p.set(p.value().detached().scale(0.9))))));
    }

    private static Listener each(Consumer<EpochResult> action) {
        return new Listener() {
            @Override
            public void onEpoch(EpochResult epoch) {
                action.accept(epoch);
            }
        };
    }

    /** A network with statistics and an optimizer with buffers. */
    private static Trainer normalised() {
        Layer network = Sequential.of(
                new Dense(2, 6, 1), new BatchNorm(6), Value::tanh, new Dropout(0.2, 4), new Dense(6, 2, 2));
        return Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.05)))
                .batches(20, 1);
    }

    private static Trainer listenedTo(Function<Trainer, Listener> listener) {
        Trainer trainer = normalised();
        return trainer.listener(listener.apply(trainer));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("listeners")
    void whatListenersDidIsTheRunsToo(String name, Function<Trainer, Listener> listener, @TempDir Path path)
            throws IOException {
        Trainer whole = listenedTo(listener);
        History history = whole.fit(MOONS, 7);
        for (int epochs : new int[] {2, 3, 5, 7}) {
            Trainer resumed = listenedTo(listener);
            try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
                History part = resumed.checkpoints(folder).fit(MOONS, epochs);
                assertEquals(history.epochs().subList(0, epochs), part.epochs(), name);
            }
            if (epochs == 7) {
                assertEquals(Weights.of(whole.network()), Weights.of(resumed.network()));
                assertEquals(whole.optimizer().state(), resumed.optimizer().state());
            }
        }
        assertTrue(name.equals("smaller weights") || whole.optimizer().rateFactor() < 1);
    }

    /** In the first epoch, before which the run is saved too, or later; by an interrupt or an exception. */
    @Test
    void anInterruptedRunGoesOnInTheSameProgram(@TempDir Path path) throws IOException {
        Trainer whole = normalised();
        Plateau plateau = new Plateau(true, 0.5, 0, 0.3, true, 0, 0, 0);
        History history =
                whole.listener(Listener.plateau(whole.optimizer(), plateau)).fit(MOONS, 6);
        for (boolean isThrown : new boolean[] {false, true}) {
            for (int last : new int[] {1, 4}) {
                Path own = path.resolve(last + " " + isThrown);
                Trainer trainer = normalised();
                AtomicBoolean isFirst = new AtomicBoolean(true);
                Listener stop = new Listener() {
                    @Override
                    public void onStep(int epoch, int batch, int batches, double loss) {
                        if (epoch == last && batch == 2 && isFirst.getAndSet(false)) {
                            if (isThrown) {
                                throw new IllegalStateException("enough");
                            }
                            Thread.currentThread().interrupt();
                        }
                    }
                };
                GradientNorms norms = GradientNorms.of(trainer.network());
                try (CheckpointFolder folder = CheckpointFolder.open(own, 2)) {
                    Trainer watched = trainer.listener(Listener.plateau(trainer.optimizer(), plateau))
                            .listener(norms)
                            .listener(stop)
                            .checkpoints(folder);
                    if (isThrown) {
                        assertThrows(IllegalStateException.class, () -> watched.fit(MOONS, 6));
                    } else {
                        assertEquals(
                                History.End.INTERRUPTED, watched.fit(MOONS, 6).end());
                        assertTrue(Thread.interrupted());
                    }
                    assertEquals(history, watched.fit(MOONS, 6));
                }
                assertEquals(Weights.of(whole.network()), Weights.of(trainer.network()));
                assertEquals(whole.optimizer().state(), trainer.optimizer().state());
                assertTrue(norms.norms().values().stream()
                        .allMatch(each -> each.size() == 6 && each.stream().allMatch(norm -> norm > 0)));
            }
        }
    }

    /** Weights that have moved with an optimizer that has not are no start of the run. */
    @Test
    void anInterruptedRunDoesNotGoOnWithAnotherOptimizer(@TempDir Path path) throws IOException {
        Trainer trainer = normalised();
        Listener stop = new Listener() {
            @Override
            public void onStep(int epoch, int batch, int batches, double loss) {
                Thread.currentThread().interrupt();
            }
        };
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            trainer.listener(stop).checkpoints(folder).fit(MOONS, 2);
            assertTrue(Thread.interrupted());
            Layer network = trainer.network();
            Trainer other = Trainer.of(
                            network,
                            Objective.softmaxCrossEntropy(),
                            Optimizer.of(network.parameters(), Adam.rate(0.05)))
                    .batches(20, 1)
                    .checkpoints(folder);
            ModelMismatchException refusal = assertThrows(ModelMismatchException.class, () -> other.fit(MOONS, 2));
            assertTrue(refusal.getMessage().contains("first weights was "), refusal.getMessage());
        }
    }

    /** Listeners are told all epochs of the history; norms of steps that were not seen are none. */
    @Test
    void aListenerOfAResumedRunKnowsAllEpochs(@TempDir Path path) throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            normalised().checkpoints(folder).fit(MOONS, 2);
            Trainer resumed = normalised();
            GradientNorms norms = GradientNorms.of(resumed.network());
            List<EpochResult> told = new ArrayList<>();
            History history = resumed.listener(each(told::add))
                    .listener(norms)
                    .checkpoints(folder)
                    .fit(MOONS, 4);
            assertEquals(history.epochs(), told);
            List<Double> first = norms.norms().get("0.weight");
            assertEquals(4, first.size());
            assertTrue(first.get(1).isNaN() && first.get(2) > 0, first.toString());
        }
    }

    @Test
    void aDamagedCheckpointIsTold(@TempDir Path path) throws IOException {
        try (CheckpointFolder folder = CheckpointFolder.open(path, 2)) {
            normalised().checkpoints(folder).fit(MOONS, 3);
            byte[] bytes = Files.readAllBytes(folder.files().get(0));
            bytes[bytes.length / 2] ^= 1;
            Files.write(folder.files().get(0), bytes);
            List<String> lines = new ArrayList<>();
            normalised()
                    .listener(Listener.lines(9, lines::add))
                    .checkpoints(folder)
                    .fit(MOONS, 3);
            assertTrue(
                    lines.get(0).startsWith("skipped checkpoint checkpoint-000004.safetensors, which cannot be used: "),
                    lines.toString());
            assertEquals(2, lines.size(), lines.toString());
        }
    }

    @Test
    void aResumedRunThatDivergesKnowsTheLossBefore(@TempDir Path path) throws IOException {
        List<String> told = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (boolean isResumed : new boolean[] {false, true}) {
            try (CheckpointFolder folder = CheckpointFolder.open(path.resolve(isResumed + ""), 2)) {
                if (isResumed) {
                    exploding().checkpoints(folder).fit(MOONS, 1);
                }
                DivergenceException diverged = assertThrows(
                        DivergenceException.class,
                        () -> exploding().checkpoints(folder).fit(MOONS, 2));
                told.add(diverged.getMessage());
                losses.add(diverged.lastFiniteLoss());
            }
        }
        assertEquals(losses.get(0), losses.get(1));
        assertTrue(losses.get(0) > 0, losses.toString());
        assertEquals(told.get(0), told.get(1));
    }

    /** The third step is the last. */
    private static Trainer exploding() {
        Layer network = new Dense(2, 2, 1);
        return Trainer.of(
                        network,
                        Objective.softmaxCrossEntropy(),
                        Optimizer.of(
                                network.parameters(),
                                Sgd.rate(Schedule.of("explodes", step -> step < 3 ? 0.1 : 1e308))))
                .batches(20, 1);
    }
}
