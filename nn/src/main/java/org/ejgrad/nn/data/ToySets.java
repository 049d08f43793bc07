package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Small data sets made on the spot, each a pure function of its arguments, for lessons and tests.
 *
 * <p>Rows go round the classes in turn: 0, 1, …, k − 1, 0, 1, … Sines and cosines are {@link StrictMath}'s, so that the
 * numbers are the same on every machine.
 */
public final class ToySets {
    private static final int MOST_CLASSES = 1 << 20;
    private static final long MOST_ENTRIES = 1L << 27;

    private ToySets() {}

    /**
     * Exclusive or: the four corners of the unit square, class 1 where exactly one coordinate is 1.
     *
     * @return 4 rows, 2 features, 2 classes
     */
    public static Dataset xor() {
        SimpleMatrix inputs = new SimpleMatrix(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        return Dataset.classification("xor", inputs, new int[] {0, 1, 1, 0}, "same", "different");
    }

    /**
     * Exclusive or with normal noise: the four corners in turn, each moved a little.
     *
     * @param n the number of rows, at least 1
     * @param noise the standard deviation of the noise, finite and at least 0
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features, 2 classes
     * @throws IllegalArgumentException if n or the noise is out of range
     */
    public static Dataset noisyXor(int n, double noise, long seed) {
        Rows rows = new Rows("xor", n, 2, noise, seed);
        for (int i = 0; i < n; i++) {
            int first = i / 2 % 2;
            int second = i % 2 ^ first;
            rows.put(i, first ^ second, first, second);
        }
        return rows.dataset("same", "different");
    }

    /**
     * Two half circles of radius 1 that reach into each other, with normal noise.
     *
     * @param n the number of rows, at least 1
     * @param noise the standard deviation of the noise, finite and at least 0
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features, 2 classes
     * @throws IllegalArgumentException if n or the noise is out of range
     */
    public static Dataset moons(int n, double noise, long seed) {
        Rows rows = new Rows("moons", n, 2, noise, seed);
        for (int i = 0; i < n; i++) {
            double angle = Math.PI * rows.random.nextDouble();
            double x = StrictMath.cos(angle);
            double y = StrictMath.sin(angle);
            boolean isUpper = i % 2 == 0;
            rows.put(i, i % 2, isUpper ? x : 1 - x, isUpper ? y : 0.5 - y);
        }
        return rows.dataset("upper", "lower");
    }

    /**
     * A circle of radius 1 around one of radius 1/2, with normal noise.
     *
     * @param n the number of rows, at least 1
     * @param noise the standard deviation of the noise, finite and at least 0
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features, 2 classes
     * @throws IllegalArgumentException if n or the noise is out of range
     */
    public static Dataset circles(int n, double noise, long seed) {
        Rows rows = new Rows("circles", n, 2, noise, seed);
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * rows.random.nextDouble();
            double radius = i % 2 == 0 ? 1 : 0.5;
            rows.put(i, i % 2, radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
        }
        return rows.dataset("outer", "inner");
    }

    /**
     * Round clouds that a straight line separates: the centres stand on a circle with distance 1 between neighbours,
     * and every point is within 0.4 of its centre.
     *
     * @param n the number of rows, at least 1
     * @param classes the number of clouds, at least 1
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features
     * @throws IllegalArgumentException if n or the number of classes is out of range
     */
    public static Dataset blobs(int n, int classes, long seed) {
        requireClasses("blobs", classes);
        Rows rows = new Rows("blobs", n, 2, 0, seed);
        double circle = classes == 1 ? 0 : 0.5 / StrictMath.sin(Math.PI / classes);
        for (int i = 0; i < n; i++) {
            double centre = 2 * Math.PI * (i % classes) / classes;
            double angle = 2 * Math.PI * rows.random.nextDouble();
            double radius = 0.4 * StrictMath.sqrt(rows.random.nextDouble());
            rows.put(
                    i,
                    i % classes,
                    circle * StrictMath.cos(centre) + radius * StrictMath.cos(angle),
                    circle * StrictMath.sin(centre) + radius * StrictMath.sin(angle));
        }
        return rows.dataset(numbered(classes));
    }

    /**
     * Spiral arms that wind once around the origin while their radius grows from 0.1 to 1, with normal noise.
     *
     * @param n the number of rows, at least 1
     * @param arms the number of arms, which are the classes, at least 1
     * @param noise the standard deviation of the noise, finite and at least 0
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features
     * @throws IllegalArgumentException if n, the arms or the noise is out of range
     */
    public static Dataset spirals(int n, int arms, double noise, long seed) {
        requireClasses("spirals", arms);
        Rows rows = new Rows("spirals", n, 2, noise, seed);
        for (int i = 0; i < n; i++) {
            double way = rows.random.nextDouble();
            double radius = 0.1 + 0.9 * way;
            double angle = 2 * Math.PI * (way + (double) (i % arms) / arms);
            rows.put(i, i % arms, radius * StrictMath.cos(angle), radius * StrictMath.sin(angle));
        }
        return rows.dataset(numbered(arms));
    }

    /**
     * Two normal clouds around (−1, 0) and (1, 0), the second much rarer: the first n − r rows are class 0, the last r
     * class 1.
     *
     * @param n the number of rows, at least 1
     * @param rare r, the number of rows of class 1, from 0 to n
     * @param spread the standard deviation of both clouds, finite and at least 0
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features, 2 classes
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Dataset imbalancedBlobs(int n, int rare, double spread, long seed) {
        if (rare < 0 || rare > n) {
            throw new IllegalArgumentException(
                    "imbalancedBlobs: " + rare + " rare rows; expected 0 to " + n + ", the number of rows");
        }
        Rows rows = new Rows("imbalanced blobs", n, 2, spread, seed);
        for (int i = 0; i < n; i++) {
            int label = i < n - rare ? 0 : 1;
            rows.put(i, label, 2 * label - 1, 0);
        }
        return rows.dataset("common", "rare");
    }

    /**
     * Points uniform in the square from −1 to 1 with three labels at once: right of the middle (x₀ &gt; 0), above it
     * (x₁ &gt; 0), and within the circle of radius 0.7 around it.
     *
     * @param n the number of rows, at least 1
     * @param seed the same seed gives the same rows
     * @return n rows, 2 features, n × 3 targets that are 0 or 1
     * @throws IllegalArgumentException if n is less than 1
     */
    public static Dataset multiLabel(int n, long seed) {
        Rows rows = new Rows("multi-label", n, 2, 0, seed);
        SimpleMatrix targets = new SimpleMatrix(n, 3);
        for (int i = 0; i < n; i++) {
            double x = rows.random.nextDouble(-1, 1);
            double y = rows.random.nextDouble(-1, 1);
            rows.put(i, 0, x, y);
            targets.setRow(i, 0, x > 0 ? 1 : 0, y > 0 ? 1 : 0, x * x + y * y < 0.49 ? 1 : 0);
        }
        return Dataset.of("multi-label", rows.inputs, targets, List.of(), List.of("right", "above", "near"));
    }

    /**
     * A straight line, or plane, with normal noise: inputs uniform in [−1, 1), targets x·w + b + noise.
     *
     * @param n the number of rows, at least 1
     * @param weights w, one per feature, at least one, finite
     * @param bias b, finite
     * @param noise the standard deviation of the noise, finite and at least 0
     * @param seed the same seed gives the same rows
     * @return n rows, n × 1 targets
     * @throws IllegalArgumentException if a number is out of range
     */
    public static Dataset linearRegression(int n, double[] weights, double bias, double noise, long seed) {
        if (requireNonNull(weights, "weights").length == 0) {
            throw new IllegalArgumentException("linearRegression: there are no weights; expected at least 1");
        }
        Rows rows = new Rows("linear regression", n, weights.length, 0, seed);
        Require.notNegative(noise, "linear regression: noise");
        SimpleMatrix targets = new SimpleMatrix(n, 1);
        for (int i = 0; i < n; i++) {
            double target = bias;
            for (int j = 0; j < weights.length; j++) {
                double x = rows.random.nextDouble(-1, 1);
                rows.inputs.set(i, j, x);
                target += x * weights[j];
            }
            targets.set(i, 0, target + noise * rows.random.nextGaussian());
        }
        return Dataset.regression("linear regression", rows.inputs, targets);
    }

    private static void requireClasses(String call, int classes) {
        Require.atLeast(classes, 1, call + ": the number of classes");
        Require.atMost(classes, MOST_CLASSES, call + ": the number of classes");
    }

    private static String[] numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toArray(String[]::new);
    }

    /** The rows of a data set in the making. */
    private static final class Rows {
        private final String name;
        private final RandomStream random;
        private final double noise;
        private final SimpleMatrix inputs;
        private final int[] labels;

        Rows(String name, int n, int features, double noise, long seed) {
            if (n < 1) {
                throw new IllegalArgumentException(name + ": " + n + " rows; expected at least 1");
            }
            Require.notNegative(noise, name + ": noise");
            if ((long) n * features > MOST_ENTRIES) {
                throw new ResourceLimitException(name + ": " + n + " rows of " + features + " features take more than "
                        + MOST_ENTRIES + " entries");
            }
            this.name = name;
            this.noise = noise;
            random = new RandomStream(seed, name.hashCode());
            inputs = new SimpleMatrix(n, features);
            labels = new int[n];
        }

        void put(int row, int label, double... point) {
            labels[row] = label;
            for (int j = 0; j < point.length; j++) {
                inputs.set(row, j, noise == 0 ? point[j] : point[j] + noise * random.nextGaussian());
            }
        }

        Dataset dataset(String... classNames) {
            return Dataset.classification(name, inputs, labels, classNames);
        }
    }
}
