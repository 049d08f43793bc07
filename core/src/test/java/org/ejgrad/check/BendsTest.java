package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.Bends.Bend;
import org.junit.jupiter.api.Test;

/** How sharply a function bends, from second differences made up for the purpose. */
class BendsTest {
    /** Second differences of the given size at the steps 1, ½, ¼, ... */
    private static Bends bends(int count, double noise, DoubleUnaryOperator size) {
        Bends bends = new Bends();
        for (int i = 0; i < count; i++) {
            double step = Math.scalb(1.0, -i);
            bends.add(new Bend(step, size.applyAsDouble(step), noise));
        }
        return bends;
    }

    @Test
    void theExponentIsThatOfTheSecondDifferenceOverTheStep() {
        assertEquals(1, bends(8, 0, h -> 3 * h * h).exponent(), 1e-12);
        assertEquals(0, bends(8, 0, h -> 3 * h).exponent(), 1e-12);
        assertEquals(-0.5, bends(8, 0, h -> 3 * Math.sqrt(h)).exponent(), 1e-12);
        assertEquals(-1, bends(8, 0, h -> 3).exponent(), 1e-12);
    }

    @Test
    void itIsASlopeOfLeastSquares() {
        Bends bends = new Bends();
        bends.add(new Bend(4, 4 * 2, 0));
        bends.add(new Bend(2, 2 * 1, 0));
        bends.add(new Bend(1, 1 * 2, 0));
        bends.add(new Bend(0.5, 0.5 * 16, 0));
        // log2 of the step 2, 1, 0, -1; of the quotient 1, 0, 1, 4; centred: 1.5 .5 -.5 -1.5 and -.5 -1.5 -.5 2.5
        assertEquals((-0.75 - 0.75 + 0.25 - 3.75) / 5, bends.exponent(), 1e-12);
    }

    @Test
    void threeBendsAboveTheirNoiseAreNeeded() {
        assertTrue(Double.isNaN(new Bends().exponent()));
        assertTrue(Double.isNaN(bends(2, 0, h -> h).exponent()));
        assertEquals(0, bends(3, 0, h -> h).exponent(), 1e-12);
    }

    @Test
    void aBendThatChangesItsSignIsNoise() {
        assertEquals(-1, bends(8, 0, h -> -3).exponent(), 1e-12);
        assertTrue(Double.isNaN(bends(8, 0, h -> h < 0.01 ? -3 : 3).exponent()));
        assertEquals(-1, bends(8, 0, h -> h > 0.1 ? -3 : 3).exponent(), 1e-12, "only the four finest count");
    }

    @Test
    void whatIsSharpFromAfarAloneIsNoSingularity() {
        double spike = 0x1p-6;
        Bends bends = bends(8, 0, h -> h > spike ? 3 : 3 * h * h / spike / spike);
        assertTrue(bends.exponent() >= 0, "exponent " + bends.exponent());
    }

    @Test
    void aBendAsLargeAsItsNoiseIsNotAboveIt() {
        assertFalse(new Bend(1, 2, 2).isAboveNoise());
        assertTrue(new Bend(1, Math.nextUp(2), 2).isAboveNoise());
        Bends bends = bends(3, 0, h -> h);
        bends.add(new Bend(0.125, 7, 7));
        assertEquals(0, bends.exponent(), 1e-12);
    }

    @Test
    void theFourFinestCount() {
        assertEquals(0, bends(5, 0, h -> h == 1 ? 1000 : h).exponent(), 1e-12);
        assertTrue(bends(4, 0, h -> h == 1 ? 1000 : h).exponent() > 1);
    }

    @Test
    void aBendThatIsGoneAtASmallerStepBelongsToAnotherPoint() {
        Bends bends = bends(4, 0x1p-10, h -> 8 * h);
        assertEquals(0, bends.exponent(), 1e-12);
        bends.add(new Bend(0x1p-4, 0, 0x1p-3));
        assertEquals(0, bends.exponent(), 1e-12, "half a unit may hide in four times an eighth");
        Bends gone = bends(4, 0x1p-10, h -> 8 * h);
        gone.add(new Bend(0x1p-5, 0, 0x1p-10));
        assertTrue(Double.isNaN(gone.exponent()));
    }

    @Test
    void afterTheFinestBendThatIsSeenOneMayDrownButNotTwo() {
        Bends bends = bends(4, 0, h -> h);
        bends.add(new Bend(0x1p-4, 0, 99));
        assertEquals(0, bends.exponent(), 1e-12);
        bends.add(new Bend(0x1p-5, 0, 99));
        assertTrue(Double.isNaN(bends.exponent()));
        bends.add(new Bend(0x1p-6, 0x1p-6, 0));
        assertEquals(0, bends.exponent(), 1e-12);
    }

    @Test
    void aFinerBendWouldShowAboveFourTimesItsNoise() {
        Bend clear = new Bend(2, 8, 1);
        assertTrue(clear.wouldShowIn(new Bend(0.5, 0, Math.nextDown(0.5))));
        assertFalse(clear.wouldShowIn(new Bend(0.5, 0, 0.5)));
        assertTrue(clear.wouldShowIn(new Bend(Math.nextDown(2), 0, 0)));
        assertFalse(clear.wouldShowIn(new Bend(2, 0, 0)));
    }
}
