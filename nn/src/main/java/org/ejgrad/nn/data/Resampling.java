package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Makes every class equally frequent, by repeating, leaving out or inventing rows.
 *
 * <p>These are for training rows only: split first, then resample the training part. Rows resampled before a split
 * stand on both sides of it, and the test accuracy then means nothing.
 */
public final class Resampling {
    private Resampling() {}

    /**
     * Random over-sampling: rows of the smaller classes are drawn again, with replacement, until every class has as
     * many as the largest.
     *
     * @param train a classification data set with at least one row of each class
     * @param seed the same seed gives the same rows
     * @return the given rows, then the repeated ones, class by class
     * @throws IllegalArgumentException if a class has no rows
     * @throws IllegalStateException if this is a regression data set
     */
    public static Dataset oversample(Dataset train, long seed) {
        List<int[]> classes = rowsOfClasses("oversample", train, 1);
        int most = classes.stream().mapToInt(rows -> rows.length).max().orElse(0);
        int[] rows = Arrays.copyOf(IntStream.range(0, train.size()).toArray(), most * classes.size());
        int at = train.size();
        for (int c = 0; c < classes.size(); c++) {
            int[] own = classes.get(c);
            RandomStream random = new RandomStream(seed, "oversample".hashCode(), c);
            for (int i = own.length; i < most; i++) {
                rows[at++] = own[random.nextInt(own.length)];
            }
        }
        return train.rows(rows);
    }

    /**
     * Random under-sampling: of each class as many rows are kept, drawn without replacement, as the smallest class has.
     *
     * @param train a classification data set with at least one row of each class
     * @param seed the same seed gives the same rows
     * @return the rows kept, in their order
     * @throws IllegalArgumentException if a class has no rows
     * @throws IllegalStateException if this is a regression data set
     */
    public static Dataset undersample(Dataset train, long seed) {
        List<int[]> classes = rowsOfClasses("undersample", train, 1);
        int fewest = classes.stream().mapToInt(rows -> rows.length).min().orElse(0);
        int[] rows = new int[fewest * classes.size()];
        for (int c = 0; c < classes.size(); c++) {
            int[] own = classes.get(c);
            int[] order = new RandomStream(seed, "undersample".hashCode(), c).permutation(own.length);
            for (int i = 0; i < fewest; i++) {
                rows[c * fewest + i] = own[order[i]];
            }
        }
        Arrays.sort(rows);
        return train.rows(rows);
    }

    /**
     * SMOTE (Chawla et al. 2002): each smaller class gets new rows x + u·(x' − x), with x a random row of the class, x'
     * a random one of its k nearest neighbours within the class, and u uniform in [0, 1), until every class has as many
     * rows as the largest.
     *
     * @param train a classification data set; each class that is to grow has at least k + 1 rows
     * @param neighbours k, at least 1; distances are Euclidean, of several equally near the earlier row is nearer
     * @param seed the same seed gives the same rows
     * @return the given rows, then the new ones, class by class, with class indices as targets
     * @throws IllegalArgumentException if k is less than 1, or a class that is to grow has fewer than k + 1 rows
     * @throws IllegalStateException if this is a regression data set
     */
    public static Dataset smote(Dataset train, int neighbours, long seed) {
        Require.atLeast(neighbours, 1, "smote: neighbours");
        List<int[]> classes = rowsOfClasses("smote", train, neighbours + 1L);
        int most = classes.stream().mapToInt(rows -> rows.length).max().orElse(0);
        ConstMatrix<SimpleMatrix> given = train.inputs();
        int[] labels = Arrays.copyOf(train.labels(), most * classes.size());
        SimpleMatrix inputs = given.concatRows(new SimpleMatrix(labels.length - train.size(), train.features()));
        int at = train.size();
        for (int c = 0; c < classes.size(); c++) {
            int[] own = classes.get(c);
            RandomStream random = new RandomStream(seed, "smote".hashCode(), c);
            int[][] near = new int[own.length][];
            for (int i = own.length; i < most; i++, at++) {
                int chosen = random.nextInt(own.length);
                if (near[chosen] == null) {
                    near[chosen] = nearest(given, own, own[chosen], neighbours);
                }
                int neighbour = near[chosen][random.nextInt(neighbours)];
                double way = random.nextDouble();
                for (int j = 0; j < train.features(); j++) {
                    inputs.set(at, j, between(given.get(own[chosen], j), given.get(neighbour, j), way));
                }
                labels[at] = c;
            }
        }
        return Dataset.of(train.name(), inputs, Dataset.column(labels), train.featureNames(), train.classNames());
    }

