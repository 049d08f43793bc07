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
import org.junit.jupiter.api.function.Executable;

/** Every split divides the rows into two parts that together are all of them. */
class SplitProperties {
    @Property
    void aRandomSplitIsAPartitionOfTheAskedSize(
            @ForAll @IntRange(max = 200) int n, @ForAll @DoubleRange(max = 1) double share, @ForAll long seed) {
        if (refusedAsEmpty(n, share, () -> Split.random(n, share, seed))) {
            return;
        }
        Split split = Split.random(n, share, seed);
        requirePartition(split, n);
        assertEquals(Math.round(n * share), split.testRows().length);
        assertArrayEquals(split.testRows(), Split.random(n, share, seed).testRows());
    }

    /** A split of which a part would come out empty, though the share is neither 0 nor 1, is refused. */
    private static boolean refusedAsEmpty(int n, double share, Executable call) {
        long tested = Math.round(n * share);
        boolean empty = share > 0 && share < 1 && (tested == 0 || tested == n);
        if (empty) {
            String words = "a testShare of " + share + " divides " + n + " rows into " + (n - tested)
                    + " for training and " + tested + " for testing; expected at least 1 for both";
            assertTrue(Thrown.argument(call).endsWith(words));
        }
        return empty;
    }

    @Property
    void aStratifiedSplitTakesTheShareOfAllRowsAndOfEachClass(
            @ForAll @Size(max = 100) List<@IntRange(max = 4) Integer> classes,
            @ForAll @DoubleRange(max = 1) double share,
            @ForAll long seed) {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        if (refusedAsEmpty(labels.length, share, () -> Split.stratified(labels, share, seed))) {
            return;
        }
        Split split = Split.stratified(labels, share, seed);
        requirePartition(split, labels.length);
        assertEquals(Math.round(labels.length * share), split.testRows().length);
        double least = 1;
        double most = 0;
        for (int c = 0; c < 5; c++) {
            double quota = count(labels, c) * share;
            long tested = count(split.testRows(), labels, c);
            assertTrue(tested >= Math.floor(quota) && tested <= Math.floor(quota) + 1, "class " + c);
            double remainder = quota - Math.floor(quota);
            least = tested > Math.floor(quota) ? Math.min(least, remainder) : least;
            most = tested > Math.floor(quota) ? most : Math.max(most, remainder);
        }
        assertTrue(least >= most, "a smaller remainder is rounded up than one rounded down");
        assertArrayEquals(
                split.testRows(), Split.stratified(labels, share, seed).testRows());
    }

    @Example
    void manySmallClassesGiveTheShareOfAllRows() {
        for (int seed = 0; seed < 20; seed++) {
            assertEquals(2, Split.stratified(numbered(5, 2), 0.2, seed).testRows().length);
            assertEquals(15, Split.stratified(numbered(10, 3), 0.5, seed).testRows().length);
            assertEquals(29, Split.stratified(numbered(100, 1), 0.29, seed).testRows().length);
        }
    }

    @Example
    void chanceDecidesWhichOfEqualClassesGivesOneMore() {
        int[] tested = new int[4];
        for (int seed = 0; seed < 2000; seed++) {
            for (int row : Split.stratified(numbered(4, 1), 0.25, seed).testRows()) {
                tested[row]++;
            }
        }
        for (int c = 0; c < 4; c++) {
            assertEquals(500, tested[c], 4 * Math.sqrt(2000 * 0.25 * 0.75), "class " + c);
        }
    }

    private static int[] numbered(int classes, int each) {
        return IntStream.range(0, classes * each).map(row -> row % classes).toArray();
    }

    @Property
    void theFixedSplitTestsEveryFifthRowOfAClass(@ForAll @Size(max = 100) List<@IntRange(max = 4) Integer> classes) {
        int[] labels = classes.stream().mapToInt(Integer::intValue).toArray();
        if (IntStream.range(0, 5).allMatch(c -> count(labels, c) < 5)) {
            long present = Arrays.stream(labels).distinct().count();
            assertEquals(
                    "Split.everyFifthOfClass: none of the " + present + " classes has 5 rows, so no row would be for "
                            + "testing; expected a class with at least 5 rows",
                    Thrown.argument(() -> Split.everyFifthOfClass(labels)));
            return;
        }
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
        assertEquals("Split.random: n = -1; expected at least 0", Thrown.argument(() -> Split.random(-1, 0.5, 0)));
        assertEquals(
                "Split.random: n = 2147483647; at most 134217728 rows are divided",
                Thrown.argument(() -> Split.random(Integer.MAX_VALUE, 0.5, 0)));
        assertEquals(
                "Split.stratified: row 1 has label 2147483647; at most 16777216 classes are allowed",
                Thrown.argument(() -> Split.stratified(new int[] {0, Integer.MAX_VALUE}, 0.5, 0)));
        assertEquals(
                "Split.everyFifthOfClass: row 0 has label 16777216; at most 16777216 classes are allowed",
                Thrown.argument(() -> Split.everyFifthOfClass(new int[] {1 << 24})));
        assertEquals(0, Split.random(0, 0, 0).testRows().length);
        assertEquals(3, Split.stratified(new int[] {7, 0, 1 << 23}, 1, 0).testRows().length);
        assertEquals(
                "Split.everyFifthOfClass: row 1 has label -1; expected an integer from 0",
                Thrown.argument(() -> Split.everyFifthOfClass(new int[] {0, -1})));
        Split split = Split.random(5, 0.5, 0);
        assertEquals("the split is of 5 rows, but there are 4", Thrown.argument(() -> split.train(ToySets.xor())));
        assertEquals(
                "the split is of 5 rows, but there are 6",
                Thrown.argument(() -> split.train(List.of(1, 2, 3, 4, 5, 6))));
        assertEquals(
                "the split is of 5 rows, but there are 6", Thrown.argument(() -> split.test(ToySets.moons(6, 0, 0))));
        assertEquals("the split is of 5 rows, but there are 1", Thrown.argument(() -> split.test(List.of("a"))));
        Table table = Table.of("t", List.of("a"), List.of(List.of("1")));
        assertEquals("the split is of 5 rows, but there are 1", Thrown.argument(() -> split.train(table)));
        assertEquals("the split is of 5 rows, but there are 1", Thrown.argument(() -> split.test(table)));
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
