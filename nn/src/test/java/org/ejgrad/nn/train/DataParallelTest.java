package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
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
        return (shard, number) ->
                CrossEntropy.fromLogits(network.forward(Value.constant(shard.inputs())), shard.labels());
    }

    private static double[] numbers(Layer network, Function<Value, Value> of) {
        return network.parameters().stream()
                .flatMapToDouble(parameter ->
                        DoubleStream.of(of.apply(parameter.value()).matrix().getDDRM().data))
                .toArray();
    }

    private DataParallel.Result gradients(int threads, int shards) {
        return DataParallel.on(threads).gradients(moons, shards, loss);
    }

    @Test
    void isTheMeanOverTheWholeBatch() {
        Value whole = loss.of(moons, 0);
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
        Gradients expected = loss.of(moons, 0).gradients();
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
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Layer trained = network();
            Optimizer optimizer = Optimizer.of(trained.parameters(), Adam.rate(0.02));
            DataParallel parallel = DataParallel.on(threads, executor);
            for (int step = 0; step < 20; step++) {
                optimizer.step(parallel.gradients(moons, 4, lossOf(trained)).gradients());
            }
            return numbers(trained, value -> value);
        } finally {
            executor.shutdown();
        }
    }

    /** Each shard has its own mask if the network is told its number, and else they share one. */
    @Test
    void dropoutIsToldWhichShardItIs() {
        Layer dropout = new Dropout(0.5, 3);
        Map<Integer, Value> told = new ConcurrentHashMap<>();
        Map<Integer, Value> untold = new ConcurrentHashMap<>();
        DataParallel.on(2).gradients(moons.rows(IntStream.range(0, 40).toArray()), 4, (shard, number) -> {
            Value ones = Value.ones(new Shape(shard.size(), 2));
            told.put(number, dropout.at(7, number).forward(ones));
            untold.put(number, dropout.at(7).forward(ones));
            return loss.of(shard, number);
        });
        assertEquals(Set.of(0, 1, 2, 3), told.keySet());
        assertEquals(4, told.values().stream().map(Value::toString).distinct().count());
        assertEquals(1, untold.values().stream().map(Value::toString).distinct().count());
    }

    /** The second shard begins only when a first is under way, and the first ends only when a second has begun. */
    @Test
    void shardsAreComputedAtTheSameTime() {
        ExecutorService executor = Executors.newFixedThreadPool(1);
        try {
            Set<Thread> seen = ConcurrentHashMap.newKeySet();
            CountDownLatch both = new CountDownLatch(2);
            DataParallel.on(2, executor).gradients(moons, 2, (shard, number) -> {
                seen.add(Thread.currentThread());
                both.countDown();
                assertTrue(awaited(both));
                return loss.of(shard, number);
            });
            assertEquals(2, seen.size());
            assertTrue(seen.contains(Thread.currentThread()));
        } finally {
            executor.shutdown();
        }
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            return latch.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void oneThreadAsksNoOther() {
        DataParallel alone = DataParallel.on(1, work -> fail("asked for help"));
        assertEquals(loss.of(moons, 0).scalar(), alone.gradients(moons, 5, loss).loss(), 1e-14);
    }

    @Test
    void withoutHelpTheCallingThreadDoesAll() {
        double[] expected = numbers(network, gradients(2, 5).gradients()::of);
        ExecutorService closed = Executors.newFixedThreadPool(1);
        closed.shutdown();
        List<Runnable> left = new ArrayList<>();
        for (Executor executor : List.<Executor>of(closed, left::add, Runnable::run)) {
            DataParallel parallel = DataParallel.on(3, executor);
            assertArrayEquals(
                    expected,
                    numbers(network, parallel.gradients(moons, 5, loss).gradients()::of),
                    0);
        }
        assertEquals(2, left.size());
        left.forEach(Runnable::run); // too late, which does no harm
    }

    /** A crew of one thread, which the loss of a shard asks again. */
    @Test
    void aLossMayAskForShardsItself() {
        ExecutorService executor = Executors.newFixedThreadPool(1);
        try {
            DataParallel parallel = DataParallel.on(2, executor);
            DataParallel.Result nested = parallel.gradients(moons, 4, (shard, number) -> {
                parallel.gradients(shard, 4, loss);
                return loss.of(shard, number);
            });
            assertEquals(gradients(1, 4).loss(), nested.loss());
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void whatALossThrowsComesOutAsItIs() {
        RuntimeException thrown = new UnsupportedOperationException("mine");
        Error error = new StackOverflowError();
        DataParallel parallel = DataParallel.on(2);
        assertSame(
                thrown,
                assertThrows(
                        RuntimeException.class,
                        () -> parallel.gradients(moons, 4, (shard, number) -> {
                            throw thrown;
                        })));
        assertSame(
                error,
                assertThrows(
                        Error.class,
                        () -> parallel.gradients(moons, 4, (shard, number) -> {
                            throw error;
                        })));
        assertEquals(
                "DataParallel: the loss of a shard is null",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> parallel.gradients(moons, 4, (shard, number) -> null))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> parallel.gradients(moons, 0, loss));
        assertThrows(IllegalArgumentException.class, () -> parallel.gradients(moons.rows(), 1, loss));
    }

    /** Java's fixed pools of 2³⁰ threads start none, and what they are given waits for ever. */
    @Test
    void anOddNumberOfThreadsIsRefused() {
        for (int threads : new int[] {0, -1, 1001, 1 << 29, 1 << 30, Integer.MAX_VALUE}) {
            assertEquals(
                    "DataParallel.on: " + threads + " threads; expected 1 to 1000",
                    assertThrows(IllegalArgumentException.class, () -> DataParallel.on(threads))
                            .getMessage());
        }
        DataParallel.on(1000);
    }

    @Test
    void anInterruptedWaitIsCancelled() {
        ExecutorService executor = Executors.newFixedThreadPool(1);
        Thread waiting = Thread.currentThread();
        CountDownLatch end = new CountDownLatch(1);
        try {
            assertThrows(
                    CancellationException.class,
                    () -> DataParallel.on(2, executor).gradients(moons, 2, (shard, number) -> {
                        while (Thread.currentThread() == waiting) {
                            if (waiting.isInterrupted()) { // the other shard has begun
                                return loss.of(shard, number);
                            }
                            Thread.onSpinWait();
                        }
                        waiting.interrupt();
                        assertTrue(awaited(end));
                        return loss.of(shard, number);
                    }));
            assertTrue(Thread.interrupted());
        } finally {
            end.countDown();
            executor.shutdown();
        }
    }
}
