package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Networks whose relus stand at or very near their kinks: correct gradients are certified, wrong ones are not. */
class KinkNetworksTest {
    private static final int ROWS = 4;
    private static final int INPUTS = 3;
    private static final int HIDDEN = 8;
    private static final double[] DISTANCES = {0, 1e-9, 1e-7, 1e-5};

    /** Three of the 32 relus get a pre-activation of ± the distance. */
    static Value network(int seed, double distance) {
        DMatrixRMaj x = matrix(seed, 1, ROWS, INPUTS);
        DMatrixRMaj w = matrix(seed, 2, INPUTS, HIDDEN);
        DMatrixRMaj b = matrix(seed, 3, 1, HIDDEN);
        for (int unit = 0; unit < 3; unit++) {
            int row = (int) (ROWS * Randomness.uniform(seed, 4, unit));
            double side = Randomness.bit(seed, 5, unit) ? distance : -distance;
            Value product = Value.constant(x).mult(Value.constant(w));
            b.data[unit] = side - product.get(row, unit);
        }
        Value hidden = Value.constant(x)
                .affine(Value.variable("w1", w), Value.variable("b1", b))
                .relu()
                .labelled("hidden");
        Value logits = hidden.affine(
                Value.variable("w2", matrix(seed, 6, HIDDEN, 2)), Value.variable("b2", matrix(seed, 7, 1, 2)));
        return logits.logSoftmax(Per.ROW).selectColumns(0, 1, 1, 0).mean().negative();
    }

    private static DMatrixRMaj matrix(int seed, int what, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = 2 * Randomness.uniform(seed, what, i) - 1;
        }
        return matrix;
    }

    @Test
    void correctGradientsAreNotRejected() {
        int each = Campaign.cases(20, 500);
        for (double distance : DISTANCES) {
            int rejected = 0;
            int undecided = 0;
            int naive = 0;
            int named = 0;
            List<Double> bars = new ArrayList<>();
            String example = "";
            for (int i = 0; i < each; i++) {
                Value loss = network(i, distance);
                CheckReport report = GradientCheck.of(loss).run();
                rejected += report.refuted() ? 1 : 0;
                undecided += !report.refuted() && !report.passed() ? 1 : 0;
                example = report.passed() ? example : report.toString();
                named += namesThree(report, distance) ? 1 : 0;
                naive += NaiveCheck.passes(loss) ? 0 : 1;
                report.entries()
                        .forEach(e -> bars.add(
                                e.verdict() instanceof Verdict.Agree agree
                                        ? agree.relativeBar()
                                        : Double.POSITIVE_INFINITY));
            }
            bars.sort(null);
            Campaign.print(
                    "relus at distance %.0e: %d networks, %d rejected, %d cannot tell, kinks named in %d, median bar %.1e;"
                            + " naive fixed step rejects %d",
                    distance, each, rejected, undecided, named, bars.get(bars.size() / 2), naive);
            Campaign.print("%s", example);
            assertEquals(0, rejected, example);
            assertTrue(undecided <= 0.01 * each, undecided + " undecided at " + distance + ": " + example);
            assertEquals(each, named);
        }
    }

    private static boolean namesThree(CheckReport report, double distance) {
        return report.kinks().stream()
                        .filter(kink -> kink.operation().equals("relu \"hidden\"")
                                && kink.distance() >= distance
                                && kink.distance() <= 2.01 * distance)
                        .filter(kink -> kink.column() < 3)
                        .count()
                >= 3;
    }

    @Test
    void wrongGradientsAreNotCertified() {
        int each = Campaign.cases(4, 200);
        int certified = 0;
        int flagged = 0;
        int total = 0;
        for (double distance : DISTANCES) {
            for (double error : new double[] {1e-4, 1e-6, 1e-8}) {
                for (int i = 0; i < each; i++) {
                    CheckReport report = Wrong.byFactor(network(i, distance), 1 + error);
                    certified += report.passed() ? 1 : 0;
                    flagged += report.refuted() ? 1 : 0;
                    total++;
                }
            }
        }
        Campaign.print("kink networks with wrong gradients: %d, %d flagged, %d certified", total, flagged, certified);
        assertEquals(0, certified);
        assertTrue(flagged >= 0.99 * total);
    }

    @Test
    void aSlopeOutsideBothSidesIsRefutedAtTheKink() {
        Value x = Value.variable("x", 0);
        CheckReport report = Wrong.claiming(x.relu(), x, 1.5);
        assertEquals(new Verdict.KinkOut(0, 1), report.worst().verdict());
        report = Wrong.claiming(x.relu(), x, 0.5);
        assertEquals(new Verdict.KinkOther(0, 1, 0), report.worst().verdict());
        assertTrue(report.refuted());
        report = GradientCheck.of(x.relu())
                .against(Map.of(x, SimpleMatrix.filled(1, 1, 0.5)))
                .anySubgradient()
                .run();
        assertEquals(
                new Verdict.KinkIn(0, 1, Verdict.KinkIn.Choice.OTHER),
                report.worst().verdict());
    }
}
