package org.ejgrad.examples.sequences;

import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Batches;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Ranking;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;

/**
 * Lists of items, each rated from 0 to 4 by somebody who is more or less generous: the features say what an item is
 * worth, but not who rated it.
 */
final class RatedLists {
    static final int ITEMS = 10;
    private static final int FEATURES = 4;
    private static final int BEST = 4;
    private static final double GENEROSITY = 1.5;
    private static final double NOISE = 0.5;

    private RatedLists() {}

    /** A row per list: the features of its items side by side, and their ratings. */
    static Dataset of(int lists, long seed) {
        RandomStream random = new RandomStream(seed);
        SimpleMatrix inputs = new SimpleMatrix(lists, ITEMS * FEATURES);
        SimpleMatrix ratings = new SimpleMatrix(lists, ITEMS);
        for (int list = 0; list < lists; list++) {
            double generosity = GENEROSITY * random.nextGaussian();
            for (int item = 0; item < ITEMS; item++) {
                for (int feature = 0; feature < FEATURES; feature++) {
                    inputs.set(list, item * FEATURES + feature, random.nextGaussian());
                }
                int at = item * FEATURES;
                double worth = inputs.get(list, at)
                        - inputs.get(list, at + 1)
                        + inputs.get(list, at + 2) * inputs.get(list, at + 3);
                double rating = Math.rint(2 + worth + generosity + NOISE * random.nextGaussian());
                ratings.set(list, item, Math.max(0, Math.min(rating, BEST)));
            }
        }
        return Dataset.regression("lists", inputs, ratings);
    }

    /** A network that scores each item by itself, trained on whole lists. */
    static Layer train(Dataset lists, Objective objective, int epochs, long seed) {
        Layer network = new EachStep(FEATURES, Sequential.dense(Activation.TANH, seed, FEATURES, 16, 1));
        Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.01));
        Batches batches = Batches.shuffled(lists, 16, seed);
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Dataset batch : batches.epoch(epoch)) {
                Value scores = network.forward(Value.constant(batch.inputs()));
                optimizer.step(objective.loss(scores, batch).gradients());
            }
        }
        return network;
    }

    /** The mean over the lists of how well their first places are filled. */
    static double ndcg(Layer network, Dataset lists, int places) {
        SimpleMatrix scores =
                network.inference().forward(Value.constant(lists.inputs())).matrix();
        return IntStream.range(0, lists.size())
                .mapToDouble(list -> Ranking.ndcg(
                        lists.targets().getRow(list).getDDRM().getData(),
                        scores.getRow(list).getDDRM().getData(),
                        places))
                .average()
                .orElse(0);
    }
}
