package org.ejgrad;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** Differentiates graphs of a million operations; started by {@link LargeGraphsTest} in a JVM of its own. */
final class LargeGraphs {
    private static final int MILLION = 1_000_000;

    private LargeGraphs() {}

    public static void main(String[] arguments) {
        measure("chain of a million operations", LargeGraphs::chain);
        measure("value with a million consumers", LargeGraphs::wide);
        measure("a hundred thousand shared diamonds", LargeGraphs::diamonds);
        measure("second derivative of a power of a hundred thousand", LargeGraphs::power);
        measure("gradients of a hundred thousand variables", LargeGraphs::variables);
    }

    /** x, doubled and halved and negated in turn. */
    private static void chain() {
        Value x = Value.variable("x", 3);
        Value y = x;
        for (int i = 0; i < MILLION; i++) {
            y = i % 3 == 0 ? y.scale(2) : i % 3 == 1 ? y.divide(2) : y.negative();
        }
        // 333,334 doublings, 333,333 halvings, 333,333 sign changes.
        require(-6, y.scalar());
        require(-2, y.gradients().of(x).scalar());
    }

    private static void wide() {
        Value x = Value.variable("x", 0.5);
        Value sum = Value.constant(0);
        for (int i = 0; i < MILLION; i++) {
            sum = sum.plus(x);
        }
        require(MILLION / 2.0, sum.scalar());
        require(MILLION, sum.gradients().of(x).scalar());
    }

    /** Each value used twice by the next: a walk that does not wait for both visits 2^100000 paths. */
    private static void diamonds() {
        Value x = Value.variable("x", 5);
        Value y = x;
        for (int i = 0; i < MILLION / 10; i++) {
            y = y.scale(0.75).plus(y.scale(0.25));
        }
        require(5, y.scalar());
        require(1, y.gradients().of(x).scalar());
    }

    /** The derivatives of xⁿ at 1 are n and n·(n − 1). */
    private static void power() {
        int n = MILLION / 10;
        Value x = Value.variable("x", 1);
        Value y = x;
        for (int i = 1; i < n; i++) {
            y = y.elementMult(x);
        }
        Value slope = y.gradients(Gradients.Option.DIFFERENTIABLE).of(x);
        require(n, slope.scalar());
        require((double) n * (n - 1), slope.gradients().of(x).scalar());
    }

    private static void variables() {
        int n = MILLION / 10;
        Value[] parts = new Value[n];
        Value sum = Value.constant(0);
        for (int i = 0; i < n; i++) {
            parts[i] = Value.variable("x", i);
            sum = sum.plus(parts[i].square());
        }
        Gradients gradients = sum.gradients();
        for (int i = 0; i < n; i++) {
            require(2.0 * i, gradients.of(parts[i]).scalar());
        }
        require(n, gradients.variables().size());
    }

    private static void measure(String what, Runnable graph) {
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        System.gc();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        graph.run();
        long milliseconds = (System.nanoTime() - start) / 1_000_000;
        long bytes =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.println(what + ": " + milliseconds + " ms, heap at most " + (bytes >> 20) + " MB");
    }

    private static void require(double expected, double actual) {
        if (expected != actual) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }
}
