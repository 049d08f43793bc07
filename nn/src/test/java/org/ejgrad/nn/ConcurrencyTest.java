package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ejgrad.Value;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Threads that meet in one parameter, one optimizer or one graph see whole values and lose no step; many more meetings
 * in the campaign.
 */
@Tag("long")
class ConcurrencyTest {
    private static final int MEETINGS = "full".equals(System.getProperty("ejgrad.campaign")) ? 200_000 : 1_000;
    private static final int THREADS = 4;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

    @AfterAll
    static void stop() {
        POOL.shutdown();
    }

    /** One thread's part in a meeting. */
    @FunctionalInterface
    private interface Part<T> {
        T play(int thread) throws Exception;
    }

    /** Lets all threads begin at once, and waits for all. */
    private static <T> List<T> meet(CyclicBarrier barrier, Part<T> part) throws Exception {
        List<Callable<T>> parts = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int thread = i;
            parts.add(() -> {
                barrier.await();
                return part.play(thread);
            });
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : POOL.invokeAll(parts)) {
            results.add(each.get());
        }
        return results;
    }

    private static SimpleMatrix filled(double number) {
        SimpleMatrix matrix = new SimpleMatrix(3, 5);
        matrix.fill(number);
        return matrix;
    }

    /** A matrix of one number only, which is returned. */
    private static double requireWhole(Value value) {
        double first = value.get(0, 0);
        for (int i = 0; i < 15; i++) {
            assertEquals(first, value.get(i / 5, i % 5), "a torn value");
        }
        return first;
    }

    @Test
    void aParameterIsNeverTorn() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        Parameter parameter = new Parameter("w", filled(0));
        for (int meeting = 0; meeting < MEETINGS; meeting++) {
            double number = meeting * 2.0 + 1;
            Set<Double> written = new HashSet<>(List.of(parameter.value().get(0, 0), number, number + 1));
            for (double seen : meet(barrier, thread -> {
                if (thread < 2) {
                    parameter.set(filled(number + thread));
                }
                return requireWhole(parameter.value());
            })) {
                assertTrue(written.contains(seen), seen + " was never written");
            }
        }
    }

    /** Of steps from one graph exactly one is made: the others find that their gradients are of an earlier value. */
    @Test
    void ofStepsFromOneValueOneIsMade() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        Parameter parameter = new Parameter("w", filled(0));
        Optimizer optimizer = Optimizer.of(List.of(parameter), Sgd.rate(1));
        for (int meeting = 0; meeting < MEETINGS; meeting++) {
            Value loss = parameter.value().elementSum();
            List<Boolean> made = meet(barrier, thread -> {
                try {
                    optimizer.step(loss.gradients());
                    return true;
                } catch (IllegalArgumentException computedBefore) {
                    return false;
                }
            });
            assertEquals(1, made.stream().filter(done -> done).count());
            assertEquals(-(meeting + 1.0), requireWhole(parameter.value()));
            assertEquals(meeting + 1, optimizer.steps());
        }
    }

    /** Each thread repeats its step until it is made, so none is lost. */
    @Test
    void repeatedStepsAreAllMade() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        Parameter parameter = new Parameter("w", filled(0));
        Optimizer optimizer = Optimizer.of(List.of(parameter), Sgd.rate(1));
        for (int meeting = 0; meeting < MEETINGS / 10; meeting++) {
            meet(barrier, thread -> {
                for (int tries = 1; ; tries++) {
                    try {
                        optimizer.step(parameter.value().elementSum().gradients());
                        return tries;
                    } catch (IllegalArgumentException overtaken) {
                        Thread.onSpinWait();
                    }
                }
            });
            assertEquals(-(meeting + 1.0) * THREADS, requireWhole(parameter.value()));
        }
    }

    /** The saved state is that between two steps: both buffers and the count belong together. */
    @Test
    void aStateIsOfOneMoment() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        Parameter parameter = new Parameter("w", filled(0));
        Optimizer optimizer = Optimizer.of(List.of(parameter), Adam.rate(0.01));
        for (int meeting = 0; meeting < MEETINGS / 10; meeting++) {
            long before = optimizer.steps();
            Value loss = parameter.value().elementSum();
            meet(barrier, thread -> {
                if (thread == 0) {
                    optimizer.step(loss.gradients());
                    return before + 1;
                }
                var state = optimizer.state();
                long steps = Long.parseLong(state.metadata().get("steps"));
                List<String> buffers = List.copyOf(state.names());
                assertEquals(2, buffers.size());
                for (int i = 0; i < 2; i++) {
                    double decay = i == 0 ? 0.9 : 0.999;
                    double held = requireWhole(state.get(buffers.get(i)));
                    assertEquals(1 - Math.pow(decay, steps), held, 1e-9, "after " + steps + " steps");
                }
                return steps;
            });
        }
    }

    /** A graph is only read: its gradients are the same bits for all who ask at once. */
    @Test
    void aGraphIsSharedFreely() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(THREADS);
        for (int meeting = 0; meeting < MEETINGS / 10; meeting++) {
            Value x = Value.variable("x", filled(0.1 + meeting));
            Value y = x.tanh().mult(x.transpose()).elementExp().elementSum().elementLog();
            double[] alone = y.gradients().of(x).matrix().getDDRM().data;
            for (double[] together :
                    meet(barrier, thread -> y.gradients().of(x).matrix().getDDRM().data)) {
                assertTrue(Arrays.equals(alone, together));
            }
        }
    }
}
