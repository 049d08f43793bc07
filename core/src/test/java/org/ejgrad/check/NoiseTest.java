package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The noise of functions whose noise is known, and the difference table on figures made up for the purpose. */
class NoiseTest {
    private final List<Double> asked = new ArrayList<>();

    private LineFunction line(DoubleUnaryOperator function) {
        return t -> {
            asked.add(t);
            return function.applyAsDouble(t);
        };
    }

    @Test
    void alternatingNoiseIsMeasured() {
        // First differences ±2, second ±4, third ±8: σ² = 4/2, 16/6, 64/20.
        assertEquals(Math.sqrt(2), Noise.fromDifferences(new double[] {1, -1, 1, -1, 1, -1, 1}, 0), 1e-15);
    }

    @Test
    void aTrendIsNoNoise() {
        // First differences 0 and -1 never rise; second ones alternate: σ² = 1/6.
        double falling = Noise.fromDifferences(new double[] {0, 0, -1, -1, -2, -2, -3}, 0);
        assertEquals(Math.sqrt(1 / 6.0), falling, 1e-15);
        double rising = Noise.fromDifferences(new double[] {0, 0, 1, 1, 2, 2, 3}, 0);
        assertEquals(Math.sqrt(1 / 6.0), rising, 1e-15);
    }

    @Test
    void theLastThreeDeviationsCanAgree() {
        // A fourth-degree curve with one sign in each of its differences, and noise that shows from the fourth on.
        double[] values = new double[7];
        for (int i = 0; i < 7; i++) {
            values[i] = 1000.0 * i * i * i + (i % 2);
        }
        double[] fourth = {-8, 8, -8};
        double mean = (fourth[0] * fourth[0] + fourth[1] * fourth[1] + fourth[2] * fourth[2]) / 3;
        assertEquals(Math.sqrt(mean / 70), Noise.fromDifferences(values, 0), 1e-12);
    }

    @Test
    void withoutAgreementTheLeastOfTheLastCountsIfItIsNearTheFloor() {
        double[] spike = {0, 0, 0, 0, 0, 0, 4096};
        // One spike at the end: Δᵏ has the one element 4096 among 7 − k; σ² = 4096² γ / (7 − k), least at k = 6.
        double least = 4096 / Math.sqrt(924);
        double floor = least / 1e3;
        assertEquals(least, Noise.fromDifferences(spike, 1.001 * floor), 1e-12);
        assertEquals(0.999 * floor, Noise.fromDifferences(spike, 0.999 * floor), 1e-12);
    }

    @Test
    void theFloorCountsWhereTheLeastIsAThousandTimesAsLarge() {
        double[] spike = {0, 0, 0, 0, 0, 0, 4096};
        double least = Noise.fromDifferences(spike, 1e9);
        double floor = least / 1e3;
        assertEquals(least, 1e3 * floor);
        assertEquals(floor, Noise.fromDifferences(spike, floor));
    }

    @Test
    void twoDeviationsAreTooFewToAgree() {
        double[] values = new double[7];
        for (int i = 0; i < 7; i++) {
            values[i] = 1e6 * i * i * i * i + (i % 2);
        }
        // Fifth differences ±16: σ² = 256/252; the sixth is 32: σ² = 1024/924.
        assertEquals(Math.sqrt(256 / 252.0), Noise.fromDifferences(values, 1), 1e-12);
        assertEquals(1e-6, Noise.fromDifferences(values, 1e-6));
    }

    @Test
    void deviationsAgreeWithinAFactorOfFour() {
        assertTrue(Noise.agree(1, 2, 4));
        assertTrue(Noise.agree(4, 1, 2));
        assertTrue(Noise.agree(8, 4, 2));
        assertFalse(Noise.agree(1, 2, Math.nextUp(4)));
        assertFalse(Noise.agree(Math.nextUp(4), 2, 1));
        assertFalse(Noise.agree(2, Math.nextUp(4), 1));
        assertTrue(Noise.agree(0, 0, 0));
    }

    @Test
    void theFloorIsHalfAUnitInTheLastPlace() {
        assertEquals(0x1p-53 * 8.1, Noise.estimate(line(t -> -8.1), -8.1));
        assertEquals(0, Noise.estimate(line(t -> 0), 0));
    }

    @Test
    void sevenPointsLieAroundTheMiddle() {
        double wide = 0x1p-30;
        Noise.estimate(line(t -> 1 + t), 1);
        assertEquals(List.of(-3 * wide, -2 * wide, -wide, wide, 2 * wide, 3 * wide), asked);
    }

    @Test
    void valuesThatRepeatAskForWiderSteps() {
        Noise.estimate(line(t -> t < 0x1p-24 ? 5 : 6), 5);
        assertEquals(18, asked.size());
        assertEquals(-3 * 0x1p-23, asked.get(6));
        assertEquals(-3 * 0x1p-16, asked.get(12));
    }

    @Test
    void aFunctionConstantAtTwoScalesIsNotAskedAtAThird() {
        assertEquals(5.1 * 0x1p-53, Noise.estimate(line(t -> 5.1 + Math.rint(1024 * t)), 5.1));
        assertEquals(12, asked.size());
    }

    @Test
    void threeRepetitionsAreNotTooMany() {
        double[] three = {0, 0, 1, 1, 2, 2, 3};
        Noise.estimate(line(t -> three[(int) Math.rint(t * 0x1p30) + 3]), 1);
        assertEquals(6, asked.size());
        double[] four = {0, 0, 0, 1, 1, 2, 2};
        Noise.estimate(line(t -> four[Math.floorMod((int) Math.rint(t * 0x1p30) + 3, 7)]), 1);
        assertTrue(asked.size() > 12, "wider steps after four repetitions");
    }

    @Test
    void pointsOutsideTheDomainAskForNarrowerSteps() {
        double noise = Noise.estimate(line(t -> t > 0x1p-31 ? Double.NaN : 1 + t), 1);
        assertEquals(12, asked.size());
        assertEquals(-3 * 0x1p-36, asked.get(6));
        assertEquals(0x1p-53, noise);
        asked.clear();
        assertEquals(3 * 0x1p-53, Noise.estimate(line(t -> Double.POSITIVE_INFINITY), 3));
        assertEquals(18, asked.size());
    }

    @Test
    void singlePrecisionIsSeen() {
        double x = 1.1;
        double noise = Noise.estimate(line(t -> (float) ((x + t) * (x + t))), (float) (x * x));
        assertTrue(noise > 0x1p-27 && noise < 0x1p-22, "noise " + noise);
    }
}
