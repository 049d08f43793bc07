package org.ejgrad.nn.bench;

import java.util.concurrent.TimeUnit;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.Recurrent;
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

/** A training step of layers for images and sequences; {@code src/bench/python/layers.py} times PyTorch's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class LayersBenchmark {
    private static final int CLASSES = 10;
    private static final int STEPS = 50;
    private static final int FEATURES = 16;
    private static final int HIDDEN = 64;

    /** LeNet-5 with rectifiers on 64 images of 28x28, or 64 units over 50 steps of 16 features, 32 rows. */
    @Param({"lenet", "gru", "lstm"})
    public String network = "";

    private Sequential layers = lenet();
    private Optimizer optimizer = Optimizer.of(layers.parameters(), Sgd.rate(0.01));
    private Value input = Value.constant(0);
    private int[] labels = {};

    /** Random weights, inputs and labels. */
    @Setup
    public void fill() {
        layers = switch (network) {
            case "lenet" -> lenet();
            case "gru" -> over(Recurrent.of(new GruCell(FEATURES, HIDDEN, 1)));
            default -> over(Recurrent.of(new LstmCell(FEATURES, HIDDEN, 1)));
        };
        boolean images = network.equals("lenet");
        RandomStream random = new RandomStream(1);
        double[][] rows = new double[images ? 64 : 32][images ? 28 * 28 : STEPS * FEATURES];
        labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            labels[i] = i % CLASSES;
            for (int j = 0; j < rows[i].length; j++) {
                rows[i][j] = random.nextGaussian();
            }
        }
        input = Value.constant(rows);
        optimizer = Optimizer.of(layers.parameters(), Sgd.rate(0.01));
    }

    private static Sequential lenet() {
        Window half = Window.of(2).stride(2);
        Conv2d first = new Conv2d(new ImageShape(1, 28, 28), 6, Window.of(5).padding(2), 1);
        Pool2d smaller = Pool2d.max(first.output(), half);
        Conv2d second = new Conv2d(smaller.output(), 16, Window.of(5), 2);
        Pool2d small = Pool2d.max(second.output(), half);
        return Sequential.of(
                first,
                Activation.RELU,
                smaller,
                second,
                Activation.RELU,
                small,
                new Dense(small.output().columns(), 120, 3),
                Activation.RELU,
                new Dense(120, 84, 4),
                Activation.RELU,
                new Dense(84, CLASSES, 5));
    }

    private static Sequential over(Recurrent recurrent) {
        return Sequential.of(recurrent.last(), new Dense(HIDDEN, CLASSES, 2));
    }

    /** Forward pass, cross-entropy, gradients, update. */
    @Benchmark
    public double step() {
        Value loss = CrossEntropy.fromLogits(layers.forward(input), labels);
        optimizer.step(loss.gradients());
        return loss.scalar();
    }
}
