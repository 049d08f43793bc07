package org.ejgrad.nn.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;

/** Bins hold every row once, and honest probabilities are found to be calibrated. */
class CalibrationProperties {
    @Property
    void everyRowIsInTheBinOfItsProbability(
            @ForAll @Size(min = 1, max = 50) List<@DoubleRange(max = 1) Double> probabilities,
            @ForAll @IntRange(min = 1, max = 12) int bins) {
        double[] positive = probabilities.stream().mapToDouble(p -> p).toArray();
        int[] labels = new int[positive.length];
        Calibration calibration = Calibration.ofPositiveClass(labels, positive, bins);
        double sum = 0;
        for (Calibration.Bin bin : calibration.bins()) {
            long inside = probabilities.stream()
                    .filter(p -> p >= bin.low() && (p < bin.high() || bin.high() == 1))
                    .count();
            assertEquals(inside, bin.rows());
            assertTrue(bin.rows() > 0);
            assertTrue(bin.predicted() >= bin.low() && bin.predicted() <= bin.high());
            assertEquals(0, bin.observed());
            sum += bin.predicted() * bin.rows();
        }
        assertEquals(
                probabilities.size(),
                calibration.bins().stream().mapToInt(Calibration.Bin::rows).sum());
        // With no label true, the error of a bin is its mean probability.
        assertEquals(sum / positive.length, calibration.expectedError(), 1e-12);
        assertTrue(calibration.expectedError() <= calibration.largestError() + 1e-12);
    }

    @Example
    void aBorderBelongsToTheUpperBin() {
        for (int bins = 1; bins <= 1000; bins++) {
            requireUpperBins(bins, IntStream.range(0, bins).toArray());
        }
        RandomStream random = new RandomStream(11);
        for (int i = 0; i < 1000; i++) {
            int bins = 1 + random.nextInt(1 << 20);
            requireUpperBins(bins, new int[] {random.nextInt(bins)});
        }
    }

    /** A row on each border, and one just below it. */
    private static void requireUpperBins(int bins, int... borders) {
        for (int border : borders) {
            double p = (double) border / bins;
            assertEquals(p, binOf(p, bins).low(), () -> border + "/" + bins);
            if (border > 0) {
                assertEquals(p, binOf(Math.nextDown(p), bins).high(), () -> "below " + border + "/" + bins);
            }
        }
        assertEquals(1, binOf(1, bins).high());
    }

    private static Calibration.Bin binOf(double probability, int bins) {
        List<Calibration.Bin> filled = Calibration.ofPositiveClass(new int[1], new double[] {probability}, bins)
                .bins();
        assertEquals(1, filled.size());
        return filled.get(0);
    }

    @Example
    void whatComesTrueAsOftenAsPredictedHasNoError() {
        for (int n = 1; n <= 300; n++) {
            for (int right = 0; right <= n; right += Math.max(1, n / 7)) {
                double[] positive = new double[n];
                Arrays.fill(positive, (double) right / n);
                int[] labels = new int[n];
                Arrays.fill(labels, 0, right, 1);
                assertEquals(
                        0, Calibration.ofPositiveClass(labels, positive, 10).largestError(), right + " of " + n);
            }
        }
    }

    @Example
    void byHand() {
        int[] labels = {0, 1, 1, 1, 0};
        double[] positive = {0.125, 0.375, 0.75, 1.0, 0.5};
        Calibration calibration = Calibration.ofPositiveClass(labels, positive, 2);
        assertEquals(
                List.of(new Calibration.Bin(0, 0.5, 2, 0.25, 0.5), new Calibration.Bin(0.5, 1, 3, 0.75, 2 / 3.0)),
                calibration.bins());
        assertEquals(0.15, calibration.expectedError(), 1e-15);
        assertEquals(0.25, calibration.largestError(), 1e-15);
        assertEquals("""
                  probability    rows  predicted  observed
                0.000 - 0.500       2     0.2500    0.5000
                0.500 - 1.000       3     0.7500    0.6667
                expected calibration error 0.1500""", calibration.toString());
    }

    @Example
    void thePredictedClassIsJudgedByItsOwnProbability() {
        SimpleMatrix rows = new SimpleMatrix(new double[][] {{0.5, 0.5}, {0.2, 0.8}, {0.9, 0.1}});
        Calibration calibration = Calibration.ofPredictedClass(new int[] {0, 0, 0}, rows, 1);
        assertEquals(List.of(new Calibration.Bin(0, 1, 3, (0.5 + 0.8 + 0.9) / 3, 2 / 3.0)), calibration.bins());
    }

    @Example
    void honestProbabilitiesAreCalibratedAndOverconfidentOnesAreNot() {
        RandomStream random = new RandomStream(3);
        int n = 100_000;
        double[] honest = new double[n];
        double[] overconfident = new double[n];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            honest[i] = random.nextDouble();
            labels[i] = random.nextDouble() < honest[i] ? 1 : 0;
            double odds = Math.pow(honest[i] / (1 - honest[i]), 3);
            overconfident[i] = Double.isInfinite(odds) ? 1 : odds / (1 + odds);
        }
        assertTrue(Calibration.ofPositiveClass(labels, honest, 10).expectedError() < 0.01);
        assertTrue(Calibration.ofPositiveClass(labels, overconfident, 10).expectedError() > 0.1);
        assertTrue(Probabilities.brier(labels, honest) < Probabilities.brier(labels, overconfident));
        assertTrue(Probabilities.logLoss(labels, honest) < Probabilities.logLoss(labels, overconfident));
    }
}
