package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The made-up sets have the shapes their names promise. */
class ToySetsTest {
    static Stream<LongFunction<Dataset>> makers() {
        return Stream.of(
                seed -> ToySets.noisyXor(100, 0.1, seed),
                seed -> ToySets.moons(100, 0.1, seed),
                seed -> ToySets.circles(100, 0.1, seed),
                seed -> ToySets.blobs(100, 4, seed),
                seed -> ToySets.spirals(100, 3, 0.02, seed),
                seed -> ToySets.imbalancedBlobs(100, 5, 0.5, seed),
                seed -> ToySets.multiLabel(100, seed),
                seed -> ToySets.linearRegression(100, new double[] {1, 2}, 3, 0.1, seed));
    }

    @ParameterizedTest
    @MethodSource("makers")
    void theSeedDecidesEverything(LongFunction<Dataset> maker) {
        double[][] first = maker.apply(5).inputs().toArray2();
        assertArrayEquals(first, maker.apply(5).inputs().toArray2());
        assertFalse(Arrays.deepEquals(first, maker.apply(6).inputs().toArray2()));
        assertEquals(100, first.length);
    }

    @Test
    void rowsGoRoundTheClasses() {
        makers().limit(5).map(maker -> maker.apply(1)).forEach(data -> {
            int[] inTurn = IntStream.range(0, 100).map(i -> i % data.classes()).toArray();
            assertArrayEquals(inTurn, data.labels(), data.name());
        });
    }

    /** As many numbers from 0 to 1 in each quarter, but for chance. */
    private static void assertEven(DoubleStream numbers) {
        int[] counts = new int[4];
        numbers.forEach(each -> counts[(int) (4 * each)]++);
        double n = Arrays.stream(counts).sum();
        for (int count : counts) {
            assertEquals(0.25, count / n, 2 / Math.sqrt(n), Arrays.toString(counts));
        }
    }

    /** How far round a circle a point is, from 0 to 1. */
    private static double turn(double x, double y) {
        return (StrictMath.atan2(y, x) / (2 * Math.PI) + 1) % 1;
    }

    /** What a point is turned into, of those points that are of a class. */
    private static DoubleStream of(Dataset data, int label, DoubleBinaryOperator measure) {
        int[] labels = data.labels();
        return IntStream.range(0, labels.length)
                .filter(i -> labels[i] == label)
                .mapToDouble(i -> measure.applyAsDouble(
                        data.inputs().get(i, 0), data.inputs().get(i, 1)));
    }

    @Test
    void pointsLieAsDenselyEverywhere() {
        Dataset moons = ToySets.moons(1000, 0, 11);
        assertEven(of(moons, 0, (x, y) -> 2 * turn(x, y)));
        assertEven(of(moons, 1, (x, y) -> 2 * turn(1 - x, 0.5 - y)));
        Dataset circles = ToySets.circles(1000, 0, 12);
        assertEven(of(circles, 0, ToySetsTest::turn));
        assertEven(of(circles, 1, ToySetsTest::turn));
        Dataset spirals = ToySets.spirals(1000, 2, 0, 13);
        assertEven(of(spirals, 1, (x, y) -> (Math.hypot(x, y) - 0.1) / 0.9));
        double radius = 0.5 / Math.sin(Math.PI / 5);
        Dataset blobs = ToySets.blobs(2500, 5, 14);
        for (int c = 0; c < 5; c++) {
            double centreX = radius * Math.cos(2 * Math.PI * c / 5);
            double centreY = radius * Math.sin(2 * Math.PI * c / 5);
            assertEven(of(blobs, c, (x, y) -> turn(x - centreX, y - centreY)));
            assertEven(of(blobs, c, (x, y) -> Math.pow(Math.hypot(x - centreX, y - centreY) / 0.4, 2)));
        }
        assertEven(of(ToySets.blobs(500, 1, 15), 0, (x, y) -> Math.pow(Math.hypot(x, y) / 0.4, 2)));
    }

