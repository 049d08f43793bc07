package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The random numbers never change, and look random. */
class RandomStreamTest {
    @Test
    void theNumbersNeverChange() {
        RandomStream random = new RandomStream(42);
        assertEquals(6332618229526065668L, random.nextLong());
        assertEquals(-816328817471504299L, random.nextLong());
        assertEquals(8971565426155258802L, random.nextLong());
        RandomStream placed = new RandomStream(42, 7, -1);
        assertEquals(-1831829663977646281L, placed.nextLong());
        assertEquals(-4861871895815406066L, placed.nextLong());
        RandomStream mixed = new RandomStream(42);
        assertEquals(0.34329192209867343, mixed.nextDouble());
        assertEquals(0.9114934522634872, mixed.nextDouble(-1, 1));
        assertEquals(-0.023950513022518233, mixed.nextGaussian());
        assertEquals(-0.7590951213626472, mixed.nextGaussian());
        assertEquals(0, mixed.nextInt(10));
        assertEquals(920, mixed.nextInt(1000));
        assertArrayEquals(new int[] {7, 3, 4, 5, 2, 9, 0, 1, 6, 8}, mixed.permutation(10));
    }

    @Test
    void seedAndPositionTellStreamsApart() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = -50; seed < 50; seed++) {
            firsts.add(new RandomStream(seed).nextLong());
            firsts.add(new RandomStream(seed, 0, 0).nextLong());
            for (long position = -50; position < 50; position++) {
                firsts.add(new RandomStream(seed, position).nextLong());
            }
        }
        assertEquals(100 + 100 + 100 * 100, firsts.size());
        assertNotEquals(new RandomStream(1, 2, 3).nextLong(), new RandomStream(1, 3, 2).nextLong());
        assertEquals(new RandomStream(7, 1, 2).nextLong(), new RandomStream(7, 1, 2).nextLong());
    }

    @Test
    void streamsAtNeighbouringPositionsAreUncorrelated() {
        int n = 20_000;
        double sum = 0;
        for (int position = 0; position < n; position++) {
            double a = new RandomStream(3, position).nextDouble() - 0.5;
            double b = new RandomStream(3, position + 1).nextDouble() - 0.5;
            sum += 12 * a * b;
        }
        assertTrue(Math.abs(sum / Math.sqrt(n)) < 4, "correlation " + sum / n);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 7, 10, 16, 100, 1000})
    void integersAreUniform(int bound) {
        RandomStream random = new RandomStream(11, bound);
        int[] counts = new int[bound];
        int n = 200 * bound;
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(bound)]++;
        }
        requireUniform(counts, n);
    }

    @Test
    void largeBoundsAreReached() {
        RandomStream random = new RandomStream(12);
        int[] halves = new int[4];
        for (int i = 0; i < 4000; i++) {
            int drawn = random.nextInt(Integer.MAX_VALUE);
            assertTrue(drawn >= 0 && drawn < Integer.MAX_VALUE);
            halves[drawn >>> 29]++;
        }
        requireUniform(halves, 4000);
    }

    /** The interval may be longer than the largest double, or hold one number. */
    @Test
    void doublesStayInAnyInterval() {
        RandomStream random = new RandomStream(5);
        double most = Double.MAX_VALUE;
        int below = 0;
        for (int i = 0; i < 1000; i++) {
            double wide = random.nextDouble(-most, most);
            assertTrue(wide >= -most && wide < most);
            below += wide < most / 2 ? 1 : 0;
            assertEquals(1, random.nextDouble(1, Math.nextUp(1.0)));
            assertEquals(3, random.nextDouble(3, 3));
        }
        assertEquals(750, below, 60);
    }

    @Test
    void doublesAreUniformInTheirInterval() {
        RandomStream random = new RandomStream(13);
        int[] counts = new int[64];
        for (int i = 0; i < 64_000; i++) {
            double drawn = random.nextDouble(-2, 6);
            assertTrue(drawn >= -2 && drawn < 6);
            counts[(int) ((drawn + 2) * 8)]++;
        }
        requireUniform(counts, 64_000);
    }

    @Test
    void everyBitIsFair() {
        RandomStream random = new RandomStream(14);
        int[] ones = new int[64];
        int n = 10_000;
        for (int i = 0; i < n; i++) {
            long drawn = random.nextLong();
            for (int bit = 0; bit < 64; bit++) {
                ones[bit] += (int) ((drawn >>> bit) & 1);
            }
        }
        for (int bit = 0; bit < 64; bit++) {
            assertEquals(n / 2.0, ones[bit], 4 * Math.sqrt(n) / 2, "bit " + bit);
        }
    }

    @Test
    void normalNumbersHaveTheMomentsOfTheNormalDistribution() {
        RandomStream random = new RandomStream(15);
        int n = 200_000;
        double[] moments = new double[5];
        int within = 0;
        for (int i = 0; i < n; i++) {
            double x = random.nextGaussian();
            for (int k = 1; k <= 4; k++) {
                moments[k] += Math.pow(x, k) / n;
            }
            within += Math.abs(x) < 1 ? 1 : 0;
        }
        // Four standard errors: the variances of x, x², x³, x⁴ are 1, 2, 15, 96.
        assertEquals(0, moments[1], 4 / Math.sqrt(n));
        assertEquals(1, moments[2], 4 * Math.sqrt(2.0 / n));
        assertEquals(0, moments[3], 4 * Math.sqrt(15.0 / n));
        assertEquals(3, moments[4], 4 * Math.sqrt(96.0 / n));
        assertEquals(0.6827, (double) within / n, 4 * 0.47 / Math.sqrt(n));
    }

    @Test
    void permutationsHoldEveryNumberOnceAndAllOrdersAreEquallyLikely() {
        int[] counts = new int[24];
        for (int i = 0; i < 24_000; i++) {
            int[] order = new RandomStream(16, i).permutation(4);
            int rank = 0;
            for (int k = 0; k < 4; k++) {
                int current = k;
                rank = rank * (4 - k)
                        + (int) Arrays.stream(order, k, 4)
                                .filter(x -> x < order[current])
                                .count();
            }
            counts[rank]++;
        }
        requireUniform(counts, 24_000);
        for (int n : new int[] {0, 1, 2, 17, 1000}) {
            int[] order = new RandomStream(17, n).permutation(n);
            Arrays.sort(order);
            for (int i = 0; i < n; i++) {
                assertEquals(i, order[i]);
            }
            assertEquals(n, order.length);
        }
    }

    @Test
    void impossibleBoundsAreRefused() {
        RandomStream random = new RandomStream(0);
        assertEquals("nextInt: the bound = 0; expected at least 1", Thrown.argument(() -> random.nextInt(0)));
        assertEquals("nextInt: the bound = -5; expected at least 1", Thrown.argument(() -> random.nextInt(-5)));
        assertEquals("permutation: n = -1; expected at least 0", Thrown.argument(() -> random.permutation(-1)));
    }

    @Test
    void aPermutationThatDoesNotFitInMemoryIsRefused() {
        assumeTrue(Runtime.getRuntime().maxMemory() < 4L * Integer.MAX_VALUE);
        String message = Thrown.argument(() -> new RandomStream(0).permutation(Integer.MAX_VALUE));
        assertTrue(message.startsWith("permutation(2147483647): "), message);
    }

    /** Chi-square within five standard deviations of its mean, k − 1. */
    private static void requireUniform(int[] counts, int n) {
        double expected = (double) n / counts.length;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += (count - expected) * (count - expected) / expected;
        }
        int freedom = counts.length - 1;
        assertEquals(freedom, chiSquare, 5 * Math.sqrt(2.0 * freedom), "chi-square of " + counts.length + " cells");
    }
}
