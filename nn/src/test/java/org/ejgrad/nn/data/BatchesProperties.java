package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;

/** The batches of an epoch are the rows in another order, cut into pieces. */
class BatchesProperties {
    /** Row i holds the number i. */
    private static Dataset counting(int n) {
        SimpleMatrix inputs = new SimpleMatrix(n, 1);
        for (int i = 0; i < n; i++) {
            inputs.set(i, 0, i);
        }
        return Dataset.regression("counting", inputs, inputs);
    }

    private static int[] rows(Batches batches, long epoch) {
        List<Integer> rows = new ArrayList<>();
        for (Dataset batch : batches.epoch(epoch)) {
            for (int i = 0; i < batch.size(); i++) {
                assertEquals(batch.inputs().get(i, 0), batch.targets().get(i, 0));
                rows.add((int) batch.inputs().get(i, 0));
            }
        }
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    @Property
    void anEpochIsAPermutationOfTheRows(
            @ForAll @IntRange(min = 1, max = 100) int n,
            @ForAll @IntRange(min = 1, max = 100) int batchSize,
            @ForAll long seed,
            @ForAll @IntRange(max = 1000) int epoch) {
        Assume.that(batchSize <= n);
        Batches batches = Batches.shuffled(counting(n), batchSize, seed);
        int[] rows = rows(batches, epoch);
        assertArrayEquals(batches.order(epoch), rows);
        Arrays.sort(rows);
        assertArrayEquals(IntStream.range(0, n).toArray(), rows);
        List<Dataset> epochs = batches.epoch(epoch);
        assertEquals((n + batchSize - 1) / batchSize, epochs.size());
        for (int b = 0; b < epochs.size(); b++) {
            assertEquals(Math.min(batchSize, n - b * batchSize), epochs.get(b).size());
        }
    }

    @Property
    void withoutPartialBatchesAllAreFull(
            @ForAll @IntRange(min = 1, max = 100) int n,
            @ForAll @IntRange(min = 1, max = 100) int batchSize,
            @ForAll long seed) {
        Assume.that(batchSize <= n);
        Batches all = Batches.shuffled(counting(n), batchSize, seed);
        Batches full = all.withoutPartial();
        assertEquals(n / batchSize, full.count());
        assertArrayEquals(Arrays.copyOf(all.order(5), full.count() * batchSize), rows(full, 5));
        for (Dataset batch : full.epoch(5)) {
            assertEquals(batchSize, batch.size());
        }
    }

    @Property
    void theOrderDependsOnSeedAndEpochAlone(@ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
        Batches first = Batches.shuffled(counting(50), 7, seed);
        for (int earlier = 0; earlier < epoch % 5; earlier++) {
            rows(first, earlier);
        }
        assertArrayEquals(rows(Batches.shuffled(counting(50), 7, seed), epoch), rows(first, epoch));
        assertFalse(Arrays.equals(first.order(epoch), first.order(epoch + 1L)));
        assertFalse(Arrays.equals(
                first.order(epoch), Batches.shuffled(counting(50), 7, seed + 1).order(epoch)));
    }

    @Example
    void inOrderMeansInOrder() {
        assertArrayEquals(IntStream.range(0, 10).toArray(), rows(Batches.inOrder(counting(10), 3), 9));
        assertEquals(4, Batches.inOrder(counting(10), 3).count());
    }

    @Example
    void impossibleBatchesAreRefused() {
        for (int size : new int[] {0, -1, 11, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertEquals(
                    "Batches: the batch size is " + size + "; expected 1 to 10, the rows of counting",
                    Thrown.argument(() -> Batches.shuffled(counting(10), size, 0)));
        }
        assertEquals(
                "Batches: counting has 0 rows; expected at least 1",
                Thrown.argument(() -> Batches.inOrder(counting(0), 1)));
        List<Dataset> epoch = Batches.inOrder(counting(10), 3).epoch(0);
        assertThrows(IndexOutOfBoundsException.class, () -> epoch.get(4));
        assertThrows(IndexOutOfBoundsException.class, () -> epoch.get(-1));
    }
}
