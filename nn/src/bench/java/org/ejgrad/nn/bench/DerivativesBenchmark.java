package org.ejgrad.nn.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.ejgrad.Derivatives;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
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

/** A function of the weights of three dense layers, and what its derivatives cost beside it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DerivativesBenchmark {
    /** Layer sizes and, behind the slash, the rows of a batch. */
    @Param({"2-8-8-1/4", "64-64-64-10/64", "256-128-128-10/128"})
    public String network;

    private Value inputs = Value.constant(0);
    private final List<Value> weights = new ArrayList<>();
    private final List<Value> directions = new ArrayList<>();
    private final Function<List<Value>, Value> scores = this::scores;
    private final Function<List<Value>, Value> loss =
            w -> scores(w).logSumExp(Per.ROW).mean();

    /** Draws inputs, weights and directions. */
    @Setup
    public void prepare() {
        Random random = new Random(1);
        String[] parts = network.split("/");
        int[] sizes =
                Arrays.stream(parts[0].split("-")).mapToInt(Integer::parseInt).toArray();
        inputs = random(random, Integer.parseInt(parts[1]), sizes[0]);
        for (int layer = 1; layer < sizes.length; layer++) {
            for (Shape shape : List.of(new Shape(sizes[layer - 1], sizes[layer]), new Shape(1, sizes[layer]))) {
                weights.add(random(random, shape.rows(), shape.columns()).scale(1 / Math.sqrt(sizes[layer - 1])));
                directions.add(random(random, shape.rows(), shape.columns()));
            }
        }
    }

    private Value scores(List<Value> w) {
        return inputs.affine(w.get(0), w.get(1))
                .tanh()
                .affine(w.get(2), w.get(3))
                .tanh()
                .affine(w.get(4), w.get(5));
    }

    private static Value random(Random random, int rows, int columns) {
        double[][] elements = new double[rows][columns];
        for (double[] row : elements) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return Value.constant(elements);
    }

    /** The function. */
    @Benchmark
    public Value function() {
        return loss.apply(weights);
    }

    /** Its gradient. */
    @Benchmark
    public List<Value> gradient() {
        return Derivatives.gradient(loss, weights);
    }

    /** The scores' Jacobian times a vector. */
    @Benchmark
    public Value jacobianVector() {
        return Derivatives.jacobianVector(scores, weights, directions);
    }

    /** The function's Hessian times a vector. */
    @Benchmark
    public List<Value> hessianVector() {
        return Derivatives.hessianVector(loss, weights, directions);
    }
}
