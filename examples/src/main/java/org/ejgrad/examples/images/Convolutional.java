package org.ejgrad.examples.images;

import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Course;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;

/**
 * A small convolutional classifier and its training: twice a convolution, a pooling, a normalisation and relu, then a
 * dense layer. The pooling comes before what is done pixel by pixel, which then has a quarter of the pixels to do.
 *
 * @param image the pictures
 * @param first channels of the first convolution
 * @param second channels of the second
 * @param course of the training
 */
record Convolutional(ImageShape image, int first, int second, Course course) {
    /** The rate and the normalisation are what did best on a fifth of the training rows, kept for that. */
    static final Convolutional DIGITS = new Convolutional(new ImageShape(1, 8, 8), 16, 32, new Course(0.01, 0, 15, 32));

    static final Convolutional MNIST = new Convolutional(new ImageShape(1, 28, 28), 8, 16, new Course(0.005, 0, 5, 64));

    /** Rows that are judged at once: what a layer sees of each takes some memory. */
    private static final int AT_ONCE = 500;

    private static final double DROPPED = 0.25;

    Sequential network(int classes, long seed) {
        Window kernel = Window.of(3).padding(1);
        Window half = Window.of(2).stride(2);
        Conv2d edges = new Conv2d(image, first, kernel, seed);
        Pool2d smaller = Pool2d.max(edges.output(), half);
        Conv2d parts = new Conv2d(smaller.output(), second, kernel, seed + 1);
        Pool2d small = Pool2d.max(parts.output(), half);
        return Sequential.of(
                edges,
                smaller,
                PerPixel.of(smaller.output(), new BatchNorm(first)),
                Activation.RELU,
                parts,
                small,
                PerPixel.of(small.output(), new BatchNorm(second)),
                Activation.RELU,
                new Dropout(DROPPED, seed),
                new Dense(small.output().columns(), classes, seed + 2));
    }

    Sequential trained(Dataset train, long seed) {
        return fit(network(train.classes(), seed), train, seed);
    }

    /** Trains any network as this one is. */
    Sequential fit(Sequential network, Dataset train, long seed) {
        return course.train(network, Objective.softmaxCrossEntropy(), train, seed);
    }

    /** A network's mistakes on test rows. */
    static ConfusionMatrix judge(Sequential network, Dataset test) {
        return ConfusionMatrix.of(test.labels(), predictions(network, test), test.classNames());
    }

    static int[] predictions(Sequential network, Dataset test) {
        return IntStream.iterate(0, from -> from < test.size(), from -> from + AT_ONCE)
                .flatMap(from -> {
                    SimpleMatrix some = test.inputs().rows(from, Math.min(test.size(), from + AT_ONCE));
                    return IntStream.of(
                            network.inference().forward(Value.constant(some)).argMax(Per.ROW));
                })
                .toArray();
    }
}
