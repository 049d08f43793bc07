package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The first number that is not finite is found wherever it is. */
class FirstNonFiniteTest {
    @Test
    void theFirstNonFiniteElementIsFound() {
        for (int length = 0; length <= 40; length++) {
            double[] all = new double[length];
            for (int i = 0; i < length; i++) {
                all[i] = i % 3 == 0 ? 0 : i - 4.5e307;
            }
            assertEquals(-1, NonFinite.firstIn(all));
            for (int i = 0; i < length; i++) {
                for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                    double[] one = all.clone();
                    one[i] = bad;
                    assertEquals(i, NonFinite.firstIn(one), "of " + length);
                    one[length - 1] = bad;
                    assertEquals(i, NonFinite.firstIn(one), "the first of two of " + length);
                }
            }
        }
    }
}
