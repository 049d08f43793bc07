package org.ejgrad.examples.images;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Course;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.train.Objective;

/** Networks that give each pixel of drawn shapes a logit per class, and how they are trained and judged. */
final class Segmenter {
    static final Course COURSE = new Course(0.01, 0, 20, 16);
    private static final ImageShape LOGITS =
            new ImageShape(Shapes.CLASSES.size(), Shapes.IMAGE.height(), Shapes.IMAGE.width());

    private Segmenter() {}

    /**
     * Down to half the size and up again, with a way around (Ronneberger et al. 2015): a row beside a row is channels
     * beside channels.
     */
    static Sequential seeing(long seed) {
        Window kernel = Window.of(3).padding(1);
        Conv2d fine = new Conv2d(Shapes.IMAGE, 8, kernel, seed);
        Conv2d half = new Conv2d(fine.output(), 16, kernel.stride(2), seed + 1);
        Conv2d wide = new Conv2d(half.output(), 16, kernel.padding(2).dilation(2), seed + 2);
        ConvTranspose2d back =
                new ConvTranspose2d(wide.output(), 8, Window.of(2).stride(2), seed + 3);
        Sequential around = Sequential.of(
                half,
                PerPixel.of(half.output(), new BatchNorm(16)),
                Activation.RELU,
                wide,
                PerPixel.of(wide.output(), new BatchNorm(16)),
                Activation.RELU,
                back,
                Activation.RELU);
        ImageShape both = new ImageShape(16, LOGITS.height(), LOGITS.width());
        return Sequential.of(
                fine,
                PerPixel.of(fine.output(), new BatchNorm(8)),
                Activation.RELU,
                Residual.concatenating(around),
                new Conv2d(both, LOGITS.channels(), kernel, seed + 4));
    }

    /** Knows of each pixel its brightness only. */
    static Sequential blind(long seed) {
        Conv2d hidden = new Conv2d(Shapes.IMAGE, 16, Window.of(1), seed);
        return Sequential.of(
                hidden, Activation.RELU, new Conv2d(hidden.output(), LOGITS.channels(), Window.of(1), seed + 1));
    }

    /** The same weight for all classes, not counting pixels that nobody knows. */
    static ClassOptions plain() {
        return ClassOptions.DEFAULT.ignoring(Shapes.UNKNOWN).reduction(Reduction.WEIGHTED_MEAN);
    }

    /** Each class weighs as much as the others, however many pixels of it there are. */
    static ClassOptions balanced(Dataset train) {
        double[] counts = new double[LOGITS.channels()];
        IntStream.of(Shapes.labels(train)).filter(c -> c != Shapes.UNKNOWN).forEach(c -> counts[c]++);
        double most = Arrays.stream(counts).max().orElseThrow();
        return plain().weights(Arrays.stream(counts).map(count -> most / count).toArray());
    }

    static Sequential trained(Sequential network, Dataset train, ClassOptions options, long seed) {
        Objective perPixel = Objective.of(
                "cross-entropy per pixel",
                (outputs, batch) -> CrossEntropy.fromLogits(LOGITS.toPixels(outputs), Shapes.labels(batch), options));
        return COURSE.train(network, perPixel, train, seed);
    }

    /** The most probable class of each pixel, picture after picture. */
    static int[] predictions(Sequential network, Dataset pictures) {
        Value logits = network.inference().forward(Value.constant(pictures.inputs()));
        return LOGITS.toPixels(logits).argMax(Per.ROW);
    }

    static ConfusionMatrix judge(int[] predicted, Dataset pictures) {
        return ConfusionMatrix.ignoring(Shapes.UNKNOWN, Shapes.labels(pictures), predicted, Shapes.CLASSES);
    }
}
