package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.optim.Lbfgs;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Optimizers and trainers that move the same parameters from several threads: a step is made whole or refused with a
 * sentence, and none that was made is lost; many more meetings in the campaign.
 */
@Tag("long")
class OvertakingTest {
    private static final int MEETINGS = "full".equals(System.getProperty("ejgrad.campaign")) ? 100_000 : 1_000;
    private static final int THREADS = 4;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(THREADS);

    @AfterAll
    static void stop() {
        POOL.shutdown();
    }

    /** Does all at once, and waits for all. */
    private static <T> List<T> together(List<Callable<T>> parts) throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(parts.size());
        List<Future<T>> begun = new ArrayList<>();
        for (Callable<T> part : parts) {
            begun.add(POOL.submit(() -> {
                barrier.await();
                return part.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> each : begun) {
            results.add(each.get());
        }
        return results;
    }

    private static Parameter zeros(String name) {
        return new Parameter(name, new SimpleMatrix(2, 3));
    }

    private static void requireAll(double expected, Parameter parameter) {
        Value value = parameter.value();
        for (int i = 0; i < 6; i++) {
            assertEquals(expected, value.get(i / 3, i % 3), parameter + " at " + i);
        }
    }

    /** The sentence says who and why; anything else is a fault. */
    private static void requireWords(IllegalArgumentException overtaken) {
        String words = String.valueOf(overtaken.getMessage());
        assertTrue(words.matches("(step|replaceAll): .*(earlier step|meanwhile).*"), overtaken.toString());
    }

    /** Each optimizer has the parameters in another order. */
    @Test
    void optimizersOfTheSameParametersLoseNoStep() throws Exception {
        List<Parameter> parameters = List.of(zeros("a"), zeros("b"), zeros("c"));
        List<Optimizer> optimizers = IntStream.range(0, THREADS)
                .mapToObj(i -> {
                    List<Parameter> order = new ArrayList<>(parameters);
                    Collections.rotate(order, i);
                    return Optimizer.of(order, Sgd.rate(1));
                })
                .toList();
        List<Callable<Integer>> parts = new ArrayList<>();
        CyclicBarrier allHaveGradients = new CyclicBarrier(THREADS);
        for (Optimizer optimizer : optimizers) {
            parts.add(() -> {
                int refused = 0;
                boolean isFirst = true;
                while (optimizer.steps() < MEETINGS) {
                    Value loss = parameters.stream()
                            .map(each -> each.value().elementSum())
                            .reduce(Value::plus)
                            .orElseThrow();
                    Gradients gradients = loss.gradients();
                    if (isFirst) {
                        // However the threads are scheduled, they meet here once.
                        allHaveGradients.await();
                        isFirst = false;
                    }
                    try {
                        optimizer.step(gradients);
                    } catch (IllegalArgumentException overtaken) {
                        requireWords(overtaken);
                        refused++;
                    }
                }
                return refused;
            });
        }
        int refused = together(parts).stream().mapToInt(Integer::intValue).sum();
        parameters.forEach(each -> requireAll(-(double) THREADS * MEETINGS, each));
        assertTrue(refused > 0, "the optimizers never met");
    }

    /**
     * The loss has period 1, so that whole numbers that another thread adds are all that moves it from trough to
     * trough.
     */
    @Test
    void aLineSearchOverwritesNoStepOfAnother() throws Exception {
        Parameter parameter = zeros("w");
        AtomicBoolean adding = new AtomicBoolean(true);
        Callable<Integer> searching = () -> {
            int steps = 0;
            RandomStream random = new RandomStream(3);
            while (adding.get()) {
                double start = 0.5 + 0.2 * random.nextDouble() - 0.1;
                try {
                    move(parameter, value -> Math.floor(value) + start);
                    Lbfgs.of(List.of(parameter))
                            .step(() -> parameter
                                    .value()
                                    .scale(2 * Math.PI)
                                    .cos()
                                    .scale(1e-3)
                                    .elementSum());
                    steps++;
                } catch (IllegalArgumentException overtaken) {
                    requireWords(overtaken);
                }
            }
            return steps;
        };
        Callable<Integer> stepping = () -> {
            RandomStream random = new RandomStream(4);
            int made = 0;
            while (made < 10 * MEETINGS) {
                try {
                    move(parameter, value -> value + 1);
                    made++;
                } catch (IllegalArgumentException overtaken) {
                    requireWords(overtaken);
                }
                for (int i = random.nextInt(2_000); i > 0; i--) {
                    Thread.onSpinWait();
                }
            }
            adding.set(false);
            return made;
        };
        int made = together(List.of(searching, stepping)).get(1);
        for (int i = 0; i < 6; i++) {
            assertEquals(made, Math.floor(parameter.value().get(i / 3, i % 3)));
        }
    }

    private static void move(Parameter parameter, DoubleUnaryOperator change) {
        Value present = parameter.value();
        SimpleMatrix next = present.matrix();
        for (int i = 0; i < next.getNumElements(); i++) {
            next.set(i, change.applyAsDouble(next.get(i)));
        }
        Parameter.replaceAll(List.of(new Parameter.Replacement(parameter, present, Value.constant(next))));
    }

    /** A trainer that is overtaken ends with a sentence; what was stepped until then is all there. */
    @Test
    void trainersOfOneNetworkLoseNoStep() throws Exception {
        Dataset data = Dataset.regression("rows", new SimpleMatrix(80, 2), new SimpleMatrix(80, 1));
        for (int meeting = 0; meeting < Math.max(20, MEETINGS / 100); meeting++) {
            Parameter parameter = zeros("w");
            Layer network = new Layer() {
                @Override
                public Value forward(Value input) {
                    return parameter.value();
                }

                @Override
                public List<Parameter> parameters() {
                    return List.of(parameter);
                }
            };
            List<Optimizer> optimizers = List.of(
                    Optimizer.of(List.of(parameter), Sgd.rate(1)), Optimizer.of(List.of(parameter), Sgd.rate(1)));
            List<Callable<Boolean>> parts = optimizers.stream()
                    .map(optimizer -> (Callable<Boolean>) () -> completes(network, optimizer, data))
                    .toList();
            together(parts);
            long made = optimizers.stream().mapToLong(Optimizer::steps).sum();
            requireAll(-(double) made, parameter);
        }
    }

    private static boolean completes(Layer network, Optimizer optimizer, Dataset data) throws IOException {
        try {
            Trainer.of(network, (outputs, batch) -> outputs.elementSum(), optimizer)
                    .batches(2, 1)
                    .fit(data, 3);
            assertEquals(120, optimizer.steps());
            return true;
        } catch (IllegalArgumentException overtaken) {
            requireWords(overtaken);
            return false;
        }
    }
}