    /** x + way·(y − x), by halves where y − x is no double; never beyond x and y. */
    private static double between(double x, double y, double way) {
        double step = y - x;
        double point = Double.isFinite(step) ? x + way * step : 2 * (x / 2 + way * (y / 2 - x / 2));
        return Math.max(Math.min(x, y), Math.min(Math.max(x, y), point));
    }

    private static int[] nearest(ConstMatrix<SimpleMatrix> inputs, int[] candidates, int row, int count) {
        Distance[] distances = new Distance[inputs.getNumRows()];
        for (int candidate : candidates) {
            distances[candidate] = Distance.between(inputs, row, candidate);
        }
        return Arrays.stream(candidates)
                .filter(candidate -> candidate != row)
                .boxed()
                .sorted(Comparator.comparing(candidate -> distances[candidate]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** A squared distance, mantissa · 2^exponent with the mantissa from 1 to 2 (or 0): it is of any size. */
    private record Distance(int exponent, double mantissa) implements Comparable<Distance> {
        static Distance between(ConstMatrix<SimpleMatrix> inputs, int a, int b) {
            double largest = 0;
            for (int j = 0; j < inputs.getNumCols(); j++) {
                largest = Math.max(largest, Math.abs(inputs.get(a, j) - inputs.get(b, j)));
            }
            if (largest == 0) {
                return new Distance(Integer.MIN_VALUE, 0);
            }
            // Differences of two large numbers may be no doubles, but those of their halves are, and lose nothing.
            double share = largest > Double.MAX_VALUE ? 0.5 : 1;
            int exponent = share < 1 ? Double.MAX_EXPONENT : Math.getExponent(largest);
            double unit = Math.scalb(1.0, -exponent);
            double sum = 0;
            for (int j = 0; j < inputs.getNumCols(); j++) {
                double difference = (share * inputs.get(a, j) - share * inputs.get(b, j)) * unit;
                sum += difference * difference;
            }
            int more = Math.getExponent(sum);
            return new Distance(2 * exponent + (share < 1 ? 2 : 0) + more, Math.scalb(sum, -more));
        }

        @Override
        public int compareTo(Distance other) {
            return exponent == other.exponent
                    ? Double.compare(mantissa, other.mantissa)
                    : Integer.compare(exponent, other.exponent);
        }
    }

    /** The rows of each class; a class smaller than the largest must have the given number of them. */
    private static List<int[]> rowsOfClasses(String call, Dataset train, long fewest) {
        int[] counts = requireNonNull(train, "train").classCounts();
        int most = Arrays.stream(counts).max().orElse(0);
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] == 0 || (counts[c] < most && counts[c] < fewest)) {
                throw new IllegalArgumentException(call + ": class " + c + " (\""
                        + train.classNames().get(c) + "\") of " + train.name() + " has " + counts[c]
                        + " rows; expected at least " + fewest);
            }
        }
        if ((long) most * counts.length * Math.max(train.features(), 1) > Integer.MAX_VALUE - 8) {
            throw new ResourceLimitException(call + ": " + counts.length + " classes of " + most + " rows of "
                    + train.features() + " inputs each are more than one matrix holds");
        }
        return List.copyOf(Split.rowsOfClasses(call, train.labels()).values());
    }
}
