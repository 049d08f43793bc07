package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;

/**
 * Which rows are for training and which for testing; every row is exactly one of both, in its original order.
 *
 * <p>A split is of row numbers, so one split can divide several things that belong together: inputs, texts, weights.
 */
public final class Split {
    private static final long PURPOSE = "split".hashCode();
    private static final int MOST_ROWS = 1 << 27;

    private final int[] train;
    private final int[] test;

    private Split(int n, IntPredicate isTest) {
        train = IntStream.range(0, n).filter(isTest.negate()).toArray();
        test = IntStream.range(0, n).filter(isTest).toArray();
    }

    /**
     * {@return a random split, without regard to classes}
     *
     * @param n the number of rows
     * @param testShare the share of test rows, in [0, 1]; their number is rounded to the nearest integer
     * @param seed the same seed gives the same split
     * @throws IllegalArgumentException if n is negative, the share is outside [0, 1] or NaN, or it is between 0 and 1
     *     and leaves no row for training or none for testing
     * @throws ResourceLimitException if n exceeds 2²⁷
     */
    public static Split random(int n, double testShare, long seed) {
        Require.atLeast(n, 0, "Split.random: n");
        if (n > MOST_ROWS) {
            throw new ResourceLimitException("Split.random: n = " + n + "; at most " + MOST_ROWS + " rows are divided");
        }
        int tested = tested("Split.random", n, testShare);
        int[] order = new RandomStream(seed, PURPOSE).permutation(n);
        boolean[] isTest = new boolean[n];
        for (int i = 0; i < tested; i++) {
            isTest[order[i]] = true;
        }
        return new Split(n, row -> isTest[row]);
    }

    /** How many rows are for testing: neither none nor all, unless just that was asked for. */
    private static int tested(String call, int n, double share) {
        Require.share(share, "testShare");
        int tested = (int) Math.round(n * share);
        if (share > 0 && share < 1 && (tested == 0 || tested == n)) {
            throw new IllegalArgumentException(call + ": a testShare of " + share + " divides " + n + " rows into "
                    + (n - tested) + " for training and " + tested + " for testing; expected at least 1 for both");
        }
        return tested;
    }

    /**
     * {@return a random split of each class by itself, so that both parts hold the classes in the same proportions}
     *
     * <p>The number of test rows is the share of all rows, rounded to the nearest integer. Each class gives the whole
     * part of its share of its rows; the test rows then missing are given by the classes with the largest remainders,
     * one each, and chance decides between equal ones. With few rows of a class, all of them may be on one side.
     *
     * @param labels the class index of each row
     * @param testShare the share of test rows, in [0, 1]
     * @param seed the same seed gives the same split
     * @throws IllegalArgumentException if a label is negative, the share is outside [0, 1] or NaN, or it is between 0
     *     and 1 and leaves no row for training or none for testing
     * @throws ResourceLimitException if a label is 2²⁴ or more
     */
    public static Split stratified(int[] labels, double testShare, long seed) {
        int tested = tested("Split.stratified", requireNonNull(labels, "labels").length, testShare);
        boolean[] isTest = new boolean[labels.length];
        SortedMap<Integer, int[]> classes = rowsOfClasses("Split.stratified", labels);
        int[] quotas = quotas(
                classes.values().stream()
                        .mapToDouble(rows -> rows.length * testShare)
                        .toArray(),
                tested,
                new RandomStream(seed, PURPOSE, -1).permutation(classes.size()));
        int at = 0;
        for (var each : classes.entrySet()) {
            int[] rows = each.getValue();
            int[] order = new RandomStream(seed, PURPOSE, each.getKey()).permutation(rows.length);
            for (int i = 0; i < quotas[at]; i++) {
                isTest[rows[order[i]]] = true;
            }
            at++;
        }
        return new Split(labels.length, row -> isTest[row]);
    }

