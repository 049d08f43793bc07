package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;

/** Resampled classes are equally frequent, and made of nothing but their own rows. */
class ResamplingProperties {
    /** Three classes of the given sizes; row i starts with the number i, so rows can be told apart. */
    private static Dataset classes(int... sizes) {
        int n = Arrays.stream(sizes).sum();
        SimpleMatrix inputs = new SimpleMatrix(n, 3);
        int[] labels = new int[n];
        RandomStream random = new RandomStream(n);
        int row = 0;
        for (int c = 0; c < sizes.length; c++) {
            for (int i = 0; i < sizes[c]; i++, row++) {
                inputs.setRow(row, 0, row, random.nextGaussian(), random.nextGaussian());
                labels[row] = c;
            }
        }
        return Dataset.classification("t", inputs, labels, "a", "b", "c");
    }

    @Property(tries = 100)
    void oversamplingBalancesExactlyAndKeepsEveryRow(
            @ForAll @IntRange(min = 1, max = 20) int a,
            @ForAll @IntRange(min = 1, max = 20) int b,
            @ForAll @IntRange(min = 1, max = 20) int c,
            @ForAll long seed) {
        Dataset train = classes(a, b, c);
        Dataset balanced = Resampling.oversample(train, seed);
        int most = Math.max(a, Math.max(b, c));
        assertArrayEquals(new int[] {most, most, most}, balanced.classCounts());
        requireRowsOf(train, balanced);
        assertArrayEquals(
                train.inputs().toArray2(),
                balanced.inputs().rows(0, train.size()).toArray2());
    }

    @Property(tries = 100)
    void undersamplingBalancesExactlyAndTakesNoRowTwice(
            @ForAll @IntRange(min = 1, max = 20) int a,
            @ForAll @IntRange(min = 1, max = 20) int b,
            @ForAll @IntRange(min = 1, max = 20) int c,
            @ForAll long seed) {
        Dataset train = classes(a, b, c);
        Dataset balanced = Resampling.undersample(train, seed);
        int fewest = Math.min(a, Math.min(b, c));
        assertArrayEquals(new int[] {fewest, fewest, fewest}, balanced.classCounts());
        requireRowsOf(train, balanced);
        Set<Double> rows = new HashSet<>();
        for (int i = 0; i < balanced.size(); i++) {
            assertTrue(rows.add(balanced.inputs().get(i, 0)), "row taken twice");
            assertTrue(i == 0 || balanced.inputs().get(i, 0) > balanced.inputs().get(i - 1, 0), "out of order");
        }
    }

    @Property(tries = 100)
    void smotePointsLieBetweenARowAndANearNeighbourOfItsClass(
            @ForAll @IntRange(min = 4, max = 15) int a,
            @ForAll @IntRange(min = 4, max = 15) int b,
            @ForAll @IntRange(min = 1, max = 3) int neighbours,
            @ForAll long seed) {
        Dataset train = classes(a, b, 15);
        Dataset balanced = Resampling.smote(train, neighbours, seed);
        assertArrayEquals(new int[] {15, 15, 15}, balanced.classCounts());
        assertArrayEquals(
                train.inputs().toArray2(),
                balanced.inputs().rows(0, train.size()).toArray2());
        for (int i = train.size(); i < balanced.size(); i++) {
            assertTrue(onASegment(train, balanced, i, neighbours), "row " + i);
        }
        assertArrayEquals(
                balanced.inputs().toArray2(),
                Resampling.smote(train, neighbours, seed).inputs().toArray2());
    }

    @Property(tries = 100)
    void smoteDoesNotDependOnTheUnitOfTheInputs(@ForAll @IntRange(min = -960, max = 960) int power, @ForAll long seed) {
        Dataset train = classes(4, 7, 15);
        Dataset scaled = train.withInputs(train.inputs().scale(Math.scalb(1.0, power)));
        assertArrayEquals(
                Resampling.smote(train, 3, seed)
                        .inputs()
                        .scale(Math.scalb(1.0, power))
                        .toArray2(),
                Resampling.smote(scaled, 3, seed).inputs().toArray2());
    }

    private static Dataset line(double unit, double... points) {
        SimpleMatrix inputs = new SimpleMatrix(points.length + 9, 1);
        int[] labels = new int[points.length + 9];
        Arrays.fill(labels, 0, 9, 1);
        for (int i = 0; i < points.length; i++) {
            inputs.set(i + 9, 0, points[i] * unit);
        }
        return Dataset.classification("t", inputs, labels, "rare", "common");
    }

