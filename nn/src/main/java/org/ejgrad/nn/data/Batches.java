package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.RandomStream;

/**
 * A data set in batches, in an order that is a pure function of the seed and the epoch, so that a run resumed at epoch
 * 7 sees the batches that the uninterrupted run saw.
 *
 * <p>Every row is in exactly one batch of an epoch. The last batch holds what is left over and may be smaller.
 *
 * @param data the rows, at least one
 * @param batchSize rows per batch, from 1 to the number of rows
 * @param isShuffled whether each epoch has a new random order, rather than the rows' own
 * @param seed the same seed gives the same orders
 * @param hasPartial whether the rows left over make a smaller last batch
 */
public record Batches(Dataset data, int batchSize, boolean isShuffled, long seed, boolean hasPartial) {
    private static final long PURPOSE = "shuffle".hashCode();

    /** Refuses a data set without rows, and a batch size out of range. */
    public Batches {
        if (requireNonNull(data, "data").size() == 0) {
            throw new IllegalArgumentException("Batches: " + data.name() + " has 0 rows; expected at least 1");
        }
        if (batchSize < 1 || batchSize > data.size()) {
            throw new IllegalArgumentException("Batches: the batch size is " + batchSize + "; expected 1 to "
                    + data.size() + ", the rows of " + data.name());
        }
    }

    /**
     * {@return batches of rows in a new random order each epoch}
     *
     * @param data the rows, at least one
     * @param batchSize rows per batch, from 1 to the number of rows
     * @param seed the same seed gives the same batches
     * @throws IllegalArgumentException if there are no rows or the batch size is out of range
     */
    public static Batches shuffled(Dataset data, int batchSize, long seed) {
        return new Batches(data, batchSize, true, seed, true);
    }

    /**
     * {@return batches of rows in their own order, the same each epoch}
     *
     * @param data the rows, at least one
     * @param batchSize rows per batch, from 1 to the number of rows
     * @throws IllegalArgumentException if there are no rows or the batch size is out of range
     */
    public static Batches inOrder(Dataset data, int batchSize) {
        return new Batches(data, batchSize, false, 0, true);
    }

    /**
     * {@return the same batches, all of full size: an epoch leaves out the rows that would make a smaller last batch}
     */
    public Batches withoutPartial() {
        return new Batches(data, batchSize, isShuffled, seed, false);
    }

    /** {@return the number of batches in an epoch, at least 1} */
    public int count() {
        return hasPartial ? (data.size() - 1) / batchSize + 1 : data.size() / batchSize;
    }

    /**
     * The row numbers of an epoch in the order in which its batches take them.
     *
     * @param epoch any number
     * @return the rows
     */
    public int[] order(long epoch) {
        int[] order = isShuffled
                ? new RandomStream(seed, PURPOSE, epoch).permutation(data.size())
                : IntStream.range(0, data.size()).toArray();
        return hasPartial ? order : Arrays.copyOf(order, count() * batchSize);
    }

    /**
     * The batches of an epoch; each is put together when it is asked for.
     *
     * @param epoch any number
     * @return {@link #count()} data sets
     */
    public List<Dataset> epoch(long epoch) {
        int[] order = order(epoch);
        return new AbstractList<>() {
            @Override
            public Dataset get(int batch) {
                if (batch < 0 || batch >= size()) {
                    throw new IndexOutOfBoundsException("batch " + batch + " of " + size());
                }
                int from = batch * batchSize;
                return data.rows(Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length)));
            }

            @Override
            public int size() {
                return count();
            }
        };
    }
}
