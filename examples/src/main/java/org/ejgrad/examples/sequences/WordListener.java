package org.ejgrad.examples.sequences;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.Recurrent;

/**
 * Says which word was spoken.
 *
 * @param logits of the words
 * @param parameters what it learns
 */
record WordListener(Function<SpokenWords, Value> logits, List<Parameter> parameters) {
    private static final int HIDDEN = 32;
    private static final int BATCH = 32;
    private static final int EPOCHS = 20;
    private static final double RATE = 0.01;

    /** Knows the means of a word's formants over some parts of it. */
    static WordListener ofMeans(int parts, long seed) {
        Sequential network =
                Sequential.dense(Activation.RELU, seed, parts * SpokenWords.FORMANTS, HIDDEN, SpokenWords.WORDS.size());
        return new WordListener(spoken -> network.forward(Value.constant(spoken.means(parts))), network.parameters());
    }

    /** Hears frame after frame, to the end of each word or on through the silence to that of the longest. */
    static WordListener ofFrames(boolean hasLengths, long seed) {
        Recurrent recurrent = Recurrent.of(new GruCell(SpokenWords.FORMANTS, HIDDEN, seed));
        Dense last = new Dense(HIDDEN, SpokenWords.WORDS.size(), seed + 1);
        return new WordListener(
                spoken -> {
                    int[] lengths = hasLengths ? spoken.lengths() : new int[0];
                    Value frames = Value.constant(spoken.tracks());
                    return last.forward(recurrent
                            .run(frames, recurrent.cell().start(), lengths)
                            .state());
                },
                Stream.concat(recurrent.parameters().stream(), last.parameters().stream())
                        .toList());
    }

    WordListener trained(SpokenWords spoken, long seed) {
        int count = spoken.words().length;
        int steps = count / BATCH;
        Optimizer optimizer = Optimizer.of(parameters, Adam.rate(Schedules.cosine(RATE, (long) EPOCHS * steps, 0)));
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            int[] order = new RandomStream(seed, epoch).permutation(count);
            for (int step = 0; step < steps; step++) {
                SpokenWords batch = spoken.rows(Arrays.copyOfRange(order, step * BATCH, (step + 1) * BATCH));
                Value loss = CrossEntropy.fromLogits(logits.apply(batch), batch.words());
                optimizer.step(GradientClipping.byNorm(loss.gradients(), 1).gradients());
            }
        }
        return this;
    }

    double accuracy(SpokenWords spoken) {
        return Classification.accuracy(spoken.words(), logits.apply(spoken).matrix());
    }
}