    @Example
    void distancesNeitherOverflowNorUnderflow() {
        double[] points = {1, 5, 1.1};
        double[][] expected = Resampling.smote(line(1, points), 1, 3).inputs().toArray2();
        for (double unit : new double[] {1e-307, 1e-200, 1e-5, 3, 1e200, 3e307}) {
            double[][] found =
                    Resampling.smote(line(unit, points), 1, 3).inputs().toArray2();
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i][0], found[i][0] / unit, 1e-15 * expected[i][0], "unit " + unit);
            }
        }
    }

    @Example
    void neighboursOnAllScalesAtOnce() {
        Dataset train = line(1, 0, 1e-320, 3e-320, 1, 1 + 1e-9, -1.7e308, 1.7e308, 1.6e308);
        double[] rows = new double[17];
        for (int i = 0; i < 17; i++) {
            rows[i] = train.inputs().get(i, 0);
        }
        for (int seed = 0; seed < 200; seed++) {
            double made = Resampling.smote(train, 1, seed).inputs().get(17, 0);
            boolean between = false;
            for (int[] pair : new int[][] {{9, 10}, {11, 10}, {12, 13}, {14, 9}, {15, 16}}) {
                double low = Math.min(rows[pair[0]], rows[pair[1]]);
                double high = Math.max(rows[pair[0]], rows[pair[1]]);
                between |= made >= low && made <= high;
            }
            assertTrue(between && Double.isFinite(made), "made " + made);
        }
    }

    /** Between two rows, near or as far apart as numbers can be, the new ones lie as densely everywhere. */
    @Example
    void newRowsLieAllAlongTheWay() {
        for (double end : new double[] {1, 1.7e308}) {
            Dataset train = line(1, -end, end);
            int[] counts = new int[4];
            for (int seed = 0; seed < 60; seed++) {
                SimpleMatrix made =
                        Resampling.smote(train, 1, seed).inputs().rows(11, 18).copy();
                for (int i = 0; i < 7; i++) {
                    counts[(int) (4 * (made.get(i) / end / 2 + 0.5))]++;
                }
            }
            for (int count : counts) {
                assertEquals(105, count, 36, Arrays.toString(counts)); // 4 deviations
            }
        }
    }

    @Example
    void equalRowsAreNearest() {
        Dataset balanced = Resampling.smote(line(1, 0, 5, 0), 1, 1);
        for (int i = 12; i < balanced.size(); i++) {
            double made = balanced.inputs().get(i, 0);
            assertTrue(made >= 0 && made <= 5, "made " + made);
        }
    }

    @Example
    void moreThanAMatrixHoldsIsRefused() {
        int[] labels =
                IntStream.range(0, 80_000).map(i -> Math.max(0, i - 40_000)).toArray();
        String[] names = IntStream.range(0, 40_000).mapToObj(i -> "c" + i).toArray(String[]::new);
        Dataset train = Dataset.classification("t", new SimpleMatrix(labels.length, 2), labels, names);
        assertEquals(
                "oversample: 40000 classes of 40001 rows of 2 inputs each are more than one matrix holds",
                Thrown.message(ResourceLimitException.class, () -> Resampling.oversample(train, 1)));
    }

    private static boolean onASegment(Dataset train, Dataset balanced, int row, int neighbours) {
        int label = balanced.labels()[row];
        double[] point = balanced.inputs().toArray2()[row];
        double[][] rows = train.inputs().toArray2();
        for (int from = 0; from < rows.length; from++) {
            for (int to = 0; to < rows.length; to++) {
                if (from == to || train.labels()[from] != label || train.labels()[to] != label) {
                    continue;
                }
                double length = distance(rows[from], rows[to]);
                boolean between =
                        Math.abs(distance(rows[from], point) + distance(point, rows[to]) - length) < 1e-9 * length;
                int nearer = 0;
                for (int other = 0; other < rows.length; other++) {
                    nearer += other != from
                                    && train.labels()[other] == label
                                    && distance(rows[from], rows[other]) < length
                            ? 1
                            : 0;
                }
                if (between && nearer < neighbours) {
                    return true;
                }
            }
        }
        return false;
    }

    private static double distance(double[] a, double[] b) {
        return Math.hypot(Math.hypot(a[0] - b[0], a[1] - b[1]), a[2] - b[2]);
    }

    private static void requireRowsOf(Dataset train, Dataset resampled) {
        for (int i = 0; i < resampled.size(); i++) {
            int row = (int) resampled.inputs().get(i, 0);
            assertEquals(train.labels()[row], resampled.labels()[i]);
            assertEquals(train.inputs().get(row, 2), resampled.inputs().get(i, 2));
        }
    }

    @Example
    void anotherSeedDrawsOtherRows() {
        Dataset train = classes(5, 10, 30);
        assertFalse(Arrays.deepEquals(
                Resampling.oversample(train, 1).inputs().toArray2(),
                Resampling.oversample(train, 2).inputs().toArray2()));
        assertFalse(Arrays.deepEquals(
                Resampling.undersample(train, 1).inputs().toArray2(),
                Resampling.undersample(train, 2).inputs().toArray2()));
        assertFalse(Arrays.deepEquals(
                Resampling.smote(train, 3, 1).inputs().toArray2(),
                Resampling.smote(train, 3, 2).inputs().toArray2()));
    }

    @Example
    void theLargestClassMayBeSmallerThanSmoteNeedsWhereNothingIsToGrow() {
        Dataset balanced = classes(2, 2, 2);
        assertEquals(6, Resampling.smote(balanced, 5, 0).size());
    }

    @Example
    void classesTooSmallAreRefused() {
        assertEquals(
                "smote: class 1 (\"b\") of t has 3 rows; expected at least 4",
                Thrown.argument(() -> Resampling.smote(classes(4, 3, 9), 3, 0)));
        assertEquals(
                "smote: neighbours = 0; expected at least 1",
                Thrown.argument(() -> Resampling.smote(classes(4, 3, 9), 0, 0)));
        assertEquals(
                "oversample: class 0 (\"a\") of t has 0 rows; expected at least 1",
                Thrown.argument(() -> Resampling.oversample(classes(0, 3, 9), 0)));
        assertEquals(
                "undersample: class 2 (\"c\") of t has 0 rows; expected at least 1",
                Thrown.argument(() -> Resampling.undersample(classes(1, 3, 0), 0)));
        assertTrue(Thrown.argument(() -> Resampling.smote(classes(4, 4, 9), Integer.MAX_VALUE, 0))
                .contains("expected at least 2147483648"));
    }
}
