package org.ejgrad.examples.remedies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Learning from few labels (Lee 2013): train on the labelled rows, let the network label those of the other rows of
 * which it is sure, train anew on both, and again.
 *
 * @param data labelled rows; most of the labels are hidden from the network
 * @param perClass how many training rows of each class keep their label
 */
record PseudoLabels(Dataset data, int perClass) {
    private static final double SURE = 0.9;
    private static final int STEPS = 400;

    /** Test accuracy, how many rows got a pseudo-label, and the share of those that are right. */
    double[] run(int rounds, long seed) {
        Split split = Split.everyFifthOfClass(data.labels());
        Dataset train = split.train(data);
        int[] labelled = labelled(train, seed);
        Sequential network = train(train.rows(labelled), seed);
        Sure sure = new Sure(new int[0], new int[0]);
        for (int round = 1; round <= rounds; round++) {
            sure = sure(network, train, labelled);
            network = train(joined(train, labelled, sure), seed);
        }
        return new double[] {accuracy(network, split.test(data)), sure.rows().length, sure.share(train.labels())};
    }

    double[] allLabels(long seed) {
        Split split = Split.everyFifthOfClass(data.labels());
        return new double[] {accuracy(train(split.train(data), seed), split.test(data)), 0, Double.NaN};
    }

    /** Rows of whose class the network is sure, and those classes. */
    private record Sure(int[] rows, int[] labels) {
        double share(int[] truth) {
            int right = 0;
            for (int i = 0; i < rows.length; i++) {
                right += truth[rows[i]] == labels[i] ? 1 : 0;
            }
            return rows.length == 0 ? Double.NaN : (double) right / rows.length;
        }
    }

    private int[] labelled(Dataset train, long seed) {
        int[] labels = train.labels();
        int[] missing = new int[train.classes()];
        Arrays.fill(missing, perClass);
        List<Integer> rows = new ArrayList<>();
        for (int row : new RandomStream(seed, "labelled".hashCode()).permutation(train.size())) {
            if (missing[labels[row]]-- > 0) {
                rows.add(row);
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Sure sure(Sequential network, Dataset train, int[] labelled) {
        ConstMatrix<SimpleMatrix> p =
                network.forward(Value.constant(train.inputs())).softmax(Per.ROW).matrix();
        int[] classes = Classification.predictions(p);
        boolean[] known = new boolean[train.size()];
        for (int row : labelled) {
            known[row] = true;
        }
        int[] rows = IntStream.range(0, train.size())
                .filter(row -> !known[row] && p.get(row, classes[row]) >= SURE)
                .toArray();
        return new Sure(rows, Arrays.stream(rows).map(row -> classes[row]).toArray());
    }

    private static Dataset joined(Dataset train, int[] labelled, Sure sure) {
        Dataset both = train.rows(IntStream.concat(Arrays.stream(labelled), Arrays.stream(sure.rows()))
                .toArray());
        SimpleMatrix targets = both.targets().copy();
        for (int i = 0; i < sure.labels().length; i++) {
            targets.set(labelled.length + i, 0, sure.labels()[i]);
        }
        return both.withTargets(targets);
    }

    private static Sequential train(Dataset rows, long seed) {
        Sequential network = Sequential.of(
                new Dense(rows.features(), 64, Initialiser.heUniform(), seed),
                Value::relu,
                new Dense(64, rows.classes(), seed + 1));
        int batches = (rows.size() + 31) / 32;
        Trainer.of(
                        network,
                        Objective.softmaxCrossEntropy(),
                        Optimizer.of(network.parameters(), Adam.rate(0.003).weightDecay(1e-3)))
                .batches(32, seed)
                .fit(rows, Math.max(5, STEPS / batches));
        return network;
    }

    private static double accuracy(Sequential network, Dataset test) {
        return Classification.accuracy(
                test.labels(), network.forward(Value.constant(test.inputs())).matrix());
    }
}
