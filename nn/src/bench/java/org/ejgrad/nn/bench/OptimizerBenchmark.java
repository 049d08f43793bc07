package org.ejgrad.nn.bench;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejml.simple.SimpleMatrix;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One step on a 784x128 parameter, against the same update written by hand in place. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class OptimizerBenchmark {
    private static final int ROWS = 784;
    private static final int COLUMNS = 128;

    /** Which rule. */
    @Param({"sgd", "momentum", "adam"})
    public String rule = "";

    private Parameter parameter = new Parameter("w", new SimpleMatrix(1, 1));
    private Optimizer optimizer = Optimizer.of(List.of(parameter), Sgd.rate(0.1));
    private Value slope = Value.constant(0);
    private final double[] x = new double[ROWS * COLUMNS];
    private final double[] gradient = new double[ROWS * COLUMNS];
    private final double[] mean = new double[ROWS * COLUMNS];
    private final double[] square = new double[ROWS * COLUMNS];
    private long steps;

    /** Fills everything with random numbers. */
    @Setup
    public void fill() {
        RandomStream random = new RandomStream(1);
        for (int i = 0; i < x.length; i++) {
            x[i] = random.nextGaussian();
            gradient[i] = 1e-9 * random.nextGaussian();
        }
        parameter = new Parameter("w", new SimpleMatrix(ROWS, COLUMNS, true, x));
        UpdateRule chosen = switch (rule) {
            case "sgd" -> Sgd.rate(0.1);
            case "momentum" -> Sgd.rate(0.1).momentum(0.9);
            default -> Adam.rate(0.001);
        };
        optimizer = Optimizer.of(List.of(parameter), chosen);
        slope = Value.constant(new SimpleMatrix(ROWS, COLUMNS, true, gradient));
    }

    /** Only what a step needs: gradients of the current value. */
    private Gradients gradients() {
        return parameter.value().gradients(slope);
    }

    /** Ours, with making the gradients object. */
    @Benchmark
    public void optimizer() {
        optimizer.step(gradients());
    }

    /** In place, without checks. */
    @Benchmark
    public double[] byHand() {
        steps++;
        switch (rule) {
            case "sgd" -> {
                for (int i = 0; i < x.length; i++) {
                    x[i] -= 0.1 * gradient[i];
                }
            }
            case "momentum" -> {
                for (int i = 0; i < x.length; i++) {
                    mean[i] = 0.9 * mean[i] + gradient[i];
                    x[i] -= 0.1 * mean[i];
                }
            }
            default -> {
                double size = 0.001 / (1 - Math.pow(0.9, steps));
                double root = Math.sqrt(1 - Math.pow(0.999, steps));
                for (int i = 0; i < x.length; i++) {
                    mean[i] = 0.9 * mean[i] + 0.1 * gradient[i];
                    square[i] = 0.999 * square[i] + 0.001 * gradient[i] * gradient[i];
                    x[i] -= size * mean[i] / (Math.sqrt(square[i]) / root + 1e-8);
                }
            }
        }
        return x;
    }
}
