package org.ejgrad.examples.factors;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.SimpleMatrix;

/**
 * What users think of items, in stars. How much somebody likes something is their generosity, its worth and how well
 * its traits meet their tastes, and a mood of the moment; one user in three says only "best" or "worst" of it.
 *
 * @param train a user and an item in each row, and the stars less one
 * @param test the same of other pairs
 * @param others what the users of the test rows would say of its items at other moments, a row each
 */
record Ratings(Dataset train, Dataset test, SimpleMatrix others) {
    static final int USERS = 150;
    static final int ITEMS = 100;
    static final int STARS = 5;
    private static final int TRAITS = 2;
    private static final int MOMENTS = 200;
    private static final double KNOWN = 0.3;
    private static final double TESTED = 0.2;

    /** Users are numbered from 0, items from there on. */
    static Ratings drawn(long seed) {
        RandomStream random = new RandomStream(seed);
        double[][] users = numbers(USERS, random);
        double[][] items = numbers(ITEMS, random);
        List<int[]> pairs = IntStream.range(0, USERS * ITEMS)
                .filter(pair -> random.nextDouble() < KNOWN)
                .mapToObj(pair -> new int[] {pair / ITEMS, pair % ITEMS})
                .toList();
        int[][] shuffled = Arrays.stream(random.permutation(pairs.size()))
                .mapToObj(pairs::get)
                .toArray(int[][]::new);
        int test = (int) (TESTED * shuffled.length);
        SimpleMatrix others = new SimpleMatrix(test, MOMENTS);
        for (int i = 0; i < test * MOMENTS; i++) {
            int[] pair = shuffled[i / MOMENTS];
            others.set(i, stars(pair[0], users[pair[0]], items[pair[1]], random));
        }
        int[] stars = Arrays.stream(shuffled)
                .mapToInt(pair -> stars(pair[0], users[pair[0]], items[pair[1]], random))
                .toArray();
        return new Ratings(
                set(Arrays.copyOfRange(shuffled, test, shuffled.length), Arrays.copyOfRange(stars, test, stars.length)),
                set(Arrays.copyOf(shuffled, test), Arrays.copyOf(stars, test)),
                others);
    }

    /** Tastes and generosity of each user, or traits and worth of each item. */
    private static double[][] numbers(int rows, RandomStream random) {
        double[][] numbers = new double[rows][TRAITS + 1];
        for (double[] row : numbers) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        return numbers;
    }

    private static int stars(int number, double[] user, double[] item, RandomStream random) {
        double liking = 0.5 * (user[TRAITS] + item[TRAITS]) + 0.5 * random.nextGaussian();
        for (int trait = 0; trait < TRAITS; trait++) {
            liking += user[trait] * item[trait];
        }
        int best = STARS - 1;
        return number % 3 == 0
                ? (liking > 0 ? best : 0)
                : (int) Math.max(0, Math.min(Math.rint(best / 2.0 + liking), best));
    }

    private static Dataset set(int[][] pairs, int... stars) {
        SimpleMatrix inputs = new SimpleMatrix(pairs.length, 2);
        for (int row = 0; row < pairs.length; row++) {
            inputs.setRow(row, 0, pairs[row][0], USERS + pairs[row][1]);
        }
        return Dataset.classification("ratings", inputs, stars, "1", "2", "3", "4", "5");
    }
}