    @Test
    void xorIsExclusiveOr() {
        Dataset xor = ToySets.xor();
        for (int i = 0; i < 4; i++) {
            assertEquals(xor.inputs().get(i, 0) != xor.inputs().get(i, 1) ? 1 : 0, xor.labels()[i]);
        }
        Dataset noisy = ToySets.noisyXor(1000, 0.1, 2);
        int[] corners = new int[4];
        for (int i = 0; i < 1000; i++) {
            boolean right = noisy.inputs().get(i, 0) > 0.5;
            boolean above = noisy.inputs().get(i, 1) > 0.5;
            assertEquals(right != above ? 1 : 0, noisy.labels()[i]);
            corners[(right ? 2 : 0) + (above ? 1 : 0)]++;
        }
        assertArrayEquals(new int[] {250, 250, 250, 250}, corners);
    }

    @Test
    void moonsAreHalfCirclesThatReachIntoEachOther() {
        Dataset moons = ToySets.moons(1000, 0, 3);
        assertArrayEquals(new int[] {500, 500}, moons.classCounts());
        for (int i = 0; i < 1000; i++) {
            double x = moons.inputs().get(i, 0);
            double y = moons.inputs().get(i, 1);
            boolean upper = moons.labels()[i] == 0;
            assertEquals(1, upper ? Math.hypot(x, y) : Math.hypot(x - 1, y - 0.5), 1e-12);
            assertTrue(upper ? y >= 0 : y <= 0.5);
        }
    }

    @Test
    void circlesHaveTwoRadii() {
        Dataset circles = ToySets.circles(1000, 0, 4);
        for (int i = 0; i < 1000; i++) {
            double radius =
                    Math.hypot(circles.inputs().get(i, 0), circles.inputs().get(i, 1));
            assertEquals(circles.labels()[i] == 0 ? 1 : 0.5, radius, 1e-12);
        }
    }

    @Test
    void noiseHasTheStandardDeviationAskedFor() {
        Dataset circles = ToySets.imbalancedBlobs(40_000, 0, 0.25, 5);
        double squares = 0;
        for (int i = 0; i < circles.size(); i++) {
            squares += Math.pow(circles.inputs().get(i, 0) + 1, 2);
        }
        assertEquals(0.25, Math.sqrt(squares / circles.size()), 4 * 0.25 / Math.sqrt(2 * 40_000));
    }

    @Test
    void blobsAreSeparatedByTheLinesBetweenTheirCentres() {
        for (int classes : new int[] {1, 2, 3, 5, 10}) {
            Dataset blobs = ToySets.blobs(1000, classes, 6);
            for (int i = 0; i < blobs.size(); i++) {
                int best = 0;
                double highest = Double.NEGATIVE_INFINITY;
                for (int c = 0; c < classes; c++) {
                    double angle = 2 * Math.PI * c / classes;
                    double score = blobs.inputs().get(i, 0) * Math.cos(angle)
                            + blobs.inputs().get(i, 1) * Math.sin(angle);
                    best = score > highest ? c : best;
                    highest = Math.max(highest, score);
                }
                assertEquals(best, blobs.labels()[i]);
            }
        }
    }

    @Test
    void spiralArmsAreTurnedCopiesOfOneCurve() {
        Dataset spirals = ToySets.spirals(999, 3, 0, 7);
        assertArrayEquals(new int[] {333, 333, 333}, spirals.classCounts());
        for (int i = 0; i < spirals.size(); i++) {
            double x = spirals.inputs().get(i, 0);
            double y = spirals.inputs().get(i, 1);
            double way = (Math.hypot(x, y) - 0.1) / 0.9;
            double angle = 2 * Math.PI * (way + spirals.labels()[i] / 3.0);
            assertTrue(way >= -1e-12 && way <= 1);
            assertEquals(0, Math.sin(Math.atan2(y, x) - angle), 1e-9);
            assertTrue(Math.cos(Math.atan2(y, x) - angle) > 0);
        }
    }

