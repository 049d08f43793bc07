package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** How exactly a kink is located, and that one beside the point is never taken for one at it. */
class KinkPlaceTest {
    private record Seen(LineSamples samples, KinkPlace place) {}

    private static Seen at(double x, DoubleUnaryOperator function) {
        LineFunction line = new ArrayFunction(v -> function.applyAsDouble(v[0]), x).entry(Block.row(1), 0);
        LineSamples samples = LineSamples.alone(line, line.at(0));
        return new Seen(samples, new KinkPlace(line, samples));
    }

    @Test
    void aKinkIsLocatedDownToTheNoise() {
        KinkPlace silent = at(0, Math::abs).place;
        assertTrue(silent.within() < 1e-15, silent.within() + " with no noise at 0");
        assertTrue(silent.isAtThePoint(silent.within()));
        KinkPlace loud = at(0, t -> Math.abs(t) + 1e6).place;
        double noise = 1e6 * Noise.UNIT;
        assertTrue(loud.within() > noise && loud.within() < 100 * noise, loud.within() + " beside a noise of " + noise);
        assertFalse(loud.isAtThePoint(loud.within()));
    }

    @Test
    void withoutAKinkThereIsNoPlace() {
        assertEquals(Double.POSITIVE_INFINITY, at(0.3, t -> t * t).place.within());
    }

    @Test
    void aKinkBesideThePointIsNeverLocatedAtIt() {
        for (double distance = 1e-3; distance > 1e-12; distance /= 1.7) {
            for (double size : new double[] {1, -1, 1e-2, 1e-4}) {
                Seen beside = at(distance, t -> size * Math.abs(t) + Math.sin(t));
                double within = beside.place.within();
                assertFalse(
                        beside.samples.isKinked() && beside.place.isAtThePoint(within),
                        size + " at " + distance + ": " + within);
            }
        }
    }

    @Test
    void wherePointsAreFarApartSoMayTheKinkBe() {
        KinkPlace far = at(1e6, t -> Math.abs(t - 1e6)).place;
        assertTrue(far.isAtThePoint(4 * Math.ulp(1e6)));
        assertFalse(far.isAtThePoint(5 * Math.ulp(1e6)));
    }
}
