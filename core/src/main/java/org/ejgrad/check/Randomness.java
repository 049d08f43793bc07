package org.ejgrad.check;

/** Random numbers as a pure function of a seed and a position (SplitMix64's finaliser; Steele, Lea, Flood 2014). */
final class Randomness {
    private Randomness() {}

    private static long mix(long seed, long... position) {
        long z = seed * 0x9E3779B97F4A7C15L;
        for (long coordinate : position) {
            z += coordinate + 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            z ^= z >>> 31;
        }
        return z;
    }

    static boolean bit(long seed, long... position) {
        return mix(seed, position) < 0;
    }

    /** Uniform in [0, 1). */
    static double uniform(long seed, long... position) {
        return (mix(seed, position) >>> 11) * 0x1.0p-53;
    }
}