    /**
     * Whole numbers with the given sum: each share rounded down, then one more for those with the largest remainders.
     */
    private static int[] quotas(double[] shares, int sum, int[] order) {
        int[] quotas = Arrays.stream(shares).mapToInt(share -> (int) share).toArray();
        Arrays.stream(order)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> quotas[c] - shares[c]))
                .limit(sum - IntStream.of(quotas).sum())
                .forEach(c -> quotas[c]++);
        return quotas;
    }

    /**
     * {@return a random split of each class of a table by itself, as of {@linkplain #stratified(int[], double, long)
     * labels}}
     *
     * @param table the rows
     * @param target the column of the classes; rows where it is missing are a class of their own
     * @param testShare the share of test rows, in [0, 1]
     * @param seed the same seed gives the same split
     * @throws IllegalArgumentException if there is no such column, the share is outside [0, 1] or NaN, or it is between
     *     0 and 1 and leaves no row for training or none for testing
     */
    public static Split stratified(Table table, String target, double testShare, long seed) {
        Map<String, Integer> classes = new HashMap<>();
        int[] labels = requireNonNull(table, "table").labels(requireNonNull(target, "target")).stream()
                .mapToInt(text -> classes.computeIfAbsent(text, each -> classes.size()))
                .toArray();
        return stratified(labels, testShare, seed);
    }

    /**
     * {@return the split without random numbers: the 5th, 10th, 15th, … row of each class is for testing}
     *
     * @param labels the class index of each row
     * @throws IllegalArgumentException if a label is negative, or no class has 5 rows
     * @throws ResourceLimitException if a label is 2²⁴ or more
     */
    public static Split everyFifthOfClass(int[] labels) {
        boolean[] isTest = new boolean[requireNonNull(labels, "labels").length];
        SortedMap<Integer, int[]> classes = rowsOfClasses("Split.everyFifthOfClass", labels);
        if (classes.values().stream().allMatch(rows -> rows.length < 5)) {
            throw new IllegalArgumentException("Split.everyFifthOfClass: none of the " + classes.size()
                    + " classes has 5 rows, so no row would be for testing; expected a class with at least 5 rows");
        }
        for (int[] rows : classes.values()) {
            for (int k = 4; k < rows.length; k += 5) {
                isTest[rows[k]] = true;
            }
        }
        return new Split(labels.length, row -> isTest[row]);
    }

    /** {@return the numbers of the training rows, ascending} */
    public int[] trainRows() {
        return train.clone();
    }

    /** {@return the numbers of the test rows, ascending} */
    public int[] testRows() {
        return test.clone();
    }

    /**
     * {@return the training rows of a data set}
     *
     * @param data what the split was made for
     * @throws IllegalArgumentException if the data set has another number of rows than the split
     */
    public Dataset train(Dataset data) {
        requireSize(requireNonNull(data, "data").size());
        return data.rows(train);
    }

    /**
     * {@return the test rows of a data set}
     *
     * @param data what the split was made for
     * @throws IllegalArgumentException if the data set has another number of rows than the split
     */
    public Dataset test(Dataset data) {
        requireSize(requireNonNull(data, "data").size());
        return data.rows(test);
    }

    /**
     * {@return the training rows of a table}
     *
     * @param table what the split was made for
     * @throws IllegalArgumentException if the table has another number of rows than the split
     */
    public Table train(Table table) {
        requireSize(requireNonNull(table, "table").size());
        return table.rows(train);
    }

    /**
     * {@return the test rows of a table}
     *
     * @param table what the split was made for
     * @throws IllegalArgumentException if the table has another number of rows than the split
     */
    public Table test(Table table) {
        requireSize(requireNonNull(table, "table").size());
        return table.rows(test);
    }

    /**
     * {@return the training rows of a list, such as texts}
     *
     * @param <T> what the list holds
     * @param items one item per row
     * @throws IllegalArgumentException if the list has another length than the split
     */
    public <T> List<T> train(List<T> items) {
        List<T> all = Require.elements(items, "items");
        requireSize(all.size());
        return Arrays.stream(train).<T>mapToObj(all::get).toList();
    }

    /**
     * {@return the test rows of a list, such as texts}
     *
     * @param <T> what the list holds
     * @param items one item per row
     * @throws IllegalArgumentException if the list has another length than the split
     */
    public <T> List<T> test(List<T> items) {
        List<T> all = Require.elements(items, "items");
        requireSize(all.size());
        return Arrays.stream(test).<T>mapToObj(all::get).toList();
    }

    /** The row numbers, ascending, of each class that has any. */
    static SortedMap<Integer, int[]> rowsOfClasses(String call, int[] labels) {
        SortedMap<Integer, IntStream.Builder> rows = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new IllegalArgumentException(
                        call + ": row " + i + " has label " + labels[i] + "; expected an integer from 0");
            }
            if (labels[i] >= Labels.MOST_CLASSES) {
                throw new ResourceLimitException(call + ": row " + i + " has label " + labels[i] + "; at most "
                        + Labels.MOST_CLASSES + " classes are allowed");
            }
            rows.computeIfAbsent(labels[i], label -> IntStream.builder()).add(i);
        }
        SortedMap<Integer, int[]> arrays = new TreeMap<>();
        rows.forEach((label, each) -> arrays.put(label, each.build().toArray()));
        return arrays;
    }

    private void requireSize(int rows) {
        if (rows != train.length + test.length) {
            throw new IllegalArgumentException(
                    "the split is of " + (train.length + test.length) + " rows, but there are " + rows);
        }
    }
}
