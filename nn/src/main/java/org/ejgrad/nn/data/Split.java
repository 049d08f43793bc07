package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
     * @throws IllegalArgumentException if n is negative or the share is outside [0, 1] or NaN
     */
    public static Split random(int n, double testShare, long seed) {
        Require.share(testShare, "testShare");
        int[] order = new RandomStream(seed, PURPOSE).permutation(n);
        boolean[] isTest = new boolean[n];
        for (int i = 0; i < Math.round(n * testShare); i++) {
            isTest[order[i]] = true;
        }
        return new Split(n, row -> isTest[row]);
    }

    /**
     * {@return a random split of each class by itself, so that both parts hold the classes in the same proportions}
     *
     * @param labels the class index of each row
     * @param testShare the share of test rows, in [0, 1]; their number is rounded to the nearest integer in each class
     * @param seed the same seed gives the same split
     * @throws IllegalArgumentException if a label is negative or the share is outside [0, 1] or NaN
     */
    public static Split stratified(int[] labels, double testShare, long seed) {
        Require.share(testShare, "testShare");
        boolean[] isTest = new boolean[requireNonNull(labels, "labels").length];
        List<int[]> classes = rowsOfClasses(labels);
        for (int c = 0; c < classes.size(); c++) {
            int[] rows = classes.get(c);
            int[] order = new RandomStream(seed, PURPOSE, c).permutation(rows.length);
            for (int i = 0; i < Math.round(rows.length * testShare); i++) {
                isTest[rows[order[i]]] = true;
            }
        }
        return new Split(labels.length, row -> isTest[row]);
    }

    /**
     * {@return the split without random numbers: the 5th, 10th, 15th, … row of each class is for testing}
     *
     * @param labels the class index of each row
     * @throws IllegalArgumentException if a label is negative
     */
    public static Split everyFifthOfClass(int[] labels) {
        boolean[] isTest = new boolean[requireNonNull(labels, "labels").length];
        for (int[] rows : rowsOfClasses(labels)) {
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
     * {@return the training rows of a list, such as texts}
     *
     * @param <T> what the list holds
     * @param items one item per row
     * @throws IllegalArgumentException if the list has another length than the split
     */
    public <T> List<T> train(List<T> items) {
        requireSize(requireNonNull(items, "items").size());
        return Arrays.stream(train).<T>mapToObj(items::get).toList();
    }

    /**
     * {@return the test rows of a list, such as texts}
     *
     * @param <T> what the list holds
     * @param items one item per row
     * @throws IllegalArgumentException if the list has another length than the split
     */
    public <T> List<T> test(List<T> items) {
        requireSize(requireNonNull(items, "items").size());
        return Arrays.stream(test).<T>mapToObj(items::get).toList();
    }

    /** The row numbers of each class, ascending. */
    static List<int[]> rowsOfClasses(int[] labels) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                throw new IllegalArgumentException(
                        "row " + i + " has label " + labels[i] + "; expected an integer from 0");
            }
            while (rows.size() <= labels[i]) {
                rows.add(new ArrayList<>());
            }
            rows.get(labels[i]).add(i);
        }
        return rows.stream()
                .map(each -> each.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private void requireSize(int rows) {
        if (rows != train.length + test.length) {
            throw new IllegalArgumentException(
                    "the split is of " + (train.length + test.length) + " rows, but there are " + rows);
        }
    }
}
