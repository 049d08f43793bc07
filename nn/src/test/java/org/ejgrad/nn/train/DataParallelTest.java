package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.junit.jupiter.api.Test;

class DataParallelTest {
    private final Dataset moons = ToySets.moons(61, 0.1, 1);
    private final Layer network = network();
    private final DataParallel.ShardLoss loss = lossOf(network);

    private static Layer network() {
        return Sequential.of(new Dense(2, 8, 3), Value::tanh, new Dense(8, 2, 5));
    }

    private static DataParallel.ShardLoss lossOf(Layer network) {
        return shard -> CrossEntropy.fromLogits(network.forward(Value.constant(shard.inputs())), shard.labels());
    }

    private static double[] numbers(Layer network, Function<Value, Value> of) {
        return network.parameters().stream()
                .flatMapToDouble(parameter ->
                        DoubleStream.of(of.apply(parameter.value()).matrix().getDDRM().data))
                .toArray();
    }

    private DataParallel.Result gradients(int threads, int shards) {
        try (DataParallel parallel = DataParallel.on(threads)) {
            return parallel.gradients(moons, shards, loss);
        }
    }

    @Test
    void isTheMeanOverTheWholeBatch() {
        Value whole = loss.of(moons);
        Gradients expected = whole.gradients();
        for (int shards : new int[] {1, 2, 7, 61, 1000}) {
            DataParallel.Result result = gradients(2, shards);
            assertEquals(whole.scalar(), result.loss(), 1e-14, shards + " shards");
            assertArrayEquals(
                    numbers(network, expected::of),
                    numbers(network, result.gradients()::of),
                    1e-15,
                    shards + " shards");
        }
    }

    @Test
    void oneShardIsTheBatchToTheLastBit() {
        Gradients expected = loss.of(moons).gradients();
        assertArrayEquals(
                numbers(network, expected::of), numbers(network, gradients(3, 1).gradients()::of), 0);
    }

    @Test
    void threadsChangeNoBitOfATraining() {
        double[] expected = trainedOn(1);
        for (int threads : new int[] {2, 3, 8}) {
            assertArrayEquals(expected, trainedOn(threads), 0, threads + " threads");
        }
    }

    private double[] trainedOn(int threads) {
        Layer trained = network();
        Optimizer optimizer = Optimizer.of(trained.parameters(), Adam.rate(0.02));
        try (DataParallel parallel = DataParallel.on(threads)) {
            for (int step = 0; step < 20; step++) {
                optimizer.step(parallel.gradients(moons, 4, lossOf(trained)).gradients());
            }
        }
        return numbers(trained, value -> value);
    }

    @Test
    void usesItsThreadsAndEndsThem() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        DataParallel parallel = DataParallel.on(2);
        parallel.gradients(moons, 8, shard -> {
            seen.add(Thread.currentThread());
            return loss.of(shard);
        });
        parallel.close();
        for (Thread thread : seen) {
            thread.join(10_000);
            assertTrue(!thread.isAlive() && thread.isDaemon(), thread.getName());
        }
        IllegalStateException closed =
                assertThrows(IllegalStateException.class, () -> parallel.gradients(moons, 2, loss));
        assertEquals("DataParallel.gradients: called after close", closed.getMessage());
    }

    @Test
    void whatALossThrowsComesOutAsItIs() {
        RuntimeException thrown = new UnsupportedOperationException("mine");
        Error error = new StackOverflowError();
        try (DataParallel parallel = DataParallel.on(2)) {
            assertSame(
                    thrown,
                    assertThrows(
                            RuntimeException.class,
                            () -> parallel.gradients(moons, 4, shard -> {
                                throw thrown;
                            })));
            assertSame(
                    error,
                    assertThrows(
                            Error.class,
                            () -> parallel.gradients(moons, 4, shard -> {
                                throw error;
                            })));
            assertEquals(
                    "DataParallel: the loss of a shard is null",
                    assertThrows(IllegalArgumentException.class, () -> parallel.gradients(moons, 4, shard -> null))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> parallel.gradients(moons, 0, loss));
            assertThrows(IllegalArgumentException.class, () -> parallel.gradients(moons.rows(), 1, loss));
        }
        assertThrows(IllegalArgumentException.class, () -> DataParallel.on(0));
    }

    @Test
    void anInterruptedWaitIsCancelled() {
        try (DataParallel parallel = DataParallel.on(1)) {
            Thread waiting = Thread.currentThread();
            CountDownLatch never = new CountDownLatch(1);
            assertThrows(
                    CancellationException.class,
                    () -> parallel.gradients(moons, 2, shard -> {
                        waiting.interrupt();
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return loss.of(shard);
                    }));
            assertTrue(Thread.interrupted());
        }
    }
}
