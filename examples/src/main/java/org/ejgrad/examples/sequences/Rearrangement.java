package org.ejgrad.examples.sequences;

import java.util.Arrays;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.PositionEncoding;
import org.ejml.simple.SimpleMatrix;

/** Random sequences, the same symbols in another order, and a network of one attention head that learns which. */
enum Rearrangement {
    /** The same symbols from the last to the first: where to look depends on the place alone. */
    COPY_BACKWARDS("copies backwards"),
    /** The same symbols in ascending order: what stands at a place depends on all of them. */
    SORT("sorts");

    static final int SYMBOLS = 8;
    static final int STEPS = 6;
    private static final int WIDTH = 24;
    private static final int HIDDEN = 64;
    private static final int BATCH = 64;
    private static final int TEST = 1000;
    private static final double RATE = 0.005;

    private final String done;

    Rearrangement(String done) {
        this.done = done;
    }

    private double[] ordered(double... symbols) {
        double[] ordered = symbols.clone();
        if (this == SORT) {
            Arrays.sort(ordered);
        } else {
            Arrays.setAll(ordered, i -> symbols[symbols.length - 1 - i]);
        }
        return ordered;
    }

    /** A trained network. */
    record Trained(Layer network, Layer before, Attention head) {
        /** How much each place of one sequence looks at each. */
        SimpleMatrix weights(SimpleMatrix sequence) {
            return head.weights(before.forward(Value.constant(sequence))).matrix();
        }
    }

    /** Random sequences, a row each. */
    static SimpleMatrix sequences(int rows, RandomStream random) {
        SimpleMatrix sequences = new SimpleMatrix(rows, STEPS);
        for (int i = 0; i < rows * STEPS; i++) {
            sequences.set(i, random.nextInt(SYMBOLS));
        }
        return sequences;
    }

    /** What is to come out. */
    SimpleMatrix target(SimpleMatrix sequences) {
        SimpleMatrix target = new SimpleMatrix(sequences.getNumRows(), STEPS);
        for (int row = 0; row < sequences.getNumRows(); row++) {
            target.setRow(row, 0, ordered(sequences.getRow(row).getDDRM().data));
        }
        return target;
    }

    /** A network with a head, or one in which each place sees only itself. */
    Trained train(boolean isAttending, int steps, long seed) {
        Attention head = new Attention(WIDTH, WIDTH, seed + 1);
        Layer before = Sequential.of(new Embedding(SYMBOLS, WIDTH, seed), new PositionEncoding(WIDTH));
        Layer after = new EachStep(
                WIDTH,
                Sequential.of(
                        new Dense(WIDTH, HIDDEN, Initialiser.heUniform(), seed + 5),
                        Activation.RELU,
                        new Dense(HIDDEN, SYMBOLS, seed + 6)));
        Layer network = isAttending ? Sequential.of(before, Residual.of(head), after) : Sequential.of(before, after);
        Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(Schedules.cosine(RATE, steps, RATE / 100)));
        for (int step = 0; step < steps; step++) {
            SimpleMatrix batch = sequences(BATCH, new RandomStream(seed, step));
            Value logits = network.at(step).forward(Value.constant(batch));
            optimizer.step(CrossEntropy.fromLogitsOfSteps(logits, target(batch), ClassOptions.DEFAULT)
                    .gradients());
        }
        return new Trained(network, before, head);
    }

    /** The share of symbols of new sequences that are right. */
    double accuracy(Layer network, long seed) {
        SimpleMatrix test = sequences(TEST, new RandomStream(seed, -1));
        SimpleMatrix target = target(test);
        Value logits = network.inference().forward(Value.constant(test));
        int[] predicted = logits.reshape(TEST * STEPS, SYMBOLS).argMax(Per.ROW);
        int right = 0;
        for (int i = 0; i < predicted.length; i++) {
            right += predicted[i] == target.get(i) ? 1 : 0;
        }
        return (double) right / predicted.length;
    }

    /** Such as {@code sorts}. */
    @Override
    public String toString() {
        return done;
    }
}