    @Test
    void imbalanceIsExact() {
        Dataset data = ToySets.imbalancedBlobs(1000, 17, 0.5, 8);
        assertArrayEquals(new int[] {983, 17}, data.classCounts());
        assertEquals(List.of("common", "rare"), data.classNames());
        Dataset centres = ToySets.imbalancedBlobs(3, 1, 0, 8);
        assertArrayEquals(
                new double[][] {{-1, 0}, {-1, 0}, {1, 0}}, centres.inputs().toArray2());
        assertArrayEquals(new int[] {0, 0, 1}, centres.labels());
        assertArrayEquals(new int[] {0, 1}, ToySets.imbalancedBlobs(1, 1, 0, 8).classCounts());
    }

    @Test
    void severalLabelsFollowFromThePoint() {
        Dataset data = ToySets.multiLabel(1000, 9);
        double[] sums = new double[3];
        for (int i = 0; i < data.size(); i++) {
            double x = data.inputs().get(i, 0);
            double y = data.inputs().get(i, 1);
            assertEquals(x > 0 ? 1 : 0, data.targets().get(i, 0));
            assertEquals(y > 0 ? 1 : 0, data.targets().get(i, 1));
            assertEquals(Math.hypot(x, y) < 0.7 ? 1 : 0, data.targets().get(i, 2));
            for (int j = 0; j < 3; j++) {
                sums[j] += data.targets().get(i, j);
            }
        }
        assertEquals(500, sums[0], 70);
        assertEquals(500, sums[1], 70);
        assertEquals(1000 * Math.PI * 0.49 / 4, sums[2], 70);
    }

    @Test
    void linearTargetsFollowTheWeights() {
        double[] weights = {2, -3, 0.5};
        Dataset exact = ToySets.linearRegression(50, weights, 4, 0, 10);
        ConstMatrix<SimpleMatrix> expected =
                exact.inputs().mult(new SimpleMatrix(weights)).plus(4);
        assertTrue(exact.targets().isIdentical(expected, 1e-14));
        Dataset noisy = ToySets.linearRegression(20_000, weights, 4, 0.5, 10);
        SimpleMatrix noise = noisy.targets()
                .minus(noisy.inputs().mult(new SimpleMatrix(weights)).plus(4));
        assertEquals(0.5, noise.normF() / Math.sqrt(20_000), 0.01);
    }

    @Test
    void impossibleSetsAreRefused() {
        assertEquals("xor: 0 rows; expected at least 1", Thrown.argument(() -> ToySets.noisyXor(0, 0, 0)));
        assertEquals("moons: -1 rows; expected at least 1", Thrown.argument(() -> ToySets.moons(-1, 0, 0)));
        assertEquals("multi-label: 0 rows; expected at least 1", Thrown.argument(() -> ToySets.multiLabel(0, 0)));
        for (double noise : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            String words = ": noise = " + noise + "; expected a finite number, at least 0";
            assertEquals("circles" + words, Thrown.argument(() -> ToySets.circles(5, noise, 0)));
            assertEquals(
                    "linear regression" + words,
                    Thrown.argument(() -> ToySets.linearRegression(5, new double[1], 0, noise, 0)));
        }
        assertEquals(
                "spirals: the number of classes = 0; expected at least 1",
                Thrown.argument(() -> ToySets.spirals(5, 0, 0, 0)));
        assertEquals(
                "blobs: the number of classes = 2147483647; expected at most 1048576",
                Thrown.argument(() -> ToySets.blobs(5, Integer.MAX_VALUE, 0)));
        assertEquals(
                "moons: 2147483647 rows of 2 features take more than 134217728 entries",
                Thrown.argument(() -> ToySets.moons(Integer.MAX_VALUE, 0, 0)));
        assertEquals(
                "linear regression: 100000000 rows of 3 features take more than 134217728 entries",
                Thrown.argument(() -> ToySets.linearRegression(100_000_000, new double[3], 0, 0, 0)));
        assertEquals(
                "imbalancedBlobs: 6 rare rows; expected 0 to 5, the number of rows",
                Thrown.argument(() -> ToySets.imbalancedBlobs(5, 6, 0, 0)));
        assertEquals(
                "linearRegression: there are no weights; expected at least 1",
                Thrown.argument(() -> ToySets.linearRegression(5, new double[0], 0, 0, 0)));
    }
}
