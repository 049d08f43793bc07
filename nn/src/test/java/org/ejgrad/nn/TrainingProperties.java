package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejml.simple.SimpleMatrix;

/** Theorems about training, on random data. */
class TrainingProperties {
    private static SimpleMatrix normal(int rows, int columns, long... position) {
        return Initialiser.normal(1.5).matrix(rows, columns, new RandomStream(99, position));
    }

    private static int[] labels(int rows, int classes, long seed) {
        RandomStream random = new RandomStream(seed, 5);
        int[] labels = new int[rows];
        Arrays.setAll(labels, i -> random.nextInt(classes));
        return labels;
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    /** σ²/n, where σ is the largest singular value of the inputs with a column of ones for the bias. */
    private static double curvature(SimpleMatrix x) {
        SimpleMatrix ones = new SimpleMatrix(x.getNumRows(), 1);
        ones.fill(1);
        double largest = x.concatColumns(ones).svd().getSingleValue(0);
        return largest * largest / x.getNumRows();
    }

    private static void requireDescent(List<Parameter> parameters, double rate, Supplier<Value> loss) {
        Optimizer descent = Optimizer.of(parameters, Sgd.rate(rate));
        double before = Double.POSITIVE_INFINITY;
        for (int step = 0; step < 60; step++) {
            Value now = loss.get();
            assertTrue(
                    now.scalar() <= before * (1 + 1e-14),
                    "step " + step + " went from " + before + " to " + now.scalar());
            before = now.scalar();
            descent.step(now.gradients());
        }
    }

    /** The softmax's Hessian is at most ½, so that L = ½·σ²/n. */
    @Property(tries = 15)
    void descentWithStepOneOverLNeverIncreasesSoftmaxRegression(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 2, max = 5) int k) {
        SimpleMatrix x = normal(rows, 3, seed);
        int[] labels = labels(rows, k, seed);
        Dense dense = new Dense(3, k, Initialiser.normal(2), seed);
        requireDescent(
                dense.parameters(),
                2 / curvature(x),
                () -> CrossEntropy.fromLogits(dense.forward(Value.constant(x)), labels));
    }

    /** The sigmoid's slope is at most ¼, so that L = ¼·σ²/n. */
    @Property(tries = 15)
    void descentWithStepOneOverLNeverIncreasesLogisticRegression(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int rows) {
        SimpleMatrix x = normal(rows, 3, seed);
        double[] targets =
                Arrays.stream(labels(rows, 2, seed)).mapToDouble(label -> label).toArray();
        Value t = Value.constant(new SimpleMatrix(rows, 1, true, targets));
        Dense dense = new Dense(3, 1, Initialiser.normal(2), seed);
        requireDescent(
                dense.parameters(),
                4 / curvature(x),
                () -> BinaryCrossEntropy.fromLogits(dense.forward(Value.constant(x)), t));
    }

    @Property(tries = 20)
    void aFullBatchIsTheSumOfItsParts(@ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int rows) {
        Value x = Value.constant(normal(rows, 3, seed));
        int[] labels = labels(rows, 4, seed);
        Layer network = Sequential.of(new Dense(3, 5, seed), Value::tanh, new Dense(5, 4, seed + 1));
        ClassOptions sum = ClassOptions.DEFAULT.reduction(Reduction.SUM);
        int cut = rows / 3 + 1;
        Gradients whole =
                CrossEntropy.fromLogits(network.forward(x), labels, sum).gradients();
        Gradients parts = CrossEntropy.fromLogits(network.forward(x.rows(0, cut)), Arrays.copyOf(labels, cut), sum)
                .gradients()
                .plus(CrossEntropy.fromLogits(
                                network.forward(x.rows(cut, rows)), Arrays.copyOfRange(labels, cut, rows), sum)
                        .gradients());
        for (Parameter parameter : network.parameters()) {
            assertArrayEquals(
                    elements(whole.of(parameter.value())), elements(parts.of(parameter.value())), 1e-13 * rows);
        }
    }

    @Property(tries = 10)
    void permutingHiddenUnitsPermutesTheTraining(@ForAll long seed) {
        int hidden = 6;
        int[] order = new RandomStream(seed).permutation(hidden);
        SimpleMatrix in = normal(3, hidden, seed, 1);
        SimpleMatrix bias = normal(1, hidden, seed, 2);
        SimpleMatrix out = normal(hidden, 2, seed, 3);
        SimpleMatrix movedIn = new SimpleMatrix(3, hidden);
        SimpleMatrix movedBias = new SimpleMatrix(1, hidden);
        SimpleMatrix movedOut = new SimpleMatrix(hidden, 2);
        for (int j = 0; j < hidden; j++) {
            movedIn.insertIntoThis(0, j, in.getColumn(order[j]));
            movedBias.set(j, bias.get(order[j]));
            movedOut.insertIntoThis(j, 0, out.getRow(order[j]));
        }
        Dense first = Dense.of(in, bias);
        Dense moved = Dense.of(movedIn, movedBias);
        Layer plain = Sequential.of(first, Value::tanh, Dense.withoutBias(out));
        Layer permuted = Sequential.of(moved, Value::tanh, Dense.withoutBias(movedOut));
        Value x = Value.constant(normal(8, 3, seed, 4));
        int[] labels = labels(8, 2, seed);
        for (Layer network : List.of(plain, permuted)) {
            Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.05));
            for (int step = 0; step < 5; step++) {
                optimizer.step(
                        CrossEntropy.fromLogits(network.forward(x), labels).gradients());
            }
        }
        assertArrayEquals(elements(plain.forward(x)), elements(permuted.forward(x)), 1e-9);
        for (int j = 0; j < hidden; j++) {
            assertEquals(
                    first.weight().value().get(1, order[j]),
                    moved.weight().value().get(1, j),
                    1e-9);
        }
    }

    @Property(tries = 10)
    void separableBlobsAreLearntForEverySeed(@ForAll long seed, @ForAll @IntRange(min = 2, max = 5) int classes) {
        Dataset blobs = ToySets.blobs(20 * classes, classes, seed);
        Value x = Value.constant(blobs.inputs());
        int[] labels = blobs.labels();
        Dense dense = new Dense(2, classes, seed);
        Optimizer optimizer = Optimizer.of(dense.parameters(), Adam.rate(0.3));
        for (int step = 0; step < 400; step++) {
            optimizer.step(CrossEntropy.fromLogits(dense.forward(x), labels).gradients());
        }
        Value logits = dense.forward(x);
        for (int row = 0; row < labels.length; row++) {
            for (int other = 0; other < classes; other++) {
                assertTrue(
                        other == labels[row] || logits.get(row, labels[row]) > logits.get(row, other),
                        "row " + row + " of class " + labels[row] + " was taken for " + other);
            }
        }
    }

    @Property(tries = 8)
    void theSameSeedGivesTheSameBits(@ForAll long seed) {
        List<double[]> runs = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            BatchNorm norm = new BatchNorm(6);
            Layer network = Sequential.of(
                    new Dense(3, 6, seed),
                    norm,
                    Value::relu,
                    new Dropout(0.5, seed),
                    new Dense(6, 4, Initialiser.heNormal(), seed + 1));
            Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.01));
            Value x = Value.constant(normal(16, 3, seed));
            for (int step = 0; step < 10; step++) {
                Value loss = CrossEntropy.fromLogits(network.at(0, step).forward(x), labels(16, 4, seed));
                optimizer.step(loss.gradients());
            }
            runs.add(elements(network.inference().forward(x)));
        }
        assertArrayEquals(runs.get(0), runs.get(1));
    }
}
