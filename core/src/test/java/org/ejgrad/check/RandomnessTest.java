package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Random numbers by position are those of SplitMix64, which Java has too. */
class RandomnessTest {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private static long splitMix(long seed) {
        return new SplittableRandom(seed).nextLong();
    }

    private static void assertMixed(long expected, long seed, long... position) {
        assertEquals(expected < 0, Randomness.bit(seed, position));
        assertEquals((expected >>> 11) * 0x1.0p-53, Randomness.uniform(seed, position));
    }

    @Test
    void everyCoordinateIsMixedIn() {
        for (long i = -20; i < 20; i++) {
            assertMixed(splitMix(i), 0, i);
            assertMixed(splitMix(3 * GAMMA + i), 3, i);
            assertMixed(splitMix(splitMix(i) + 7), 0, i, 7);
        }
    }

    @Test
    void zeroIsNoNegativeNumber() {
        assertEquals(0, Randomness.uniform(0, -GAMMA));
        assertFalse(Randomness.bit(0, -GAMMA));
    }
}
