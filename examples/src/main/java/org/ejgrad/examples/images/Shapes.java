package org.ejgrad.examples.images;

import java.util.List;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.image.ImageShape;
import org.ejml.simple.SimpleMatrix;

/**
 * Drawn pictures with the class of each pixel: discs, squares and crosses of random brightness in noise. Brightness
 * says nothing about the kind of shape; what lies around a pixel does.
 *
 * <p>The pixels at the rim of a shape have no class, {@link #UNKNOWN}, as in data that people have labelled.
 */
final class Shapes {
    static final List<String> CLASSES = List.of("background", "disc", "square", "cross");
    static final ImageShape IMAGE = new ImageShape(1, 16, 16);

    /** The label of pixels whose class nobody knows. */
    static final int UNKNOWN = 255;

    private static final double NOISE = 0.1;
    private static final double RIM = 0.5;

    private Shapes() {}

    /** Pictures with a label per pixel as targets. */
    static Dataset drawn(int count, long seed) {
        RandomStream random = new RandomStream(seed);
        SimpleMatrix pixels = new SimpleMatrix(count, IMAGE.columns());
        SimpleMatrix labels = new SimpleMatrix(count, IMAGE.columns());
        for (int row = 0; row < count; row++) {
            for (int i = 0; i < IMAGE.columns(); i++) {
                pixels.set(row, i, NOISE * random.nextGaussian());
            }
            for (int shapes = 1 + random.nextInt(2); shapes > 0; shapes--) {
                draw(pixels, labels, row, random);
            }
        }
        return Dataset.regression("shapes", pixels, labels);
    }

    /** Over what is there already. */
    private static void draw(SimpleMatrix pixels, SimpleMatrix labels, int row, RandomStream random) {
        int kind = 1 + random.nextInt(CLASSES.size() - 1);
        double radius = random.nextDouble(2.5, 4.5);
        double y = random.nextDouble(radius, IMAGE.height() - 1 - radius);
        double x = random.nextDouble(radius, IMAGE.width() - 1 - radius);
        double brightness = random.nextDouble(0.5, 1);
        for (int i = 0; i < IMAGE.columns(); i++) {
            int line = i / IMAGE.width();
            int column = i % IMAGE.width();
            double depth = depth(kind, line - y, column - x, radius);
            if (depth > -RIM) {
                pixels.set(row, i, brightness * Math.min(1, depth + RIM) + NOISE * random.nextGaussian());
                labels.set(row, i, depth < RIM ? UNKNOWN : kind);
            }
        }
    }

    /** How far inside a shape a point is; negative outside. */
    private static double depth(int kind, double y, double x, double radius) {
        double far = Math.max(Math.abs(y), Math.abs(x));
        double near = Math.min(Math.abs(y), Math.abs(x));
        return switch (kind) {
            case 1 -> radius - Math.sqrt(y * y + x * x);
            case 2 -> 0.85 * radius - far;
            default -> Math.min(radius - far, 0.35 * radius - near);
        };
    }

    /** The labels of all pixels, picture after picture. */
    static int[] labels(Dataset pictures) {
        int width = pictures.targets().getNumCols();
        int[] labels = new int[pictures.size() * width];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (int) pictures.targets().get(i / width, i % width);
        }
        return labels;
    }
}
