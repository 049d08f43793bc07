package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.arguments.Require;

/**
 * A stream of random numbers that is a pure function of a seed and a position.
 *
 * <p>The position says what the numbers are for, such as (epoch, batch) for a dropout mask or (epoch) for a shuffle;
 * two streams with the same seed and position give the same numbers on every machine and every Java version, and a run
 * that resumes at epoch 7 needs no memory of epochs 1 to 6. The generator is SplitMix64 (Steele, Lea, Flood 2014);
 * normal numbers come from Marsaglia's polar method, in {@link StrictMath}, so they too are the same everywhere.
 */
public final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spareGaussian = Double.NaN;

    /**
     * The stream of a seed at a position.
     *
     * @param seed any number
     * @param position what the numbers are for; streams at different positions are unrelated
     */
    public RandomStream(long seed, long... position) {
        long mixed = mix(seed + GOLDEN_GAMMA);
        for (long coordinate : requireNonNull(position, "position")) {
            // Turned, so that exchanging seed and coordinate does not give the same sum.
            mixed = mix(Long.rotateLeft(mixed, 32) + mix(coordinate ^ GOLDEN_GAMMA));
        }
        state = mixed;
    }

    /** {@return the next 64 random bits: any long, all equally likely} */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** {@return a number uniform in [0, 1), a multiple of 2⁻⁵³} */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** {@return a number uniform in [low, high): low + (high − low)·u with u uniform in [0, 1)} */
    public double nextDouble(double low, double high) {
        double u = nextDouble();
        double span = high - low;
        double number = Double.isInfinite(span) ? 2 * (low / 2 + (high / 2 - low / 2) * u) : low + span * u;
        return number < high ? number : Math.max(low, Math.nextDown(high)); // rounding can make high of what lies below
    }

    /** {@return a standard normal number: finite, with mean 0 and standard deviation 1} */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        while (true) {
            double u = nextDouble(-1, 1);
            double v = nextDouble(-1, 1);
            double s = u * u + v * v;
            if (s < 1 && s > 0) {
                double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
                spareGaussian = v * factor;
                return u * factor;
            }
        }
    }

    /**
     * {@return an integer uniform in 0 … bound − 1, without modulo bias}
     *
     * @throws IllegalArgumentException if the bound is less than 1
     */
    public int nextInt(int bound) {
        int mask = Integer.highestOneBit(Require.atLeast(bound, 1, "nextInt: the bound") - 1) * 2 - 1;
        while (true) {
            int candidate = (int) (nextLong() >>> 32) & (bound == 1 ? 0 : mask);
            if (candidate < bound) {
                return candidate;
            }
        }
    }

    /**
     * {@return the numbers 0 … n − 1 in random order, all orders equally likely (Fisher and Yates)}
     *
     * @throws IllegalArgumentException if n is negative, or so many numbers cannot fit in memory
     */
    public int[] permutation(int n) {
        Require.atLeast(n, 0, "permutation: n");
        Require.memory("permutation(" + n + ")", 1, n / 2, 1); // two ints are as long as a double
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
