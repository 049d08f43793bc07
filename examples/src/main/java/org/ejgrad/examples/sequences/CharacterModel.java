package org.ejgrad.examples.sequences;

import java.util.Arrays;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.metrics.Probabilities;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejml.simple.SimpleMatrix;

/** A GRU that reads symbol after symbol and says how likely each is to come next. */
final class CharacterModel {
    private static final int WIDTH = 24;
    private static final int STREAMS = 16;
    private static final int STEPS = 40;

    /** So many symbols are one chunk of each stream. */
    static final int FEWEST = STREAMS * STEPS + 1;

    private static final double RATE = 0.01;
    private static final double LONGEST = 1;

    private final Embedding embedding;
    private final Recurrent recurrent;
    private final EachStep output;

    CharacterModel(int size, int hidden, long seed) {
        embedding = new Embedding(size, WIDTH, seed);
        recurrent = Recurrent.of(new GruCell(WIDTH, hidden, seed + 1));
        output = new EachStep(hidden, new Dense(hidden, size, seed + 2));
    }

    /** The whole, for its description. */
    Sequential network() {
        return Sequential.of(embedding, recurrent, output);
    }

    /**
     * Learns a text that goes on in several streams side by side; what each remembers is carried on from chunk to
     * chunk, and backpropagation ends at the beginning of a chunk.
     */
    void train(int epochs, int... symbols) {
        int length = (symbols.length - 1) / STREAMS;
        int chunks = length / STEPS;
        Require.atLeast(symbols.length, FEWEST, "the number of characters to train on");
        Optimizer optimizer = Optimizer.of(
                network().parameters(), Adam.rate(Schedules.cosine(RATE, (long) epochs * chunks, RATE / 100)));
        for (int epoch = 0; epoch < epochs; epoch++) {
            Value state = recurrent.cell().start();
            for (int chunk = 0; chunk < chunks; chunk++) {
                int from = chunk * STEPS;
                Recurrent.Result result =
                        recurrent.run(embedding.forward(Value.constant(streams(symbols, length, from))), state);
                Value loss = CrossEntropy.fromLogitsOfSteps(
                        output.forward(result.outputs()), streams(symbols, length, from + 1), ClassOptions.DEFAULT);
                optimizer.step(
                        GradientClipping.byNorm(loss.gradients(), LONGEST).gradients());
                state = result.state().detached();
            }
        }
    }

    private static SimpleMatrix streams(int[] symbols, int length, int from) {
        SimpleMatrix streams = new SimpleMatrix(STREAMS, STEPS);
        for (int stream = 0; stream < STREAMS; stream++) {
            for (int step = 0; step < STEPS; step++) {
                streams.set(stream, step, symbols[stream * length + from + step]);
            }
        }
        return streams;
    }

    /** The mean of −log₂ p of a sequence's symbols but the first. */
    double bits(int... symbols) {
        SimpleMatrix row = new SimpleMatrix(1, symbols.length);
        for (int i = 0; i < symbols.length; i++) {
            row.set(i, symbols[i]);
        }
        int last = symbols.length - 1;
        Value logits = network().inference().forward(Value.constant(row.cols(0, last)));
        return Probabilities.bits(CrossEntropy.fromLogitsOfSteps(logits, row.cols(1, last + 1), ClassOptions.DEFAULT)
                .scalar());
    }

    /**
     * Goes on from a beginning, each symbol drawn with the probability of its logit divided by the temperature.
     *
     * @param temperature positive; low ones take what is likely
     */
    int[] sample(int[] beginning, int length, double temperature, long seed) {
        RandomStream random = new RandomStream(seed);
        int[] symbols = Arrays.copyOf(beginning, beginning.length + length);
        Value state = recurrent.cell().start();
        for (int next = 1; next < symbols.length; next++) {
            Value symbol = embedding.forward(Value.constant(symbols[next - 1])).detached();
            Recurrent.Result result = recurrent.run(symbol, state);
            state = result.state().detached();
            if (next >= beginning.length) {
                Value p = output.forward(result.outputs().detached())
                        .divide(temperature)
                        .softmax(Per.ROW);
                symbols[next] = drawn(p, random.nextDouble());
            }
        }
        return Arrays.copyOfRange(symbols, beginning.length, symbols.length);
    }

    private static int drawn(Value p, double share) {
        double left = share;
        int symbol = 0;
        while (symbol < p.getNumCols() - 1 && (left -= p.get(0, symbol)) >= 0) {
            symbol++;
        }
        return symbol;
    }
}
