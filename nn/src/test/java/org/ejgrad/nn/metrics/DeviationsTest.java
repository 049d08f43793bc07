package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeviationsTest {
    private static final double[] TARGETS = {3, -0.5, 2, 7};

    /** The figures of scikit-learn's documentation: r2_score 0.948…, mean_squared_error 0.375, the absolute one 0.5. */
    @Test
    void ofFourNumbers() {
        for (double scale : new double[] {1, 1e-300, 1e300}) {
            Deviations found = Deviations.of(scaled(TARGETS, scale), scaled(new double[] {2.5, 0, 2, 8}, scale));
            assertEquals(Math.sqrt(0.375), found.rootMeanSquare() / scale, 1e-15);
            assertEquals(0.5, found.meanAbsolute() / scale, 1e-15);
            assertEquals(0.9486081370449679, found.explained(), 1e-15);
        }
    }

    /** Of which sums, squares and differences are no doubles. */
    @Test
    void ofHugeNumbers() {
        Deviations found = Deviations.of(
                new double[] {1e308, -1e308, 1e308, 0}, new double[] {1.5e308, 1.5e308, 1.5e308, 1.5e308});
        assertEquals(Math.sqrt((0.25 + 6.25 + 0.25 + 2.25) / 4), found.rootMeanSquare() / 1e308, 1e-15);
        assertEquals(1.25, found.meanAbsolute() / 1e308, 1e-15);
        assertEquals(1 - 9 / 2.75, found.explained(), 1e-15);
    }

    private static double[] scaled(double[] numbers, double scale) {
        return Arrays.stream(numbers).map(number -> number * scale).toArray();
    }

    @Test
    void theMeanExplainsNothingAndEqualTargetsHaveNothingToExplain() {
        assertEquals(
                0,
                Deviations.of(TARGETS, new double[] {2.875, 2.875, 2.875, 2.875})
                        .explained(),
                1e-15);
        assertEquals(
                -3, Deviations.of(new double[] {-1, 1}, new double[] {1, -1}).explained(), 1e-15);
        assertEquals(1, Deviations.of(TARGETS, TARGETS).explained());
        double[] equal = {0.1, 0.1, 0.1};
        assertEquals(Double.NaN, Deviations.of(equal, equal).explained());
        assertEquals(0, Deviations.of(equal, equal).rootMeanSquare());
    }

    @Test
    void whatIsNoNumberIsRefused() {
        refused("Deviations: 0 rows; expected at least 1", new double[0]);
        refused("Deviations: the prediction at row 1, column 0 is NaN; expected a finite number", 0, Double.NaN, 0, 0);
        assertThrows(NullPointerException.class, () -> Deviations.of(TARGETS, null));
        assertThrows(IllegalArgumentException.class, () -> Deviations.of(TARGETS, new double[3]));
    }

    private static void refused(String message, double... predictions) {
        double[] targets = Arrays.copyOf(TARGETS, predictions.length);
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> Deviations.of(targets, predictions))
                        .getMessage());
    }
}
