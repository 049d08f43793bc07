package org.ejgrad.nn.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejml.data.DMatrixRMaj;
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

/**
 * One training step (forward, loss, gradients, update) by ejgrad and by hand-written backpropagation on EJML, in the
 * same run and from the same weights; the set-up fails unless both give the same losses.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class TrainingStepBenchmark {
    private static final double RATE = 1e-3;

    /** Layer sizes and, behind the slash, the rows of a batch. */
    @Param({"2-8-1/4", "2-16-16-1/32", "4-16-3/16", "64-64-10/64", "784-128-10/64", "784-512-512-10/256"})
    public String network;

    private HandWrittenNetwork handWritten;
    private DMatrixRMaj inputs;
    private int[] labels;
    private Layer layers;
    private Optimizer optimizer;
    private Value inputValue;
    private Value tracedInputs;
    private Value targets;

    /** Builds both networks with the same weights. */
    @Setup
    public void prepare() {
        String[] parts = network.split("/");
        int[] sizes =
                Arrays.stream(parts[0].split("-")).mapToInt(Integer::parseInt).toArray();
        int batch = Integer.parseInt(parts[1]);
        boolean relu = sizes[0] > 2;
        int outputs = sizes[sizes.length - 1];
        handWritten = new HandWrittenNetwork(sizes, batch, relu);
        inputs = HandWrittenNetwork.random(batch, sizes[0], 99);
        labels = IntStream.range(0, batch).map(i -> i % Math.max(2, outputs)).toArray();
        layers = layers(sizes, relu);
        optimizer = Optimizer.of(layers.parameters(), Sgd.rate(RATE));
        inputValue = Value.constant(inputs);
        tracedInputs = inputValue.traced();
        double[][] column = new double[batch][1];
        Arrays.setAll(column, i -> new double[] {labels[i]});
        targets = Value.constant(column);
        for (int step = 0; step < 3; step++) {
            double byHand = handWritten();
            double byEngine = engine();
            if (Math.abs(byHand - byEngine) > 1e-9) {
                throw new IllegalStateException("step " + step + ": the losses are " + byHand + " and " + byEngine);
            }
        }
    }

    private Layer layers(int[] sizes, boolean relu) {
        Layer[] all = new Layer[2 * sizes.length - 3];
        for (int i = 0; i + 1 < sizes.length; i++) {
            Dense dense = new Dense(sizes[i], sizes[i + 1], i);
            Parameter weight = dense.parameters().get(0);
            weight.set(Value.constant(handWritten.weights[i]));
            all[2 * i] = dense;
            if (i + 2 < sizes.length) {
                all[2 * i + 1] = relu ? Value::relu : Value::tanh;
            }
        }
        return Sequential.of(all);
    }

    /** A step by hand. */
    @Benchmark
    public double handWritten() {
        return handWritten.step(inputs, labels, RATE);
    }

    /** A step by ejgrad, as a user writes it. */
    @Benchmark
    public double engine() {
        return step(inputValue);
    }

    /** The same step, in which every result remembers the line of the program that made it. */
    @Benchmark
    public double traced() {
        return step(tracedInputs);
    }

    private double step(Value input) {
        Value outputs = layers.forward(input);
        Value loss = outputs.getNumCols() == 1
                ? BinaryCrossEntropy.fromLogits(outputs, targets)
                : CrossEntropy.fromLogits(outputs, labels);
        optimizer.step(loss.gradients());
        return loss.scalar();
    }
}
