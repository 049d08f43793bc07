package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ejgrad.nn.Thrown;

/** Every split divides the rows into two parts that together are all of them. */
class SplitProperties {
    @Property
    void aRandomSplitIsAPartitionOfTheAskedSize(
            @ForAll @IntRange(max = 200) int n, @ForAll @DoubleRange(max = 1) double share, @ForAll long seed) {
        Split split = Split.random(n, share, seed);
        requirePartition(split, n);
        assertEquals(Math.round(n * share), split.testRows().length);
        assertArrayEquals(split.testRows(), Split.random(n, share, seed).testRows());
    }

    @Property
    void aStratifiedSplitTakesTheShareOfEachClass(
            @ForAll @Size(max = 100) List<@IntRange(max = 4) Integer> classes,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll long seed) {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        Split split = Split.stratified(labels, share, seed);
        requirePartition(split, labels.length);
        for (int c = 0; c < 5; c++) {
            assertEquals(Math.round(count(labels, c) * share), count(split.testRows(), labels, c), "class " + c);
        }
    }

    @Property
    void theFixedSplitTestsEveryFifthRowOfAClass(@ForAll @Size(max = 100) List<@IntRange(max = 4) Integer> classes) {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        Split split = Split.everyFifthOfClass(labels);
        requirePartition(split, labels.length);
        int[] seen = new int[5];
        for (int i = 0; i < labels.length; i++) {
            boolean isTest = Arrays.binarySearch(split.testRows(), i) >= 0;
            assertEquals(seen[labels[i]]++ % 5 == 4, isTest, "row " + i);
        }
    }

    @Property(tries = 50)
    void eachRowIsEquallyLikelyForTesting(@ForAll @IntRange(max = 9) int row) {
        int tested = 0;
        for (int seed = 0; seed < 2000; seed++) {
            tested += Arrays.binarySearch(Split.random(10, 0.3, seed).testRows(), row) >= 0 ? 1 : 0;
        }
        assertEquals(600, tested, 4 * Math.sqrt(2000 * 0.3 * 0.7));
    }

    @Example
    void oneSplitDividesDataAndTextsAlike() {
        Dataset data = ToySets.moons(40, 0.1, 1);
        List<Integer> items = IntStream.range(0, 40).boxed().toList();
        Split split = Split.stratified(data.labels(), 0.25, 3);
        Dataset test = split.test(data);
        Dataset train = split.train(data);
        assertArrayEquals(new int[] {5, 5}, test.classCounts());
        assertArrayEquals(new int[] {15, 15}, train.classCounts());
        for (int i = 0; i < test.size(); i++) {
            int row = split.test(items).get(i);
            assertEquals(data.inputs().get(row, 0), test.inputs().get(i, 0));
        }
        assertArrayEquals(
                split.trainRows(),
                split.train(items).stream().mapToInt(Integer::intValue).toArray());
    }

    @Example
    void whatDoesNotFitIsRefused() {
        for (double share : new double[] {-0.1, 1.1, Double.NaN}) {
            String words = "testShare = " + share + "; expected a number in [0, 1]";
            assertEquals(words, Thrown.argument(() -> Split.random(3, share, 0)));
            assertEquals(words, Thrown.argument(() -> Split.stratified(new int[3], share, 0)));
        }
        assertTrue(Thrown.argument(() -> Split.random(-1, 0.5, 0)).contains("n = -1"));
        assertEquals(
                "row 1 has label -1; expected an integer from 0",
                Thrown.argument(() -> Split.everyFifthOfClass(new int[] {0, -1})));
        Split split = Split.random(5, 0.5, 0);
        assertEquals("the split is of 5 rows, but there are 4", Thrown.argument(() -> split.train(ToySets.xor())));
        assertEquals(
                "the split is of 5 rows, but there are 6",
                Thrown.argument(() -> split.train(List.of(1, 2, 3, 4, 5, 6))));
        assertEquals(
                "the split is of 5 rows, but there are 6", Thrown.argument(() -> split.test(ToySets.moons(6, 0, 0))));
        assertEquals("the split is of 5 rows, but there are 1", Thrown.argument(() -> split.test(List.of("a"))));
    }

    private static void requirePartition(Split split, int n) {
        int[] train = split.trainRows();
        int[] all = Arrays.copyOf(train, train.length + split.testRows().length);
        System.arraycopy(split.testRows(), 0, all, train.length, split.testRows().length);
        Arrays.sort(all);
        assertArrayEquals(IntStream.range(0, n).toArray(), all);
    }

    private static long count(int[] labels, int label) {
        return Arrays.stream(labels).filter(each -> each == label).count();
    }

    private static long count(int[] rows, int[] labels, int label) {
        return Arrays.stream(rows).filter(row -> labels[row] == label).count();
    }
}
